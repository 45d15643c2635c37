// SPDX-License-Identifier: AGPL-3.0-or-later
// How the world says no. A refusal by the rules is not a status: see domain/refusal.h.
#ifndef BASE_STATUS_H
#define BASE_STATUS_H

enum status {
    STATUS_OK = 0,
    STATUS_NOT_FOUND, // the row, file or host asked for does not exist
    STATUS_CONFLICT,  // a uniqueness rule of the store was hit; nothing was written
    STATUS_RETRY,     // serialization failure or lost connection: run the whole transaction again
    STATUS_FULL,   // disk full or quota reached: nothing was written, retrying at once won't help
    STATUS_BROKEN, // give up: I/O error, corruption, a peer that breaks its protocol
};

#define MUST_USE __attribute__((warn_unused_result))

/// A word for logs ("retry"), never NULL.
const char *status_name(enum status status);

#endif
