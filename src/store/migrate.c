// SPDX-License-Identifier: AGPL-3.0-or-later
// Brings a database to this program's schema, and turns the one text of a migration into each
// engine's. Never touches a database that is newer than the program.
#include "store/migrate.h"

#include <ctype.h>

#include "base/buf.h"
#include "base/day.h"
#include "base/log.h"
#include "store/sql_impl.h"

enum { HAS_TABLE_SQLITE, HAS_TABLE_POSTGRESQL, VERSION_GET, VERSION_PUT, STMT_COUNT };

static const struct sql_stmt stmts[] = {
    [HAS_TABLE_SQLITE] = {"migrate_has_table_sqlite",
                          "SELECT count(*) FROM sqlite_master WHERE name = 'schema_version'", ""},
    [HAS_TABLE_POSTGRESQL] =
        {"migrate_has_table_pg",
         "SELECT count(*) FROM pg_catalog.pg_tables"
         " WHERE schemaname = current_schema() AND tablename = 'schema_version'",
         ""},
    [VERSION_GET] = {"migrate_version_get", "SELECT coalesce(max(version), 0) FROM schema_version",
                     ""},
    [VERSION_PUT] = {"migrate_version_put",
                     "INSERT INTO schema_version (version, name, applied_ms) VALUES ($1, $2, $3)",
                     "iti"},
};
_Static_assert(ARRAY_LEN(stmts) == STMT_COUNT, "a statement is missing");
SQL_STMTS(migrate, stmts);

// The one table that belongs to no unit: it describes the database, not what is in it.
static const char version_table[] = "CREATE TABLE IF NOT EXISTS schema_version (\n"
                                    "    version BIGINT NOT NULL PRIMARY KEY,\n"
                                    "    name TEXT NOT NULL,\n"
                                    "    applied_ms BIGINT NOT NULL\n"
                                    ");\n";

// --- From the common text to an engine's ---

static bool starts_with(const char *text, const char *word)
{
    return strncmp(text, word, strlen(word)) == 0;
}

static bool word_is(const char *word, size_t len, const char *want)
{
    return len == strlen(want) && memcmp(word, want, len) == 0;
}

static const char *word_for(enum sql_engine engine, bool declares, const char *word, size_t len)
{
    if (engine == SQL_SQLITE && word_is(word, len, "BIGINT")) return "INTEGER";
    if (engine == SQL_SQLITE && word_is(word, len, "BYTEA")) return "BLOB";
    if (engine == SQL_POSTGRESQL && declares && word_is(word, len, "TEXT"))
        return "TEXT COLLATE \"C\"";
    return NULL;
}

static size_t word_length(const char *text)
{
    size_t len = 0;
    while (isalnum((unsigned char)text[len]) || text[len] == '_')
        len++;
    return len;
}

static size_t quoted_length(const char *text)
{
    const char *end = strchr(text + 1, text[0]);
    return end == NULL ? strlen(text) : (size_t)(end - text) + 1;
}

/// One statement without its ';'.
static void translate(enum sql_engine engine, const char *text, struct buf *out)
{
    bool table = starts_with(text, "CREATE TABLE");
    bool declares = table || starts_with(text, "ALTER TABLE");
    bool after_as = false; // CAST(x AS TEXT) takes no collation
    while (*text != 0) {
        size_t len = word_length(text);
        const char *other = len == 0 ? NULL : word_for(engine, declares && !after_as, text, len);
        if (len > 0)
            after_as = word_is(text, len, "AS");
        else
            len = *text == '\'' || *text == '"' ? quoted_length(text) : 1;
        if (other != NULL)
            buf_puts(out, other);
        else
            buf_put(out, text, len);
        text += len;
    }
    if (table && engine == SQL_SQLITE)
        buf_puts(out, strstr(buf_text(out), "WITHOUT ROWID") != NULL ? ", STRICT" : " STRICT");
}

static enum status run_statement(struct sql *sql, const struct buf *statement)
{
    BUF out = {0};
    translate(sql_engine(sql), buf_text(statement), &out);
    return sql_script(sql, buf_text(&out));
}

struct script {
    struct sql *sql;
    struct buf statement; // gathered so far
    bool skip;            // inside a block of the other engine
};

static bool is_marker(struct script *script, const char *line)
{
    const char *engine = sql_engine(script->sql) == SQL_SQLITE ? "sqlite" : "postgresql";
    if (!starts_with(line, "--")) return false;
    if (starts_with(line, "-- only: "))
        script->skip = strcmp(line + strlen("-- only: "), engine) != 0;
    else if (strcmp(line, "-- end") == 0)
        script->skip = false;
    return true; // also plain comments
}

static enum status take_line(struct script *script, const char *line, size_t len)
{
    BUF text = {0};
    while (len > 0 && isspace((unsigned char)line[len - 1]))
        len--;
    size_t indent = 0;
    while (indent < len && isspace((unsigned char)line[indent]))
        indent++;
    buf_put(&text, line + indent, len - indent);
    if (text.len == 0 || is_marker(script, buf_text(&text)) || script->skip) return STATUS_OK;
    bool last = text.data[text.len - 1] == ';';
    if (script->statement.len > 0) buf_putc(&script->statement, '\n');
    buf_put(&script->statement, text.data, text.len - (last ? 1 : 0));
    if (!last) return STATUS_OK;
    enum status status = run_statement(script->sql, &script->statement);
    buf_clear(&script->statement);
    return status;
}

enum status migrate_script(struct sql *sql, const char *text)
{
    struct script script = {.sql = sql};
    enum status status = STATUS_OK;
    while (status == STATUS_OK && *text != 0) {
        size_t len = strcspn(text, "\n");
        status = take_line(&script, text, len);
        text += len + (text[len] == '\n' ? 1 : 0);
    }
    if (status == STATUS_OK && (script.statement.len > 0 || script.skip)) {
        log_error("migrate: the text ends inside a statement or block");
        status = STATUS_BROKEN;
    }
    buf_done(&script.statement);
    return status;
}

// --- Versions ---

static int64_t newest(void)
{
    return migrations_count == 0 ? 0 : migrations[migrations_count - 1].version;
}

static enum status refuse_newer(int64_t version)
{
    log_error(
        "the database has schema version %lld, this program knows %lld: it was used by a newer "
        "doithoai; install that one or restore an older backup",
        (long long)version, (long long)newest());
    return STATUS_BROKEN;
}

static enum status apply_missing(struct sql *sql, int64_t version)
{
    for (size_t i = 0; i < migrations_count; i++) {
        const struct migration *migration = &migrations[i];
        if (migration->version <= version) continue;
        enum status status = migrate_script(sql, migration->text);
        if (status == STATUS_OK) {
            status = sql_exec(sql, &stmts[VERSION_PUT],
                              SQL_ARGS(SQL_I(migration->version), SQL_T(migration->name),
                                       SQL_I(clock_now_ms(&(struct clock){0}))),
                              NULL);
        }
        if (status != STATUS_OK) {
            log_error("migrate: %s failed", migration->name);
            return status;
        }
    }
    return STATUS_OK;
}

static enum status up(struct sql *sql)
{
    enum status status = STATUS_OK;
    int64_t version = 0;
    if (sql_engine(sql) ==
        SQL_POSTGRESQL) // several nodes may start at once; the number is ours alone
        status = sql_script(sql, "SELECT pg_advisory_xact_lock(6620240620)");
    if (status == STATUS_OK) status = migrate_script(sql, version_table);
    if (status == STATUS_OK) status = sql_one_int(sql, &stmts[VERSION_GET], SQL_NO_ARGS, &version);
    if (status != STATUS_OK) return status;
    return version > newest() ? refuse_newer(version) : apply_missing(sql, version);
}

enum status migrate_up(struct sql *sql)
{
    bool unknown = false;
    enum status status = sql_begin_write(sql);
    if (status == STATUS_OK) status = up(sql);
    if (status == STATUS_OK) status = sql_commit(sql, &unknown);
    sql_rollback(sql);
    return status;
}

static enum status version_read(struct sql *sql, int64_t *ret_version)
{
    int which = sql_engine(sql) == SQL_SQLITE ? HAS_TABLE_SQLITE : HAS_TABLE_POSTGRESQL;
    int64_t tables = 0;
    enum status status = sql_one_int(sql, &stmts[which], SQL_NO_ARGS, &tables);
    if (status == STATUS_OK && tables > 0)
        status = sql_one_int(sql, &stmts[VERSION_GET], SQL_NO_ARGS, ret_version);
    return status;
}

enum status migrate_check(struct sql *sql)
{
    int64_t version = 0;
    enum status status = sql_begin_read(sql);
    if (status == STATUS_OK) status = version_read(sql, &version);
    sql_rollback(sql);
    if (status != STATUS_OK) return status;
    if (version > newest()) return refuse_newer(version);
    if (version < newest()) {
        log_error(
            "the database has schema version %lld, this program needs %lld: run doithoai migrate",
            (long long)version, (long long)newest());
        return STATUS_BROKEN;
    }
    return STATUS_OK;
}
