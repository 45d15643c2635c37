// SPDX-License-Identifier: AGPL-3.0-or-later
// The suggestion follows the plan's order: who speaks is heard, what was heard gets an outcome,
// then the next one; the programme goes on when nobody waits.
#include "domain/hall_next.h"

#include <string.h>

#include "base/day.h"

static bool on_table(const struct opinion *o)
{
    return o->state == OPINION_ON_FLOOR || o->state == OPINION_ANSWERED;
}

static const struct opinion *find(const struct opinion *opinions, int count, int64_t id)
{
    for (int i = 0; id != 0 && i < count; i++)
        if (opinions[i].id == id) return &opinions[i];
    return NULL;
}

const struct opinion *hall_on_table(const struct hall *hall, const struct opinion *opinions,
                                    int count)
{
    const struct hall_turn *turn = hall_turn_find(hall, hall->turn);
    const struct opinion *o = turn != NULL ? find(opinions, count, turn->opinion) : NULL;
    if (o != NULL && on_table(o)) return o;
    o = find(opinions, count, hall->scene_opinion);
    if (o != NULL && o->state == OPINION_ON_FLOOR) return o;
    for (int i = count - 1; i >= 0; i--)
        if (opinions[i].state == OPINION_ON_FLOOR) return &opinions[i];
    for (int i = count - 1; turn != NULL && i >= 0; i--)
        if (opinions[i].state == OPINION_ANSWERED && opinions[i].answered_ms >= turn->called_ms)
            return &opinions[i];
    return NULL;
}

/// Whether something of what the speaker said is written down already.
static bool recorded(const struct hall_moment *m, const struct hall_turn *turn)
{
    if (turn->opinion != 0) return true;
    for (int i = 0; i < m->opinion_count; i++)
        if (m->opinions[i].channel == CHANNEL_SPOKEN &&
            m->opinions[i].created_ms >= turn->called_ms)
            return true;
    return false;
}

static struct hall_next about(enum hall_next_kind kind, const struct opinion *o)
{
    return (struct hall_next){.kind = kind, .opinion = o->id};
}

static struct hall_next of_table(const struct opinion *o)
{
    if (o->state == OPINION_ON_FLOOR) return about(NEXT_SETTLE, o);
    bool said = o->verdict == VERDICT_AGREED ||
                (o->verdict == VERDICT_NOT_AGREED && o->round >= OPINION_ROUNDS);
    return about(said ? NEXT_CONCLUDE : NEXT_ASK, o);
}

/// The first opinion in that state, and one that waits in writing for whoever is asked.
static const struct opinion *first_in(const struct hall_moment *m, enum opinion_state state)
{
    for (int i = 0; i < m->opinion_count; i++)
        if (m->opinions[i].state == state) return &m->opinions[i];
    return NULL;
}

static struct hall_next nobody_speaks(const struct hall_moment *m)
{
    const struct hall *hall = m->hall;
    bool begun = hall->step > 0 || m->programme_steps == 0;
    if (!begun) return (struct hall_next){.kind = NEXT_STEP, .step = 1};
    if (m->waiting > 0) return (struct hall_next){.kind = NEXT_CALL};
    const struct opinion *relayed = first_in(m, OPINION_RELAYED);
    if (relayed != NULL) return about(NEXT_TAKE, relayed);
    if (first_in(m, OPINION_RECEIVED) != NULL) return (struct hall_next){.kind = NEXT_RELAY};
    if (hall->step < m->programme_steps)
        return (struct hall_next){.kind = NEXT_STEP, .step = hall->step + 1};
    return (struct hall_next){.kind = NEXT_CLOSE};
}

static struct hall_next while_open(const struct hall_moment *m)
{
    const struct hall_turn *turn = hall_turn_find(m->hall, m->hall->turn);
    const struct opinion *o = hall_on_table(m->hall, m->opinions, m->opinion_count);
    if (o != NULL) return of_table(o);
    if (turn == NULL) return nobody_speaks(m);
    if (turn->side == SIDE_PEOPLE && !recorded(m, turn))
        return (struct hall_next){.kind = NEXT_RECORD};
    return (struct hall_next){.kind = m->waiting > 0 ? NEXT_CALL : NEXT_END_TURN};
}

struct hall_next hall_next(const struct hall_moment *m)
{
    enum hall_next_kind kind = NEXT_NOTHING;
    switch (m->dialogue->state) {
    case DIALOGUE_OPEN:
        return while_open(m);
    case DIALOGUE_ANNOUNCED:
        kind = NEXT_OPEN;
        break;
    case DIALOGUE_ADJOURNED:
        kind = NEXT_RESUME;
        break;
    case DIALOGUE_CLOSED:
        if (m->dialogue->minutes_chair_ms == 0) kind = NEXT_MINUTES;
        break;
    case DIALOGUE_DRAFTING:
    case DIALOGUE_ISSUED:
    case DIALOGUE_COMPLETED:
    case DIALOGUE_POSTPONED:
    case DIALOGUE_CANCELLED:
    case DIALOGUE_STATE_COUNT:
        break;
    }
    return (struct hall_next){.kind = kind};
}

// ---- what was promised

struct promise promise_of(const struct opinion *o, const struct opinion_item *items, int count)
{
    struct promise p = {.opinion = o, .due = o->due_legal, .who = o->responsible};
    for (int i = count - 1; i >= 0; i--) {
        if (items[i].kind != ITEM_DUE) continue;
        if (p.due == DAY_NONE) p.due = items[i].day;
        if (*p.who == 0) p.who = items[i].person;
    }
    return p;
}

enum promise_state promise_state(const struct promise *p, int32_t today)
{
    const struct opinion *o = p->opinion;
    if (o->state == OPINION_ANSWERED || o->state == OPINION_CONCLUDED)
        return instant_day(o->answered_ms) <= p->due ? PROMISE_KEPT : PROMISE_KEPT_LATE;
    return today <= p->due ? PROMISE_RUNNING : PROMISE_BROKEN;
}

static bool promised(const struct opinion *now, const struct promise *p)
{
    const struct opinion *o = p->opinion;
    bool stands = o->state == OPINION_OWED || o->state == OPINION_REFERRED ||
                  o->state == OPINION_ANSWERED || o->state == OPINION_CONCLUDED;
    return stands && p->due != DAY_NONE && o->field == now->field && o->dialogue != now->dialogue;
}

static bool goes_before(const struct opinion *now, const struct promise *a, const struct promise *b,
                        int32_t today)
{
    bool topic_a = *now->topic != 0 && strcmp(a->opinion->topic, now->topic) == 0;
    bool topic_b = *now->topic != 0 && strcmp(b->opinion->topic, now->topic) == 0;
    if (topic_a != topic_b) return topic_a;
    bool kept_a = promise_state(a, today) <= PROMISE_KEPT_LATE;
    bool kept_b = promise_state(b, today) <= PROMISE_KEPT_LATE;
    if (kept_a != kept_b) return kept_b;
    return a->opinion->id > b->opinion->id;
}

int promises_pick(const struct opinion *now, struct promise *list, int count, int32_t today)
{
    int n = 0;
    for (int i = 0; i < count; i++) {
        struct promise p = list[i];
        if (!promised(now, &p)) continue;
        int at = n++;
        for (; at > 0 && goes_before(now, &p, &list[at - 1], today); at--)
            list[at] = list[at - 1];
        list[at] = p;
    }
    return n;
}
