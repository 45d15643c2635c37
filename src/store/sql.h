// SPDX-License-Identifier: AGPL-3.0-or-later
// One SQL dialect for SQLite and PostgreSQL: typed statements, values in, rows out. Knows nothing
// of what the tables mean, and never builds SQL from pieces: a statement is a constant text with
// $1..$n.
#ifndef STORE_SQL_H
#define STORE_SQL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include "base/ensure.h"
#include "base/status.h"

struct arena;
struct sql; // one connection; one thread at a time

/// A statement lives as long as the program (static const): it is prepared at its first use on a
/// connection and found again by its address. `types` has one letter per parameter: i int64, t
/// text, b bytes. The SQL of both engines: CAST(x AS TEXT), never x::text; result columns are
/// BIGINT, TEXT, BYTEA or a truth value (so CAST(sum(x) AS BIGINT)); NULLS LAST written out; no
/// now(), no sequences. A statement that only one engine has is named ..._sqlite or ..._pg.
struct sql_stmt {
    const char *name, *text, *types;
};

/// The statements of one store file, for the test that prepares all of them on both engines. Each
/// store file ends its table with SQL_STMTS(opinion, stmts); and is listed in registry.h.
struct sql_stmts {
    const char *file;
    const struct sql_stmt *list;
    size_t count;
};
#define SQL_STMTS(file_, array_) \
    const struct sql_stmts file_##_stmts = {#file_, array_, ARRAY_LEN(array_)}

struct sql_value {
    char type; // 'i', 't' or 'b', as in sql_stmt.types
    bool null;
    int64_t i;
    const void *p; // text: UTF-8 without NUL inside; must outlive the call only
    size_t len;
};

struct sql_args {
    const struct sql_value *values;
    size_t count;
};

static inline struct sql_value sql_value_text(const char *text)
{
    return (struct sql_value){'t', text == NULL, 0, text, text == NULL ? 0 : strlen(text)};
}

#define SQL_I(x) ((struct sql_value){.type = 'i', .i = (x)})
#define SQL_T(x) sql_value_text(x) // NULL is SQL's NULL, "" is the empty text
#define SQL_TN(ptr, bytes) \
    ((struct sql_value){.type = 't', .null = (ptr) == NULL, .p = (ptr), .len = (bytes)})
#define SQL_B(ptr, bytes) \
    ((struct sql_value){.type = 'b', .null = (ptr) == NULL, .p = (ptr), .len = (bytes)})
#define SQL_NULLABLE_I(has, x) ((struct sql_value){.type = 'i', .null = !(has), .i = (x)})
#define SQL_NULL_I             ((struct sql_value){.type = 'i', .null = true})
#define SQL_NULL_T             ((struct sql_value){.type = 't', .null = true})
#define SQL_NULL_B             ((struct sql_value){.type = 'b', .null = true})

#define SQL_ARGS(...)                                                    \
    ((struct sql_args){(const struct sql_value[]){__VA_ARGS__},          \
                       sizeof((const struct sql_value[]){__VA_ARGS__}) / \
                           sizeof(struct sql_value)})
#define SQL_NO_ARGS ((struct sql_args){NULL, 0})

// --- Statuses of every call below ---
// CONFLICT  a unique key was violated
// RETRY     serialization failure, deadlock, lost connection, busy: the whole transaction again
// FULL      no room on disk
// BROKEN    anything else; logged here, once, with the statement's name
// After any of them the transaction is spoilt on both engines: later calls give the same status
// without being run, and the job must return. To go on after a duplicate use ON CONFLICT DO NOTHING
// and *ret_changed. Arguments that do not fit `types` abort: a bug.

/// Runs to the end, rows (if any) are dropped. ret_changed: rows inserted, updated or deleted; may
/// be NULL.
MUST_USE enum status sql_exec(struct sql *sql, const struct sql_stmt *stmt, struct sql_args args,
                              int64_t *ret_changed);

/// First column of the first row as a number; NOT_FOUND when there is no row (that spoils nothing).
MUST_USE enum status sql_one_int(struct sql *sql, const struct sql_stmt *stmt, struct sql_args args,
                                 int64_t *ret_value);

/// A result being read. PostgreSQL's is whole in memory, so lists have a LIMIT; SQLite's is
/// running, so the same statement can't be started again until it is done (aborts), nor its table
/// be changed.
struct sql_rows {
    struct sql *sql;
    const struct sql_stmt *stmt;
    void *impl; // engine's; NULL when ended
    int64_t at; // rows handed out
    int columns;
    enum status status;
};

/// SQL_ROWS rows = {0}; is closed when it goes out of scope:
///     sql_query(sql, &stmts[LIST], SQL_ARGS(SQL_T(unit)), &rows);
///     while (sql_next(&rows)) ...sql_int(&rows, 0)...
///     return sql_rows_done(&rows);
/// A failure of the query itself is also told by sql_rows_done.
void sql_query(struct sql *sql, const struct sql_stmt *stmt, struct sql_args args,
               struct sql_rows *rows);
bool sql_next(struct sql_rows *rows);
MUST_USE enum status sql_rows_done(struct sql_rows *rows); // may be called again
void sql_rows_close(struct sql_rows *rows);

#define SQL_ROWS CLEANUP(sql_rows_close) struct sql_rows

/// Columns count from 0. NULL reads as 0, NULL and {NULL, 0}. Pointers live until the next
/// sql_next. Text ends with NUL. A column of another type than asked for aborts (truth values read
/// as 0 and 1).
bool sql_is_null(const struct sql_rows *rows, int column);
int64_t sql_int(const struct sql_rows *rows, int column);
const char *sql_text(const struct sql_rows *rows, int column);
struct sql_bytes {
    const void *p; // not NULL for an empty value
    size_t len;
};
struct sql_bytes sql_blob(const struct sql_rows *rows, int column);

/// Copies into the arena; NULL stays NULL.
const char *sql_text_dup(struct arena *arena, const struct sql_rows *rows, int column);
struct sql_bytes sql_blob_dup(struct arena *arena, const struct sql_rows *rows, int column);

/// Prepares without running, for the test that walks the registry.
MUST_USE enum status sql_prepare(struct sql *sql, const struct sql_stmt *stmt);

enum sql_engine { SQL_SQLITE, SQL_POSTGRESQL };
/// For the few statements that exist once per engine (full-text search).
enum sql_engine sql_engine(const struct sql *sql);

#endif
