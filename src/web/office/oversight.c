// SPDX-License-Identifier: AGPL-3.0-or-later
// The overseers' desk (R99): read all, remark, see the reply; nothing else can be done here. What
// they read is logged first, for themselves alone.
#include "web/office/oversight.h"
#include "web/office/handlers.h"
#include "web/office/oversight.html.h"

#include <string.h>

#include "actions/document_facts.h"
#include "actions/office.h"
#include "base/text.h"
#include "store/read_log.h"
#include "web/form_input.h"
#include "web/input.h"

enum { PAGE_ROWS = 50 };

// ---- filters

static int choice_of(const struct value_set *set, const char *text)
{
    return text == NULL ? -1 : value_parse(set, text);
}

static const char *asked(struct http_exchange *x, const char *name)
{
    const char *text = http_query(x, name);
    return text == NULL ? "" : text;
}

static struct field_view filter_field(struct desk *d, const char *name, const char *label,
                                      struct choice_list list)
{
    return (struct field_view){.name = name,
                               .label = label,
                               .value = asked(d->x, name),
                               .choices = list.rows,
                               .choice_count = list.count};
}

static void fill_filters(struct desk *d, struct oversight_view *v)
{
    enum lang lang = d->t.lang;
    v->by_state = filter_field(d, "state", tr(lang, "Tình trạng"),
                               choices_of(d->arena, lang, &opinion_states, tr(lang, "Tất cả")));
    v->by_field = filter_field(d, "field", tr(lang, "Lĩnh vực"),
                               choices_of(d->arena, lang, &fields, tr(lang, "Tất cả")));
    v->by_khom = filter_field(d, "khom", tr(lang, "Địa bàn"),
                              choices_of_khoms(d->arena, d->visit->facts, tr(lang, "Tất cả")));
    v->words = text_is_utf8(asked(d->x, "q"), strlen(asked(d->x, "q"))) ? asked(d->x, "q") : "";
    v->overdue_only = strcmp(asked(d->x, "qua-han"), "1") == 0;
}

static struct opinion_filter filter_of(struct desk *d, const struct oversight_view *v)
{
    int khom = input_khom(asked(d->x, "khom"));
    struct opinion_filter filter = {.dialogue = d->dialogue.id,
                                    .state = choice_of(&opinion_states, asked(d->x, "state")),
                                    .field = choice_of(&fields, asked(d->x, "field")),
                                    .khom = khom > 0 ? khom : -1,
                                    .words = input_words(d->arena, v->words)};
    int64_t after;
    if (read_id(http_query(d->x, "after"), &after)) filter.after = after;
    return filter;
}

static const char *query_part(struct desk *d, const char *name)
{
    struct buf out = {0};
    struct tpl t = {.out = &out};
    tpl_put_url_part(&t, asked(d->x, name));
    const char *text = arena_printf(d->arena, "%s=%s&", name, buf_text(&out));
    buf_done(&out);
    return text;
}

static const char *page_path(struct desk *d, const struct oversight_view *v, int64_t after)
{
    const char *path =
        arena_printf(d->arena, "%s?%s%s%s%s", v->path, query_part(d, "state"),
                     query_part(d, "field"), query_part(d, "khom"), query_part(d, "q"));
    if (v->overdue_only) path = arena_printf(d->arena, "%squa-han=1&", path);
    return arena_printf(d->arena, "%safter=%lld", path, (long long)after);
}

static enum status read_rows(struct desk *d, struct sql *sql, struct oversight_view *v)
{
    struct opinion_filter filter = filter_of(d, v);
    bool from_start = filter.after == 0;
    struct opinion_page page = {.more = true};
    v->rows = arena_array(d->arena, struct oversight_row, PAGE_ROWS);
    while (page.more && v->count < PAGE_ROWS) {
        enum status status = read_opinion_page(d->x, sql, &d->dialogue, &filter, PAGE_ROWS, &page);
        if (status != STATUS_OK) return status;
        for (int i = 0; i < page.count && v->count < PAGE_ROWS; i++) {
            filter.after = page.rows[i].id;
            if (v->overdue_only && !opinion_is_overdue(&page.rows[i], d->today)) continue;
            struct opinion_case c = visit_case(d->visit, d->arena, &d->dialogue, &page.rows[i]);
            struct oversight_row *row = &v->rows[v->count++];
            row->o = desk_opinion_of(d, &c, NULL);
            row->path = arena_printf(d->arena, "%s/y-kien/%s", v->path, row->o.view.number);
        }
        if (page.count == 0) break;
        filter.after = filter.after > page.rows[page.count - 1].id || v->count == PAGE_ROWS
                           ? filter.after
                           : page.rows[page.count - 1].id;
    }
    if (v->count == PAGE_ROWS) v->next = page_path(d, v, filter.after);
    if (!from_start) v->first = v->path;
    return STATUS_OK;
}

static enum http_next show_list(struct http_exchange *x)
{
    struct desk d;
    struct opinion_counts counts;
    enum http_next next;
    STORE_READ ro = NULL;
    const char *events = office_events(x);
    if (!visit_read(x, &ro, &next)) return next;
    if (!office_enter(x, &d, store_ro_sql(ro), WHO(ROLE_OVERSIGHT), &next)) return next;
    d.page.events = events;
    struct oversight_view v = {
        .live_path = http_target(x),
        .title = d.dialogue.title,
        .path = arena_printf(d.arena, "/lam-viec/giam-sat/%lld", (long long)d.dialogue.id),
        .public_path = arena_printf(d.arena, "/doi-thoai/%lld", (long long)d.dialogue.id),
        .readings_path = "/lam-viec/giam-sat/da-doc",
        .state = dialogue_tag(d.t.lang, d.dialogue.state)};
    fill_filters(&d, &v);
    enum status status = store_opinion_counts(store_ro_sql(ro), d.visit->unit, d.dialogue.id,
                                              d.today, d.arena, &counts);
    if (status == STATUS_OK) status = read_rows(&d, store_ro_sql(ro), &v);
    if (status != STATUS_OK) return page_failed(x, status);
    figures_of(&d, &counts, &v.figures);
    desk_title(&d, tr(d.t.lang, "Bàn giám sát"));
    tpl_oversight_page(&d.t, &d.page, &v);
    return HTTP_DONE;
}

/// Whether an overseer of this dialogue asks; else the answer is made. Nothing is logged for
/// others.
static bool is_overseer(struct http_exchange *x, enum http_next *ret_next)
{
    struct desk d;
    STORE_READ ro = NULL;
    if (!visit_read(x, &ro, ret_next)) return false;
    return office_enter(x, &d, store_ro_sql(ro), WHO(ROLE_OVERSIGHT), ret_next);
}

static void answer_list(struct http_exchange *x, struct act *act)
{
    if (act->refusal.code != REFUSAL_NONE)
        http_error(x, refusal_rows[act->refusal.code].http_status);
    else
        show_list(x);
}

enum http_next get_oversight(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    enum http_next next;
    if (!is_overseer(x, &next)) return next;
    // The same list, further on or brought up to date: it was logged when it was opened.
    if (http_query(x, "after") != NULL || http_query(x, "state") != NULL || http_is_htmx(x))
        return show_list(x);
    struct act *act = visit_act(x);
    act->run = run_reading;
    act->extra = arena_printf(&act->input, "dialogue %s", http_param(x, "dialogue"));
    return visit_submit(x, act, answer_list);
}

// ---- one opinion

static enum http_next show_opinion(struct http_exchange *x, int64_t id)
{
    struct desk d;
    struct dialogue dialogue;
    struct opinion o;
    struct opinion_case c;
    enum http_next next;
    STORE_READ ro = NULL;
    if (!visit_read(x, &ro, &next)) return next;
    if (!office_enter(x, &d, store_ro_sql(ro), WHO(ROLE_OVERSIGHT), &next)) return next;
    enum status status = read_opinion_case(x, store_ro_sql(ro), id, &dialogue, &o, &c);
    if (status == STATUS_OK && o.dialogue != d.dialogue.id) status = STATUS_NOT_FOUND;
    if (status != STATUS_OK) return page_failed(x, status);
    const char *list = arena_printf(d.arena, "/lam-viec/giam-sat/%lld", (long long)d.dialogue.id);
    struct oversight_opinion_view v = {
        .back = list, .o = {.view = opinion_view_of(&c, d.visit->facts, d.t.lang)}};
    v.o.dialogue_title = d.dialogue.title;
    opinion_thread(&d, &c, &v.o);
    opinion_facts(&d, &c, &v.o);
    v.o.has_due = opinion_due_steps(&c, &v.o.due);
    if (desk_can(&c, ACT_REMARK, BEHALF_SELF))
        v.remark =
            desk_form_of(&d, &o, &(struct desk_form){.action = ACT_REMARK, .back = http_path(x)});
    desk_title(&d, arena_printf(d.arena, tr(d.t.lang, "Ý kiến %s"), v.o.view.number));
    tpl_oversight_opinion_page(&d.t, &d.page, &v);
    return HTTP_DONE;
}

static void answer_opinion(struct http_exchange *x, struct act *act)
{
    if (act->refusal.code != REFUSAL_NONE)
        http_error(x, refusal_rows[act->refusal.code].http_status);
    else
        show_opinion(x, act->target);
}

enum http_next get_oversight_opinion(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    int64_t id;
    enum http_next next;
    if (!opinion_number_parse(http_param(x, "number"), &id)) return http_error(x, 404);
    if (!is_overseer(x, &next)) return next;
    struct act *act = visit_act(x);
    act->run = run_reading;
    act->target = id;
    return visit_submit(x, act, answer_opinion);
}

// ---- what I have read

static struct reading_row reading_row(struct desk *d, const struct reading *r)
{
    struct reading_row row = {.at_ms = r->at_ms, .subject = r->subject};
    if (strncmp(r->subject, "opinion ", 8) == 0) {
        row.subject = arena_printf(d->arena, tr(d->t.lang, "Ý kiến %s"), r->subject + 8);
        row.path = arena_printf(d->arena, "/lam-viec/y-kien/%s", r->subject + 8);
    } else if (strncmp(r->subject, "dialogue ", 9) == 0) {
        row.subject = arena_printf(d->arena, tr(d->t.lang, "Danh sách ý kiến của hội nghị số %s"),
                                   r->subject + 9);
        row.path = arena_printf(d->arena, "/lam-viec/giam-sat/%s", r->subject + 9);
    }
    return row;
}

enum http_next get_readings(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    struct desk d;
    struct reading_list list;
    enum http_next next;
    int64_t before = INT64_MAX;
    STORE_READ ro = NULL;
    if (!office_enter_unit(x, &d, WHO(ROLE_OVERSIGHT), &next)) return next;
    if (!visit_read(x, &ro, &next)) return next;
    bool later = read_id(http_query(x, "truoc"), &before);
    enum status status =
        store_readings_of(store_ro_sql(ro), d.visit->unit, d.visit->actor.person->username,
                          (struct reading_page){before, PAGE_ROWS}, d.arena, &list);
    if (status != STATUS_OK) return page_failed(x, status);
    struct readings_view v = {.rows = arena_array(d.arena, struct reading_row, PAGE_ROWS)};
    for (int i = 0; i < list.count; i++)
        v.rows[v.count++] = reading_row(&d, &list.rows[i]);
    if (list.count == PAGE_ROWS)
        v.next = arena_printf(d.arena, "/lam-viec/giam-sat/da-doc?truoc=%lld",
                              (long long)list.rows[list.count - 1].at_ms);
    if (later) v.first = "/lam-viec/giam-sat/da-doc";
    desk_title(&d, tr(d.t.lang, "Những gì tôi đã xem"));
    tpl_readings_page(&d.t, &d.page, &v);
    return HTTP_DONE;
}

// ---- the Party committee's desk (R90, R91)

static enum http_next show_party(struct http_exchange *x, void *arg)
{
    (void)arg;
    struct desk d;
    struct opinion_counts counts;
    enum http_next next;
    BUF text = {0};
    STORE_READ ro = NULL;
    const char *events = office_events(x);
    if (!visit_read(x, &ro, &next)) return next;
    struct sql *sql = store_ro_sql(ro);
    if (!office_enter(x, &d, sql, WHO(ROLE_PARTY) | WHO(ROLE_OFFICE) | WHO(ROLE_CHAIR), &next))
        return next;
    d.page.events = events;
    struct party_view v = {.path = http_path(x),
                           .title = d.dialogue.title,
                           .public_path =
                               arena_printf(d.arena, "/doi-thoai/%lld", (long long)d.dialogue.id),
                           .state = dialogue_tag(d.t.lang, d.dialogue.state),
                           .has_synthesis = d.dialogue.closed_ms != 0};
    enum status status =
        store_opinion_counts(sql, d.visit->unit, d.dialogue.id, d.today, d.arena, &counts);
    if (status == STATUS_OK && v.has_synthesis) {
        struct document_request request = {.type = DOC_SYNTHESIS,
                                           .unit = d.visit->unit,
                                           .dialogue = d.dialogue.id,
                                           .now_ms = d.visit->now_ms};
        const struct doc_facts *facts = NULL;
        status = document_facts(d.visit->web->app, sql, &request, d.arena, &facts);
        if (status == STATUS_OK)
            status = document_render(d.arena, document_build(d.arena, DOC_SYNTHESIS, facts),
                                     DOC_HTML, &text);
    }
    if (status != STATUS_OK) return page_failed(x, status);
    v.synthesis = tpl_html_of(&text); // written by the documents' own HTML writer
    figures_of(&d, &counts, &v.figures);
    desk_title(&d, tr(d.t.lang, "Báo cáo tổng hợp gửi Ban Thường vụ Đảng ủy"));
    tpl_party_page(&d.t, &d.page, &v);
    return HTTP_DONE;
}

enum http_next get_party(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    return http_offload(x, show_party, NULL);
}
