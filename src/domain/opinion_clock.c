// SPDX-License-Identifier: AGPL-3.0-or-later
// The clock of what is owed: when it started and by what, the date it gives, and the counting shown
// to whoever asks why.
#include "domain/opinion_acts.h"

#include "base/day.h"

void opinion_set_due(struct opinion_case *c, struct deadline deadline, bool by_person)
{
    struct opinion *o = c->opinion;
    o->due_rule = deadline.rule;
    o->due_start = deadline.start_day;
    o->due_legal = deadline.legal_day;
    o->due_safe = deadline.safe_day;
    o->due_set_by_person = by_person;
    struct opinion_item *version = opinion_add_item(c, ITEM_DUE);
    version->code = by_person;
    version->code2 = (int)deadline.rule;
    version->day = deadline.legal_day;
    version->day2 = deadline.safe_day;
    version->person = o->responsible;
}

/// Where a clock starts and what happened then; NULL: what the term itself counts from.
struct clock_source {
    int32_t day;
    const char *event; // Vietnamese
};

/// Whether the thread's item i began a clock of its own, and which.
static bool began_clock(const struct opinion_case *c, int i, bool concluded,
                        struct clock_source *ret_source)
{
    const struct opinion_item *item = &c->items[i];
    if (item->kind == ITEM_AGENCY_REPLY && item->code == AGENCY_REFUSED) {
        *ret_source = (struct clock_source){item->day, "Cơ quan cấp trên từ chối"};
        return true;
    }
    bool not_agreed = item->kind == ITEM_VERDICT && item->code == VERDICT_NOT_AGREED;
    // In the last round it only says so; before, the round it was said in is over.
    if (!not_agreed || (!concluded && item->round >= c->opinion->round)) return false;
    *ret_source = (struct clock_source){instant_day(item->at_ms),
                                        concluded ? "Người có ý kiến đề nghị xem lại"
                                                  : "Người có ý kiến trao đổi tiếp"};
    return true;
}

/// The close, or the continue, reopen or agency's refusal that came later; before the close
/// provisionally from today.
static struct clock_source clock_source(const struct opinion_case *c)
{
    const struct dialogue *d = c->dialogue;
    if (d->closed_ms == 0)
        return (struct clock_source){c->today, d->state == DIALOGUE_CANCELLED
                                                   ? "Hủy hội nghị"
                                                   : "Ghi nợ, tạm tính khi chưa bế mạc"};
    struct clock_source source = {instant_day(d->closed_ms), NULL}, later;
    bool concluded = false;
    for (int i = 0; i < c->item_count; i++) {
        bool began = c->items[i].at_ms >= d->closed_ms && began_clock(c, i, concluded, &later);
        if (began && later.day >= source.day) source = later;
        if (c->items[i].kind == ITEM_CONCLUSION) concluded = true;
        if (c->items[i].kind == ITEM_VERDICT) concluded = false;
    }
    return source;
}

int32_t opinion_clock_start(const struct opinion_case *c)
{
    return clock_source(c).day;
}

bool opinion_due_steps(const struct opinion_case *c, struct deadline_steps *ret_steps)
{
    const struct opinion *o = c->opinion;
    const struct dialogue *d = c->dialogue;
    if (o->due_legal == DAY_NONE) return false;
    bool by_person = o->due_rule == DEADLINE_ASSIGNED || o->due_rule == DEADLINE_EXTENDED;
    struct deadline due =
        by_person ? deadline_on(o->due_rule, d->profile, o->due_start, o->due_legal, c->calendar)
                  : deadline_compute(o->due_rule, d->profile, o->due_start, c->calendar);
    struct clock_source source = clock_source(c);
    bool at_close = d->closed_ms != 0 && o->due_start == instant_day(d->closed_ms);
    bool known = d->closed_ms == 0 || source.day == o->due_start;
    *ret_steps = deadline_steps_from(c->arena, &due, c->calendar,
                                     known      ? source.event
                                     : at_close ? NULL
                                                : "Ghi nợ");
    return true;
}
