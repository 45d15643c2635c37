// SPDX-License-Identifier: AGPL-3.0-or-later
// Who read what: every read of a sealed matter, and what overseers read (shown to themselves
// alone). Append-only; no texts, only subjects.
#ifndef STORE_READ_LOG_H
#define STORE_READ_LOG_H

#include "base/arena.h"
#include "store/store.h"

struct reading {
    int64_t at_ms;
    const char *username, *subject; // "opinion 2024-0007", "dialogue 1"
};

struct reading_list {
    const struct reading *rows;
    int count;
};

MUST_USE enum status store_reading_add(struct store_tx *tx, int64_t unit,
                                       const struct reading *reading);
struct reading_page {
    int64_t before_ms;
    int limit;
};
/// One person's, newest first, older than before_ms (INT64_MAX: from the newest), at most limit.
MUST_USE enum status store_readings_of(struct sql *sql, int64_t unit, const char *username,
                                       struct reading_page page, struct arena *arena,
                                       struct reading_list *ret_list);
/// All reads of one subject, newest first, at most limit.
MUST_USE enum status store_readings_about(struct sql *sql, int64_t unit, const char *subject,
                                          int limit, struct arena *arena,
                                          struct reading_list *ret_list);

#endif
