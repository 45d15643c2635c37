// SPDX-License-Identifier: AGPL-3.0-or-later
// The acts of the live hall: the table, and what each decides. Every act that changes who speaks
// ends the interval that ran and begins the next one at the same instant.
#include "domain/hall.h"

#include "base/tr.h"

#include <string.h>

int hall_action_parse(const char *code)
{
    for (int i = 0; code != NULL && i < HALL_ACTION_COUNT; i++)
        if (strcmp(hall_rules[i].code, code) == 0) return i;
    return -1;
}

void hall_init(struct hall *hall, int64_t dialogue)
{
    *hall = (struct hall){.dialogue = dialogue,
                          .scene_text = "",
                          .topic = "",
                          .first_time = true,
                          .round_robin = true,
                          .turn_seconds = 180,
                          .warn_seconds = 30,
                          .authority_percent = 50,
                          .undo_action = -1,
                          .undo_text = ""};
}

struct refusal hall_may(struct hall_case *c, enum hall_action action)
{
    const struct hall_rule *rule = &hall_rules[action];
    uint32_t mine = dialogue_roles(c->dialogue, c->actor);
    if (c->behalf == BEHALF_CHAIR) { // the chair just talks: the secretary does it all
        if (!(rule->who & WHO(ROLE_CHAIR)) || !(mine & WHO(ROLE_SECRETARY)))
            return REFUSE(REFUSAL_FORBIDDEN);
        return c->acting = ROLE_CHAIR, ALLOWED;
    }
    if (c->behalf != BEHALF_SELF) return REFUSE(REFUSAL_FORBIDDEN);
    uint32_t acts_as = mine | (mine & WHO(ROLE_DEPUTY) ? WHO(ROLE_CHAIR) : 0);
    if ((acts_as & rule->who) == 0)
        return REFUSE(c->actor->kind == ACTOR_PUBLIC ? REFUSAL_UNAUTHENTICATED : REFUSAL_FORBIDDEN);
    c->acting = (enum role)__builtin_ctz(acts_as & rule->who);
    if (c->acting == ROLE_CHAIR && !(mine & WHO(ROLE_CHAIR))) c->acting = ROLE_DEPUTY;
    return ALLOWED;
}

struct refusal hall_act(struct hall_case *c, enum hall_action action)
{
    struct refusal refusal = hall_may(c, action);
    if (refusal.code != REFUSAL_NONE) return refusal;
    const struct hall_rule *rule = &hall_rules[action];
    if ((rule->from & 1u << c->dialogue->state) == 0) return REFUSE(REFUSAL_WRONG_STATE);
    if (c->form_refusal.code != REFUSAL_NONE) return c->form_refusal;
    refusal = params_check(rule->params, rule->param_count, c->params);
    if (refusal.code != REFUSAL_NONE) return refusal;
    return rule->decide(c);
}

// ---- turns and intervals

struct hall_turn *hall_turn_find(const struct hall *hall, int64_t turn)
{
    for (int i = 0; turn != 0 && i < hall->turn_count; i++)
        if (hall->turns[i].turn == turn) return &hall->turns[i];
    return NULL;
}

struct hall_turn *hall_turn_of_ticket(const struct hall *hall, int64_t ticket)
{
    for (int i = 0; ticket != 0 && i < hall->turn_count; i++)
        if (hall->turns[i].ticket == ticket && hall->turns[i].state == TURN_WAITING)
            return &hall->turns[i];
    return NULL;
}

static struct hall_turn *add_turn(struct hall *hall, struct arena *arena)
{
    if (hall->turn_count == hall->turn_room) {
        int room = hall->turn_room * 2 + 16;
        struct hall_turn *grown = arena_array(arena, struct hall_turn, (size_t)room);
        if (hall->turn_count > 0)
            memcpy(grown, hall->turns, (size_t)hall->turn_count * sizeof(*grown));
        hall->turns = grown;
        hall->turn_room = room;
    }
    struct hall_turn *turn = &hall->turns[hall->turn_count];
    *turn = (struct hall_turn){
        .turn = ++hall->turn_count, .name = "", .username = "", .topic = "", .dirty = true};
    return turn;
}

static struct hall_interval *running(const struct hall *hall)
{
    if (hall->interval_count == 0) return NULL;
    struct hall_interval *last = &hall->intervals[hall->interval_count - 1];
    return last->ended_ms == 0 ? last : NULL;
}

static void end_interval(struct hall *hall, int64_t now_ms)
{
    struct hall_interval *interval = running(hall);
    if (interval == NULL) return;
    // A clock set back must not make time negative.
    interval->ended_ms = now_ms > interval->started_ms ? now_ms : interval->started_ms;
    interval->dirty = true;
}

/// Time from now on is booked to this side; what ran ends at the same instant.
static void begin_interval(struct hall *hall, struct arena *arena, enum floor_side side,
                           int64_t now_ms)
{
    int64_t from = now_ms;
    end_interval(hall, now_ms);
    if (hall->interval_count > 0) { // nor may a clock set back over a break book time twice
        int64_t ended = hall->intervals[hall->interval_count - 1].ended_ms;
        if (ended > from) from = ended;
    }
    if (hall->interval_count == hall->interval_room) {
        int room = hall->interval_room * 2 + 16;
        struct hall_interval *grown = arena_array(arena, struct hall_interval, (size_t)room);
        if (hall->interval_count > 0)
            memcpy(grown, hall->intervals, (size_t)hall->interval_count * sizeof(*grown));
        hall->intervals = grown;
        hall->interval_room = room;
    }
    struct hall_interval *next = &hall->intervals[hall->interval_count];
    *next = (struct hall_interval){.number = ++hall->interval_count,
                                   .side = side,
                                   .turn = side == SIDE_NONE ? 0 : hall->turn,
                                   .step = hall->step,
                                   .started_ms = from,
                                   .dirty = true};
}

/// When somebody last ended speaking stays when the hand is up again: the fair order goes by it.
static void settle(struct hall_turn *turn, enum turn_state state, int64_t now_ms)
{
    turn->state = state;
    if (state == TURN_DONE) turn->ended_ms = now_ms;
    turn->dirty = true;
}

/// Nobody speaks any more.
static void clear_floor(struct hall *hall, int64_t now_ms)
{
    struct hall_turn *turn = hall_turn_find(hall, hall->turn);
    if (turn != NULL) settle(turn, TURN_DONE, now_ms);
    hall->turn = 0;
    hall->paused = false;
}

static void give_floor(struct hall_case *c, struct hall_turn *turn)
{
    struct hall *hall = c->hall;
    hall->turn = turn->turn;
    hall->paused = false;
    turn->state = TURN_SPEAKING;
    turn->called_ms = c->now_ms;
    turn->dirty = true;
    c->turn = turn->turn;
    c->happened |= HALL_QUEUE | HALL_CLOCK;
    if (c->dialogue->state == DIALOGUE_OPEN) begin_interval(hall, c->arena, turn->side, c->now_ms);
}

static void remember(struct hall *hall, enum hall_action action, int64_t turn, int64_t before)
{
    hall->undo_action = (int)action;
    hall->undo_turn = turn;
    hall->undo_before = before;
}

void hall_follow(struct hall *hall, struct arena *arena, enum dialogue_action action,
                 int64_t now_ms)
{
    struct hall_turn *speaking = hall_turn_find(hall, hall->turn);
    switch (action) {
    case DACT_OPEN:
    case DACT_REOPEN:
    case DACT_RESUME:
        for (int i = 0; action == DACT_REOPEN && i < hall->turn_count; i++)
            if (hall->turns[i].state == TURN_LEFT) settle(&hall->turns[i], TURN_WAITING, now_ms);
        hall->paused = speaking != NULL;
        begin_interval(hall, arena, SIDE_NONE, now_ms);
        break;
    case DACT_ADJOURN:
        end_interval(hall, now_ms);
        break;
    case DACT_CLOSE:
        clear_floor(hall, now_ms);
        end_interval(hall, now_ms);
        for (int i = 0; i < hall->turn_count; i++)
            if (hall->turns[i].state == TURN_WAITING) settle(&hall->turns[i], TURN_LEFT, now_ms);
        hall->scene = SCENE_WELCOME;
        hall->scene_opinion = 0;
        hall->scene_text = "";
        break;
    case DACT_UPDATE:
    case DACT_APPROVE:
    case DACT_ISSUE:
    case DACT_ANNOUNCE:
    case DACT_POSTPONE:
    case DACT_RESCHEDULE:
    case DACT_CANCEL:
    case DACT_APPOINT:
    case DACT_PUBLISH_RESULTS:
    case DACT_COMPLETE:
    case DACT_SIGN_MINUTES:
    case DIALOGUE_ACTION_COUNT:
        break;
    }
    hall->undo_action = -1;
}

// ---- the queue

static const char *text_or_empty(const struct params *params, enum param_id id)
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
    turn->name = text_or_empty(p, PARAM_NAME);
    turn->topic = text_or_empty(p, PARAM_TOPIC);
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

static struct refusal act_hand_up(struct hall_case *c)
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
    struct hall_turn *turn = add_turn(hall, c->arena);
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

static struct refusal act_hand_down(struct hall_case *c)
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
    settle(turn, TURN_WITHDRAWN, c->now_ms);
    c->turn = turn->turn;
    c->happened = HALL_QUEUE;
    // Whose hand it is took it down for good; nor may a phone push the chair's last tap out of
    // `undo`.
    bool own = c->acting == ROLE_TICKET || c->acting == ROLE_KHOM;
    if (!own) remember(c->hall, HACT_HAND_DOWN, turn->turn, 0);
    return ALLOWED;
}

static struct refusal act_call_turn(struct hall_case *c)
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
    clear_floor(hall, c->now_ms);
    give_floor(c, turn);
    hall_read_on_call(c, turn);
    remember(hall, HACT_CALL_TURN, turn->turn, before);
    return ALLOWED;
}

static struct refusal act_end_turn(struct hall_case *c)
{
    struct hall *hall = c->hall;
    int64_t turn = hall->turn;
    if (turn == 0) return REFUSE(REFUSAL_WRONG_STATE);
    clear_floor(hall, c->now_ms);
    if (c->dialogue->state == DIALOGUE_OPEN) begin_interval(hall, c->arena, SIDE_NONE, c->now_ms);
    c->turn = turn;
    c->happened = HALL_QUEUE | HALL_CLOCK;
    remember(hall, HACT_END_TURN, turn, turn);
    return ALLOWED;
}

static struct refusal act_pause_turn(struct hall_case *c)
{
    if (c->hall->turn == 0 || c->hall->paused) return REFUSE(REFUSAL_WRONG_STATE);
    c->hall->paused = true;
    begin_interval(c->hall, c->arena, SIDE_NONE, c->now_ms);
    c->turn = c->hall->turn;
    c->happened = HALL_CLOCK;
    return ALLOWED;
}

static struct refusal act_resume_turn(struct hall_case *c)
{
    const struct hall_turn *turn = hall_turn_find(c->hall, c->hall->turn);
    if (turn == NULL || !c->hall->paused) return REFUSE(REFUSAL_WRONG_STATE);
    c->hall->paused = false;
    begin_interval(c->hall, c->arena, turn->side, c->now_ms);
    c->turn = turn->turn;
    c->happened = HALL_CLOCK;
    return ALLOWED;
}

static struct refusal act_more_time(struct hall_case *c)
{
    struct hall_turn *turn = hall_turn_find(c->hall, c->hall->turn);
    int64_t seconds = param_number(c->params, PARAM_SECONDS, 60);
    if (turn == NULL) return REFUSE(REFUSAL_WRONG_STATE);
    if (seconds > 3600 || turn->extra_seconds + seconds > 7200)
        return REFUSE_FIELD(REFUSAL_INVALID, "seconds");
    turn->extra_seconds += (int)seconds;
    turn->dirty = true;
    c->turn = turn->turn;
    c->happened = HALL_CLOCK;
    return ALLOWED;
}

static struct refusal act_skip_turn(struct hall_case *c)
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
            begin_interval(hall, c->arena, SIDE_NONE, c->now_ms);
        c->happened |= HALL_CLOCK;
    }
    settle(turn, TURN_SKIPPED, c->now_ms);
    c->turn = turn->turn;
    c->happened |= HALL_QUEUE;
    remember(hall, HACT_SKIP_TURN, turn->turn, before);
    return ALLOWED;
}

static struct refusal act_return_turn(struct hall_case *c)
{
    struct hall_turn *turn;
    struct refusal refusal =
        named_turn(c, 1u << TURN_SKIPPED | 1u << TURN_WITHDRAWN | 1u << TURN_DONE, &turn);
    if (refusal.code != REFUSAL_NONE) return refusal;
    if (turn->side != SIDE_PEOPLE) return REFUSE(REFUSAL_WRONG_STATE);
    if (hall_turn_of_ticket(c->hall, turn->ticket) != NULL) return REFUSE(REFUSAL_WRONG_STATE);
    settle(turn, TURN_WAITING, c->now_ms); // keeps the time it asked: no place is lost
    c->happened = HALL_QUEUE;
    return ALLOWED;
}

static struct refusal act_speak(struct hall_case *c)
{
    struct hall *hall = c->hall;
    enum floor_side side = (enum floor_side)c->params->at[PARAM_SIDE].number;
    struct hall_turn wanted = {.side = side};
    const char *username = text_or_empty(c->params, PARAM_TO);
    const struct person *person = *username != 0 ? people_find(c->people, username) : NULL;
    struct refusal refusal = read_speaker(c, &wanted);
    if (refusal.code != REFUSAL_NONE) return refusal;
    if (side == SIDE_NONE) return REFUSE_FIELD(REFUSAL_INVALID, "side");
    if (*username != 0 && (person == NULL || !person->active || side != SIDE_AUTHORITY))
        return REFUSE_FIELD(REFUSAL_INVALID, "to");
    int64_t before = hall->turn;
    clear_floor(hall, c->now_ms);
    struct hall_turn *turn = add_turn(hall, c->arena);
    wanted.turn = turn->turn;
    wanted.asked_ms = c->now_ms;
    wanted.username = person != NULL ? person->username : "";
    *turn = wanted;
    give_floor(c, turn);
    remember(hall, HACT_SPEAK, turn->turn, before);
    return ALLOWED;
}

static struct refusal set_list(struct hall_case *c, bool closed)
{
    if (c->hall->list_closed == closed) return REFUSE(REFUSAL_WRONG_STATE);
    c->hall->list_closed = closed;
    c->happened = HALL_QUEUE;
    return ALLOWED;
}

static struct refusal act_close_list(struct hall_case *c)
{
    return set_list(c, true);
}

static struct refusal act_open_list(struct hall_case *c)
{
    return set_list(c, false);
}

/// What is being discussed from now on: a field of work, or "none".
static struct refusal take_topic(struct hall_case *c)
{
    const char *topic = param_text(c->params, PARAM_TOPIC);
    if (topic == NULL) return ALLOWED;
    bool none = strcmp(topic, "none") == 0;
    if (!none && hall_topic_field(topic) < 0) return REFUSE_FIELD(REFUSAL_INVALID, "topic");
    c->hall->topic = none ? "" : topic;
    return ALLOWED;
}

static struct refusal act_order(struct hall_case *c)
{
    struct refusal refusal = take_topic(c);
    if (refusal.code != REFUSAL_NONE) return refusal;
    c->hall->first_time = param_number(c->params, PARAM_FIRST_TIME, c->hall->first_time) != 0;
    c->hall->round_robin = param_number(c->params, PARAM_ROUND_ROBIN, c->hall->round_robin) != 0;
    c->happened = HALL_QUEUE;
    return ALLOWED;
}

static struct refusal act_limits(struct hall_case *c)
{
    struct hall *hall = c->hall;
    int64_t seconds = param_number(c->params, PARAM_SECONDS, hall->turn_seconds);
    int64_t warn = param_number(c->params, PARAM_WARN, hall->warn_seconds);
    int64_t percent = param_number(c->params, PARAM_PERCENT, hall->authority_percent);
    if (seconds < 10 || seconds > 3600) return REFUSE_FIELD(REFUSAL_INVALID, "seconds");
    if (warn >= seconds) return REFUSE_FIELD(REFUSAL_INVALID, "warn");
    if (percent > 100) return REFUSE_FIELD(REFUSAL_INVALID, "percent");
    hall->turn_seconds = (int)seconds;
    hall->warn_seconds = (int)warn;
    hall->authority_percent = (int)percent;
    c->happened = HALL_CLOCK;
    return ALLOWED;
}

static struct refusal act_step(struct hall_case *c)
{
    struct hall *hall = c->hall;
    int64_t step = param_number(c->params, PARAM_STEP, hall->step + 1);
    if (step > c->programme_steps) return REFUSE_FIELD(REFUSAL_INVALID, "step");
    if (step == hall->step) return REFUSE(REFUSAL_WRONG_STATE);
    int before = hall->step;
    c->step_ended = before;
    c->step_begun = (int)step;
    hall->step = (int)step;
    const struct hall_interval *now = running(hall);
    if (now != NULL) begin_interval(hall, c->arena, now->side, c->now_ms);
    c->happened = HALL_CLOCK;
    remember(hall, HACT_STEP, 0, before);
    return ALLOWED;
}

// ---- the screen

static void keep_scene(struct hall *hall)
{
    hall->undo_scene = hall->scene;
    hall->undo_opinion = hall->scene_opinion;
    hall->undo_text = hall->scene_text;
    hall->undo_cleared = hall->cleared;
    remember(hall, HACT_SCENE, 0, 0);
}

static struct refusal act_scene(struct hall_case *c)
{
    struct hall *hall = c->hall;
    enum hall_scene scene = (enum hall_scene)c->params->at[PARAM_SCENE].number;
    bool about = scene == SCENE_QUESTION || scene == SCENE_ANSWER;
    if (about && !c->params->at[PARAM_OPINION].given)
        return REFUSE_FIELD(REFUSAL_REQUIRED, "opinion");
    if (about && !c->opinion_known) return REFUSE_FIELD(REFUSAL_INVALID, "opinion");
    if (about && !c->opinion_shown)
        return REFUSE_WHY(REFUSAL_WRONG_STATE, "opinion",
                          N_("Ý kiến này chưa được chuyển hoặc không được công khai."));
    if (scene == SCENE_MESSAGE && *text_or_empty(c->params, PARAM_TEXT) == 0)
        return REFUSE_FIELD(REFUSAL_REQUIRED, "text");
    keep_scene(hall);
    hall->scene = scene;
    hall->scene_opinion = about ? param_number(c->params, PARAM_OPINION, 0) : 0;
    hall->scene_text = text_or_empty(c->params, PARAM_TEXT);
    c->happened = HALL_SCENE;
    return ALLOWED;
}

static struct refusal act_clear_screen(struct hall_case *c)
{
    keep_scene(c->hall);
    c->hall->scene = SCENE_WELCOME;
    c->hall->scene_opinion = 0;
    c->hall->scene_text = "";
    c->hall->cleared = c->hall->version + 1; // which this act makes
    c->happened = HALL_SCENE;
    return ALLOWED;
}

bool hall_taken_off(const struct hall *hall, enum hall_scene own, int64_t since)
{
    bool words =
        own == SCENE_QUESTION || own == SCENE_ANSWER || own == SCENE_MESSAGE || own == SCENE_BREAK;
    return since < hall->cleared && (words || hall->scene == SCENE_WELCOME);
}

// ---- undo: the mis-tap. The past stays in the register; the time since goes to whom it belongs.

/// Waits again. One hand per phone: the one that was up first keeps its place.
static void raise_again(struct hall *hall, struct hall_turn *turn, int64_t now_ms)
{
    struct hall_turn *later = hall_turn_of_ticket(hall, turn->ticket);
    if (later != NULL && later != turn) settle(later, TURN_WITHDRAWN, now_ms);
    settle(turn, TURN_WAITING, now_ms);
}

/// What was booked to a turn called by mistake, pauses left out, goes to who spoke before.
static void rebook(struct hall *hall, const struct hall_turn *turn, const struct hall_turn *before)
{
    for (int i = 0; i < hall->interval_count; i++) {
        struct hall_interval *interval = &hall->intervals[i];
        if (interval->turn != turn->turn || interval->started_ms < turn->called_ms) continue;
        interval->side = before != NULL ? before->side : SIDE_NONE;
        interval->turn = before != NULL ? before->turn : 0;
        interval->dirty = true;
    }
}

static void undo_floor(struct hall_case *c, struct hall_turn *turn, struct hall_turn *before)
{
    struct hall *hall = c->hall;
    struct hall_interval *now = running(hall);
    hall->turn = before != NULL ? before->turn : 0;
    hall->paused = false;
    if (before != NULL && before != turn) settle(before, TURN_SPEAKING, c->now_ms);
    if (now != NULL) { // it was never the other one's time
        now->side = before != NULL ? before->side : SIDE_NONE;
        now->turn = hall->turn;
        now->dirty = true;
    }
    c->happened |= HALL_QUEUE | HALL_CLOCK;
}

static struct refusal undo_queue(struct hall_case *c)
{
    struct hall *hall = c->hall;
    struct hall_turn *turn = hall_turn_find(hall, hall->undo_turn);
    struct hall_turn *before = hall_turn_find(hall, hall->undo_before);
    if (turn == NULL) return REFUSE(REFUSAL_WRONG_STATE);
    c->turn = turn->turn;
    switch (hall->undo_action) {
    case HACT_CALL_TURN:
    case HACT_SPEAK:
        if (hall->turn != turn->turn) return REFUSE(REFUSAL_WRONG_STATE);
        // Who began without the queue goes back to nothing, who waited goes on waiting.
        if (hall->undo_action == HACT_SPEAK)
            settle(turn, TURN_WITHDRAWN, c->now_ms);
        else
            raise_again(hall, turn, c->now_ms);
        rebook(hall, turn, before);
        turn->called_ms = 0;
        undo_floor(c, turn, before);
        return ALLOWED;
    case HACT_END_TURN:
    case HACT_SKIP_TURN:
        if (hall->turn != 0 && before != NULL) return REFUSE(REFUSAL_WRONG_STATE);
        if (before == NULL) {
            raise_again(hall, turn, c->now_ms);
        } else {
            settle(turn, TURN_SPEAKING, c->now_ms);
            undo_floor(c, turn, turn);
        }
        c->happened |= HALL_QUEUE;
        return ALLOWED;
    case HACT_HAND_DOWN:
        raise_again(hall, turn, c->now_ms);
        c->happened = HALL_QUEUE;
        return ALLOWED;
    default:
        return REFUSE(REFUSAL_WRONG_STATE);
    }
}

static struct refusal undo_step(struct hall_case *c)
{
    struct hall *hall = c->hall;
    c->step_ended = hall->step;
    c->step_begun = (int)hall->undo_before;
    hall->step = (int)hall->undo_before;
    for (int i = hall->interval_count - 1; i >= 0; i--) { // all since that step began
        if (hall->intervals[i].step != c->step_ended) break;
        hall->intervals[i].step = hall->step;
        hall->intervals[i].dirty = true;
    }
    c->happened = HALL_CLOCK;
    return ALLOWED;
}

static struct refusal undo_scene(struct hall_case *c)
{
    struct hall *hall = c->hall;
    hall->scene = hall->undo_scene;
    hall->scene_opinion = hall->undo_opinion;
    hall->scene_text = hall->undo_text;
    hall->cleared = hall->undo_cleared;
    c->happened = HALL_SCENE;
    return ALLOWED;
}

static struct refusal act_undo(struct hall_case *c)
{
    struct hall *hall = c->hall;
    struct refusal refusal;
    if (hall->undo_action < 0)
        return REFUSE_WHY(REFUSAL_WRONG_STATE, NULL, N_("Không có việc nào để hoàn tác."));
    if (hall->undo_action == HACT_SCENE)
        refusal = undo_scene(c);
    else if (hall->undo_action == HACT_STEP)
        refusal = undo_step(c);
    else
        refusal = undo_queue(c);
    if (refusal.code == REFUSAL_NONE) hall->undo_action = -1;
    return refusal;
}

// ---- the table

#define LIVE    (1u << DIALOGUE_OPEN | 1u << DIALOGUE_ADJOURNED)
#define OPEN    (1u << DIALOGUE_OPEN)
#define NAMES   (LIVE | 1u << DIALOGUE_CLOSED) // the minutes tell them too
#define PREPARE (LIVE | 1u << DIALOGUE_ANNOUNCED)
#define CONDUCT (WHO(ROLE_CHAIR) | WHO(ROLE_SECRETARY))
#define ASKS    (WHO(ROLE_TICKET) | WHO(ROLE_SECRETARY) | WHO(ROLE_KHOM))
#define PARAMS(...) \
    {__VA_ARGS__}, sizeof((struct param_use[]){__VA_ARGS__}) / sizeof(struct param_use)
#define NO_PARAMS {{0}}, 0

const struct hall_rule hall_rules[HALL_ACTION_COUNT] = {
    [HACT_HAND_UP] = {"hand_up", N_("Đăng ký phát biểu"), ASKS, LIVE,
                      PARAMS({PARAM_TURN_KIND, false}, {PARAM_NAME, false}, {PARAM_KHOM, false},
                             {PARAM_AUTHOR_TYPE, false}, {PARAM_TOPIC, false},
                             {PARAM_OPINION, false}),
                      act_hand_up},
    [HACT_HAND_DOWN] = {"hand_down", N_("Thôi đăng ký"), ASKS | WHO(ROLE_CHAIR), LIVE,
                        PARAMS({PARAM_TURN, false}), act_hand_down},
    [HACT_CALL_TURN] = {"call_turn", N_("Mời phát biểu"), CONDUCT, OPEN,
                        PARAMS({PARAM_TURN, false}, {PARAM_READ, false}), act_call_turn},
    [HACT_END_TURN] = {"end_turn", N_("Kết thúc lượt"), CONDUCT, LIVE, NO_PARAMS, act_end_turn},
    [HACT_PAUSE_TURN] = {"pause_turn", N_("Tạm dừng đồng hồ"), CONDUCT, OPEN, NO_PARAMS,
                         act_pause_turn},
    [HACT_RESUME_TURN] = {"resume_turn", N_("Chạy tiếp đồng hồ"), CONDUCT, OPEN, NO_PARAMS,
                          act_resume_turn},
    [HACT_MORE_TIME] = {"more_time", N_("Thêm thời gian"), CONDUCT, LIVE,
                        PARAMS({PARAM_SECONDS, false}), act_more_time},
    [HACT_SKIP_TURN] = {"skip_turn", N_("Vắng mặt, mời người sau"), CONDUCT, LIVE,
                        PARAMS({PARAM_TURN, false}), act_skip_turn},
    [HACT_RETURN_TURN] = {"return_turn", N_("Đưa lại vào danh sách"), CONDUCT, LIVE,
                          PARAMS({PARAM_TURN, true}), act_return_turn},
    [HACT_SHOW_NAME] = {"show_name", N_("Hiện tên"), WHO(ROLE_SECRETARY), NAMES,
                        PARAMS({PARAM_TURN, true}), hall_show_name},
    [HACT_SHOW_NAMES] = {"show_names", N_("Hiện các tên đã đọc"), WHO(ROLE_SECRETARY), NAMES,
                         PARAMS({PARAM_TURN, true}), hall_show_names},
    [HACT_HIDE_NAME] = {"hide_name", N_("Ẩn tên"), WHO(ROLE_SECRETARY), NAMES,
                        PARAMS({PARAM_TURN, true}), hall_hide_name},
    [HACT_SPEAK] = {"speak", N_("Ghi người đang nói"), CONDUCT, OPEN,
                    PARAMS({PARAM_SIDE, true}, {PARAM_TO, false}, {PARAM_NAME, false},
                           {PARAM_KHOM, false}, {PARAM_AUTHOR_TYPE, false},
                           {PARAM_TURN_KIND, false}, {PARAM_TOPIC, false}, {PARAM_OPINION, false}),
                    act_speak},
    [HACT_CLOSE_LIST] = {"close_list", N_("Đóng danh sách"), CONDUCT, LIVE, NO_PARAMS,
                         act_close_list},
    [HACT_OPEN_LIST] = {"open_list", N_("Mở danh sách"), CONDUCT, LIVE, NO_PARAMS, act_open_list},
    [HACT_ORDER] = {"order", N_("Đổi cách xếp lượt"), CONDUCT, PREPARE,
                    PARAMS({PARAM_FIRST_TIME, false}, {PARAM_ROUND_ROBIN, false},
                           {PARAM_TOPIC, false}),
                    act_order},
    [HACT_LIMITS] = {"limits", N_("Đổi thời lượng"), CONDUCT, PREPARE,
                     PARAMS({PARAM_SECONDS, false}, {PARAM_WARN, false}, {PARAM_PERCENT, false}),
                     act_limits},
    [HACT_STEP] = {"step", N_("Sang bước"), CONDUCT | WHO(ROLE_OFFICE), LIVE,
                   PARAMS({PARAM_STEP, false}), act_step},
    [HACT_SCENE] = {"scene", N_("Đưa lên màn hình"), CONDUCT, PREPARE,
                    PARAMS({PARAM_SCENE, true}, {PARAM_OPINION, false}, {PARAM_TEXT, false}),
                    act_scene},
    [HACT_CLEAR_SCREEN] = {"clear_screen", N_("Gỡ khỏi màn hình"), CONDUCT, PREPARE, NO_PARAMS,
                           act_clear_screen},
    [HACT_UNDO] = {"undo", N_("Hoàn tác"), CONDUCT, LIVE, NO_PARAMS, act_undo},
};
