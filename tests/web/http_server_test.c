// SPDX-License-Identifier: AGPL-3.0-or-later
// Requests and responses over real sockets: what handlers see, what clients get, deferring,
// stopping.
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "../test.h"
#include "base/ensure.h"
#include "http/csrf.h"
#include "http/server.h"
#include "http/shared.h"
#include "http_client.h"

static struct http_server *server;
static struct http_shared *shared;
static unsigned port;
static struct reply reply;

// ---- handlers

static enum http_next get_root(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    buf_puts(http_out(x), "root");
    return HTTP_DONE;
}

static enum http_next get_echo(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    const char *q = http_query(x, "q"), *cookie = http_cookie(x, "sid"),
               *agent = http_header(x, "user-agent");
    buf_printf(http_out(x), "id=%s q=%s sid=%s agent=%s from=%s path=%s", http_param(x, "id"),
               q ? q : "-", cookie ? cookie : "-", agent ? agent : "-", http_client_address(x),
               http_path(x));
    return HTTP_DONE;
}

static enum http_next post_form(struct http_exchange *x, void *ctx)
{
    const struct form *form;
    (void)ctx;
    if (http_form(x, &form) != FORM_OK) return http_error(x, 400);
    for (const struct form_field *at = form->first; at != NULL; at = at->next)
        buf_printf(http_out(x), "%s=%zu%s%s;", at->name, at->len, at->file_name ? ":" : "",
                   at->file_name ? at->file_name : "");
    return HTTP_DONE;
}

static enum http_next post_redirect(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    http_set_cookie(x, &(struct http_cookie){.name = "sid", .value = "abc", .strict = true});
    http_set_cookie(x, &(struct http_cookie){.name = "old", .value = "", .max_age_s = -1});
    return http_redirect(x, 303, "/y-kien/2024-0001");
}

static void *finish_later(void *x)
{
    buf_puts(http_out(x), "later");
    http_finish(x);
    return NULL;
}

static enum http_next get_deferred(struct http_exchange *x, void *ctx)
{
    pthread_t thread;
    (void)ctx;
    enum http_next next = http_defer(x);
    ensure(pthread_create(&thread, NULL, finish_later, x) == 0);
    pthread_detach(thread);
    return next;
}

static enum http_next get_deferred_early(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    enum http_next next = http_defer(x);
    buf_puts(http_out(x), "early");
    http_finish(x);
    return next;
}

static enum http_next slow_work(struct http_exchange *x, void *arg)
{
    buf_printf(http_out(x), "worked on %s", (const char *)arg);
    return HTTP_DONE;
}

static enum http_next slow_work_deferring(struct http_exchange *x, void *arg)
{
    pthread_t thread;
    (void)arg;
    enum http_next next = http_defer(x);
    ensure(pthread_create(&thread, NULL, finish_later, x) == 0);
    pthread_detach(thread);
    return next;
}

static enum http_next get_offloaded(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    if (http_query(x, "twice") != NULL) return http_offload(x, slow_work_deferring, NULL);
    static char what[] = "it";
    return http_offload(x, slow_work, what);
}

// Holds requests until the test lets go.
static pthread_mutex_t gate_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t gate_moved = PTHREAD_COND_INITIALIZER;
static int gate_waiting;
static bool gate_open;

static enum http_next wait_at_gate(struct http_exchange *x, void *arg)
{
    (void)arg;
    pthread_mutex_lock(&gate_lock);
    gate_waiting++;
    pthread_cond_broadcast(&gate_moved);
    while (!gate_open)
        pthread_cond_wait(&gate_moved, &gate_lock);
    gate_waiting--;
    pthread_mutex_unlock(&gate_lock);
    buf_puts(http_out(x), "through");
    return HTTP_DONE;
}

static enum http_next get_gate(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    return http_offload(x, wait_at_gate, NULL);
}

static void gate_await(int count)
{
    pthread_mutex_lock(&gate_lock);
    while (gate_waiting < count)
        pthread_cond_wait(&gate_moved, &gate_lock);
    pthread_mutex_unlock(&gate_lock);
}

static void gate_set(bool open)
{
    pthread_mutex_lock(&gate_lock);
    gate_open = open;
    pthread_cond_broadcast(&gate_moved);
    pthread_mutex_unlock(&gate_lock);
}

static enum http_next get_shared(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    return http_send_shared(x, shared);
}

static enum http_next get_big(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    for (int i = 0; i < 10000; i++)
        buf_printf(http_out(x), "%09d\n", i);
    return HTTP_DONE;
}

static enum http_next guard(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    if (http_route(x)->permission == 7) return http_error(x, 403);
    http_set_data(x, &gate_lock);
    return HTTP_CONTINUE;
}

static void render_error(struct http_exchange *x, int status, void *ctx)
{
    (void)ctx;
    buf_printf(http_out(x), "<p>trang lỗi %d", status);
}

static const struct http_route routes[] = {
    {HTTP_GET, "/", get_root, .name = "root"},
    {HTTP_GET, "/echo/{id}", get_echo, .name = "echo"},
    {HTTP_POST, "/form", post_form, .name = "form"},
    {HTTP_POST, "/file", post_form, .name = "files", .max_body = 128 * 1024},
    {HTTP_POST, "/go", post_redirect, .name = "go"},
    {HTTP_GET, "/deferred", get_deferred, .name = "deferred"},
    {HTTP_GET, "/early", get_deferred_early, .name = "early"},
    {HTTP_GET, "/offloaded", get_offloaded, .name = "offloaded"},
    {HTTP_GET, "/gate", get_gate, .name = "gate"},
    {HTTP_GET, "/shared", get_shared, .name = "shared"},
    {HTTP_GET, "/big", get_big, .name = "big"},
    {HTTP_GET, "/secret", get_root, .permission = 7, .name = "secret"},
};
static const struct http_header headers[] = {
    {"Content-Security-Policy", "default-src 'self'"}, {"X-Content-Type-Options", "nosniff"}, {0}};

static struct http_server *start(void)
{
    struct http_server *started = NULL;
    struct http_config config = {
        .listen = "127.0.0.1:0",
        .routes = routes,
        .route_count = ARRAY_LEN(routes),
        .guard = guard,
        .render_error = render_error,
        .headers = headers,
        .max_body = 4096,
        .workers = 2,
        .worker_queue = 2,
    };
    ensure(http_server_start(&config, &started) == STATUS_OK);
    return started;
}

#define ASK(text) client_ask(port, text, &reply)
#define HOST      "Host: a.test\r\n"

// ---- cases

TEST(handlers_see_params_query_cookie_and_headers)
{
    ASK("GET /echo/2024-0001%20x?q=m%E1%BB%99t+hai HTTP/1.1\r\n" HOST
        "User-Agent: t  \r\nCookie: a=1; sid=zz; b=2\r\n\r\n");
    check_int(reply.status, 200);
    check_text(reply.body,
               "id=2024-0001 x q=một hai sid=zz agent=t from=127.0.0.1 path=/echo/2024-0001 x");
    check_text(reply_header(&reply, "Content-Type"), "text/html; charset=utf-8");
}

TEST(every_response_carries_the_default_headers)
{
    static const char *const requests[] = {
        "GET / HTTP/1.1\r\n" HOST "\r\n",
        "GET /nowhere HTTP/1.1\r\n" HOST "\r\n",
        "GET /secret HTTP/1.1\r\n" HOST "\r\n",
        "GET / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n",
        "POST /go HTTP/1.1\r\n" HOST "Content-Length: 0\r\n\r\n",
        "GET /shared HTTP/1.1\r\n" HOST "\r\n",
    };
    for (size_t i = 0; i < ARRAY_LEN(requests); i++) {
        ASK(requests[i]);
        check_text(reply_header(&reply, "Content-Security-Policy"), "default-src 'self'");
        check_text(reply_header(&reply, "X-Content-Type-Options"), "nosniff");
    }
}

TEST(unknown_paths_methods_and_the_guard_answer_with_an_error_page)
{
    check_int(ASK("GET /nowhere HTTP/1.1\r\n" HOST "\r\n")->status, 404);
    check_text(reply.body, "<p>trang lỗi 404");
    check_int(ASK("GET /echo/1/ HTTP/1.1\r\n" HOST "\r\n")->status, 404);
    check_int(ASK("POST /echo/1 HTTP/1.1\r\n" HOST "Content-Length: 0\r\n\r\n")->status, 405);
    check_text(reply_header(&reply, "Allow"), "GET, HEAD, OPTIONS");
    check_int(ASK("GET /secret HTTP/1.1\r\n" HOST "\r\n")->status, 403);
    check_int(ASK("OPTIONS /form HTTP/1.1\r\n" HOST "\r\n")->status, 204);
    check_text(reply_header(&reply, "Allow"), "POST, OPTIONS");
}

TEST(head_is_get_without_the_body)
{
    ASK("HEAD /big HTTP/1.1\r\n" HOST "\r\n");
    check_int(reply.status, 200);
    check_text(reply_header(&reply, "Content-Length"), "100000");
    check_int(reply.body_len, 0);
}

TEST(a_connection_serves_many_requests_also_when_they_come_together)
{
    int fd = client_connect(port);
    for (int i = 0; i < 3; i++) {
        client_say(fd, "GET / HTTP/1.1\r\n" HOST "\r\n");
        check(client_read(fd, false, &reply));
        check_text(reply.body, "root");
    }
    client_say(fd,
               "GET / HTTP/1.1\r\n" HOST "\r\nPOST /form HTTP/1.1\r\n" HOST
               "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 5\r\n\r\nab=cd"
               "GET /deferred HTTP/1.1\r\n" HOST "\r\nGET /echo/9 HTTP/1.1\r\n" HOST "\r\n");
    const char *const bodies[] = {"root", "ab=2;", "later",
                                  "id=9 q=- sid=- agent=- from=127.0.0.1 path=/echo/9"};
    for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
        check(client_read(fd, false, &reply));
        check_text(reply.body, bodies[i]);
    }
    close(fd);
}

TEST(forms_arrive_also_byte_by_byte)
{
    int fd = client_connect(port);
    const char *text =
        "POST /form HTTP/1.1\r\n" HOST "Content-Type: application/x-www-form-urlencoded"
        "\r\nContent-Length: 19\r\n\r\na=1&a=%C4%91&b=x+yz";
    for (; *text != '\0'; text++)
        client_send(fd, text, 1);
    check(client_read(fd, false, &reply));
    check_text(reply.body, "a=1;a=2;b=4;");
    close(fd);
}

TEST(multipart_files_arrive)
{
    static const char body[] =
        "--XX\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nxin\r\n--XX\r\n"
        "Content-Disposition: form-data; name=\"scan\"; filename=\"C:\\\\a\\\\b.pdf\"\r\n"
        "Content-Type: application/pdf\r\n\r\n%PDF\r\n\r\n--XX--\r\n";
    char request[1024];
    snprintf(request, sizeof(request),
             "POST /file HTTP/1.1\r\n" HOST
             "Content-Type: multipart/form-data; boundary=XX\r\nContent-Length: %zu\r\n\r\n%s",
             strlen(body), body);
    ASK(request);
    check_int(reply.status, 200);
    check_text(reply.body, "text=3;scan=6:b.pdf;");
}

TEST(a_body_over_the_limit_is_413_and_the_route_may_raise_it)
{
    static char request[8192];
    int head =
        snprintf(request, sizeof(request),
                 "POST /form HTTP/1.1\r\n" HOST
                 "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 5000\r\n\r\n");
    memset(request + head, 'a', 5000);
    request[head + 1] = '=';
    check_int(ASK(request)->status, 413);
    check_text(reply.body, "<p>trang lỗi 413");
    memcpy(strstr(request, "/form"), "/file", 5);
    check_int(ASK(request)->status, 200);
    check_int(ASK("POST /form HTTP/1.1\r\n" HOST "Content-Length: 100000000\r\n\r\n")->status, 413);
    check_int(
        ASK("POST /form HTTP/1.1\r\n" HOST "Expect: 100-continue\r\nContent-Length: 5000\r\n\r\n")
            ->status,
        413);
}

TEST(expect_continue_is_answered_before_the_body)
{
    int fd = client_connect(port);
    client_say(fd, "POST /form HTTP/1.1\r\n" HOST
                   "Expect: 100-continue\r\nContent-Length: 3\r\nContent-Type: "
                   "application/x-www-form-urlencoded\r\n\r\n");
    check(client_read(fd, false, &reply));
    check_int(reply.status, 100);
    client_say(fd, "a=b");
    check(client_read(fd, false, &reply));
    check_text(reply.body, "a=1;");
    close(fd);
}

TEST(a_redirect_sets_cookies_and_has_no_body)
{
    ASK("POST /go HTTP/1.1\r\n" HOST "Content-Length: 0\r\n\r\n");
    check_int(reply.status, 303);
    check_text(reply_header(&reply, "Location"), "/y-kien/2024-0001");
    check_text(reply_header(&reply, "Content-Length"), "0");
    check(strstr(reply.head, "Set-Cookie: sid=abc; Path=/; HttpOnly; SameSite=Strict\r\n") != NULL);
    check(strstr(reply.head, "Set-Cookie: old=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax\r\n") !=
          NULL);
}

TEST(a_deferred_response_may_be_finished_by_any_thread_at_any_moment)
{
    for (int i = 0; i < 200; i++) {
        check_text(ASK("GET /deferred HTTP/1.1\r\n" HOST "\r\n")->body, "later");
        check_text(ASK("GET /early HTTP/1.1\r\n" HOST "\r\n")->body, "early");
    }
    check_text(ASK("GET /offloaded HTTP/1.1\r\n" HOST "\r\n")->body, "worked on it");
    check_text(ASK("GET /offloaded?twice=1 HTTP/1.1\r\n" HOST "\r\n")->body, "later");
    check_int(http_server_figures(server).deferred, 0);
}

TEST(a_client_that_leaves_before_the_answer_does_no_harm)
{
    for (int i = 0; i < 200; i++) {
        int fd = client_connect(port);
        client_say(fd, i % 2 ? "GET /deferred HTTP/1.1\r\n" HOST "\r\n"
                             : "GET /big HTTP/1.1\r\n" HOST "\r\n");
        close(fd);
    }
    check_text(ASK("GET / HTTP/1.1\r\n" HOST "\r\n")->body, "root");
}

TEST(more_work_than_the_queue_holds_is_503_with_retry_after)
{
    int fds[4];
    gate_set(false);
    for (int i = 0; i < 2; i++) {
        fds[i] = client_connect(port);
        client_say(fds[i], "GET /gate HTTP/1.1\r\n" HOST "\r\n");
    }
    gate_await(2); // both workers are busy; the queue holds two more
    for (int i = 2; i < 4; i++) {
        fds[i] = client_connect(port);
        client_say(fds[i], "GET /gate HTTP/1.1\r\n" HOST "\r\n");
    }
    while (http_server_figures(server).deferred < 4)
        sched_yield();
    ASK("GET /gate HTTP/1.1\r\n" HOST "\r\n");
    check_int(reply.status, 503);
    check_text(reply_header(&reply, "Retry-After"), "2");
    gate_set(true);
    for (int i = 0; i < 4; i++) {
        check(client_read(fds[i], false, &reply));
        check_text(reply.body, "through");
        close(fds[i]);
    }
}

TEST(a_shared_response_is_chosen_by_encoding_and_etag)
{
    ASK("GET /shared HTTP/1.1\r\n" HOST "\r\n");
    check_text(reply.body, "plain text");
    check_text(reply_header(&reply, "ETag"), http_shared_etag(shared));
    check_text(reply_header(&reply, "Vary"), "Accept-Encoding");
    check_text(reply_header(&reply, "Cache-Control"), "no-cache");
    ASK("GET /shared HTTP/1.1\r\n" HOST "Accept-Encoding: gzip, br\r\n\r\n");
    check_text(reply.body, "BR");
    check_text(reply_header(&reply, "Content-Encoding"), "br");
    ASK("GET /shared HTTP/1.1\r\n" HOST "Accept-Encoding: br;q=0, gzip;q=0.5\r\n\r\n");
    check_text(reply.body, "GZ");
    ASK("GET /shared HTTP/1.1\r\n" HOST "Accept-Encoding: brx, gzipped, identity\r\n\r\n");
    check_text(reply.body, "plain text");
    char request[256];
    snprintf(request, sizeof(request),
             "GET /shared HTTP/1.1\r\n" HOST "If-None-Match: \"x\", %s\r\n\r\n",
             http_shared_etag(shared));
    check_int(ASK(request)->status, 304);
    check_int(reply.body_len, 0);
    check_text(reply_header(&reply, "ETag"), http_shared_etag(shared));
}

TEST(stopping_waits_for_requests_and_refuses_new_ones)
{
    struct http_server *other = start();
    unsigned at = http_server_port(other);
    int busy = client_connect(at), kept = client_connect(at);
    client_say(kept, "GET / HTTP/1.1\r\n" HOST "\r\n");
    check(client_read(kept, false, &reply));
    gate_set(false);
    client_say(busy, "GET /gate HTTP/1.1\r\n" HOST "\r\n");
    gate_await(1);
    http_server_quiesce(other);
    client_say(kept, "GET / HTTP/1.1\r\n" HOST "\r\n");
    check(client_read(kept, false, &reply));
    check_int(reply.status, 503);
    check(reply.closed);
    gate_set(true);
    http_server_stop(other);
    check(client_read(busy, false, &reply));
    check_text(reply.body, "through");
    close(busy);
    close(kept);
}

TEST(a_taken_address_is_a_status)
{
    struct http_server *other = NULL;
    struct http_config config = {.listen = http_server_url(server) + strlen("http://")};
    check_int(http_server_start(&config, &other), STATUS_BROKEN);
    config.listen = "nonsense";
    check_int(http_server_start(&config, &other), STATUS_BROKEN);
    check(other == NULL);
}

static const struct test_case cases[] = {
    TEST_CASE(handlers_see_params_query_cookie_and_headers),
    TEST_CASE(every_response_carries_the_default_headers),
    TEST_CASE(unknown_paths_methods_and_the_guard_answer_with_an_error_page),
    TEST_CASE(head_is_get_without_the_body),
    TEST_CASE(a_connection_serves_many_requests_also_when_they_come_together),
    TEST_CASE(forms_arrive_also_byte_by_byte),
    TEST_CASE(multipart_files_arrive),
    TEST_CASE(a_body_over_the_limit_is_413_and_the_route_may_raise_it),
    TEST_CASE(expect_continue_is_answered_before_the_body),
    TEST_CASE(a_redirect_sets_cookies_and_has_no_body),
    TEST_CASE(a_deferred_response_may_be_finished_by_any_thread_at_any_moment),
    TEST_CASE(a_client_that_leaves_before_the_answer_does_no_harm),
    TEST_CASE(more_work_than_the_queue_holds_is_503_with_retry_after),
    TEST_CASE(a_shared_response_is_chosen_by_encoding_and_etag),
    TEST_CASE(stopping_waits_for_requests_and_refuses_new_ones),
    TEST_CASE(a_taken_address_is_a_status),
};

int main(void)
{
    shared = http_shared_new(&(struct http_shared_spec){.content_type = "text/plain",
                                                        .plain = {"plain text", 10},
                                                        .gzip = {"GZ", 2},
                                                        .br = {"BR", 2},
                                                        .headers = headers});
    server = start();
    port = http_server_port(server);
    int failed = RUN_CASES(cases);
    http_server_stop(server);
    http_shared_unref(shared);
    return failed;
}
