// SPDX-License-Identifier: AGPL-3.0-or-later
// From blocks to boxes: a paragraph becomes one box per line, a table row one box per line of its
// tallest cell (so that it can break anywhere), head and signatures one box each. Must never lose
// text.
#include "documents/flow.h"

#include <string.h>
#include "base/buf.h"
#include "documents/geometry.h"

#define OBJECT "\xef\xbf\xbc" // U+FFFC stands for a check box

static void *grown(struct arena *arena, const void *old, int *size, size_t item)
{
    int bigger = *size == 0 ? 32 : *size * 2;
    void *place = arena_alloc(arena, arena_bytes((size_t)bigger, item));
    if (*size > 0) memcpy(place, old, (size_t)*size * item);
    *size = bigger;
    return place;
}

static struct flow_box *add_box(struct flow *flow, enum doc_block_kind kind)
{
    if (flow->boxes_count == flow->boxes_size)
        flow->boxes = grown(flow->arena, flow->boxes, &flow->boxes_size, sizeof *flow->boxes);
    struct flow_box *box = &flow->boxes[flow->boxes_count++];
    *box = (struct flow_box){.kind = kind};
    return box;
}

static void add_attr(PangoAttrList *list, PangoAttribute *attr, size_t from, size_t to)
{
    attr->start_index = (guint)from;
    attr->end_index = (guint)to;
    pango_attr_list_insert(list, attr);
}

static void add_run(PangoAttrList *list, struct buf *text, const struct doc_run *run, double size)
{
    size_t from = text->len;
    if (run->kind != RUN_TEXT) {
        int side = (int)(size * PANGO_SCALE);
        PangoRectangle box = {0, -side * 8 / 10, side, side};
        buf_puts(text, OBJECT);
        add_attr(list,
                 pango_attr_shape_new_with_data(&box, &box, GINT_TO_POINTER(run->kind), NULL, NULL),
                 from, text->len);
        return;
    }
    buf_puts(text, run->text);
    if (run->bold) add_attr(list, pango_attr_weight_new(PANGO_WEIGHT_BOLD), from, text->len);
    if (run->italic) add_attr(list, pango_attr_style_new(PANGO_STYLE_ITALIC), from, text->len);
}

static PangoLayout *make_layout(struct flow *flow, const struct doc_para *para, double width)
{
    static const PangoAlignment aligns[] = {[ALIGN_LEFT] = PANGO_ALIGN_LEFT,
                                            [ALIGN_CENTRE] = PANGO_ALIGN_CENTER,
                                            [ALIGN_RIGHT] = PANGO_ALIGN_RIGHT,
                                            [ALIGN_JUSTIFY] = PANGO_ALIGN_LEFT};
    const struct doc_style_row *row = &doc_styles[para->style];
    BUF text = {0};
    PangoAttrList *attrs = pango_attr_list_new();
    for (const struct doc_run *run = para->runs; run != NULL; run = run->next)
        add_run(attrs, &text, run, row->size);
    PangoLayout *layout = pango_layout_new(flow->context);
    PangoFontDescription *font = fonts_description(para->style);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_width(layout, (int)((width - row->left - 2 * para->inset) * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout, aligns[row->align]);
    pango_layout_set_justify(layout, row->align == ALIGN_JUSTIFY);
    pango_layout_set_indent(layout, (int)(row->first * PANGO_SCALE));
    pango_layout_set_auto_dir(layout, FALSE);
    pango_layout_set_text(layout, buf_text(&text), (int)text.len);
    pango_attr_list_insert(attrs, pango_attr_insert_hyphens_new(FALSE));
    pango_layout_set_attributes(layout, attrs);
    pango_attr_list_unref(attrs);
    if (flow->layouts_count == flow->layouts_size)
        flow->layouts =
            grown(flow->arena, flow->layouts, &flow->layouts_size, sizeof *flow->layouts);
    flow->layouts[flow->layouts_count++] = layout;
    return layout;
}

// The lines of one paragraph; baseline relative to the line's own top.
static int set_para(struct flow *flow, const struct doc_para *para, double width,
                    struct flow_line **ret_lines)
{
    const struct doc_style_row *row = &doc_styles[para->style];
    PangoLayout *layout = make_layout(flow, para, width);
    int set = pango_layout_get_line_count(layout), count = set + para->dotted_lines;
    struct flow_line *lines = arena_array(flow->arena, struct flow_line, (size_t)count);
    PangoLayoutIter *iter = pango_layout_get_iter(layout);
    double height = row->size * SINGLE_LINE * row->line;
    for (int i = 0; i < count; i++) {
        struct flow_line *line = &lines[i];
        line->style = para->style;
        line->height = height;
        line->baseline = height - row->size * (SINGLE_LINE - ASCENT);
        line->x = row->left + para->inset;
        line->dots_to = width;
        line->dots_from = i < set ? width : row->left;
        if (i >= set) continue;
        PangoRectangle at;
        pango_layout_iter_get_line_extents(iter, NULL, &at);
        line->line = pango_layout_iter_get_line_readonly(iter);
        line->x += (double)at.x / PANGO_SCALE;
        if (para->dotted && i == set - 1 && row->align != ALIGN_CENTRE)
            line->dots_from = line->x + (double)at.width / PANGO_SCALE + (at.width > 0 ? 3 : 0);
        pango_layout_iter_next_line(iter);
    }
    pango_layout_iter_free(iter);
    lines[0].before = row->before;
    lines[count - 1].after = row->after;
    *ret_lines = lines;
    return count;
}

static void flow_para(struct flow *flow, const struct doc_para *para)
{
    struct flow_line *lines = NULL;
    int count = set_para(flow, para, text_area_width(flow->landscape), &lines);
    for (int i = 0; i < count; i++) {
        struct flow_box *box = add_box(flow, BLOCK_PARA);
        box->para = para;
        box->lines = &lines[i];
        box->lines_count = 1;
        box->height = lines[i].height;
        box->before = lines[i].before;
        box->after = lines[i].after;
        // Two lines at least on either side of a page's end.
        box->keep_next = i == count - 1 ? para->keep_next : i == 0 || i == count - 2;
    }
}

// One stack of lines in a fixed box: head and signature columns.
struct column {
    struct flow *flow;
    struct flow_box *box;
    double x, width, y;
    int lines_size, rules_size;
};

static void put_para(struct column *column, const struct doc_para *para)
{
    struct flow *flow = column->flow;
    struct flow_box *box = column->box;
    struct flow_line *lines = NULL;
    int count = set_para(flow, para, column->width, &lines);
    for (int i = 0; i < count; i++) {
        if (box->lines_count == column->lines_size)
            box->lines = grown(flow->arena, box->lines, &column->lines_size, sizeof *lines);
        struct flow_line *line = &box->lines[box->lines_count++];
        *line = lines[i];
        column->y += line->before;
        line->x += column->x;
        line->dots_from += column->x;
        line->dots_to += column->x;
        line->baseline += column->y;
        column->y += line->height + line->after;
    }
    if (box->height < column->y) box->height = column->y;
}

static void put_text(struct column *column, enum doc_style style, const char *text)
{
    if (text == NULL) return;
    struct doc_run run = {.text = text};
    struct doc_para para = {.style = style, .runs = &run, .last_run = &run};
    put_para(column, &para);
}

static void put_rule(struct column *column, double length)
{
    struct flow_box *box = column->box;
    if (box->rules_count == column->rules_size)
        box->rules =
            grown(column->flow->arena, box->rules, &column->rules_size, sizeof *box->rules);
    double x = column->x + (column->width - length) / 2, y = column->y + 3;
    box->rules[box->rules_count++] = (struct flow_rule){x, y, x + length, y};
    column->y += 5;
}

static void put_frame(struct column *column, const char *text)
{
    double from = column->y + doc_styles[STYLE_URGENCY].before - 2;
    put_text(column, STYLE_URGENCY, text);
    double half = fonts_text_width(STYLE_URGENCY, text) / 2 + 8,
           middle = column->x + column->width / 2;
    put_rule(column, 0);
    column->box->rules[column->box->rules_count - 1] =
        (struct flow_rule){middle - half, from, middle + half, column->y - 1};
}

// Moves to another column of the same box, the arrays keeping their sizes.
static void turn(struct column *column, double x, double width, double y)
{
    column->x = x;
    column->width = width;
    column->y = y;
}

static void flow_head(struct flow *flow, const struct doc_head *head)
{
    double width = text_area_width(flow->landscape);
    struct head_geometry g = geometry_head(head, width);
    struct flow_box *box = add_box(flow, BLOCK_HEAD);
    struct column column = {.flow = flow, .box = box, .width = g.left};
    put_text(&column, STYLE_PARENT, head->parent);
    put_text(&column, STYLE_AGENCY, head->agency);
    put_text(&column, STYLE_AGENCY, head->agency_place);
    put_rule(&column, g.agency_rule);
    double below = column.y;
    if (head->nation) {
        turn(&column, g.left, g.right, 0);
        put_text(&column, STYLE_NATION, NATION_TEXT);
        put_text(&column, STYLE_MOTTO, MOTTO_TEXT);
        put_rule(&column, g.motto_rule);
    }
    below = (column.y > below ? column.y : below) + 6;
    turn(&column, g.left, g.right, below);
    put_text(&column, STYLE_PLACE, head->place_date);
    turn(&column, 0, g.left, below);
    put_text(&column, STYLE_NUMBER, head->number);
    put_text(&column, STYLE_LETTER_SUBJECT, head->letter_subject);
    if (head->urgency != NULL) put_frame(&column, head->urgency);
    if (box->height < column.y) box->height = column.y;
    box->keep_next = true;
    box->after = 6;
}

static void put_signature(struct column *column, const struct doc_signature *sign)
{
    for (size_t i = 0; i < ARRAY_LEN(sign->lines) && sign->lines[i] != NULL; i++)
        put_text(column, STYLE_SIGN, sign->lines[i]);
    put_text(column, STYLE_SIGN_NOTE, sign->note);
    column->y += SIGN_GAP;
    put_text(column, STYLE_SIGN, sign->name);
}

static void flow_sign(struct flow *flow, const struct doc_sign *sign)
{
    double width = text_area_width(flow->landscape), left = width * RECIPIENT_SHARE;
    for (int i = flow->boxes_count - 1; i >= 0 && i >= flow->boxes_count - 2; i--)
        flow->boxes[i].keep_next = true;
    struct flow_box *box = add_box(flow, BLOCK_SIGN);
    box->before = 6;
    bool pair = sign->left.lines[0] != NULL;
    struct column column = {.flow = flow, .box = box, .x = 0, .width = pair ? width / 2 : left};
    if (pair) {
        put_signature(&column, &sign->left);
    } else if (sign->recipients_count > 0) {
        put_text(&column, STYLE_RECIPIENT_HEAD, "Nơi nhận:");
        for (int i = 0; i < sign->recipients_count; i++)
            put_text(&column, STYLE_RECIPIENT, sign->recipients[i]);
    }
    double x = column.width;
    turn(&column, x, width - x, 0);
    put_signature(&column, &sign->right);
    if (pair && sign->recipients_count > 0) {
        turn(&column, 0, width, box->height + 12);
        put_text(&column, STYLE_RECIPIENT_HEAD, "Nơi nhận:");
        for (int i = 0; i < sign->recipients_count; i++)
            put_text(&column, STYLE_RECIPIENT, sign->recipients[i]);
    }
}

static void flow_rule(struct flow *flow, const char *text)
{
    double width = text_area_width(flow->landscape);
    struct flow_box *box = add_box(flow, BLOCK_RULE);
    struct column column = {.flow = flow, .box = box, .width = width};
    put_rule(&column, geometry_subject_rule(text, width));
    box->height = column.y;
    box->after = 10;
    box->keep_next = true;
}

// All lines of a cell, one after another; the column is written into them.
static int set_cell(struct flow *flow, const struct doc_cell *cell, double x, double width,
                    struct flow_line **ret_lines)
{
    int count = 0, size = 0;
    for (const struct doc_para *para = cell->paras; para != NULL; para = para->next) {
        struct flow_line *lines = NULL;
        int more = set_para(flow, para, width, &lines);
        for (int i = 0; i < more; i++) {
            if (count == size) *ret_lines = grown(flow->arena, *ret_lines, &size, sizeof *lines);
            lines[i].x += x;
            lines[i].dots_from += x;
            lines[i].dots_to += x;
            (*ret_lines)[count++] = lines[i];
        }
    }
    return count;
}

struct cell_lines {
    struct flow_line *lines;
    int count;
};

// The i-th lines of all cells, side by side.
static void slice_fill(struct flow *flow, struct flow_box *box, const struct cell_lines *cells,
                       int i)
{
    box->lines = arena_array(flow->arena, struct flow_line, (size_t)box->row->cells_count);
    for (int c = 0; c < box->row->cells_count; c++) {
        if (i >= cells[c].count) continue;
        struct flow_line *line = &box->lines[box->lines_count++];
        *line = cells[c].lines[i];
        line->column = c;
        if (box->height < line->height) box->height = line->height;
    }
}

static void flow_row(struct flow *flow, const struct doc_table *table, const struct doc_row *row,
                     const double *edges)
{
    struct cell_lines cells[FLOW_COLUMNS] = {{NULL, 0}};
    int slices = 1, column = 0, from = flow->boxes_count;
    for (int c = 0; c < row->cells_count; column += cell_span(&row->cells[c]), c++) {
        double x = edges[column] + CELL_PADDING;
        double width = edges[column + cell_span(&row->cells[c])] - CELL_PADDING - x;
        cells[c].count = set_cell(flow, &row->cells[c], x, width, &cells[c].lines);
        slices = cells[c].count > slices ? cells[c].count : slices;
    }
    double height = 0;
    for (int i = 0; i < slices; i++) {
        struct flow_box *box = add_box(flow, BLOCK_TABLE);
        box->row = row;
        box->table = table;
        box->row_first = i == 0;
        box->row_last = i == slices - 1;
        slice_fill(flow, box, cells, i);
        height += box->height;
        bool inside = slices <= 6 || i < 2 || i >= slices - 3;
        box->keep_next = box->row_last ? row->header || row->cells[0].span > 1 : inside;
    }
    flow->boxes[from].before = 2; // kept by the page builder as part of the row
    struct flow_box *last = &flow->boxes[flow->boxes_count - 1];
    last->after = 3;
    if (row->min_height > height + 5) last->height += row->min_height - height - 5;
}

static void flow_table(struct flow *flow, const struct doc_table *table)
{
    ensure(table->columns_count <= FLOW_COLUMNS);
    double edges[FLOW_COLUMNS + 1];
    geometry_columns(table, text_area_width(flow->landscape), edges);
    int from = flow->boxes_count, body = from;
    for (const struct doc_row *row = table->rows; row != NULL; row = row->next) {
        flow_row(flow, table, row, edges);
        if (row->header) body = flow->boxes_count;
        if (row_is_last_but_one(row)) flow->boxes[flow->boxes_count - 1].keep_next = true;
    }
    for (int i = body; i < flow->boxes_count; i++) {
        flow->boxes[i].heading_from = from;
        flow->boxes[i].heading_to = body;
    }
}

static void flow_block(struct flow *flow, const struct doc_block *block)
{
    struct flow_box *box = NULL;
    switch (block->kind) {
    case BLOCK_HEAD:
        flow_head(flow, &block->head);
        return;
    case BLOCK_PARA:
        flow_para(flow, block->para);
        return;
    case BLOCK_RULE:
        flow_rule(flow, block->ruled);
        return;
    case BLOCK_TABLE:
        flow_table(flow, block->table);
        return;
    case BLOCK_SIGN:
        flow_sign(flow, &block->sign);
        return;
    case BLOCK_QR:
        box = add_box(flow, BLOCK_QR);
        box->qr = &block->qr;
        box->height = block->qr.side;
        box->after = 6;
        box->keep_next = true;
        return;
    case BLOCK_SECTION:
        box = add_box(flow, BLOCK_SECTION);
        box->section = &block->section;
        box->keep_next = true;
        flow->landscape = block->section.landscape;
        return;
    }
}

void flow_build(struct flow *flow, struct arena *arena, const struct doc *doc)
{
    flow->arena = arena;
    flow->context = fonts_context();
    flow->landscape = doc->landscape;
    for (const struct doc_block *block = doc->blocks; block != NULL; block = block->next)
        flow_block(flow, block);
}

void flow_done(struct flow *flow)
{
    for (int i = 0; i < flow->layouts_count; i++)
        g_object_unref(flow->layouts[i]);
    if (flow->context != NULL) g_object_unref(flow->context);
    *flow = (struct flow){0};
}
