// SPDX-License-Identifier: AGPL-3.0-or-later
// Telephone numbers and e-mail addresses as people type them.
#include "domain/contact.h"

#include <string.h>

// Digits, spaces, + . - and brackets.
bool phone_is_plausible(const char *phone)
{
    int digits = 0;
    for (const char *p = phone; *p != 0; p++) {
        if (*p >= '0' && *p <= '9')
            digits++;
        else if (strchr(" +.-()", *p) == NULL)
            return false;
    }
    return digits >= 8 && digits <= 15;
}

bool email_is_plausible(const char *email)
{
    const char *at = strchr(email, '@');
    return at != NULL && at != email && strchr(at + 1, '@') == NULL &&
           strchr(at + 1, '.') != NULL && at[1] != '.' && email[strlen(email) - 1] != '.' &&
           strpbrk(email, " \t\n<>,;\"") == NULL;
}
