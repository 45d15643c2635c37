// SPDX-License-Identifier: AGPL-3.0-or-later
// The table of terms and the counting. Knows no clock and stores nothing; never decides who owes
// what.
#include "domain/deadline.h"

#include <string.h>
#include "base/arena.h"
#include "base/buf.h"
#include "base/day.h"
#include "base/ensure.h"

enum { LONGEST_TERM = 3650 };

static const struct deadline_profile_row profiles[] = {
    [DEADLINE_PROFILE_2024] = {.year = 2024,
                               .since_day = 0,
                               .name = "Quy định áp dụng năm 2024",
                               .source = "Kế hoạch tổ chức hội nghị năm 2024"},
    [DEADLINE_PROFILE_2025] = {.year = 2025,
                               .since_day = 20255, // 2025-06-16
                               .co_chair = true,
                               .name = "Quy định áp dụng từ năm 2025",
                               .source = "Điều 43 Luật Tổ chức chính quyền địa phương 2025"},
};
_Static_assert(ARRAY_LEN(profiles) == DEADLINE_PROFILE_COUNT, "a row for every profile");

#define CLOSED  "Kết thúc đối thoại"
#define PLAN    "Mục II.4 của Kế hoạch"
#define LAW2025 "Điều 43 Luật Tổ chức chính quyền địa phương 2025 (72/2025/QH15)"
#define OURS    "Mặc định của phần mềm, đơn vị có thể thay đổi"

// What both profiles share, by rule.
#define COMMON_TERMS                                                                       \
    [DEADLINE_ANSWER] = {"answer",                                                         \
                         "trả lời ý kiến chưa trả lời tại hội nghị",                       \
                         CLOSED,                                                           \
                         DEADLINE_DAYS,                                                    \
                         false,                                                            \
                         true,                                                             \
                         30,                                                               \
                         "R54 R55 R79 X8 X9",                                              \
                         PLAN ": chậm nhất không quá 30 ngày"},                            \
    [DEADLINE_OFF_TOPIC] = {"off_topic",                                                   \
                            "trả lời riêng bằng văn bản ý kiến ngoài nội dung",            \
                            CLOSED,                                                        \
                            DEADLINE_DAYS,                                                 \
                            false,                                                         \
                            true,                                                          \
                            30,                                                            \
                            "R65 R66 X10",                                                 \
                            "Mục II.5 của Kế hoạch; thời hạn áp dụng như Mục II.4"},       \
    [DEADLINE_NOTICE] = {"notice",                                                         \
                         "thông báo thời gian và cơ quan giải quyết",                      \
                         "Chuyển cơ quan có thẩm quyền",                                   \
                         DEADLINE_WORKING_DAYS,                                            \
                         false,                                                            \
                         true,                                                             \
                         10,                                                               \
                         "R56 R57 R59 X10",                                                \
                         PLAN "; số ngày: " OURS},                                         \
    [DEADLINE_AUTHOR_WINDOW] = {"author_window",                                           \
                                "người có ý kiến đồng ý hoặc trao đổi tiếp",               \
                                "Gửi câu trả lời",                                         \
                                DEADLINE_DAYS,                                             \
                                false,                                                     \
                                true,                                                      \
                                15,                                                        \
                                "R83 R84",                                                 \
                                OURS},                                                     \
    [DEADLINE_REOPEN] = {"reopen",                                                         \
                         "người có ý kiến đề nghị xem xét lại",                            \
                         "Kết luận ý kiến",                                                \
                         DEADLINE_DAYS,                                                    \
                         false,                                                            \
                         true,                                                             \
                         30,                                                               \
                         "R83",                                                            \
                         OURS},                                                            \
    [DEADLINE_CLOSE_UNDO] = {"close_undo", "mở lại khi bấm kết thúc nhầm",                 \
                             CLOSED,       DEADLINE_MINUTES,                               \
                             false,        true,                                           \
                             30,           "R55",                                          \
                             OURS},                                                        \
    [DEADLINE_EXTENDED] = {"extended",                                                     \
                           "thời hạn đã gia hạn và thông báo",                             \
                           CLOSED,                                                         \
                           DEADLINE_BY_DATE,                                               \
                           false,                                                          \
                           true,                                                           \
                           0,                                                              \
                           "R57 R58 R59",                                                  \
                           PLAN ": nội dung phức tạp liên quan đến nhiều ngành"},          \
    [DEADLINE_ASSIGNED] = {"assigned",                                                     \
                           "thời hạn do chủ trì ấn định",                                  \
                           CLOSED,                                                         \
                           DEADLINE_BY_DATE,                                               \
                           false,                                                          \
                           true,                                                           \
                           0,                                                              \
                           "R77 R78 R79",                                                  \
                           "Mục II.6 của Kế hoạch: trả lời sớm nhất"},                     \
    [DEADLINE_SYNTHESIS] = {"synthesis", "gửi báo cáo tổng hợp đến Ban Thường vụ Đảng ủy", \
                            CLOSED,      DEADLINE_DAYS,                                    \
                            false,       true,                                             \
                            10,          "R90 R91",                                        \
                            OURS},                                                         \
    [DEADLINE_PLAN] = {"plan",                                                             \
                       "ban hành kế hoạch trước ngày đối thoại",                           \
                       "Ngày đối thoại",                                                   \
                       DEADLINE_DAYS,                                                      \
                       true,                                                               \
                       true,                                                               \
                       30,                                                                 \
                       "R6",                                                               \
                       OURS}

#define LAW_TERMS(known)                                                                        \
    [DEADLINE_ANNOUNCE] = {"announce",                                                          \
                           "thông báo thời gian, địa điểm, nội dung đối thoại",                 \
                           "Ngày đối thoại",                                                    \
                           DEADLINE_DAYS,                                                       \
                           true,                                                                \
                           known,                                                               \
                           7,                                                                   \
                           "R94 R95 R96 R97 X12",                                               \
                           LAW2025},                                                            \
    [DEADLINE_RESULTS] = {                                                                      \
        "results", "công bố kết quả đối thoại", CLOSED, DEADLINE_DAYS, false, known, 10, "X12", \
        LAW2025}

static const struct deadline_term terms[DEADLINE_PROFILE_COUNT][DEADLINE_RULE_COUNT] = {
    [DEADLINE_PROFILE_2024] = {COMMON_TERMS, LAW_TERMS(false)},
    [DEADLINE_PROFILE_2025] = {COMMON_TERMS, LAW_TERMS(true)},
};

static const char *const step_words[] = {
    [DEADLINE_STEP_START] = "start", [DEADLINE_STEP_COUNTED] = "counted",
    [DEADLINE_STEP_OFF] = "off",     [DEADLINE_STEP_SKIPPED] = "skipped",
    [DEADLINE_STEP_LAST] = "last",   [DEADLINE_STEP_ROLLED] = "rolled",
    [DEADLINE_STEP_LEGAL] = "legal", [DEADLINE_STEP_SAFE] = "safe",
};
_Static_assert(ARRAY_LEN(step_words) == DEADLINE_STEP_KIND_COUNT, "a word for every step");

const struct deadline_profile_row *deadline_profile_row(enum deadline_profile profile)
{
    ensure(profile < DEADLINE_PROFILE_COUNT);
    return &profiles[profile];
}

bool deadline_profile_parse(int year, enum deadline_profile *ret_profile)
{
    for (int i = 0; i < DEADLINE_PROFILE_COUNT; i++) {
        if (profiles[i].year != year) continue;
        *ret_profile = (enum deadline_profile)i;
        return true;
    }
    return false;
}

enum deadline_profile deadline_profile_on(int32_t day)
{
    return day >= profiles[DEADLINE_PROFILE_2025].since_day ? DEADLINE_PROFILE_2025
                                                            : DEADLINE_PROFILE_2024;
}

const struct deadline_term *deadline_term(enum deadline_profile profile, enum deadline_rule rule)
{
    ensure(profile < DEADLINE_PROFILE_COUNT && rule < DEADLINE_RULE_COUNT);
    return &terms[profile][rule];
}

bool deadline_rule_parse(const char *word, enum deadline_rule *ret_rule)
{
    for (int i = 0; i < DEADLINE_RULE_COUNT; i++) {
        if (word == NULL || strcmp(word, terms[0][i].word) != 0) continue;
        *ret_rule = (enum deadline_rule)i;
        return true;
    }
    return false;
}

const char *deadline_step_word(enum deadline_step_kind kind)
{
    ensure(kind < DEADLINE_STEP_KIND_COUNT);
    return step_words[kind];
}

// --- counting

/// Steps of one day away from `day` until `length` working days are counted.
static int32_t count_working(const struct calendar *calendar, int32_t day, int32_t step, int length)
{
    while (length > 0) {
        day += step;
        length -= calendar_is_working(calendar, day);
    }
    return day;
}

/// The last working day up to `last_day`, but not before the clock started.
static int32_t safe_after(const struct calendar *calendar, int32_t last_day, int32_t start_day)
{
    int32_t day = calendar_previous_working(calendar, last_day);
    return day < start_day ? start_day : day;
}

struct deadline deadline_compute_length(enum deadline_rule rule, enum deadline_profile profile,
                                        int32_t start_day, int length,
                                        const struct calendar *calendar)
{
    const struct deadline_term *term = deadline_term(profile, rule);
    ensure(term->applies && (term->unit == DEADLINE_DAYS || term->unit == DEADLINE_WORKING_DAYS));
    ensure(length >= 1 && length <= LONGEST_TERM);
    struct deadline deadline = {
        .rule = rule, .profile = profile, .length = length, .start_day = start_day};
    int32_t step = term->before ? -1 : 1;
    deadline.last_day = term->unit == DEADLINE_WORKING_DAYS
                            ? count_working(calendar, start_day, step, length)
                            : start_day + step * length;
    if (term->before) {
        deadline.legal_day = deadline.last_day;
        deadline.safe_day = calendar_previous_working(calendar, deadline.last_day);
    } else {
        deadline.legal_day = calendar_next_working(calendar, deadline.last_day);
        deadline.safe_day = safe_after(calendar, deadline.last_day, start_day);
    }
    return deadline;
}

struct deadline deadline_compute(enum deadline_rule rule, enum deadline_profile profile,
                                 int32_t start_day, const struct calendar *calendar)
{
    int length = deadline_term(profile, rule)->length;
    return deadline_compute_length(rule, profile, start_day, length, calendar);
}

struct deadline deadline_on(enum deadline_rule rule, enum deadline_profile profile,
                            int32_t start_day, int32_t due_day, const struct calendar *calendar)
{
    ensure(deadline_term(profile, rule)->unit == DEADLINE_BY_DATE);
    return (struct deadline){.rule = rule,
                             .profile = profile,
                             .start_day = start_day,
                             .last_day = due_day,
                             .legal_day = due_day,
                             .safe_day = safe_after(calendar, due_day, start_day)};
}

int64_t deadline_end_ms(enum deadline_rule rule, enum deadline_profile profile, int64_t start_ms)
{
    const struct deadline_term *term = deadline_term(profile, rule);
    ensure(term->unit == DEADLINE_MINUTES);
    return start_ms + term->length * MINUTE_MS;
}

bool deadline_is_overdue(int32_t legal_day, int64_t now_ms)
{
    return instant_day(now_ms) > legal_day;
}

int deadline_days_left(int32_t legal_day, int64_t now_ms)
{
    return legal_day - instant_day(now_ms);
}

int deadline_days_elapsed(int32_t start_day, int64_t now_ms)
{
    return instant_day(now_ms) - start_day;
}
