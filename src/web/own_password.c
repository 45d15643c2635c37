// SPDX-License-Identifier: AGPL-3.0-or-later
// One's own password: checked, hashed, written.
#include "web/own_password.h"

#include <string.h>

#include "actions/office.h"
#include "base/log.h"
#include "base/text.h"
#include "base/tr.h"
#include "store/account.h"
#include "web/api/problem.h"
#include "web/throttle.h"

struct refusal password_fault(const char *password, const char *field)
{
    if (password == NULL || *password == 0) return REFUSE_FIELD(REFUSAL_REQUIRED, field);
    if (text_length(password) < PASSWORD_MIN)
        return REFUSE_WHY(REFUSAL_INVALID, field, N_("Mật khẩu phải có ít nhất 8 ký tự."));
    return strlen(password) > PASSWORD_MAX ? REFUSE_FIELD(REFUSAL_TOO_LONG, field) : ALLOWED;
}

static enum status find_hash(struct http_exchange *x, const char *username,
                             struct account *ret_account, enum http_next *ret_next)
{
    STORE_READ ro = NULL;
    if (!visit_read(x, &ro, ret_next)) return STATUS_BROKEN;
    enum status status =
        store_account(store_ro_sql(ro), visit_of(x)->unit, username, http_arena(x), ret_account);
    if (status == STATUS_OK) return STATUS_OK;
    log_error("own password: %s", status_name(status));
    *ret_next = http_error(x, 503);
    return status;
}

bool own_password_check(struct http_exchange *x, struct own_password *o, enum http_next *ret_next)
{
    struct visit *v = visit_of(x);
    struct account account = {0};
    const char *me = v->actor.person->username, *address = http_client_address(x);
    if (throttle_blocks(v->unit, me, address, monotonic_ms())) {
        bool api = http_route(x)->flags & ROUTE_API;
        http_set_header(x, "Retry-After", "60");
        *ret_next = api ? api_problem(x, REFUSE(REFUSAL_SLOW_DOWN)) : http_error(x, 429);
        return false;
    }
    if (find_hash(x, me, &account, ret_next) != STATUS_OK) return false;
    bool fits = password_holds(account.password_hash, o->current);
    throttle_note(v->unit, me, address, fits, monotonic_ms());
    if (!fits)
        o->refusal = REFUSE_WHY(REFUSAL_INVALID, "current", N_("Mật khẩu đang dùng không đúng."));
    else if (strcmp(o->current, o->password) == 0)
        o->refusal = REFUSE_WHY(REFUSAL_INVALID, "password",
                                N_("Mật khẩu mới phải khác mật khẩu đang dùng."));
    if (o->refusal.code != REFUSAL_NONE) return true;
    snprintf(o->verified_hash, sizeof(o->verified_hash), "%s", account.password_hash);
    if (password_hash(o->password, o->password_hash)) return true;
    *ret_next = http_error(x, 503);
    return false;
}

enum http_next own_password_write(struct http_exchange *x, struct own_password *o,
                                  void (*answer)(struct http_exchange *x, struct act *act))
{
    struct visit *v = visit_of(x);
    struct own_password_change *change = arena_new(http_arena(x), struct own_password_change);
    token_hash(&v->web->app->keys, v->unit, v->session != NULL ? v->session : "", o->session_hash);
    *change = (struct own_password_change){o->verified_hash, o->password_hash, o->session_hash};
    struct act *act = visit_act(x);
    act->run = run_own_password;
    act->extra = change;
    return visit_submit(x, act, answer);
}
