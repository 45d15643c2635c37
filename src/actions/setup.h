// SPDX-License-Identifier: AGPL-3.0-or-later
// The first rows of a ward, alone in its store or beside others, and the host name it is found by.
#ifndef ACTIONS_SETUP_H
#define ACTIONS_SETUP_H

#include "actions/app.h"
#include "store/account.h"

struct setup {
    const char *admin_password;     // argon2id is made of it; for account `quantri`
    const struct account *accounts; // more accounts, hashes ready
    int account_count;
    const struct setting *settings;
    int setting_count;
    const char *host; // as of host_name; NULL: none, for a ward that is alone
};

/// Once per unit; CONFLICT when it is there already.
MUST_USE enum status setup_unit(struct app *app, int64_t unit, const struct setup *setup);

/// Why a ward or its name would not be found beside the others.
enum setup_fault {
    SETUP_FINE,
    SETUP_NEEDS_HOST,    // there is a ward already
    SETUP_OTHER_UNNAMED, // there is one without a host name, which nobody would reach any more
    SETUP_HOST_TAKEN,
};

/// The first ward of a store, or a further one. CONFLICT: nothing was made, for *ret_fault.
MUST_USE enum status setup_ward(struct app *app, const struct setup *setup,
                                enum setup_fault *ret_fault);

/// Another host name for a ward, with an entry of its register. CONFLICT: SETUP_HOST_TAKEN;
/// NOT_FOUND: no such unit.
MUST_USE enum status setup_host(struct app *app, int64_t unit, const char *host);

/// Settings every ward has, with what they are for (Vietnamese) and their first value.
struct setting_row {
    const char *name, *label, *value;
    bool secret; // a page never shows its value; left empty in a form it stays as it is
};
extern const struct setting_row setting_rows[];
extern const int setting_row_count;

#endif
