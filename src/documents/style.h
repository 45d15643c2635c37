// SPDX-License-Identifier: AGPL-3.0-or-later
// Named styles and page measures of Decree 30/2020/NĐ-CP, Appendix I: one table for every format.
// Points.
#ifndef DOCUMENTS_STYLE_H
#define DOCUMENTS_STYLE_H

#include <stdbool.h>

enum doc_style {
    STYLE_BODY,      // justified text
    STYLE_BASIS,     // Căn cứ
    STYLE_PART,      // I. MỤC ĐÍCH, YÊU CẦU
    STYLE_CLAUSE,    // 1. Chủ trì (bold, own line)
    STYLE_SUBCLAUSE, // lesser heading, bold italic
    STYLE_CENTRE,    // centred text
    STYLE_CENTRE_BOLD,
    STYLE_NOTE,      // (Kèm theo ...), centred italic
    STYLE_ADDRESSEE, // Kính gửi
    STYLE_ADDRESSEE_LIST,
    STYLE_TITLE,   // type name
    STYLE_SUBJECT, // trích yếu under the type name
    STYLE_NATION,  // Quốc hiệu
    STYLE_MOTTO,   // Tiêu ngữ
    STYLE_PARENT,
    STYLE_AGENCY,
    STYLE_NUMBER,
    STYLE_PLACE,
    STYLE_LETTER_SUBJECT, // V/v
    STYLE_URGENCY,
    STYLE_SIGN,      // authority lines, titles, names
    STYLE_SIGN_NOTE, // (Ký, ghi rõ họ tên)
    STYLE_RECIPIENT_HEAD,
    STYLE_RECIPIENT,
    STYLE_CONTACT,
    STYLE_PAGE_NUMBER,
    STYLE_CELL,
    STYLE_CELL_CENTRE,
    STYLE_CELL_HEAD,
    STYLE_SMALL, // cells of wide tables
    STYLE_SMALL_CENTRE,
    STYLE_SMALL_HEAD,
    STYLE_LARGE, // large print: slips
    STYLE_LARGE_BOLD,
    STYLE_LARGE_CENTRE,
    STYLE_WRITING, // dotted lines for a pen
    STYLE_SPOKEN,  // text to be read aloud
    STYLE_POSTER,  // poster's lines
    STYLE_POSTER_BOLD,
    STYLE_POSTER_TITLE,
    STYLE_COUNT
};

enum doc_align { ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT, ALIGN_JUSTIFY };

struct doc_style_row {
    const char *id;   // of the DOCX style and the HTML class
    const char *name; // shown in the word processor
    const char *tag;  // HTML element
    double size;
    bool bold, italic;
    enum doc_align align;
    double first, left; // indents: first line, whole paragraph
    double before, after;
    double line; // multiple of single spacing
    bool keep_next;
    int outline; // 1.. for headings, 0 none
};

extern const struct doc_style_row doc_styles[STYLE_COUNT];

/// A4 and margins: 20 mm above and below, 30 mm left, 15 mm right, in both orientations.
#define MM_PT(mm)       ((mm)*72.0 / 25.4)
#define PAGE_SHORT      595.28
#define PAGE_LONG       841.89
#define MARGIN_TOP      MM_PT(20)
#define MARGIN_FOOT     MM_PT(20)
#define MARGIN_LEFT     MM_PT(30)
#define MARGIN_RIGHT    MM_PT(15)
#define HEADER_TOP      MM_PT(10) // top edge of the page number
#define FOOTER_GAP      8.0       // contact line below the text area
#define RULE_WIDTH      0.75
#define CELL_PADDING    4.0
#define TABLE_GAP       4.0  // above and below a table
#define SIGN_GAP        68.0 // room for signature and seal
#define RECIPIENT_SHARE 0.5  // left part of the signature block

/// One line of `size` at single spacing, as Times New Roman's own metrics have it.
#define SINGLE_LINE 1.149
#define ASCENT      0.891

#define RULE_PART 0.4 // a rule below agency and subject: 1/3 to 1/2 of the text's length

static inline double page_width(bool landscape)
{
    return landscape ? PAGE_LONG : PAGE_SHORT;
}

static inline double page_height(bool landscape)
{
    return landscape ? PAGE_SHORT : PAGE_LONG;
}

static inline double text_area_width(bool landscape)
{
    return page_width(landscape) - MARGIN_LEFT - MARGIN_RIGHT;
}

#endif
