// SPDX-License-Identifier: AGPL-3.0-or-later
// Arena of growing blocks, newest first.
#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct arena_block {
    struct arena_block *next;
    size_t size, used;
    _Alignas(max_align_t) unsigned char bytes[];
};

enum { FIRST_BLOCK = 8 * 1024 - 64, LARGEST_BLOCK = 1024 * 1024 };

static struct arena_block *block_new(size_t size, struct arena_block *next)
{
    struct arena_block *block = malloc(sizeof(*block) + size);
    ensure(block != NULL);
    block->next = next;
    block->size = size;
    block->used = 0;
    return block;
}

void arena_done(struct arena *arena)
{
    if (arena == NULL) return;
    for (struct arena_block *block = arena->head, *next; block != NULL; block = next) {
        next = block->next;
        free(block);
    }
    *arena = (struct arena){0};
}

void arena_reset(struct arena *arena)
{
    struct arena_block *block = arena->head;
    while (block != NULL && block->next != NULL) {
        struct arena_block *next = block->next;
        free(block);
        block = next;
    }
    if (block != NULL) block->used = 0;
    arena->head = block;
    arena->used = 0;
}

size_t arena_bytes(size_t count, size_t size)
{
    size_t total;
    ensure(!__builtin_mul_overflow(count, size, &total));
    return total;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    const size_t align = _Alignof(max_align_t);
    ensure(size < SIZE_MAX / 4);
    size = (size + align - 1) & ~(align - 1);
    if (size == 0) size = align;
    struct arena_block *block = arena->head;
    if (block == NULL || block->size - block->used < size) {
        size_t want = block == NULL ? FIRST_BLOCK : block->size * 2;
        if (want > LARGEST_BLOCK) want = LARGEST_BLOCK;
        if (want < size) want = size;
        arena->head = block = block_new(want, block);
    }
    void *bytes = block->bytes + block->used;
    block->used += size;
    arena->used += size;
    return memset(bytes, 0, size);
}

char *arena_strndup(struct arena *arena, const char *text, size_t len)
{
    char *copy = arena_alloc(arena, len + 1);
    if (len > 0) memcpy(copy, text, len);
    return copy;
}

char *arena_strdup(struct arena *arena, const char *text)
{
    return text == NULL ? NULL : arena_strndup(arena, text, strlen(text));
}

void *arena_memdup(struct arena *arena, const void *bytes, size_t len)
{
    void *copy = arena_alloc(arena, len);
    if (len > 0) memcpy(copy, bytes, len);
    return copy;
}

char *arena_vprintf(struct arena *arena, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    ensure(len >= 0);
    char *text = arena_alloc(arena, (size_t)len + 1);
    vsnprintf(text, (size_t)len + 1, format, again);
    va_end(again);
    return text;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = arena_vprintf(arena, format, args);
    va_end(args);
    return text;
}
