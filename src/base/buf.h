// SPDX-License-Identifier: AGPL-3.0-or-later
// Growable bytes on the heap, always followed by a NUL that is not counted. For output being built.
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stddef.h>
#include <stdint.h>
#include "base/ensure.h"

struct buf {
    char *data; // NULL until something is put; otherwise data[len] == 0
    size_t len, size;
};

/// A zeroed struct buf is ready. done accepts NULL and zero.
void buf_done(struct buf *buf);
void buf_clear(struct buf *buf); // keeps the memory

void buf_put(struct buf *buf, const void *bytes, size_t len);
void buf_puts(struct buf *buf, const char *text); // NULL puts nothing
void buf_putc(struct buf *buf, char c);
void buf_printf(struct buf *buf, const char *format, ...) PRINTF_LIKE(2, 3);

/// Room for `more` bytes and the NUL; aborts when the machine has no more.
void buf_reserve(struct buf *buf, size_t more);

/// The text so far, never NULL.
const char *buf_text(const struct buf *buf);

#define BUF CLEANUP(buf_done) struct buf

#endif
