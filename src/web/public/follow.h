// SPDX-License-Identifier: AGPL-3.0-or-later
// Following by receipt: one's own opinions with all that one may do about them now. What that is,
// is asked of opinion_can().
#ifndef WEB_PUBLIC_FOLLOW_H
#define WEB_PUBLIC_FOLLOW_H

#include "web/public/thread.h"

struct enter_view {
    const char *typed, *error; // NULL nothing wrong
    bool staff;                // signed in with an account: receipts are for people without one
};

struct follow_view {
    const struct opinion_page_view *opinions;
    size_t count;
    const struct action_form *refused; // the form that was just refused, for the summary at the top
    const char *contact;
};

#endif
