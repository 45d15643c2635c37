// SPDX-License-Identifier: AGPL-3.0-or-later
// SQLite behind sql.h: one file in WAL mode, flushed at every commit. Never weakens durability,
// whatever is gained; never shares a connection between threads.
#include "store/sql_impl.h"

#include <errno.h>
#include <pthread.h>
#include <sqlite3.h>

#include "base/log.h"

enum {
    CACHE_KIB_WRITER =
        4096, // the whole program stays under 20 MB at rest; the kernel caches the file
    CACHE_KIB_READER = 1024,
    WAL_PAGES_MAX = 8000,
    RESTART_WAIT_MS = 100,
};

struct lite {
    struct sql base;
    sqlite3 *db;
    int busy_wait_ms;
    int wal_pages;  // in the log after the last commit
    int wal_folded; // of them, written back into the file
};

struct lite_stmt {
    struct lite *lite;
    sqlite3_stmt *stmt;
    bool busy;                   // rows of it are open
    int64_t changes_before;      // sqlite3_total_changes64 at the start
    const char *name;            // for the log
    int index[SQL_ARGS_MAX + 1]; // of $1..$n: SQLite numbers named parameters by appearance
};

/// os: errno, which sqlite3_system_errno does not tell when it was the COMMIT that failed.
static enum status status_of(int rc, int os)
{
    switch (rc & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return STATUS_OK;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return STATUS_RETRY;
    case SQLITE_FULL:
        return STATUS_FULL;
    case SQLITE_IOERR:
        return os == ENOSPC || os == EDQUOT || os == EFBIG ? STATUS_FULL : STATUS_BROKEN;
    case SQLITE_CONSTRAINT:
        return rc == SQLITE_CONSTRAINT_UNIQUE || rc == SQLITE_CONSTRAINT_PRIMARYKEY ||
                       rc == SQLITE_CONSTRAINT_ROWID
                   ? STATUS_CONFLICT
                   : STATUS_BROKEN;
    case SQLITE_NOMEM:
        ensure((rc & 0xff) != SQLITE_NOMEM);
        return STATUS_BROKEN;
    default: // SQLite's numbers, not an enum of ours
        return STATUS_BROKEN;
    }
}

/// Messages of SQLite name tables and columns, never values.
static enum status report(struct lite *lite, int rc, const char *what)
{
    enum status status = status_of(rc, errno);
    if (status == STATUS_FULL || status == STATUS_BROKEN)
        log_error("sqlite: %s: %s (%d)", what, sqlite3_errmsg(lite->db), rc);
    return status;
}

static bool bind_names(struct lite_stmt *prepared, const struct sql_stmt *stmt)
{
    int count = (int)strlen(stmt->types);
    ensure(count <= SQL_ARGS_MAX);
    bool all = sqlite3_bind_parameter_count(prepared->stmt) == count;
    for (int n = 1; n <= count; n++) {
        char name[8];
        snprintf(name, sizeof name, "$%d", n);
        prepared->index[n] = sqlite3_bind_parameter_index(prepared->stmt, name);
        all = all && prepared->index[n] > 0;
    }
    return all;
}

static enum status lite_prepare(struct sql *sql, const struct sql_stmt *stmt, void **ret_prepared)
{
    struct lite *lite = (struct lite *)sql;
    struct lite_stmt *prepared = calloc(1, sizeof(*prepared));
    ensure(prepared != NULL);
    prepared->lite = lite;
    prepared->name = stmt->name;
    int rc = sqlite3_prepare_v3(lite->db, stmt->text, -1, SQLITE_PREPARE_PERSISTENT,
                                &prepared->stmt, NULL);
    enum status status = report(lite, rc, stmt->name);
    if (status == STATUS_OK && !bind_names(prepared, stmt)) {
        log_error("sqlite: %s: the text does not use exactly $1..$%zu", stmt->name,
                  strlen(stmt->types));
        status = STATUS_BROKEN;
    }
    if (status != STATUS_OK) {
        sqlite3_finalize(prepared->stmt);
        free(prepared);
        return status;
    }
    *ret_prepared = prepared;
    return STATUS_OK;
}

static void lite_unprepare(void *prepared)
{
    struct lite_stmt *stmt = prepared;
    sqlite3_finalize(stmt->stmt);
    free(stmt);
}

static int bind_one(struct lite_stmt *stmt, int n, const struct sql_value *value, bool keep)
{
    sqlite3_destructor_type how = keep ? SQLITE_TRANSIENT : SQLITE_STATIC;
    if (value->null) return sqlite3_bind_null(stmt->stmt, stmt->index[n]);
    if (value->type == 'i') return sqlite3_bind_int64(stmt->stmt, stmt->index[n], value->i);
    if (value->type == 't')
        return sqlite3_bind_text64(stmt->stmt, stmt->index[n], value->p, value->len, how,
                                   SQLITE_UTF8);
    return sqlite3_bind_blob64(stmt->stmt, stmt->index[n], value->p, value->len, how);
}

static enum status lite_start(void *prepared, struct sql_args args, bool keep,
                              struct sql_rows *rows)
{
    struct lite_stmt *stmt = prepared;
    ensure(!stmt->busy);
    int rc = SQLITE_OK;
    for (size_t i = 0; rc == SQLITE_OK && i < args.count; i++)
        rc = bind_one(stmt, (int)i + 1, &args.values[i], keep);
    if (rc != SQLITE_OK) {
        sqlite3_clear_bindings(stmt->stmt);
        return report(stmt->lite, rc, stmt->name);
    }
    stmt->busy = true;
    stmt->changes_before = sqlite3_total_changes64(stmt->lite->db);
    rows->impl = stmt;
    rows->columns = sqlite3_column_count(stmt->stmt);
    return STATUS_OK;
}

static bool lite_next(struct sql_rows *rows)
{
    struct lite_stmt *stmt = rows->impl;
    if (!stmt->busy) return false;
    errno = 0;
    int rc = sqlite3_step(stmt->stmt);
    if (rc == SQLITE_ROW) return true;
    stmt->busy = false; // stepping again would start it anew
    rows->status = report(stmt->lite, rc, stmt->name);
    return false;
}

static int64_t lite_changed(const struct sql_rows *rows)
{
    const struct lite_stmt *stmt = rows->impl;
    if (sqlite3_total_changes64(stmt->lite->db) == stmt->changes_before)
        return 0; // sqlite3_changes64 alone would tell of an earlier statement
    return sqlite3_changes64(stmt->lite->db);
}

static void lite_end(struct sql_rows *rows)
{
    struct lite_stmt *stmt = rows->impl;
    stmt->busy = false;
    sqlite3_reset(stmt->stmt);          // its status is the one that next has told
    sqlite3_clear_bindings(stmt->stmt); // the caller's memory ends here
}

static struct sql_value lite_cell(const struct sql_rows *rows, int column)
{
    sqlite3_stmt *stmt = ((const struct lite_stmt *)rows->impl)->stmt;
    switch (sqlite3_column_type(stmt, column)) {
    case SQLITE_NULL:
        return (struct sql_value){.type = '?', .null = true};
    case SQLITE_INTEGER:
        return SQL_I(sqlite3_column_int64(stmt, column));
    case SQLITE_TEXT: {
        const void *p = sqlite3_column_text(stmt, column);
        ensure(p != NULL);
        return SQL_TN(p, (size_t)sqlite3_column_bytes(stmt, column));
    }
    case SQLITE_BLOB: {
        const void *p = sqlite3_column_blob(stmt, column);
        size_t len = (size_t)sqlite3_column_bytes(stmt, column);
        ensure(p != NULL || len == 0);
        return SQL_B(p == NULL ? "" : p, len);
    }
    default: // SQLITE_FLOAT, which the dialect does not have
        return (struct sql_value){.type = '?'};
    }
}

static enum status lite_script(struct sql *sql, const char *text)
{
    struct lite *lite = (struct lite *)sql;
    errno = 0;
    int rc = sqlite3_exec(lite->db, text, NULL, NULL, NULL);
    return rc == SQLITE_OK ? STATUS_OK : report(lite, sqlite3_extended_errcode(lite->db), text);
}

static enum status lite_commit(struct sql *sql, bool *ret_unknown)
{
    *ret_unknown = false; // a failed COMMIT leaves nothing that a reader could see
    return lite_script(sql, "COMMIT");
}

static bool lite_in_transaction(struct sql *sql)
{
    return !sqlite3_get_autocommit(((struct lite *)sql)->db);
}

static bool lite_is_lost(struct sql *sql)
{
    (void)sql;
    return false;
}

static void lite_close(struct sql *sql)
{
    struct lite *lite = (struct lite *)sql;
    int rc = sqlite3_close(lite->db);
    ensure(rc == SQLITE_OK); // anything else is a statement left open
    free(lite);
}

static const struct sql_ops ops = {
    .engine = SQL_SQLITE,
    .prepare = lite_prepare,
    .unprepare = lite_unprepare,
    .start = lite_start,
    .next = lite_next,
    .changed = lite_changed,
    .end = lite_end,
    .cell = lite_cell,
    .script = lite_script,
    .commit = lite_commit,
    .in_transaction = lite_in_transaction,
    .is_lost = lite_is_lost,
    .close = lite_close,
};

// --- Opening ---

static void configure_once(void)
{
    // Counting memory takes a lock that all readers would queue for.
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static int remember_wal(void *arg, sqlite3 *db, const char *schema, int pages)
{
    (void)db, (void)schema;
    ((struct lite *)arg)->wal_pages = pages;
    return SQLITE_OK;
}

static enum status configure(struct lite *lite, const struct sql_open *open)
{
    static const char common[] = "PRAGMA journal_mode = WAL;"
                                 "PRAGMA synchronous = FULL;"
                                 "PRAGMA foreign_keys = ON;"
                                 "PRAGMA secure_delete = ON;"
                                 "PRAGMA trusted_schema = OFF;"
                                 "PRAGMA temp_store = MEMORY;"
                                 "PRAGMA mmap_size = 0;"
                                 "PRAGMA journal_size_limit = 16777216;";
    char own[96];
    snprintf(own, sizeof own, "PRAGMA cache_size = -%d; PRAGMA query_only = %d;",
             open->writes ? CACHE_KIB_WRITER : CACHE_KIB_READER, open->writes ? 0 : 1);
    lite->busy_wait_ms = open->busy_wait_ms;
    sqlite3_busy_timeout(lite->db, open->busy_wait_ms);
    sqlite3_extended_result_codes(lite->db, 1);
    enum status status = lite_script(&lite->base, common);
    if (status == STATUS_OK) status = lite_script(&lite->base, own);
    if (open->writes) // replaces the automatic checkpoint inside COMMIT, which people would wait
                      // for
        sqlite3_wal_hook(lite->db, remember_wal, lite);
    return status;
}

enum status sql_sqlite_open(const struct sql_open *open, struct sql **ret_sql)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, configure_once);
    struct lite *lite = calloc(1, sizeof(*lite));
    ensure(lite != NULL);
    lite->base.ops = &ops;
    int flags =
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (open->create ? SQLITE_OPEN_CREATE : 0);
    int rc = sqlite3_open_v2(open->where, &lite->db, flags, NULL);
    enum status status = report(lite, rc, "open");
    if (status == STATUS_OK) status = configure(lite, open);
    if (status != STATUS_OK) {
        sqlite3_close(lite->db);
        free(lite);
        return status;
    }
    *ret_sql = &lite->base;
    return STATUS_OK;
}

/// Passive waits for nobody, but SQLite begins its log anew only at a moment without readers; when
/// there was none for long, new readers are kept off the log until the old ones have ended (they
/// are short).
static void checkpoint(struct lite *lite)
{
    bool too_long = lite->wal_pages > WAL_PAGES_MAX;
    int mode = too_long ? SQLITE_CHECKPOINT_RESTART : SQLITE_CHECKPOINT_PASSIVE;
    sqlite3_busy_timeout(lite->db, RESTART_WAIT_MS);
    int rc = sqlite3_wal_checkpoint_v2(lite->db, NULL, mode, NULL, &lite->wal_folded);
    (void)report(lite, rc, "checkpoint"); // the log stays and it is tried again later
    sqlite3_busy_timeout(lite->db, lite->busy_wait_ms);
}

void sql_sqlite_checkpoint(struct sql *sql, int more_than_pages)
{
    struct lite *lite = (struct lite *)sql;
    if (lite->wal_pages < lite->wal_folded) lite->wal_folded = 0; // begun anew
    if (lite->wal_pages > lite->wal_folded + more_than_pages) checkpoint(lite);
}

bool sql_sqlite_empty_log(struct sql *sql)
{
    struct lite *lite = (struct lite *)sql;
    sqlite3_busy_timeout(lite->db, RESTART_WAIT_MS);
    int rc = sqlite3_wal_checkpoint_v2(lite->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    sqlite3_busy_timeout(lite->db, lite->busy_wait_ms);
    if (rc != SQLITE_OK) return false;
    lite->wal_pages = lite->wal_folded = 0;
    return true;
}

enum status sql_sqlite_copy(struct sql *sql, const char *file)
{
    struct lite *lite = (struct lite *)sql;
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(lite->db, "VACUUM INTO $1", -1, &stmt, NULL);
    if (rc == SQLITE_OK) rc = sqlite3_bind_text(stmt, 1, file, -1, SQLITE_STATIC);
    errno = 0;
    if (rc == SQLITE_OK) rc = sqlite3_step(stmt);
    enum status status = report(lite, rc, "copy");
    sqlite3_finalize(stmt);
    return status;
}
