// SPDX-License-Identifier: AGPL-3.0-or-later
// The model laid out as a column of boxes, and the boxes cut into pages. Positions in points, y
// downwards, relative to the box's or the text area's upper left corner. Draws nothing.
#ifndef DOCUMENTS_FLOW_H
#define DOCUMENTS_FLOW_H

#include "documents/fonts.h"
#include "documents/model.h"

enum { FLOW_COLUMNS = 16 }; // most columns of a table

struct flow_line {
    PangoLayoutLine *line; // NULL: nothing but dots
    double x, baseline;
    double dots_from, dots_to; // equal: none
    double height, before, after;
    enum doc_style style;
    int column; // of a table
};

struct flow_rule {
    double x1, y1, x2, y2; // a filled hairline, or a frame when both differ
};

struct flow_box {
    enum doc_block_kind kind;
    double before, height, after; // before and after vanish at the edges of a page
    bool keep_next;               // no page may end here
    struct flow_line *lines;
    struct flow_rule *rules;
    int lines_count, rules_count;
    const struct doc_para *para; // of a line
    const struct doc_row *row;   // of a slice: row, its table, and where its heading boxes are
    const struct doc_table *table;
    int heading_from, heading_to;
    bool row_first, row_last;
    const struct doc_qr *qr;
    const struct doc_section *section; // a page begins here
};

struct flow {
    struct arena *arena;
    PangoContext *context;
    PangoLayout **layouts; // alive until flow_done: lines point into them
    int layouts_count, layouts_size;
    struct flow_box *boxes;
    int boxes_count, boxes_size;
    bool landscape; // of the section being laid out
};

struct flow_page {
    int from, to;                 // boxes
    int heading_from, heading_to; // heading rows repeated above them
    bool landscape, first;        // first of its numbering
    int number;
};

void flow_build(struct flow *flow, struct arena *arena, const struct doc *doc);
void flow_done(struct flow *flow);

/// Space between two boxes of a page: the larger of what they ask for, as word processors do.
double flow_gap(const struct flow_box *above, const struct flow_box *below);

/// Pages of at least one box each; the array is in the arena.
int flow_paginate(const struct flow *flow, const struct doc *doc, struct flow_page **ret_pages);

#define FLOW CLEANUP(flow_done) struct flow

#endif
