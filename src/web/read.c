// SPDX-License-Identifier: AGPL-3.0-or-later
// Visible opinions, one or a page of them. The store filters by columns, the domain by who asks.
#include "web/read.h"

#include <stdlib.h>
#include <string.h>

#include "store/opinion.h"

bool read_id(const char *text, int64_t *ret_id)
{
    size_t len = text == NULL ? 0 : strspn(text, "0123456789");
    if (len == 0 || len > 15 || text[len] != 0 || text[0] == '0') return false;
    *ret_id = strtoll(text, NULL, 10);
    return true;
}

enum status read_opinion_case(struct http_exchange *x, struct sql *sql, int64_t id,
                              struct dialogue *d, struct opinion *o, struct opinion_case *ret_case)
{
    struct visit *v = visit_of(x);
    struct arena *arena = http_arena(x);
    struct opinion_items items;
    enum status status = store_opinion_load(sql, v->unit, id, arena, o);
    if (status == STATUS_OK) status = store_dialogue_load(sql, v->unit, o->dialogue, arena, d);
    if (status == STATUS_OK) status = store_opinion_items(sql, v->unit, id, arena, &items);
    if (status != STATUS_OK) return status;
    *ret_case = visit_case(v, arena, d, o);
    ret_case->items = items.list;
    ret_case->item_count = items.count;
    ret_case->item_room = items.room;
    return opinion_visible(ret_case) ? STATUS_OK : STATUS_NOT_FOUND;
}

enum status read_opinion_page(struct http_exchange *x, struct sql *sql, struct dialogue *d,
                              struct opinion_filter *filter, int limit,
                              struct opinion_page *ret_page)
{
    struct visit *v = visit_of(x);
    struct arena *arena = http_arena(x);
    struct opinion_page page = {.rows = arena_array(arena, struct opinion, (size_t)limit)};
    if (v->actor.kind != ACTOR_ACCOUNT) filter->relayed_only = true;
    filter->chunk = limit < OPINION_CHUNK ? limit + 1 : OPINION_CHUNK;
    for (;;) {
        struct opinion_rows chunk;
        enum status status = store_opinion_list(sql, v->unit, filter, arena, &chunk);
        if (status != STATUS_OK) return status;
        for (int i = 0; i < chunk.count; i++) {
            filter->after = chunk.rows[i].id;
            struct opinion_case c = visit_case(v, arena, d, &chunk.rows[i]);
            // A list would be a read of each that nobody logs: custodians open them one by one.
            if (!opinion_visible(&c) || c.opinion->visibility == VISIBILITY_SEALED) continue;
            if (page.count == limit) {
                page.more = true;
                return *ret_page = page, STATUS_OK;
            }
            page.rows[page.count++] = chunk.rows[i];
        }
        if (!chunk.more) return *ret_page = page, STATUS_OK;
    }
}
