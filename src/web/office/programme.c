// SPDX-License-Identifier: AGPL-3.0-or-later
// The programme's editor (R68-R84): steps with owner, minutes and side, and how the time is shared
// between one-way parts and the people (R62, R63). An issued plan is shown, not edited.
#include "actions/office.h"
#include "web/form_input.h"
#include "web/office/dialogue.h"
#include "web/office/dialogue.html.h"
#include "web/office/handlers.h"

#include <string.h>

#include "base/text.h"

enum { BLANKS = 2 };

static struct choice_list side_choices(struct desk *d)
{
    struct choice *rows = arena_array(d->arena, struct choice, AGENDA_COUNT);
    rows[AGENDA_AUTHORITY] =
        (struct choice){"authority", tr(d->t.lang, "Chính quyền trình bày"), NULL};
    rows[AGENDA_PEOPLE] = (struct choice){"people", tr(d->t.lang, "Nhân dân phát biểu"), NULL};
    rows[AGENDA_BOTH] = (struct choice){"both", tr(d->t.lang, "Hai bên trao đổi"), NULL};
    return (struct choice_list){rows, AGENDA_COUNT};
}

static int side_parse(const char *code)
{
    static const char *const codes[AGENDA_COUNT] = {"authority", "people", "both"};
    for (int i = 0; code != NULL && i < AGENDA_COUNT; i++)
        if (strcmp(codes[i], code) == 0) return i;
    return AGENDA_BOTH;
}

static void add_typed(struct http_exchange *x, struct programme_view *v)
{
    const struct form *form = NULL;
    if (http_form(x, &form) != FORM_OK) return;
    const struct form_field *title = form_find(form, "step_title"),
                            *owner = form_find(form, "step_owner"),
                            *minutes = form_find(form, "step_minutes"),
                            *side = form_find(form, "step_side");
    for (; title != NULL && v->count < PROGRAMME_STEPS; title = form_again(title)) {
        v->steps[v->count] = (struct step_row){
            .title = text_is_utf8(title->value, title->len) ? title->value : "",
            .owner = owner != NULL && text_is_utf8(owner->value, owner->len) ? owner->value : "",
            .minutes = minutes != NULL ? minutes->value : "",
            .side = side_parse(side != NULL ? side->value : NULL),
            .number = (int)v->count + 1};
        v->count++;
        owner = owner != NULL ? form_again(owner) : NULL;
        minutes = minutes != NULL ? form_again(minutes) : NULL;
        side = side != NULL ? form_again(side) : NULL;
    }
}

static void add_stored(struct desk *d, const struct agenda *agenda, struct programme_view *v)
{
    int64_t *const sums[AGENDA_COUNT] = {&v->authority_minutes, &v->people_minutes,
                                         &v->both_minutes};
    for (int i = 0; i < agenda->count && i < PROGRAMME_STEPS; i++) {
        const struct agenda_item *a = &agenda->rows[i];
        v->steps[v->count++] = (struct step_row){
            a->title, a->owner, arena_printf(d->arena, "%d", a->minutes), (int)a->side, i + 1};
        *sums[a->side] += a->minutes;
    }
}

static void add_blanks(struct programme_view *v)
{
    for (int i = 0; i < BLANKS && v->count < PROGRAMME_STEPS; i++, v->count++)
        v->steps[v->count] = (struct step_row){"", "", "", AGENDA_BOTH, (int)v->count + 1};
}

static enum http_next show(struct http_exchange *x, struct refusal refusal)
{
    struct desk d;
    struct agenda agenda;
    enum http_next next;
    STORE_READ ro = NULL;
    if (!visit_read(x, &ro, &next)) return next;
    if (!office_enter(x, &d, store_ro_sql(ro), WHO(ROLE_OFFICE), &next)) return next;
    enum status status =
        store_agenda(store_ro_sql(ro), d.visit->unit, d.dialogue.id, d.arena, &agenda);
    if (status != STATUS_OK) return page_failed(x, status);
    struct programme_view v = {
        .path = http_path(x),
        .back = arena_printf(d.arena, "/lam-viec/van-phong/%lld", (long long)d.dialogue.id),
        .version = arena_printf(d.arena, "%lld", (long long)d.dialogue.version),
        .error = office_error_of(&d, refusal),
        .steps = arena_array(d.arena, struct step_row, PROGRAMME_STEPS + BLANKS),
        .frozen = d.dialogue.state != DIALOGUE_DRAFTING,
        .sides = side_choices(&d)};
    if (refusal.code != REFUSAL_NONE && !v.frozen)
        add_typed(x, &v);
    else
        add_stored(&d, &agenda, &v);
    if (!v.frozen) add_blanks(&v);
    office_status(x, refusal);
    desk_title(&d, tr(d.t.lang, "Chương trình hội nghị"));
    tpl_programme_page(&d.t, &d.page, &v);
    return HTTP_DONE;
}

enum http_next get_programme(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    return show(x, ALLOWED);
}

static const char *cleaned(struct act *act, const struct form_field *f, const char *name,
                           size_t max)
{
    const char *text = NULL;
    if (f == NULL || f->len == 0) return "";
    struct refusal bad =
        input_text(&act->input, f->value, f->len, (struct input_want){name, false, max},
                   &act->form_refusal, &text);
    if (bad.code != REFUSAL_NONE) input_fault(&act->form_refusal, REFUSAL_INVALID, name);
    return text == NULL ? "" : text;
}

/// A step whose title was emptied is taken out; the others close up.
static void read_steps(struct http_exchange *x, struct act *act, struct agenda *ret_agenda)
{
    const struct form *form = NULL;
    struct agenda_item *rows = arena_array(&act->input, struct agenda_item, PROGRAMME_STEPS);
    int count = 0;
    *ret_agenda = (struct agenda){rows, 0};
    if (http_form(x, &form) != FORM_OK) return;
    const struct form_field *title = form_find(form, "step_title"),
                            *owner = form_find(form, "step_owner"),
                            *minutes = form_find(form, "step_minutes"),
                            *side = form_find(form, "step_side");
    for (; title != NULL && count < PROGRAMME_STEPS; title = form_again(title)) {
        const char *text = cleaned(act, title, "step_title", 500);
        if (*text != 0) {
            rows[count] = (struct agenda_item){
                .step = count + 1,
                .title = text,
                .owner = cleaned(act, owner, "step_owner", 200),
                .minutes = office_number(cleaned(act, minutes, "step_minutes", 6)),
                .side = (enum agenda_side)side_parse(side != NULL ? side->value : NULL)};
            count++;
        }
        owner = owner != NULL ? form_again(owner) : NULL;
        minutes = minutes != NULL ? form_again(minutes) : NULL;
        side = side != NULL ? form_again(side) : NULL;
    }
    ret_agenda->count = count;
}

static void answer(struct http_exchange *x, struct act *act)
{
    if (act->refusal.code != REFUSAL_NONE) {
        show(x, act->refusal);
        return;
    }
    page_flash(x, "saved");
    http_redirect(x, 303, http_path(x));
}

enum http_next post_programme(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    int64_t id;
    if (!read_id(http_param(x, "dialogue"), &id)) return http_error(x, 404);
    struct act *act = visit_act(x);
    struct agenda *agenda = arena_new(&act->input, struct agenda);
    act->run = run_programme_write;
    act->target = id;
    act->extra = agenda;
    form_read_action(x, act, NULL, 0, "step_title* step_owner* step_minutes* step_side*");
    read_steps(x, act, agenda);
    return visit_submit(x, act, answer);
}
