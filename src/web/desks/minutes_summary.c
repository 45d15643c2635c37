// SPDX-License-Identifier: AGPL-3.0-or-later
// What the secretary reads out before the close (R80, R84): how many asked, what was answered here,
// who answers the rest and by when, what went to whom, what was agreed. No author by name: it is
// said aloud. Vietnamese always, like the minutes it comes before.
#include "web/desks/minutes.h"

#include "base/buf.h"
#include "documents/words.h"

static int handled(const struct doc_facts *f, enum doc_handling handling)
{
    int n = 0;
    for (int i = 0; i < f->opinions_count; i++)
        n += f->opinions[i].handling == handling;
    return n;
}

static bool owed(const struct doc_opinion *o)
{
    return o->handling == HANDLED_DEFERRED || o->handling == HANDLED_OFF_TOPIC ||
           o->handling == HANDLED_COMPLEX;
}

static void put_opinion(struct buf *out, const struct doc_opinion *o)
{
    buf_printf(out, "- Ý kiến %s%s%s: ", words_or_dots(o->number), o->field != NULL ? ", " : "",
               o->field != NULL ? o->field : "");
}

static void put_owed(struct buf *out, const struct doc_facts *f, struct arena *a)
{
    bool any = false;
    for (int i = 0; i < f->opinions_count; i++) {
        const struct doc_opinion *o = &f->opinions[i];
        if (!owed(o)) continue;
        if (!any) buf_printf(out, "\nSẽ trả lời sau hội nghị:\n");
        any = true;
        put_opinion(out, o);
        buf_printf(out, "%s trả lời, chậm nhất %s.\n",
                   o->responsible != NULL ? o->responsible : "chủ trì",
                   words_day(a, o->due.legal_day));
    }
}

static void put_referred(struct buf *out, const struct doc_facts *f)
{
    bool any = false;
    for (int i = 0; i < f->opinions_count; i++) {
        const struct doc_opinion *o = &f->opinions[i];
        if (o->handling != HANDLED_BEYOND) continue;
        if (!any) buf_printf(out, "\nKiến nghị cấp có thẩm quyền:\n");
        any = true;
        put_opinion(out, o);
        buf_printf(out, "chuyển đến %s.\n",
                   o->referrals_count > 0 ? words_or_dots(o->referrals[0].agency) : DOTS);
    }
}

static void put_agreed(struct buf *out, const struct doc_facts *f, struct arena *a)
{
    bool any = false;
    for (int i = 0; i < f->opinions_count; i++) {
        const struct doc_opinion *o = &f->opinions[i];
        if (o->conclusion == NULL) continue;
        if (!any) buf_printf(out, "\nĐã kết luận:\n");
        any = true;
        put_opinion(out, o);
        buf_printf(out, "%s.\n", words_bare(a, o->conclusion));
    }
}

const char *minutes_summary(struct arena *arena, const struct doc_facts *f)
{
    BUF out = {0};
    int spot = handled(f, HANDLED_ON_SPOT) + handled(f, HANDLED_ACCEPTED), later = 0;
    for (int i = 0; i < f->opinions_count; i++)
        later += owed(&f->opinions[i]);
    buf_printf(
        &out,
        "Hội nghị đã nhận %d ý kiến: %d được trả lời, tiếp thu tại chỗ; %d sẽ trả lời sau; %d "
        "kiến nghị cấp có thẩm quyền; %d chưa xử lý xong.\n",
        f->opinions_count, spot, later, handled(f, HANDLED_BEYOND), handled(f, HANDLED_NOT_YET));
    put_owed(&out, f, arena);
    put_referred(&out, f);
    put_agreed(&out, f, arena);
    return arena_strndup(arena, buf_text(&out), out.len);
}
