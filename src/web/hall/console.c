// SPDX-License-Identifier: AGPL-3.0-or-later
// One console for chair and secretary: who speaks, who waits and why, the clock, what is on the
// table and its outcomes, the programme, the screen, notes. Each button is a form; the board is
// fetched again at each change, what is being typed stays.
#include "web/hall/console.h"
#include "web/hall/console.html.h"
#include "web/hall/handlers.h"

#include <string.h>

#include "web/form_input.h"

/// The control of the refused form that the field is, NULL none.
static const char *control_of(const struct desk *d, const char *field)
{
    static const struct {
        const char *form, *field, *id;
    } controls[] = {{"scene", "scene", "scene"},      {"scene", "opinion", "opinion"},
                    {"scene", "text", "scene-text"},  {"ghi-chu", "text", "ghi-text"},
                    {"cung-cap", "text", "cc-text"},  {"hand_up", "name", "up-name"},
                    {"hand_up", "khom", "up-khom"},   {"speak", "to", "sp-to"},
                    {"limits", "seconds", "seconds"}, {"limits", "warn", "warn"},
                    {"limits", "percent", "percent"}};
    const char *path = http_path(d->x), *form = strrchr(path, '/') + 1;
    if (strstr(path, "/chot/") != NULL) return arena_printf(d->arena, "kq-%s", field);
    for (size_t i = 0; i < ARRAY_LEN(controls); i++)
        if (strcmp(controls[i].form, form) == 0 && strcmp(controls[i].field, field) == 0)
            return controls[i].id;
    return NULL;
}

static void tell_refusal(const struct desk *d, struct refusal refusal, struct console_view *c)
{
    if (refusal.code == REFUSAL_NONE) return;
    c->hall.error = refusal_title(d->t.lang, refusal);
    c->hall.advice = refusal_advice(d->t.lang, refusal);
    for (int i = 0; refusal.field != NULL && i < PARAM_COUNT; i++)
        if (strcmp(param_rows[i].name, refusal.field) == 0 && param_rows[i].label != NULL) {
            c->hall.error_field = tr(d->t.lang, param_rows[i].label);
            break;
        }
    if (refusal.field != NULL) c->hall.error_at = control_of(d, refusal.field);
    http_status(d->x, refusal_rows[refusal.code].http_status);
}

enum http_next console_show(struct http_exchange *x, const struct console_shown *shown)
{
    struct desk d;
    enum http_next next;
    struct console_view c = {0};
    STORE_READ ro = NULL;
    const char *events = desk_events(x, shown->dialogue);
    desk_begin(x, &d);
    if (!visit_read(x, &ro, &next)) return next;
    enum status status = desk_open(&d, store_ro_sql(ro), shown->dialogue);
    if (status != STATUS_OK) return page_failed(x, status);
    d.page.events = events;
    const uint32_t may = WHO(ROLE_SECRETARY) | WHO(ROLE_CHAIR) | WHO(ROLE_DEPUTY) |
                         WHO(ROLE_OFFICE) | WHO(ROLE_SPECIALIST);
    if ((d.roles & may) == 0) return desk_forbidden(x);
    status = console_read(&d, store_ro_sql(ro), shown->action, &c);
    if (status != STATUS_OK) return page_failed(x, status);
    tell_refusal(&d, shown->refusal, &c);
    desk_title(&d, tr(d.t.lang, "Điều hành hội trường"));
    http_set_header(x, "Cache-Control", "no-store");
    if (http_query(x, "bang") != NULL)
        tpl_console_board(&d.t, &c);
    else
        tpl_console(&d.t, &d.page, &c);
    return HTTP_DONE;
}

enum http_next get_console(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    int64_t id;
    if (!read_id(http_param(x, "id"), &id)) return http_error(x, 404);
    if (http_query(x, "cho") != NULL) return console_waiting_show(x, id);
    return console_show(x, &(struct console_shown){.dialogue = id, .action = -1});
}
