// SPDX-License-Identifier: AGPL-3.0-or-later
// Embedded files are sent from where they lie in the program, for ever cacheable; a page never
// waits for them.
#include "web/static.h"

#include "base/ensure.h"
#include "base/tr.h"
#include "http/shared.h"
#include "web/assets.h"

#include <stdatomic.h>
#include <string.h>

enum { ASSETS_MAX = 16, LANGUAGE_DAYS = 365 };

static _Atomic(struct http_shared *) shared[ASSETS_MAX];

static struct http_bytes bytes_of(const struct asset *asset, enum asset_coding coding)
{
    bool smaller = coding == ASSET_RAW || asset->len[coding] < asset->len[ASSET_RAW];
    return (struct http_bytes){asset->bytes[coding], smaller ? asset->len[coding] : 0};
}

// Made at the first request; two threads may make it at once, one of them wins.
static struct http_shared *shared_of(const struct asset *asset)
{
    size_t i = (size_t)(asset - assets);
    ensure(i < ASSETS_MAX);
    struct http_shared *have = atomic_load(&shared[i]);
    if (have != NULL) return have;
    struct http_shared *made = http_shared_new(&(struct http_shared_spec){
        .content_type = asset->type,
        .cache_control = "public, max-age=31536000, immutable",
        .plain = bytes_of(asset, ASSET_RAW),
        .gzip = bytes_of(asset, ASSET_GZIP),
        .br = bytes_of(asset, ASSET_BROTLI),
        .in_place = true,
        .headers = web_headers,
    });
    if (atomic_compare_exchange_strong(&shared[i], &have, made)) return made;
    http_shared_unref(made);
    return have;
}

static enum http_next get_static(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    const struct asset *asset = asset_find(http_path(x));
    return asset == NULL ? http_error(x, 404) : http_send_shared(x, shared_of(asset));
}

// A browser reads "//host" and "/\host" as another host.
bool path_is_local(const char *path)
{
    if (path == NULL || path[0] != '/' || path[1] == '/' || path[1] == '\\') return false;
    for (const char *p = path; *p != 0; p++)
        if ((unsigned char)*p <= 0x20 || *p == 0x7f || *p == '\\') return false;
    return true;
}

static enum http_next get_language(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    const char *code = http_param(x, "code");
    if (strcmp(code, "vi") != 0 && strcmp(code, "en") != 0) return http_error(x, 404);
    const char *back = http_query(x, "ve");
    http_set_cookie(x, &(struct http_cookie){
                           .name = "ngon-ngu",
                           .value = lang_code(lang_of(code)),
                           .max_age_s = LANGUAGE_DAYS * 86400L,
                           .secure = http_is_tls(x),
                       });
    return http_redirect(x, 303, path_is_local(back) ? back : "/");
}

const struct http_route static_routes[STATIC_ROUTES] = {
    {HTTP_GET, "/static/{name}", get_static, ROUTE_ANYONE, ROUTE_ANY_HOST, "static"},
    {HTTP_GET, "/ngon-ngu/{code}", get_language, ROUTE_ANYONE, 0, "language"},
};
