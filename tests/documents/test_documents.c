// SPDX-License-Identifier: AGPL-3.0-or-later
// The model and its four formats from inside: every type, every sample, no other program. What
// other programs make of the files is checked by check_files.py.
#include "test.h"

#include <pthread.h>
#include <stdlib.h>
#include "base/day.h"
#include "documents/flow.h"
#include "documents/library.h"
#include "documents/model.h"
#include "sample_facts.h"

static const char *rendered(struct arena *arena, enum doc_type type, const struct doc_facts *facts,
                            enum doc_format format, size_t *ret_len)
{
    BUF out = {0};
    const struct doc *doc = document_build(arena, type, facts);
    if (document_render(arena, doc, format, &out) != STATUS_OK) return NULL;
    if (ret_len != NULL) *ret_len = out.len;
    return arena_memdup(arena, buf_text(&out), out.len + 1);
}

static const char *text_of(struct arena *arena, enum doc_type type, const struct doc_facts *facts)
{
    return rendered(arena, type, facts, DOC_TXT, NULL);
}

TEST(every_type_renders_in_every_format_from_every_sample)
{
    RULE("R103 R110 R111");
    for (int sample = SAMPLE_RICH; sample <= SAMPLE_HOSTILE; sample++) {
        for (int type = 0; type < DOC_TYPE_COUNT; type++) {
            ARENA arena = {0};
            const struct doc_facts *facts =
                sample_facts(&arena, (enum doc_type)type, (enum sample)sample);
            for (int format = 0; format < DOC_FORMAT_COUNT; format++) {
                size_t len = 0;
                check(rendered(&arena, (enum doc_type)type, facts, (enum doc_format)format, &len) !=
                      NULL);
                check(len > 100);
            }
        }
    }
}

struct two_functions {
    void *open, *other;
};

static const struct library_symbol two_symbols[] = {
    {"qpdf_init", offsetof(struct two_functions, open)},
    {"no_such_function", offsetof(struct two_functions, other)},
};

TEST(a_library_that_is_missing_or_too_old_is_an_error_and_fills_nothing)
{
    struct two_functions functions = {0};
    struct library absent = {"libdoithoai-absent.so.1", two_symbols, 1, &functions,
                             PTHREAD_MUTEX_INITIALIZER, false};
    struct library old = {qpdf_library.file,         two_symbols, 2, &functions,
                          PTHREAD_MUTEX_INITIALIZER, false};
    struct library good = {qpdf_library.file,         two_symbols, 1, &functions,
                           PTHREAD_MUTEX_INITIALIZER, false};
    check(library_load(&absent) == STATUS_BROKEN);
    check(library_load(&absent) == STATUS_BROKEN); // asked again, not remembered
    check(library_load(&old) == STATUS_BROKEN);
    check(functions.open == NULL && functions.other == NULL);
    check(library_load(&good) == STATUS_OK && functions.open != NULL);
}

TEST(the_same_facts_give_the_same_bytes)
{
    for (int type = 0; type < DOC_TYPE_COUNT; type++) {
        for (int format = 0; format < DOC_FORMAT_COUNT; format++) {
            ARENA one = {0}, two = {0};
            size_t a = 0, b = 0;
            const char *first = rendered(&one, (enum doc_type)type,
                                         sample_facts(&one, (enum doc_type)type, SAMPLE_RICH),
                                         (enum doc_format)format, &a);
            const char *second = rendered(&two, (enum doc_type)type,
                                          sample_facts(&two, (enum doc_type)type, SAMPLE_RICH),
                                          (enum doc_format)format, &b);
            check_fatal(first != NULL && second != NULL);
            check(a == b && memcmp(first, second, a) == 0);
        }
    }
}

struct job {
    struct arena arena;
    const char *bytes;
    size_t len;
};

static void *render_plan(void *arg)
{
    struct job *job = arg;
    job->bytes = rendered(&job->arena, DOC_PLAN, sample_facts(&job->arena, DOC_PLAN, SAMPLE_RICH),
                          DOC_PDF, &job->len);
    return NULL;
}

TEST(threads_render_at_the_same_time_without_disturbing_each_other)
{
    struct job jobs[4] = {0};
    pthread_t threads[4];
    for (int i = 0; i < 4; i++)
        check_fatal(pthread_create(&threads[i], NULL, render_plan, &jobs[i]) == 0);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    for (int i = 0; i < 4; i++) {
        check(jobs[i].bytes != NULL && jobs[i].len == jobs[0].len &&
              memcmp(jobs[i].bytes, jobs[0].bytes, jobs[0].len) == 0);
    }
    for (int i = 0; i < 4; i++)
        arena_done(&jobs[i].arena);
}

TEST(missing_facts_print_dots_and_never_null)
{
    for (int type = 0; type < DOC_TYPE_COUNT; type++) {
        ARENA arena = {0};
        const char *text = text_of(&arena, (enum doc_type)type,
                                   sample_facts(&arena, (enum doc_type)type, SAMPLE_EMPTY));
        check(strstr(text, "(null)") == NULL);
        check(strstr(text, "-2147483648") == NULL);
        check(type == DOC_RULES || strstr(text, "……") != NULL);
    }
}

TEST(control_characters_and_markup_never_reach_html)
{
    for (int type = 0; type < DOC_TYPE_COUNT; type++) {
        ARENA arena = {0};
        const struct doc_facts *facts = sample_facts(&arena, (enum doc_type)type, SAMPLE_HOSTILE);
        const char *html = rendered(&arena, (enum doc_type)type, facts, DOC_HTML, NULL);
        check_fatal(html != NULL);
        check(strstr(html, "<script") == NULL && strstr(html, "style=") == NULL);
        check(strstr(html, "\xe2\x80\xae") == NULL); // right-to-left override
        for (const char *p = html; *p != '\0'; p++)
            check_fatal((unsigned char)*p >= 0x20 || *p == '\n');
    }
}

TEST(clean_text_keeps_every_vietnamese_letter)
{
    ARENA arena = {0};
    check_text(model_clean(&arena, sample_pangram), sample_pangram);
    check_text(model_clean(&arena, "a\x01"
                                   "b\tc\nd\x7f"),
               "ab c d");
    check_text(model_clean(&arena, "\xc3("), "\xef\xbf\xbd(");
    check_text(model_clean(&arena, "\xed\xa0\x80"), ""); // a surrogate
    check_text(model_clean(&arena, NULL), "");
}

static int occurrences(const char *text, const char *word)
{
    int count = 0;
    for (const char *p = text; (p = strstr(p, word)) != NULL; p += strlen(word))
        count++;
    return count;
}

TEST(a_plan_says_what_the_seed_plan_requires)
{
    RULE("R1 R2 R3 R4 R8 R9 R10 R15 R19 R21 R35 R36 R37 R52 R54 R55 R56 R59 R60 R62 R64 R65 R66 "
         "R75 R80 R85 R86 "
         "R87 R88 R95 R98 R100 R103 R110 R111");
    static const char *const wanted[] = {"Số: 66/KH-UBND",
                                         "Phường 1, ngày 18 tháng 01 năm 2024",
                                         "KẾ HOẠCH",
                                         "Tổ chức hội nghị tiếp xúc, đối thoại",
                                         "I. MỤC ĐÍCH, YÊU CẦU",
                                         "II. HÌNH THỨC",
                                         "III. TỔ CHỨC THỰC HIỆN",
                                         "1. Chủ trì đối thoại:",
                                         "Cấp phường:",
                                         "Cấp khóm:",
                                         "không quá 30 ngày",
                                         "ngoài nội dung",
                                         "trả lời riêng bằng văn bản",
                                         "vượt thẩm quyền",
                                         "hỏi lại",
                                         "thông qua thư ký",
                                         "khoảng 80 người",
                                         "Hội trường UBND phường",
                                         "Ban nhân dân 5 khóm",
                                         "loa truyền thanh",
                                         "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nĐặng Minh Khôi",
                                         "- Lưu: VT."};
    ARENA arena = {0};
    const char *text = text_of(&arena, DOC_PLAN, sample_facts(&arena, DOC_PLAN, SAMPLE_RICH));
    for (size_t i = 0; i < ARRAY_LEN(wanted); i++) {
        if (strstr(text, wanted[i]) == NULL) printf("# missing: %s\n", wanted[i]);
        check(strstr(text, wanted[i]) != NULL);
    }
    check_int(occurrences(text, "./."), 1);
    check(strstr(text, "nhân dân, doanh nghiệp") == NULL); // X14: Nhân dân
}

TEST(a_plan_of_profile_2025_names_the_co_chair_and_the_days_of_notice_and_results)
{
    ARENA arena = {0};
    struct doc_facts facts = *sample_facts(&arena, DOC_PLAN, SAMPLE_RICH);
    check(strstr(text_of(&arena, DOC_PLAN, &facts), "Đồng chủ trì") == NULL);
    facts.dialogue.profile = 2025;
    facts.dialogue.notice_days = 7;
    facts.dialogue.results_days = 10;
    facts.dialogue.co_chair = (struct doc_person){
        .name = "Mai Văn Tư", .honorific = "Ông", .position = "Phó Chủ tịch HĐND phường"};
    const char *text = text_of(&arena, DOC_PLAN, &facts);
    check(strstr(text, "Đồng chủ trì: Ông Mai Văn Tư - Phó Chủ tịch HĐND phường.") != NULL);
    check(strstr(text, "ít nhất 07 ngày trước") != NULL &&
          strstr(text, "chậm nhất 10 ngày sau") != NULL);
}

TEST(legal_bases_end_with_semicolons_and_the_last_with_a_full_stop)
{
    ARENA arena = {0};
    const char *text = text_of(&arena, DOC_PLAN, sample_facts(&arena, DOC_PLAN, SAMPLE_RICH));
    check(strstr(text, "ngày 19 tháng 6 năm 2015;\n") != NULL);
    check(strstr(text, "ngày 10 tháng 11 năm 2022;\n") != NULL);
    check(strstr(text, "của Ủy ban nhân dân Phường 1.\n") != NULL);
    check(strstr(text, ";;") == NULL);
}

TEST(a_letter_has_no_type_abbreviation_and_a_number_below_ten_a_zero)
{
    ARENA arena = {0};
    struct doc_facts facts = *sample_facts(&arena, DOC_ANSWER, SAMPLE_RICH);
    facts.issue.number = "9";
    const char *text = text_of(&arena, DOC_ANSWER, &facts);
    check(strstr(text, "Số: 09/UBND-VP") != NULL);
    check(strstr(text, "V/v trả lời ý kiến của bà Trần Thị Mai") != NULL);
    check(strstr(text, "Kính gửi: Bà Trần Thị Mai, Khóm 3") != NULL);
    facts.issue.number = "112/TB-VP"; // from the province's e-office
    check(strstr(text_of(&arena, DOC_ANSWER, &facts), "Số: 112/TB-VP") != NULL);
    facts.issue.number = NULL;
    check(strstr(text_of(&arena, DOC_ANSWER, &facts), "Số: ……/UBND-VP") != NULL);
}

TEST(a_deputy_signs_for_the_collective_in_the_place_of_the_head)
{
    ARENA arena = {0};
    struct doc_facts facts = *sample_facts(&arena, DOC_NOTICE, SAMPLE_RICH);
    facts.issue.signer = (struct doc_signer){SIGN_KT, "Phó Chủ tịch", "Hồ Thị Ngân"};
    const char *text = text_of(&arena, DOC_NOTICE, &facts);
    check(strstr(text, "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nHồ Thị Ngân") != NULL);
    facts.issue.signer = (struct doc_signer){SIGN_TL, "Chánh Văn phòng", "Hồ Thị Ngân"};
    check(strstr(text_of(&arena, DOC_NOTICE, &facts),
                 "TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\nHồ Thị Ngân") != NULL);
}

TEST(public_minutes_hold_no_name_no_contact_and_no_redacted_text)
{
    ARENA arena = {0};
    struct doc_facts facts = *sample_facts(&arena, DOC_MINUTES, SAMPLE_RICH);
    const char *full = text_of(&arena, DOC_MINUTES, &facts);
    check(strstr(full, "Trần Thị Mai") != NULL && strstr(full, "0900 000 002") != NULL);
    check(strstr(full, "thủ tục riêng") != NULL);
    facts.public_edition = true;
    static const char *const hidden[] = {"Trần Thị Mai", "Lâm Thị Hoa", "0900 000 002",
                                         "Lâm Văn Tài", "thủ tục riêng"};
    for (int format = 0; format < DOC_FORMAT_COUNT; format++) {
        const char *public = rendered(&arena, DOC_MINUTES, &facts, (enum doc_format)format, NULL);
        for (size_t i = 0; i < ARRAY_LEN(hidden); i++)
            check(strstr(public, hidden[i]) == NULL);
    }
    const char *public = text_of(&arena, DOC_MINUTES, &facts);
    check(strstr(public, "T.T.M. (Khóm 3)") != NULL &&
          strstr(public, "Công ty TNHH Lộc Phát (Khóm 1)") != NULL);
}

TEST(minutes_tell_the_meeting_and_nothing_that_came_after_it)
{
    RULE("R72 R84");
    ARENA arena = {0};
    struct doc_facts facts = *sample_facts(&arena, DOC_MINUTES, SAMPLE_RICH);
    const char *text = text_of(&arena, DOC_MINUTES, &facts);
    check(strstr(text, "Hố ga trước số nhà 27") != NULL);
    check(strstr(text, "Thửa đất số 145 đã được đo đạc") == NULL);
    check(strstr(text, "THƯ KÝ\n(Ký, ghi rõ họ tên)\nLý Thu Thảo\nCHỦ TỌA") != NULL);
    check(strstr(text, "Phường 1, ngày") == NULL); // form 1.9 has no place line
    check(strstr(text, "07 giờ 35 phút, ngày 20 tháng 6 năm 2024") != NULL);
    check(strstr(text, "10 giờ 22 phút, ngày 20 tháng 6 năm 2024./.") != NULL);
    check(strstr(text, "1 giờ 30 phút (66,2%)") != NULL);
}

/// What is kept of a draft prints as the draft did, to the last mark-up.
TEST(kept_minutes_look_like_the_draft_they_were_taken_from)
{
    static const enum sample samples[] = {SAMPLE_RICH, SAMPLE_LARGE};
    for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
        ARENA arena = {0};
        struct doc_facts facts = *sample_facts(&arena, DOC_MINUTES, samples[i]);
        const char *drafted = rendered(&arena, DOC_MINUTES, &facts, DOC_HTML, NULL);
        const char *text = text_of(&arena, DOC_MINUTES, &facts);
        const char *begin = strstr(text, "\nI. "), *end = strstr(text, "\nTHƯ KÝ\n");
        check_fatal(begin != NULL && end != NULL);
        facts.minutes_text = arena_strndup(&arena, begin + 1, (size_t)(end - begin));
        check_text(text_of(&arena, DOC_MINUTES, &facts), text);
        const char *kept = rendered(&arena, DOC_MINUTES, &facts, DOC_HTML, NULL);
        check(strcmp(kept, drafted) == 0);
        if (strcmp(kept, drafted) != 0) {
            size_t at = 0;
            while (kept[at] == drafted[at])
                at++;
            at = at > 30 ? at - 30 : 0;
            printf("# drafted: %.400s\n# kept: %.400s\n", drafted + at, kept + at);
        }
    }
}

TEST(a_referral_carries_the_whole_text_word_for_word)
{
    RULE("R80 R81 R82");
    ARENA arena = {0};
    const struct doc_facts *facts = sample_facts(&arena, DOC_REFERRAL, SAMPLE_RICH);
    const char *text = text_of(&arena, DOC_REFERRAL, facts);
    check(strstr(text, facts->opinion->text) != NULL);
    check(strstr(text, "Kính gửi: Sở Giao thông vận tải tỉnh") != NULL);
    check(strstr(text, "PHIẾU CHUYỂN") != NULL && strstr(text, "/PC-UBND") != NULL);
}

TEST(a_time_notice_names_agency_and_time)
{
    RULE("R58 R59");
    ARENA arena = {0};
    const char *text =
        text_of(&arena, DOC_TIME_NOTICE, sample_facts(&arena, DOC_TIME_NOTICE, SAMPLE_RICH));
    check(strstr(text, "Cơ quan có trách nhiệm giải quyết: Sở Giao thông vận tải tỉnh.") != NULL);
    check(strstr(text, "Thời gian dự kiến có kết quả: ngày 15 tháng 8 năm 2024.") != NULL);
}

TEST(synthesis_totals_equal_the_list)
{
    RULE("R90 R91");
    ARENA arena = {0};
    const char *text =
        text_of(&arena, DOC_SYNTHESIS, sample_facts(&arena, DOC_SYNTHESIS, SAMPLE_RICH));
    check(strstr(text, "Tổng số ý kiến, kiến nghị: 07; trong đó trả lời, tiếp thu ngay tại hội "
                       "nghị: 02 (28,6%)") != NULL);
    check_int(occurrences(text, "Cộng | 07 | 100%"), 6);
    check(strstr(text, "Kính gửi: Ban Thường vụ Đảng ủy Phường 1") != NULL);
    check(strstr(text, "đã giải quyết 03, đang giải quyết 02, quá hạn 01") != NULL);
}

TEST(a_bulletin_reads_without_figures_or_abbreviations)
{
    RULE("R94 R95 R96 R97");
    ARENA arena = {0};
    const char *text =
        text_of(&arena, DOC_BULLETIN, sample_facts(&arena, DOC_BULLETIN, SAMPLE_RICH));
    int words = 0;
    for (const char *p = text; *p != '\0'; p++) {
        check_fatal(*p < '0' || *p > '9');
        words += *p == ' ' || *p == '\n';
    }
    printf("# %d syllables, about %d s\n", words, words * 10 / 32);
    check(words >= 190 &&
          words <= 300); // 60 to 90 s at a speaker's three to four syllables a second
    check(strstr(text, "UBND") == NULL && strstr(text, "HĐND") == NULL);
    check(strstr(text, "ngày hai mươi tháng sáu năm hai nghìn không trăm hai mươi bốn") != NULL);
    check(strstr(text, "bảy giờ ba mươi phút") != NULL);
}

TEST(an_invitation_is_made_out_to_one_person_or_left_blank)
{
    RULE("R102");
    ARENA arena = {0};
    struct doc_facts facts = *sample_facts(&arena, DOC_INVITATION, SAMPLE_RICH);
    check(strstr(text_of(&arena, DOC_INVITATION, &facts),
                 "Bà Võ Thị Em\nChủ cơ sở may Thanh Em, Khóm 5") != NULL);
    facts.person = NULL;
    check(strstr(text_of(&arena, DOC_INVITATION, &facts), "Ông/Bà ……") != NULL);
}

TEST(a_slip_is_blank_or_filled)
{
    ARENA arena = {0};
    struct doc_facts facts = *sample_facts(&arena, DOC_SLIP, SAMPLE_RICH);
    const char *filled = text_of(&arena, DOC_SLIP, &facts);
    check(strstr(filled, "2024-0002") != NULL &&
          strstr(filled, "[x]\u00a0trả lời bằng văn bản") != NULL);
    facts.opinion = NULL;
    const char *blank = text_of(&arena, DOC_SLIP, &facts);
    check(strstr(blank, "2024-") == NULL && strstr(blank, "[x]") == NULL);
}

TEST(the_tables_of_types_and_formats_are_whole)
{
    for (int i = 0; i < DOC_TYPE_COUNT; i++) {
        const struct doc_type_row *row = &doc_types[i];
        check_fatal(row->code != NULL && row->name != NULL && row->build != NULL);
        check_int(doc_type_parse(row->code), i);
        check((row->form == FORM_LETTER || row->form == FORM_INTERNAL) ==
              (row->abbreviation == NULL));
    }
    for (int i = 0; i < DOC_FORMAT_COUNT; i++)
        check_int(doc_format_parse(doc_formats[i].code), i);
    check_int(doc_type_parse("letter"), -1);
    check_int(doc_type_parse(NULL), -1);
    check_int(doc_format_parse("odt"), -1);
    for (int i = 0; i < STYLE_COUNT; i++) {
        check_fatal(doc_styles[i].id != NULL && doc_styles[i].size >= 11);
        for (int k = 0; k < i; k++)
            check(strcmp(doc_styles[i].id, doc_styles[k].id) != 0);
    }
}

TEST(file_names_are_plain_ascii)
{
    ARENA arena = {0};
    const struct doc *doc =
        document_build(&arena, DOC_PLAN, sample_facts(&arena, DOC_PLAN, SAMPLE_RICH));
    check_text(document_file_name(&arena, doc, DOC_DOCX), "66-KH-UBND.docx");
    doc = document_build(&arena, DOC_RULES, sample_facts(&arena, DOC_RULES, SAMPLE_RICH));
    check_text(document_file_name(&arena, doc, DOC_PDF), "rules.pdf");
    doc = document_build(&arena, DOC_PLAN, sample_facts(&arena, DOC_PLAN, SAMPLE_HOSTILE));
    for (const char *p = document_file_name(&arena, doc, DOC_PDF); *p != '\0'; p++)
        check((unsigned char)*p < 0x80 && strchr("/\\\"\r\n ", *p) == NULL);
}

/// Wherever on the page a table begins, its last two rows are on one page.
TEST(a_sum_never_stands_alone_under_a_repeated_heading)
{
    static const struct doc_column columns[] = {{2, STYLE_CELL}, {1, STYLE_CELL}};
    static const char *const titles[] = {"Lĩnh vực", "Số ý kiến"};
    enum { WAYS = 200, ROWS = 12 };
    int cut = 0;
    for (int way = 0; way < WAYS; way++) {
        ARENA arena = {0};
        FLOW flow = {0};
        struct flow_page *pages = NULL;
        struct doc doc = {.arena = &arena, .title = "", .author = "", .day = DAY_NONE};
        for (int i = 0; i < way / 5; i++)
            doc_para(&doc, STYLE_BODY, "x");
        struct doc_table *table = doc_table(&doc, columns, 2);
        table_heading(&doc, table, titles);
        const struct doc_row *row = NULL, *before = NULL;
        for (int i = 0; i < ROWS; i++) {
            before = row;
            struct doc_row *now = table_row(&doc, table);
            row = now;
            if (i == 0) now->min_height = 20 + 4 * (way % 5); // by steps smaller than a line
            table_cell(&doc, table, 0, i + 1 < ROWS ? "Kinh tế" : "Cộng");
            table_cell(&doc, table, 1, "12");
        }
        flow_build(&flow, &arena, &doc);
        int count = flow_paginate(&flow, &doc, &pages);
        for (int p = 0; p < count; p++) {
            bool has_last = false, has_before = false, has_table = false;
            for (int b = pages[p].from; b < pages[p].to; b++) {
                has_last = has_last || flow.boxes[b].row == row;
                has_before = has_before || flow.boxes[b].row == before;
                has_table = has_table || flow.boxes[b].table != NULL;
            }
            check(!has_last || has_before);
            cut += has_table && !has_last;
        }
    }
    check(cut > 5); // or it says nothing
}

static const struct test_case cases[] = {
    TEST_CASE(every_type_renders_in_every_format_from_every_sample),
    TEST_CASE(a_library_that_is_missing_or_too_old_is_an_error_and_fills_nothing),
    TEST_CASE(the_same_facts_give_the_same_bytes),
    TEST_CASE(threads_render_at_the_same_time_without_disturbing_each_other),
    TEST_CASE(missing_facts_print_dots_and_never_null),
    TEST_CASE(control_characters_and_markup_never_reach_html),
    TEST_CASE(clean_text_keeps_every_vietnamese_letter),
    TEST_CASE(a_plan_says_what_the_seed_plan_requires),
    TEST_CASE(a_plan_of_profile_2025_names_the_co_chair_and_the_days_of_notice_and_results),
    TEST_CASE(legal_bases_end_with_semicolons_and_the_last_with_a_full_stop),
    TEST_CASE(a_letter_has_no_type_abbreviation_and_a_number_below_ten_a_zero),
    TEST_CASE(a_deputy_signs_for_the_collective_in_the_place_of_the_head),
    TEST_CASE(public_minutes_hold_no_name_no_contact_and_no_redacted_text),
    TEST_CASE(kept_minutes_look_like_the_draft_they_were_taken_from),
    TEST_CASE(minutes_tell_the_meeting_and_nothing_that_came_after_it),
    TEST_CASE(a_referral_carries_the_whole_text_word_for_word),
    TEST_CASE(a_time_notice_names_agency_and_time),
    TEST_CASE(synthesis_totals_equal_the_list),
    TEST_CASE(a_bulletin_reads_without_figures_or_abbreviations),
    TEST_CASE(an_invitation_is_made_out_to_one_person_or_left_blank),
    TEST_CASE(a_slip_is_blank_or_filled),
    TEST_CASE(the_tables_of_types_and_formats_are_whole),
    TEST_CASE(file_names_are_plain_ascii),
    TEST_CASE(a_sum_never_stands_alone_under_a_repeated_heading),
};

int main(void)
{
    return RUN_CASES(cases);
}
