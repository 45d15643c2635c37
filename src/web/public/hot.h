// SPDX-License-Identifier: AGPL-3.0-or-later
// Hot public pages: rendered once per page, host and language, sent to everybody without a session
// until something the public may see changes, the day turns, or the unit's settings change. Never
// holds anything that depends on who asks.
#ifndef WEB_PUBLIC_HOT_H
#define WEB_PUBLIC_HOT_H

#include "web/public/home.h"
#include "web/web.h"

/// For the guard, before it reads anything: true when the kept page is the answer. Only a GET
/// without query, session, receipt, message or htmx header is ever answered.
bool hot_answer(struct http_exchange *x, struct web *web, enum lang lang, enum http_next *ret_next);

/// Whether this request's answer may be kept: the same conditions.
bool hot_is_plain(struct http_exchange *x);

/// Taken before the page is read from the store; given back with it.
struct hot_mark {
    uint64_t epoch;
};
struct hot_mark hot_mark(int64_t unit);

/// Keeps the page until until_ms (of the program's clock) and answers with it.
enum http_next hot_keep(struct http_exchange *x, const struct visit *v, struct hot_mark mark,
                        int64_t until_ms, const struct buf *page);

/// Something the public may see has changed in the unit. Any thread, cheap.
void hot_changed(int64_t unit);

#endif
