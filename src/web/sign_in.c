// SPDX-License-Identifier: AGPL-3.0-or-later
// Password, token, session.
#include "web/sign_in.h"

#include <sodium.h>
#include <string.h>

#include "actions/password.h"
#include "base/log.h"
#include "store/account.h"
#include "web/api/problem.h"
#include "web/throttle.h"

bool sign_in_check(struct http_exchange *x, struct sign_in *s, enum http_next *ret_next)
{
    struct visit *v = visit_of(x);
    struct account account = {0};
    const char *address = http_client_address(x);
    if (throttle_blocks(v->unit, s->username, address, monotonic_ms())) {
        bool api = http_route(x)->flags & ROUTE_API;
        http_set_header(x, "Retry-After", "60");
        *ret_next = api ? api_problem(x, REFUSE(REFUSAL_SLOW_DOWN)) : http_error(x, 429);
        return false;
    }
    {
        STORE_READ ro = NULL;
        if (!visit_read(x, &ro, ret_next)) return false;
        enum status status =
            store_account(store_ro_sql(ro), v->unit, s->username, http_arena(x), &account);
        if (status != STATUS_OK && status != STATUS_NOT_FOUND) {
            log_error("sign in: %s", status_name(status));
            *ret_next = http_error(x, 503);
            return false;
        }
    }
    bool fits = password_holds(account.person.active ? account.password_hash : NULL, s->password);
    s->fits = fits && account.person.active;
    s->roles = account.person.roles;
    throttle_note(v->unit, s->username, address, s->fits, monotonic_ms());
    return true;
}

enum http_next sign_in_begin(struct http_exchange *x, struct sign_in *s,
                             void (*answer)(struct http_exchange *x, struct act *act))
{
    struct visit *v = visit_of(x);
    token_make(s->token);
    token_hash(&v->web->app->keys, v->unit, s->token, s->hash);
    struct act *act = visit_act(x);
    act->run = run_session_create;
    act->caller = (struct caller){.kind = ACTOR_ACCOUNT, .username = s->username};
    act->extra = s->hash;
    act->ctx_extra = s;
    act->target = v->now_ms + SESSION_HOURS * HOUR_MS;
    return visit_submit(x, act, answer);
}

enum http_next sign_out(struct http_exchange *x,
                        void (*answer)(struct http_exchange *x, struct act *act))
{
    struct visit *v = visit_of(x);
    struct act *act = visit_act(x);
    unsigned char *hash = arena_alloc(http_arena(x), 32);
    token_hash(&v->web->app->keys, v->unit, v->session != NULL ? v->session : "", hash);
    act->run = run_session_delete;
    act->extra = hash;
    return visit_submit(x, act, answer);
}
