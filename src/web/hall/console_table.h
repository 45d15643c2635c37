// SPDX-License-Identifier: AGPL-3.0-or-later
// The opinion on the table and the suggested next step, for console_read.c.
#ifndef WEB_HALL_CONSOLE_TABLE_H
#define WEB_HALL_CONSOLE_TABLE_H

#include "store/opinion_list.h"
#include "web/hall/console.h"

struct console_asked {
    int64_t opinion; // chosen by hand, 0: what is on the table
    int action;      // of an outcome that was refused, -1
    bool told;       // facts about an opinion were refused
    const struct hall *hall;
    const struct opinion_rows *all;
};

/// Leaves c->table NULL when nothing is being discussed.
MUST_USE enum status console_table_read(struct desk *d, struct sql *sql,
                                        const struct console_asked *asked, struct console_view *c);

/// After the table.
void console_suggest(struct desk *d, const struct hall *hall, const struct opinion_rows *all,
                     struct console_view *c);

#endif
