// SPDX-License-Identifier: AGPL-3.0-or-later
// What the sign-in page shows.
#ifndef WEB_DESKS_SESSION_H
#define WEB_DESKS_SESSION_H

#include "web/layout/parts.h"

struct sign_in_view {
    struct field_view fields[2];
    struct form_view form;
};

#endif
