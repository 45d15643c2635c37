// SPDX-License-Identifier: AGPL-3.0-or-later
// The hub of live events: per channel the last events in memory, each built once as the bytes of an
// event stream and shared by every reader. Knows no socket and no rule; call it after commit, never
// before.
#ifndef LIVE_HUB_H
#define LIVE_HUB_H

#include <stddef.h>
#include <stdint.h>

struct live_hub;
struct live_sub;
struct live_frame;

enum live_audience { LIVE_PUBLIC, LIVE_STAFF, LIVE_AUDIENCE_COUNT };

/// Public channels carry rendered public fragments; staff channels names of what changed.
struct live_channel {
    uint64_t unit, dialogue; // dialogue 0: the unit as a whole
    enum live_audience audience;
};

/// A zeroed number means the default beside it: what a full hall of five hundred says in more than
/// a minute, so that a phone without network for that long misses nothing.
struct live_limits {
    size_t events;   // kept per channel: 2,048
    size_t bytes;    // kept per channel: 4 MiB
    size_t backlog;  // events a reader may lag behind before it is dropped: 256
    size_t channels; // with memory of the past: 4,096; the idle ones beyond are forgotten
};

struct live_hub *live_hub_new(const struct live_limits *limits); // NULL: all defaults
void live_hub_free(struct live_hub *hub); // no subscriptions may be left; accepts NULL

/// Appends and wakes all readers. event: [a-z_]; data may have several lines, no CR or NUL
/// (ensure). Returns the id. Ids grow by one per channel and start above any id of an earlier run:
/// a JSON-safe integer.
uint64_t live_publish(struct live_hub *hub, struct live_channel channel, const char *event,
                      const char *data, size_t len);

/// Drops the channel's past: who comes with an earlier id, or lags behind, starts anew (`reset`).
void live_forget(struct live_hub *hub, struct live_channel channel);

/// The id to embed in a page BEFORE reading what the page shows ("?after="): nothing in between is
/// lost.
uint64_t live_last_id(struct live_hub *hub, struct live_channel channel);

/// A reader, who first gets a random `retry`, then all after last_id, or one `reset` when that is
/// too old, from another run or no number; NULL or "" means from now on. `wake(arg)` is called on
/// the publisher's thread, under the channel's lock: it must be short and not call the hub.
struct live_sub *live_subscribe(struct live_hub *hub, struct live_channel channel,
                                const char *last_id, void (*wake)(void *arg), void *arg);

/// After it returns wake is not called any more. Accepts NULL.
void live_unsubscribe(struct live_sub *sub);

enum live_pull { LIVE_NOTHING, LIVE_FRAME, LIVE_SLOW };

/// LIVE_FRAME gives one reference; LIVE_SLOW: too far behind, end the stream, the client resumes by
/// its id.
enum live_pull live_next(struct live_sub *sub, struct live_frame **ret_frame);

const char *
live_frame_bytes(const struct live_frame *frame); // "id: 7\nevent: opinion\ndata: ...\n\n"
size_t live_frame_len(const struct live_frame *frame);
void live_frame_drop(void *frame); // gives the reference back; void * to serve as callback

struct live_figures {
    size_t channels, subscribers, bytes;
    uint64_t published;
};
struct live_figures live_hub_figures(struct live_hub *hub);

#endif
