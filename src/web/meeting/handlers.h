// SPDX-License-Identifier: AGPL-3.0-or-later
// Paths of preparing a meeting and of its door: invitees, check-in, milestones, reports.
#ifndef WEB_MEETING_HANDLERS_H
#define WEB_MEETING_HANDLERS_H

#include "web/web.h"

enum { MEETING_ROUTES = 11 };
extern const struct http_route meeting_routes[MEETING_ROUTES];

http_handler get_invitees, post_invitees, post_invite_staff, post_invitee;
http_handler get_door, post_door, post_walk_in;
http_handler get_prepare;
http_handler get_reports, post_reports, post_dispatch;

#endif
