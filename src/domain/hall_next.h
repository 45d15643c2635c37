// SPDX-License-Identifier: AGPL-3.0-or-later
// What is being discussed, what might come next, and what was promised before (R60, R74-R84).
// Pure, and never more than a suggestion: nothing here refuses, allows or changes anything.
#ifndef DOMAIN_HALL_NEXT_H
#define DOMAIN_HALL_NEXT_H

#include "domain/hall.h"
#include "domain/opinion.h"

enum hall_next_kind {
    NEXT_NOTHING,
    NEXT_OPEN,     // the dialogue is announced: open it
    NEXT_RESUME,   // adjourned
    NEXT_STEP,     // go on to `step` of the programme
    NEXT_CALL,     // call the first of the queue
    NEXT_RECORD,   // who speaks said something: write it down as an opinion
    NEXT_SETTLE,   // one of the three outcomes for `opinion`
    NEXT_ASK,      // answered: ask the author whether they agree
    NEXT_CONCLUDE, // the author said so: conclude `opinion`
    NEXT_END_TURN, // nothing more of this speaker's is open
    NEXT_RELAY,    // written ones wait for the secretary
    NEXT_TAKE,     // put the relayed `opinion` on the floor
    NEXT_CLOSE,    // programme and queue are done
    NEXT_MINUTES,  // closed, not signed
    NEXT_KIND_COUNT
};

struct hall_next {
    enum hall_next_kind kind;
    int64_t opinion; // 0 none
    int step;        // 0 none
};

/// What the suggestion looks at: the dialogue's opinions that everybody may see, and those that
/// wait for the secretary.
struct hall_moment {
    const struct dialogue *dialogue;
    const struct hall *hall;
    const struct opinion *opinions; // ascending
    int opinion_count;
    int waiting; // hands that are up
    int programme_steps;
};

/// The opinion on the table: that of the turn, else that of the screen, else the newest on the
/// floor; else what was answered during the running turn. NULL none.
const struct opinion *hall_on_table(const struct hall *hall, const struct opinion *opinions,
                                    int count);

struct hall_next hall_next(const struct hall_moment *m);

/// What an earlier dialogue promised about an opinion.
struct promise {
    const struct opinion *opinion;
    int32_t due;     // the last date that was set, DAY_NONE when none ever was
    const char *who; // account or body that owed it, "" unknown
};
enum promise_state { PROMISE_KEPT, PROMISE_KEPT_LATE, PROMISE_RUNNING, PROMISE_BROKEN };

/// From the row and its items: concluding clears the row's date, the items keep it.
struct promise promise_of(const struct opinion *o, const struct opinion_item *items, int count);
/// How it stands today; only with a due date.
enum promise_state promise_state(const struct promise *p, int32_t today);

/// Orders what was promised in the field of `now` in other dialogues to the front of the list: the
/// same topic first, then what is not kept, then the newest. Returns how many they are.
int promises_pick(const struct opinion *now, struct promise *list, int count, int32_t today);

#endif
