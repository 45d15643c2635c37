// SPDX-License-Identifier: AGPL-3.0-or-later
// Walking the register and the invariants of domain.md. Reads only; names the first thing that is
// broken.
#ifndef ACTIONS_VERIFY_H
#define ACTIONS_VERIFY_H

#include <stdbool.h>

#include "actions/app.h"

struct verify_report {
    bool sound;
    int64_t entries, sealed_entries, opinions, dialogues;
    bool in_sealed_chain;
    int64_t broken_entry; // 0: what is broken is no entry
    char what[512];       // Vietnamese, one line
};

/// Status of the store; what is wrong with the data is told in the report.
MUST_USE enum status verify_unit(struct app *app, struct sql *sql, int64_t unit,
                                 struct verify_report *ret_report);

/// Says what is wrong, for the parts of verify: the first one counts. Entry 0: it is no entry's.
void verify_broken(struct verify_report *report, int64_t entry, bool sealed, const char *format,
                   ...) PRINTF_LIKE(4, 5);

#endif
