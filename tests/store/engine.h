// SPDX-License-Identifier: AGPL-3.0-or-later
// Store tests run on both engines: every case gets an empty database of its own, first on SQLite,
// then on a real PostgreSQL that this file starts and that ends with the test, whatever ends the
// test.
//     STORE_TEST(opinion_numbers_have_no_gap) { struct store *store = engine_store(engine); ... }
//     static const struct store_case cases[] = {STORE_CASE(opinion_numbers_have_no_gap)};
//     int main(void) { return RUN_STORE_CASES(cases); }
// Without PostgreSQL its cases fail. DOITHOAI_TEST_PG="host=... user=... dbname=..." names a server
// that runs already (its user must be able to create databases).
#ifndef TESTS_STORE_ENGINE_H
#define TESTS_STORE_ENGINE_H

#include "store/store.h"
#include "../test.h"

/// One empty database.
struct engine {
    enum sql_engine kind;
    char where[512];              // for store_open
    struct store_options options; // change before the first engine_store
    struct store *store;          // NULL: not open
};

/// Opens at the first call, with the schema up to date; aborts the test when that fails.
struct store *engine_store(struct engine *engine);
/// Closes, so that the next engine_store opens anew (a restart).
void engine_close(struct engine *engine);

/// False when PostgreSQL is not installed. Called by RUN_STORE_CASES before any thread exists.
bool engine_have_postgresql(void);
void engine_make(struct engine *engine, enum sql_engine kind, int number);
void engine_remove(struct engine *engine);
/// A connection string for `database` on the test's server.
void engine_pg_where(char *out, size_t size, const char *database);

#define STORE_TEST(name) static void name(struct engine *engine)

struct store_case {
    const char *name;
    void (*run)(struct engine *engine);
    bool skip[2]; // by enum sql_engine
};
#define STORE_CASE(name) \
    {                    \
#name, name,     \
        {                \
            false, false \
        }                \
    }
#define STORE_CASE_SQLITE(name)     \
    {                               \
#name, name,                \
        {                           \
            [SQL_POSTGRESQL] = true \
        }                           \
    }
#define STORE_CASE_POSTGRESQL(name) \
    {                               \
#name, name,                \
        {                           \
            [SQL_SQLITE] = true     \
        }                           \
    }
#define RUN_STORE_CASES(cases) engine_run_all(cases, (int)(sizeof(cases) / sizeof((cases)[0])))

/// In the header, because the counter of failures belongs to the test's file.
static inline int engine_run_one(const struct store_case *one, enum sql_engine kind, int number)
{
    const char *name = kind == SQL_SQLITE ? "sqlite" : "postgresql";
    if (kind == SQL_POSTGRESQL && !engine_have_postgresql()) {
        printf("# PostgreSQL is not installed\nnot ok %d - %s %s\n", number, one->name, name);
        return 1;
    }
    struct engine engine;
    test_failures_in_case = 0;
    engine_make(&engine, kind, number);
    one->run(&engine);
    engine_remove(&engine);
    bool ok = test_failures_in_case == 0;
    printf("%s %d - %s %s\n", ok ? "ok" : "not ok", number, one->name, name);
    return ok ? 0 : 1;
}

static inline int engine_run_all(const struct store_case *cases, int count)
{
    int total = 0, number = 0, failed = 0;
    setvbuf(stdout, NULL, _IOLBF, 0);
    for (int i = 0; i < count; i++)
        total += !cases[i].skip[SQL_SQLITE] + !cases[i].skip[SQL_POSTGRESQL];
    (void)engine_have_postgresql();
    printf("1..%d\n", total);
    for (int kind = SQL_SQLITE; kind <= SQL_POSTGRESQL; kind++) {
        for (int i = 0; i < count; i++) {
            if (!cases[i].skip[kind])
                failed += engine_run_one(&cases[i], (enum sql_engine)kind, ++number);
        }
    }
    return failed == 0 ? 0 : 1;
}

#endif
