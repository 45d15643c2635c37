// SPDX-License-Identifier: AGPL-3.0-or-later
// Languages, numbers and dates as people read them.
#include "base/tr.h"

#include "base/day.h"
#include "tests/test.h"

TEST(a_message_without_translation_is_itself)
{
    check_text(tr(LANG_EN, "không có trong danh mục"), "không có trong danh mục");
    check_text(trc(LANG_EN, "nút", "không có trong danh mục"), "không có trong danh mục");
    check_text(trn(LANG_EN, "{n} không có trong danh mục", 2), "{n} không có trong danh mục");
    check_text(tr(LANG_VI, "Đăng xuất"), "Đăng xuất");
}

TEST(the_catalogue_is_sorted_and_found_whole)
{
    for (size_t i = 0; i < tr_english_count; i++) {
        check(i == 0 || strcmp(tr_english[i - 1].key, tr_english[i].key) < 0);
        if (strchr(tr_english[i].key, '\004') == NULL && tr_english[i].many == NULL)
            check_text(tr(LANG_EN, tr_english[i].key), tr_english[i].one);
    }
}

TEST(english_has_one_and_many)
{
    for (size_t i = 0; i < tr_english_count; i++) {
        if (tr_english[i].many == NULL) continue;
        check_text(trn(LANG_EN, tr_english[i].key, 1), tr_english[i].one);
        check_text(trn(LANG_EN, tr_english[i].key, 0), tr_english[i].many);
        check_text(trn(LANG_EN, tr_english[i].key, 2), tr_english[i].many);
        check_text(trn(LANG_VI, tr_english[i].key, 2), tr_english[i].key);
    }
}

TEST(numbers_are_grouped_by_three)
{
    static const struct {
        int64_t value;
        const char *vi, *en;
    } rows[] = {{0, "0", "0"},
                {999, "999", "999"},
                {1000, "1.000", "1,000"},
                {1250000, "1.250.000", "1,250,000"},
                {-100, "-100", "-100"},
                {-1234, "-1.234", "-1,234"},
                {INT64_MAX, "9.223.372.036.854.775.807", "9,223,372,036,854,775,807"}};
    char out[FORMAT_TEXT];
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        check_text(format_number(LANG_VI, rows[i].value, out), rows[i].vi);
        check_text(format_number(LANG_EN, rows[i].value, out), rows[i].en);
    }
}

TEST(dates_are_written_as_documents_write_them)
{
    char out[FORMAT_TEXT];
    check_text(format_day(LANG_VI, day_of_civil(2026, 12, 31), out), "31/12/2026");
    check_text(format_long_day(LANG_VI, day_of_civil(2026, 3, 9), out), "ngày 09 tháng 3 năm 2026");
    check_text(format_long_day(LANG_VI, day_of_civil(2026, 2, 10), out),
               "ngày 10 tháng 02 năm 2026");
    check_text(format_long_day(LANG_VI, day_of_civil(2026, 12, 1), out),
               "ngày 01 tháng 12 năm 2026");
    check_text(format_long_day(LANG_EN, day_of_civil(2026, 3, 9), out), "9 March 2026");
    check_text(format_weekday(LANG_VI, day_of_civil(2024, 6, 20), out), "thứ Năm, 20/06/2024");
    check_text(format_weekday(LANG_VI, day_of_civil(2024, 6, 23), out), "Chủ nhật, 23/06/2024");
}

TEST(times_are_those_of_viet_nam)
{
    char out[FORMAT_TEXT];
    int64_t at = instant_at(day_of_civil(2024, 6, 20), 8, 30);
    check_text(format_time(LANG_VI, at, out), "08:30");
    check_text(format_time(LANG_VI, instant_at(day_of_civil(2024, 6, 20), 0, 0) - 1, out), "23:59");
    check_text(format_instant(LANG_VI, at + 59999, out), "08:30, 20/06/2024");
}

TEST(the_first_of_our_languages_wins)
{
    static const struct {
        const char *header;
        enum lang lang;
    } rows[] = {{NULL, LANG_VI},       {"", LANG_VI},
                {"en", LANG_EN},       {"en-US,en;q=0.9", LANG_EN},
                {"vi-VN,en", LANG_VI}, {"fr, en;q=0.8, vi;q=0.7", LANG_EN},
                {"EN", LANG_EN},       {"english", LANG_VI},
                {",,;", LANG_VI}};
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        check_int(lang_of(rows[i].header), rows[i].lang);
}

static const struct test_case cases[] = {
    TEST_CASE(a_message_without_translation_is_itself),
    TEST_CASE(the_catalogue_is_sorted_and_found_whole),
    TEST_CASE(english_has_one_and_many),
    TEST_CASE(numbers_are_grouped_by_three),
    TEST_CASE(dates_are_written_as_documents_write_them),
    TEST_CASE(times_are_those_of_viet_nam),
    TEST_CASE(the_first_of_our_languages_wins),
};

int main(void)
{
    return RUN_CASES(cases);
}
