// SPDX-License-Identifier: AGPL-3.0-or-later
// Written questions wait on the secretary's console too: the oldest few, each relayed by one
// button. With the script the panel alone is exchanged, so nothing else on the console moves.
#include "web/hall/console.h"
#include "web/hall/console_waiting.html.h"
#include "web/hall/handlers.h"

#include "web/form_input.h"

static struct console_waiting_row row_of(struct desk *d, struct opinion *o)
{
    struct opinion_case c = visit_case(d->visit, d->arena, &d->dialogue, o);
    struct opinion_view view = opinion_view_of(&c, d->visit->facts, d->t.lang);
    return (struct console_waiting_row){.number = arena_strdup(d->arena, view.number),
                                        .excerpt = view.excerpt,
                                        .whole = view.excerpt != view.content ? view.content : NULL,
                                        .who = view.author,
                                        .khom = view.khom,
                                        .can = desk_can(&c, ACT_RELAY, BEHALF_SELF)};
}

enum status console_waiting_read(struct desk *d, struct sql *sql, struct console_waiting *w)
{
    struct opinion_filter filter = {
        .dialogue = d->dialogue.id, .state = OPINION_RECEIVED, .field = -1, .khom = -1};
    struct opinion_page page;
    enum status status = read_opinion_page(d->x, sql, &d->dialogue, &filter, DESK_LIST, &page);
    if (status != STATUS_OK) return status;
    const long long id = (long long)d->dialogue.id;
    *w = (struct console_waiting){
        .path = arena_printf(d->arena, "/lam-viec/hoi-truong/%lld", id),
        .desk_path = arena_printf(d->arena, "/lam-viec/thu-ky/%lld", id),
        .total = arena_printf(d->arena, "%d%s", page.count, page.more ? "+" : ""),
        .more = page.more};
    for (int i = 0; i < page.count && i < WAITING_SHOWN; i++)
        w->rows[w->count++] = row_of(d, &page.rows[i]);
    w->rest = (int64_t)page.count - (int64_t)w->count;
    return STATUS_OK;
}

bool console_relays(const struct desk *d)
{
    const uint32_t chairs = WHO(ROLE_CHAIR) | WHO(ROLE_DEPUTY);
    return (d->roles & WHO(ROLE_SECRETARY)) != 0 && (d->roles & chairs) == 0;
}

/// The panel alone; `act` is the relay that it is the answer to, NULL none.
static enum http_next show_panel(struct http_exchange *x, int64_t dialogue, const struct act *act)
{
    struct desk d;
    enum http_next next;
    struct console_waiting w;
    char number[OPINION_NUMBER_TEXT];
    STORE_READ ro = NULL;
    desk_begin(x, &d);
    if (!visit_read(x, &ro, &next)) return next;
    enum status status = desk_open(&d, store_ro_sql(ro), dialogue);
    if (status != STATUS_OK) return page_failed(x, status);
    if (!console_relays(&d)) return desk_forbidden(x);
    status = console_waiting_read(&d, store_ro_sql(ro), &w);
    if (status != STATUS_OK) return page_failed(x, status);
    http_set_header(x, "Cache-Control", "no-store");
    if (act != NULL) {
        w.answers = true;
        w.refused = act->refusal.code != REFUSAL_NONE;
        if (w.refused) http_status(x, 409); // the one that the script takes into the page
        w.said = w.refused ? refusal_advice(d.t.lang, act->refusal)
                           : arena_printf(d.arena, tr(d.t.lang, "Đã chuyển ý kiến %s."),
                                          opinion_number_format(act->target, number));
    }
    tpl_console_waiting_answer(&d.t, &w);
    return HTTP_DONE;
}

enum http_next console_waiting_show(struct http_exchange *x, int64_t dialogue)
{
    return show_panel(x, dialogue, NULL);
}

// ---- relayed

static void answer(struct http_exchange *x, struct act *act)
{
    int64_t dialogue = 0;
    char number[OPINION_NUMBER_TEXT];
    (void)read_id(http_param(x, "id"), &dialogue);
    const bool gone =
        act->refusal.code == REFUSAL_WRONG_STATE || act->refusal.code == REFUSAL_NOT_FOUND;
    if (gone)
        act->refusal.detail = arena_printf(
            http_arena(x),
            tr(visit_lang(visit_of(x)),
               "Ý kiến %s vừa được người khác chuyển hoặc xử lý. Danh sách đã được cập nhật."),
            opinion_number_format(act->target, number));
    if (http_is_htmx(x)) {
        show_panel(x, dialogue, act);
    } else if (act->refusal.code != REFUSAL_NONE) {
        console_show(x, &(struct console_shown){dialogue, act->refusal, -1});
    } else {
        page_flash(x, "opinion.relay");
        http_redirect(
            x, 303, arena_printf(http_arena(x), "/lam-viec/hoi-truong/%lld", (long long)dialogue));
    }
}

enum http_next post_console_relay(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    int64_t dialogue, id;
    if (!read_id(http_param(x, "id"), &dialogue) ||
        !opinion_number_parse(http_param(x, "number"), &id))
        return http_error(x, 404);
    struct act *act = visit_act(x);
    act->run = run_opinion_action;
    act->action = ACT_RELAY;
    act->target = id;
    form_read_action(x, act, NULL, 0, NULL);
    return visit_submit(x, act, answer);
}
