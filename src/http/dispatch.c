// SPDX-License-Identifier: AGPL-3.0-or-later
// Guard, handler, and the answers that need no handler; deferring and finishing.
#include "http/internal.h"

static enum http_next answer_options(struct http_exchange *x)
{
    x->status = 204;
    return HTTP_DONE;
}

static void set_allow(struct http_exchange *x)
{
    static const char *const names[HTTP_METHOD_COUNT] = {
        [HTTP_GET] = "GET, HEAD, ", [HTTP_POST] = "POST, ",     [HTTP_PUT] = "PUT, ",
        [HTTP_PATCH] = "PATCH, ",   [HTTP_DELETE] = "DELETE, ",
    };
    const char *allow = "";
    for (unsigned i = 0; i < HTTP_METHOD_COUNT; i++)
        if (x->is_asterisk || (x->match.allowed & 1u << i))
            allow = arena_printf(&x->arena, "%s%s", allow, names[i]);
    http_set_header(x, "Allow", arena_printf(&x->arena, "%sOPTIONS", allow));
}

static enum http_next run_handler(struct http_exchange *x)
{
    const struct http_config *config = &x->server->config;
    enum http_next next = config->guard == NULL ? HTTP_CONTINUE : config->guard(x, config->ctx);
    if (next == HTTP_CONTINUE) next = x->match.route->handler(x, config->ctx);
    ensure(next != HTTP_CONTINUE);
    return next;
}

enum http_next exchange_dispatch(struct http_exchange *x)
{
    if (atomic_load(&x->server->closing)) {
        x->close = true;
        return http_error(x, 503);
    }
    if (x->refuse != 0) {
        x->close = x->refuse == 400; // nothing more is expected of who writes like that
        return http_error(x, x->refuse);
    }
    if (x->is_asterisk || (x->is_options && x->match.allowed != 0)) {
        set_allow(x);
        return answer_options(x);
    }
    if (x->match.allowed == 0) return http_error(x, 404);
    if (x->match.route == NULL) {
        set_allow(x);
        return http_error(x, 405);
    }
    return run_handler(x);
}

enum http_next http_error(struct http_exchange *x, int status)
{
    const struct http_config *config = &x->server->config;
    http_status(x, status);
    buf_clear(&x->out);
    http_shared_unref(x->shared);
    x->shared = NULL;
    if (config->render_error != NULL) config->render_error(x, status, config->ctx);
    if (x->out.len > 0) return HTTP_DONE;
    http_content_type(x, "text/plain; charset=utf-8");
    buf_printf(&x->out, "Lỗi %d\n", status);
    return HTTP_DONE;
}

enum http_next http_send_shared(struct http_exchange *x, struct http_shared *shared)
{
    ensure(x->headers == NULL && x->out.len == 0); // its head was made once, too
    struct http_shared *before = x->shared;
    x->shared = http_shared_ref(shared);
    http_shared_unref(before);
    return HTTP_DONE;
}

// Suspends first: from then on http_finish may come at any moment, even before this returns.
enum http_next http_defer(struct http_exchange *x)
{
    if (x->deferred) return HTTP_DEFERRED; // on a worker: it already is
    x->deferred = true;
    atomic_fetch_add(&x->server->deferred, 1);
    MHD_suspend_connection(x->mhd);
    return HTTP_DEFERRED;
}

void http_finish(struct http_exchange *x)
{
    struct MHD_Connection *mhd = x->mhd;
    ensure(x->deferred);
    ensure(!atomic_exchange(&x->finished, true));
    MHD_resume_connection(mhd);
}

enum http_next http_offload(struct http_exchange *x,
                            enum http_next (*fn)(struct http_exchange *x, void *arg), void *arg)
{
    ensure(!x->deferred);
    // x may be finished before workers_put returns, so nothing of it is touched after a success.
    http_defer(x);
    if (workers_put(x->server->workers, x, fn, arg)) return HTTP_DEFERRED;
    http_set_header(x, "Retry-After", "2");
    http_error(x, 503);
    http_finish(x);
    return HTTP_DEFERRED;
}
