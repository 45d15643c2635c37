// SPDX-License-Identifier: AGPL-3.0-or-later
// Wording shared by all builders; see words.h. Decree 30/2020/NĐ-CP, Appendix I for dates and
// numbers.
#include "documents/words.h"

#include <string.h>
#include <utf8proc.h>
#include "base/buf.h"

static bool blank(const char *text)
{
    return text == NULL || text[0] == '\0';
}

const char *words_or_dots(const char *text)
{
    return blank(text) ? DOTS : text;
}

const char *words_day_or_year(struct arena *arena, int32_t day, int year)
{
    if (day_known(day)) return words_day(arena, day);
    return year > 0 ? arena_printf(arena, "ngày " DOTS " tháng " DOTS " năm %d", year)
                    : "ngày " DOTS " tháng " DOTS " năm " DOTS;
}

const char *words_day(struct arena *arena, int32_t day)
{
    if (!day_known(day)) return words_day_or_year(arena, day, 0);
    struct civil c = day_civil(day);
    return arena_printf(arena,
                        c.month < 3 ? "ngày %02d tháng %02d năm %d" : "ngày %02d tháng %d năm %d",
                        c.day, c.month, c.year);
}

const char *words_short_day(struct arena *arena, int32_t day)
{
    if (!day_known(day)) return "";
    struct civil c = day_civil(day);
    return arena_printf(arena, "%02d/%02d/%d", c.day, c.month, c.year);
}

const char *words_hour(struct arena *arena, int64_t instant_ms)
{
    if (instant_ms == 0) return DOTS " giờ " DOTS;
    int minute = (int)((instant_ms - instant_at(instant_day(instant_ms), 0, 0)) / MINUTE_MS);
    return arena_printf(arena, "%02d giờ %02d", minute / 60, minute % 60);
}

const char *words_instant(struct arena *arena, int64_t instant_ms)
{
    int32_t day = instant_ms == 0 ? DAY_NONE : instant_day(instant_ms);
    return arena_printf(arena, "%s phút, %s", words_hour(arena, instant_ms), words_day(arena, day));
}

const char *words_weekday(int32_t day)
{
    static const char *const names[] = {"thứ Hai", "thứ Ba",  "thứ Tư",  "thứ Năm",
                                        "thứ Sáu", "thứ Bảy", "Chủ nhật"};
    return names[day_weekday(day) - 1];
}

const char *words_committee(struct arena *arena, const struct doc_unit *unit)
{
    return arena_printf(arena, "UBND %s", blank(unit->kind) ? "phường" : unit->kind);
}

const char *words_name(struct arena *arena, const struct doc_person *person)
{
    if (blank(person->name)) return DOTS;
    if (person->honorific != NULL && *person->honorific == 0) return person->name;
    return arena_printf(arena, "%s %s", blank(person->honorific) ? "Ông/Bà" : person->honorific,
                        person->name);
}

const char *words_person(struct arena *arena, const struct doc_person *person)
{
    if (blank(person->name)) return words_or_dots(person->position);
    const char *name = words_name(arena, person);
    return blank(person->position) ? name : arena_printf(arena, "%s - %s", name, person->position);
}

// The text with its first (or every) letter mapped.
static const char *mapped(struct arena *arena, const char *text, bool all,
                          utf8proc_int32_t (*map)(utf8proc_int32_t))
{
    if (blank(text)) return text;
    BUF out = {0};
    const utf8proc_uint8_t *p = (const utf8proc_uint8_t *)text;
    for (bool first = true; *p != '\0'; first = false) {
        utf8proc_int32_t c = 0;
        utf8proc_ssize_t n = utf8proc_iterate(p, -1, &c);
        if (n <= 0) return text;
        utf8proc_uint8_t bytes[4];
        buf_put(&out, bytes, (size_t)utf8proc_encode_char(all || first ? map(c) : c, bytes));
        p += n;
    }
    return arena_strdup(arena, buf_text(&out));
}

const char *words_upper(struct arena *arena, const char *text)
{
    return mapped(arena, text, true, utf8proc_toupper);
}

const char *words_sentence(struct arena *arena, const char *text)
{
    return mapped(arena, text, false, utf8proc_toupper);
}

const char *words_lower_first(struct arena *arena, const char *text)
{
    return mapped(arena, text, false, utf8proc_tolower);
}

const char *words_bare(struct arena *arena, const char *text)
{
    if (text == NULL) return NULL;
    size_t len = strlen(text);
    while (len > 0 && strchr(" .;/\n\r\t", text[len - 1]) != NULL)
        len--;
    return arena_strndup(arena, text, len);
}

const char *words_share(struct arena *arena, int64_t part, int64_t whole)
{
    if (whole <= 0) return DOTS "%";
    int64_t tenths = (part * 1000 + whole / 2) / whole;
    return tenths % 10 == 0 ? arena_printf(arena, "%lld%%", (long long)(tenths / 10))
                            : arena_printf(arena, "%lld,%lld%%", (long long)(tenths / 10),
                                           (long long)(tenths % 10));
}

const char *words_duration(struct arena *arena, int seconds)
{
    int minutes = (seconds + 30) / 60;
    if (minutes < 60) return arena_printf(arena, "%d phút", minutes);
    return arena_printf(arena, "%d giờ %02d phút", minutes / 60, minutes % 60);
}

const char *words_count(struct arena *arena, int count)
{
    return arena_printf(arena, count > 0 && count < 10 ? "%02d" : "%d", count);
}
