// SPDX-License-Identifier: AGPL-3.0-or-later
// The four embedded faces of Liberation Serif 2 and text measured with them. No font of the machine
// is ever used, so that a document looks the same everywhere. Thread-safe; each thread has its own
// font map.
#ifndef DOCUMENTS_FONTS_H
#define DOCUMENTS_FONTS_H

#include <pango/pangocairo.h>
#include "base/status.h"
#include "documents/style.h"

#define FONT_FAMILY "Liberation Serif"

enum status fonts_load(void) MUST_USE;

/// A context of this thread's font map at 72 dpi, unhinted; to be unreferenced. Only after
/// fonts_load().
PangoContext *fonts_context(void);

/// A description for a style; to be freed.
PangoFontDescription *fonts_description(enum doc_style style);

/// Points the text takes on one line; 0 when fonts could not be loaded.
double fonts_text_width(enum doc_style style, const char *text);

/// Lines the text takes when broken at `width`; 0 when fonts could not be loaded.
int fonts_line_count(enum doc_style style, const char *text, double width);

#endif
