// SPDX-License-Identifier: AGPL-3.0-or-later
// domain/deadline: the worked cases, a table of crossings, a naive counter beside the real one, the
// working shown.
#include "base/arena.h"
#include "base/day.h"
#include "base/ensure.h"
#include "domain/deadline.h"
#include "tests/test.h"

static int32_t day_of(const char *text)
{
    int32_t day = 0;
    ensure(day_parse(text, &day));
    return day;
}

struct example {
    enum deadline_rule rule;
    const char *start, *last, *legal, *safe;
};

static void check_examples(const struct example *examples, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct example *e = &examples[i];
        struct deadline d =
            deadline_compute(e->rule, DEADLINE_PROFILE_2025, day_of(e->start), calendar_builtin());
        char text[DAY_TEXT];
        int before = test_failures_in_case;
        check_text(day_format(d.last_day, text), e->last);
        check_text(day_format(d.legal_day, text), e->legal);
        check_text(day_format(d.safe_day, text), e->safe);
        if (test_failures_in_case > before) printf("# in the case that starts %s\n", e->start);
    }
}

TEST(what_was_not_answered_is_due_in_thirty_calendar_days)
{
    RULE("R54 R55 R66 X8 X9 X10");
    static const struct example examples[] = {
        {DEADLINE_ANSWER, "2024-06-20", "2024-07-20", "2024-07-22", "2024-07-19"}, // Saturday
        {DEADLINE_OFF_TOPIC, "2024-06-20", "2024-07-20", "2024-07-22", "2024-07-19"},
        {DEADLINE_ANSWER, "2024-06-21", "2024-07-21", "2024-07-22", "2024-07-19"}, // Sunday
        {DEADLINE_ANSWER, "2024-06-19", "2024-07-19", "2024-07-19", "2024-07-19"}, // Friday
        {DEADLINE_ANSWER, "2026-06-24", "2026-07-24", "2026-07-24", "2026-07-24"},
        {DEADLINE_ANSWER, "2024-01-09", "2024-02-08", "2024-02-15",
         "2024-02-07"}, // first day of Tết
        {DEADLINE_ANSWER, "2024-01-15", "2024-02-14", "2024-02-15", "2024-02-07"}, // its last
        {DEADLINE_ANSWER, "2024-01-16", "2024-02-15", "2024-02-15", "2024-02-15"},
        {DEADLINE_ANSWER, "2025-01-01", "2025-01-31", "2025-02-03", "2025-01-24"},
        {DEADLINE_ANSWER, "2026-01-20", "2026-02-19", "2026-02-23", "2026-02-13"},
        {DEADLINE_ANSWER, "2024-04-04", "2024-05-04", "2024-05-04",
         "2024-05-04"}, // worked Saturday
        {DEADLINE_ANSWER, "2024-04-05", "2024-05-05", "2024-05-06",
         "2024-05-04"}, // Sunday behind it
        {DEADLINE_ANSWER, "2024-03-30", "2024-04-29", "2024-05-02",
         "2024-04-26"}, // swapped Monday off
        {DEADLINE_ANSWER, "2025-03-27", "2025-04-26", "2025-04-26",
         "2025-04-26"}, // worked Saturday
        {DEADLINE_ANSWER, "2025-04-02", "2025-05-02", "2025-05-05",
         "2025-04-29"}, // swapped Friday off
        {DEADLINE_ANSWER, "2025-12-03", "2026-01-02", "2026-01-05",
         "2025-12-31"}, // over the year's end
        {DEADLINE_ANSWER, "2025-12-11", "2026-01-10", "2026-01-10",
         "2026-01-10"}, // worked Saturday
        {DEADLINE_ANSWER, "2026-03-27", "2026-04-26", "2026-04-28",
         "2026-04-24"}, // Hùng Kings on a Sunday
        {DEADLINE_ANSWER, "2026-07-23", "2026-08-22", "2026-08-22",
         "2026-08-22"}, // worked Saturday
        {DEADLINE_ANSWER, "2026-08-01", "2026-08-31", "2026-09-03", "2026-08-28"}, // five days off
        {DEADLINE_ANSWER, "2026-10-25", "2026-11-24", "2026-11-25", "2026-11-23"}, // Culture Day
        {DEADLINE_ANSWER, "2024-01-30", "2024-02-29", "2024-02-29", "2024-02-29"}, // leap day
    };
    check_examples(examples, ARRAY_LEN(examples));
}

TEST(the_notice_of_time_and_agency_is_due_in_ten_working_days)
{
    RULE("R56 R57 R59 X10");
    static const struct example examples[] = {
        {DEADLINE_NOTICE, "2024-06-20", "2024-07-04", "2024-07-04", "2024-07-04"},
        {DEADLINE_NOTICE, "2024-06-22", "2024-07-05", "2024-07-05",
         "2024-07-05"}, // starts on a Saturday
        {DEADLINE_NOTICE, "2024-02-05", "2024-02-26", "2024-02-26", "2024-02-26"}, // across Tết
        {DEADLINE_NOTICE, "2024-04-25", "2024-05-13", "2024-05-13",
         "2024-05-13"}, // Saturday 04/05 counts
        {DEADLINE_NOTICE, "2025-04-21", "2025-05-07", "2025-05-07",
         "2025-05-07"}, // Saturday 26/04 counts
    };
    check_examples(examples, ARRAY_LEN(examples));
    struct deadline d = deadline_compute(DEADLINE_NOTICE, DEADLINE_PROFILE_2024,
                                         day_of("2026-01-05"), calendar_builtin());
    check_int(d.legal_day, day_of("2026-01-17") - 1); // Saturday 10/01 is worked
}

TEST(a_dialogue_is_announced_seven_days_before_and_its_results_follow_in_ten)
{
    RULE("R94 R95 R96 R97 X12");
    static const struct example examples[] = {
        {DEADLINE_ANNOUNCE, "2026-06-24", "2026-06-17", "2026-06-17", "2026-06-17"},
        {DEADLINE_RESULTS, "2026-06-24", "2026-07-04", "2026-07-06", "2026-07-03"},
        // A last day off never shortens the notice people get: no rolling, but an earlier safe day.
        {DEADLINE_ANNOUNCE, "2026-06-27", "2026-06-20", "2026-06-20", "2026-06-19"},
        {DEADLINE_ANNOUNCE, "2026-02-24", "2026-02-17", "2026-02-17", "2026-02-13"},
        {DEADLINE_ANNOUNCE, "2026-08-29", "2026-08-22", "2026-08-22", "2026-08-22"},
        {DEADLINE_RESULTS, "2026-02-06", "2026-02-16", "2026-02-23", "2026-02-13"},
    };
    check_examples(examples, ARRAY_LEN(examples));
}

TEST(the_author_has_fifteen_days_and_may_reopen_for_thirty)
{
    RULE("R83 R84");
    static const struct example examples[] = {
        {DEADLINE_AUTHOR_WINDOW, "2024-07-10", "2024-07-25", "2024-07-25", "2024-07-25"},
        {DEADLINE_AUTHOR_WINDOW, "2024-07-12", "2024-07-27", "2024-07-29", "2024-07-26"},
        {DEADLINE_REOPEN, "2024-08-02", "2024-09-01", "2024-09-04", "2024-08-30"},
    };
    check_examples(examples, ARRAY_LEN(examples));
}

TEST(profiles_differ_only_in_what_the_law_changed)
{
    RULE("X12 X15");
    for (int rule = 0; rule < DEADLINE_RULE_COUNT; rule++) {
        const struct deadline_term *old =
            deadline_term(DEADLINE_PROFILE_2024, (enum deadline_rule)rule);
        const struct deadline_term *new =
            deadline_term(DEADLINE_PROFILE_2025, (enum deadline_rule)rule);
        bool law = rule == DEADLINE_ANNOUNCE || rule == DEADLINE_RESULTS;
        check(old->applies == !law);
        check(new->applies);
        check_int(old->length, new->length);
        check_text(old->word, new->word);
    }
    check(!deadline_profile_row(DEADLINE_PROFILE_2024)->co_chair);
    check(deadline_profile_row(DEADLINE_PROFILE_2025)->co_chair);
    check_int(deadline_profile_on(day_of("2024-01-18")), DEADLINE_PROFILE_2024);
    check_int(deadline_profile_on(day_of("2025-06-15")), DEADLINE_PROFILE_2024);
    check_int(deadline_profile_on(day_of("2025-06-16")), DEADLINE_PROFILE_2025);
    enum deadline_profile profile = DEADLINE_PROFILE_COUNT;
    check(deadline_profile_parse(2024, &profile) && profile == DEADLINE_PROFILE_2024);
    check(deadline_profile_parse(2025, &profile) && profile == DEADLINE_PROFILE_2025);
    check(!deadline_profile_parse(2026, &profile));
}

TEST(every_term_is_named_sourced_and_found_by_its_word)
{
    for (int p = 0; p < DEADLINE_PROFILE_COUNT; p++) {
        const struct deadline_profile_row *row = deadline_profile_row((enum deadline_profile)p);
        check(row->name != NULL && row->source != NULL && row->year > 2000);
        for (int r = 0; r < DEADLINE_RULE_COUNT; r++) {
            const struct deadline_term *term =
                deadline_term((enum deadline_profile)p, (enum deadline_rule)r);
            check_fatal(term->word != NULL && term->name != NULL && term->event != NULL);
            check(term->rules[0] == 'R' || term->rules[0] == 'X');
            check(term->source[0] != 0);
            check((term->length > 0) == (term->unit != DEADLINE_BY_DATE));
            enum deadline_rule found = DEADLINE_RULE_COUNT;
            check(deadline_rule_parse(term->word, &found) && found == (enum deadline_rule)r);
        }
    }
    enum deadline_rule found = DEADLINE_ANSWER;
    check(!deadline_rule_parse("thirty", &found));
    check(!deadline_rule_parse(NULL, &found));
}

/// Counting as a clerk does with a finger on the wall calendar, independent of the code under test.
static struct deadline naive(const struct deadline_term *term, int32_t start, int length)
{
    const struct calendar *calendar = calendar_builtin();
    struct deadline d = {.start_day = start, .length = length, .last_day = start};
    for (int counted = 0; counted < length;) {
        d.last_day += term->before ? -1 : 1;
        if (term->unit == DEADLINE_DAYS || calendar_is_working(calendar, d.last_day)) counted++;
    }
    d.legal_day = d.safe_day = d.last_day;
    while (!term->before && !calendar_is_working(calendar, d.legal_day))
        d.legal_day++;
    while (!calendar_is_working(calendar, d.safe_day) && (term->before || d.safe_day > start))
        d.safe_day--;
    return d;
}

/// The working must add up to the deadline it explains.
static int faults_of_steps(const struct deadline *d, const struct deadline_steps *steps)
{
    int faults = steps->count < 3 || steps->summary[0] == 0, counted = 0;
    int32_t legal = 0, safe = d->legal_day;
    for (size_t i = 0; i < steps->count; i++) {
        const struct deadline_step *s = &steps->items[i];
        faults += s->first_day > s->last_day || s->note[0] == 0;
        if (s->from != 0) {
            faults += s->from != counted + 1 || s->to - s->from != s->last_day - s->first_day;
            counted = s->to;
        }
        if (s->kind == DEADLINE_STEP_LEGAL) legal = s->first_day;
        if (s->kind == DEADLINE_STEP_SAFE) safe = s->first_day;
    }
    return faults + (counted != d->length) + (legal != d->legal_day) + (safe != d->safe_day);
}

TEST(a_naive_counter_agrees_on_every_start_and_length_and_the_working_adds_up)
{
    RULE("R55 R59 X9");
    static const enum deadline_rule rules[] = {DEADLINE_ANSWER, DEADLINE_NOTICE, DEADLINE_ANNOUNCE};
    int wrong = 0, faults = 0;
    ARENA arena = {0};
    for (int32_t start = day_of("2023-12-01"); start < day_of("2028-02-01"); start++)
        for (size_t r = 0; r < ARRAY_LEN(rules); r++)
            for (int length = 1; length <= 46; length += 3) {
                const struct deadline_term *term = deadline_term(DEADLINE_PROFILE_2025, rules[r]);
                struct deadline want = naive(term, start, length);
                struct deadline got = deadline_compute_length(rules[r], DEADLINE_PROFILE_2025,
                                                              start, length, calendar_builtin());
                wrong += got.last_day != want.last_day || got.legal_day != want.legal_day ||
                         got.safe_day != want.safe_day;
                struct deadline_steps steps = deadline_steps(&arena, &got, calendar_builtin());
                faults += faults_of_steps(&got, &steps);
                arena_reset(&arena);
            }
    check_int(wrong, 0);
    check_int(faults, 0);
}

TEST(the_working_is_shown_in_words_an_officer_can_read_out)
{
    RULE("R55 R79");
    ARENA arena = {0};
    struct deadline d = deadline_compute(DEADLINE_ANSWER, DEADLINE_PROFILE_2024,
                                         day_of("2024-06-20"), calendar_builtin());
    struct deadline_steps steps = deadline_steps(&arena, &d, calendar_builtin());
    check_text(steps.summary,
               "Kết thúc đối thoại 20/06/2024 + 30 ngày = thứ Bảy 20/07/2024, là ngày "
               "nghỉ nên hạn cuối là thứ Hai 22/07/2024; nên xong chậm nhất thứ Sáu "
               "19/07/2024.");
    static const enum deadline_step_kind kinds[] = {DEADLINE_STEP_START, DEADLINE_STEP_COUNTED,
                                                    DEADLINE_STEP_LAST,  DEADLINE_STEP_ROLLED,
                                                    DEADLINE_STEP_LEGAL, DEADLINE_STEP_SAFE};
    check_fatal(steps.count == ARRAY_LEN(kinds));
    for (size_t i = 0; i < steps.count; i++)
        check_int(steps.items[i].kind, kinds[i]);
    check_text(steps.items[1].note, "ngày thứ 1 đến thứ 29");
    check_text(steps.items[2].note, "ngày thứ 30, ngày cuối (nghỉ cuối tuần)");

    d = deadline_compute(DEADLINE_ANSWER, DEADLINE_PROFILE_2024, day_of("2024-06-19"),
                         calendar_builtin());
    check_text(deadline_steps(&arena, &d, calendar_builtin()).summary,
               "Kết thúc đối thoại 19/06/2024 + 30 ngày = thứ Sáu 19/07/2024, là hạn cuối.");
    check_text(deadline_steps_from(&arena, &d, calendar_builtin(), "Trao đổi tiếp").summary,
               "Trao đổi tiếp 19/06/2024 + 30 ngày = thứ Sáu 19/07/2024, là hạn cuối.");

    d = deadline_compute(DEADLINE_ANSWER, DEADLINE_PROFILE_2024, day_of("2024-01-09"),
                         calendar_builtin());
    check_text(
        deadline_steps(&arena, &d, calendar_builtin()).summary,
        "Kết thúc đối thoại 09/01/2024 + 30 ngày = thứ Năm 08/02/2024, là ngày nghỉ (Tết Nguyên "
        "đán) nên hạn cuối là thứ Năm 15/02/2024; nên xong chậm nhất thứ Tư 07/02/2024.");

    d = deadline_compute(DEADLINE_ANNOUNCE, DEADLINE_PROFILE_2025, day_of("2026-06-27"),
                         calendar_builtin());
    check_text(
        deadline_steps(&arena, &d, calendar_builtin()).summary,
        "Ngày đối thoại 27/06/2026 - 7 ngày = thứ Bảy 20/06/2026, là hạn cuối và là ngày nghỉ; "
        "nên xong chậm nhất thứ Sáu 19/06/2026.");
}

TEST(working_days_off_are_named_and_a_worked_saturday_is_counted)
{
    RULE("R59");
    ARENA arena = {0};
    struct deadline d = deadline_compute(DEADLINE_NOTICE, DEADLINE_PROFILE_2024,
                                         day_of("2024-04-25"), calendar_builtin());
    struct deadline_steps steps = deadline_steps(&arena, &d, calendar_builtin());
    int skipped = 0;
    bool saturday = false;
    for (size_t i = 0; i < steps.count; i++) {
        skipped += steps.items[i].kind == DEADLINE_STEP_SKIPPED;
        if (steps.items[i].first_day != day_of("2024-05-04")) continue;
        saturday = steps.items[i].kind == DEADLINE_STEP_COUNTED;
        check_text(steps.items[i].note, "Làm bù cho thứ Hai 29/04/2024, có tính");
    }
    check(saturday);
    check_int(skipped, 6);
}

TEST(a_date_set_by_a_person_does_not_roll)
{
    RULE("R57 R58 R77 R79");
    ARENA arena = {0};
    struct deadline d = deadline_on(DEADLINE_ASSIGNED, DEADLINE_PROFILE_2024, day_of("2024-06-20"),
                                    day_of("2024-06-30"), calendar_builtin());
    check_int(d.legal_day, day_of("2024-06-30"));
    check_int(d.safe_day, day_of("2024-06-28"));
    check_text(
        deadline_steps(&arena, &d, calendar_builtin()).summary,
        "Kết thúc đối thoại 20/06/2024; thời hạn do chủ trì ấn định: Chủ nhật 30/06/2024, là "
        "ngày nghỉ; nên xong chậm nhất thứ Sáu 28/06/2024.");
    d = deadline_on(DEADLINE_EXTENDED, DEADLINE_PROFILE_2024, day_of("2024-06-20"),
                    day_of("2024-09-16"), calendar_builtin());
    check_int(d.legal_day, day_of("2024-09-16"));
    check_int(d.safe_day, day_of("2024-09-16"));
    // No working day between the event and the date: the safe day is the event's own.
    d = deadline_on(DEADLINE_ASSIGNED, DEADLINE_PROFILE_2024, day_of("2024-02-09"),
                    day_of("2024-02-12"), calendar_builtin());
    check_int(d.safe_day, day_of("2024-02-09"));
}

TEST(overdue_begins_with_the_day_after_in_vietnamese_time)
{
    RULE("R55 R79");
    int32_t legal = day_of("2024-07-22");
    int64_t midnight = instant_at(legal + 1, 0, 0);
    check(!deadline_is_overdue(legal, midnight - 1));
    check(deadline_is_overdue(legal, midnight));
    check_int(deadline_days_left(legal, midnight - 1), 0);
    check_int(deadline_days_left(legal, midnight), -1);
    check_int(deadline_days_left(legal, instant_at(legal - 5, 12, 0)), 5);
    check_int(deadline_days_elapsed(day_of("2024-06-20"), midnight - 1), 32);
    check_int(deadline_days_elapsed(legal, instant_at(legal, 1, 0)), 0);
}

TEST(closing_by_mistake_can_be_undone_for_thirty_minutes)
{
    int64_t closed = instant_at(day_of("2024-06-20"), 11, 30);
    check_int(deadline_end_ms(DEADLINE_CLOSE_UNDO, DEADLINE_PROFILE_2024, closed),
              instant_at(day_of("2024-06-20"), 12, 0));
}

TEST(another_calendar_gives_another_date_and_the_old_one_can_still_be_shown)
{
    ARENA arena = {0};
    int32_t monday = day_of("2024-07-22");
    const struct calendar_day rows[] = {{monday, CALENDAR_OFF, true, "Nghỉ do bão", "Công điện"}};
    struct calendar storm = {rows, 1};
    struct deadline before = deadline_compute(DEADLINE_ANSWER, DEADLINE_PROFILE_2024,
                                              day_of("2024-06-20"), calendar_builtin());
    struct deadline after =
        deadline_compute(DEADLINE_ANSWER, DEADLINE_PROFILE_2024, day_of("2024-06-20"), &storm);
    check_int(before.legal_day, monday);
    check_int(after.legal_day, monday + 1);
    check_int(after.safe_day, before.safe_day);
    check(strstr(deadline_steps(&arena, &before, &storm).summary, "thứ Hai 22/07/2024") != NULL);
}

TEST(every_kind_of_step_has_a_word)
{
    for (int i = 0; i < DEADLINE_STEP_KIND_COUNT; i++)
        check(deadline_step_word((enum deadline_step_kind)i) != NULL);
}

int main(void)
{
    static const struct test_case cases[] = {
        TEST_CASE(what_was_not_answered_is_due_in_thirty_calendar_days),
        TEST_CASE(the_notice_of_time_and_agency_is_due_in_ten_working_days),
        TEST_CASE(a_dialogue_is_announced_seven_days_before_and_its_results_follow_in_ten),
        TEST_CASE(the_author_has_fifteen_days_and_may_reopen_for_thirty),
        TEST_CASE(profiles_differ_only_in_what_the_law_changed),
        TEST_CASE(every_term_is_named_sourced_and_found_by_its_word),
        TEST_CASE(a_naive_counter_agrees_on_every_start_and_length_and_the_working_adds_up),
        TEST_CASE(the_working_is_shown_in_words_an_officer_can_read_out),
        TEST_CASE(working_days_off_are_named_and_a_worked_saturday_is_counted),
        TEST_CASE(a_date_set_by_a_person_does_not_roll),
        TEST_CASE(overdue_begins_with_the_day_after_in_vietnamese_time),
        TEST_CASE(closing_by_mistake_can_be_undone_for_thirty_minutes),
        TEST_CASE(another_calendar_gives_another_date_and_the_old_one_can_still_be_shown),
        TEST_CASE(every_kind_of_step_has_a_word),
    };
    return RUN_CASES(cases);
}
