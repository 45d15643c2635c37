// SPDX-License-Identifier: AGPL-3.0-or-later
// The fragment that queue and clock events carry to every phone.
#ifndef WEB_HALL_CARD_H
#define WEB_HALL_CARD_H

#include "actions/app.h"
#include "base/buf.h"

/// Rendered once for all, in Vietnamese; nothing when the store could not be read (logged).
void hall_card_write(struct app *app, const struct happening *h, struct buf *out);

#endif
