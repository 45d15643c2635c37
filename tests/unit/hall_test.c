// SPDX-License-Identifier: AGPL-3.0-or-later
// The live hall's rules: who may do what, the fair order, and time that adds up to the millisecond.
#include "../test.h"
#include "base/day.h"
#include "domain/hall.h"

static const struct person PEOPLE[] = {
    {"chutich", "Nguyễn Văn A", "Chủ tịch", WHO(ROLE_CHAIR), 0, 0, true},
    {"thuky", "Lê Văn C", "Thư ký", WHO(ROLE_SECRETARY), 0, 0, true},
    {"vanphong", "Trần Thị B", "Văn phòng", WHO(ROLE_OFFICE), 0, 0, true},
    {"diachinh", "Phạm Thị D", "Địa chính", WHO(ROLE_SPECIALIST), 0, 0, true},
    {"khom1", "Võ Thị F", "Trưởng khóm 1", WHO(ROLE_KHOM), 0, 1, true},
    {"hdnd", "Bùi Văn G", "HĐND", WHO(ROLE_OVERSIGHT), 0, 0, true},
    {"danguy", "Hồ Thị H", "Đảng ủy", WHO(ROLE_PARTY), 0, 0, true},
    {"quantri", "Quản trị", "Quản trị", WHO(ROLE_ADMIN), 0, 0, true},
};
enum {
    CHAIR,
    SECRETARY,
    OFFICE,
    SPECIALIST,
    KHOM,
    OVERSIGHT,
    PARTY,
    ADMIN,
    TICKET,
    PUBLIC,
    WHO_COUNT
};

struct world {
    struct arena arena;
    struct people people;
    struct dialogue dialogue;
    struct actor actor;
    struct params params;
    struct hall hall;
    struct hall_case c;
    int64_t now_ms;
};

static void world_done(struct world *w)
{
    arena_done(&w->arena);
}
#define WORLD CLEANUP(world_done) struct world

static void begin(struct world *w)
{
    *w = (struct world){.people = {PEOPLE, (int)ARRAY_LEN(PEOPLE)},
                        .dialogue = {.id = 1,
                                     .state = DIALOGUE_OPEN,
                                     .appointed = {"", "", "", ""},
                                     .announced_ms = 1},
                        .now_ms = 1000000};
    hall_init(&w->hall, 1);
    w->hall.version = 1;
    hall_follow(&w->hall, &w->arena, DACT_OPEN, w->now_ms);
}

static void be(struct world *w, int who, int64_t ticket)
{
    w->actor = (struct actor){.kind = ACTOR_PUBLIC};
    if (who < TICKET) w->actor = (struct actor){.kind = ACTOR_ACCOUNT, .person = &PEOPLE[who]};
    if (who == TICKET)
        w->actor = (struct actor){.kind = ACTOR_TICKET, .ticket = ticket, .ticket_dialogue = 1};
}

static void give(struct world *w, enum param_id id, int64_t number)
{
    w->params.at[id] = (struct param_value){.given = true, .number = number};
}

static void say(struct world *w, enum param_id id, const char *text)
{
    w->params.at[id] = (struct param_value){.given = true, .text = text};
}

/// Does it with the parameters given since the last time.
static struct refusal act(struct world *w, enum hall_action action)
{
    w->c = (struct hall_case){.arena = &w->arena,
                              .now_ms = w->now_ms,
                              .people = &w->people,
                              .khoms = 0x3e, // 1 to 5
                              .dialogue = &w->dialogue,
                              .actor = &w->actor,
                              .params = &w->params,
                              .hall = &w->hall,
                              .opinion_known = true,
                              .opinion_shown = w->params.at[PARAM_OPINION].number != 666,
                              .programme_steps = 5};
    struct refusal refusal = hall_act(&w->c, action);
    w->params = (struct params){0};
    return refusal;
}

static int64_t hand(struct world *w, int64_t ticket, int khom, enum turn_kind kind)
{
    be(w, TICKET, ticket);
    give(w, PARAM_KHOM, khom);
    give(w, PARAM_TURN_KIND, (int64_t)kind);
    w->now_ms += 1000;
    return act(w, HACT_HAND_UP).code == REFUSAL_NONE ? w->c.turn : 0;
}

static void call_first(struct world *w)
{
    be(w, CHAIR, 0);
    check_int(act(w, HACT_CALL_TURN).code, REFUSAL_NONE);
}

/// Parameters with which the action can succeed in the hall of `busy`.
static void best(struct world *w, enum hall_action action)
{
    const struct hall_rule *rule = &hall_rules[action];
    for (int i = 0; i < rule->param_count; i++) {
        if (!rule->params[i].required) continue;
        int64_t number = rule->params[i].id == PARAM_SCENE ? SCENE_BREAK : 0;
        give(w, rule->params[i].id, rule->params[i].id == PARAM_TURN ? 3 : number);
    }
    if (action == HACT_HAND_UP) say(w, PARAM_NAME, "Bà Tư");
    if (action == HACT_HAND_UP && w->actor.kind == ACTOR_TICKET) w->actor.ticket = 99;
    if (action == HACT_HAND_DOWN) give(w, PARAM_TURN, 2);
}

/// One speaks (1), one waits (2, khóm 1), one was skipped (3); the last tap can be undone.
static void busy(struct world *w, enum hall_action action)
{
    begin(w);
    for (int i = 1; i <= 3; i++)
        hand(w, i == 2 ? 7 : i, 1, TURN_QUESTION);
    w->hall.turns[2].name = "Ông Ba"; // typed on a phone, not read yet
    w->hall.turns[2].name_state = TURN_NAME_WAITS;
    be(w, CHAIR, 0);
    give(w, PARAM_TURN, 3);
    check_int(act(w, HACT_SKIP_TURN).code, REFUSAL_NONE);
    give(w, PARAM_TURN, 1);
    check_int(act(w, HACT_CALL_TURN).code, REFUSAL_NONE);
    if (action == HACT_RESUME_TURN) check_int(act(w, HACT_PAUSE_TURN).code, REFUSAL_NONE);
    if (action == HACT_OPEN_LIST) check_int(act(w, HACT_CLOSE_LIST).code, REFUSAL_NONE);
}

TEST(whoever_the_table_names_succeeds_in_its_states_and_nobody_else_anywhere)
{
    RULE("R60 R72");
    for (int action = 0; action < HALL_ACTION_COUNT; action++)
        for (int state = 0; state < DIALOGUE_STATE_COUNT; state++)
            for (int who = 0; who < WHO_COUNT; who++) {
                WORLD w;
                busy(&w, (enum hall_action)action);
                w.dialogue.state = (enum dialogue_state)state;
                be(&w, who, 7);
                best(&w, (enum hall_action)action);
                unsigned char before[32], after[32];
                hall_digest(&w.hall, before);
                const struct hall_rule *rule = &hall_rules[action];
                bool role = (dialogue_roles(&w.dialogue, &w.actor) & rule->who) != 0;
                int want = !role ? (who == PUBLIC ? REFUSAL_UNAUTHENTICATED : REFUSAL_FORBIDDEN)
                           : rule->from & 1u << state ? REFUSAL_NONE
                                                      : REFUSAL_WRONG_STATE;
                struct refusal refusal = act(&w, (enum hall_action)action);
                check_int(refusal.code, want);
                hall_digest(&w.hall, after);
                bool same = memcmp(before, after, 32) == 0;
                bool silent = action == HACT_ORDER || action == HACT_LIMITS ||
                              action == HACT_CLEAR_SCREEN; // the same again changes nothing
                if (!silent || want != REFUSAL_NONE) check(same == (want != REFUSAL_NONE));
            }
}

TEST(on_the_chairs_behalf_only_the_secretary_and_only_the_chairs_acts)
{
    RULE("R72");
    for (int action = 0; action < HALL_ACTION_COUNT; action++)
        for (int who = 0; who < WHO_COUNT; who++) {
            WORLD w;
            begin(&w);
            be(&w, who, 7);
            struct hall_case c = {.dialogue = &w.dialogue,
                                  .actor = &w.actor,
                                  .behalf = BEHALF_CHAIR,
                                  .hall = &w.hall};
            bool may = who == SECRETARY && hall_rules[action].who & WHO(ROLE_CHAIR);
            check_int(hall_may(&c, (enum hall_action)action).code,
                      may ? REFUSAL_NONE : REFUSAL_FORBIDDEN);
            if (may) check_int(c.acting, ROLE_CHAIR);
            c.behalf = BEHALF_FLOOR;
            check_int(hall_may(&c, (enum hall_action)action).code, REFUSAL_FORBIDDEN);
        }
}

TEST(every_role_and_state_that_is_not_in_the_table_is_refused_and_changes_nothing)
{
    for (int action = 0; action < HALL_ACTION_COUNT; action++)
        for (int state = 0; state < DIALOGUE_STATE_COUNT; state++)
            for (int who = 0; who < WHO_COUNT; who++) {
                WORLD w;
                begin(&w);
                w.dialogue.state = (enum dialogue_state)state;
                be(&w, who, 7);
                unsigned char before[32], after[32];
                hall_digest(&w.hall, before);
                uint32_t mine = dialogue_roles(&w.dialogue, &w.actor);
                const struct hall_rule *rule = &hall_rules[action];
                struct refusal refusal = act(&w, (enum hall_action)action);
                bool role = (mine & rule->who) != 0, in_state = rule->from & 1u << state;
                if (!role)
                    check_int(refusal.code,
                              who == PUBLIC ? REFUSAL_UNAUTHENTICATED : REFUSAL_FORBIDDEN);
                else if (!in_state)
                    check_int(refusal.code, REFUSAL_WRONG_STATE);
                hall_digest(&w.hall, after);
                if (refusal.code != REFUSAL_NONE) check(memcmp(before, after, 32) == 0);
            }
}

TEST(the_queue_is_fair_by_a_rule_that_is_shown)
{
    RULE("R60 R63");
    WORLD w;
    begin(&w);
    int64_t a = hand(&w, 1, 1, TURN_QUESTION), b = hand(&w, 2, 1, TURN_QUESTION);
    int64_t c = hand(&w, 3, 2, TURN_QUESTION);
    struct hall_order order = hall_order(&w.hall, &w.arena);
    check_int(order.count, 3);
    check_int(order.places[0].turn->turn, a); // then the other khóm, though it asked later
    check_int(order.places[1].turn->turn, c);
    check_int(order.places[2].turn->turn, b);
    check_int(order.places[0].reasons, PLACE_FIRST | PLACE_ROUND);
    call_first(&w);
    be(&w, CHAIR, 0);
    check_int(act(&w, HACT_END_TURN).code, REFUSAL_NONE);
    int64_t again = hand(&w, 1, 3, TURN_QUESTION); // has spoken: after those who have not
    int64_t reply = hand(&w, 5, 1, TURN_REPLY), point = hand(&w, 6, 1, TURN_ORDER);
    order = hall_order(&w.hall, &w.arena);
    check_int(order.places[0].turn->turn, point);
    check_int(order.places[1].turn->turn, reply);
    check_int(order.places[4].turn->turn, again);
    check_int(order.places[0].reasons, PLACE_ORDER);
    check_int(order.places[1].reasons, PLACE_REPLY);
    be(&w, SECRETARY, 0); // switched off, live: by the time of asking alone
    give(&w, PARAM_FIRST_TIME, 0);
    give(&w, PARAM_ROUND_ROBIN, 0);
    check_int(act(&w, HACT_ORDER).code, REFUSAL_NONE);
    order = hall_order(&w.hall, &w.arena);
    check_int(order.places[2].turn->turn, b);
    check_int(order.places[2].reasons, 0);
}

static int64_t hand_about(struct world *w, int64_t ticket, int khom, const char *topic)
{
    say(w, PARAM_TOPIC, topic);
    return hand(w, ticket, khom, TURN_QUESTION);
}

static void check_order(struct world *w, const int64_t *turns, int count)
{
    struct hall_order order = hall_order(&w->hall, &w->arena);
    check_int(order.count, count);
    for (int i = 0; i < count && i < order.count; i++)
        check_int(order.places[i].turn->turn, turns[i]);
}

TEST(who_asked_about_what_is_being_discussed_comes_first_and_the_list_says_why)
{
    RULE("R60 R63");
    WORLD w;
    begin(&w);
    int64_t a = hand_about(&w, 1, 1, "economy"), b = hand_about(&w, 2, 2, "urban");
    int64_t c = hand_about(&w, 3, 2, "urban"), d = hand_about(&w, 4, 3, "urban");
    int64_t e = hand(&w, 5, 4, TURN_QUESTION), f = hand_about(&w, 6, 4, "chuyện khác");
    check_order(&w, (int64_t[]){a, b, d, e, c, f}, 6); // nothing is on the table: as ever
    be(&w, SECRETARY, 0);
    say(&w, PARAM_TOPIC, "urban");
    check_int(act(&w, HACT_ORDER).code, REFUSAL_NONE);
    check(w.hall.first_time && w.hall.round_robin); // what was not given stays
    check_order(&w, (int64_t[]){b, d, c, a, e, f},
                6); // the khóm in turn, about this and then others
    struct hall_order order = hall_order(&w.hall, &w.arena);
    check_int(order.places[0].reasons, PLACE_TOPIC | PLACE_FIRST | PLACE_ROUND);
    check_int(order.places[3].reasons, PLACE_FIRST | PLACE_ROUND);
    int64_t reply = hand(&w, 7, 5, TURN_REPLY), point = hand(&w, 8, 5, TURN_ORDER);
    check_order(&w, (int64_t[]){point, reply, b, d, c, a, e, f}, 8);
    be(&w, CHAIR, 0);
    give(&w, PARAM_TURN, b);
    check_int(act(&w, HACT_CALL_TURN).code, REFUSAL_NONE);
    int64_t again =
        hand_about(&w, 2, 2, "urban"); // spoke about it: after new voices, before others
    check_order(&w, (int64_t[]){point, reply, d, c, again, a, e, f}, 8);
    be(&w, SECRETARY, 0);
    say(&w, PARAM_TOPIC, "none");
    check_int(act(&w, HACT_ORDER).code, REFUSAL_NONE);
    order = hall_order(&w.hall, &w.arena);
    for (int i = 0; i < order.count; i++)
        check(!(order.places[i].reasons & PLACE_TOPIC));
    check_int(order.places[order.count - 1].turn->turn, again);
}

TEST(only_a_field_of_work_can_be_discussed_and_none_leaves_the_digest_as_it_was)
{
    WORLD w;
    begin(&w);
    unsigned char none[32], urban[32], later[32];
    hall_digest(&w.hall, none);
    be(&w, SECRETARY, 0);
    say(&w, PARAM_TOPIC, "chuyện khác");
    struct refusal refusal = act(&w, HACT_ORDER);
    check_int(refusal.code, REFUSAL_INVALID);
    check_text(refusal.field, "topic");
    hall_digest(&w.hall, later);
    check(memcmp(none, later, 32) == 0);
    say(&w, PARAM_TOPIC, "urban");
    check_int(act(&w, HACT_ORDER).code, REFUSAL_NONE);
    hall_digest(&w.hall, urban);
    check(memcmp(none, urban, 32) != 0);
    check_int(hall_topic_field(""), -1);
    check_int(hall_topic_field("chuyện khác"), -1);
    check_int(hall_topic_field("urban"), FIELD_URBAN);
    be(&w, TICKET, 1);
    say(&w, PARAM_TOPIC, "none");
    check_int(act(&w, HACT_ORDER).code, REFUSAL_FORBIDDEN);
}

TEST(who_spoke_and_is_given_back_to_the_queue_comes_after_those_who_have_not)
{
    RULE("R63");
    WORLD w;
    begin(&w);
    be(&w, SECRETARY, 0); // no phone and no name: known by the turn alone
    give(&w, PARAM_KHOM, 1);
    check_int(act(&w, HACT_HAND_UP).code, REFUSAL_NONE);
    int64_t spoke = w.c.turn;
    call_first(&w);
    w.now_ms += 1000;
    check_int(act(&w, HACT_END_TURN).code, REFUSAL_NONE);
    int64_t absent = hand(&w, 2, 1, TURN_QUESTION), other = hand(&w, 3, 2, TURN_QUESTION);
    be(&w, CHAIR, 0);
    give(&w, PARAM_TURN, absent);
    check_int(act(&w, HACT_SKIP_TURN).code, REFUSAL_NONE);
    give(&w, PARAM_TURN, absent);
    check_int(act(&w, HACT_RETURN_TURN).code, REFUSAL_NONE);
    give(&w, PARAM_TURN, spoke);
    check_int(act(&w, HACT_RETURN_TURN).code, REFUSAL_NONE);
    for (int again = 0; again < 2; again++) {
        struct hall_order order = hall_order(&w.hall, &w.arena);
        check_int(order.count, 3);
        check_int(order.places[0].turn->turn, other); // the khóm that was heard already waits
        check_int(order.places[1].turn->turn, absent);
        check(order.places[1].reasons & PLACE_FIRST);
        check_int(order.places[2].turn->turn, spoke);
        check(!(order.places[2].reasons & PLACE_FIRST));
        give(&w, PARAM_TURN, spoke); // called once more, not there, and back: the same
        check_int(act(&w, HACT_CALL_TURN).code, REFUSAL_NONE);
        check_int(act(&w, HACT_SKIP_TURN).code, REFUSAL_NONE);
        give(&w, PARAM_TURN, spoke);
        check_int(act(&w, HACT_RETURN_TURN).code, REFUSAL_NONE);
    }
}

TEST(one_hand_per_phone_and_none_on_a_closed_list_but_for_order)
{
    RULE("R74");
    WORLD w;
    begin(&w);
    check(hand(&w, 1, 1, TURN_QUESTION) != 0);
    check(hand(&w, 1, 1, TURN_QUESTION) == 0);
    be(&w, SECRETARY, 0);
    check_int(act(&w, HACT_CLOSE_LIST).code, REFUSAL_NONE);
    check(hand(&w, 2, 1, TURN_QUESTION) == 0);
    check(hand(&w, 2, 1, TURN_ORDER) != 0);
    be(&w, KHOM, 0);
    give(&w, PARAM_KHOM, 2);
    struct refusal refusal = act(&w, HACT_HAND_UP);
    check_int(refusal.code, REFUSAL_FORBIDDEN); // a khóm speaks for its own
    be(&w, TICKET, 9);
    give(&w, PARAM_TURN, 1);
    check_int(act(&w, HACT_HAND_DOWN).code, REFUSAL_FORBIDDEN); // somebody else's hand
}

TEST(one_phone_does_not_fill_the_hall_and_staff_still_find_room)
{
    WORLD w;
    begin(&w);
    int64_t up = 0;
    for (int i = 0; i < HALL_PHONE_HANDS; i++) {
        up = hand(&w, 1, 1, TURN_QUESTION);
        check_fatal(up != 0);
        be(&w, TICKET, 1);
        give(&w, PARAM_TURN, up);
        check_int(act(&w, HACT_HAND_DOWN).code, REFUSAL_NONE);
    }
    check_int(hand(&w, 1, 1, TURN_QUESTION), 0);
    check(hand(&w, 2, 1, TURN_QUESTION) != 0);
    for (int64_t phone = 3; w.hall.turn_count < HALL_PHONES_HANDS; phone++)
        check_fatal(hand(&w, phone, 1, TURN_QUESTION) != 0);
    check_int(hand(&w, 99999, 1, TURN_QUESTION), 0);
    be(&w, SECRETARY, 0);
    say(&w, PARAM_NAME, "Bà Tư");
    check_int(act(&w, HACT_HAND_UP).code, REFUSAL_NONE);
}

static void sums(struct world *w, int64_t elapsed)
{
    struct hall_share share = hall_share(&w->hall, w->now_ms);
    check_int(share.elapsed_ms, elapsed);
    check_int(share.ms[SIDE_PEOPLE] + share.ms[SIDE_AUTHORITY] + share.ms[SIDE_NONE], elapsed);
}

static void follow(struct world *w, enum dialogue_action action, enum dialogue_state state)
{
    hall_follow(&w->hall, &w->arena, action, w->now_ms);
    w->dialogue.state = state;
}

TEST(the_share_of_the_floor_adds_up_to_the_elapsed_time)
{
    RULE("R62 R63 R73");
    WORLD w;
    begin(&w);
    int64_t turn = hand(&w, 1, 1, TURN_QUESTION); // 1 s of nobody
    call_first(&w);
    w.now_ms += 61234;
    be(&w, SECRETARY, 0);
    check_int(act(&w, HACT_PAUSE_TURN).code, REFUSAL_NONE);
    w.now_ms += 5000;
    check_int(hall_spoken_ms(&w.hall, turn, w.now_ms), 61234);
    check_int(act(&w, HACT_RESUME_TURN).code, REFUSAL_NONE);
    w.now_ms += 766;
    give(&w, PARAM_SIDE, SIDE_AUTHORITY);
    check_int(act(&w, HACT_SPEAK).code, REFUSAL_NONE);
    w.now_ms += 400000;
    struct hall_share share = hall_share(&w.hall, w.now_ms);
    check_int(share.ms[SIDE_PEOPLE], 62000);
    check_int(share.ms[SIDE_AUTHORITY], 400000);
    check_int(share.ms[SIDE_NONE], 6000);
    check(hall_over_budget(&w.hall, &share));
    sums(&w, 468000);
    give(&w, PARAM_STEP, 1);
    check_int(act(&w, HACT_STEP).code, REFUSAL_NONE);
    w.now_ms += 10000;
    check_int(hall_step_ms(&w.hall, 1, w.now_ms), 10000);
    follow(&w, DACT_ADJOURN, DIALOGUE_ADJOURNED);
    w.now_ms += 900000; // a break is nobody's time
    sums(&w, 478000);
    follow(&w, DACT_RESUME, DIALOGUE_OPEN);
    w.now_ms += 2000;
    follow(&w, DACT_CLOSE, DIALOGUE_CLOSED);
    w.now_ms += 60000;
    sums(&w, 480000);
    follow(&w, DACT_REOPEN, DIALOGUE_OPEN);
    w.now_ms += 3000;
    sums(&w, 483000);
}

/// Whatever is tapped, in whatever order: the time of the open
/// hall is booked once, to the millisecond, and no interval begins before the last one ended.
TEST(whatever_is_tapped_time_is_booked_exactly_once)
{
    RULE("R62");
    WORLD w;
    uint32_t seed = 1;
    begin(&w);
    int64_t elapsed = 0;
    for (int i = 0; i < 20000; i++) {
        seed = seed * 1664525 + 1013904223;
        int64_t ms = (seed >> 8) % 5000;
        if (w.dialogue.state == DIALOGUE_OPEN) elapsed += ms;
        w.now_ms += ms;
        int pick = (int)((seed >> 24) % (HALL_ACTION_COUNT + 6));
        if (pick < HALL_ACTION_COUNT) {
            be(&w, pick == HACT_HAND_UP ? TICKET : CHAIR, 1 + (seed >> 10) % 40);
            if (pick == HACT_SPEAK) give(&w, PARAM_SIDE, (seed >> 12) % FLOOR_SIDE_COUNT);
            if (pick == HACT_STEP) give(&w, PARAM_STEP, 1 + (seed >> 12) % 5);
            if (pick == HACT_RETURN_TURN || (pick == HACT_CALL_TURN && seed & 1024))
                give(&w, PARAM_TURN, 1 + (seed >> 12) % (unsigned)(w.hall.turn_count + 1));
            (void)act(&w, (enum hall_action)pick);
        } else if (w.dialogue.state == DIALOGUE_OPEN) {
            bool breaks = seed & 2048;
            follow(&w, breaks ? DACT_ADJOURN : DACT_CLOSE,
                   breaks ? DIALOGUE_ADJOURNED : DIALOGUE_CLOSED);
        } else {
            follow(&w, w.dialogue.state == DIALOGUE_CLOSED ? DACT_REOPEN : DACT_RESUME,
                   DIALOGUE_OPEN);
        }
        if (i % 500 == 0) sums(&w, elapsed);
    }
    sums(&w, elapsed);
    int speaking = 0;
    for (int i = 0; i < w.hall.turn_count; i++)
        speaking += w.hall.turns[i].state == TURN_SPEAKING;
    check_int(speaking, w.hall.turn != 0);
    for (int i = 0; i < w.hall.interval_count; i++) {
        const struct hall_interval *n = &w.hall.intervals[i];
        const struct hall_turn *turn = hall_turn_find(&w.hall, n->turn);
        check_int(n->side, turn != NULL ? turn->side : SIDE_NONE);
        if (i > 0) check(n->started_ms >= n[-1].ended_ms && n[-1].ended_ms != 0);
    }
}

TEST(a_clock_set_back_books_no_time_twice)
{
    RULE("R62");
    WORLD w;
    begin(&w);
    w.now_ms += 60000;
    follow(&w, DACT_ADJOURN, DIALOGUE_ADJOURNED);
    w.now_ms -= 30000;
    follow(&w, DACT_RESUME, DIALOGUE_OPEN);
    check_int(w.hall.intervals[1].started_ms, w.hall.intervals[0].ended_ms);
    be(&w, CHAIR, 0);
    give(&w, PARAM_SIDE, SIDE_AUTHORITY);
    check_int(act(&w, HACT_SPEAK).code, REFUSAL_NONE);
    sums(&w, 60000); // none negative
    w.now_ms += 40000;
    sums(&w, 70000);
}

TEST(the_authority_is_warned_past_its_share_but_not_in_the_first_five_minutes)
{
    RULE("R62");
    WORLD w;
    begin(&w);
    be(&w, CHAIR, 0);
    give(&w, PARAM_SIDE, SIDE_AUTHORITY);
    check_int(act(&w, HACT_SPEAK).code, REFUSAL_NONE);
    struct hall_share share = hall_share(&w.hall, w.now_ms + 299999);
    check(!hall_over_budget(&w.hall, &share));
    share = hall_share(&w.hall, w.now_ms + 300000);
    check(hall_over_budget(&w.hall, &share));
    w.now_ms += 300000;
    give(&w, PARAM_SIDE, SIDE_PEOPLE);
    say(&w, PARAM_NAME, "Bà Tư");
    check_int(act(&w, HACT_SPEAK).code, REFUSAL_NONE);
    share = hall_share(&w.hall, w.now_ms + 300000);
    check(!hall_over_budget(&w.hall, &share)); // half and half is within half
    give(&w, PARAM_PERCENT, 49);
    check_int(act(&w, HACT_LIMITS).code, REFUSAL_NONE);
    check(hall_over_budget(&w.hall, &share));
}

TEST(a_speaker_has_the_halls_seconds_and_what_was_added)
{
    RULE("R62 R63");
    WORLD w;
    begin(&w);
    int64_t turn = hand(&w, 1, 1, TURN_QUESTION);
    be(&w, CHAIR, 0);
    check_int(act(&w, HACT_MORE_TIME).code, REFUSAL_WRONG_STATE); // nobody speaks
    call_first(&w);
    check_int(hall_limit_ms(&w.hall, hall_turn_find(&w.hall, turn)), 180000);
    check_int(act(&w, HACT_MORE_TIME).code, REFUSAL_NONE);
    check_int(hall_limit_ms(&w.hall, hall_turn_find(&w.hall, turn)), 240000);
    give(&w, PARAM_SECONDS, 3601);
    check_int(act(&w, HACT_MORE_TIME).code, REFUSAL_INVALID);
    give(&w, PARAM_SECONDS, 5);
    check_int(act(&w, HACT_LIMITS).code, REFUSAL_INVALID);
    give(&w, PARAM_WARN, 180);
    check_int(act(&w, HACT_LIMITS).code, REFUSAL_INVALID); // a warning comes before the end
    give(&w, PARAM_PERCENT, 101);
    check_int(act(&w, HACT_LIMITS).code, REFUSAL_INVALID);
    give(&w, PARAM_SECONDS, 120);
    check_int(act(&w, HACT_LIMITS).code, REFUSAL_NONE);
    check_int(hall_limit_ms(&w.hall, hall_turn_find(&w.hall, turn)), 180000);
    give(&w, PARAM_SIDE, SIDE_AUTHORITY);
    say(&w, PARAM_TO, "chutich");
    check_int(act(&w, HACT_SPEAK).code, REFUSAL_NONE);
    check_int(hall_limit_ms(&w.hall, hall_turn_find(&w.hall, w.hall.turn)), 0);
}

TEST(businesses_have_their_turn_among_the_wards)
{
    RULE("R63");
    WORLD w;
    begin(&w);
    int64_t asked[5];
    for (int i = 0; i < 3; i++)
        asked[i] = hand(&w, i + 1, 1, TURN_QUESTION);
    for (int i = 3; i < 5; i++) {
        be(&w, TICKET, i + 1);
        give(&w, PARAM_AUTHOR_TYPE, AUTHOR_BUSINESS);
        w.now_ms += 1000;
        check_int(act(&w, HACT_HAND_UP).code, REFUSAL_NONE);
        asked[i] = w.c.turn;
    }
    const int expected[] = {0, 3, 1, 4, 2};
    struct hall_order order = hall_order(&w.hall, &w.arena);
    for (int i = 0; i < 5; i++) {
        check_int(order.places[i].turn->turn, asked[expected[i]]);
        check_int(order.places[i].reasons, PLACE_FIRST | PLACE_ROUND);
    }
    be(&w, CHAIR, 0);
    give(&w, PARAM_TURN, asked[4]); // the chair may call another
    check_int(act(&w, HACT_CALL_TURN).code, REFUSAL_NONE);
    order = hall_order(&w.hall, &w.arena);
    check_int(order.places[0].turn->turn, asked[0]);
    check_int(order.places[1].turn->turn, asked[1]); // a business has just spoken
}

TEST(a_call_is_undone_through_a_pause)
{
    RULE("R62");
    WORLD w;
    begin(&w);
    int64_t first = hand(&w, 1, 1, TURN_QUESTION), second = hand(&w, 2, 2, TURN_QUESTION);
    call_first(&w);
    w.now_ms += 10000;
    call_first(&w);
    w.now_ms += 3000;
    check_int(act(&w, HACT_PAUSE_TURN).code, REFUSAL_NONE);
    w.now_ms += 2000;
    check_int(act(&w, HACT_RESUME_TURN).code, REFUSAL_NONE);
    w.now_ms += 1000;
    check_int(act(&w, HACT_UNDO).code, REFUSAL_NONE);
    w.now_ms += 500;
    check_int(hall_spoken_ms(&w.hall, first, w.now_ms), 14500); // the pause was nobody's
    check_int(hall_spoken_ms(&w.hall, second, w.now_ms), 0);
    check_int(hall_turn_find(&w.hall, second)->called_ms, 0);
    sums(&w, 2000 + 16500);
}

TEST(end_skip_hand_down_and_step_are_undone)
{
    WORLD w;
    begin(&w);
    int64_t one = hand(&w, 1, 1, TURN_QUESTION), two = hand(&w, 2, 2, TURN_QUESTION);
    call_first(&w);
    w.now_ms += 1000;
    check_int(act(&w, HACT_END_TURN).code, REFUSAL_NONE);
    w.now_ms += 200;
    check_int(act(&w, HACT_UNDO).code, REFUSAL_NONE);
    check_int(w.hall.turn, one);
    check_int(hall_turn_find(&w.hall, one)->state, TURN_SPEAKING);
    check_int(hall_spoken_ms(&w.hall, one, w.now_ms), 1200);
    check_int(act(&w, HACT_SKIP_TURN).code, REFUSAL_NONE);
    check_int(act(&w, HACT_UNDO).code, REFUSAL_NONE);
    check_int(w.hall.turn, one);
    give(&w, PARAM_TURN, two);
    check_int(act(&w, HACT_HAND_DOWN).code, REFUSAL_NONE);
    check_int(hall_turn_find(&w.hall, two)->state, TURN_WITHDRAWN);
    check_int(act(&w, HACT_UNDO).code, REFUSAL_NONE);
    check_int(hall_turn_find(&w.hall, two)->state, TURN_WAITING);
    check_int(hall_turn_find(&w.hall, two)->ended_ms, 0);
    give(&w, PARAM_STEP, 3);
    check_int(act(&w, HACT_STEP).code, REFUSAL_NONE);
    w.now_ms += 5000;
    check_int(act(&w, HACT_PAUSE_TURN).code, REFUSAL_NONE);
    w.now_ms += 5000;
    check_int(hall_step_ms(&w.hall, 3, w.now_ms), 10000);
    check_int(act(&w, HACT_UNDO).code, REFUSAL_NONE);
    check_int(w.hall.step, 0);
    check_int(w.c.step_ended, 3);
    check_int(hall_step_ms(&w.hall, 3, w.now_ms), 0); // the pause's time too
}

TEST(what_was_taken_off_stays_off_a_screen_with_a_scene_of_its_own)
{
    WORLD w;
    begin(&w);
    be(&w, CHAIR, 0);
    const int64_t opened = w.hall.version;
    for (int scene = 0; scene < SCENE_COUNT; scene++)
        check(!hall_taken_off(&w.hall, (enum hall_scene)scene, opened));
    check_int(act(&w, HACT_CLEAR_SCREEN).code, REFUSAL_NONE);
    const int64_t anew = ++w.hall.version;
    for (int scene = 0; scene < SCENE_COUNT; scene++) {
        check(hall_taken_off(&w.hall, (enum hall_scene)scene, opened));
        check(!hall_taken_off(&w.hall, (enum hall_scene)scene, anew));
    }
    give(&w, PARAM_SCENE, SCENE_RULES);
    check_int(act(&w, HACT_SCENE).code, REFUSAL_NONE);
    check(!hall_taken_off(&w.hall, SCENE_QUEUE, opened)); // the console shows its next scene
    const enum hall_scene words[] = {SCENE_QUESTION, SCENE_ANSWER, SCENE_MESSAGE, SCENE_BREAK};
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        check(hall_taken_off(&w.hall, words[i], opened));
    check_int(act(&w, HACT_CLEAR_SCREEN).code, REFUSAL_NONE); // once more, and undone: as before
    w.hall.version++;
    check(hall_taken_off(&w.hall, SCENE_QUESTION, anew));
    check_int(act(&w, HACT_UNDO).code, REFUSAL_NONE);
    check(!hall_taken_off(&w.hall, SCENE_QUESTION, anew));
    check(hall_taken_off(&w.hall, SCENE_QUESTION, opened));
}

TEST(who_began_without_the_queue_does_not_wait_after_an_undo)
{
    WORLD w;
    begin(&w);
    be(&w, SECRETARY, 0);
    give(&w, PARAM_SIDE, SIDE_PEOPLE);
    say(&w, PARAM_NAME, "Bà Tư");
    check_int(act(&w, HACT_SPEAK).code, REFUSAL_NONE);
    int64_t turn = w.c.turn;
    check_int(act(&w, HACT_UNDO).code, REFUSAL_NONE);
    check_int(hall_turn_find(&w.hall, turn)->state, TURN_WITHDRAWN);
    check_int(hall_order(&w.hall, &w.arena).count, 0);
}

TEST(an_undo_leaves_one_hand_per_phone_and_a_phone_takes_no_undo_away)
{
    RULE("R63");
    WORLD w;
    begin(&w);
    int64_t one = hand(&w, 1, 1, TURN_QUESTION);
    check(hand(&w, 2, 2, TURN_QUESTION) != 0);
    call_first(&w);
    int64_t again = hand(&w, 1, 1, TURN_QUESTION); // while speaking
    be(&w, TICKET, 2);
    check_int(act(&w, HACT_HAND_DOWN).code, REFUSAL_NONE);
    be(&w, CHAIR, 0);
    check_int(act(&w, HACT_UNDO).code, REFUSAL_NONE); // of the call, not of the phone's tap
    check_int(w.hall.turn, 0);
    check_int(hall_turn_find(&w.hall, one)->state, TURN_WAITING);
    check_int(hall_turn_find(&w.hall, again)->state, TURN_WITHDRAWN);
    check_int(hall_turn_of_ticket(&w.hall, 1)->turn, one);
}

TEST(a_mis_tap_is_undone_and_the_time_goes_to_whom_it_belongs)
{
    WORLD w;
    begin(&w);
    int64_t first = hand(&w, 1, 1, TURN_QUESTION), second = hand(&w, 2, 2, TURN_QUESTION);
    call_first(&w);
    w.now_ms += 10000;
    call_first(&w);
    check_int(w.hall.turn, second);
    w.now_ms += 4000;
    check_int(act(&w, HACT_UNDO).code, REFUSAL_NONE);
    check_int(w.hall.turn, first);
    check_int(hall_turn_find(&w.hall, second)->state, TURN_WAITING);
    check_int(hall_spoken_ms(&w.hall, first, w.now_ms), 14000);
    check_int(hall_spoken_ms(&w.hall, second, w.now_ms), 0);
    check_int(act(&w, HACT_UNDO).code, REFUSAL_WRONG_STATE); // once
    check_int(act(&w, HACT_SKIP_TURN).code, REFUSAL_NONE);
    check_int(hall_turn_find(&w.hall, first)->state, TURN_SKIPPED);
    give(&w, PARAM_TURN, first);
    check_int(act(&w, HACT_RETURN_TURN).code, REFUSAL_NONE);
    check_int(hall_order(&w.hall, &w.arena).count, 2);
}

TEST(who_still_waits_at_the_close_is_kept_and_comes_back_when_it_is_undone)
{
    WORLD w;
    begin(&w);
    int64_t turn = hand(&w, 1, 1, TURN_QUESTION);
    follow(&w, DACT_CLOSE, DIALOGUE_CLOSED);
    check_int(hall_turn_find(&w.hall, turn)->state, TURN_LEFT);
    follow(&w, DACT_REOPEN, DIALOGUE_OPEN);
    check_int(hall_turn_find(&w.hall, turn)->state, TURN_WAITING);
}

TEST(nothing_unrelayed_reaches_the_screen_and_one_tap_clears_it)
{
    RULE("R75");
    WORLD w;
    begin(&w);
    be(&w, CHAIR, 0);
    give(&w, PARAM_SCENE, SCENE_QUESTION);
    give(&w, PARAM_OPINION, 666); // not relayed
    check_int(act(&w, HACT_SCENE).code, REFUSAL_WRONG_STATE);
    check_int(w.hall.scene, SCENE_WELCOME);
    give(&w, PARAM_SCENE, SCENE_QUESTION);
    check_int(act(&w, HACT_SCENE).code, REFUSAL_REQUIRED);
    give(&w, PARAM_SCENE, SCENE_QUESTION);
    give(&w, PARAM_OPINION, 7);
    check_int(act(&w, HACT_SCENE).code, REFUSAL_NONE);
    check_int(w.hall.scene_opinion, 7);
    check_int(act(&w, HACT_CLEAR_SCREEN).code, REFUSAL_NONE);
    check_int(w.hall.scene, SCENE_WELCOME);
    check_int(act(&w, HACT_UNDO).code, REFUSAL_NONE);
    check_int(w.hall.scene, SCENE_QUESTION);
    be(&w, TICKET, 1);
    give(&w, PARAM_SCENE, SCENE_MESSAGE);
    say(&w, PARAM_TEXT, "Chào");
    check_int(act(&w, HACT_SCENE).code, REFUSAL_FORBIDDEN);
}

static const struct test_case cases[] = {
    TEST_CASE(whoever_the_table_names_succeeds_in_its_states_and_nobody_else_anywhere),
    TEST_CASE(on_the_chairs_behalf_only_the_secretary_and_only_the_chairs_acts),
    TEST_CASE(whatever_is_tapped_time_is_booked_exactly_once),
    TEST_CASE(a_clock_set_back_books_no_time_twice),
    TEST_CASE(the_authority_is_warned_past_its_share_but_not_in_the_first_five_minutes),
    TEST_CASE(a_speaker_has_the_halls_seconds_and_what_was_added),
    TEST_CASE(businesses_have_their_turn_among_the_wards),
    TEST_CASE(a_call_is_undone_through_a_pause),
    TEST_CASE(end_skip_hand_down_and_step_are_undone),
    TEST_CASE(what_was_taken_off_stays_off_a_screen_with_a_scene_of_its_own),
    TEST_CASE(who_began_without_the_queue_does_not_wait_after_an_undo),
    TEST_CASE(an_undo_leaves_one_hand_per_phone_and_a_phone_takes_no_undo_away),
    TEST_CASE(every_role_and_state_that_is_not_in_the_table_is_refused_and_changes_nothing),
    TEST_CASE(the_queue_is_fair_by_a_rule_that_is_shown),
    TEST_CASE(who_asked_about_what_is_being_discussed_comes_first_and_the_list_says_why),
    TEST_CASE(only_a_field_of_work_can_be_discussed_and_none_leaves_the_digest_as_it_was),
    TEST_CASE(who_spoke_and_is_given_back_to_the_queue_comes_after_those_who_have_not),
    TEST_CASE(one_hand_per_phone_and_none_on_a_closed_list_but_for_order),
    TEST_CASE(one_phone_does_not_fill_the_hall_and_staff_still_find_room),
    TEST_CASE(the_share_of_the_floor_adds_up_to_the_elapsed_time),
    TEST_CASE(a_mis_tap_is_undone_and_the_time_goes_to_whom_it_belongs),
    TEST_CASE(who_still_waits_at_the_close_is_kept_and_comes_back_when_it_is_undone),
    TEST_CASE(nothing_unrelayed_reaches_the_screen_and_one_tap_clears_it),
};

int main(void)
{
    return RUN_CASES(cases);
}
