// SPDX-License-Identifier: AGPL-3.0-or-later
// Days and instants. A day is the number of civil days since 1970-01-01 (`_day`), an instant is
// milliseconds since 1970-01-01T00:00Z (`_ms`). The only zone is Asia/Ho_Chi_Minh: UTC+7, no summer
// time.
#ifndef BASE_DAY_H
#define BASE_DAY_H

#include <stdbool.h>
#include <stdint.h>

enum { DAY_TEXT = 11, INSTANT_TEXT = 30 }; // sizes of the texts below, NUL included
#define DAY_NONE  INT32_MIN                // no day
#define DAY_MS    (24 * 60 * 60 * INT64_C(1000))
#define HOUR_MS   (60 * 60 * INT64_C(1000))
#define MINUTE_MS (60 * INT64_C(1000))

struct civil {
    int year, month, day; // 2024, 6, 20
};

int32_t day_of_civil(int year, int month, int day);
struct civil day_civil(int32_t day);
int day_weekday(int32_t day); // 1 Monday .. 7 Sunday

/// "YYYY-MM-DD" of a real day, years 1900 to 9999; anything else is false and *ret_day stays.
bool day_parse(const char *text, int32_t *ret_day);
const char *day_format(int32_t day, char out[DAY_TEXT]); // "2024-06-20"; returns out

/// The Vietnamese day an instant falls in, and the instant at which hour:minute of that day begins.
int32_t instant_day(int64_t instant_ms);
int64_t instant_at(int32_t day, int hour, int minute);

/// RFC 3339 with any offset, fraction optional; false leaves *ret_ms.
bool instant_parse(const char *text, int64_t *ret_ms);
const char *instant_format(int64_t instant_ms,
                           char out[INSTANT_TEXT]); // "2024-06-20T08:05:09+07:00"

/// A clock of the program's own: real time plus an offset (`--now`), so that June 2024 can be
/// played today.
struct clock {
    int64_t offset_ms;
};
int64_t clock_now_ms(const struct clock *clock);
struct clock clock_starting_at(int64_t instant_ms);

/// Never goes back, for measuring durations only.
int64_t monotonic_ms(void);

#endif
