// SPDX-License-Identifier: AGPL-3.0-or-later
// The fair order of the queue (R60, R63): a rule everybody can see, with the reason beside each
// name; and the sums of the floor (R62). Reads a hall, never changes it.
#include "domain/hall.h"

#include <string.h>

#include "base/text.h"

enum { KHOM_GROUPS = 64, BUSINESS_GROUP = KHOM_GROUPS - 1 };
enum { BUDGET_FROM_MS = 5 * 60 * 1000 };

static int group_of(const struct hall_turn *turn)
{
    if (turn->author_type == AUTHOR_BUSINESS) return BUSINESS_GROUP;
    return turn->khom > 0 && turn->khom < BUSINESS_GROUP ? turn->khom : 0;
}

/// Now, or before: a turn that was given back to the queue has spoken all the same.
static bool has_spoken(const struct hall_turn *turn)
{
    bool spoke = turn->state == TURN_DONE || turn->state == TURN_SPEAKING || turn->ended_ms != 0;
    return turn->side == SIDE_PEOPLE && spoke;
}

/// The same turn, phone, or name from the same khóm; whoever gave none of them is always new.
static bool same_speaker(const struct hall_turn *a, const struct hall_turn *b)
{
    if (a->turn == b->turn) return true;
    if (a->ticket != 0 && a->ticket == b->ticket) return true;
    return *a->name != 0 && a->khom == b->khom && strcmp(a->name, b->name) == 0;
}

static bool spoke_before(const struct hall *hall, const struct hall_turn *turn)
{
    for (int i = 0; i < hall->turn_count; i++)
        if (has_spoken(&hall->turns[i]) && same_speaker(&hall->turns[i], turn)) return true;
    return false;
}

int hall_topic_field(const char *topic)
{
    return value_parse(&fields, topic);
}

/// Something is being discussed, and this is about something else.
static bool off_topic(const struct hall *hall, const struct hall_turn *turn)
{
    return *hall->topic != 0 && strcmp(hall->topic, turn->topic) != 0;
}

/// Lower is sooner: what the proceedings need first, then what is being discussed, then new voices.
static int tier_of(const struct hall *hall, const struct hall_turn *turn, unsigned *ret_reasons)
{
    if (turn->kind == TURN_ORDER) return *ret_reasons = PLACE_ORDER, 0;
    if (turn->kind == TURN_REPLY) return *ret_reasons = PLACE_REPLY, 1;
    int tier = off_topic(hall, turn) ? 4 : 2;
    *ret_reasons = *hall->topic != 0 && tier == 2 ? PLACE_TOPIC : 0;
    if (!hall->first_time) return tier;
    if (spoke_before(hall, turn)) return tier + 1;
    return *ret_reasons |= PLACE_FIRST, tier;
}

struct candidate {
    const struct hall_turn *turn;
    int tier, group;
    unsigned reasons;
    bool taken;
};

static bool sooner(const struct hall *hall, const struct candidate *a, const struct candidate *b,
                   const int served[KHOM_GROUPS])
{
    if (a->tier != b->tier) return a->tier < b->tier;
    bool by_group = hall->round_robin && a->tier >= 2;
    if (by_group && served[a->group] != served[b->group])
        return served[a->group] < served[b->group];
    if (a->turn->asked_ms != b->turn->asked_ms) return a->turn->asked_ms < b->turn->asked_ms;
    return a->turn->turn < b->turn->turn;
}

struct hall_order hall_order(const struct hall *hall, struct arena *arena)
{
    struct candidate *all = arena_array(arena, struct candidate, (size_t)hall->turn_count + 1);
    int count = 0, served[KHOM_GROUPS] = {0};
    for (int i = 0; i < hall->turn_count; i++) {
        const struct hall_turn *turn = &hall->turns[i];
        if (has_spoken(turn)) served[group_of(turn)]++;
        if (turn->state != TURN_WAITING) continue;
        struct candidate *c = &all[count++];
        *c = (struct candidate){.turn = turn, .group = group_of(turn)};
        c->tier = tier_of(hall, turn, &c->reasons);
    }
    struct hall_order order = {arena_array(arena, struct hall_place, (size_t)count + 1), count};
    for (int place = 0; place < count; place++) {
        struct candidate *first = NULL;
        for (int i = 0; i < count; i++)
            if (!all[i].taken && (first == NULL || sooner(hall, &all[i], first, served)))
                first = &all[i];
        ensure(first != NULL); // as many are left as places
        first->taken = true;
        if (first->tier >= 2) served[first->group]++;
        unsigned round =
            hall->round_robin && first->tier >= 2 && first->group != 0 ? PLACE_ROUND : 0;
        order.places[place] = (struct hall_place){first->turn, first->reasons | round};
    }
    return order;
}

// ---- sums of the floor

int64_t hall_interval_ms(const struct hall_interval *interval, int64_t now_ms)
{
    int64_t end = interval->ended_ms != 0 ? interval->ended_ms : now_ms;
    return end > interval->started_ms ? end - interval->started_ms : 0;
}

struct hall_share hall_share(const struct hall *hall, int64_t now_ms)
{
    struct hall_share share = {0};
    for (int i = 0; i < hall->interval_count; i++) {
        int64_t ms = hall_interval_ms(&hall->intervals[i], now_ms);
        share.ms[hall->intervals[i].side] += ms;
        share.elapsed_ms += ms;
    }
    return share;
}

bool hall_over_budget(const struct hall *hall, const struct hall_share *share)
{
    int64_t spoken = share->ms[SIDE_PEOPLE] + share->ms[SIDE_AUTHORITY];
    if (spoken < BUDGET_FROM_MS) return false;
    return share->ms[SIDE_AUTHORITY] * 100 > spoken * hall->authority_percent;
}

int64_t hall_spoken_ms(const struct hall *hall, int64_t turn, int64_t now_ms)
{
    int64_t ms = 0;
    for (int i = 0; i < hall->interval_count; i++) {
        const struct hall_interval *interval = &hall->intervals[i];
        if (interval->turn == turn && interval->side != SIDE_NONE)
            ms += hall_interval_ms(interval, now_ms);
    }
    return ms;
}

int64_t hall_limit_ms(const struct hall *hall, const struct hall_turn *turn)
{
    if (turn->side != SIDE_PEOPLE) return 0;
    return INT64_C(1000) * (hall->turn_seconds + turn->extra_seconds);
}

int64_t hall_step_ms(const struct hall *hall, int step, int64_t now_ms)
{
    int64_t ms = 0;
    for (int i = 0; i < hall->interval_count; i++)
        if (hall->intervals[i].step == step) ms += hall_interval_ms(&hall->intervals[i], now_ms);
    return ms;
}
