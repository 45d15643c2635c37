// SPDX-License-Identifier: AGPL-3.0-or-later
// The custodians' desk: sealed matters and nothing else. The list tells numbers and days only; a
// matter is shown after the read was logged, and who read it is shown with it.
#include "web/office/chain.h"
#include "web/office/chain.html.h"
#include "web/office/handlers.h"

#include <string.h>

#include "actions/office.h"
#include "store/read_log.h"
#include "store/sealing.h"

enum { READERS = 100 };

static void take(struct desk *d, const struct opinion_case *c, struct custodian_view *v)
{
    if (v->count == DESK_LIST) return;
    char number[OPINION_NUMBER_TEXT];
    opinion_number_format(c->opinion->id, number);
    v->rows[v->count++] =
        (struct sealed_row){.number = arena_strdup(d->arena, number),
                            .path = arena_printf(d->arena, "/lam-viec/niem-phong/%s", number),
                            .tag = opinion_tag(d->t.lang, c->opinion->state),
                            .created_ms = instant_at(instant_day(c->opinion->created_ms), 0, 0),
                            .told = opinion_last_item(c, ITEM_NOTICE, -1) != NULL};
}

enum { KEPT_MAX = 60, WITHHELD_PAGE = 500 };

static void keep(struct custodian_view *v, const char *path, const char *label)
{
    if (v->kept_count < KEPT_MAX)
        v->kept[v->kept_count++] = (struct desk_link){.path = path, .label = label};
}

static enum status take_withheld(struct desk *d, struct sql *sql, int64_t dialogue,
                                 struct custodian_view *v)
{
    struct issued_list list;
    const struct issued_filter filter = {.dialogue = dialogue, .limit = WITHHELD_PAGE};
    enum status status = store_issued_list(sql, d->visit->unit, &filter, d->arena, &list);
    for (int i = 0; status == STATUS_OK && i < list.count; i++)
        if (list.rows[i].withheld)
            keep(v,
                 arena_printf(d->arena, "/lam-viec/niem-phong/van-ban/%lld",
                              (long long)list.rows[i].id),
                 arena_printf(d->arena, tr(d->t.lang, "Văn bản số %s"),
                              issued_number_text(d->arena, &list.rows[i])));
    return status;
}

static enum status take_dialogue(struct desk *d, struct sql *sql, struct dialogue *dialogue,
                                 struct custodian_view *v)
{
    struct id_list ids;
    struct minutes kept;
    enum status status = store_sealed_opinions(sql, d->visit->unit, dialogue->id, d->arena, &ids);
    for (size_t i = ids.count; status == STATUS_OK && i > 0; i--) {
        struct dialogue of;
        struct opinion o;
        struct opinion_case c;
        status = read_opinion_case(d->x, sql, ids.ids[i - 1], &of, &o, &c);
        if (status == STATUS_OK) take(d, &c, v);
    }
    if (status != STATUS_OK) return status;
    status = store_minutes_put_away_load(sql, d->visit->unit, dialogue->id, d->arena, &kept);
    if (status == STATUS_OK)
        keep(v,
             arena_printf(d->arena, "/lam-viec/niem-phong/bien-ban/%lld", (long long)dialogue->id),
             arena_printf(d->arena, tr(d->t.lang, "Biên bản: %s"), dialogue->title));
    if (status != STATUS_OK && status != STATUS_NOT_FOUND) return status;
    return take_withheld(d, sql, dialogue->id, v);
}

static enum status take_all(struct desk *d, struct sql *sql, struct custodian_view *v)
{
    struct dialogue_list list;
    enum status status = work_dialogues(d, sql, &list);
    for (int i = status == STATUS_OK ? list.count - 1 : -1; status == STATUS_OK && i >= 0; i--) {
        struct dialogue dialogue = list.rows[i];
        status = take_dialogue(d, sql, &dialogue, v);
    }
    return status;
}

enum http_next get_custodian(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    struct desk d;
    enum http_next next;
    STORE_READ ro = NULL;
    if (!office_enter_unit(x, &d, WHO(ROLE_CUSTODIAN), &next)) return next;
    d.page.events = desk_events(x, 0);
    if (!visit_read(x, &ro, &next)) return next;
    struct custodian_view v = {.rows = arena_array(d.arena, struct sealed_row, DESK_LIST),
                               .kept = arena_array(d.arena, struct desk_link, KEPT_MAX),
                               .too_few =
                                   custodian_count(&d.visit->facts->people) < CUSTODIANS_AT_LEAST};
    enum status status = take_all(&d, store_ro_sql(ro), &v);
    if (status != STATUS_OK) return page_failed(x, status);
    http_set_header(x, "Cache-Control", "no-store");
    desk_title(&d, tr(d.t.lang, "Hồ sơ niêm phong"));
    tpl_custodian_page(&d.t, &d.page, &v);
    return HTTP_DONE;
}

static enum status read_readers(struct desk *d, struct sql *sql, struct sealed_view *v)
{
    struct reading_list list;
    enum status status = store_readings_about(
        sql, d->visit->unit, arena_printf(d->arena, "opinion %s", v->o.view.number), READERS,
        d->arena, &list);
    if (status != STATUS_OK) return status;
    v->readers = arena_array(d->arena, struct sealed_reader, (size_t)list.count + 1);
    for (int i = 0; i < list.count; i++) {
        const struct person *p = people_find(&d->visit->facts->people, list.rows[i].username);
        v->readers[v->reader_count++] =
            (struct sealed_reader){list.rows[i].at_ms, p != NULL ? p->name : list.rows[i].username};
    }
    return STATUS_OK;
}

static void add_forms(struct desk *d, struct opinion_case *c, struct sealed_view *v)
{
    static const enum opinion_action acts[] = {ACT_NOTIFY, ACT_RESTORE};
    const struct action_preset how[] = {
        {PARAM_HOW, value_code(&reply_bys, (int)c->opinion->reply_by), false}};
    for (size_t i = 0; i < ARRAY_LEN(acts); i++)
        if (desk_can(c, acts[i], BEHALF_SELF))
            v->forms[v->form_count++] =
                desk_form_of(d, c->opinion,
                             &(struct desk_form){.action = acts[i],
                                                 .back = "/lam-viec/niem-phong",
                                                 .presets = how,
                                                 .preset_count = acts[i] == ACT_NOTIFY});
}

static enum http_next show(struct http_exchange *x, int64_t id)
{
    struct desk d;
    struct dialogue dialogue;
    struct opinion o;
    struct opinion_case c;
    enum http_next next;
    STORE_READ ro = NULL;
    if (!office_enter_unit(x, &d, WHO(ROLE_CUSTODIAN), &next)) return next;
    if (!visit_read(x, &ro, &next)) return next;
    enum status status = read_opinion_case(x, store_ro_sql(ro), id, &dialogue, &o, &c);
    if (status == STATUS_OK && o.visibility != VISIBILITY_SEALED) status = STATUS_NOT_FOUND;
    if (status != STATUS_OK) return page_failed(x, status);
    d.dialogue = dialogue;
    struct sealed_view v = {.o = {.view = opinion_view_of(&c, d.visit->facts, d.t.lang)}};
    v.o.dialogue_title = dialogue.title;
    opinion_thread(&d, &c, &v.o);
    opinion_facts(&d, &c, &v.o);
    add_forms(&d, &c, &v);
    status = read_readers(&d, store_ro_sql(ro), &v);
    if (status != STATUS_OK) return page_failed(x, status);
    http_set_header(x, "Cache-Control", "no-store");
    desk_title(&d, arena_printf(d.arena, tr(d.t.lang, "Hồ sơ niêm phong %s"), v.o.view.number));
    tpl_sealed_page(&d.t, &d.page, &v);
    return HTTP_DONE;
}

static void answer(struct http_exchange *x, struct act *act)
{
    if (act->refusal.code != REFUSAL_NONE)
        http_error(x, refusal_rows[act->refusal.code].http_status);
    else
        show(x, act->target);
}

enum http_next get_custodian_opinion(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    struct desk d;
    int64_t id;
    enum http_next next;
    if (!opinion_number_parse(http_param(x, "number"), &id)) return http_error(x, 404);
    if (!office_enter_unit(x, &d, WHO(ROLE_CUSTODIAN), &next)) return next;
    buf_clear(http_out(x));
    struct act *act = visit_act(x);
    act->run = run_reading; // first the log, then the text
    act->target = id;
    return visit_submit(x, act, answer);
}

// ---- minutes as they were signed, before a part was taken out

static void answer_minutes(struct http_exchange *x, struct act *act)
{
    struct desk d;
    struct minutes kept;
    struct dialogue dialogue;
    enum http_next next;
    STORE_READ ro = NULL;
    if (act->refusal.code != REFUSAL_NONE) {
        http_error(x, refusal_rows[act->refusal.code].http_status);
        return;
    }
    if (!office_enter_unit(x, &d, WHO(ROLE_CUSTODIAN), &next)) return;
    if (!visit_read(x, &ro, &next)) return;
    struct sql *sql = store_ro_sql(ro);
    enum status status =
        store_minutes_put_away_load(sql, d.visit->unit, act->target, d.arena, &kept);
    if (status == STATUS_OK)
        status = store_dialogue_load(sql, d.visit->unit, act->target, d.arena, &dialogue);
    if (status != STATUS_OK) {
        page_failed(x, status);
        return;
    }
    struct kept_minutes_view v = {.title = dialogue.title, .text = kept.text};
    http_set_header(x, "Cache-Control", "no-store");
    desk_title(&d, tr(d.t.lang, "Biên bản đã ký, bản lưu niêm phong"));
    tpl_kept_minutes_page(&d.t, &d.page, &v);
}

enum http_next get_custodian_minutes(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    struct desk d;
    int64_t id;
    enum http_next next;
    if (!read_id(http_param(x, "dialogue"), &id)) return http_error(x, 404);
    if (!office_enter_unit(x, &d, WHO(ROLE_CUSTODIAN), &next)) return next;
    buf_clear(http_out(x));
    struct act *act = visit_act(x);
    act->run = run_reading_minutes; // first the log, then the text
    act->target = id;
    return visit_submit(x, act, answer_minutes);
}

// ---- documents that hold what was sealed after they were issued

static void answer_issued(struct http_exchange *x, struct act *act)
{
    struct issued_file file;
    enum http_next next;
    STORE_READ ro = NULL;
    if (act->refusal.code != REFUSAL_NONE) {
        http_error(x, refusal_rows[act->refusal.code].http_status);
        return;
    }
    if (!visit_read(x, &ro, &next)) return;
    enum status status =
        store_issued_file(store_ro_sql(ro), act->unit, act->target, DOC_PDF, http_arena(x), &file);
    if (status != STATUS_OK)
        page_failed(x, status);
    else
        issued_send(x, DOC_PDF, &file);
}

enum http_next get_custodian_issued(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    struct desk d;
    int64_t id;
    enum http_next next;
    if (!read_id(http_param(x, "id"), &id)) return http_error(x, 404);
    if (!office_enter_unit(x, &d, WHO(ROLE_CUSTODIAN), &next)) return next;
    buf_clear(http_out(x));
    struct act *act = visit_act(x);
    act->run = run_reading_issued;
    act->target = id;
    return visit_submit(x, act, answer_issued);
}
