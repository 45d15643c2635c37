// SPDX-License-Identifier: AGPL-3.0-or-later
// Paths of the live hall: the screen, the phones, the console of chair and secretary.
#include "web/hall/handlers.h"
#include "web/web.h"

#define PHONE ROUTE_ANYONE, ROUTE_TICKET

const struct http_route hall_routes[HALL_ROUTES] = {
    {HTTP_GET, "/man-hinh/{id}", get_screen, ROUTE_ANYONE, 0, "screen"},
    {HTTP_GET, "/man-hinh/{id}/canh", get_scene, ROUTE_ANYONE, 0, "screen_scene"},
    {HTTP_GET, "/hoi-truong/{id}", get_phone, PHONE, "phone"},
    {HTTP_POST, "/hoi-truong/{id}/vao", post_phone_join, ROUTE_ANYONE, ROUTE_TICKET | ROUTE_NO_CSRF,
     "phone_join"},
    {HTTP_POST, "/hoi-truong/{id}/gui", post_phone_ask, PHONE, "phone_ask"},
    {HTTP_POST, "/hoi-truong/{id}/ung-ho/{number}", post_phone_support, PHONE, "phone_support"},
    {HTTP_POST, "/hoi-truong/{id}/y-kien/{number}/{action}", post_phone_verdict, PHONE,
     "phone_verdict"},
    {HTTP_POST, "/hoi-truong/{id}/{action}", post_phone_act, PHONE, "phone_act"},
    {HTTP_GET, "/lam-viec/hoi-truong/{id}", get_console, ROUTE_STAFF, 0, "console"},
    {HTTP_POST, "/lam-viec/hoi-truong/{id}/ghi-chu", post_console_note, ROUTE_STAFF, 0,
     "console_note"},
    {HTTP_POST, "/lam-viec/hoi-truong/{id}/cung-cap", post_console_fact, ROUTE_STAFF, 0,
     "console_fact"},
    {HTTP_POST, "/lam-viec/hoi-truong/{id}/chot/{outcome}", post_console_outcome, ROUTE_STAFF, 0,
     "console_outcome"},
    {HTTP_POST, "/lam-viec/hoi-truong/{id}/chuyen/{number}", post_console_relay, ROUTE_STAFF, 0,
     "console_relay"},
    {HTTP_POST, "/lam-viec/hoi-truong/{id}/{action}", post_console_act, ROUTE_STAFF, 0,
     "console_act"},
};
