// SPDX-License-Identifier: AGPL-3.0-or-later
// QR by libqrencode; PNG by cairo. Nothing here knows what the text means.
#include "documents/qr.h"

#include <cairo.h>
#include <qrencode.h>

struct qr qr_encode(struct arena *arena, const char *text)
{
    struct qr qr = {0, NULL};
    if (text == NULL || text[0] == '\0') return qr;
    QRcode *code = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
    if (code == NULL) return qr;
    int size = code->width + 2 * QR_QUIET;
    bool *dark = arena_array(arena, bool, (size_t)size *(size_t)size);
    for (int y = 0; y < code->width; y++) {
        for (int x = 0; x < code->width; x++)
            dark[(y + QR_QUIET) * size + x + QR_QUIET] = code->data[y * code->width + x] & 1;
    }
    QRcode_free(code);
    return (struct qr){size, dark};
}

void qr_path(const struct qr *qr, struct buf *out)
{
    for (int y = 0; y < qr->size; y++) {
        for (int x = 0, run = 0; x < qr->size; x += run + 1) {
            for (run = 0; x + run < qr->size && qr->dark[y * qr->size + x + run];)
                run++;
            if (run > 0) buf_printf(out, "M%d %dh%dv1h-%dz", x, y, run, run);
        }
    }
}

static cairo_status_t put_bytes(void *out, const unsigned char *bytes, unsigned int len)
{
    buf_put(out, bytes, len);
    return CAIRO_STATUS_SUCCESS;
}

bool qr_png(const struct qr *qr, int scale, struct buf *out)
{
    int side = qr->size * scale;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, side, side);
    cairo_t *cr = cairo_create(surface);
    cairo_set_antialias(cr, CAIRO_ANTIALIAS_NONE);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_set_source_rgb(cr, 0, 0, 0);
    for (int y = 0; y < qr->size; y++) {
        for (int x = 0; x < qr->size; x++) {
            if (qr->dark[y * qr->size + x]) cairo_rectangle(cr, x * scale, y * scale, scale, scale);
        }
    }
    cairo_fill(cr);
    cairo_destroy(cr);
    bool good = cairo_surface_write_to_png_stream(surface, put_bytes, out) == CAIRO_STATUS_SUCCESS;
    cairo_surface_destroy(surface);
    return good;
}
