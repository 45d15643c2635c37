// SPDX-License-Identifier: AGPL-3.0-or-later
// The working calendar over a sorted table, and the rows the program comes with. It never guesses a
// holiday: what is not announced yet is marked unconfirmed.
#include "domain/calendar.h"

#include <string.h>
#include "base/day.h"
#include "base/ensure.h"

static const struct {
    const char *word, *label;
} kinds[] = {
    [CALENDAR_OFF] = {"off", "Ngày nghỉ lễ, tết"},
    [CALENDAR_OFF_COMPENSATORY] = {"compensatory", "Ngày nghỉ bù, nghỉ hoán đổi"},
    [CALENDAR_WORKING_SWAP] = {"working", "Ngày nghỉ đi làm bù"},
};
_Static_assert(ARRAY_LEN(kinds) == CALENDAR_KIND_COUNT, "a word for every kind");

bool calendar_is_sorted(const struct calendar *calendar)
{
    for (size_t i = 1; i < calendar->count; i++)
        if (calendar->days[i - 1].day >= calendar->days[i].day) return false;
    return true;
}

/// The first row not before the day.
static size_t lower_bound(const struct calendar *calendar, int32_t day)
{
    size_t low = 0, high = calendar->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (calendar->days[middle].day < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct calendar_day *calendar_find(const struct calendar *calendar, int32_t day)
{
    size_t at = lower_bound(calendar, day);
    return at < calendar->count && calendar->days[at].day == day ? &calendar->days[at] : NULL;
}

bool calendar_is_working(const struct calendar *calendar, int32_t day)
{
    const struct calendar_day *row = calendar_find(calendar, day);
    if (row != NULL) return row->kind == CALENDAR_WORKING_SWAP;
    return day_weekday(day) <= 5;
}

/// Ends always: behind the last row of a finite table there is an ordinary Monday.
static int32_t walk(const struct calendar *calendar, int32_t day, int32_t step)
{
    while (!calendar_is_working(calendar, day))
        day += step;
    return day;
}

int32_t calendar_next_working(const struct calendar *calendar, int32_t day)
{
    return walk(calendar, day, 1);
}

int32_t calendar_previous_working(const struct calendar *calendar, int32_t day)
{
    return walk(calendar, day, -1);
}

bool calendar_covers(const struct calendar *calendar, int year)
{
    size_t at = lower_bound(calendar, day_of_civil(year, 1, 1));
    return at < calendar->count && calendar->days[at].day < day_of_civil(year + 1, 1, 1);
}

const char *calendar_kind_word(enum calendar_kind kind)
{
    ensure(kind < CALENDAR_KIND_COUNT);
    return kinds[kind].word;
}

const char *calendar_kind_label(enum calendar_kind kind)
{
    ensure(kind < CALENDAR_KIND_COUNT);
    return kinds[kind].label;
}

bool calendar_kind_parse(const char *word, enum calendar_kind *ret_kind)
{
    for (int i = 0; i < CALENDAR_KIND_COUNT; i++) {
        if (word == NULL || strcmp(word, kinds[i].word) != 0) continue;
        *ret_kind = (enum calendar_kind)i;
        return true;
    }
    return false;
}

const char *calendar_day_label(const struct calendar *calendar, int32_t day)
{
    const struct calendar_day *row = calendar_find(calendar, day);
    if (row != NULL) return row->name;
    return day_weekday(day) > 5 ? "nghỉ cuối tuần" : "ngày làm việc";
}

const char *calendar_weekday_name(int32_t day)
{
    static const char *const names[] = {"thứ Hai", "thứ Ba",  "thứ Tư",  "thứ Năm",
                                        "thứ Sáu", "thứ Bảy", "Chủ nhật"};
    return names[day_weekday(day) - 1];
}

// Days since 1970-01-01 as a constant expression, for the table alone; years from 2001 to 2099.
#define MONTH_START(m) (((m)*306 + 5) / 10) // m counted from March = 0
#define CIVIL(y, m, d)                                                 \
    (((y) - ((m) <= 2) - 2000) * 365 + ((y) - ((m) <= 2) - 2000) / 4 + \
     MONTH_START((m) > 2 ? (m)-3 : (m) + 9) + (d)-1 + 11017) // 2000-03-01

#define LAW      "Điều 112 Bộ luật Lao động 2019"
#define NOTICE   "Thông báo nghỉ lễ, tết của cơ quan có thẩm quyền"
#define CULTURE  "Nghị quyết 28/2026/QH16 (theo báo chí, cần đối chiếu)"
#define EXPECTED "Dự kiến theo quy định hiện hành, chờ thông báo chính thức"

#define OFF(y, m, d, name, source)                       \
    {                                                    \
        CIVIL(y, m, d), CALENDAR_OFF, true, name, source \
    }
#define COMP(y, m, d, name, source)                                   \
    {                                                                 \
        CIVIL(y, m, d), CALENDAR_OFF_COMPENSATORY, true, name, source \
    }
#define WORK(y, m, d, name, source)                               \
    {                                                             \
        CIVIL(y, m, d), CALENDAR_WORKING_SWAP, true, name, source \
    }
#define MAYBE(y, m, d, name)                                \
    {                                                       \
        CIVIL(y, m, d), CALENDAR_OFF, false, name, EXPECTED \
    }
#define MAYBE_COMP(y, m, d, name)                                        \
    {                                                                    \
        CIVIL(y, m, d), CALENDAR_OFF_COMPENSATORY, false, name, EXPECTED \
    }

#define NEW_YEAR   "Tết Dương lịch"
#define TET        "Tết Nguyên đán"
#define TET_COMP   "Nghỉ bù Tết Nguyên đán"
#define HUNG       "Giỗ Tổ Hùng Vương"
#define HUNG_COMP  "Nghỉ bù Giỗ Tổ Hùng Vương"
#define VICTORY    "Ngày Chiến thắng 30/4"
#define LABOUR     "Ngày Quốc tế Lao động 01/5"
#define NATIONAL   "Quốc khánh"
#define NATIONAL_2 "Nghỉ Quốc khánh (ngày liền kề)"
#define CULTURE_24 "Ngày Văn hóa Việt Nam 24/11"

static const struct calendar_day builtin_days[] = {
    // 2024
    OFF(2024, 1, 1, NEW_YEAR, LAW),
    OFF(2024, 2, 8, TET, NOTICE),
    OFF(2024, 2, 9, TET, NOTICE),
    OFF(2024, 2, 10, TET, NOTICE),
    OFF(2024, 2, 11, TET, NOTICE),
    OFF(2024, 2, 12, TET, NOTICE),
    COMP(2024, 2, 13, TET_COMP, NOTICE),
    COMP(2024, 2, 14, TET_COMP, NOTICE),
    OFF(2024, 4, 18, HUNG, LAW),
    COMP(2024, 4, 29, "Nghỉ hoán đổi, làm bù thứ Bảy 04/05/2024", NOTICE),
    OFF(2024, 4, 30, VICTORY, LAW),
    OFF(2024, 5, 1, LABOUR, LAW),
    WORK(2024, 5, 4, "Làm bù cho thứ Hai 29/04/2024", NOTICE),
    OFF(2024, 9, 2, NATIONAL, LAW),
    OFF(2024, 9, 3, NATIONAL_2, NOTICE),
    // 2025
    OFF(2025, 1, 1, NEW_YEAR, LAW),
    OFF(2025, 1, 27, TET, NOTICE),
    OFF(2025, 1, 28, TET, NOTICE),
    OFF(2025, 1, 29, TET, NOTICE),
    OFF(2025, 1, 30, TET, NOTICE),
    OFF(2025, 1, 31, TET, NOTICE),
    OFF(2025, 4, 7, HUNG, LAW),
    WORK(2025, 4, 26, "Làm bù cho thứ Sáu 02/05/2025", NOTICE),
    OFF(2025, 4, 30, VICTORY, LAW),
    OFF(2025, 5, 1, LABOUR, LAW),
    COMP(2025, 5, 2, "Nghỉ hoán đổi, làm bù thứ Bảy 26/04/2025", NOTICE),
    OFF(2025, 9, 1, NATIONAL_2, NOTICE),
    OFF(2025, 9, 2, NATIONAL, LAW),
    // 2026
    OFF(2026, 1, 1, NEW_YEAR, LAW),
    COMP(2026, 1, 2, "Nghỉ hoán đổi, làm bù thứ Bảy 10/01/2026", NOTICE),
    WORK(2026, 1, 10, "Làm bù cho thứ Sáu 02/01/2026", NOTICE),
    OFF(2026, 2, 16, TET, NOTICE),
    OFF(2026, 2, 17, TET, NOTICE),
    OFF(2026, 2, 18, TET, NOTICE),
    OFF(2026, 2, 19, TET, NOTICE),
    OFF(2026, 2, 20, TET, NOTICE),
    OFF(2026, 4, 26, HUNG, LAW),
    COMP(2026, 4, 27, HUNG_COMP, NOTICE),
    OFF(2026, 4, 30, VICTORY, LAW),
    OFF(2026, 5, 1, LABOUR, LAW),
    WORK(2026, 8, 22, "Làm bù cho thứ Hai 31/08/2026", NOTICE),
    COMP(2026, 8, 31, "Nghỉ hoán đổi, làm bù thứ Bảy 22/08/2026", NOTICE),
    OFF(2026, 9, 1, NATIONAL_2, NOTICE),
    OFF(2026, 9, 2, NATIONAL, LAW),
    {CIVIL(2026, 11, 24), CALENDAR_OFF, false, CULTURE_24, CULTURE},
    // 2027, expected
    MAYBE(2027, 1, 1, NEW_YEAR),
    MAYBE(2027, 2, 4, TET),
    MAYBE(2027, 2, 5, TET),
    MAYBE(2027, 2, 6, TET),
    MAYBE(2027, 2, 7, TET),
    MAYBE(2027, 2, 8, TET),
    MAYBE_COMP(2027, 2, 9, TET_COMP),
    MAYBE_COMP(2027, 2, 10, TET_COMP),
    MAYBE(2027, 4, 16, HUNG),
    MAYBE(2027, 4, 30, VICTORY),
    MAYBE(2027, 5, 1, LABOUR),
    MAYBE_COMP(2027, 5, 3, "Nghỉ bù ngày Quốc tế Lao động 01/5"),
    MAYBE(2027, 9, 2, NATIONAL),
    MAYBE(2027, 9, 3, NATIONAL_2),
    MAYBE(2027, 11, 24, CULTURE_24),
};

const struct calendar *calendar_builtin(void)
{
    static const struct calendar builtin = {builtin_days, ARRAY_LEN(builtin_days)};
    return &builtin;
}
