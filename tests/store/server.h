// SPDX-License-Identifier: AGPL-3.0-or-later
// Starts a throw-away PostgreSQL (server.c). For engine.c only.
#ifndef TESTS_STORE_SERVER_H
#define TESTS_STORE_SERVER_H

#include <stdbool.h>
#include <stddef.h>

struct server {
    char folder[64]; // the test's own; removed when the test has ended, however it ended
    bool have_postgresql;
    char conninfo[256]; // of a superuser
};

/// Makes the folder, starts a server in it (or takes DOITHOAI_TEST_PG). Aborts when PostgreSQL is
/// installed but does not start. Before any thread exists.
void server_start(struct server *server);

void server_remove_folder(const char *path);

#endif
