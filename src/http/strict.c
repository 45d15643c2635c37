// SPDX-License-Identifier: AGPL-3.0-or-later
// The grammar of RFC 9110 and 9112 for a request's head, without any of its leniencies.
#include "http/strict.h"

#include <string.h>
#include <strings.h>

static bool token_char(unsigned char c)
{
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) return true;
    return c != '\0' && strchr("!#$%&'*+-.^_`|~", c) != NULL;
}

static bool value_char(unsigned char c)
{
    return c == '\t' || (c >= 0x20 && c != 0x7f);
}

bool strict_target(const char *target, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)target[i];
        if (c <= 0x20 || c == 0x7f || c == '#' || c == '\\') return false;
    }
    return len > 0;
}

struct reader {
    const char *at, *end;
};

// A token and the NUL that the library put after it.
static bool read_token(struct reader *reader)
{
    const char *from = reader->at;
    while (reader->at < reader->end && token_char((unsigned char)*reader->at))
        reader->at++;
    return reader->at > from && reader->at < reader->end && *reader->at++ == '\0';
}

static bool read_line_end(struct reader *reader)
{
    if (reader->end - reader->at < 2 || reader->at[0] != '\0' || reader->at[1] != '\0')
        return false;
    reader->at += 2;
    return true;
}

static int read_request_line(const struct strict_head *head, struct reader *reader, bool *ret_1_0)
{
    if (!read_token(reader) || reader->at != head->target) return 400;
    if ((size_t)(reader->end - reader->at) < head->target_len + 1 + 8 + 2) return 400;
    reader->at += head->target_len;
    if (*reader->at++ != '\0') return 400;
    if (memcmp(reader->at, "HTTP/", 5) != 0) return 400;
    if (memcmp(reader->at, "HTTP/1.", 7) != 0) return 505;
    *ret_1_0 = reader->at[7] == '0';
    if (reader->at[7] != '0' && reader->at[7] != '1') return 505;
    reader->at += 8;
    return read_line_end(reader) ? 0 : 400;
}

static bool read_field(struct reader *reader, struct strict_field *field)
{
    field->name = reader->at;
    if (!read_token(reader)) return false;
    field->name_len = (size_t)(reader->at - field->name) - 1;
    while (reader->at < reader->end && (*reader->at == ' ' || *reader->at == '\t'))
        reader->at++;
    field->value = reader->at;
    while (reader->at < reader->end && *reader->at != '\0')
        if (!value_char((unsigned char)*reader->at++)) return false;
    field->value_len = (size_t)(reader->at - field->value);
    while (field->value_len > 0 && strchr(" \t", field->value[field->value_len - 1]) != NULL)
        field->value_len--;
    return read_line_end(reader);
}

static int read_fields(struct reader *reader, struct strict_request *request)
{
    while (!(reader->end - reader->at == 2 && read_line_end(reader))) {
        if (request->count == request->capacity) return 431;
        if (!read_field(reader, &request->fields[request->count])) return 400;
        request->count++;
    }
    return 0;
}

// host[:port] or [v6][:port], no user, nothing else.
static bool host_holds(const char *host, size_t len)
{
    size_t at = 0;
    if (len == 0 || len > 255) return false;
    if (host[0] == '[') {
        while (at < len && host[at] != ']')
            if (strchr("[0123456789abcdefABCDEF:.", host[at++]) == NULL) return false;
        if (at++ >= len || at < 4) return false;
    } else {
        while (at < len && host[at] != ':') {
            char c = host[at++];
            bool letter =
                (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letter && strchr(".-_", c) == NULL) return false;
            if (c == '.' && (at == 1 || host[at - 2] == '.')) return false;
        }
        if (at == 0) return false;
    }
    if (at == len) return true;
    if (host[at++] != ':' || len - at > 5) return false;
    for (; at < len; at++)
        if (host[at] < '0' || host[at] > '9') return false;
    return true;
}

static bool content_length_holds(const struct strict_field *field, uint64_t *ret_length)
{
    uint64_t length = 0;
    if (field->value_len == 0 || field->value_len > 18) return false;
    for (size_t i = 0; i < field->value_len; i++) {
        char c = field->value[i];
        if (c < '0' || c > '9') return false;
        length = length * 10 + (uint64_t)(c - '0');
    }
    *ret_length = length;
    return true;
}

// Fields that must not come twice: two readers could take different ones.
enum known {
    KNOWN_HOST,
    KNOWN_CONTENT_LENGTH,
    KNOWN_TRANSFER_ENCODING,
    KNOWN_EXPECT,
    KNOWN_CONTENT_ENCODING,
    KNOWN_CONTENT_TYPE,
    KNOWN_AUTHORIZATION,
    KNOWN_ORIGIN,
    KNOWN_REFERER,
    KNOWN_IF_NONE_MATCH,
    KNOWN_IDEMPOTENCY_KEY,
    KNOWN_LAST_EVENT_ID,
    KNOWN_COUNT,
};

#define KNOWN(text)            \
    {                          \
        text, sizeof(text) - 1 \
    }
static const struct {
    const char *name;
    size_t len;
} known_fields[KNOWN_COUNT] = {
    [KNOWN_HOST] = KNOWN("host"),
    [KNOWN_CONTENT_LENGTH] = KNOWN("content-length"),
    [KNOWN_TRANSFER_ENCODING] = KNOWN("transfer-encoding"),
    [KNOWN_EXPECT] = KNOWN("expect"),
    [KNOWN_CONTENT_ENCODING] = KNOWN("content-encoding"),
    [KNOWN_CONTENT_TYPE] = KNOWN("content-type"),
    [KNOWN_AUTHORIZATION] = KNOWN("authorization"),
    [KNOWN_ORIGIN] = KNOWN("origin"),
    [KNOWN_REFERER] = KNOWN("referer"),
    [KNOWN_IF_NONE_MATCH] = KNOWN("if-none-match"),
    [KNOWN_IDEMPOTENCY_KEY] = KNOWN("idempotency-key"),
    [KNOWN_LAST_EVENT_ID] = KNOWN("last-event-id"),
};

// False when one of them is there twice.
static bool find_known(const struct strict_request *request,
                       const struct strict_field *known[KNOWN_COUNT])
{
    for (unsigned i = 0; i < request->count; i++) {
        const struct strict_field *field = &request->fields[i];
        for (unsigned j = 0; j < KNOWN_COUNT; j++) {
            if (field->name_len != known_fields[j].len) continue;
            if (strncasecmp(field->name, known_fields[j].name, field->name_len) != 0) continue;
            if (known[j] != NULL) return false;
            known[j] = field;
        }
    }
    return true;
}

static bool value_is(const struct strict_field *field, const char *text)
{
    return field->value_len == strlen(text) &&
           strncasecmp(field->value, text, field->value_len) == 0;
}

// A body's length comes from one Content-Length or there is no body: chunked bodies, the home of
// request smuggling, are answered by 411 as RFC 9112 6.3 allows.
static int check_framing(struct strict_request *request, const struct strict_field *length,
                         const struct strict_field *coding)
{
    if (coding != NULL && (length != NULL || request->http_1_0)) return 400;
    if (coding != NULL) return value_is(coding, "chunked") ? 411 : 501;
    if (length != NULL && !content_length_holds(length, &request->content_length)) return 400;
    return 0;
}

static int check_fields(struct strict_request *request)
{
    const struct strict_field *known[KNOWN_COUNT] = {0};
    if (!find_known(request, known)) return 400;
    const struct strict_field *host = known[KNOWN_HOST], *expect = known[KNOWN_EXPECT];
    const struct strict_field *encoding = known[KNOWN_CONTENT_ENCODING];
    if (host == NULL && !request->http_1_0) return 400;
    if (host != NULL && !host_holds(host->value, host->value_len)) return 400;
    request->host = host == NULL ? NULL : host->value;
    request->host_len = host == NULL ? 0 : host->value_len;
    if (expect != NULL && !value_is(expect, "100-continue")) return 417;
    request->expect = expect != NULL;
    if (encoding != NULL && !value_is(encoding, "identity")) return 415;
    return check_framing(request, known[KNOWN_CONTENT_LENGTH], known[KNOWN_TRANSFER_ENCODING]);
}

int strict_check(const struct strict_head *head, struct strict_request *ret_request)
{
    struct reader reader = {head->bytes, head->bytes + head->len};
    int status = read_request_line(head, &reader, &ret_request->http_1_0);
    if (status == 0) status = read_fields(&reader, ret_request);
    return status == 0 ? check_fields(ret_request) : status;
}
