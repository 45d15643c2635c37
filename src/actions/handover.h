// SPDX-License-Identifier: AGPL-3.0-or-later
// What an account leaves behind when it can no longer handle opinions.
#ifndef ACTIONS_HANDOVER_H
#define ACTIONS_HANDOVER_H

#include "actions/act.h"

/// Gives each opinion the account owes to who owes it by rule (invariant 4), by the same day, and
/// takes the floor from it; one entry each, by the system. `as` is the account as it will be. Does
/// nothing when it still may handle them. A refusal in act->refusal when nobody else could.
MUST_USE enum status hand_over(struct act *act, struct store_tx *tx, const struct person *as);

#endif
