// SPDX-License-Identifier: AGPL-3.0-or-later
// The invariants of domain.md that can be seen in one opinion.
#ifndef ACTIONS_VERIFY_INVARIANTS_H
#define ACTIONS_VERIFY_INVARIANTS_H

#include "actions/verify.h"
#include "domain/opinion.h"

struct invariant_view {
    const struct opinion *opinion;
    const struct opinion_item *items;
    int count;
    const struct dialogue *dialogue;
    const struct calendar *calendar;
    const struct people *people;
    int64_t named_since; // the entry that last said whom it names; 0: as it came in
    bool indexed;        // its words are in the public index
};

/// NULL when all hold, else which one and why (Vietnamese).
const char *invariant_broken(const struct invariant_view *view);

/// Invariant 10 beyond a sealed opinion's own row: no saved minutes hold its words. *ret_broken is
/// left alone when all is well.
MUST_USE enum status invariant_10_elsewhere(struct sql *sql, int64_t unit,
                                            const struct invariant_view *view, struct arena *arena,
                                            const char **ret_broken);

#endif
