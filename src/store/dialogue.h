// SPDX-License-Identifier: AGPL-3.0-or-later
// Dialogues, their programme (five steps, R68-R84) and the minutes' texts.
#ifndef STORE_DIALOGUE_H
#define STORE_DIALOGUE_H

#include "base/arena.h"
#include "domain/opinion.h"
#include "store/store.h"

struct dialogue_list {
    const struct dialogue *rows;
    int count;
};
struct id_list {
    const int64_t *ids;
    size_t count;
};

enum agenda_side { AGENDA_AUTHORITY, AGENDA_PEOPLE, AGENDA_BOTH, AGENDA_COUNT };

struct agenda_item {
    int step; // from 1
    const char *title, *owner;
    int minutes;                  // planned
    enum agenda_side side;        // one-way, people, both (R62)
    int64_t started_ms, ended_ms; // 0 not yet
};
struct agenda {
    const struct agenda_item *rows;
    int count;
};

struct minutes {
    int64_t version;
    const char *generated, *text; // what the register gave; what the secretary made of it
    const char *edited_by;
    int64_t edited_ms;
};

MUST_USE enum status store_dialogue_insert(struct store_tx *tx, int64_t unit,
                                           const struct dialogue *d);
MUST_USE enum status store_dialogue_update(struct store_tx *tx, int64_t unit,
                                           const struct dialogue *d);
/// NOT_FOUND when there is none. open_opinions is not filled.
MUST_USE enum status store_dialogue_load(struct sql *sql, int64_t unit, int64_t id,
                                         struct arena *arena, struct dialogue *ret_dialogue);
MUST_USE enum status store_dialogue_list(struct sql *sql, int64_t unit, int64_t after, int limit,
                                         struct arena *arena, struct dialogue_list *ret_list);
/// Highest id, 0 when there is none.
MUST_USE enum status store_dialogue_last(struct sql *sql, int64_t unit, int64_t *ret_id);
/// Fills open_opinions, which only a closed dialogue needs: it may be completed when none is left.
MUST_USE enum status store_dialogue_count_open(struct sql *sql, int64_t unit, struct dialogue *d);
MUST_USE enum status store_dialogue_opinion_ids(struct sql *sql, int64_t unit, int64_t id,
                                                struct arena *arena, struct id_list *ret_list);

MUST_USE enum status store_agenda(struct sql *sql, int64_t unit, int64_t dialogue,
                                  struct arena *arena, struct agenda *ret_agenda);
MUST_USE enum status store_agenda_write(struct store_tx *tx, int64_t unit, int64_t dialogue,
                                        const struct agenda_item *item);
/// Takes out the steps after `last`: a programme being drafted got shorter.
MUST_USE enum status store_agenda_trim(struct store_tx *tx, int64_t unit, int64_t dialogue,
                                       int last);

/// The latest version; NOT_FOUND before the first.
MUST_USE enum status store_minutes(struct sql *sql, int64_t unit, int64_t dialogue,
                                   struct arena *arena, struct minutes *ret_minutes);
MUST_USE enum status store_minutes_insert(struct store_tx *tx, int64_t unit, int64_t dialogue,
                                          const struct minutes *m);

#endif
