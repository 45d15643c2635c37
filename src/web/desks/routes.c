// SPDX-License-Identifier: AGPL-3.0-or-later
// The paths of the desks. The role is asked by each handler of the dialogue it is about.
#include "web/desks/handlers.h"

#define DESK ROUTE_STAFF, 0

const struct http_route desks_routes[DESKS_ROUTES] = {
    {HTTP_GET, "/lam-viec/dang-nhap", get_sign_in, ROUTE_ANYONE, 0, "sign_in"},
    {HTTP_POST, "/lam-viec/dang-nhap", post_sign_in, ROUTE_ANYONE, ROUTE_NO_CSRF, "sign_in_send"},
    {HTTP_POST, "/lam-viec/dang-xuat", post_sign_out, ROUTE_ANYONE, 0, "sign_out"},
    {HTTP_GET, "/lam-viec", get_home, DESK, "home"},
    {HTTP_GET, "/lam-viec/su-kien", get_desk_events, DESK, "desk_events"},
    {HTTP_GET, "/lam-viec/y-kien/{number}", get_opinion_desk, DESK, "opinion_desk"},
    {HTTP_GET, "/lam-viec/y-kien/{number}/{action}", get_opinion_act, DESK, "opinion_act"},
    {HTTP_POST, "/lam-viec/y-kien/{number}/{action}", post_opinion_act, DESK, "opinion_act_send"},
    {HTTP_GET, "/lam-viec/doi-thoai/{id}/{action}", get_dialogue_act, DESK, "dialogue_act"},
    {HTTP_POST, "/lam-viec/doi-thoai/{id}/{action}", post_dialogue_act, DESK, "dialogue_act_send"},
    {HTTP_GET, "/lam-viec/thu-ky/{dialogue}", get_secretary, DESK, "secretary"},
    {HTTP_POST, "/lam-viec/thu-ky/{dialogue}/tiep-nhan", post_intake, DESK, "intake"},
    {HTTP_GET, "/lam-viec/chu-tri/{dialogue}", get_chair, DESK, "chair"},
    {HTTP_GET, "/lam-viec/bien-ban/{dialogue}", get_minutes, DESK, "minutes"},
    {HTTP_POST, "/lam-viec/bien-ban/{dialogue}", post_minutes, DESK, "minutes_save", 512 * 1024},
};
