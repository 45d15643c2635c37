// SPDX-License-Identifier: AGPL-3.0-or-later
// The first rows of a ward. Once per unit; CONFLICT when it is there already.
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
};

MUST_USE enum status setup_unit(struct app *app, int64_t unit, const struct setup *setup);

/// Settings every ward has, with what they are for (Vietnamese) and their first value.
struct setting_row {
    const char *name, *label, *value;
    bool secret; // a page never shows its value; left empty in a form it stays as it is
};
extern const struct setting_row setting_rows[];
extern const int setting_row_count;

#endif
