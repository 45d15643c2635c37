// SPDX-License-Identifier: AGPL-3.0-or-later
// Tells of queue and clock: at most ten times a second per hall, on a thread of its own, so that
// five hundred hands raised at once are five cards and no writer waits for a page to be rendered.
#ifndef WEB_HALL_TELLER_H
#define WEB_HALL_TELLER_H

#include "actions/app.h"

struct hall_teller;

/// tell is called on the teller's thread.
struct hall_teller *hall_teller_start(struct app *app,
                                      void (*tell)(struct app *app, const struct happening *h));

/// Any thread, never blocks for long. False: no room, the caller tells it itself.
bool hall_teller_tell(struct hall_teller *teller, const struct happening *h);

/// What is waiting is told first. Accepts NULL.
void hall_teller_stop(struct hall_teller *teller);

#endif
