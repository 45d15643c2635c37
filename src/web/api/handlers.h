// SPDX-License-Identifier: AGPL-3.0-or-later
// Handlers of the API, one line each in routes.c.
#ifndef WEB_API_HANDLERS_H
#define WEB_API_HANDLERS_H

#include "http/server.h"

http_handler post_api_session, delete_api_session, post_api_password;
http_handler get_api_dialogues, post_api_dialogue, get_api_dialogue, post_api_dialogue_action;
http_handler get_api_opinions, post_api_opinion, get_api_opinion, post_api_opinion_action;
http_handler get_api_invitees, post_api_invitees, get_api_attendance, post_api_attendance,
    get_api_indicators, post_api_dispatch;
http_handler get_api_hall, post_api_hall, post_api_ticket;
http_handler get_document; // web/documents.c
http_handler post_api_number, get_api_issued;
http_handler get_api_events, get_api_openapi, get_healthz, get_metrics;

#endif
