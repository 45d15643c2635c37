// SPDX-License-Identifier: AGPL-3.0-or-later
// A dialogue's life: the table of its actions and what each decides.
#include "domain/dialogue.h"

#include <string.h>

#include "base/day.h"
#include "base/tr.h"

#define B(state) (1u << DIALOGUE_##state)

int dialogue_action_parse(const char *code)
{
    for (int i = 0; code != NULL && i < DIALOGUE_ACTION_COUNT; i++)
        if (strcmp(dialogue_rules[i].code, code) == 0) return i;
    return -1;
}

uint32_t dialogue_roles(const struct dialogue *d, const struct actor *actor)
{
    static const struct {
        enum appointment appointment;
        enum role role;
    } seats[] = {{APPOINT_CHAIR, ROLE_CHAIR},
                 {APPOINT_DEPUTY, ROLE_DEPUTY},
                 {APPOINT_SECRETARY, ROLE_SECRETARY},
                 {APPOINT_SECOND_READER, ROLE_SECOND_READER}};
    if (actor->kind == ACTOR_SYSTEM) return WHO(ROLE_SYSTEM);
    if (actor->kind == ACTOR_TICKET) return WHO(ROLE_TICKET);
    if (actor->kind != ACTOR_ACCOUNT || !actor->person->active) return 0;
    uint32_t mask = actor->person->roles;
    for (size_t i = 0; d != NULL && i < ARRAY_LEN(seats); i++) {
        const char *appointed = d->appointed[seats[i].appointment];
        if (*appointed == 0) continue; // until then the unit's accounts of that role act (R72)
        if (strcmp(appointed, actor->person->username) == 0)
            mask |= WHO(seats[i].role);
        else
            mask &= ~WHO(seats[i].role);
    }
    return mask;
}

bool dialogue_visible(const struct dialogue *d, const struct actor *actor)
{
    bool published = d->announced_ms != 0 || d->state == DIALOGUE_ISSUED;
    return published || actor->kind == ACTOR_ACCOUNT || actor->kind == ACTOR_SYSTEM;
}

enum intake dialogue_intake(const struct dialogue *d, int64_t now_ms)
{
    switch (d->state) {
    case DIALOGUE_DRAFTING:
    case DIALOGUE_ISSUED:
        return INTAKE_NOT_YET;
    case DIALOGUE_POSTPONED:
    case DIALOGUE_ANNOUNCED:
        return d->announced_ms == 0 || now_ms < d->opinions_from_ms ? INTAKE_NOT_YET
                                                                    : INTAKE_BEFORE;
    case DIALOGUE_OPEN:
    case DIALOGUE_ADJOURNED:
        return INTAKE_IN_HALL;
    case DIALOGUE_CLOSED:
        return d->minutes_chair_ms == 0 ? INTAKE_AFTER : INTAKE_ENDED;
    case DIALOGUE_COMPLETED:
    case DIALOGUE_CANCELLED:
    case DIALOGUE_STATE_COUNT:
        break;
    }
    return INTAKE_ENDED;
}

struct refusal dialogue_may(struct dialogue_case *c, enum dialogue_action action)
{
    const struct dialogue_rule *rule = &dialogue_rules[action];
    uint32_t mine = dialogue_roles(c->dialogue, c->actor);
    bool in_session =
        c->dialogue->state == DIALOGUE_OPEN || c->dialogue->state == DIALOGUE_ADJOURNED;
    if (c->behalf == BEHALF_CHAIR) {
        // The secretary records the chair's acts from opening to closing, also open, reopen and
        // sign_minutes.
        bool outside = action == DACT_OPEN || action == DACT_REOPEN || action == DACT_SIGN_MINUTES;
        bool may = (rule->who & WHO(ROLE_CHAIR)) && (mine & WHO(ROLE_SECRETARY)) &&
                   (in_session || outside);
        if (!may) return REFUSE(REFUSAL_FORBIDDEN);
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

static struct refusal ready_to_approve(const struct dialogue *d)
{
    if (*d->title != 0 && *d->place != 0 && *d->planned != 0 && d->seats != 0) return ALLOWED;
    return REFUSE_RULE(
        REFUSAL_NOT_READY, NULL,
        N_("Kế hoạch còn thiếu tên hội nghị, thời gian, địa điểm hoặc số lượng người dự."),
        "R85-R87");
}

static struct refusal ready_to_reopen(const struct dialogue *d, int64_t now_ms)
{
    int64_t last = deadline_end_ms(DEADLINE_CLOSE_UNDO, d->profile, d->closed_ms);
    if (now_ms < last && d->minutes_secretary_ms == 0 && d->minutes_chair_ms == 0) return ALLOWED;
    return REFUSE_WHY(REFUSAL_WRONG_STATE, NULL,
                      N_("Chỉ mở lại được trong 30 phút sau khi bế mạc, khi biên bản chưa ký."));
}

static struct refusal ready_to_sign(const struct dialogue *d, enum role acting)
{
    bool again = acting == ROLE_SECRETARY && d->minutes_secretary_ms != 0;
    if (d->minutes_chair_ms != 0 || again) return REFUSE(REFUSAL_WRONG_STATE);
    if (acting == ROLE_SECRETARY || d->minutes_secretary_ms != 0) return ALLOWED;
    return REFUSE_RULE(REFUSAL_NOT_READY, NULL, N_("Thư ký chưa ký biên bản."), "R72");
}

static struct refusal ready_to_complete(const struct dialogue *d)
{
    if (d->open_opinions > 0)
        return REFUSE_WHY(REFUSAL_NOT_READY, NULL,
                          N_("Còn ý kiến chưa được kết luận, chuyển hoặc rút."));
    if (d->results_ms == 0) return REFUSE_WHY(REFUSAL_NOT_READY, NULL, N_("Chưa công bố kết quả."));
    return ALLOWED;
}

/// What must be so besides role and state, whatever the parameters: a desk offers nothing else.
static struct refusal ready(const struct dialogue_case *c, enum dialogue_action action)
{
    const struct dialogue *d = c->dialogue;
    if (action == DACT_APPROVE) return ready_to_approve(d);
    if (action == DACT_ISSUE && !d->approved)
        return REFUSE_RULE(REFUSAL_NOT_READY, NULL, N_("Chủ tịch chưa duyệt kế hoạch."), "R88");
    if (action == DACT_REOPEN) return ready_to_reopen(d, c->now_ms);
    if (action == DACT_SIGN_MINUTES) return ready_to_sign(d, c->acting);
    if (action == DACT_COMPLETE) return ready_to_complete(d);
    return ALLOWED;
}

bool dialogue_can(struct dialogue_case *c, enum dialogue_action action)
{
    return dialogue_may(c, action).code == REFUSAL_NONE &&
           (dialogue_rules[action].from & 1u << c->dialogue->state) != 0 &&
           ready(c, action).code == REFUSAL_NONE;
}

struct refusal dialogue_act(struct dialogue_case *c, enum dialogue_action action)
{
    struct refusal refusal = dialogue_may(c, action);
    if (refusal.code != REFUSAL_NONE) return refusal;
    const struct dialogue_rule *rule = &dialogue_rules[action];
    if ((rule->from & 1u << c->dialogue->state) == 0) return REFUSE(REFUSAL_WRONG_STATE);
    struct refusal unready = ready(c, action);
    if (unready.code == REFUSAL_WRONG_STATE) return unready;
    if (c->form_refusal.code != REFUSAL_NONE) return c->form_refusal;
    refusal = params_check(rule->params, rule->param_count, c->params);
    if (refusal.code != REFUSAL_NONE) return refusal;
    return unready.code != REFUSAL_NONE ? unready : rule->decide(c);
}

static const char *text_or(const struct params *params, enum param_id id, const char *otherwise)
{
    return params->at[id].given ? params->at[id].text : otherwise;
}

static struct refusal act_update(struct dialogue_case *c)
{
    struct dialogue *d = c->dialogue;
    enum deadline_profile profile = d->profile;
    if (c->params->at[PARAM_PROFILE].given &&
        !deadline_profile_parse((int)c->params->at[PARAM_PROFILE].number, &profile))
        return REFUSE_FIELD(REFUSAL_INVALID, "profile");
    int64_t year = param_number(c->params, PARAM_YEAR, d->year);
    if (year < 2000 || year > 2200) return REFUSE_FIELD(REFUSAL_INVALID, "year");
    int64_t seats = param_number(c->params, PARAM_SEATS, d->seats);
    if (seats > 100000) return REFUSE_FIELD(REFUSAL_INVALID, "seats");
    if (c->params->at[PARAM_TITLE].given && c->params->at[PARAM_TITLE].text[0] == 0)
        return REFUSE_FIELD(REFUSAL_REQUIRED, "title");
    d->profile = profile;
    d->year = (int)year;
    d->seats = (int)seats;
    d->title = text_or(c->params, PARAM_TITLE, d->title);
    d->place = text_or(c->params, PARAM_PLACE, d->place);
    d->planned = text_or(c->params, PARAM_PLANNED, d->planned);
    d->approved = false; // what the chair approved was another text
    return ALLOWED;
}

static struct refusal act_approve(struct dialogue_case *c)
{
    c->dialogue->approved = true;
    return ALLOWED;
}

static struct refusal act_issue(struct dialogue_case *c)
{
    struct dialogue *d = c->dialogue;
    int32_t date = (int32_t)c->params->at[PARAM_DATE].number;
    if (date > instant_day(c->now_ms)) return REFUSE_FIELD(REFUSAL_INVALID, "date");
    int64_t number = param_number(c->params, PARAM_NUMBER, 0);
    d->number = number > 0 ? arena_printf(c->arena, "%02lld", (long long)number) : d->number;
    d->symbol = text_or(c->params, PARAM_SYMBOL, "KH-UBND");
    d->issued_day = date;
    d->state = DIALOGUE_ISSUED;
    return ALLOWED;
}

/// starts_at with the notice the profile asks for (T5); the window for opinions around it.
static struct refusal set_times(struct dialogue_case *c)
{
    struct dialogue *d = c->dialogue;
    int64_t starts = c->params->at[PARAM_STARTS_AT].number;
    int64_t from = param_number(c->params, PARAM_OPINIONS_FROM,
                                d->opinions_from_ms != 0 ? d->opinions_from_ms : c->now_ms);
    int64_t until = param_number(c->params, PARAM_OPINIONS_UNTIL, starts);
    if (starts <= c->now_ms) return REFUSE_FIELD(REFUSAL_INVALID, "starts_at");
    if (from > starts) return REFUSE_FIELD(REFUSAL_INVALID, "opinions_from");
    if (until < from) return REFUSE_FIELD(REFUSAL_INVALID, "opinions_until");
    const struct deadline_term *term = deadline_term(d->profile, DEADLINE_ANNOUNCE);
    if (term->applies && instant_day(starts) - instant_day(c->now_ms) < term->length)
        return REFUSE_RULE(REFUSAL_NOTICE_PERIOD, "starts_at", NULL, term->source);
    d->starts_at_ms = starts;
    d->opinions_from_ms = from;
    d->opinions_until_ms = until;
    if (d->announced_ms == 0) d->announced_ms = c->now_ms;
    d->state = DIALOGUE_ANNOUNCED;
    return ALLOWED;
}

static struct refusal act_postpone(struct dialogue_case *c)
{
    c->dialogue->reason = c->params->at[PARAM_REASON].text;
    c->dialogue->state = DIALOGUE_POSTPONED;
    return ALLOWED;
}

static struct refusal act_cancel(struct dialogue_case *c)
{
    bool carry = c->params->at[PARAM_OPINIONS].number == ON_CANCEL_CARRY;
    if (carry && !c->params->at[PARAM_CARRY_TO].given)
        return REFUSE_FIELD(REFUSAL_REQUIRED, "carry_to");
    if (carry && c->params->at[PARAM_CARRY_TO].number == c->dialogue->id)
        return REFUSE_FIELD(REFUSAL_INVALID, "carry_to");
    c->dialogue->reason = c->params->at[PARAM_REASON].text;
    c->dialogue->state = DIALOGUE_CANCELLED;
    c->effect = EFFECT_CANCEL;
    return ALLOWED;
}

static struct refusal act_appoint(struct dialogue_case *c)
{
    static const enum role seat_role[APPOINT_COUNT] = {ROLE_CHAIR, ROLE_DEPUTY, ROLE_SECRETARY,
                                                       ROLE_SECOND_READER};
    const char *username = c->params->at[PARAM_USERNAME].text;
    const struct person *person = people_find(c->people, username);
    if (person == NULL || !person->active) return REFUSE_FIELD(REFUSAL_INVALID, "username");
    for (int i = 0; i < APPOINT_COUNT; i++) {
        if ((int64_t)seat_role[i] != c->params->at[PARAM_ROLE].number) continue;
        bool overseer =
            (person->roles & WHO(ROLE_OVERSIGHT)) != 0; // overseers read, remark, never change
        if (overseer) return REFUSE_FIELD(REFUSAL_INVALID, "username");
        c->dialogue->appointed[i] = person->username;
        return ALLOWED;
    }
    return REFUSE_FIELD(REFUSAL_INVALID, "role");
}

static struct refusal act_open(struct dialogue_case *c)
{
    if (c->dialogue->opened_ms == 0) c->dialogue->opened_ms = c->now_ms;
    c->dialogue->state = DIALOGUE_OPEN;
    return ALLOWED;
}

static struct refusal act_adjourn(struct dialogue_case *c)
{
    int64_t resumes = c->params->at[PARAM_RESUMES_AT].number;
    if (resumes <= c->now_ms) return REFUSE_FIELD(REFUSAL_INVALID, "resumes_at");
    c->dialogue->resumes_at_ms = resumes;
    c->dialogue->state = DIALOGUE_ADJOURNED;
    return ALLOWED;
}

static struct refusal act_resume(struct dialogue_case *c)
{
    c->dialogue->resumes_at_ms = 0;
    c->dialogue->state = DIALOGUE_OPEN;
    return ALLOWED;
}

static struct refusal act_close(struct dialogue_case *c)
{
    c->dialogue->closed_ms = c->now_ms;
    c->dialogue->conclusion = text_or(c->params, PARAM_TEXT, c->dialogue->conclusion);
    c->dialogue->state = DIALOGUE_CLOSED;
    c->effect = EFFECT_CLOSE;
    return ALLOWED;
}

static struct refusal act_reopen(struct dialogue_case *c)
{
    struct dialogue *d = c->dialogue;
    d->reason = c->params->at[PARAM_REASON].text;
    d->closed_ms = 0;
    d->state = DIALOGUE_OPEN;
    c->effect = EFFECT_REOPEN;
    return ALLOWED;
}

static struct refusal act_publish_results(struct dialogue_case *c)
{
    if (c->dialogue->results_ms == 0) c->dialogue->results_ms = c->now_ms;
    return ALLOWED;
}

static struct refusal act_complete(struct dialogue_case *c)
{
    struct dialogue *d = c->dialogue;
    d->completed_ms = c->now_ms;
    d->state = DIALOGUE_COMPLETED;
    return ALLOWED;
}

static struct refusal act_sign_minutes(struct dialogue_case *c)
{
    struct dialogue *d = c->dialogue;
    if (c->acting == ROLE_SECRETARY) {
        d->minutes_secretary_ms = c->now_ms;
        return ALLOWED;
    }
    const char *scan = text_or(c->params, PARAM_ATTACHMENT, "");
    if (c->behalf == BEHALF_CHAIR && *scan == 0)
        return REFUSE_FIELD(REFUSAL_REQUIRED, "attachment");
    d->minutes_chair_ms = c->now_ms;
    return ALLOWED;
}

#define BEFORE_OPEN      (B(DRAFTING) | B(ISSUED) | B(ANNOUNCED) | B(POSTPONED))
#define BEFORE_COMPLETED (BEFORE_OPEN | B(OPEN) | B(ADJOURNED) | B(CLOSED))
#define PLAN_FIELDS                                                                            \
    {PARAM_TITLE, false}, {PARAM_YEAR, false}, {PARAM_PROFILE, false}, {PARAM_PLANNED, false}, \
        {PARAM_PLACE, false},                                                                  \
    {                                                                                          \
        PARAM_SEATS, false                                                                     \
    }

const struct dialogue_rule dialogue_rules[DIALOGUE_ACTION_COUNT] = {
    [DACT_UPDATE] = {"update",
                     N_("Sửa kế hoạch"),
                     WHO(ROLE_OFFICE),
                     B(DRAFTING),
                     0,
                     {PLAN_FIELDS},
                     6,
                     act_update},
    [DACT_APPROVE] = {"approve", N_("Duyệt kế hoạch"), WHO(ROLE_CHAIR), B(DRAFTING), 0,
                      .decide = act_approve},
    [DACT_ISSUE] = {"issue",
                    N_("Ban hành kế hoạch"),
                    WHO(ROLE_ARCHIVIST),
                    B(DRAFTING),
                    B(ISSUED),
                    {{PARAM_NUMBER, false}, {PARAM_SYMBOL, false}, {PARAM_DATE, true}},
                    3,
                    act_issue},
    [DACT_ANNOUNCE] = {"announce",
                       N_("Thông báo hội nghị"),
                       WHO(ROLE_OFFICE) | WHO(ROLE_CULTURE),
                       B(ISSUED),
                       B(ANNOUNCED),
                       {{PARAM_STARTS_AT, true},
                        {PARAM_OPINIONS_FROM, true},
                        {PARAM_OPINIONS_UNTIL, true}},
                       3,
                       set_times},
    [DACT_POSTPONE] = {"postpone",
                       N_("Tạm hoãn"),
                       WHO(ROLE_OFFICE),
                       B(ISSUED) | B(ANNOUNCED),
                       B(POSTPONED),
                       {{PARAM_REASON, true}},
                       1,
                       act_postpone},
    [DACT_RESCHEDULE] = {"reschedule",
                         N_("Ấn định lại"),
                         WHO(ROLE_OFFICE),
                         B(POSTPONED),
                         B(ANNOUNCED),
                         {{PARAM_STARTS_AT, true},
                          {PARAM_OPINIONS_FROM, false},
                          {PARAM_OPINIONS_UNTIL, false}},
                         3,
                         set_times},
    [DACT_CANCEL] = {"cancel",
                     N_("Hủy hội nghị"),
                     WHO(ROLE_OFFICE),
                     BEFORE_OPEN,
                     B(CANCELLED),
                     {{PARAM_REASON, true}, {PARAM_OPINIONS, true}, {PARAM_CARRY_TO, false}},
                     3,
                     act_cancel},
    [DACT_APPOINT] = {"appoint",
                      N_("Cử người"),
                      WHO(ROLE_OFFICE),
                      BEFORE_COMPLETED,
                      0,
                      {{PARAM_ROLE, true}, {PARAM_USERNAME, true}},
                      2,
                      act_appoint},
    [DACT_OPEN] = {"open", N_("Khai mạc"), WHO(ROLE_CHAIR), B(ANNOUNCED), B(OPEN),
                   .decide = act_open},
    [DACT_ADJOURN] = {"adjourn",
                      N_("Tạm nghỉ"),
                      WHO(ROLE_CHAIR),
                      B(OPEN),
                      B(ADJOURNED),
                      {{PARAM_RESUMES_AT, true}},
                      1,
                      act_adjourn},
    [DACT_RESUME] = {"resume", N_("Tiếp tục"), WHO(ROLE_CHAIR), B(ADJOURNED), B(OPEN),
                     .decide = act_resume},
    [DACT_CLOSE] = {"close",
                    N_("Bế mạc"),
                    WHO(ROLE_CHAIR),
                    B(OPEN) | B(ADJOURNED),
                    B(CLOSED),
                    {{PARAM_TEXT, false}},
                    1,
                    act_close},
    [DACT_REOPEN] = {"reopen",
                     N_("Mở lại"),
                     WHO(ROLE_CHAIR),
                     B(CLOSED),
                     B(OPEN),
                     {{PARAM_REASON, true}},
                     1,
                     act_reopen},
    [DACT_PUBLISH_RESULTS] = {"publish_results", N_("Công bố kết quả"), WHO(ROLE_OFFICE), B(CLOSED),
                              0, .decide = act_publish_results},
    [DACT_COMPLETE] = {"complete", N_("Hoàn tất hội nghị"), WHO(ROLE_OFFICE), B(CLOSED),
                       B(COMPLETED), .decide = act_complete},
    [DACT_SIGN_MINUTES] = {"sign_minutes",
                           N_("Ký biên bản"),
                           WHO(ROLE_SECRETARY) | WHO(ROLE_CHAIR),
                           B(CLOSED),
                           0,
                           {{PARAM_ATTACHMENT, false}},
                           1,
                           act_sign_minutes},
};
