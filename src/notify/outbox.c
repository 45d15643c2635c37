// SPDX-License-Identifier: AGPL-3.0-or-later
// Claim, send, mark: a message is claimed for one attempt before it is sent, so that no crash and
// no second node sends it twice within that time; sent again later it has the same Message-ID.
#include "notify/outbox.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "base/log.h"
#include "notify/transport.h"

enum { POLL_SECONDS = 30 };

const int outbox_retry_minutes[] = {1, 5, 30, 120, 120, 120};
const int outbox_retries = (int)ARRAY_LEN(outbox_retry_minutes);

struct outbox_worker {
    struct outbox_config config;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t called;
    bool woken;
    atomic_bool stop;
};

// ---- jobs on the store

struct change {
    int64_t unit, id, now_ms, next_ms;
    enum outbox_state state;
};

static enum status run_claim(struct store_tx *tx, void *arg)
{
    const struct change *c = arg;
    struct unit_head head;
    enum status status = store_head_lock(tx, c->unit, &head);
    return status == STATUS_OK ? store_outbox_claim(tx, c->unit, c->id, c->now_ms, c->next_ms)
                               : status;
}

static enum status run_release(struct store_tx *tx, void *arg)
{
    const struct change *c = arg;
    struct unit_head head;
    enum status status = store_head_lock(tx, c->unit, &head);
    return status == STATUS_OK ? store_outbox_release(tx, c->unit, c->id, c->next_ms) : status;
}

static enum status run_settle(struct store_tx *tx, void *arg)
{
    const struct change *c = arg;
    struct unit_head head;
    enum status status = store_head_lock(tx, c->unit, &head);
    return status == STATUS_OK ? store_outbox_settle(tx, c->unit, c->id, c->state, c->now_ms)
                               : status;
}

// ---- one message

static int64_t retry_ms(int attempts)
{
    int row = attempts < outbox_retries ? attempts : outbox_retries - 1;
    return outbox_retry_minutes[row] * MINUTE_MS;
}

/// What came of it; false: no server in reach, leave the rest for later.
static bool conclude(struct outbox_worker *w, struct change *c, const struct outbox_message *m,
                     enum send_result result)
{
    enum status status = STATUS_OK;
    // Cut off by our own stop, nobody knows what became of it: it stays claimed and comes again.
    if (result == SEND_LATER && atomic_load(&w->stop)) return false;
    switch (result) {
    case SEND_DONE:
        status = w->config.sent(w->config.ctx, c->unit, m->id);
        break;
    case SEND_UNREACHABLE:
        c->next_ms = c->now_ms + MINUTE_MS;
        status = store_run(w->config.store, run_release, c);
        break;
    case SEND_LATER:
        if (m->attempts < outbox_retries) break; // the claim has set when it is tried again
        // fall through
    case SEND_NEVER:
        c->state = OUTBOX_FAILED;
        log_warn("outbox: message %lld can't be sent; the office finds it among the failed",
                 (long long)m->id);
        status = store_run(w->config.store, run_settle, c);
        break;
    }
    if (status != STATUS_OK && status != STATUS_NOT_FOUND)
        log_warn("outbox: message %lld: %s", (long long)m->id, status_name(status));
    return result != SEND_UNREACHABLE;
}

static bool handle_one(struct outbox_worker *w, struct sender *sender,
                       const struct outbox_message *m)
{
    int64_t now = clock_now_ms(w->config.clock);
    struct change c = {
        .unit = sender->unit, .id = m->id, .now_ms = now, .next_ms = now + retry_ms(m->attempts)};
    if (store_run(w->config.store, run_claim, &c) != STATUS_OK) return true; // another's, or gone
    sender->now_ms = now;
    return conclude(w, &c, m, sender_send(sender, m));
}

// ---- passes

/// The next unit that has something to send, each with its own servers.
struct work {
    int64_t unit;
    struct setting_list settings;
    struct outbox_list due;
};

static enum status find_work(struct outbox_worker *w, enum outbox_transport transport,
                             struct arena *arena, struct work *work)
{
    STORE_READ ro = NULL;
    int64_t now_ms = clock_now_ms(w->config.clock);
    enum status status = store_read_begin(w->config.store, &ro);
    if (status != STATUS_OK) return status;
    struct sql *sql = store_ro_sql(ro);
    status = store_outbox_unit_due(sql, work->unit, transport, now_ms, &work->unit);
    if (status == STATUS_OK) status = store_settings(sql, work->unit, arena, &work->settings);
    if (status != STATUS_OK || !sender_configured(&work->settings, transport)) return status;
    return store_outbox_due(sql, work->unit, transport, now_ms, arena, &work->due);
}

/// One batch of one unit; true: it may have more at once.
static bool send_batch(struct outbox_worker *w, const struct work *work)
{
    struct sender sender = {.settings = &work->settings, .unit = work->unit, .stop = &w->stop};
    bool reachable = true;
    for (int i = 0; i < work->due.count && reachable && !atomic_load(&w->stop); i++)
        reachable = handle_one(w, &sender, &work->due.rows[i]);
    sender_done(&sender);
    return reachable && work->due.count == OUTBOX_BATCH;
}

/// Unit after unit, a full batch more than once: a unit whose server is away holds up nobody for
/// longer than one try takes.
static void pass(struct outbox_worker *w, enum outbox_transport transport)
{
    int64_t after = 0;
    while (!atomic_load(&w->stop)) {
        ARENA arena = {0};
        struct work work = {.unit = after};
        if (find_work(w, transport, &arena, &work) != STATUS_OK) return;
        if (!send_batch(w, &work)) after = work.unit;
    }
}

static void wait_for_call(struct outbox_worker *w)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += POLL_SECONDS;
    pthread_mutex_lock(&w->lock);
    int rc = 0;
    while (!w->woken && !atomic_load(&w->stop) && rc != ETIMEDOUT)
        rc = pthread_cond_timedwait(&w->called, &w->lock, &until);
    w->woken = false;
    pthread_mutex_unlock(&w->lock);
}

static void *work_on(void *arg)
{
    struct outbox_worker *w = arg;
    while (!atomic_load(&w->stop)) {
        for (int transport = 0; transport < OUTBOX_TRANSPORT_COUNT; transport++)
            pass(w, (enum outbox_transport)transport);
        wait_for_call(w);
    }
    return NULL;
}

struct outbox_worker *outbox_start(const struct outbox_config *config)
{
    struct outbox_worker *w = calloc(1, sizeof(*w));
    ensure(w != NULL);
    w->config = *config;
    pthread_condattr_t attr;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->called, &attr);
    pthread_condattr_destroy(&attr);
    if (pthread_create(&w->thread, NULL, work_on, w) == 0) return w;
    log_error("outbox: no thread; messages wait");
    pthread_cond_destroy(&w->called);
    pthread_mutex_destroy(&w->lock);
    free(w);
    return NULL;
}

void outbox_wake(struct outbox_worker *w)
{
    if (w == NULL) return;
    pthread_mutex_lock(&w->lock);
    w->woken = true;
    pthread_cond_signal(&w->called);
    pthread_mutex_unlock(&w->lock);
}

void outbox_stop(struct outbox_worker *w)
{
    if (w == NULL) return;
    atomic_store(&w->stop, true);
    outbox_wake(w);
    pthread_join(w->thread, NULL);
    pthread_cond_destroy(&w->called);
    pthread_mutex_destroy(&w->lock);
    free(w);
}
