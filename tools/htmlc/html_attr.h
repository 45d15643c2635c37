// SPDX-License-Identifier: AGPL-3.0-or-later
// Which attribute holds what: a table, and the watch over how a URL begins.
#ifndef HTMLC_HTML_ATTR_H
#define HTMLC_HTML_ATTR_H

#include "html.h"

/// What the attribute of that element (both lower case) holds. Unknown ones are plain text.
enum html_kind html_attr_kind(const char *tag, const char *attr);

/// Whether the element's URL attribute loads code, styles or frames.
bool html_attr_loads(const char *tag, const char *attr);

/// Whether this literal byte would make htmx evaluate the attribute.
bool html_attr_script(const char *attr, char c);

/// One literal byte of a URL attribute's value; false when a scheme could form behind a slot.
bool html_url_feed(struct html *html, char c, char why[HTML_WHY]);

/// Whether a literal beginning of a URL has an allowed scheme and, unless it is the whole URL, a
/// host that no slot can extend.
bool html_url_head_ok(const char *head, size_t len, bool whole, char why[HTML_WHY]);

#endif
