// SPDX-License-Identifier: AGPL-3.0-or-later
// The list of those invited to a dialogue and of those who came (R102, R87). Rows are never
// removed: struck out, or emptied of the name after use.
#ifndef STORE_INVITEE_H
#define STORE_INVITEE_H

#include "base/arena.h"
#include "domain/attendance.h"
#include "store/store.h"

enum { INVITEES_MAX = 3000 };

/// By number, those struck out too.
MUST_USE enum status store_invitees(struct sql *sql, int64_t unit, int64_t dialogue,
                                    struct arena *arena, struct invitee_list *ret_list);
/// The same after one number, at most `limit` (1 to INVITEES_MAX).
struct invitee_page {
    int64_t after;
    int limit;
};
MUST_USE enum status store_invitee_page(struct sql *sql, int64_t unit, int64_t dialogue,
                                        struct invitee_page page, struct arena *arena,
                                        struct invitee_list *ret_list);
/// NOT_FOUND when there is none.
MUST_USE enum status store_invitee_load(struct sql *sql, int64_t unit, int64_t dialogue, int64_t id,
                                        struct arena *arena, struct invitee *ret_invitee);
/// Fills the number.
MUST_USE enum status store_invitee_insert(struct store_tx *tx, int64_t unit, int64_t dialogue,
                                          struct invitee *invitee);
/// NOT_FOUND when there is none.
MUST_USE enum status store_invitee_update(struct store_tx *tx, int64_t unit, int64_t dialogue,
                                          const struct invitee *invitee);

#endif
