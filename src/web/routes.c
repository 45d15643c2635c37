// SPDX-License-Identifier: AGPL-3.0-or-later
// Every path of the program: the API here, each area of pages in its own routes.c. A row: method,
// pattern, handler, who may come, flags, name.
#include "base/ensure.h"
#include "web/api/handlers.h"
#include "web/desks/handlers.h"
#include "web/hall/handlers.h"
#include "web/meeting/handlers.h"
#include "web/office/handlers.h"
#include "web/public/handlers.h"
#include "web/static.h"
#include "web/web.h"

enum { API_OPEN = ROUTE_API | ROUTE_NO_CSRF };

static const struct http_route api_routes[] = {
    // --- API
    {HTTP_POST, "/api/v1/sessions", post_api_session, ROUTE_ANYONE, API_OPEN, "api_session"},
    {HTTP_DELETE, "/api/v1/sessions", delete_api_session, ROUTE_STAFF, ROUTE_API,
     "api_session_end"},
    {HTTP_POST, "/api/v1/password", post_api_password, ROUTE_ANYONE, ROUTE_API, "api_password"},
    {HTTP_GET, "/api/v1/dialogues", get_api_dialogues, ROUTE_ANYONE, ROUTE_API, "api_dialogues",
     .query = "after limit"},
    {HTTP_POST, "/api/v1/dialogues", post_api_dialogue, ROUTE_ANYONE, ROUTE_API,
     "api_dialogue_create"},
    {HTTP_GET, "/api/v1/dialogues/{id}", get_api_dialogue, ROUTE_ANYONE, ROUTE_API, "api_dialogue"},
    {HTTP_POST, "/api/v1/dialogues/{id}/actions", post_api_dialogue_action, ROUTE_ANYONE, ROUTE_API,
     "api_dialogue_action"},
    {HTTP_GET, "/api/v1/dialogues/{id}/opinions", get_api_opinions, ROUTE_ANYONE, ROUTE_API,
     "api_opinions", .query = "state field khom q after limit"},
    {HTTP_POST, "/api/v1/dialogues/{id}/opinions", post_api_opinion, ROUTE_ANYONE, ROUTE_API,
     "api_opinion_submit"},
    {HTTP_GET, "/api/v1/openapi.json", get_api_openapi, ROUTE_ANYONE, ROUTE_API, "api_openapi"},
    {HTTP_GET, "/api/v1/dialogues/{id}/events", get_api_events, ROUTE_ANYONE, ROUTE_API,
     "api_events", .query = "after pulse"},
    {HTTP_GET, "/api/v1/dialogues/{id}/documents/{file}", get_document, ROUTE_ANYONE, ROUTE_API,
     "api_document", .query = "opinion edition person draft"},
    {HTTP_GET, "/api/v1/dialogues/{id}/documents", get_api_issued, ROUTE_ANYONE, ROUTE_API,
     "api_issued", .query = "after limit"},
    {HTTP_POST, "/api/v1/dialogues/{id}/documents/{file}/number", post_api_number, ROUTE_ANYONE,
     ROUTE_API, "api_number"},
    {HTTP_GET, "/doi-thoai/{id}/van-ban/{file}", get_document, ROUTE_ANYONE, 0, "document"},
    {HTTP_GET, "/api/v1/dialogues/{id}/invitees", get_api_invitees, ROUTE_ANYONE, ROUTE_API,
     "api_invitees", .query = "after limit"},
    {HTTP_POST, "/api/v1/dialogues/{id}/invitees", post_api_invitees, ROUTE_ANYONE, ROUTE_API,
     "api_invite"},
    {HTTP_GET, "/api/v1/dialogues/{id}/attendance", get_api_attendance, ROUTE_ANYONE, ROUTE_API,
     "api_attendance"},
    {HTTP_POST, "/api/v1/dialogues/{id}/attendance", post_api_attendance, ROUTE_ANYONE, ROUTE_API,
     "api_attend"},
    {HTTP_GET, "/api/v1/dialogues/{id}/indicators", get_api_indicators, ROUTE_ANYONE, ROUTE_API,
     "api_indicators"},
    {HTTP_POST, "/api/v1/dialogues/{id}/dispatches", post_api_dispatch, ROUTE_ANYONE, ROUTE_API,
     "api_dispatch"},
    {HTTP_GET, "/api/v1/opinions/{number}", get_api_opinion, ROUTE_ANYONE, ROUTE_API,
     "api_opinion"},
    {HTTP_POST, "/api/v1/opinions/{number}/actions", post_api_opinion_action, ROUTE_ANYONE,
     ROUTE_API, "api_opinion_action"},
    {HTTP_GET, "/api/v1/dialogues/{id}/hall", get_api_hall, ROUTE_ANYONE, ROUTE_API, "api_hall"},
    {HTTP_POST, "/api/v1/dialogues/{id}/hall", post_api_hall, ROUTE_ANYONE, ROUTE_API,
     "api_hall_action"},
    {HTTP_POST, "/api/v1/dialogues/{id}/tickets", post_api_ticket, ROUTE_ANYONE, API_OPEN,
     "api_ticket"},
    {HTTP_GET, "/healthz", get_healthz, ROUTE_ANYONE, ROUTE_API | ROUTE_ANY_HOST, "healthz"},
    {HTTP_GET, "/metrics", get_metrics, ROUTE_ANYONE, ROUTE_API | ROUTE_ANY_HOST, "metrics"},
};

const struct route_table web_api_routes = {api_routes, ARRAY_LEN(api_routes)};

// One line per area; the area's table is in src/web/<area>/routes.c.
static const struct route_table tables[] = {
    {api_routes, ARRAY_LEN(api_routes)}, {static_routes, STATIC_ROUTES},
    {desks_routes, DESKS_ROUTES},        {office_routes, OFFICE_ROUTES},
    {public_routes, PUBLIC_ROUTES},      {hall_routes, HALL_ROUTES},
    {meeting_routes, MEETING_ROUTES},
};

struct route_table web_routes(struct arena *arena)
{
    size_t count = 0, at = 0;
    for (size_t i = 0; i < ARRAY_LEN(tables); i++)
        count += tables[i].count;
    struct http_route *rows = arena_array(arena, struct http_route, count);
    for (size_t i = 0; i < ARRAY_LEN(tables); i++)
        for (size_t k = 0; k < tables[i].count; k++)
            rows[at++] = tables[i].rows[k];
    return (struct route_table){rows, count};
}
