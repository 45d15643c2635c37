// SPDX-License-Identifier: AGPL-3.0-or-later
// Wrong passwords, counted per user name and address together: nobody in the hall can lock the
// secretary out from another phone. In memory only, bounded, forgotten after a while.
#ifndef WEB_THROTTLE_H
#define WEB_THROTTLE_H

#include <stdbool.h>
#include <stdint.h>

enum { THROTTLE_FAILURES = 10, THROTTLE_WAIT_MS = 60 * 1000, THROTTLE_SLOTS = 1024 };

/// Whether to refuse the next try; now_ms is monotonic.
bool throttle_blocks(int64_t unit, const char *username, const char *address, int64_t now_ms);

/// After a try: failures add up until one fits or the wait is over.
void throttle_note(int64_t unit, const char *username, const char *address, bool fits,
                   int64_t now_ms);

#endif
