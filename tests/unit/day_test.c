// SPDX-License-Identifier: AGPL-3.0-or-later
// base/day: every day of three centuries there and back, RFC 3339 as others write it, the
// Vietnamese midnight.
#include "base/day.h"
#include "base/ensure.h"
#include "tests/test.h"

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

TEST(every_day_from_1900_to_2200_goes_there_and_back)
{
    int32_t expected = -25567; // 1900-01-01, a Monday
    int weekday = 1, wrong = 0;
    for (int year = 1900; year <= 2200; year++)
        for (int month = 1; month <= 12; month++)
            for (int day = 1; day <= days_in_month(year, month); day++) {
                char text[DAY_TEXT];
                int32_t parsed = 0;
                struct civil civil = day_civil(expected);
                wrong += day_of_civil(year, month, day) != expected;
                wrong += civil.year != year || civil.month != month || civil.day != day;
                wrong += day_weekday(expected) != weekday;
                wrong += !day_parse(day_format(expected, text), &parsed) || parsed != expected;
                expected++;
                weekday = weekday % 7 + 1;
            }
    check_int(wrong, 0);
}

TEST(weekdays_are_those_of_the_wall_calendar)
{
    check_int(day_weekday(day_of_civil(2024, 6, 20)), 4);
    check_int(day_weekday(day_of_civil(2024, 7, 20)), 6);
    check_int(day_weekday(day_of_civil(2026, 11, 23)), 1);
    check_int(day_weekday(day_of_civil(1970, 1, 1)), 4);
    check_int(day_weekday(day_of_civil(1954, 5, 7)), 5);
    check_int(day_weekday(day_of_civil(2000, 2, 29)), 2);
}

TEST(days_that_do_not_exist_are_refused)
{
    static const char *const bad[] = {
        "",           "2024",        "2024-6-20",   "2024-13-01",  "2024-00-10", "2024-02-30",
        "2023-02-29", "1900-02-29",  "2100-02-29",  "2024-06-31",  "2024-06-00", "1899-12-31",
        "2024/06/20", "2024-06-20 ", " 2024-06-20", "2024-06-20T", "24-06-20",   "2024-06-2x",
        "20240620",   "+024-06-20",  "-024-06-20",  "２024-06-20",
    };
    int32_t day = 77;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        if (day_parse(bad[i], &day)) check_text(bad[i], "refused");
    check(!day_parse(NULL, &day));
    check_int(day, 77);
    check(day_parse("9999-12-31", &day));
    check(day_parse("2000-02-29", &day));
}

TEST(instants_are_read_with_any_offset)
{
    static const struct {
        const char *text;
        int64_t ms;
    } good[] = {
        {"1970-01-01T00:00:00Z", 0},
        {"1970-01-01T07:00:00+07:00", 0},
        {"1969-12-31T19:00:00-05:00", 0},
        {"1970-01-01t00:00:00z", 0},
        {"1970-01-01 00:00:01Z", 1000},
        {"1970-01-01T00:00:00.5Z", 500},
        {"1970-01-01T00:00:00.123456789Z", 123},
        {"2024-06-20T11:30:00+07:00", 1718857800000},
        {"2024-06-20T04:30:00Z", 1718857800000},
        {"1969-12-31T23:59:59.999Z", -1},
        {"2016-12-31T23:59:60Z", 1483228800000},
    };
    for (size_t i = 0; i < ARRAY_LEN(good); i++) {
        int64_t ms = -77;
        if (!instant_parse(good[i].text, &ms) || ms != good[i].ms) check_text(good[i].text, "read");
    }
}

TEST(instants_that_are_not_rfc_3339_are_refused)
{
    static const char *const bad[] = {
        "",
        "2024-06-20",
        "2024-06-20T11:30",
        "2024-06-20T11:30:00",
        "2024-06-20T24:00:00Z",
        "2024-06-20T11:60:00Z",
        "2024-06-20T11:30:61Z",
        "2024-06-20T11:30:00+24:00",
        "2024-06-20T11:30:00+07:60",
        "2024-06-20T11:30:00+0700",
        "2024-06-20T11:30:00+7:00",
        "2024-06-20T11:30:00.Z",
        "2024-06-20T11:30:00Z ",
        "2024-06-31T11:30:00Z",
        "2024-06-20X11:30:00Z",
        "2024-06-20T11:30:00ZZ",
        "2024-06-20T1:30:00Z",
    };
    int64_t ms = 77;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        if (instant_parse(bad[i], &ms)) check_text(bad[i], "refused");
    check(!instant_parse(NULL, &ms));
    check_int(ms, 77);
}

TEST(instants_are_written_in_vietnamese_time_and_read_back)
{
    char text[INSTANT_TEXT];
    check_text(instant_format(0, text), "1970-01-01T07:00:00+07:00");
    check_text(instant_format(1718857800000, text), "2024-06-20T11:30:00+07:00");
    check_text(instant_format(-1, text), "1970-01-01T06:59:59+07:00");
    int wrong = 0;
    for (int64_t ms = -INT64_C(2208988800000); ms < INT64_C(7258118400000); ms += 86413000) {
        int64_t back = 0;
        wrong += !instant_parse(instant_format(ms, text), &back) || back != ms;
    }
    check_int(wrong, 0);
}

TEST(the_vietnamese_day_begins_at_seventeen_utc)
{
    int64_t ms = 0;
    int32_t day = day_of_civil(2024, 7, 22);
    check_fatal(instant_parse("2024-07-22T16:59:59.999Z", &ms));
    check_int(instant_day(ms), day);
    check_int(instant_day(ms + 1), day + 1);
    check_int(instant_at(day + 1, 0, 0), ms + 1);
    check_int(instant_at(day, 23, 59), ms + 1 - MINUTE_MS);
    check_int(instant_day(instant_at(day_of_civil(1945, 9, 2), 0, 0)), day_of_civil(1945, 9, 2));
    check_int(instant_day(instant_at(day_of_civil(1945, 9, 2), 0, 0) - 1),
              day_of_civil(1945, 9, 1));
}

TEST(a_shifted_clock_runs_on_from_its_instant)
{
    int64_t june = instant_at(day_of_civil(2024, 6, 20), 8, 0);
    struct clock clock = clock_starting_at(june);
    int64_t first = clock_now_ms(&clock), second = clock_now_ms(&clock);
    check(first >= june);
    check(second >= first);
}

int main(void)
{
    static const struct test_case cases[] = {
        TEST_CASE(every_day_from_1900_to_2200_goes_there_and_back),
        TEST_CASE(weekdays_are_those_of_the_wall_calendar),
        TEST_CASE(days_that_do_not_exist_are_refused),
        TEST_CASE(instants_are_read_with_any_offset),
        TEST_CASE(instants_that_are_not_rfc_3339_are_refused),
        TEST_CASE(instants_are_written_in_vietnamese_time_and_read_back),
        TEST_CASE(the_vietnamese_day_begins_at_seventeen_utc),
        TEST_CASE(a_shifted_clock_runs_on_from_its_instant),
    };
    return RUN_CASES(cases);
}
