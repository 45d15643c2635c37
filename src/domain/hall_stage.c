// SPDX-License-Identifier: AGPL-3.0-or-later
// How turns are ordered and how long they are, the step of the programme, and what the screen
// shows.
#include "domain/hall_acts.h"

#include "base/tr.h"

#include <string.h>

static struct refusal set_list(struct hall_case *c, bool closed)
{
    if (c->hall->list_closed == closed) return REFUSE(REFUSAL_WRONG_STATE);
    c->hall->list_closed = closed;
    c->happened = HALL_QUEUE;
    return ALLOWED;
}

struct refusal hall_act_close_list(struct hall_case *c)
{
    return set_list(c, true);
}

struct refusal hall_act_open_list(struct hall_case *c)
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

struct refusal hall_act_order(struct hall_case *c)
{
    struct refusal refusal = take_topic(c);
    if (refusal.code != REFUSAL_NONE) return refusal;
    c->hall->first_time = param_number(c->params, PARAM_FIRST_TIME, c->hall->first_time) != 0;
    c->hall->round_robin = param_number(c->params, PARAM_ROUND_ROBIN, c->hall->round_robin) != 0;
    c->happened = HALL_QUEUE;
    return ALLOWED;
}

struct refusal hall_act_limits(struct hall_case *c)
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

struct refusal hall_act_step(struct hall_case *c)
{
    struct hall *hall = c->hall;
    int64_t step = param_number(c->params, PARAM_STEP, hall->step + 1);
    if (step > c->programme_steps) return REFUSE_FIELD(REFUSAL_INVALID, "step");
    if (step == hall->step) return REFUSE(REFUSAL_WRONG_STATE);
    int before = hall->step;
    c->step_ended = before;
    c->step_begun = (int)step;
    hall->step = (int)step;
    const struct hall_interval *now = hall_running(hall);
    if (now != NULL) hall_begin_interval(hall, c->arena, now->side, c->now_ms);
    c->happened = HALL_CLOCK;
    hall_remember(hall, HACT_STEP, 0, before);
    return ALLOWED;
}

// ---- the screen

static void keep_scene(struct hall *hall)
{
    hall->undo_scene = hall->scene;
    hall->undo_opinion = hall->scene_opinion;
    hall->undo_text = hall->scene_text;
    hall->undo_cleared = hall->cleared;
    hall_remember(hall, HACT_SCENE, 0, 0);
}

struct refusal hall_act_scene(struct hall_case *c)
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
    if (scene == SCENE_MESSAGE && *hall_text_or_empty(c->params, PARAM_TEXT) == 0)
        return REFUSE_FIELD(REFUSAL_REQUIRED, "text");
    keep_scene(hall);
    hall->scene = scene;
    hall->scene_opinion = about ? param_number(c->params, PARAM_OPINION, 0) : 0;
    hall->scene_text = hall_text_or_empty(c->params, PARAM_TEXT);
    c->happened = HALL_SCENE;
    return ALLOWED;
}

struct refusal hall_act_clear_screen(struct hall_case *c)
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
