// SPDX-License-Identifier: AGPL-3.0-or-later
// Cuts the boxes into pages: as many as fit, ending where no box asks to stay with the next.
#include "documents/flow.h"

double flow_gap(const struct flow_box *above, const struct flow_box *below)
{
    bool after_table = above->kind == BLOCK_TABLE, table = below->kind == BLOCK_TABLE;
    if (after_table && table) return 0;
    double after = after_table ? TABLE_GAP : above->after,
           before = table ? TABLE_GAP : below->before;
    return after > before ? after : before;
}

// What a box takes when it is (or is not) the first of its page. A table's padding stays.
static double box_room(const struct flow_box *box, const struct flow_box *previous)
{
    bool slice = box->kind == BLOCK_TABLE;
    double room = box->height + (slice ? box->before + box->after : 0);
    if (previous == NULL) return room;
    return room + flow_gap(previous, box);
}

static double heading_room(const struct flow *flow, const struct flow_page *page)
{
    double room = 0;
    for (int i = page->heading_from; i < page->heading_to; i++)
        room += box_room(&flow->boxes[i], i > page->heading_from ? &flow->boxes[i - 1] : NULL);
    return room;
}

// The first box after page->from that belongs to the next page.
static int page_end(const struct flow *flow, const struct flow_page *page)
{
    double room =
        page_height(page->landscape) - MARGIN_TOP - MARGIN_FOOT - heading_room(flow, page);
    int allowed = page->from, i = page->from;
    for (; i < flow->boxes_count; i++) {
        const struct flow_box *box = &flow->boxes[i];
        if (box->section != NULL && i > page->from) return i;
        room -= box_room(box, i > page->from ? box - 1 : NULL);
        if (room < -0.01) break;
        if (!box->keep_next) allowed = i + 1;
    }
    if (i == flow->boxes_count) return i;
    if (allowed > page->from) return allowed;
    return i > page->from ? i : page->from + 1; // everything clings together: cut where it is full
}

int flow_paginate(const struct flow *flow, const struct doc *doc, struct flow_page **ret_pages)
{
    struct flow_page *pages =
        arena_array(flow->arena, struct flow_page, (size_t)flow->boxes_count + 1);
    int count = 0, number = 0;
    bool landscape = doc->landscape;
    for (int from = 0; from < flow->boxes_count;) {
        const struct flow_box *box = &flow->boxes[from];
        struct flow_page *page = &pages[count++];
        if (box->section != NULL) {
            landscape = box->section->landscape;
            number = box->section->appendix ? 0 : number;
        }
        *page = (struct flow_page){.from = from, .landscape = landscape, .number = ++number};
        page->first = number == 1;
        page->heading_from = box->heading_from;
        page->heading_to = box->heading_to;
        from = page->to = page_end(flow, page);
    }
    *ret_pages = pages;
    return count;
}
