// SPDX-License-Identifier: AGPL-3.0-or-later
// What the console shows beside the hall itself: the opinion on the table with its outcomes, what
// might come next, what was promised, the note being typed. Filled by console_read.c.
#ifndef WEB_HALL_CONSOLE_H
#define WEB_HALL_CONSOLE_H

#include "domain/hall_next.h"
#include "web/desks/desk.h"
#include "web/hall/view.h"

enum { PROMISES_SHOWN = 3, CONSOLE_KEYS = 4, WAITING_SHOWN = 3 };

struct console_promise {
    const char *number, *excerpt, *who, *state;
    int32_t due;
    bool broken;
};

/// What was typed into a refused form, else what is usual; "" nothing.
struct console_typed {
    const char *text, *to, *due, *directive, *agency, *reason, *expected;
};

struct console_link {
    const char *path, *label;
};

/// The opinion on the table.
struct console_table {
    const char *number, *content, *author, *khom, *field, *state;
    int64_t version; // with the number, the name of what is typed about it
    bool can_answer, can_assign, can_refer;
    bool can_call;         // relayed: may be put on the floor
    const char *behalf;    // "chair" when the secretary acts, NULL none
    const char *answer_by; // the officer under whose name an answer goes; NULL the chair
    const char *due_hint;
    const char *answer, *answered_by, *verdict; // NULL none
    struct console_typed typed;
    bool refused; // of one of its forms: what was typed must not be swept away
    const struct choice *people;
    size_t people_count;
    const struct choice *reasons;
    size_t reason_count;
    struct console_link links[6];
    size_t link_count;
    struct console_promise promises[PROMISES_SHOWN];
    size_t promise_count;
};

/// A suggestion: a form of one button when `action`, a link when `href`, else words alone.
struct console_next {
    const char *label; // NULL: no suggestion
    const char *action, *name, *value;
    const char *href;
    bool behalf; // of the chair
};

struct console_waiting_row {
    const char *number, *excerpt, *who, *khom;
    const char *whole; // the text, NULL: the excerpt is all of it
    bool can;          // relay it: not of a matter that names the secretary
};
/// What was received and is not relayed yet, the oldest few.
struct console_waiting {
    const char *path, *desk_path, *total; // of the console; of the list of all; "12", "100+"
    struct console_waiting_row rows[WAITING_SHOWN];
    size_t count;
    int64_t rest; // beside those shown
    bool more;    // and more than were counted
    // of a button that was pressed with the script
    bool answers, refused;
    const char *said; // NULL nothing
};

struct console_view {
    struct hall_view hall;
    struct console_waiting waiting;
    bool relays; // sees what waits: the secretary, not the chair
    struct console_next next;
    struct console_table *table;        // NULL: nothing is being discussed
    const struct console_link *choices; // others that may be taken on the table
    size_t choice_count;
    const struct console_link *previews;
    size_t preview_count;
    bool conducts;         // chair, deputy or secretary
    bool tells;            // may send facts about the opinion on the table
    const char *fact_text; // as typed, when it was refused; so the next five
    const char *scene, *scene_opinion, *scene_text, *added_name, *added_khom, *added_kind,
        *added_author, *added_topic;
    const char *topic;                    // chosen in the list of contents, "" or "none" none
    const char *seconds, *warn, *percent; // of a speaker's turn; of the authority's share
    bool limits_refused;
    const char *speak_to, *note_to; // chosen in a refused form, "" none
    const char *lost;               // typed into a refused form that is gone by now, "" none
    const char *keys[CONSOLE_KEYS]; // idempotency: of the note, then of each outcome
    // the note being typed
    int64_t draft; // its number, 0 none yet
    const char *draft_text;
    const char *kept_text; // as the server has it, while draft_text may be what was just refused
};

/// `action` is the outcome that was refused, -1 none.
MUST_USE enum status console_read(struct desk *d, struct sql *sql, int action,
                                  struct console_view *c);

/// The secretary who is not the chair as well.
bool console_relays(const struct desk *d);
MUST_USE enum status console_waiting_read(struct desk *d, struct sql *sql,
                                          struct console_waiting *waiting);
/// What waits alone, for the script.
enum http_next console_waiting_show(struct http_exchange *x, int64_t dialogue);

/// The console, or its board alone, with what was refused. Used after each of its forms too.
struct console_shown {
    int64_t dialogue;
    struct refusal refusal;
    int action; // outcome that was refused, -1
};
enum http_next console_show(struct http_exchange *x, const struct console_shown *shown);

#endif
