// SPDX-License-Identifier: AGPL-3.0-or-later
// What moves from one database to another is everything: the lists of store/dump.c against the
// schema itself, on both engines; and a copy made while the database is in use.
#include "engine.h"

#include <sys/stat.h>

#include "store/dump.h"
#include "store/unit.h"

enum { TABLES_SQLITE, TABLES_PG, COLUMNS_SQLITE, COLUMNS_PG };
static const struct sql_stmt stmts[] = {
    [TABLES_SQLITE] = {"tables_sqlite",
                       "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE "
                       "'sqlite!_%' ESCAPE '!' AND name NOT LIKE 'opinion!_words!_%' ESCAPE '!'",
                       ""},
    [TABLES_PG] = {"tables_pg",
                   "SELECT CAST(tablename AS TEXT) FROM pg_catalog.pg_tables WHERE schemaname = "
                   "current_schema()",
                   ""},
    [COLUMNS_SQLITE] = {"columns_sqlite",
                        "SELECT name, lower(substr(type, 1, 1)) FROM pragma_table_info($1) "
                        "ORDER BY cid",
                        "t"},
    [COLUMNS_PG] = {"columns_pg",
                    "SELECT CAST(column_name AS TEXT), substr(CAST(data_type AS TEXT), 1, 2) "
                    "FROM information_schema.columns WHERE table_name = $1 AND table_schema = "
                    "current_schema() ORDER BY ordinal_position",
                    "t"},
};

static bool is_known(const char *table)
{
    for (const struct dump_table *t = dump_tables; t->name != NULL; t++)
        if (strcmp(t->name, table) == 0) return true;
    for (const char *const *t = dump_left_out; *t != NULL; t++)
        if (strcmp(*t, table) == 0) return true;
    return false;
}

STORE_TEST(every_table_travels_or_is_left_out_by_name)
{
    STORE_READ ro = NULL;
    check(store_read_begin(engine_store(engine), &ro) == STATUS_OK);
    int count = 0;
    SQL_ROWS rows = {0};
    sql_query(store_ro_sql(ro), &stmts[engine->kind == SQL_SQLITE ? TABLES_SQLITE : TABLES_PG],
              SQL_NO_ARGS, &rows);
    for (; sql_next(&rows); count++) {
        if (!is_known(sql_text(&rows, 0))) printf("# %s\n", sql_text(&rows, 0));
        check(is_known(sql_text(&rows, 0)));
    }
    check(sql_rows_done(&rows) == STATUS_OK);
    check(count > 15);
}

/// 'i', 't' or 'b' of what the engine calls a column's type.
static char letter_of(const char *type)
{
    if (type[0] == 't') return 't';                                       // text
    return strcmp(type, "by") == 0 || strcmp(type, "b") == 0 ? 'b' : 'i'; // bytea, blob
}

static void check_table(struct sql *sql, const struct dump_table *table)
{
    char columns[2048] = "", types[80] = "";
    size_t count = 0;
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[sql_engine(sql) == SQL_SQLITE ? COLUMNS_SQLITE : COLUMNS_PG],
              SQL_ARGS(SQL_T(table->name)), &rows);
    for (; sql_next(&rows) && count < 79; count++) {
        size_t len = strlen(columns);
        snprintf(columns + len, sizeof columns - len, "%s%s", count > 0 ? ", " : "",
                 sql_text(&rows, 0));
        types[count] = letter_of(sql_text(&rows, 1));
    }
    check(sql_rows_done(&rows) == STATUS_OK);
    if (strcmp(columns, table->columns) != 0) printf("# %s: %s\n", table->name, columns);
    check(strcmp(columns, table->columns) == 0);
    check(strcmp(types, table->types) == 0);
}

STORE_TEST(every_column_travels_with_its_type)
{
    STORE_READ ro = NULL;
    check(store_read_begin(engine_store(engine), &ro) == STATUS_OK);
    for (const struct dump_table *t = dump_tables; t->name != NULL; t++)
        check_table(store_ro_sql(ro), t);
}

static enum status make_unit(struct store_tx *tx, void *arg)
{
    (void)arg;
    return store_unit_create(tx, 1, "phuong", 1000);
}

STORE_TEST(a_copy_has_what_was_committed)
{
    char file[600], folder[560];
    check(store_run(engine_store(engine), make_unit, NULL) == STATUS_OK);
    snprintf(folder, sizeof folder, "%s/copy", engine->where);
    snprintf(file, sizeof file, "%s/doithoai.db", folder);
    check(mkdir(folder, 0700) == 0);
    {
        STORE_READ ro = NULL; // somebody reads meanwhile
        check(store_read_begin(engine->store, &ro) == STATUS_OK);
        check(store_copy(engine->store, file) == STATUS_OK);
    }
    check(store_copy(engine->store, file) != STATUS_OK); // never over a copy that is there
    struct store *copy = NULL;
    check(store_open(folder, NULL, &copy) == STATUS_OK);
    int64_t units = 0;
    {
        STORE_READ ro = NULL;
        check(store_read_begin(copy, &ro) == STATUS_OK);
        check(store_dump_units(store_ro_sql(ro), &units) == STATUS_OK);
    }
    check(units == 1);
    store_close(copy);
}

static const struct store_case cases[] = {
    STORE_CASE(every_table_travels_or_is_left_out_by_name),
    STORE_CASE(every_column_travels_with_its_type),
    STORE_CASE_SQLITE(a_copy_has_what_was_committed),
};

int main(void)
{
    return RUN_STORE_CASES(cases);
}
