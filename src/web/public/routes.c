// SPDX-License-Identifier: AGPL-3.0-or-later
// Paths of the public pages. ROUTE_HOT: the same bytes for everybody without a session, kept until
// something changes (hot.h).
#include "base/ensure.h"
#include "web/public/handlers.h"
#include "web/web.h"

const struct http_route public_routes[PUBLIC_ROUTES] = {
    {HTTP_GET, "/", get_public_home, ROUTE_ANYONE, ROUTE_HOT, "home"},
    {HTTP_GET, "/doi-thoai/{id}", get_public_dialogue, ROUTE_ANYONE, ROUTE_HOT, "dialogue"},
    {HTTP_GET, "/doi-thoai/{id}/su-kien", get_public_events, ROUTE_ANYONE, 0, "dialogue_events"},
    {HTTP_GET, "/doi-thoai/{id}/gui-y-kien", get_public_send, ROUTE_ANYONE, 0, "send"},
    {HTTP_POST, "/doi-thoai/{id}/gui-y-kien", post_public_send, ROUTE_ANYONE, ROUTE_NO_CSRF,
     "send_submit"},
    {HTTP_GET, "/doi-thoai/{id}/y-kien", get_public_opinions, ROUTE_ANYONE, 0, "opinions"},
    {HTTP_GET, "/y-kien/{number}", get_public_opinion, ROUTE_ANYONE, 0, "opinion"},
    {HTTP_GET, "/bien-nhan", get_public_receipt, ROUTE_ANYONE, 0, "receipt"},
    {HTTP_GET, "/tra-cuu", get_public_follow, ROUTE_ANYONE, 0, "follow"},
    {HTTP_POST, "/tra-cuu", post_public_follow, ROUTE_ANYONE, ROUTE_NO_CSRF, "follow_open"},
    {HTTP_POST, "/tra-cuu/dong", post_public_follow_close, ROUTE_ANYONE, ROUTE_NO_CSRF,
     "follow_close"},
    {HTTP_POST, "/tra-cuu/y-kien/{number}/{action}", post_public_follow_action, ROUTE_ANYONE, 0,
     "follow_action"},
    {HTTP_GET, "/tro-giup", get_public_help, ROUTE_ANYONE, 0, "help"},
    {HTTP_GET, "/quyen-rieng-tu", get_public_privacy, ROUTE_ANYONE, 0, "privacy"},
    {HTTP_GET, "/kha-nang-tiep-can", get_public_access, ROUTE_ANYONE, 0, "accessibility"},
};
