// SPDX-License-Identifier: AGPL-3.0-or-later
// What the page of one action shows: the form, and above it what it is about.
#ifndef WEB_DESKS_ACT_H
#define WEB_DESKS_ACT_H

#include "web/action_form.h"
#include "web/page_common.h"

struct act_view {
    const struct action_form *form; // NULL: it can't be done now, `sorry` says why
    const char *back, *sorry, *advice;
    const char *behalf;                 // in whose place it is recorded, NULL one's own
    const struct opinion_view *opinion; // NULL: about the dialogue
    const char *dialogue;
    const char *other_path;  // the same for a body outside, by its name; NULL none
    const char *consequence; // what the action does that one ought to know before, NULL none
    enum tone consequence_tone;
    const char *receipt_number, *receipt; // a new receipt, shown once; NULL none
};

#endif
