// SPDX-License-Identifier: AGPL-3.0-or-later
// Working days and days off, by a table per year that the office edits. Saturdays and Sundays are
// off unless a row says otherwise. Tết is announced each year by decision: never computed from a
// formula.
#ifndef DOMAIN_CALENDAR_H
#define DOMAIN_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum calendar_kind {
    CALENDAR_OFF,              // a public holiday (Labour Code 2019, Art. 112)
    CALENDAR_OFF_COMPENSATORY, // off in place of a holiday on a rest day, or of a swapped Saturday
    CALENDAR_WORKING_SWAP,     // a Saturday or Sunday that is worked
    CALENDAR_KIND_COUNT
};

struct calendar_day {
    int32_t day;
    enum calendar_kind kind;
    bool
        confirmed; // announced by decision; false is our best knowledge and is shown as provisional
    const char *name;   // Vietnamese, "Tết Nguyên đán"
    const char *source; // Vietnamese, where the row comes from
};

/// Rows ascending by day, no day twice (calendar_is_sorted). Borrowed: the owner keeps rows and
/// texts alive.
struct calendar {
    const struct calendar_day *days;
    size_t count;
};

/// The rows the program comes with: 2024 to 2027, civil servants.
const struct calendar *calendar_builtin(void);

bool calendar_is_sorted(const struct calendar *calendar);

/// The row of that day, NULL when it is an ordinary one.
const struct calendar_day *calendar_find(const struct calendar *calendar, int32_t day);

bool calendar_is_working(const struct calendar *calendar, int32_t day);

/// The day itself when it is worked, else the nearest worked one after or before it.
int32_t calendar_next_working(const struct calendar *calendar, int32_t day);
int32_t calendar_previous_working(const struct calendar *calendar, int32_t day);

/// Whether the table holds any row of that year: without one, dates there are counted by weekends
/// alone and pages say so.
bool calendar_covers(const struct calendar *calendar, int year);

/// "off", "compensatory", "working"; and in Vietnamese. Never NULL.
const char *calendar_kind_word(enum calendar_kind kind);
const char *calendar_kind_label(enum calendar_kind kind);
bool calendar_kind_parse(const char *word, enum calendar_kind *ret_kind);

/// Why a day is off or specially worked: the row's name, "nghỉ cuối tuần", or "ngày làm việc".
const char *calendar_day_label(const struct calendar *calendar, int32_t day);

/// "thứ Hai" .. "Chủ nhật", for running text.
const char *calendar_weekday_name(int32_t day);

#endif
