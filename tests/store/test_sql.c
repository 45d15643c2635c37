// SPDX-License-Identifier: AGPL-3.0-or-later
// The dialect itself: values there and back, refusals of the database, migrations, and that every
// statement of the program is one that both engines understand.
#include "engine.h"

#include "base/arena.h"
#include "store/migrate.h"
#include "store/registry.h"
#include "store/sql_impl.h"

enum { PUT, GET, COUNT, LIST, SUM, TRUTH, PUT_QUIET, PUT_RETURNING, CHILD };
static const struct sql_stmt stmts[] = {
    [PUT] = {"put", "INSERT INTO thing (unit_id, id, words, bytes) VALUES ($1, $2, $3, $4)",
             "titb"},
    [GET] = {"get", "SELECT id, words, bytes FROM thing WHERE unit_id = $1 AND id = $2", "ti"},
    [COUNT] = {"count", "SELECT count(*) FROM thing WHERE unit_id = $1", "t"},
    // $2 first in the text: parameters are bound by number, not by appearance.
    [LIST] = {"list",
              "SELECT words FROM thing WHERE id > $2 AND unit_id = $1"
              " ORDER BY words NULLS LAST LIMIT $3",
              "tii"},
    [SUM] = {"sum", "SELECT CAST(sum(id) AS BIGINT) FROM thing WHERE unit_id = $1", "t"},
    [TRUTH] = {"truth", "SELECT EXISTS (SELECT 1 FROM thing WHERE unit_id = $1)", "t"},
    [PUT_QUIET] = {"put_quiet",
                   "INSERT INTO thing (unit_id, id) VALUES ($1, $2)"
                   " ON CONFLICT (unit_id, id) DO NOTHING",
                   "ti"},
    [PUT_RETURNING] = {"put_returning",
                       "INSERT INTO thing (unit_id, id) VALUES ($1, $2)"
                       " ON CONFLICT (unit_id, id) DO UPDATE SET words = 'again' RETURNING id",
                       "ti"},
    [CHILD] = {"child", "INSERT INTO child (unit_id, id, thing_id) VALUES ($1, $2, $3)", "tii"},
};

static const char tables[] = "-- the engine's types come from the migration's words\n"
                             "CREATE TABLE thing (\n"
                             "    unit_id TEXT NOT NULL,\n"
                             "    id BIGINT NOT NULL,\n"
                             "    words TEXT,\n"
                             "    bytes BYTEA,\n"
                             "    PRIMARY KEY (unit_id, id)\n"
                             ");\n"
                             "CREATE TABLE child (\n"
                             "    unit_id TEXT NOT NULL,\n"
                             "    id BIGINT NOT NULL,\n"
                             "    thing_id BIGINT NOT NULL,\n"
                             "    PRIMARY KEY (unit_id, id),\n"
                             "    FOREIGN KEY (unit_id, thing_id) REFERENCES thing (unit_id, id)\n"
                             ")\n"
                             "-- only: sqlite\n"
                             "WITHOUT ROWID\n"
                             "-- end\n"
                             ";\n";

static enum status make_tables(struct store_tx *tx, void *arg)
{
    (void)arg;
    return migrate_script(store_tx_sql(tx), tables);
}

/// Every case writes in one job; what it checks is in `body`.
static enum status in_tables(struct engine *engine, enum status (*body)(struct store_tx *, void *),
                             void *arg)
{
    enum status status = store_run(engine_store(engine), make_tables, NULL);
    return status == STATUS_OK ? store_run(engine_store(engine), body, arg) : status;
}

static enum status put(struct sql *sql, int64_t id, struct sql_value words, struct sql_value bytes)
{
    return sql_exec(sql, &stmts[PUT], SQL_ARGS(SQL_T("U1"), SQL_I(id), words, bytes), NULL);
}

static enum status get(struct sql *sql, int64_t id, struct sql_rows *rows)
{
    sql_query(sql, &stmts[GET], SQL_ARGS(SQL_T("U1"), SQL_I(id)), rows);
    return sql_next(rows) ? STATUS_OK : STATUS_NOT_FOUND;
}

// --- Values ---

static void check_words(struct sql *sql, int64_t id, const char *words)
{
    SQL_ROWS rows = {0};
    check_fatal(get(sql, id, &rows) == STATUS_OK);
    check_text(sql_text(&rows, 1), words);
    check(sql_is_null(&rows, 1) == (words == NULL));
    check(!sql_next(&rows));
    check_int(sql_rows_done(&rows), STATUS_OK);
}

static enum status texts(struct store_tx *tx, void *arg)
{
    static const char *const list[] = {
        "",
        "Nguyễn Văn An",
        "O'Hara; DROP TABLE thing; --",
        "\"$1\" \\ %s ? :a @b",
        "đối thoại\n66/KH-UBND",
        NULL,
        "😀",
    };
    (void)arg;
    struct sql *sql = store_tx_sql(tx);
    for (size_t i = 0; i < ARRAY_LEN(list); i++)
        check_int(put(sql, (int64_t)i, SQL_T(list[i]), SQL_NULL_B), STATUS_OK);
    for (size_t i = 0; i < ARRAY_LEN(list); i++)
        check_words(sql, (int64_t)i, list[i]);
    return STATUS_OK;
}

STORE_TEST(texts_come_back_as_they_went)
{
    check_int(in_tables(engine, texts, NULL), STATUS_OK);
}

static enum status numbers(struct store_tx *tx, void *arg)
{
    static const int64_t list[] = {0, 1, -1, INT64_MAX, INT64_MIN, INT64_C(1) << 53, 255, -256};
    (void)arg;
    struct sql *sql = store_tx_sql(tx);
    for (size_t i = 0; i < ARRAY_LEN(list); i++) {
        SQL_ROWS rows = {0};
        check_int(put(sql, list[i], SQL_NULL_T, SQL_NULL_B), STATUS_OK);
        check(get(sql, list[i], &rows) == STATUS_OK && sql_int(&rows, 0) == list[i]);
        check(sql_is_null(&rows, 1) && sql_is_null(&rows, 2) && sql_text(&rows, 1) == NULL);
        check(sql_blob(&rows, 2).p == NULL && sql_blob(&rows, 2).len == 0);
    }
    return STATUS_OK;
}

STORE_TEST(numbers_of_all_64_bits_and_nulls_come_back)
{
    check_int(in_tables(engine, numbers, NULL), STATUS_OK);
}

static enum status blobs(struct store_tx *tx, void *arg)
{
    static const size_t sizes[] = {0, 1, 4096, 5 * 1024 * 1024};
    ARENA arena = {0};
    (void)arg;
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        SQL_ROWS rows = {0};
        unsigned char *bytes = arena_alloc(&arena, sizes[i] + 1);
        for (size_t k = 0; k < sizes[i]; k++)
            bytes[k] = (unsigned char)(k * 7 + k / 251);
        check_int(put(store_tx_sql(tx), (int64_t)i, SQL_NULL_T, SQL_B(bytes, sizes[i])), STATUS_OK);
        check(get(store_tx_sql(tx), (int64_t)i, &rows) == STATUS_OK && !sql_is_null(&rows, 2));
        struct sql_bytes got = sql_blob_dup(&arena, &rows, 2);
        check(got.p != NULL && got.len == sizes[i] && memcmp(got.p, bytes, got.len) == 0);
    }
    return STATUS_OK;
}

STORE_TEST(blobs_of_any_size_come_back_and_empty_is_not_null)
{
    check_int(in_tables(engine, blobs, NULL), STATUS_OK);
}

// --- Statements ---

static enum status order(struct store_tx *tx, void *arg)
{
    // By bytes on both engines, whatever the locale; NULL last.
    static const char *const want[] = {"An", "a", "an", "b", "Đ", "đ", NULL};
    static const int64_t ids[] = {5, 1, 7, 3, 2, 6, 4};
    (void)arg;
    struct sql *sql = store_tx_sql(tx);
    for (size_t i = 0; i < ARRAY_LEN(want); i++)
        check_int(put(sql, ids[i], SQL_T(want[i]), SQL_NULL_B), STATUS_OK);
    ARENA arena = {0};
    SQL_ROWS rows = {0};
    char unit[] = "U1"; // may change while the rows are read
    sql_query(sql, &stmts[LIST], SQL_ARGS(SQL_T(unit), SQL_I(0), SQL_I(100)), &rows);
    size_t count = 0;
    for (; sql_next(&rows); count++) {
        unit[1] = '2';
        check(count < ARRAY_LEN(want));
        check_text(sql_text_dup(&arena, &rows, 0), want[count]);
    }
    check_int(sql_rows_done(&rows), STATUS_OK);
    check_int(sql_rows_done(&rows), STATUS_OK);
    check_int(count, ARRAY_LEN(want));
    return STATUS_OK;
}

STORE_TEST(text_is_ordered_by_bytes_with_null_last)
{
    check_int(in_tables(engine, order, NULL), STATUS_OK);
}

static enum status changes(struct store_tx *tx, void *arg)
{
    (void)arg;
    struct sql *sql = store_tx_sql(tx);
    const struct sql_args one = SQL_ARGS(SQL_T("U1"), SQL_I(1));
    int64_t changed = -1, value = -1;
    check_int(sql_one_int(sql, &stmts[TRUTH], SQL_ARGS(SQL_T("U1")), &value), STATUS_OK);
    check_int(value, 0);
    check_int(sql_exec(sql, &stmts[PUT_QUIET], one, &changed), STATUS_OK);
    check_int(changed, 1);
    check_int(sql_exec(sql, &stmts[PUT_QUIET], one, &changed), STATUS_OK);
    check_int(changed, 0);
    check_int(sql_exec(sql, &stmts[COUNT], SQL_ARGS(SQL_T("U1")), &changed), STATUS_OK);
    check_int(changed, 0);
    check_int(sql_one_int(sql, &stmts[PUT_RETURNING], one, &value), STATUS_OK);
    check_int(value, 1);
    check_int(sql_one_int(sql, &stmts[TRUTH], SQL_ARGS(SQL_T("U1")), &value), STATUS_OK);
    check_int(value, 1);
    check_int(sql_one_int(sql, &stmts[SUM], SQL_ARGS(SQL_T("none")), &value), STATUS_OK);
    check_int(value, 0); // the sum of nothing is NULL
    check_int(sql_one_int(sql, &stmts[GET], SQL_ARGS(SQL_T("U1"), SQL_I(9)), &value),
              STATUS_NOT_FOUND);
    check_words(sql, 1, "again"); // not found has spoilt nothing
    return STATUS_OK;
}

STORE_TEST(changed_rows_and_single_numbers_are_told)
{
    check_int(in_tables(engine, changes, NULL), STATUS_OK);
}

static enum status duplicate(struct store_tx *tx, void *arg)
{
    struct sql *sql = store_tx_sql(tx);
    int64_t value = -1;
    check_int(put(sql, 1, SQL_T("one"), SQL_NULL_B), STATUS_OK);
    check_int(put(sql, 1, SQL_T("two"), SQL_NULL_B), STATUS_CONFLICT);
    check_int(put(sql, 2, SQL_T("two"), SQL_NULL_B), STATUS_CONFLICT); // spoilt on both engines
    check_int(sql_one_int(sql, &stmts[COUNT], SQL_ARGS(SQL_T("U1")), &value), STATUS_CONFLICT);
    *(int *)arg += 1;
    return STATUS_OK; // a run that overlooks it does not get it committed
}

STORE_TEST(a_duplicate_is_a_conflict_and_spoils_the_transaction)
{
    int runs = 0;
    check_int(in_tables(engine, duplicate, &runs), STATUS_CONFLICT);
    check_int(runs, 1);
    STORE_READ ro = NULL;
    int64_t count = -1;
    check_fatal(store_read_begin(engine_store(engine), &ro) == STATUS_OK);
    check_int(sql_one_int(store_ro_sql(ro), &stmts[COUNT], SQL_ARGS(SQL_T("U1")), &count),
              STATUS_OK);
    check_int(count, 0);
}

static enum status orphan(struct store_tx *tx, void *arg)
{
    (void)arg;
    return sql_exec(store_tx_sql(tx), &stmts[CHILD], SQL_ARGS(SQL_T("U1"), SQL_I(1), SQL_I(5)),
                    NULL);
}

STORE_TEST(a_row_without_its_parent_is_refused)
{
    check_int(in_tables(engine, orphan, NULL), STATUS_BROKEN);
}

// --- The whole program's statements, and versions ---

static bool is_for_other_engine(const char *name, enum sql_engine engine)
{
    const char *other = engine == SQL_SQLITE ? "_pg" : "_sqlite";
    size_t len = strlen(name), end = strlen(other);
    return len >= end && strcmp(name + len - end, other) == 0;
}

static void check_statement(struct sql *sql, const char *file, const struct sql_stmt *stmt)
{
    bool named = stmt->name != NULL && stmt->text != NULL && stmt->types != NULL;
    check(named);
    if (!named || is_for_other_engine(stmt->name, sql_engine(sql))) return;
    check(strstr(stmt->text, "::") == NULL);
    enum status status = sql_prepare(sql, stmt);
    if (status != STATUS_OK) printf("# %s: %s can't be prepared\n", file, stmt->name);
    check_int(status, STATUS_OK);
}

STORE_TEST(every_statement_of_the_program_prepares)
{
    struct store *store = engine_store(engine);
    for (size_t i = 0; i < store_registry_count; i++) {
        const struct sql_stmts *file = store_registry[i];
        for (size_t k = 0; k < file->count; k++) {
            STORE_READ ro = NULL; // one each: a failure would hide those after it
            check_fatal(store_read_begin(store, &ro) == STATUS_OK);
            check_statement(store_ro_sql(ro), file->file, &file->list[k]);
        }
    }
}

static enum status make_newer(struct store_tx *tx, void *arg)
{
    static const struct sql_stmt put_version = {
        "newer", "INSERT INTO schema_version (version, name, applied_ms) VALUES (9999, 'x', 0)",
        ""};
    (void)arg;
    return sql_exec(store_tx_sql(tx), &put_version, SQL_NO_ARGS, NULL);
}

STORE_TEST(a_newer_database_is_refused)
{
    struct store *store = NULL;
    check_int(store_run(engine_store(engine), make_newer, NULL), STATUS_OK);
    engine_close(engine);
    check_int(store_open(engine->where, &engine->options, &store), STATUS_BROKEN);
    check_int(store_open(engine->where, NULL, &store), STATUS_BROKEN);
    check(store == NULL);
}

STORE_TEST(an_empty_database_is_opened_only_to_be_migrated)
{
    struct store *store = NULL;
    if (migrations_count > 0) check_int(store_open(engine->where, NULL, &store), STATUS_BROKEN);
    check_int(store_open(engine->where, &engine->options, &store), STATUS_OK);
    store_close(store);
    check_int(store_open(engine->where, NULL, &store), STATUS_OK);
    store_close(store);
}

static enum status bad_script(struct store_tx *tx, void *arg)
{
    return migrate_script(store_tx_sql(tx), arg);
}

STORE_TEST(a_migration_that_ends_early_is_refused)
{
    char open[] = "CREATE TABLE a (unit_id TEXT NOT NULL PRIMARY KEY)\n";
    char block[] = "-- only: sqlite\n-- only: postgresql\n";
    check_int(store_run(engine_store(engine), bad_script, open), STATUS_BROKEN);
    if (engine->kind == SQL_SQLITE)
        check_int(store_run(engine_store(engine), bad_script, block), STATUS_BROKEN);
}

static const struct store_case cases[] = {
    STORE_CASE(texts_come_back_as_they_went),
    STORE_CASE(numbers_of_all_64_bits_and_nulls_come_back),
    STORE_CASE(blobs_of_any_size_come_back_and_empty_is_not_null),
    STORE_CASE(text_is_ordered_by_bytes_with_null_last),
    STORE_CASE(changed_rows_and_single_numbers_are_told),
    STORE_CASE(a_duplicate_is_a_conflict_and_spoils_the_transaction),
    STORE_CASE(a_row_without_its_parent_is_refused),
    STORE_CASE(every_statement_of_the_program_prepares),
    STORE_CASE(a_newer_database_is_refused),
    STORE_CASE(an_empty_database_is_opened_only_to_be_migrated),
    STORE_CASE(a_migration_that_ends_early_is_refused),
};

int main(void)
{
    return RUN_STORE_CASES(cases);
}
