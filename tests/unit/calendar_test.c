// SPDX-License-Identifier: AGPL-3.0-or-later
// domain/calendar: the rows walked, days off and worked Saturdays, the lunar days against ICU's
// calendar.
#include <unicode/ucal.h>
#include "base/day.h"
#include "base/ensure.h"
#include "domain/calendar.h"
#include "tests/test.h"

TEST(the_builtin_rows_are_sorted_named_and_make_sense)
{
    const struct calendar *calendar = calendar_builtin();
    check(calendar_is_sorted(calendar));
    for (size_t i = 0; i < calendar->count; i++) {
        const struct calendar_day *row = &calendar->days[i];
        check(row->name != NULL && row->name[0] != 0);
        check(row->source != NULL && row->source[0] != 0);
        check(row->kind < CALENDAR_KIND_COUNT);
        bool weekend = day_weekday(row->day) > 5;
        if (row->kind == CALENDAR_WORKING_SWAP) check(weekend);
        if (row->kind == CALENDAR_OFF_COMPENSATORY) check(!weekend);
        if (day_civil(row->day).year == 2027) check(!row->confirmed);
    }
}

TEST(each_year_has_its_holidays_and_every_worked_saturday_its_day_off)
{
    const struct calendar *calendar = calendar_builtin();
    for (int year = 2024; year <= 2027; year++) {
        int off = 0, swapped_off = 0, worked = 0;
        for (size_t i = 0; i < calendar->count; i++) {
            const struct calendar_day *row = &calendar->days[i];
            if (day_civil(row->day).year != year) continue;
            off += row->kind == CALENDAR_OFF;
            worked += row->kind == CALENDAR_WORKING_SWAP;
            swapped_off += strstr(row->name, "hoán đổi") != NULL;
        }
        check_int(off, year < 2026 ? 11 : 12); // 24/11 from 2026 on
        check_int(worked, swapped_off);
        check(calendar_covers(calendar, year));
    }
    check(!calendar_covers(calendar, 2023));
    check(!calendar_covers(calendar, 2028));
}

TEST(days_off_and_worked_days_of_four_years)
{
    static const struct {
        const char *day;
        bool working;
    } rows[] = {
        {"2024-01-01", false}, {"2024-01-02", true},  {"2024-02-07", true},  {"2024-02-08", false},
        {"2024-02-14", false}, {"2024-02-15", true},  {"2024-04-18", false}, {"2024-04-29", false},
        {"2024-05-01", false}, {"2024-05-02", true},  {"2024-05-04", true},  {"2024-05-05", false},
        {"2024-08-30", true},  {"2024-08-31", false}, {"2024-09-03", false}, {"2024-09-04", true},
        {"2025-01-24", true},  {"2025-01-25", false}, {"2025-02-02", false}, {"2025-02-03", true},
        {"2025-04-07", false}, {"2025-04-26", true},  {"2025-04-30", false}, {"2025-05-02", false},
        {"2025-05-04", false}, {"2025-05-05", true},  {"2025-08-29", true},  {"2025-09-02", false},
        {"2026-01-01", false}, {"2026-01-02", false}, {"2026-01-10", true},  {"2026-02-14", false},
        {"2026-02-13", true},  {"2026-02-22", false}, {"2026-02-23", true},  {"2026-04-26", false},
        {"2026-04-27", false}, {"2026-04-28", true},  {"2026-05-01", false}, {"2026-08-22", true},
        {"2026-08-31", false}, {"2026-09-02", false}, {"2026-09-03", true},  {"2026-11-24", false},
        {"2027-01-01", false}, {"2027-02-10", false}, {"2027-05-03", false}, {"2027-11-24", false},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        int32_t day = 0;
        check_fatal(day_parse(rows[i].day, &day));
        if (calendar_is_working(calendar_builtin(), day) != rows[i].working)
            check_text(rows[i].day, rows[i].working ? "worked" : "off");
    }
}

TEST(next_and_previous_working_days_stand_on_the_right_side)
{
    const struct calendar *calendar = calendar_builtin();
    check_int(calendar_next_working(calendar, day_of_civil(2024, 2, 8)), day_of_civil(2024, 2, 15));
    check_int(calendar_previous_working(calendar, day_of_civil(2024, 2, 14)),
              day_of_civil(2024, 2, 7));
    check_int(calendar_next_working(calendar, day_of_civil(2024, 5, 4)), day_of_civil(2024, 5, 4));
    check_int(calendar_previous_working(calendar, day_of_civil(2024, 5, 5)),
              day_of_civil(2024, 5, 4));
    int wrong = 0;
    int32_t last = day_of_civil(2028, 12, 31);
    for (int32_t day = day_of_civil(2023, 1, 1); day <= last; day++) {
        int32_t next = calendar_next_working(calendar, day);
        int32_t previous = calendar_previous_working(calendar, day);
        wrong += !calendar_is_working(calendar, next) || !calendar_is_working(calendar, previous);
        wrong += next < day || previous > day || next - previous > 12;
        for (int32_t between = previous + 1; between < next; between++)
            wrong += calendar_is_working(calendar, between);
    }
    check_int(wrong, 0);
}

TEST(a_table_of_the_office_s_own_counts_and_an_empty_one_knows_weekends)
{
    int32_t monday = day_of_civil(2026, 6, 22);
    const struct calendar_day rows[] = {
        {monday, CALENDAR_OFF_COMPENSATORY, true, "Nghỉ bù", "Thông báo của UBND phường"},
        {monday + 5, CALENDAR_WORKING_SWAP, true, "Làm bù", "Thông báo của UBND phường"},
    };
    struct calendar own = {rows, 2}, empty = {NULL, 0}, wrong = {rows, 2};
    check(!calendar_is_working(&own, monday));
    check(calendar_is_working(&own, monday + 5));
    check(!calendar_is_working(&own, monday + 6));
    check_text(calendar_day_label(&own, monday), "Nghỉ bù");
    check_text(calendar_day_label(&own, monday + 6), "nghỉ cuối tuần");
    check_text(calendar_day_label(&own, monday + 1), "ngày làm việc");
    check(calendar_is_working(&empty, monday));
    check(!calendar_is_working(&empty, monday + 5));
    check(calendar_is_sorted(&empty));
    check(!calendar_covers(&empty, 2026));
    const struct calendar_day twice[] = {rows[0], rows[0]};
    wrong.days = twice;
    check(!calendar_is_sorted(&wrong));
}

TEST(kinds_and_weekdays_have_words)
{
    for (int i = 0; i < CALENDAR_KIND_COUNT; i++) {
        enum calendar_kind kind = CALENDAR_KIND_COUNT;
        check(calendar_kind_parse(calendar_kind_word((enum calendar_kind)i), &kind));
        check_int(kind, i);
        check(calendar_kind_label((enum calendar_kind)i)[0] != 0);
    }
    enum calendar_kind kind = CALENDAR_OFF;
    check(!calendar_kind_parse("nghỉ", &kind));
    check(!calendar_kind_parse(NULL, &kind));
    check_text(calendar_weekday_name(day_of_civil(2024, 7, 20)), "thứ Bảy");
    check_text(calendar_weekday_name(day_of_civil(2024, 7, 21)), "Chủ nhật");
    check_text(calendar_weekday_name(day_of_civil(2024, 7, 22)), "thứ Hai");
}

/// Lunar month and day; in these years Hanoi and Beijing agree (they differ in 2007 and 2030).
static void lunar(int32_t day, int *ret_month, int *ret_day)
{
    UErrorCode error = U_ZERO_ERROR;
    UCalendar *calendar =
        ucal_open(u"Asia/Shanghai", -1, "zh@calendar=chinese", UCAL_DEFAULT, &error);
    ucal_setMillis(calendar, (double)instant_at(day, 12, 0), &error);
    *ret_month = ucal_get(calendar, UCAL_MONTH, &error) + 1;
    *ret_day = ucal_get(calendar, UCAL_DAY_OF_MONTH, &error);
    ucal_close(calendar);
    check(U_SUCCESS(error));
}

TEST(tet_and_hung_kings_fall_on_their_lunar_days)
{
    const struct calendar *calendar = calendar_builtin();
    int first_days = 0, kings = 0;
    for (size_t i = 0; i < calendar->count; i++) {
        const struct calendar_day *row = &calendar->days[i];
        int month = 0, day = 0;
        lunar(row->day, &month, &day);
        first_days += strcmp(row->name, "Tết Nguyên đán") == 0 && month == 1 && day == 1;
        kings += strcmp(row->name, "Giỗ Tổ Hùng Vương") == 0 && month == 3 && day == 10;
    }
    check_int(first_days, 4);
    check_int(kings, 4);
}

int main(void)
{
    static const struct test_case cases[] = {
        TEST_CASE(the_builtin_rows_are_sorted_named_and_make_sense),
        TEST_CASE(each_year_has_its_holidays_and_every_worked_saturday_its_day_off),
        TEST_CASE(days_off_and_worked_days_of_four_years),
        TEST_CASE(next_and_previous_working_days_stand_on_the_right_side),
        TEST_CASE(a_table_of_the_office_s_own_counts_and_an_empty_one_knows_weekends),
        TEST_CASE(kinds_and_weekdays_have_words),
        TEST_CASE(tet_and_hung_kings_fall_on_their_lunar_days),
    };
    return RUN_CASES(cases);
}
