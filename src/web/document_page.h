// SPDX-License-Identifier: AGPL-3.0-or-later
// What the page around a document shows.
#ifndef WEB_DOCUMENT_PAGE_H
#define WEB_DOCUMENT_PAGE_H

#include "web/layout/page.h"
#include "web/tpl.h"

struct document_view {
    struct html body;       // by the documents' own HTML writer
    const char *docx, *pdf; // addresses of the same document as files
    const char *back, *back_label;
};

#endif
