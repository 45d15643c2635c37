// SPDX-License-Identifier: AGPL-3.0-or-later
// What the files of this folder share. Nobody outside includes it, and only here is the library's
// header.
//
// Who owns what: a connection belongs to one I/O thread of the library for its whole life; while it
// is suspended it belongs to whoever deferred it (http_finish gives it back) or to a stream loop.
// An exchange begins when the request line is there and ends when the library says so, always on
// the I/O thread.
#ifndef HTTP_INTERNAL_H
#define HTTP_INTERNAL_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

#include "http/http.h"
#include "http/router.h"
#include "http/server.h"
#include "http/shared.h"
#include "http/stream.h"
#include "http/strict.h"

// ---- connections and the reaper (reaper.c)

enum conn_phase { CONN_WAIT, CONN_BODY, CONN_BUSY, CONN_SEND, CONN_STREAM };

struct http_conn {
    struct http_conn *prev, *next; // in its shard
    int fd;
    unsigned shard;
    const char *first_head; // where the first request's head was: every later one must begin there
    struct http_exchange *exchange; // of the request under way, NULL between two
    struct http_stream *stream;     // once the exchange is gone
    _Atomic unsigned phase;         // serial << 3 | enum conn_phase: a new number each time
    // The reaper's own notes.
    unsigned seen;
    bool heard, ended;
    int64_t since_ms;
    uint64_t base_bytes;
};

enum { CONN_SHARDS = 16 };

struct conn_shard {
    pthread_mutex_t lock;
    struct http_conn head; // circular
    char apart[64];
};

struct reaper {
    struct conn_shard shards[CONN_SHARDS];
    struct http_deadlines deadlines;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool stop;
    atomic_ulong reaped;
    atomic_uint connections;
};

void reaper_start(struct reaper *reaper, const struct http_deadlines *deadlines);
void reaper_stop(struct reaper *reaper);
struct http_conn *reaper_add(struct reaper *reaper, int fd);
void reaper_remove(struct reaper *reaper, struct http_conn *conn); // frees
void conn_enter(struct http_conn *conn, enum conn_phase phase);

// ---- workers (workers.c)

struct workers;
struct workers *workers_start(unsigned count, unsigned queue);
void workers_stop(struct workers *workers); // after the queue is empty; accepts NULL
bool workers_put(struct workers *workers, struct http_exchange *x,
                 enum http_next (*fn)(struct http_exchange *x, void *arg), void *arg);

// ---- stream loops (stream.c)

struct stream_loops;
struct stream_loops *stream_loops_start(unsigned count, struct http_server *server);
void stream_loops_end_all(struct stream_loops *loops); // each stream is handed back to the library
void stream_loops_stop(struct stream_loops *loops);    // when the library has stopped; accepts NULL
struct MHD_Response *stream_response(struct http_stream *stream);
bool stream_is_started(const struct http_stream *stream);
void stream_request_done(struct http_stream *stream); // the library has forgotten it

// ---- the server

struct http_server {
    struct http_config config;
    struct router *router;
    struct MHD_Daemon *daemon;
    int listen_fd;
    unsigned port;
    char url[96];
    struct reaper reaper;
    struct workers *workers;
    struct stream_loops *loops;
    pthread_mutex_t pool_lock; // of the spare exchanges
    struct http_exchange *spare;
    unsigned spare_count;
    atomic_bool closing;
    // busy: a handler may still run or defer; alive: a request has begun and is not over; streams:
    // open ones.
    atomic_uint busy, alive, deferred, streams;
    atomic_ulong requests, refused;
};

// ---- the exchange (exchange.c)

struct response_header {
    const char *name, *value;
    struct response_header *next;
};

struct http_exchange {
    struct http_server *server;
    struct http_conn *conn;
    struct MHD_Connection *mhd;
    struct http_exchange *next_spare;
    struct arena arena;
    void *data;

    char *target; // as sent
    size_t target_len;
    const char *target_at; // where the library has it
    char *path;            // decoded
    const char *host;
    enum http_method method;
    bool is_options, is_asterisk;
    struct strict_request request;
    struct router_match match;
    struct form query;
    const char *query_unreadable;
    struct form form;
    enum form_fault form_fault;
    bool form_parsed;

    struct buf body;
    size_t body_limit;
    bool begun, dispatched, busy, drop_body, close;
    int refuse; // status to answer with instead of the handler; 0: none
    bool deferred, settled;
    atomic_bool finished;

    int status;
    const char *content_type;
    struct response_header *headers;
    struct buf out;
    struct http_shared *shared;
    struct http_stream *stream;
};

struct http_exchange *exchange_new(struct http_server *server, struct MHD_Connection *mhd,
                                   const char *target);
void exchange_free(struct http_exchange *x);
void exchange_settle(
    struct http_exchange *x); // no handler will run or defer any more; twice is fine

/// Reads the head; sets refuse when it may not go on. (begin.c)
void exchange_begin(struct http_exchange *x, const char *method);

/// Guard, handler, error pages. (dispatch.c)
enum http_next exchange_dispatch(struct http_exchange *x);

/// Makes the library's response and queues it. (respond.c)
enum MHD_Result exchange_respond(struct http_exchange *x);

// ---- shared responses (shared.c)

struct MHD_Response *shared_choose(const struct http_shared *shared, const struct http_exchange *x,
                                   int *ret_status);
bool response_header_is_ours(const char *name); // set by the library alone

#endif
