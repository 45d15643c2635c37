// SPDX-License-Identifier: AGPL-3.0-or-later
// What places.html is filled with.
#ifndef HTMLC_PLACE_VIEW_H
#define HTMLC_PLACE_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct place_item {
    const char *name;
    int64_t count;
};

struct place_view {
    const char *text;
    char array[16];
    int number;
    size_t size;
    int32_t day;
    int64_t at_ms;
    bool on;
    const struct place_item *items;
    size_t item_count;
    const char *const *words;
    size_t word_count;
};

#endif
