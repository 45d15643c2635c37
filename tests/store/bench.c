// SPDX-License-Identifier: AGPL-3.0-or-later
// Durable rows a second: the store with so many people at once, against a bare SQLite loop that
// commits so many rows at once. Prints a table; asserts nothing, for the numbers are the machine's.
#include "notes.h"

#include <pthread.h>
#include <sqlite3.h>

#include "base/day.h"

enum { RUN_MS = 2000, WORDS = 600, PEOPLE_MAX = 200 };

static char words[WORDS + 1];

// --- The store ---

struct people {
    struct store *store;
    struct store_job jobs[PEOPLE_MAX];
    struct person {
        struct people *all;
        struct store_job *job;
        int64_t id;
    } persons[PEOPLE_MAX];
    pthread_mutex_t lock;
    pthread_cond_t ended;
    int64_t next_id, until_ms, failed;
    int busy;
};

static enum status put_two(struct store_tx *tx, void *arg)
{
    const struct person *person = arg;
    enum status status = note_put(store_tx_sql(tx), person->id, 1, words);
    return status == STATUS_OK ? note_put(store_tx_sql(tx), person->id, 2, "sổ") : status;
}

/// Whoever is answered asks again at once, as so many people with no pause would.
static void answered(enum status status, void *arg)
{
    struct person *person = arg;
    struct people *all = person->all;
    pthread_mutex_lock(&all->lock);
    all->failed += status != STATUS_OK;
    person->id = all->next_id++;
    bool again = monotonic_ms() < all->until_ms;
    all->busy -= !again;
    if (all->busy == 0) pthread_cond_signal(&all->ended);
    pthread_mutex_unlock(&all->lock);
    if (again) store_submit(all->store, person->job);
}

static void measure_store(struct engine *engine, int count)
{
    static struct people all;
    all = (struct people){.store = notes_store(engine), .busy = count, .next_id = count};
    pthread_mutex_init(&all.lock, NULL);
    pthread_cond_init(&all.ended, NULL);
    struct store_stats before = store_stats(all.store);
    int64_t from_ms = monotonic_ms();
    all.until_ms = from_ms + RUN_MS;
    for (int i = 0; i < count; i++) {
        all.persons[i] = (struct person){&all, &all.jobs[i], i};
        all.jobs[i] = (struct store_job){.run = put_two, .done = answered, .arg = &all.persons[i]};
        store_submit(all.store, &all.jobs[i]);
    }
    pthread_mutex_lock(&all.lock);
    while (all.busy > 0)
        pthread_cond_wait(&all.ended, &all.lock);
    pthread_mutex_unlock(&all.lock);
    int64_t ms = monotonic_ms() - from_ms;
    struct store_stats after = store_stats(all.store);
    int64_t jobs = after.jobs - before.jobs, commits = after.commits - before.commits;
    printf("%-10s %4d at once   %8" PRId64 " jobs/s  %6.1f jobs/commit  failed %" PRId64 "\n",
           engine->kind == SQL_SQLITE ? "sqlite" : "postgresql", count, jobs * 1000 / ms,
           (double)jobs / (double)(commits == 0 ? 1 : commits), all.failed);
}

// --- The bare loop ---

static void bare_put(sqlite3_stmt *stmt, int64_t id, int64_t half, const char *text)
{
    sqlite3_bind_text(stmt, 1, "U1", -1, SQLITE_STATIC);
    sqlite3_bind_int64(stmt, 2, id);
    sqlite3_bind_int64(stmt, 3, half);
    sqlite3_bind_text(stmt, 4, text, -1, SQLITE_STATIC);
    ensure(sqlite3_step(stmt) == SQLITE_DONE);
    sqlite3_reset(stmt);
}

static void measure_bare(struct engine *engine, int batch)
{
    char file[560];
    sqlite3 *db = NULL;
    sqlite3_stmt *stmt = NULL;
    (void)notes_store(engine);
    engine_close(engine);
    snprintf(file, sizeof file, "%s/doithoai.db", engine->where);
    ensure(sqlite3_open(file, &db) == SQLITE_OK);
    sqlite3_exec(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON",
                 NULL, NULL, NULL);
    ensure(sqlite3_prepare_v2(db, note_stmts[NOTE_PUT].text, -1, &stmt, NULL) == SQLITE_OK);
    int64_t from_ms = monotonic_ms(), id = 0;
    while (monotonic_ms() < from_ms + RUN_MS) {
        sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
        for (int i = 0; i < batch; i++, id++) {
            bare_put(stmt, id, 1, words);
            bare_put(stmt, id, 2, "sổ");
        }
        ensure(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK);
    }
    printf("%-10s %4d a commit  %8" PRId64 " jobs/s\n", "bare loop", batch,
           id * 1000 / (monotonic_ms() - from_ms));
    sqlite3_finalize(stmt);
    sqlite3_close(db);
}

int main(void)
{
    static const int sizes[] = {1, 10, 50, 200};
    memset(words, 'a', WORDS);
    (void)engine_have_postgresql();
    int number = 0;
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        for (int kind = -1; kind <= SQL_POSTGRESQL; kind++) {
            struct engine engine;
            if (kind == SQL_POSTGRESQL && !engine_have_postgresql()) continue;
            engine_make(&engine, kind < 0 ? SQL_SQLITE : (enum sql_engine)kind, ++number);
            engine.options.writers = 8;
            if (kind < 0)
                measure_bare(&engine, sizes[i]);
            else
                measure_store(&engine, sizes[i]);
            engine_remove(&engine);
        }
    }
    return 0;
}
