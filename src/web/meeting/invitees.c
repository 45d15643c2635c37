// SPDX-License-Identifier: AGPL-3.0-or-later
// Who is invited (R22-R36, R102): a pasted list, one name a line, by the office for the ward and by
// each khóm within its quota; invitations handed over with proof; names destroyed after use. A khóm
// sees its own list alone.
#include "web/meeting/rows.h"

#include <string.h>

#include "actions/attendance.h"
#include "web/form_input.h"
#include "web/meeting/handlers.h"
#include "web/meeting/meeting.html.h"

enum {
    READERS =
        WHO(ROLE_OFFICE) | WHO(ROLE_SECRETARY) | WHO(ROLE_CHAIR) | WHO(ROLE_DEPUTY) | WHO(ROLE_KHOM)
};
enum { NAMES_BYTES = 40000 };

// ---- the page

static void fill_fields(struct desk *d, bool typed, struct invitees_view *v)
{
    enum lang lang = d->t.lang;
    bool whole = v->own_khom == NULL;
    v->part = (struct field_view){.name = "part",
                                  .label = tr(lang, "Thành phần"),
                                  .value = typed   ? form_typed(d->x, "part")
                                           : whole ? "officers"
                                                   : "residents"};
    struct choice_list parts = choices_of(d->arena, lang, &attend_parts, NULL);
    size_t skip = whole ? 0 : PART_CELL; // a khóm invites no one of the ward
    v->part.choices = parts.rows + skip;
    v->part.choice_count = parts.count - skip;
    if (!whole) return;
    struct choice_list khoms =
        choices_of_khoms(d->arena, d->visit->facts, tr(lang, "Cấp phường, không thuộc khóm nào"));
    v->khom = (struct field_view){.name = "khom",
                                  .label = tr(lang, "Khóm"),
                                  .value = typed ? form_typed(d->x, "khom") : "",
                                  .choices = khoms.rows,
                                  .choice_count = khoms.count};
}

static bool is_sent(const struct desk *d, const char *action)
{
    return strcmp(form_typed(d->x, "action"), action) == 0;
}

/// What was typed into the refused form of one row, back into that row.
static void put_typed(struct desk *d, struct refusal refusal, struct invitees_view *v)
{
    int64_t number;
    bool deliver = is_sent(d, "deliver"), absent = is_sent(d, "absent");
    if (!(deliver || absent) || !read_id(form_typed(d->x, "invitee"), &number)) return;
    for (size_t i = 0; i < v->count; i++) {
        struct invitee_row *row = &v->rows[i];
        if (row->i->id != number) continue;
        if (deliver) row->proof_kind = form_typed(d->x, "proof_kind");
        if (deliver) row->proof_typed = form_typed(d->x, "proof");
        if (absent) row->absence_typed = form_typed(d->x, "text");
        if (refusal.field != NULL)
            v->error.anchor =
                arena_printf(d->arena, "%s-%lld", deliver ? "chung" : "vang", (long long)number);
    }
}

static enum status fill(struct desk *d, struct sql *sql, struct refusal refusal,
                        struct invitees_view *v)
{
    struct invitee_list list;
    bool typed = refusal.code != REFUSAL_NONE;
    int own = meeting_own_khom(d);
    long long id = (long long)d->dialogue.id;
    enum status status = store_invitees(sql, d->visit->unit, d->dialogue.id, d->arena, &list);
    if (status != STATUS_OK) return status;
    *v = (struct invitees_view){
        .path = arena_printf(d->arena, "/lam-viec/dai-bieu/%lld", id),
        .change_path = arena_printf(d->arena, "/lam-viec/dai-bieu/%lld/nguoi", id),
        .staff_path = arena_printf(d->arena, "/lam-viec/dai-bieu/%lld/can-bo", id),
        .door_path = arena_printf(d->arena, "/lam-viec/diem-danh/%lld", id),
        .meeting = d->dialogue.title,
        .own_khom = own != 0 ? khom_name(d->visit->facts, own) : NULL,
        .state = dialogue_tag(d->t.lang, d->dialogue.state),
        .error = office_error_of(d, refusal),
        .seats = d->dialogue.seats,
        .names = typed ? form_typed(d->x, "names") : "",
        .forget_text = typed && is_sent(d, "forget") ? form_typed(d->x, "text") : "",
        .consent = typed && *form_typed(d->x, "consent") != 0,
        .can_invite = meeting_can(d, ATTEND_INVITE, own),
        .can_invite_staff = own == 0 && meeting_can(d, ATTEND_INVITE, 0),
        .can_forget = own == 0 && meeting_can(d, ATTEND_FORGET, 0)};
    fill_fields(d, typed, v);
    struct invitee_list mine = meeting_visible(d, &list);
    attend_count(&mine, &v->tally);
    v->khoms = meeting_khoms(d, &list, own, &v->khom_count);
    v->rows = arena_array(d->arena, struct invitee_row, (size_t)mine.count + 1);
    for (int i = 0; i < mine.count; i++)
        if (!mine.rows[i].struck) v->rows[v->count++] = meeting_row(d, &mine.rows[i]);
    if (typed) put_typed(d, refusal, v);
    return STATUS_OK;
}

static enum http_next show(struct http_exchange *x, struct refusal refusal)
{
    struct desk d;
    struct invitees_view v;
    enum http_next next;
    STORE_READ ro = NULL;
    const char *events = office_events(x);
    if (!visit_read(x, &ro, &next)) return next;
    if (!office_enter(x, &d, store_ro_sql(ro), READERS, &next)) return next;
    d.page.events = events;
    enum status status = fill(&d, store_ro_sql(ro), refusal, &v);
    if (status != STATUS_OK) return page_failed(x, status);
    office_status(x, refusal);
    http_set_header(x, "Cache-Control", "no-store");
    desk_title(&d, tr(d.t.lang, "Đại biểu và giấy mời"));
    tpl_invitees_page(&d.t, &d.page, &v);
    return HTTP_DONE;
}

enum http_next get_invitees(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    return show(x, ALLOWED);
}

static void answer(struct http_exchange *x, struct act *act)
{
    if (act->refusal.code == REFUSAL_NOT_FOUND) {
        http_error(x, 404);
        return;
    }
    if (act->refusal.code != REFUSAL_NONE) {
        show(x, act->refusal);
        return;
    }
    page_flash(x, "saved");
    http_redirect(x, 303,
                  arena_printf(http_arena(x), "/lam-viec/dai-bieu/%lld", (long long)act->target));
}

// ---- forms

/// Lines of a pasted list; tabs (a spreadsheet's columns) part the name from the rest.
static void read_names(struct http_exchange *x, struct act *act, struct invite *invite,
                       struct invite_row like)
{
    const struct form *form = NULL;
    const struct form_field *f = NULL;
    if (http_form(x, &form) == FORM_OK) f = form_find(form, "names");
    if (f == NULL || f->len == 0) return;
    if (f->len > NAMES_BYTES) {
        input_fault(&act->form_refusal, REFUSAL_TOO_LONG, "names");
        return;
    }
    struct invite_row *rows = arena_array(&act->input, struct invite_row, INVITE_AT_ONCE + 1);
    for (size_t at = 0; at < f->len && invite->count <= INVITE_AT_ONCE;) {
        const char *end = memchr(f->value + at, '\n', f->len - at);
        size_t len = end == NULL ? f->len - at : (size_t)(end - (f->value + at));
        char *line = arena_alloc(&act->input, len + 1);
        memcpy(line, f->value + at, len);
        line[len] = 0;
        at += len + 1;
        for (char *p = line; *p != 0; p++)
            if (*p == '\t') *p = ';';
        const char *text = NULL;
        struct refusal bad =
            input_text(&act->input, line, len, (struct input_want){"names", false, INVITEE_NAME},
                       &act->form_refusal, &text);
        if (bad.code != REFUSAL_NONE) input_fault(&act->form_refusal, bad.code, "names");
        struct invite_row row = like;
        if (text != NULL && attend_line(&act->input, text, &row.name, &row.title))
            rows[invite->count++] = row;
    }
    invite->rows = rows;
}

enum http_next post_invitees(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    int64_t id;
    if (!read_id(http_param(x, "dialogue"), &id)) return http_error(x, 404);
    struct act *act = visit_act(x);
    struct invite *invite = arena_new(&act->input, struct invite);
    struct invite_row like = {.name = "", .title = ""};
    form_read_others(x, act, "names part khom consent");
    meeting_read_part(x, act, &like);
    read_names(x, act, invite, like);
    invite->consent = *form_typed(x, "consent") != 0;
    act->run = run_invite;
    act->target = id;
    act->extra = invite;
    return visit_submit(x, act, answer);
}

enum http_next post_invite_staff(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    int64_t id;
    if (!read_id(http_param(x, "dialogue"), &id)) return http_error(x, 404);
    struct act *act = visit_act(x);
    form_read_others(x, act, NULL);
    act->run = run_invite_staff;
    act->target = id;
    return visit_submit(x, act, answer);
}

/// One button of one row: deliver, strike, absent; forget for all.
enum http_next post_invitee(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    int64_t id;
    if (!read_id(http_param(x, "dialogue"), &id)) return http_error(x, 404);
    struct act *act = visit_act(x);
    struct attendance *a = meeting_read(x, act, attend_action_parse(form_typed(x, "action")));
    if (a == NULL || a->action == ATTEND_INVITE || a->action == ATTEND_WALK_IN ||
        a->action == ATTEND_CORRECT) {
        act_free(act);
        return http_error(x, 404);
    }
    act->target = id;
    if (a->action == ATTEND_DELIVER) {
        int kind = value_parse(&proof_kinds, form_typed(x, "proof_kind"));
        const char *text = office_text(x, act, "proof", false, INVITEE_TITLE);
        if (kind >= 0 && *text != 0)
            act->proof = (struct proof){true, (enum proof_kind)kind, text, ""};
    }
    return visit_submit(x, act, answer);
}
