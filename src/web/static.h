// SPDX-License-Identifier: AGPL-3.0-or-later
// Two small things every page leans on: the embedded files, and the switch of language.
#ifndef WEB_STATIC_H
#define WEB_STATIC_H

#include "web/web.h"

/// Rows for routes.c: GET /static/{name} and GET /ngon-ngu/{code}?ve=PATH (sets the cookie
/// "ngon-ngu", goes back).
enum { STATIC_ROUTES = 2 };
extern const struct http_route static_routes[STATIC_ROUTES];

/// Whether `path` may be gone back to: a path of this host and nothing else.
bool path_is_local(const char *path);

#endif
