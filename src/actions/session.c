// SPDX-License-Identifier: AGPL-3.0-or-later
// Sessions begin and end. The password was checked before (argon2id is slow and runs on a worker).
#include "actions/act.h"

#include "store/account.h"

enum status run_session_create(struct act *act, struct store_tx *tx)
{
    bool replayed;
    enum status status = act_begin(act, tx, &replayed);
    if (status != STATUS_OK) return status;
    if (act->actor.kind != ACTOR_ACCOUNT)
        return act->refusal = REFUSE(REFUSAL_UNAUTHENTICATED), STATUS_OK;
    // Signing in is no entry of the register: nothing of the dialogue changes.
    return store_session_insert(tx, act->unit, act->extra, act->caller.username, act->now_ms,
                                act->target);
}

enum status run_session_delete(struct act *act, struct store_tx *tx)
{
    struct unit_head head;
    enum status status = store_head_lock(tx, act->unit, &head);
    return status == STATUS_OK ? store_session_delete(tx, act->unit, act->extra) : status;
}
