// SPDX-License-Identifier: AGPL-3.0-or-later
// Stands before actions/password.c in programs whose cases each set up a ward and sign nobody in:
// the text of the password itself instead of argon2id over 64 MiB. test_password.c has the real
// one.
#include "actions/password.h"

#include <stdio.h>
#include <string.h>

bool password_hash(const char *password, char out[PASSWORD_HASH_TEXT])
{
    int length = snprintf(out, PASSWORD_HASH_TEXT, "plain %s", password);
    return length > 0 && length < PASSWORD_HASH_TEXT;
}

bool password_holds(const char *hash, const char *password)
{
    char wanted[PASSWORD_HASH_TEXT];
    return hash != NULL && password_hash(password, wanted) && strcmp(hash, wanted) == 0;
}
