// SPDX-License-Identifier: AGPL-3.0-or-later
// Bugs abort, here and now, with the place. Never for what users or the world can cause.
#ifndef BASE_ENSURE_H
#define BASE_ENSURE_H

#include <assert.h>
#include <stdbool.h>

_Noreturn void ensure_failed(const char *what, const char *file, int line);

/// Aborts with file and line when `cond` is false; stays in release builds.
#define ensure(cond) ((cond) ? (void)0 : ensure_failed(#cond, __FILE__, __LINE__))

#define ARRAY_LEN(a)      (sizeof(a) / sizeof((a)[0]))
#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))
#define CLEANUP(fn)       __attribute__((cleanup(fn)))

#endif
