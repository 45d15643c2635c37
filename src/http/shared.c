// SPDX-License-Identifier: AGPL-3.0-or-later
// One library response per encoding, made once; the choice per request is two header look-ups.
#include "http/shared.h"

#include <sodium.h>
#include <strings.h>

#include "http/internal.h"

enum variant { VARIANT_PLAIN, VARIANT_GZIP, VARIANT_BR, VARIANT_COUNT };

struct http_shared {
    atomic_uint references;
    int status;
    bool in_place;
    struct {
        void *bytes;
        char etag[40]; // with its quotes
        struct MHD_Response *response;
    } variants[VARIANT_COUNT];
};

static const char *const encodings[VARIANT_COUNT] = {
    [VARIANT_PLAIN] = NULL, [VARIANT_GZIP] = "gzip", [VARIANT_BR] = "br"};

static void add(struct MHD_Response *response, const char *name, const char *value)
{
    ensure(MHD_add_response_header(response, name, value) == MHD_YES);
}

static void variant_make(struct http_shared *shared, const struct http_shared_spec *spec,
                         enum variant variant, struct http_bytes bytes)
{
    void *kept = (void *)(uintptr_t)bytes.bytes;
    if (!spec->in_place && bytes.len > 0) {
        kept = malloc(bytes.len);
        ensure(kept != NULL);
        memcpy(kept, bytes.bytes, bytes.len);
    }
    struct MHD_Response *response =
        MHD_create_response_from_buffer(bytes.len, kept, MHD_RESPMEM_PERSISTENT);
    ensure(response != NULL);
    add(response, "Content-Type", spec->content_type);
    add(response, "Cache-Control", spec->cache_control == NULL ? "no-cache" : spec->cache_control);
    add(response, "ETag", shared->variants[variant].etag);
    if (spec->gzip.len > 0 || spec->br.len > 0) add(response, "Vary", "Accept-Encoding");
    if (encodings[variant] != NULL) add(response, "Content-Encoding", encodings[variant]);
    for (const struct http_header *at = spec->headers; at != NULL && at->name != NULL; at++)
        if (strcasecmp(at->name, "Cache-Control") != 0) add(response, at->name, at->value);
    shared->variants[variant].bytes = kept;
    shared->variants[variant].response = response;
}

struct http_shared *http_shared_new(const struct http_shared_spec *spec)
{
    static const char suffix[VARIANT_COUNT][3] = {"", "-g", "-b"};
    struct http_shared *shared = calloc(1, sizeof(*shared));
    ensure(shared != NULL);
    atomic_init(&shared->references, 1);
    shared->status = spec->status == 0 ? 200 : spec->status;
    shared->in_place = spec->in_place;
    unsigned char digest[16];
    char hex[2 * sizeof(digest) + 1];
    crypto_generichash(digest, sizeof(digest), spec->plain.bytes, spec->plain.len, NULL, 0);
    sodium_bin2hex(hex, sizeof(hex), digest, sizeof(digest));
    const struct http_bytes all[VARIANT_COUNT] = {
        [VARIANT_PLAIN] = spec->plain, [VARIANT_GZIP] = spec->gzip, [VARIANT_BR] = spec->br};
    for (unsigned i = 0; i < VARIANT_COUNT; i++) {
        snprintf(shared->variants[i].etag, sizeof(shared->variants[i].etag), "\"%s%s\"", hex,
                 suffix[i]);
        if (i == VARIANT_PLAIN || all[i].len > 0) variant_make(shared, spec, i, all[i]);
    }
    return shared;
}

struct http_shared *http_shared_ref(struct http_shared *shared)
{
    atomic_fetch_add_explicit(&shared->references, 1, memory_order_relaxed);
    return shared;
}

void http_shared_unref(struct http_shared *shared)
{
    if (shared == NULL ||
        atomic_fetch_sub_explicit(&shared->references, 1, memory_order_acq_rel) != 1)
        return;
    for (unsigned i = 0; i < VARIANT_COUNT; i++) {
        if (shared->variants[i].response != NULL)
            MHD_destroy_response(shared->variants[i].response);
        if (!shared->in_place) free(shared->variants[i].bytes);
    }
    free(shared);
}

const char *http_shared_etag(const struct http_shared *shared)
{
    return shared->variants[VARIANT_PLAIN].etag;
}

// Whether the list names `coding` and does not say q=0 of it.
static bool accepts(const char *list, const char *coding)
{
    size_t len = strlen(coding);
    for (const char *at = list; at != NULL && *at != '\0'; at = strchr(at, ',')) {
        at += strspn(at, ", \t");
        size_t item = strcspn(at, ",");
        if (strncasecmp(at, coding, len) != 0 || strchr(",; \t", at[len]) == NULL) continue;
        const char *q = memmem(at, item, "q=0", 3);
        if (q == NULL) return true;
        // q=0, q=0.0, q=0.000 refuse; q=0.5 does not.
        size_t zeros = strspn(q + 2, "0.");
        return q + 2 + zeros < at + item && q[2 + zeros] >= '1' && q[2 + zeros] <= '9';
    }
    return false;
}

static bool names_etag(const char *list, const char *etag)
{
    return strcmp(list, "*") == 0 || strstr(list, etag) != NULL;
}

struct MHD_Response *shared_choose(const struct http_shared *shared, const struct http_exchange *x,
                                   int *ret_status)
{
    enum variant variant = VARIANT_PLAIN;
    const char *list = http_header(x, "Accept-Encoding");
    if (list != NULL && shared->variants[VARIANT_BR].response != NULL && accepts(list, "br"))
        variant = VARIANT_BR;
    else if (list != NULL && shared->variants[VARIANT_GZIP].response != NULL &&
             accepts(list, "gzip"))
        variant = VARIANT_GZIP;
    const char *known = shared->status == 200 ? http_header(x, "If-None-Match") : NULL;
    bool same = known != NULL && names_etag(known, shared->variants[variant].etag);
    *ret_status = same ? 304 : shared->status;
    return shared->variants[variant].response;
}
