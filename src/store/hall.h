// SPDX-License-Identifier: AGPL-3.0-or-later
// The live hall as rows: turns, intervals, tickets of phones, notes, facts for the chair. A hall is
// small (some hundred turns), so it is loaded whole.
#ifndef STORE_HALL_H
#define STORE_HALL_H

#include "base/arena.h"
#include "base/digest.h"
#include "domain/hall.h"
#include "domain/opinion_item.h"
#include "store/store.h"

/// Whole, with turns and intervals. The defaults, version 0, when there is no row yet.
MUST_USE enum status store_hall_load(struct sql *sql, int64_t unit, int64_t dialogue,
                                     struct arena *arena, struct hall *ret_hall);
/// The row, and the turns and intervals that are dirty.
MUST_USE enum status store_hall_write(struct store_tx *tx, int64_t unit, const struct hall *hall);

// ---- tickets

enum { TICKET_HASH_BYTES = 32 };
struct hall_ticket {
    int64_t dialogue, ticket; // 1.. within the dialogue; made by store_ticket_insert
    const char *name;         // "" none
    int khom;                 // 0 none
    enum author_type author_type;
    const char *organisation; // of a business, else ""
    int64_t joined_ms;
    unsigned char hash[TICKET_HASH_BYTES];
};
MUST_USE enum status store_ticket_insert(struct store_tx *tx, int64_t unit,
                                         struct hall_ticket *ticket);
struct hall_tickets {
    const struct hall_ticket *rows;
    int count;
};
/// All of a dialogue, by number.
MUST_USE enum status store_tickets(struct sql *sql, int64_t unit, int64_t dialogue,
                                   struct arena *arena, struct hall_tickets *ret_list);
/// NOT_FOUND when there is none.
MUST_USE enum status store_ticket_find(struct sql *sql, int64_t unit,
                                       const unsigned char hash[TICKET_HASH_BYTES],
                                       struct arena *arena, struct hall_ticket *ret_ticket);
MUST_USE enum status store_ticket_load(struct sql *sql, int64_t unit, int64_t dialogue,
                                       int64_t ticket, struct arena *arena,
                                       struct hall_ticket *ret_ticket);
MUST_USE enum status store_ticket_count(struct sql *sql, int64_t unit, int64_t dialogue,
                                        int64_t *ret_count);
MUST_USE enum status store_ticket_owns(struct store_tx *tx, int64_t unit, int64_t dialogue,
                                       int64_t ticket, int64_t opinion);
/// Opinions handed in from that phone, oldest first.
struct ticket_opinions {
    const int64_t *ids;
    int count;
};
MUST_USE enum status store_ticket_opinions(struct sql *sql, int64_t unit, int64_t dialogue,
                                           int64_t ticket, struct arena *arena,
                                           struct ticket_opinions *ret_list);
/// Sealing: no phone leads to it any more.
MUST_USE enum status store_ticket_forget(struct store_tx *tx, int64_t unit, int64_t opinion);
/// False when that phone supported it already.
struct hall_support {
    int64_t opinion, dialogue, ticket, at_ms;
};
MUST_USE enum status store_support_insert(struct store_tx *tx, int64_t unit,
                                          const struct hall_support *support, bool *ret_new);

/// What an opinion's entry commits to beside its own row: which phone handed it in, which support
/// it. Into the digest of the row, which stays as it is when no phone has to do with it.
MUST_USE enum status store_links_digest(struct sql *sql, int64_t unit, int64_t opinion,
                                        unsigned char digest[DIGEST_BYTES]);
struct hall_link {
    int64_t opinion, dialogue, ticket;
};
/// The first such link to an opinion or a phone that is not there; opinion 0: none.
MUST_USE enum status store_link_stray(struct sql *sql, int64_t unit, struct hall_link *ret_link);

// ---- notes and facts

struct hall_note {
    int64_t note; // 1.. within the dialogue; 0: made by store_note_write
    const char *text, *author;
    int64_t turn, opinion; // what was going on, 0 nothing
    enum note_became became;
    int64_t became_opinion; // 0
    bool struck;
    int64_t entry; // of the register; 0: still being typed
    int64_t at_ms, edited_ms;
    unsigned char salt[SALT_BYTES];
};
struct hall_notes {
    const struct hall_note *rows;
    int count;
};
/// Oldest first, those struck out too.
MUST_USE enum status store_notes(struct sql *sql, int64_t unit, int64_t dialogue,
                                 struct arena *arena, struct hall_notes *ret_list);
MUST_USE enum status store_note_write(struct store_tx *tx, int64_t unit, int64_t dialogue,
                                      struct hall_note *note);

struct hall_fact {
    int64_t fact, opinion;
    const char *username, *text;
    int64_t at_ms;
    unsigned char salt[SALT_BYTES];
};
struct hall_facts {
    const struct hall_fact *rows;
    int count;
};
enum { FACTS_SHOWN = 0, FACTS_ALL = -1 };
/// About one opinion, or FACTS_SHOWN: all but those put away with a sealed opinion, which are about
/// none; or FACTS_ALL. Oldest first.
MUST_USE enum status store_facts(struct sql *sql, int64_t unit, int64_t dialogue, int64_t opinion,
                                 struct arena *arena, struct hall_facts *ret_list);
/// A new one when fact->fact is 0.
MUST_USE enum status store_fact_write(struct store_tx *tx, int64_t unit, int64_t dialogue,
                                      struct hall_fact *fact);

#endif
