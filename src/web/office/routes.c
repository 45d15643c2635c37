// SPDX-License-Identifier: AGPL-3.0-or-later
// The paths of the desks around the hall. The role is asked by each handler; the acts ask again.
#include "web/office/handlers.h"

#define DESK  ROUTE_STAFF, 0
#define ADMIN "/lam-viec/quan-tri"

const struct http_route office_routes[OFFICE_ROUTES] = {
    {HTTP_GET, "/lam-viec/chuyen-mon", get_specialist, DESK, "specialist"},
    {HTTP_GET, "/lam-viec/van-phong/moi", get_office_new, DESK, "dialogue_new"},
    {HTTP_POST, "/lam-viec/van-phong/moi", post_office_new, DESK, "dialogue_create"},
    {HTTP_GET, "/lam-viec/van-phong/{dialogue}", get_office, DESK, "office"},
    {HTTP_GET, "/lam-viec/van-phong/{dialogue}/chuong-trinh", get_programme, DESK, "programme"},
    {HTTP_POST, "/lam-viec/van-phong/{dialogue}/chuong-trinh", post_programme, DESK,
     "programme_save"},
    {HTTP_GET, "/lam-viec/khom", get_khom, DESK, "khom"},
    {HTTP_GET, "/lam-viec/khom/{dialogue}", get_khom_intake, DESK, "khom_intake"},
    {HTTP_POST, "/lam-viec/khom/{dialogue}", post_khom_intake, DESK, "khom_intake_send"},
    {HTTP_POST, "/lam-viec/khom/{dialogue}/tuyen-truyen", post_khom_broadcast, DESK, "khom_told"},
    {HTTP_GET, "/lam-viec/giam-sat/da-doc", get_readings, DESK, "readings"},
    {HTTP_GET, "/lam-viec/giam-sat/{dialogue}", get_oversight, DESK, "oversight"},
    {HTTP_GET, "/lam-viec/giam-sat/{dialogue}/y-kien/{number}", get_oversight_opinion, DESK,
     "oversight_opinion"},
    {HTTP_GET, "/lam-viec/dang-uy/{dialogue}", get_party, DESK, "party"},
    {HTTP_GET, "/lam-viec/van-thu", get_archivist, DESK, "archivist"},
    {HTTP_GET, "/lam-viec/van-hoa/{dialogue}", get_culture, DESK, "culture"},
    {HTTP_POST, "/lam-viec/van-hoa/{dialogue}/phat-thanh", post_broadcast, DESK, "broadcast"},
    {HTTP_POST, "/lam-viec/van-hoa/{dialogue}/phat-thanh/{line}/gach", post_broadcast_strike, DESK,
     "broadcast_strike"},
    {HTTP_GET, "/lam-viec/niem-phong", get_custodian, DESK, "custodian"},
    {HTTP_GET, "/lam-viec/niem-phong/{number}", get_custodian_opinion, DESK, "sealed"},
    {HTTP_GET, ADMIN, get_admin, DESK, "admin"},
    {HTTP_GET, ADMIN "/tai-khoan/moi", get_account_new, DESK, "account_new"},
    {HTTP_POST, ADMIN "/tai-khoan/moi", post_account_new, DESK, "account_create"},
    {HTTP_GET, ADMIN "/tai-khoan/{username}", get_account, DESK, "account"},
    {HTTP_POST, ADMIN "/tai-khoan/{username}", post_account, DESK, "account_save"},
    {HTTP_POST, ADMIN "/tai-khoan/{username}/mat-khau", post_account_password, DESK,
     "account_password"},
    {HTTP_GET, ADMIN "/khom", get_khoms, DESK, "khoms"},
    {HTTP_POST, ADMIN "/khom", post_khoms, DESK, "khoms_save"},
    {HTTP_GET, ADMIN "/ngay-nghi", get_holidays_now, DESK, "holidays_now"},
    {HTTP_GET, ADMIN "/ngay-nghi/{year}", get_holidays, DESK, "holidays"},
    {HTTP_POST, ADMIN "/ngay-nghi/{year}", post_holiday, DESK, "holiday_save"},
    {HTTP_POST, ADMIN "/ngay-nghi/{year}/{day}/bo", post_holiday_delete, DESK, "holiday_delete"},
    {HTTP_GET, ADMIN "/cai-dat", get_settings, DESK, "settings"},
    {HTTP_POST, ADMIN "/cai-dat", post_settings, DESK, "settings_save"},
    {HTTP_GET, "/lam-viec/so", get_register_unit, DESK, "register_unit"},
    {HTTP_GET, "/lam-viec/so/{dialogue}", get_register, DESK, "register"},
};
