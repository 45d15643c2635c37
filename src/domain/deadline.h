// SPDX-License-Identifier: AGPL-3.0-or-later
// Deadlines: which rule gives how long, counted how, by which source; the date computed, and the
// counting shown day by day. Pure: days come in, days go out. "Overdue" is computed here and stored
// nowhere.
//
// Counting (Civil Code 2015, Art. 147-148): the day of the event is day 0. The last day, when off,
// moves to the next working day (legal date); who wants to be safe is done on the working day
// before it (safe date). Time counted back from an event never rolls forward: that would shorten
// the notice people must get.
#ifndef DOMAIN_DEADLINE_H
#define DOMAIN_DEADLINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "domain/calendar.h"

struct arena;

/// Rules the law changed are dated profiles; a dialogue keeps the one it was issued under.
enum deadline_profile {
    DEADLINE_PROFILE_2024, // the plan of 2024: chair alone, 30 days
    DEADLINE_PROFILE_2025, // Law 72/2025/QH15, Art. 43: notice, results, co-chair
    DEADLINE_PROFILE_COUNT
};

enum deadline_rule {
    DEADLINE_ANSWER,        // what was not answered on the floor [R55]
    DEADLINE_OFF_TOPIC,     // written answer to what is off topic [R66, X10]
    DEADLINE_NOTICE,        // notice of time and agency [R59, X10]
    DEADLINE_AUTHOR_WINDOW, // the author may agree or go on, from delivery of the answer [R84]
    DEADLINE_REOPEN,        // a concluded opinion may be reopened
    DEADLINE_CLOSE_UNDO,    // closing by mistake may be undone
    DEADLINE_ANNOUNCE,      // before the dialogue [R94-R96, X12]
    DEADLINE_RESULTS,       // publication after the dialogue [X12]
    DEADLINE_EXTENDED,      // the new date of an extension with notice [R57-R59]
    DEADLINE_ASSIGNED,      // a date the chair set, never after the legal one [R77, R79]
    DEADLINE_SYNTHESIS,     // the synthesis to the Party committee after the close [R90, R91]
    DEADLINE_PLAN,          // the plan issued before the dialogue [R6]
    DEADLINE_RULE_COUNT
};

enum deadline_unit {
    DEADLINE_DAYS,         // calendar days
    DEADLINE_WORKING_DAYS, // days off are not counted
    DEADLINE_MINUTES,
    DEADLINE_BY_DATE, // a person names the date
};

struct deadline_profile_row {
    int year;                  // 2024: the contract's value
    int32_t since_day;         // in force from
    bool co_chair;             // a representative of the People's Council is named beside the chair
    const char *name, *source; // Vietnamese
};

struct deadline_term {
    const char *word;  // API and store: "answer"
    const char *name;  // Vietnamese: "trả lời sau đối thoại"
    const char *event; // Vietnamese, what it counts from: "Kết thúc đối thoại"
    enum deadline_unit unit;
    bool before;        // counted back from the event
    bool applies;       // the profile knows the rule
    int length;         // in units; 0 for BY_DATE
    const char *rules;  // "R55 X9": the plan's rules served
    const char *source; // Vietnamese: article or "mặc định của phần mềm"
};

struct deadline {
    enum deadline_rule rule;
    enum deadline_profile profile;
    int length; // as used: a unit's own setting may differ from the table
    int32_t start_day;
    int32_t last_day; // counted out, before rolling
    int32_t legal_day;
    int32_t safe_day; // never before start_day for a term counted forward
};

enum deadline_step_kind {
    DEADLINE_STEP_START,   // day 0
    DEADLINE_STEP_COUNTED, // counted days
    DEADLINE_STEP_OFF,     // days off that count all the same (calendar days)
    DEADLINE_STEP_SKIPPED, // days off that do not count (working days)
    DEADLINE_STEP_LAST,    // the last counted day
    DEADLINE_STEP_ROLLED,  // off after the last day: the term moves on
    DEADLINE_STEP_LEGAL,
    DEADLINE_STEP_SAFE,
    DEADLINE_STEP_KIND_COUNT
};

struct deadline_step {
    enum deadline_step_kind kind;
    int32_t first_day, last_day; // a run of like days; first > last never, also when counted back
    int from, to;                // numbers of the counted days, 0 when none
    const char *note;            // Vietnamese
};

struct deadline_steps {
    const struct deadline_step *items;
    size_t count;
    const char *summary; // one sentence, Vietnamese
};

const struct deadline_profile_row *deadline_profile_row(enum deadline_profile profile);
bool deadline_profile_parse(int year, enum deadline_profile *ret_profile); // 2024, 2025
/// The profile in force on a day: the default for a new dialogue.
enum deadline_profile deadline_profile_on(int32_t day);

const struct deadline_term *deadline_term(enum deadline_profile profile, enum deadline_rule rule);
bool deadline_rule_parse(const char *word, enum deadline_rule *ret_rule);

/// For rules in days or working days that apply in the profile (else it is a bug and aborts).
struct deadline deadline_compute(enum deadline_rule rule, enum deadline_profile profile,
                                 int32_t start_day, const struct calendar *calendar);
/// The same with a length of the unit's own, 1 to 3650.
struct deadline deadline_compute_length(enum deadline_rule rule, enum deadline_profile profile,
                                        int32_t start_day, int length,
                                        const struct calendar *calendar);
/// A date a person set (ASSIGNED, EXTENDED): it does not roll. The caller has checked it is after
/// start_day.
struct deadline deadline_on(enum deadline_rule rule, enum deadline_profile profile,
                            int32_t start_day, int32_t due_day, const struct calendar *calendar);
/// For rules in minutes: the instant from which it is too late.
int64_t deadline_end_ms(enum deadline_rule rule, enum deadline_profile profile, int64_t start_ms);

/// The working, in the arena.
struct deadline_steps deadline_steps(struct arena *arena, const struct deadline *deadline,
                                     const struct calendar *calendar);
/// The same when the clock counts from another event: "Người dân trao đổi tiếp", "Cơ quan từ chối".
/// NULL: the term's own.
struct deadline_steps deadline_steps_from(struct arena *arena, const struct deadline *deadline,
                                          const struct calendar *calendar, const char *event);
const char *deadline_step_word(enum deadline_step_kind kind); // "counted"

/// Overdue from the first instant of the day after, Vietnamese time.
bool deadline_is_overdue(int32_t legal_day, int64_t now_ms);
int deadline_days_left(int32_t legal_day, int64_t now_ms);    // 0 on the last day, negative after
int deadline_days_elapsed(int32_t start_day, int64_t now_ms); // 30 days is a ceiling: show it [R79]

#endif
