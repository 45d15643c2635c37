// SPDX-License-Identifier: AGPL-3.0-or-later
// What overseers see: everything but contacts and sealed matters, dates, remarks and their replies,
// and what they themselves have read. The synthesis for the Party committee.
#ifndef WEB_OFFICE_OVERSIGHT_H
#define WEB_OFFICE_OVERSIGHT_H

#include "documents/document.h"
#include "web/desks/opinion.h"
#include "web/office/work.h"

struct figure_row {
    const char *label;
    int64_t value;
};

/// Sums of the register's counts (invariant 7); sealed matters are a total of their own.
struct figures {
    int64_t received, on_time, overdue, answered, owed, referred, concluded, diverted, withdrawn,
        sealed, off_topic;
    struct figure_row fields[FIELD_COUNT], khoms[64];
    size_t field_count, khom_count;
};
void figures_of(struct desk *desk, const struct opinion_counts *counts, struct figures *figures);

struct oversight_row {
    struct desk_opinion o;
    const char *path;
};

struct oversight_view {
    const char *title, *path, *readings_path, *public_path;
    const char *live_path; // this page, fetched again when something happens
    struct tag_view state;
    struct figures figures;
    struct field_view by_state, by_field, by_khom;
    const char *words;
    bool overdue_only;
    struct oversight_row *rows;
    size_t count;
    const char *first, *next; // paging
};

struct oversight_opinion_view {
    struct opinion_desk_view o;
    const char *back;
    struct action_form *remark;
};

struct reading_row {
    int64_t at_ms;
    const char *subject, *path; // path NULL none
};
struct readings_view {
    struct reading_row *rows;
    size_t count;
    const char *first, *next;
};

struct party_view {
    const char *path, *title, *public_path;
    struct tag_view state;
    struct figures figures;
    struct html synthesis;
    bool has_synthesis;
};

#endif
