// SPDX-License-Identifier: AGPL-3.0-or-later
// From what happened to the event streams: public events with the rendered fragment, staff events
// with names alone.
#ifndef WEB_EVENTS_H
#define WEB_EVENTS_H

#include "web/web.h"

/// Streams one dialogue's events to x.
enum http_next events_stream(struct http_exchange *x, struct live_hub *hub, int64_t unit,
                             int64_t dialogue, bool staff);

/// Told here and now; queue, clock and presence otherwise wait for web.teller.
void events_publish_now(struct app *app, const struct happening *happening);

/// app.publish: after commit, on a writer thread.
void events_publish(struct app *app, const struct happening *happening);

#endif
