// SPDX-License-Identifier: AGPL-3.0-or-later
// What sealing has to reach besides the opinion itself: the saved versions of minutes, and the
// signed text put away for the custodians. The only place where a version of minutes is rewritten.
#ifndef STORE_SEALING_H
#define STORE_SEALING_H

#include "store/dialogue.h"

struct minutes_list {
    const struct minutes *rows; // oldest first
    int count;
};
/// All versions of a dialogue's minutes.
MUST_USE enum status store_minutes_versions(struct sql *sql, int64_t unit, int64_t dialogue,
                                            struct arena *arena, struct minutes_list *ret_list);
/// Replaces both texts of one version; who saved it and when stays.
MUST_USE enum status store_minutes_rewrite(struct store_tx *tx, int64_t unit, int64_t dialogue,
                                           const struct minutes *m);

/// Puts the signed version away as it is. The first one stays: a second sealing changes nothing.
MUST_USE enum status store_minutes_put_away(struct store_tx *tx, int64_t unit, int64_t dialogue,
                                            const struct minutes *m, int32_t day);
/// What was put away; NOT_FOUND when nothing was.
MUST_USE enum status store_minutes_put_away_load(struct sql *sql, int64_t unit, int64_t dialogue,
                                                 struct arena *arena, struct minutes *ret_minutes);

/// Numbers of the dialogue's sealed opinions, ascending.
MUST_USE enum status store_sealed_opinions(struct sql *sql, int64_t unit, int64_t dialogue,
                                           struct arena *arena, struct id_list *ret_list);
/// Numbers of the parts split off from an opinion, ascending.
MUST_USE enum status store_split_parts(struct sql *sql, int64_t unit, int64_t dialogue,
                                       int64_t whole, struct arena *arena,
                                       struct id_list *ret_list);

#endif
