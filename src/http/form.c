// SPDX-License-Identifier: AGPL-3.0-or-later
// Queries and urlencoded forms. The multipart half is multipart.c.
#include "http/form.h"

#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "http/form_build.h"

const struct form_limits FORM_LIMITS = {.fields = 400, .name_bytes = 100};

static int hex_value(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool form_unescape(const char *bytes, size_t len, bool plus_is_blank, char *out, size_t *ret_len)
{
    size_t put = 0;
    for (size_t i = 0; i < len; i++) {
        char c = bytes[i];
        if (c == '%') {
            if (len - i < 3) return false;
            int high = hex_value(bytes[i + 1]), low = hex_value(bytes[i + 2]);
            if (high < 0 || low < 0) return false;
            c = (char)(high * 16 + low);
            i += 2;
        } else if (c == '+' && plus_is_blank) {
            c = ' ';
        }
        out[put++] = c;
    }
    out[put] = '\0';
    *ret_len = put;
    return true;
}

bool form_name_is_clean(const char *name, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)name[i] < 0x20 || name[i] == 0x7f) return false;
    return true;
}

struct form_field *form_append(struct arena *arena, struct form_builder *builder)
{
    struct form_field *field = arena_new(arena, struct form_field);
    *builder->tail = field;
    builder->tail = &field->next;
    builder->form.count++;
    return field;
}

static enum form_fault piece_parse(struct arena *arena, struct form_builder *builder,
                                   const char *piece, size_t len, struct form_limits limits)
{
    if (builder->form.count >= limits.fields) return FORM_TOO_MANY;
    const char *equals = memchr(piece, '=', len);
    size_t name_raw = equals == NULL ? len : (size_t)(equals - piece);
    const char *value_raw = equals == NULL ? piece + len : equals + 1;
    size_t value_raw_len = (size_t)(piece + len - value_raw);
    if (name_raw > 3 * limits.name_bytes) return FORM_TOO_LONG;
    char *name = arena_alloc(arena, name_raw + 1), *value = arena_alloc(arena, value_raw_len + 1);
    size_t name_len, value_len;
    if (!form_unescape(piece, name_raw, true, name, &name_len)) return FORM_BAD_ESCAPE;
    if (!form_unescape(value_raw, value_raw_len, true, value, &value_len)) return FORM_BAD_ESCAPE;
    if (!form_name_is_clean(name, name_len)) return FORM_BAD_ESCAPE;
    if (name_len > limits.name_bytes) return FORM_TOO_LONG;
    struct form_field *field = form_append(arena, builder);
    *field = (struct form_field){.name = name, .value = value, .len = value_len};
    return FORM_OK;
}

enum form_fault form_parse_urlencoded(struct arena *arena, const char *bytes, size_t len,
                                      struct form_limits limits, struct form *ret_form)
{
    struct form_builder builder = {0};
    builder.tail = &builder.form.first;
    for (size_t at = 0; at < len;) {
        const char *amp = memchr(bytes + at, '&', len - at);
        size_t piece = amp == NULL ? len - at : (size_t)(amp - (bytes + at));
        if (piece > 0) {
            enum form_fault fault = piece_parse(arena, &builder, bytes + at, piece, limits);
            if (fault != FORM_OK) return fault;
        }
        at += piece + 1;
    }
    *ret_form = builder.form;
    return FORM_OK;
}

const struct form_field *form_find(const struct form *form, const char *name)
{
    for (const struct form_field *field = form->first; field != NULL; field = field->next)
        if (strcmp(field->name, name) == 0) return field;
    return NULL;
}

const struct form_field *form_again(const struct form_field *field)
{
    const struct form rest = {.first = field->next};
    return form_find(&rest, field->name);
}

const char *form_value(const struct form *form, const char *name)
{
    const struct form_field *field = form_find(form, name);
    return field == NULL || field->file_name != NULL ? NULL : field->value;
}
