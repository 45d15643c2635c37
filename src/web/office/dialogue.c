// SPDX-License-Identifier: AGPL-3.0-or-later
// The office's desk of one dialogue: what may be done to it now, what must still be sent, delivered
// or answered, its papers. And a new dialogue.
#include "web/office/dialogue.h"
#include "web/office/dialogue.html.h"
#include "web/office/handlers.h"

#include <string.h>

#include "documents/document.h"
#include "web/desks/act.h"
#include "web/form_input.h"

static const char *own_path(struct desk *d)
{
    return arena_printf(d->arena, "/lam-viec/van-phong/%lld", (long long)d->dialogue.id);
}

// ---- what may be done to the dialogue

static const char *instant_value(struct desk *d, int64_t ms)
{
    char text[INSTANT_TEXT];
    return ms == 0 ? "" : arena_strndup(d->arena, instant_format(ms, text), 16);
}

static size_t update_presets(struct desk *d, struct action_preset *p)
{
    const struct dialogue *o = &d->dialogue;
    size_t n = 0;
    p[n++] = (struct action_preset){PARAM_TITLE, o->title, false};
    p[n++] = (struct action_preset){PARAM_YEAR, arena_printf(d->arena, "%d", o->year), false};
    p[n++] = (struct action_preset){
        PARAM_PROFILE, arena_printf(d->arena, "%d", deadline_profile_row(o->profile)->year), false};
    p[n++] = (struct action_preset){PARAM_PLANNED, o->planned, false};
    p[n++] = (struct action_preset){PARAM_PLACE, o->place, false};
    p[n++] = (struct action_preset){PARAM_SEATS, arena_printf(d->arena, "%d", o->seats), false};
    return n;
}

static size_t time_presets(struct desk *d, struct action_preset *p)
{
    const struct dialogue *o = &d->dialogue;
    int64_t from = o->opinions_from_ms != 0 ? o->opinions_from_ms : d->visit->now_ms;
    size_t n = 0;
    p[n++] = (struct action_preset){PARAM_STARTS_AT, instant_value(d, o->starts_at_ms), false};
    p[n++] = (struct action_preset){PARAM_OPINIONS_FROM, instant_value(d, from), false};
    p[n++] =
        (struct action_preset){PARAM_OPINIONS_UNTIL, instant_value(d, o->opinions_until_ms), false};
    return n;
}

static struct action_form *act_form(struct desk *d, enum dialogue_action action, const char *back)
{
    struct action_preset presets[PARAMS_MAX];
    size_t count = 0;
    char day[DAY_TEXT];
    if (action == DACT_UPDATE) count = update_presets(d, presets);
    if (action == DACT_ANNOUNCE || action == DACT_RESCHEDULE) count = time_presets(d, presets);
    if (action == DACT_ISSUE) {
        presets[count++] = (struct action_preset){PARAM_SYMBOL, "KH-UBND", false};
        presets[count++] = (struct action_preset){
            PARAM_DATE, arena_strdup(d->arena, day_format(d->today, day)), false};
    }
    const char *words = act_words_dialogue(action).consequence;
    return action_form_dialogue(
        d->x, &d->dialogue, action,
        &(struct action_form_options){
            .intro = words != NULL ? tr(d->t.lang, words) : NULL,
            .action = arena_printf(d->arena, "/lam-viec/doi-thoai/%lld/%s",
                                   (long long)d->dialogue.id, dialogue_rules[action].code),
            .back = back,
            .danger = action == DACT_CANCEL,
            .presets = presets,
            .preset_count = count});
}

static enum status add_acts(struct desk *d, struct sql *sql, struct office_view *v)
{
    for (int i = 0; i < DIALOGUE_ACTION_COUNT; i++) {
        if (!desk_dialogue_can(d, (enum dialogue_action)i, BEHALF_SELF)) continue;
        struct action_form *form = act_form(d, (enum dialogue_action)i, v->path);
        enum status status = i == DACT_CANCEL ? desk_help_cancel(d, sql, form) : STATUS_OK;
        if (status != STATUS_OK) return status;
        v->acts[v->act_count++] = form;
    }
    return STATUS_OK;
}

// ---- follow-up

static const char *day_shown(struct desk *d, int32_t day)
{
    char text[FORMAT_TEXT];
    return arena_strdup(d->arena, format_day(d->t.lang, day, text));
}

static const char *day_value(struct desk *d, int32_t day)
{
    char text[DAY_TEXT];
    return day == DAY_NONE ? "" : arena_strdup(d->arena, day_format(day, text));
}

/// Referred or extended, and the author was not told yet of agency and time (R59).
static const struct opinion_item *untold(const struct opinion_case *c)
{
    enum item_kind kind = c->opinion->state == OPINION_REFERRED ? ITEM_REFERRAL : ITEM_EXTENSION;
    const struct opinion_item *last = opinion_last_item(c, kind, ITEM_WAITING);
    if (last == NULL) return NULL;
    for (int i = 0; i < c->item_count; i++)
        if (c->items[i].kind == ITEM_NOTICE && c->items[i].item > last->item) return NULL;
    return last;
}

static void add_notice(struct desk *d, struct opinion_case *c, struct office_view *v)
{
    const struct opinion_item *item = untold(c);
    if (item == NULL || !desk_can(c, ACT_NOTIFY, BEHALF_SELF)) return;
    struct work_row *row = work_add(d, &v->notices, c);
    row->part = "thong-bao";
    struct deadline term = deadline_compute(DEADLINE_NOTICE, d->dialogue.profile,
                                            instant_day(item->at_ms), c->calendar);
    if (d->today > term.legal_day)
        row->late = arena_printf(
            d->arena, tr(d->t.lang, "Chậm: phải báo cho người có ý kiến trước hết ngày %s."),
            day_shown(d, term.legal_day));
    else
        row->note = arena_printf(d->arena, tr(d->t.lang, "trước hết ngày %s"),
                                 day_shown(d, term.legal_day));
    row->note_by = tr(d->t.lang, "Báo cho người có ý kiến");
    row->sort = term.legal_day;
    const struct action_preset presets[] = {
        {PARAM_AGENCY, item->body, false},
        {PARAM_EXPECTED, day_value(d, item->day), false},
        {PARAM_TEXT, item->text, false},
        {PARAM_HOW, value_code(&reply_bys, (int)c->opinion->reply_by), false}};
    work_form(row, desk_form_of(d, c->opinion,
                                &(struct desk_form){.action = ACT_NOTIFY,
                                                    .back = v->path,
                                                    .presets = presets,
                                                    .preset_count = ARRAY_LEN(presets)}));
    work_link(row,
              arena_printf(d->arena, "%s/van-ban/time_notice.pdf?opinion=%s", v->public_path,
                           row->o.view.number),
              tr(d->t.lang, "In thông báo"));
}

static const char *contact_of(struct desk *d, const struct opinion_case *c)
{
    const struct opinion *o = c->opinion;
    if (!opinion_shows_contacts(c)) return NULL;
    return arena_printf(d->arena, "%s%s%s%s%s", label_of(d->t.lang, &reply_bys, (int)o->reply_by),
                        *o->phone != 0 ? ", " : "", o->phone, *o->email != 0 ? ", " : "", o->email);
}

static void add_delivery(struct desk *d, struct opinion_case *c, struct office_view *v)
{
    if (c->opinion->delivered_ms != 0 || !desk_can(c, ACT_DELIVER, BEHALF_SELF)) return;
    struct work_row *row = work_add(d, &v->deliveries, c);
    row->contact = contact_of(d, c);
    const struct action_preset how[] = {
        {PARAM_HOW, value_code(&reply_bys, (int)c->opinion->reply_by), false}};
    work_form(row, desk_form_of(d, c->opinion,
                                &(struct desk_form){.action = ACT_DELIVER,
                                                    .back = v->path,
                                                    .presets = how,
                                                    .preset_count = 1}));
    work_link(row,
              arena_printf(d->arena, "%s/van-ban/answer.pdf?opinion=%s", v->public_path,
                           row->o.view.number),
              tr(d->t.lang, "In công văn trả lời"));
}

static void add_agency(struct desk *d, struct opinion_case *c, struct office_view *v)
{
    if (!desk_can(c, ACT_AGENCY_REPLY, BEHALF_SELF)) return;
    struct work_row *row = work_add(d, &v->agencies, c);
    const struct action_preset date[] = {{PARAM_DATE, day_value(d, d->today), false}};
    work_form(row, desk_form_of(d, c->opinion,
                                &(struct desk_form){.action = ACT_AGENCY_REPLY,
                                                    .back = v->path,
                                                    .presets = date,
                                                    .preset_count = 1}));
    work_link(row,
              arena_printf(d->arena, "%s/van-ban/referral.pdf?opinion=%s", v->public_path,
                           row->o.view.number),
              tr(d->t.lang, "In phiếu chuyển"));
}

static void add_remarks(struct desk *d, struct opinion_case *c, struct office_view *v)
{
    for (int i = 0; i < c->item_count; i++) {
        const struct opinion_item *item = &c->items[i];
        if (item->kind != ITEM_REMARK || item->status != ITEM_WAITING) continue;
        if (!desk_can(c, ACT_REMARK_REPLY, BEHALF_SELF)) return;
        struct work_row *row = work_add(d, &v->remarks, c);
        row->part = arena_printf(d->arena, "giam-sat-%d", item->item);
        row->note = item->text;
        row->note_by = arena_printf(d->arena, tr(d->t.lang, "Giám sát của %s"),
                                    person_shown(c->people, item->actor));
        const struct action_preset about[] = {
            {PARAM_REMARK, arena_printf(d->arena, "%d", item->item), true}};
        struct action_form *form = desk_form_of(
            d, c->opinion,
            &(struct desk_form){
                .action = ACT_REMARK_REPLY, .back = v->path, .presets = about, .preset_count = 1});
        for (size_t k = 0; k < form->count; k++) // several remarks of one opinion on one page
            form->fields[k].id = arena_printf(d->arena, "%s-%d", form->fields[k].id, item->item);
        form->id = arena_printf(d->arena, "%s-%d", form->id, item->item);
        work_form(row, form);
    }
}

static void take(struct desk *d, struct opinion_case *c, void *ctx)
{
    struct office_view *v = ctx;
    switch (c->opinion->state) {
    case OPINION_OWED: {
        struct work_row *row = work_add(d, &v->owed, c);
        row->waiting = desk_waiting(c, ITEM_DRAFT) != NULL;
        if (desk_can(c, ACT_ASSIGN, BEHALF_SELF))
            work_link(row, desk_act_path(d->arena, c->opinion, ACT_ASSIGN, BEHALF_SELF, v->path),
                      tr(d->t.lang, "Phân công"));
        add_notice(d, c, v);
        break;
    }
    case OPINION_REFERRED:
        add_notice(d, c, v);
        add_agency(d, c, v);
        break;
    case OPINION_ANSWERED:
        add_delivery(d, c, v);
        break;
    case OPINION_RECEIVED:
    case OPINION_RELAYED:
    case OPINION_ON_FLOOR:
    case OPINION_CONCLUDED:
    case OPINION_DIVERTED:
    case OPINION_WITHDRAWN:
    case OPINION_STATE_COUNT:
        break;
    }
    add_remarks(d, c, v);
}

// ---- the page

static void add_papers(struct desk *d, struct office_view *v)
{
    v->papers = arena_array(d->arena, struct paper_row, DOC_TYPE_COUNT);
    for (int i = 0; i < DOC_TYPE_COUNT; i++) {
        const struct doc_type_row *type = &doc_types[i];
        if (type->selector == SELECT_OPINION || type->selector == SELECT_PERSON) continue;
        v->papers[v->paper_count++] = (struct paper_row){
            .name = type->name,
            .base = arena_printf(d->arena, "%s/van-ban/%s", v->public_path, type->code)};
    }
}

static void add_seats(struct desk *d, struct office_view *v)
{
    static const enum role seats[APPOINT_COUNT] = {ROLE_CHAIR, ROLE_DEPUTY, ROLE_SECRETARY,
                                                   ROLE_SECOND_READER};
    for (int i = 0; i < APPOINT_COUNT; i++) {
        const char *username = d->dialogue.appointed[i];
        const struct person *p = people_find(&d->visit->facts->people, username);
        v->seats[i] = (struct seat_row){title_of(d->arena, d->t.lang, &roles, (int)seats[i]),
                                        p != NULL ? p->name : NULL};
    }
}

static void add_results(struct desk *d, struct office_view *v)
{
    const struct dialogue *o = &d->dialogue;
    const struct deadline_term *term = deadline_term(o->profile, DEADLINE_RESULTS);
    if (!term->applies || o->closed_ms == 0 || o->results_ms != 0) return;
    struct deadline due = deadline_compute(DEADLINE_RESULTS, o->profile, instant_day(o->closed_ms),
                                           &d->visit->facts->calendar);
    v->results_due =
        arena_printf(d->arena, tr(d->t.lang, "Kết quả phải được công bố trước hết ngày %s."),
                     day_shown(d, due.legal_day));
}

/// Why "Hoàn tất" is not offered yet.
static void add_left(struct desk *d, struct office_view *v)
{
    const struct dialogue *o = &d->dialogue;
    if (o->state != DIALOGUE_CLOSED) return;
    if (o->open_opinions > 0)
        v->left = arena_printf(
            d->arena,
            tr(d->t.lang, "Chưa hoàn tất được: còn %d ý kiến phải kết luận, chuyển hoặc rút."),
            o->open_opinions);
    else if (o->results_ms == 0)
        v->left = tr(d->t.lang, "Chưa hoàn tất được: kết quả chưa được công bố.");
}

static struct work_list list_of(const char *id, const char *title, const char *none)
{
    return (struct work_list){.id = id, .title = title, .none = none};
}

static void fill(struct desk *d, struct office_view *v)
{
    enum lang lang = d->t.lang;
    const struct dialogue *o = &d->dialogue;
    *v = (struct office_view){
        .state = dialogue_tag(lang, o->state),
        .path = own_path(d),
        .public_path = arena_printf(d->arena, "/doi-thoai/%lld", (long long)o->id),
        .register_path = arena_printf(d->arena, "/lam-viec/so/%lld", (long long)o->id),
        .plan_number =
            *o->number != 0 ? arena_printf(d->arena, "%s/%s", o->number, o->symbol) : NULL,
        .when_ms = o->starts_at_ms,
        .notices =
            list_of("thong-bao-co-quan", tr(lang, "Phải báo thời gian và cơ quan giải quyết"),
                    tr(lang, "Không có thông báo nào phải gửi.")),
        .deliveries = list_of("giao-tra-loi", tr(lang, "Trả lời chờ giao tận tay hoặc gửi thư"),
                              tr(lang, "Không có câu trả lời nào chờ giao.")),
        .agencies = list_of("co-quan-khac", tr(lang, "Chờ cơ quan cấp trên trả lời"),
                            tr(lang, "Không có ý kiến nào đang ở cơ quan khác.")),
        .remarks = list_of("giam-sat", tr(lang, "Ý kiến giám sát chờ trả lời"),
                           tr(lang, "Không có ý kiến giám sát nào chờ trả lời.")),
        .owed = list_of("con-no", tr(lang, "Còn nợ trả lời"),
                        tr(lang, "Không còn ý kiến nào nợ trả lời."))};
    long long id = (long long)o->id;
    v->prepare_path = arena_printf(d->arena, "/lam-viec/chuan-bi/%lld", id);
    v->people_path = arena_printf(d->arena, "/lam-viec/dai-bieu/%lld", id);
    v->door_path = arena_printf(d->arena, "/lam-viec/diem-danh/%lld", id);
    v->reports_path = arena_printf(d->arena, "/lam-viec/bao-cao/%lld", id);
    v->rehearsal_path = arena_printf(d->arena, "/lam-viec/dien-tap/%lld", id);
    v->programme_path = arena_printf(d->arena, "%s/chuong-trinh", v->path);
    add_papers(d, v);
    add_seats(d, v);
    add_results(d, v);
    add_left(d, v);
}

enum http_next get_office(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    struct desk d;
    struct office_view v;
    enum http_next next;
    STORE_READ ro = NULL;
    const unsigned every = (1u << OPINION_STATE_COUNT) - 1;
    const char *events = office_events(x);
    if (!visit_read(x, &ro, &next)) return next;
    if (!office_enter(x, &d, store_ro_sql(ro), WHO(ROLE_OFFICE), &next)) return next;
    d.page.events = events;
    enum status status = store_dialogue_count_open(store_ro_sql(ro), d.visit->unit, &d.dialogue);
    if (status != STATUS_OK) return page_failed(x, status);
    fill(&d, &v);
    status = add_acts(&d, store_ro_sql(ro), &v);
    if (status == STATUS_OK) status = work_scan(&d, store_ro_sql(ro), every, take, &v);
    if (status != STATUS_OK) return page_failed(x, status);
    v.live_path = http_target(x);
    v.first_path = d.first_path;
    v.next_path = d.next_path;
    work_sort(&v.notices);
    work_sort(&v.owed);
    desk_title(&d, tr(d.t.lang, "Bàn Văn phòng"));
    tpl_office_page(&d.t, &d.page, d.dialogue.title, &v);
    return HTTP_DONE;
}

// ---- a new one

static const struct param_use CREATE[] = {
    {PARAM_TITLE, true}, {PARAM_YEAR, true},  {PARAM_PROFILE, true},    {PARAM_PLANNED, true},
    {PARAM_PLACE, true}, {PARAM_SEATS, true}, {PARAM_COPY_FROM, false},
};

static enum http_next show_new(struct http_exchange *x, const struct refusal *refusal)
{
    struct desk d;
    enum http_next next;
    struct dialogue_list list;
    STORE_READ ro = NULL;
    if (!office_enter_unit(x, &d, WHO(ROLE_OFFICE), &next)) return next;
    if (!visit_read(x, &ro, &next)) return next;
    enum status status = work_dialogues(&d, store_ro_sql(ro), &list);
    if (status != STATUS_OK) return page_failed(x, status);
    int year = day_civil(d.today).year;
    enum deadline_profile profile = deadline_profile_on(d.today);
    const struct action_preset presets[] = {
        {PARAM_TITLE,
         arena_printf(d.arena,
                      "Tổ chức hội nghị tiếp xúc, đối thoại giữa Chủ tịch UBND phường với Nhân "
                      "dân, doanh nghiệp năm %d",
                      year),
         false},
        {PARAM_YEAR, arena_printf(d.arena, "%d", year), false},
        {PARAM_PROFILE, arena_printf(d.arena, "%d", deadline_profile_row(profile)->year), false},
        {PARAM_PLACE, unit_setting(d.visit->facts, "hall"), false},
        {PARAM_SEATS, "80", false}};
    struct action_form *form =
        action_form_params(x, "create", "hoi-nghi-moi", tr(d.t.lang, "Lập hội nghị"),
                           (struct param_list){CREATE, (int)ARRAY_LEN(CREATE)},
                           &(struct action_form_options){.action = "/lam-viec/van-phong/moi",
                                                         .presets = presets,
                                                         .preset_count = ARRAY_LEN(presets),
                                                         .refusal = refusal});
    struct choice *rows = arena_array(d.arena, struct choice, (size_t)list.count + 1);
    size_t count = 0;
    rows[count++] = (struct choice){"", tr(d.t.lang, "Không chép, dùng năm bước có sẵn"), NULL};
    for (int i = list.count - 1; i >= 0; i--)
        rows[count++] = (struct choice){arena_printf(d.arena, "%lld", (long long)list.rows[i].id),
                                        list.rows[i].title, NULL};
    for (size_t i = 0; i < form->count; i++)
        if (strcmp(form->fields[i].name, param_rows[PARAM_COPY_FROM].name) == 0) {
            form->fields[i].input = INPUT_SELECT;
            form->fields[i].choices = (struct choice_list){rows, count};
            form->fields[i].hint = NULL;
        }
    if (refusal != NULL) office_status(x, *refusal);
    desk_title(&d, tr(d.t.lang, "Lập hội nghị mới"));
    tpl_office_new_page(&d.t, &d.page, &(struct new_view){form});
    return HTTP_DONE;
}

enum http_next get_office_new(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    return show_new(x, NULL);
}

static void answer_new(struct http_exchange *x, struct act *act)
{
    if (act->refusal.code != REFUSAL_NONE) {
        show_new(x, &act->refusal);
        return;
    }
    page_flash(x, "saved");
    http_redirect(
        x, 303, arena_printf(http_arena(x), "/lam-viec/van-phong/%lld", (long long)act->answer.id));
}

enum http_next post_office_new(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    struct act *act = visit_act(x);
    act->run = run_dialogue_create;
    form_read_action(x, act, CREATE, (int)ARRAY_LEN(CREATE), NULL);
    return visit_submit(x, act, answer_new);
}
