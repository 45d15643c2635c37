// SPDX-License-Identifier: AGPL-3.0-or-later
// What the desks around the hall share: opinions as work to be done, each with the forms of what
// may be done to it; the gate of a desk; texts of small forms. Decides nothing: asks domain/.
#ifndef WEB_OFFICE_WORK_H
#define WEB_OFFICE_WORK_H

#include "web/desks/desk.h"

enum { WORK_FORMS = 4, WORK_LINKS = 6, WORK_DIALOGUES = 20 };

/// One opinion on somebody's desk.
struct work_row {
    struct desk_opinion o;
    const char *part;           // tells its card from others of the same opinion on the page; NULL
    const char *dialogue;       // title, when the desk spans several; NULL
    const char *elapsed;        // "Đã 12 ngày; còn 8 ngày", NULL no clock
    const char *late;           // what is late, NULL nothing
    const char *note, *note_by; // directive, remark, notice ...
    const char *with;           // participants
    const char *rejected;       // why the last draft came back
    const char *contact;        // address to deliver to, as far as the reader may see it
    bool waiting;               // a draft waits for the chair
    int32_t sort;               // due day
    struct action_form *forms[WORK_FORMS];
    size_t form_count;
    struct desk_link links[WORK_LINKS];
    size_t link_count;
};

struct work_list {
    const char *id, *title, *none;
    struct work_row *rows;
    size_t count, room;
    bool open; // forms of each row stand open
};

/// A zeroed row at the end, with the opinion in it; valid until the next.
struct work_row *work_add(struct desk *desk, struct work_list *list, const struct opinion_case *c);
void work_form(struct work_row *row, struct action_form *form);
void work_link(struct work_row *row, const char *path, const char *label);
/// By due day; what has none comes last.
void work_sort(struct work_list *list);

/// Calls `take` for each opinion of the dialogue in one of the states (bits) that the visitor may
/// see, with its items, by number: those after "?sau=", up to the last one of the first DESK_LIST
/// of whichever state has more. desk->next_path leads on, desk->first_path back.
typedef void work_take(struct desk *desk, struct opinion_case *c, void *ctx);
MUST_USE enum status work_scan(struct desk *desk, struct sql *sql, unsigned states, work_take *take,
                               void *ctx);
/// The same over the unit's last WORK_DIALOGUES dialogues, the newest first.
MUST_USE enum status work_scan_unit(struct desk *desk, struct sql *sql, unsigned states,
                                    work_take *take, void *ctx);
MUST_USE enum status work_dialogues(struct desk *desk, struct sql *sql,
                                    struct dialogue_list *ret_list);

/// The desk of one dialogue, named by the path's {dialogue}, for whoever has one of the roles.
/// False: the answer (404, 403, 503) is in *ret_next.
bool office_enter(struct http_exchange *x, struct desk *desk, struct sql *sql, uint32_t who,
                  enum http_next *ret_next);
/// desk_events of the path's {dialogue}, for a desk that is live: before visit_read.
const char *office_events(struct http_exchange *x);
/// The same for a desk of the whole unit.
bool office_enter_unit(struct http_exchange *x, struct desk *desk, uint32_t who,
                       enum http_next *ret_next);

/// Cleaned text of a form's field, "" when absent; a fault is kept in act->form_refusal, bytes that
/// are no text too.
const char *office_text(struct http_exchange *x, struct act *act, const char *name, bool lines,
                        size_t max);
/// A whole number, -1 when it is none.
int office_number(const char *text);
/// What a form is drawn again with.
struct office_error {
    const char *title, *advice, *anchor; // NULL: nothing was refused
    const char *label;                   // of the field, NULL when it is none of a form's
};
struct office_error office_error_of(struct desk *desk, struct refusal refusal);
/// The refusal's status on the response.
void office_status(struct http_exchange *x, struct refusal refusal);

#endif
