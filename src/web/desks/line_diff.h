// SPDX-License-Identifier: AGPL-3.0-or-later
// Two texts compared line by line, in their order. Pure.
#ifndef WEB_DESKS_LINE_DIFF_H
#define WEB_DESKS_LINE_DIFF_H

#include "base/arena.h"

#include <stddef.h>

struct line {
    const char *text;
    bool same; // the other text has it at this place
};
struct lines {
    struct line *rows;
    size_t count;
};

/// The lines of a text that are not blank, in the arena; nothing is the same yet.
struct lines lines_of(struct arena *arena, const char *text);

/// Marks a longest common sequence in both. Where more than a few thousand lines differ in one
/// piece, all of that piece is taken as different.
void lines_compare(struct arena *arena, struct lines *a, struct lines *b);

#endif
