// SPDX-License-Identifier: AGPL-3.0-or-later
// What the office writes into the reports (R14, R37-R39), the indicators (R20), and the synthesis
// handed over to the Party committee: when, to whom, in time or late (R91).
#include "web/meeting/meeting.h"

#include <string.h>

#include "actions/document_facts.h"
#include "actions/reports.h"
#include "web/form_input.h"
#include "web/meeting/handlers.h"
#include "web/meeting/meeting.html.h"

enum {
    READERS = WHO(ROLE_OFFICE) | WHO(ROLE_CHAIR) | WHO(ROLE_DEPUTY) | WHO(ROLE_PARTY) |
              WHO(ROLE_OVERSIGHT) | WHO(ROLE_ARCHIVIST),
    TEXT_CHARS = 20000
};

static const char *const LABELS[PAPER_TEXT_COUNT] = {
    [PAPER_ECONOMY] = N_("Tình hình kinh tế - xã hội"),
    [PAPER_MILITARY] = N_("Quân sự ở cơ sở"),
    [PAPER_SECURITY] = N_("An ninh trật tự"),
    [PAPER_OTHER] = N_("Những việc lớn Nhân dân, doanh nghiệp quan tâm"),
    [PAPER_ASSESSMENT] = N_("Đánh giá chung, ghi vào báo cáo tổng hợp"),
    [PAPER_PROPOSALS] = N_("Đề xuất sửa chính sách, quy định; mỗi dòng một đề xuất"),
};

static enum status read_indicators(struct desk *d, struct sql *sql, struct reports_view *v)
{
    const struct doc_facts *facts = NULL;
    struct document_request request = {.type = DOC_SYNTHESIS,
                                       .unit = d->visit->unit,
                                       .dialogue = d->dialogue.id,
                                       .now_ms = d->visit->now_ms};
    enum status status = document_facts(d->visit->web->app, sql, &request, d->arena, &facts);
    if (status == STATUS_OK) v->indicators = indicators_of(facts);
    return status;
}

static enum status fill_texts(struct desk *d, struct sql *sql, bool typed, struct reports_view *v)
{
    struct dialogue_texts texts;
    enum status status =
        store_dialogue_texts(sql, d->visit->unit, d->dialogue.id, d->arena, &texts);
    for (int i = 0; status == STATUS_OK && i < PAPER_TEXT_COUNT; i++)
        v->texts[i] = (struct field_view){.name = paper_text_codes[i],
                                          .label = tr(d->t.lang, LABELS[i]),
                                          .value = typed ? form_typed(d->x, paper_text_codes[i])
                                                         : texts.at[i].text,
                                          .rows = 4,
                                          .optional = true};
    return status;
}

static enum status fill_dispatches(struct desk *d, struct sql *sql, struct reports_view *v)
{
    struct dispatch_list list;
    enum status status = store_dispatches(sql, d->visit->unit, d->dialogue.id, d->arena, &list);
    if (status != STATUS_OK) return status;
    v->rows = arena_array(d->arena, struct dispatch_row, (size_t)list.count + 1);
    for (int i = list.count - 1; i >= 0; i--)
        v->rows[v->count++] = (struct dispatch_row){
            &list.rows[i], list.rows[i].struck || !v->can_dispatch ? NULL : v->dispatch_path};
    v->sent = dispatch_day(&list, "synthesis");
    v->due = synthesis_due(d->visit->facts, &d->dialogue);
    return STATUS_OK;
}

static enum status fill(struct desk *d, struct sql *sql, struct refusal refusal, bool dispatching,
                        struct reports_view *v)
{
    char day[DAY_TEXT];
    long long id = (long long)d->dialogue.id;
    bool typed = refusal.code != REFUSAL_NONE;
    bool ended = d->dialogue.state == DIALOGUE_COMPLETED || d->dialogue.state == DIALOGUE_CANCELLED;
    *v = (struct reports_view){
        .path = arena_printf(d->arena, "/lam-viec/bao-cao/%lld", id),
        .dispatch_path = arena_printf(d->arena, "/lam-viec/bao-cao/%lld/giao", id),
        .public_path = arena_printf(d->arena, "/doi-thoai/%lld", id),
        .meeting = d->dialogue.title,
        .state = dialogue_tag(d->t.lang, d->dialogue.state),
        .error = office_error_of(d, refusal),
        .can_write = (d->roles & (WHO(ROLE_OFFICE) | WHO(ROLE_CHAIR))) != 0 && !ended,
        .can_dispatch = (d->roles & (WHO(ROLE_OFFICE) | WHO(ROLE_ARCHIVIST))) != 0,
        .closed = d->dialogue.closed_ms != 0,
        .today = d->today,
        .day = arena_strdup(d->arena, day_format(d->today, day)),
        .recipient = tr(d->t.lang, "Ban Thường vụ Đảng ủy phường"),
        .receiver = "",
        .note = ""};
    if (typed && dispatching) {
        v->day = form_typed(d->x, "day");
        v->recipient = form_typed(d->x, "recipient");
        v->receiver = form_typed(d->x, "receiver");
        v->note = form_typed(d->x, "note");
    }
    enum status status = fill_texts(d, sql, typed && !dispatching, v);
    if (status == STATUS_OK) status = fill_dispatches(d, sql, v);
    return status == STATUS_OK ? read_indicators(d, sql, v) : status;
}

static enum http_next show(struct http_exchange *x, struct refusal refusal, bool dispatching)
{
    struct desk d;
    struct reports_view v;
    enum http_next next;
    STORE_READ ro = NULL;
    if (!visit_read(x, &ro, &next)) return next;
    if (!office_enter(x, &d, store_ro_sql(ro), READERS, &next)) return next;
    enum status status = fill(&d, store_ro_sql(ro), refusal, dispatching, &v);
    if (status != STATUS_OK) return page_failed(x, status);
    office_status(x, refusal);
    desk_title(&d, tr(d.t.lang, "Báo cáo và chỉ số"));
    tpl_reports_page(&d.t, &d.page, &v);
    return HTTP_DONE;
}

enum http_next get_reports(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    return show(x, ALLOWED, false);
}

static void answer(struct http_exchange *x, struct act *act)
{
    if (act->refusal.code == REFUSAL_NOT_FOUND) {
        http_error(x, 404);
        return;
    }
    if (act->refusal.code != REFUSAL_NONE) {
        show(x, act->refusal, act->run != run_texts_write);
        return;
    }
    page_flash(x, "saved");
    http_redirect(x, 303,
                  arena_printf(http_arena(x), "/lam-viec/bao-cao/%lld", (long long)act->target));
}

static const char *text_names(struct arena *arena)
{
    const char *names = "";
    for (int i = 0; i < PAPER_TEXT_COUNT; i++)
        names = arena_printf(arena, "%s %s", names, paper_text_codes[i]);
    return names;
}

enum http_next post_reports(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    int64_t id;
    const struct form *form = NULL;
    if (!read_id(http_param(x, "dialogue"), &id)) return http_error(x, 404);
    struct act *act = visit_act(x);
    struct paper_texts *texts = arena_new(&act->input, struct paper_texts);
    form_read_others(x, act, text_names(http_arena(x)));
    bool read = http_form(x, &form) == FORM_OK;
    for (int i = 0; read && i < PAPER_TEXT_COUNT; i++)
        if (form_find(form, paper_text_codes[i]) != NULL)
            texts->at[i] = office_text(x, act, paper_text_codes[i], true, TEXT_CHARS);
    act->run = run_texts_write;
    act->target = id;
    act->extra = texts;
    return visit_submit(x, act, answer);
}

enum http_next post_dispatch(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    int64_t id, line;
    const char *struck = form_typed(x, "strike");
    if (!read_id(http_param(x, "dialogue"), &id)) return http_error(x, 404);
    struct act *act = visit_act(x);
    form_read_others(x, act, "strike day recipient receiver note");
    act->target = id;
    if (*struck != 0 && read_id(struck, &line)) {
        act->run = run_dispatch_strike;
        act->extra = arena_memdup(&act->input, &line, sizeof(line));
        return visit_submit(x, act, answer);
    }
    struct dispatch *row = arena_new(&act->input, struct dispatch);
    const char *day = office_text(x, act, "day", false, 20);
    *row = (struct dispatch){.type = "synthesis",
                             .day = DAY_NONE,
                             .recipient = office_text(x, act, "recipient", false, 200),
                             .receiver = office_text(x, act, "receiver", false, 200),
                             .note = office_text(x, act, "note", false, 500)};
    if (*day != 0 && !day_parse(day, &row->day))
        input_fault(&act->form_refusal, REFUSAL_INVALID, "day");
    act->run = run_dispatch_add;
    act->extra = row;
    return visit_submit(x, act, answer);
}
