// SPDX-License-Identifier: AGPL-3.0-or-later
// The fragment that public events carry: one opinion's card as anybody may see it, the same bytes
// for all, in Vietnamese.
#ifndef WEB_PUBLIC_LIVE_CARD_H
#define WEB_PUBLIC_LIVE_CARD_H

#include "actions/app.h"
#include "base/buf.h"

/// After commit, on a writer thread: a short read. Writes nothing for what is about no opinion or
/// when the store cannot be read just now: pages then keep what they show. What is no longer
/// public becomes an empty card.
void live_card_write(struct app *app, const struct happening *h, struct buf *out);

#endif
