// SPDX-License-Identifier: AGPL-3.0-or-later
// argon2id by libsodium.
#include "actions/password.h"

#include <sodium.h>
#include <string.h>

#include "base/ensure.h"

static_assert(crypto_pwhash_STRBYTES <= PASSWORD_HASH_TEXT, "room for the text");

enum { PASSES = 3, MEMORY = 64 * 1024 * 1024 };

// The hash of nothing anybody knows: what is checked when there is no such account.
static const char NOBODY[] = "$argon2id$v=19$m=65536,t=3,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
                             "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

bool password_hash(const char *password, char out[PASSWORD_HASH_TEXT])
{
    return crypto_pwhash_str_alg(out, password, strlen(password), PASSES, MEMORY,
                                 crypto_pwhash_ALG_ARGON2ID13) == 0;
}

bool password_holds(const char *hash, const char *password)
{
    bool known = hash != NULL && *hash != 0;
    int fits = crypto_pwhash_str_verify(known ? hash : NOBODY, password, strlen(password));
    return known && fits == 0;
}
