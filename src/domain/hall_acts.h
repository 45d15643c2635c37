// SPDX-License-Identifier: AGPL-3.0-or-later
// What the files of the live hall's acts share; for hall.c and its own parts only.
#ifndef DOMAIN_HALL_ACTS_H
#define DOMAIN_HALL_ACTS_H

#include "domain/hall.h"

// ---- hall_floor.c

/// An empty turn at the end of the list, in the arena.
struct hall_turn *hall_add_turn(struct hall *hall, struct arena *arena);
/// The interval that has no end yet; NULL when nobody's time runs.
struct hall_interval *hall_running(const struct hall *hall);
/// Time from now on is booked to this side; what ran ends at the same instant.
void hall_begin_interval(struct hall *hall, struct arena *arena, enum floor_side side,
                         int64_t now_ms);
/// When somebody last ended speaking stays when the hand is up again: the fair order goes by it.
void hall_settle(struct hall_turn *turn, enum turn_state state, int64_t now_ms);
/// Nobody speaks any more.
void hall_clear_floor(struct hall *hall, int64_t now_ms);
/// This turn speaks from now on, and its time runs where the dialogue is open.
void hall_give_floor(struct hall_case *c, struct hall_turn *turn);
/// What undo takes back: the act, the turn, and what was before it.
void hall_remember(struct hall *hall, enum hall_action action, int64_t turn, int64_t before);
struct refusal hall_act_end_turn(struct hall_case *c);
struct refusal hall_act_pause_turn(struct hall_case *c);
struct refusal hall_act_resume_turn(struct hall_case *c);
struct refusal hall_act_more_time(struct hall_case *c);

// ---- hall_queue.c

/// Never NULL.
const char *hall_text_or_empty(const struct params *params, enum param_id id);
struct refusal hall_act_hand_up(struct hall_case *c);
struct refusal hall_act_hand_down(struct hall_case *c);
struct refusal hall_act_call_turn(struct hall_case *c);
struct refusal hall_act_skip_turn(struct hall_case *c);
struct refusal hall_act_return_turn(struct hall_case *c);
struct refusal hall_act_speak(struct hall_case *c);

// ---- hall_stage.c

struct refusal hall_act_close_list(struct hall_case *c);
struct refusal hall_act_open_list(struct hall_case *c);
struct refusal hall_act_order(struct hall_case *c);
struct refusal hall_act_limits(struct hall_case *c);
struct refusal hall_act_step(struct hall_case *c);
struct refusal hall_act_scene(struct hall_case *c);
struct refusal hall_act_clear_screen(struct hall_case *c);

// ---- hall_undo.c

struct refusal hall_act_undo(struct hall_case *c);

#endif
