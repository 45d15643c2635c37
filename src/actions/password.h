// SPDX-License-Identifier: AGPL-3.0-or-later
// Passwords: argon2id, t=3, 64 MiB. Slow on purpose: on a worker thread, two at a time.
#ifndef ACTIONS_PASSWORD_H
#define ACTIONS_PASSWORD_H

#include <stdbool.h>

enum { PASSWORD_HASH_TEXT = 128, PASSWORD_MIN = 8, PASSWORD_MAX = 200 };

/// False when the machine has no 64 MiB to spare.
bool password_hash(const char *password, char out[PASSWORD_HASH_TEXT]);

/// hash NULL (no such account): as slow, and false, so that names can't be told by the time it
/// takes.
bool password_holds(const char *hash, const char *password);

#endif
