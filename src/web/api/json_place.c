// SPDX-License-Identifier: AGPL-3.0-or-later
// Walks the text up to the fault and keeps the keys of the objects it is in. Not a parser: what it
// walks over was accepted by one up to there, or is not JSON at all and gets no name.
#include "web/api/json_place.h"

#include <jansson.h>
#include <stdbool.h>
#include <string.h>

enum { DEEPEST = 2 };

struct walk {
    struct arena *arena;
    const char *bytes;
    size_t at, end;
    int depth; // 1: in the outermost object
    bool list_in[DEEPEST + 1];
    bool key_next[DEEPEST + 1];
    const char *key[DEEPEST + 1]; // NULL none yet
};

/// Past the closing quote; at the end when there is none.
static size_t string_end(const struct walk *w)
{
    size_t i = w->at + 1;
    while (i < w->end && w->bytes[i] != '"')
        i += w->bytes[i] == '\\' ? 2 : 1;
    return i < w->end ? i + 1 : w->end + 1;
}

static void string(struct walk *w)
{
    size_t end = string_end(w);
    if (w->depth >= 1 && w->depth <= DEEPEST && w->key_next[w->depth] && end <= w->end) {
        json_t *key = json_loadb(w->bytes + w->at, end - w->at, JSON_DECODE_ANY, NULL);
        w->key[w->depth] = key != NULL ? arena_strdup(w->arena, json_string_value(key)) : NULL;
        w->key_next[w->depth] = false;
        json_decref(key);
    }
    w->at = end;
}

static void step(struct walk *w)
{
    char c = w->bytes[w->at++];
    if (c == '{' || c == '[') {
        if (++w->depth > DEEPEST) return;
        w->list_in[w->depth] = c == '[';
        w->key_next[w->depth] = c == '{';
        w->key[w->depth] = NULL;
    } else if (c == '}' || c == ']') {
        w->depth--;
    } else if (c == ',' && w->depth >= 1 && w->depth <= DEEPEST) {
        w->key_next[w->depth] = !w->list_in[w->depth];
    }
}

const char *json_place(struct arena *arena, const char *bytes, size_t len, size_t at)
{
    struct walk w = {.arena = arena, .bytes = bytes, .end = at < len ? at : len};
    while (w.at < w.end && w.depth >= 0) {
        if (bytes[w.at] == '"')
            string(&w);
        else
            step(&w);
    }
    const char *outer = w.key[1];
    bool in_author = w.depth >= 2 && outer != NULL && strcmp(outer, "author") == 0;
    if (w.depth < 1) return NULL;
    if (!in_author || w.list_in[2] || w.key[2] == NULL) return outer;
    return arena_printf(arena, "author.%s", w.key[2]);
}
