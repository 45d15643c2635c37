// SPDX-License-Identifier: AGPL-3.0-or-later
// Civil calendar arithmetic (proleptic Gregorian) and RFC 3339 texts.
#include "base/day.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static const int64_t ZONE_MS = 7 * HOUR_MS;

int32_t day_of_civil(int year, int month, int day)
{
    // Years are counted from March, so that the leap day is the last of its year.
    int y = year - (month <= 2);
    int era = (y >= 0 ? y : y - 399) / 400;
    int of_era = y - era * 400;
    int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int day_of_era = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    return era * 146097 + day_of_era - 719468;
}

struct civil day_civil(int32_t day)
{
    int z = day + 719468;
    int era = (z >= 0 ? z : z - 146096) / 146097;
    int day_of_era = z - era * 146097;
    int of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int of_year = day_of_era - (365 * of_era + of_era / 4 - of_era / 100);
    int m = (5 * of_year + 2) / 153;
    struct civil civil = {.day = of_year - (153 * m + 2) / 5 + 1, .month = m < 10 ? m + 3 : m - 9};
    civil.year = of_era + era * 400 + (civil.month <= 2);
    return civil;
}

int day_weekday(int32_t day)
{
    int w = (day + 3) % 7; // 1970-01-01 was a Thursday
    return (w < 0 ? w + 7 : w) + 1;
}

/// Exactly `count` digits at *text, which moves past them; -1 when they are not there.
static int digits(const char **text, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++) {
        char c = (*text)[i];
        if (c < '0' || c > '9') return -1;
        value = value * 10 + (c - '0');
    }
    *text += count;
    return value;
}

static bool literal(const char **text, char c)
{
    if (**text != c) return false;
    (*text)++;
    return true;
}

static bool parse_date(const char **text, int32_t *ret_day)
{
    int year = digits(text, 4);
    if (year < 1900 || !literal(text, '-')) return false;
    int month = digits(text, 2);
    if (month < 1 || month > 12 || !literal(text, '-')) return false;
    int day = digits(text, 2);
    if (day < 1) return false;
    int32_t number = day_of_civil(year, month, day);
    struct civil back = day_civil(number);
    if (back.day != day || back.month != month) return false;
    *ret_day = number;
    return true;
}

bool day_parse(const char *text, int32_t *ret_day)
{
    int32_t day;
    if (text == NULL || !parse_date(&text, &day) || *text != 0) return false;
    *ret_day = day;
    return true;
}

const char *day_format(int32_t day, char out[DAY_TEXT])
{
    struct civil c = day_civil(day);
    snprintf(out, DAY_TEXT, "%04u-%02u-%02u", (unsigned)c.year % 10000, (unsigned)c.month % 100,
             (unsigned)c.day % 100);
    return out;
}

int32_t instant_day(int64_t instant_ms)
{
    int64_t local = instant_ms + ZONE_MS;
    return (int32_t)(local >= 0 ? local / DAY_MS : (local - DAY_MS + 1) / DAY_MS);
}

int64_t instant_at(int32_t day, int hour, int minute)
{
    return day * DAY_MS + hour * HOUR_MS + minute * MINUTE_MS - ZONE_MS;
}

/// The offset's sign and hh:mm, or Z, to the end of the text.
static bool parse_zone(const char *text, int64_t *ret_ms)
{
    if ((*text == 'Z' || *text == 'z') && text[1] == 0) return *ret_ms = 0, true;
    int sign = *text == '+' ? 1 : *text == '-' ? -1 : 0;
    if (sign == 0) return false;
    text++;
    int hour = digits(&text, 2);
    if (hour < 0 || hour > 23 || !literal(&text, ':')) return false;
    int minute = digits(&text, 2);
    if (minute < 0 || minute > 59 || *text != 0) return false;
    *ret_ms = sign * (hour * HOUR_MS + minute * MINUTE_MS);
    return true;
}

bool instant_parse(const char *text, int64_t *ret_ms)
{
    int32_t day;
    if (text == NULL || !parse_date(&text, &day)) return false;
    if (*text != 'T' && *text != 't' && *text != ' ') return false;
    text++;
    int hour = digits(&text, 2);
    if (hour < 0 || hour > 23 || !literal(&text, ':')) return false;
    int minute = digits(&text, 2);
    if (minute < 0 || minute > 59 || !literal(&text, ':')) return false;
    int second = digits(&text, 2);
    if (second < 0 || second > 60) return false;
    int64_t fraction_ms = 0;
    if (literal(&text, '.')) {
        int scale = 100;
        if (*text < '0' || *text > '9') return false;
        for (; *text >= '0' && *text <= '9'; text++, scale /= 10)
            fraction_ms += scale * (*text - '0');
    }
    int64_t zone_ms;
    if (!parse_zone(text, &zone_ms)) return false;
    *ret_ms = day * DAY_MS + hour * HOUR_MS + minute * MINUTE_MS + second * INT64_C(1000) +
              fraction_ms - zone_ms;
    return true;
}

const char *instant_format(int64_t instant_ms, char out[INSTANT_TEXT])
{
    int32_t day = instant_day(instant_ms);
    int64_t of_day = instant_ms + ZONE_MS - day * DAY_MS;
    char date[DAY_TEXT];
    snprintf(out, INSTANT_TEXT, "%sT%02u:%02u:%02u+07:00", day_format(day, date),
             (unsigned)(of_day / HOUR_MS) % 24, (unsigned)(of_day / MINUTE_MS % 60),
             (unsigned)(of_day / 1000 % 60));
    return out;
}

static int64_t read_clock(clockid_t id)
{
    struct timespec now;
    clock_gettime(id, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t clock_now_ms(const struct clock *clock)
{
    return read_clock(CLOCK_REALTIME) + (clock == NULL ? 0 : clock->offset_ms);
}

struct clock clock_starting_at(int64_t instant_ms)
{
    return (struct clock){.offset_ms = instant_ms - read_clock(CLOCK_REALTIME)};
}

int64_t monotonic_ms(void)
{
    return read_clock(CLOCK_MONOTONIC);
}
