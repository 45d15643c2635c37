// SPDX-License-Identifier: AGPL-3.0-or-later
// Handlers of the hall's pages, one line each in routes.c.
#ifndef WEB_HALL_HANDLERS_H
#define WEB_HALL_HANDLERS_H

#include "http/server.h"

http_handler get_screen, get_scene;
http_handler get_phone, post_phone_join, post_phone_act, post_phone_ask, post_phone_support,
    post_phone_verdict;
http_handler get_console, post_console_act, post_console_note, post_console_fact,
    post_console_outcome, post_console_relay;

enum { HALL_ROUTES = 14 };
extern const struct http_route hall_routes[HALL_ROUTES];

#endif
