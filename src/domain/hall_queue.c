// SPDX-License-Identifier: AGPL-3.0-or-later
// Who wants to speak, who is called, who was absent: the queue of the live hall.
#include "domain/hall_acts.h"

#include "base/tr.h"

const char *hall_text_or_empty(const struct params *params, enum param_id id)
{
    const char *text = param_text(params, id);
    return text == NULL ? "" : text;
}

/// Fields that hand_up and speak share: who it is and what about.
static struct refusal read_speaker(struct hall_case *c, struct hall_turn *turn)
{
    const struct params *p = c->params;
    int64_t khom = param_number(p, PARAM_KHOM, 0);
    if (khom != 0 && (khom > 63 || (c->khoms & UINT64_C(1) << khom) == 0))
        return REFUSE_FIELD(REFUSAL_INVALID, "khom");
    if (p->at[PARAM_OPINION].given && !c->opinion_known)
        return REFUSE_FIELD(REFUSAL_INVALID, "opinion");
    turn->khom = (int)khom;
    turn->author_type =
        (enum author_type)param_number(p, PARAM_AUTHOR_TYPE, (int64_t)AUTHOR_RESIDENT);
    turn->kind = (enum turn_kind)param_number(p, PARAM_TURN_KIND, TURN_QUESTION);
    turn->name = hall_text_or_empty(p, PARAM_NAME);
    turn->topic = hall_text_or_empty(p, PARAM_TOPIC);
    turn->opinion = param_number(p, PARAM_OPINION, 0);
    return ALLOWED;
}

/// As said at the door, where the hand says nothing: the fair order goes by it (R63).
static void speak_as_joined(const struct hall_case *c, struct hall_turn *turn)
{
    const struct hall_guest *guest = c->guest;
    const struct param_value *at = c->params->at;
    if (guest == NULL) return;
    if (!at[PARAM_AUTHOR_TYPE].given) turn->author_type = guest->author_type;
    if (!at[PARAM_KHOM].given) turn->khom = guest->khom;
    if (at[PARAM_NAME].given || turn->author_type == AUTHOR_ANONYMOUS) return;
    bool business = turn->author_type == AUTHOR_BUSINESS && *guest->organisation != 0;
    turn->name = business ? guest->organisation : guest->name;
}

/// Turns are loaded whole at each act, and their number has an end: what is left is the staff's.
static bool phone_is_spent(const struct hall *hall, int64_t ticket)
{
    int hands = 0;
    for (int i = 0; ticket != 0 && i < hall->turn_count; i++)
        hands += hall->turns[i].ticket == ticket;
    return ticket != 0 && (hands >= HALL_PHONE_HANDS || hall->turn_count >= HALL_PHONES_HANDS);
}

struct refusal hall_act_hand_up(struct hall_case *c)
{
    struct hall *hall = c->hall;
    bool staff = c->actor->kind == ACTOR_ACCOUNT;
    struct hall_turn wanted = {.side = SIDE_PEOPLE};
    struct refusal refusal = read_speaker(c, &wanted);
    if (refusal.code != REFUSAL_NONE) return refusal;
    speak_as_joined(c, &wanted);
    if (c->acting == ROLE_KHOM) {
        int own = c->actor->person->khom;
        if (wanted.khom != 0 && wanted.khom != own) return REFUSE_FIELD(REFUSAL_FORBIDDEN, "khom");
        wanted.khom = own;
    }
    if (staff && *wanted.name == 0 && wanted.khom == 0)
        return REFUSE_FIELD(REFUSAL_REQUIRED, "name");
    bool order_or_reply = wanted.kind == TURN_ORDER || wanted.kind == TURN_REPLY;
    if (hall->list_closed && !order_or_reply)
        return REFUSE_WHY(REFUSAL_WRONG_STATE, NULL,
                          N_("Danh sách đăng ký phát biểu đã đóng. Ông/bà vẫn gửi được câu hỏi."));
    if (hall_turn_of_ticket(hall, c->actor->ticket) != NULL)
        return REFUSE_WHY(REFUSAL_WRONG_STATE, NULL, N_("Ông/bà đã đăng ký và đang chờ đến lượt."));
    if (phone_is_spent(hall, staff ? 0 : c->actor->ticket))
        return REFUSE_WHY(REFUSAL_SLOW_DOWN, NULL,
                          N_("Điện thoại này đã đăng ký quá nhiều lần. Xin nhờ thư ký ghi tên."));
    if (hall->turn_count >= HALL_TURNS_MAX)
        return REFUSE_WHY(REFUSAL_WRONG_STATE, NULL, N_("Hội nghị này đã có quá nhiều lượt."));
    wanted.ticket = staff ? 0 : c->actor->ticket;
    wanted.name_state = hall_name_of_hand(hall, &wanted);
    struct hall_turn *turn = hall_add_turn(hall, c->arena);
    int64_t number = turn->turn;
    *turn = wanted;
    turn->turn = number;
    turn->state = TURN_WAITING;
    turn->username = "";
    turn->asked_ms = c->now_ms;
    turn->dirty = true;
    c->turn = number;
    c->happened = HALL_QUEUE;
    return ALLOWED;
}

/// The turn a parameter names, which must be in one of the states.
static struct refusal named_turn(struct hall_case *c, unsigned states, struct hall_turn **ret_turn)
{
    *ret_turn = hall_turn_find(c->hall, param_number(c->params, PARAM_TURN, 0));
    if (*ret_turn == NULL) return REFUSE_FIELD(REFUSAL_INVALID, "turn");
    if ((states & 1u << (*ret_turn)->state) == 0) return REFUSE(REFUSAL_WRONG_STATE);
    c->turn = (*ret_turn)->turn;
    return ALLOWED;
}

struct refusal hall_act_hand_down(struct hall_case *c)
{
    struct hall_turn *turn = hall_turn_of_ticket(c->hall, c->actor->ticket);
    bool named = c->params->at[PARAM_TURN].given;
    if (c->acting != ROLE_TICKET || named) {
        struct refusal refusal = named_turn(c, 1u << TURN_WAITING | 1u << TURN_SKIPPED, &turn);
        if (!named) return REFUSE_FIELD(REFUSAL_REQUIRED, "turn");
        if (refusal.code != REFUSAL_NONE) return refusal;
    }
    if (turn == NULL) return REFUSE(REFUSAL_WRONG_STATE);
    bool others = (c->acting == ROLE_TICKET && turn->ticket != c->actor->ticket) ||
                  (c->acting == ROLE_KHOM && turn->khom != c->actor->person->khom);
    if (others) return REFUSE_FIELD(REFUSAL_FORBIDDEN, "turn");
    hall_settle(turn, TURN_WITHDRAWN, c->now_ms);
    c->turn = turn->turn;
    c->happened = HALL_QUEUE;
    // Whose hand it is took it down for good; nor may a phone push the chair's last tap out of
    // `undo`.
    bool own = c->acting == ROLE_TICKET || c->acting == ROLE_KHOM;
    if (!own) hall_remember(c->hall, HACT_HAND_DOWN, turn->turn, 0);
    return ALLOWED;
}

struct refusal hall_act_call_turn(struct hall_case *c)
{
    struct hall *hall = c->hall;
    struct hall_turn *turn;
    if (c->params->at[PARAM_TURN].given) {
        struct refusal refusal = named_turn(c, 1u << TURN_WAITING | 1u << TURN_SKIPPED, &turn);
        if (refusal.code != REFUSAL_NONE) return refusal;
    } else {
        struct hall_order order = hall_order(hall, c->arena);
        if (order.count == 0)
            return REFUSE_WHY(REFUSAL_WRONG_STATE, "turn", N_("Chưa có ai đăng ký phát biểu."));
        turn = hall_turn_find(hall, order.places[0].turn->turn);
    }
    int64_t before = hall->turn;
    hall_clear_floor(hall, c->now_ms);
    hall_give_floor(c, turn);
    hall_read_on_call(c, turn);
    hall_remember(hall, HACT_CALL_TURN, turn->turn, before);
    return ALLOWED;
}

struct refusal hall_act_skip_turn(struct hall_case *c)
{
    struct hall *hall = c->hall;
    struct hall_turn *turn = hall_turn_find(hall, hall->turn);
    int64_t before = 0;
    if (c->params->at[PARAM_TURN].given) {
        struct refusal refusal = named_turn(c, 1u << TURN_WAITING | 1u << TURN_SPEAKING, &turn);
        if (refusal.code != REFUSAL_NONE) return refusal;
    }
    if (turn == NULL || turn->side != SIDE_PEOPLE) return REFUSE(REFUSAL_WRONG_STATE);
    if (turn->turn == hall->turn) { // called, not there
        before = turn->turn;
        hall->turn = 0;
        hall->paused = false;
        if (c->dialogue->state == DIALOGUE_OPEN)
            hall_begin_interval(hall, c->arena, SIDE_NONE, c->now_ms);
        c->happened |= HALL_CLOCK;
    }
    hall_settle(turn, TURN_SKIPPED, c->now_ms);
    c->turn = turn->turn;
    c->happened |= HALL_QUEUE;
    hall_remember(hall, HACT_SKIP_TURN, turn->turn, before);
    return ALLOWED;
}

struct refusal hall_act_return_turn(struct hall_case *c)
{
    struct hall_turn *turn;
    struct refusal refusal =
        named_turn(c, 1u << TURN_SKIPPED | 1u << TURN_WITHDRAWN | 1u << TURN_DONE, &turn);
    if (refusal.code != REFUSAL_NONE) return refusal;
    if (turn->side != SIDE_PEOPLE) return REFUSE(REFUSAL_WRONG_STATE);
    if (hall_turn_of_ticket(c->hall, turn->ticket) != NULL) return REFUSE(REFUSAL_WRONG_STATE);
    hall_settle(turn, TURN_WAITING, c->now_ms); // keeps the time it asked: no place is lost
    c->happened = HALL_QUEUE;
    return ALLOWED;
}

struct refusal hall_act_speak(struct hall_case *c)
{
    struct hall *hall = c->hall;
    enum floor_side side = (enum floor_side)c->params->at[PARAM_SIDE].number;
    struct hall_turn wanted = {.side = side};
    const char *username = hall_text_or_empty(c->params, PARAM_TO);
    const struct person *person = *username != 0 ? people_find(c->people, username) : NULL;
    struct refusal refusal = read_speaker(c, &wanted);
    if (refusal.code != REFUSAL_NONE) return refusal;
    if (side == SIDE_NONE) return REFUSE_FIELD(REFUSAL_INVALID, "side");
    if (*username != 0 && (person == NULL || !person->active || side != SIDE_AUTHORITY))
        return REFUSE_FIELD(REFUSAL_INVALID, "to");
    int64_t before = hall->turn;
    hall_clear_floor(hall, c->now_ms);
    struct hall_turn *turn = hall_add_turn(hall, c->arena);
    wanted.turn = turn->turn;
    wanted.asked_ms = c->now_ms;
    wanted.username = person != NULL ? person->username : "";
    *turn = wanted;
    hall_give_floor(c, turn);
    hall_remember(hall, HACT_SPEAK, turn->turn, before);
    return ALLOWED;
}
