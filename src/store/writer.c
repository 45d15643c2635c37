// SPDX-License-Identifier: AGPL-3.0-or-later
// The jobs: one thread that commits many at once on SQLite, several with a transaction for each job
// on PostgreSQL. Never calls done before COMMIT, never repeats a COMMIT of unknown outcome by
// itself.
#include "store/store_impl.h"

#include <signal.h>

#include "base/day.h"
#include "base/log.h"

enum {
    BATCH_MS = 25, // then it is committed, whoever else waits: nobody's answer gets much later
    // New pages in SQLite's log that are folded in, when nobody waits and at once. A log that is
    // used again is flushed faster than one that grows.
    CHECKPOINT_IDLE = 250,
    CHECKPOINT_BUSY = 1000,
    ATTEMPTS = 12,
    BACKOFF_MAX_MS = 64,
};

// --- The queue ---

void writer_init(struct store *store)
{
    struct store_queue *queue = &store->queue;
    pthread_mutex_init(&queue->lock, NULL);
    pthread_cond_init(&queue->more, NULL);
    queue->last = &queue->first;
}

void store_submit(struct store *store, struct store_job *job)
{
    struct store_queue *queue = &store->queue;
    job->next = NULL;
    job->attempt = 0;
    job->status = STATUS_OK;
    job->queued_ms = monotonic_ms();
    pthread_mutex_lock(&queue->lock);
    ensure(!queue->closing);
    *queue->last = job;
    queue->last = &job->next;
    queue->stats.waiting++;
    pthread_cond_signal(&queue->more);
    pthread_mutex_unlock(&queue->lock);
}

/// Waits for jobs and takes up to `max`, in order; NULL when the store closes and none is left.
static struct store_job *queue_take(struct store_queue *queue, int max)
{
    pthread_mutex_lock(&queue->lock);
    while (queue->first == NULL && !queue->closing)
        pthread_cond_wait(&queue->more, &queue->lock);
    struct store_job *taken = queue->first, **end = &queue->first;
    for (int i = 0; i < max && *end != NULL; i++) {
        end = &(*end)->next;
        queue->stats.waiting--;
    }
    queue->first = *end;
    if (queue->first == NULL) queue->last = &queue->first;
    if (taken != NULL) *end = NULL;
    pthread_mutex_unlock(&queue->lock);
    return taken;
}

static bool queue_is_empty(struct store_queue *queue)
{
    pthread_mutex_lock(&queue->lock);
    bool empty = queue->first == NULL;
    pthread_mutex_unlock(&queue->lock);
    return empty;
}

struct store_stats store_stats(struct store *store)
{
    pthread_mutex_lock(&store->queue.lock);
    struct store_stats stats = store->queue.stats;
    pthread_mutex_unlock(&store->queue.lock);
    return stats;
}

void store_after_commit(struct store *store, void (*fn)(void *arg), void *arg)
{
    store->after_commit = fn;
    store->after_commit_arg = arg;
}

// --- A transaction ---

struct sql *store_tx_sql(struct store_tx *tx)
{
    return tx->ro.sql;
}

struct store_ro *store_tx_ro(struct store_tx *tx)
{
    return &tx->ro;
}

unsigned store_tx_attempt(const struct store_tx *tx)
{
    return tx->attempt;
}

void store_tx_scrub(struct store_tx *tx)
{
    atomic_store(&tx->ro.store->scrub, true);
}

static void run_job(struct store *store, struct sql *sql, struct store_job *job)
{
    struct store_tx tx = {.ro = {.sql = sql, .store = store}, .attempt = job->attempt++};
    enum status status = job->run(&tx, job->arg);
    ensure(sql->rows_open == 0);
    // A failure that run has overlooked spoils it all the same: PostgreSQL would not commit it.
    job->status = status == STATUS_OK ? sql->failed : status;
}

static void count_commit(struct store *store, int jobs)
{
    pthread_mutex_lock(&store->queue.lock);
    struct store_stats *stats = &store->queue.stats;
    stats->commits++;
    stats->batch_max = jobs > stats->batch_max ? jobs : stats->batch_max;
    pthread_mutex_unlock(&store->queue.lock);
    if (store->after_commit != NULL) store->after_commit(store->after_commit_arg);
}

static void count_one(struct store *store, int64_t *number)
{
    pthread_mutex_lock(&store->queue.lock);
    ++*number;
    pthread_mutex_unlock(&store->queue.lock);
}

static void answer(struct store *store, struct store_job *job)
{
    enum status status = job->status;
    struct store_stats *stats = &store->queue.stats;
    count_one(store, status == STATUS_OK ? &stats->jobs : &stats->failed);
    if (job->done != NULL) job->done(status, job->arg); // the job is gone after this
}

// --- SQLite: one transaction for many jobs ---

/// One job alone: its transaction is its savepoint.
static void lite_run_alone(struct store *store, struct sql *sql, struct store_job *job)
{
    bool unknown = false;
    job->status = sql_begin_write(sql);
    if (job->status == STATUS_OK) run_job(store, sql, job);
    if (job->status == STATUS_OK) job->status = sql_commit(sql, &unknown);
    if (job->status == STATUS_OK) count_commit(store, 1);
    sql_rollback(sql);
}

/// False when the transaction is no longer there or can't be brought back to before this job.
static bool lite_run_in_savepoint(struct store *store, struct sql *sql, struct store_job *job)
{
    if (sql_script(sql, "SAVEPOINT job") != STATUS_OK) return false;
    run_job(store, sql, job);
    sql->failed = STATUS_OK;
    // A full disk or an I/O error may have ended the whole transaction, not this job's part alone.
    if (!sql_in_transaction(sql)) return false;
    if (job->status == STATUS_OK) return sql_script(sql, "RELEASE job") == STATUS_OK;
    return sql_script(sql, "ROLLBACK TO job; RELEASE job") == STATUS_OK;
}

static void set_status(struct store_job *jobs, enum status status)
{
    for (struct store_job *job = jobs; job != NULL; job = job->next)
        job->status = status;
}

/// False when nothing is committed though the jobs ran; otherwise each has its status, up to
/// *ret_rest, for which there was no time.
static bool lite_run_batch(struct store *store, struct sql *sql, struct store_job *jobs,
                           struct store_job **ret_rest)
{
    bool unknown = false, ok = true;
    int written = 0;
    struct store_job *job = jobs;
    enum status begun = sql_begin_write(sql);
    if (begun != STATUS_OK) { // another process holds the lock; each would wait as long again
        sql_rollback(sql);
        set_status(jobs, begun);
        *ret_rest = NULL;
        return true;
    }
    for (int64_t until_ms = monotonic_ms() + BATCH_MS; ok && job != NULL; job = job->next) {
        if (job != jobs && monotonic_ms() >= until_ms) break;
        ok = lite_run_in_savepoint(store, sql, job);
        written += job->status == STATUS_OK;
    }
    ok = ok && sql_commit(sql, &unknown) == STATUS_OK;
    sql_rollback(sql);
    if (ok) count_commit(store, written);
    *ret_rest = job;
    return ok;
}

static void answer_until(struct store *store, struct store_job *job, struct store_job *rest)
{
    while (job != rest) {
        struct store_job *next = job->next;
        answer(store, job);
        job = next;
    }
}

static void lite_serve_one_by_one(struct store *store, struct sql *sql, struct store_job *job)
{
    while (job != NULL) {
        struct store_job *next = job->next;
        lite_run_alone(store, sql, job);
        answer(store, job);
        job = next;
    }
}

static void lite_serve(struct store *store, struct sql *sql, struct store_job *jobs)
{
    while (jobs != NULL && jobs->next != NULL) {
        struct store_job *rest = NULL;
        if (!lite_run_batch(store, sql, jobs, &rest)) {
            count_one(store, &store->queue.stats.reruns);
            break; // one by one, so that each hears its own status
        }
        answer_until(store, jobs, rest);
        jobs = rest;
    }
    lite_serve_one_by_one(store, sql, jobs);
}

struct worker {
    struct store *store;
    struct sql *sql; // NULL: not connected
};

static void *lite_writer(void *arg)
{
    struct worker *worker = arg;
    struct store *store = worker->store;
    struct store_job *jobs;
    while ((jobs = queue_take(&store->queue, STORE_BATCH_MAX)) != NULL) {
        lite_serve(store, worker->sql, jobs);
        bool idle = queue_is_empty(&store->queue);
        if (atomic_load(&store->scrub) && sql_sqlite_empty_log(worker->sql))
            atomic_store(&store->scrub, false);
        sql_sqlite_checkpoint(worker->sql, idle ? CHECKPOINT_IDLE : CHECKPOINT_BUSY);
    }
    sql_close(worker->sql);
    free(worker);
    return NULL;
}

// --- PostgreSQL: a transaction for each job, repeated while that helps ---

static void pg_attempt(struct worker *worker, struct store_job *job, bool *ret_unknown)
{
    *ret_unknown = false;
    if (worker->sql == NULL) {
        job->status = store_connect(worker->store, true, &worker->sql);
        if (job->status != STATUS_OK) return;
    }
    struct sql *sql = worker->sql;
    job->status = sql_begin_write(sql);
    if (job->status == STATUS_OK) run_job(worker->store, sql, job);
    if (job->status == STATUS_OK) job->status = sql_commit(sql, ret_unknown);
    if (job->status == STATUS_OK) count_commit(worker->store, 1);
    sql_rollback(sql);
    if (sql_is_lost(sql)) {
        sql_close(sql);
        worker->sql = NULL;
    }
}

static void back_off(const struct store_job *job, unsigned attempt)
{
    int64_t ms = attempt < 6 ? INT64_C(1) << attempt : BACKOFF_MAX_MS;
    ms += (int64_t)((uintptr_t)job >> 6) % (ms + 1); // two that met once should not meet again
    struct timespec wait = {.tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000};
    nanosleep(&wait, NULL);
}

static void pg_serve(struct worker *worker, struct store_job *job)
{
    struct store *store = worker->store;
    int64_t until_ms = monotonic_ms() + store->options.busy_wait_ms;
    bool unknown = false;
    pg_attempt(worker, job, &unknown);
    for (unsigned i = 1; job->status == STATUS_RETRY && i < ATTEMPTS; i++) {
        if (unknown && !job->looks_up_key) {
            log_warn("store: the connection was lost at COMMIT; the outcome is unknown");
            return;
        }
        if (monotonic_ms() >= until_ms) return;
        back_off(job, i);
        count_one(store, &store->queue.stats.retries);
        pg_attempt(worker, job, &unknown);
    }
}

/// Tables whose overwritten rows may hold words of a sealed opinion.
static void pg_scrub(struct worker *worker)
{
    if (worker->sql == NULL || !atomic_exchange(&worker->store->scrub, false)) return;
    enum status status =
        sql_script(worker->sql, "VACUUM opinion, opinion_item, opinion_indexed, outbox, minutes");
    if (status != STATUS_OK) atomic_store(&worker->store->scrub, true); // with the next job
    sql_rollback(worker->sql);
}

static void *pg_writer(void *arg)
{
    struct worker *worker = arg;
    struct store_job *job;
    while ((job = queue_take(&worker->store->queue, 1)) != NULL) {
        pg_serve(worker, job);
        answer(worker->store, job);
        pg_scrub(worker);
    }
    sql_close(worker->sql);
    free(worker);
    return NULL;
}

// --- Threads ---

void writer_start(struct store *store, struct sql *sql)
{
    void *(*body)(void *) = store->engine == SQL_SQLITE ? lite_writer : pg_writer;
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before); // signals are the main thread's
    for (int i = 0; i < store->options.writers; i++) {
        struct worker *worker = malloc(sizeof(*worker));
        ensure(worker != NULL);
        *worker = (struct worker){.store = store, .sql = i == 0 ? sql : NULL};
        int failed = pthread_create(&store->threads[i], NULL, body, worker);
        ensure(failed == 0);
        store->thread_count++;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void writer_stop(struct store *store)
{
    pthread_mutex_lock(&store->queue.lock);
    store->queue.closing = true;
    pthread_cond_broadcast(&store->queue.more);
    pthread_mutex_unlock(&store->queue.lock);
    for (int i = 0; i < store->thread_count; i++)
        pthread_join(store->threads[i], NULL);
}

// --- Waiting for a job ---

struct waiting {
    enum status (*run)(struct store_tx *, void *);
    void *arg;
    pthread_mutex_t lock;
    pthread_cond_t ended;
    bool is_done;
    enum status status;
};

static enum status waiting_run(struct store_tx *tx, void *arg)
{
    const struct waiting *waiting = arg;
    return waiting->run(tx, waiting->arg);
}

static void waiting_done(enum status status, void *arg)
{
    struct waiting *waiting = arg;
    pthread_mutex_lock(&waiting->lock);
    waiting->status = status;
    waiting->is_done = true;
    pthread_cond_signal(&waiting->ended);
    pthread_mutex_unlock(&waiting->lock);
}

enum status store_run(struct store *store, enum status (*run)(struct store_tx *, void *), void *arg)
{
    struct waiting waiting = {.run = run,
                              .arg = arg,
                              .lock = PTHREAD_MUTEX_INITIALIZER,
                              .ended = PTHREAD_COND_INITIALIZER};
    struct store_job job = {.run = waiting_run, .done = waiting_done, .arg = &waiting};
    store_submit(store, &job);
    pthread_mutex_lock(&waiting.lock);
    while (!waiting.is_done)
        pthread_cond_wait(&waiting.ended, &waiting.lock);
    pthread_mutex_unlock(&waiting.lock);
    return waiting.status;
}
