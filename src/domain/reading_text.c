// SPDX-License-Identifier: AGPL-3.0-or-later
// A whole text as it is to be spoken. Left to right, the first rule that knows the place wins; what
// no rule knows is copied. It never drops a word of the announcement.
#include "domain/reading.h"

#include <string.h>
#include "base/arena.h"
#include "base/buf.h"
#include "base/day.h"
#include "base/ensure.h"
#include "base/text.h"

struct abbreviation {
    const char *word, *whole;
};

static const struct abbreviation abbreviations[] = {
    {"ANTT", "an ninh trật tự"},
    {"BCH", "Ban Chấp hành"},
    {"BHXH", "bảo hiểm xã hội"},
    {"BHYT", "bảo hiểm y tế"},
    {"BTV", "Ban Thường vụ"},
    {"CP", "Chính phủ"},
    {"ĐT", "điện thoại"},
    {"ĐU", "Đảng ủy"},
    {"HĐND", "Hội đồng nhân dân"},
    {"HTX", "hợp tác xã"},
    {"KT-XH", "kinh tế - xã hội"},
    {"MTTQ", "Mặt trận Tổ quốc"},
    {"PCT", "Phó Chủ tịch"},
    {"PCCC", "phòng cháy, chữa cháy"},
    {"SĐT", "số điện thoại"},
    {"THCS", "trung học cơ sở"},
    {"THPT", "trung học phổ thông"},
    {"TNCS", "Thanh niên Cộng sản"},
    {"TP", "thành phố"},
    {"TP.HCM", "Thành phố Hồ Chí Minh"},
    {"TPHCM", "Thành phố Hồ Chí Minh"},
    {"TTHC", "thủ tục hành chính"},
    {"UBMTTQ", "Ủy ban Mặt trận Tổ quốc"},
    {"UBND", "Ủy ban nhân dân"},
    {"VH-XH", "văn hóa - xã hội"},
    {"VP", "Văn phòng"},
};

/// Types of documents (Decree 30/2020, Appendix III): only inside a symbol, alone they could be
/// anything.
static const struct abbreviation types[] = {
    {"BB", "biên bản"},      {"BC", "báo cáo"},    {"CĐ", "công điện"},    {"CT", "chỉ thị"},
    {"CTr", "chương trình"}, {"GM", "giấy mời"},   {"HD", "hướng dẫn"},    {"KH", "kế hoạch"},
    {"NĐ", "nghị định"},     {"NQ", "nghị quyết"}, {"PC", "phiếu chuyển"}, {"QC", "quy chế"},
    {"QĐ", "quyết định"},    {"TB", "thông báo"},  {"TT", "thông tư"},     {"TTr", "tờ trình"},
};

/// Behind a number only.
static const struct abbreviation units[] = {
    {"km", "ki-lô-mét"}, {"m2", "mét vuông"}, {"m²", "mét vuông"}, {"m", "mét"},
    {"kg", "ki-lô-gam"}, {"ha", "héc-ta"},    {"đ", "đồng"},
};

static const char *find(const struct abbreviation *rows, size_t count, const char *word, size_t len)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(rows[i].word) == len && memcmp(rows[i].word, word, len) == 0)
            return rows[i].whole;
    return NULL;
}

static const char *lookup(const char *word, size_t len)
{
    return find(abbreviations, ARRAY_LEN(abbreviations), word, len);
}

const char *reading_abbreviation(const char *word)
{
    const char *whole = lookup(word, strlen(word));
    return whole != NULL ? whole : find(types, ARRAY_LEN(types), word, strlen(word));
}

// --- places in a text

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/// Part of a word: a letter of any script, a digit.
static bool is_word(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (unsigned char)c >= 0x80;
}

/// Up to `most` digits at *at, which moves on; false without any or with more.
static bool take_number(const char **at, int most, int64_t *ret_value)
{
    int64_t value = 0;
    int count = 0;
    for (; is_digit((*at)[count]); count++) {
        if (count == most) return false;
        value = value * 10 + ((*at)[count] - '0');
    }
    if (count == 0) return false;
    *at += count;
    *ret_value = value;
    return true;
}

/// A rule reads what begins at `at` into `out` and gives the bytes it used, 0 when it is not its
/// place. Rules are asked at the beginning of a word only.
typedef size_t reading_rule(struct arena *arena, const char *at, struct buf *out);

static bool ends_with(const struct buf *out, const char *tail)
{
    size_t len = strlen(tail);
    return out->len >= len && memcmp(out->data + out->len - len, tail, len) == 0;
}

/// "hẻm 12/5" is an address, "tỷ lệ 3/4" a share: no days of May or April.
static bool after_address(const struct buf *out)
{
    static const char *const words[] = {"số ",    "nhà ",  "hẻm ", "ngõ ",  "kiệt ",
                                        "ngách ", "thửa ", "tổ ",  "tỷ lệ "};
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (ends_with(out, words[i])) return true;
    return false;
}

/// "15/3/2026", "15-03-2026", "15.3.2026"; and "24/11": a day without a year.
static size_t read_date(struct arena *arena, const char *at, struct buf *out)
{
    const char *end = at;
    int64_t day, month, year;
    if (!take_number(&end, 2, &day) || (*end != '/' && *end != '-' && *end != '.')) return 0;
    char sign = *end++;
    if (!take_number(&end, 2, &month)) return 0;
    if (day < 1 || day > 31 || month < 1 || month > 12) return 0;
    bool whole = *end == sign && is_digit(end[1]);
    if (!whole) {
        // 24.11 and 24-11 are numbers and ranges; 24/11 is a day unless more follows.
        if (sign != '/' || is_word(*end) || *end == '/' || after_address(out)) return 0;
        buf_printf(out, "%s%s tháng %s", day <= 10 ? "mùng " : "", reading_number(arena, day),
                   month == 4 ? "tư" : reading_number(arena, month));
        return (size_t)(end - at);
    }
    end++;
    int32_t real = 0;
    char iso[24];
    if (!take_number(&end, 4, &year) || year < 1900 || is_word(*end)) return 0;
    snprintf(iso, sizeof(iso), "%04d-%02d-%02d", (int)year, (int)month, (int)day);
    if (!day_parse(iso, &real)) return 0;
    buf_puts(out, reading_date(arena, real) + strlen("ngày "));
    return (size_t)(end - at);
}

/// "8h30", "8h", "08:30", "8 giờ 30": the last keeps its "giờ".
static size_t read_time(struct arena *arena, const char *at, struct buf *out)
{
    const char *end = at;
    int64_t hour, minute = 0;
    if (!take_number(&end, 2, &hour) || hour > 24) return 0;
    bool colon = *end == ':',
         letter = *end == 'h' || (*end == 'g' && is_digit(end[1])); // 7g is a weight
    if (colon || letter)
        end++;
    else if (strncmp(end, " giờ ", strlen(" giờ ")) == 0 &&
             strspn(end + strlen(" giờ "), "0123456789") == 2)
        end += strlen(" giờ ");
    else
        return 0;
    const char *minutes = end;
    if (is_digit(*end) && (!take_number(&end, 2, &minute) || minute > 59)) return 0;
    if (colon && end - minutes != 2) return 0;
    if (is_word(*end) || (*end == ':' && is_digit(end[1]))) return 0;
    if (strncmp(end, " phút", strlen(" phút")) == 0) end += strlen(" phút");
    buf_puts(out, reading_time(arena, (int)hour, (int)minute));
    return (size_t)(end - at);
}

/// "0907 123 456", "0277.3851.234", "+84 907 123 456": ten or eleven digits from a 0, read one by
/// one.
static size_t read_phone(struct arena *arena, const char *at, struct buf *out)
{
    bool foreign = *at == '+';
    const char *end = at + foreign, *last = at;
    int count = 0;
    if (!foreign && *end != '0') return 0;
    for (; is_digit(*end) || ((*end == ' ' || *end == '.' || *end == '-') && is_digit(end[1]));
         end++) {
        if (!is_digit(*end)) continue;
        count++;
        last = end + 1;
    }
    if (count < 10 || count > 12 || is_word(*last)) return 0;
    if (foreign) buf_puts(out, "cộng ");
    buf_puts(out, reading_digits(
                      arena, arena_strndup(arena, at + foreign, (size_t)(last - at) - foreign)));
    return (size_t)(last - at);
}

static size_t symbol_length(const char *at)
{
    size_t len = 0;
    while (is_word(at[len]) ||
           ((at[len] == '-' || at[len] == '/') && len > 0 && is_word(at[len + 1])))
        len++;
    return len;
}

/// Whether what was read so far already says the type: "Kế hoạch số ". Types begin with an ASCII
/// letter.
static bool type_is_said(const struct buf *out, size_t until, const char *type)
{
    struct buf before = {.data = out->data, .len = until};
    if (!ends_with(&before, " ")) return false;
    before.len -= ends_with(&before, " số ") ? strlen(" số ") : 1;
    return ends_with(&before, type + 1);
}

/// One part of a symbol: an agency, the National Assembly of a term, or what nobody knows, as it
/// is.
static void put_part(struct arena *arena, struct buf *out, const char *part, size_t len)
{
    const char *whole = lookup(part, len), *term = part + 2;
    int64_t number;
    if (whole != NULL)
        buf_puts(out, whole);
    else if (len > 2 && memcmp(part, "QH", 2) == 0 && take_number(&term, 2, &number) &&
             term == part + len)
        buf_printf(out, "Quốc hội khóa %s", reading_number(arena, number));
    else
        buf_put(out, part, len);
}

/// The letters behind a document's number: " kế hoạch của Ủy ban nhân dân". A type the text has
/// said just before (at `until`, where the number began) is not said twice.
static void put_symbol(struct arena *arena, struct buf *out, size_t until, const char *symbol,
                       size_t len)
{
    bool typed = false;
    for (size_t at = 0; at < len;) {
        size_t part = 0;
        while (at + part < len && symbol[at + part] != '-' && symbol[at + part] != '/')
            part++;
        const char *type = at == 0 ? find(types, ARRAY_LEN(types), symbol, part) : NULL;
        if (type != NULL) {
            typed = true;
            if (!type_is_said(out, until, type)) buf_printf(out, ", %s", type);
        } else {
            buf_puts(out, typed ? " của " : ", ");
            typed = false;
            put_part(arena, out, symbol + at, part);
        }
        at += part + 1;
    }
}

/// "66/KH-UBND", "30/2020/NĐ-CP": number, year, then the symbol by its parts.
static size_t read_document(struct arena *arena, const char *at, struct buf *out)
{
    const char *end = at;
    int64_t number, year = 0;
    if (!take_number(&end, 6, &number) || *end != '/') return 0;
    const char *after = end + 1;
    if (take_number(&after, 4, &year) && *after == '/')
        end = after;
    else
        year = 0;
    if (!is_word(end[1]) || is_digit(end[1])) return 0;
    end++;
    size_t len = symbol_length(end), until = out->len;
    buf_puts(out, reading_number(arena, number));
    if (year != 0) buf_printf(out, ", năm %s", reading_number(arena, year));
    put_symbol(arena, out, until, end, len);
    return (size_t)(end - at) + len;
}

/// ",5" behind a whole part: "phẩy năm"; longer or with a leading zero digit by digit.
static size_t put_decimals(struct arena *arena, struct buf *out, const char *at)
{
    if (*at != ',' || !is_digit(at[1])) return 0;
    size_t len = strspn(at + 1, "0123456789");
    const char *decimals = arena_strndup(arena, at + 1, len), *digit = decimals;
    int64_t value = 0;
    bool number = *decimals != '0' && len <= 2 && take_number(&digit, 2, &value);
    buf_printf(out, " phẩy %s",
               number ? reading_number(arena, value) : reading_digits(arena, decimals));
    return 1 + len;
}

/// "%", "km", "m2" behind a number, with or without a space.
static size_t put_unit(struct buf *out, const char *at)
{
    size_t space = *at == ' ', word = 0;
    if (at[space] == '%') {
        buf_puts(out, " phần trăm");
        return space + 1;
    }
    while (is_word(at[space + word]))
        word++;
    const char *unit = word == 0 ? NULL : find(units, ARRAY_LEN(units), at + space, word);
    if (unit != NULL)
        buf_printf(out, " %s", unit);
    else if (space == 0 && word > 0)
        buf_putc(out, ' '); // "3A"
    return unit != NULL ? space + word : 0;
}

/// A count with points between thousands; 0012 is a code, read digit by digit.
static size_t read_number(struct arena *arena, const char *at, struct buf *out)
{
    const char *end = at;
    int64_t value = 0;
    int digits = 0;
    for (; is_digit(*end) || (*end == '.' && digits > 0 && strspn(end + 1, "0123456789") == 3);
         end++) {
        if (!is_digit(*end)) continue;
        if (++digits > 15) return 0;
        value = value * 10 + (*end - '0');
    }
    if (digits == 0) return 0;
    bool code = *at == '0' && digits > 2;
    buf_puts(out, code ? reading_digits(arena, arena_strndup(arena, at, (size_t)(end - at)))
                       : reading_number(arena, value));
    end += put_decimals(arena, out, end);
    return (size_t)(end - at) + put_unit(out, end);
}

/// Longest abbreviation first: "TP.HCM" before "TP"; "TP." takes its point when a name follows.
static size_t read_abbreviation(struct arena *arena, const char *at, struct buf *out)
{
    (void)arena;
    size_t word = 0, longest = 0;
    const char *whole = NULL;
    for (; is_word(at[word]) ||
           ((at[word] == '.' || at[word] == '-') && word > 0 && is_word(at[word + 1]));
         word++) {
        const char *found = is_word(at[word + 1]) ? NULL : lookup(at, word + 1);
        if (found == NULL) continue;
        longest = word + 1;
        whole = found;
    }
    if (whole == NULL) return 0;
    buf_puts(out, whole);
    bool point = at[longest] == '.' &&
                 (is_word(at[longest + 1]) || (at[longest + 1] == ' ' && longest == 2));
    if (!point) return longest;
    if (is_word(at[longest + 1])) buf_putc(out, ' ');
    return longest + 1;
}

static reading_rule *const rules[] = {read_date,     read_time,   read_phone,
                                      read_document, read_number, read_abbreviation};

static size_t read_word(struct arena *arena, const char *at, struct buf *out)
{
    for (size_t i = 0; i < ARRAY_LEN(rules); i++) {
        size_t used = rules[i](arena, at, out);
        if (used > 0) return used;
    }
    return 0;
}

/// Between two digits "-" is "đến" and "/" is "trên"; elsewhere they stay and the voice makes a
/// pause.
static const char *sign_word(const char *text, const char *at)
{
    // In "8h30-11h" and "8-10" alike a number or its unit stands before.
    if (at == text || !is_word(at[-1]) || !is_digit(at[1])) return NULL;
    if (*at == '-' && (is_digit(at[-1]) || at[-1] == 'h')) return " đến ";
    if (*at == '/' && is_digit(at[-1])) return " trên ";
    return NULL;
}

const char *reading_text(struct arena *arena, const char *text)
{
    BUF out = {0};
    for (const char *at = text; *at != 0;) {
        bool begins = at == text || !is_word(at[-1]);
        const char *sign = sign_word(text, at);
        size_t used = begins && (is_word(*at) || *at == '+') ? read_word(arena, at, &out) : 0;
        if (used > 0) {
            at += used;
        } else if (sign != NULL) {
            buf_puts(&out, sign);
            at++;
        } else {
            size_t word = 0; // the rest of a word nobody knows
            while (is_word(at[word]))
                word++;
            buf_put(&out, at, word == 0 ? 1 : word);
            at += word == 0 ? 1 : word;
        }
    }
    return arena_strndup(arena, buf_text(&out), out.len);
}
