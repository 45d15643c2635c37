// SPDX-License-Identifier: AGPL-3.0-or-later
// The suggested next step: walking along it takes a dialogue from its opening to its minutes, every
// step is one the rules allow, and no walk turns in a circle. And promises: which, in which order.
#include "../test.h"
#include "base/day.h"
#include "domain/hall_next.h"

static const struct person CHAIR = {"chutich", "Nguyễn Văn A", "Chủ tịch", WHO(ROLE_CHAIR), 0, 0,
                                    true};
enum { STEPS = 5, ROOM = 16 };

/// A hall with a script: so many hands, so many written questions.
struct world {
    struct arena arena;
    struct people people;
    struct dialogue dialogue;
    struct actor actor;
    struct hall hall;
    struct opinion opinions[ROOM];
    int count;
    int64_t now_ms;
};
static void world_done(struct world *w)
{
    arena_done(&w->arena);
}
#define WORLD CLEANUP(world_done) struct world

static void begin(struct world *w)
{
    *w = (struct world){.people = {&CHAIR, 1},
                        .dialogue = {.id = 1,
                                     .state = DIALOGUE_ANNOUNCED,
                                     .appointed = {"", "", "", ""},
                                     .announced_ms = 1},
                        .actor = {.kind = ACTOR_ACCOUNT, .person = &CHAIR},
                        .now_ms = 1000000};
    hall_init(&w->hall, 1);
    w->hall.version = 1;
}

static struct opinion *add(struct world *w, enum opinion_state state, enum channel channel)
{
    struct opinion *o = &w->opinions[w->count++];
    *o = (struct opinion){.id = w->count,
                          .dialogue = 1,
                          .state = state,
                          .channel = channel,
                          .topic = "",
                          .round = 1,
                          .due_legal = DAY_NONE,
                          .created_ms = w->now_ms};
    return o;
}

static struct opinion *opinion(struct world *w, int64_t id)
{
    return &w->opinions[id - 1];
}

static struct refusal do_hall(struct world *w, enum hall_action action, enum param_id id,
                              int64_t number)
{
    struct params params = {0};
    if (id != PARAM_COUNT) params.at[id] = (struct param_value){.given = true, .number = number};
    struct hall_case c = {.arena = &w->arena,
                          .now_ms = w->now_ms,
                          .people = &w->people,
                          .khoms = 0x3e,
                          .dialogue = &w->dialogue,
                          .actor = &w->actor,
                          .params = &params,
                          .hall = &w->hall,
                          .programme_steps = STEPS};
    return hall_act(&c, action);
}

static void raise_hand(struct world *w, int64_t ticket)
{
    struct actor chair = w->actor;
    w->actor = (struct actor){.kind = ACTOR_TICKET, .ticket = ticket, .ticket_dialogue = 1};
    check(do_hall(w, HACT_HAND_UP, PARAM_KHOM, 1 + ticket % 5).code == REFUSAL_NONE);
    w->actor = chair;
}

static struct hall_next next_of(const struct world *w)
{
    CLEANUP(arena_done) struct arena arena = {0};
    return hall_next(&(struct hall_moment){.dialogue = &w->dialogue,
                                           .hall = &w->hall,
                                           .opinions = w->opinions,
                                           .opinion_count = w->count,
                                           .waiting = hall_order(&w->hall, &arena).count,
                                           .programme_steps = STEPS});
}

static void state(struct world *w, enum dialogue_action action, enum dialogue_state to)
{
    w->dialogue.state = to;
    hall_follow(&w->hall, &w->arena, action, w->now_ms);
}

/// Does what was suggested, as people would; outcomes and verdicts in turn.
static void follow(struct world *w, struct hall_next n, int times)
{
    struct opinion *o = n.opinion != 0 ? opinion(w, n.opinion) : NULL;
    struct refusal refusal = ALLOWED;
    switch (n.kind) {
    case NEXT_OPEN:
        state(w, DACT_OPEN, DIALOGUE_OPEN);
        break;
    case NEXT_RESUME:
        state(w, DACT_RESUME, DIALOGUE_OPEN);
        break;
    case NEXT_CLOSE:
        state(w, DACT_CLOSE, DIALOGUE_CLOSED);
        break;
    case NEXT_STEP:
        refusal = do_hall(w, HACT_STEP, PARAM_STEP, n.step);
        break;
    case NEXT_CALL:
        refusal = do_hall(w, HACT_CALL_TURN, PARAM_COUNT, 0);
        break;
    case NEXT_END_TURN:
        refusal = do_hall(w, HACT_END_TURN, PARAM_COUNT, 0);
        break;
    case NEXT_RECORD:
        add(w, OPINION_ON_FLOOR, CHANNEL_SPOKEN);
        break;
    case NEXT_SETTLE:
        check(opinion_rules[ACT_ANSWER].from & 1u << o->state);
        check(opinion_rules[ACT_ASSIGN].from & 1u << o->state);
        check(opinion_rules[ACT_REFER].from & 1u << o->state);
        o->state = times % 3 == 0   ? OPINION_ANSWERED
                   : times % 3 == 1 ? OPINION_OWED
                                    : OPINION_REFERRED;
        o->answered_ms = o->state == OPINION_ANSWERED ? w->now_ms : 0;
        break;
    case NEXT_ASK:
        check(opinion_rules[ACT_AGREE].from & 1u << o->state);
        o->verdict = VERDICT_AGREED;
        break;
    case NEXT_CONCLUDE:
        check(opinion_rules[ACT_CONCLUDE].from & 1u << o->state);
        o->state = OPINION_CONCLUDED;
        break;
    case NEXT_TAKE:
        check(opinion_rules[ACT_CALL].from & 1u << o->state);
        o->state = OPINION_ON_FLOOR;
        break;
    case NEXT_RELAY:
        for (int i = 0; i < w->count; i++)
            if (w->opinions[i].state == OPINION_RECEIVED) w->opinions[i].state = OPINION_RELAYED;
        break;
    case NEXT_MINUTES:
        w->dialogue.minutes_chair_ms = w->now_ms;
        break;
    case NEXT_NOTHING:
    case NEXT_KIND_COUNT:
        check(!"walked into nothing");
    }
    check_int(refusal.code, REFUSAL_NONE);
}

/// To the end; how often each was suggested.
static void walk(struct world *w, int seen[NEXT_KIND_COUNT])
{
    for (int i = 0; i < NEXT_KIND_COUNT; i++)
        seen[i] = 0;
    for (int step = 0; step < 200; step++) {
        struct hall_next n = next_of(w);
        if (n.kind == NEXT_NOTHING) return;
        w->now_ms += 1000;
        follow(w, n, seen[n.kind]);
        seen[n.kind]++;
    }
    check(!"goes round in a circle");
}

TEST(walking_along_the_suggestions_ends_with_the_minutes)
{
    RULE("R60 R74");
    WORLD w;
    int seen[NEXT_KIND_COUNT];
    begin(&w);
    for (int i = 0; i < 2; i++)
        add(&w, OPINION_RECEIVED, CHANNEL_ONLINE);
    add(&w, OPINION_RELAYED, CHANNEL_SLIP);
    follow(&w, next_of(&w), 0);
    for (int64_t ticket = 1; ticket <= 3; ticket++)
        raise_hand(&w, ticket);
    walk(&w, seen);
    check(w.dialogue.state == DIALOGUE_CLOSED);
    check(seen[NEXT_STEP] == STEPS);
    check(seen[NEXT_CALL] == 3 && seen[NEXT_RECORD] == 3); // everybody who asked was heard
    check(seen[NEXT_SETTLE] == 6);                         // and everything heard got an outcome
    check(seen[NEXT_TAKE] == 3 && seen[NEXT_RELAY] == 1);
    check(seen[NEXT_CLOSE] == 1 && seen[NEXT_MINUTES] == 1);
    for (int i = 0; i < w.count; i++)
        check(w.opinions[i].state != OPINION_RECEIVED && w.opinions[i].state != OPINION_ON_FLOOR);
}

TEST(an_empty_hall_goes_through_its_programme)
{
    WORLD w;
    int seen[NEXT_KIND_COUNT];
    begin(&w);
    walk(&w, seen);
    check(seen[NEXT_OPEN] == 1 && seen[NEXT_STEP] == STEPS && seen[NEXT_CLOSE] == 1);
    check(seen[NEXT_CALL] == 0 && seen[NEXT_SETTLE] == 0);
}

TEST(an_outcome_comes_before_the_next_speaker)
{
    RULE("R60 R77");
    WORLD w;
    begin(&w);
    state(&w, DACT_OPEN, DIALOGUE_OPEN);
    check(do_hall(&w, HACT_STEP, PARAM_STEP, 1).code == REFUSAL_NONE);
    raise_hand(&w, 1);
    raise_hand(&w, 2);
    check(next_of(&w).kind == NEXT_CALL);
    check(do_hall(&w, HACT_CALL_TURN, PARAM_COUNT, 0).code == REFUSAL_NONE);
    check(next_of(&w).kind == NEXT_RECORD);
    w.now_ms += 1000;
    struct opinion *o = add(&w, OPINION_ON_FLOOR, CHANNEL_SPOKEN);
    struct hall_next n = next_of(&w);
    check(n.kind == NEXT_SETTLE && n.opinion == o->id);
    o->state = OPINION_OWED;
    check(next_of(&w).kind == NEXT_CALL);
    o->state = OPINION_ANSWERED;
    o->answered_ms = w.now_ms;
    check(next_of(&w).kind == NEXT_ASK);
    o->verdict = VERDICT_NOT_AGREED;
    check(next_of(&w).kind == NEXT_ASK); // they go on
    o->round = OPINION_ROUNDS;
    check(next_of(&w).kind == NEXT_CONCLUDE);
}

TEST(an_adjourned_dialogue_is_resumed)
{
    WORLD w;
    begin(&w);
    state(&w, DACT_OPEN, DIALOGUE_OPEN);
    state(&w, DACT_ADJOURN, DIALOGUE_ADJOURNED);
    check(next_of(&w).kind == NEXT_RESUME);
    w.dialogue.state = DIALOGUE_CANCELLED;
    check(next_of(&w).kind == NEXT_NOTHING);
}

TEST(the_opinion_on_the_table_is_the_turns_then_the_screens_then_the_newest)
{
    WORLD w;
    begin(&w);
    state(&w, DACT_OPEN, DIALOGUE_OPEN);
    for (int i = 0; i < 3; i++)
        add(&w, OPINION_ON_FLOOR, CHANNEL_SPOKEN);
    check(hall_on_table(&w.hall, w.opinions, 3)->id == 3);
    w.hall.scene_opinion = 2;
    check(hall_on_table(&w.hall, w.opinions, 3)->id == 2);
    raise_hand(&w, 1);
    check(do_hall(&w, HACT_CALL_TURN, PARAM_COUNT, 0).code == REFUSAL_NONE);
    hall_turn_find(&w.hall, w.hall.turn)->opinion = 1;
    check(hall_on_table(&w.hall, w.opinions, 3)->id == 1);
    for (int i = 0; i < 3; i++)
        w.opinions[i].state = OPINION_CONCLUDED;
    check(hall_on_table(&w.hall, w.opinions, 3) == NULL);
}

static struct promise promise(struct opinion *o, int32_t due)
{
    return (struct promise){.opinion = o, .due = due, .who = "diachinh"};
}

TEST(promises_of_the_field_come_with_the_topic_and_what_was_not_kept_first)
{
    RULE("R77");
    const int32_t today = 20000;
    struct opinion now = {.id = 99, .dialogue = 2, .field = FIELD_SECURITY, .topic = "Đèn đường"};
    struct opinion o[6];
    for (int i = 0; i < 6; i++)
        o[i] = (struct opinion){.id = i + 1,
                                .dialogue = 1,
                                .field = FIELD_SECURITY,
                                .topic = "",
                                .state = OPINION_OWED};
    o[0].topic = "Đèn đường";
    o[1].state = OPINION_CONCLUDED;
    o[1].answered_ms = instant_at(today - 40, 8, 0);
    o[3].field = FIELD_ECONOMY;
    o[4].dialogue = 2;
    struct promise list[] = {promise(&o[0], today + 3), promise(&o[1], today - 30),
                             promise(&o[2], today - 1), promise(&o[3], today),
                             promise(&o[4], today),     promise(&o[5], DAY_NONE)};
    check(promises_pick(&now, list, 6, today) == 3);
    check(list[0].opinion->id == 1 && promise_state(&list[0], today) == PROMISE_RUNNING);
    check(list[1].opinion->id == 3 && promise_state(&list[1], today) == PROMISE_BROKEN);
    check(list[2].opinion->id == 2 && promise_state(&list[2], today) == PROMISE_KEPT);
    o[1].answered_ms = instant_at(today - 29, 8, 0);
    check(promise_state(&list[2], today) == PROMISE_KEPT_LATE);
}

TEST(a_concluded_opinions_date_is_found_among_its_items)
{
    struct opinion o = {
        .id = 1, .state = OPINION_CONCLUDED, .due_legal = DAY_NONE, .responsible = ""};
    const struct opinion_item items[] = {{.kind = ITEM_DUE, .day = 100, .person = "vanphong"},
                                         {.kind = ITEM_DUE, .day = 90, .person = "diachinh"},
                                         {.kind = ITEM_ANSWER, .person = "diachinh"}};
    struct promise p = promise_of(&o, items, 3);
    check(p.due == 90);
    check_text(p.who, "diachinh");
    check(promise_of(&o, items + 2, 1).due == DAY_NONE);
}

static const struct test_case cases[] = {
    TEST_CASE(walking_along_the_suggestions_ends_with_the_minutes),
    TEST_CASE(an_empty_hall_goes_through_its_programme),
    TEST_CASE(an_outcome_comes_before_the_next_speaker),
    TEST_CASE(an_adjourned_dialogue_is_resumed),
    TEST_CASE(the_opinion_on_the_table_is_the_turns_then_the_screens_then_the_newest),
    TEST_CASE(promises_of_the_field_come_with_the_topic_and_what_was_not_kept_first),
    TEST_CASE(a_concluded_opinions_date_is_found_among_its_items),
};

int main(void)
{
    return RUN_CASES(cases);
}
