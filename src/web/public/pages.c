// SPDX-License-Identifier: AGPL-3.0-or-later
// Handlers of the front page and of a dialogue's page: from the hot table, or rendered and kept.
#include "base/buf.h"
#include "http/stream.h"
#include "web/events.h"
#include "web/public/handlers.h"
#include "web/public/home.h"
#include "web/public/hot.h"
#include "web/read.h"

static enum status write_page(const struct publication *p, int64_t dialogue, struct tpl *t,
                              struct page *page)
{
    return dialogue == 0 ? home_write(p, t, page) : dialogue_write(p, dialogue, t, page);
}

static struct publication publication_of(const struct visit *v, struct arena *arena,
                                         struct sql *sql)
{
    return (struct publication){.sql = sql,
                                .arena = arena,
                                .facts = v->facts,
                                .unit = v->unit,
                                .now_ms = v->now_ms,
                                .lang = visit_lang(v)};
}

/// Until when nothing but a happening changes the page; a banner with a clock turns every minute.
static int64_t until_of(const struct publication *p, bool demo)
{
    int64_t until = instant_at(instant_day(p->now_ms) + 1, 0, 0);
    if (demo) return p->now_ms - p->now_ms % MINUTE_MS + MINUTE_MS;
    struct dialogue_list list;
    if (store_dialogue_list(p->sql, p->unit, 0, 200, p->arena, &list) != STATUS_OK)
        return p->now_ms;
    for (int i = 0; i < list.count; i++) {
        int64_t turn = dialogue_turns_ms(&list.rows[i], p->now_ms);
        if (turn < until) until = turn;
    }
    return until;
}

const char *public_events_path(struct arena *arena, const struct visit *v, int64_t dialogue)
{
    struct live_channel channel = {(uint64_t)v->unit, (uint64_t)dialogue, LIVE_PUBLIC};
    return arena_printf(arena, "/doi-thoai/%lld/su-kien?after=%llu", (long long)dialogue,
                        (unsigned long long)live_last_id(v->web->hub, channel));
}

static enum http_next show(struct http_exchange *x, int64_t dialogue)
{
    struct visit *v = visit_of(x);
    struct arena *arena = http_arena(x);
    struct hot_mark mark = hot_mark(v->unit);
    bool plain = hot_is_plain(x), demo = v->web->app->demo;
    const char *events = dialogue != 0 ? public_events_path(arena, v, dialogue) : NULL;
    STORE_READ ro = NULL;
    enum http_next next;
    if (!visit_read(x, &ro, &next)) return next;
    struct publication p = publication_of(v, arena, store_ro_sql(ro));
    BUF kept = {0};
    struct tpl t;
    struct page page;
    if (plain) {
        t = (struct tpl){.out = &kept, .lang = p.lang, .now_ms = p.now_ms, .path = http_path(x)};
        page_begin_public(arena, v->facts, demo, &t, &page);
    } else {
        page_begin(x, &t, &page, "");
    }
    page.events = events;
    enum status status = write_page(&p, dialogue, &t, &page);
    if (status != STATUS_OK) return page_failed(x, status);
    return plain ? hot_keep(x, v, mark, until_of(&p, demo), &kept) : HTTP_DONE;
}

enum http_next get_public_home(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    return show(x, 0);
}

enum http_next get_public_dialogue(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    int64_t id;
    if (!read_id(http_param(x, "id"), &id)) return http_error(x, 404);
    return show(x, id);
}

/// The public channel for everybody, also for staff: the public pages follow it.
enum http_next get_public_events(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    static const struct actor anyone = {.kind = ACTOR_PUBLIC};
    int64_t id;
    struct visit *v = visit_of(x);
    if (!read_id(http_param(x, "id"), &id)) return http_error(x, 404);
    {
        STORE_READ ro = NULL;
        enum http_next next;
        struct dialogue d;
        if (!visit_read(x, &ro, &next)) return next;
        enum status status = store_dialogue_load(store_ro_sql(ro), v->unit, id, http_arena(x), &d);
        if (status == STATUS_OK && !dialogue_visible(&d, &anyone)) status = STATUS_NOT_FOUND;
        if (status != STATUS_OK) return page_failed(x, status);
    }
    return events_stream(x, v->web->hub, v->unit, id, false);
}
