// SPDX-License-Identifier: AGPL-3.0-or-later
// The paths of preparing a meeting and of its door. Roles are asked by each handler; acts ask
// again.
#include "web/meeting/handlers.h"

#define DESK ROUTE_STAFF, 0

const struct http_route meeting_routes[MEETING_ROUTES] = {
    {HTTP_GET, "/lam-viec/dai-bieu/{dialogue}", get_invitees, DESK, "invitees"},
    {HTTP_POST, "/lam-viec/dai-bieu/{dialogue}", post_invitees, DESK, "invite"},
    {HTTP_POST, "/lam-viec/dai-bieu/{dialogue}/can-bo", post_invite_staff, DESK, "invite_staff"},
    {HTTP_POST, "/lam-viec/dai-bieu/{dialogue}/nguoi", post_invitee, DESK, "invitee_change"},
    {HTTP_GET, "/lam-viec/diem-danh/{dialogue}", get_door, DESK, "door"},
    {HTTP_POST, "/lam-viec/diem-danh/{dialogue}", post_door, DESK, "check_in"},
    {HTTP_POST, "/lam-viec/diem-danh/{dialogue}/khach", post_walk_in, DESK, "walk_in"},
    {HTTP_GET, "/lam-viec/chuan-bi/{dialogue}", get_prepare, DESK, "prepare"},
    {HTTP_GET, "/lam-viec/bao-cao/{dialogue}", get_reports, DESK, "reports"},
    {HTTP_POST, "/lam-viec/bao-cao/{dialogue}", post_reports, DESK, "reports_save"},
    {HTTP_POST, "/lam-viec/bao-cao/{dialogue}/giao", post_dispatch, DESK, "dispatch"},
};
