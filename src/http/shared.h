// SPDX-License-Identifier: AGPL-3.0-or-later
// A response made once and sent to many at memory speed: hot public pages, assets. Immutable,
// counted references, any thread. Never for anything that depends on who asks.
#ifndef HTTP_SHARED_H
#define HTTP_SHARED_H

#include <stddef.h>
#include "http/server.h"

struct http_shared;

struct http_bytes {
    const void *bytes;
    size_t len; // 0: this variant does not exist
};

struct http_shared_spec {
    int status; // 0: 200
    const char *content_type;
    const char
        *cache_control; // "public, max-age=31536000, immutable"; NULL: "no-cache" (asks with ETag)
    struct http_bytes plain, gzip, br; // copied, unless `in_place`
    bool in_place;                     // the bytes outlive the server (compiled into the program)
    const struct http_header
        *headers; // the rest, usually config.headers; ends with {NULL}; may be NULL
};

/// One reference, the caller's. The ETag is made of the plain bytes.
struct http_shared *http_shared_new(const struct http_shared_spec *spec);
struct http_shared *http_shared_ref(struct http_shared *shared);
void http_shared_unref(struct http_shared *shared); // accepts NULL
const char *http_shared_etag(const struct http_shared *shared);

#endif
