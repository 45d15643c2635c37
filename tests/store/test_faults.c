// SPDX-License-Identifier: AGPL-3.0-or-later
// When the world fails: the program is killed, the disk is full, the database goes away. What was
// acknowledged stays, what was not is there wholly or not at all, and each job hears its own
// status.
#include "notes.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "proxy.h"

// --- Killed ---

enum { WRITERS = 4, ACKS_BEFORE_KILL = 200 };

struct kill_writer {
    struct store *store;
    int acks; // a pipe: the ids that were acknowledged
    int first_id;
};

static enum status two_halves(struct store_tx *tx, void *arg)
{
    int id = *(const int *)arg;
    enum status status = note_put(store_tx_sql(tx), id, 1, "một nửa");
    return status == STATUS_OK ? note_put(store_tx_sql(tx), id, 2, "nửa kia") : status;
}

static void *write_for_ever(void *arg)
{
    struct kill_writer *writer = arg;
    for (int id = writer->first_id;; id++) {
        if (store_run(writer->store, two_halves, &id) != STATUS_OK ||
            write(writer->acks, &id, sizeof id) != (ssize_t)sizeof id)
            _exit(1);
    }
    return NULL;
}

static _Noreturn void child(struct engine *engine, int acks)
{
    struct store *store = engine_store(engine);
    struct kill_writer writers[WRITERS];
    for (int i = 0; i < WRITERS; i++) {
        pthread_t thread;
        writers[i] = (struct kill_writer){store, acks, i * 1000000};
        ensure(pthread_create(&thread, NULL, write_for_ever, &writers[i]) == 0);
    }
    for (;;)
        pause();
}

/// Returns how many ids were acknowledged and remembered.
static int kill_while_writing(struct engine *engine, int *ids, int size)
{
    int acks[2], count = 0;
    ensure(pipe(acks) == 0);
    pid_t pid = fork();
    ensure(pid >= 0);
    if (pid == 0) {
        close(acks[0]);
        child(engine, acks[1]);
    }
    close(acks[1]);
    while (count < size && read(acks[0], &ids[count], sizeof *ids) == (ssize_t)sizeof *ids) {
        if (++count == ACKS_BEFORE_KILL) kill(pid, SIGKILL); // what is in the pipe is read on
    }
    close(acks[0]);
    waitpid(pid, NULL, 0);
    return count;
}

STORE_TEST(nothing_acknowledged_is_lost_by_kill_9)
{
    static int ids[100000];
    static const struct sql_stmt halves = {
        "halves",
        "SELECT count(*) FROM (SELECT id FROM note WHERE unit_id = $1 GROUP BY id"
        " HAVING count(*) <> 2) AS half",
        "t"};
    (void)notes_store(engine);
    engine_close(engine); // no thread may be alive at the fork
    int count = kill_while_writing(engine, ids, (int)ARRAY_LEN(ids));
    check(count >= ACKS_BEFORE_KILL);
    struct store *store = engine_store(engine);
    int lost = 0;
    for (int i = 0; i < count; i++)
        lost += notes_of(store, ids[i]) != 2;
    check_int(lost, 0);
    int64_t half = -1;
    STORE_READ ro = NULL;
    check_fatal(store_read_begin(store, &ro) == STATUS_OK);
    check_int(sql_one_int(store_ro_sql(ro), &halves, SQL_ARGS(SQL_T("U1")), &half), STATUS_OK);
    check_int(half, 0);
}

// --- A full disk (SQLite's; a PostgreSQL server has its own) ---

struct sized {
    struct store_job job;
    int64_t id;
    size_t bytes;
    enum status status;
    sem_t *ended;
};

static enum status sized_run(struct store_tx *tx, void *arg)
{
    const struct sized *sized = arg;
    char *words = malloc(sized->bytes + 1);
    ensure(words != NULL);
    memset(words, 'a', sized->bytes);
    words[sized->bytes] = 0;
    enum status status = note_put(store_tx_sql(tx), sized->id, 1, words);
    free(words);
    return status;
}

static void sized_done(enum status status, void *arg)
{
    struct sized *sized = arg;
    sized->status = status;
    sem_post(sized->ended);
}

/// Small, too big, small: all in one batch.
static void three_jobs(struct store *store, struct sized *jobs, size_t big)
{
    sem_t ended;
    struct gate gate;
    sem_init(&ended, 0, 0);
    gate_shut(&gate, store);
    for (int i = 0; i < 3; i++) {
        jobs[i] = (struct sized){.id = i, .bytes = i == 1 ? big : 10, .ended = &ended};
        jobs[i].job = (struct store_job){.run = sized_run, .done = sized_done, .arg = &jobs[i]};
        store_submit(store, &jobs[i].job);
    }
    gate_open(&gate);
    for (int i = 0; i < 3; i++) {
        while (sem_wait(&ended) != 0) {
        }
    }
}

static enum status set_max_pages(struct store_tx *tx, void *arg)
{
    static const struct sql_stmt limit = {"limit", "PRAGMA max_page_count = 60", ""};
    (void)arg;
    return sql_exec(store_tx_sql(tx), &limit, SQL_NO_ARGS, NULL);
}

STORE_TEST(a_full_disk_is_told_to_the_job_that_fills_it)
{
    struct store *store = notes_store(engine);
    struct sized jobs[3];
    check_fatal(store_run(store, set_max_pages, NULL) == STATUS_OK);
    three_jobs(store, jobs, 1 << 20);
    check_int(jobs[0].status, STATUS_OK);
    check_int(jobs[1].status, STATUS_FULL);
    check_int(jobs[2].status, STATUS_OK);
    check_int(notes_count(store), 2);
}

STORE_TEST(a_log_that_can_not_grow_is_told_to_its_job)
{
    // The operating system refuses here, at the COMMIT or before it, not SQLite's own limit.
    struct store *store = notes_store(engine);
    struct sized jobs[3];
    struct rlimit before, small;
    check_fatal(getrlimit(RLIMIT_FSIZE, &before) == 0);
    small = (struct rlimit){.rlim_cur = 1 << 20, .rlim_max = before.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    check_fatal(setrlimit(RLIMIT_FSIZE, &small) == 0);
    three_jobs(store, jobs, 3 << 20);
    check(setrlimit(RLIMIT_FSIZE, &before) == 0);
    check_int(jobs[0].status, STATUS_OK);
    check_int(jobs[1].status, STATUS_FULL);
    check_int(jobs[2].status, STATUS_OK);
    check_int(store_stats(store).reruns, 1);
    check_int(notes_count(store), 2);
    int64_t id = 9; // and it goes on when there is room again
    check_int(store_run(store, sized_run, &(struct sized){.id = id, .bytes = 3 << 20}), STATUS_OK);
    engine_close(engine);
    check_int(notes_count(engine_store(engine)), 3);
}

// --- A connection that breaks (PostgreSQL's) ---

static enum status end_own_connection(struct store_tx *tx, void *arg)
{
    static const struct sql_stmt end = {"end", "SELECT pg_terminate_backend(pg_backend_pid())", ""};
    struct sql *sql = store_tx_sql(tx);
    enum status status = note_put(sql, 1, 1, "x");
    *(unsigned *)arg = store_tx_attempt(tx);
    if (status == STATUS_OK && store_tx_attempt(tx) == 0)
        status = sql_exec(sql, &end, SQL_NO_ARGS, NULL);
    return status;
}

STORE_TEST(a_job_whose_connection_breaks_is_run_again)
{
    unsigned attempt = 0;
    struct store *store = notes_store(engine);
    check_int(store_run(store, end_own_connection, &attempt), STATUS_OK);
    check_int(attempt, 1);
    check_int(notes_count(store), 1);
}

STORE_TEST(a_read_connection_that_has_broken_is_replaced)
{
    static const struct sql_stmt end_others = {
        "end_others",
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
        " WHERE pid <> pg_backend_pid() AND datname = current_database()",
        ""};
    struct store *store = notes_store(engine);
    check_int(notes_count(store), 0); // a connection is in the pool now
    STORE_READ first = NULL;
    STORE_READ second = NULL;
    int64_t ended = 0;
    check_fatal(store_read_begin(store, &first) == STATUS_OK);
    check_fatal(store_read_begin(store, &second) == STATUS_OK);
    check_int(sql_one_int(store_ro_sql(second), &end_others, SQL_NO_ARGS, &ended), STATUS_OK);
    check(ended >= 2);
    check_int(
        sql_one_int(store_ro_sql(first), &note_stmts[NOTE_COUNT], SQL_ARGS(SQL_T("U1")), &ended),
        STATUS_RETRY);
    store_read_end(first);
    first = NULL;
    check_int(notes_count(store), 0);
    check_int(store_run(store, two_halves, &(int){1}), STATUS_OK);
}

struct keyed {
    int runs, found;
    struct store_job job;
    sem_t ended;
    enum status status;
};

/// An action: what its key has written already is not written twice.
static enum status keyed_run(struct store_tx *tx, void *arg)
{
    struct keyed *keyed = arg;
    int64_t have = 0;
    struct sql *sql = store_tx_sql(tx);
    keyed->runs++;
    enum status status =
        sql_one_int(sql, &note_stmts[NOTE_HAS], SQL_ARGS(SQL_T("U1"), SQL_I(1)), &have);
    if (status != STATUS_OK) return status;
    keyed->found += have > 0;
    return have > 0 ? STATUS_OK : note_put(sql, 1, 1, "x");
}

static void keyed_done(enum status status, void *arg)
{
    struct keyed *keyed = arg;
    keyed->status = status;
    sem_post(&keyed->ended);
}

/// Runs the job through a proxy that forwards its COMMIT and swallows the answer.
static void run_with_lost_commit(struct engine *engine, struct keyed *keyed, bool looks_up_key)
{
    struct proxy proxy;
    struct engine beyond = *engine;
    (void)notes_store(engine);
    proxy_start(&proxy, engine->where, beyond.where, sizeof beyond.where);
    beyond.store = NULL;
    beyond.options.writers = 1;
    *keyed = (struct keyed){.status = STATUS_BROKEN};
    keyed->job = (struct store_job){
        .run = keyed_run, .done = keyed_done, .arg = keyed, .looks_up_key = looks_up_key};
    sem_init(&keyed->ended, 0, 0);
    struct store *store = engine_store(&beyond);
    proxy_swallow_next_commit(&proxy);
    store_submit(store, &keyed->job);
    while (sem_wait(&keyed->ended) != 0) {
    }
    engine_close(&beyond);
    proxy_stop(&proxy);
}

STORE_TEST(a_commit_of_unknown_outcome_is_resolved_by_the_key)
{
    struct keyed keyed;
    run_with_lost_commit(engine, &keyed, true);
    check_int(keyed.status, STATUS_OK);
    check_int(keyed.runs, 2);
    check_int(keyed.found, 1);
    check_int(notes_count(engine_store(engine)), 1);
}

STORE_TEST(a_commit_of_unknown_outcome_is_never_repeated_blindly)
{
    struct keyed keyed;
    run_with_lost_commit(engine, &keyed, false);
    check_int(keyed.status, STATUS_RETRY);
    check_int(keyed.runs, 1);
    check_int(notes_count(engine_store(engine)), 1);
}

static const struct store_case cases[] = {
    STORE_CASE(nothing_acknowledged_is_lost_by_kill_9),
    STORE_CASE_SQLITE(a_full_disk_is_told_to_the_job_that_fills_it),
    STORE_CASE_SQLITE(a_log_that_can_not_grow_is_told_to_its_job),
    STORE_CASE_POSTGRESQL(a_job_whose_connection_breaks_is_run_again),
    STORE_CASE_POSTGRESQL(a_read_connection_that_has_broken_is_replaced),
    STORE_CASE_POSTGRESQL(a_commit_of_unknown_outcome_is_resolved_by_the_key),
    STORE_CASE_POSTGRESQL(a_commit_of_unknown_outcome_is_never_repeated_blindly),
};

int main(void)
{
    return RUN_STORE_CASES(cases);
}
