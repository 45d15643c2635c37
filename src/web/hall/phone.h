// SPDX-License-Identifier: AGPL-3.0-or-later
// A participant's phone in the hall: no account, a ticket.
#ifndef WEB_HALL_PHONE_H
#define WEB_HALL_PHONE_H

#include "web/hall/view.h"

struct phone_opinion {
    const char *number, *state, *excerpt, *answer; // NULL none
    const char *asked, *asked_by, *replied;        // the last question back and what was said to it
    const char *typed, *typed_reply;               // into its refused forms, "" none
    bool may_judge, may_reply;
};

struct phone_view {
    struct hall_view hall;
    const char *error, *advice, *error_at; // NULL none; error_at: the id of the control
    const char *code, *name, *content, *key;
    struct field_view type, organisation, khom;
    bool business; // called by the name of its organisation
    int64_t turn;  // waiting, 0 none
    const char *my_place;
    struct phone_opinion *mine;
    struct opinion_view *others;
    size_t mine_count, other_count;
    const char *mine_numbers; // "2024-0007 2024-0012"
    bool mine_waits;          // one is not public yet: no event will tell of it
    const char *list_path;    // of all
    bool more_others;
};

#endif
