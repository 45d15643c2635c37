// SPDX-License-Identifier: AGPL-3.0-or-later
// What the culture officer's desk shows: the text to read aloud, the announcement, the log.
#ifndef WEB_OFFICE_CULTURE_H
#define WEB_OFFICE_CULTURE_H

#include "web/office/khom.h"

struct culture_view {
    const char *live_path, *title;
    struct tag_view state;
    const char *bulletin, *bulletin_base, *poster_path; // bulletin NULL: not yet
    struct action_form *announce;                       // NULL: not now
    struct log_view log;
};

#endif
