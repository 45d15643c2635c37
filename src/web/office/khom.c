// SPDX-License-Identifier: AGPL-3.0-or-later
// A khóm's desk: its people's opinions, letters with proof, slips taken in by hand, the word
// spread.
#include "web/office/khom.h"
#include "web/office/handlers.h"
#include "web/office/khom.html.h"

#include <string.h>

#include "actions/office.h"
#include "web/form_input.h"

static const char home[] = "/lam-viec/khom";

static int own_khom(const struct desk *d)
{
    return d->visit->actor.person->khom;
}

// ---- opinions

static const char *where_to(struct desk *d, const struct opinion_case *c)
{
    const struct opinion *o = c->opinion;
    if (!opinion_shows_contacts(c)) return NULL;
    return arena_printf(d->arena, "%s%s%s", label_of(d->t.lang, &reply_bys, (int)o->reply_by),
                        *o->phone != 0 ? ", " : "", o->phone);
}

static void add_replies(struct desk *d, struct opinion_case *c, struct work_row *row)
{
    static const enum opinion_action said[] = {ACT_AGREE, ACT_CONTINUE, ACT_REPLY};
    static const char *const labels[] = {N_("Ghi thay: đồng ý"), N_("Ghi thay: trao đổi tiếp"),
                                         N_("Ghi thay: phản hồi")};
    for (size_t i = 0; i < ARRAY_LEN(said); i++)
        if (desk_can(c, said[i], BEHALF_AUTHOR))
            work_link(row, desk_act_path(d->arena, c->opinion, said[i], BEHALF_AUTHOR, home),
                      tr(d->t.lang, labels[i]));
}

static void take(struct desk *d, struct opinion_case *c, void *ctx)
{
    struct khom_view *v = ctx;
    const struct opinion *o = c->opinion;
    // Its own people's, as far as domain/ lets it know them; the rest is on the public pages.
    if (o->khom != own_khom(d) || !opinion_shows_contacts(c)) return;
    bool to_deliver = o->delivered_ms == 0 && desk_can(c, ACT_DELIVER, BEHALF_SELF);
    struct work_row *row = work_add(d,
                                    to_deliver                   ? &v->deliveries
                                    : opinion_is_final(o->state) ? &v->done
                                                                 : &v->open,
                                    c);
    row->dialogue = d->dialogue.title;
    row->contact = where_to(d, c);
    add_replies(d, c, row);
    if (!to_deliver) return;
    const struct opinion_item *answer = opinion_last_item(c, ITEM_ANSWER, -1);
    if (answer != NULL) {
        row->note = answer->text;
        row->note_by = tr(d->t.lang, "Trả lời");
    }
    const struct action_preset how[] = {{PARAM_HOW, "khom", false}};
    work_form(row,
              desk_form_of(d, o,
                           &(struct desk_form){.action = ACT_DELIVER,
                                               .title = tr(d->t.lang, "Ghi nhận đã giao tận tay"),
                                               .back = home,
                                               .presets = how,
                                               .preset_count = 1}));
    work_link(row,
              arena_printf(d->arena, "/doi-thoai/%lld/van-ban/answer.pdf?opinion=%s",
                           (long long)d->dialogue.id, row->o.view.number),
              tr(d->t.lang, "In công văn trả lời"));
}

// ---- meetings: what may be handed in, what was told

static size_t told_by(const struct broadcast_list *list, int khom)
{
    size_t count = 0;
    for (int i = 0; i < list->count; i++)
        count += !list->rows[i].struck && list->rows[i].khom == khom;
    return count;
}

static enum status read_hands(struct desk *d, struct sql *sql, const struct dialogue *row,
                              struct khom_hands **ret_hands)
{
    if (row->state != DIALOGUE_OPEN && row->state != DIALOGUE_ADJOURNED) return STATUS_OK;
    enum status status = desk_open(d, sql, row->id);
    if (status != STATUS_OK) return status;
    *ret_hands = arena_new(d->arena, struct khom_hands);
    return khom_hands_read(d, sql, NULL, *ret_hands);
}

static enum status add_meetings(struct desk *d, struct sql *sql, struct khom_view *v)
{
    struct dialogue_list list;
    enum status status = work_dialogues(d, sql, &list);
    if (status != STATUS_OK) return status;
    v->meetings = arena_array(d->arena, struct khom_meeting, (size_t)list.count + 1);
    for (int i = list.count - 1; status == STATUS_OK && i >= 0; i--) {
        const struct dialogue *row = &list.rows[i];
        enum intake intake = dialogue_intake(row, d->visit->now_ms);
        bool takes = intake != INTAKE_NOT_YET && intake != INTAKE_ENDED;
        if (!takes && row->state != DIALOGUE_ANNOUNCED && row->state != DIALOGUE_ISSUED) continue;
        struct broadcast_list told;
        struct khom_hands *hands = NULL;
        status = store_broadcasts(sql, d->visit->unit, row->id, d->arena, &told);
        if (status == STATUS_OK) status = read_hands(d, sql, row, &hands);
        if (status != STATUS_OK) break;
        v->meetings[v->meeting_count++] = (struct khom_meeting){
            .title = row->title,
            .hands = hands,
            .state = dialogue_tag(d->t.lang, row->state),
            .when_ms = row->starts_at_ms,
            .told = told_by(&told, own_khom(d)),
            .list_path = arena_printf(d->arena, "/lam-viec/dai-bieu/%lld", (long long)row->id),
            .log_path = arena_printf(d->arena, "/lam-viec/khom/%lld", (long long)row->id),
            .intake_path =
                takes ? arena_printf(d->arena, "/lam-viec/khom/%lld", (long long)row->id) : NULL};
    }
    return status;
}

enum http_next get_khom(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    struct desk d;
    enum http_next next;
    const unsigned every = (1u << OPINION_STATE_COUNT) - 1;
    STORE_READ ro = NULL;
    if (!office_enter_unit(x, &d, WHO(ROLE_KHOM), &next)) return next;
    const char *events = desk_events(x, 0);
    if (!visit_read(x, &ro, &next)) return next;
    struct khom_view v = {
        .live_path = http_target(x),
        .khom = khom_name(d.visit->facts, own_khom(&d)),
        .deliveries = {.id = "can-giao",
                       .title = tr(d.t.lang, "Trả lời cần giao tận tay"),
                       .none = tr(d.t.lang, "Không có thư trả lời nào cần giao.")},
        .open = {.id = "dang-giai-quyet",
                 .title = tr(d.t.lang, "Đang giải quyết"),
                 .none = tr(d.t.lang, "Không có ý kiến nào đang giải quyết.")},
        .done = {.id = "da-xong",
                 .title = tr(d.t.lang, "Đã kết thúc"),
                 .none = tr(d.t.lang, "Chưa có ý kiến nào kết thúc.")}};
    for (int i = 0; i < d.visit->facts->khoms.count; i++)
        if (d.visit->facts->khoms.rows[i].khom == own_khom(&d))
            v.quota = d.visit->facts->khoms.rows[i].quota;
    enum status status = work_scan_unit(&d, store_ro_sql(ro), every, take, &v);
    if (status == STATUS_OK) status = add_meetings(&d, store_ro_sql(ro), &v);
    if (status != STATUS_OK) return page_failed(x, status);
    work_sort(&v.open);
    desk_title(&d, v.khom != NULL ? arena_printf(d.arena, tr(d.t.lang, "Bàn %s"), v.khom)
                                  : tr(d.t.lang, "Bàn khóm"));
    v.first_path = d.first_path;
    v.next_path = d.next_path;
    d.page.events = events;
    tpl_khom_page(&d.t, &d.page, &v);
    return HTTP_DONE;
}

// ---- taking in by hand, and the word spread: one page per meeting

static struct field_view choice_field(struct desk *d, const char *name, const char *label,
                                      struct choice_list list, const char *usual, bool typed)
{
    return (struct field_view){.name = name,
                               .label = label,
                               .value = typed ? form_typed(d->x, name) : usual,
                               .choices = list.rows,
                               .choice_count = list.count};
}

static struct choice_list hand_channels(struct desk *d)
{
    struct choice *rows = arena_array(d->arena, struct choice, 2);
    rows[0] = (struct choice){"khom", tr(d->t.lang, "Nghe nói, khóm ghi lại"), NULL};
    rows[1] = (struct choice){"slip", tr(d->t.lang, "Phiếu giấy, chép lại"), NULL};
    return (struct choice_list){rows, 2};
}

static void fill_intake(struct desk *d, const struct act *act, bool typed,
                        struct khom_intake_view *v)
{
    enum lang lang = d->t.lang;
    const char *none = tr(lang, "Chưa rõ");
    enum intake intake = dialogue_intake(&d->dialogue, d->visit->now_ms);
    *v = (struct khom_intake_view){
        .path = http_path(d->x),
        .meeting = d->dialogue.title,
        .khom = khom_name(d->visit->facts, own_khom(d)),
        .closed = intake == INTAKE_NOT_YET || intake == INTAKE_ENDED,
        .content = typed ? form_typed(d->x, "content") : "",
        .name = typed ? form_typed(d->x, "name") : "",
        .organisation = typed ? form_typed(d->x, "organisation") : "",
        .phone = typed ? form_typed(d->x, "phone") : "",
        .channel = choice_field(d, "channel", tr(lang, "Nhận bằng cách nào"), hand_channels(d),
                                "khom", typed),
        .author_type =
            choice_field(d, "author_type", tr(lang, "Người có ý kiến"),
                         choices_of(d->arena, lang, &author_types, NULL), "resident", typed),
        .reply_by = choice_field(d, "reply_by", tr(lang, "Nhận trả lời qua"),
                                 choices_of(d->arena, lang, &reply_bys, NULL), "khom", typed),
        .field = choice_field(d, "field", tr(lang, "Lĩnh vực"),
                              choices_of(d->arena, lang, &fields, none), "", typed),
        .kind = choice_field(d, "kind", tr(lang, "Loại ý kiến"),
                             choices_of(d->arena, lang, &opinion_kinds, none), "", typed)};
    if (act == NULL) return;
    v->error = office_error_of(d, act->refusal);
    if (act->refusal.code == REFUSAL_NONE) {
        char number[OPINION_NUMBER_TEXT];
        v->number = arena_strdup(d->arena, opinion_number_format(act->answer.id, number));
        v->receipt = arena_strdup(d->arena, act->answer.receipt);
        http_set_header(d->x, "Cache-Control", "no-store");
    }
}

/// `act` is what was just sent, NULL nothing; `log` when it was a line of the log.
static enum http_next show_meeting(struct http_exchange *x, const struct act *act, bool log)
{
    struct desk d;
    struct khom_intake_view v;
    enum http_next next;
    STORE_READ ro = NULL;
    if (!visit_read(x, &ro, &next)) return next;
    if (!office_enter(x, &d, store_ro_sql(ro), WHO(ROLE_KHOM), &next)) return next;
    bool refused = act != NULL && act->refusal.code != REFUSAL_NONE;
    fill_intake(&d, log ? NULL : act, refused && !log, &v);
    struct log_view lines = {.path = arena_printf(d.arena, "/lam-viec/khom/%lld/tuyen-truyen",
                                                  (long long)d.dialogue.id)};
    enum status status = log_fill(&d, store_ro_sql(ro), own_khom(&d), refused && log, &lines);
    if (status != STATUS_OK) return page_failed(x, status);
    if (refused && log) lines.error = office_error_of(&d, act->refusal);
    if (refused) office_status(x, act->refusal);
    desk_title(&d, tr(d.t.lang, "Ghi ý kiến của người dân trong khóm"));
    tpl_khom_intake_page(&d.t, &d.page, &v, &lines);
    return HTTP_DONE;
}

enum http_next get_khom_intake(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    return show_meeting(x, NULL, false);
}

static void answer_intake(struct http_exchange *x, struct act *act)
{
    if (act->refusal.code == REFUSAL_NOT_FOUND)
        http_error(x, 404);
    else
        show_meeting(x, act, false);
}

/// Only a khóm's own account gets past here; what it takes in is of its own people.
static const struct person *khom_person(struct http_exchange *x)
{
    const struct visit *v = visit_of(x);
    const struct person *p = v->actor.person;
    return (dialogue_roles(NULL, &v->actor) & WHO(ROLE_KHOM)) != 0 ? p : NULL;
}

enum http_next post_khom_intake(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    int64_t id;
    const struct person *me = khom_person(x);
    if (!read_id(http_param(x, "dialogue"), &id)) return http_error(x, 404);
    if (me == NULL) return desk_forbidden(x);
    struct act *act = visit_act(x);
    act->run = run_opinion_submit;
    act->target = id;
    form_read_submission(x, act);
    act->submission.khom = me->khom;
    return visit_submit(x, act, answer_intake);
}

static void answer_told(struct http_exchange *x, struct act *act)
{
    if (act->refusal.code != REFUSAL_NONE) {
        show_meeting(x, act, true);
        return;
    }
    page_flash(x, "saved");
    http_redirect(x, 303,
                  arena_printf(http_arena(x), "/lam-viec/khom/%lld", (long long)act->target));
}

enum http_next post_khom_broadcast(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    int64_t id;
    const struct person *me = khom_person(x);
    if (!read_id(http_param(x, "dialogue"), &id)) return http_error(x, 404);
    if (me == NULL) return desk_forbidden(x);
    struct act *act = visit_act(x);
    act->run = run_broadcast_add;
    act->target = id;
    log_read(x, act, me->khom);
    return visit_submit(x, act, answer_told);
}
