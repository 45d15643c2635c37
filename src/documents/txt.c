// SPDX-License-Identifier: AGPL-3.0-or-later
// The model as plain text, a paragraph a line. A bulletin gives only what is to be read aloud,
// ready for a speaker or a voice program.
#include "documents/formats.h"

#include "documents/geometry.h"

static void put_line(struct buf *out, const char *text)
{
    if (text != NULL) buf_printf(out, "%s\n", text);
}

static void put_head(struct buf *out, const struct doc_head *head)
{
    put_line(out, head->parent);
    put_line(out, head->agency);
    put_line(out, head->agency_place);
    put_line(out, head->nation ? NATION_TEXT : NULL);
    put_line(out, head->nation ? MOTTO_TEXT : NULL);
    put_line(out, head->number);
    put_line(out, head->letter_subject);
    put_line(out, head->urgency);
    put_line(out, head->place_date);
    buf_putc(out, '\n');
}

static void put_table(struct arena *arena, struct buf *out, const struct doc_table *table)
{
    for (const struct doc_row *row = table->rows; row != NULL; row = row->next) {
        for (int c = 0; c < row->cells_count; c++) {
            buf_puts(out, c > 0 ? " | " : "");
            for (const struct doc_para *para = row->cells[c].paras; para != NULL; para = para->next)
                buf_printf(out, "%s%s", para_plain(arena, para), para->next != NULL ? " / " : "");
        }
        buf_putc(out, '\n');
    }
}

static void put_signature(struct buf *out, const struct doc_signature *sign)
{
    for (size_t i = 0; i < ARRAY_LEN(sign->lines) && sign->lines[i] != NULL; i++)
        put_line(out, sign->lines[i]);
    put_line(out, sign->note);
    put_line(out, sign->name);
}

static void put_sign(struct buf *out, const struct doc_sign *sign)
{
    buf_putc(out, '\n');
    put_signature(out, &sign->left);
    put_signature(out, &sign->right);
    put_line(out, sign->recipients_count > 0 ? "\nNơi nhận:" : NULL);
    for (int i = 0; i < sign->recipients_count; i++)
        put_line(out, sign->recipients[i]);
}

static void put_block(struct arena *arena, struct buf *out, const struct doc_block *block)
{
    switch (block->kind) {
    case BLOCK_HEAD:
        put_head(out, &block->head);
        return;
    case BLOCK_PARA:
        put_line(out, para_plain(arena, block->para));
        return;
    case BLOCK_TABLE:
        put_table(arena, out, block->table);
        return;
    case BLOCK_SIGN:
        put_sign(out, &block->sign);
        return;
    case BLOCK_QR:
        put_line(out, block->qr.text);
        return;
    case BLOCK_RULE:
    case BLOCK_SECTION:
        buf_putc(out, '\n');
        return;
    }
}

enum status txt_render(struct arena *arena, const struct doc *doc, struct buf *out)
{
    bool spoken = doc->type == DOC_BULLETIN;
    for (const struct doc_block *block = doc->blocks; block != NULL; block = block->next) {
        if (!spoken || (block->kind == BLOCK_PARA && block->para->style == STYLE_SPOKEN))
            put_block(arena, out, block);
    }
    return STATUS_OK;
}
