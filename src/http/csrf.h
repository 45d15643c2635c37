// SPDX-License-Identifier: AGPL-3.0-or-later
// Whether a change comes from our own page: a token bound to the session, and what the browser says
// of the request's origin. Both must hold; the guard asks both. Never logs or stores a token.
#ifndef HTTP_CSRF_H
#define HTTP_CSRF_H

#include <stdbool.h>

struct http_exchange;

enum { CSRF_KEY_BYTES = 32, CSRF_TEXT = 65 };

struct csrf_key {
    unsigned char bytes[CSRF_KEY_BYTES];
};

/// Keyed BLAKE2b of the session id, in hex. The same for a session's whole life; before sign-in use
/// the id of the anonymous cookie.
void csrf_token(const struct csrf_key *key, const char *session_id, char out[CSRF_TEXT]);

/// In constant time; NULL or any other length is false.
bool csrf_token_holds(const struct csrf_key *key, const char *session_id, const char *given);

enum csrf_origin {
    CSRF_OWN,     // Sec-Fetch-Site same-origin or none, or Origin (else Referer) is our Host
    CSRF_UNKNOWN, // none of the three headers: an API client or an old browser; the token must
                  // decide
    CSRF_FOREIGN, // refuse
};

/// Our own pages must be sent with Referrer-Policy same-origin: under no-referrer a browser on
/// plain http says `Origin: null`, which is foreign here.
///
/// What the headers say; every argument may be NULL. `host` is the Host header.
enum csrf_origin csrf_origin_of(const char *host, const char *sec_fetch_site, const char *origin,
                                const char *referer);
enum csrf_origin csrf_origin_check(const struct http_exchange *x);

#endif
