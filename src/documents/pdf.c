// SPDX-License-Identifier: AGPL-3.0-or-later
// Draws laid-out pages with cairo and tags what is cheap to tag. Dates come from the document,
// never from the clock; every rule is a filled shape.
#include "documents/formats.h"

#include <cairo-pdf.h>
#include "documents/facts.h"
#include "documents/flow.h"
#include "documents/geometry.h"
#include "documents/qr.h"
#include "documents/words.h"

static cairo_status_t put_bytes(void *out, const unsigned char *bytes, unsigned int len)
{
    buf_put(out, bytes, len);
    return CAIRO_STATUS_SUCCESS;
}

// A check box: a frame, and two strokes when ticked. The current point is the glyph's origin.
static void draw_shape(cairo_t *cr, PangoAttrShape *attr, gboolean do_path, gpointer data)
{
    (void)do_path;
    (void)data;
    double side = (double)attr->ink_rect.width / PANGO_SCALE * 0.72, x = 0, y = 0;
    cairo_get_current_point(cr, &x, &y);
    cairo_save(cr);
    cairo_new_path(cr);
    cairo_set_line_width(cr, 0.9);
    cairo_rectangle(cr, x + side * 0.15, y - side * 0.95, side, side);
    if (GPOINTER_TO_INT(attr->data) == RUN_BOX_TICKED) {
        cairo_move_to(cr, x + side * 0.35, y - side * 0.5);
        cairo_line_to(cr, x + side * 0.6, y - side * 0.2);
        cairo_line_to(cr, x + side * 1.05, y - side * 0.85);
    }
    cairo_stroke(cr);
    cairo_restore(cr);
}

static void draw_dots(cairo_t *cr, const struct flow_line *line, double x, double y)
{
    if (line->dots_to - line->dots_from < 4) return;
    static const double dots[] = {0, 3};
    cairo_save(cr);
    cairo_set_dash(cr, dots, 2, 0);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_width(cr, 0.9);
    cairo_move_to(cr, x + line->dots_from, y - 0.5);
    cairo_line_to(cr, x + line->dots_to, y - 0.5);
    cairo_stroke(cr);
    cairo_restore(cr);
}

static void draw_line(cairo_t *cr, const struct flow_line *line, double x, double y)
{
    draw_dots(cr, line, x, y + line->baseline);
    if (line->line == NULL) return;
    cairo_move_to(cr, x + line->x, y + line->baseline);
    pango_cairo_show_layout_line(cr, line->line);
}

static void fill_rule(cairo_t *cr, double x1, double y1, double x2, double y2)
{
    double w = x2 - x1, h = y2 - y1;
    cairo_rectangle(cr, x1 - (w > 0 ? 0 : RULE_WIDTH / 2), y1 - (h > 0 ? 0 : RULE_WIDTH / 2),
                    w > 0 ? w : RULE_WIDTH, h > 0 ? h : RULE_WIDTH);
    cairo_fill(cr);
}

static void draw_rules(cairo_t *cr, const struct flow_box *box, double x, double y)
{
    for (int i = 0; i < box->rules_count; i++) {
        const struct flow_rule *r = &box->rules[i];
        if (r->y1 < r->y2) {
            cairo_set_source_rgb(cr, 0.8, 0, 0);
            cairo_set_line_width(cr, 1);
            cairo_rectangle(cr, x + r->x1, y + r->y1, r->x2 - r->x1, r->y2 - r->y1);
            cairo_stroke(cr);
            cairo_set_source_rgb(cr, 0, 0, 0);
        } else {
            fill_rule(cr, x + r->x1, y + r->y1, x + r->x2, y + r->y2);
        }
    }
}

static void draw_modules(cairo_t *cr, int x, int y, int run)
{
    cairo_rectangle(cr, x, y, run, 1);
}

static void draw_qr(struct arena *arena, cairo_t *cr, const struct doc_qr *spec, double width,
                    double y)
{
    struct qr qr = qr_encode(arena, spec->text);
    if (qr.size == 0) return;
    double module = spec->side / qr.size, x = MARGIN_LEFT + (width - spec->side) / 2;
    cairo_save(cr);
    cairo_translate(cr, x, y);
    cairo_scale(cr, module, module);
    for (int i = 0; i < qr.size * qr.size; i++) {
        int run = 0;
        while ((i + run) % qr.size + 1 < qr.size && qr.dark[i + run])
            run++;
        if (run > 0)
            draw_modules(cr, i % qr.size, i / qr.size, run); // the quiet zone ends every run
        i += run;
    }
    cairo_fill(cr);
    cairo_restore(cr);
}

struct drawing {
    struct arena *arena;
    cairo_t *cr;
    const struct flow *flow;
    const struct flow_page *page;
    double y;        // where the next box begins
    bool table_open; // a Table tag is open
};

static const char *tag_of(enum doc_style style)
{
    static const char *const headings[] = {"P", "H2", "H3", "H4"};
    if (style == STYLE_TITLE || style == STYLE_POSTER_TITLE) return "H1";
    return headings[doc_styles[style].outline];
}

static void close_table(struct drawing *d)
{
    if (d->table_open) cairo_tag_end(d->cr, "Table");
    d->table_open = false;
}

// Lines of the same paragraph on the same page are one tag.
static int draw_paragraph(struct drawing *d, int i)
{
    const struct flow_box *boxes = d->flow->boxes;
    const char *tag = tag_of(boxes[i].para->style);
    cairo_tag_begin(d->cr, tag, NULL);
    int end = i;
    for (; end < d->page->to && boxes[end].para == boxes[i].para; end++) {
        if (end > i) d->y += flow_gap(&boxes[end - 1], &boxes[end]);
        draw_line(d->cr, boxes[end].lines, MARGIN_LEFT, d->y);
        d->y += boxes[end].height;
    }
    cairo_tag_end(d->cr, tag);
    return end;
}

// Frames of the part of a row that is on this page.
static void draw_row_frame(struct drawing *d, const struct flow_box *box, double top, double bottom)
{
    double edges[FLOW_COLUMNS + 1], width = text_area_width(d->page->landscape);
    geometry_columns(box->table, width, edges);
    fill_rule(d->cr, MARGIN_LEFT, top, MARGIN_LEFT + width, top);
    fill_rule(d->cr, MARGIN_LEFT, bottom, MARGIN_LEFT + width, bottom);
    int column = 0;
    for (int c = 0; c < box->row->cells_count; column += cell_span(&box->row->cells[c]), c++)
        fill_rule(d->cr, MARGIN_LEFT + edges[column], top, MARGIN_LEFT + edges[column], bottom);
    fill_rule(d->cr, MARGIN_LEFT + width, top, MARGIN_LEFT + width, bottom);
}

static void draw_cell(struct drawing *d, int from, int to, int column, double top)
{
    double y = top + 2;
    for (int i = from; i < to; i++) {
        const struct flow_box *box = &d->flow->boxes[i];
        for (int n = 0; n < box->lines_count; n++) {
            if (box->lines[n].column == column) draw_line(d->cr, &box->lines[n], MARGIN_LEFT, y);
        }
        y += box->height;
    }
}

// The slices of one row between `i` and `limit`, drawn cell by cell so that each cell is one tag.
static int draw_row(struct drawing *d, int i, int limit, bool tagged)
{
    const struct flow_box *boxes = d->flow->boxes;
    double top = d->y, bottom = top;
    int end = i;
    for (; end < limit && boxes[end].row == boxes[i].row; end++)
        bottom += boxes[end].before + boxes[end].height + boxes[end].after;
    const char *tag = boxes[i].row->header ? "TH" : "TD";
    if (tagged && !d->table_open) cairo_tag_begin(d->cr, "Table", NULL);
    d->table_open |= tagged;
    if (tagged) cairo_tag_begin(d->cr, "TR", NULL);
    for (int c = 0; c < boxes[i].row->cells_count; c++) {
        if (tagged) cairo_tag_begin(d->cr, tag, NULL);
        draw_cell(d, i, end, c, top);
        if (tagged) cairo_tag_end(d->cr, tag);
    }
    if (tagged) cairo_tag_end(d->cr, "TR");
    draw_row_frame(d, &boxes[i], top, bottom);
    d->y = bottom;
    return end;
}

static void draw_heading_rows(struct drawing *d)
{
    const struct flow_page *page = d->page;
    for (int i = page->heading_from; i < page->heading_to;)
        i = draw_row(d, i, page->heading_to, false);
}

// Head, signatures and single lines that are not paragraphs.
static void draw_fixed(struct drawing *d, const struct flow_box *box)
{
    cairo_tag_begin(d->cr, "Sect", NULL);
    for (int i = 0; i < box->lines_count; i++) {
        cairo_tag_begin(d->cr, "P", NULL);
        draw_line(d->cr, &box->lines[i], MARGIN_LEFT, d->y);
        cairo_tag_end(d->cr, "P");
    }
    cairo_tag_end(d->cr, "Sect");
    draw_rules(d->cr, box, MARGIN_LEFT, d->y);
}

static int draw_box(struct drawing *d, int i)
{
    const struct flow_box *box = &d->flow->boxes[i];
    if (i > d->page->from) d->y += flow_gap(box - 1, box);
    if (box->kind == BLOCK_TABLE) return draw_row(d, i, d->page->to, true);
    close_table(d);
    if (box->kind == BLOCK_PARA) return draw_paragraph(d, i);
    if (box->kind == BLOCK_QR)
        draw_qr(d->arena, d->cr, box->qr, text_area_width(d->page->landscape), d->y);
    else if (box->kind == BLOCK_RULE)
        draw_rules(d->cr, box, MARGIN_LEFT, d->y);
    else if (box->kind != BLOCK_SECTION)
        draw_fixed(d, box);
    d->y += box->height;
    return i + 1;
}

// One line of running text outside the text area: page number, contact line.
static void draw_running(struct drawing *d, enum doc_style style, const char *text, double y)
{
    PangoLayout *layout = pango_layout_new(d->flow->context);
    PangoFontDescription *font = fonts_description(style);
    pango_layout_set_font_description(layout, font);
    pango_layout_set_width(layout, (int)(text_area_width(d->page->landscape) * PANGO_SCALE));
    pango_layout_set_alignment(layout, PANGO_ALIGN_CENTER);
    pango_layout_set_text(layout, text, -1);
    cairo_move_to(d->cr, MARGIN_LEFT, y);
    pango_cairo_show_layout(d->cr, layout);
    pango_font_description_free(font);
    g_object_unref(layout);
}

static void draw_page(struct drawing *d, const struct doc *doc, bool first_of_all)
{
    const struct flow_page *page = d->page;
    if (!page->first) {
        char number[16];
        snprintf(number, sizeof number, "%d", page->number);
        draw_running(d, STYLE_PAGE_NUMBER, number, HEADER_TOP);
    }
    if (first_of_all && doc->contact != NULL) {
        double y = page_height(page->landscape) - MARGIN_FOOT + FOOTER_GAP;
        fill_rule(d->cr, MARGIN_LEFT, y, MARGIN_LEFT + text_area_width(page->landscape), y);
        draw_running(d, STYLE_CONTACT, doc->contact, y + 3);
    }
    d->y = MARGIN_TOP;
    draw_heading_rows(d);
    for (int i = page->from; i < page->to;)
        i = draw_box(d, i);
    close_table(d);
}

static void set_metadata(cairo_surface_t *surface, const struct doc *doc)
{
    char day[DAY_TEXT + 16];
    char date[DAY_TEXT];
    snprintf(day, sizeof day, "%sT00:00:00Z",
             day_format(!day_known(doc->day) ? 0 : doc->day, date));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, doc->title);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, doc->author);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, day);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, day);
}

static enum status draw_all(const struct doc *doc, const struct flow *flow,
                            cairo_surface_t *surface)
{
    struct flow_page *pages = NULL;
    int count = flow_paginate(flow, doc, &pages);
    struct drawing d = {.arena = flow->arena, .cr = cairo_create(surface), .flow = flow};

    for (int i = 0; i < count; i++) {
        d.page = &pages[i];
        cairo_pdf_surface_set_size(surface, page_width(d.page->landscape),
                                   page_height(d.page->landscape));
        cairo_set_source_rgb(d.cr, 0, 0, 0);
        draw_page(&d, doc, i == 0);
        cairo_show_page(d.cr);
    }

    enum status status = cairo_status(d.cr) == CAIRO_STATUS_SUCCESS ? STATUS_OK : STATUS_BROKEN;
    cairo_destroy(d.cr);
    return status;
}

enum status pdf_render(struct arena *arena, const struct doc *doc, struct buf *out)
{
    if (fonts_load() != STATUS_OK) return STATUS_BROKEN;
    BUF drawn = {0};
    FLOW flow = {0};
    flow_build(&flow, arena, doc);
    pango_cairo_context_set_shape_renderer(flow.context, draw_shape, NULL, NULL);
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(
        put_bytes, &drawn, page_width(false), page_height(false));
    set_metadata(surface, doc);
    enum status status = draw_all(doc, &flow, surface);
    cairo_surface_finish(surface);
    if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS) status = STATUS_BROKEN;
    cairo_surface_destroy(surface);
    return status == STATUS_OK ? pdf_finish(doc, &drawn, out) : status;
}
