// SPDX-License-Identifier: AGPL-3.0-or-later
// A few threads for slow work (password hashes, documents), first come first served, bounded.
#include "http/internal.h"

struct job {
    struct job *next;
    struct http_exchange *x;
    enum http_next (*fn)(struct http_exchange *x, void *arg);
    void *arg;
};

struct workers {
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct job *first, **last;
    unsigned waiting, limit, count;
    bool stop;
    pthread_t threads[];
};

static void *worker_run(void *arg)
{
    struct workers *workers = arg;
    pthread_mutex_lock(&workers->lock);
    for (;;) {
        while (workers->first == NULL && !workers->stop)
            pthread_cond_wait(&workers->wake, &workers->lock);
        if (workers->first == NULL) break;
        struct job job = *workers->first;
        free(workers->first);
        workers->first = job.next;
        if (job.next == NULL) workers->last = &workers->first;
        workers->waiting--;
        pthread_mutex_unlock(&workers->lock);
        // Unless it was done, x is somebody else's by now.
        if (job.fn(job.x, job.arg) != HTTP_DEFERRED) http_finish(job.x);
        pthread_mutex_lock(&workers->lock);
    }
    pthread_mutex_unlock(&workers->lock);
    return NULL;
}

struct workers *workers_start(unsigned count, unsigned queue)
{
    struct workers *workers = calloc(1, sizeof(*workers) + count * sizeof(pthread_t));
    ensure(workers != NULL);
    pthread_mutex_init(&workers->lock, NULL);
    pthread_cond_init(&workers->wake, NULL);
    workers->last = &workers->first;
    workers->limit = queue;
    workers->count = count;
    for (unsigned i = 0; i < count; i++)
        ensure(pthread_create(&workers->threads[i], NULL, worker_run, workers) == 0);
    return workers;
}

void workers_stop(struct workers *workers)
{
    if (workers == NULL) return;
    pthread_mutex_lock(&workers->lock);
    workers->stop = true;
    pthread_cond_broadcast(&workers->wake);
    pthread_mutex_unlock(&workers->lock);
    for (unsigned i = 0; i < workers->count; i++)
        pthread_join(workers->threads[i], NULL);
    pthread_cond_destroy(&workers->wake);
    pthread_mutex_destroy(&workers->lock);
    free(workers);
}

bool workers_put(struct workers *workers, struct http_exchange *x,
                 enum http_next (*fn)(struct http_exchange *x, void *arg), void *arg)
{
    struct job *job = malloc(sizeof(*job));
    ensure(job != NULL);
    *job = (struct job){.x = x, .fn = fn, .arg = arg};
    pthread_mutex_lock(&workers->lock);
    bool room = workers->waiting < workers->limit;
    if (room) {
        workers->waiting++;
        *workers->last = job;
        workers->last = &job->next;
        pthread_cond_signal(&workers->wake);
    }
    pthread_mutex_unlock(&workers->lock);
    if (!room) free(job);
    return room;
}
