// SPDX-License-Identifier: AGPL-3.0-or-later
// The pages everybody may open: ward, dialogue, sending, following by receipt, reading. Their
// handlers and their table of routes.
#ifndef WEB_PUBLIC_HANDLERS_H
#define WEB_PUBLIC_HANDLERS_H

#include "http/http.h"
#include "http/server.h"

http_handler get_public_home, get_public_dialogue, get_public_events;
http_handler get_public_send, post_public_send, get_public_receipt;
http_handler get_public_follow, post_public_follow, post_public_follow_close,
    post_public_follow_action;
http_handler get_public_opinions, get_public_opinion;
http_handler get_public_help, get_public_privacy, get_public_access;

enum { PUBLIC_ROUTES = 15 };
extern const struct http_route public_routes[PUBLIC_ROUTES];

#endif
