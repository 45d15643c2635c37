// SPDX-License-Identifier: AGPL-3.0-or-later
// Messages to authors, written in the transaction of what they tell of, sent later by notify/. A
// row stays for ever as a number, so that a number is never used twice; what it said and to whom is
// wiped once it has left or may no longer be sent.
#ifndef STORE_OUTBOX_H
#define STORE_OUTBOX_H

#include "base/arena.h"
#include "store/store.h"

enum outbox_transport { OUTBOX_EMAIL, OUTBOX_SMS, OUTBOX_TRANSPORT_COUNT };
/// Waiting: to be sent at next_ms or later. Void: overtaken (delivered by hand, sealed).
enum outbox_state { OUTBOX_WAITING, OUTBOX_SENT, OUTBOX_FAILED, OUTBOX_VOID, OUTBOX_STATE_COUNT };

struct outbox_message {
    int64_t id; // 1.. within the unit
    int64_t opinion;
    int item; // of the opinion, 0 none: what is delivered when this has been sent
    enum outbox_transport transport;
    const char *recipient; // address or phone number
    const char *subject, *body;
    enum outbox_state state;
    int attempts;
    int64_t next_ms, sent_ms; // sent_ms 0 not yet
};

struct outbox_list {
    const struct outbox_message *rows;
    int count;
};

/// Waiting and due at once; fills the id. The unit's head is locked by the caller.
MUST_USE enum status store_outbox_add(struct store_tx *tx, int64_t unit,
                                      struct outbox_message *message, int64_t now_ms);

enum { OUTBOX_BATCH = 16 };
/// Waiting ones of a transport that are due, oldest first, OUTBOX_BATCH at most; texts in the
/// arena.
MUST_USE enum status store_outbox_due(struct sql *sql, int64_t unit,
                                      enum outbox_transport transport, int64_t now_ms,
                                      struct arena *arena, struct outbox_list *ret_list);
/// The first unit behind `after` (0: of all) to which store_outbox_due has something to give;
/// NOT_FOUND: there are no more.
MUST_USE enum status store_outbox_unit_due(struct sql *sql, int64_t after,
                                           enum outbox_transport transport, int64_t now_ms,
                                           int64_t *ret_unit);
/// NOT_FOUND when there is none.
MUST_USE enum status store_outbox_load(struct sql *sql, int64_t unit, int64_t id,
                                       struct arena *arena, struct outbox_message *ret_message);

/// Takes a due message for one attempt: nobody else gets it before next_ms. NOT_FOUND: no longer
/// waiting or due.
MUST_USE enum status store_outbox_claim(struct store_tx *tx, int64_t unit, int64_t id,
                                        int64_t now_ms, int64_t next_ms);
/// Gives a claim back that came to nothing (no server in reach): it does not count as an attempt.
MUST_USE enum status store_outbox_release(struct store_tx *tx, int64_t unit, int64_t id,
                                          int64_t next_ms);
/// Sent or void: text and address are wiped; failed: kept for the office. NOT_FOUND: not waiting.
MUST_USE enum status store_outbox_settle(struct store_tx *tx, int64_t unit, int64_t id,
                                         enum outbox_state state, int64_t now_ms);

/// Not to be sent any more (waiting or failed): those about one item.
MUST_USE enum status store_outbox_void(struct store_tx *tx, int64_t unit, int64_t opinion,
                                       int item);
/// A sealed opinion: all of its messages are void, and every text and address is wiped.
MUST_USE enum status store_outbox_wipe(struct store_tx *tx, int64_t unit, int64_t opinion);
/// The author's new address: what waits or failed on this transport goes there, at once;
/// with "" it is void.
MUST_USE enum status store_outbox_redirect(struct store_tx *tx, int64_t unit, int64_t opinion,
                                           enum outbox_transport transport, const char *recipient,
                                           int64_t now_ms);

/// Failed ones after a number, by number, OUTBOX_FAILED_PAGE at most.
enum { OUTBOX_FAILED_PAGE = 50 };
MUST_USE enum status store_outbox_failed(struct sql *sql, int64_t unit, int64_t after,
                                         struct arena *arena, struct outbox_list *ret_list);
/// A failed one waits again, at once, as if never tried. NOT_FOUND: not failed.
MUST_USE enum status store_outbox_retry(struct store_tx *tx, int64_t unit, int64_t id,
                                        int64_t now_ms);

/// How many messages of all units are in each state.
MUST_USE enum status store_outbox_counts(struct sql *sql, int64_t ret_counts[OUTBOX_STATE_COUNT]);

#endif
