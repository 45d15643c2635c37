// SPDX-License-Identifier: AGPL-3.0-or-later
// The console's forms. A refusal shows the console again, with the reason and everything typed.
#include "web/hall/console.h"
#include "web/hall/console.html.h"
#include "web/hall/handlers.h"

#include <string.h>

#include "web/form_input.h"

static void go_back(struct http_exchange *x, const struct act *act)
{
    http_redirect(x, 303,
                  arena_printf(http_arena(x), "/lam-viec/hoi-truong/%lld", (long long)act->target));
}

static void answer(struct http_exchange *x, struct act *act)
{
    if (act->refusal.code != REFUSAL_NONE)
        console_show(x, &(struct console_shown){act->target, act->refusal, -1});
    else
        go_back(x, act);
}

/// The desk's form shows all three: an emptied box is no wish to keep what was there.
static void want_limits(struct act *act)
{
    static const enum param_id shown[] = {PARAM_SECONDS, PARAM_WARN, PARAM_PERCENT};
    for (size_t i = 0; i < ARRAY_LEN(shown); i++)
        if (!act->params.at[shown[i]].given)
            input_fault(&act->form_refusal, REFUSAL_REQUIRED, param_rows[shown[i]].name);
}

enum http_next post_console_act(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    int64_t id;
    int action = hall_action_parse(http_param(x, "action"));
    if (!read_id(http_param(x, "id"), &id) || action < 0) return http_error(x, 404);
    struct act *act = visit_act(x);
    act->run = run_hall_action;
    act->action = action;
    act->target = id;
    form_read_action(x, act, hall_rules[action].params, hall_rules[action].param_count, NULL);
    if (action == HACT_LIMITS) want_limits(act);
    return visit_submit(x, act, answer);
}

// ---- outcomes

static void answer_outcome(struct http_exchange *x, struct act *act)
{
    if (act->refusal.code != REFUSAL_NONE) {
        console_show(x, &(struct console_shown){act->target, act->refusal, act->action});
        return;
    }
    page_flash(x, arena_printf(http_arena(x), "opinion.%s", opinion_rules[act->action].code));
    go_back(x, act);
}

enum http_next post_console_outcome(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    int64_t id;
    int action = opinion_action_parse(http_param(x, "outcome"));
    bool outcome = action == ACT_ANSWER || action == ACT_ASSIGN || action == ACT_REFER;
    if (!read_id(http_param(x, "id"), &id) || !outcome) return http_error(x, 404);
    const struct opinion_rule *rule = &opinion_rules[action];
    struct param_use uses[PARAMS_MAX + 1];
    memcpy(uses, rule->params, (size_t)rule->param_count * sizeof(*uses));
    uses[rule->param_count] = (struct param_use){PARAM_OPINION, true};
    struct act *act = visit_act(x);
    act->run = run_hall_outcome;
    act->action = action;
    act->target = id;
    form_read_action(x, act, uses, rule->param_count + 1, NULL);
    return visit_submit(x, act, answer_outcome);
}

// ---- notes

/// Told to the script that sent what is being typed.
static void answer_typing(struct http_exchange *x, struct act *act)
{
    struct tpl t;
    struct page page;
    page_begin(x, &t, &page, "");
    http_set_header(x, "Cache-Control", "no-store");
    if (act->refusal.code != REFUSAL_NONE)
        http_status(x, refusal_rows[act->refusal.code].http_status);
    const char *why =
        act->refusal.code != REFUSAL_NONE ? refusal_advice(t.lang, act->refusal) : NULL;
    tpl_console_saved(&t, act->answer.id, visit_of(x)->now_ms, why);
}

static enum note_became become_of(struct http_exchange *x)
{
    int value = value_parse(&note_becames, form_typed(x, "become"));
    bool known = value == NOTE_OPINION || value == NOTE_ANSWER || value == NOTE_DIRECTIVE ||
                 value == NOTE_TASK;
    return known ? (enum note_became)value : NOTE_ONLY;
}

enum { NOTE_MOST = 20000 }; // bytes of a text, as a parameter may have

/// What the sender last knew to be kept, cleaned as the text is; NULL: its form does not say.
static const char *base_of(struct http_exchange *x, struct act *act)
{
    const struct form *form = NULL;
    const struct form_field *f = http_form(x, &form) == FORM_OK ? form_find(form, "base") : NULL;
    struct refusal fault = ALLOWED;
    const char *base = NULL;
    if (f == NULL) return NULL;
    struct refusal bad = input_text(&act->input, f->value, f->len,
                                    (struct input_want){"base", true, NOTE_MOST}, &fault, &base);
    return bad.code != REFUSAL_NONE || fault.code != REFUSAL_NONE ? NULL : base;
}

enum http_next post_console_note(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    int64_t id;
    static const struct param_use uses[] = {
        {PARAM_TEXT, false},    {PARAM_NOTE, false}, {PARAM_STRIKE, false}, {PARAM_DONE, false},
        {PARAM_OPINION, false}, {PARAM_TO, false},   {PARAM_DUE, false}};
    if (!read_id(http_param(x, "id"), &id)) return http_error(x, 404);
    struct act *act = visit_act(x);
    act->target = id;
    form_read_action(x, act, uses, (int)ARRAY_LEN(uses), "become base");
    struct hall_noting *n = arena_new(&act->input, struct hall_noting);
    const char *text = param_text(&act->params, PARAM_TEXT);
    *n = (struct hall_noting){.note = param_number(&act->params, PARAM_NOTE, 0),
                              .text = text != NULL ? text : "",
                              .base = base_of(x, act),
                              .done = param_number(&act->params, PARAM_DONE, 1) != 0,
                              .strike = param_number(&act->params, PARAM_STRIKE, 0) != 0,
                              .become = become_of(x),
                              .opinion = param_number(&act->params, PARAM_OPINION, 0),
                              .to = param_text(&act->params, PARAM_TO)};
    act->extra = n;
    act->run = n->become != NOTE_ONLY ? run_hall_note_become : run_hall_note;
    bool typing = !n->done && http_is_htmx(x);
    return visit_submit(x, act, typing ? answer_typing : answer);
}

// ---- facts

static void answer_fact(struct http_exchange *x, struct act *act)
{
    if (act->refusal.code == REFUSAL_NONE) page_flash(x, "saved");
    answer(x, act);
}

enum http_next post_console_fact(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    int64_t id;
    static const struct param_use uses[] = {{PARAM_TEXT, true}, {PARAM_OPINION, true}};
    if (!read_id(http_param(x, "id"), &id)) return http_error(x, 404);
    struct act *act = visit_act(x);
    act->run = run_hall_fact;
    act->target = id;
    form_read_action(x, act, uses, (int)ARRAY_LEN(uses), NULL);
    struct hall_telling *t = arena_new(&act->input, struct hall_telling);
    const char *text = param_text(&act->params, PARAM_TEXT);
    *t = (struct hall_telling){.opinion = param_number(&act->params, PARAM_OPINION, 0),
                               .text = text != NULL ? text : ""};
    act->extra = t;
    return visit_submit(x, act, answer_fact);
}
