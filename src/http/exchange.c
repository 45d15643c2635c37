// SPDX-License-Identifier: AGPL-3.0-or-later
// What a page may ask and say: the functions of http.h that only read or fill the exchange.
#include <strings.h>

#include "http/internal.h"

enum { SPARE_EXCHANGES = 64 };

struct http_exchange *exchange_new(struct http_server *server, struct MHD_Connection *mhd,
                                   const char *target)
{
    pthread_mutex_lock(&server->pool_lock);
    struct http_exchange *x = server->spare;
    if (x != NULL) {
        server->spare = x->next_spare;
        server->spare_count--;
    }
    pthread_mutex_unlock(&server->pool_lock);
    if (x == NULL) x = calloc(1, sizeof(*x));
    ensure(x != NULL);
    x->server = server;
    x->mhd = mhd;
    x->conn = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
    x->conn->exchange = x;
    x->target_at = target;
    x->target_len = target == NULL ? 0 : strlen(target);
    x->target = arena_strndup(&x->arena, target == NULL ? "" : target, x->target_len);
    x->path = arena_strdup(&x->arena, "");
    x->host = "";
    x->status = 200;
    x->content_type = "text/html; charset=utf-8";
    atomic_fetch_add(&server->alive, 1);
    return x;
}

void exchange_settle(struct http_exchange *x)
{
    if (x->settled) return;
    x->settled = true;
    if (x->deferred) atomic_fetch_sub(&x->server->deferred, 1);
    if (x->busy) atomic_fetch_sub(&x->server->busy, 1);
}

void exchange_free(struct http_exchange *x)
{
    struct http_server *server = x->server;
    if (x->conn->exchange == x) x->conn->exchange = NULL;
    exchange_settle(x); // a client that left while its request was deferred
    if (x->stream != NULL) stream_request_done(x->stream);
    http_shared_unref(x->shared);
    buf_done(&x->body);
    buf_done(&x->out);
    arena_reset(&x->arena);
    struct arena arena = x->arena;
    *x = (struct http_exchange){.arena = arena};
    pthread_mutex_lock(&server->pool_lock);
    bool keep = server->spare_count < SPARE_EXCHANGES;
    if (keep) {
        x->next_spare = server->spare;
        server->spare = x;
        server->spare_count++;
    }
    pthread_mutex_unlock(&server->pool_lock);
    if (!keep) {
        arena_done(&x->arena);
        free(x);
    }
    atomic_fetch_sub(&server->alive, 1);
}

struct arena *http_arena(struct http_exchange *x)
{
    return &x->arena;
}

enum http_method http_method(const struct http_exchange *x)
{
    return x->method;
}

const struct http_route *http_route(const struct http_exchange *x)
{
    return x->match.route;
}

const char *http_path(const struct http_exchange *x)
{
    return x->path;
}

const char *http_target(const struct http_exchange *x)
{
    return x->target;
}

const char *http_param(const struct http_exchange *x, const char *name)
{
    for (unsigned i = 0; i < x->match.count; i++)
        if (strcmp(x->match.params[i].name, name) == 0) return x->match.params[i].value;
    ensure(!"a parameter that the route's pattern has");
    return NULL;
}

const struct form *http_query_form(const struct http_exchange *x)
{
    return &x->query;
}

const char *http_query_unreadable(const struct http_exchange *x)
{
    return x->query_unreadable;
}

const char *http_query(const struct http_exchange *x, const char *name)
{
    return form_value(&x->query, name);
}

const char *http_header(const struct http_exchange *x, const char *name)
{
    size_t len = strlen(name);
    for (unsigned i = 0; i < x->request.count; i++) {
        const struct strict_field *field = &x->request.fields[i];
        if (field->name_len == len && strncasecmp(field->name, name, len) == 0) return field->value;
    }
    return NULL;
}

static const char *cookie_in(struct arena *arena, const char *list, const char *name)
{
    size_t len = strlen(name);
    for (const char *at = list; at != NULL; at = strchr(at, ';')) {
        at += strspn(at, "; ");
        if (strncmp(at, name, len) == 0 && at[len] == '=')
            return arena_strndup(arena, at + len + 1, strcspn(at + len + 1, ";"));
    }
    return NULL;
}

static const char *cookie_name(struct http_exchange *x, const char *name)
{
    const char *suffix = x->server->config.cookie_suffix;
    return suffix == NULL ? name : arena_printf(&x->arena, "%s%s", name, suffix);
}

const char *http_cookie(struct http_exchange *x, const char *name)
{
    const char *full = cookie_name(x, name);
    for (unsigned i = 0; i < x->request.count; i++) {
        const struct strict_field *field = &x->request.fields[i];
        if (strcasecmp(field->name, "cookie") != 0) continue;
        const char *value = cookie_in(&x->arena, field->value, full);
        if (value != NULL) return value;
    }
    return NULL;
}

const char *http_host(const struct http_exchange *x)
{
    return x->host;
}

bool http_is_htmx(const struct http_exchange *x)
{
    const char *asked = http_header(x, "HX-Request");
    return asked != NULL && strcmp(asked, "true") == 0 &&
           http_header(x, "HX-History-Restore-Request") == NULL;
}

const char *http_body(const struct http_exchange *x, size_t *ret_len)
{
    *ret_len = x->body.len;
    return buf_text(&x->body);
}

enum form_fault http_form(struct http_exchange *x, const struct form **ret_form)
{
    if (!x->form_parsed) {
        const char *type = http_header(x, "Content-Type");
        const char *bytes = buf_text(&x->body);
        x->form_parsed = true;
        x->form_fault = FORM_WRONG_TYPE;
        if (type != NULL && strncasecmp(type, "multipart/form-data", 19) == 0)
            x->form_fault = form_parse_multipart(&x->arena, type, bytes, x->body.len, &x->form);
        size_t plain = strlen("application/x-www-form-urlencoded");
        if (type != NULL && strncasecmp(type, "application/x-www-form-urlencoded", plain) == 0 &&
            (type[plain] == '\0' || type[plain] == ';' || type[plain] == ' '))
            x->form_fault =
                form_parse_urlencoded(&x->arena, bytes, x->body.len, FORM_LIMITS, &x->form);
    }
    if (x->form_fault == FORM_OK) *ret_form = &x->form;
    return x->form_fault;
}

void http_set_data(struct http_exchange *x, void *data)
{
    x->data = data;
}

void *http_data(const struct http_exchange *x)
{
    return x->data;
}

void http_status(struct http_exchange *x, int status)
{
    ensure(status >= 200 && status <= 599);
    x->status = status;
}

static bool header_text_holds(const char *text)
{
    for (; *text != '\0'; text++)
        if (((unsigned char)*text < 0x20 && *text != '\t') || *text == 0x7f) return false;
    return true;
}

static void header_append(struct http_exchange *x, const char *name, const char *value)
{
    ensure(name[0] != '\0' && name[strcspn(name, ": \t\r\n")] == '\0');
    ensure(header_text_holds(name) && header_text_holds(value));
    ensure(!response_header_is_ours(name));
    struct response_header *header = arena_new(&x->arena, struct response_header);
    header->name = arena_strdup(&x->arena, name);
    header->value = arena_strdup(&x->arena, value);
    header->next = NULL;
    struct response_header **at = &x->headers;
    while (*at != NULL)
        at = &(*at)->next;
    *at = header;
}

void http_set_header(struct http_exchange *x, const char *name, const char *value)
{
    for (struct response_header **at = &x->headers; *at != NULL;) {
        if (strcasecmp((*at)->name, name) == 0) {
            *at = (*at)->next;
        } else {
            at = &(*at)->next;
        }
    }
    header_append(x, name, value);
}

void http_content_type(struct http_exchange *x, const char *type)
{
    ensure(header_text_holds(type));
    x->content_type = arena_strdup(&x->arena, type);
}

struct buf *http_out(struct http_exchange *x)
{
    return &x->out;
}

static bool cookie_text_holds(const char *text)
{
    for (; *text != '\0'; text++)
        if ((unsigned char)*text <= 0x20 || (unsigned char)*text >= 0x7f || strchr("\",;\\", *text))
            return false;
    return true;
}

void http_set_cookie(struct http_exchange *x, const struct http_cookie *cookie)
{
    ensure(cookie->name[0] != '\0' && strchr(cookie->name, '=') == NULL);
    ensure(cookie_text_holds(cookie->name) && cookie_text_holds(cookie->value));
    const char *age = "";
    if (cookie->max_age_s != 0)
        age =
            arena_printf(&x->arena, "; Max-Age=%ld", cookie->max_age_s < 0 ? 0 : cookie->max_age_s);
    header_append(x, "Set-Cookie",
                  arena_printf(&x->arena, "%s=%s; Path=/%s; HttpOnly; SameSite=%s%s",
                               cookie_name(x, cookie->name), cookie->value, age,
                               cookie->strict ? "Strict" : "Lax",
                               cookie->secure ? "; Secure" : ""));
}

enum http_next http_redirect(struct http_exchange *x, int status, const char *where)
{
    ensure(where[0] == '/' && where[1] != '/' && where[1] != '\\');
    http_status(x, status);
    http_set_header(x, "Location", where);
    buf_clear(&x->out);
    return HTTP_DONE;
}
