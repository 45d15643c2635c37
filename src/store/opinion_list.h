// SPDX-License-Identifier: AGPL-3.0-or-later
// Lists of opinions, always by ascending number and keyset, and the word index of what may be
// shown.
#ifndef STORE_OPINION_LIST_H
#define STORE_OPINION_LIST_H

#include "base/arena.h"
#include "domain/opinion.h"
#include "store/store.h"

struct opinion_filter {
    int64_t dialogue; // 0 all of the unit
    int state;        // -1 any
    int field;        // -1 any
    int khom;         // -1 any
    bool relayed_only;
    const char *words; // folded, single-spaced; NULL no search, "" finds nothing
    int64_t after;     // id, 0 from the start
    int chunk;         // rows at a time, 0: OPINION_CHUNK
};

enum { OPINION_CHUNK = 200 };

struct opinion_rows {
    struct opinion *rows;
    int count;
    bool more; // a full chunk: ask again after the last row
};

/// The next OPINION_CHUNK rows that match; who may see which is the caller's question.
MUST_USE enum status store_opinion_list(struct sql *sql, int64_t unit,
                                        const struct opinion_filter *filter, struct arena *arena,
                                        struct opinion_rows *ret_rows);

/// All opinions a receipt opens (a split one has several).
MUST_USE enum status store_opinions_of_receipt(struct sql *sql, int64_t unit,
                                               const unsigned char hash[RECEIPT_HASH_BYTES],
                                               struct arena *arena, struct opinion_rows *ret_rows);
MUST_USE enum status store_opinions_of_group(struct sql *sql, int64_t unit, int64_t dialogue,
                                             int64_t lead, struct arena *arena,
                                             struct opinion_rows *ret_rows);
/// Answered, delivered, window ended before `today`: to lapse.
MUST_USE enum status store_opinions_to_lapse(struct sql *sql, int64_t unit, int32_t today,
                                             struct arena *arena, struct opinion_rows *ret_rows);

/// Makes the index hold exactly `words` for it; NULL takes it out. `words` is folded and
/// single-spaced.
MUST_USE enum status store_opinion_index(struct store_tx *tx, int64_t unit, int64_t id,
                                         const char *words);

MUST_USE enum status store_opinion_is_indexed(struct sql *sql, int64_t unit, int64_t id,
                                              bool *ret_indexed);

/// After sealing: merges the index so that no removed word is left in it. Slow; outside any hot
/// path.
MUST_USE enum status store_opinion_index_optimize(struct store_tx *tx);

struct opinion_count {
    int state, field, khom, channel, author_type, scope, authority, outcome, visibility;
    bool relayed, overdue;
    int64_t count;
};
/// Grouped counts of a dialogue: every figure of every report is a sum of these (invariant 7).
struct opinion_counts {
    const struct opinion_count *rows;
    int count;
};
MUST_USE enum status store_opinion_counts(struct sql *sql, int64_t unit, int64_t dialogue,
                                          int32_t today, struct arena *arena,
                                          struct opinion_counts *ret_counts);

#endif
