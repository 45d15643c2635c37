// SPDX-License-Identifier: AGPL-3.0-or-later
// Giving a document its number (R1, R103-R111): a number of its series, the bytes as they go out,
// one entry in the register, all in one transaction. Issued once, it is never written again;
// another replaces it (invariant 11).
#ifndef ACTIONS_ISSUING_H
#define ACTIONS_ISSUING_H

#include "actions/act.h"
#include "documents/document.h"
#include "store/issued.h"

enum { ISSUE_NUMBER_MAX = 20, ISSUE_SYMBOL_MAX = 30, ISSUE_RECIPIENTS_MAX = 2000 };

/// Texts cleaned, NULL when not given.
struct issue_wish {
    int type;           // enum doc_type
    int64_t opinion;    // of those about one opinion
    const char *person; // of invitations, NULL none
    const char *number; // NULL: the next one; external: as the e-office gave it
    const char *symbol; // NULL: the type's, "TB-UBND"
    int32_t day;        // DAY_NONE: not given
    bool external;
    const char *recipients; // further ones, one a line
    const char *replaces;   // "07/TB-UBND": the number of the one it stands for
};

/// target: the dialogue; extra: struct issue_wish. Archivist. answer.id: the issued document's id,
/// answer.version 1.
///   409 wrong_state  it has its number already and nothing new came since (then `replaces`)
///   409 not_ready    what it is about is not there yet: minutes unsigned, no answer, not announced
///   422 invalid      type without a number; date in the future, before the last own number's or in
///                    another year than it; number taken, or not the next of its series
/// Rendering runs inside: number, facts and bytes are of one moment (docs/decisions/0011).
enum status run_issue(struct act *act, struct store_tx *tx);

/// The plan's row and bytes, for the dialogue's action `issue`, after the dialogue was written.
MUST_USE enum status issue_plan(struct act *act, struct store_tx *tx, const struct dialogue *d,
                                bool external);

/// The number of a plan that the dialogue's `issue` gives: the next one when none was asked for.
/// One that does not follow is the e-office's (*ret_external); one taken already is refused.
MUST_USE enum status issue_settle_plan(struct act *act, struct sql *sql, struct dialogue *d,
                                       bool *ret_external);
/// What the next own number of a series would be, "08".
MUST_USE enum status issue_next_number(struct sql *sql, int64_t unit, const char *series, int year,
                                       struct arena *arena, const char **ret_number);

/// "TB"; NULL: the paper has no number.
const char *issue_series(enum doc_type type);

/// Whether it may have its number now, newest: the one issued of it (NULL none). `o` and items for
/// those about an opinion.
struct issue_state {
    bool ready;   // what it is about is there
    bool waiting; // ready, and not issued since
};
struct issue_state issue_state_of(enum doc_type type, const struct dialogue *d,
                                  const struct opinion_item *items, int count,
                                  const struct issued *newest);

/// "07/TB-UBND".
const char *issued_number_text(struct arena *arena, const struct issued *row);

#endif
