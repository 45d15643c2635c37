// SPDX-License-Identifier: AGPL-3.0-or-later
// Growable bytes: doubling, NUL kept behind.
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void buf_done(struct buf *buf)
{
    if (buf == NULL) return;
    free(buf->data);
    *buf = (struct buf){0};
}

void buf_clear(struct buf *buf)
{
    buf->len = 0;
    if (buf->data != NULL) buf->data[0] = 0;
}

void buf_reserve(struct buf *buf, size_t more)
{
    ensure(more < SIZE_MAX / 4 && buf->len < SIZE_MAX / 4);
    size_t need = buf->len + more + 1;
    if (need <= buf->size) return;
    size_t size = buf->size == 0 ? 256 : buf->size;
    while (size < need)
        size *= 2;
    char *data = realloc(buf->data, size);
    ensure(data != NULL);
    buf->data = data;
    buf->size = size;
    buf->data[buf->len] = 0;
}

void buf_put(struct buf *buf, const void *bytes, size_t len)
{
    buf_reserve(buf, len);
    if (len > 0) memcpy(buf->data + buf->len, bytes, len);
    buf->len += len;
    buf->data[buf->len] = 0;
}

void buf_puts(struct buf *buf, const char *text)
{
    if (text != NULL) buf_put(buf, text, strlen(text));
}

void buf_putc(struct buf *buf, char c)
{
    buf_put(buf, &c, 1);
}

void buf_printf(struct buf *buf, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    ensure(len >= 0);
    buf_reserve(buf, (size_t)len);
    vsnprintf(buf->data + buf->len, (size_t)len + 1, format, again);
    va_end(again);
    buf->len += (size_t)len;
}

const char *buf_text(const struct buf *buf)
{
    return buf->data == NULL ? "" : buf->data;
}
