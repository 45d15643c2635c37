// SPDX-License-Identifier: AGPL-3.0-or-later
// The writers behind document_render(), one per format. Each appends to `out` only when it
// succeeds.
#ifndef DOCUMENTS_FORMATS_H
#define DOCUMENTS_FORMATS_H

#include "base/buf.h"
#include "base/status.h"
#include "documents/model.h"

enum status docx_render(struct arena *arena, const struct doc *doc, struct buf *out) MUST_USE;
enum status pdf_render(struct arena *arena, const struct doc *doc, struct buf *out) MUST_USE;
enum status html_render(struct arena *arena, const struct doc *doc, struct buf *out) MUST_USE;
enum status txt_render(struct arena *arena, const struct doc *doc, struct buf *out) MUST_USE;

/// Second half of the PDF: language, title display, repeatable identifier, compressed objects.
enum status pdf_finish(const struct doc *doc, const struct buf *drawn, struct buf *out) MUST_USE;

/// The parts of a DOCX package other than the body; each appends a whole XML file.
struct docx_parts {
    bool header, footer; // footer: contact line of page 1
    int images;          // word/media/image1.png ...
};
void docx_content_types(const struct docx_parts *parts, struct buf *out);
void docx_relations(struct buf *out);
void docx_body_relations(const struct docx_parts *parts, struct buf *out);
void docx_styles(struct buf *out);
void docx_settings(struct buf *out);
void docx_header(struct buf *out);
void docx_footer(const struct doc *doc, struct buf *out);
void docx_core(const struct doc *doc, struct buf *out);

/// word/document.xml; QR pictures are numbered from 1 in the order of the blocks.
void docx_body(struct arena *arena, const struct doc *doc, struct buf *out);

/// One run with picture number `image`, in a paragraph that is open.
struct xml;
void docx_picture(struct xml *xml, const struct doc_qr *qr, int image);

/// Appends text with & < > " escaped; used for XML and HTML alike.
void put_escaped(struct buf *out, const char *text);

#endif
