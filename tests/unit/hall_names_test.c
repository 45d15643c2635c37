// SPDX-License-Identifier: AGPL-3.0-or-later
// Names typed on phones: everybody but the secretary learns them when the secretary has read them.
#include "../test.h"
#include "domain/hall.h"

static const struct person PEOPLE[] = {
    {"chutich", "Nguyễn Văn A", "Chủ tịch", WHO(ROLE_CHAIR), 0, 0, true},
    {"thuky", "Lê Văn C", "Thư ký", WHO(ROLE_SECRETARY), 0, 0, true},
    {"khom1", "Võ Thị F", "Trưởng khóm 1", WHO(ROLE_KHOM), 0, 1, true},
};
enum { CHAIR, SECRETARY, KHOM };

struct world {
    struct arena arena;
    struct people people;
    struct dialogue dialogue;
    struct hall hall;
    struct params params;
    struct hall_guest guest; // of the next hand
    int64_t now_ms, turn;
};

static void world_done(struct world *w)
{
    arena_done(&w->arena);
}
#define WORLD CLEANUP(world_done) struct world

static void begin(struct world *w)
{
    *w =
        (struct world){.people = {PEOPLE, (int)ARRAY_LEN(PEOPLE)},
                       .dialogue = {.id = 1, .state = DIALOGUE_OPEN, .appointed = {"", "", "", ""}},
                       .now_ms = 1000000};
    hall_init(&w->hall, 1);
    hall_follow(&w->hall, &w->arena, DACT_OPEN, w->now_ms);
}

static int act_as(struct world *w, const struct actor *actor, enum hall_action action)
{
    struct hall_case c = {.arena = &w->arena,
                          .now_ms = w->now_ms += 1000,
                          .people = &w->people,
                          .khoms = 0x3e,
                          .dialogue = &w->dialogue,
                          .actor = actor,
                          .guest = actor->kind == ACTOR_TICKET ? &w->guest : NULL,
                          .params = &w->params,
                          .hall = &w->hall};
    int code = (int)hall_act(&c, action).code;
    w->params = (struct params){0};
    w->turn = c.turn;
    return code;
}

/// With the turn as the parameter; 0 none.
static int by(struct world *w, int who, enum hall_action action, int64_t turn)
{
    struct actor actor = {.kind = ACTOR_ACCOUNT, .person = &PEOPLE[who]};
    if (turn != 0) w->params.at[PARAM_TURN] = (struct param_value){.given = true, .number = turn};
    return act_as(w, &actor, action);
}

/// The turn of a hand raised with that phone, by what was typed when it joined.
static int64_t hand(struct world *w, int64_t ticket, const char *name)
{
    struct actor actor = {.kind = ACTOR_TICKET, .ticket = ticket, .ticket_dialogue = 1};
    w->guest = (struct hall_guest){AUTHOR_RESIDENT, name, "", 2};
    check_int(act_as(w, &actor, HACT_HAND_UP), REFUSAL_NONE);
    return w->turn;
}

static enum turn_name state(const struct world *w, int64_t turn)
{
    return hall_turn_find(&w->hall, turn)->name_state;
}

static const char *known(const struct world *w, int64_t turn)
{
    return hall_turn_name(hall_turn_find(&w->hall, turn));
}

TEST(a_name_typed_on_a_phone_waits_until_the_secretary_has_read_it)
{
    RULE("R63 R75");
    WORLD w;
    begin(&w);
    int64_t turn = hand(&w, 7, "Bà Tư"), nameless = hand(&w, 8, "");
    check_text(known(&w, turn), "");
    check_text(hall_turn_find(&w.hall, turn)->name, "Bà Tư");
    check_int(state(&w, nameless), TURN_NAME_SHOWN);
    check_int(by(&w, CHAIR, HACT_SHOW_NAME, turn), REFUSAL_FORBIDDEN);
    check_int(by(&w, KHOM, HACT_SHOW_NAME, turn), REFUSAL_FORBIDDEN);
    check_int(by(&w, SECRETARY, HACT_SHOW_NAME, nameless), REFUSAL_WRONG_STATE);
    check_int(by(&w, SECRETARY, HACT_SHOW_NAME, 99), REFUSAL_INVALID);
    check_int(by(&w, SECRETARY, HACT_SHOW_NAME, turn), REFUSAL_NONE);
    check_text(known(&w, turn), "Bà Tư");
    check_int(by(&w, SECRETARY, HACT_SHOW_NAME, turn), REFUSAL_WRONG_STATE);
}

TEST(a_name_that_staff_entered_is_shown_as_ever)
{
    WORLD w;
    begin(&w);
    w.params.at[PARAM_NAME] = (struct param_value){.given = true, .text = "Ông Sáu"};
    check_int(by(&w, KHOM, HACT_HAND_UP, 0), REFUSAL_NONE);
    check_text(known(&w, w.turn), "Ông Sáu");
    check_int(by(&w, SECRETARY, HACT_HIDE_NAME, w.turn), REFUSAL_WRONG_STATE);
    check_int(hall_unread(&w.hall).count, 0);
}

TEST(the_name_of_whoever_does_not_want_to_be_named_is_known_to_nobody_else)
{
    WORLD w;
    begin(&w);
    w.params.at[PARAM_NAME] = (struct param_value){.given = true, .text = "Ông Sáu"};
    w.params.at[PARAM_AUTHOR_TYPE] =
        (struct param_value){.given = true, .number = AUTHOR_ANONYMOUS};
    check_int(by(&w, SECRETARY, HACT_HAND_UP, 0), REFUSAL_NONE);
    check_text(known(&w, w.turn), "");
    check_text(hall_turn_find(&w.hall, w.turn)->name, "Ông Sáu");
}

TEST(a_name_is_read_once_for_all_hands_of_its_phone_and_another_name_waits)
{
    WORLD w;
    begin(&w);
    int64_t first = hand(&w, 7, "Bà Tư");
    check_int(by(&w, SECRETARY, HACT_CALL_TURN, first), REFUSAL_NONE);
    check_int(by(&w, SECRETARY, HACT_END_TURN, 0), REFUSAL_NONE);
    int64_t again = hand(&w, 7, "Bà Tư"), namesake = hand(&w, 8, "Bà Tư");
    check_text(known(&w, again), "Bà Tư");
    check_text(known(&w, namesake), "");
    check_int(by(&w, SECRETARY, HACT_HIDE_NAME, again), REFUSAL_NONE);
    check_text(known(&w, first), "");
    check_int(by(&w, SECRETARY, HACT_HAND_DOWN, again), REFUSAL_NONE);
    check_int(state(&w, hand(&w, 7, "Bà Tư")), TURN_NAME_HIDDEN);
    check_int(by(&w, SECRETARY, HACT_HAND_DOWN, w.turn), REFUSAL_NONE);
    check_int(state(&w, hand(&w, 7, "Tên khác")), TURN_NAME_WAITS);
}

TEST(all_that_were_read_are_shown_at_once_and_none_that_came_since)
{
    WORLD w;
    begin(&w);
    int64_t one = hand(&w, 1, "Một"), two = hand(&w, 2, "Hai"), three = hand(&w, 3, "Ba");
    check_int(by(&w, SECRETARY, HACT_HIDE_NAME, two), REFUSAL_NONE);
    check_int(hall_unread(&w.hall).count, 2);
    int64_t read = hall_unread(&w.hall).last;
    check_int(read, three);
    int64_t late = hand(&w, 4, "Bốn");
    check_int(by(&w, SECRETARY, HACT_SHOW_NAMES, read), REFUSAL_NONE);
    check_text(known(&w, one), "Một");
    check_text(known(&w, two), ""); // kept back by hand
    check_text(known(&w, three), "Ba");
    check_text(known(&w, late), "");
    check_int(by(&w, SECRETARY, HACT_SHOW_NAMES, read), REFUSAL_WRONG_STATE);
    struct actor phone = {.kind = ACTOR_TICKET, .ticket = 4, .ticket_dialogue = 1};
    check_int(act_as(&w, &phone, HACT_HAND_DOWN), REFUSAL_NONE); // not on the page any more
    check_int(hall_unread(&w.hall).count, 0);
    check_int(by(&w, SECRETARY, HACT_SHOW_NAMES, late), REFUSAL_WRONG_STATE);
}

TEST(whom_the_secretary_calls_by_name_is_read_and_whom_the_chair_calls_is_not)
{
    RULE("R63");
    WORLD w;
    begin(&w);
    int64_t turn[5];
    for (int i = 0; i < 5; i++)
        turn[i] = hand(&w, i + 1, "Bà Tư");
    check_int(by(&w, CHAIR, HACT_CALL_TURN, turn[0]), REFUSAL_NONE);
    check_text(known(&w, turn[0]), "");
    check_int(by(&w, SECRETARY, HACT_CALL_TURN, turn[1]), REFUSAL_NONE);
    check_text(known(&w, turn[1]), "Bà Tư");
    w.params.at[PARAM_READ] = (struct param_value){.given = true, .number = turn[4]};
    check_int(by(&w, SECRETARY, HACT_CALL_TURN, 0), REFUSAL_NONE); // another became the first
    check_text(known(&w, turn[2]), "");
    w.params.at[PARAM_READ] = (struct param_value){.given = true, .number = turn[3]};
    check_int(by(&w, SECRETARY, HACT_CALL_TURN, 0), REFUSAL_NONE);
    check_text(known(&w, turn[3]), "Bà Tư");
    check_int(by(&w, SECRETARY, HACT_HIDE_NAME, turn[4]), REFUSAL_NONE);
    check_int(by(&w, SECRETARY, HACT_CALL_TURN, turn[4]), REFUSAL_NONE);
    check_text(known(&w, turn[4]), ""); // kept back by hand: a call does not show it
}

TEST(a_hall_whose_names_are_all_shown_has_the_digest_it_had_before)
{
    WORLD w;
    begin(&w);
    unsigned char shown[32], waits[32], hidden[32], again[32];
    int64_t turn = hand(&w, 7, "Bà Tư");
    hall_digest(&w.hall, waits);
    hall_turn_find(&w.hall, turn)->name_state = TURN_NAME_SHOWN;
    hall_digest(&w.hall, shown);
    check_int(by(&w, SECRETARY, HACT_HIDE_NAME, turn), REFUSAL_NONE);
    hall_digest(&w.hall, hidden);
    check_int(by(&w, SECRETARY, HACT_SHOW_NAME, turn), REFUSAL_NONE);
    hall_digest(&w.hall, again);
    check(memcmp(shown, again, 32) == 0);
    check(memcmp(shown, waits, 32) != 0 && memcmp(shown, hidden, 32) != 0);
    check(memcmp(waits, hidden, 32) != 0);
}

TEST(a_phone_that_joined_for_a_business_speaks_in_the_businesses_turn_by_its_name)
{
    RULE("R63");
    WORLD w;
    begin(&w);
    hand(&w, 1, "Một");
    int64_t second = hand(&w, 2, "Hai");
    struct actor phone = {.kind = ACTOR_TICKET, .ticket = 3, .ticket_dialogue = 1};
    w.guest = (struct hall_guest){AUTHOR_BUSINESS, "Bà Tư", "Lò gạch Tân Mỹ", 2};
    check_int(act_as(&w, &phone, HACT_HAND_UP), REFUSAL_NONE);
    const struct hall_turn *turn = hall_turn_find(&w.hall, w.turn);
    check_int(turn->author_type, AUTHOR_BUSINESS);
    check_text(turn->name, "Lò gạch Tân Mỹ");
    struct hall_order order = hall_order(&w.hall, &w.arena);
    check_int(order.places[1].turn->turn, w.turn); // before the second of khóm 2
    check_int(order.places[2].turn->turn, second);
    phone.ticket = 4;
    w.params.at[PARAM_KHOM] = (struct param_value){.given = true, .number = 5};
    check_int(act_as(&w, &phone, HACT_HAND_UP), REFUSAL_NONE); // what the hand says goes before
    check_int(hall_turn_find(&w.hall, w.turn)->khom, 5);
}

TEST(the_names_of_minutes_that_are_signed_stand)
{
    WORLD w;
    begin(&w);
    int64_t turn = hand(&w, 7, "Bà Tư");
    hall_follow(&w.hall, &w.arena, DACT_CLOSE, w.now_ms);
    w.dialogue.state = DIALOGUE_CLOSED;
    check_int(by(&w, SECRETARY, HACT_SHOW_NAME, turn), REFUSAL_NONE);
    w.dialogue.minutes_chair_ms = w.now_ms;
    check_int(by(&w, SECRETARY, HACT_HIDE_NAME, turn), REFUSAL_WRONG_STATE);
    check_int(by(&w, SECRETARY, HACT_SHOW_NAMES, turn), REFUSAL_WRONG_STATE);
}

static const struct test_case cases[] = {
    TEST_CASE(a_name_typed_on_a_phone_waits_until_the_secretary_has_read_it),
    TEST_CASE(a_name_that_staff_entered_is_shown_as_ever),
    TEST_CASE(the_name_of_whoever_does_not_want_to_be_named_is_known_to_nobody_else),
    TEST_CASE(a_name_is_read_once_for_all_hands_of_its_phone_and_another_name_waits),
    TEST_CASE(all_that_were_read_are_shown_at_once_and_none_that_came_since),
    TEST_CASE(whom_the_secretary_calls_by_name_is_read_and_whom_the_chair_calls_is_not),
    TEST_CASE(a_hall_whose_names_are_all_shown_has_the_digest_it_had_before),
    TEST_CASE(a_phone_that_joined_for_a_business_speaks_in_the_businesses_turn_by_its_name),
    TEST_CASE(the_names_of_minutes_that_are_signed_stand),
};

int main(void)
{
    return RUN_CASES(cases);
}
