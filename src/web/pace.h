// SPDX-License-Identifier: AGPL-3.0-or-later
// How fast one phone in the hall may go, and how many wrong codes one address may try. A hall
// shares one address, so whoever has a ticket is counted by it and never by the address. In memory
// only, bounded, forgotten with a restart; never a reason to count a right code.
#ifndef WEB_PACE_H
#define WEB_PACE_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/refusal.h"
#include "http/http.h"

enum { PACE_SLOTS = 4096 };

/// `burst` at once, then one every `every_ms`.
struct pace {
    int burst, every_ms;
};
extern const struct pace pace_changes, pace_wrong_codes;

/// What is counted: `unit` and `number` for tickets, `unit` and `text` for addresses.
struct pace_key {
    int64_t unit, number;
    const char *text; // may be ""
};

/// 0: it may go on; else how many milliseconds to wait. now_ms is monotonic.
int64_t pace_wait_ms(const struct pace *pace, const struct pace_key *key, int64_t now_ms);
/// The same, and counts it when it may go on.
int64_t pace_take(const struct pace *pace, const struct pace_key *key, int64_t now_ms);

/// Counts a change of the visitor's ticket. ALLOWED for everybody without a ticket; a refusal comes
/// with *ret_wait_s for pace_tell.
struct refusal pace_ticket(struct http_exchange *x, int64_t *ret_wait_s);
/// Before joining: counts the code against the address if it is wrong.
struct refusal pace_join(struct http_exchange *x, int64_t dialogue, const char *code,
                         int64_t *ret_wait_s);
/// Retry-After of an answer already made.
void pace_tell(struct http_exchange *x, int64_t wait_s);

#endif
