// SPDX-License-Identifier: AGPL-3.0-or-later
// The live hall of a dialogue as verify looks at it: its digest, and whether its time adds up.
#ifndef ACTIONS_VERIFY_HALL_H
#define ACTIONS_VERIFY_HALL_H

#include "actions/verify.h"
#include "base/digest.h"
#include "domain/hall.h"
#include "store/store.h"

/// A row with a subject of its own: note, fact or ticket.
struct hall_row {
    const char *subject; // "note 1-5"
    bool typing;         // a note not written down yet has no entry, rightly
    unsigned char digest[DIGEST_BYTES];
};
struct hall_rows {
    const struct hall_row *rows;
    int count;
};
/// Notes, facts, tickets, each by number; the caller holds them against the register's last.
MUST_USE enum status verify_hall_rows(struct sql *sql, int64_t unit, int64_t dialogue,
                                      struct arena *arena, struct hall_rows *ret_rows);

/// A support or an ownership between an opinion and a phone that are not both there breaks it;
/// those that lead somewhere are held with their opinion's entry.
MUST_USE enum status verify_links(struct sql *sql, int64_t unit, struct verify_report *report);

struct hall_seen {
    int64_t version; // 0: that dialogue has no hall yet, the rest says nothing
    unsigned char digest[DIGEST_BYTES];
    const char *broken; // NULL, or what of it can't be (Vietnamese), in the arena
};

/// Reads it whole; the caller holds version and digest against the register's last "hall N".
MUST_USE enum status verify_hall(struct sql *sql, int64_t unit, const struct dialogue *dialogue,
                                 struct arena *arena, struct hall_seen *ret_seen);

/// NULL when all holds: turns and intervals numbered 1..n without a gap; each interval of a known
/// side and turn, begun not before the one before it ended (R62: no time is booked twice) and not
/// ended before it began; only the last one runs, and only while the dialogue is open; who has the
/// floor is the one turn that speaks.
const char *hall_broken(const struct hall *hall, bool open, struct arena *arena);

#endif
