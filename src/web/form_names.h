// SPDX-License-Identifier: AGPL-3.0-or-later
// Which fields a form may send. Says only what is wrong with the names; values are form_input.h's.
#ifndef WEB_FORM_NAMES_H
#define WEB_FORM_NAMES_H

#include "domain/param.h"
#include "domain/refusal.h"
#include "http/http.h"

struct form_names {
    const struct param_use *uses; // an action's parameters; lists and parts may come again
    int count;
    const char *others; // further names, by blanks, a star after those that may come again; or NULL
    bool of_action;     // on_behalf, if_version and proof_* too; csrf, key and back always
};

/// The first field that is unknown, or comes twice where it may come once. The refusal's texts are
/// in the visitor's language and live as long as x.
struct refusal form_names_fault(struct http_exchange *x, const struct form_names *names);

#endif
