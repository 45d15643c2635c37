// SPDX-License-Identifier: AGPL-3.0-or-later
// What the staff page of one opinion shows; each part only as far as the reader may see it.
#ifndef WEB_DESKS_OPINION_H
#define WEB_DESKS_OPINION_H

#include "domain/deadline.h"
#include "web/desks/desk.h"

struct item_row {
    const char *title, *who, *behalf, *proof; // NULL: left out
    const char *text, *refs, *detail;
    int64_t at_ms;
    int number, round;
    bool waiting, revoked, internal;
    bool day_only; // a sealed matter keeps the day, not the hour
    enum tone tone;
};

struct entry_row {
    int64_t entry, at_ms;
    const char *action, *who, *behalf, *states;
};

struct member_row {
    const char *path, *number, *excerpt;
    struct tag_view tag;
    bool leads;
};

struct fact_row {
    const char *label, *value;
};

/// Buttons of one voice: one's own, or recorded for somebody.
struct voice {
    const char *title;
    struct desk_link *links;
    size_t link_count;
    struct action_form **forms; // the frequent ones, drawn in place
    size_t form_count;
};

struct opinion_desk_view {
    struct opinion_view view;
    const char *dialogue_path, *dialogue_title;
    struct fact_row *facts;
    size_t fact_count;
    struct item_row *items;
    size_t item_count;
    struct entry_row *entries;
    size_t entry_count;
    struct member_row *members;
    size_t member_count;
    struct voice voices[BEHALF_COUNT];
    size_t voice_count;
    bool has_due;
    struct deadline_steps due;
    const char *due_title;
};

/// opinion_thread.c
void opinion_thread(struct desk *desk, const struct opinion_case *c, struct opinion_desk_view *v);
void opinion_facts(struct desk *desk, const struct opinion_case *c, struct opinion_desk_view *v);

#endif
