// SPDX-License-Identifier: AGPL-3.0-or-later
// What both engines share: the cache of prepared statements, the check of types, and the rule that
// a transaction with a failed statement runs no further one. Never looks inside a statement's text.
#include "store/sql_impl.h"

#include "base/arena.h"
#include "base/log.h"

enum { CACHE_FIRST = 64 };

static size_t cache_slot(const struct sql *sql, const struct sql_stmt *stmt)
{
    size_t mask = sql->cache_size - 1;
    size_t i = (size_t)(((uintptr_t)stmt >> 3) * UINT64_C(0x9E3779B97F4A7C15) >> 20) & mask;
    while (sql->cache[i].stmt != NULL && sql->cache[i].stmt != stmt)
        i = (i + 1) & mask;
    return i;
}

static void cache_grow(struct sql *sql)
{
    struct sql_cached *old = sql->cache;
    size_t old_size = sql->cache_size;
    sql->cache_size = old_size == 0 ? CACHE_FIRST : old_size * 2;
    sql->cache = calloc(sql->cache_size, sizeof(*sql->cache));
    ensure(sql->cache != NULL);
    for (size_t i = 0; i < old_size; i++) {
        if (old[i].stmt != NULL) sql->cache[cache_slot(sql, old[i].stmt)] = old[i];
    }
    free(old);
}

static enum status cache_get(struct sql *sql, const struct sql_stmt *stmt, void **ret_prepared)
{
    if (sql->cache_used * 2 >= sql->cache_size) cache_grow(sql);
    struct sql_cached *cached = &sql->cache[cache_slot(sql, stmt)];
    if (cached->stmt == NULL) {
        enum status status = sql->ops->prepare(sql, stmt, &cached->prepared);
        if (status != STATUS_OK) return status;
        cached->stmt = stmt;
        sql->cache_used++;
    }
    *ret_prepared = cached->prepared;
    return STATUS_OK;
}

void sql_close(struct sql *sql)
{
    if (sql == NULL) return;
    ensure(sql->rows_open == 0);
    for (size_t i = 0; i < sql->cache_size; i++) {
        if (sql->cache[i].stmt != NULL) sql->ops->unprepare(sql->cache[i].prepared);
    }
    free(sql->cache);
    sql->ops->close(sql);
}

/// A wrong argument would be a wrong row in somebody's register, so it is a bug, not a status.
static void args_check(const struct sql_stmt *stmt, struct sql_args args)
{
    bool fits = strlen(stmt->types) == args.count && args.count <= SQL_ARGS_MAX;
    for (size_t i = 0; fits && i < args.count; i++)
        fits = args.values[i].type == stmt->types[i];
    if (!fits) log_error("sql: the arguments of %s are not \"%s\"", stmt->name, stmt->types);
    ensure(fits);
}

static enum status fail(struct sql *sql, enum status status)
{
    if (sql->failed == STATUS_OK) sql->failed = status;
    return status;
}

static void start(struct sql *sql, const struct sql_stmt *stmt, struct sql_args args, bool keep,
                  struct sql_rows *rows)
{
    args_check(stmt, args);
    *rows = (struct sql_rows){.sql = sql, .stmt = stmt, .status = sql->failed};
    if (rows->status != STATUS_OK) return;
    void *prepared = NULL;
    rows->status = cache_get(sql, stmt, &prepared);
    if (rows->status == STATUS_OK) rows->status = sql->ops->start(prepared, args, keep, rows);
    if (rows->status == STATUS_OK)
        sql->rows_open++;
    else
        (void)fail(sql, rows->status);
}

void sql_query(struct sql *sql, const struct sql_stmt *stmt, struct sql_args args,
               struct sql_rows *rows)
{
    start(sql, stmt, args, true, rows);
}

bool sql_next(struct sql_rows *rows)
{
    if (rows->impl == NULL) return false;
    if (rows->sql->ops->next(rows)) {
        rows->at++;
        return true;
    }
    if (rows->status != STATUS_OK) (void)fail(rows->sql, rows->status);
    return false;
}

void sql_rows_close(struct sql_rows *rows)
{
    if (rows->impl == NULL) return;
    rows->sql->ops->end(rows);
    rows->impl = NULL;
    rows->sql->rows_open--;
}

enum status sql_rows_done(struct sql_rows *rows)
{
    sql_rows_close(rows);
    return rows->status;
}

enum status sql_exec(struct sql *sql, const struct sql_stmt *stmt, struct sql_args args,
                     int64_t *ret_changed)
{
    SQL_ROWS rows = {0};
    start(sql, stmt, args, false, &rows);
    while (sql_next(&rows)) {
    }
    if (rows.status == STATUS_OK && ret_changed != NULL) *ret_changed = sql->ops->changed(&rows);
    return sql_rows_done(&rows);
}

enum status sql_one_int(struct sql *sql, const struct sql_stmt *stmt, struct sql_args args,
                        int64_t *ret_value)
{
    SQL_ROWS rows = {0};
    start(sql, stmt, args, false, &rows);
    bool found = sql_next(&rows);
    int64_t value = found ? sql_int(&rows, 0) : 0;
    while (sql_next(&rows)) { // a write with RETURNING is complete only at its end
    }
    enum status status = sql_rows_done(&rows);
    if (status != STATUS_OK) return status;
    if (!found) return STATUS_NOT_FOUND;
    *ret_value = value;
    return STATUS_OK;
}

static struct sql_value cell(const struct sql_rows *rows, int column, char type)
{
    ensure(rows->impl != NULL && column >= 0 && column < rows->columns);
    struct sql_value value = rows->sql->ops->cell(rows, column);
    if (!value.null && type != 0 && value.type != type) {
        log_error("sql: column %d of %s has type %c, not %c", column, rows->stmt->name, value.type,
                  type);
        ensure(value.type == type);
    }
    return value;
}

bool sql_is_null(const struct sql_rows *rows, int column)
{
    return cell(rows, column, 0).null;
}

int64_t sql_int(const struct sql_rows *rows, int column)
{
    struct sql_value value = cell(rows, column, 'i');
    return value.null ? 0 : value.i;
}

const char *sql_text(const struct sql_rows *rows, int column)
{
    struct sql_value value = cell(rows, column, 't');
    return value.null ? NULL : value.p;
}

struct sql_bytes sql_blob(const struct sql_rows *rows, int column)
{
    struct sql_value value = cell(rows, column, 'b');
    return value.null ? (struct sql_bytes){0} : (struct sql_bytes){value.p, value.len};
}

const char *sql_text_dup(struct arena *arena, const struct sql_rows *rows, int column)
{
    struct sql_value value = cell(rows, column, 't');
    return value.null ? NULL : arena_strndup(arena, value.p, value.len);
}

struct sql_bytes sql_blob_dup(struct arena *arena, const struct sql_rows *rows, int column)
{
    struct sql_bytes bytes = sql_blob(rows, column);
    if (bytes.p != NULL) bytes.p = arena_memdup(arena, bytes.p, bytes.len);
    return bytes;
}

enum status sql_prepare(struct sql *sql, const struct sql_stmt *stmt)
{
    void *prepared = NULL;
    enum status status = sql->failed != STATUS_OK ? sql->failed : cache_get(sql, stmt, &prepared);
    return status == STATUS_OK ? status : fail(sql, status);
}

enum sql_engine sql_engine(const struct sql *sql)
{
    return sql->ops->engine;
}

// --- Transactions ---

enum status sql_script(struct sql *sql, const char *text)
{
    if (sql->failed != STATUS_OK) return sql->failed;
    enum status status = sql->ops->script(sql, text);
    return status == STATUS_OK ? status : fail(sql, status);
}

enum status sql_begin_read(struct sql *sql)
{
    ensure(sql->rows_open == 0);
    sql->failed = STATUS_OK;
    return sql_script(sql, sql->ops->engine == SQL_SQLITE
                               ? "BEGIN"
                               : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
}

enum status sql_begin_write(struct sql *sql)
{
    ensure(sql->rows_open == 0);
    sql->failed = STATUS_OK;
    // READ COMMITTED: after the lock on unit_head each statement must see what the lock's last
    // holder wrote; a snapshot taken before the lock was granted would fail there every time.
    return sql_script(sql, sql->ops->engine == SQL_SQLITE ? "BEGIN IMMEDIATE"
                                                          : "BEGIN ISOLATION LEVEL READ COMMITTED");
}

enum status sql_commit(struct sql *sql, bool *ret_unknown)
{
    ensure(sql->rows_open == 0);
    *ret_unknown = false;
    if (sql->failed != STATUS_OK) return sql->failed;
    enum status status = sql->ops->commit(sql, ret_unknown);
    return status == STATUS_OK ? status : fail(sql, status);
}

void sql_rollback(struct sql *sql)
{
    ensure(sql->rows_open == 0);
    if (!sql->ops->is_lost(sql) && sql->ops->in_transaction(sql))
        (void)sql->ops->script(sql, "ROLLBACK");
    sql->failed = STATUS_OK;
}

bool sql_in_transaction(struct sql *sql)
{
    return sql->ops->in_transaction(sql);
}

bool sql_is_lost(struct sql *sql)
{
    return sql->ops->is_lost(sql);
}
