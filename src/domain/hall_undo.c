// SPDX-License-Identifier: AGPL-3.0-or-later
// Undo: the mis-tap. The past stays in the register; the time since goes to whom it belongs.
#include "domain/hall_acts.h"

#include "base/tr.h"

/// Waits again. One hand per phone: the one that was up first keeps its place.
static void raise_again(struct hall *hall, struct hall_turn *turn, int64_t now_ms)
{
    struct hall_turn *later = hall_turn_of_ticket(hall, turn->ticket);
    if (later != NULL && later != turn) hall_settle(later, TURN_WITHDRAWN, now_ms);
    hall_settle(turn, TURN_WAITING, now_ms);
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
    struct hall_interval *now = hall_running(hall);
    hall->turn = before != NULL ? before->turn : 0;
    hall->paused = false;
    if (before != NULL && before != turn) hall_settle(before, TURN_SPEAKING, c->now_ms);
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
            hall_settle(turn, TURN_WITHDRAWN, c->now_ms);
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
            hall_settle(turn, TURN_SPEAKING, c->now_ms);
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

struct refusal hall_act_undo(struct hall_case *c)
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
