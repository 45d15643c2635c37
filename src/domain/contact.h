// SPDX-License-Identifier: AGPL-3.0-or-later
// Where an answer may be sent: plausible, not proven.
#ifndef DOMAIN_CONTACT_H
#define DOMAIN_CONTACT_H

#include <stdbool.h>

bool phone_is_plausible(const char *phone); // 8 to 15 digits
bool email_is_plausible(const char *email); // something@something.something

#endif
