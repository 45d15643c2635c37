// SPDX-License-Identifier: AGPL-3.0-or-later
// Turns and intervals: who speaks, since when, on whose side. Every act that changes who speaks
// ends the interval that ran and begins the next one at the same instant.
#include "domain/hall_acts.h"

#include <string.h>

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

struct hall_turn *hall_add_turn(struct hall *hall, struct arena *arena)
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

struct hall_interval *hall_running(const struct hall *hall)
{
    if (hall->interval_count == 0) return NULL;
    struct hall_interval *last = &hall->intervals[hall->interval_count - 1];
    return last->ended_ms == 0 ? last : NULL;
}

static void end_interval(struct hall *hall, int64_t now_ms)
{
    struct hall_interval *interval = hall_running(hall);
    if (interval == NULL) return;
    // A clock set back must not make time negative.
    interval->ended_ms = now_ms > interval->started_ms ? now_ms : interval->started_ms;
    interval->dirty = true;
}

void hall_begin_interval(struct hall *hall, struct arena *arena, enum floor_side side,
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

void hall_settle(struct hall_turn *turn, enum turn_state state, int64_t now_ms)
{
    turn->state = state;
    if (state == TURN_DONE) turn->ended_ms = now_ms;
    turn->dirty = true;
}

void hall_clear_floor(struct hall *hall, int64_t now_ms)
{
    struct hall_turn *turn = hall_turn_find(hall, hall->turn);
    if (turn != NULL) hall_settle(turn, TURN_DONE, now_ms);
    hall->turn = 0;
    hall->paused = false;
}

void hall_give_floor(struct hall_case *c, struct hall_turn *turn)
{
    struct hall *hall = c->hall;
    hall->turn = turn->turn;
    hall->paused = false;
    turn->state = TURN_SPEAKING;
    turn->called_ms = c->now_ms;
    turn->dirty = true;
    c->turn = turn->turn;
    c->happened |= HALL_QUEUE | HALL_CLOCK;
    if (c->dialogue->state == DIALOGUE_OPEN)
        hall_begin_interval(hall, c->arena, turn->side, c->now_ms);
}

void hall_remember(struct hall *hall, enum hall_action action, int64_t turn, int64_t before)
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
            if (hall->turns[i].state == TURN_LEFT)
                hall_settle(&hall->turns[i], TURN_WAITING, now_ms);
        hall->paused = speaking != NULL;
        hall_begin_interval(hall, arena, SIDE_NONE, now_ms);
        break;
    case DACT_ADJOURN:
        end_interval(hall, now_ms);
        break;
    case DACT_CLOSE:
        hall_clear_floor(hall, now_ms);
        end_interval(hall, now_ms);
        for (int i = 0; i < hall->turn_count; i++)
            if (hall->turns[i].state == TURN_WAITING)
                hall_settle(&hall->turns[i], TURN_LEFT, now_ms);
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

struct refusal hall_act_end_turn(struct hall_case *c)
{
    struct hall *hall = c->hall;
    int64_t turn = hall->turn;
    if (turn == 0) return REFUSE(REFUSAL_WRONG_STATE);
    hall_clear_floor(hall, c->now_ms);
    if (c->dialogue->state == DIALOGUE_OPEN)
        hall_begin_interval(hall, c->arena, SIDE_NONE, c->now_ms);
    c->turn = turn;
    c->happened = HALL_QUEUE | HALL_CLOCK;
    hall_remember(hall, HACT_END_TURN, turn, turn);
    return ALLOWED;
}

struct refusal hall_act_pause_turn(struct hall_case *c)
{
    if (c->hall->turn == 0 || c->hall->paused) return REFUSE(REFUSAL_WRONG_STATE);
    c->hall->paused = true;
    hall_begin_interval(c->hall, c->arena, SIDE_NONE, c->now_ms);
    c->turn = c->hall->turn;
    c->happened = HALL_CLOCK;
    return ALLOWED;
}

struct refusal hall_act_resume_turn(struct hall_case *c)
{
    const struct hall_turn *turn = hall_turn_find(c->hall, c->hall->turn);
    if (turn == NULL || !c->hall->paused) return REFUSE(REFUSAL_WRONG_STATE);
    c->hall->paused = false;
    hall_begin_interval(c->hall, c->arena, turn->side, c->now_ms);
    c->turn = turn->turn;
    c->happened = HALL_CLOCK;
    return ALLOWED;
}

struct refusal hall_act_more_time(struct hall_case *c)
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
