// SPDX-License-Identifier: AGPL-3.0-or-later
// Who is slow or silent is ended, and who works is not. Deadlines are given as milliseconds by the
// test; what is asserted is that the end comes, never how soon.
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../test.h"
#include "base/ensure.h"
#include "http/server.h"
#include "http_client.h"

static struct http_server *server;
static unsigned port;
static struct reply reply;

static enum http_next get_root(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    buf_puts(http_out(x), "root");
    return HTTP_DONE;
}

// More than the kernel's buffers of both sides take.
static enum http_next get_huge(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    buf_reserve(http_out(x), 32 * 1024 * 1024);
    for (int i = 0; i < 32 * 1024; i++)
        buf_printf(http_out(x), "%01024d", i);
    return HTTP_DONE;
}

static enum http_next long_work(struct http_exchange *x, void *arg)
{
    (void)arg;
    unsigned long before = http_server_figures(server).reaped;
    while (http_server_figures(server).reaped ==
           before) // until somebody silent has been ended meanwhile
        poll(NULL, 0, 5);
    buf_puts(http_out(x), "worked");
    return HTTP_DONE;
}

static enum http_next get_work(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    return http_offload(x, long_work, NULL);
}

static const struct http_route routes[] = {
    {HTTP_GET, "/", get_root, .name = "root"},
    {HTTP_POST, "/form", get_root, .name = "form"},
    {HTTP_GET, "/huge", get_huge, .name = "huge"},
    {HTTP_GET, "/work", get_work, .name = "work"},
};

// A byte whenever the server has had time to look; true when the connection was ended before `most`
// bytes.
static bool ended_while_trickling(int fd, const char *byte, int most)
{
    for (int i = 0; i < most; i++) {
        struct pollfd wait = {.fd = fd, .events = POLLIN | POLLRDHUP};
        client_send(fd, byte, 1);
        if (poll(&wait, 1, 20) == 1) return client_closed(fd);
    }
    return false;
}

TEST(a_connection_that_says_nothing_is_ended)
{
    int fd = client_connect(port);
    check(client_closed(fd));
    close(fd);
}

TEST(a_byte_now_and_then_does_not_prolong_a_request)
{
    int fd = client_connect(port);
    client_say(fd, "GET / HTTP/1.1\r\nX-Slow: ");
    check(ended_while_trickling(fd, "a", 2000));
    close(fd);
}

TEST(a_byte_now_and_then_does_not_prolong_a_second_request_either)
{
    int fd = client_connect(port);
    client_say(fd, "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
    check(client_read(fd, false, &reply));
    check_int(reply.status, 200);
    check(ended_while_trickling(fd, "G", 2000));
    close(fd);
}

TEST(a_kept_connection_that_stays_silent_is_ended)
{
    int fd = client_connect(port);
    client_say(fd, "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
    check(client_read(fd, false, &reply));
    check(client_closed(fd));
    close(fd);
}

TEST(a_body_that_trickles_is_ended)
{
    int fd = client_connect(port);
    client_say(fd, "POST /form HTTP/1.1\r\nHost: a.test\r\nContent-Length: 200000\r\n\r\n");
    check(ended_while_trickling(fd, "a", 2000));
    close(fd);
}

TEST(a_body_that_never_comes_is_ended)
{
    int fd = client_connect(port);
    client_say(fd, "POST /form HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5\r\n\r\n");
    check(client_closed(fd));
    close(fd);
}

// The library learns of it when the kernel gives up; then the connection is gone from the count.
TEST(who_does_not_take_an_answer_is_ended)
{
    int fd = client_connect(port);
    client_say(fd, "GET /huge HTTP/1.1\r\nHost: a.test\r\n\r\n");
    struct pollfd wait = {.fd = fd, .events = POLLIN};
    check_int(poll(&wait, 1, 20000), 1); // the answer has begun
    while (http_server_figures(server).connections > 0)
        poll(NULL, 0, 5);
    close(fd);
}

TEST(a_request_at_work_is_exempt)
{
    int busy = client_connect(port), silent = client_connect(port);
    client_say(busy, "GET /work HTTP/1.1\r\nHost: a.test\r\n\r\n");
    check(client_read(busy, false, &reply));
    check_text(reply.body, "worked");
    close(busy);
    close(silent);
}

TEST(connections_beyond_the_cap_wait_and_are_served_when_others_end)
{
    struct http_server *small = NULL;
    struct http_config config = {.listen = "127.0.0.1:0",
                                 .routes = routes,
                                 .route_count = ARRAY_LEN(routes),
                                 .io_threads = 1,
                                 .max_connections = 4,
                                 .deadlines = {.first_byte = 100, .tick = 20}};
    check_fatal(http_server_start(&config, &small) == STATUS_OK);
    int silent[8];
    for (size_t i = 0; i < ARRAY_LEN(silent); i++)
        silent[i] = client_connect(http_server_port(small));
    int fd = client_connect(http_server_port(small));
    client_say(fd, "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
    check(client_read(fd, false, &reply));
    check_text(reply.body, "root");
    check(http_server_figures(small).connections <= 4);
    close(fd);
    for (size_t i = 0; i < ARRAY_LEN(silent); i++)
        close(silent[i]);
    http_server_stop(small);
}

static const struct test_case cases[] = {
    TEST_CASE(a_connection_that_says_nothing_is_ended),
    TEST_CASE(a_byte_now_and_then_does_not_prolong_a_request),
    TEST_CASE(a_byte_now_and_then_does_not_prolong_a_second_request_either),
    TEST_CASE(a_kept_connection_that_stays_silent_is_ended),
    TEST_CASE(a_body_that_trickles_is_ended),
    TEST_CASE(a_body_that_never_comes_is_ended),
    TEST_CASE(who_does_not_take_an_answer_is_ended),
    TEST_CASE(a_request_at_work_is_exempt),
    TEST_CASE(connections_beyond_the_cap_wait_and_are_served_when_others_end),
};

int main(void)
{
    struct http_config config = {
        .listen = "127.0.0.1:0",
        .routes = routes,
        .route_count = ARRAY_LEN(routes),
        .deadlines = {.first_byte = 200,
                      .headers = 200,
                      .idle = 400,
                      .body = 3000,
                      .body_grace = 200,
                      .stall = 300,
                      .send = 60000,
                      .tick = 20},
    };
    ensure(http_server_start(&config, &server) == STATUS_OK);
    port = http_server_port(server);
    int failed = RUN_CASES(cases);
    http_server_stop(server);
    return failed;
}
