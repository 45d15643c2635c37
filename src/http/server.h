// SPDX-License-Identifier: AGPL-3.0-or-later
// The server: one table of routes, a guard in front of every handler, limits and deadlines for
// everything a client can send or hold. A zeroed number means the default named beside it.
#ifndef HTTP_SERVER_H
#define HTTP_SERVER_H

#include "base/status.h"
#include "http/http.h"

struct http_server;

typedef enum http_next http_handler(struct http_exchange *x, void *ctx);

/// One row: data and one function. Segments of a pattern are literal, {name} (one segment) or,
/// last, {name*} (the rest). A literal segment wins over {name}. No pattern may occur twice with
/// one method.
struct http_route {
    enum http_method method;
    const char *pattern;
    http_handler *handler;
    unsigned permission; // the web layer's own; the guard reads it
    unsigned flags;      // likewise
    const char *name;    // for logs and figures: "opinion_submit"
    size_t max_body;     // 0: config.max_body
    const char *query;   // the web layer's own: names that the query may hold, by blanks; NULL none
};

struct http_header {
    const char *name, *value;
};

/// All in milliseconds.
struct http_deadlines {
    unsigned first_byte;   // a new connection that says nothing: 10,000
    unsigned headers;      // from the first byte of a request to its empty line: 10,000
    unsigned idle;         // between requests: 65,000
    unsigned body;         // the whole body, however large: 300,000
    unsigned body_grace;   // before body_rate is asked for: 10,000
    unsigned stall;        // the client takes no byte of a response: 20,000
    unsigned send;         // the whole response: 300,000
    unsigned heartbeat;    // comment on a silent stream: 15,000
    unsigned pulse;        // event on a silent stream that asked for it: 2,000
    unsigned stream_stall; // an event stream whose client takes nothing: 20,000
    unsigned tick;         // how often the reaper looks: 1,000
};

struct http_config {
    const char *listen; // "ADDR:PORT" or "[v6]:PORT"; port 0 lets the system choose
    const struct http_route *routes;
    size_t route_count;
    void *ctx; // handed to the functions below and every handler

    /// Runs before the handler, with body and params at hand. HTTP_CONTINUE lets the handler run;
    /// anything else is the answer. NULL: every route is open.
    http_handler *guard;
    /// Makes the page for 404, 405, 413, 500... into http_out (status is already set). NULL: one
    /// plain line.
    void (*render_error)(struct http_exchange *x, int status, void *ctx);
    /// Sent with every response, e.g. Content-Security-Policy; ends with {NULL}. The array must
    /// stay.
    const struct http_header *headers;

    /// Ends the name of every cookie, so that two programs on one host, whose ports cookies don't
    /// tell apart, each keep their own. NULL: none.
    const char *cookie_suffix;

    /// Addresses of proxies in front, parted by commas: from these alone X-Forwarded-For and
    /// X-Forwarded-Proto are believed (the last word of each). NULL: from nobody.
    const char *proxies;

    const char *tls_certificate, *tls_key; // PEM texts; NULL: plain
    unsigned io_threads;                   // 0: one per core
    unsigned workers;                      // for http_offload: 2
    unsigned worker_queue;                 // waiting jobs before 503: 1,000
    unsigned max_connections;              // in all: 12,000
    size_t connection_memory;              // request headers, and the response's: 8 KiB
    size_t max_body;                       // 256 KiB
    size_t max_target;                     // 2,048 bytes of path and query
    unsigned max_headers;                  // 64
    size_t stream_buffer;                  // kernel buffer of an event stream: 64 KiB
    struct http_deadlines deadlines;
};

/// STATUS_BROKEN with a logged reason when the address can't be had or the certificate is bad. A
/// bad table of routes is a bug.
enum status http_server_start(const struct http_config *config,
                              struct http_server **ret_server) MUST_USE;

unsigned http_server_port(const struct http_server *server);   // the one bound
const char *http_server_url(const struct http_server *server); // "http://127.0.0.1:8080"

/// Accepts nobody new and ends the event streams; requests under way go on.
void http_server_quiesce(struct http_server *server);

/// Quiesces, waits until every deferred request has been finished (their owners must still run),
/// closes. Accepts NULL.
void http_server_stop(struct http_server *server);

struct http_figures {
    unsigned long requests, refused;         // refused: malformed
    unsigned long reaped;                    // connections ended by a deadline
    unsigned connections, streams, deferred; // now
};
struct http_figures http_server_figures(struct http_server *server);

#endif
