// SPDX-License-Identifier: AGPL-3.0-or-later
// The screen of the hall (R69-R71, R75): follows the shared scene, or its own with ?canh=. Shows
// nothing that the secretary has not relayed, nor what was taken off since it was asked for; never
// blank.
#include "web/hall/handlers.h"
#include "web/hall/screen.html.h"
#include "web/hall/wall.h"

#include <string.h>

#include "documents/qr.h"
#include "web/public/home.h"
#include "web/read.h"

#define SINCE "tu"

static void fill_join(struct http_exchange *x, struct hall_view *v)
{
    struct visit *visit = visit_of(x);
    struct arena *arena = http_arena(x);
    if (!v->live && !v->announced) return;
    char *code = arena_alloc(arena, JOIN_CODE_TEXT);
    hall_join_code(visit->web->app, visit->unit, v->dialogue, visit->now_ms, code);
    v->code = code;
    // The laptop's own browser may say localhost, where no phone gets.
    const char *whole =
        arena_printf(arena, "%s/hoi-truong/%lld", web_people_url(x), (long long)v->dialogue);
    v->join_url = strstr(whole, "://") + 3;
    const char *url = arena_printf(arena, "%s?ma=%s", whole, code);
    struct qr qr = qr_encode(arena, url);
    if (qr.size == 0) return;
    BUF path = {0};
    qr_path(&qr, &path);
    v->qr_path = arena_strdup(arena, buf_text(&path));
    v->qr_box = arena_printf(arena, "0 0 %d %d", qr.size, qr.size);
}

/// The first of the two names that is given, NULL none: the console's form asks with its own.
static const char *asked(struct http_exchange *x, const char *name, const char *also)
{
    const char *value = http_query(x, name);
    return value != NULL ? value : http_query(x, also);
}

/// The version of the hall at which a screen was opened: its page gives it to what it fetches.
static int64_t opened_at(struct http_exchange *x, const struct hall *hall)
{
    int64_t since;
    const char *given = http_query(x, SINCE);
    if (given == NULL) return hall->version; // opened just now
    return read_id(given, &since) && since <= hall->version ? since : 0;
}

/// ?canh=queue&y=2024-0007: a scene of this screen's own, or a preview before it is shown to all.
static void own_scene(struct http_exchange *x, struct hall *hall)
{
    int scene = value_parse(&scenes, asked(x, "canh", "scene"));
    const char *text = http_query(x, "text");
    if (scene < 0) return;
    if (hall_taken_off(hall, (enum hall_scene)scene, opened_at(x, hall))) {
        hall->scene = SCENE_WELCOME;
        hall->scene_opinion = 0;
        hall->scene_text = "";
        return;
    }
    hall->scene = (enum hall_scene)scene;
    // Words on the ward's screen come from its staff alone, not from whoever makes up an address.
    bool staff = visit_of(x)->actor.kind == ACTOR_ACCOUNT;
    hall->scene_text = staff && text != NULL ? text : "";
    if (!opinion_number_parse(asked(x, "y", "opinion"), &hall->scene_opinion))
        hall->scene_opinion = 0;
}

/// The query as it came, with the version the page was opened at.
static const char *query_since(struct http_exchange *x, const struct hall_view *v)
{
    const char *query = strchr(http_target(x), '?');
    if (query == NULL || http_query(x, SINCE) != NULL) return query != NULL ? query : "";
    return arena_printf(http_arena(x), "%s&" SINCE "=%lld", query, (long long)v->version);
}

static enum http_next show(struct http_exchange *x, bool whole)
{
    struct visit *visit = visit_of(x);
    struct arena *arena = http_arena(x);
    struct dialogue d;
    struct hall_view v;
    struct hall_wall w;
    int64_t id;
    STORE_READ ro = NULL;
    enum http_next next;
    if (!read_id(http_param(x, "id"), &id)) return http_error(x, 404);
    const char *events = public_events_path(arena, visit, id); // before the read: nothing is missed
    if (!visit_read(x, &ro, &next)) return next;
    struct sql *sql = store_ro_sql(ro);
    enum status status = store_dialogue_load(sql, visit->unit, id, arena, &d);
    if (status == STATUS_OK && !dialogue_visible(&d, &visit->actor)) status = STATUS_NOT_FOUND;
    struct hall_read r = {.arena = arena,
                          .sql = sql,
                          .facts = visit->facts,
                          .unit = visit->unit,
                          .now_ms = visit->now_ms,
                          .lang = visit_lang(visit),
                          .change = own_scene,
                          .change_arg = x};
    if (status == STATUS_OK) status = hall_view_read(&r, &d, &v, NULL);
    if (status != STATUS_OK) return page_failed(x, status);
    fill_join(x, &v);
    hall_wall(arena, r.lang, &v, web_people_url(x), &w);
    const char *query = query_since(x, &v);
    v.board_path = arena_printf(arena, "/man-hinh/%lld/canh%s", (long long)id, query);
    struct tpl t;
    struct page page;
    page_begin(x, &t, &page, tr(r.lang, "Màn hình hội trường"));
    const char *light = http_query(x, "nen");
    page.look = light != NULL && strcmp(light, "sang") == 0 ? PAGE_HALL_LIGHT : PAGE_HALL_DARK;
    page.events = events;
    page.reload_to =
        *query == 0 ? "" : arena_printf(arena, "/man-hinh/%lld%s", (long long)id, query);
    http_set_header(x, "Cache-Control", "no-store");
    if (whole)
        tpl_hall_screen(&t, &page, &v, &w);
    else
        tpl_hall_scene(&t, &v, &w);
    return HTTP_DONE;
}

enum http_next get_screen(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    return show(x, true);
}

enum http_next get_scene(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    return show(x, false);
}
