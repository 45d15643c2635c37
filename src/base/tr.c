// SPDX-License-Identifier: AGPL-3.0-or-later
// Looks messages up in the compiled catalogue and writes numbers and dates for people.
#include "base/tr.h"

#include "base/day.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static int entry_compare(const void *key, const void *entry)
{
    return strcmp(key, ((const struct tr_entry *)entry)->key);
}

static const struct tr_entry *entry_find(const char *key)
{
    return bsearch(key, tr_english, tr_english_count, sizeof(struct tr_entry), entry_compare);
}

const char *tr(enum lang lang, const char *msgid)
{
    if (lang != LANG_EN) return msgid;
    const struct tr_entry *entry = entry_find(msgid);
    return entry == NULL ? msgid : entry->one;
}

const char *trc(enum lang lang, const char *context, const char *msgid)
{
    if (lang != LANG_EN) return msgid;
    char key[512];
    int len = snprintf(key, sizeof(key), "%s\004%s", context, msgid);
    if (len < 0 || (size_t)len >= sizeof(key)) return msgid;
    const struct tr_entry *entry = entry_find(key);
    return entry == NULL ? msgid : entry->one;
}

const char *trn(enum lang lang, const char *msgid, int64_t n)
{
    if (lang != LANG_EN) return msgid;
    const struct tr_entry *entry = entry_find(msgid);
    if (entry == NULL) return msgid;
    return n == 1 || entry->many == NULL ? entry->one : entry->many;
}

const char *lang_code(enum lang lang)
{
    return lang == LANG_EN ? "en" : "vi";
}

// Browsers list languages by preference, so the first of ours wins; weights below 1 follow that
// order in practice.
enum lang lang_of(const char *accept_language)
{
    for (const char *p = accept_language; p != NULL && *p != 0;) {
        p += strspn(p, " ,\t");
        size_t len = strcspn(p, ",;- \t");
        if (len == 2 && strncasecmp(p, "vi", 2) == 0) return LANG_VI;
        if (len == 2 && strncasecmp(p, "en", 2) == 0) return LANG_EN;
        p = strchr(p, ',');
    }
    return LANG_VI;
}

const char *format_number(enum lang lang, int64_t value, char out[FORMAT_TEXT])
{
    char digits[32];
    int len = snprintf(digits, sizeof(digits), "%" PRId64, value);
    size_t o = 0;
    for (int i = 0; i < len; i++) {
        out[o++] = digits[i];
        int left = len - 1 - i;
        if (left > 0 && left % 3 == 0 && digits[i] != '-') out[o++] = lang == LANG_EN ? ',' : '.';
    }
    out[o] = 0;
    return out;
}

const char *format_day(enum lang lang, int32_t day, char out[FORMAT_TEXT])
{
    (void)lang; // day before month in both: a ward's English page must not turn 03/04 round
    struct civil c = day_civil(day);
    snprintf(out, FORMAT_TEXT, "%02d/%02d/%04d", c.day, c.month, c.year);
    return out;
}

const char *format_weekday(enum lang lang, int32_t day, char out[FORMAT_TEXT])
{
    static const char *const names[LANG_COUNT][8] = {
        [LANG_VI] = {"", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy",
                     "Chủ nhật"},
        [LANG_EN] = {"", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
                     "Sunday"},
    };
    struct civil c = day_civil(day);
    snprintf(out, FORMAT_TEXT, "%s, %02d/%02d/%04d", names[lang][day_weekday(day)], c.day, c.month,
             c.year);
    return out;
}

const char *format_long_day(enum lang lang, int32_t day, char out[FORMAT_TEXT])
{
    static const char *const months[] = {"",        "January",  "February", "March",  "April",
                                         "May",     "June",     "July",     "August", "September",
                                         "October", "November", "December"};
    struct civil c = day_civil(day);
    if (lang == LANG_EN)
        snprintf(out, FORMAT_TEXT, "%d %s %04d", c.day, months[c.month], c.year);
    else // Decree 30/2020, Annex I: a zero before days 1-9 and months 1, 2
        snprintf(out, FORMAT_TEXT, "ngày %02d tháng %s%d năm %04d", c.day, c.month < 3 ? "0" : "",
                 c.month, c.year);
    return out;
}

const char *format_time(enum lang lang, int64_t instant_ms, char out[FORMAT_TEXT])
{
    (void)lang;
    int64_t minutes = (instant_ms - instant_at(instant_day(instant_ms), 0, 0)) / MINUTE_MS;
    snprintf(out, FORMAT_TEXT, "%02d:%02d", (int)(minutes / 60), (int)(minutes % 60));
    return out;
}

const char *format_instant(enum lang lang, int64_t instant_ms, char out[FORMAT_TEXT])
{
    char time[FORMAT_TEXT], day[FORMAT_TEXT];
    format_time(lang, instant_ms, time);
    format_day(lang, instant_day(instant_ms), day);
    snprintf(out, FORMAT_TEXT, "%.20s, %.20s", time, day);
    return out;
}
