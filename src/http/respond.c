// SPDX-License-Identifier: AGPL-3.0-or-later
// From the exchange to the library's response.
#include <strings.h>

#include "http/internal.h"

bool response_header_is_ours(const char *name)
{
    static const char *const ours[] = {"Content-Length", "Transfer-Encoding", "Connection", "Date",
                                       "Content-Type"};
    for (size_t i = 0; i < ARRAY_LEN(ours); i++)
        if (strcasecmp(name, ours[i]) == 0) return true;
    return false;
}

static bool page_has_set(const struct http_exchange *x, const char *name)
{
    for (const struct response_header *header = x->headers; header != NULL; header = header->next)
        if (strcasecmp(header->name, name) == 0) return true;
    return false;
}

static void add_header(struct MHD_Response *response, const char *name, const char *value)
{
    ensure(MHD_add_response_header(response, name, value) == MHD_YES);
}

static void add_headers(const struct http_exchange *x, struct MHD_Response *response)
{
    const struct http_header *defaults = x->server->config.headers;
    for (; defaults != NULL && defaults->name != NULL; defaults++)
        if (!page_has_set(x, defaults->name)) add_header(response, defaults->name, defaults->value);
    for (const struct response_header *header = x->headers; header != NULL; header = header->next)
        add_header(response, header->name, header->value);
    if (x->close) add_header(response, "Connection", "close");
}

static struct MHD_Response *dynamic_response(struct http_exchange *x)
{
    struct MHD_Response *response;
    if (x->out.len == 0) {
        response = MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
        ensure(response != NULL);
    } else {
        // The library frees what the buffer allocated.
        response = MHD_create_response_from_buffer(x->out.len, x->out.data, MHD_RESPMEM_MUST_FREE);
        ensure(response != NULL);
        x->out = (struct buf){0};
        add_header(response, "Content-Type", x->content_type);
    }
    add_headers(x, response);
    return response;
}

// The stream outlives the exchange, which is given back right away: a waiting phone costs no page's
// memory.
static enum MHD_Result respond_stream(struct http_exchange *x)
{
    struct http_stream *stream = x->stream;
    ensure(stream_is_started(stream));
    struct MHD_Response *response = stream_response(stream);
    add_headers(x, response);
    x->conn->stream = stream;
    x->stream = NULL;
    conn_enter(x->conn, CONN_STREAM);
    enum MHD_Result result = MHD_queue_response(x->mhd, 200, response);
    MHD_destroy_response(response);
    return result;
}

enum MHD_Result exchange_respond(struct http_exchange *x)
{
    if (x->stream != NULL) return respond_stream(x);
    conn_enter(x->conn, CONN_SEND);
    if (x->shared != NULL) {
        int status;
        struct MHD_Response *shared = shared_choose(x->shared, x, &status);
        return MHD_queue_response(x->mhd, (unsigned)status, shared);
    }
    struct MHD_Response *response = dynamic_response(x);
    enum MHD_Result result = MHD_queue_response(x->mhd, (unsigned)x->status, response);
    MHD_destroy_response(response);
    return result;
}
