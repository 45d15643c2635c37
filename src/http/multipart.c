// SPDX-License-Identifier: AGPL-3.0-or-later
// multipart/form-data as browsers send it (RFC 7578), and nothing else: what deviates is refused,
// so that what we read is what anybody in front of us reads.
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "http/form_build.h"

enum { BOUNDARY_MAX = 70, PART_HEADERS_MAX = 4, PART_HEADER_BYTES = 1024 };

struct scan {
    const char *at, *end;
    char delimiter[BOUNDARY_MAX + 5]; // CR LF - - boundary
    size_t delimiter_len;
};

static bool boundary_char(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c != '\0' && strchr("'()+_,-./:=? ", c) != NULL);
}

static bool boundary_take(struct scan *scan, const char *content_type)
{
    const char *at = strcasestr(content_type, "boundary=");
    if (at == NULL) return false;
    at += strlen("boundary=");
    bool quoted = *at == '"';
    at += quoted;
    size_t len = strcspn(at, quoted ? "\"" : "; \t");
    if (len == 0 || len > BOUNDARY_MAX || at[len - 1] == ' ') return false;
    for (size_t i = 0; i < len; i++)
        if (!boundary_char(at[i])) return false;
    memcpy(scan->delimiter, "\r\n--", 4);
    memcpy(scan->delimiter + 4, at, len);
    scan->delimiter_len = len + 4;
    return true;
}

static bool take(struct scan *scan, const char *text, size_t len)
{
    if ((size_t)(scan->end - scan->at) < len || memcmp(scan->at, text, len) != 0) return false;
    scan->at += len;
    return true;
}

// The value of `key` in `; key="value"` pairs; browsers escape '"' in names as %22, and old ones as
// \".
static char *disposition_value(struct arena *arena, const char *line, const char *key)
{
    size_t key_len = strlen(key);
    for (const char *at = strchr(line, ';'); at != NULL; at = strchr(at, ';')) {
        at += 1 + strspn(at + 1, " \t");
        bool ours =
            strncasecmp(at, key, key_len) == 0 && at[key_len] == '=' && at[key_len + 1] == '"';
        const char *open = strchr(at, '"');
        if (open == NULL) return NULL;
        char *out = arena_alloc(arena, strlen(open)), *put = out;
        const char *p = open + 1;
        for (; *p != '\0' && *p != '"'; p++) {
            if (*p == '\\' && p[1] == '"') p++;
            *put++ = *p;
        }
        if (*p == '\0') return NULL;
        *put = '\0';
        if (ours) return out;
        at = p + 1;
    }
    return NULL;
}

// Some browsers send a whole path; only its last part names the file, and a hostile one is cut the
// same way.
static const char *file_base_name(const char *path)
{
    const char *slash = strrchr(path, '/'), *back = strrchr(path, '\\');
    if (slash == NULL || (back != NULL && back > slash)) slash = back;
    return slash == NULL ? path : slash + 1;
}

static enum form_fault part_header(struct arena *arena, const char *line, struct form_field *field)
{
    if (strncasecmp(line, "Content-Disposition:", 20) == 0) {
        const char *value = line + 20 + strspn(line + 20, " \t");
        if (field->name != NULL || strncasecmp(value, "form-data", 9) != 0 || value[9] != ';')
            return FORM_MALFORMED;
        field->name = disposition_value(arena, value, "name");
        const char *file = disposition_value(arena, value, "filename");
        if (field->name == NULL) return FORM_MALFORMED;
        if (strlen(field->name) > FORM_LIMITS.name_bytes) return FORM_TOO_LONG;
        if (file != NULL) field->file_name = file_base_name(file);
    } else if (strncasecmp(line, "Content-Type:", 13) == 0) {
        if (field->type != NULL) return FORM_MALFORMED;
        field->type = line + 13 + strspn(line + 13, " \t");
    } else if (strncasecmp(line, "Content-Transfer-Encoding:", 26) == 0) {
        return FORM_MALFORMED;
    }
    return FORM_OK;
}

static enum form_fault part_headers(struct arena *arena, struct scan *scan,
                                    struct form_field *field)
{
    for (int lines = 0;; lines++) {
        if (take(scan, "\r\n", 2)) break;
        if (lines == PART_HEADERS_MAX) return FORM_TOO_MANY;
        const char *end = memmem(scan->at, (size_t)(scan->end - scan->at), "\r\n", 2);
        if (end == NULL) return FORM_MALFORMED;
        size_t len = (size_t)(end - scan->at);
        if (len > PART_HEADER_BYTES) return FORM_TOO_LONG;
        for (size_t i = 0; i < len; i++)
            if (((unsigned char)scan->at[i] < 0x20 && scan->at[i] != '\t') || scan->at[i] == 0x7f)
                return FORM_MALFORMED;
        enum form_fault fault = part_header(arena, arena_strndup(arena, scan->at, len), field);
        if (fault != FORM_OK) return fault;
        scan->at = end + 2;
    }
    return field->name == NULL ? FORM_MALFORMED : FORM_OK;
}

static enum form_fault part_parse(struct arena *arena, struct scan *scan,
                                  struct form_builder *builder)
{
    if (builder->form.count >= FORM_LIMITS.fields) return FORM_TOO_MANY;
    struct form_field part = {0};
    enum form_fault fault = part_headers(arena, scan, &part);
    if (fault != FORM_OK) return fault;
    // An empty part: its delimiter begins with the CRLF that ended the headers.
    const char *from = scan->at;
    const char *end =
        memmem(from - 2, (size_t)(scan->end - from) + 2, scan->delimiter, scan->delimiter_len);
    if (end == NULL) return FORM_MALFORMED;
    part.len = end < from ? 0 : (size_t)(end - from);
    part.value = from;
    if (part.file_name == NULL) {
        char *copy = arena_alloc(arena, part.len + 1);
        memcpy(copy, from, part.len);
        part.value = copy;
        part.type = NULL;
    } else if (part.type == NULL) {
        part.type = "application/octet-stream";
    }
    scan->at = end + scan->delimiter_len;
    *form_append(arena, builder) = part;
    return FORM_OK;
}

enum form_fault form_parse_multipart(struct arena *arena, const char *content_type,
                                     const char *bytes, size_t len, struct form *ret_form)
{
    struct scan scan = {.at = bytes, .end = bytes + len};
    struct form_builder builder = {0};
    builder.tail = &builder.form.first;
    if (strncasecmp(content_type, "multipart/form-data", 19) != 0) return FORM_WRONG_TYPE;
    if (!boundary_take(&scan, content_type)) return FORM_MALFORMED;
    if (!take(&scan, scan.delimiter + 2, scan.delimiter_len - 2)) return FORM_MALFORMED;
    while (!take(&scan, "--", 2)) {
        if (!take(&scan, "\r\n", 2)) return FORM_MALFORMED;
        enum form_fault fault = part_parse(arena, &scan, &builder);
        if (fault != FORM_OK) return fault;
    }
    for (; scan.at < scan.end; scan.at++)
        if (strchr(" \t\r\n", *scan.at) == NULL || *scan.at == '\0') return FORM_MALFORMED;
    *ret_form = builder.form;
    return FORM_OK;
}
