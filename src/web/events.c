// SPDX-License-Identifier: AGPL-3.0-or-later
// Publishing and streaming. Nothing of an opinion that the public may not see reaches the public
// channel.
#include "web/events.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "http/stream.h"
#include "store/dialogue.h"
#include "store/opinion.h"
#include "web/public/hot.h"
#include "web/hall/card.h"
#include "web/hall/teller.h"
#include "web/public/live_card.h"

static enum http_pull pull_live(void *sub, struct http_piece *ret_piece)
{
    struct live_frame *frame;
    switch (live_next(sub, &frame)) {
    case LIVE_NOTHING:
        return HTTP_PULL_WAIT;
    case LIVE_SLOW:
        return HTTP_PULL_END;
    case LIVE_FRAME:
        break;
    }
    *ret_piece =
        (struct http_piece){live_frame_bytes(frame), live_frame_len(frame), live_frame_drop, frame};
    return HTTP_PULL_PIECE;
}

static void close_live(void *sub)
{
    live_unsubscribe(sub);
}

static struct live_channel channel_of(int64_t unit, int64_t dialogue, bool staff)
{
    return (struct live_channel){(uint64_t)unit, (uint64_t)dialogue,
                                 staff ? LIVE_STAFF : LIVE_PUBLIC};
}

enum http_next events_stream(struct http_exchange *x, struct live_hub *hub, int64_t unit,
                             int64_t dialogue, bool staff)
{
    struct http_stream *stream = http_stream_open(x);
    struct live_sub *sub = live_subscribe(hub, channel_of(unit, dialogue, staff),
                                          http_stream_last_id(x), http_stream_wake, stream);
    if (http_query(x, "pulse") != NULL) http_stream_pulse(stream);
    return http_stream_start(stream, &(struct http_stream_source){pull_live, close_live, sub});
}

static const char *event_of(const struct happening *h)
{
    switch (h->kind) {
    case HAPPENED_QUEUE:
        return "queue";
    case HAPPENED_CLOCK:
        return "clock";
    case HAPPENED_SCENE:
        return "scene";
    case HAPPENED_PRESENCE:
        return "presence";
    case HAPPENED_OBJECT:
        break;
    }
    return h->opinion != 0 ? "opinion" : "dialogue";
}

static json_t *subject_of(const struct happening *h)
{
    char number[OPINION_NUMBER_TEXT];
    if (h->kind != HAPPENED_OBJECT) return json_sprintf("hall-%lld", (long long)h->dialogue);
    if (h->opinion == 0) return json_sprintf("%lld", (long long)h->dialogue);
    return json_string(opinion_number_format(h->opinion, number));
}

static void publish(struct web *web, const struct happening *h, bool staff, const char *html)
{
    json_t *data = json_pack("{s:o}", "subject", subject_of(h));
    json_object_set_new(data, "what", json_string(h->what));
    if (html != NULL) json_object_set_new(data, "html", json_string(html));
    json_object_set_new(data, "version", json_integer(h->version));
    char *text = json_dumps(data, JSON_COMPACT);
    live_publish(web->hub, channel_of(h->unit, h->dialogue, staff), event_of(h), text,
                 strlen(text));
    if (staff) // the desks that span the ward's dialogues
        live_publish(web->hub, channel_of(h->unit, 0, true), event_of(h), text, strlen(text));
    free(text);
    json_decref(data);
}

void events_publish_now(struct app *app, const struct happening *h)
{
    struct web *web = app->publish_ctx;
    publish(web, h, true, NULL);
    if (h->forget) live_forget(web->hub, channel_of(h->unit, h->dialogue, false));
    if (!h->is_public) return;
    hot_changed(h->unit);
    BUF html = {0};
    if (h->kind == HAPPENED_OBJECT)
        live_card_write(app, h, &html);
    else
        hall_card_write(app, h, &html);
    publish(web, h, false, html.len > 0 ? buf_text(&html) : NULL);
}

/// What is talked about in the hall may be another now: the phones' card, which shows it, goes out
/// as after a change of scene. Not at what changes the lists alone, of which there are hundreds.
static void table_moves(struct app *app, const struct happening *h)
{
    static const char *const lists_only[] = {"submitted", "relayed",  "supported", "classified",
                                             "remarked",  "contact",  "notified",  "delivered",
                                             "drafted",   "extended", "due"};
    if (h->kind != HAPPENED_OBJECT || h->opinion == 0 || !h->is_public) return;
    for (size_t i = 0; i < ARRAY_LEN(lists_only); i++)
        if (strcmp(h->what, lists_only[i]) == 0) return;
    struct happening table = *h;
    table.kind = HAPPENED_SCENE;
    table.what = "hall"; // what waits to be told outlives the caller's words
    table.opinion = 0;
    table.forget = false;
    events_publish(app, &table);
}

void events_publish(struct app *app, const struct happening *h)
{
    struct web *web = app->publish_ctx;
    bool often = h->kind != HAPPENED_OBJECT;
    if (!often || web->teller == NULL || !hall_teller_tell(web->teller, h))
        events_publish_now(app, h);
    table_moves(app, h);
}
