// SPDX-License-Identifier: AGPL-3.0-or-later
// Numbers, dates and hours in Vietnamese words. Pure text in, text out; whole texts are in
// reading_text.c.
#include "domain/reading.h"

#include <string.h>
#include "base/arena.h"
#include "base/buf.h"
#include "base/day.h"
#include "base/ensure.h"

static const char *const digit_words[] = {"không", "một", "hai", "ba",  "bốn",
                                          "năm",   "sáu", "bảy", "tám", "chín"};

static void put_word(struct buf *out, const char *word)
{
    if (out->len > 0) buf_putc(out, ' ');
    buf_puts(out, word);
}

/// The unit after tens: mốt after twenty and more, tư stays bốn (both are right), lăm after ten.
static const char *unit_word(int tens, int unit)
{
    if (unit == 1 && tens >= 2) return "mốt";
    if (unit == 5 && tens >= 1) return "lăm";
    return digit_words[unit];
}

/// 1 to 999. `full`: a group after a larger one, so that 24 is "không trăm hai mươi bốn".
static void put_group(struct buf *out, int group, bool full)
{
    int hundreds = group / 100, tens = group / 10 % 10, unit = group % 10;
    if (hundreds > 0 || full) {
        put_word(out, digit_words[hundreds]);
        put_word(out, "trăm");
    }
    if (tens == 0 && unit > 0 && (hundreds > 0 || full)) put_word(out, "linh");
    if (tens == 1) put_word(out, "mười");
    if (tens > 1) {
        put_word(out, digit_words[tens]);
        put_word(out, "mươi");
    }
    if (unit > 0) put_word(out, unit_word(tens, unit));
}

/// 1 to 999,999,999 below a billion; the billions above them are a number of their own.
static void put_number(struct buf *out, uint64_t value, bool full)
{
    static const struct {
        uint64_t size;
        const char *word;
    } scales[] = {{1000000, "triệu"}, {1000, "nghìn"}, {1, NULL}};
    if (value >= 1000000000) {
        put_number(out, value / 1000000000, full);
        put_word(out, "tỷ");
        value %= 1000000000;
        full = true;
    }
    for (size_t i = 0; i < ARRAY_LEN(scales); i++) {
        int group = (int)(value / scales[i].size);
        value %= scales[i].size;
        if (group == 0) continue;
        put_group(out, group, full);
        if (scales[i].word != NULL) put_word(out, scales[i].word);
        full = true;
    }
}

const char *reading_number(struct arena *arena, int64_t value)
{
    if (value == 0) return digit_words[0];
    BUF out = {0};
    if (value < 0) put_word(&out, "âm");
    put_number(&out, value < 0 ? -(uint64_t)value : (uint64_t)value, false);
    return arena_strndup(arena, buf_text(&out), out.len);
}

const char *reading_digits(struct arena *arena, const char *text)
{
    BUF out = {0};
    bool pause = false;
    for (; *text != 0; text++) {
        bool digit = *text >= '0' && *text <= '9';
        if (digit && pause && out.len > 0) buf_putc(&out, ',');
        if (digit) put_word(&out, digit_words[*text - '0']);
        pause = !digit;
    }
    return arena_strndup(arena, buf_text(&out), out.len);
}

const char *reading_time(struct arena *arena, int hour, int minute)
{
    const char *hours = arena_printf(arena, "%s giờ", reading_number(arena, hour));
    if (minute == 0) return hours;
    return arena_printf(arena, "%s %s phút", hours, reading_number(arena, minute));
}

const char *reading_date(struct arena *arena, int32_t day)
{
    struct civil c = day_civil(day);
    return arena_printf(arena, "ngày %s%s tháng %s năm %s", c.day <= 10 ? "mùng " : "",
                        reading_number(arena, c.day),
                        c.month == 4 ? "tư" : reading_number(arena, c.month),
                        reading_number(arena, c.year));
}
