// SPDX-License-Identifier: AGPL-3.0-or-later
// The minutes: drafted from the register at any moment, edited by the secretary, signed by the
// secretary and then the chair. Making the draft is slow enough for a worker.
#include "actions/minutes.h"
#include "web/desks/handlers.h"
#include "web/desks/minutes.html.h"

#include <string.h>

#include "actions/document_facts.h"
#include "web/form_input.h"

static struct document_request draft_of(const struct desk *d)
{
    return (struct document_request){.type = DOC_MINUTES,
                                     .unit = d->visit->unit,
                                     .dialogue = d->dialogue.id,
                                     .draft = true,
                                     .now_ms = d->visit->now_ms};
}

/// What stands beside the text: to be read out, and where each line comes from.
static enum status look_beside(struct desk *d, struct sql *sql, struct minutes_view *v)
{
    const struct document_request request = draft_of(d);
    const struct doc_facts *facts;
    enum status status = document_facts(d->visit->web->app, sql, &request, d->arena, &facts);
    if (status != STATUS_OK) return status;
    v->summary = minutes_summary(d->arena, facts);
    return minutes_sources(d, sql, facts, v);
}

static enum status generate(struct desk *d, struct sql *sql, const char **ret_text)
{
    const struct minutes_of of = {d->visit->unit, d->dialogue.id, d->visit->now_ms};
    return minutes_draft(d->visit->web->app, sql, &of, d->arena, ret_text);
}

static void add_link(struct desk *d, struct minutes_view *v, enum on_behalf behalf,
                     const char *label)
{
    v->links[v->link_count++] = (struct desk_link){
        .path = arena_printf(d->arena, "/lam-viec/doi-thoai/%lld/sign_minutes?%sback=%s",
                             (long long)d->dialogue.id, behalf == BEHALF_CHAIR ? "thay=chair&" : "",
                             v->path),
        .label = label};
}

/// The secretary signs what was saved; the chair what the secretary signed.
static void sign_links(struct desk *d, struct minutes_view *v)
{
    enum { LINKS = 5 };
    const struct dialogue *dialogue = &d->dialogue;
    v->links = arena_array(d->arena, struct desk_link, LINKS);
    bool self = desk_dialogue_can(d, DACT_SIGN_MINUTES, BEHALF_SELF);
    bool secretary = (d->roles & WHO(ROLE_SECRETARY)) != 0;
    bool turn = secretary ? dialogue->minutes_secretary_ms == 0 && v->edited_by != NULL
                          : dialogue->minutes_secretary_ms != 0;
    if (self && turn && dialogue->minutes_chair_ms == 0)
        add_link(d, v, BEHALF_SELF,
                 secretary ? tr(d->t.lang, "Thư ký ký biên bản")
                           : tr(d->t.lang, "Chủ trì ký biên bản"));
    if (secretary && dialogue->minutes_secretary_ms != 0 && dialogue->minutes_chair_ms == 0 &&
        desk_dialogue_can(d, DACT_SIGN_MINUTES, BEHALF_CHAIR))
        add_link(d, v, BEHALF_CHAIR, tr(d->t.lang, "Ghi chủ trì đã ký bản giấy"));
    static const char *const formats[] = {"docx", "pdf"};
    for (size_t i = 0; i < ARRAY_LEN(formats); i++)
        v->links[v->link_count++] = (struct desk_link){
            .path = arena_printf(d->arena, "/api/v1/dialogues/%lld/documents/minutes.%s",
                                 (long long)dialogue->id, formats[i]),
            .label = i == 0 ? tr(d->t.lang, "Tải bản DOCX") : tr(d->t.lang, "Tải bản PDF")};
}

static bool may_read(const struct desk *d)
{
    const uint32_t readers = WHO(ROLE_SECRETARY) | WHO(ROLE_CHAIR) | WHO(ROLE_DEPUTY) |
                             WHO(ROLE_OFFICE) | WHO(ROLE_ARCHIVIST) | WHO(ROLE_SECOND_READER);
    return (d->roles & readers) != 0;
}

struct asked_minutes {
    int64_t id;
    const struct refusal *refusal; // of what was just sent, NULL none
};

static enum http_next show(struct http_exchange *x, const struct asked_minutes *a)
{
    struct desk d;
    struct minutes saved = {0};
    enum http_next next;
    STORE_READ ro = NULL;
    desk_begin(x, &d);
    d.t.fragment = false;
    if (!visit_read(x, &ro, &next)) return next;
    struct sql *sql = store_ro_sql(ro);
    enum status status = desk_open(&d, sql, a->id);
    if (status != STATUS_OK) return page_failed(x, status);
    if (!may_read(&d)) return desk_forbidden(x);
    struct minutes_view v = {
        .path = arena_printf(d.arena, "/lam-viec/bien-ban/%lld", (long long)a->id),
        .back = d.roles & WHO(ROLE_SECRETARY)
                    ? arena_printf(d.arena, "/lam-viec/thu-ky/%lld", (long long)a->id)
                    : "/lam-viec",
        .title = d.dialogue.title,
        .may_edit = minutes_may_edit(&d.dialogue, &d.visit->actor),
        .secretary_ms = d.dialogue.minutes_secretary_ms,
        .chair_ms = d.dialogue.minutes_chair_ms};
    status = store_minutes(sql, d.visit->unit, a->id, d.arena, &saved);
    if (status != STATUS_OK && status != STATUS_NOT_FOUND) return page_failed(x, status);
    if (a->refusal == NULL) { // slow; a refused text comes back without it
        status = generate(&d, sql, &v.generated);
        if (status != STATUS_OK) return page_failed(x, status);
    }
    v.text = saved.version > 0 ? saved.text : v.generated;
    if (saved.version > 0) {
        v.version = saved.version;
        v.edited_ms = saved.edited_ms;
        v.edited_by = person_shown(&d.visit->facts->people, saved.edited_by);
        v.differs = v.generated != NULL && v.chair_ms == 0 && strcmp(v.generated, v.text) != 0;
    }
    if (a->refusal == NULL) status = look_beside(&d, sql, &v);
    if (a->refusal == NULL && status != STATUS_OK) return page_failed(x, status);
    if (a->refusal != NULL) {
        v.text = form_typed(x, "text");
        v.error = refusal_title(d.t.lang, *a->refusal);
        v.advice = refusal_advice(d.t.lang, *a->refusal);
        http_status(x, refusal_rows[a->refusal->code].http_status);
    }
    sign_links(&d, &v);
    desk_title(&d, tr(d.t.lang, "Biên bản hội nghị"));
    tpl_minutes_page(&d.t, &d.page, &v);
    return HTTP_DONE;
}

static enum http_next show_on_worker(struct http_exchange *x, void *arg)
{
    return show(x, arg);
}

enum http_next get_minutes(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    struct asked_minutes *a = arena_new(http_arena(x), struct asked_minutes);
    if (!read_id(http_param(x, "dialogue"), &a->id)) return http_error(x, 404);
    return http_offload(x, show_on_worker, a);
}

static void answer_saved(struct http_exchange *x, struct act *act)
{
    if (act->refusal.code == REFUSAL_NOT_FOUND || act->refusal.code == REFUSAL_FORBIDDEN) {
        http_error(x, refusal_rows[act->refusal.code].http_status);
        return;
    }
    if (act->refusal.code != REFUSAL_NONE) {
        show(x, &(struct asked_minutes){act->target, &act->refusal});
        return;
    }
    page_flash(x, "saved");
    http_redirect(x, 303,
                  arena_printf(http_arena(x), "/lam-viec/bien-ban/%lld", (long long)act->target));
}

/// The text and what every form carries.
static void read_text(struct http_exchange *x, struct act *act, struct minutes_text *text)
{
    const struct form *form = NULL;
    const struct form_field *f = http_form(x, &form) == FORM_OK ? form_find(form, "text") : NULL;
    form_read_action(x, act, NULL, 0, "text");
    if (f == NULL) return;
    struct refusal bad = input_text(&act->input, f->value, f->len,
                                    (struct input_want){"text", true, MINUTES_MAX_CHARS},
                                    &act->form_refusal, &text->text);
    if (bad.code != REFUSAL_NONE) input_fault(&act->form_refusal, bad.code, bad.field);
}

/// On a worker: the draft of this moment is kept beside what the secretary made of it.
static enum http_next save(struct http_exchange *x, void *arg)
{
    const struct asked_minutes *a = arg;
    struct desk d = {.x = x, .visit = visit_of(x), .arena = http_arena(x)};
    const char *generated = "";
    {
        enum http_next next;
        STORE_READ ro = NULL;
        if (!visit_read(x, &ro, &next)) return next;
        enum status status = desk_open(&d, store_ro_sql(ro), a->id);
        if (status == STATUS_OK && minutes_may_edit(&d.dialogue, &d.visit->actor))
            status = generate(&d, store_ro_sql(ro), &generated);
        if (status != STATUS_OK) return page_failed(x, status);
    }
    struct act *act = visit_act(x);
    struct minutes_text *text = arena_new(&act->input, struct minutes_text);
    text->generated = arena_strdup(&act->input, generated);
    act->run = run_minutes_edit;
    act->target = a->id;
    act->extra = text;
    read_text(x, act, text);
    return visit_submit(x, act, answer_saved);
}

enum http_next post_minutes(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    struct asked_minutes *a = arena_new(http_arena(x), struct asked_minutes);
    if (!read_id(http_param(x, "dialogue"), &a->id)) return http_error(x, 404);
    return http_offload(x, save, a);
}
