// SPDX-License-Identifier: AGPL-3.0-or-later
// Kept answers of POSTs. What is kept is encrypted by the caller; here are only bytes.
#ifndef STORE_IDEMPOTENCY_H
#define STORE_IDEMPOTENCY_H

#include "base/arena.h"
#include "store/store.h"

struct kept_answer {
    struct sql_bytes body_hash, answer;
};

/// NOT_FOUND when the key is new (or older than 24 h: `since_ms`).
MUST_USE enum status store_answer_find(struct sql *sql, int64_t unit,
                                       const unsigned char key_hash[32], int64_t since_ms,
                                       struct arena *arena, struct kept_answer *ret_answer);
MUST_USE enum status store_answer_keep(struct store_tx *tx, int64_t unit,
                                       const unsigned char key_hash[32],
                                       const struct kept_answer *answer, int64_t now_ms);
MUST_USE enum status store_answers_forget(struct store_tx *tx, int64_t unit, int64_t before_ms);

#endif
