// SPDX-License-Identifier: AGPL-3.0-or-later
// web/hall/fit: how large a text can stand on the hall's screen, and where it must end.
#include "base/arena.h"
#include "base/text.h"
#include "tests/test.h"
#include "web/hall/fit.h"

/// A question's place on the screen: as wide as the wall, about half as high.
static const struct fit_box box = {
    .width = 90000, .height = 30000, .largest = 0, .least = FIT_LEAST};

static const char *repeated(struct arena *arena, const char *words, int times)
{
    const char *text = "";
    for (int i = 0; i < times; i++)
        text = arena_printf(arena, "%s%s%s", text, i > 0 ? " " : "", words);
    return text;
}

TEST(a_short_text_stands_in_the_largest_size_on_one_line)
{
    ARENA arena = {0};
    struct fit_text t = fit(&arena, "Khi nào có đèn?", &box);
    check_text(t.text, "Khi nào có đèn?");
    check_int(t.size, 0);
    check_int(t.lines, 1);
    check(!t.cut);
}

TEST(nothing_takes_no_line)
{
    ARENA arena = {0};
    check_int(fit(&arena, "", &box).lines, 0);
    check_int(fit(&arena, " \n ", &box).lines, 0);
    check_int(fit_width("", 0, true), 0);
}

TEST(the_longer_the_text_the_smaller_it_stands_and_never_higher_than_its_box)
{
    ARENA arena = {0};
    int before = 0;
    for (int words = 1; words < 400; words += 3) {
        const char *text = repeated(&arena, "đường", words);
        struct fit_text t = fit(&arena, text, &box);
        check_fatal(t.size >= before && t.size <= box.least);
        check_fatal(fit_height(t.size, t.lines) <= box.height);
        check_fatal(t.cut == (strcmp(t.text, text) != 0));
        before = t.size;
    }
    check_int(before, FIT_LEAST);
}

TEST(what_is_too_long_ends_between_two_words_with_the_sign_that_there_is_more)
{
    ARENA arena = {0};
    const char *text = repeated(&arena, "Đề nghị phường cho biết khi nào sửa cầu,", 60);
    struct fit_text t = fit(&arena, text, &box);
    check(t.cut);
    check_int(t.size, FIT_LEAST);
    size_t kept = strlen(t.text) - strlen("…");
    check_text(t.text + kept, "…");
    check(memcmp(t.text, text, kept) == 0);
    check(strchr(" ,", text[kept]) != NULL);
    check(text_is_utf8(t.text, strlen(t.text)));
}

TEST(room_kept_for_what_stands_below_is_taken_from_a_cut_text_alone)
{
    ARENA arena = {0};
    struct fit_box kept = box;
    kept.rest = fit_height(FIT_LEAST, 2);
    const char *text = repeated(&arena, "đường", 400);
    struct fit_text whole = fit(&arena, text, &box), less = fit(&arena, text, &kept);
    check(whole.cut && less.cut);
    check_int(whole.lines - less.lines, 2);
    check_int(fit(&arena, "Khi nào có đèn?", &kept).size, 0);
}

TEST(a_word_wider_than_the_line_is_broken_within_whole_letters)
{
    ARENA arena = {0};
    char *text = arena_alloc(&arena, 3 * 2000 + 1);
    for (int i = 0; i < 2000; i++)
        memcpy(text + (size_t)3 * i, "ệ", 3);
    text[3 * 2000] = 0;
    struct fit_text t = fit(&arena, text, &box);
    check(t.cut);
    check(t.lines >= 2);
    check(fit_height(t.size, t.lines) <= box.height);
    check(text_is_utf8(t.text, strlen(t.text)));
    check_int((strlen(t.text) - strlen("…")) % 3, 0);
}

TEST(one_line_of_one_size_is_cut_to_its_width)
{
    ARENA arena = {0};
    struct fit_text t =
        fit_lines(&arena, "Tình trạng ngập nước ở hẻm 12 sau mỗi cơn mưa lớn", 3, 40000, 1);
    check(t.cut);
    check_int(t.size, 3);
    check_int(t.lines, 1);
    check(fit_width(t.text, fit_sizes[3], false) <= 40000);
    check_text(fit_lines(&arena, "Ngập nước", 3, 40000, 1).text, "Ngập nước");
}

TEST(marks_written_apart_take_no_room_bold_and_large_letters_take_more)
{
    check_int(fit_width("e\xCC\xA3\xCC\x82", 1000, false), fit_width("e", 1000, false));
    check(fit_width("đường", 1000, true) > fit_width("đường", 1000, false));
    check(fit_width("ĐƯỜNG", 1000, false) > fit_width("đường", 1000, false));
    check_int(fit_width("đường đường", 2000, false), 2 * fit_width("đường đường", 1000, false));
}

TEST(a_line_break_of_the_writer_counts_as_a_space)
{
    ARENA arena = {0};
    check_int(fit(&arena, "một\nhai\n\nba", &box).lines, 1);
}

int main(void)
{
    static const struct test_case cases[] = {
        TEST_CASE(a_short_text_stands_in_the_largest_size_on_one_line),
        TEST_CASE(nothing_takes_no_line),
        TEST_CASE(the_longer_the_text_the_smaller_it_stands_and_never_higher_than_its_box),
        TEST_CASE(what_is_too_long_ends_between_two_words_with_the_sign_that_there_is_more),
        TEST_CASE(room_kept_for_what_stands_below_is_taken_from_a_cut_text_alone),
        TEST_CASE(a_word_wider_than_the_line_is_broken_within_whole_letters),
        TEST_CASE(one_line_of_one_size_is_cut_to_its_width),
        TEST_CASE(marks_written_apart_take_no_room_bold_and_large_letters_take_more),
        TEST_CASE(a_line_break_of_the_writer_counts_as_a_space),
    };
    return RUN_CASES(cases);
}
