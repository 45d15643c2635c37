// SPDX-License-Identifier: AGPL-3.0-or-later
// The model every format is written from: a list of blocks in reading order, all in one arena. Text
// enters only through the functions below, which drop what XML forbids. Strings are NFC UTF-8; NULL
// text adds nothing.
#ifndef DOCUMENTS_MODEL_H
#define DOCUMENTS_MODEL_H

#include <stdbool.h>
#include <stdint.h>
#include "base/arena.h"
#include "documents/document.h"
#include "documents/style.h"

enum doc_run_kind { RUN_TEXT, RUN_BOX, RUN_BOX_TICKED };

struct doc_run {
    struct doc_run *next;
    enum doc_run_kind kind;
    bool bold, italic; // on top of the style's
    const char *text;  // "" for boxes
};

struct doc_para {
    struct doc_para *next;
    enum doc_style style;
    bool dotted;      // dots from the end of the text to the right edge
    int dotted_lines; // and so many full lines of them below
    bool keep_next;   // stays with what follows
    double inset;     // points left free on both sides
    struct doc_run *runs, *last_run;
};

struct doc_cell {
    struct doc_para *paras, *last_para;
    int span; // columns, 0 means 1
};

struct doc_row {
    struct doc_row *next;
    struct doc_cell *cells; // as many as the table has columns; those a span covers are left out
    int cells_count;
    bool header;       // repeated on every page; only leading rows
    double min_height; // points, for rows to be written in by hand
};

struct doc_column {
    double share;         // of the width, any unit
    enum doc_style style; // of a cell filled by table_cell()
};

struct doc_table {
    const struct doc_column *columns;
    int columns_count;
    enum doc_style head_style;
    struct doc_row *rows, *last_row;
};

struct doc_head {
    const char *parent, *agency; // upper case: "ỦY BAN NHÂN DÂN"
    const char *agency_place;    // its second line: "PHƯỜNG 1"
    const char *number;          // "Số: 66/KH-UBND"; NULL: none
    const char *letter_subject;  // "V/v ..."; NULL: none
    const char *place_date;      // NULL on minutes
    const char *urgency;
    bool nation; // Quốc hiệu and Tiêu ngữ on the right
};

struct doc_signature {
    const char *lines[3]; // "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"; NULL-terminated unless full
    const char *note;     // "(Ký, ghi rõ họ tên)"
    const char *name;     // NULL: dotted
};

struct doc_sign {
    struct doc_signature right;
    struct doc_signature
        left; // minutes: secretary; otherwise lines[0] is NULL and recipients stand here
    const char *const *recipients; // each with its punctuation
    int recipients_count;
};

enum doc_block_kind {
    BLOCK_HEAD,
    BLOCK_PARA,
    BLOCK_RULE,
    BLOCK_TABLE,
    BLOCK_SIGN,
    BLOCK_QR,
    BLOCK_SECTION
};

struct doc_qr {
    const char *text;
    double side; // points, quiet zone included
};

struct doc_section { // a new page begins, numbered from 1 when it is an appendix
    bool landscape, appendix;
};

/// Where the words of a block come from, for who checks a draft; never printed. Those from TEXT to
/// CONCLUSION are about one opinion.
enum doc_source_kind {
    SOURCE_NONE,       // a heading
    SOURCE_ENTRY,      // of the register, known by its number
    SOURCE_TEXT,       // what was handed in, as it reads now
    SOURCE_FIELD,      // how it was classified
    SOURCE_STATE,      // what became of it
    SOURCE_CONCLUSION, // of the opinion
    SOURCE_OPENING,
    SOURCE_CLOSING,
    SOURCE_PLAN,  // settings and programme of the dialogue
    SOURCE_DOOR,  // who was let in
    SOURCE_CLOCK, // of the hall
    SOURCE_SUM    // counted from the lines above
};

struct doc_source {
    enum doc_source_kind kind;
    const char *opinion; // "2024-0007" or NULL
    int64_t entry;       // of SOURCE_ENTRY
};

struct doc_block {
    struct doc_block *next;
    enum doc_block_kind kind;
    struct doc_source source;
    union {
        struct doc_head head;
        struct doc_para *para;
        const char *ruled; // the text whose length the rule follows, in STYLE_SUBJECT
        struct doc_table *table;
        struct doc_sign sign;
        struct doc_qr qr;
        struct doc_section section;
    };
};

struct doc {
    struct arena *arena;
    enum doc_type type;
    const char *title;   // for the file's properties
    const char *author;  // the agency
    const char *number;  // "66/KH-UBND" or NULL
    const char *contact; // foot of page 1, or NULL
    int32_t day;         // of issue; DAY_NONE
    bool landscape;      // first section
    struct doc_block *blocks, *last_block;
    struct doc_source source; // of the blocks added from now on
};

/// Everything XML 1.0 cannot carry (and bidi controls) left out, line ends and tabs as spaces;
/// never NULL.
const char *model_clean(struct arena *arena, const char *text);

struct doc_block *doc_add(struct doc *doc, enum doc_block_kind kind);

/// Paragraphs. The text may be NULL (an empty paragraph to add runs to).
struct doc_para *doc_para(struct doc *doc, enum doc_style style, const char *text);
struct doc_para *doc_paraf(struct doc *doc, enum doc_style style, const char *format, ...)
    PRINTF_LIKE(3, 4);
/// One paragraph per line of text, empty lines skipped; returns the last one, NULL when there was
/// none.
struct doc_para *doc_paras(struct doc *doc, enum doc_style style, const char *text);
/// So many dotted lines to write on.
void doc_dotted_lines(struct doc *doc, enum doc_style style, int lines);
/// A bold label and a value; without value the rest of the line is dots.
struct doc_para *doc_labelled(struct doc *doc, enum doc_style style, const char *label,
                              const char *value);

void para_text(struct doc *doc, struct doc_para *para, const char *text);
void para_bold(struct doc *doc, struct doc_para *para, const char *text);
void para_italic(struct doc *doc, struct doc_para *para, const char *text);
void para_box(struct doc *doc, struct doc_para *para, bool ticked);

/// Tables. Columns must outlive the model (static const).
struct doc_table *doc_table(struct doc *doc, const struct doc_column *columns, int count);
/// A repeated heading row; titles has one entry per column.
void table_heading(struct doc *doc, struct doc_table *table, const char *const *titles);
struct doc_row *table_row(struct doc *doc, struct doc_table *table);
/// Fills cell `column` in the column's style, one paragraph per line; NULL leaves it empty. May be
/// called again.
struct doc_para *table_cell(struct doc *doc, struct doc_table *table, int column, const char *text);
struct doc_para *table_cellf(struct doc *doc, struct doc_table *table, int column,
                             const char *format, ...) PRINTF_LIKE(4, 5);
/// One bold line over all columns.
void table_band(struct doc *doc, struct doc_table *table, const char *text);

/// Head and signatures; every text in them is cleaned.
void doc_head(struct doc *doc, const struct doc_head *head);
void doc_sign(struct doc *doc, const struct doc_sign *sign);
void doc_rule(struct doc *doc, const char *below_text);
/// Nothing for text that is missing or longer than a code can hold.
enum { QR_LONGEST = 500 };
void doc_qr(struct doc *doc, const char *text, double side_mm);
void doc_section(struct doc *doc, bool landscape, bool appendix);

/// Runs of a paragraph joined: for plain text and tests.
const char *para_plain(struct arena *arena, const struct doc_para *para);

static inline int cell_span(const struct doc_cell *cell)
{
    return cell->span > 0 ? cell->span : 1;
}

/// It stays with the last one, so that a sum never stands alone under a repeated heading.
static inline bool row_is_last_but_one(const struct doc_row *row)
{
    return !row->header && row->next != NULL && row->next->next == NULL;
}

#endif
