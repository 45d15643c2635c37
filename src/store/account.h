// SPDX-License-Identifier: AGPL-3.0-or-later
// Accounts and sessions. Passwords are argon2id texts, tokens are kept as hashes only.
#ifndef STORE_ACCOUNT_H
#define STORE_ACCOUNT_H

#include "base/arena.h"
#include "domain/people.h"
#include "store/store.h"

enum { TOKEN_HASH_BYTES = 32 };

struct account {
    struct person person;
    const char *password_hash;
    int64_t version;
};

MUST_USE enum status store_people(struct sql *sql, int64_t unit, struct arena *arena,
                                  struct people *ret_people);
/// NOT_FOUND when there is none.
MUST_USE enum status store_account(struct sql *sql, int64_t unit, const char *username,
                                   struct arena *arena, struct account *ret_account);
/// Inserts or replaces; an account is never deleted, only made inactive.
MUST_USE enum status store_account_write(struct store_tx *tx, int64_t unit,
                                         const struct account *account);

MUST_USE enum status store_session_insert(struct store_tx *tx, int64_t unit,
                                          const unsigned char token_hash[TOKEN_HASH_BYTES],
                                          const char *username, int64_t now_ms, int64_t expires_ms);
/// The user of a living session; NOT_FOUND otherwise.
MUST_USE enum status store_session_user(struct sql *sql, int64_t unit,
                                        const unsigned char token_hash[TOKEN_HASH_BYTES],
                                        int64_t now_ms, struct arena *arena,
                                        const char **ret_username);
MUST_USE enum status store_session_delete(struct store_tx *tx, int64_t unit,
                                          const unsigned char token_hash[TOKEN_HASH_BYTES]);
/// All of one user (new password, account closed), and those that have run out.
MUST_USE enum status store_sessions_delete_of(struct store_tx *tx, int64_t unit,
                                              const char *username, int64_t now_ms);

/// All sessions of the user but one.
MUST_USE enum status store_sessions_delete_other(struct store_tx *tx, int64_t unit,
                                                 const char *username,
                                                 const unsigned char kept[TOKEN_HASH_BYTES]);

#endif
