// SPDX-License-Identifier: AGPL-3.0-or-later
// The culture officer's desk (R94-R97): the bulletin as it is read aloud, the announcement, and
// what was read when. A wrong line of the log is struck out.
#include "web/office/culture.h"
#include "web/office/culture.html.h"
#include "web/office/handlers.h"

#include <string.h>

#include "actions/document_facts.h"
#include "actions/office.h"
#include "web/form_input.h"

// ---- the log, shared with the khóm's desk

enum status log_fill(struct desk *d, struct sql *sql, int khom, bool typed, struct log_view *v)
{
    struct broadcast_list list;
    char day[DAY_TEXT];
    enum status status = store_broadcasts(sql, d->visit->unit, d->dialogue.id, d->arena, &list);
    if (status != STATUS_OK) return status;
    v->rows = arena_array(d->arena, struct log_row, (size_t)list.count + 1);
    for (int i = list.count - 1; i >= 0; i--) {
        const struct broadcast *b = &list.rows[i];
        if (khom != 0 && b->khom != khom) continue;
        bool mine = khom == 0 && b->khom == 0 && !b->struck;
        v->rows[v->count++] = (struct log_row){
            .b = b,
            .time = arena_printf(d->arena, "%02d:%02d", b->minute / 60, b->minute % 60),
            .khom = b->khom == 0 ? tr(d->t.lang, "Đài của phường")
                                 : khom_name(d->visit->facts, b->khom),
            .strike_path =
                mine ? arena_printf(d->arena, "%s/%lld/gach", v->path, (long long)b->id) : NULL};
    }
    v->day = typed ? form_typed(d->x, "day") : arena_strdup(d->arena, day_format(d->today, day));
    v->time = typed ? form_typed(d->x, "time") : "05:00";
    v->times = typed ? form_typed(d->x, "times") : "1";
    v->reader = typed ? form_typed(d->x, "reader") : d->visit->actor.person->name;
    v->note = typed ? form_typed(d->x, "note") : "";
    return STATUS_OK;
}

/// "HH:MM" -> minute of the day, -1 otherwise.
static int minute_of(const char *text)
{
    if (strlen(text) != 5 || text[2] != ':') return -1;
    char hour[3] = {text[0], text[1], 0};
    int h = office_number(hour), m = office_number(text + 3);
    return h < 0 || h > 23 || m < 0 || m > 59 ? -1 : h * 60 + m;
}

void log_read(struct http_exchange *x, struct act *act, int khom)
{
    struct broadcast *b = arena_new(&act->input, struct broadcast);
    form_read_others(x, act, "day time times reader note");
    const char *day = office_text(x, act, "day", false, 20);
    *b = (struct broadcast){.khom = khom,
                            .day = DAY_NONE,
                            .minute = minute_of(office_text(x, act, "time", false, 10)),
                            .times = office_number(office_text(x, act, "times", false, 10)),
                            .reader = office_text(x, act, "reader", false, 200),
                            .note = office_text(x, act, "note", false, 500)};
    if (*day != 0 && !day_parse(day, &b->day))
        input_fault(&act->form_refusal, REFUSAL_INVALID, "day");
    act->extra = b;
}

// ---- the desk

static enum status read_bulletin(struct desk *d, struct sql *sql, struct culture_view *v)
{
    struct document_request request = {.type = DOC_BULLETIN,
                                       .unit = d->visit->unit,
                                       .dialogue = d->dialogue.id,
                                       .now_ms = d->visit->now_ms};
    const struct doc_facts *facts = NULL;
    BUF text = {0};
    enum status status = document_facts(d->visit->web->app, sql, &request, d->arena, &facts);
    if (status == STATUS_OK)
        status = document_render(d->arena, document_build(d->arena, DOC_BULLETIN, facts), DOC_TXT,
                                 &text);
    if (status == STATUS_OK) v->bulletin = arena_strdup(d->arena, buf_text(&text));
    return status;
}

static struct action_form *announce_form(struct desk *d)
{
    char text[INSTANT_TEXT];
    if (!desk_dialogue_can(d, DACT_ANNOUNCE, BEHALF_SELF)) return NULL;
    const struct action_preset now[] = {
        {PARAM_OPINIONS_FROM, arena_strndup(d->arena, instant_format(d->visit->now_ms, text), 16),
         false}};
    return action_form_dialogue(
        d->x, &d->dialogue, DACT_ANNOUNCE,
        &(struct action_form_options){
            .action = arena_printf(d->arena, "/lam-viec/doi-thoai/%lld/announce",
                                   (long long)d->dialogue.id),
            .back = arena_printf(d->arena, "/lam-viec/van-hoa/%lld", (long long)d->dialogue.id),
            .presets = now,
            .preset_count = 1});
}

static enum http_next show(struct http_exchange *x, struct refusal refusal)
{
    struct desk d;
    enum http_next next;
    STORE_READ ro = NULL;
    const char *events = office_events(x);
    if (!visit_read(x, &ro, &next)) return next;
    if (!office_enter(x, &d, store_ro_sql(ro), WHO(ROLE_CULTURE) | WHO(ROLE_OFFICE), &next))
        return next;
    d.page.events = events;
    const char *papers = arena_printf(d.arena, "/doi-thoai/%lld/van-ban", (long long)d.dialogue.id);
    struct culture_view v = {
        .live_path = arena_printf(d.arena, "/lam-viec/van-hoa/%lld", (long long)d.dialogue.id),
        .title = d.dialogue.title,
        .state = dialogue_tag(d.t.lang, d.dialogue.state),
        .bulletin_base = arena_printf(d.arena, "%s/bulletin", papers),
        .poster_path = arena_printf(d.arena, "%s/poster.pdf", papers),
        .announce = announce_form(&d),
        .log = {.path = arena_printf(d.arena, "/lam-viec/van-hoa/%lld/phat-thanh",
                                     (long long)d.dialogue.id),
                .error = office_error_of(&d, refusal)}};
    bool typed = refusal.code != REFUSAL_NONE;
    enum status status = log_fill(&d, store_ro_sql(ro), 0, typed, &v.log);
    if (status == STATUS_OK && d.dialogue.announced_ms != 0)
        status = read_bulletin(&d, store_ro_sql(ro), &v);
    if (status != STATUS_OK) return page_failed(x, status);
    office_status(x, refusal);
    desk_title(&d, tr(d.t.lang, "Bàn công chức văn hóa"));
    tpl_culture_page(&d.t, &d.page, &v);
    return HTTP_DONE;
}

enum http_next get_culture(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    return show(x, ALLOWED);
}

static void answer(struct http_exchange *x, struct act *act)
{
    if (act->refusal.code != REFUSAL_NONE) {
        show(x, act->refusal);
        return;
    }
    page_flash(x, "saved");
    http_redirect(x, 303,
                  arena_printf(http_arena(x), "/lam-viec/van-hoa/%lld", (long long)act->target));
}

enum http_next post_broadcast(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    int64_t id;
    if (!read_id(http_param(x, "dialogue"), &id)) return http_error(x, 404);
    struct act *act = visit_act(x);
    act->run = run_broadcast_add;
    act->target = id;
    log_read(x, act, 0);
    return visit_submit(x, act, answer);
}

enum http_next post_broadcast_strike(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    int64_t id, line;
    if (!read_id(http_param(x, "dialogue"), &id) || !read_id(http_param(x, "line"), &line))
        return http_error(x, 404);
    struct act *act = visit_act(x);
    act->run = run_broadcast_strike;
    form_read_others(x, act, NULL);
    act->target = id;
    act->extra = arena_memdup(&act->input, &line, sizeof(line));
    return visit_submit(x, act, answer);
}
