// SPDX-License-Identifier: AGPL-3.0-or-later
// What the minutes' page shows.
#ifndef WEB_DESKS_MINUTES_H
#define WEB_DESKS_MINUTES_H

#include "documents/facts.h"
#include "web/desks/desk.h"

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
};

/// minutes_summary.c: what is read out before the close, lines with '\n'; in the arena. Facts of
/// the full edition; no author's name is in it.
const char *minutes_summary(struct arena *arena, const struct doc_facts *f);

#endif
