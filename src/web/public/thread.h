// SPDX-License-Identifier: AGPL-3.0-or-later
// Everything said and done about one opinion, as the public or its author may read it. Drafts,
// directives, reasons and remarks are never in it.
#ifndef WEB_PUBLIC_THREAD_H
#define WEB_PUBLIC_THREAD_H

#include "store/register.h"
#include "web/action_form.h"
#include "web/page_common.h"

struct thread_item {
    int64_t at_ms, entry;
    const char *title, *who, *text; // who and text NULL none
    const char *refs;               // legal references, one a line; NULL none
    int32_t day;                    // a date named in it; DAY_NONE
    const char *day_label;
    bool by_author, proxy, revoked;
    const char *proof;          // for the author alone
    struct action_form *revoke; // for the author, when it may be revoked
};

struct history_row {
    int64_t entry, at_ms;
    const char *what, *who;
};

struct due_row {
    int32_t from, to;
    int first, last; // numbers of the counted days, 0 none
    const char *note;
};

struct opinion_page_view {
    struct opinion_view o;
    const struct thread_item *items;
    size_t count;
    const struct history_row *history;
    size_t history_count;
    const struct due_row *due;
    size_t due_count;
    const char *due_summary;
    const char *due_rule; // what the term is called
    int days_elapsed;     // of the clock, -1 none
    const char *next;     // what happens now, in one sentence
    int32_t window_end;   // DAY_NONE
    const char *dialogue_path, *dialogue_title;
    bool author, rounds_used, diverted;
    const char *contact, *reply_by; // for the author
    struct action_form **forms;     // for the author: what may be done now
    size_t form_count;
};

/// Items, due date and next step; history stays empty.
void thread_fill(struct opinion_case *c, const struct unit_facts *facts, enum lang lang,
                 struct opinion_page_view *view);
/// The register's entries that tell the course of it, without names.
void thread_history(struct arena *arena, enum lang lang, const struct entry_list *entries,
                    struct opinion_page_view *view);

#endif
