// SPDX-License-Identifier: AGPL-3.0-or-later
// Reads the opinion as the public does and renders the card of the lists.
#include "web/public/live_card.h"

#include "base/log.h"
#include "store/dialogue.h"
#include "store/opinion.h"
#include "web/public/thread.html.h"

struct reading {
    struct arena *arena;
    struct opinion o;
    struct dialogue d;
    const struct unit_facts *facts;
};

static enum status read_all(struct app *app, const struct happening *h, struct reading *r)
{
    STORE_READ ro = NULL;
    struct unit_head head;
    enum status status = store_read_begin(app->store, &ro);
    if (status != STATUS_OK) return status;
    struct sql *sql = store_ro_sql(ro);
    status = store_head_read(sql, h->unit, &head);
    if (status == STATUS_OK) status = app_facts(app, sql, h->unit, head.config, &r->facts);
    if (status == STATUS_OK) status = store_opinion_load(sql, h->unit, h->opinion, r->arena, &r->o);
    if (status == STATUS_OK)
        status = store_dialogue_load(sql, h->unit, r->o.dialogue, r->arena, &r->d);
    return status;
}

void live_card_write(struct app *app, const struct happening *h, struct buf *out)
{
    static const struct actor anyone = {.kind = ACTOR_PUBLIC};
    static const struct params none;
    if (h->opinion == 0) return;
    ARENA arena = {0};
    struct reading r = {.arena = &arena};
    enum status status = read_all(app, h, &r);
    if (status != STATUS_OK) {
        log_error("live card: %s", status_name(status));
        return;
    }
    int64_t now_ms = clock_now_ms(&app->clock);
    struct tpl t = {.out = out, .lang = LANG_VI, .now_ms = now_ms};
    struct opinion_case c = {.arena = &arena,
                             .now_ms = now_ms,
                             .today = instant_day(now_ms),
                             .calendar = &r.facts->calendar,
                             .people = &r.facts->people,
                             .dialogue = &r.d,
                             .actor = &anyone,
                             .params = &none,
                             .opinion = &r.o};
    if (!opinion_visible(&c)) {
        char number[OPINION_NUMBER_TEXT];
        tpl_public_card_gone(&t, opinion_number_format(h->opinion, number));
        return;
    }
    struct opinion_view view = opinion_view_of(&c, r.facts, LANG_VI);
    tpl_public_card(&t, &view);
}
