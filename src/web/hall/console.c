// SPDX-License-Identifier: AGPL-3.0-or-later
// One console for chair and secretary: who speaks, who waits and why, the clock, the programme, the
// screen, notes. Each button is a form; the board is fetched again at each change, what is being
// typed stays.
#include "web/hall/handlers.h"
#include "web/hall/console.html.h"
#include "web/hall/view.h"

#include <string.h>

#include "store/opinion_list.h"
#include "web/desks/desk.h"
#include "web/form_input.h"

enum { SHOWN_MOST = 60 };

static enum status read_notes(struct desk *d, struct sql *sql, const struct hall *hall,
                              struct hall_view *v)
{
    struct hall_notes notes;
    enum status status = store_notes(sql, d->visit->unit, v->dialogue, d->arena, &notes);
    if (status != STATUS_OK) return status;
    v->notes = arena_array(d->arena, struct hall_note_view, (size_t)notes.count + 1);
    for (int i = notes.count - 1; i >= 0; i--) { // newest first
        const struct hall_note *n = &notes.rows[i];
        const struct hall_turn *turn = hall_turn_find(hall, n->turn);
        char number[OPINION_NUMBER_TEXT];
        v->notes[v->note_count++] = (struct hall_note_view){
            .note = n->note,
            .at_ms = n->at_ms,
            .text = n->text,
            .speaker = turn != NULL && *turn->name != 0 ? turn->name : NULL,
            .struck = n->struck,
            .became = n->became_opinion != 0
                          ? arena_strdup(d->arena, opinion_number_format(n->became_opinion, number))
                          : NULL,
            .typing = n->entry == 0};
    }
    return STATUS_OK;
}

static enum status read_facts(struct desk *d, struct sql *sql, struct hall_view *v)
{
    struct hall_facts facts;
    enum status status = store_facts(sql, d->visit->unit, v->dialogue, 0, d->arena, &facts);
    if (status != STATUS_OK) return status;
    v->facts = arena_array(d->arena, struct hall_fact_view, (size_t)facts.count + 1);
    for (int i = facts.count - 1; i >= 0 && v->fact_count < 10; i--) {
        char number[OPINION_NUMBER_TEXT];
        const struct hall_fact *f = &facts.rows[i];
        v->facts[v->fact_count++] = (struct hall_fact_view){
            .number = arena_strdup(d->arena, opinion_number_format(f->opinion, number)),
            .who = person_shown(&d->visit->facts->people, f->username),
            .text = f->text};
    }
    return STATUS_OK;
}

/// What may be put on the screen: relayed and not sealed (invariant 6, 10), newest last.
static enum status read_shown(struct desk *d, struct sql *sql, struct hall_view *v)
{
    struct opinion_filter filter = {.dialogue = v->dialogue,
                                    .state = -1,
                                    .field = -1,
                                    .khom = -1,
                                    .relayed_only = true,
                                    .chunk = SHOWN_MOST};
    struct opinion_rows rows;
    enum status status = store_opinion_list(sql, d->visit->unit, &filter, d->arena, &rows);
    if (status != STATUS_OK) return status;
    struct choice *list = arena_array(d->arena, struct choice, (size_t)rows.count + 1);
    for (int i = 0; i < rows.count; i++) {
        if (!opinion_is_public(&rows.rows[i])) continue;
        struct opinion_case c = visit_case(d->visit, d->arena, &d->dialogue, &rows.rows[i]);
        struct opinion_view view = opinion_view_of(&c, d->visit->facts, d->t.lang);
        const char *number = arena_strdup(d->arena, view.number);
        list[v->shown_count++] =
            (struct choice){number, arena_printf(d->arena, "%s · %.80s", number, view.field), NULL};
    }
    v->shown = list;
    return STATUS_OK;
}

static void fill_choices(struct desk *d, struct hall_view *v)
{
    struct choice_list list = choices_of(d->arena, d->t.lang, &scenes, NULL);
    v->scene_choices = list.rows;
    v->scene_count = list.count;
    list = choices_of_khoms(d->arena, d->visit->facts, tr(d->t.lang, "Chưa rõ"));
    v->khoms = list.rows;
    v->khom_count = list.count;
    list = choices_of_people(d->arena, &d->visit->facts->people,
                             WHO(ROLE_SPECIALIST) | WHO(ROLE_CHAIR) | WHO(ROLE_OFFICE),
                             tr(d->t.lang, "Chủ trì"));
    v->officers = list.rows;
    v->officer_count = list.count;
}

static enum status read_console(struct desk *d, struct sql *sql, struct hall_view *v)
{
    struct hall hall;
    struct hall_read r = {.arena = d->arena,
                          .sql = sql,
                          .facts = d->visit->facts,
                          .unit = d->visit->unit,
                          .now_ms = d->visit->now_ms,
                          .lang = d->t.lang};
    enum status status = hall_view_read(&r, &d->dialogue, v, &hall);
    if (status != STATUS_OK) return status;
    v->secretary = (d->roles & WHO(ROLE_SECRETARY)) != 0;
    v->chair = (d->roles & (WHO(ROLE_CHAIR) | WHO(ROLE_DEPUTY))) != 0;
    v->board_path =
        arena_printf(d->arena, "/lam-viec/hoi-truong/%lld?bang=1", (long long)d->dialogue.id);
    char *code = arena_alloc(d->arena, JOIN_CODE_TEXT);
    hall_join_code(d->visit->web->app, d->visit->unit, d->dialogue.id, d->visit->now_ms, code);
    v->code = code;
    fill_choices(d, v);
    if (v->secretary) status = read_notes(d, sql, &hall, v);
    if (status == STATUS_OK) status = read_facts(d, sql, v);
    return status == STATUS_OK ? read_shown(d, sql, v) : status;
}

static enum http_next show(struct http_exchange *x, int64_t id, struct refusal refusal)
{
    struct desk d;
    enum http_next next;
    struct hall_view v;
    STORE_READ ro = NULL;
    desk_begin(x, &d);
    if (!visit_read(x, &ro, &next)) return next;
    enum status status = desk_open(&d, store_ro_sql(ro), id);
    if (status != STATUS_OK) return page_failed(x, status);
    const uint32_t may = WHO(ROLE_SECRETARY) | WHO(ROLE_CHAIR) | WHO(ROLE_DEPUTY) |
                         WHO(ROLE_OFFICE) | WHO(ROLE_SPECIALIST);
    if ((d.roles & may) == 0) return desk_forbidden(x);
    status = read_console(&d, store_ro_sql(ro), &v);
    if (status != STATUS_OK) return page_failed(x, status);
    if (refusal.code != REFUSAL_NONE) {
        v.error = refusal_title(d.t.lang, refusal);
        v.advice = refusal_advice(d.t.lang, refusal);
        http_status(x, refusal_rows[refusal.code].http_status);
    }
    desk_title(&d, tr(d.t.lang, "Điều hành hội trường"));
    http_set_header(x, "Cache-Control", "no-store");
    if (http_query(x, "bang") != NULL)
        tpl_console_board(&d.t, &v);
    else
        tpl_console(&d.t, &d.page, &v);
    return HTTP_DONE;
}

enum http_next get_console(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    int64_t id;
    if (!read_id(http_param(x, "id"), &id)) return http_error(x, 404);
    return show(x, id, ALLOWED);
}

static void answer(struct http_exchange *x, struct act *act)
{
    if (act->refusal.code != REFUSAL_NONE)
        show(x, act->target, act->refusal);
    else
        http_redirect(
            x, 303,
            arena_printf(http_arena(x), "/lam-viec/hoi-truong/%lld", (long long)act->target));
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
    struct refusal refusal =
        form_read_action(x, act, hall_rules[action].params, hall_rules[action].param_count);
    if (refusal.code != REFUSAL_NONE) return act_free(act), show(x, id, refusal);
    return visit_submit(x, act, answer);
}

enum http_next post_console_note(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    int64_t id;
    static const struct param_use uses[] = {
        {PARAM_TEXT, false}, {PARAM_NOTE, false}, {PARAM_STRIKE, false}, {PARAM_DONE, false}};
    if (!read_id(http_param(x, "id"), &id)) return http_error(x, 404);
    struct act *act = visit_act(x);
    act->run = run_hall_note;
    act->target = id;
    struct refusal refusal = form_read_action(x, act, uses, (int)ARRAY_LEN(uses));
    if (refusal.code != REFUSAL_NONE) return act_free(act), show(x, id, refusal);
    struct hall_noting *n = arena_new(&act->input, struct hall_noting);
    const char *text = param_text(&act->params, PARAM_TEXT);
    *n = (struct hall_noting){.note = param_number(&act->params, PARAM_NOTE, 0),
                              .text = text != NULL ? text : "",
                              .done = param_number(&act->params, PARAM_DONE, 1) != 0,
                              .strike = param_number(&act->params, PARAM_STRIKE, 0) != 0};
    act->extra = n;
    if (strcmp(form_typed(x, "become"), "opinion") == 0) act->run = run_hall_note_opinion;
    return visit_submit(x, act, answer);
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
    struct refusal refusal = form_read_action(x, act, uses, (int)ARRAY_LEN(uses));
    if (refusal.code != REFUSAL_NONE) return act_free(act), show(x, id, refusal);
    struct hall_telling *t = arena_new(&act->input, struct hall_telling);
    const char *text = param_text(&act->params, PARAM_TEXT);
    *t = (struct hall_telling){.opinion = param_number(&act->params, PARAM_OPINION, 0),
                               .text = text != NULL ? text : ""};
    act->extra = t;
    return visit_submit(x, act, answer);
}
