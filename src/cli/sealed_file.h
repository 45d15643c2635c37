// SPDX-License-Identifier: AGPL-3.0-or-later
// Files that leave the machine: plain, or sealed by a password. A sealed file is the line
// "doithoai sealed 1", then how the key is made (argon2id: operations and bytes as little-endian
// 64 bits, 16 bytes of salt), the header of libsodium's secretstream, and pieces of 64 KiB, each
// 17 bytes longer; the last one is marked, so a file cut short is noticed. A plain file is the
// content alone.
#ifndef CLI_SEALED_FILE_H
#define CLI_SEALED_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/buf.h"

struct file_key; // the stream's state; NULL in a plain file

struct file_out {
    FILE *file;
    char path[4096], part[4096]; // written as part, named path when whole
    struct file_key *key;
    struct buf piece;
    bool failed;
};

/// password NULL: plain. The reason when it can't be: a message of the catalogue; else NULL. A file
/// that is there already is never written over.
const char *file_out_open(struct file_out *out, const char *path, const char *password);
void file_out_put(struct file_out *out, const void *bytes, size_t len);
/// Flushes to the disk and gives the file its name. False: nothing is left of it.
bool file_out_finish(struct file_out *out);
void file_out_drop(struct file_out *out); // accepts one that was finished

struct file_in {
    FILE *file;
    struct file_key *key;
    struct buf piece; // opened bytes
    size_t at;        // of them, taken
    bool ended, broken;
};

/// The reason when it can't be: a message of the catalogue; else NULL. A wrong password shows at
/// the first read.
const char *file_in_open(struct file_in *in, const char *path, const char *password);
/// Bytes read; fewer than asked for at the end only, or when `broken` (then none of them count).
size_t file_in_read(struct file_in *in, void *bytes, size_t len);
/// A line without its end; false at the end or when it is longer than most allowed.
bool file_in_line(struct file_in *in, struct buf *line, size_t most);
void file_in_close(struct file_in *in);

#endif
