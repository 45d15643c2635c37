// SPDX-License-Identifier: AGPL-3.0-or-later
// The chair's desk, for a tablet on the stage. Only what the secretary relayed gets here: domain/
// sees to it. One tap for call and return, one page for what needs words.
#include "web/desks/chair.h"
#include "web/desks/chair.html.h"
#include "web/desks/handlers.h"

#include <string.h>

#include "store/hall.h"
#include "store/opinion.h"

// ---- the queue

static struct chair_queue *queue_of(struct desk *d, struct chair_view *v, const char *title,
                                    size_t room)
{
    for (size_t i = 0; i < v->queue_count; i++)
        if (strcmp(v->queues[i].title, title) == 0) return &v->queues[i];
    struct chair_queue *queue = &v->queues[v->queue_count++];
    *queue =
        (struct chair_queue){title, {.rows = arena_array(d->arena, struct desk_opinion, room)}};
    return queue;
}

static enum status read_queues(struct desk *d, struct sql *sql, struct chair_view *v)
{
    struct desk_list all;
    enum status status = desk_list_read(d, sql, OPINION_RELAYED, v->path, &all);
    if (status != STATUS_OK) return status;
    v->queues = arena_array(d->arena, struct chair_queue, all.count + 1);
    v->waiting = all.count;
    v->waiting_first = all.first_path;
    v->waiting_next = all.next_path;
    for (size_t i = 0; i < all.count; i++) { // R60: topic by topic, else field by field
        const struct desk_opinion *o = &all.rows[i];
        struct chair_queue *queue =
            queue_of(d, v, o->topic != NULL ? o->topic : o->view.field, all.count);
        queue->list.rows[queue->list.count++] = *o;
    }
    return STATUS_OK;
}

// ---- what waits for a decision, what is late

static struct action_form *decide(struct desk *d, const struct opinion *o,
                                  enum opinion_action action, const char *draft, bool withdrawal,
                                  const char *back)
{
    const struct action_preset presets[] = {{PARAM_DRAFT, draft, true},
                                            {PARAM_WITHDRAWAL, withdrawal ? "true" : "", true}};
    return desk_form_of(d, o,
                        &(struct desk_form){.action = action,
                                            .back = back,
                                            .presets = presets,
                                            .preset_count = action == ACT_APPROVE ? 2 : 1});
}

static void add_draft(struct desk *d, struct opinion_case *c, struct chair_view *v)
{
    const struct opinion_item *draft = desk_waiting(c, ITEM_DRAFT);
    const struct opinion_item *withdrawal = desk_waiting(c, ITEM_WITHDRAWAL);
    const struct opinion_item *item = draft != NULL ? draft : withdrawal;
    if (item == NULL || !desk_can(c, ACT_APPROVE, BEHALF_SELF)) return;
    const char *number = draft != NULL ? arena_printf(d->arena, "%d", draft->item) : "";
    v->drafts[v->draft_count++] = (struct chair_draft){
        .row = desk_opinion_of(d, c, v->path),
        .author = *item->actor != 0 ? person_shown(c->people, item->actor) : "",
        .text = item->text,
        .is_withdrawal = draft == NULL,
        .approve = decide(d, c->opinion, ACT_APPROVE, number, draft == NULL, v->path),
        .reject = decide(d, c->opinion, ACT_REJECT, number, false, v->path)};
}

static enum status add_debt(struct desk *d, struct sql *sql, struct opinion *o,
                            struct chair_view *v)
{
    struct opinion_items items;
    struct opinion_case c = visit_case(d->visit, d->arena, &d->dialogue, o);
    if (opinion_is_overdue(o, d->today) && v->overdue.count < DESK_LIST)
        v->overdue.rows[v->overdue.count++] = desk_opinion_of(d, &c, v->path);
    if (v->draft_count == DESK_LIST) return STATUS_OK;
    enum status status = store_opinion_items(sql, d->visit->unit, o->id, d->arena, &items);
    if (status != STATUS_OK) return status;
    c.items = items.list;
    c.item_count = items.count;
    c.item_room = items.room;
    add_draft(d, &c, v);
    return STATUS_OK;
}

static enum status read_debts(struct desk *d, struct sql *sql, struct chair_view *v)
{
    static const enum opinion_state states[] = {OPINION_OWED, OPINION_REFERRED, OPINION_ON_FLOOR,
                                                OPINION_RELAYED, OPINION_ANSWERED};
    enum status status = STATUS_OK;
    v->drafts = arena_array(d->arena, struct chair_draft, DESK_LIST);
    v->overdue.rows = arena_array(d->arena, struct desk_opinion, DESK_LIST);
    for (size_t s = 0; status == STATUS_OK && s < ARRAY_LEN(states); s++) {
        struct opinion_filter filter = {
            .dialogue = d->dialogue.id, .state = (int)states[s], .field = -1, .khom = -1};
        struct opinion_page page = {.more = true};
        // No draft may wait unseen behind a hundred others: all pages, until the desk is full.
        while (status == STATUS_OK && page.more && v->draft_count < DESK_LIST) {
            status = read_opinion_page(d->x, sql, &d->dialogue, &filter, DESK_LIST, &page);
            for (int i = 0; status == STATUS_OK && i < page.count; i++)
                status = add_debt(d, sql, &page.rows[i], v);
            if (status == STATUS_OK && page.count > 0) filter.after = page.rows[page.count - 1].id;
        }
    }
    return status;
}

// ---- the one on the floor

static void add_link(struct desk *d, struct opinion_case *c, struct desk_link *links, size_t *count,
                     struct desk_link link, enum opinion_action action)
{
    const char *back = link.path;
    if (!desk_can(c, action, BEHALF_SELF)) return;
    link.path = desk_act_path(d->arena, c->opinion, action, BEHALF_SELF, back);
    links[(*count)++] = link;
}

static void fill_outcomes(struct desk *d, struct opinion_case *c, const char *back,
                          struct chair_now *now)
{
    enum lang lang = d->t.lang;
    now->outcomes = arena_array(d->arena, struct desk_link, 4);
    now->others = arena_array(d->arena, struct desk_link, 8);
    struct desk_link big[] = {{back, tr(lang, "Trả lời tại đây"), "message-square"},
                              {back, tr(lang, "Giao trả lời sau"), "user-check"},
                              {back, tr(lang, "Kiến nghị cấp trên"), "arrow-up-right"}};
    static const enum opinion_action big_acts[] = {ACT_ANSWER, ACT_ASSIGN, ACT_REFER};
    for (size_t i = 0; i < ARRAY_LEN(big); i++)
        add_link(d, c, now->outcomes, &now->outcome_count, big[i], big_acts[i]);
    static const enum opinion_action small_acts[] = {
        ACT_GIVE_FLOOR, ACT_ASK_BACK, ACT_SUPPLEMENT, ACT_SET_OFF_TOPIC, ACT_CONCLUDE, ACT_EXTEND};
    for (size_t i = 0; i < ARRAY_LEN(small_acts); i++)
        add_link(d, c, now->others, &now->other_count,
                 (struct desk_link){back, tr(lang, opinion_rules[small_acts[i]].label), NULL},
                 small_acts[i]);
}

static void fill_now(struct desk *d, struct opinion_case *c, const char *back,
                     struct chair_now *now)
{
    const struct opinion_item *answer = opinion_last_item(c, ITEM_ANSWER, ITEM_DONE);
    const struct action_preset no_reason[] = {{PARAM_REASON, "", true}};
    now->any = true;
    now->row = desk_opinion_of(d, c, NULL);
    if (*c->opinion->floor != 0) now->floor = person_shown(c->people, c->opinion->floor);
    if (answer != NULL && c->opinion->state == OPINION_ANSWERED) {
        now->answer = answer->text;
        now->answered_by = person_shown(c->people, answer->person);
        if (c->opinion->verdict != VERDICT_NONE)
            now->verdict = label_of(d->t.lang, &verdicts, (int)c->opinion->verdict);
    }
    if (desk_can(c, ACT_CALL, BEHALF_SELF) && c->dialogue->state == DIALOGUE_OPEN)
        now->call =
            desk_form_of(d, c->opinion, &(struct desk_form){.action = ACT_CALL, .back = back});
    if (desk_can(c, ACT_RETURN, BEHALF_SELF))
        now->back_to_list = desk_form_of(
            d, c->opinion,
            &(struct desk_form){
                .action = ACT_RETURN, .back = back, .presets = no_reason, .preset_count = 1});
    fill_outcomes(d, c, back, now);
}

static enum status read_now(struct desk *d, struct sql *sql, struct chair_view *v)
{
    int64_t id = v->floor.count > 0 ? v->floor.rows[v->floor.count - 1].view.id : 0;
    const char *asked = http_query(d->x, "y");
    struct opinion *o = arena_new(d->arena, struct opinion);
    struct dialogue *dialogue = arena_new(d->arena, struct dialogue);
    struct opinion_case c;
    if (asked != NULL) opinion_number_parse(asked, &id);
    if (id == 0) return STATUS_OK;
    enum status status = read_opinion_case(d->x, sql, id, dialogue, o, &c);
    if (status == STATUS_NOT_FOUND) return STATUS_OK;
    if (status != STATUS_OK || dialogue->id != d->dialogue.id) return status;
    fill_now(d, &c, v->board_path, &v->now);
    return STATUS_OK;
}

/// For the chair alone: one-way time has passed its budget (R62, R63).
static enum status read_budget(struct desk *d, struct sql *sql, struct chair_view *v)
{
    struct hall hall;
    v->live = d->dialogue.state == DIALOGUE_OPEN || d->dialogue.state == DIALOGUE_ADJOURNED;
    if (!v->live || !(d->roles & (WHO(ROLE_CHAIR) | WHO(ROLE_DEPUTY)))) return STATUS_OK;
    enum status status = store_hall_load(sql, d->visit->unit, d->dialogue.id, d->arena, &hall);
    if (status != STATUS_OK) return status;
    struct hall_share share = hall_share(&hall, d->visit->now_ms);
    v->over_budget = hall_over_budget(&hall, &share);
    return STATUS_OK;
}

static void dialogue_links(struct desk *d, struct chair_view *v)
{
    static const enum dialogue_action acts[] = {DACT_APPROVE, DACT_OPEN,  DACT_ADJOURN,
                                                DACT_RESUME,  DACT_CLOSE, DACT_REOPEN};
    v->dialogue_links = arena_array(d->arena, struct desk_link, ARRAY_LEN(acts) + 1);
    for (size_t i = 0; i < ARRAY_LEN(acts); i++)
        if (desk_dialogue_can(d, acts[i], BEHALF_SELF))
            v->dialogue_links[v->dialogue_link_count++] = (struct desk_link){
                .path =
                    arena_printf(d->arena, "/lam-viec/doi-thoai/%lld/%s?back=%s",
                                 (long long)d->dialogue.id, dialogue_rules[acts[i]].code, v->path),
                .label = tr(d->t.lang, dialogue_rules[acts[i]].label)};
    if (d->dialogue.opened_ms != 0)
        v->dialogue_links[v->dialogue_link_count++] = (struct desk_link){
            .path = arena_printf(d->arena, "/lam-viec/bien-ban/%lld", (long long)d->dialogue.id),
            .label = tr(d->t.lang, "Biên bản")};
}

/// Nobody speaks just now: why, and what the chair may do about it.
static const char *nothing_now(const struct desk *d)
{
    switch (d->dialogue.state) {
    case DIALOGUE_OPEN:
    case DIALOGUE_ADJOURNED:
        return tr(d->t.lang, "Chưa có ý kiến nào đang đối thoại. Chọn một ý kiến trong danh sách "
                             "để mời phát biểu.");
    case DIALOGUE_CLOSED:
    case DIALOGUE_COMPLETED:
        return tr(d->t.lang, "Hội nghị đã bế mạc. Ý kiến chưa trả lời đã được giao trả lời sau hội "
                             "nghị; dự thảo trình duyệt hiện tại đây.");
    case DIALOGUE_CANCELLED:
        return tr(d->t.lang, "Hội nghị đã hủy.");
    case DIALOGUE_DRAFTING:
    case DIALOGUE_ISSUED:
    case DIALOGUE_ANNOUNCED:
    case DIALOGUE_POSTPONED:
    case DIALOGUE_STATE_COUNT:
        break;
    }
    return tr(d->t.lang, "Hội nghị chưa khai mạc. Ý kiến được mời phát biểu sau khi khai mạc.");
}

enum http_next get_chair(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    const uint32_t chairs = WHO(ROLE_CHAIR) | WHO(ROLE_DEPUTY) | WHO(ROLE_SECOND_READER);
    struct desk d;
    int64_t id, picked;
    enum http_next next;
    STORE_READ ro = NULL;
    if (!read_id(http_param(x, "dialogue"), &id)) return http_error(x, 404);
    const char *events = desk_events(x, id);
    desk_begin(x, &d);
    if (!visit_read(x, &ro, &next)) return next;
    struct sql *sql = store_ro_sql(ro);
    enum status status = desk_open(&d, sql, id);
    if (status != STATUS_OK) return page_failed(x, status);
    d.page.events = events;
    if (!(d.roles & chairs)) return desk_forbidden(x);
    struct chair_view v = {.path = arena_printf(d.arena, "/lam-viec/chu-tri/%lld", (long long)id),
                           .title = d.dialogue.title,
                           .nothing_now = nothing_now(&d),
                           .over = d.dialogue.state == DIALOGUE_CLOSED ||
                                   d.dialogue.state == DIALOGUE_COMPLETED ||
                                   d.dialogue.state == DIALOGUE_CANCELLED,
                           .state = dialogue_tag(d.t.lang, d.dialogue.state)};
    const char *asked = http_query(x, "y");
    bool has_pick = asked != NULL && opinion_number_parse(asked, &picked);
    v.board_path = desk_board_path(&d, v.path, has_pick ? asked : NULL);
    status = desk_list_read(&d, sql, OPINION_ON_FLOOR, v.path, &v.floor);
    if (status == STATUS_OK)
        status = desk_list_read(&d, sql, OPINION_ANSWERED, v.path, &v.answered);
    if (status == STATUS_OK) status = read_queues(&d, sql, &v);
    if (status == STATUS_OK) status = read_debts(&d, sql, &v);
    if (status == STATUS_OK) status = read_now(&d, sql, &v);
    if (status == STATUS_OK) status = read_budget(&d, sql, &v);
    if (status != STATUS_OK) return page_failed(x, status);
    dialogue_links(&d, &v);
    desk_title(&d, tr(d.t.lang, "Bàn chủ trì"));
    if (d.t.fragment)
        tpl_chair_board(&d.t, &v);
    else
        tpl_chair_page(&d.t, &d.page, &v);
    return HTTP_DONE;
}
