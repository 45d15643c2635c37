// SPDX-License-Identifier: AGPL-3.0-or-later
// Event streams. On a plain socket the library sends the head and is then suspended; from there on
// a stream loop writes to the socket itself, one send per event and no copy, and hands the
// connection back (resume) only to have it closed. Under TLS the library keeps writing: the loop
// wakes it and it asks for bytes. While a connection is suspended no thread of the library touches
// it, so the socket has one owner always.
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/day.h"
#include "http/internal.h"

enum { FLAG_QUEUED = 1, FLAG_HANDED = 2, FLAG_FORGOTTEN = 4 };
enum { PIECES_A_TURN = 32, EVENTS = 256, TLS_BLOCK = 2048, PLAIN_BLOCK = 64, LOOP_NAP_MS = 1000 };

struct http_stream {
    struct http_server *server;
    struct MHD_Connection *mhd;
    struct MHD_Response *response; // valid until it was queued and its headers dropped
    struct stream_loop *loop;
    struct http_stream_source source;
    struct http_stream *ready_next;
    struct http_stream *prev, *next; // running streams, by their last write
    _Atomic unsigned flags;
    int fd;
    bool tls, started, pulsing;
    bool running, closed, ending, blocked; // the loop's own
    int64_t last_ms;
    struct http_piece piece; // under TLS guarded by lock, like all below
    size_t sent;
    pthread_mutex_t lock;
    bool parked, over;
};

enum { CALM, PULSING, RHYTHMS };

struct stream_loop {
    struct http_server *server;
    pthread_t thread;
    int epoll_fd, wake_fd;
    _Atomic(struct http_stream *) ready;
    atomic_bool end_all, stop;
    struct http_stream streams[RHYTHMS]; // circular heads, oldest write first
};

struct stream_loops {
    unsigned count;
    atomic_uint turn;
    struct stream_loop loops[];
};

// The empty comment keeps the way open and is noticed by nobody; the event is one that a page sees.
// It has no id: who resumes resumes after what was said before.
#define PULSE "event: pulse\ndata: 1\n\n"
static const struct http_piece beats[RHYTHMS] = {{":\n\n", 3, NULL, NULL},
                                                 {PULSE, sizeof(PULSE) - 1, NULL, NULL}};

// ---- any thread

static void loop_signal(struct stream_loop *loop)
{
    const uint64_t one = 1;
    (void)!write(loop->wake_fd, &one, sizeof(one));
}

// Once the flags are set and the stream was queued already, it must not be touched: the loop may
// free it.
static void stream_post(struct http_stream *stream, unsigned flags)
{
    struct stream_loop *loop = stream->loop;
    if (atomic_fetch_or(&stream->flags, flags | FLAG_QUEUED) & FLAG_QUEUED) return;
    struct http_stream *head = atomic_load(&loop->ready);
    do {
        stream->ready_next = head;
    } while (!atomic_compare_exchange_weak(&loop->ready, &head, stream));
    if (head == NULL) loop_signal(loop);
}

void http_stream_wake(void *stream)
{
    stream_post(stream, 0);
}

struct http_stream *http_stream_open(struct http_exchange *x)
{
    ensure(x->stream == NULL);
    struct http_stream *stream = calloc(1, sizeof(*stream));
    ensure(stream != NULL);
    struct stream_loops *loops = x->server->loops;
    stream->server = x->server;
    stream->mhd = x->mhd;
    stream->fd = x->conn->fd;
    stream->tls = x->server->config.tls_certificate != NULL;
    stream->loop = &loops->loops[atomic_fetch_add(&loops->turn, 1) % loops->count];
    pthread_mutex_init(&stream->lock, NULL);
    x->stream = stream;
    atomic_fetch_add(&x->server->streams, 1);
    return stream;
}

void http_stream_pulse(struct http_stream *stream)
{
    ensure(!stream->started);
    stream->pulsing = true;
}

enum http_next http_stream_start(struct http_stream *stream,
                                 const struct http_stream_source *source)
{
    ensure(!stream->started && source->pull != NULL && source->close != NULL);
    stream->source = *source;
    stream->started = true;
    return HTTP_STREAMING;
}

bool stream_is_started(const struct http_stream *stream)
{
    return stream->started;
}

const char *http_stream_last_id(const struct http_exchange *x)
{
    const char *id = http_header(x, "Last-Event-ID");
    return id != NULL ? id : http_query(x, "after");
}

// ---- the library's thread

static void piece_done(struct http_stream *stream)
{
    if (stream->piece.drop != NULL) stream->piece.drop(stream->piece.owner);
    stream->piece = (struct http_piece){0};
    stream->sent = 0;
}

struct first_header {
    const char *name, *value;
};

static enum MHD_Result take_header(void *arg, enum MHD_ValueKind kind, const char *name,
                                   const char *value)
{
    struct first_header *first = arg;
    (void)kind;
    *first = (struct first_header){name, value};
    return MHD_NO;
}

// The head has been sent; its copy in the response is not needed for the hours a stream lives.
static void drop_headers(struct http_stream *stream)
{
    struct first_header first = {0};
    while (MHD_get_response_headers(stream->response, take_header, &first) > 0 &&
           first.name != NULL) {
        if (MHD_del_response_header(stream->response, first.name, first.value) != MHD_YES) break;
        first = (struct first_header){0};
    }
}

static ssize_t plain_reader(struct http_stream *stream)
{
    if (stream->ending) return MHD_CONTENT_READER_END_OF_STREAM;
    drop_headers(stream);
    MHD_suspend_connection(stream->mhd);
    stream_post(stream, FLAG_HANDED);
    return 0;
}

static ssize_t tls_reader(struct http_stream *stream, char *out, size_t room)
{
    ssize_t result = 0;
    pthread_mutex_lock(&stream->lock);
    enum http_pull pull = HTTP_PULL_PIECE;
    if (!stream->over && stream->piece.len == 0)
        pull = stream->source.pull(stream->source.ctx, &stream->piece);
    if (stream->over || pull == HTTP_PULL_END) {
        result = MHD_CONTENT_READER_END_OF_STREAM;
    } else if (pull == HTTP_PULL_WAIT) {
        stream->parked = true;
        MHD_suspend_connection(stream->mhd);
    } else {
        size_t len = stream->piece.len - stream->sent;
        if (len > room) len = room;
        memcpy(out, stream->piece.bytes + stream->sent, len);
        stream->sent += len;
        if (stream->sent == stream->piece.len) piece_done(stream);
        result = (ssize_t)len;
    }
    pthread_mutex_unlock(&stream->lock);
    return result;
}

static ssize_t on_read(void *arg, uint64_t position, char *out, size_t room)
{
    struct http_stream *stream = arg;
    if (!stream->tls) return plain_reader(stream);
    if (position == 0 && !(atomic_load(&stream->flags) & FLAG_HANDED))
        stream_post(stream, FLAG_HANDED);
    return tls_reader(stream, out, room);
}

struct MHD_Response *stream_response(struct http_stream *stream)
{
    struct MHD_Response *response = MHD_create_response_from_callback(
        MHD_SIZE_UNKNOWN, stream->tls ? TLS_BLOCK : PLAIN_BLOCK, on_read, stream, NULL);
    ensure(response != NULL);
    // No chunks around the events: the stream ends with the connection.
    ensure(MHD_set_response_options(response, MHD_RF_HTTP_1_0_COMPATIBLE_STRICT, MHD_RO_END) ==
           MHD_YES);
    MHD_add_response_header(response, "Content-Type", "text/event-stream");
    MHD_add_response_header(response, "Cache-Control", "no-store");
    MHD_add_response_header(response, "X-Accel-Buffering", "no");
    stream->response = response;
    return response;
}

void stream_request_done(struct http_stream *stream)
{
    stream_post(stream, FLAG_FORGOTTEN);
}

// ---- the loop's thread

static void list_remove(struct http_stream *stream)
{
    stream->prev->next = stream->next;
    stream->next->prev = stream->prev;
}

static void list_append(struct stream_loop *loop, struct http_stream *stream)
{
    struct http_stream *head = &loop->streams[stream->pulsing];
    stream->last_ms = monotonic_ms();
    stream->next = head;
    stream->prev = head->prev;
    stream->prev->next = stream->next->prev = stream;
}

static void source_close(struct http_stream *stream)
{
    if (stream->closed) return;
    stream->closed = true;
    if (stream->started) stream->source.close(stream->source.ctx); // nobody wakes it after this
    pthread_mutex_lock(&stream->lock);
    piece_done(stream);
    pthread_mutex_unlock(&stream->lock);
}

// Plain: the connection goes back to the library, which asks once more and is told that this was
// all.
static void plain_end(struct http_stream *stream)
{
    if (stream->ending) return;
    stream->ending = true;
    stream->running = false;
    list_remove(stream);
    (void)epoll_ctl(stream->loop->epoll_fd, EPOLL_CTL_DEL, stream->fd, NULL);
    (void)shutdown(stream->fd, SHUT_RDWR);
    source_close(stream);
    MHD_resume_connection(stream->mhd);
}

static void tls_end(struct http_stream *stream)
{
    pthread_mutex_lock(&stream->lock);
    stream->over = true;
    if (stream->parked) {
        stream->parked = false;
        MHD_resume_connection(stream->mhd);
    }
    pthread_mutex_unlock(&stream->lock);
}

static void stream_end(struct http_stream *stream)
{
    if (stream->tls) {
        tls_end(stream);
    } else {
        plain_end(stream);
    }
}

static void plain_pump(struct http_stream *stream)
{
    for (int pieces = 0; pieces < PIECES_A_TURN; pieces++) {
        if (stream->piece.len == 0) {
            enum http_pull pull = stream->source.pull(stream->source.ctx, &stream->piece);
            if (pull == HTTP_PULL_WAIT) return;
            if (pull == HTTP_PULL_END) {
                plain_end(stream);
                return;
            }
        }
        ssize_t sent = send(stream->fd, stream->piece.bytes + stream->sent,
                            stream->piece.len - stream->sent, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            stream->blocked = true; // EPOLLOUT will come
            return;
        }
        if (sent < 0) {
            plain_end(stream);
            return;
        }
        stream->sent += (size_t)sent;
        if (stream->sent == stream->piece.len) piece_done(stream);
        list_remove(stream);
        list_append(stream->loop, stream);
    }
    stream_post(stream, 0); // others first, then more
}

static void tls_pump(struct http_stream *stream)
{
    pthread_mutex_lock(&stream->lock);
    if (stream->parked) {
        stream->parked = false;
        MHD_resume_connection(stream->mhd);
    }
    pthread_mutex_unlock(&stream->lock);
}

static void stream_pump(struct http_stream *stream)
{
    if (stream->tls) {
        tls_pump(stream);
    } else if (!stream->blocked) {
        plain_pump(stream);
    }
}

static void stream_run(struct http_stream *stream)
{
    struct stream_loop *loop = stream->loop;
    stream->running = true;
    list_append(loop, stream);
    const unsigned stall = stream->server->config.deadlines.stream_stall;
    const int yes = 1, no = 0, buffer = (int)stream->server->config.stream_buffer;
    (void)setsockopt(stream->fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &stall, sizeof(stall));
    if (stream->tls) return;
    (void)setsockopt(stream->fd, SOL_SOCKET, SO_SNDBUF, &buffer, sizeof(buffer));
    (void)setsockopt(stream->fd, IPPROTO_TCP, TCP_CORK, &no, sizeof(no));
    (void)setsockopt(stream->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET,
                                .data.ptr = stream};
    ensure(epoll_ctl(loop->epoll_fd, EPOLL_CTL_ADD, stream->fd, &event) == 0);
}

// Each queued stream comes by here once for each time it was queued; only here is one freed.
static void stream_visit(struct http_stream *stream)
{
    unsigned flags = atomic_fetch_and(&stream->flags, ~(unsigned)FLAG_QUEUED);
    if (flags & FLAG_FORGOTTEN) {
        if (stream->running) list_remove(stream);
        stream->running = false;
        source_close(stream);
        if (atomic_load(&stream->flags) & FLAG_QUEUED) return; // a last wake is on its way
        struct http_server *server = stream->server;
        pthread_mutex_destroy(&stream->lock);
        free(stream);
        atomic_fetch_sub(&server->streams, 1);
        return;
    }
    if (!(flags & FLAG_HANDED) || stream->ending) return;
    if (!stream->running) stream_run(stream);
    if (atomic_load(&stream->loop->end_all)) {
        stream_end(stream);
    } else {
        stream_pump(stream);
    }
}

static void visit_ready(struct stream_loop *loop)
{
    struct http_stream *newest = atomic_exchange(&loop->ready, NULL), *oldest = NULL;
    while (newest != NULL) { // who was woken first comes first
        struct http_stream *next = newest->ready_next;
        newest->ready_next = oldest;
        oldest = newest;
        newest = next;
    }
    while (oldest != NULL) {
        struct http_stream *next = oldest->ready_next;
        stream_visit(oldest);
        oldest = next;
    }
}

// A client has nothing to say on its event stream: any byte, like a closed end, ends it.
static void stream_event(struct http_stream *stream, uint32_t events)
{
    if (!stream->running) return;
    if (events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) {
        plain_end(stream);
        return;
    }
    if (!(events & EPOLLOUT) || !stream->blocked) return;
    stream->blocked = false;
    plain_pump(stream);
}

static void beat(struct http_stream *stream)
{
    if (stream->tls) {
        pthread_mutex_lock(&stream->lock);
        if (stream->parked && stream->piece.len == 0) stream->piece = beats[stream->pulsing];
        pthread_mutex_unlock(&stream->lock);
        tls_pump(stream);
        return;
    }
    if (stream->blocked) return; // TCP_USER_TIMEOUT looks after it
    if (stream->piece.len == 0) stream->piece = beats[stream->pulsing];
    plain_pump(stream);
}

// Returns how long to sleep.
static int beat_list(struct stream_loop *loop, struct http_stream *head, int64_t pause)
{
    const int64_t now = monotonic_ms();
    while (head->next != head) {
        struct http_stream *stream = head->next;
        int64_t due = stream->last_ms + pause;
        if (due > now) return due - now < LOOP_NAP_MS ? (int)(due - now) : LOOP_NAP_MS;
        list_remove(stream);
        list_append(loop, stream);
        beat(stream);
    }
    return LOOP_NAP_MS;
}

static int beat_all(struct stream_loop *loop)
{
    const struct http_deadlines *d = &loop->server->config.deadlines;
    int calm = beat_list(loop, &loop->streams[CALM], d->heartbeat);
    int pulsing = beat_list(loop, &loop->streams[PULSING], d->pulse);
    return calm < pulsing ? calm : pulsing;
}

static void end_everything(struct stream_loop *loop)
{
    for (int i = 0; i < RHYTHMS; i++) {
        struct http_stream *head = &loop->streams[i];
        for (struct http_stream *stream = head->next, *next; stream != head; stream = next) {
            next = stream->next;
            stream_end(stream);
        }
    }
}

static void *loop_run(void *arg)
{
    struct stream_loop *loop = arg;
    struct epoll_event events[EVENTS];
    while (!atomic_load(&loop->stop) || atomic_load(&loop->ready) != NULL) {
        visit_ready(loop);
        if (atomic_load(&loop->end_all)) end_everything(loop);
        int pause = beat_all(loop);
        if (atomic_load(&loop->ready) != NULL || atomic_load(&loop->stop)) pause = 0;
        int count = epoll_wait(loop->epoll_fd, events, EVENTS, pause);
        for (int i = 0; i < count; i++) {
            if (events[i].data.ptr != NULL) {
                stream_event(events[i].data.ptr, events[i].events);
                continue;
            }
            uint64_t wakes;
            (void)!read(loop->wake_fd, &wakes, sizeof(wakes));
        }
    }
    return NULL;
}

struct stream_loops *stream_loops_start(unsigned count, struct http_server *server)
{
    struct stream_loops *loops = calloc(1, sizeof(*loops) + count * sizeof(loops->loops[0]));
    ensure(loops != NULL);
    loops->count = count;
    for (unsigned i = 0; i < count; i++) {
        struct stream_loop *loop = &loops->loops[i];
        loop->server = server;
        for (int j = 0; j < RHYTHMS; j++)
            loop->streams[j].next = loop->streams[j].prev = &loop->streams[j];
        loop->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
        loop->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
        ensure(loop->epoll_fd >= 0 && loop->wake_fd >= 0);
        struct epoll_event event = {.events = EPOLLIN};
        ensure(epoll_ctl(loop->epoll_fd, EPOLL_CTL_ADD, loop->wake_fd, &event) == 0);
        ensure(pthread_create(&loop->thread, NULL, loop_run, loop) == 0);
    }
    return loops;
}

void stream_loops_end_all(struct stream_loops *loops)
{
    for (unsigned i = 0; i < loops->count; i++) {
        atomic_store(&loops->loops[i].end_all, true);
        loop_signal(&loops->loops[i]);
    }
}

void stream_loops_stop(struct stream_loops *loops)
{
    if (loops == NULL) return;
    for (unsigned i = 0; i < loops->count; i++) {
        struct stream_loop *loop = &loops->loops[i];
        atomic_store(&loop->stop, true);
        loop_signal(loop);
        pthread_join(loop->thread, NULL);
        close(loop->epoll_fd);
        close(loop->wake_fd);
    }
    free(loops);
}
