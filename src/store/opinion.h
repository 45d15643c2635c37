// SPDX-License-Identifier: AGPL-3.0-or-later
// Opinions and their items in the store. Texts read are in the arena.
#ifndef STORE_OPINION_H
#define STORE_OPINION_H

#include "base/arena.h"
#include "domain/opinion.h"
#include "store/store.h"

struct opinion_items {
    struct opinion_item *list; // oldest first
    int count, room;
};

MUST_USE enum status store_opinion_insert(struct store_tx *tx, int64_t unit,
                                          const struct opinion *o);
MUST_USE enum status store_opinion_update(struct store_tx *tx, int64_t unit,
                                          const struct opinion *o);

/// NOT_FOUND when there is none.
MUST_USE enum status store_opinion_load(struct sql *sql, int64_t unit, int64_t id,
                                        struct arena *arena, struct opinion *ret_opinion);
MUST_USE enum status store_opinion_items(struct sql *sql, int64_t unit, int64_t id,
                                         struct arena *arena, struct opinion_items *ret_items);

/// Inserts those added, updates those changed.
MUST_USE enum status store_opinion_items_write(struct store_tx *tx, int64_t unit, int64_t opinion,
                                               const struct opinion_item *list, int count);

/// For store/opinion_list.c: the columns store_opinion_read expects, in their order.
void store_opinion_read(struct arena *arena, const struct sql_rows *rows, struct opinion *o);

#endif
