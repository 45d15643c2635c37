// SPDX-License-Identifier: AGPL-3.0-or-later
// A raw client for tests of the HTTP layer: bytes out, bytes in, nothing understood that the test
// does not ask for. Waits are bounded by a socket timeout that only a failing test reaches.
#ifndef TESTS_HTTP_CLIENT_H
#define TESTS_HTTP_CLIENT_H

#include <stdbool.h>
#include <stddef.h>

struct reply {
    int status; // 0: closed without an answer
    char head[8192];
    char body[256 * 1024];
    size_t body_len;
    bool closed; // the server closed after it
};

int client_connect(unsigned port);
void client_send(int fd, const char *bytes, size_t len); // a broken pipe is no failure
void client_say(int fd, const char *text);

/// One response, framed by Content-Length or by the end. False when nothing came.
bool client_read(int fd, bool head_only, struct reply *ret_reply);

/// Whether the server closes within the patience of the client (without more bytes).
bool client_closed(int fd);

/// Reads until `text` has been seen in what came since the last call, keeping the rest. False at
/// the end.
bool client_await(int fd, const char *text, char *seen, size_t size);

/// Connects, says, reads, closes.
struct reply *client_ask(unsigned port, const char *request, struct reply *reply);

/// The value of a header, or NULL; points into a static buffer.
const char *reply_header(const struct reply *reply, const char *name);

#endif
