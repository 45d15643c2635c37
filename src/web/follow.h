// SPDX-License-Identifier: AGPL-3.0-or-later
// Several programs on one PostgreSQL: what another one wrote reaches the phones and desks of this
// one. Reads the register behind the head four times a second, never writes; SQLite needs none.
#ifndef WEB_FOLLOW_H
#define WEB_FOLLOW_H

#include "actions/app.h"

struct follower;

/// From now on tells app->publish of each entry of any unit that this program did not write itself,
/// half a second after its commit at most. Sets app->wrote: start it before the first action.
struct follower *follower_start(struct app *app);

/// Call it when no action runs any more. Accepts NULL.
void follower_stop(struct follower *follower);

#endif
