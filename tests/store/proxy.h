// SPDX-License-Identifier: AGPL-3.0-or-later
// A wire between libpq and the test's PostgreSQL that can break at the worst moment (proxy.c).
#ifndef TESTS_STORE_PROXY_H
#define TESTS_STORE_PROXY_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

struct proxy {
    pthread_t thread;
    char folder[64], target[128]; // sockets: its own is in the folder
    int listener, stop[2];
    int swallow; // atomic: break the connection that commits next, after the server has answered
};

/// ret_where: `where` through the proxy. Both are engine.h's
/// postgresql:///database?host=FOLDER&user=NAME.
void proxy_start(struct proxy *proxy, const char *where, char *ret_where, size_t size);
void proxy_swallow_next_commit(struct proxy *proxy);
/// All connections are closed by then.
void proxy_stop(struct proxy *proxy);

#endif
