// SPDX-License-Identifier: AGPL-3.0-or-later
// What the secretary's desk shows: the box for what is being said, the one opinion being worked on
// with its keys, the lists.
#ifndef WEB_DESKS_SECRETARY_H
#define WEB_DESKS_SECRETARY_H

#include "web/desks/desk.h"

/// The box. After filing: the receipt above an empty box.
struct intake_view {
    const char *path; // where it is sent
    const char *desk_path;
    const char *content, *name, *organisation, *phone; // as typed
    struct field_view khom, field, author_type;
    const struct choice *channels; // in the order of the buttons
    size_t channel_count;
    const char *error, *error_advice; // NULL
    const char *error_at;             // the control it is about; NULL the text itself
    const char *number, *receipt;     // filed just now, NULL
    bool on_floor;                    // and on the floor at once
    bool closed;                      // nothing is taken in now
};

/// One quick form of the opinion being worked on.
struct quick_form {
    const char *key;
    struct action_form *form;
};
struct quick_group {
    const char *title;
    struct quick_form *rows;
    size_t count;
};

struct worked_on {
    bool any;
    struct desk_opinion row;
    const char *floor;                          // who was given the floor, NULL
    const char *answer, *answered_by, *verdict; // the last answer as it stands, NULL
    struct quick_group groups[3]; // for the chair, for the author, the secretary's own
    struct desk_link *links;
    size_t link_count;
};

struct secretary_view {
    const char *path, *board_path;
    const char *title;
    struct tag_view state;
    struct intake_view intake;
    struct worked_on now;
    struct desk_list received, floor, relayed, answered, owed;
    struct action_form **relays; // one per received row
    struct desk_link *dialogue_links;
    size_t dialogue_link_count;
};

/// The box as a fresh one; typed values come from the request when `typed`.
void intake_begin(struct desk *d, bool typed, struct intake_view *v);

/// secretary_quick.c: everything that may be done to `c`, with its key.
void secretary_worked_on(struct desk *desk, struct opinion_case *c, const char *back,
                         struct worked_on *ret_now);

#endif
