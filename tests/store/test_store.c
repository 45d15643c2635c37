// SPDX-License-Identifier: AGPL-3.0-or-later
// Jobs and snapshots: what is committed together, what is taken back alone, who is answered when,
// and what a reader sees meanwhile. Faults of the world are in test_faults.c.
#include "notes.h"

#include <pthread.h>

enum { MANY = 40, BUMPS = 120 };

struct note {
    struct store_job job;
    int64_t id;
    enum status fails_with; // after having written
    struct board *board;
    enum status status;
    int place; // in the order of answers, from 1
};

/// Who is answered, and the count of those to come.
struct board {
    struct store *store;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    int answered, unseen;
};

static enum status note_run(struct store_tx *tx, void *arg)
{
    const struct note *note = arg;
    enum status status = note_put(store_tx_sql(tx), note->id, 1, "một");
    if (status == STATUS_OK) status = note_put(store_tx_sql(tx), note->id, 2, "hai");
    return status == STATUS_OK ? note->fails_with : status;
}

static void note_done(enum status status, void *arg)
{
    struct note *note = arg;
    struct board *board = note->board;
    bool seen = notes_of(board->store, note->id) == (status == STATUS_OK ? 2 : 0);
    pthread_mutex_lock(&board->lock);
    note->status = status;
    note->place = ++board->answered;
    board->unseen += !seen;
    pthread_cond_broadcast(&board->changed);
    pthread_mutex_unlock(&board->lock);
}

static void board_wait(struct board *board, int answered)
{
    pthread_mutex_lock(&board->lock);
    while (board->answered < answered)
        pthread_cond_wait(&board->changed, &board->lock);
    pthread_mutex_unlock(&board->lock);
}

static void board_init(struct board *board, struct store *store)
{
    *board = (struct board){
        .store = store, .lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};
}

/// MANY notes behind a shut gate; every seventh fails after writing.
static void submit_many(struct store *store, struct board *board, struct note *notes)
{
    struct gate gate;
    gate_shut(&gate, store);
    for (int i = 0; i < MANY; i++) {
        notes[i] = (struct note){.id = i, .board = board};
        notes[i].fails_with = i % 7 == 3 ? STATUS_NOT_FOUND : STATUS_OK;
        notes[i].job = (struct store_job){.run = note_run, .done = note_done, .arg = &notes[i]};
        store_submit(store, &notes[i].job);
    }
    gate_open(&gate);
    board_wait(board, MANY);
}

STORE_TEST(a_failing_job_takes_back_its_own_rows_only)
{
    struct store *store = notes_store(engine);
    struct board board;
    struct note notes[MANY];
    board_init(&board, store);
    submit_many(store, &board, notes);
    for (int i = 0; i < MANY; i++) {
        check_int(notes[i].status, notes[i].fails_with);
        check_int(notes_of(store, i), notes[i].fails_with == STATUS_OK ? 2 : 0);
    }
    check_int(board.unseen, 0); // what was answered as written could be read at that moment
}

STORE_TEST(what_waits_is_committed_at_once_and_answered_in_order)
{
    struct store *store = notes_store(engine);
    struct board board;
    struct note notes[MANY];
    board_init(&board, store);
    struct store_stats before = store_stats(store);
    submit_many(store, &board, notes);
    struct store_stats after = store_stats(store);
    for (int i = 0; i < MANY; i++)
        check_int(notes[i].place, i + 1);
    check(after.commits - before.commits < MANY / 2);
    check(after.batch_max > 1);
    check_int(after.waiting, 0);
    check_int(after.reruns, 0);
    check_int(after.failed - before.failed, 6);
}

STORE_TEST(a_duplicate_inside_a_batch_is_told_to_its_job_alone)
{
    struct store *store = notes_store(engine);
    struct board board;
    struct note notes[3];
    struct gate gate;
    board_init(&board, store);
    gate_shut(&gate, store);
    for (int i = 0; i < 3; i++) {
        notes[i] = (struct note){.id = i == 2 ? 2 : 1, .board = &board};
        notes[i].job = (struct store_job){.run = note_run, .done = note_done, .arg = &notes[i]};
        store_submit(store, &notes[i].job);
    }
    gate_open(&gate);
    board_wait(&board, 3);
    int conflicts = (notes[0].status == STATUS_CONFLICT) + (notes[1].status == STATUS_CONFLICT);
    int written = (notes[0].status == STATUS_OK) + (notes[1].status == STATUS_OK);
    check(conflicts == 1 && written == 1);
    check_int(notes[2].status, STATUS_OK);
    check_int(notes_count(store), 4);
}

STORE_TEST(closing_runs_what_is_queued)
{
    struct store *store = notes_store(engine);
    struct gate gate;
    struct note notes[3];
    gate_shut(&gate, store);
    for (int i = 0; i < 3; i++) {
        notes[i] = (struct note){.id = i};
        notes[i].job = (struct store_job){.run = note_run, .arg = &notes[i]};
        store_submit(store, &notes[i].job);
    }
    gate_open(&gate);
    engine_close(engine);
    check_int(notes_count(engine_store(engine)), 6);
}

static void count_call(void *arg)
{
    __atomic_add_fetch((int *)arg, 1, __ATOMIC_SEQ_CST);
}

static enum status one_note(struct store_tx *tx, void *arg)
{
    return note_put(store_tx_sql(tx), *(const int64_t *)arg, 1, "x");
}

STORE_TEST(other_nodes_are_woken_after_a_commit_only)
{
    int calls = 0;
    int64_t id = 1;
    struct store *store = engine_store(engine);
    store_after_commit(store, count_call, &calls);
    (void)notes_store(engine);
    check_int(__atomic_load_n(&calls, __ATOMIC_SEQ_CST), 1);
    check_int(store_run(store, one_note, &id), STATUS_OK);
    check_int(store_run(store, one_note, &id), STATUS_CONFLICT);
    check_int(__atomic_load_n(&calls, __ATOMIC_SEQ_CST), 2);
}

// --- Reading ---

static int64_t count_in(struct store_ro *ro)
{
    int64_t count = -1;
    enum status status =
        sql_one_int(store_ro_sql(ro), &note_stmts[NOTE_COUNT], SQL_ARGS(SQL_T("U1")), &count);
    return status == STATUS_OK ? count : -1;
}

STORE_TEST(a_reader_keeps_seeing_the_state_it_began_with)
{
    struct store *store = notes_store(engine);
    int64_t id = 1;
    STORE_READ before = NULL;
    STORE_READ after = NULL;
    check_fatal(store_read_begin(store, &before) == STATUS_OK);
    check_int(count_in(before), 0);
    check_int(store_run(store, one_note, &id), STATUS_OK);
    check_int(count_in(before), 0);
    check_fatal(store_read_begin(store, &after) == STATUS_OK);
    check_int(count_in(after), 1);
    check_int(count_in(before), 0);
}

static enum status read_own(struct store_tx *tx, void *arg)
{
    enum status status = one_note(tx, arg);
    check_int(count_in(store_tx_ro(tx)), 1);
    return status;
}

STORE_TEST(a_job_reads_what_it_has_written)
{
    int64_t id = 1;
    check_int(store_run(notes_store(engine), read_own, &id), STATUS_OK);
}

STORE_TEST(a_read_connection_can_not_write)
{
    struct store *store = notes_store(engine);
    STORE_READ ro = NULL;
    check_fatal(store_read_begin(store, &ro) == STATUS_OK);
    check_int(note_put(store_ro_sql(ro), 1, 1, "x"), STATUS_BROKEN);
    store_read_end(ro);
    ro = NULL;
    check_int(notes_count(store), 0); // and the connection is good for the next
}

STORE_TEST(a_reader_waits_no_longer_than_allowed)
{
    engine->options.readers = 1;
    engine->options.busy_wait_ms = 20;
    struct store *store = engine_store(engine);
    struct store_ro *first = NULL, *second = NULL;
    check_fatal(store_read_begin(store, &first) == STATUS_OK);
    check_int(store_read_begin(store, &second), STATUS_RETRY);
    store_read_end(first);
    check_int(store_read_begin(store, &second), STATUS_OK);
    store_read_end(second);
}

// --- Contention ---

static enum status bump(struct store_tx *tx, void *arg)
{
    int64_t n = 0;
    struct sql *sql = store_tx_sql(tx);
    enum status status = sql_one_int(sql, &note_stmts[HEAD_ADD], SQL_ARGS(SQL_T(arg)), &n);
    // The head's lock makes its number free for nobody else: no conflict, no gap.
    return status == STATUS_OK
               ? sql_exec(sql, &note_stmts[NOTE_PUT],
                          SQL_ARGS(SQL_T(arg), SQL_I(n), SQL_I(0), SQL_NULL_T), NULL)
               : status;
}

static void *bump_many(void *arg)
{
    struct store *store = arg;
    char u1[] = "U1", u2[] = "U2";
    intptr_t failed = 0;
    for (int i = 0; i < BUMPS; i++)
        failed += store_run(store, bump, i % 3 == 0 ? u2 : u1) != STATUS_OK;
    return (void *)failed;
}

STORE_TEST(numbers_have_no_gap_when_four_threads_write_to_two_units)
{
    struct store *store = notes_store(engine);
    pthread_t threads[4];
    for (int i = 0; i < 4; i++)
        check(pthread_create(&threads[i], NULL, bump_many, store) == 0);
    for (int i = 0; i < 4; i++) {
        void *failed = NULL;
        pthread_join(threads[i], &failed);
        check(failed == NULL);
    }
    int64_t n = -1, count = notes_count(store);
    STORE_READ ro = NULL;
    check_fatal(store_read_begin(store, &ro) == STATUS_OK);
    check_int(sql_one_int(store_ro_sql(ro), &note_stmts[HEAD_GET], SQL_ARGS(SQL_T("U1")), &n),
              STATUS_OK);
    check_int(n, 4 * BUMPS * 2 / 3);
    check_int(count, n);
}

struct crossing {
    const char *first, *second;
    pthread_barrier_t *both;
};

static enum status cross(struct store_tx *tx, void *arg)
{
    const struct crossing *crossing = arg;
    struct sql *sql = store_tx_sql(tx);
    int64_t n = 0;
    enum status status =
        sql_one_int(sql, &note_stmts[HEAD_ADD], SQL_ARGS(SQL_T(crossing->first)), &n);
    if (store_tx_attempt(tx) == 0)
        pthread_barrier_wait(crossing->both); // each holds what the other wants
    return status == STATUS_OK
               ? sql_one_int(sql, &note_stmts[HEAD_ADD], SQL_ARGS(SQL_T(crossing->second)), &n)
               : status;
}

struct crossing_thread {
    struct store *store;
    struct crossing crossing;
    enum status status;
};

static void *cross_thread(void *arg)
{
    struct crossing_thread *thread = arg;
    thread->status = store_run(thread->store, cross, &thread->crossing);
    return NULL;
}

STORE_TEST(a_deadlock_is_resolved_by_running_again)
{
    struct store *store = notes_store(engine);
    pthread_barrier_t both;
    pthread_barrier_init(&both, NULL, 2);
    struct crossing_thread other = {store, {"U2", "U1", &both}, STATUS_BROKEN};
    struct crossing mine = {"U1", "U2", &both};
    pthread_t thread;
    check_fatal(pthread_create(&thread, NULL, cross_thread, &other) == 0);
    check_int(store_run(store, cross, &mine), STATUS_OK);
    pthread_join(thread, NULL);
    check_int(other.status, STATUS_OK);
    check(store_stats(store).retries >= 1);
    int64_t n = -1;
    STORE_READ ro = NULL;
    check_fatal(store_read_begin(store, &ro) == STATUS_OK);
    check_int(sql_one_int(store_ro_sql(ro), &note_stmts[HEAD_GET], SQL_ARGS(SQL_T("U1")), &n),
              STATUS_OK);
    check_int(n, 2);
}

static const struct store_case cases[] = {
    STORE_CASE(a_failing_job_takes_back_its_own_rows_only),
    STORE_CASE_SQLITE(what_waits_is_committed_at_once_and_answered_in_order),
    STORE_CASE(a_duplicate_inside_a_batch_is_told_to_its_job_alone),
    STORE_CASE(closing_runs_what_is_queued),
    STORE_CASE(other_nodes_are_woken_after_a_commit_only),
    STORE_CASE(a_reader_keeps_seeing_the_state_it_began_with),
    STORE_CASE(a_job_reads_what_it_has_written),
    STORE_CASE(a_read_connection_can_not_write),
    STORE_CASE(a_reader_waits_no_longer_than_allowed),
    STORE_CASE(numbers_have_no_gap_when_four_threads_write_to_two_units),
    STORE_CASE_POSTGRESQL(a_deadlock_is_resolved_by_running_again),
};

int main(void)
{
    return RUN_STORE_CASES(cases);
}
