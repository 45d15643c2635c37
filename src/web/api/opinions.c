// SPDX-License-Identifier: AGPL-3.0-or-later
// Opinions over the API: list, one, hand in, act.
#include <string.h>

#include "actions/office.h"
#include "base/text.h"
#include "store/dialogue.h"
#include "store/opinion.h"
#include "store/opinion_list.h"
#include "web/api/handlers.h"
#include "web/api/input.h"
#include "web/api/problem.h"
#include "web/api/view.h"
#include "web/read.h"
#include "web/web.h"

static void answer_action(struct http_exchange *x, struct act *act)
{
    if (act->refusal.code != REFUSAL_NONE) {
        api_problem(x, act->refusal);
        return;
    }
    const struct act_answer *a = &act->answer;
    char number[OPINION_NUMBER_TEXT];
    json_t *body = json_pack("{s:s, s:s, s:I, s:I}", "number", opinion_number_format(a->id, number),
                             "state", value_code(&opinion_states, a->state), "version",
                             (json_int_t)a->version, "entry", (json_int_t)a->entry);
    if (a->receipt[0] != 0) json_object_set_new(body, "receipt", json_string(a->receipt));
    if (a->number_count > 0) {
        json_t *numbers = json_array();
        for (int i = 0; i < a->number_count; i++)
            json_array_append_new(numbers,
                                  json_string(opinion_number_format(a->numbers[i], number)));
        json_object_set_new(body, "numbers", numbers);
    }
    bool created = act->run == run_opinion_submit;
    if (created)
        http_set_header(x, "Location",
                        arena_printf(http_arena(x), "/api/v1/opinions/%s",
                                     opinion_number_format(a->id, number)));
    api_json(x, created ? 201 : 200, body);
}

enum http_next post_api_opinion(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    int64_t dialogue;
    if (!read_id(http_param(x, "id"), &dialogue)) return api_problem(x, REFUSE(REFUSAL_NOT_FOUND));
    json_t *body = NULL;
    struct refusal refusal = api_read_object(x, &body);
    if (refusal.code != REFUSAL_NONE) return api_problem(x, refusal);
    struct act *act = visit_act(x);
    act->run = run_opinion_submit;
    act->target = dialogue;
    refusal = api_read_idempotency(x, act);
    if (refusal.code == REFUSAL_NONE) refusal = api_read_submission(body, act);
    json_decref(body);
    if (refusal.code == REFUSAL_NONE && act->idempotency_key == NULL)
        input_fault(&act->form_refusal, REFUSAL_REQUIRED, "Idempotency-Key");
    if (refusal.code != REFUSAL_NONE) {
        act_free(act);
        return api_problem(x, refusal);
    }
    return visit_submit(x, act, answer_action);
}

/// What is wrong with the name of an action is told after who asks and whether they may see it.
static enum http_next refuse_action(struct http_exchange *x, int64_t id, struct refusal refusal)
{
    STORE_READ ro = NULL;
    enum http_next next;
    struct opinion o;
    struct dialogue d;
    struct opinion_case c;
    if (refusal_rows[refusal.code].http_status != 422) return api_problem(x, refusal);
    if (visit_of(x)->actor.kind == ACTOR_PUBLIC)
        return api_problem(x, REFUSE(REFUSAL_UNAUTHENTICATED));
    if (!visit_read(x, &ro, &next)) return next;
    enum status status = read_opinion_case(x, store_ro_sql(ro), id, &d, &o, &c);
    if (status == STATUS_NOT_FOUND) return api_problem(x, REFUSE(REFUSAL_NOT_FOUND));
    return status == STATUS_OK ? api_problem(x, refusal) : http_error(x, 503);
}

enum http_next post_api_opinion_action(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    int64_t id;
    const char *name = NULL;
    json_t *body = NULL;
    if (!opinion_number_parse(http_param(x, "number"), &id))
        return api_problem(x, REFUSE(REFUSAL_NOT_FOUND));
    struct refusal refusal = api_read_object(x, &body);
    if (refusal.code == REFUSAL_NONE) refusal = api_action_name(body, &name);
    int action = refusal.code == REFUSAL_NONE ? opinion_action_parse(name) : -1;
    if (refusal.code == REFUSAL_NONE && (action < 0 || action == ACT_LAPSE))
        refusal = REFUSE_FIELD(REFUSAL_INVALID, "action");
    if (refusal.code != REFUSAL_NONE) {
        json_decref(body);
        return refuse_action(x, id, refusal);
    }
    struct act *act = visit_act(x);
    act->run = run_opinion_action;
    act->action = action;
    act->target = id;
    refusal = api_read_idempotency(x, act);
    if (refusal.code == REFUSAL_NONE)
        refusal = api_read_action(body, act, opinion_rules[action].params,
                                  opinion_rules[action].param_count);
    json_decref(body);
    if (refusal.code != REFUSAL_NONE) {
        act_free(act);
        return api_problem(x, refusal);
    }
    return visit_submit(x, act, answer_action);
}

static void answer_sealed(struct http_exchange *x, struct act *act);

/// A sealed matter is shown to a custodian only after the read was logged.
static enum http_next show_opinion(struct http_exchange *x, int64_t id, bool logged)
{
    STORE_READ ro = NULL;
    enum http_next next;
    struct opinion o;
    struct dialogue d;
    struct opinion_case c;
    if (!visit_read(x, &ro, &next)) return next;
    enum status status = read_opinion_case(x, store_ro_sql(ro), id, &d, &o, &c);
    if (status == STATUS_NOT_FOUND) return api_problem(x, REFUSE(REFUSAL_NOT_FOUND));
    if (status != STATUS_OK) return http_error(x, 503);
    bool by_staff = visit_of(x)->actor.kind == ACTOR_ACCOUNT;
    if (logged || o.visibility != VISIBILITY_SEALED || !by_staff)
        return api_json(x, 200, api_opinion(&c));
    struct act *act = visit_act(x);
    act->run = run_reading;
    act->target = id;
    return visit_submit(x, act, answer_sealed);
}

static void answer_sealed(struct http_exchange *x, struct act *act)
{
    if (act->refusal.code != REFUSAL_NONE)
        api_problem(x, act->refusal);
    else
        show_opinion(x, act->target, true);
}

enum http_next get_api_opinion(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    int64_t id;
    if (!opinion_number_parse(http_param(x, "number"), &id))
        return api_problem(x, REFUSE(REFUSAL_NOT_FOUND));
    return show_opinion(x, id, false);
}

static struct refusal read_filter(struct http_exchange *x, struct opinion_filter *f, int *ret_limit)
{
    const char *state = http_query(x, "state"), *field = http_query(x, "field"),
               *khom = http_query(x, "khom");
    const char *q = http_query(x, "q"), *after = http_query(x, "after"),
               *limit = http_query(x, "limit");
    *f = (struct opinion_filter){.state = -1, .field = -1, .khom = -1};
    *ret_limit = 50;
    if (state != NULL && (f->state = value_parse(&opinion_states, state)) < 0)
        return REFUSE_FIELD(REFUSAL_INVALID, "state");
    if (field != NULL && (f->field = value_parse(&fields, field)) < 0)
        return REFUSE_FIELD(REFUSAL_INVALID, "field");
    if (khom != NULL && (f->khom = input_khom(khom)) < 0)
        return REFUSE_FIELD(REFUSAL_INVALID, "khom");
    if (after != NULL && !opinion_number_parse(after, &f->after))
        return REFUSE_FIELD(REFUSAL_INVALID, "after");
    int64_t n = 50;
    if (limit != NULL && (!read_id(limit, &n) || n > 200))
        return REFUSE_FIELD(REFUSAL_INVALID, "limit");
    *ret_limit = (int)n;
    struct refusal fault = ALLOWED;
    const char *text = NULL;
    if (q != NULL) {
        struct refusal bad = input_text(http_arena(x), q, strlen(q),
                                        (struct input_want){"q", false, 200}, &fault, &text);
        if (bad.code != REFUSAL_NONE) return bad;
        if (fault.code != REFUSAL_NONE) return fault;
        f->words = input_words(http_arena(x), text);
    }
    return ALLOWED;
}

enum http_next get_api_opinions(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    STORE_READ ro = NULL;
    enum http_next next;
    int64_t id;
    int limit;
    struct opinion_filter filter;
    struct dialogue d;
    if (!read_id(http_param(x, "id"), &id)) return api_problem(x, REFUSE(REFUSAL_NOT_FOUND));
    if (!visit_read(x, &ro, &next)) return next;
    struct visit *v = visit_of(x);
    enum status status = store_dialogue_load(store_ro_sql(ro), v->unit, id, http_arena(x), &d);
    if (status == STATUS_NOT_FOUND || (status == STATUS_OK && !dialogue_visible(&d, &v->actor)))
        return api_problem(x, REFUSE(REFUSAL_NOT_FOUND));
    if (status != STATUS_OK) return http_error(x, 503);
    struct refusal refusal = read_filter(x, &filter, &limit);
    if (refusal.code != REFUSAL_NONE) return api_problem(x, refusal);
    filter.dialogue = id;
    struct opinion_page page;
    status = read_opinion_page(x, store_ro_sql(ro), &d, &filter, limit, &page);
    if (status != STATUS_OK) return http_error(x, 503);
    json_t *items = json_array();
    for (int i = 0; i < page.count; i++) {
        struct opinion_case c = visit_case(v, http_arena(x), &d, &page.rows[i]);
        json_array_append_new(items, api_opinion_row(&c));
    }
    char number[OPINION_NUMBER_TEXT];
    json_t *after = page.more
                        ? json_string(opinion_number_format(page.rows[page.count - 1].id, number))
                        : json_null();
    return api_json(x, 200, json_pack("{s:o, s:o}", "items", items, "next", after));
}
