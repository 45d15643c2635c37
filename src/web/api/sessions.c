// SPDX-License-Identifier: AGPL-3.0-or-later
// Signing in and out over the API.
#include <string.h>

#include "actions/password.h"
#include "base/day.h"
#include "store/account.h"
#include "web/api/handlers.h"
#include "web/api/input.h"
#include "web/api/problem.h"
#include "web/input.h"
#include "web/own_password.h"
#include "web/sign_in.h"
#include "web/web.h"

static void answer_sign_in(struct http_exchange *x, struct act *act)
{
    if (act->refusal.code != REFUSAL_NONE) {
        api_problem(x, act->refusal);
        return;
    }
    json_t *list = json_array();
    const struct sign_in *s = act->ctx_extra;
    for (int i = 0; i < ROLE_ACCOUNT_COUNT; i++)
        if (s->roles & WHO(i)) json_array_append_new(list, json_string(value_code(&roles, i)));
    api_json(x, 201, json_pack("{s:s, s:o}", "token", s->token, "roles", list));
}

static enum http_next check_password(struct http_exchange *x, void *arg)
{
    struct sign_in *s = arg;
    enum http_next next;
    if (!sign_in_check(x, s, &next)) return next;
    if (!s->fits)
        return api_problem(x, REFUSE_WHY(REFUSAL_UNAUTHENTICATED, NULL,
                                         "Tên đăng nhập hoặc mật khẩu không đúng."));
    return sign_in_begin(x, s, answer_sign_in);
}

enum http_next post_api_session(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    json_t *body = NULL;
    struct refusal fault = visit_of(x)->query_fault, refusal = api_read_object(x, &body);
    if (refusal.code != REFUSAL_NONE) return api_problem(x, refusal);
    struct sign_in *s = arena_new(http_arena(x), struct sign_in);
    const char *key;
    json_t *json;
    json_object_foreach(body, key,
                        json) if (strcmp(key, "username") != 0 && strcmp(key, "password") != 0)
        input_fault(&fault, REFUSAL_UNKNOWN_FIELD, arena_strdup(http_arena(x), key));
    refusal = api_text(http_arena(x), body, "username", (struct input_want){"username", false, 40},
                       &fault, &s->username);
    if (refusal.code == REFUSAL_NONE)
        refusal =
            api_text(http_arena(x), body, "password",
                     (struct input_want){"password", false, PASSWORD_MAX}, &fault, &s->password);
    json_decref(body);
    if (refusal.code == REFUSAL_NONE) refusal = fault;
    if (refusal.code == REFUSAL_NONE && (s->username == NULL || *s->username == 0))
        refusal = REFUSE_FIELD(REFUSAL_REQUIRED, "username");
    if (refusal.code == REFUSAL_NONE && (s->password == NULL || *s->password == 0))
        refusal = REFUSE_FIELD(REFUSAL_REQUIRED, "password");
    if (refusal.code != REFUSAL_NONE) return api_problem(x, refusal);
    return http_offload(x, check_password, s);
}

static void answer_gone(struct http_exchange *x, struct act *act)
{
    (void)act;
    http_status(x, 204);
}

enum http_next delete_api_session(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    const struct refusal fault = visit_of(x)->query_fault;
    return fault.code == REFUSAL_NONE ? sign_out(x, answer_gone) : api_problem(x, fault);
}

// ---- one's own password

static void answer_password(struct http_exchange *x, struct act *act)
{
    if (act->refusal.code != REFUSAL_NONE)
        api_problem(x, act->refusal);
    else
        http_status(x, 204);
}

static enum http_next check_own_password(struct http_exchange *x, void *arg)
{
    struct own_password *o = arg;
    enum http_next next;
    if (!own_password_check(x, o, &next)) return next;
    if (o->refusal.code != REFUSAL_NONE) return api_problem(x, o->refusal);
    return own_password_write(x, o, answer_password);
}

static struct refusal read_passwords(struct http_exchange *x, json_t *body, struct own_password *o)
{
    const struct {
        const char *name, **place;
    } texts[] = {{"current", &o->current}, {"password", &o->password}};
    struct refusal fault = visit_of(x)->query_fault;
    const char *key;
    json_t *json;
    json_object_foreach(body, key, json)
    {
        bool known = strcmp(key, "current") == 0 || strcmp(key, "password") == 0;
        if (!known) input_fault(&fault, REFUSAL_UNKNOWN_FIELD, arena_strdup(http_arena(x), key));
    }
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        struct refusal refusal = api_text(http_arena(x), body, texts[i].name,
                                          (struct input_want){texts[i].name, false, PASSWORD_MAX},
                                          &fault, texts[i].place);
        if (refusal.code != REFUSAL_NONE) return refusal;
    }
    if (fault.code == REFUSAL_NONE && (o->current == NULL || *o->current == 0))
        fault = REFUSE_FIELD(REFUSAL_REQUIRED, "current");
    return fault.code == REFUSAL_NONE ? password_fault(o->password, "password") : fault;
}

enum http_next post_api_password(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    json_t *body = NULL;
    struct visit *v = visit_of(x);
    struct refusal refusal = api_read_object(x, &body);
    if (refusal.code != REFUSAL_NONE) return api_problem(x, refusal);
    struct own_password *o = arena_new(http_arena(x), struct own_password);
    if (v->actor.kind == ACTOR_PUBLIC)
        refusal = REFUSE(REFUSAL_UNAUTHENTICATED);
    else if (v->actor.kind != ACTOR_ACCOUNT)
        refusal = REFUSE(REFUSAL_FORBIDDEN);
    else
        refusal = read_passwords(x, body, o);
    json_decref(body);
    if (refusal.code != REFUSAL_NONE) return api_problem(x, refusal);
    return http_offload(x, check_own_password, o);
}
