// SPDX-License-Identifier: AGPL-3.0-or-later
// What the web layer keeps between requests, and what it knows of each visitor. Filled by guard.c
// before any handler.
#ifndef WEB_WEB_H
#define WEB_WEB_H

#include "actions/act.h"
#include "http/csrf.h"
#include "http/http.h"
#include "http/server.h"
#include "live/hub.h"

struct web {
    struct app *app;
    struct live_hub *hub;
    struct http_server *server;
    struct http_server *tls_server; // NULL none; else staff's pages are there alone
    unsigned tls_port;              // its port, 0 none
    struct csrf_key csrf;
    int64_t unit_of_others; // whose a Host is that is no unit's; 0: nobody's, unless one is alone
    const char *hall_host;  // where its phones find it, "192.168.1.20:8080"; NULL: x's own
    struct hall_teller *teller;       // NULL: queue and clock are told at once
    struct rehearsal_host *rehearsal; // NULL: none can be begun from a page (web/rehearsal.h)
};

/// Who is there, for one request.
struct visit {
    struct web *web;
    int64_t unit, now_ms;
    const struct unit_facts *facts;
    struct caller caller;
    struct actor actor;
    const char *session; // the cookie's or bearer's token, NULL none
    bool by_cookie;      // then a change needs the CSRF token
    const char *csrf;    // for forms; NULL without a session
    bool english;
    bool no_ward;               // the Host is no unit's
    struct refusal query_fault; // the API: a name in the query that the row does not have (422); in
                                // each act's form_refusal, and instead of an answer of api_json
    const char *ticket_name;    // ACTOR_TICKET: as the phone's holder wants to be called
    bool ticket_business;       // ACTOR_TICKET: called by the name of its organisation
};

struct visit *visit_of(const struct http_exchange *x);

/// Bits of http_route.permission.
enum {
    ROUTE_ANYONE = 0,
    ROUTE_STAFF = 1 << 0, // an account is needed: 401 or the sign-in page
};
/// Bits of http_route.flags.
enum {
    ROUTE_API = 1 << 0,      // answers problems as JSON
    ROUTE_NO_CSRF = 1 << 1,  // a change without a session behind it (sign-in, a resident's opinion)
    ROUTE_TICKET = 1 << 3,   // a phone's page in the hall: its ticket goes before a receipt
    ROUTE_HOT = 1 << 2,      // kept for whoever has no session (public/hot.h); the guard may answer
    ROUTE_ANY_HOST = 1 << 4, // no unit's: visit.unit may be 0, and facts NULL
};

enum http_next web_guard(struct http_exchange *x, void *ctx);
void web_render_error(struct http_exchange *x, int status, void *ctx);
extern const char web_no_ward_advice[]; // for whom the Host leads to no unit
/// What an API client asks for in Accept-Language; Vietnamese unless it prefers English.
bool web_accepts_english(const struct http_exchange *x);

struct route_table {
    const struct http_route *rows;
    size_t count;
};
extern const struct route_table web_api_routes;
/// All areas' tables as one, in the arena, which must outlive the server.
struct route_table web_routes(struct arena *arena);

extern const struct http_header web_headers[];

/// Where people find this ward, for QR codes: "http://192.168.1.20:8080". Never the staff's own
/// TLS, whose certificate a phone would not know.
const char *web_people_url(struct http_exchange *x);

/// An act for the visitor, ready but for its run and parameters.
struct act *visit_act(struct http_exchange *x);

/// Queues the act and answers with `answer` on success or refusal; x is deferred. A phone of the
/// hall that changes too much too fast gets its refusal (slow_down) at once.
struct waiting;
enum http_next visit_submit(struct http_exchange *x, struct act *act,
                            void (*answer)(struct http_exchange *x, struct act *act));

/// A read transaction for this request, or a 503 page already made and false.
bool visit_read(struct http_exchange *x, struct store_ro **ret_ro, enum http_next *ret_next);

/// A case over one opinion for the visitor: to ask what may be seen and done. Items may be empty.
struct opinion_case visit_case(struct visit *visit, struct arena *arena, struct dialogue *dialogue,
                               struct opinion *opinion);

#endif
