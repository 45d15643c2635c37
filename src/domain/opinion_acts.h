// SPDX-License-Identifier: AGPL-3.0-or-later
// What the decision files share with the table of rules and with each other. Nobody else includes
// this.
#ifndef DOMAIN_OPINION_ACTS_H
#define DOMAIN_OPINION_ACTS_H

#include "domain/opinion.h"

struct refusal act_amend(struct opinion_case *c);
struct refusal act_correct(struct opinion_case *c);
struct refusal act_classify(struct opinion_case *c);
struct refusal act_split(struct opinion_case *c);
struct refusal act_relay(struct opinion_case *c);
struct refusal act_recall(struct opinion_case *c);
struct refusal act_set_off_topic(struct opinion_case *c);
struct refusal act_divert(struct opinion_case *c);
struct refusal act_restore(struct opinion_case *c);
struct refusal act_group(struct opinion_case *c);
struct refusal act_ungroup(struct opinion_case *c);
struct refusal act_call(struct opinion_case *c);
struct refusal act_return(struct opinion_case *c);
struct refusal act_give_floor(struct opinion_case *c);
struct refusal act_ask_back(struct opinion_case *c);
struct refusal act_reply(struct opinion_case *c);
struct refusal act_exchange(struct opinion_case *c);
struct refusal act_support(struct opinion_case *c);
struct refusal act_answer(struct opinion_case *c);
struct refusal act_supplement(struct opinion_case *c);
struct refusal act_draft(struct opinion_case *c);
struct refusal act_approve(struct opinion_case *c);
struct refusal act_reject(struct opinion_case *c);
struct refusal act_deliver(struct opinion_case *c);
struct refusal act_assign(struct opinion_case *c);
struct refusal act_extend(struct opinion_case *c);
struct refusal act_refer(struct opinion_case *c);
struct refusal act_notify(struct opinion_case *c);
struct refusal act_agency_reply(struct opinion_case *c);
struct refusal act_agree(struct opinion_case *c);
struct refusal act_continue(struct opinion_case *c);
struct refusal act_conclude(struct opinion_case *c);
struct refusal act_lapse(struct opinion_case *c);
struct refusal act_reopen(struct opinion_case *c);
struct refusal act_withdraw(struct opinion_case *c);
struct refusal act_remark(struct opinion_case *c);
struct refusal act_remark_reply(struct opinion_case *c);
struct refusal act_revoke(struct opinion_case *c);
struct refusal act_change_contact(struct opinion_case *c);
struct refusal act_reissue_receipt(struct opinion_case *c);
struct refusal act_redact(struct opinion_case *c);

/// What must be so before any parameter is looked at, one per action that needs it.
struct refusal ready_correct(const struct opinion_case *c);
struct refusal ready_relay(const struct opinion_case *c);
struct refusal ready_recall(const struct opinion_case *c);
struct refusal ready_restore(const struct opinion_case *c);
struct refusal ready_group(const struct opinion_case *c);
struct refusal ready_ungroup(const struct opinion_case *c);
struct refusal ready_call(const struct opinion_case *c);
struct refusal ready_in_session(const struct opinion_case *c);
struct refusal ready_floor(const struct opinion_case *c);
struct refusal ready_judge(const struct opinion_case *c);
struct refusal ready_deliver(const struct opinion_case *c);
struct refusal ready_extend(const struct opinion_case *c);
struct refusal ready_notify(const struct opinion_case *c);
struct refusal ready_continue(const struct opinion_case *c);
struct refusal ready_conclude(const struct opinion_case *c);
struct refusal ready_reopen(const struct opinion_case *c);
struct refusal ready_remark_reply(const struct opinion_case *c);
struct refusal ready_revoke(const struct opinion_case *c);
struct refusal ready_reissue(const struct opinion_case *c);

/// May be grouped, as it is now.
bool opinion_groupable(const struct opinion *o);
/// Any answer in writing is there (invariant 3).
bool opinion_answered_in_writing(const struct opinion_case *c);
/// An outcome the chair may conclude with today.
bool opinion_may_conclude(const struct opinion_case *c, enum outcome outcome);

/// The officer of its field, else the office, else who may decide; never one it names.
const char *opinion_responsible_by_field(const struct opinion_case *c, const struct opinion *o);

/// A due date with its working kept as a version; the item added is the last one.
void opinion_set_due(struct opinion_case *c, struct deadline deadline, bool by_person);
/// The close, or the continue, reopen or agency's refusal that came later; today before the close.
int32_t opinion_clock_start(const struct opinion_case *c);
void opinion_clear_floor(struct opinion_case *c);

/// Owed by `to` (NULL: by rule), until `due` when given: checks both (own_case, due_too_late,
/// invalid).
struct refusal opinion_owe_to(struct opinion_case *c, const char *to, bool due_given, int32_t due);

/// The answer item (just added, final) stands: state, delivery by itself, the author's window.
struct refusal opinion_answered(struct opinion_case *c, struct opinion_item *answer);

/// The answer has reached its author: N days from today.
void opinion_start_window(struct opinion_case *c);

/// The author's withdrawal takes effect.
void opinion_withdraw_now(struct opinion_case *c);

/// Leaves its group; the caller finds a new lead when it led.
void opinion_leave_group(struct opinion_case *c);

/// The lines of a list parameter, one a line; "" when not given.
const char *text_of_lines(struct arena *arena, const struct param_value *list);

#endif
