// SPDX-License-Identifier: AGPL-3.0-or-later
// Deadlines nobody can stretch. The kernel counts what a connection has sent (TCP_INFO), so a byte
// now and then does not count as a request. Ends connections with shutdown() alone: closing would
// free the number for somebody else while the library still holds it.
#include <errno.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "base/day.h"
#include "http/internal.h"

enum { PHASE_BITS = 3, BODY_RATE = 500 }; // bytes a second, averaged over the whole body so far

void conn_enter(struct http_conn *conn, enum conn_phase phase)
{
    unsigned serial = atomic_load_explicit(&conn->phase, memory_order_relaxed) >> PHASE_BITS;
    atomic_store_explicit(&conn->phase, (serial + 1) << PHASE_BITS | phase, memory_order_release);
}

struct http_conn *reaper_add(struct reaper *reaper, int fd)
{
    struct http_conn *conn = calloc(1, sizeof(*conn));
    ensure(conn != NULL);
    conn->fd = fd;
    conn->shard = (unsigned)fd % CONN_SHARDS;
    conn->since_ms = monotonic_ms();
    unsigned stall = reaper->deadlines.stall;
    (void)setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &stall, sizeof(stall));
    struct conn_shard *shard = &reaper->shards[conn->shard];
    pthread_mutex_lock(&shard->lock);
    conn->next = &shard->head;
    conn->prev = shard->head.prev;
    conn->prev->next = conn->next->prev = conn;
    pthread_mutex_unlock(&shard->lock);
    atomic_fetch_add(&reaper->connections, 1);
    return conn;
}

void reaper_remove(struct reaper *reaper, struct http_conn *conn)
{
    struct conn_shard *shard = &reaper->shards[conn->shard];
    pthread_mutex_lock(&shard->lock);
    conn->prev->next = conn->next;
    conn->next->prev = conn->prev;
    pthread_mutex_unlock(&shard->lock);
    atomic_fetch_sub(&reaper->connections, 1);
    free(conn);
}

static uint64_t bytes_received(int fd)
{
    struct tcp_info info = {0};
    socklen_t size = sizeof(info);
    if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return 0;
    return info.tcpi_bytes_received;
}

// A new connection has 0 bytes behind it; a kept one what it had when we first saw it wait.
static bool wait_is_over(const struct http_deadlines *limit, struct http_conn *conn, int64_t now)
{
    uint64_t bytes = bytes_received(conn->fd);
    if (!conn->heard && bytes != conn->base_bytes) {
        conn->heard = true;
        conn->since_ms = now;
    }
    bool fresh = conn->seen == 0;
    unsigned patience = conn->heard ? limit->headers : fresh ? limit->first_byte : limit->idle;
    return now - conn->since_ms > patience;
}

static bool body_is_over(const struct http_deadlines *limit, struct http_conn *conn, int64_t now)
{
    int64_t elapsed = now - conn->since_ms;
    if (elapsed > limit->body) return true;
    if (elapsed <= limit->body_grace) return false;
    uint64_t bytes = bytes_received(conn->fd) - conn->base_bytes;
    return bytes < (uint64_t)(elapsed - limit->body_grace) * BODY_RATE / 1000;
}

static bool conn_is_over(const struct http_deadlines *limit, struct http_conn *conn, int64_t now)
{
    unsigned phase = atomic_load_explicit(&conn->phase, memory_order_acquire);
    if (phase != conn->seen) {
        conn->seen = phase;
        conn->since_ms = now;
        conn->heard = false;
        conn->base_bytes = bytes_received(conn->fd);
    }
    switch ((enum conn_phase)(phase & ((1u << PHASE_BITS) - 1))) {
    case CONN_WAIT:
        return wait_is_over(limit, conn, now);
    case CONN_BODY:
        return body_is_over(limit, conn, now);
    case CONN_SEND:
        return now - conn->since_ms > limit->send;
    case CONN_BUSY:   // ours to finish
    case CONN_STREAM: // the stream loop looks after it
        break;
    }
    return false;
}

static void reap_shard(struct reaper *reaper, struct conn_shard *shard, int64_t now)
{
    pthread_mutex_lock(&shard->lock);
    for (struct http_conn *conn = shard->head.next; conn != &shard->head; conn = conn->next) {
        if (conn->ended || !conn_is_over(&reaper->deadlines, conn, now)) continue;
        conn->ended = true;
        (void)shutdown(conn->fd, SHUT_RDWR);
        atomic_fetch_add(&reaper->reaped, 1);
    }
    pthread_mutex_unlock(&shard->lock);
}

static void *reaper_run(void *arg)
{
    struct reaper *reaper = arg;
    const unsigned pause = reaper->deadlines.tick;
    pthread_mutex_lock(&reaper->lock);
    while (!reaper->stop) {
        struct timespec until;
        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_sec += pause / 1000;
        until.tv_nsec += (long)(pause % 1000) * 1000000;
        if (until.tv_nsec >= 1000000000) {
            until.tv_sec++;
            until.tv_nsec -= 1000000000;
        }
        while (!reaper->stop && pthread_cond_timedwait(&reaper->wake, &reaper->lock, &until) == 0)
            continue;
        if (reaper->stop) break;
        pthread_mutex_unlock(&reaper->lock);
        for (unsigned i = 0; i < CONN_SHARDS; i++)
            reap_shard(reaper, &reaper->shards[i], monotonic_ms());
        pthread_mutex_lock(&reaper->lock);
    }
    pthread_mutex_unlock(&reaper->lock);
    return NULL;
}

void reaper_start(struct reaper *reaper, const struct http_deadlines *deadlines)
{
    reaper->deadlines = *deadlines;
    for (unsigned i = 0; i < CONN_SHARDS; i++) {
        struct conn_shard *shard = &reaper->shards[i];
        pthread_mutex_init(&shard->lock, NULL);
        shard->head.next = shard->head.prev = &shard->head;
    }
    pthread_mutex_init(&reaper->lock, NULL);
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&reaper->wake, &monotonic);
    pthread_condattr_destroy(&monotonic);
    ensure(pthread_create(&reaper->thread, NULL, reaper_run, reaper) == 0);
}

void reaper_stop(struct reaper *reaper)
{
    pthread_mutex_lock(&reaper->lock);
    reaper->stop = true;
    pthread_cond_signal(&reaper->wake);
    pthread_mutex_unlock(&reaper->lock);
    pthread_join(reaper->thread, NULL);
    pthread_cond_destroy(&reaper->wake);
    pthread_mutex_destroy(&reaper->lock);
    for (unsigned i = 0; i < CONN_SHARDS; i++)
        pthread_mutex_destroy(&reaper->shards[i].lock);
}
