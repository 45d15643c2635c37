// SPDX-License-Identifier: AGPL-3.0-or-later
// The front end inside the program: script, style sheet, icons, mark. The address holds the hash of
// the content, so an answer may be kept for ever (Cache-Control: public, max-age=31536000,
// immutable).
#ifndef WEB_ASSETS_H
#define WEB_ASSETS_H

#include <stddef.h>
#include "web/tpl.h"

enum asset_coding { ASSET_RAW, ASSET_GZIP, ASSET_BROTLI, ASSET_CODING_COUNT };

struct asset {
    const char *name; // "app.css"
    const char *path; // "/static/app.0123456789ab.css"
    const char *etag; // with its quotes
    const char *type;
    const unsigned char *bytes[ASSET_CODING_COUNT];
    size_t len[ASSET_CODING_COUNT];
};

extern const struct asset assets[];
extern const size_t asset_count;

/// By the path of a request; NULL when there is none. An address with an old hash is none.
const struct asset *asset_find(const char *path);

/// The smallest form an Accept-Encoding header allows (NULL: raw). "br", "gzip" or NULL for
/// Content-Encoding.
enum asset_coding asset_coding_for(const struct asset *asset, const char *accept_encoding);
const char *asset_coding_name(enum asset_coding coding);

/// The address of "app.js", "app.css", "icons.svg" or "mark.svg"; aborts for another name.
struct url asset_url(const char *name);

#endif
