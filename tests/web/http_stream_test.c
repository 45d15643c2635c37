// SPDX-License-Identifier: AGPL-3.0-or-later
// Event streams end to end: hub, stream loop, socket.
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../test.h"
#include "base/ensure.h"
#include "http/server.h"
#include "http/stream.h"
#include "http_client.h"
#include "live/hub.h"

static const struct live_channel hall = {.unit = 1, .dialogue = 1};
static struct live_hub *hub;
static struct http_server *server;
static unsigned port;
static struct reply reply;

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

static enum http_next get_events(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    struct http_stream *stream = http_stream_open(x);
    if (http_query(x, "pulse") != NULL) http_stream_pulse(stream);
    struct live_sub *sub =
        live_subscribe(hub, hall, http_stream_last_id(x), http_stream_wake, stream);
    return http_stream_start(stream, &(struct http_stream_source){pull_live, close_live, sub});
}

static enum http_next get_root(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    buf_puts(http_out(x), "root");
    return HTTP_DONE;
}

static const struct http_route routes[] = {
    {HTTP_GET, "/", get_root, .name = "root"},
    {HTTP_GET, "/events", get_events, .name = "events"},
};
static const struct http_header headers[] = {{"X-Content-Type-Options", "nosniff"}, {0}};

static struct http_server *start(struct http_deadlines deadlines)
{
    struct http_server *started = NULL;
    struct http_config config = {
        .listen = "127.0.0.1:0",
        .routes = routes,
        .route_count = ARRAY_LEN(routes),
        .headers = headers,
        .deadlines = deadlines,
    };
    ensure(http_server_start(&config, &started) == STATUS_OK);
    return started;
}

struct phone {
    int fd;
    char seen[8192];
};

static bool phone_hears(struct phone *phone, const char *text)
{
    return client_await(phone->fd, text, phone->seen, sizeof(phone->seen));
}

// Connected when the greeting has come, so that it is subscribed for sure.
static void phone_join(struct phone *phone, unsigned at, const char *more)
{
    char request[256];
    snprintf(request, sizeof(request), "GET /events HTTP/1.1\r\nHost: a.test\r\n%s\r\n", more);
    phone->fd = client_connect(at);
    phone->seen[0] = '\0';
    client_say(phone->fd, request);
    check(phone_hears(phone, "retry: "));
    check(phone_hears(phone, "\n\n"));
}

static void await_streams(struct http_server *at, unsigned count)
{
    while (http_server_figures(at).streams != count)
        sched_yield();
}

static uint64_t publish(const char *data)
{
    return live_publish(hub, hall, "queue", data, strlen(data));
}

TEST(a_stream_has_the_head_of_an_event_stream)
{
    int fd = client_connect(port);
    char seen[2048] = "";
    client_say(fd, "GET /events HTTP/1.1\r\nHost: a.test\r\n\r\n");
    check(client_await(fd, "HTTP/1.1 200 OK\r\n", seen, sizeof(seen)));
    check(client_await(fd, "Content-Type: text/event-stream\r\n", seen, sizeof(seen)));
    check(client_await(fd, "X-Content-Type-Options: nosniff\r\n", seen, sizeof(seen)));
    check(client_await(fd, "\r\nretry: ", seen, sizeof(seen)));
    close(fd);
    client_ask(port, "HEAD /events HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n", &reply);
    check_int(reply.status, 200);
    await_streams(server, 0);
}

TEST(every_phone_hears_every_event_once_and_in_order)
{
    static struct phone phones[200];
    for (size_t i = 0; i < ARRAY_LEN(phones); i++)
        phone_join(&phones[i], port, "");
    char data[32];
    for (int event = 0; event < 20; event++) {
        snprintf(data, sizeof(data), "event %d", event);
        publish(data);
    }
    for (size_t i = 0; i < ARRAY_LEN(phones); i++) {
        for (int event = 0; event < 20; event++) {
            snprintf(data, sizeof(data), "data: event %d\n\n", event);
            check(phone_hears(&phones[i], data));
        }
        check_text(phones[i].seen, "");
        close(phones[i].fd);
    }
    await_streams(server, 0);
    check_int(live_hub_figures(hub).subscribers, 0);
}

TEST(a_phone_resumes_by_its_last_id_and_a_first_one_by_the_page)
{
    struct phone phone;
    char more[64];
    uint64_t first = publish("one");
    publish("two");
    snprintf(more, sizeof(more), "Last-Event-ID: %llu\r\n", (unsigned long long)first);
    phone_join(&phone, port, more);
    check(phone_hears(&phone, "data: two\n\n"));
    close(phone.fd);
    phone_join(&phone, port, "Last-Event-ID: 5\r\n");
    check(phone_hears(&phone, "event: reset\n"));
    close(phone.fd);
    int fd = client_connect(port);
    char seen[2048] = "", request[128];
    snprintf(request, sizeof(request), "GET /events?after=%llu HTTP/1.1\r\nHost: a.test\r\n\r\n",
             (unsigned long long)first);
    client_say(fd, request);
    check(client_await(fd, "data: two\n\n", seen, sizeof(seen)));
    close(fd);
    await_streams(server, 0);
}

TEST(a_phone_that_leaves_is_noticed_without_an_event)
{
    struct phone phone;
    phone_join(&phone, port, "");
    check_int(http_server_figures(server).streams, 1);
    close(phone.fd);
    await_streams(server, 0);
    phone_join(&phone, port, "");
    client_say(phone.fd, "words nobody asked for");
    check(client_closed(phone.fd));
    close(phone.fd);
    await_streams(server, 0);
}

TEST(a_silent_stream_has_a_heartbeat)
{
    struct http_server *quick = start((struct http_deadlines){.heartbeat = 20});
    struct phone phone;
    phone_join(&phone, http_server_port(quick), "");
    for (int i = 0; i < 3; i++)
        check(phone_hears(&phone, ":\n\n"));
    publish("x");
    check(phone_hears(&phone, "data: x\n\n"));
    close(phone.fd);
    http_server_stop(quick);
}

TEST(a_stream_that_asked_for_it_has_a_pulse_which_a_page_sees)
{
    struct http_server *quick = start((struct http_deadlines){.heartbeat = 10000, .pulse = 20});
    unsigned at = http_server_port(quick);
    struct phone calm;
    phone_join(&calm, at, "");
    int fd = client_connect(at);
    char seen[2048] = "";
    client_say(fd, "GET /events?pulse=1 HTTP/1.1\r\nHost: a.test\r\n\r\n");
    for (int i = 0; i < 3; i++)
        check(client_await(fd, "event: pulse\ndata: 1\n\n", seen, sizeof(seen)));
    publish("x");
    check(client_await(fd, "data: x\n\n", seen, sizeof(seen)));
    check(client_await(fd, "event: pulse\ndata: 1\n\n", seen, sizeof(seen)));
    check(phone_hears(&calm, "data: x\n\n"));
    check_text(calm.seen, ""); // who did not ask has heard none
    close(fd);
    close(calm.fd);
    http_server_stop(quick);
}

// 64 KiB of buffer on our side and little on theirs: the second million bytes finds them blocked.
TEST(who_never_reads_is_dropped_and_costs_the_others_nothing)
{
    struct http_server *quick = start((struct http_deadlines){.stream_stall = 300});
    unsigned at = http_server_port(quick);
    static struct phone stuck[5], lively;
    for (size_t i = 0; i < ARRAY_LEN(stuck); i++)
        phone_join(&stuck[i], at, "");
    phone_join(&lively, at, "");
    static char big[4001];
    memset(big, 'a', sizeof(big) - 1);
    for (int i = 0; i < 3000; i++) {
        publish(big);
        check_fatal(phone_hears(&lively, "aaa\n\n"));
    }
    await_streams(quick, 1);
    publish("still here");
    check(phone_hears(&lively, "data: still here\n\n"));
    for (size_t i = 0; i < ARRAY_LEN(stuck); i++)
        close(stuck[i].fd);
    close(lively.fd);
    http_server_stop(quick);
}

TEST(stopping_ends_streams)
{
    struct http_server *other = start((struct http_deadlines){0});
    static struct phone phones[50];
    for (size_t i = 0; i < ARRAY_LEN(phones); i++)
        phone_join(&phones[i], http_server_port(other), "");
    http_server_stop(other);
    for (size_t i = 0; i < ARRAY_LEN(phones); i++) {
        check(client_closed(phones[i].fd));
        close(phones[i].fd);
    }
    check_int(live_hub_figures(hub).subscribers, 0);
}

// ---- coming and going while others publish

static atomic_bool publishing;

static void *publish_on(void *arg)
{
    (void)arg;
    while (publishing)
        publish("storm");
    return NULL;
}

static void *come_and_go(void *arg)
{
    unsigned at = *(unsigned *)arg;
    static const char request[] = "GET /events HTTP/1.1\r\nHost: a.test\r\n\r\n";
    char seen[16384];
    for (int i = 0; i < 200; i++) {
        int fd = client_connect(at);
        client_say(fd, request);
        seen[0] = '\0';
        if (i % 3 != 0) client_await(fd, "storm", seen, sizeof(seen));
        close(fd);
    }
    return NULL;
}

TEST(phones_may_come_and_go_in_a_storm_of_events)
{
    pthread_t publishers[2], phones[4];
    publishing = true;
    for (size_t i = 0; i < ARRAY_LEN(publishers); i++)
        ensure(pthread_create(&publishers[i], NULL, publish_on, NULL) == 0);
    for (size_t i = 0; i < ARRAY_LEN(phones); i++)
        ensure(pthread_create(&phones[i], NULL, come_and_go, &port) == 0);
    for (size_t i = 0; i < ARRAY_LEN(phones); i++)
        pthread_join(phones[i], NULL);
    publishing = false;
    for (size_t i = 0; i < ARRAY_LEN(publishers); i++)
        pthread_join(publishers[i], NULL);
    await_streams(server, 0);
    check_int(live_hub_figures(hub).subscribers, 0);
    client_ask(port, "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n", &reply);
    check_text(reply.body, "root");
}

static const struct test_case cases[] = {
    TEST_CASE(a_stream_has_the_head_of_an_event_stream),
    TEST_CASE(every_phone_hears_every_event_once_and_in_order),
    TEST_CASE(a_phone_resumes_by_its_last_id_and_a_first_one_by_the_page),
    TEST_CASE(a_phone_that_leaves_is_noticed_without_an_event),
    TEST_CASE(a_silent_stream_has_a_heartbeat),
    TEST_CASE(a_stream_that_asked_for_it_has_a_pulse_which_a_page_sees),
    TEST_CASE(who_never_reads_is_dropped_and_costs_the_others_nothing),
    TEST_CASE(stopping_ends_streams),
    TEST_CASE(phones_may_come_and_go_in_a_storm_of_events),
};

int main(void)
{
    hub = live_hub_new(&(struct live_limits){.events = 512, .bytes = 4 * 1024 * 1024});
    server = start((struct http_deadlines){0});
    port = http_server_port(server);
    int failed = RUN_CASES(cases);
    http_server_stop(server);
    live_hub_free(hub);
    return failed;
}
