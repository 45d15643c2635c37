// SPDX-License-Identifier: AGPL-3.0-or-later
// The hub: numbering, replay, reset, the slow, the forgotten, and many threads at once.
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "../test.h"
#include "base/arena.h"
#include "base/ensure.h"
#include "live/hub.h"

static const struct live_channel hall = {.unit = 1, .dialogue = 7, .audience = LIVE_PUBLIC};
static const struct live_channel desk = {.unit = 1, .dialogue = 7, .audience = LIVE_STAFF};

static void count_wake(void *arg)
{
    (*(int *)arg)++;
}

static struct live_sub *subscribe(struct live_hub *hub, const char *last_id, int *wakes)
{
    return live_subscribe(hub, hall, last_id, count_wake, wakes);
}

// The next frame's text in a static buffer; "nothing" or "slow" otherwise.
static const char *next(struct live_sub *sub)
{
    static char text[4096];
    struct live_frame *frame;
    switch (live_next(sub, &frame)) {
    case LIVE_NOTHING:
        return "nothing";
    case LIVE_SLOW:
        return "slow";
    case LIVE_FRAME:
        break;
    }
    snprintf(text, sizeof(text), "%.*s", (int)live_frame_len(frame), live_frame_bytes(frame));
    live_frame_drop(frame);
    return text;
}

static const char *frame_text(uint64_t id, const char *event, const char *data)
{
    static char text[4096];
    snprintf(text, sizeof(text), "id: %llu\nevent: %s\ndata: %s\n\n", (unsigned long long)id, event,
             data);
    return text;
}

static const char *id_text(uint64_t id)
{
    static char text[32];
    snprintf(text, sizeof(text), "%llu", (unsigned long long)id);
    return text;
}

static uint64_t publish(struct live_hub *hub, const char *data)
{
    return live_publish(hub, hall, "queue", data, strlen(data));
}

TEST(a_reader_gets_a_retry_and_then_what_happens_from_now_on)
{
    struct live_hub *hub = live_hub_new(NULL);
    int wakes = 0;
    publish(hub, "before");
    struct live_sub *sub = subscribe(hub, NULL, &wakes);
    check(strncmp(next(sub), "retry: ", 7) == 0);
    check_text(next(sub), "nothing");
    uint64_t id = publish(hub, "{\"a\":1}");
    check_int(wakes, 1);
    check_text(next(sub), frame_text(id, "queue", "{\"a\":1}"));
    check_text(next(sub), "nothing");
    live_unsubscribe(sub);
    publish(hub, "after");
    check_int(wakes, 1);
    live_hub_free(hub);
}

TEST(data_of_several_lines_stays_one_event)
{
    struct live_hub *hub = live_hub_new(NULL);
    int wakes = 0;
    struct live_sub *sub = subscribe(hub, "", &wakes);
    next(sub);
    uint64_t id = publish(hub, "<p>\n</p>");
    check_text(next(sub), frame_text(id, "queue", "<p>\ndata: </p>"));
    id = live_publish(hub, hall, "clock", "", 0);
    check_text(next(sub), frame_text(id, "clock", ""));
    live_unsubscribe(sub);
    live_hub_free(hub);
}

TEST(channels_do_not_hear_each_other)
{
    struct live_hub *hub = live_hub_new(NULL);
    int wakes = 0;
    struct live_sub *sub = subscribe(hub, NULL, &wakes);
    next(sub);
    live_publish(hub, desk, "queue", "x", 1);
    live_publish(hub, (struct live_channel){2, 7, LIVE_PUBLIC}, "queue", "x", 1);
    live_publish(hub, (struct live_channel){1, 8, LIVE_PUBLIC}, "queue", "x", 1);
    check_text(next(sub), "nothing");
    check_int(wakes, 0);
    live_unsubscribe(sub);
    live_hub_free(hub);
}

TEST(a_reader_resumes_after_its_last_id_without_gap_or_repeat)
{
    struct live_hub *hub = live_hub_new(NULL);
    int wakes = 0;
    uint64_t before = live_last_id(hub, hall), first = publish(hub, "1");
    publish(hub, "2");
    check_int(first, before + 1);
    check_int(live_last_id(hub, hall), first + 1);
    struct live_sub *sub = subscribe(hub, id_text(first), &wakes);
    next(sub);
    check_text(next(sub), frame_text(first + 1, "queue", "2"));
    check_text(next(sub), "nothing");
    live_unsubscribe(sub);
    sub =
        subscribe(hub, id_text(before), &wakes); // what a page embeds that was read before anything
    next(sub);
    check_text(next(sub), frame_text(first, "queue", "1"));
    live_unsubscribe(sub);
    live_hub_free(hub);
}

TEST(an_id_too_old_from_another_run_or_no_number_gives_one_reset)
{
    struct live_hub *hub = live_hub_new(&(struct live_limits){.events = 4});
    int wakes = 0;
    uint64_t first = publish(hub, "x");
    for (int i = 0; i < 9; i++)
        publish(hub, "x");
    uint64_t last = live_last_id(hub, hall);
    char future[32];
    snprintf(future, sizeof(future), "%llu", (unsigned long long)last + 1);
    const char *const ids[] = {id_text(first),        "1", "0", future, "abc", "-1",
                               "99999999999999999999"};
    for (size_t i = 0; i < ARRAY_LEN(ids); i++) {
        struct live_sub *sub = subscribe(hub, ids[i], &wakes);
        next(sub);
        check_text(next(sub), frame_text(last, "reset", "{}"));
        check_text(next(sub), "nothing");
        live_unsubscribe(sub);
    }
    live_hub_free(hub);
}

TEST(ids_of_a_later_run_are_above_those_of_an_earlier_one_and_safe_in_json)
{
    struct live_hub *hub = live_hub_new(NULL);
    uint64_t id = publish(hub, "x");
    live_hub_free(hub);
    check(id < UINT64_C(1) << 53);
    check(id > UINT64_C(1) << 40);
}

TEST(the_ring_is_bounded_in_events_and_bytes)
{
    struct live_hub *hub = live_hub_new(&(struct live_limits){.events = 8, .bytes = 1000});
    char big[400];
    memset(big, 'a', sizeof(big));
    for (int i = 0; i < 100; i++)
        publish(hub, "x");
    check(live_hub_figures(hub).bytes < 8 * 64);
    for (int i = 0; i < 100; i++)
        live_publish(hub, hall, "queue", big, sizeof(big));
    check(live_hub_figures(hub).bytes <= 1000);
    live_hub_free(hub);
}

TEST(a_reader_that_lags_too_far_is_slow_and_can_come_back)
{
    struct live_hub *hub = live_hub_new(&(struct live_limits){.events = 64, .backlog = 8});
    int wakes = 0;
    uint64_t before = live_last_id(hub, hall);
    struct live_sub *sub = subscribe(hub, NULL, &wakes);
    next(sub);
    for (int i = 0; i < 9; i++)
        publish(hub, "x");
    check_text(next(sub), "slow");
    live_unsubscribe(sub);
    // Back with a gap wider than the backlog: it is given the time to catch up.
    sub = subscribe(hub, id_text(before), &wakes);
    next(sub);
    for (uint64_t i = 1; i <= 9; i++)
        check_text(next(sub), frame_text(before + i, "queue", "x"));
    check_text(next(sub), "nothing");
    live_unsubscribe(sub);
    live_hub_free(hub);
}

TEST(a_phone_without_network_for_a_minute_of_a_full_hall_misses_nothing)
{
    enum { EVENTS_A_MINUTE = 1200, CARD_BYTES = 2500 };
    char card[CARD_BYTES + 1];
    memset(card, 'x', CARD_BYTES);
    card[CARD_BYTES] = 0;
    struct live_hub *hub = live_hub_new(NULL);
    int wakes = 0, heard = 0;
    uint64_t before = publish(hub, card);
    for (int i = 0; i < EVENTS_A_MINUTE; i++)
        publish(hub, card);
    struct live_sub *sub = subscribe(hub, id_text(before), &wakes);
    check(strncmp(next(sub), "retry", 5) == 0);
    for (const char *text; strncmp(text = next(sub), "id: ", 4) == 0;)
        heard += strstr(text, "event: queue") != NULL;
    check_int(heard, EVENTS_A_MINUTE);
    live_unsubscribe(sub);
    live_hub_free(hub);
}

TEST(a_forgotten_channel_resets_its_readers_and_never_reuses_an_id)
{
    struct live_hub *hub = live_hub_new(&(struct live_limits){.channels = 2});
    int wakes = 0;
    for (int i = 0; i < 5; i++)
        publish(hub, "x");
    uint64_t last = live_last_id(hub, hall);
    for (uint64_t i = 100; i < 104; i++)
        live_publish(hub, (struct live_channel){.unit = i}, "queue", "x", 1);
    check_int(live_hub_figures(hub).channels, 2);
    check(publish(hub, "x") > last);
    struct live_sub *sub = subscribe(hub, id_text(last - 1), &wakes);
    next(sub);
    check(strstr(next(sub), "event: reset") != NULL);
    for (uint64_t i = 100; i < 104; i++) // a channel with a reader is not forgotten
        live_publish(hub, (struct live_channel){.unit = i}, "queue", "x", 1);
    wakes = 0;
    publish(hub, "y");
    check_int(wakes, 1);
    live_unsubscribe(sub);
    live_hub_free(hub);
}

// ---- many threads

enum { PUBLISHERS = 4, READERS = 4, EVENTS_EACH = 500 };

static struct live_hub *crowd;

static void *publish_many(void *arg)
{
    (void)arg;
    for (int i = 0; i < EVENTS_EACH; i++)
        live_publish(crowd, hall, "queue", "abc", 3);
    return NULL;
}

static void wake_nobody(void *arg)
{
    atomic_fetch_add((atomic_int *)arg, 1);
}

// Reads on until it has seen everything, coming back by its last id whenever it was too slow.
static void *read_many(void *arg)
{
    uint64_t last = *(const uint64_t *)arg, end = last + (uint64_t)PUBLISHERS * EVENTS_EACH;
    atomic_int wakes = 0;
    char id[32];
    long faults = 0;
    while (last < end) {
        snprintf(id, sizeof(id), "%llu", (unsigned long long)last);
        struct live_sub *sub = live_subscribe(crowd, hall, id, wake_nobody, &wakes);
        struct live_frame *frame;
        enum live_pull pull;
        while (last < end && (pull = live_next(sub, &frame)) != LIVE_SLOW) {
            if (pull == LIVE_NOTHING) continue;
            if (strncmp(live_frame_bytes(frame), "id: ", 4) == 0) {
                uint64_t got = strtoull(live_frame_bytes(frame) + 4, NULL, 10);
                faults += got != last + 1;
                last = got;
            }
            live_frame_drop(frame);
        }
        live_unsubscribe(sub);
    }
    return (void *)faults;
}

TEST(many_publishers_and_readers_see_one_order_without_gaps)
{
    pthread_t publishers[PUBLISHERS], readers[READERS];
    crowd = live_hub_new(&(struct live_limits){.events = PUBLISHERS * EVENTS_EACH, .backlog = 50});
    uint64_t start = live_last_id(crowd, hall);
    for (int i = 0; i < READERS; i++)
        ensure(pthread_create(&readers[i], NULL, read_many, &start) == 0);
    for (int i = 0; i < PUBLISHERS; i++)
        ensure(pthread_create(&publishers[i], NULL, publish_many, NULL) == 0);
    for (int i = 0; i < PUBLISHERS; i++)
        pthread_join(publishers[i], NULL);
    for (int i = 0; i < READERS; i++) {
        void *faults;
        pthread_join(readers[i], &faults);
        check(faults == NULL);
    }
    check_int(live_hub_figures(crowd).published, PUBLISHERS * EVENTS_EACH);
    check_int(live_hub_figures(crowd).subscribers, 0);
    live_hub_free(crowd);
}

TEST(what_is_forgotten_is_given_to_nobody_any_more)
{
    struct live_hub *hub = live_hub_new(NULL);
    int wakes = 0;
    uint64_t first = publish(hub, "before");
    struct live_sub *lags = subscribe(hub, id_text(first), &wakes),
                    *reads = subscribe(hub, id_text(first), &wakes);
    uint64_t secret = publish(hub, "secret");
    check(strstr(next(reads), "retry") != NULL && strstr(next(lags), "retry") != NULL);
    check(strstr(next(reads), "secret") != NULL);
    live_forget(hub, hall);
    check_text(next(lags), "slow"); // ends, and comes back with its id
    check_text(next(reads), "nothing");
    uint64_t gone = publish(hub, "gone");
    check_text(next(reads), frame_text(gone, "queue", "gone"));
    struct live_sub *late = subscribe(hub, id_text(first), &wakes);
    check(strstr(next(late), "retry") != NULL);
    check_text(next(late), frame_text(gone, "reset", "{}"));
    check_text(next(late), "nothing");
    struct live_sub *in_time = subscribe(hub, id_text(secret), &wakes);
    check(strstr(next(in_time), "retry") != NULL);
    check_text(next(in_time), frame_text(gone, "queue", "gone"));
    live_unsubscribe(lags);
    live_unsubscribe(reads);
    live_unsubscribe(late);
    live_unsubscribe(in_time);
    live_hub_free(hub);
}

static const struct test_case cases[] = {
    TEST_CASE(what_is_forgotten_is_given_to_nobody_any_more),
    TEST_CASE(a_reader_gets_a_retry_and_then_what_happens_from_now_on),
    TEST_CASE(data_of_several_lines_stays_one_event),
    TEST_CASE(channels_do_not_hear_each_other),
    TEST_CASE(a_reader_resumes_after_its_last_id_without_gap_or_repeat),
    TEST_CASE(an_id_too_old_from_another_run_or_no_number_gives_one_reset),
    TEST_CASE(ids_of_a_later_run_are_above_those_of_an_earlier_one_and_safe_in_json),
    TEST_CASE(the_ring_is_bounded_in_events_and_bytes),
    TEST_CASE(a_reader_that_lags_too_far_is_slow_and_can_come_back),
    TEST_CASE(a_phone_without_network_for_a_minute_of_a_full_hall_misses_nothing),
    TEST_CASE(a_forgotten_channel_resets_its_readers_and_never_reuses_an_id),
    TEST_CASE(many_publishers_and_readers_see_one_order_without_gaps),
};

int main(void)
{
    return RUN_CASES(cases);
}
