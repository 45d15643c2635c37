// SPDX-License-Identifier: AGPL-3.0-or-later
// What else must be so for an action, besides role and state and whatever its parameters are: so
// that a desk offers exactly what can succeed. Changes nothing.
#include "domain/opinion_acts.h"

#include "base/day.h"
#include "base/tr.h"

static bool in_session(const struct opinion_case *c)
{
    return c->dialogue->state == DIALOGUE_OPEN || c->dialogue->state == DIALOGUE_ADJOURNED;
}

static struct refusal only_if(bool holds)
{
    return holds ? ALLOWED : REFUSE(REFUSAL_WRONG_STATE);
}

struct refusal ready_correct(const struct opinion_case *c)
{
    if (!c->opinion->created_by_staff)
        return REFUSE_WHY(
            REFUSAL_FORBIDDEN, NULL,
            N_("Lời của người gửi không được sửa thay; chỉ sửa được phần cán bộ ghi."));
    return only_if(c->dialogue->minutes_chair_ms == 0);
}

struct refusal ready_relay(const struct opinion_case *c)
{
    return only_if(c->opinion->state != OPINION_OWED || !c->opinion->relayed);
}

/// Owed since the close and never handled: relayed late by mistake.
struct refusal ready_recall(const struct opinion_case *c)
{
    const struct opinion *o = c->opinion;
    if (o->state != OPINION_OWED) return ALLOWED;
    return only_if(o->relayed && c->dialogue->closed_ms != 0 && o->scope == SCOPE_IN &&
                   o->before_close == OPINION_RECEIVED);
}

struct refusal ready_restore(const struct opinion_case *c)
{
    bool sealed = c->opinion->visibility == VISIBILITY_SEALED;
    return sealed == (c->acting == ROLE_CUSTODIAN) ? ALLOWED : REFUSE(REFUSAL_FORBIDDEN);
}

bool opinion_groupable(const struct opinion *o)
{
    const unsigned states = 1u << OPINION_RECEIVED | 1u << OPINION_RELAYED |
                            1u << OPINION_ON_FLOOR | 1u << OPINION_OWED;
    return (states & 1u << o->state) && o->scope == SCOPE_IN &&
           o->visibility != VISIBILITY_SEALED && *o->named == 0;
}

struct refusal ready_group(const struct opinion_case *c)
{
    const struct opinion *o = c->opinion;
    if (*o->named != 0) return REFUSE(REFUSAL_OWN_CASE);
    return only_if(opinion_groupable(o) && o->group_lead == 0); // leads or follows: ungroup first
}

struct refusal ready_ungroup(const struct opinion_case *c)
{
    return only_if(c->opinion->group_lead != 0);
}

struct refusal ready_in_session(const struct opinion_case *c)
{
    return only_if(in_session(c));
}

struct refusal ready_call(const struct opinion_case *c)
{
    if (!c->opinion->relayed) // invariant 6
        return REFUSE_RULE(REFUSAL_WRONG_STATE, NULL, NULL, "R75");
    return only_if(in_session(c));
}

struct refusal ready_floor(const struct opinion_case *c)
{
    if (c->behalf == BEHALF_FLOOR && *c->opinion->floor == 0)
        return REFUSE_WHY(REFUSAL_WRONG_STATE, NULL, N_("Chưa mời ai phát biểu về ý kiến này."));
    return ALLOWED;
}

/// Something waits for the chair: a draft, or a withdrawal asked for by proxy.
struct refusal ready_judge(const struct opinion_case *c)
{
    const struct opinion_item *draft = opinion_last_item(c, ITEM_DRAFT, ITEM_WAITING);
    bool waits = c->judged != NULL || draft != NULL ||
                 opinion_last_item(c, ITEM_WITHDRAWAL, ITEM_WAITING) != NULL;
    return waits ? ALLOWED : REFUSE(REFUSAL_DRAFT_MISSING);
}

struct refusal ready_deliver(const struct opinion_case *c)
{
    if (c->opinion->delivered_ms == 0) return ALLOWED;
    return REFUSE_WHY(REFUSAL_WRONG_STATE, NULL,
                      N_("Câu trả lời đã được giao cho người có ý kiến."));
}

struct refusal ready_extend(const struct opinion_case *c)
{
    if (c->opinion->authority == AUTHORITY_COMPLEX || c->with_lead) return ALLOWED;
    return REFUSE_RULE(
        REFUSAL_WRONG_STATE, NULL,
        N_("Chỉ gia hạn ý kiến phức tạp thuộc thẩm quyền của phường; hãy phân loại trước."), "R57");
}

struct refusal ready_notify(const struct opinion_case *c)
{
    const struct opinion *o = c->opinion;
    if (o->visibility == VISIBILITY_SEALED && c->acting != ROLE_CUSTODIAN)
        return REFUSE(REFUSAL_FORBIDDEN);
    return only_if(o->state != OPINION_OWED ||
                   opinion_last_item(c, ITEM_EXTENSION, ITEM_WAITING) != NULL);
}

struct refusal ready_continue(const struct opinion_case *c)
{
    const struct opinion *o = c->opinion;
    bool used = o->round >= OPINION_ROUNDS && o->verdict == VERDICT_NOT_AGREED;
    return used ? REFUSE(REFUSAL_ROUNDS_USED) : ALLOWED;
}

bool opinion_answered_in_writing(const struct opinion_case *c)
{
    for (int i = 0; i < c->item_count; i++)
        if (c->items[i].kind == ITEM_ANSWER && c->items[i].code == MODE_WRITTEN) return true;
    return false;
}

bool opinion_may_conclude(const struct opinion_case *c, enum outcome outcome)
{
    const struct opinion *o = c->opinion;
    bool over = o->window_end != DAY_NONE && c->today > o->window_end;
    return outcome == OUTCOME_AGREED       ? o->verdict == VERDICT_AGREED
           : outcome == OUTCOME_NOT_AGREED ? o->verdict == VERDICT_NOT_AGREED
                                           : over && o->verdict == VERDICT_NONE;
}

struct refusal ready_conclude(const struct opinion_case *c)
{
    if (c->opinion->scope == SCOPE_OFF && !opinion_answered_in_writing(c)) // invariant 3
        return REFUSE(REFUSAL_OFF_TOPIC_NEEDS_WRITING);
    for (int i = OUTCOME_AGREED; i < OUTCOME_COUNT; i++)
        if (opinion_may_conclude(c, (enum outcome)i)) return ALLOWED;
    return REFUSE(REFUSAL_AUTHOR_WINDOW_OPEN);
}

struct refusal ready_reopen(const struct opinion_case *c)
{
    const struct opinion *o = c->opinion;
    int32_t last = deadline_compute(DEADLINE_REOPEN, c->dialogue->profile,
                                    instant_day(o->concluded_ms), c->calendar)
                       .legal_day;
    if (c->today > last)
        return REFUSE_WHY(REFUSAL_WRONG_STATE, NULL,
                          N_("Đã quá thời hạn yêu cầu xem lại ý kiến đã kết luận."));
    return o->round >= OPINION_ROUNDS ? REFUSE(REFUSAL_ROUNDS_USED) : ALLOWED;
}

struct refusal ready_remark_reply(const struct opinion_case *c)
{
    bool any = opinion_last_item(c, ITEM_REMARK, -1) != NULL;
    return any ? ALLOWED : REFUSE_FIELD(REFUSAL_INVALID, "remark");
}

struct refusal ready_revoke(const struct opinion_case *c)
{
    for (int i = 0; i < c->item_count; i++)
        if (c->items[i].behalf == BEHALF_AUTHOR && c->items[i].status != ITEM_VOID) return ALLOWED;
    return REFUSE_FIELD(REFUSAL_INVALID, "entry");
}

struct refusal ready_reissue(const struct opinion_case *c)
{
    bool never =
        c->opinion->visibility == VISIBILITY_SEALED || c->opinion->author_type == AUTHOR_ANONYMOUS;
    return never ? REFUSE(REFUSAL_FORBIDDEN) : ALLOWED;
}
