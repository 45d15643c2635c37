// SPDX-License-Identifier: AGPL-3.0-or-later
// Reads the hall after the commit and renders its card. Runs on the publisher's thread.
#include "web/hall/card.h"

#include "base/log.h"
#include "web/hall/parts.html.h"
#include "web/hall/view.h"

void hall_card_write(struct app *app, const struct happening *h, struct buf *out)
{
    ARENA arena = {0};
    STORE_READ ro = NULL;
    struct unit_head head;
    struct dialogue d;
    struct hall_view v;
    struct hall_read r = {.arena = &arena,
                          .unit = h->unit,
                          .now_ms = clock_now_ms(&app->clock),
                          .lang = LANG_VI,
                          .table = true};
    enum status status = store_read_begin(app->store, &ro);
    if (status == STATUS_OK) {
        r.sql = store_ro_sql(ro);
        status = store_head_read(r.sql, h->unit, &head);
    }
    if (status == STATUS_OK) status = app_facts(app, r.sql, h->unit, head.config, &r.facts);
    if (status == STATUS_OK) status = store_dialogue_load(r.sql, h->unit, h->dialogue, &arena, &d);
    if (status == STATUS_OK) status = hall_view_read(&r, &d, &v, NULL);
    if (status != STATUS_OK) {
        log_error("hall card: %s", status_name(status));
        return;
    }
    struct tpl t = {.out = out, .lang = LANG_VI, .now_ms = r.now_ms};
    tpl_hall_card(&t, &v);
}
