// SPDX-License-Identifier: AGPL-3.0-or-later
// A khóm raises hands for its people while the conference is in session, takes them down again, and
// sees where its people stand in the queue. The rules are domain/hall.h's.
#include "web/office/khom.h"
#include "web/office/handlers.h"
#include "web/office/khom.html.h"

#include <string.h>

#include "web/form_input.h"
#include "web/hall/view.h"

static const char *hands_path(struct desk *d)
{
    return arena_printf(d->arena, "/lam-viec/khom/%lld/phat-bieu", (long long)d->dialogue.id);
}

// ---- the form

static const struct param_use ASKED[] = {{PARAM_NAME, false},
                                         {PARAM_TURN_KIND, false},
                                         {PARAM_TOPIC, false},
                                         {PARAM_AUTHOR_TYPE, false},
                                         {PARAM_KHOM, false}};

/// Kind and author have a usual answer, so that none says "unchanged"; the topic is one of a list.
static void say_plainly(struct desk *d, struct action_form *form)
{
    for (size_t i = 0; i < form->count; i++) {
        struct action_field *f = &form->fields[i];
        if (strcmp(f->name, "name") == 0)
            f->hint = tr(d->t.lang, "Đúng như sẽ được mời. Để trống thì mời “Người dân” của khóm.");
        if (strcmp(f->name, "topic") == 0) {
            f->input = INPUT_SELECT;
            f->label = tr(d->t.lang, "Về nội dung");
            f->choices = choices_of(d->arena, d->t.lang, &fields, tr(d->t.lang, "Chưa rõ"));
            continue;
        }
        if (f->input != INPUT_SELECT) continue;
        bool kind = strcmp(f->name, "kind") == 0;
        if (kind) f->label = tr(d->t.lang, "Xin phát biểu để");
        f->choices = choices_of(d->arena, d->t.lang, kind ? &turn_kinds : &author_types, NULL);
        f->required = true;
    }
}

static struct action_form *hand_form(struct desk *d, const char *path,
                                     const struct refusal *refusal)
{
    const struct action_preset khom[] = {
        {PARAM_KHOM, arena_printf(d->arena, "khom%d", d->visit->actor.person->khom), true}};
    struct action_form *form = action_form_params(
        d->x, "hand_up", arena_printf(d->arena, "dang-ky-%lld", (long long)d->dialogue.id),
        N_("Đăng ký phát biểu"), (struct param_list){ASKED, (int)ARRAY_LEN(ASKED)},
        &(struct action_form_options){.action = path,
                                      .button = tr(d->t.lang, "Đăng ký cho người dân"),
                                      .presets = khom,
                                      .preset_count = ARRAY_LEN(khom),
                                      .refusal = refusal});
    say_plainly(d, form);
    return form;
}

// ---- the places

static void add_hand(const struct hall *hall, int khom, const struct hall_place_view *place,
                     struct khom_hands *v)
{
    const struct hall_turn *turn = hall_turn_find(hall, place->turn);
    if (turn->khom != khom) return;
    v->rows[v->count++] =
        (struct khom_hand){.place = place,
                           .skipped = turn->state == TURN_SKIPPED,
                           .mine = turn->ticket == 0}; // a phone takes its own hand down
}

enum status khom_hands_read(struct desk *d, struct sql *sql, const struct refusal *refusal,
                            struct khom_hands *v)
{
    struct hall hall;
    struct hall_view *h = arena_new(d->arena, struct hall_view);
    const struct hall_read r = {.arena = d->arena,
                                .sql = sql,
                                .facts = d->visit->facts,
                                .unit = d->visit->unit,
                                .now_ms = d->visit->now_ms,
                                .lang = d->t.lang};
    enum status status = hall_view_read(&r, &d->dialogue, h, &hall);
    if (status != STATUS_OK) return status;
    int khom = d->visit->actor.person->khom;
    const char *path = hands_path(d);
    *v = (struct khom_hands){
        .id = arena_printf(d->arena, "luot-%lld", (long long)d->dialogue.id),
        .path = path,
        .down_path = arena_printf(d->arena, "%s/thoi", path),
        .khom = khom_name(d->visit->facts, khom),
        .live = h->live,
        .list_closed = h->list_closed,
        .speaker = h->speaking ? h->speaker.name : NULL,
        .waiting = h->queue_count,
        .rows = arena_array(d->arena, struct khom_hand, h->queue_count + h->skipped_count + 1),
        .form = h->live ? hand_form(d, path, refusal) : NULL};
    for (size_t i = 0; i < h->queue_count; i++)
        add_hand(&hall, khom, &h->queue[i], v);
    for (size_t i = 0; i < h->skipped_count; i++)
        add_hand(&hall, khom, &h->skipped[i], v);
    return STATUS_OK;
}

// ---- the page

/// `act` is what was just sent and refused, NULL nothing.
static enum http_next show_hands(struct http_exchange *x, const struct act *act)
{
    struct desk d;
    struct khom_hands v;
    enum http_next next;
    STORE_READ ro = NULL;
    const char *events = office_events(x);
    if (!visit_read(x, &ro, &next)) return next;
    if (!office_enter(x, &d, store_ro_sql(ro), WHO(ROLE_KHOM), &next)) return next;
    d.page.events = events;
    bool up = act != NULL && act->action == HACT_HAND_UP;
    enum status status = khom_hands_read(&d, store_ro_sql(ro), up ? &act->refusal : NULL, &v);
    if (status != STATUS_OK) return page_failed(x, status);
    if (act != NULL && v.form != NULL && !up) v.error = office_error_of(&d, act->refusal);
    if (act != NULL && v.form == NULL) v.error = office_error_of(&d, act->refusal);
    if (act != NULL) office_status(x, act->refusal);
    desk_title(&d, tr(d.t.lang, "Đăng ký phát biểu cho người dân trong khóm"));
    tpl_khom_hands_page(&d.t, &d.page, d.dialogue.title, &v);
    return HTTP_DONE;
}

enum http_next get_khom_hands(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    return show_hands(x, NULL);
}

static void answer_hand(struct http_exchange *x, struct act *act)
{
    if (act->refusal.code == REFUSAL_NOT_FOUND) {
        http_error(x, 404);
        return;
    }
    if (act->refusal.code != REFUSAL_NONE) {
        show_hands(x, act);
        return;
    }
    page_flash(x, "saved");
    http_redirect(
        x, 303,
        arena_printf(http_arena(x), "/lam-viec/khom/%lld/phat-bieu", (long long)act->target));
}

static enum http_next post_hand(struct http_exchange *x, enum hall_action action)
{
    int64_t id;
    if (!read_id(http_param(x, "dialogue"), &id)) return http_error(x, 404);
    if (!(dialogue_roles(NULL, &visit_of(x)->actor) & WHO(ROLE_KHOM))) return desk_forbidden(x);
    struct act *act = visit_act(x);
    act->run = run_hall_action;
    act->action = action;
    act->target = id;
    form_read_action(x, act, hall_rules[action].params, hall_rules[action].param_count, NULL);
    return visit_submit(x, act, answer_hand);
}

enum http_next post_khom_hand_up(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    return post_hand(x, HACT_HAND_UP);
}

enum http_next post_khom_hand_down(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    return post_hand(x, HACT_HAND_DOWN);
}
