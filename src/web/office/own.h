// SPDX-License-Identifier: AGPL-3.0-or-later
// What the pages of one's own password and of the messages that were given up show.
#ifndef WEB_OFFICE_OWN_H
#define WEB_OFFICE_OWN_H

#include "web/office/work.h"

struct own_password_view {
    struct office_error error;
};

struct letter_row {
    const char *number, *desk_path; // the opinion
    const char *transport, *recipient, *subject, *reason;
    const char *retry_path;
};
struct letters_view {
    struct letter_row *rows;
    size_t count;
    const char *next_path; // NULL: these were all
    bool no_mail, no_sms;  // no way out is set up
};

#endif
