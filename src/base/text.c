// SPDX-License-Identifier: AGPL-3.0-or-later
// Checking, cleaning and comparing Vietnamese text over utf8proc. Never rewrites a word: what it
// drops cannot be seen, what it folds is a copy for searching and sorting.
#include "base/text.h"

#include <string.h>
#include <utf8proc.h>
#include "base/arena.h"
#include "base/buf.h"

// The longest canonical decomposition of one character has four: the bound below loses nothing.
enum { MOST_PARTS = 4, PARTS_ROOM = 32 };

/// Growable code points in an arena, sized once: every step below shrinks or stays.
struct points {
    int32_t *at;
    size_t count;
};

size_t text_utf8_prefix(const char *bytes, size_t len)
{
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)bytes;
    utf8proc_int32_t c;
    size_t left = len;
    while (left > 0) {
        utf8proc_ssize_t used = utf8proc_iterate(at, (utf8proc_ssize_t)left, &c);
        if (used <= 0) break;
        at += used;
        left -= (size_t)used;
    }
    return len - left;
}

bool text_is_utf8(const char *bytes, size_t len)
{
    return text_utf8_prefix(bytes, len) == len;
}

/// The next character of valid UTF-8, 0 at the end; *text moves on.
static int32_t next_point(const char **text)
{
    utf8proc_int32_t c;
    if (**text == 0) return 0;
    utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)*text, -1, &c);
    ensure(used > 0);
    *text += used;
    return c;
}

size_t text_prefix(const char *text, size_t chars)
{
    const char *at = text;
    while (chars > 0 && next_point(&at) != 0)
        chars--;
    return (size_t)(at - text);
}

size_t text_length(const char *text)
{
    size_t count = 0;
    while (next_point(&text) != 0)
        count++;
    return count;
}

static void put_point(struct buf *buf, int32_t c)
{
    utf8proc_uint8_t bytes[4];
    utf8proc_ssize_t len = utf8proc_encode_char(c, bytes);
    buf_put(buf, bytes, (size_t)len);
}

static const char *finish(struct arena *arena, const struct buf *buf)
{
    return arena_strndup(arena, buf_text(buf), buf->len);
}

// --- cleaning

struct range {
    int32_t first, last;
};

static bool in_ranges(int32_t c, const struct range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (c >= ranges[i].first && c <= ranges[i].last) return true;
    return false;
}

/// Controls, bidi embeddings, overrides and isolates, and noncharacters (XML, hence DOCX, cannot
/// hold them).
static bool is_refused(int32_t c)
{
    static const struct range refused[] = {
        {0x00, 0x08},     {0x0b, 0x0c},     {0x0e, 0x1f},     {0x7f, 0x9f},
        {0x202a, 0x202e}, {0x2066, 0x2069}, {0xfdd0, 0xfdef},
    };
    return in_ranges(c, refused, ARRAY_LEN(refused)) || (c & 0xfffe) == 0xfffe;
}

/// Takes no room and shows nothing: soft hyphen, joiners, direction marks, BOM, annotation and tag
/// characters.
static bool is_invisible(int32_t c)
{
    static const struct range invisible[] = {
        {0xad, 0xad},     {0x61c, 0x61c},   {0x180e, 0x180e}, {0x200b, 0x200f},   {0x2060, 0x2064},
        {0x206a, 0x206f}, {0xfeff, 0xfeff}, {0xfff9, 0xfffb}, {0xe0000, 0xe007f},
    };
    return in_ranges(c, invisible, ARRAY_LEN(invisible));
}

static bool is_line_end(int32_t c)
{
    return c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029;
}

static bool is_space(int32_t c)
{
    return c == ' ' || c == '\t' || utf8proc_category(c) == UTF8PROC_CATEGORY_ZS;
}

/// Keeps what is seen. Space and line end become ' ' and '\n', one line's runs a single ' '; no
/// space is kept at the start. Stops early once the result must be longer than `most`.
static enum text_fault filter(const char *bytes, size_t len, enum text_lines lines, size_t most,
                              struct points *out)
{
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)bytes;
    bool one = lines == TEXT_ONE_LINE, after_cr = false;
    size_t trimmed = 0; // count without white space at the end
    enum text_fault fault = TEXT_OK;
    utf8proc_int32_t c;
    for (size_t left = len; left > 0;) {
        utf8proc_ssize_t used = utf8proc_iterate(at, (utf8proc_ssize_t)left, &c);
        if (used <= 0) return TEXT_BAD_ENCODING;
        at += used;
        left -= (size_t)used;
        bool second_half = after_cr && c == '\n';
        after_cr = c == '\r';
        if (second_half || is_invisible(c)) continue;
        bool end = is_line_end(c), white = end || is_space(c);
        if (is_refused(c)) fault = TEXT_CONTROL;
        if (fault != TEXT_OK || (white && out->count == 0)) continue;
        if (white && one && out->at[out->count - 1] == ' ') continue;
        out->at[out->count++] = end && !one ? '\n' : white ? ' ' : c;
        if (!white) trimmed = out->count;
    }
    out->count = trimmed;
    if (fault == TEXT_OK && trimmed > most) fault = TEXT_TOO_LONG;
    return fault;
}

static struct points decompose(struct arena *arena, struct points in, int options)
{
    struct points out = {.at = arena_array(arena, int32_t, in.count * MOST_PARTS + 1)};
    for (size_t i = 0; i < in.count; i++) {
        int boundary = 0;
        utf8proc_ssize_t n =
            utf8proc_decompose_char(in.at[i], out.at + out.count, MOST_PARTS, options, &boundary);
        ensure(n >= 0 && n <= MOST_PARTS);
        out.count += (size_t)n;
    }
    return out;
}

static int combining_class(int32_t c)
{
    return (int)utf8proc_get_property(c)->combining_class;
}

/// Canonical order of one run of marks by counting: utf8proc's own exchange sort is quadratic, and
/// a stranger chooses the input.
static void order_run(int32_t *run, size_t count, int32_t *spare)
{
    size_t starts[257] = {0};
    for (size_t i = 0; i < count; i++)
        starts[combining_class(run[i]) + 1]++;
    for (size_t i = 1; i < ARRAY_LEN(starts); i++)
        starts[i] += starts[i - 1];
    for (size_t i = 0; i < count; i++)
        spare[starts[combining_class(run[i])]++] = run[i];
    memcpy(run, spare, count * sizeof(*run));
}

static void order_marks(struct arena *arena, struct points points)
{
    int32_t *spare = NULL;
    for (size_t i = 0; i < points.count;) {
        size_t first = i;
        while (i < points.count && combining_class(points.at[i]) != 0)
            i++;
        if (i - first > 1) {
            if (spare == NULL) spare = arena_array(arena, int32_t, points.count);
            order_run(points.at + first, i - first, spare);
        }
        if (i == first) i++;
    }
}

static struct points normalize(struct arena *arena, struct points points)
{
    points = decompose(arena, points, UTF8PROC_DECOMPOSE | UTF8PROC_STABLE);
    order_marks(arena, points);
    utf8proc_ssize_t count = utf8proc_normalize_utf32(points.at, (utf8proc_ssize_t)points.count,
                                                      UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    ensure(count >= 0);
    points.count = (size_t)count;
    return points;
}

enum text_fault text_clean(struct arena *arena, const char *bytes, size_t len,
                           enum text_lines lines, size_t max_chars, const char **ret_text)
{
    size_t most = max_chars > SIZE_MAX / MOST_PARTS ? SIZE_MAX : max_chars * MOST_PARTS;
    ARENA work = {0};
    struct points points = {.at = arena_array(&work, int32_t, len + 1)};
    enum text_fault fault = filter(bytes, len, lines, most, &points);
    if (fault != TEXT_OK) return fault;
    points = normalize(&work, points);
    if (points.count > max_chars) return TEXT_TOO_LONG;
    BUF out = {0};
    buf_reserve(&out, points.count);
    for (size_t i = 0; i < points.count; i++)
        put_point(&out, points.at[i]);
    *ret_text = finish(arena, &out);
    return TEXT_OK;
}

// --- folding

static bool is_letter_or_digit(int32_t c)
{
    utf8proc_category_t category = utf8proc_category(c);
    return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
           (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

static bool is_mark(int32_t c)
{
    utf8proc_category_t category = utf8proc_category(c);
    return category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME;
}

/// đ has no decomposition; ð and ɖ are what old fonts leave in its place.
static int32_t fold_d(int32_t c)
{
    return c == 0x111 || c == 0xf0 || c == 0x256 ? 'd' : c;
}

const char *text_fold(struct arena *arena, const char *text)
{
    const utf8proc_option_t options = UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD;
    BUF out = {0};
    bool space = false;
    for (int32_t c; (c = next_point(&text)) != 0;) {
        int32_t parts[PARTS_ROOM];
        int boundary = 0;
        utf8proc_ssize_t n = utf8proc_decompose_char(c, parts, PARTS_ROOM, options, &boundary);
        if (n > PARTS_ROOM) n = PARTS_ROOM;
        for (utf8proc_ssize_t i = 0; i < n; i++) {
            if (is_mark(parts[i]) || is_invisible(parts[i])) continue;
            bool kept = is_letter_or_digit(parts[i]);
            if (kept && space && out.len > 0) buf_putc(&out, ' ');
            if (kept) put_point(&out, fold_d(parts[i]));
            space = !kept;
        }
    }
    return finish(arena, &out);
}

// --- dictionary order

/// Letters of the Vietnamese alphabet that are more than a Latin letter, by base and mark.
static const struct vi_letter {
    int32_t base, mark;
    unsigned char after; // 0: the letter itself, 1 and 2: right behind it
} vi_letters[] = {
    {'a', 0x306, 1}, {'a', 0x302, 2}, {'e', 0x302, 1},
    {'o', 0x302, 1}, {'o', 0x31b, 2}, {'u', 0x31b, 1},
};

/// In the order of the dictionary: huyền, hỏi, ngã, sắc, nặng.
static const int32_t vi_tones[] = {0x300, 0x309, 0x303, 0x301, 0x323};

// Bytes of a key: all at least 2, so that LEVEL_END is below them and none is NUL.
enum {
    LEVEL_END = 1,
    KEY_SPACE = 2,
    KEY_SIGN = 3,
    KEY_DIGIT = 36,
    KEY_LETTER = 48, // 26 letters, three places each
    KEY_PLAIN = 2,   // no tone; lower case
    KEY_OTHER_MARK = 9,
    KEY_UPPER = 3,
};

/// One letter while its marks arrive.
struct key_letter {
    int32_t base;
    unsigned char after, tone, upper;
};

struct key_levels {
    struct buf primary, tones, cases;
};

static void key_add_mark(struct key_letter *letter, int32_t mark)
{
    for (size_t i = 0; i < ARRAY_LEN(vi_tones); i++) {
        if (vi_tones[i] != mark) continue;
        letter->tone = (unsigned char)(KEY_PLAIN + 1 + i);
        return;
    }
    for (size_t i = 0; i < ARRAY_LEN(vi_letters); i++) {
        if (vi_letters[i].base != letter->base || vi_letters[i].mark != mark) continue;
        letter->after = vi_letters[i].after;
        return;
    }
    letter->tone = KEY_OTHER_MARK;
}

static void key_put_primary(struct buf *primary, const struct key_letter *letter)
{
    static const char signs[] =
        "_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$"; // as ICU's root order has them
    const char *sign;
    int32_t c = letter->base;
    if (c >= 'a' && c <= 'z')
        buf_putc(primary, (char)(KEY_LETTER + (c - 'a') * 3 + letter->after));
    else if (c >= '0' && c <= '9')
        buf_putc(primary, (char)(KEY_DIGIT + c - '0'));
    else if (c == ' ' || c == '\n')
        buf_putc(primary, KEY_SPACE);
    else if ((sign = c < 0x80 ? strchr(signs, c) : NULL) != NULL)
        buf_putc(primary, (char)(KEY_SIGN + (sign - signs)));
    else
        put_point(primary, c);
}

static void key_put_letter(struct key_levels *levels, const struct key_letter *letter)
{
    if (letter->base == 0) return;
    key_put_primary(&levels->primary, letter);
    buf_putc(&levels->tones, (char)letter->tone);
    buf_putc(&levels->cases, (char)letter->upper);
}

static struct key_letter key_letter_of(int32_t c)
{
    int32_t lower = utf8proc_tolower(c);
    struct key_letter letter = {.base = lower, .tone = KEY_PLAIN, .upper = KEY_PLAIN};
    if (lower != c) letter.upper = KEY_UPPER;
    if (lower == 0x111) letter = (struct key_letter){'d', 1, KEY_PLAIN, letter.upper};
    return letter;
}

/// Appends letters, LEVEL_END, tones, LEVEL_END, cases of text[0, len).
static void key_put(struct buf *key, const char *text, size_t len)
{
    struct key_levels levels = {0};
    struct key_letter letter = {0};
    for (const char *end = text + len; text < end;) {
        int32_t c = next_point(&text), parts[PARTS_ROOM];
        if (c == 0) break;
        int boundary = 0;
        utf8proc_ssize_t n =
            utf8proc_decompose_char(c, parts, PARTS_ROOM, UTF8PROC_DECOMPOSE, &boundary);
        for (utf8proc_ssize_t i = 0; i < n && i < PARTS_ROOM; i++) {
            if (letter.base != 0 && is_mark(parts[i])) {
                key_add_mark(&letter, parts[i]);
                continue;
            }
            key_put_letter(&levels, &letter);
            letter = key_letter_of(parts[i]);
        }
    }
    key_put_letter(&levels, &letter);
    buf_put(key, buf_text(&levels.primary), levels.primary.len);
    buf_putc(key, LEVEL_END);
    buf_put(key, buf_text(&levels.tones), levels.tones.len);
    buf_putc(key, LEVEL_END);
    buf_put(key, buf_text(&levels.cases), levels.cases.len);
    buf_done(&levels.primary);
    buf_done(&levels.tones);
    buf_done(&levels.cases);
}

const char *text_sort_key(struct arena *arena, const char *text)
{
    BUF key = {0};
    key_put(&key, text, strlen(text));
    return finish(arena, &key);
}

// --- names

/// The next word from *text on; false when there is none. *text moves behind it.
static bool next_word(const char **text, const char **ret_word, size_t *ret_len)
{
    const char *word = *text + strspn(*text, " ");
    size_t len = strcspn(word, " ");
    if (len == 0) return false;
    *text = word + len;
    *ret_word = word;
    *ret_len = len;
    return true;
}

const char *text_name_key(struct arena *arena, const char *name)
{
    const char *word, *family = NULL, *middle = NULL, *given = NULL;
    size_t len, family_len = 0, given_len = 0;
    for (const char *at = name; next_word(&at, &word, &len);) {
        if (given != NULL && family == NULL)
            family = given, family_len = given_len;
        else if (given != NULL && middle == NULL)
            middle = given;
        given = word;
        given_len = len;
    }
    BUF key = {0};
    if (given != NULL) key_put(&key, given, given_len);
    buf_putc(&key, LEVEL_END);
    if (middle != NULL) {
        while (given > middle && given[-1] == ' ')
            given--;
        key_put(&key, middle, (size_t)(given - middle));
    }
    buf_putc(&key, LEVEL_END);
    if (family != NULL) key_put(&key, family, family_len);
    return finish(arena, &key);
}

const char *text_initials(struct arena *arena, const char *name)
{
    BUF out = {0};
    bool wanted = true;
    for (int32_t c; (c = next_point(&name)) != 0;) {
        if (is_space(c) || is_line_end(c)) {
            wanted = true;
        } else if (wanted && is_letter_or_digit(c)) {
            put_point(&out, utf8proc_toupper(c));
            buf_putc(&out, '.');
            wanted = false;
        }
    }
    return finish(arena, &out);
}

const char *text_capital(struct arena *arena, const char *text)
{
    BUF out = {0};
    int32_t first = next_point(&text);
    if (first != 0) put_point(&out, utf8proc_toupper(first));
    buf_puts(&out, text);
    return finish(arena, &out);
}

const char *text_number(struct arena *arena, int64_t value)
{
    char digits[32];
    int count = snprintf(digits, sizeof(digits), "%lld", (long long)value);
    BUF out = {0};
    for (int i = 0; i < count; i++) {
        bool first = i == 0 || digits[i - 1] == '-';
        if (!first && (count - i) % 3 == 0) buf_putc(&out, '.');
        buf_putc(&out, digits[i]);
    }
    return finish(arena, &out);
}
