// SPDX-License-Identifier: AGPL-3.0-or-later
// What the office writes into a dialogue's reports (R14, R37-R39, R73), and the synthesis handed
// over to the standing board of the Party committee (R91). Runs of struct act; target: the
// dialogue.
#ifndef ACTIONS_REPORTS_H
#define ACTIONS_REPORTS_H

#include "actions/office.h"
#include "store/paper.h"

struct paper_texts {
    const char *at[PAPER_TEXT_COUNT]; // NULL: not touched
};
/// extra: struct paper_texts. Office and chair; each text that changed has its entry.
enum status run_texts_write(struct act *act, struct store_tx *tx);

/// extra: struct dispatch (type, recipient, day, receiver, note). Office and archivist, once the
/// dialogue is closed.
enum status run_dispatch_add(struct act *act, struct store_tx *tx);
/// extra: const int64_t *id.
enum status run_dispatch_strike(struct act *act, struct store_tx *tx);

void dialogue_text_digest(int64_t dialogue, enum paper_text name, const struct dialogue_text *text,
                          unsigned char ret_digest[DIGEST_BYTES]);
void dispatch_digest(int64_t dialogue, const struct dispatch *x,
                     unsigned char ret_digest[DIGEST_BYTES]);

/// The last day on which the synthesis is to be handed over, counted from the close (the unit's
/// setting synthesis_days, else 10); DAY_NONE before the close.
int32_t synthesis_due(const struct unit_facts *facts, const struct dialogue *d);

#endif
