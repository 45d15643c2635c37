// SPDX-License-Identifier: AGPL-3.0-or-later
// Every action of an opinion and of a dialogue as one page: GET shows the form, POST does it and
// goes back to where it was asked for. What may be done is the domain's word alone.
#include "web/desks/act.html.h"
#include "web/desks/desk.h"
#include "web/desks/handlers.h"

#include <string.h>

#include "actions/office.h"
#include "store/opinion_list.h"
#include "web/form_input.h"

static const char *behalf_words(enum lang lang, enum on_behalf behalf)
{
    switch (behalf) {
    case BEHALF_AUTHOR:
        return tr(lang, "Ghi thay người có ý kiến, theo lời nói hoặc giấy của họ; sổ ghi rõ là ghi "
                        "thay, và người có ý kiến có thể hủy.");
    case BEHALF_CHAIR:
        return tr(lang, "Ghi thay chủ trì; sổ ghi rõ là thư ký ghi, chủ trì xác nhận khi ký biên "
                        "bản.");
    case BEHALF_FLOOR:
        return tr(lang, "Ghi lời trả lời của người đang được mời phát biểu; câu trả lời mang tên "
                        "người đó.");
    case BEHALF_SELF:
    case BEHALF_COUNT:
        break;
    }
    return NULL;
}

static bool read_behalf(const char *code, enum on_behalf *ret_behalf)
{
    *ret_behalf = BEHALF_SELF;
    if (code == NULL || *code == 0) return true;
    int value = value_parse(&behalves, code);
    if (value < 0) return false;
    *ret_behalf = (enum on_behalf)value;
    return true;
}

/// What the address proposes ("?mode=spoken"), and what the page knows better than a blank.
static size_t presets_of(struct http_exchange *x, const struct param_use *uses, int count,
                         struct action_preset *presets)
{
    size_t n = 0;
    for (int i = 0; i < count; i++) {
        const char *asked = http_query(x, param_rows[uses[i].id].name);
        if (asked != NULL) presets[n++] = (struct action_preset){uses[i].id, asked, false};
    }
    return n;
}

static bool asked(const struct action_preset *presets, size_t count, enum param_id id)
{
    for (size_t i = 0; i < count; i++)
        if (presets[i].id == id) return true;
    return false;
}

static size_t usual_answer(const struct dialogue *d, struct action_preset *presets, size_t n)
{
    const char *mode = d->state == DIALOGUE_OPEN ? "spoken" : "written";
    if (!asked(presets, n, PARAM_MODE))
        presets[n++] = (struct action_preset){PARAM_MODE, mode, false};
    if (!asked(presets, n, PARAM_KIND))
        presets[n++] = (struct action_preset){PARAM_KIND, "answer", false};
    return n;
}

/// The numbers an opinion may be grouped with, so that nobody has to type one.
static enum status lead_choices(struct desk *d, struct sql *sql, const struct opinion *o,
                                struct action_form *form)
{
    struct desk_list all;
    enum status status = desk_list_read(d, sql, -1, NULL, &all);
    if (status != STATUS_OK) return status;
    struct choice *rows = arena_array(d->arena, struct choice, all.count + 1);
    size_t count = 0;
    rows[count++] = (struct choice){"", tr(d->t.lang, "Chọn ý kiến chính của nhóm"), NULL};
    for (size_t i = 0; i < all.count; i++) {
        const struct opinion_view *v = &all.rows[i].view;
        bool fits = v->state == OPINION_RECEIVED || v->state == OPINION_RELAYED ||
                    v->state == OPINION_ON_FLOOR || v->state == OPINION_OWED;
        if (fits && v->id != o->id)
            rows[count++] = (struct choice){
                v->number, arena_printf(d->arena, "%s – %s", v->number, v->excerpt), NULL};
    }
    for (size_t i = 0; i < form->count; i++) {
        if (strcmp(form->fields[i].name, "with") != 0) continue;
        bool listed = false;
        for (size_t k = 0; k < count; k++)
            listed = listed || strcmp(rows[k].value, form->fields[i].value) == 0;
        if (!listed) continue; // typed into a line of another page: it stays to be mended
        form->fields[i].input = INPUT_SELECT;
        form->fields[i].hint = NULL; // there is nothing to write
        form->fields[i].choices = (struct choice_list){rows, count};
    }
    return STATUS_OK;
}

static enum http_next show_sorry(struct desk *d, struct act_view *v, struct refusal refusal)
{
    v->sorry = refusal_title(d->t.lang, refusal);
    v->advice = refusal_advice(d->t.lang, refusal);
    http_status(d->x, refusal_rows[refusal.code].http_status);
    tpl_act_page(&d->t, &d->page, v);
    return HTTP_DONE;
}

/// A quick form of a desk was sent by htmx and refused: the page of the action takes the desk's
/// place.
static void replace_desk(struct http_exchange *x)
{
    if (!http_is_htmx(x)) return;
    http_set_header(x, "HX-Retarget", "#noi-dung");
    http_set_header(x, "HX-Reswap", "innerHTML");
}

struct asked_act {
    int64_t id;
    int action;
    enum on_behalf behalf;
    const struct refusal *refusal; // of what was just sent
    const char *back;
    bool logged; // the read of a sealed matter
};

static enum http_next show_opinion_form(struct http_exchange *x, const struct asked_act *a)
{
    struct desk d;
    struct dialogue dialogue;
    struct opinion o;
    struct opinion_case c;
    enum http_next next;
    STORE_READ ro = NULL;
    desk_begin(x, &d);
    if (!visit_read(x, &ro, &next)) return next;
    enum status status = read_opinion_case(x, store_ro_sql(ro), a->id, &dialogue, &o, &c);
    if (status == STATUS_OK) status = desk_open(&d, store_ro_sql(ro), o.dialogue);
    if (status != STATUS_OK) return page_failed(x, status);

    enum opinion_action action = (enum opinion_action)a->action;
    const struct opinion_rule *rule = &opinion_rules[action];
    const struct act_words words = act_words_opinion(action);
    struct opinion_view view = opinion_view_of(&c, d.visit->facts, d.t.lang);
    // Its words only with a read that was logged; a form that came back refused is none.
    bool in_the_open = o.visibility != VISIBILITY_SEALED || a->logged;
    struct act_view v = {.back = a->back,
                         .behalf = behalf_words(d.t.lang, a->behalf),
                         .opinion = in_the_open ? &view : NULL,
                         .consequence_tone = words.tone};
    if (words.consequence != NULL) v.consequence = tr(d.t.lang, words.consequence);
    desk_title(&d, tr(d.t.lang, rule->label));
    c.behalf = a->behalf;
    struct refusal may = opinion_may(&c, action);
    if (may.code == REFUSAL_FORBIDDEN && a->refusal == NULL) return desk_forbidden(x);
    if (may.code == REFUSAL_NONE && !(rule->from & 1u << o.state)) may.code = REFUSAL_WRONG_STATE;
    replace_desk(x);
    bool hopeless = a->refusal != NULL && (a->refusal->code == REFUSAL_FORBIDDEN ||
                                           a->refusal->code == REFUSAL_WRONG_STATE);
    if (may.code != REFUSAL_NONE) return show_sorry(&d, &v, may);
    if (hopeless) return show_sorry(&d, &v, *a->refusal);

    struct action_preset presets[PARAMS_MAX + 2];
    size_t count = presets_of(x, rule->params, rule->param_count, presets);
    if (action == ACT_ANSWER || action == ACT_SUPPLEMENT)
        count = usual_answer(&dialogue, presets, count);
    struct action_form *form =
        action_form_opinion(x, &o, action,
                            &(struct action_form_options){.action = http_path(x),
                                                          .back = a->back,
                                                          .behalf = a->behalf,
                                                          .presets = presets,
                                                          .preset_count = count,
                                                          .danger = words.danger,
                                                          .refusal = a->refusal});
    form->open = true;
    if (action == ACT_ASSIGN || action == ACT_SET_OFF_TOPIC) {
        bool free_body = http_query(x, "khac") != NULL;
        desk_help_assign(&d, &o, form, free_body);
        if (!free_body && a->refusal == NULL)
            v.other_path = arena_printf(d.arena, "%s&khac=1",
                                        desk_act_path(d.arena, &o, action, a->behalf, a->back));
    }
    if (action == ACT_GROUP) status = lead_choices(&d, store_ro_sql(ro), &o, form);
    if (status != STATUS_OK) return page_failed(x, status);
    v.form = form;
    if (a->refusal != NULL) http_status(x, refusal_rows[a->refusal->code].http_status);
    tpl_act_page(&d.t, &d.page, &v);
    return HTTP_DONE;
}

static const char *opinion_desk_path(struct arena *arena, int64_t id)
{
    char number[OPINION_NUMBER_TEXT];
    return arena_printf(arena, "/lam-viec/y-kien/%s", opinion_number_format(id, number));
}

static bool opinion_asked(struct http_exchange *x, struct asked_act *a)
{
    a->action = opinion_action_parse(http_param(x, "action"));
    return a->action >= 0 && opinion_number_parse(http_param(x, "number"), &a->id);
}

static bool asks_for_form(struct http_exchange *x, struct asked_act *a)
{
    if (!opinion_asked(x, a) || !read_behalf(http_query(x, "thay"), &a->behalf)) return false;
    a->back = desk_back(x, opinion_desk_path(http_arena(x), a->id));
    return true;
}

static void answer_logged(struct http_exchange *x, struct act *act)
{
    struct asked_act a = {.logged = true};
    if (act->refusal.code != REFUSAL_NONE || !asks_for_form(x, &a))
        http_error(x, act->refusal.code == REFUSAL_NONE
                          ? 404
                          : refusal_rows[act->refusal.code].http_status);
    else
        show_opinion_form(x, &a);
}

/// Whether it is a sealed matter that this account may see: then the read is logged first.
static enum status must_log(struct http_exchange *x, struct sql *sql, int64_t id, bool *ret_must)
{
    struct dialogue d;
    struct opinion o;
    struct opinion_case c;
    enum status status = read_opinion_case(x, sql, id, &d, &o, &c);
    *ret_must = status == STATUS_OK && o.visibility == VISIBILITY_SEALED;
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

enum http_next get_opinion_act(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    struct asked_act a = {0};
    bool must = false;
    if (!asks_for_form(x, &a)) return http_error(x, 404);
    {
        STORE_READ ro = NULL;
        enum http_next next;
        if (!visit_read(x, &ro, &next)) return next;
        enum status status = must_log(x, store_ro_sql(ro), a.id, &must);
        if (status != STATUS_OK) return page_failed(x, status);
    }
    if (!must) return show_opinion_form(x, &a);
    struct act *act = visit_act(x);
    act->run = run_reading;
    act->target = a.id;
    return visit_submit(x, act, answer_logged);
}

static void show_receipt(struct http_exchange *x, const struct act *act, const char *back)
{
    struct desk d;
    char number[OPINION_NUMBER_TEXT];
    desk_begin(x, &d);
    desk_title(&d, tr(d.t.lang, "Giấy biên nhận mới"));
    struct act_view v = {.back = back,
                         .receipt_number = opinion_number_format(act->target, number),
                         .receipt = act->answer.receipt};
    http_set_header(x, "Cache-Control", "no-store");
    replace_desk(x);
    tpl_act_receipt_page(&d.t, &d.page, &v);
}

static void answer_opinion(struct http_exchange *x, struct act *act)
{
    const char *own = opinion_desk_path(http_arena(x), act->target), *back = form_back(x, own);
    if (act->refusal.code == REFUSAL_NOT_FOUND) {
        http_error(x, 404);
        return;
    }
    if (act->refusal.code != REFUSAL_NONE) {
        show_opinion_form(
            x, &(struct asked_act){act->target, act->action, act->behalf, &act->refusal, back});
        return;
    }
    if (act->answer.receipt[0] != 0) {
        show_receipt(x, act, back);
        return;
    }
    // What was sealed is no longer there for whoever sealed it.
    bool gone = act->answer.state == OPINION_DIVERTED && strncmp(back, own, strlen(own)) == 0;
    page_flash(x, arena_printf(http_arena(x), "opinion.%s", opinion_rules[act->action].code));
    http_redirect(x, 303, gone ? "/lam-viec" : back);
}

enum http_next post_opinion_act(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    struct asked_act a = {0};
    if (!opinion_asked(x, &a)) return http_error(x, 404);
    struct act *act = visit_act(x);
    act->run = run_opinion_action;
    act->action = a.action;
    act->target = a.id;
    const struct opinion_rule *rule = &opinion_rules[a.action];
    form_read_action(x, act, rule->params, rule->param_count, NULL);
    if (a.action == ACT_REDACT) redact_words(x, act);
    return visit_submit(x, act, answer_opinion);
}

// ---- of the dialogue

static enum http_next show_dialogue_form(struct http_exchange *x, const struct asked_act *a)
{
    struct desk d;
    enum http_next next;
    STORE_READ ro = NULL;
    desk_begin(x, &d);
    if (!visit_read(x, &ro, &next)) return next;
    enum status status = desk_open(&d, store_ro_sql(ro), a->id);
    if (status != STATUS_OK) return page_failed(x, status);
    enum dialogue_action action = (enum dialogue_action)a->action;
    const struct dialogue_rule *rule = &dialogue_rules[action];
    const struct act_words words = act_words_dialogue(action);
    struct act_view v = {.back = a->back,
                         .behalf = behalf_words(d.t.lang, a->behalf),
                         .dialogue = d.dialogue.title,
                         .consequence_tone = words.tone};
    if (words.consequence != NULL) v.consequence = tr(d.t.lang, words.consequence);
    desk_title(&d, tr(d.t.lang, rule->label));
    static const struct params none;
    struct dialogue_case c = {.arena = d.arena,
                              .now_ms = d.visit->now_ms,
                              .people = &d.visit->facts->people,
                              .actor = &d.visit->actor,
                              .behalf = a->behalf,
                              .params = &none,
                              .dialogue = &d.dialogue};
    struct refusal may = dialogue_may(&c, action);
    if (may.code == REFUSAL_FORBIDDEN && a->refusal == NULL) return desk_forbidden(x);
    if (may.code == REFUSAL_NONE && !(rule->from & 1u << d.dialogue.state))
        may.code = REFUSAL_WRONG_STATE;
    replace_desk(x);
    if (a->refusal != NULL &&
        (a->refusal->code == REFUSAL_FORBIDDEN || a->refusal->code == REFUSAL_WRONG_STATE))
        may = *a->refusal;
    if (may.code != REFUSAL_NONE) return show_sorry(&d, &v, may);
    struct action_preset presets[PARAMS_MAX + 2];
    size_t count = presets_of(x, rule->params, rule->param_count, presets);
    struct action_form *form =
        action_form_dialogue(x, &d.dialogue, action,
                             &(struct action_form_options){.action = http_path(x),
                                                           .back = a->back,
                                                           .behalf = a->behalf,
                                                           .presets = presets,
                                                           .preset_count = count,
                                                           .danger = words.danger,
                                                           .refusal = a->refusal});
    form->open = true;
    if (action == DACT_CANCEL) status = desk_help_cancel(&d, store_ro_sql(ro), form);
    if (status != STATUS_OK) return page_failed(x, status);
    v.form = form;
    if (a->refusal != NULL) http_status(x, refusal_rows[a->refusal->code].http_status);
    tpl_act_page(&d.t, &d.page, &v);
    return HTTP_DONE;
}

static bool dialogue_asked(struct http_exchange *x, struct asked_act *a)
{
    a->action = dialogue_action_parse(http_param(x, "action"));
    return a->action >= 0 && read_id(http_param(x, "id"), &a->id);
}

enum http_next get_dialogue_act(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    struct asked_act a = {0};
    if (!dialogue_asked(x, &a) || !read_behalf(http_query(x, "thay"), &a.behalf))
        return http_error(x, 404);
    a.back = desk_back(x, "/lam-viec");
    return show_dialogue_form(x, &a);
}

static void answer_dialogue(struct http_exchange *x, struct act *act)
{
    const char *back = form_back(x, "/lam-viec");
    if (act->refusal.code == REFUSAL_NOT_FOUND) {
        http_error(x, 404);
        return;
    }
    if (act->refusal.code != REFUSAL_NONE) {
        show_dialogue_form(
            x, &(struct asked_act){act->target, act->action, act->behalf, &act->refusal, back});
        return;
    }
    page_flash(x, arena_printf(http_arena(x), "dialogue.%s", dialogue_rules[act->action].code));
    http_redirect(x, 303, back);
}

enum http_next post_dialogue_act(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    struct asked_act a = {0};
    if (!dialogue_asked(x, &a)) return http_error(x, 404);
    struct act *act = visit_act(x);
    act->run = run_dialogue_action;
    act->action = a.action;
    act->target = a.id;
    const struct dialogue_rule *rule = &dialogue_rules[a.action];
    form_read_action(x, act, rule->params, rule->param_count, NULL);
    return visit_submit(x, act, answer_dialogue);
}
