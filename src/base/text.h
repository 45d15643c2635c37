// SPDX-License-Identifier: AGPL-3.0-or-later
// Text as people send it: UTF-8 checked, cleaned and brought to NFC on the way in; folded for
// search and sorting. A citizen's words are never rewritten beyond that.
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum text_fault {
    TEXT_OK = 0,
    TEXT_BAD_ENCODING, // not UTF-8 (overlong, surrogate, cut short)
    TEXT_CONTROL,      // NUL or another control character, or a bidi embedding, override or isolate
    TEXT_TOO_LONG,     // more than max_chars code points after cleaning
};

enum text_lines { TEXT_ONE_LINE, TEXT_MANY_LINES };

/// Accepts what phones and Word paste: BOM, zero-width characters, NFD, CRLF, no-break space, tabs.
/// Gives NFC without them, trimmed, line ends as \n (in one-line text any run of white space is one
/// space; tab is a space). *ret_text in the arena, possibly "". max_chars counts code points.
enum text_fault text_clean(struct arena *arena, const char *bytes, size_t len,
                           enum text_lines lines, size_t max_chars, const char **ret_text);

/// How many bytes from the start are UTF-8 by the standard's table; and whether all are.
size_t text_utf8_prefix(const char *bytes, size_t len);
bool text_is_utf8(const char *bytes, size_t len);

/// Code points of valid UTF-8.
size_t text_length(const char *text);

/// The bytes of the first `chars` code points (for cutting without breaking a letter).
size_t text_prefix(const char *text, size_t chars);

/// Folded for search: compatibility-decomposed, lower case, marks gone, đ -> d; every character
/// that is neither letter nor digit becomes one space; "66/KH-UBND" -> "66 kh ubnd". Words are
/// single-spaced, no space at either end. Pure ASCII for Vietnamese.
const char *text_fold(struct arena *arena, const char *text);

/// Bytes whose memcmp order is the Vietnamese dictionary order (a à ả ã á ạ ă … đ after d),
/// hex-free, NUL-terminated; `text_name_key` sorts people by given name, then middle, then family
/// name.
const char *text_sort_key(struct arena *arena, const char *text);
const char *text_name_key(struct arena *arena, const char *name);

/// "Nguyễn Văn An" -> "N.V.A." : the public form of a name.
const char *text_initials(struct arena *arena, const char *name);

/// The same text with its first letter large: "đã trả lời" -> "Đã trả lời".
const char *text_capital(struct arena *arena, const char *text);

/// For reading: 1250000 -> "1.250.000".
const char *text_number(struct arena *arena, int64_t value);

#endif
