// SPDX-License-Identifier: AGPL-3.0-or-later
// Sealing an opinion beyond its own row: saved minutes, issued documents, the whole text that the
// parts of a split one keep, the live hall. Runs inside the act that seals; reading what was sealed
// is logged here.
#ifndef ACTIONS_SEALING_H
#define ACTIONS_SEALING_H

#include "actions/act.h"
#include "domain/sealed_words.h"

/// Before the opinion is written: the hall's notes and facts about it become items of its own file.
MUST_USE enum status act_seal_keep(struct act *act, struct store_tx *tx, struct opinion_case *c);

/// Part of act_seal: the screen falls back to the queue (welcome when there is no session), turns
/// lose name and topic, notes and facts their words. Entries in the sealed chain.
MUST_USE enum status act_seal_hall(struct act *act, struct store_tx *tx,
                                   const struct opinion_case *c, const struct sealed_words *words);

/// An opinion that the public may not see any more, for whatever reason, leaves the screen in the
/// same act.
MUST_USE enum status act_off_screen(struct act *act, struct store_tx *tx,
                                    const struct opinion_case *c);

/// After the opinion itself was written. Hall: see act_seal_hall. Minutes: every saved version
/// loses the lines; what the chair had signed is put away as it was, and a new version says that a
/// part was taken out. A secretary's signature alone is taken back. Issued documents that hold it
/// are withheld. Entries in the sealed chain.
MUST_USE enum status act_seal(struct act *act, struct store_tx *tx, const struct opinion_case *c);

/// A text to be saved for the dialogue, without what is sealed in it (an editor open since before
/// the sealing would bring it back).
MUST_USE enum status act_without_sealed(struct act *act, struct sql *sql, int64_t dialogue,
                                        const char **text);

/// The read of a sealed matter, in the sealed chain, to the day. `of`: "opinion 2024-0007".
MUST_USE enum status act_register_reading(struct act *act, struct store_tx *tx, const char *of,
                                          int64_t version);

#endif
