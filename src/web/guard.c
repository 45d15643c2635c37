// SPDX-License-Identifier: AGPL-3.0-or-later
// Before any handler: which unit, who is there, may a change come from there. Never renders a page
// of its own.
#include "web/web.h"

#include <string.h>

#include "actions/hall.h"
#include "base/log.h"
#include "base/text.h"
#include "domain/host.h"
#include "store/account.h"
#include "store/opinion_list.h"
#include "web/api/problem.h"
#include "web/pace.h"
#include "web/public/hot.h"

const struct http_header web_headers[] = {
    {"Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; font-src "
                                "'self'; connect-src 'self'; manifest-src 'self'; "
                                "worker-src 'self'; form-action 'self'; img-src 'self' data:; "
                                "base-uri 'none'; frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Permissions-Policy", "geolocation=(), microphone=(), interest-cohort=()"},
    {NULL, NULL},
};

struct visit *visit_of(const struct http_exchange *x)
{
    return http_data(x);
}

static bool is_api(const struct http_exchange *x)
{
    const struct http_route *route = http_route(x);
    return route != NULL && (route->flags & ROUTE_API);
}

static enum http_next refuse(struct http_exchange *x, enum refusal_code code)
{
    struct refusal refusal = REFUSE(code);
    if (visit_of(x)->no_ward) refusal.detail = web_no_ward_advice;
    if (is_api(x)) return api_problem(x, refusal);
    return http_error(x, refusal_rows[code].http_status);
}

// ---- two servers in one process

/// The host that was asked for, without its port.
static const char *host_alone(struct http_exchange *x)
{
    const char *host = http_host(x);
    size_t len = *host == '[' ? strcspn(host, "]") + 1 : strcspn(host, ":");
    bool plain =
        strspn(host, "[]:.-_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") ==
        strlen(host);
    return plain && len <= strlen(host) ? arena_strndup(http_arena(x), host, len) : "";
}

const char *web_people_url(struct http_exchange *x)
{
    const struct web *web = visit_of(x)->web;
    struct arena *arena = http_arena(x);
    bool by_address = visit_of(x)->unit == web->unit_of_others;
    if (web->hall_host != NULL && by_address)
        return arena_printf(arena, "http://%s", web->hall_host);
    if (web->tls_port != 0 && http_is_tls(x) && web->server != NULL)
        return arena_printf(arena, "http://%s:%u", host_alone(x), http_server_port(web->server));
    return arena_printf(arena, "%s://%s", http_is_tls(x) ? "https" : "http", http_host(x));
}

/// A password or a session of the staff does not go over the hall's air in the clear. Programs that
/// use the API choose their address themselves.
static bool belongs_to_tls(struct http_exchange *x, const struct web *web)
{
    const struct http_route *route = http_route(x);
    if (web->tls_port == 0 || http_is_tls(x) || (route->flags & ROUTE_API)) return false;
    return (route->permission & ROUTE_STAFF) || strncmp(http_path(x), "/lam-viec", 9) == 0;
}

static enum http_next send_to_tls(struct http_exchange *x, const struct web *web)
{
    const char *host = host_alone(x), *target = http_target(x);
    if (*host == 0) return http_error(x, 400);
    if (http_method(x) != HTTP_GET || target[0] != '/') target = "/lam-viec";
    http_status(x, 303);
    http_set_header(x, "Cache-Control", "no-store");
    http_set_header(x, "Location",
                    arena_printf(http_arena(x), "https://%s:%u%s", host, web->tls_port, target));
    return HTTP_DONE;
}

bool web_accepts_english(const struct http_exchange *x)
{
    const char *accept = http_header(x, "Accept-Language");
    if (accept == NULL) return false;
    const char *vi = strstr(accept, "vi"), *en = strstr(accept, "en");
    return en != NULL && (vi == NULL || en < vi);
}

/// Pages are Vietnamese until the visitor chooses English: many a phone here is set to English by
/// its shop. An API client says what it wants.
static bool wants_english(const struct http_exchange *x, const char *cookie)
{
    if (cookie != NULL) return strcmp(cookie, "en") == 0;
    return is_api(x) && web_accepts_english(x);
}

// ---- which ward

/// NOT_FOUND: nobody's here.
static enum status find_unit(const struct http_exchange *x, struct visit *v, struct sql *sql)
{
    char host[HOST_TEXT] = "";
    (void)host_name(http_host(x), host); // an IPv6 address is no ward's name
    enum status status = store_unit_of_host(sql, host, &v->unit);
    if (status != STATUS_NOT_FOUND || v->web->unit_of_others == 0) return status;
    v->unit = v->web->unit_of_others;
    return STATUS_OK;
}

static enum http_next without_ward(struct http_exchange *x, struct visit *v)
{
    v->no_ward = true;
    if (http_route(x)->flags & ROUTE_ANY_HOST) return HTTP_CONTINUE;
    return refuse(x, REFUSAL_NOT_FOUND);
}

// ---- the query of the API

static bool is_named(const char *names, const char *name)
{
    size_t len = strcspn(name, " ");
    if (len == 0 || name[len] != 0) return false;
    for (const char *at = names; at != NULL; at = strchr(at, ' ')) {
        at += *at == ' ';
        if (strncmp(at, name, len) == 0 && (at[len] == ' ' || at[len] == 0)) return true;
    }
    return false;
}

/// What cannot be read or says two things is refused at once (400); a name that the row does not
/// have is told after who asks and what they may see (422).
static struct refusal check_query(struct http_exchange *x, struct visit *v)
{
    struct arena *arena = http_arena(x);
    const char *names = http_route(x)->query, *text;
    for (const struct form_field *f = http_query_form(x)->first; f != NULL; f = f->next) {
        if (!text_is_utf8(f->name, strlen(f->name))) return REFUSE(REFUSAL_BAD_ENCODING);
        enum text_fault fault = text_clean(arena, f->value, f->len, TEXT_ONE_LINE, SIZE_MAX, &text);
        if (fault != TEXT_OK) return REFUSE_FIELD(REFUSAL_BAD_ENCODING, f->name);
        if (form_again(f) != NULL) return REFUSE_FIELD(REFUSAL_DUPLICATE_KEY, f->name);
        if (!is_named(names, f->name) && v->query_fault.code == REFUSAL_NONE)
            v->query_fault = REFUSE_FIELD(REFUSAL_UNKNOWN_FIELD, f->name);
    }
    return ALLOWED;
}

static const char *bearer(const struct http_exchange *x, const char *scheme)
{
    const char *header = http_header(x, "Authorization");
    size_t len = strlen(scheme);
    if (header == NULL || strncasecmp(header, scheme, len) != 0 || header[len] != ' ') return NULL;
    const char *value = header + len;
    while (*value == ' ')
        value++;
    return *value == 0 ? NULL : value;
}

static enum status find_session(struct http_exchange *x, struct visit *v, struct sql *sql)
{
    unsigned char hash[TOKEN_HASH_BYTES];
    const char *username = NULL;
    token_hash(&v->web->app->keys, v->unit, v->session, hash);
    enum status status =
        store_session_user(sql, v->unit, hash, v->now_ms, http_arena(x), &username);
    if (status == STATUS_NOT_FOUND) return STATUS_OK;
    if (status != STATUS_OK) return status;
    const struct person *person = people_find(&v->facts->people, username);
    if (person == NULL || !person->active) return STATUS_OK;
    v->caller = (struct caller){.kind = ACTOR_ACCOUNT, .username = person->username};
    v->actor = (struct actor){.kind = ACTOR_ACCOUNT, .person = person};
    return STATUS_OK;
}

static void use_receipt(struct visit *v, const char *digits)
{
    v->caller.kind = v->actor.kind = ACTOR_AUTHOR;
    receipt_hash(&v->web->app->keys, v->unit, digits, v->caller.receipt_hash);
    v->actor.receipt_hash = v->caller.receipt_hash;
}

/// A receipt that was replaced opens nothing any more (contract.md, reissue_receipt).
static enum status receipt_opens(struct http_exchange *x, const struct visit *v, struct sql *sql,
                                 bool *ret_opens)
{
    struct opinion_rows rows = {0};
    enum status status =
        store_opinions_of_receipt(sql, v->unit, v->actor.receipt_hash, http_arena(x), &rows);
    *ret_opens = rows.count > 0;
    return status;
}

static enum status use_ticket(struct http_exchange *x, struct visit *v, struct sql *sql,
                              const char *token)
{
    unsigned char hash[TICKET_HASH_BYTES];
    struct hall_ticket ticket;
    hall_ticket_hash(v->web->app, v->unit, token, hash);
    enum status status = store_ticket_find(sql, v->unit, hash, http_arena(x), &ticket);
    if (status != STATUS_OK) return status == STATUS_NOT_FOUND ? STATUS_OK : status;
    v->caller = (struct caller){
        .kind = ACTOR_TICKET, .ticket = ticket.ticket, .ticket_dialogue = ticket.dialogue};
    v->actor = (struct actor){
        .kind = ACTOR_TICKET, .ticket = ticket.ticket, .ticket_dialogue = ticket.dialogue};
    v->ticket_business = ticket.author_type == AUTHOR_BUSINESS;
    v->ticket_name = v->ticket_business ? ticket.organisation : ticket.name;
    return STATUS_OK;
}

/// Authorization: Ticket, or on the hall's own pages the phone's cookie.
static enum status find_ticket(struct http_exchange *x, struct visit *v, struct sql *sql,
                               bool *ret_bad)
{
    const char *given = bearer(x, "Ticket"), *kept = NULL;
    if (given == NULL && (http_route(x)->flags & ROUTE_TICKET)) kept = http_cookie(x, "ve");
    if (given == NULL && kept == NULL) return STATUS_OK;
    enum status status = use_ticket(x, v, sql, given != NULL ? given : kept);
    *ret_bad = given != NULL && v->actor.kind != ACTOR_TICKET;
    if (status != STATUS_OK || v->actor.kind != ACTOR_TICKET || kept == NULL) return status;
    v->session = kept;
    v->by_cookie = true;
    char *csrf = arena_alloc(http_arena(x), CSRF_TEXT);
    csrf_token(&v->web->csrf, v->session, csrf);
    v->csrf = csrf;
    return STATUS_OK;
}

/// Credentials in their order: Authorization, then the session cookie, then the author's receipt
/// cookie.
static enum status find_visitor(struct http_exchange *x, struct visit *v, struct sql *sql,
                                bool *ret_bad)
{
    const char *token = bearer(x, "Bearer"), *receipt = bearer(x, "Receipt");
    char digits[RECEIPT_SIZE];
    if (receipt != NULL) {
        *ret_bad = receipt_parse(receipt, digits) != RECEIPT_OK;
        if (*ret_bad) return STATUS_OK;
        use_receipt(v, digits);
        bool opens = false;
        enum status status = receipt_opens(x, v, sql, &opens);
        *ret_bad = !opens;
        return status;
    }
    enum status ticket = find_ticket(x, v, sql, ret_bad);
    if (ticket != STATUS_OK || *ret_bad || v->actor.kind == ACTOR_TICKET) return ticket;
    v->session = token;
    if (token == NULL) {
        v->session = http_cookie(x, "__Host-phien");
        if (v->session == NULL && !http_is_tls(x)) v->session = http_cookie(x, "phien");
        v->by_cookie = v->session != NULL;
    }
    if (v->session != NULL) {
        enum status status = find_session(x, v, sql);
        if (status != STATUS_OK) return status;
    }
    if (token != NULL) *ret_bad = v->actor.kind == ACTOR_PUBLIC;
    const char *kept =
        v->actor.kind == ACTOR_PUBLIC && token == NULL ? http_cookie(x, "bien-nhan") : NULL;
    if (kept != NULL && receipt_parse(kept, digits) == RECEIPT_OK) {
        use_receipt(v, digits);
        v->session = kept;
        v->by_cookie = true;
    }
    if (v->by_cookie && v->session != NULL) {
        char *csrf = arena_alloc(http_arena(x), CSRF_TEXT);
        csrf_token(&v->web->csrf, v->session, csrf);
        v->csrf = csrf;
    }
    return STATUS_OK;
}

/// A page's form is sent from our own pages alone, also by whoever is nobody yet: signing in or
/// joining a hall under another's name is a change too. The API without a cookie is anybody's tool.
static bool change_is_ours(struct http_exchange *x, const struct visit *v)
{
    if (http_method(x) == HTTP_GET || (is_api(x) && !v->by_cookie)) return true;
    if (csrf_origin_check(x) == CSRF_FOREIGN) return false;
    if (!v->by_cookie || http_route(x)->flags & ROUTE_NO_CSRF) return true;
    const char *given = http_header(x, "X-CSRF-Token");
    const struct form *form = NULL;
    if (given == NULL && http_form(x, &form) == FORM_OK) given = form_value(form, "csrf");
    return csrf_token_holds(&v->web->csrf, v->session, given);
}

/// A page's form that cannot be taken apart at all: the status that says so, else 0.
static int form_unread(struct http_exchange *x)
{
    size_t len;
    const struct form *form = NULL;
    http_body(x, &len);
    if (is_api(x) || len == 0) return 0;
    switch (http_form(x, &form)) {
    case FORM_OK:
        return 0;
    case FORM_WRONG_TYPE:
        return 415;
    case FORM_BAD_ESCAPE:
    case FORM_MALFORMED:
    case FORM_TOO_MANY:
    case FORM_TOO_LONG:
        break;
    }
    return 400;
}

enum http_next web_guard(struct http_exchange *x, void *ctx)
{
    struct web *web = ctx;
    struct visit *v = arena_new(http_arena(x), struct visit);
    v->web = web;
    v->now_ms = clock_now_ms(&web->app->clock);
    v->english = wants_english(x, http_cookie(x, "ngon-ngu"));
    http_set_data(x, v);
    if (belongs_to_tls(x, web)) return send_to_tls(x, web);
    if (is_api(x)) {
        struct refusal query = check_query(x, v);
        if (query.code != REFUSAL_NONE) return api_problem(x, query);
    }
    const int unread = form_unread(x);
    if (unread != 0) return http_error(x, unread);
    enum http_next kept;
    if ((http_route(x)->flags & ROUTE_HOT) &&
        hot_answer(x, web, v->english ? LANG_EN : LANG_VI, &kept))
        return kept;
    bool bad = false;
    {
        STORE_READ ro = NULL;
        enum status status = store_read_begin(web->app->store, &ro);
        struct unit_head head = {0};
        struct sql *sql = status == STATUS_OK ? store_ro_sql(ro) : NULL;
        if (status == STATUS_OK) status = find_unit(x, v, sql);
        if (status == STATUS_NOT_FOUND) return without_ward(x, v);
        if (status == STATUS_OK) status = store_head_read(sql, v->unit, &head);
        if (status == STATUS_OK) status = app_facts(web->app, sql, v->unit, head.config, &v->facts);
        if (status == STATUS_OK) status = find_visitor(x, v, sql, &bad);
        if (status != STATUS_OK) {
            log_error("guard: %s", status_name(status));
            return http_error(x, 503);
        }
    }
    if (bad) return refuse(x, REFUSAL_UNAUTHENTICATED);
    if (!change_is_ours(x, v)) return refuse(x, REFUSAL_FORBIDDEN);
    if ((http_route(x)->permission & ROUTE_STAFF) && v->actor.kind != ACTOR_ACCOUNT) {
        if (is_api(x)) return refuse(x, REFUSAL_UNAUTHENTICATED);
        if (http_method(x) == HTTP_GET) return http_redirect(x, 303, "/lam-viec/dang-nhap");
        return http_error(x, 401);
    }
    return HTTP_CONTINUE;
}

// ---- help for handlers

struct act *visit_act(struct http_exchange *x)
{
    struct visit *v = visit_of(x);
    struct act *act = act_new(v->web->app, v->unit);
    act->form_refusal = v->query_fault;
    act->caller = v->caller; // borrows from facts and the request's arena: both outlive the act
    return act;
}

struct waiting {
    struct http_exchange *x;
    void (*answer)(struct http_exchange *x, struct act *act);
};

static void act_over(struct act *act, enum status status)
{
    struct waiting *waiting = act->ctx;
    struct http_exchange *x = waiting->x;
    if (status == STATUS_OK) {
        waiting->answer(x, act);
    } else {
        log_error("%s: %s", http_route(x)->name, status_name(status));
        http_set_header(x, "Retry-After", "2");
        http_error(x, status == STATUS_FULL ? 507 : 503);
    }
    act_free(act);
    http_finish(x);
}

enum http_next visit_submit(struct http_exchange *x, struct act *act,
                            void (*answer)(struct http_exchange *x, struct act *act))
{
    int64_t wait_s;
    struct refusal fast = pace_ticket(x, &wait_s);
    if (fast.code != REFUSAL_NONE) {
        act->refusal = fast;
        answer(x, act);
        pace_tell(x, wait_s);
        return act_free(act), HTTP_DONE;
    }
    struct waiting *waiting = arena_new(http_arena(x), struct waiting);
    *waiting = (struct waiting){x, answer};
    act->ctx = waiting;
    act->done = act_over;
    enum http_next next = http_defer(x);
    act_submit(act);
    return next;
}

bool visit_read(struct http_exchange *x, struct store_ro **ret_ro, enum http_next *ret_next)
{
    enum status status = store_read_begin(visit_of(x)->web->app->store, ret_ro);
    if (status == STATUS_OK) return true;
    log_error("%s: %s", http_route(x)->name, status_name(status));
    *ret_next = http_error(x, 503);
    return false;
}

struct opinion_case visit_case(struct visit *v, struct arena *arena, struct dialogue *dialogue,
                               struct opinion *opinion)
{
    static const struct params none;
    return (struct opinion_case){
        .arena = arena,
        .now_ms = v->now_ms,
        .today = instant_day(v->now_ms),
        .calendar = &v->facts->calendar,
        .people = &v->facts->people,
        .dialogue = dialogue,
        .actor = &v->actor,
        .params = &none,
        .opinion = opinion,
    };
}
