// SPDX-License-Identifier: AGPL-3.0-or-later
// A phone in the hall: join with the code, raise a hand, ask, support, judge the answer to one's
// own question. Everything by plain forms; a ticket instead of an account.
#include "web/hall/phone.h"
#include "web/hall/handlers.h"
#include "web/hall/phone.html.h"

#include <string.h>

#include "store/opinion.h"
#include "store/opinion_list.h"
#include "web/form_input.h"
#include "web/pace.h"
#include "web/public/home.h"
#include "web/public/send.h"
#include "web/read.h"

enum { OTHERS_SHOWN = 30 };

static bool joined(const struct visit *v, int64_t dialogue)
{
    return v->actor.kind == ACTOR_TICKET && v->actor.ticket_dialogue == dialogue;
}

/// What was asked back last, and whether it was answered (R64): by the phone, or recorded for it.
static void fill_asked(const struct opinion_case *c, enum lang lang, struct phone_opinion *v)
{
    for (int i = 0; i < c->item_count; i++) {
        const struct opinion_item *item = &c->items[i];
        if (item->kind == ITEM_ASK_BACK) {
            v->asked = item->text;
            v->asked_by = item->role == ROLE_CHAIR ? tr(lang, "Chủ trì")
                                                   : person_shown(c->people, item->actor);
            v->replied = NULL;
        } else if (item->kind == ITEM_REPLY && item->status != ITEM_VOID && v->asked != NULL) {
            v->replied = item->text;
        }
    }
    v->may_reply = v->asked != NULL && v->replied == NULL &&
                   (opinion_rules[ACT_REPLY].from & 1u << c->opinion->state) != 0;
}

static struct phone_opinion phone_opinion(struct http_exchange *x, struct dialogue *d,
                                          struct opinion *o, const struct opinion_items *items)
{
    struct visit *v = visit_of(x);
    struct opinion_case c = visit_case(v, http_arena(x), d, o);
    c.items = items->list;
    c.item_count = items->count;
    struct opinion_view view = opinion_view_of(&c, v->facts, visit_lang(v));
    const struct opinion_item *answer = opinion_last_item(&c, ITEM_ANSWER, ITEM_DONE);
    struct phone_opinion mine = {
        .typed = "",
        .typed_reply = "",
        .number = arena_strdup(http_arena(x), view.number),
        .state = label_of(visit_lang(v), &opinion_states, (int)o->state),
        .excerpt = view.excerpt,
        .answer = answer != NULL && o->state != OPINION_DIVERTED ? answer->text : NULL,
        .may_judge = o->state == OPINION_ANSWERED && o->verdict == VERDICT_NONE};
    if (o->state != OPINION_DIVERTED) fill_asked(&c, visit_lang(v), &mine);
    return mine;
}

static enum status read_mine(struct http_exchange *x, struct sql *sql, struct dialogue *d,
                             struct phone_view *v)
{
    struct visit *visit = visit_of(x);
    struct arena *arena = http_arena(x);
    struct ticket_opinions list;
    BUF numbers = {0};
    enum status status =
        store_ticket_opinions(sql, visit->unit, d->id, visit->actor.ticket, arena, &list);
    v->mine = arena_array(arena, struct phone_opinion, (size_t)list.count + 1);
    for (int i = 0; status == STATUS_OK && i < list.count; i++) {
        struct opinion *o = arena_new(arena, struct opinion);
        struct opinion_items items = {0};
        status = store_opinion_load(sql, visit->unit, list.ids[i], arena, o);
        if (status == STATUS_OK)
            status = store_opinion_items(sql, visit->unit, o->id, arena, &items);
        if (status != STATUS_OK || o->visibility == VISIBILITY_SEALED) continue;
        v->mine[v->mine_count] = phone_opinion(x, d, o, &items);
        buf_printf(&numbers, v->mine_count == 0 ? "%s" : " %s", v->mine[v->mine_count].number);
        v->mine_count++;
        v->mine_waits = v->mine_waits || !opinion_is_public(o);
    }
    v->mine_numbers = arena_strdup(arena, numbers.len > 0 ? buf_text(&numbers) : "");
    return status;
}

static enum status read_others(struct http_exchange *x, struct sql *sql, struct dialogue *d,
                               struct phone_view *v)
{
    struct visit *visit = visit_of(x);
    struct arena *arena = http_arena(x);
    struct opinion_filter filter = {.dialogue = d->id,
                                    .state = OPINION_RELAYED,
                                    .field = -1,
                                    .khom = -1,
                                    .relayed_only = true,
                                    .chunk = OTHERS_SHOWN};
    struct opinion_rows rows;
    enum status status = store_opinion_list(sql, visit->unit, &filter, arena, &rows);
    if (status != STATUS_OK) return status;
    v->others = arena_array(arena, struct opinion_view, (size_t)rows.count + 1);
    v->more_others = rows.more;
    v->list_path = arena_printf(arena, "/doi-thoai/%lld/y-kien", (long long)d->id);
    for (int i = 0; i < rows.count; i++) {
        if (!opinion_is_public(&rows.rows[i])) continue;
        struct opinion_case c = visit_case(visit, arena, d, &rows.rows[i]);
        v->others[v->other_count++] = opinion_view_of(&c, visit->facts, visit_lang(visit));
    }
    return STATUS_OK;
}

static void find_place(struct http_exchange *x, const struct hall *hall, struct phone_view *v)
{
    const struct hall_turn *turn = hall_turn_of_ticket(hall, visit_of(x)->actor.ticket);
    if (turn == NULL) return;
    v->turn = turn->turn;
    v->my_place = "";
    for (size_t i = 0; i < v->hall.queue_count; i++)
        if (v->hall.queue[i].turn == turn->turn)
            v->my_place = arena_printf(http_arena(x), "%d", v->hall.queue[i].place);
}

static enum status read_phone(struct http_exchange *x, struct sql *sql, int64_t id,
                              struct phone_view *v)
{
    struct visit *visit = visit_of(x);
    struct arena *arena = http_arena(x);
    struct dialogue *d = arena_new(arena, struct dialogue);
    struct hall hall;
    enum status status = store_dialogue_load(sql, visit->unit, id, arena, d);
    if (status == STATUS_OK && !dialogue_visible(d, &visit->actor)) status = STATUS_NOT_FOUND;
    struct hall_read r = {.arena = arena,
                          .sql = sql,
                          .facts = visit->facts,
                          .unit = visit->unit,
                          .now_ms = visit->now_ms,
                          .lang = visit_lang(visit),
                          .ticket = visit->actor.ticket,
                          .table = true};
    if (status == STATUS_OK) status = hall_view_read(&r, d, &v->hall, &hall);
    if (status != STATUS_OK || !joined(visit, id)) return status;
    v->name = visit->ticket_name;
    v->business = visit->ticket_business;
    find_place(x, &hall, v);
    status = read_mine(x, sql, d, v);
    return status == STATUS_OK ? read_others(x, sql, d, v) : status;
}

/// Resident or business: who raises a hand for one speaks in the businesses' turn (R63).
static void fill_who(struct http_exchange *x, bool typed, struct phone_view *v)
{
    struct arena *arena = http_arena(x);
    enum lang lang = visit_lang(visit_of(x));
    struct choice *types = arena_array(arena, struct choice, 2);
    for (int i = AUTHOR_RESIDENT; i <= AUTHOR_BUSINESS; i++)
        types[i - AUTHOR_RESIDENT] = (struct choice){value_code(&author_types, i),
                                                     title_of(arena, lang, &author_types, i), NULL};
    const char *type = typed ? form_typed(x, "author_type") : "";
    v->type = (struct field_view){.name = "author_type",
                                  .label = tr(lang, "Ông/bà tham gia với tư cách"),
                                  .value = *type != 0 ? type : types[0].value,
                                  .choices = types,
                                  .choice_count = 2};
    v->organisation = (struct field_view){
        .name = "organisation",
        .label = tr(lang, "Tên doanh nghiệp, cơ sở"),
        .hint = tr(lang, "Cần ghi khi tham gia với tư cách doanh nghiệp; được mời bằng tên này."),
        .value = typed ? form_typed(x, "organisation") : "",
        .autocomplete = "organization",
        .max_chars = 200};
}

static void fill_join_form(struct http_exchange *x, struct phone_view *v)
{
    struct visit *visit = visit_of(x);
    bool typed = http_method(x) == HTTP_POST;
    fill_who(x, typed, v);
    const char *code = http_query(x, "ma");
    struct choice_list khoms =
        choices_of_khoms(http_arena(x), visit->facts, tr(visit_lang(visit), "Không ghi"));
    v->code = typed ? form_typed(x, "code") : code != NULL ? code : "";
    v->name = typed ? form_typed(x, "name") : "";
    v->khom = (struct field_view){.name = "khom",
                                  .label = tr(visit_lang(visit), "Địa bàn"),
                                  .value = typed ? form_typed(x, "khom") : "",
                                  .choices = khoms.rows,
                                  .choice_count = khoms.count,
                                  .optional = true};
}

/// What was refused, with everything typed and the control it is about.
static void fill_refused(struct http_exchange *x, struct refusal refusal, struct phone_view *v)
{
    static const char *const controls[] = {"code", "author_type",  "name",
                                           "khom", "organisation", "content"};
    const char *path = http_path(x), *form = strrchr(path, '/') + 1,
               *field = refusal.field != NULL ? refusal.field : "";
    v->error = refusal_title(visit_lang(visit_of(x)), refusal);
    v->advice = refusal_advice(visit_lang(visit_of(x)), refusal);
    v->content = form_typed(x, "content");
    for (size_t i = 0; i < ARRAY_LEN(controls); i++)
        if (strcmp(field, controls[i]) == 0) v->error_at = controls[i];
    for (size_t i = 0; i < v->mine_count; i++) {
        struct phone_opinion *o = &v->mine[i];
        if (strstr(path, arena_printf(http_arena(x), "/y-kien/%s/", o->number)) == NULL) continue;
        bool reply = opinion_action_parse(form) == ACT_REPLY;
        *(reply ? &o->typed_reply : &o->typed) = form_typed(x, "text");
        if (strcmp(field, "text") == 0)
            v->error_at = arena_printf(http_arena(x), reply ? "phan-hoi-%s" : "tiep-%s", o->number);
    }
    http_status(x, refusal_rows[refusal.code].http_status);
}

static enum http_next show(struct http_exchange *x, int64_t id, struct refusal refusal)
{
    struct visit *visit = visit_of(x);
    STORE_READ ro = NULL;
    enum http_next next;
    struct phone_view v = {.content = "", .my_place = "", .mine_numbers = ""};
    const char *events = public_events_path(http_arena(x), visit, id);
    if (!visit_read(x, &ro, &next)) return next;
    enum status status = read_phone(x, store_ro_sql(ro), id, &v);
    if (status != STATUS_OK) return page_failed(x, status);
    struct tpl t;
    struct page page;
    page_begin(x, &t, &page, tr(visit_lang(visit), "Hội trường"));
    page.events = events;
    http_set_header(x, "Cache-Control", "no-store");
    if (refusal.code != REFUSAL_NONE) fill_refused(x, refusal, &v);
    v.key = form_new_key(x);
    if (joined(visit, id)) {
        tpl_hall_phone(&t, &page, &v);
    } else {
        fill_join_form(x, &v);
        tpl_hall_join(&t, &page, &v);
    }
    return HTTP_DONE;
}

enum http_next get_phone(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    int64_t id;
    if (!read_id(http_param(x, "id"), &id)) return http_error(x, 404);
    return show(x, id, ALLOWED);
}

static void back_to_phone(struct http_exchange *x, int64_t id)
{
    http_redirect(x, 303, arena_printf(http_arena(x), "/hoi-truong/%lld", (long long)id));
}

static void answer(struct http_exchange *x, struct act *act)
{
    int64_t id;
    if (!read_id(http_param(x, "id"), &id)) return;
    if (act->refusal.code != REFUSAL_NONE)
        show(x, id, act->refusal);
    else
        back_to_phone(x, id);
}

// ---- joining

static void answer_join(struct http_exchange *x, struct act *act)
{
    enum { TICKET_COOKIE_S = 12 * 3600 };
    if (act->refusal.code == REFUSAL_NONE)
        http_set_cookie(x, &(struct http_cookie){.name = "ve",
                                                 .value = act->answer.token,
                                                 .max_age_s = TICKET_COOKIE_S,
                                                 .secure = http_is_tls(x)});
    answer(x, act);
}

enum http_next post_phone_join(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    int64_t id;
    if (!read_id(http_param(x, "id"), &id)) return http_error(x, 404);
    if (joined(visit_of(x), id)) return back_to_phone(x, id), HTTP_DONE;
    struct act *act = visit_act(x);
    act->run = run_hall_join;
    act->target = id;
    form_read_action(x, act, hall_join_params, (int)ARRAY_LEN(hall_join_params), NULL);
    struct hall_joining *j = arena_new(&act->input, struct hall_joining);
    *j = hall_joining_of(&act->params);
    act->extra = j;
    int64_t wait_s;
    struct refusal refusal = pace_join(x, id, j->code, &wait_s);
    if (refusal.code != REFUSAL_NONE) {
        act_free(act);
        enum http_next next = show(x, id, refusal);
        return pace_tell(x, wait_s), next;
    }
    return visit_submit(x, act, answer_join);
}

// ---- hands, questions, support, verdicts

enum http_next post_phone_act(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    int64_t id;
    int action = hall_action_parse(http_param(x, "action"));
    bool ours = action == HACT_HAND_UP || action == HACT_HAND_DOWN;
    if (!read_id(http_param(x, "id"), &id) || !ours) return http_error(x, 404);
    if (!joined(visit_of(x), id)) return back_to_phone(x, id), HTTP_DONE;
    struct act *act = visit_act(x);
    act->run = run_hall_action;
    act->action = action;
    act->target = id;
    form_read_action(x, act, hall_rules[action].params, hall_rules[action].param_count, NULL);
    return visit_submit(x, act, answer);
}

static void answer_ask(struct http_exchange *x, struct act *act)
{
    if (act->refusal.code != REFUSAL_NONE) {
        show(x, act->target, act->refusal);
        return;
    }
    receipt_cookie_set(x, act->answer.receipt);
    http_redirect(x, 303, "/bien-nhan");
}

enum http_next post_phone_ask(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    int64_t id;
    if (!read_id(http_param(x, "id"), &id)) return http_error(x, 404);
    if (!joined(visit_of(x), id)) return back_to_phone(x, id), HTTP_DONE;
    struct act *act = visit_act(x);
    act->run = run_opinion_submit;
    act->target = id;
    form_read_submission(x, act);
    return visit_submit(x, act, answer_ask);
}

enum http_next post_phone_support(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    int64_t id, number;
    if (!read_id(http_param(x, "id"), &id) ||
        !opinion_number_parse(http_param(x, "number"), &number))
        return http_error(x, 404);
    if (!joined(visit_of(x), id)) return back_to_phone(x, id), HTTP_DONE;
    struct act *act = visit_act(x);
    act->run = run_opinion_action;
    act->action = ACT_SUPPORT;
    act->target = number;
    form_read_others(x, act, NULL);
    return visit_submit(x, act, answer);
}

/// Whether the phone handed it in: then it speaks as its author.
static bool owns(struct http_exchange *x, int64_t dialogue, int64_t number,
                 unsigned char ret_receipt[RECEIPT_HASH_BYTES])
{
    struct visit *v = visit_of(x);
    struct ticket_opinions list;
    struct opinion o;
    STORE_READ ro = NULL;
    enum http_next next;
    if (!joined(v, dialogue) || !visit_read(x, &ro, &next)) return false;
    struct sql *sql = store_ro_sql(ro);
    enum status status =
        store_ticket_opinions(sql, v->unit, dialogue, v->actor.ticket, http_arena(x), &list);
    bool found = false;
    for (int i = 0; status == STATUS_OK && i < list.count; i++)
        found = found || list.ids[i] == number;
    if (!found || store_opinion_load(sql, v->unit, number, http_arena(x), &o) != STATUS_OK)
        return false;
    memcpy(ret_receipt, o.receipt_hash, RECEIPT_HASH_BYTES);
    return true;
}

enum http_next post_phone_verdict(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    int64_t id, number;
    int action = opinion_action_parse(http_param(x, "action"));
    bool ours = action == ACT_AGREE || action == ACT_CONTINUE || action == ACT_REPLY;
    if (!ours || !read_id(http_param(x, "id"), &id) ||
        !opinion_number_parse(http_param(x, "number"), &number))
        return http_error(x, 404);
    struct act *act = visit_act(x);
    if (!owns(x, id, number, act->caller.receipt_hash)) return act_free(act), http_error(x, 404);
    act->caller.kind = ACTOR_AUTHOR;
    act->run = run_opinion_action;
    act->action = action;
    act->target = number;
    form_read_action(x, act, opinion_rules[action].params, opinion_rules[action].param_count, NULL);
    return visit_submit(x, act, answer);
}
