// SPDX-License-Identifier: AGPL-3.0-or-later
// The word index made anew from the texts, after rows came in from elsewhere.
#ifndef ACTIONS_REINDEX_H
#define ACTIONS_REINDEX_H

#include "base/status.h"

struct store_tx;

/// For every unit, in the caller's transaction. Only what may be shown gets into the index.
MUST_USE enum status reindex_all(struct store_tx *tx);

#endif
