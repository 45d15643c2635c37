// SPDX-License-Identifier: AGPL-3.0-or-later
// domain/reading: what the loudspeaker says, word for word.
#include "base/arena.h"
#include "base/day.h"
#include "base/ensure.h"
#include "base/text.h"
#include "domain/reading.h"
#include "tests/test.h"

TEST(numbers_are_read_as_vietnamese_says_them)
{
    RULE("R95");
    static const struct {
        int64_t value;
        const char *words;
    } rows[] = {
        {0, "không"},
        {1, "một"},
        {5, "năm"},
        {10, "mười"},
        {11, "mười một"},
        {14, "mười bốn"},
        {15, "mười lăm"},
        {20, "hai mươi"},
        {21, "hai mươi mốt"},
        {24, "hai mươi bốn"},
        {25, "hai mươi lăm"},
        {91, "chín mươi mốt"},
        {100, "một trăm"},
        {101, "một trăm linh một"},
        {105, "một trăm linh năm"},
        {110, "một trăm mười"},
        {111, "một trăm mười một"},
        {115, "một trăm mười lăm"},
        {121, "một trăm hai mươi mốt"},
        {1000, "một nghìn"},
        {1001, "một nghìn không trăm linh một"},
        {1015, "một nghìn không trăm mười lăm"},
        {1945, "một nghìn chín trăm bốn mươi lăm"},
        {2024, "hai nghìn không trăm hai mươi bốn"},
        {10000, "mười nghìn"},
        {1250000, "một triệu hai trăm năm mươi nghìn"},
        {1000000, "một triệu"},
        {1000000000, "một tỷ"},
        {2500000000, "hai tỷ năm trăm triệu"},
        {1000000001, "một tỷ không trăm linh một"},
        {-7, "âm bảy"},
    };
    ARENA arena = {0};
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        check_text(reading_number(&arena, rows[i].value), rows[i].words);
    check(strncmp(reading_number(&arena, INT64_MIN), "âm chín tỷ hai trăm",
                  strlen("âm chín tỷ hai trăm")) == 0);
}

TEST(days_and_hours_are_read_in_full)
{
    RULE("R95 R96");
    ARENA arena = {0};
    check_text(reading_time(&arena, 8, 30), "tám giờ ba mươi phút");
    check_text(reading_time(&arena, 14, 0), "mười bốn giờ");
    check_text(reading_time(&arena, 8, 5), "tám giờ năm phút");
    check_text(reading_date(&arena, day_of_civil(2024, 6, 20)),
               "ngày hai mươi tháng sáu năm hai nghìn không trăm hai mươi bốn");
    check_text(reading_date(&arena, day_of_civil(2025, 4, 1)),
               "ngày mùng một tháng tư năm hai nghìn không trăm hai mươi lăm");
    check_text(reading_digits(&arena, "0907 123"), "không chín không bảy, một hai ba");
    check_text(reading_digits(&arena, ""), "");
}

TEST(abbreviations_are_read_in_full)
{
    RULE("R95 X13");
    check_text(reading_abbreviation("UBND"), "Ủy ban nhân dân");
    check_text(reading_abbreviation("HĐND"), "Hội đồng nhân dân");
    check_text(reading_abbreviation("MTTQ"), "Mặt trận Tổ quốc");
    check_text(reading_abbreviation("KH"), "kế hoạch");
    check(reading_abbreviation("ubnd") == NULL);
    check(reading_abbreviation("") == NULL);
}

TEST(a_whole_announcement_is_read_word_for_word)
{
    RULE("R94 R95 R96 R97");
    static const struct {
        const char *text, *spoken;
    } rows[] = {
        {"UBND phường tổ chức hội nghị lúc 8h30, ngày 20/6/2024.",
         "Ủy ban nhân dân phường tổ chức hội nghị lúc tám giờ ba mươi phút, ngày hai mươi tháng "
         "sáu năm "
         "hai nghìn không trăm hai mươi bốn."},
        {"Kế hoạch số 66/KH-UBND", "Kế hoạch số sáu mươi sáu của Ủy ban nhân dân"},
        {"theo 66/KH-UBND", "theo sáu mươi sáu, kế hoạch của Ủy ban nhân dân"},
        {"Nghị định 30/2020/NĐ-CP",
         "Nghị định ba mươi, năm hai nghìn không trăm hai mươi của Chính phủ"},
        {"Luật 72/2025/QH15",
         "Luật bảy mươi hai, năm hai nghìn không trăm hai mươi lăm, Quốc hội khóa mười lăm"},
        {"công văn 12/UBND-VP", "công văn mười hai, Ủy ban nhân dân, Văn phòng"},
        {"ĐT: 0907 123 456 hoặc 0277.3851.234.", "điện thoại: không chín không bảy, một hai ba, "
                                                 "bốn năm sáu hoặc không hai bảy bảy, ba tám năm "
                                                 "một, hai ba bốn."},
        {"0907123456", "không chín không bảy một hai ba bốn năm sáu"},
        {"+84 907 123 456", "cộng tám bốn, chín không bảy, một hai ba, bốn năm sáu"},
        {"khoảng 80 người, 1.250.000 đồng, 12,5 %, 0,05",
         "khoảng tám mươi người, một triệu hai trăm năm mươi nghìn đồng, mười hai phẩy năm phần "
         "trăm, "
         "không phẩy không năm"},
        {"TP.HCM, TP. Cao Lãnh, TP Cao Lãnh",
         "Thành phố Hồ Chí Minh, thành phố Cao Lãnh, thành phố Cao Lãnh"},
        {"08:30 đến 11:00", "tám giờ ba mươi phút đến mười một giờ"},
        {"8 giờ 30; 8 giờ 30 phút", "tám giờ ba mươi phút; tám giờ ba mươi phút"},
        {"lúc 8h30-11h", "lúc tám giờ ba mươi phút đến mười một giờ"},
        {"trong 24 giờ 5 người", "trong hai mươi bốn giờ năm người"},
        {"hẻm 12/5, lễ 30/4", "hẻm mười hai trên năm, lễ ba mươi tháng tư"},
        {"khóm 3A, 5km", "khóm ba A, năm ki-lô-mét"},
        {"ngày 20 tháng 6 năm 2024",
         "ngày hai mươi tháng sáu năm hai nghìn không trăm hai mươi bốn"},
        {"năm 2024-2025",
         "năm hai nghìn không trăm hai mươi bốn đến hai nghìn không trăm hai mươi lăm"},
        {"ngày 31/02/2024", "ngày ba mươi mốt trên hai trên hai nghìn không trăm hai mươi bốn"},
        {"phát triển kinh tế - xã hội", "phát triển kinh tế - xã hội"},
        {"Kính mời bà con!\n\nTrân trọng.", "Kính mời bà con!\n\nTrân trọng."},
        {"", ""},
    };
    ARENA arena = {0};
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        check_text(reading_text(&arena, rows[i].text), rows[i].spoken);
}

TEST(any_mixture_of_pieces_is_read_and_stays_utf_8)
{
    static const char *const pieces[] = {
        "12",   "/",    "-",  ".",     ":",  "h",   "0",   "2024",
        " ",    "UBND", "TP", "QH",    "đ",  "KH-", "giờ", "+",
        "%",    ",",    "5",  "ngày ", "\n", "số ", "m2",  "99999999999999999999",
        "NĐ-CP"};
    ARENA arena = {0};
    unsigned state = 1;
    int wrong = 0;
    for (int round = 0; round < 50000; round++) {
        char text[256] = "";
        size_t len = 0;
        for (int i = 0; i < 8; i++) {
            state = state * 1664525 + 1013904223;
            const char *piece = pieces[(state >> 16) % ARRAY_LEN(pieces)];
            len += (size_t)snprintf(text + len, sizeof(text) - len, "%s", piece);
        }
        arena_reset(&arena);
        const char *spoken = reading_text(&arena, text);
        wrong += !text_is_utf8(spoken, strlen(spoken));
        wrong += strlen(spoken) > 64 * sizeof(text);
    }
    check_int(wrong, 0);
}

int main(void)
{
    static const struct test_case cases[] = {
        TEST_CASE(numbers_are_read_as_vietnamese_says_them),
        TEST_CASE(days_and_hours_are_read_in_full),
        TEST_CASE(abbreviations_are_read_in_full),
        TEST_CASE(a_whole_announcement_is_read_word_for_word),
        TEST_CASE(any_mixture_of_pieces_is_read_and_stays_utf_8),
    };
    return RUN_CASES(cases);
}
