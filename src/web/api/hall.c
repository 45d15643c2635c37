// SPDX-License-Identifier: AGPL-3.0-or-later
// The live hall over the API: tickets, acts, the state of queue and clock.
#include <string.h>

#include "actions/hall.h"
#include "store/dialogue.h"
#include "web/api/handlers.h"
#include "web/api/input.h"
#include "web/api/problem.h"
#include "web/api/view.h"
#include "web/pace.h"
#include "web/read.h"
#include "web/web.h"

static void answer_hall(struct http_exchange *x, struct act *act)
{
    if (act->refusal.code != REFUSAL_NONE) {
        api_problem(x, act->refusal);
        return;
    }
    bool about = act->answer.id != 0;
    json_t *turn = about ? json_integer((json_int_t)act->answer.id) : json_null();
    json_t *state = about ? json_string(value_code(&turn_states, act->answer.state)) : json_null();
    api_json(x, 200,
             json_pack("{s:o, s:o, s:I, s:I}", "turn", turn, "state", state, "version",
                       (json_int_t)act->answer.version, "entry", (json_int_t)act->answer.entry));
}

enum http_next post_api_hall(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    json_t *body = NULL;
    const char *name = NULL;
    int64_t id;
    if (!read_id(http_param(x, "id"), &id)) return api_problem(x, REFUSE(REFUSAL_NOT_FOUND));
    struct refusal refusal = api_read_object(x, &body);
    if (refusal.code == REFUSAL_NONE) refusal = api_action_name(body, &name);
    int action = refusal.code == REFUSAL_NONE ? hall_action_parse(name) : -1;
    if (refusal.code == REFUSAL_NONE && action < 0)
        refusal = REFUSE_FIELD(REFUSAL_INVALID, "action");
    if (refusal.code != REFUSAL_NONE) {
        json_decref(body);
        return api_refuse_action(x, id, refusal);
    }
    struct act *act = visit_act(x);
    act->run = run_hall_action;
    act->action = action;
    act->target = id;
    refusal = api_read_idempotency(x, act);
    if (refusal.code == REFUSAL_NONE)
        refusal =
            api_read_action(body, act, hall_rules[action].params, hall_rules[action].param_count);
    json_decref(body);
    if (refusal.code == REFUSAL_NONE) return visit_submit(x, act, answer_hall);
    act_free(act);
    return api_problem(x, refusal);
}

static void answer_ticket(struct http_exchange *x, struct act *act)
{
    if (act->refusal.code != REFUSAL_NONE) {
        api_problem(x, act->refusal);
        return;
    }
    api_json(x, 201,
             json_pack("{s:s, s:I, s:I, s:I}", "ticket", act->answer.token, "number",
                       (json_int_t)act->answer.id, "version", (json_int_t)act->answer.version,
                       "entry", (json_int_t)act->answer.entry));
}

enum http_next post_api_ticket(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    json_t *body = NULL;
    int64_t id;
    if (!read_id(http_param(x, "id"), &id)) return api_problem(x, REFUSE(REFUSAL_NOT_FOUND));
    struct refusal refusal = api_read_object(x, &body);
    if (refusal.code != REFUSAL_NONE) return api_problem(x, refusal);
    struct act *act = visit_act(x);
    act->run = run_hall_join;
    act->target = id;
    // No kept answers here: a ticket is shown once, and joining again costs nothing.
    refusal = api_read_action(body, act, hall_join_params, (int)ARRAY_LEN(hall_join_params));
    json_decref(body);
    if (refusal.code != REFUSAL_NONE) return act_free(act), api_problem(x, refusal);
    struct hall_joining *j = arena_new(&act->input, struct hall_joining);
    *j = hall_joining_of(&act->params);
    act->extra = j;
    int64_t wait_s;
    refusal = pace_join(x, id, j->code, &wait_s);
    if (refusal.code != REFUSAL_NONE) {
        act_free(act);
        enum http_next next = api_problem(x, refusal);
        return pace_tell(x, wait_s), next;
    }
    return visit_submit(x, act, answer_ticket);
}

// ---- reading

/// Of the known ones alone: other words were read by nobody yet.
static json_t *topic_json(const char *topic)
{
    return hall_topic_field(topic) < 0 ? json_null() : json_string(topic);
}

/// `secretary` reads the names that phones typed, everybody else those that were read.
static json_t *turn_json(const struct hall_turn *t, bool secretary)
{
    const char *name = secretary ? t->name : hall_turn_name(t);
    return json_pack("{s:I, s:s, s:s, s:s, s:s?, s:s, s:s, s:o, s:o, s:o}", "turn",
                     (json_int_t)t->turn, "kind", value_code(&turn_kinds, (int)t->kind), "state",
                     value_code(&turn_states, (int)t->state), "side",
                     value_code(&floor_sides, (int)t->side), "name", *name != 0 ? name : NULL,
                     "name_state", value_code(&turn_names, (int)t->name_state), "author_type",
                     value_code(&author_types, (int)t->author_type), "khom", api_khom(t->khom),
                     "asked", api_instant(t->asked_ms), "topic", topic_json(t->topic));
}

static json_t *queue_json(const struct hall *hall, bool secretary, struct arena *arena)
{
    static const struct {
        unsigned bit;
        const char *code;
    } reasons[] = {{PLACE_ORDER, "point_of_order"},
                   {PLACE_REPLY, "reply"},
                   {PLACE_FIRST, "first_time"},
                   {PLACE_ROUND, "round_robin"},
                   {PLACE_TOPIC, "topic"}};
    json_t *list = json_array();
    struct hall_order order = hall_order(hall, arena);
    for (int i = 0; i < order.count; i++) {
        json_t *turn = turn_json(order.places[i].turn, secretary), *why = json_array();
        for (size_t k = 0; k < ARRAY_LEN(reasons); k++)
            if (order.places[i].reasons & reasons[k].bit)
                json_array_append_new(why, json_string(reasons[k].code));
        json_object_set_new(turn, "reasons", why);
        json_array_append_new(list, turn);
    }
    return list;
}

static json_t *speaker_json(const struct hall *hall, bool secretary, int64_t now_ms)
{
    const struct hall_turn *turn = hall_turn_find(hall, hall->turn);
    if (turn == NULL) return json_null();
    json_t *o = turn_json(turn, secretary);
    int64_t limit = hall_limit_ms(hall, turn);
    json_object_set_new(o, "spoken_ms",
                        json_integer((json_int_t)hall_spoken_ms(hall, turn->turn, now_ms)));
    json_object_set_new(o, "limit_ms", limit > 0 ? json_integer((json_int_t)limit) : json_null());
    json_object_set_new(o, "paused", json_boolean(hall->paused));
    return o;
}

static json_t *hall_json(const struct visit *v, const struct dialogue *d, const struct hall *hall,
                         struct arena *arena)
{
    struct hall_share share = hall_share(hall, v->now_ms);
    bool secretary = (dialogue_roles(d, &v->actor) & WHO(ROLE_SECRETARY)) != 0;
    char number[OPINION_NUMBER_TEXT];
    json_t *o = json_pack(
        "{s:I, s:o, s:o, s:b, s:b, s:b, s:o, s:i, s:s, s:{s:I, s:I, s:I, s:I}}", "version",
        (json_int_t)hall->version, "speaker", speaker_json(hall, secretary, v->now_ms), "queue",
        queue_json(hall, secretary, arena), "list_closed", hall->list_closed, "first_time",
        hall->first_time, "round_robin", hall->round_robin, "topic", topic_json(hall->topic),
        "step", hall->step, "scene", value_code(&scenes, (int)hall->scene), "share", "people_ms",
        (json_int_t)share.ms[SIDE_PEOPLE], "authority_ms", (json_int_t)share.ms[SIDE_AUTHORITY],
        "none_ms", (json_int_t)share.ms[SIDE_NONE], "elapsed_ms", (json_int_t)share.elapsed_ms);
    if (hall->scene_opinion != 0)
        json_object_set_new(o, "scene_opinion",
                            json_string(opinion_number_format(hall->scene_opinion, number)));
    if (v->actor.kind == ACTOR_ACCOUNT) {
        char code[JOIN_CODE_TEXT];
        hall_join_code(v->web->app, v->unit, d->id, v->now_ms, code);
        json_object_set_new(o, "code", json_string(code));
    }
    return o;
}

enum http_next get_api_hall(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    STORE_READ ro = NULL;
    enum http_next next;
    int64_t id;
    struct dialogue d;
    struct hall hall;
    struct visit *v = visit_of(x);
    if (!read_id(http_param(x, "id"), &id)) return api_problem(x, REFUSE(REFUSAL_NOT_FOUND));
    if (!visit_read(x, &ro, &next)) return next;
    enum status status = store_dialogue_load(store_ro_sql(ro), v->unit, id, http_arena(x), &d);
    if (status == STATUS_NOT_FOUND || (status == STATUS_OK && !dialogue_visible(&d, &v->actor)))
        return api_problem(x, REFUSE(REFUSAL_NOT_FOUND));
    if (status == STATUS_OK)
        status = store_hall_load(store_ro_sql(ro), v->unit, id, http_arena(x), &hall);
    if (status != STATUS_OK) return http_error(x, 503);
    return api_json(x, 200, hall_json(v, &d, &hall, http_arena(x)));
}
