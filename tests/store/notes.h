// SPDX-License-Identifier: AGPL-3.0-or-later
// Two small tables and the jobs on them, for the tests of the store itself. Knows nothing of the
// program's schema.
#ifndef TESTS_STORE_NOTES_H
#define TESTS_STORE_NOTES_H

#include <semaphore.h>

#include "engine.h"
#include "store/migrate.h"
#include "store/sql_impl.h"

enum { NOTE_PUT, NOTE_COUNT, NOTE_HAS, HEAD_ADD, HEAD_PUT, HEAD_GET };
static const struct sql_stmt note_stmts[] = {
    [NOTE_PUT] = {"note_put", "INSERT INTO note (unit_id, id, half, words) VALUES ($1, $2, $3, $4)",
                  "tiit"},
    [NOTE_COUNT] = {"note_count", "SELECT count(*) FROM note WHERE unit_id = $1", "t"},
    [NOTE_HAS] = {"note_has", "SELECT count(*) FROM note WHERE unit_id = $1 AND id = $2", "ti"},
    [HEAD_ADD] = {"head_add", "UPDATE head SET n = n + 1 WHERE unit_id = $1 RETURNING n", "t"},
    [HEAD_PUT] = {"head_put", "INSERT INTO head (unit_id, n) VALUES ($1, 0)", "t"},
    [HEAD_GET] = {"head_get", "SELECT n FROM head WHERE unit_id = $1", "t"},
};

static inline enum status notes_make(struct store_tx *tx, void *arg)
{
    (void)arg;
    struct sql *sql = store_tx_sql(tx);
    enum status status =
        migrate_script(sql, "CREATE TABLE note (unit_id TEXT NOT NULL,\n"
                            "id BIGINT NOT NULL, half BIGINT NOT NULL,\n"
                            "words TEXT, PRIMARY KEY (unit_id, id, half));\n"
                            "CREATE TABLE head (unit_id TEXT NOT NULL PRIMARY KEY,\n"
                            "n BIGINT NOT NULL);\n");
    if (status == STATUS_OK)
        status = sql_exec(sql, &note_stmts[HEAD_PUT], SQL_ARGS(SQL_T("U1")), NULL);
    if (status == STATUS_OK)
        status = sql_exec(sql, &note_stmts[HEAD_PUT], SQL_ARGS(SQL_T("U2")), NULL);
    return status;
}

/// The store with the two tables; aborts when that fails.
static inline struct store *notes_store(struct engine *engine)
{
    struct store *store = engine_store(engine);
    enum status status = store_run(store, notes_make, NULL);
    ensure(status == STATUS_OK);
    return store;
}

static inline enum status note_put(struct sql *sql, int64_t id, int64_t half, const char *words)
{
    return sql_exec(sql, &note_stmts[NOTE_PUT],
                    SQL_ARGS(SQL_T("U1"), SQL_I(id), SQL_I(half), SQL_T(words)), NULL);
}

/// -1 when it can't be read.
static inline int64_t notes_count(struct store *store)
{
    STORE_READ ro = NULL;
    int64_t count = -1;
    if (store_read_begin(store, &ro) != STATUS_OK ||
        sql_one_int(store_ro_sql(ro), &note_stmts[NOTE_COUNT], SQL_ARGS(SQL_T("U1")), &count) !=
            STATUS_OK)
        return -1;
    return count;
}

static inline int64_t notes_of(struct store *store, int64_t id)
{
    STORE_READ ro = NULL;
    int64_t count = -1;
    if (store_read_begin(store, &ro) != STATUS_OK ||
        sql_one_int(store_ro_sql(ro), &note_stmts[NOTE_HAS], SQL_ARGS(SQL_T("U1"), SQL_I(id)),
                    &count) != STATUS_OK)
        return -1;
    return count;
}

/// A job that keeps a writer busy until told, so that others gather behind it.
struct gate {
    struct store_job job;
    sem_t entered, open, ended;
};

static inline enum status gate_run(struct store_tx *tx, void *arg)
{
    (void)tx;
    struct gate *gate = arg;
    sem_post(&gate->entered);
    while (sem_wait(&gate->open) != 0) {
    }
    return STATUS_OK;
}

static inline void gate_done(enum status status, void *arg)
{
    (void)status;
    struct gate *gate = arg;
    sem_post(&gate->ended);
}

static inline void gate_shut(struct gate *gate, struct store *store)
{
    *gate = (struct gate){.job = {.run = gate_run, .done = gate_done, .arg = gate}};
    sem_init(&gate->entered, 0, 0);
    sem_init(&gate->open, 0, 0);
    sem_init(&gate->ended, 0, 0);
    store_submit(store, &gate->job);
    while (sem_wait(&gate->entered) != 0) {
    }
}

/// Returns when the gate's own job has been answered, so that it may go out of scope.
static inline void gate_open(struct gate *gate)
{
    sem_post(&gate->open);
    while (sem_wait(&gate->ended) != 0) {
    }
}

#endif
