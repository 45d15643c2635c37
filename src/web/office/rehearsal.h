// SPDX-License-Identifier: AGPL-3.0-or-later
// What the page of a rehearsal shows.
#ifndef WEB_OFFICE_REHEARSAL_H
#define WEB_OFFICE_REHEARSAL_H

#include "web/office/work.h"
#include "web/rehearsal.h"

struct rehearsal_view {
    const char *path, *end_path;
    const char *unable;         // why this program can't, NULL it can
    const char *url;            // where people find it
    bool elsewhere;             // it is another dialogue's
    const char *elsewhere_path; // NULL: another ward's, of which nothing is shown here
    bool alone;                 // only this machine reaches it
    struct rehearsal_now now;
    struct office_error error; // of what was just sent
};

#endif
