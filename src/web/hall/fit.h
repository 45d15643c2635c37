// SPDX-License-Identifier: AGPL-3.0-or-later
// How large a text can stand on the screen, reckoned without a browser: its width by the letters of
// a wide font, broken into lines as a browser does. Lengths are thousandths of the screen's unit, a
// hundredth of its width at 16:9 (web/src/hall.css, --u).
#ifndef WEB_HALL_FIT_H
#define WEB_HALL_FIT_H

#include <stdbool.h>

#include "base/arena.h"

enum { FIT_SIZES = 6, FIT_LEAST = FIT_SIZES - 1, FIT_LINE = 1250 }; // line: thousandths of a size
/// From the largest; the least is read from 20 m. Class hall__fit--0 and so on.
extern const int fit_sizes[FIT_SIZES];

struct fit_box {
    int width, height;
    int largest, least; // indexes of fit_sizes
    bool bold;
    int rest; // height kept free below a text that had to be cut
};
struct fit_text {
    const char *text; // whole, or its beginning and "…"
    int size;         // index of fit_sizes
    int lines;
    bool cut;
};

/// In the largest size in which all of it fits, else its beginning in the least.
struct fit_text fit(struct arena *arena, const char *text, const struct fit_box *box);

/// One or more lines of one size: what is longer is cut.
struct fit_text fit_lines(struct arena *arena, const char *text, int size, int width, int lines);

/// Width of the text on one line.
int fit_width(const char *text, int size, bool bold);

/// Height of that many lines.
int fit_height(int size, int lines);

#endif
