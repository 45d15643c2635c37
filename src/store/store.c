// SPDX-License-Identifier: AGPL-3.0-or-later
// Opening and closing the store, and the pool of connections for reading. Never writes: that is
// writer.c.
#include "store/store_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/log.h"
#include "store/migrate.h"

enum { READERS = 4, WRITERS = 4, BUSY_WAIT_MS = 5000 };

static bool is_postgresql(const char *where)
{
    return strncmp(where, "postgresql://", 13) == 0 || strncmp(where, "postgres://", 11) == 0;
}

static int within(int value, int otherwise)
{
    ensure(value >= 0 && value <= STORE_CONNECTIONS_MAX);
    return value == 0 ? otherwise : value;
}

enum status store_connect(const struct store *store, bool writes, struct sql **ret_sql)
{
    const struct sql_open open = {.where = store->where,
                                  .writes = writes,
                                  .create = writes,
                                  .busy_wait_ms = store->options.busy_wait_ms};
    return store->engine == SQL_SQLITE ? sql_sqlite_open(&open, ret_sql)
                                       : sql_pg_open(&open, ret_sql);
}

/// The file holds what people wrote in confidence: nobody else on the machine may read it, whatever
/// the umask.
static enum status make_private(const char *file)
{
    int fd = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) {
        log_error("store: %s: %s", file, strerror(errno));
        return errno == ENOENT ? STATUS_NOT_FOUND : STATUS_BROKEN;
    }
    close(fd);
    return STATUS_OK;
}

static char *file_of(const char *dir)
{
    size_t size = strlen(dir) + sizeof "/doithoai.db";
    char *file = malloc(size);
    ensure(file != NULL);
    snprintf(file, size, "%s/doithoai.db", dir);
    return file;
}

static void pool_init(struct store_pool *pool)
{
    pthread_condattr_t attr;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->freed, &attr);
    pthread_condattr_destroy(&attr);
}

static struct store *store_new(const char *where, const struct store_options *options)
{
    static const struct store_options none = {0};
    const struct store_options *given = options == NULL ? &none : options;
    struct store *store = calloc(1, sizeof(*store));
    ensure(store != NULL);
    store->engine = is_postgresql(where) ? SQL_POSTGRESQL : SQL_SQLITE;
    store->options = (struct store_options){
        .readers = within(given->readers, READERS),
        .writers = store->engine == SQL_SQLITE ? 1 : within(given->writers, WRITERS),
        .migrate = given->migrate,
        .busy_wait_ms = given->busy_wait_ms == 0 ? BUSY_WAIT_MS : given->busy_wait_ms};
    store->where = store->engine == SQL_SQLITE ? file_of(where) : strdup(where);
    ensure(store->where != NULL);
    pool_init(&store->pool);
    writer_init(store);
    return store;
}

static void store_free(struct store *store)
{
    for (int i = 0; i < store->pool.opened; i++)
        sql_close(store->pool.readers[i].sql);
    free(store->where);
    free(store);
}

enum status store_open(const char *where, const struct store_options *options,
                       struct store **ret_store)
{
    struct store *store = store_new(where, options);
    struct sql *sql = NULL;
    enum status status = STATUS_OK;
    if (store->engine == SQL_SQLITE) status = make_private(store->where);
    if (status == STATUS_OK) status = store_connect(store, true, &sql);
    if (status == STATUS_OK) status = store->options.migrate ? migrate_up(sql) : migrate_check(sql);
    if (status != STATUS_OK) {
        sql_close(sql);
        store_free(store);
        return status;
    }
    writer_start(store, sql);
    *ret_store = store;
    return STATUS_OK;
}

void store_close(struct store *store)
{
    if (store == NULL) return;
    writer_stop(store);
    store_free(store);
}

enum sql_engine store_engine(const struct store *store)
{
    return store->engine;
}

enum status store_copy(struct store *store, const char *file)
{
    ensure(store->engine == SQL_SQLITE);
    struct sql *sql = NULL; // of its own: a reader's refuses to write, even elsewhere
    enum status status = store_connect(store, true, &sql);
    if (status == STATUS_OK) status = sql_sqlite_copy(sql, file);
    sql_close(sql);
    return status;
}

// --- Reading ---

static void deadline_in(struct timespec *at, int ms)
{
    clock_gettime(CLOCK_MONOTONIC, at);
    at->tv_sec += ms / 1000;
    at->tv_nsec += (long)(ms % 1000) * 1000000;
    if (at->tv_nsec >= 1000000000) {
        at->tv_sec++;
        at->tv_nsec -= 1000000000;
    }
}

/// A place in the pool, its connection possibly not open; NULL when none came free in time.
static struct store_ro *pool_take(struct store *store)
{
    struct store_pool *pool = &store->pool;
    struct timespec until;
    deadline_in(&until, store->options.busy_wait_ms);
    pthread_mutex_lock(&pool->lock);
    int waited = 0;
    while (pool->idle == NULL && pool->opened == store->options.readers && waited == 0)
        waited = pthread_cond_timedwait(&pool->freed, &pool->lock, &until);
    struct store_ro *ro = pool->idle;
    if (ro != NULL) {
        pool->idle = ro->next_idle;
    } else if (pool->opened < store->options.readers) {
        ro = &pool->readers[pool->opened++];
        ro->store = store;
    }
    pthread_mutex_unlock(&pool->lock);
    return ro;
}

static void pool_give(struct store_ro *ro)
{
    struct store_pool *pool = &ro->store->pool;
    pthread_mutex_lock(&pool->lock);
    ro->next_idle = pool->idle;
    pool->idle = ro;
    pthread_cond_signal(&pool->freed);
    pthread_mutex_unlock(&pool->lock);
}

static enum status begin(struct store_ro *ro)
{
    if (ro->sql == NULL) {
        enum status status = store_connect(ro->store, false, &ro->sql);
        if (status != STATUS_OK) return status;
    }
    enum status status = sql_begin_read(ro->sql);
    if (status != STATUS_OK) {
        sql_close(ro->sql); // whatever it was, a new connection is the cure
        ro->sql = NULL;
    }
    return status;
}

enum status store_read_begin(struct store *store, struct store_ro **ret_ro)
{
    struct store_ro *ro = pool_take(store);
    if (ro == NULL) return STATUS_RETRY;
    bool fresh = ro->sql == NULL;
    enum status status = begin(ro);
    if (status != STATUS_OK && !fresh)
        status = begin(ro); // the server was restarted since this connection was last used
    if (status != STATUS_OK) {
        pool_give(ro);
        return status;
    }
    *ret_ro = ro;
    return STATUS_OK;
}

void store_read_end(struct store_ro *ro)
{
    if (ro == NULL) return;
    sql_rollback(ro->sql); // there is nothing to commit
    if (sql_is_lost(ro->sql)) {
        sql_close(ro->sql);
        ro->sql = NULL;
    }
    pool_give(ro);
}

struct sql *store_ro_sql(struct store_ro *ro)
{
    return ro->sql;
}
