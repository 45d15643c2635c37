// SPDX-License-Identifier: AGPL-3.0-or-later
// The two languages. Vietnamese is the source: a message is named by its Vietnamese text, and
// English comes from po/en.po, compiled in. Nothing here keeps state or asks the machine's locale.
#ifndef BASE_TR_H
#define BASE_TR_H

#include <stddef.h>
#include <stdint.h>

enum lang { LANG_VI, LANG_EN, LANG_COUNT };

/// The message in that language; the msgid itself when there is no translation. Never NULL, never
/// freed. po/update.sh collects the literals, so call it with literals: tr(lang, "Gửi ý kiến").
const char *tr(enum lang lang, const char *msgid) __attribute__((format_arg(2)));

/// The same for short words that mean different things in different places: trc(lang, "nút",
/// "Gọi").
const char *trc(enum lang lang, const char *context, const char *msgid)
    __attribute__((format_arg(3)));

/// The form for n things. Vietnamese has one form; English has one for 1 and one for the rest.
const char *trn(enum lang lang, const char *msgid, int64_t n) __attribute__((format_arg(2)));

/// Marks a literal in a table, so that it is collected; translate where it is used with tr().
#define N_(msgid) msgid

/// "vi" or "en"; and back: the best of an Accept-Language header or a stored code, LANG_VI for
/// NULL.
const char *lang_code(enum lang lang);
enum lang lang_of(const char *accept_language);

/// Figures and times as people read them. Each writes to `out` and returns it.
enum { FORMAT_TEXT = 64 };
const char *format_number(enum lang lang, int64_t value, char out[FORMAT_TEXT]); // 1.250.000
const char *format_day(enum lang lang, int32_t day, char out[FORMAT_TEXT]);      // 31/12/2026
/// "thứ Hai, 09/03/2026"
const char *format_weekday(enum lang lang, int32_t day, char out[FORMAT_TEXT]);
/// As documents date themselves: "ngày 09 tháng 3 năm 2026" (a zero before days under 10 and months
/// 1 and 2).
const char *format_long_day(enum lang lang, int32_t day, char out[FORMAT_TEXT]);
const char *format_time(enum lang lang, int64_t instant_ms, char out[FORMAT_TEXT]); // 08:30
const char *format_instant(enum lang lang, int64_t instant_ms,
                           char out[FORMAT_TEXT]); // 08:30, 31/12/2026

/// One message of the compiled catalogue; `key` is the msgid, or context, \004 and msgid. Sorted by
/// strcmp.
struct tr_entry {
    const char *key;
    const char *one, *many; // many is NULL unless the message has plural forms
};
extern const struct tr_entry tr_english[];
extern const size_t tr_english_count;

#endif
