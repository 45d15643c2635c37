// SPDX-License-Identifier: AGPL-3.0-or-later
// The common beginning and end are cut off first, so that a few edits in long minutes cost little;
// what is left is compared by the table of longest common sequences.
#include "web/desks/line_diff.h"

#include <stdint.h>
#include <string.h>

enum { CELLS = 4 * 1024 * 1024 }; // 8 MiB

struct lines lines_of(struct arena *arena, const char *text)
{
    size_t room = 1;
    for (const char *p = text; (p = strchr(p, '\n')) != NULL; p++)
        room++;
    struct lines all = {.rows = arena_array(arena, struct line, room)};
    for (const char *p = text; *p != '\0';) {
        size_t len = strcspn(p, "\n");
        if (len > 0) all.rows[all.count++].text = arena_strndup(arena, p, len);
        p += len + (p[len] == '\n');
    }
    return all;
}

static bool both(struct line *a, struct line *b)
{
    if (strcmp(a->text, b->text) != 0) return false;
    a->same = b->same = true;
    return true;
}

/// rest[i * width + j]: how many lines a from i and b from j have in common.
static void compare_middle(struct arena *arena, struct lines a, struct lines b)
{
    const size_t width = b.count + 1;
    if (a.count == 0 || b.count == 0 || (a.count + 1) * width > CELLS) return;
    uint16_t *rest = arena_array(arena, uint16_t, (a.count + 1) * width);
    for (size_t i = a.count; i-- > 0;)
        for (size_t j = b.count; j-- > 0;) {
            uint16_t down = rest[(i + 1) * width + j], right = rest[i * width + j + 1];
            rest[i * width + j] = strcmp(a.rows[i].text, b.rows[j].text) == 0
                                      ? (uint16_t)(rest[(i + 1) * width + j + 1] + 1)
                                  : down > right ? down
                                                 : right;
        }
    for (size_t i = 0, j = 0; i < a.count && j < b.count;) {
        if (both(&a.rows[i], &b.rows[j])) {
            i++;
            j++;
        } else if (rest[(i + 1) * width + j] >= rest[i * width + j + 1]) {
            i++;
        } else {
            j++;
        }
    }
}

void lines_compare(struct arena *arena, struct lines *a, struct lines *b)
{
    size_t begin = 0, end = 0, least = a->count < b->count ? a->count : b->count;
    while (begin < least && both(&a->rows[begin], &b->rows[begin]))
        begin++;
    while (end < least - begin && both(&a->rows[a->count - 1 - end], &b->rows[b->count - 1 - end]))
        end++;
    compare_middle(arena, (struct lines){a->rows + begin, a->count - begin - end},
                   (struct lines){b->rows + begin, b->count - begin - end});
}
