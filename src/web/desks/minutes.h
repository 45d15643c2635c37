// SPDX-License-Identifier: AGPL-3.0-or-later
// What the minutes' page shows.
#ifndef WEB_DESKS_MINUTES_H
#define WEB_DESKS_MINUTES_H

#include "documents/facts.h"
#include "web/desks/desk.h"

struct minutes_line {
    const char *text;
    struct chain_row
        *row; // the entry it comes from; NULL: `other` says what, NULL too for headings
    const char *other;
    bool heading, changed; // changed: the kept text has no such line
};

struct minutes_view {
    const char *path, *title, *back;
    const char *text;      // as typed, as saved, or as the register gives it now
    const char *generated; // as the register gives it now, NULL when nothing is to be compared
    int64_t version, edited_ms;
    const char *edited_by; // NULL: not saved yet
    const char *summary;   // to be read out, NULL none
    bool may_edit, differs;
    int64_t secretary_ms, chair_ms; // signed
    const char *error, *advice;     // NULL
    struct desk_link *links;        // signing, documents
    size_t link_count;
    struct minutes_line *lines; // of the draft as it is now, tables left out
    size_t line_count, changed_count;
    const char **written; // lines of the kept text that the draft does not have
    size_t written_count;
};

/// minutes_summary.c: what is read out before the close, lines with '\n'; in the arena. Facts of
/// the full edition; no author's name is in it.
const char *minutes_summary(struct arena *arena, const struct doc_facts *f);

/// minutes_source.c: `lines` and `written`, from version, text and generated. Facts without the
/// edited text.
MUST_USE enum status minutes_sources(struct desk *d, struct sql *sql, const struct doc_facts *facts,
                                     struct minutes_view *v);

#endif
