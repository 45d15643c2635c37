// SPDX-License-Identifier: AGPL-3.0-or-later
// The model as an HTML fragment for the ward's own pages: elements and classes only, everything
// escaped, no style attribute, no script (the pages' security policy allows neither).
#include "documents/formats.h"

#include "documents/geometry.h"
#include "documents/qr.h"

void put_escaped(struct buf *out, const char *text)
{
    for (const char *p = text != NULL ? text : ""; *p != '\0'; p++) {
        switch (*p) {
        case '&':
            buf_puts(out, "&amp;");
            break;
        case '<':
            buf_puts(out, "&lt;");
            break;
        case '>':
            buf_puts(out, "&gt;");
            break;
        case '"':
            buf_puts(out, "&quot;");
            break;
        default:
            buf_putc(out, *p);
        }
    }
}

static void put_run(struct buf *out, const struct doc_run *run)
{
    if (run->kind != RUN_TEXT) {
        bool ticked = run->kind == RUN_BOX_TICKED;
        buf_printf(out, "<span class=\"vb-box%s\" role=\"img\" aria-label=\"%s\"></span>",
                   ticked ? " vb-ticked" : "", ticked ? "ô đã đánh dấu" : "ô trống");
        return;
    }
    buf_puts(out, run->bold ? "<strong>" : "");
    buf_puts(out, run->italic ? "<em>" : "");
    put_escaped(out, run->text);
    buf_puts(out, run->italic ? "</em>" : "");
    buf_puts(out, run->bold ? "</strong>" : "");
}

static void put_para(struct buf *out, const struct doc_para *para)
{
    const struct doc_style_row *row = &doc_styles[para->style];
    buf_printf(out, "<%s class=\"%s\">", row->tag, row->id);
    for (const struct doc_run *run = para->runs; run != NULL; run = run->next)
        put_run(out, run);
    if (para->dotted) buf_puts(out, "<span class=\"vb-dots\"></span>");
    for (int i = 0; i < para->dotted_lines; i++)
        buf_puts(out, "<span class=\"vb-dots vb-line\"></span>");
    buf_printf(out, "</%s>\n", row->tag);
}

static void put_line(struct buf *out, enum doc_style style, const char *text)
{
    if (text == NULL) return;
    buf_printf(out, "<p class=\"%s\">", doc_styles[style].id);
    put_escaped(out, text);
    buf_puts(out, "</p>\n");
}

static void put_head(struct buf *out, const struct doc_head *head)
{
    buf_puts(out, "<header class=\"vb-head\"><div class=\"vb-issuer\">\n");
    put_line(out, STYLE_PARENT, head->parent);
    put_line(out, STYLE_AGENCY, head->agency);
    put_line(out, STYLE_AGENCY, head->agency_place);
    put_line(out, STYLE_NUMBER, head->number);
    put_line(out, STYLE_LETTER_SUBJECT, head->letter_subject);
    put_line(out, STYLE_URGENCY, head->urgency);
    buf_puts(out, "</div>\n");
    if (head->nation) {
        buf_puts(out, "<div class=\"vb-nation\">\n");
        put_line(out, STYLE_NATION, NATION_TEXT);
        put_line(out, STYLE_MOTTO, MOTTO_TEXT);
        put_line(out, STYLE_PLACE, head->place_date);
        buf_puts(out, "</div>\n");
    }
    buf_puts(out, "</header>\n");
}

static void put_row(struct buf *out, const struct doc_row *row)
{
    buf_puts(out, "<tr>");
    for (int c = 0; c < row->cells_count; c++) {
        buf_puts(out, row->header ? "<th scope=\"col\"" : "<td");
        if (cell_span(&row->cells[c]) > 1)
            buf_printf(out, " colspan=\"%d\"", cell_span(&row->cells[c]));
        buf_putc(out, '>');
        for (const struct doc_para *para = row->cells[c].paras; para != NULL; para = para->next)
            put_para(out, para);
        buf_puts(out, row->header ? "</th>" : "</td>");
    }
    buf_puts(out, "</tr>\n");
}

static void put_table(struct buf *out, const struct doc_table *table)
{
    buf_puts(out, "<div class=\"vb-table\" tabindex=\"0\"><table>\n");
    bool head = false;
    for (const struct doc_row *row = table->rows; row != NULL; row = row->next) {
        if (row->header != head || row == table->rows)
            buf_puts(out, row->header ? "<thead>\n" : head ? "</thead><tbody>\n" : "<tbody>\n");
        head = row->header;
        put_row(out, row);
    }
    buf_puts(out, table->rows == NULL ? "" : head ? "</thead>" : "</tbody>");
    buf_puts(out, "</table></div>\n");
}

static void put_signature(struct buf *out, const struct doc_signature *sign)
{
    buf_puts(out, "<div class=\"vb-signature\">\n");
    for (size_t i = 0; i < ARRAY_LEN(sign->lines) && sign->lines[i] != NULL; i++)
        put_line(out, STYLE_SIGN, sign->lines[i]);
    put_line(out, STYLE_SIGN_NOTE, sign->note);
    buf_puts(out, "<div class=\"vb-gap\"></div>\n");
    put_line(out, STYLE_SIGN, sign->name);
    buf_puts(out, "</div>\n");
}

static void put_recipients(struct buf *out, const struct doc_sign *sign)
{
    if (sign->recipients_count == 0) return;
    buf_puts(out, "<div class=\"vb-recipients\">\n");
    put_line(out, STYLE_RECIPIENT_HEAD, "Nơi nhận:");
    for (int i = 0; i < sign->recipients_count; i++)
        put_line(out, STYLE_RECIPIENT, sign->recipients[i]);
    buf_puts(out, "</div>\n");
}

static void put_sign(struct buf *out, const struct doc_sign *sign)
{
    bool pair = sign->left.lines[0] != NULL;
    buf_printf(out, "<footer class=\"vb-sign%s\">\n", pair ? " vb-pair" : "");
    if (pair)
        put_signature(out, &sign->left);
    else
        put_recipients(out, sign);
    put_signature(out, &sign->right);
    if (pair) put_recipients(out, sign);
    buf_puts(out, "</footer>\n");
}

static void put_qr(struct arena *arena, struct buf *out, const struct doc_qr *spec)
{
    struct qr qr = qr_encode(arena, spec->text);
    buf_printf(
        out, "<figure class=\"vb-qr\"><svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Mã QR: ",
        qr.size, qr.size);
    put_escaped(out, spec->text);
    buf_printf(out, "\"><rect width=\"%d\" height=\"%d\" fill=\"#fff\"/><path fill=\"#000\" d=\"",
               qr.size, qr.size);
    qr_path(&qr, out);
    buf_puts(out, "\"/></svg></figure>\n");
}

static void put_block(struct arena *arena, struct buf *out, const struct doc_block *block)
{
    switch (block->kind) {
    case BLOCK_HEAD:
        put_head(out, &block->head);
        return;
    case BLOCK_PARA:
        put_para(out, block->para);
        return;
    case BLOCK_RULE:
        buf_puts(out, "<hr class=\"vb-rule\">\n");
        return;
    case BLOCK_TABLE:
        put_table(out, block->table);
        return;
    case BLOCK_SIGN:
        put_sign(out, &block->sign);
        return;
    case BLOCK_QR:
        put_qr(arena, out, &block->qr);
        return;
    case BLOCK_SECTION:
        buf_puts(out, "<hr class=\"vb-page\">\n");
        return;
    }
}

enum status html_render(struct arena *arena, const struct doc *doc, struct buf *out)
{
    buf_printf(out, "<article class=\"vb vb-%s%s\" lang=\"vi\">\n", doc_types[doc->type].code,
               doc->landscape ? " vb-landscape" : "");
    for (const struct doc_block *block = doc->blocks; block != NULL; block = block->next)
        put_block(arena, out, block);
    if (doc->contact != NULL) {
        buf_puts(out, "<hr>\n");
        put_line(out, STYLE_CONTACT, doc->contact);
    }
    buf_puts(out, "</article>\n");
    return STATUS_OK;
}
