// SPDX-License-Identifier: AGPL-3.0-or-later
// Arena: everything a request makes, freed at once. Not thread-safe; crossing threads means
// copying.
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include "base/ensure.h"

struct arena_block;
struct arena {
    struct arena_block *head;
    size_t used; // bytes handed out since init or reset
};

/// A zeroed struct arena is ready to use. done accepts NULL and may be called twice.
void arena_done(struct arena *arena);

/// Frees all but the first block, so that the next request starts warm.
void arena_reset(struct arena *arena);

/// Zeroed memory, aligned for any type; aborts when the machine has no more. size 0 gives a unique
/// pointer.
void *arena_alloc(struct arena *arena, size_t size) __attribute__((malloc, returns_nonnull));

#define arena_new(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define arena_array(arena, type, count) \
    ((type *)arena_alloc((arena), arena_bytes((count), sizeof(type))))

/// count * size, aborting on overflow.
size_t arena_bytes(size_t count, size_t size);

/// Copies; the result ends with NUL. NULL in gives NULL out.
char *arena_strdup(struct arena *arena, const char *text);
char *arena_strndup(struct arena *arena, const char *text, size_t len);
void *arena_memdup(struct arena *arena, const void *bytes, size_t len);

char *arena_printf(struct arena *arena, const char *format, ...) PRINTF_LIKE(2, 3);
char *arena_vprintf(struct arena *arena, const char *format, va_list args) PRINTF_LIKE(2, 0);

#define ARENA CLEANUP(arena_done) struct arena

#endif
