// SPDX-License-Identifier: AGPL-3.0-or-later
// The same over TLS, which a hall's staff uses without a front: pages, forms, streams, stopping.
// The key and certificate are made here.
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
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
static char *key_pem, *cert_pem;

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
    struct live_sub *sub =
        live_subscribe(hub, hall, http_stream_last_id(x), http_stream_wake, stream);
    return http_stream_start(stream, &(struct http_stream_source){pull_live, close_live, sub});
}

static enum http_next get_root(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    buf_puts(http_out(x), http_is_tls(x) ? "over tls" : "plain");
    return HTTP_DONE;
}

static enum http_next late(struct http_exchange *x, void *arg)
{
    return get_root(x, arg);
}

static enum http_next get_late(struct http_exchange *x, void *ctx)
{
    return http_offload(x, late, ctx);
}

static const struct http_route routes[] = {
    {HTTP_GET, "/", get_root, .name = "root"},
    {HTTP_GET, "/late", get_late, .name = "late"},
    {HTTP_GET, "/events", get_events, .name = "events"},
};

// ---- a certificate for one test

static char *pem_text(gnutls_datum_t pem)
{
    char *text = strndup((const char *)pem.data, pem.size);
    gnutls_free(pem.data);
    return text;
}

static void make_certificate(void)
{
    gnutls_x509_privkey_t key;
    gnutls_x509_crt_t crt;
    gnutls_datum_t pem;
    ensure(gnutls_x509_privkey_init(&key) == 0 && gnutls_x509_crt_init(&crt) == 0);
    unsigned bits = GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1);
    ensure(gnutls_x509_privkey_generate(key, GNUTLS_PK_ECDSA, bits, 0) == 0);
    ensure(gnutls_x509_crt_set_version(crt, 3) == 0);
    ensure(gnutls_x509_crt_set_serial(crt, "\x01", 1) == 0);
    ensure(gnutls_x509_crt_set_dn_by_oid(crt, GNUTLS_OID_X520_COMMON_NAME, 0, "a.test", 6) == 0);
    ensure(gnutls_x509_crt_set_activation_time(crt, 0) == 0);
    ensure(gnutls_x509_crt_set_expiration_time(crt, INT32_MAX) == 0);
    ensure(gnutls_x509_crt_set_key(crt, key) == 0);
    ensure(gnutls_x509_crt_sign2(crt, crt, key, GNUTLS_DIG_SHA256, 0) == 0);
    ensure(gnutls_x509_privkey_export2(key, GNUTLS_X509_FMT_PEM, &pem) == 0);
    key_pem = pem_text(pem);
    ensure(gnutls_x509_crt_export2(crt, GNUTLS_X509_FMT_PEM, &pem) == 0);
    cert_pem = pem_text(pem);
    gnutls_x509_crt_deinit(crt);
    gnutls_x509_privkey_deinit(key);
}

// ---- a client

struct phone {
    int fd;
    gnutls_session_t session;
    char seen[65536];
};

static gnutls_certificate_credentials_t credentials;

static void phone_open(struct phone *phone)
{
    phone->fd = client_connect(http_server_port(server));
    phone->seen[0] = '\0';
    ensure(gnutls_init(&phone->session, GNUTLS_CLIENT) == 0);
    ensure(gnutls_set_default_priority(phone->session) == 0);
    ensure(gnutls_credentials_set(phone->session, GNUTLS_CRD_CERTIFICATE, credentials) == 0);
    gnutls_transport_set_int(phone->session, phone->fd);
    gnutls_record_set_timeout(phone->session, 20000);
    int result;
    do {
        result = gnutls_handshake(phone->session);
    } while (result < 0 && !gnutls_error_is_fatal(result));
    check_int(result, 0);
}

static void phone_say(struct phone *phone, const char *text)
{
    check_int(gnutls_record_send(phone->session, text, strlen(text)), strlen(text));
}

static bool phone_hears(struct phone *phone, const char *text)
{
    size_t len = strlen(phone->seen);
    for (;;) {
        char *found = strstr(phone->seen, text);
        if (found != NULL) {
            found += strlen(text);
            memmove(phone->seen, found, strlen(found) + 1);
            return true;
        }
        if (len + 1 >= sizeof(phone->seen)) return false;
        ssize_t got =
            gnutls_record_recv(phone->session, phone->seen + len, sizeof(phone->seen) - 1 - len);
        if (got == GNUTLS_E_AGAIN || got == GNUTLS_E_INTERRUPTED) continue;
        if (got <= 0) return false;
        len += (size_t)got;
        phone->seen[len] = '\0';
    }
}

static void phone_close(struct phone *phone)
{
    gnutls_deinit(phone->session);
    close(phone->fd);
}

// ---- cases

static struct phone phones[20];

TEST(pages_are_served_over_tls)
{
    phone_open(&phones[0]);
    for (int i = 0; i < 3; i++) {
        phone_say(&phones[0], "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
        check(phone_hears(&phones[0], "over tls"));
        phone_say(&phones[0], "GET /late HTTP/1.1\r\nHost: a.test\r\n\r\n");
        check(phone_hears(&phones[0], "over tls"));
    }
    phone_say(&phones[0], "GET / HTTP/1.1\r\nHost : a.test\r\n\r\n");
    check(phone_hears(&phones[0], "HTTP/1.1 400 "));
    phone_close(&phones[0]);
}

TEST(streams_over_tls_hear_every_event_and_a_heartbeat)
{
    char data[3001], want[64];
    for (size_t i = 0; i < ARRAY_LEN(phones); i++) {
        phone_open(&phones[i]);
        phone_say(&phones[i], "GET /events HTTP/1.1\r\nHost: a.test\r\n\r\n");
        check(phone_hears(&phones[i], "retry: "));
    }
    memset(data, 'a', sizeof(data) - 1);
    data[sizeof(data) - 1] = '\0';
    for (int event = 0; event < 20; event++) {
        snprintf(want, sizeof(want), "[%d]", event);
        memcpy(data, want, strlen(want));
        live_publish(hub, hall, "queue", data, strlen(data));
    }
    for (size_t i = 0; i < ARRAY_LEN(phones); i++) {
        for (int event = 0; event < 20; event++) {
            snprintf(want, sizeof(want), "data: [%d]", event);
            check(phone_hears(&phones[i], want));
        }
        check(phone_hears(&phones[i], "aaa\n\n:\n\n"));
        phone_close(&phones[i]);
    }
    // Heartbeats find that they are gone.
    while (http_server_figures(server).streams > 0)
        live_publish(hub, hall, "queue", "x", 1);
    check_int(live_hub_figures(hub).subscribers, 0);
}

TEST(a_bad_certificate_is_a_status)
{
    struct http_server *other = NULL;
    struct http_config config = {
        .listen = "127.0.0.1:0", .tls_certificate = "nonsense", .tls_key = "x"};
    check_int(http_server_start(&config, &other), STATUS_BROKEN);
}

TEST(stopping_ends_streams_over_tls)
{
    for (size_t i = 0; i < ARRAY_LEN(phones); i++) {
        phone_open(&phones[i]);
        phone_say(&phones[i], "GET /events HTTP/1.1\r\nHost: a.test\r\n\r\n");
        check(phone_hears(&phones[i], "retry: "));
    }
    http_server_stop(server);
    server = NULL;
    for (size_t i = 0; i < ARRAY_LEN(phones); i++) {
        check(!phone_hears(&phones[i], "never said"));
        phone_close(&phones[i]);
    }
}

static const struct test_case cases[] = {
    TEST_CASE(pages_are_served_over_tls),
    TEST_CASE(streams_over_tls_hear_every_event_and_a_heartbeat),
    TEST_CASE(a_bad_certificate_is_a_status),
    TEST_CASE(stopping_ends_streams_over_tls),
};

int main(void)
{
    make_certificate();
    ensure(gnutls_certificate_allocate_credentials(&credentials) == 0);
    hub = live_hub_new(NULL);
    struct http_config config = {
        .listen = "127.0.0.1:0",
        .routes = routes,
        .route_count = ARRAY_LEN(routes),
        .tls_certificate = cert_pem,
        .tls_key = key_pem,
        .deadlines = {.heartbeat = 100},
    };
    ensure(http_server_start(&config, &server) == STATUS_OK);
    int failed = RUN_CASES(cases);
    http_server_stop(server);
    live_hub_free(hub);
    gnutls_certificate_free_credentials(credentials);
    free(key_pem);
    free(cert_pem);
    return failed;
}
