// SPDX-License-Identifier: AGPL-3.0-or-later
// What backup, restore, export and import share: the folder of a store and its secret.
#ifndef CLI_STORE_FILES_H
#define CLI_STORE_FILES_H

#include "cli/cli.h"

enum { SECRET_HEX = KEY_BYTES * 2 };

/// The master secret as hex, from DIR/secret or from the database. False: the reason was printed.
bool secret_read(struct cli *cli, struct store *store, char hex[SECRET_HEX + 1]);
/// A folder that is there and empty, made when missing. False: the reason was printed.
bool folder_make_empty(const char *dir);
/// DIR/name, new, readable by its owner alone; -1 when that can't be.
int folder_create(const char *dir, const char *name);
bool folder_write_secret(const char *dir, const char *hex);
/// Takes back what folder_make_empty and the others made.
void folder_clear(const char *dir);
/// Opens the store and walks register and invariants, as verify does; prints the outcome.
int verify_store(struct cli *cli, bool migrate);
/// Without --password: says on stderr what that means.
void warn_if_plain(const struct cli *cli);

#endif
