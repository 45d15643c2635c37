// SPDX-License-Identifier: AGPL-3.0-or-later
// Paths of the people at work: signing in, the desks of secretary and chair, the staff page of one
// opinion, every action as a form of its own, the minutes.
#ifndef WEB_DESKS_HANDLERS_H
#define WEB_DESKS_HANDLERS_H

#include "web/web.h"

enum { DESKS_ROUTES = 15 };
extern const struct http_route desks_routes[DESKS_ROUTES];

http_handler get_sign_in, post_sign_in, post_sign_out, get_home, get_desk_events;
http_handler get_opinion_desk, get_opinion_act, post_opinion_act;
http_handler get_dialogue_act, post_dialogue_act;
http_handler get_secretary, post_intake, get_chair;
http_handler get_minutes, post_minutes;

#endif
