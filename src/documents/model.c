// SPDX-License-Identifier: AGPL-3.0-or-later
// Building the model. The one gate for text: whatever enters is valid for XML, PDF and HTML alike.
// Never lays out, never escapes: that is each format's own.
#include "documents/model.h"

#include <string.h>
#include "base/buf.h"

static bool forbidden(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0xd800 && c < 0xe000) || c == 0xfffe ||
           c == 0xffff || c > 0x10ffff || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0xfeff || c == 0x200b;
}

// Length of a well-formed sequence at `p` and its code point; 0 when it is not UTF-8.
static size_t decode(const unsigned char *p, uint32_t *ret_c)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t n = p[0] < 0x80 ? 1 : p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : p[0] >= 0xc2 ? 2 : 0;
    if (n == 0 || p[0] > 0xf4) return 0;
    uint32_t c = n == 1 ? p[0] : p[0] & (0x7fu >> n);
    for (size_t i = 1; i < n; i++) {
        if ((p[i] & 0xc0) != 0x80) return 0;
        c = c << 6 | (p[i] & 0x3f);
    }
    if (c < least[n]) return 0;
    *ret_c = c;
    return n;
}

const char *model_clean(struct arena *arena, const char *text)
{
    if (text == NULL) return "";
    char *out =
        arena_alloc(arena, strlen(text) * 3 + 1); // a stray byte becomes U+FFFD, three bytes
    char *end = out;
    for (const unsigned char *p = (const unsigned char *)text; *p != '\0';) {
        uint32_t c = 0;
        size_t n = decode(p, &c);
        if (n == 0) {
            memcpy(end, "\xef\xbf\xbd", 3);
            end += 3;
        } else if (c == '\n' || c == '\t') {
            *end++ = ' ';
        } else if (!forbidden(c)) {
            memcpy(end, p, n);
            end += n;
        }
        p += n > 0 ? n : 1;
    }
    *end = '\0';
    return out;
}

struct doc_block *doc_add(struct doc *doc, enum doc_block_kind kind)
{
    struct doc_block *block = arena_new(doc->arena, struct doc_block);
    block->kind = kind;
    block->source = doc->source;
    if (doc->last_block == NULL)
        doc->blocks = block;
    else
        doc->last_block->next = block;
    doc->last_block = block;
    return block;
}

static struct doc_run *add_run(struct doc *doc, struct doc_para *para, const char *text)
{
    struct doc_run *run = arena_new(doc->arena, struct doc_run);
    run->text = model_clean(doc->arena, text);
    if (para->last_run == NULL)
        para->runs = run;
    else
        para->last_run->next = run;
    para->last_run = run;
    return run;
}

void para_text(struct doc *doc, struct doc_para *para, const char *text)
{
    if (text != NULL && text[0] != '\0') add_run(doc, para, text);
}

void para_bold(struct doc *doc, struct doc_para *para, const char *text)
{
    if (text != NULL && text[0] != '\0') add_run(doc, para, text)->bold = true;
}

void para_italic(struct doc *doc, struct doc_para *para, const char *text)
{
    if (text != NULL && text[0] != '\0') add_run(doc, para, text)->italic = true;
}

void para_box(struct doc *doc, struct doc_para *para, bool ticked)
{
    add_run(doc, para, NULL)->kind = ticked ? RUN_BOX_TICKED : RUN_BOX;
}

static struct doc_para *new_para(struct doc *doc, enum doc_style style, const char *text)
{
    struct doc_para *para = arena_new(doc->arena, struct doc_para);
    para->style = style;
    para->keep_next = doc_styles[style].keep_next;
    para_text(doc, para, text);
    return para;
}

struct doc_para *doc_para(struct doc *doc, enum doc_style style, const char *text)
{
    struct doc_para *para = new_para(doc, style, text);
    para->keep_next |=
        text != NULL && text[0] != '\0' && text[strlen(text) - 1] == ':'; // it announces
    doc_add(doc, BLOCK_PARA)->para = para;
    return para;
}

struct doc_para *doc_paraf(struct doc *doc, enum doc_style style, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = arena_vprintf(doc->arena, format, args);
    va_end(args);
    return doc_para(doc, style, text);
}

// The next line that is not blank, copied; *text moves behind it. NULL at the end.
static const char *next_line(struct doc *doc, const char **text)
{
    while (**text != '\0') {
        size_t len = strcspn(*text, "\n");
        const char *line = *text;
        *text += len + (line[len] == '\n');
        if (strspn(line, " \t\r") < len) return arena_strndup(doc->arena, line, len);
    }
    return NULL;
}

struct doc_para *doc_paras(struct doc *doc, enum doc_style style, const char *text)
{
    struct doc_para *para = NULL;
    const char *line = NULL;
    while (text != NULL && (line = next_line(doc, &text)) != NULL)
        para = doc_para(doc, style, line);
    return para;
}

void doc_dotted_lines(struct doc *doc, enum doc_style style, int lines)
{
    struct doc_para *para = doc_para(doc, style, NULL);
    para->dotted = true;
    para->dotted_lines = lines - 1;
}

struct doc_para *doc_labelled(struct doc *doc, enum doc_style style, const char *label,
                              const char *value)
{
    struct doc_para *para = doc_para(doc, style, NULL);
    para_bold(doc, para, label);
    para_text(doc, para, " ");
    if (value == NULL || value[0] == '\0') {
        para->dotted = true;
        return para;
    }
    const char *line = next_line(doc, &value);
    para_text(doc, para, line);
    struct doc_para *last = doc_paras(doc, style, value);
    return last != NULL ? last : para;
}

struct doc_table *doc_table(struct doc *doc, const struct doc_column *columns, int count)
{
    struct doc_table *table = arena_new(doc->arena, struct doc_table);
    table->columns = columns;
    table->columns_count = count;
    bool small = columns[0].style == STYLE_SMALL || columns[0].style == STYLE_SMALL_CENTRE;
    table->head_style = small ? STYLE_SMALL_HEAD : STYLE_CELL_HEAD;
    doc_add(doc, BLOCK_TABLE)->table = table;
    return table;
}

static void cell_add(struct doc_cell *cell, struct doc_para *para)
{
    if (cell->last_para == NULL)
        cell->paras = para;
    else
        cell->last_para->next = para;
    cell->last_para = para;
}

static struct doc_row *add_row(struct doc *doc, struct doc_table *table, int cells)
{
    struct doc_row *row = arena_new(doc->arena, struct doc_row);
    row->cells = arena_array(doc->arena, struct doc_cell, (size_t)cells);
    row->cells_count = cells;
    if (table->last_row == NULL)
        table->rows = row;
    else
        table->last_row->next = row;
    table->last_row = row;
    return row;
}

void table_heading(struct doc *doc, struct doc_table *table, const char *const *titles)
{
    struct doc_row *row = add_row(doc, table, table->columns_count);
    row->header = true;
    for (int i = 0; i < table->columns_count; i++)
        cell_add(&row->cells[i], new_para(doc, table->head_style, titles[i]));
}

struct doc_row *table_row(struct doc *doc, struct doc_table *table)
{
    return add_row(doc, table, table->columns_count);
}

struct doc_para *table_cell(struct doc *doc, struct doc_table *table, int column, const char *text)
{
    ensure(table->last_row != NULL && column < table->last_row->cells_count);
    struct doc_cell *cell = &table->last_row->cells[column];
    enum doc_style style = table->columns[column].style;
    const char *line = NULL;
    if (text == NULL) text = "";
    if (text[0] == '\0' && cell->paras == NULL) cell_add(cell, new_para(doc, style, NULL));
    while ((line = next_line(doc, &text)) != NULL)
        cell_add(cell, new_para(doc, style, line));
    return cell->last_para;
}

struct doc_para *table_cellf(struct doc *doc, struct doc_table *table, int column,
                             const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = arena_vprintf(doc->arena, format, args);
    va_end(args);
    return table_cell(doc, table, column, text);
}

void table_band(struct doc *doc, struct doc_table *table, const char *text)
{
    struct doc_row *row = add_row(doc, table, 1);
    row->cells[0].span = table->columns_count;
    struct doc_para *para = new_para(doc, table->columns[0].style, NULL);
    bool small = table->head_style == STYLE_SMALL_HEAD;
    para->style = small ? STYLE_SMALL : STYLE_CELL;
    para->keep_next = true;
    para_bold(doc, para, text);
    cell_add(&row->cells[0], para);
}

static const char *clean_or_null(struct doc *doc, const char *text)
{
    return text == NULL ? NULL : model_clean(doc->arena, text);
}

void doc_head(struct doc *doc, const struct doc_head *head)
{
    doc_add(doc, BLOCK_HEAD)->head = (struct doc_head){
        .parent = clean_or_null(doc, head->parent),
        .agency = clean_or_null(doc, head->agency),
        .agency_place = clean_or_null(doc, head->agency_place),
        .number = clean_or_null(doc, head->number),
        .letter_subject = clean_or_null(doc, head->letter_subject),
        .place_date = clean_or_null(doc, head->place_date),
        .urgency = clean_or_null(doc, head->urgency),
        .nation = head->nation,
    };
}

static struct doc_signature clean_signature(struct doc *doc, const struct doc_signature *from)
{
    struct doc_signature sign = {.note = clean_or_null(doc, from->note),
                                 .name = clean_or_null(doc, from->name)};
    for (size_t i = 0; i < ARRAY_LEN(sign.lines); i++)
        sign.lines[i] = clean_or_null(doc, from->lines[i]);
    return sign;
}

void doc_sign(struct doc *doc, const struct doc_sign *sign)
{
    const char **recipients = arena_array(doc->arena, const char *, (size_t)sign->recipients_count);
    for (int i = 0; i < sign->recipients_count; i++)
        recipients[i] = clean_or_null(doc, sign->recipients[i]);
    doc_add(doc, BLOCK_SIGN)->sign = (struct doc_sign){
        .right = clean_signature(doc, &sign->right),
        .left = clean_signature(doc, &sign->left),
        .recipients = recipients,
        .recipients_count = sign->recipients_count,
    };
}

void doc_rule(struct doc *doc, const char *below_text)
{
    doc_add(doc, BLOCK_RULE)->ruled = model_clean(doc->arena, below_text);
}

void doc_qr(struct doc *doc, const char *text, double side_mm)
{
    if (text == NULL || text[0] == '\0' || strlen(text) > QR_LONGEST) return;
    doc_add(doc, BLOCK_QR)->qr = (struct doc_qr){model_clean(doc->arena, text), MM_PT(side_mm)};
}

void doc_section(struct doc *doc, bool landscape, bool appendix)
{
    doc_add(doc, BLOCK_SECTION)->section = (struct doc_section){landscape, appendix};
}

const char *para_plain(struct arena *arena, const struct doc_para *para)
{
    BUF text = {0};
    for (const struct doc_run *run = para->runs; run != NULL; run = run->next) {
        if (run->kind == RUN_TEXT)
            buf_puts(&text, run->text);
        else
            buf_puts(&text, run->kind == RUN_BOX ? "[ ]" : "[x]");
    }
    if (para->dotted) buf_puts(&text, "……");
    return arena_strdup(arena, buf_text(&text));
}
