// SPDX-License-Identifier: AGPL-3.0-or-later
// The loudspeaker log of a dialogue (R95): when it was read aloud, how often, by whom; and what
// each khóm did to spread the word (R101). A wrong line is struck out, never removed.
#ifndef STORE_BROADCAST_H
#define STORE_BROADCAST_H

#include "base/arena.h"
#include "store/store.h"

struct broadcast {
    int64_t id; // 1.. within the dialogue; made by store_broadcast_insert
    int32_t day;
    int minute; // of the day, 0-1439
    int times;  // how often it was read
    int khom;   // 0: the ward's loudspeakers
    const char *reader, *note, *added_by;
    int64_t at_ms;
    bool struck;
};

struct broadcast_list {
    const struct broadcast *rows;
    int count;
};

/// Oldest first, those struck out too.
MUST_USE enum status store_broadcasts(struct sql *sql, int64_t unit, int64_t dialogue,
                                      struct arena *arena, struct broadcast_list *ret_list);
/// Fills the id.
MUST_USE enum status store_broadcast_insert(struct store_tx *tx, int64_t unit, int64_t dialogue,
                                            struct broadcast *broadcast);
/// NOT_FOUND when there is none.
MUST_USE enum status store_broadcast_strike(struct store_tx *tx, int64_t unit, int64_t dialogue,
                                            int64_t id);

#endif
