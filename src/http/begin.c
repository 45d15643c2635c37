// SPDX-License-Identifier: AGPL-3.0-or-later
// From the request's head to a row of the table: everything that can be refused before a body is
// read.
#include <strings.h>

#include "base/text.h"
#include "http/internal.h"

enum { RECORD_BYTES = 64, RESPONSE_BYTES = 2560 };
enum {
    DRAIN_BYTES = 8 * 1024 * 1024
}; // read and dropped so that the answer 413 is seen, not a reset

struct head_compare {
    const struct strict_request *request;
    unsigned at;
    bool same;
};

static enum MHD_Result compare_field(void *arg, enum MHD_ValueKind kind, const char *name,
                                     size_t name_len, const char *value, size_t value_len)
{
    struct head_compare *compare = arg;
    (void)kind;
    if (compare->at == compare->request->count) {
        compare->same = false;
        return MHD_NO;
    }
    const struct strict_field *field = &compare->request->fields[compare->at++];
    // Trailing blanks are the library's to keep and ours to leave out.
    compare->same = field->name == name && field->name_len == name_len && field->value == value &&
                    field->value_len <= value_len;
    return compare->same ? MHD_YES : MHD_NO;
}

static bool library_agrees(const struct http_exchange *x)
{
    struct head_compare compare = {&x->request, 0, true};
    MHD_get_connection_values_n(x->mhd, MHD_HEADER_KIND, compare_field, &compare);
    return compare.same && compare.at == x->request.count;
}

// Junk between two requests of a connection would make the second begin elsewhere than the first
// did; before the first nobody but its sender can be misled by it.
static bool begins_where_expected(struct http_conn *conn, const char *head)
{
    if (conn->first_head == NULL) conn->first_head = head;
    return conn->first_head == head;
}

// What is left of the connection's memory must hold the response's head. The library keeps a record
// per field and a copy of the cookies.
static bool head_fits(const struct http_exchange *x, size_t head_bytes)
{
    size_t used = head_bytes + x->request.count * RECORD_BYTES;
    for (unsigned i = 0; i < x->request.count; i++)
        if (strcasecmp(x->request.fields[i].name, "cookie") == 0)
            used += 2 * x->request.fields[i].value_len;
    return used + RESPONSE_BYTES <= x->server->config.connection_memory;
}

static int read_head(struct http_exchange *x, const char *method)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(x->mhd, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    if (info == NULL || x->target_at == NULL) return 400;
    if (!begins_where_expected(x->conn, method)) return 400;
    struct strict_head head = {method, info->header_size, x->target_at, x->target_len};
    x->request.capacity = x->server->config.max_headers;
    x->request.fields = arena_array(&x->arena, struct strict_field, x->request.capacity);
    int status = strict_check(&head, &x->request);
    if (status != 0) return status;
    if (!library_agrees(x)) return 400;
    if (!head_fits(x, info->header_size)) return 431;
    for (unsigned i = 0; i < x->request.count; i++) {
        struct strict_field *field = &x->request.fields[i];
        if (field->value[field->value_len] != '\0')
            field->value = arena_strndup(&x->arena, field->value, field->value_len);
    }
    if (x->request.host != NULL)
        x->host = arena_strndup(&x->arena, x->request.host, x->request.host_len);
    return 0;
}

static int read_method(struct http_exchange *x, const char *method)
{
    static const struct {
        const char *name;
        enum http_method method;
    } methods[] = {
        {"GET", HTTP_GET},     {"HEAD", HTTP_GET},      {"POST", HTTP_POST},   {"PUT", HTTP_PUT},
        {"PATCH", HTTP_PATCH}, {"DELETE", HTTP_DELETE}, {"OPTIONS", HTTP_GET},
    };
    x->is_options = strcmp(method, "OPTIONS") == 0;
    for (size_t i = 0; i < ARRAY_LEN(methods); i++) {
        if (strcmp(method, methods[i].name) != 0) continue;
        x->method = methods[i].method;
        return 0;
    }
    return 501;
}

// "http://host/path" means "/path", when the host is the one of the Host header.
static const char *origin_form(const struct http_exchange *x)
{
    const char *target = x->target;
    if (target[0] == '/') return target;
    size_t scheme = strncasecmp(target, "http://", 7) == 0    ? 7
                    : strncasecmp(target, "https://", 8) == 0 ? 8
                                                              : 0;
    if (scheme == 0) return NULL;
    const char *authority = target + scheme;
    size_t len = strcspn(authority, "/?");
    if (len != strlen(x->host) || strncasecmp(authority, x->host, len) != 0) return NULL;
    return authority[len] == '\0' ? "/" : authority + len;
}

static bool segment_holds(const char *segment, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)segment[i];
        if (c < 0x20 || c == 0x7f || c == '/' || c == '\\') return false;
    }
    return strcmp(segment, ".") != 0 && strcmp(segment, "..") != 0;
}

// Fills x->path and the match; false for a path that no honest client sends.
static bool read_path(struct http_exchange *x, const char *path, size_t len)
{
    const char *segments[ROUTER_SEGMENTS + 1];
    unsigned count = 0;
    bool routable = true;
    struct buf whole = {0};
    for (size_t at = 1; at < len;) {
        const char *slash = memchr(path + at, '/', len - at);
        size_t raw = slash == NULL ? len - at : (size_t)(slash - (path + at)), decoded;
        char *segment = arena_alloc(&x->arena, raw + 1);
        if (!form_unescape(path + at, raw, false, segment, &decoded) ||
            !segment_holds(segment, decoded)) {
            buf_done(&whole);
            return false;
        }
        buf_putc(&whole, '/');
        buf_put(&whole, segment, decoded);
        routable = routable && decoded > 0 && count < ROUTER_SEGMENTS;
        if (routable) segments[count++] = segment;
        at += raw + 1;
    }
    if (len == 1 || path[len - 1] == '/') buf_putc(&whole, '/');
    if (len > 1 && path[len - 1] == '/') routable = false;
    x->path = arena_strdup(&x->arena, buf_text(&whole));
    buf_done(&whole);
    if (routable) router_find(x->server->router, &x->arena, x->method, segments, count, &x->match);
    return true;
}

// The first field with a bad escape or a NUL, by a name that can be told.
static const char *find_unreadable(struct arena *arena, const char *query)
{
    for (const char *at = query; *at != '\0'; at += *at == '&') {
        size_t len = strcspn(at, "&"), name_len = strcspn(at, "=&");
        struct form one;
        bool read = form_parse_urlencoded(arena, at, len, FORM_LIMITS, &one) == FORM_OK;
        const char *from = at;
        at += len;
        if (read && (one.count == 0 || memchr(one.first->value, '\0', one.first->len) == NULL))
            continue;
        read = form_parse_urlencoded(arena, from, name_len, FORM_LIMITS, &one) == FORM_OK;
        return read && one.count == 1 && text_is_utf8(one.first->name, strlen(one.first->name))
                   ? one.first->name
                   : NULL;
    }
    return NULL;
}

static bool read_query(struct http_exchange *x, const char *mark)
{
    if (*mark == '\0') return true;
    bool read = form_parse_urlencoded(&x->arena, mark + 1, strlen(mark + 1), FORM_LIMITS,
                                      &x->query) == FORM_OK;
    for (const struct form_field *field = x->query.first; read && field != NULL;
         field = field->next)
        read = memchr(field->value, '\0', field->len) == NULL;
    if (!read) x->query_unreadable = find_unreadable(&x->arena, mark + 1);
    return read;
}

// Where the request ends is not in doubt: its body is read and dropped, and render_error says in
// a page or a problem what was wrong.
static void refuse_later(struct http_exchange *x, int status)
{
    x->drop_body = true;
    x->refuse = status;
}

static int read_target(struct http_exchange *x)
{
    if (x->target_len > x->server->config.max_target) return 414;
    if (!strict_target(x->target, x->target_len)) return 400;
    if (strcmp(x->target, "*") == 0) {
        x->is_asterisk = true;
        return x->is_options ? 0 : 400;
    }
    const char *path = origin_form(x);
    if (path == NULL) return 400;
    if (path[0] == '?') return 400;
    size_t len = strcspn(path, "?");
    if (!read_path(x, path, len) || !read_query(x, path + len)) refuse_later(x, 400);
    return 0;
}

static int read_framing(struct http_exchange *x)
{
    uint64_t length = x->request.content_length;
    if (length == 0) return 0;
    if (x->method == HTTP_GET) return 400;
    const struct http_route *route = x->match.route;
    x->body_limit =
        route != NULL && route->max_body != 0 ? route->max_body : x->server->config.max_body;
    if (length <= x->body_limit) return 0;
    if (x->request.expect || length > x->body_limit + DRAIN_BYTES) return 413;
    refuse_later(x, 413);
    return 0;
}

void exchange_begin(struct http_exchange *x, const char *method)
{
    int status = read_head(x, method);
    if (status == 0) status = read_method(x, method);
    if (status == 0) status = read_target(x);
    if (status == 0) status = read_framing(x);
    if (status == 0) return;
    x->refuse = status;
    x->close = true;
}
