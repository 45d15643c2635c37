// SPDX-License-Identifier: AGPL-3.0-or-later
// Dialogues over the API: list, one, create, act; and their event stream.
#include <string.h>

#include "http/stream.h"
#include "store/dialogue.h"
#include "web/api/handlers.h"
#include "web/api/input.h"
#include "web/api/problem.h"
#include "web/api/view.h"
#include "web/events.h"
#include "web/read.h"
#include "web/web.h"

static void answer_dialogue(struct http_exchange *x, struct act *act)
{
    if (act->refusal.code != REFUSAL_NONE) {
        api_problem(x, act->refusal);
        return;
    }
    bool created = act->run == run_dialogue_create;
    api_json(x, created ? 201 : 200,
             json_pack("{s:I, s:s, s:I, s:I}", "id", (json_int_t)act->answer.id, "state",
                       value_code(&dialogue_states, act->answer.state), "version",
                       (json_int_t)act->answer.version, "entry", (json_int_t)act->answer.entry));
}

static enum http_next submit(struct http_exchange *x, json_t *body, struct act *act,
                             const struct param_use *uses, int count)
{
    struct refusal refusal = api_read_idempotency(x, act);
    if (refusal.code == REFUSAL_NONE) refusal = api_read_action(body, act, uses, count);
    json_decref(body);
    if (refusal.code == REFUSAL_NONE) return visit_submit(x, act, answer_dialogue);
    act_free(act);
    return api_problem(x, refusal);
}

enum http_next post_api_dialogue(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    json_t *body = NULL;
    struct refusal refusal = api_read_object(x, &body);
    if (refusal.code != REFUSAL_NONE) return api_problem(x, refusal);
    static const struct param_use uses[] = {
        {PARAM_TITLE, true}, {PARAM_YEAR, true},  {PARAM_PROFILE, true},   {PARAM_PLANNED, true},
        {PARAM_PLACE, true}, {PARAM_SEATS, true}, {PARAM_COPY_FROM, false}};
    struct act *act = visit_act(x);
    act->run = run_dialogue_create;
    return submit(x, body, act, uses, (int)ARRAY_LEN(uses));
}

enum http_next api_refuse_action(struct http_exchange *x, int64_t id, struct refusal refusal)
{
    STORE_READ ro = NULL;
    enum http_next next;
    struct dialogue d;
    struct visit *v = visit_of(x);
    if (refusal_rows[refusal.code].http_status != 422) return api_problem(x, refusal);
    if (v->actor.kind == ACTOR_PUBLIC) return api_problem(x, REFUSE(REFUSAL_UNAUTHENTICATED));
    if (!visit_read(x, &ro, &next)) return next;
    enum status status = store_dialogue_load(store_ro_sql(ro), v->unit, id, http_arena(x), &d);
    if (status == STATUS_NOT_FOUND || (status == STATUS_OK && !dialogue_visible(&d, &v->actor)))
        return api_problem(x, REFUSE(REFUSAL_NOT_FOUND));
    return status == STATUS_OK ? api_problem(x, refusal) : http_error(x, 503);
}

enum http_next post_api_dialogue_action(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    json_t *body = NULL;
    const char *name = NULL;
    int64_t id;
    if (!read_id(http_param(x, "id"), &id)) return api_problem(x, REFUSE(REFUSAL_NOT_FOUND));
    struct refusal refusal = api_read_object(x, &body);
    if (refusal.code == REFUSAL_NONE) refusal = api_action_name(body, &name);
    int action = refusal.code == REFUSAL_NONE ? dialogue_action_parse(name) : -1;
    if (refusal.code == REFUSAL_NONE && action < 0)
        refusal = REFUSE_FIELD(REFUSAL_INVALID, "action");
    if (refusal.code != REFUSAL_NONE) {
        json_decref(body);
        return api_refuse_action(x, id, refusal);
    }
    struct act *act = visit_act(x);
    act->run = run_dialogue_action;
    act->action = action;
    act->target = id;
    return submit(x, body, act, dialogue_rules[action].params, dialogue_rules[action].param_count);
}

enum http_next get_api_dialogue(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    STORE_READ ro = NULL;
    enum http_next next;
    int64_t id;
    struct dialogue d;
    struct visit *v = visit_of(x);
    if (!read_id(http_param(x, "id"), &id)) return api_problem(x, REFUSE(REFUSAL_NOT_FOUND));
    if (!visit_read(x, &ro, &next)) return next;
    enum status status = store_dialogue_load(store_ro_sql(ro), v->unit, id, http_arena(x), &d);
    if (status == STATUS_NOT_FOUND || (status == STATUS_OK && !dialogue_visible(&d, &v->actor)))
        return api_problem(x, REFUSE(REFUSAL_NOT_FOUND));
    struct agenda agenda = {0};
    if (status == STATUS_OK)
        status = store_agenda(store_ro_sql(ro), v->unit, id, http_arena(x), &agenda);
    if (status == STATUS_OK) status = store_dialogue_count_open(store_ro_sql(ro), v->unit, &d);
    if (status != STATUS_OK) return http_error(x, 503);
    json_t *o = api_dialogue(v, &d, true), *steps = json_array();
    static const char *const sides[AGENDA_COUNT] = {"authority", "people", "both"};
    for (int i = 0; i < agenda.count; i++) {
        const struct agenda_item *a = &agenda.rows[i];
        json_array_append_new(steps, json_pack("{s:i, s:s, s:s, s:i, s:s}", "step", a->step,
                                               "title", a->title, "owner", a->owner, "minutes",
                                               a->minutes, "side", sides[a->side]));
    }
    json_object_set_new(o, "programme", steps);
    return api_json(x, 200, o);
}

enum http_next get_api_dialogues(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    STORE_READ ro = NULL;
    enum http_next next;
    struct visit *v = visit_of(x);
    int64_t after = 0, limit = 50;
    const char *given_after = http_query(x, "after"), *given_limit = http_query(x, "limit");
    if (given_after != NULL && !read_id(given_after, &after))
        return api_problem(x, REFUSE_FIELD(REFUSAL_INVALID, "after"));
    if (given_limit != NULL && (!read_id(given_limit, &limit) || limit > 200))
        return api_problem(x, REFUSE_FIELD(REFUSAL_INVALID, "limit"));
    if (!visit_read(x, &ro, &next)) return next;
    struct dialogue_list list;
    enum status status =
        store_dialogue_list(store_ro_sql(ro), v->unit, after, (int)limit + 1, http_arena(x), &list);
    if (status != STATUS_OK) return http_error(x, 503);
    json_t *items = json_array(), *after_json = json_null();
    for (int i = 0; i < list.count && i < limit; i++) {
        struct dialogue d = list.rows[i];
        if (dialogue_visible(&d, &v->actor))
            json_array_append_new(items, api_dialogue(v, &d, false));
    }
    if (list.count > limit) after_json = json_sprintf("%lld", (long long)list.rows[limit - 1].id);
    return api_json(x, 200, json_pack("{s:o, s:o}", "items", items, "next", after_json));
}

enum http_next get_api_events(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    int64_t id;
    struct visit *v = visit_of(x);
    struct dialogue d;
    if (!read_id(http_param(x, "id"), &id)) return api_problem(x, REFUSE(REFUSAL_NOT_FOUND));
    {
        STORE_READ ro = NULL;
        enum http_next next;
        if (!visit_read(x, &ro, &next)) return next;
        enum status status = store_dialogue_load(store_ro_sql(ro), v->unit, id, http_arena(x), &d);
        if (status == STATUS_NOT_FOUND || (status == STATUS_OK && !dialogue_visible(&d, &v->actor)))
            return api_problem(x, REFUSE(REFUSAL_NOT_FOUND));
        if (status != STATUS_OK) return http_error(x, 503);
    }
    if (v->query_fault.code != REFUSAL_NONE) return api_problem(x, v->query_fault);
    const char *pulse = http_query(x, "pulse");
    if (pulse != NULL && strcmp(pulse, "1") != 0)
        return api_problem(x, REFUSE_FIELD(REFUSAL_INVALID, "pulse"));
    return events_stream(x, v->web->hub, v->unit, id, v->actor.kind == ACTOR_ACCOUNT);
}
