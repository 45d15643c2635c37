// SPDX-License-Identifier: AGPL-3.0-or-later
// Makes and removes the databases of store tests. Touches nothing but what it has made.
#include "engine.h"

#include <libpq-fe.h>
#include <sys/stat.h>
#include <unistd.h>

#include "server.h"

static struct server server;

bool engine_have_postgresql(void)
{
    if (server.folder[0] == 0) server_start(&server);
    return server.have_postgresql;
}

/// The value of a word of the conninfo, for a URI's query.
static void put_word(char *out, size_t size, const char *name)
{
    const char *at = strstr(server.conninfo, name);
    ensure(at != NULL);
    at += strlen(name);
    snprintf(out, size, "%.*s", (int)strcspn(at, " "), at);
}

void engine_pg_where(char *out, size_t size, const char *database)
{
    char host[128], user[64];
    put_word(host, sizeof host, "host=");
    put_word(user, sizeof user, "user=");
    snprintf(out, size, "postgresql:///%s?host=%s&user=%s", database, host, user);
}

static void admin(const char *format, int number)
{
    char text[128];
    PGconn *conn = PQconnectdb(server.conninfo);
    ensure(PQstatus(conn) == CONNECTION_OK);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    snprintf(text, sizeof text, format, (int)getpid(), number);
#pragma GCC diagnostic pop
    PGresult *result = PQexec(conn, text);
    ensure(PQresultStatus(result) == PGRES_COMMAND_OK);
    PQclear(result);
    PQfinish(conn);
}

static void make_postgresql(struct engine *engine, int number)
{
    char name[64];
    snprintf(name, sizeof name, "test_%d_%d", (int)getpid(), number);
    admin("CREATE DATABASE test_%d_%d TEMPLATE template0 STRATEGY file_copy", number);
    engine_pg_where(engine->where, sizeof engine->where, name);
}

void engine_make(struct engine *engine, enum sql_engine kind, int number)
{
    *engine = (struct engine){.kind = kind, .options = {.migrate = true}};
    if (kind == SQL_POSTGRESQL) {
        make_postgresql(engine, number);
        return;
    }
    snprintf(engine->where, sizeof engine->where, "%s/%d", server.folder, number);
    ensure(mkdir(engine->where, 0700) == 0);
}

void engine_remove(struct engine *engine)
{
    engine_close(engine);
    if (engine->kind == SQL_SQLITE) {
        server_remove_folder(engine->where);
        return;
    }
    int pid = 0, number = 0;
    ensure(sscanf(engine->where, "postgresql:///test_%d_%d", &pid, &number) == 2);
    admin("DROP DATABASE test_%d_%d WITH (FORCE)", number);
}

struct store *engine_store(struct engine *engine)
{
    if (engine->store == NULL) {
        enum status status = store_open(engine->where, &engine->options, &engine->store);
        ensure(status == STATUS_OK);
    }
    return engine->store;
}

void engine_close(struct engine *engine)
{
    store_close(engine->store);
    engine->store = NULL;
}
