// SPDX-License-Identifier: AGPL-3.0-or-later
// What the first page after signing in shows.
#ifndef WEB_DESKS_HOME_H
#define WEB_DESKS_HOME_H

#include "web/desks/desk.h"

struct home_link {
    const char *path, *label, *waits; // "3 ý kiến chờ chuyển", NULL nothing waits
};

struct home_dialogue {
    const char *title, *path, *when;
    struct tag_view state;
    struct home_link *links;
    size_t link_count;
};

struct home_view {
    const char *name;
    struct home_dialogue *dialogues;
    size_t dialogue_count;
    struct desk_list mine; // owed by me
    struct home_link *links;
    size_t link_count; // of the unit, not of one dialogue
};

#endif
