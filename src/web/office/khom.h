// SPDX-License-Identifier: AGPL-3.0-or-later
// What a khóm's desk shows: its people's opinions as far as the domain lets it, letters to deliver,
// the box to take an opinion in by hand, how it spread the word.
#ifndef WEB_OFFICE_KHOM_H
#define WEB_OFFICE_KHOM_H

#include "store/broadcast.h"
#include "web/hall/view.h"
#include "web/office/work.h"

/// Somebody of the khóm who waits to speak.
struct khom_hand {
    const struct hall_place_view *place;
    bool skipped; // called, not there
    bool mine;    // raised at a desk: may be taken down here
};
struct khom_hands {
    const char *id, *path, *down_path, *khom;
    bool live, list_closed;
    const char *speaker; // who has the floor, NULL nobody
    size_t waiting;      // of all khóm
    struct khom_hand *rows;
    size_t count;
    struct action_form *form; // NULL: not in session
    struct office_error error;
};
/// Of d->dialogue. `refusal`: of the form that was just sent, NULL nothing.
MUST_USE enum status khom_hands_read(struct desk *desk, struct sql *sql,
                                     const struct refusal *refusal, struct khom_hands *v);

struct khom_meeting {
    struct khom_hands *hands;                   // NULL: not in session
    const char *title, *intake_path, *log_path; // NULL: not now
    const char *list_path;                      // of those it invites
    struct tag_view state;
    int64_t when_ms;
    size_t told; // lines of the log by this khóm
};

struct khom_view {
    const char *live_path;              // this page, fetched again when something happens
    const char *first_path, *next_path; // pages; NULL there is none
    const char *khom;
    int quota;
    struct work_list deliveries, open, done;
    struct khom_meeting *meetings;
    size_t meeting_count;
};

struct khom_intake_view {
    const char *path, *meeting, *khom;
    struct office_error error;
    const char *number, *receipt; // of what was just taken in, NULL none
    struct field_view author_type, reply_by, field, kind, channel;
    const char *content, *name, *organisation, *phone;
    bool closed;
};

/// A line of the log, for culture and khóm alike.
struct log_row {
    const struct broadcast *b;
    const char *time, *khom, *strike_path; // NULL: not mine to strike, struck already
};
struct log_view {
    const char *path, *back;
    struct office_error error;
    struct log_row *rows;
    size_t count;
    const char *day, *time, *times, *reader, *note; // as typed
};
/// The log's lines; `khom` 0 shows all, else that khóm's alone. What was typed comes back when
/// `typed`.
MUST_USE enum status log_fill(struct desk *desk, struct sql *sql, int khom, bool typed,
                              struct log_view *view);
/// Reads the form into act->extra.
void log_read(struct http_exchange *x, struct act *act, int khom);

#endif
