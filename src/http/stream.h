// SPDX-License-Identifier: AGPL-3.0-or-later
// Event streams (text/event-stream): a source gives bytes when woken, the server writes them
// straight to the socket and drops whoever does not read. Knows nothing of what the bytes mean;
// src/live makes them.
//
//     struct http_stream *stream = http_stream_open(x);
//     struct live_sub *sub = live_subscribe(hub, channel, http_stream_last_id(x), http_stream_wake,
//     stream); return http_stream_start(stream, &(struct http_stream_source){pull_live, close_live,
//     sub});
//
//     static enum http_pull pull_live(void *sub, struct http_piece *ret)
//     {
//         struct live_frame *frame;
//         switch (live_next(sub, &frame)) {
//         case LIVE_NOTHING: return HTTP_PULL_WAIT;
//         case LIVE_SLOW: return HTTP_PULL_END;
//         case LIVE_FRAME: break;
//         }
//         *ret = (struct http_piece){live_frame_bytes(frame), live_frame_len(frame),
//         live_frame_drop, frame}; return HTTP_PULL_PIECE;
//     }
//     static void close_live(void *sub) { live_unsubscribe(sub); }
#ifndef HTTP_STREAM_H
#define HTTP_STREAM_H

#include "http/http.h"

struct http_stream;

/// Bytes held by reference until drop(owner).
struct http_piece {
    const char *bytes;
    size_t len; // never 0
    void (*drop)(void *owner);
    void *owner;
};

enum http_pull { HTTP_PULL_WAIT, HTTP_PULL_PIECE, HTTP_PULL_END };

struct http_stream_source {
    /// Called by the stream's own thread after a wake, until it says WAIT. Must not block.
    enum http_pull (*pull)(void *ctx, struct http_piece *ret_piece);
    /// The last call; after it wake must not be called any more. On another thread than the
    /// handler's.
    void (*close)(void *ctx);
    void *ctx;
};

/// Before subscribing, so that no wake is lost. Always followed by http_stream_start with the same
/// x.
struct http_stream *http_stream_open(struct http_exchange *x);
/// Before the start: silence is broken by an event `pulse` every deadlines.pulse instead of the
/// comment, so that a page can tell a quiet hall from a dead network (R74).
void http_stream_pulse(struct http_stream *stream);
enum http_next http_stream_start(struct http_stream *stream,
                                 const struct http_stream_source *source);

/// Something may be there to pull. Any thread, cheap, any number of times; takes void * to serve as
/// callback.
void http_stream_wake(void *stream);

/// Last-Event-ID of a reconnecting browser, else ?after= of the first connection, else NULL.
const char *http_stream_last_id(const struct http_exchange *x);

#endif
