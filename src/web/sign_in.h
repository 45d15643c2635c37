// SPDX-License-Identifier: AGPL-3.0-or-later
// Signing in, shared by the API and the page: password on a worker, session in the store.
#ifndef WEB_SIGN_IN_H
#define WEB_SIGN_IN_H

#include "web/web.h"

enum { SESSION_HOURS = 12 };

struct sign_in {
    const char *username, *password;
    bool fits;
    uint32_t roles;
    char token[TOKEN_TEXT];
    unsigned char hash[32];
};

/// On a worker thread: looks the account up and checks the password. False when the store failed
/// (answer made).
bool sign_in_check(struct http_exchange *x, struct sign_in *s, enum http_next *ret_next);

/// After a fitting password: the session; `answer` finds s in act->ctx_extra.
enum http_next sign_in_begin(struct http_exchange *x, struct sign_in *s,
                             void (*answer)(struct http_exchange *x, struct act *act));

/// Ends the visitor's session, if any.
enum http_next sign_out(struct http_exchange *x,
                        void (*answer)(struct http_exchange *x, struct act *act));

#endif
