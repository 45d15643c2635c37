// SPDX-License-Identifier: AGPL-3.0-or-later
// The minutes' text: drafted from the register, edited by the secretary, every version kept.
#ifndef ACTIONS_MINUTES_H
#define ACTIONS_MINUTES_H

#include "actions/act.h"

/// Longer than any text of an opinion: a whole meeting. Characters.
enum { MINUTES_MAX_CHARS = 100000 };

struct minutes_text {
    const char *text;      // cleaned, many lines
    const char *generated; // what the register gave at this moment
};

/// A new version of the text (extra: struct minutes_text; form_refusal for what was wrong with it).
/// The secretary alone, from opening until the chair has signed (then wrong_state); stale when
/// another version came meanwhile (if_version: the minutes' own, 0 before the first). Editing what
/// the secretary has signed takes that signature back. What is sealed is left out of it.
/// answer.version: the text's.
enum status run_minutes_edit(struct act *act, struct store_tx *tx);

struct minutes_of {
    int64_t unit, dialogue, now_ms;
};
/// The text as the register gives it now, without head and signatures; in the arena.
MUST_USE enum status minutes_draft(struct app *app, struct sql *sql, const struct minutes_of *of,
                                   struct arena *arena, const char **ret_text);

/// What the secretary signs without having saved anything is the draft of that moment: it is kept
/// as the first version, in the signature's transaction, so that what was signed never changes.
MUST_USE enum status minutes_keep_signed(struct act *act, struct store_tx *tx,
                                         const struct dialogue *d);

/// The secretary may edit now.
bool minutes_may_edit(const struct dialogue *d, const struct actor *actor);

#endif
