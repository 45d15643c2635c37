// SPDX-License-Identifier: AGPL-3.0-or-later
// The hall's rows and the register: what an entry about each of them commits to, and how a hall or
// a note is written together with its entry.
#ifndef ACTIONS_HALL_ROWS_H
#define ACTIONS_HALL_ROWS_H

#include "actions/act.h"
#include "store/hall.h"

/// Everything of the row. Subjects: "note 1-5", "fact 1-5", "ticket 1-5" (dialogue, number).
void hall_note_digest(int64_t dialogue, const struct hall_note *n,
                      unsigned char ret_digest[DIGEST_BYTES]);
void hall_fact_digest(int64_t dialogue, const struct hall_fact *f,
                      unsigned char ret_digest[DIGEST_BYTES]);
void hall_ticket_digest(const struct hall_ticket *t, unsigned char ret_digest[DIGEST_BYTES]);

/// Which entry: the chain, the action's code, in which role.
struct hall_entry {
    enum chain chain;
    const char *action;
    enum role role;
};

/// Row, dirty turns and intervals, and the entry "hall N". answer.entry is the entry.
MUST_USE enum status hall_write(struct act *act, struct store_tx *tx, struct hall *hall,
                                const struct hall_entry *how);
/// The events of what happened to it (bits of HALL_QUEUE, HALL_CLOCK, HALL_SCENE).
void hall_tell(struct act *act, const struct hall *hall, unsigned happened, const char *what);

/// The row of a note or a fact as it is to be, and its entry, one version after the last.
/// note->entry becomes the entry's number in the main chain. answer.entry is the entry.
MUST_USE enum status hall_note_enter(struct act *act, struct store_tx *tx, struct hall_note *note,
                                     int64_t dialogue, const struct hall_entry *how);
MUST_USE enum status hall_fact_enter(struct act *act, struct store_tx *tx, struct hall_fact *fact,
                                     int64_t dialogue, const struct hall_entry *how);

#endif
