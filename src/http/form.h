// SPDX-License-Identifier: AGPL-3.0-or-later
// Forms and queries: bytes in, ordered (name, value) fields out. Pure functions, strict, never
// guessing; what the values mean and whether they are text is base/text.h's question.
#ifndef HTTP_FORM_H
#define HTTP_FORM_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

struct form_field {
    const char *name;  // NUL-terminated, no NUL or control character inside, may be ""
    const char *value; // raw bytes; a NUL follows, except after a file
    size_t len;        // value's bytes; a value may contain NUL: text_clean() says so
    const char
        *file_name;   // multipart files alone: the last part of the name sent ("" when nothing was
    const char *type; // chosen), and the type the browser claims; otherwise NULL
    const struct form_field *next;
};

struct form {
    const struct form_field *first;
    size_t count;
};

enum form_fault {
    FORM_OK = 0,
    FORM_BAD_ESCAPE, // % without two hex digits; NUL or control character in a name
    FORM_MALFORMED,  // multipart that breaks its own rules
    FORM_TOO_MANY,   // more fields than allowed
    FORM_TOO_LONG,   // a name or a header of a part is too long
    FORM_WRONG_TYPE, // neither urlencoded nor multipart
};

struct form_limits {
    size_t fields, name_bytes;
};
extern const struct form_limits FORM_LIMITS; // 400 fields, names of 100 bytes

/// "a=1&b=x%20y+z": '+' is a blank, "a" alone is a="" and empty pieces are skipped. The result and
/// all its bytes are in the arena.
enum form_fault form_parse_urlencoded(struct arena *arena, const char *bytes, size_t len,
                                      struct form_limits limits, struct form *ret_form);

/// multipart/form-data with the boundary of content_type. Files point into `bytes`, all else is in
/// the arena. CRLF line ends, no nested multipart, no transfer encodings, nothing after the last
/// boundary but blanks.
enum form_fault form_parse_multipart(struct arena *arena, const char *content_type,
                                     const char *bytes, size_t len, struct form *ret_form);

/// First field of that name, and the next one of the same name; NULL when there is none.
const struct form_field *form_find(const struct form *form, const char *name);
const struct form_field *form_again(const struct form_field *field);

/// First value of that name, or NULL; for values where NUL and length do not matter (choices,
/// tokens).
const char *form_value(const struct form *form, const char *name);

/// Undoes %XX in `len` bytes into out (len + 1 bytes are enough, NUL is added); false on a bad
/// escape. plus_is_blank as forms do it.
bool form_unescape(const char *bytes, size_t len, bool plus_is_blank, char *out, size_t *ret_len);

#endif
