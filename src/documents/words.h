// SPDX-License-Identifier: AGPL-3.0-or-later
// Vietnamese words for dates, hours, people and numbers as official documents write them. Pure.
#ifndef DOCUMENTS_WORDS_H
#define DOCUMENTS_WORDS_H

#include <stdbool.h>
#include <stdint.h>
#include "base/arena.h"
#include "base/day.h"
#include "documents/facts.h"

#define DOTS "……"

/// "ngày 09 tháng 02 năm 2024": zero before days under 10 and months 1 and 2. Unknown: dotted, with
/// the year if given.
const char *words_day(struct arena *arena, int32_t day);
const char *words_day_or_year(struct arena *arena, int32_t day, int year);
/// "20/6/2024" is not official; tables use "20/06/2024". Unknown: "".
const char *words_short_day(struct arena *arena, int32_t day);
/// "07 giờ 30 phút, ngày 20 tháng 6 năm 2024"; "07 giờ 30" alone. 0: dotted.
const char *words_hour(struct arena *arena, int64_t instant_ms);
const char *words_instant(struct arena *arena, int64_t instant_ms);
const char *words_weekday(int32_t day); // "thứ Năm"

/// "UBND phường", "Chủ tịch UBND phường".
const char *words_committee(struct arena *arena, const struct doc_unit *unit);

/// "Ông Nguyễn Văn A - Chủ tịch UBND phường"; the parts that are known, dotted when none is.
const char *words_person(struct arena *arena, const struct doc_person *person);
/// "Ông Nguyễn Văn A" alone.
const char *words_name(struct arena *arena, const struct doc_person *person);

const char *words_upper(struct arena *arena, const char *text);    // NULL gives NULL
const char *words_sentence(struct arena *arena, const char *text); // first letter upper case
const char *words_lower_first(struct arena *arena, const char *text);

/// Without a trailing ".", ";" or "./." and blanks, so that punctuation can follow.
const char *words_bare(struct arena *arena, const char *text);

/// "12,5%" of part in whole; whole 0: dotted.
const char *words_share(struct arena *arena, int64_t part, int64_t whole);
const char *words_duration(struct arena *arena, int seconds); // "1 giờ 05 phút"
/// 7 -> "07": counts below ten in official lists.
const char *words_count(struct arena *arena, int count);

/// text, or dots when it is NULL or empty.
const char *words_or_dots(const char *text);

#endif
