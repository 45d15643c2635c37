// SPDX-License-Identifier: AGPL-3.0-or-later
// The token and the origin check.
#include "http/csrf.h"

#include <sodium.h>
#include <string.h>
#include <strings.h>

#include "http/http.h"

enum { TOKEN_BYTES = (CSRF_TEXT - 1) / 2 };

void csrf_token(const struct csrf_key *key, const char *session_id, char out[CSRF_TEXT])
{
    static const char personal[] = "csrf:";
    unsigned char digest[TOKEN_BYTES];
    crypto_generichash_state state;
    crypto_generichash_init(&state, key->bytes, sizeof(key->bytes), sizeof(digest));
    crypto_generichash_update(&state, (const unsigned char *)personal, sizeof(personal) - 1);
    crypto_generichash_update(&state, (const unsigned char *)session_id, strlen(session_id));
    crypto_generichash_final(&state, digest, sizeof(digest));
    sodium_bin2hex(out, CSRF_TEXT, digest, sizeof(digest));
}

bool csrf_token_holds(const struct csrf_key *key, const char *session_id, const char *given)
{
    char expected[CSRF_TEXT];
    if (session_id == NULL || given == NULL || strlen(given) != CSRF_TEXT - 1) return false;
    csrf_token(key, session_id, expected);
    return sodium_memcmp(expected, given, CSRF_TEXT - 1) == 0;
}

// Whether "scheme://authority..." has exactly this authority. The scheme does not matter here:
// behind a front that ends TLS we do not know our own.
static bool authority_is(const char *url, const char *host)
{
    size_t scheme = 0;
    if (strncasecmp(url, "https://", 8) == 0) scheme = 8;
    if (strncasecmp(url, "http://", 7) == 0) scheme = 7;
    if (scheme == 0 || host == NULL || host[0] == '\0') return false;
    const char *authority = url + scheme;
    size_t len = strcspn(authority, "/?#");
    return len == strlen(host) && strncasecmp(authority, host, len) == 0;
}

enum csrf_origin csrf_origin_of(const char *host, const char *sec_fetch_site, const char *origin,
                                const char *referer)
{
    // Set by the browser alone and not by pages; sent over TLS and on the machine itself.
    if (sec_fetch_site != NULL && strcmp(sec_fetch_site, "same-origin") != 0 &&
        strcmp(sec_fetch_site, "none") != 0)
        return CSRF_FOREIGN;
    // "null" is what a page under Referrer-Policy no-referrer sends, and what a hostile frame
    // sends.
    if (origin != NULL && strcmp(origin, "null") == 0)
        return sec_fetch_site != NULL ? CSRF_OWN : CSRF_FOREIGN;
    if (origin != NULL) return authority_is(origin, host) ? CSRF_OWN : CSRF_FOREIGN;
    if (sec_fetch_site != NULL) return CSRF_OWN;
    if (referer != NULL) return authority_is(referer, host) ? CSRF_OWN : CSRF_FOREIGN;
    return CSRF_UNKNOWN;
}

enum csrf_origin csrf_origin_check(const struct http_exchange *x)
{
    return csrf_origin_of(http_host(x), http_header(x, "Sec-Fetch-Site"), http_header(x, "Origin"),
                          http_header(x, "Referer"));
}
