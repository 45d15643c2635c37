// SPDX-License-Identifier: AGPL-3.0-or-later
// What of the hall stands on its screen, in which size: all of a text that has room, else its
// beginning and where the rest is. The page cuts nothing off by itself.
#ifndef WEB_HALL_WALL_H
#define WEB_HALL_WALL_H

#include "web/hall/fit.h"
#include "web/hall/view.h"

struct wall_row {
    const char *name, *why;
    int number;
    bool now;
};

struct hall_wall {
    const char *ward, *title, *place; // head and foot
    struct fit_text over;             // the line over the words
    struct fit_text words;            // what was said, is said, or who says it
    const char *who, *next; // the speaker's khóm and kind, the next one's name; NULL none
    const char *rest;       // where the whole text is, NULL: all of it is here
    struct wall_row *rows;  // of queue or programme, those that have room
    size_t row_count;
    int row_size;
    const char *wifi;
};

/// `people_url`: where phones reach this program.
void hall_wall(struct arena *arena, enum lang lang, const struct hall_view *v,
               const char *people_url, struct hall_wall *ret_wall);

#endif
