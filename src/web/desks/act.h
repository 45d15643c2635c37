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

/// What is said before the tap, in the source's language; NULL when the action explains itself.
struct act_words {
    const char *consequence;
    enum tone tone;
    bool danger;
};
struct act_words act_words_opinion(enum opinion_action action);
struct act_words act_words_dialogue(enum dialogue_action action);

/// Takes what was typed to be covered as words of the opinion; what is no such text stays places
/// ("12-20").
void redact_words(struct http_exchange *x, struct act *act);

#endif
