// SPDX-License-Identifier: AGPL-3.0-or-later
// Changing one's own password, shared by the API and the page: the current one is checked and the
// new one hashed on a worker; the sign-in throttle counts wrong ones.
#ifndef WEB_OWN_PASSWORD_H
#define WEB_OWN_PASSWORD_H

#include "actions/password.h"
#include "web/web.h"

struct own_password {
    const char *current, *password; // as given; the request's arena holds them
    struct refusal refusal;         // of the check: a wrong current password, the same again
    char verified_hash[PASSWORD_HASH_TEXT], password_hash[PASSWORD_HASH_TEXT];
    unsigned char session_hash[32];
};

/// Why it can't be a password: REQUIRED, INVALID (too short), TOO_LONG, about `field`.
struct refusal password_fault(const char *password, const char *field);

/// On a worker thread, for a signed-in account. False: answered already (429, 503).
bool own_password_check(struct http_exchange *x, struct own_password *o, enum http_next *ret_next);

/// After a check without refusal.
enum http_next own_password_write(struct http_exchange *x, struct own_password *o,
                                  void (*answer)(struct http_exchange *x, struct act *act));

#endif
