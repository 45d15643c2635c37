// SPDX-License-Identifier: AGPL-3.0-or-later
// The documents of a dialogue: facts in, one model, four formats out. The layout is that of Decree
// 30/2020/NĐ-CP. Nothing here reads the store, the clock or a file.
#ifndef DOCUMENTS_DOCUMENT_H
#define DOCUMENTS_DOCUMENT_H

#include <stdbool.h>
#include "base/arena.h"
#include "base/buf.h"
#include "base/status.h"

struct doc;
struct doc_facts; // documents/facts.h

/// In the order of contract.md's row TYPE; the codes are its words.
enum doc_type {
    DOC_PLAN,
    DOC_NOTICE,
    DOC_BULLETIN,
    DOC_POSTER,
    DOC_INVITATION,
    DOC_PROGRAMME,
    DOC_RULES,
    DOC_SLIP,
    DOC_ATTENDANCE,
    DOC_REPORT,
    DOC_MINUTES,
    DOC_CONCLUSION,
    DOC_TASK,
    DOC_ANSWER,
    DOC_TIME_NOTICE,
    DOC_REFERRAL,
    DOC_PROGRESS,
    DOC_SYNTHESIS,
    DOC_REGISTER,
    DOC_TYPE_COUNT
};

enum doc_format { DOC_DOCX, DOC_PDF, DOC_HTML, DOC_TXT, DOC_FORMAT_COUNT };

/// Forms of Appendix III of the decree; FORM_INTERNAL has no prescribed form and no number.
enum doc_form {
    FORM_NAMED = 14,
    FORM_LETTER = 15,
    FORM_INVITATION = 17,
    FORM_MINUTES = 19,
    FORM_INTERNAL = 0
};

/// What must be chosen besides the dialogue; a slip may also be blank.
enum doc_selector {
    SELECT_NOTHING,
    SELECT_OPINION,
    SELECT_OPINION_OR_BLANK,
    SELECT_PERSON,
    SELECT_EDITION
};

struct doc_type_row {
    const char *code; // "plan"
    const char *name; // "Kế hoạch", for lists and registers
    const char
        *abbreviation; // "KH"; NULL where the decree has none (công văn) or the paper has no number
    enum doc_form form;
    enum doc_selector selector;
    bool landscape;
    void (*build)(struct doc *doc, const struct doc_facts *facts);
};

extern const struct doc_type_row doc_types[DOC_TYPE_COUNT];

struct doc_format_row {
    const char *code; // "docx", also the file name's ending
    const char *media_type;
};

extern const struct doc_format_row doc_formats[DOC_FORMAT_COUNT];

/// The value of a code, -1 when it is none (NULL too).
int doc_type_parse(const char *code);
int doc_format_parse(const char *code);

/// The model of one document, in the arena together with everything it shows; facts may go
/// afterwards. Never fails: what the facts leave out is printed as a dotted line. SELECT_OPINION
/// needs facts->opinion, SELECT_PERSON facts->person; without them the document is printed blank.
const struct doc *document_build(struct arena *arena, enum doc_type type,
                                 const struct doc_facts *facts);

/// Appends the bytes to ret_out. The same model gives the same bytes, on any machine and at any
/// time. HTML is an <article> fragment without style or script; TXT of a bulletin is the text to be
/// read aloud. STATUS_BROKEN when a library refuses (no memory file, no font): nothing useful was
/// appended.
enum status document_render(struct arena *arena, const struct doc *doc, enum doc_format format,
                            struct buf *ret_out) MUST_USE;

/// "66-KH-UBND.docx" or "ke-hoach.docx" without a number: ASCII, safe in a header.
const char *document_file_name(struct arena *arena, const struct doc *doc, enum doc_format format);

/// Loads the embedded fonts (about 25 ms) and the documents' libraries before a sandbox closes or
/// the first reader waits; optional.
enum status documents_warm_up(void) MUST_USE;

#endif
