// SPDX-License-Identifier: AGPL-3.0-or-later
// A dialogue (hội nghị tiếp xúc, đối thoại): from plan to last answer, and the rules of its life.
#ifndef DOMAIN_DIALOGUE_H
#define DOMAIN_DIALOGUE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "domain/deadline.h"
#include "domain/param.h"
#include "domain/people.h"
#include "domain/refusal.h"
#include "domain/value.h"

enum appointment {
    APPOINT_CHAIR,
    APPOINT_DEPUTY,
    APPOINT_SECRETARY,
    APPOINT_SECOND_READER,
    APPOINT_COUNT
};

struct dialogue {
    int64_t id; // decimal, demo = 1
    int64_t version;
    enum dialogue_state state;
    const char *title, *place, *planned; // planned "2024-06" or a date
    int year, seats;
    enum deadline_profile profile;
    bool approved;
    const char *number, *symbol; // of the plan, "" before issue
    int32_t issued_day;          // DAY_NONE
    int64_t announced_ms, starts_at_ms, opinions_from_ms, opinions_until_ms; // 0 not set
    int64_t opened_ms, closed_ms, resumes_at_ms, results_ms, completed_ms;
    int64_t minutes_secretary_ms, minutes_chair_ms; // signed; 0 not
    const char *reason;                             // of postponing or cancelling
    const char *conclusion;                         // text of the close
    const char *appointed[APPOINT_COUNT];           // user names, "" nobody
    int open_opinions; // how many are not final; counted by whoever asks for `complete`
    int unpublished;   // reserved for the caller
};

enum dialogue_action {
    DACT_UPDATE,
    DACT_APPROVE,
    DACT_ISSUE,
    DACT_ANNOUNCE,
    DACT_POSTPONE,
    DACT_RESCHEDULE,
    DACT_CANCEL,
    DACT_APPOINT,
    DACT_OPEN,
    DACT_ADJOURN,
    DACT_RESUME,
    DACT_CLOSE,
    DACT_REOPEN,
    DACT_PUBLISH_RESULTS,
    DACT_COMPLETE,
    DACT_SIGN_MINUTES,
    DIALOGUE_ACTION_COUNT
};

/// What follows from a dialogue's action for its opinions; the caller applies it to each in the
/// same transaction.
enum dialogue_effect { EFFECT_NONE, EFFECT_CLOSE, EFFECT_REOPEN, EFFECT_CANCEL };

struct dialogue_case {
    struct arena *arena;
    int64_t now_ms;
    const struct people *people;
    const struct actor *actor;
    enum on_behalf behalf;
    enum role acting;
    const struct params *params;
    struct refusal form_refusal; // told in its place of the order
    struct dialogue *dialogue;
    enum dialogue_effect effect;
    bool minutes_drafted;
};

typedef struct refusal dialogue_decide(struct dialogue_case *c);

struct dialogue_rule {
    const char *code, *label;
    uint32_t who, from, to;
    struct param_use params[PARAMS_MAX];
    int param_count;
    dialogue_decide *decide;
};
extern const struct dialogue_rule dialogue_rules[DIALOGUE_ACTION_COUNT];

int dialogue_action_parse(const char *code);

/// Roles the actor has in this dialogue: account roles, with chair and secretary replaced by the
/// appointed where somebody was appointed; deputy and second reader by appointment alone. WHO()
/// bits.
uint32_t dialogue_roles(const struct dialogue *d, const struct actor *actor);

struct refusal dialogue_may(struct dialogue_case *c, enum dialogue_action action);
struct refusal dialogue_act(struct dialogue_case *c, enum dialogue_action action);
/// Whether it can succeed now, with parameters that fit (`complete`: when open_opinions was
/// counted).
bool dialogue_can(struct dialogue_case *c, enum dialogue_action action);

/// Anybody's: drafting ones are for staff.
bool dialogue_visible(const struct dialogue *d, const struct actor *actor);

enum intake { INTAKE_NOT_YET, INTAKE_BEFORE, INTAKE_IN_HALL, INTAKE_AFTER, INTAKE_ENDED };
/// Whether and how an opinion handed in now is taken (contract: from opinions_from until the
/// minutes are signed).
enum intake dialogue_intake(const struct dialogue *d, int64_t now_ms);

#endif
