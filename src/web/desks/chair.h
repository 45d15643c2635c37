// SPDX-License-Identifier: AGPL-3.0-or-later
// What the chair's desk shows: the one thing on the floor, large; the queue by field; what waits
// for a signature; what is late.
#ifndef WEB_DESKS_CHAIR_H
#define WEB_DESKS_CHAIR_H

#include "web/desks/desk.h"

struct chair_queue { // of one field or topic
    const char *title;
    struct desk_list list;
};

struct chair_draft {
    struct desk_opinion row;
    const char *author, *text; // who drafted it, and the draft; a withdrawal's words
    bool is_withdrawal;
    struct action_form *approve, *reject;
};

struct chair_now {
    bool any;
    struct desk_opinion row;
    const char *floor;                          // who was given the floor
    const char *answer, *answered_by, *verdict; // the answer as it stands
    struct action_form *call, *back_to_list;    // one tap; NULL when not allowed
    struct desk_link *outcomes;                 // the three, large
    size_t outcome_count;
    struct desk_link *others;
    size_t other_count;
};

struct chair_view {
    const char *path, *board_path, *title;
    struct tag_view state;
    struct desk_link *dialogue_links;
    size_t dialogue_link_count;
    struct chair_now now;
    const char *nothing_now; // why there is none, and what to do
    bool live, over_budget;  // in session; one-way time passed its budget (R62)
    bool over;               // closed or cancelled: nobody is called any more
    struct chair_queue *queues;
    size_t queue_count, waiting;
    const char *waiting_first, *waiting_next; // pages
    struct desk_list floor, answered, overdue;
    struct chair_draft *drafts;
    size_t draft_count;
};

#endif
