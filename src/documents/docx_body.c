// SPDX-License-Identifier: AGPL-3.0-or-later
// word/document.xml from the model. The order of children in pPr, rPr, tblPr, tcPr and sectPr is
// the schema's; a word processor calls anything else damaged. Styles carry the looks, so that staff
// can edit.
#include "documents/formats.h"

#include "documents/flow.h"
#include "documents/geometry.h"
#include "documents/xml.h"

struct body {
    struct xml xml;
    const struct doc *doc;
    int images, sections;
    bool landscape;
};

struct para_options {
    bool keep_next;
    double width;        // of the column: where dots end
    double space_before; // replaces the style's when above zero
};

static void write_tabs(struct body *b, double width)
{
    struct xml *x = &b->xml;
    xml_open(x, "w:tabs");
    xml_open(x, "w:tab");
    xml_attr(x, "w:val", "right");
    xml_attr(x, "w:leader", "dot");
    xml_attr_pt(x, "w:pos", width);
    xml_close(x);
    xml_close(x);
}

static void write_para_properties(struct body *b, const struct doc_para *para,
                                  struct para_options options)
{
    struct xml *x = &b->xml;
    const struct doc_style_row *row = &doc_styles[para->style];
    xml_open(x, "w:pPr");
    xml_val(x, "w:pStyle", row->id);
    if ((options.keep_next || para->keep_next) && !row->keep_next) xml_empty(x, "w:keepNext");
    if (para->dotted || para->dotted_lines > 0) write_tabs(b, options.width);
    if (options.space_before > 0) {
        xml_open(x, "w:spacing");
        xml_attr_pt(x, "w:before", options.space_before);
        xml_close(x);
    }
    if (para->inset > 0) {
        xml_open(x, "w:ind");
        xml_attr_pt(x, "w:left", para->inset);
        xml_attr_pt(x, "w:right", para->inset);
        xml_close(x);
    }
    xml_close(x);
}

static void write_run_properties(struct xml *x, const struct doc_run *run)
{
    if (!run->bold && !run->italic) return;
    xml_open(x, "w:rPr");
    if (run->bold) {
        xml_empty(x, "w:b");
        xml_empty(x, "w:bCs");
    }
    if (run->italic) {
        xml_empty(x, "w:i");
        xml_empty(x, "w:iCs");
    }
    xml_close(x);
}

static void write_run(struct xml *x, const struct doc_run *run)
{
    xml_open(x, "w:r");
    write_run_properties(x, run);
    if (run->kind == RUN_TEXT) {
        xml_open(x, "w:t");
        xml_attr(x, "xml:space", "preserve");
        xml_text(x, run->text);
    } else {
        xml_open(x, "w:sym");
        xml_attr(x, "w:font", "Wingdings");
        xml_attr(x, "w:char", run->kind == RUN_BOX ? "F0A8" : "F0FE");
    }
    xml_close(x);
    xml_close(x);
}

static void write_para(struct body *b, const struct doc_para *para, struct para_options options)
{
    struct xml *x = &b->xml;
    xml_open(x, "w:p");
    write_para_properties(b, para, options);
    for (const struct doc_run *run = para->runs; run != NULL; run = run->next)
        write_run(x, run);
    bool tail = para->dotted && doc_styles[para->style].align != ALIGN_CENTRE;
    for (int i = tail ? -1 : 0; i < para->dotted_lines; i++) {
        xml_open(x, "w:r");
        if (i >= 0) xml_empty(x, "w:br");
        xml_empty(x, "w:tab");
        xml_close(x);
    }
    xml_close(x);
}

static void write_text(struct body *b, enum doc_style style, const char *text, double space_before)
{
    if (text == NULL) return;
    struct doc_run run = {.text = text};
    struct doc_para para = {.style = style, .runs = &run, .last_run = &run};
    write_para(b, &para, (struct para_options){.space_before = space_before});
}

// An empty paragraph a point high: carries a rule above, a section's end, or what must follow a
// table.
static void open_thin(struct xml *x, double rule, double width)
{
    xml_open(x, "w:p");
    xml_open(x, "w:pPr");
    xml_val(x, "w:pStyle", "VBDuongKe");
    if (rule <= 0) return;
    xml_open(x, "w:pBdr");
    xml_open(x, "w:top");
    xml_attr(x, "w:val", "single");
    xml_attr(x, "w:sz", "6");
    xml_attr(x, "w:space", "1");
    xml_attr(x, "w:color", "000000");
    xml_close(x);
    xml_close(x);
    xml_open(x, "w:spacing");
    xml_attr_pt(x, "w:before", 3);
    xml_close(x);
    xml_open(x, "w:ind");
    xml_attr_pt(x, "w:left", (width - rule) / 2);
    xml_attr_pt(x, "w:right", (width - rule) / 2);
    xml_close(x);
}

static void close_thin(struct xml *x)
{
    xml_close(x);
    xml_close(x);
}

static void write_thin(struct xml *x, double rule, double width)
{
    open_thin(x, rule, width);
    close_thin(x);
}

static void open_table(struct body *b, const double *edges, int columns, bool framed)
{
    struct xml *x = &b->xml;
    xml_open(x, "w:tbl");
    xml_open(x, "w:tblPr");
    xml_val(x, "w:tblStyle", framed ? "TableGrid" : "TableNormal");
    xml_open(x, "w:tblW");
    xml_attr_pt(x, "w:w", edges[columns]);
    xml_attr(x, "w:type", "dxa");
    xml_close(x);
    xml_val(x, "w:jc", "center");
    xml_open(x, "w:tblLayout");
    xml_attr(x, "w:type", "fixed");
    xml_close(x);
    xml_open(x, "w:tblCellMar");
    static const char *const sides[] = {"w:top", "w:left", "w:bottom", "w:right"};
    for (int i = 0; i < 4; i++) {
        xml_open(x, sides[i]);
        xml_attr_pt(x, "w:w", !framed ? 0 : i % 2 == 1 ? CELL_PADDING : 2);
        xml_attr(x, "w:type", "dxa");
        xml_close(x);
    }
    xml_close(x);
    xml_close(x);
    xml_open(x, "w:tblGrid");
    for (int i = 0; i < columns; i++) {
        xml_open(x, "w:gridCol");
        xml_attr_int(x, "w:w", lround(edges[i + 1] * 20) - lround(edges[i] * 20));
        xml_close(x);
    }
    xml_close(x);
}

static void open_cell(struct body *b, double width, int span, double margin_top)
{
    struct xml *x = &b->xml;
    xml_open(x, "w:tc");
    xml_open(x, "w:tcPr");
    xml_open(x, "w:tcW");
    xml_attr_pt(x, "w:w", width);
    xml_attr(x, "w:type", "dxa");
    xml_close(x);
    if (span > 1) xml_val_int(x, "w:gridSpan", span);
    if (margin_top > 0) {
        xml_open(x, "w:tcMar");
        xml_open(x, "w:top");
        xml_attr_pt(x, "w:w", margin_top);
        xml_attr(x, "w:type", "dxa");
        xml_close(x);
        xml_close(x);
    }
    xml_close(x);
}

static void open_row(struct xml *x, bool whole, bool header, double min_height)
{
    xml_open(x, "w:tr");
    if (!whole && !header && min_height <= 0) return;
    xml_open(x, "w:trPr");
    if (whole || header) xml_empty(x, "w:cantSplit");
    if (min_height > 0) {
        xml_open(x, "w:trHeight");
        xml_attr_pt(x, "w:val", min_height);
        xml_attr(x, "w:hRule", "atLeast");
        xml_close(x);
    }
    if (header) xml_empty(x, "w:tblHeader");
    xml_close(x);
}

static void write_row(struct body *b, const struct doc_row *row, const double *edges, bool keep)
{
    struct xml *x = &b->xml;
    open_row(x, false, row->header, row->min_height);
    for (int c = 0, column = 0; c < row->cells_count; c++) {
        int span = cell_span(&row->cells[c]);
        double width = edges[column + span] - edges[column];
        open_cell(b, width, span, 0);
        struct para_options options = {.width = width - 2 * CELL_PADDING, .keep_next = keep};
        for (const struct doc_para *para = row->cells[c].paras; para != NULL; para = para->next)
            write_para(b, para, options);
        if (row->cells[c].paras == NULL) write_thin(x, 0, 0);
        xml_close(x);
        column += span;
    }
    xml_close(x);
}

static void write_table(struct body *b, const struct doc_block *block)
{
    const struct doc_table *table = block->table;
    bool signed_below = block->next != NULL && block->next->kind == BLOCK_SIGN;
    double edges[FLOW_COLUMNS + 1];
    geometry_columns(table, text_area_width(b->landscape), edges);
    open_table(b, edges, table->columns_count, true);
    for (const struct doc_row *row = table->rows; row != NULL; row = row->next)
        write_row(b, row, edges, row->next == NULL ? signed_below : row_is_last_but_one(row));
    xml_close(&b->xml);
    write_thin(&b->xml, 0, 0);
}

static void write_head_cells(struct body *b, const struct doc_head *head,
                             const struct head_geometry *g)
{
    struct xml *x = &b->xml;
    open_row(x, true, false, 0);
    open_cell(b, g->left, 1, 0);
    write_text(b, STYLE_PARENT, head->parent, 0);
    write_text(b, STYLE_AGENCY, head->agency, 0);
    write_text(b, STYLE_AGENCY, head->agency_place, 0);
    write_thin(x, g->agency_rule, g->left);
    xml_close(x);
    if (g->right > 0) {
        open_cell(b, g->right, 1, 0);
        write_text(b, STYLE_NATION, NATION_TEXT, 0);
        write_text(b, STYLE_MOTTO, MOTTO_TEXT, 0);
        write_thin(x, g->motto_rule, g->right);
        xml_close(x);
    }
    xml_close(x);
}

static void write_head(struct body *b, const struct doc_head *head)
{
    struct xml *x = &b->xml;
    double width = text_area_width(b->landscape);
    struct head_geometry g = geometry_head(head, width);
    double edges[] = {0, g.left, width};
    open_table(b, edges, g.right > 0 ? 2 : 1, false);
    write_head_cells(b, head, &g);
    open_row(x, true, false, 0);
    open_cell(b, g.left, 1, 6);
    write_text(b, STYLE_NUMBER, head->number, 0);
    write_text(b, STYLE_LETTER_SUBJECT, head->letter_subject, 0);
    write_text(b, STYLE_URGENCY, head->urgency, 0);
    if (head->number == NULL && head->letter_subject == NULL && head->urgency == NULL)
        write_thin(x, 0, 0);
    xml_close(x);
    if (g.right > 0) {
        open_cell(b, g.right, 1, 6);
        write_text(b, STYLE_PLACE, head->place_date, 0);
        if (head->place_date == NULL) write_thin(x, 0, 0);
        xml_close(x);
    }
    xml_close(x);
    xml_close(x);
    write_thin(x, 0, 0);
}

static void write_signature(struct body *b, const struct doc_signature *sign)
{
    for (size_t i = 0; i < ARRAY_LEN(sign->lines) && sign->lines[i] != NULL; i++)
        write_text(b, STYLE_SIGN, sign->lines[i], 0);
    write_text(b, STYLE_SIGN_NOTE, sign->note, 0);
    write_text(b, STYLE_SIGN, sign->name, SIGN_GAP);
}

static void write_recipients(struct body *b, const struct doc_sign *sign, double space_before)
{
    if (sign->recipients_count > 0) write_text(b, STYLE_RECIPIENT_HEAD, "Nơi nhận:", space_before);
    for (int i = 0; i < sign->recipients_count; i++)
        write_text(b, STYLE_RECIPIENT, sign->recipients[i], 0);
}

static void write_sign(struct body *b, const struct doc_sign *sign)
{
    struct xml *x = &b->xml;
    bool pair = sign->left.lines[0] != NULL;
    double width = text_area_width(b->landscape), left = width * (pair ? 0.5 : RECIPIENT_SHARE);
    double edges[] = {0, left, width};
    open_table(b, edges, 2, false);
    open_row(x, true, false, 0);
    open_cell(b, left, 1, 6);
    if (pair)
        write_signature(b, &sign->left);
    else
        write_recipients(b, sign, 0);
    if (!pair && sign->recipients_count == 0) write_thin(x, 0, 0);
    xml_close(x);
    open_cell(b, width - left, 1, 6);
    write_signature(b, &sign->right);
    xml_close(x);
    xml_close(x);
    xml_close(x);
    if (pair)
        write_recipients(b, sign, 12);
    else
        write_thin(x, 0, 0);
}

static void write_qr(struct body *b, const struct doc_qr *qr)
{
    struct doc_para para = {.style = STYLE_CENTRE, .keep_next = true};
    xml_open(&b->xml, "w:p");
    write_para_properties(b, &para, (struct para_options){0});
    docx_picture(&b->xml, qr, ++b->images);
    xml_close(&b->xml);
}

static void write_section_properties(struct body *b, bool appendix)
{
    struct xml *x = &b->xml;
    xml_open(x, "w:sectPr");
    if (b->sections == 0) {
        xml_open(x, "w:headerReference");
        xml_attr(x, "w:type", "default");
        xml_attr(x, "r:id", "rIdHeader");
        xml_close(x);
    }
    if (b->sections++ == 0 && b->doc->contact != NULL) {
        xml_open(x, "w:footerReference");
        xml_attr(x, "w:type", "first");
        xml_attr(x, "r:id", "rIdFooter");
        xml_close(x);
    }
    xml_open(x, "w:pgSz");
    xml_attr_pt(x, "w:w", page_width(b->landscape));
    xml_attr_pt(x, "w:h", page_height(b->landscape));
    if (b->landscape) xml_attr(x, "w:orient", "landscape");
    xml_close(x);
    xml_open(x, "w:pgMar");
    xml_attr_pt(x, "w:top", MARGIN_TOP);
    xml_attr_pt(x, "w:right", MARGIN_RIGHT);
    xml_attr_pt(x, "w:bottom", MARGIN_FOOT);
    xml_attr_pt(x, "w:left", MARGIN_LEFT);
    xml_attr_pt(x, "w:header", HEADER_TOP);
    xml_attr_pt(x, "w:footer", HEADER_TOP);
    xml_attr(x, "w:gutter", "0");
    xml_close(x);
    if (appendix) {
        xml_open(x, "w:pgNumType");
        xml_attr(x, "w:start", "1");
        xml_close(x);
    }
    xml_empty(x, "w:titlePg");
    xml_close(x);
}

static void write_block(struct body *b, const struct doc_block *block)
{
    double width = text_area_width(b->landscape);
    bool signed_below = block->next != NULL && block->next->kind == BLOCK_SIGN;
    switch (block->kind) {
    case BLOCK_HEAD:
        write_head(b, &block->head);
        return;
    case BLOCK_PARA:
        write_para(b, block->para,
                   (struct para_options){.keep_next = signed_below, .width = width});
        return;
    case BLOCK_RULE:
        write_thin(&b->xml, geometry_subject_rule(block->ruled, width), width);
        write_thin(&b->xml, 0, 0);
        return;
    case BLOCK_TABLE:
        write_table(b, block);
        return;
    case BLOCK_SIGN:
        write_sign(b, &block->sign);
        return;
    case BLOCK_QR:
        write_qr(b, &block->qr);
        return;
    case BLOCK_SECTION:
        return;
    }
}

// A section's properties stand in its last paragraph.
static void write_blocks(struct body *b)
{
    bool appendix = false;
    b->landscape = b->doc->landscape;
    for (const struct doc_block *block = b->doc->blocks; block != NULL; block = block->next) {
        if (block->kind != BLOCK_SECTION) {
            write_block(b, block);
            continue;
        }
        open_thin(&b->xml, 0, 0);
        write_section_properties(b, appendix);
        close_thin(&b->xml);
        appendix = block->section.appendix;
        b->landscape = block->section.landscape;
    }
    write_section_properties(b, appendix);
}

void docx_body(struct arena *arena, const struct doc *doc, struct buf *out)
{
    (void)arena;
    struct body b = {.doc = doc};
    xml_init(&b.xml);
    xml_open(&b.xml, "w:document");
    xml_attr(&b.xml, "xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main");
    xml_attr(&b.xml, "xmlns:r",
             "http://schemas.openxmlformats.org/officeDocument/2006/relationships");
    xml_attr(&b.xml, "xmlns:wp",
             "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing");
    xml_attr(&b.xml, "xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main");
    xml_attr(&b.xml, "xmlns:pic", "http://schemas.openxmlformats.org/drawingml/2006/picture");
    xml_open(&b.xml, "w:body");
    write_blocks(&b);
    xml_close(&b.xml);
    xml_close(&b.xml);
    xml_take(&b.xml, out);
}
