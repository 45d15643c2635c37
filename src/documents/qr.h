// SPDX-License-Identifier: AGPL-3.0-or-later
// QR codes as a square of modules, drawn by each format in its own way.
#ifndef DOCUMENTS_QR_H
#define DOCUMENTS_QR_H

#include <stdbool.h>
#include "base/arena.h"
#include "base/buf.h"

enum { QR_QUIET = 4 }; // modules of white around, part of `size` below

struct qr {
    int size; // modules per side, quiet zone included; 0: the text could not be encoded
    const bool *dark;
};

/// Level M. Text of up to about 1,200 characters.
struct qr qr_encode(struct arena *arena, const char *text);

/// Appends an SVG path's data: one rectangle per run of dark modules, unit = module.
void qr_path(const struct qr *qr, struct buf *out);

/// Appends a PNG of `scale` pixels a module. False when the library refuses.
bool qr_png(const struct qr *qr, int scale, struct buf *out);

#endif
