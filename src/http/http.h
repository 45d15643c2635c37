// SPDX-License-Identifier: AGPL-3.0-or-later
// One request and its response, as a page sees them. Everything given out lives until the response
// has been sent; text is NUL-terminated unless a length comes with it. No page may use the HTTP
// library.
//
//     enum http_next get_dialogue_show(struct http_exchange *x, void *ctx)
//     {
//         const char *id = http_param(x, "id"), *q = http_query(x, "q");
//         if (id[0] == '0') return http_error(x, 404);
//         buf_printf(http_out(x), "<!doctype html>...");       // 200 and text/html unless said
//         otherwise return HTTP_DONE;
//     }
//
// A change that succeeded ends with `return http_redirect(x, 303, "/doi-thoai/1");`. Slow work ends
// with `return http_offload(x, render_pdf, arg);`; waiting for the writer thread with `return
// http_defer(x);` BEFORE which x may not have been given away, and http_finish(x) once the response
// is complete.
#ifndef HTTP_HTTP_H
#define HTTP_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include "base/arena.h"
#include "base/buf.h"
#include "http/form.h"

struct http_exchange;
struct http_route;  // http/server.h
struct http_shared; // http/shared.h

enum http_method {
    HTTP_GET, // HEAD arrives as GET; its body is dropped on the way out
    HTTP_POST,
    HTTP_PUT,
    HTTP_PATCH,
    HTTP_DELETE,
    HTTP_METHOD_COUNT,
};

/// What a handler leaves behind; only ever `return` what one of the functions below gave, or
/// HTTP_DONE.
enum http_next {
    HTTP_CONTINUE,  // from the guard alone: run the handler
    HTTP_DONE,      // the response is complete
    HTTP_DEFERRED,  // somebody will call http_finish; the handler no longer touches x
    HTTP_STREAMING, // http/stream.h owns the rest
};

// ---- the request

struct arena *http_arena(struct http_exchange *x);
enum http_method http_method(const struct http_exchange *x);
const struct http_route *
http_route(const struct http_exchange *x);              // NULL on an error page without a route
const char *http_path(const struct http_exchange *x);   // decoded, no query: "/doi-thoai/1"
const char *http_target(const struct http_exchange *x); // as sent, with the query

/// {name} of the route's pattern, decoded, never empty. A name the pattern lacks is a bug.
const char *http_param(const struct http_exchange *x, const char *name);

/// First value in the query, or NULL. The query has been decoded strictly: no bad escape, no NUL
/// gets here.
const char *http_query(const struct http_exchange *x, const char *name);
const struct form *http_query_form(const struct http_exchange *x); // all of it, in order
/// The name of the field that could not be decoded, NULL where there is none or its name is not
/// text either. No handler sees such a request; for config.render_error.
const char *http_query_unreadable(const struct http_exchange *x);

/// First header of that name (any case) without surrounding blanks, or NULL.
const char *http_header(const struct http_exchange *x, const char *name);
const char *http_cookie(struct http_exchange *x, const char *name); // or NULL
const char *http_host(const struct http_exchange *x);           // "" when a 1.0 client sent none
const char *http_client_address(const struct http_exchange *x); // "192.0.2.7"; see config.proxies
bool http_is_tls(const struct http_exchange *x);  // up to here, or up to a proxy of config.proxies
bool http_is_htmx(const struct http_exchange *x); // HX-Request: true, and not a history restore

/// The whole body, collected within the route's limit; never NULL.
const char *http_body(const struct http_exchange *x, size_t *ret_len);

/// The body as a form, by its Content-Type (urlencoded or multipart); parsed once. FORM_WRONG_TYPE
/// for others.
enum form_fault http_form(struct http_exchange *x, const struct form **ret_form);

/// A place for the web layer's own per-request state (session, unit); NULL at first.
void http_set_data(struct http_exchange *x, void *data);
void *http_data(const struct http_exchange *x);

// ---- the response

void http_status(struct http_exchange *x, int status); // 200 until set
/// Sets or replaces. Control characters in name or value are a bug (ensure). `name` may be literal
/// or arena.
void http_set_header(struct http_exchange *x, const char *name, const char *value);
/// Content-Type; "text/html; charset=utf-8" until set.
void http_content_type(struct http_exchange *x, const char *type);
struct buf *http_out(struct http_exchange *x);

struct http_cookie {
    const char *name, *value; // token characters only (ensure)
    long max_age_s;           // 0: until the browser closes; negative: delete
    bool secure, strict;      // SameSite Strict instead of Lax. Always HttpOnly and Path=/
};
void http_set_cookie(struct http_exchange *x, const struct http_cookie *cookie);

/// Empty body, Location; `where` must be a local path beginning with a single '/' (ensure): never
/// an open redirect.
enum http_next http_redirect(struct http_exchange *x, int status, const char *where);

/// The status with the page that config.render_error makes of it; drops what http_out holds.
enum http_next http_error(struct http_exchange *x, int status);

/// Bytes made once and sent to many (http/shared.h); handles If-None-Match and Accept-Encoding.
enum http_next http_send_shared(struct http_exchange *x, struct http_shared *shared);

// ---- asynchrony

/// The response comes later. Nobody but the finisher touches x from now on.
enum http_next http_defer(struct http_exchange *x);
/// From any thread, also before the handler has returned, exactly once. A client that left is no
/// trouble.
void http_finish(struct http_exchange *x);

/// Runs fn on a worker thread, then sends (or fn itself defers). 503 with Retry-After when the
/// queue is full.
enum http_next http_offload(struct http_exchange *x,
                            enum http_next (*fn)(struct http_exchange *x, void *arg), void *arg);

#endif
