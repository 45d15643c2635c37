// SPDX-License-Identifier: AGPL-3.0-or-later
// The newest happening of each kind and hall waits in a slot; the thread empties them all, then
// rests. What is told is read from the store at that moment, so nothing old is ever shown.
#include "web/hall/teller.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

enum { SLOTS = 64, REST_MS = 100 };

struct hall_teller {
    struct app *app;
    void (*tell)(struct app *app, const struct happening *h);
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t more;
    struct happening waiting[SLOTS];
    int count;
    bool stop;
};

static void rest(void)
{
    nanosleep(&(struct timespec){.tv_nsec = REST_MS * 1000000L}, NULL);
}

static void *run(void *arg)
{
    struct hall_teller *t = arg;
    for (bool stop = false; !stop;) {
        struct happening now[SLOTS];
        pthread_mutex_lock(&t->lock);
        while (t->count == 0 && !t->stop)
            pthread_cond_wait(&t->more, &t->lock);
        int count = t->count;
        for (int i = 0; i < count; i++)
            now[i] = t->waiting[i];
        t->count = 0;
        stop = t->stop;
        pthread_mutex_unlock(&t->lock);
        for (int i = 0; i < count; i++)
            t->tell(t->app, &now[i]);
        if (!stop) rest();
    }
    return NULL;
}

struct hall_teller *hall_teller_start(struct app *app,
                                      void (*tell)(struct app *app, const struct happening *h))
{
    struct hall_teller *t = calloc(1, sizeof(*t));
    ensure(t != NULL);
    t->app = app;
    t->tell = tell;
    pthread_mutex_init(&t->lock, NULL);
    pthread_cond_init(&t->more, NULL);
    ensure(pthread_create(&t->thread, NULL, run, t) == 0);
    return t;
}

static bool same_place(const struct happening *a, const struct happening *b)
{
    return a->unit == b->unit && a->dialogue == b->dialogue && a->kind == b->kind;
}

bool hall_teller_tell(struct hall_teller *t, const struct happening *h)
{
    pthread_mutex_lock(&t->lock);
    int at = 0;
    while (at < t->count && !same_place(&t->waiting[at], h))
        at++;
    bool room = at < SLOTS;
    if (room) {
        bool forget = at < t->count && t->waiting[at].forget;
        t->waiting[at] = *h;
        t->waiting[at].forget = h->forget || forget;
        if (at == t->count) t->count++;
        pthread_cond_signal(&t->more);
    }
    pthread_mutex_unlock(&t->lock);
    return room;
}

void hall_teller_stop(struct hall_teller *t)
{
    if (t == NULL) return;
    pthread_mutex_lock(&t->lock);
    t->stop = true;
    pthread_cond_signal(&t->more);
    pthread_mutex_unlock(&t->lock);
    pthread_join(t->thread, NULL);
    pthread_cond_destroy(&t->more);
    pthread_mutex_destroy(&t->lock);
    free(t);
}
