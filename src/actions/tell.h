// SPDX-License-Identifier: AGPL-3.0-or-later
// Telling an author by e-mail or SMS what became of their opinion: the message is written in the
// transaction of what it tells of, and sent later (notify/). Never holds the receipt, another
// person's data, or anything of a sealed matter.
#ifndef ACTIONS_TELL_H
#define ACTIONS_TELL_H

#include "actions/act.h"

/// After a case has been written: its message, if there is one; and what the case does to earlier
/// messages (delivered by hand: void; sealed: wiped; a new address: sent there).
MUST_USE enum status act_tell(struct act *act, struct store_tx *tx, const struct opinion_case *c,
                              const char *action, const struct opinion *before);

/// The outbox has sent message act->target: it is marked, and the answer or notice it carried is
/// delivered (contract: deliver, notify). Nothing happens the second time.
enum status run_outbox_sent(struct act *act, struct store_tx *tx);

#endif
