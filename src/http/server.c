// SPDX-License-Identifier: AGPL-3.0-or-later
// Starting, stopping, and the library's callbacks. No page's knowledge here.
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sodium.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "http/internal.h"

enum { BACKLOG = 1024, SPARE_FILES = 128, FLUSH_MS = 3000 };

// ---- what the library calls

// Now and then the library lets go of a request without telling (a head refused while its client
// leaves): what belongs to a connection ends at the latest with its next request, or with itself.
static void drop_leftover(struct MHD_Connection *mhd)
{
    struct http_conn *conn =
        MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
    if (conn->exchange != NULL) exchange_free(conn->exchange);
}

static void *on_target(void *arg, const char *target, struct MHD_Connection *mhd)
{
    drop_leftover(mhd);
    return exchange_new(arg, mhd, target);
}

// The library would undo escapes in place; the head must stay as it was sent until it has been
// checked.
static size_t on_unescape(void *arg, struct MHD_Connection *mhd, char *text)
{
    (void)arg;
    (void)mhd;
    return strlen(text);
}

static void on_connection(void *arg, struct MHD_Connection *mhd, void **context,
                          enum MHD_ConnectionNotificationCode what)
{
    struct http_server *server = arg;
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        int fd = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
        *context = reaper_add(&server->reaper, fd);
    } else {
        drop_leftover(mhd);
        reaper_remove(&server->reaper, *context);
        *context = NULL;
    }
}

static void on_completed(void *arg, struct MHD_Connection *mhd, void **context,
                         enum MHD_RequestTerminationCode how)
{
    struct http_exchange *x = *context;
    struct http_conn *conn =
        MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
    (void)arg;
    (void)how;
    *context = NULL;
    if (conn->stream != NULL) stream_request_done(conn->stream);
    conn->stream = NULL;
    if (x != NULL) exchange_free(x);
    conn_enter(conn, CONN_WAIT);
}

static enum MHD_Result first_call(struct http_exchange *x, const char *method)
{
    struct http_server *server = x->server;
    x->begun = true;
    atomic_fetch_add_explicit(&server->requests, 1, memory_order_relaxed);
    exchange_begin(x, method);
    conn_enter(x->conn, x->request.content_length > 0 ? CONN_BODY : CONN_BUSY);
    if (x->refuse == 400 || x->close)
        atomic_fetch_add_explicit(&server->refused, 1, memory_order_relaxed);
    if (x->refuse == 0 || !x->close) return MHD_YES;
    x->content_type = "text/plain; charset=utf-8";
    x->status = x->refuse;
    buf_printf(&x->out, "Lỗi %d\n", x->refuse);
    return exchange_respond(x);
}

static enum MHD_Result body_call(struct http_exchange *x, const char *bytes, size_t *len)
{
    // Content-Length was held against the limit before the first byte.
    if (!x->drop_body) {
        if (x->body.len + *len > x->body_limit) return MHD_NO;
        if (x->body.data == NULL && x->request.content_length <= 64 * 1024)
            buf_reserve(&x->body, (size_t)x->request.content_length);
        buf_put(&x->body, bytes, *len);
    }
    *len = 0;
    return MHD_YES;
}

static enum MHD_Result last_call(struct http_exchange *x, void **context)
{
    if (!x->dispatched) {
        x->dispatched = true;
        conn_enter(x->conn, CONN_BUSY);
        x->busy = true;
        atomic_fetch_add(&x->server->busy, 1);
        // After this, x may be finished by another thread; that thread gives the connection back to
        // this one.
        if (exchange_dispatch(x) == HTTP_DEFERRED) return MHD_YES;
    } else if (!atomic_load(&x->finished)) {
        return MHD_YES;
    }
    enum MHD_Result result = exchange_respond(x);
    exchange_settle(x);
    if (x->conn->stream != NULL) {
        exchange_free(x);
        *context = NULL;
    }
    return result;
}

static enum MHD_Result on_request(void *arg, struct MHD_Connection *mhd, const char *url,
                                  const char *method, const char *version, const char *bytes,
                                  size_t *len, void **context)
{
    struct http_exchange *x = *context;
    (void)arg;
    (void)mhd;
    (void)url;
    (void)version;
    if (x == NULL) return MHD_NO;
    if (!x->begun) return first_call(x, method);
    if (*len > 0) return body_call(x, bytes, len);
    return last_call(x, context);
}

// ---- starting

static unsigned or_default(unsigned value, unsigned otherwise)
{
    return value == 0 ? otherwise : value;
}

static void fill_defaults(struct http_config *config)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    config->io_threads = or_default(config->io_threads, cores < 1 ? 1 : (unsigned)cores);
    config->workers = or_default(config->workers, 2);
    config->worker_queue = or_default(config->worker_queue, 1000);
    config->max_connections = or_default(config->max_connections, 12000);
    config->max_headers = or_default(config->max_headers, 64);
    if (config->connection_memory == 0) config->connection_memory = 8 * 1024;
    if (config->max_body == 0) config->max_body = 256 * 1024;
    if (config->max_target == 0) config->max_target = 2048;
    if (config->stream_buffer == 0) config->stream_buffer = 64 * 1024;
    struct http_deadlines *limit = &config->deadlines;
    limit->first_byte = or_default(limit->first_byte, 10000);
    limit->headers = or_default(limit->headers, 10000);
    limit->idle = or_default(limit->idle, 65000);
    limit->body = or_default(limit->body, 300000);
    limit->body_grace = or_default(limit->body_grace, 10000);
    limit->stall = or_default(limit->stall, 20000);
    limit->send = or_default(limit->send, 300000);
    limit->heartbeat = or_default(limit->heartbeat, 15000);
    limit->pulse = or_default(limit->pulse, 2000);
    limit->stream_stall = or_default(limit->stream_stall, 20000);
    limit->tick = or_default(limit->tick, 1000);
}

// "ADDR:PORT" or "[v6]:PORT" into its two parts.
static bool listen_split(const char *listen, char host[64], const char **ret_port)
{
    const char *colon = strrchr(listen, ':');
    if (colon == NULL || colon == listen || colon[1] == '\0') return false;
    bool bracket = listen[0] == '[' && colon[-1] == ']';
    const char *from = listen + bracket;
    size_t len = (size_t)(colon - from) - bracket;
    if (len == 0 || len >= 64) return false;
    memcpy(host, from, len);
    host[len] = '\0';
    *ret_port = colon + 1;
    return true;
}

static int listen_open(const char *listen_at)
{
    char host[64];
    const char *port;
    if (!listen_split(listen_at, host, &port)) return -1;
    const struct addrinfo hints = {.ai_socktype = SOCK_STREAM,
                                   .ai_flags = AI_PASSIVE | AI_NUMERICHOST | AI_NUMERICSERV};
    struct addrinfo *found = NULL;
    if (getaddrinfo(host, port, &hints, &found) != 0) return -1;
    int fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const int yes = 1;
    bool ok = fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes)) == 0 &&
              bind(fd, found->ai_addr, found->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0;
    freeaddrinfo(found);
    if (ok) return fd;
    if (fd >= 0) close(fd);
    return -1;
}

static void url_make(struct http_server *server)
{
    char host[64];
    const char *port;
    union {
        struct sockaddr any;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
    } bound = {.v6 = {0}};
    socklen_t size = sizeof(bound);
    ensure(getsockname(server->listen_fd, &bound.any, &size) == 0);
    server->port = ntohs(bound.any.sa_family == AF_INET6 ? bound.v6.sin6_port : bound.v4.sin_port);
    ensure(listen_split(server->config.listen, host, &port));
    bool v6 = strchr(host, ':') != NULL;
    snprintf(server->url, sizeof(server->url), "http%s://%s%s%s:%u",
             server->config.tls_certificate != NULL ? "s" : "", v6 ? "[" : "", host, v6 ? "]" : "",
             server->port);
}

// A descriptor per connection; the soft limit is often 1,024 while the hard one is far away.
static void raise_file_limit(unsigned connections)
{
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) != 0) return;
    rlim_t wanted = connections + SPARE_FILES;
    if (files.rlim_cur >= wanted) return;
    files.rlim_cur = wanted < files.rlim_max ? wanted : files.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur < wanted)
        log_warn("only %llu open files allowed, %u connections wanted",
                 (unsigned long long)files.rlim_cur, connections);
}

static struct MHD_Daemon *daemon_start(struct http_server *server)
{
    const struct http_config *config = &server->config;
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME;
    static const char versions[] = "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2";
    struct MHD_OptionItem tls[] = {{MHD_OPTION_END, 0, NULL},
                                   {MHD_OPTION_END, 0, NULL},
                                   {MHD_OPTION_END, 0, NULL},
                                   {MHD_OPTION_END, 0, NULL}};
    if (config->tls_certificate != NULL) {
        flags |= MHD_USE_TLS;
        tls[0] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_CERT, 0,
                                         (void *)(uintptr_t)config->tls_certificate};
        tls[1] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_KEY, 0,
                                         (void *)(uintptr_t)config->tls_key};
        tls[2] =
            (struct MHD_OptionItem){MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t)versions};
    }
    return MHD_start_daemon(flags, 0, NULL, NULL, on_request, server,                      //
                            MHD_OPTION_LISTEN_SOCKET, server->listen_fd,                   //
                            MHD_OPTION_THREAD_POOL_SIZE, config->io_threads,               //
                            MHD_OPTION_CONNECTION_LIMIT, config->max_connections,          //
                            MHD_OPTION_CONNECTION_MEMORY_LIMIT, config->connection_memory, //
                            MHD_OPTION_STRICT_FOR_CLIENT, 1,                               //
                            MHD_OPTION_URI_LOG_CALLBACK, on_target, server,                //
                            MHD_OPTION_UNESCAPE_CALLBACK, on_unescape, NULL,               //
                            MHD_OPTION_NOTIFY_CONNECTION, on_connection, server,           //
                            MHD_OPTION_NOTIFY_COMPLETED, on_completed, server,             //
                            MHD_OPTION_ARRAY, tls, MHD_OPTION_END);
}

static void server_free(struct http_server *server)
{
    struct http_exchange *next;
    for (struct http_exchange *x = server->spare; x != NULL; x = next) {
        next = x->next_spare;
        arena_done(&x->arena);
        free(x);
    }
    if (server->listen_fd >= 0) close(server->listen_fd);
    router_free(server->router);
    pthread_mutex_destroy(&server->pool_lock);
    free(server);
}

enum status http_server_start(const struct http_config *config, struct http_server **ret_server)
{
    ensure(sodium_init() >= 0);
    struct http_server *server = calloc(1, sizeof(*server));
    ensure(server != NULL);
    server->config = *config;
    fill_defaults(&server->config);
    pthread_mutex_init(&server->pool_lock, NULL);
    server->router = router_new(config->routes, config->route_count);
    server->listen_fd = listen_open(config->listen);
    if (server->listen_fd < 0) {
        log_error("cannot listen on %s", config->listen);
        server_free(server);
        return STATUS_BROKEN;
    }
    url_make(server);
    raise_file_limit(server->config.max_connections);
    reaper_start(&server->reaper, &server->config.deadlines);
    server->workers = workers_start(server->config.workers, server->config.worker_queue);
    server->loops = stream_loops_start(server->config.io_threads, server);
    server->daemon = daemon_start(server);
    if (server->daemon == NULL) {
        log_error("cannot serve on %s%s", config->listen,
                  config->tls_certificate != NULL ? " (certificate and key?)" : "");
        stream_loops_stop(server->loops);
        workers_stop(server->workers);
        reaper_stop(&server->reaper);
        server_free(server);
        return STATUS_BROKEN;
    }
    *ret_server = server;
    return STATUS_OK;
}

unsigned http_server_port(const struct http_server *server)
{
    return server->port;
}

const char *http_server_url(const struct http_server *server)
{
    return server->url;
}

// ---- stopping

static void pause_ms(long ms)
{
    const struct timespec pause = {.tv_nsec = ms * 1000000};
    nanosleep(&pause, NULL);
}

void http_server_quiesce(struct http_server *server)
{
    if (atomic_exchange(&server->closing, true)) return;
    MHD_quiesce_daemon(server->daemon);
    // Nothing listens from here on; the library keeps no hold of a quiesced socket but its epoll
    // sets, which it leaves by itself.
    (void)shutdown(server->listen_fd, SHUT_RDWR);
    stream_loops_end_all(server->loops);
}

void http_server_stop(struct http_server *server)
{
    if (server == NULL) return;
    http_server_quiesce(server);
    // The library aborts when it is stopped with a suspended connection, so this wait has no limit:
    // a request that was deferred is finished by its owner, a stream by its loop.
    while (atomic_load(&server->busy) > 0 || atomic_load(&server->streams) > 0)
        pause_ms(2);
    for (int waited = 0; waited < FLUSH_MS && atomic_load(&server->alive) > 0; waited += 2)
        pause_ms(2);
    MHD_stop_daemon(server->daemon);
    stream_loops_stop(server->loops);
    workers_stop(server->workers);
    reaper_stop(&server->reaper);
    server_free(server);
}

struct http_figures http_server_figures(struct http_server *server)
{
    return (struct http_figures){
        .requests = atomic_load(&server->requests),
        .refused = atomic_load(&server->refused),
        .reaped = atomic_load(&server->reaper.reaped),
        .connections = atomic_load(&server->reaper.connections),
        .streams = atomic_load(&server->streams),
        .deferred = atomic_load(&server->deferred),
    };
}
