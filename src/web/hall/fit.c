// SPDX-License-Identifier: AGPL-3.0-or-later
// Reckons how large a text can stand. Errs to the wide side: a text that looks a little small is
// better than one whose end nobody sees.
#include "web/hall/fit.h"

#include <string.h>

#include "base/text.h"

const int fit_sizes[FIT_SIZES] = {5400, 4600, 3900, 3300, 2800, 2300};

/// Thousandths of the size, of the letters from the space to the tilde; DejaVu Sans, the widest
/// that a screen is likely to have.
static const short widths[] = {
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361,  318, 337, 636, 636, 636,
    636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632,
    575, 775, 752, 295, 295, 656, 557, 863, 748, 787, 603, 787, 695, 635,  611, 732, 684, 989, 685,
    611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352,  635, 634, 278, 278, 579,
    278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592,  525, 636, 337, 636, 838};
enum { SMALL = 690, LARGE = 850, OTHER = 1100, BOLD = 1140, SLACK = 990 };

/// The next letter's width; *at moves behind it.
static int letter_width(const char **at)
{
    const unsigned char first = (unsigned char)**at;
    *at += 1;
    if (first < 0x80) return first >= ' ' && first <= '~' ? widths[first - ' '] : widths[0];
    int letter = first >= 0xf0 ? first & 0x07 : first >= 0xe0 ? first & 0x0f : first & 0x1f;
    for (; ((unsigned char)**at & 0xc0) == 0x80; *at += 1)
        letter = letter << 6 | ((unsigned char)**at & 0x3f);
    if (letter >= 0x300 && letter < 0x370) return 0; // a mark over the letter before
    if (letter >= 0x300 && (letter < 0x1e00 || letter >= 0x1f00)) return OTHER;
    const bool large = letter < 0x100 ? letter < 0xe0 : letter % 2 == 0 || letter == 0x1af; // Ư
    return large ? LARGE : SMALL;
}

static int scaled(int thousandths, int size, bool bold)
{
    const int64_t width = (int64_t)thousandths * size / 1000;
    return (int)(bold ? width * BOLD / 1000 : width);
}

int fit_width(const char *text, int size, bool bold)
{
    int64_t sum = 0;
    while (*text != 0)
        sum += letter_width(&text);
    return scaled(sum > 1000000 ? 1000000 : (int)sum, size, bold);
}

int fit_height(int size, int lines)
{
    return (int)((int64_t)fit_sizes[size] * FIT_LINE / 1000 * lines);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n';
}

/// Where the text stands after that many lines of that width (thousandths of the size); its end
/// when it needs no more. *ret_lines: how many it took.
static const char *after_lines(const char *text, int width, int lines, int *ret_lines)
{
    const char *at = text + strspn(text, " \n");
    int used = 0; // of the line
    *ret_lines = *at != 0;
    while (*at != 0) {
        const char *word = at, *end = at;
        int wide = 0;
        while (*end != 0 && !is_space(*end))
            wide += letter_width(&end);
        if (used > 0 && used + widths[0] + wide > width) {
            if (*ret_lines == lines) return word;
            ++*ret_lines;
            used = 0;
        }
        used += used > 0 ? widths[0] : 0;
        while (wide > 0 && at < end) { // a word wider than the line is broken where the line ends
            const char *letter = at;
            int one = letter_width(&at);
            if (used > 0 && used + one > width) {
                if (*ret_lines == lines) return letter;
                ++*ret_lines;
                used = 0;
            }
            used += one;
        }
        at = end + strspn(end, " \n");
    }
    return at;
}

/// Line widths in thousandths of the size: what after_lines counts in.
static int line_of(int width, int size, bool bold)
{
    const int64_t line = (int64_t)width * SLACK / fit_sizes[size];
    return (int)(bold ? line * 1000 / BOLD : line);
}

static const char *beginning(struct arena *arena, const char *text, const char *end)
{
    while (end > text && (is_space(end[-1]) || strchr(",.;:", end[-1]) != NULL))
        end--;
    return arena_printf(arena, "%.*s…", (int)(end - text), text);
}

/// As much as stands on that many lines, with the sign that there is more.
static struct fit_text cut(struct arena *arena, const char *text, int size, int line, int lines)
{
    struct fit_text t = {.size = size, .cut = true};
    int used;
    const char *end = after_lines(text, line, lines, &used);
    t.text = beginning(arena, text, end);
    after_lines(t.text, line, lines + 1, &t.lines);
    for (int again = 0; t.lines > lines && end > text && again < 8;
         again++) { // the sign itself had no room
        do {
            end--;
        } while (end > text && !is_space(*end) && ((unsigned char)*end & 0xc0) == 0x80);
        t.text = beginning(arena, text, end);
        after_lines(t.text, line, lines + 1, &t.lines);
    }
    return t;
}

struct fit_text fit(struct arena *arena, const char *text, const struct fit_box *box)
{
    int used;
    for (int size = box->largest; size <= box->least; size++) {
        const int lines = box->height / fit_height(size, 1);
        const char *end = after_lines(text, line_of(box->width, size, box->bold), lines, &used);
        if (*end == 0 && used <= lines)
            return (struct fit_text){.text = text, .size = size, .lines = used};
    }
    const int lines = (box->height - box->rest) / fit_height(box->least, 1);
    return cut(arena, text, box->least, line_of(box->width, box->least, box->bold), lines);
}

struct fit_text fit_lines(struct arena *arena, const char *text, int size, int width, int lines)
{
    const struct fit_box box = {width, fit_height(size, lines), size, size, false, 0};
    return fit(arena, text, &box);
}
