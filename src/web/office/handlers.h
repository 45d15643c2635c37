// SPDX-License-Identifier: AGPL-3.0-or-later
// Paths of the desks around the hall: specialist, office, khóm, oversight, party, archivist,
// culture, custodian, admin, and the register's page.
#ifndef WEB_OFFICE_HANDLERS_H
#define WEB_OFFICE_HANDLERS_H

#include "web/web.h"

enum { OFFICE_ROUTES = 52 };
extern const struct http_route office_routes[OFFICE_ROUTES];

http_handler get_specialist;
http_handler get_office, get_office_new, post_office_new, get_programme, post_programme;
http_handler get_rehearsal, post_rehearsal, post_rehearsal_end;
http_handler get_khom, get_khom_intake, post_khom_intake, post_khom_broadcast, get_khom_hands,
    post_khom_hand_up, post_khom_hand_down;
http_handler get_oversight, get_oversight_opinion, get_readings;
http_handler get_party, get_archivist, get_issue, post_issue, get_issued_register, get_issued_file;
http_handler get_culture, post_broadcast, post_broadcast_strike;
http_handler get_custodian, get_custodian_opinion, get_custodian_minutes, get_custodian_issued;
http_handler get_admin, get_account_new, post_account_new, get_account, post_account,
    post_account_password;
http_handler get_khoms, post_khoms, get_holidays, get_holidays_now, post_holiday,
    post_holiday_delete, get_settings, post_settings;
http_handler get_own_password, post_own_password, get_letters, post_letter;
http_handler get_register, get_register_unit;

#endif
