// SPDX-License-Identifier: AGPL-3.0-or-later
// Vietnamese as it is read aloud: numbers, dates, hours, document numbers, phone numbers and
// abbreviations in words, for the loudspeaker's script and the speech program (which misreads
// "UBND", "8h30", "15/3/2026").
#ifndef DOMAIN_READING_H
#define DOMAIN_READING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/// 2024 -> "hai nghìn không trăm hai mươi bốn"; 21 -> "hai mươi mốt"; 105 -> "một trăm linh năm".
/// Negative: "âm ...". "linh" and "nghìn" as in official northern usage.
const char *reading_number(struct arena *arena, int64_t value);

/// Digit by digit, other characters as pauses: "0907 123" -> "không chín không bảy, một hai ba".
const char *reading_digits(struct arena *arena, const char *text);

/// "tám giờ ba mươi phút", "tám giờ" when the minute is 0.
const char *reading_time(struct arena *arena, int hour, int minute);

/// "ngày hai mươi tháng sáu năm hai nghìn không trăm hai mươi bốn"; day 1 to 10 is "ngày mùng một".
const char *reading_date(struct arena *arena, int32_t day);

/// The whole of an abbreviation ("UBND" -> "Ủy ban nhân dân"), NULL when the table has none.
const char *reading_abbreviation(const char *word);

/// A whole text as it is to be spoken: everything above applied where it occurs; line ends are
/// kept. What it does not know it leaves alone.
const char *reading_text(struct arena *arena, const char *text);

#endif
