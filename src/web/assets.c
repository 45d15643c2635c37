// SPDX-License-Identifier: AGPL-3.0-or-later
// Finds embedded files and chooses among their codings.
#include "web/assets.h"

#include <string.h>

const struct asset *asset_find(const char *path)
{
    for (size_t i = 0; i < asset_count; i++)
        if (strcmp(assets[i].path, path) == 0) return &assets[i];
    return NULL;
}

struct url asset_url(const char *name)
{
    for (size_t i = 0; i < asset_count; i++)
        if (strcmp(assets[i].name, name) == 0) return url_own(assets[i].path);
    ensure(!"an asset the front end does not have");
    return url_own("");
}

static bool is_separator(char c)
{
    return c == 0 || c == ',' || c == ' ' || c == '\t';
}

// "br", "br;q=0.5" but not "br;q=0".
static bool accepts(const char *header, const char *coding)
{
    size_t len = strlen(coding);
    for (const char *p = header; p != NULL && (p = strstr(p, coding)) != NULL; p += len) {
        bool begins = p == header || is_separator(p[-1]);
        if (!begins || (!is_separator(p[len]) && p[len] != ';')) continue;
        const char *q = p + len + strspn(p + len, "; \t");
        bool never = p[len] == ';' && strncmp(q, "q=0", 3) == 0 &&
                     strcspn(q + 3, "123456789") >= strcspn(q + 3, ", ");
        return !never;
    }
    return false;
}

enum asset_coding asset_coding_for(const struct asset *asset, const char *accept_encoding)
{
    enum asset_coding best = ASSET_RAW;
    for (int coding = ASSET_GZIP; coding < ASSET_CODING_COUNT; coding++)
        if (asset->len[coding] < asset->len[best] &&
            accepts(accept_encoding, asset_coding_name((enum asset_coding)coding)))
            best = (enum asset_coding)coding;
    return best;
}

const char *asset_coding_name(enum asset_coding coding)
{
    static const char *const names[ASSET_CODING_COUNT] = {
        [ASSET_GZIP] = "gzip", [ASSET_BROTLI] = "br"};
    return names[coding];
}
