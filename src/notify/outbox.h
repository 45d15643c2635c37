// SPDX-License-Identifier: AGPL-3.0-or-later
// The worker that empties the outbox: one thread, asleep until a message is written or a retry is
// due. What a message means it does not know; the caller's `sent` does.
#ifndef NOTIFY_OUTBOX_H
#define NOTIFY_OUTBOX_H

#include "base/day.h"
#include "store/store.h"

struct outbox_config {
    struct store *store;
    const struct clock *clock;
    /// Marks it sent, with all that follows, in one transaction. Called on the worker's thread.
    enum status (*sent)(void *ctx, int64_t unit, int64_t message);
    void *ctx;
};

/// Tries after these minutes, then gives up; a server that can't be reached counts for nothing and
/// is tried each minute.
extern const int outbox_retry_minutes[];
extern const int outbox_retries;

struct outbox_worker;
/// NULL when no thread can be made (logged): messages wait.
struct outbox_worker *outbox_start(const struct outbox_config *config);
/// A message may wait. Any thread; does not block.
void outbox_wake(struct outbox_worker *worker);
/// Ends a transfer that is under way; accepts NULL.
void outbox_stop(struct outbox_worker *worker);

#endif
