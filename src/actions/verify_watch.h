// SPDX-License-Identifier: AGPL-3.0-or-later
// Invariants that no single opinion shows: overseers over the whole register (8), and the totals of
// the reports (7).
#ifndef ACTIONS_VERIFY_WATCH_H
#define ACTIONS_VERIFY_WATCH_H

#include "actions/verify.h"
#include "domain/opinion.h"
#include "domain/people.h"
#include "store/register.h"
#include "store/store.h"

/// Per account that is an overseer's today, the first entry of a change it made since it became
/// one.
struct overseer_watch {
    const struct people *people;
    int64_t *offences; // 0: none
};
void overseers_begin(struct overseer_watch *watch, const struct people *people,
                     struct arena *arena);
void overseers_entry(struct overseer_watch *watch, const struct entry *entry);
void overseers_end(const struct overseer_watch *watch, struct verify_report *report);

/// Opinions as the reports group them, counted one by one.
struct tally {
    struct tally_row *slots; // open addressing, a power of two
    size_t room, used;
};
void tally_add(struct tally *tally, struct arena *arena, const struct opinion *opinion,
               int32_t today);
/// Holds what the reports sum up, for each dialogue, against the tally, group by group. What is in
/// no dialogue no report counts.
MUST_USE enum status tally_check(struct tally *tally, struct sql *sql, int64_t unit, int32_t today,
                                 struct verify_report *report);

#endif
