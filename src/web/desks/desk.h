// SPDX-License-Identifier: AGPL-3.0-or-later
// What every desk begins with: the dialogue, the visitor's roles in it, lists of opinions with what
// may be done to each. Decides nothing itself: asks domain/ for everything.
#ifndef WEB_DESKS_DESK_H
#define WEB_DESKS_DESK_H

#include "store/dialogue.h"
#include "web/action_form.h"
#include "web/page_common.h"
#include "web/read.h"

struct desk {
    struct http_exchange *x;
    struct visit *visit;
    struct arena *arena;
    struct tpl t;
    struct page page;
    struct dialogue dialogue;
    uint32_t roles; // WHO() bits in this dialogue
    int32_t today;
    const char *first_path, *next_path; // of a list in pages; NULL there is none
};

/// A link to an action's form, or the form itself drawn in place.
struct desk_link {
    const char *path, *label, *key;
};
struct desk_links {
    struct desk_link *rows;
    size_t count;
};

/// One opinion on a desk.
struct desk_opinion {
    struct opinion_view view;
    const char *desk_path; // its staff page
    const char *pick_path; // this desk with it in the middle
    const char *topic;     // NULL none
    bool picked;
    size_t members; // of its group, itself included; 0 alone
};
struct desk_list {
    struct desk_opinion *rows;
    size_t count;
    const char *first_path, *next_path; // pages; NULL there is none
};

/// Frame and visitor; the dialogue stays empty.
void desk_begin(struct http_exchange *x, struct desk *d);

/// The dialogue of the path, and its roles. Not OK: NOT_FOUND also for what may not be seen.
MUST_USE enum status desk_open(struct desk *desk, struct sql *sql, int64_t id);

/// The staff's stream of a dialogue, 0: of all the unit's. Call it BEFORE reading what the page
/// shows, and put it into page.events: what happens in between is told too.
const char *desk_events(struct http_exchange *x, int64_t dialogue);

/// The title is shown in the tab and in the heading.
void desk_title(struct desk *desk, const char *title);

/// Those of one state that the visitor may see, oldest first, DESK_LIST at a time: after the number
/// in "?sau-STATE=". State -1 is any, without pages.
/// `pick` is the path of the desk to which "?y=" is added, NULL none.
MUST_USE enum status desk_list_read(struct desk *desk, struct sql *sql, int state, const char *pick,
                                    struct desk_list *ret_list);
/// The desk with the same pages of its lists, and `y` in the middle (NULL nobody): what it fetches
/// again when something happens.
const char *desk_board_path(struct desk *desk, const char *path, const char *y);
struct desk_opinion desk_opinion_of(struct desk *desk, const struct opinion_case *c,
                                    const char *pick);

/// Waiting draft or withdrawal, NULL none.
const struct opinion_item *desk_waiting(const struct opinion_case *c, enum item_kind kind);

/// "/lam-viec/y-kien/2024-0007/assign?thay=chair&back=..."
const char *desk_act_path(struct arena *arena, const struct opinion *o, enum opinion_action action,
                          enum on_behalf behalf, const char *back);

/// Whether it may be done, on whose behalf.
bool desk_can(struct opinion_case *c, enum opinion_action action, enum on_behalf behalf);
bool desk_dialogue_can(struct desk *desk, enum dialogue_action action, enum on_behalf behalf);

/// The form itself, for drawing in place. Ids differ by voice: two forms of one action may stand on
/// one page.
struct desk_form {
    enum opinion_action action;
    enum on_behalf behalf;
    const char *title, *button, *back; // NULL: the rule's label
    const struct action_preset *presets;
    size_t preset_count;
    bool no_proof; // the proof is preset: heard in the hall
};
struct action_form *desk_form_of(struct desk *desk, const struct opinion *o,
                                 const struct desk_form *wanted);

/// Where a person is given something: a list with the officer of its field on top instead of a line
/// to type (unless `free_body`), and the date that holds when none is given.
void desk_help_assign(struct desk *desk, const struct opinion *o, struct action_form *form,
                      bool free_body);

/// Where opinions are carried to when a conference is cancelled: the others that are not over yet.
MUST_USE enum status desk_help_cancel(struct desk *desk, struct sql *sql, struct action_form *form);

/// "?back=" when it is a local path, else `otherwise`.
const char *desk_back(struct http_exchange *x, const char *otherwise);

/// 403 as a page.
enum http_next desk_forbidden(struct http_exchange *x);

enum { DESK_LIST = 100 };

#endif
