// SPDX-License-Identifier: AGPL-3.0-or-later
// What an engine gives to sql.c, and the transaction control that store.c and the writer use. Only
// files named sql*, store.c, writer.c and migrate.c may include this.
#ifndef STORE_SQL_IMPL_H
#define STORE_SQL_IMPL_H

#include "store/sql.h"

enum { SQL_ARGS_MAX = 64 };

/// One engine. A failing function has logged what is worth a line.
struct sql_ops {
    enum sql_engine engine;
    enum status (*prepare)(struct sql *sql, const struct sql_stmt *stmt, void **ret_prepared);
    void (*unprepare)(void *prepared);
    /// Binds and starts; rows->impl and columns are set on OK. keep: the values must be copied, as
    /// the rows outlive the call.
    enum status (*start)(void *prepared, struct sql_args args, bool keep, struct sql_rows *rows);
    /// False at the end, with rows->status telling why.
    bool (*next)(struct sql_rows *rows);
    /// Rows changed; read before end.
    int64_t (*changed)(const struct sql_rows *rows);
    void (*end)(struct sql_rows *rows);
    /// type 'i', 't', 'b', or '?' for what the dialect does not have.
    struct sql_value (*cell)(const struct sql_rows *rows, int column);
    /// Statements without values or rows: transaction control and migrations.
    enum status (*script)(struct sql *sql, const char *text);
    /// *ret_unknown: the connection broke while COMMIT was on its way.
    enum status (*commit)(struct sql *sql, bool *ret_unknown);
    bool (*in_transaction)(struct sql *sql);
    bool (*is_lost)(struct sql *sql); // must be closed and opened anew
    void (*close)(struct sql *sql);
};

struct sql_cached {
    const struct sql_stmt *stmt; // NULL: free
    void *prepared;
};

/// The first member of every engine's connection.
struct sql {
    const struct sql_ops *ops;
    enum status failed; // the first failure in this transaction: nothing more is run
    unsigned rows_open;
    struct sql_cached *cache; // open addressing, a power of two
    size_t cache_size, cache_used;
};

struct sql_open {
    const char *where; // a file, or a connection string
    bool writes;
    bool create; // SQLite: make the file when there is none
    int busy_wait_ms;
};
MUST_USE enum status sql_sqlite_open(const struct sql_open *open, struct sql **ret_sql);
MUST_USE enum status sql_pg_open(const struct sql_open *open, struct sql **ret_sql);
void sql_close(struct sql *sql); // accepts NULL

MUST_USE enum status sql_script(struct sql *sql, const char *text);
MUST_USE enum status sql_begin_read(struct sql *sql);
MUST_USE enum status sql_begin_write(struct sql *sql);
MUST_USE enum status sql_commit(struct sql *sql, bool *ret_unknown);
/// Also when the engine has ended the transaction itself. Forgets the failure.
void sql_rollback(struct sql *sql);
bool sql_in_transaction(struct sql *sql);
bool sql_is_lost(struct sql *sql);

/// Writes SQLite's log back into the file when it has that many new pages; the writer does it after
/// it has answered.
void sql_sqlite_checkpoint(struct sql *sql, int more_than_pages);

/// Folds all of SQLite's log in and empties it; false while a reader still holds it.
bool sql_sqlite_empty_log(struct sql *sql);

/// The whole database into a new file, as of one moment. Outside any transaction.
MUST_USE enum status sql_sqlite_copy(struct sql *sql, const char *file);

#endif
