// SPDX-License-Identifier: AGPL-3.0-or-later
// Channels in a hash table, each with a ring of frames and its readers; the hub's lock finds a
// channel, the channel's lock does the rest. Readers hold places in the ring, not copies.
#include "live/hub.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "base/buf.h"
#include "base/ensure.h"

enum { BUCKETS = 1024, RETRIES = 16, RETRY_LEAST_MS = 1000, RETRY_STEP_MS = 200 };

struct live_frame {
    atomic_uint references;
    size_t len;
    char bytes[];
};

struct channel {
    struct channel *next; // in its bucket
    struct live_channel key;
    pthread_mutex_t lock;
    unsigned users; // subscribers, and calls under way; guarded by the hub's lock
    uint64_t used_at;
    uint64_t last_id; // of the newest frame
    struct live_frame **ring;
    size_t ring_size, count, first, bytes;
    struct live_sub *subs;
};

struct live_sub {
    struct live_hub *hub;
    struct channel *channel;
    struct live_sub *prev, *next;
    void (*wake)(void *arg);
    void *arg;
    uint64_t seen;            // id of the last frame handed out
    uint64_t patient_until;   // the id it had to catch up with from the start, lagging or not
    struct live_frame *greet; // retry
    struct live_frame *reset;
};

struct live_hub {
    pthread_mutex_t lock;
    struct live_limits limits;
    struct channel *buckets[BUCKETS];
    size_t channels;
    uint64_t clock;    // counts uses, for forgetting the longest unused
    uint64_t first_id; // no channel that begins now may give this id or one below it
    struct live_frame *retries[RETRIES];
    atomic_size_t subscribers, bytes;
    atomic_uint_fast64_t published;
};

// ---- frames

static struct live_frame *frame_take(struct buf *text)
{
    struct live_frame *frame = malloc(sizeof(*frame) + text->len);
    ensure(frame != NULL);
    atomic_init(&frame->references, 1);
    frame->len = text->len;
    memcpy(frame->bytes, text->data, text->len);
    buf_done(text);
    return frame;
}

static struct live_frame *frame_ref(struct live_frame *frame)
{
    atomic_fetch_add_explicit(&frame->references, 1, memory_order_relaxed);
    return frame;
}

void live_frame_drop(void *frame_)
{
    struct live_frame *frame = frame_;
    if (frame == NULL) return;
    if (atomic_fetch_sub_explicit(&frame->references, 1, memory_order_acq_rel) == 1) free(frame);
}

const char *live_frame_bytes(const struct live_frame *frame)
{
    return frame->bytes;
}

size_t live_frame_len(const struct live_frame *frame)
{
    return frame->len;
}

static struct live_frame *event_frame(uint64_t id, const char *event, const char *data, size_t len)
{
    struct buf text = {0};
    ensure(event[0] != '\0' && strspn(event, "abcdefghijklmnopqrstuvwxyz_") == strlen(event));
    ensure(len == 0 || (memchr(data, '\r', len) == NULL && memchr(data, '\0', len) == NULL));
    buf_printf(&text, "id: %llu\nevent: %s\n", (unsigned long long)id, event);
    for (size_t at = 0; at <= len;) {
        const char *end = at < len ? memchr(data + at, '\n', len - at) : NULL;
        size_t line = end == NULL ? len - at : (size_t)(end - (data + at));
        buf_puts(&text, "data: ");
        if (line > 0) buf_put(&text, data + at, line);
        buf_putc(&text, '\n');
        at += line + 1;
    }
    buf_putc(&text, '\n');
    return frame_take(&text);
}

// ---- the hub

// Seconds since 2024 in the upper bits, chance below: above every id of earlier runs, far from what
// another node numbers at the same time, and below 2^53 for readers who only have doubles.
static uint64_t first_id_of_this_run(void)
{
    uint32_t chance = 0;
    ensure(getrandom(&chance, sizeof(chance), 0) == sizeof(chance));
    const time_t start_2024 = 1704067200;
    time_t now = time(NULL);
    uint64_t seconds = now > start_2024 ? (uint64_t)(now - start_2024) : 0;
    return seconds << 23 | (chance & ((1u << 23) - 1));
}

static size_t or_default(size_t value, size_t otherwise)
{
    return value == 0 ? otherwise : value;
}

struct live_hub *live_hub_new(const struct live_limits *limits)
{
    struct live_hub *hub = calloc(1, sizeof(*hub));
    ensure(hub != NULL);
    if (limits != NULL) hub->limits = *limits;
    hub->limits.events = or_default(hub->limits.events, 2048);
    hub->limits.bytes = or_default(hub->limits.bytes, 4096 * 1024);
    hub->limits.backlog = or_default(hub->limits.backlog, 256);
    hub->limits.channels = or_default(hub->limits.channels, 4096);
    hub->first_id = first_id_of_this_run();
    pthread_mutex_init(&hub->lock, NULL);
    for (unsigned i = 0; i < RETRIES; i++) {
        struct buf text = {0};
        buf_printf(&text, "retry: %u\n\n", RETRY_LEAST_MS + i * RETRY_STEP_MS);
        hub->retries[i] = frame_take(&text);
    }
    return hub;
}

static void channel_drop_oldest(struct live_hub *hub, struct channel *channel)
{
    struct live_frame *frame = channel->ring[channel->first];
    channel->bytes -= frame->len;
    atomic_fetch_sub(&hub->bytes, frame->len);
    live_frame_drop(frame);
    channel->first = (channel->first + 1) % channel->ring_size;
    channel->count--;
}

static void channel_free(struct live_hub *hub, struct channel *channel)
{
    ensure(channel->subs == NULL);
    while (channel->count > 0)
        channel_drop_oldest(hub, channel);
    free(channel->ring);
    pthread_mutex_destroy(&channel->lock);
    free(channel);
}

void live_hub_free(struct live_hub *hub)
{
    if (hub == NULL) return;
    for (unsigned i = 0; i < BUCKETS; i++) {
        for (struct channel *channel = hub->buckets[i], *next; channel != NULL; channel = next) {
            next = channel->next;
            channel_free(hub, channel);
        }
    }
    for (unsigned i = 0; i < RETRIES; i++)
        live_frame_drop(hub->retries[i]);
    pthread_mutex_destroy(&hub->lock);
    free(hub);
}

// ---- channels

static struct channel **bucket_of(struct live_hub *hub, const struct live_channel *key)
{
    uint64_t hash = key->unit * UINT64_C(0x9E3779B97F4A7C15);
    hash = (hash ^ key->dialogue) * UINT64_C(0x9E3779B97F4A7C15) + (uint64_t)key->audience;
    return &hub->buckets[(hash ^ hash >> 32) % BUCKETS];
}

static bool key_same(const struct live_channel *a, const struct live_channel *b)
{
    return a->unit == b->unit && a->dialogue == b->dialogue && a->audience == b->audience;
}

// The longest unused channel without users goes. What it had numbered stays below anything a
// channel made later gives, so a reader who comes back to it is told to read everything anew.
static void forget_one(struct live_hub *hub)
{
    struct channel **oldest = NULL;
    for (unsigned i = 0; i < BUCKETS; i++)
        for (struct channel **at = &hub->buckets[i]; *at != NULL; at = &(*at)->next)
            if ((*at)->users == 0 && (oldest == NULL || (*at)->used_at < (*oldest)->used_at))
                oldest = at;
    if (oldest == NULL) return;
    struct channel *channel = *oldest;
    *oldest = channel->next;
    if (channel->last_id > hub->first_id) hub->first_id = channel->last_id;
    channel_free(hub, channel);
    hub->channels--;
}

static struct channel *channel_enter(struct live_hub *hub, const struct live_channel *key)
{
    pthread_mutex_lock(&hub->lock);
    struct channel **bucket = bucket_of(hub, key), *channel = *bucket;
    while (channel != NULL && !key_same(&channel->key, key))
        channel = channel->next;
    if (channel == NULL) {
        if (hub->channels >= hub->limits.channels) forget_one(hub);
        channel = calloc(1, sizeof(*channel));
        ensure(channel != NULL);
        channel->key = *key;
        channel->last_id = hub->first_id;
        pthread_mutex_init(&channel->lock, NULL);
        channel->next = *bucket;
        *bucket = channel;
        hub->channels++;
    }
    channel->users++;
    channel->used_at = ++hub->clock;
    pthread_mutex_unlock(&hub->lock);
    return channel;
}

static void channel_leave(struct live_hub *hub, struct channel *channel)
{
    pthread_mutex_lock(&hub->lock);
    channel->users--;
    pthread_mutex_unlock(&hub->lock);
}

static void ring_grow(struct live_hub *hub, struct channel *channel)
{
    if (channel->count < channel->ring_size || channel->ring_size == hub->limits.events) return;
    size_t size = channel->ring_size == 0 ? 16 : 2 * channel->ring_size;
    if (size > hub->limits.events) size = hub->limits.events;
    struct live_frame **ring = calloc(size, sizeof(struct live_frame *));
    ensure(ring != NULL);
    for (size_t i = 0; channel->ring_size > 0 && i < channel->count; i++)
        ring[i] = channel->ring[(channel->first + i) % channel->ring_size];
    free(channel->ring);
    channel->ring = ring;
    channel->ring_size = size;
    channel->first = 0;
}

static void ring_append(struct live_hub *hub, struct channel *channel, struct live_frame *frame)
{
    ring_grow(hub, channel);
    ensure(channel->ring_size > 0);
    if (channel->count == channel->ring_size) channel_drop_oldest(hub, channel);
    while (channel->count > 0 && channel->bytes + frame->len > hub->limits.bytes)
        channel_drop_oldest(hub, channel);
    channel->ring[(channel->first + channel->count) % channel->ring_size] = frame;
    channel->count++;
    channel->bytes += frame->len;
    atomic_fetch_add(&hub->bytes, frame->len);
}

uint64_t live_publish(struct live_hub *hub, struct live_channel channel, const char *event,
                      const char *data, size_t len)
{
    struct channel *at = channel_enter(hub, &channel);
    pthread_mutex_lock(&at->lock);
    uint64_t id = ++at->last_id;
    ring_append(hub, at, event_frame(id, event, data, len));
    for (struct live_sub *sub = at->subs; sub != NULL; sub = sub->next)
        sub->wake(sub->arg);
    pthread_mutex_unlock(&at->lock);
    channel_leave(hub, at);
    atomic_fetch_add(&hub->published, 1);
    return id;
}

void live_forget(struct live_hub *hub, struct live_channel channel)
{
    struct channel *at = channel_enter(hub, &channel);
    pthread_mutex_lock(&at->lock);
    while (at->count > 0)
        channel_drop_oldest(hub, at);
    for (struct live_sub *sub = at->subs; sub != NULL; sub = sub->next)
        sub->wake(sub->arg); // who lags learns that it does
    pthread_mutex_unlock(&at->lock);
    channel_leave(hub, at);
}

uint64_t live_last_id(struct live_hub *hub, struct live_channel channel)
{
    struct channel *at = channel_enter(hub, &channel);
    pthread_mutex_lock(&at->lock);
    uint64_t id = at->last_id;
    pthread_mutex_unlock(&at->lock);
    channel_leave(hub, at);
    return id;
}

// ---- readers

static bool id_parse(const char *text, uint64_t *ret_id)
{
    uint64_t id = 0;
    size_t len = strlen(text);
    if (len == 0 || len > 18) return false;
    for (size_t i = 0; i < len; i++) {
        if (text[i] < '0' || text[i] > '9') return false;
        id = id * 10 + (uint64_t)(text[i] - '0');
    }
    *ret_id = id;
    return true;
}

// Whether everything after `id` is still in the ring.
static bool can_resume(const struct channel *channel, uint64_t id)
{
    return id <= channel->last_id && id >= channel->last_id - channel->count;
}

struct live_sub *live_subscribe(struct live_hub *hub, struct live_channel channel,
                                const char *last_id, void (*wake)(void *arg), void *arg)
{
    struct live_sub *sub = calloc(1, sizeof(*sub));
    ensure(sub != NULL && wake != NULL);
    struct channel *at = channel_enter(hub, &channel);
    uint8_t chance = 0;
    ensure(getrandom(&chance, 1, 0) == 1);
    *sub = (struct live_sub){.hub = hub, .channel = at, .wake = wake, .arg = arg};
    sub->greet = frame_ref(hub->retries[chance % RETRIES]);
    pthread_mutex_lock(&at->lock);
    sub->seen = at->last_id;
    sub->patient_until = at->last_id;
    if (last_id != NULL && last_id[0] != '\0') {
        uint64_t id;
        if (id_parse(last_id, &id) && can_resume(at, id)) {
            sub->seen = id;
        } else {
            sub->reset = event_frame(at->last_id, "reset", "{}", 2);
        }
    }
    sub->next = at->subs;
    if (sub->next != NULL) sub->next->prev = sub;
    at->subs = sub;
    pthread_mutex_unlock(&at->lock);
    atomic_fetch_add(&hub->subscribers, 1);
    return sub;
}

void live_unsubscribe(struct live_sub *sub)
{
    if (sub == NULL) return;
    struct live_hub *hub = sub->hub;
    struct channel *channel = sub->channel;
    pthread_mutex_lock(&channel->lock);
    if (sub->prev != NULL) sub->prev->next = sub->next;
    if (sub->next != NULL) sub->next->prev = sub->prev;
    if (channel->subs == sub) channel->subs = sub->next;
    pthread_mutex_unlock(&channel->lock);
    channel_leave(hub, channel);
    live_frame_drop(sub->greet);
    live_frame_drop(sub->reset);
    atomic_fetch_sub(&hub->subscribers, 1);
    free(sub);
}

static bool take(struct live_frame **from, struct live_frame **ret_frame)
{
    if (*from == NULL) return false;
    *ret_frame = *from;
    *from = NULL;
    return true;
}

enum live_pull live_next(struct live_sub *sub, struct live_frame **ret_frame)
{
    struct channel *channel = sub->channel;
    if (take(&sub->greet, ret_frame) || take(&sub->reset, ret_frame)) return LIVE_FRAME;
    enum live_pull pull = LIVE_NOTHING;
    pthread_mutex_lock(&channel->lock);
    uint64_t lag = channel->last_id - sub->seen;
    bool catching_up = sub->seen < sub->patient_until;
    if (lag > channel->count || (lag > sub->hub->limits.backlog && !catching_up)) {
        pull = LIVE_SLOW;
    } else if (lag > 0) {
        size_t place = (channel->first + channel->count - lag) % channel->ring_size;
        *ret_frame = frame_ref(channel->ring[place]);
        sub->seen++;
        pull = LIVE_FRAME;
    }
    pthread_mutex_unlock(&channel->lock);
    return pull;
}

struct live_figures live_hub_figures(struct live_hub *hub)
{
    pthread_mutex_lock(&hub->lock);
    size_t channels = hub->channels;
    pthread_mutex_unlock(&hub->lock);
    return (struct live_figures){
        .channels = channels,
        .subscribers = atomic_load(&hub->subscribers),
        .bytes = atomic_load(&hub->bytes),
        .published = atomic_load(&hub->published),
    };
}
