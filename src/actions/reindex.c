// SPDX-License-Identifier: AGPL-3.0-or-later
// Walks all opinions and feeds the word index, by the rule that act_index uses. Nothing else is
// written.
#include "actions/reindex.h"

#include "actions/act.h"
#include "store/opinion_list.h"

static enum status reindex_unit(struct store_tx *tx, int64_t unit)
{
    ARENA arena = {0};
    enum status status = STATUS_OK;
    struct opinion_filter filter = {.state = -1, .field = -1, .khom = -1};
    for (bool more = true; status == STATUS_OK && more;) {
        struct opinion_rows rows = {0};
        arena_reset(&arena);
        status = store_opinion_list(store_tx_sql(tx), unit, &filter, &arena, &rows);
        more = rows.more;
        for (int i = 0; status == STATUS_OK && i < rows.count; i++) {
            const struct opinion *o = &rows.rows[i];
            filter.after = o->id;
            status = store_opinion_index(tx, unit, o->id, act_index_words(&arena, o));
        }
    }
    return status;
}

enum status reindex_all(struct store_tx *tx)
{
    ARENA arena = {0};
    struct unit_row row = {0};
    enum status status;
    while ((status = store_unit_after(store_tx_sql(tx), row.unit, &arena, &row)) == STATUS_OK) {
        status = reindex_unit(tx, row.unit);
        if (status != STATUS_OK) return status;
    }
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}
