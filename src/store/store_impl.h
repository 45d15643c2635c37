// SPDX-License-Identifier: AGPL-3.0-or-later
// The store's inside, shared by store.c (connections, reading) and writer.c (jobs). Nobody else
// includes it.
#ifndef STORE_STORE_IMPL_H
#define STORE_STORE_IMPL_H

#include <pthread.h>
#include <stdatomic.h>

#include "store/sql_impl.h"
#include "store/store.h"

enum { STORE_CONNECTIONS_MAX = 64, STORE_BATCH_MAX = 64 };

struct store_ro {
    struct sql *sql;
    struct store *store;
    struct store_ro *next_idle;
};

struct store_tx {
    struct store_ro ro; // the writer's own connection
    unsigned attempt;
};

struct store_queue {
    pthread_mutex_t lock;
    pthread_cond_t more;
    struct store_job *first, **last;
    bool closing;
    struct store_stats stats; // under the same lock
};

struct store_pool {
    pthread_mutex_t lock;
    pthread_cond_t freed;
    struct store_ro readers[STORE_CONNECTIONS_MAX];
    struct store_ro *idle; // last used first: warm, and few are ever opened
    int opened;
};

struct store {
    enum sql_engine engine;
    struct store_options options;
    char *where; // the file, or the connection string
    struct store_pool pool;
    struct store_queue queue;
    pthread_t threads[STORE_CONNECTIONS_MAX];
    int thread_count;
    void (*after_commit)(void *arg);
    void *after_commit_arg;
    atomic_bool scrub; // something sealed was overwritten: see store_tx_scrub
};

MUST_USE enum status store_connect(const struct store *store, bool writes, struct sql **ret_sql);

void writer_init(struct store *store);
/// Starts the writer threads. SQLite's gets the connection that is open already.
void writer_start(struct store *store, struct sql *sql);
void writer_stop(struct store *store);

#endif
