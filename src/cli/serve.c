// SPDX-License-Identifier: AGPL-3.0-or-later
// serve: the program as a server, until it is told to stop.
#include <arpa/inet.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/tr.h"
#include "actions/tell.h"
#include "cli/certificate.h"
#include "cli/cli.h"
#include "cli/lan.h"
#include "cli/rehearsal_host.h"
#include "notify/outbox.h"
#include "web/events.h"
#include "web/follow.h"
#include "web/hall/teller.h"
#include "web/web.h"

static enum status next_unit(struct app *app, struct arena *arena, struct unit_row *row)
{
    STORE_READ ro = NULL;
    enum status status = store_read_begin(app->store, &ro);
    if (status != STATUS_OK) return status;
    return store_unit_after(store_ro_sql(ro), row->unit, arena, row);
}

/// Ends silent windows and anchors the sealed chain of every unit; runs at start and every minute.
static void tick(struct app *app)
{
    ARENA arena = {0};
    struct unit_row row = {0};
    while (next_unit(app, &arena, &row) == STATUS_OK) {
        struct act *act = act_new(app, row.unit);
        act->run = run_lapse;
        enum status status = act_do(act);
        if (status != STATUS_OK) log_warn("timer: %s", status_name(status));
        act_free(act);
    }
}

/// SIGHUP too: the window of the terminal was closed. Not under nohup, which ignores it.
static void ending_signals(sigset_t *ret_set)
{
    struct sigaction hangup;
    sigemptyset(ret_set);
    sigaddset(ret_set, SIGINT);
    sigaddset(ret_set, SIGTERM);
    if (sigaction(SIGHUP, NULL, &hangup) == 0 && hangup.sa_handler != SIG_IGN)
        sigaddset(ret_set, SIGHUP);
}

void serve_hold_signals(void)
{
    sigset_t set;
    ending_signals(&set);
    sigprocmask(SIG_BLOCK, &set, NULL);
    signal(SIGPIPE, SIG_IGN);
}

static void wait_for_signal(struct app *app)
{
    sigset_t set;
    ending_signals(&set);
    for (;;) {
        struct timespec minute = {.tv_sec = 60};
        if (sigtimedwait(&set, NULL, &minute) > 0) return;
        tick(app);
    }
}

/// The outbox has sent a message: what it carried is delivered.
static enum status message_sent(void *ctx, int64_t unit, int64_t message)
{
    struct act *act = act_new(ctx, unit);
    act->run = run_outbox_sent;
    act->target = message;
    enum status status = act_do(act);
    act_free(act);
    return status;
}

static void message_posted(void *worker)
{
    outbox_wake(worker);
}

// ---- where it is found

/// The two servers of one process: everybody's, and over TLS the staff's own.
struct servers {
    struct web web;
    struct lan lan;
    struct http_config config;
    const char *tls_listen; // NULL: no TLS
    bool rehearsal;
    struct certificate certificate;
    char host[LAN_TEXT + 8], listen[LAN_TEXT + 32];
    struct arena arena;
};

static bool listens_everywhere(const char *url)
{
    return strncmp(url, "http://0.0.0.0:", 15) == 0 || strncmp(url, "http://[::]:", 12) == 0;
}

static void say_tls(const struct servers *s)
{
    enum lang lang = cli_english() ? LANG_EN : LANG_VI;
    const char *url = http_server_url(s->web.tls_server);
    unsigned port = http_server_port(s->web.tls_server);
    bool everywhere =
        strncmp(url, "https://0.0.0.0:", 16) == 0 || strncmp(url, "https://[::]:", 13) == 0;
    printf("%s ", tr(lang, "Cán bộ làm việc tại:"));
    if (everywhere)
        printf("https://%s:%u/lam-viec\n", s->lan.addresses[0], port);
    else
        printf("%s/lam-viec\n", url);
    printf("%s\n%s\n",
           tr(lang, s->certificate.made
                        ? "Chứng thư mới lập. Lần đầu mở trang, hãy so dãy SHA-256 mà trình duyệt "
                          "cho xem với dãy này; khác thì đừng đăng nhập:"
                        : "Dãy SHA-256 của chứng thư, để so với dãy mà trình duyệt cho xem:"),
           s->certificate.fingerprint);
}

/// Listening everywhere, a hall is found by the address of this machine in its network. The first
/// line names the address in both modes.
static void say_where(const struct cli *cli, struct servers *s, bool quiet)
{
    const char *url = http_server_url(s->web.server);
    unsigned port = http_server_port(s->web.server);
    if (cli->hall && listens_everywhere(url)) {
        snprintf(s->host, sizeof(s->host), "%s:%u", s->lan.addresses[0], port);
        if (s->lan.reachable) s->web.hall_host = s->host;
        if (!quiet) lan_print(stdout, &s->lan, "http", port);
    } else if (!quiet) {
        printf("listening on %s\n", url);
    }
    if (s->web.tls_server != NULL && !quiet) say_tls(s);
    fflush(stdout);
}

/// Beside the plain address: port 8443, or any where the plain one may have any.
static const char *tls_listen_of(const struct cli *cli, struct servers *s)
{
    const char *plain = s->config.listen, *colon = strrchr(plain, ':');
    if (cli->tls_listen != NULL) return cli->tls_listen;
    if (!cli->tls) return NULL;
    size_t host = colon == NULL ? 0 : (size_t)(colon - plain);
    const char *port = colon != NULL && strcmp(colon, ":0") == 0 ? "0" : "8443";
    snprintf(s->listen, sizeof(s->listen), "%.*s:%s", (int)host, plain, port);
    return s->listen;
}

// ---- the servers

static bool is_rehearsal(struct app *app)
{
    ARENA arena = {0};
    struct setting_list settings;
    STORE_READ ro = NULL;
    int64_t unit = 0;
    return store_read_begin(app->store, &ro) == STATUS_OK &&
           store_unit_of_host(store_ro_sql(ro), "", &unit) == STATUS_OK &&
           store_settings(store_ro_sql(ro), unit, &arena, &settings) == STATUS_OK &&
           setting_of(&settings, "rehearsal", NULL) != NULL;
}

/// The hall's phones come by this machine's address, which is no ward's name.
static int choose_unit(const struct cli *cli, struct servers *s)
{
    STORE_READ ro = NULL;
    if (cli->host == NULL && !cli->hall) return CLI_DONE;
    if (store_read_begin(s->web.app->store, &ro) != STATUS_OK)
        return cli_fail(CLI_REFUSED, "không đọc được kho dữ liệu", NULL);
    return cli_unit(cli, store_ro_sql(ro), &s->web.unit_of_others);
}

/// Said at the start, not when a hall is waiting.
static int check_rehearsals(const struct cli *cli)
{
    struct stat info;
    const char *dir = cli->rehearsals;
    if (dir == NULL) return CLI_DONE;
    bool holds = stat(dir, &info) == 0 && S_ISDIR(info.st_mode) && access(dir, W_OK | X_OK) == 0;
    return holds ? CLI_DONE : cli_fail(CLI_REFUSED, "không ghi được vào thư mục diễn tập", dir);
}

static void configure(const struct cli *cli, struct servers *s)
{
    struct route_table routes = web_routes(&s->arena);
    lan_find(&s->lan);
    s->config = (struct http_config){
        .listen = cli->listen != NULL ? cli->listen
                  : !cli->hall        ? "127.0.0.1:8080"
                  : s->lan.v6         ? "[::]:8080"
                                      : "0.0.0.0:8080",
        .routes = routes.rows,
        .route_count = routes.count,
        .ctx = &s->web,
        .guard = web_guard,
        .render_error = web_render_error,
        .headers = web_headers,
        .proxies = cli->proxy,
        .workers = 2, // argon2id: two at a time
    };
    // Signing in to a rehearsal beside the real one must not sign out of the real one.
    s->rehearsal = is_rehearsal(s->web.app);
    if (s->rehearsal) s->config.cookie_suffix = "-dien-tap";
    s->tls_listen = tls_listen_of(cli, s);
}

/// Before anything is started. False: the reason was printed.
static bool read_certificate(const struct cli *cli, struct servers *s)
{
    const char *path = cli->certificate;
    if (s->tls_listen == NULL) return true;
    if (path == NULL && cli->data == NULL)
        return cli_fail(0, "với --database, --tls cần thêm --certificate TỆP", NULL), false;
    if (path == NULL) path = arena_printf(&s->arena, "%s/tls.pem", cli->data);
    const char *wrong = certificate_open(&s->arena, path, &s->lan, &s->certificate);
    return wrong == NULL || (cli_fail(0, wrong, path), false);
}

static bool start_tls(struct servers *s)
{
    struct http_config config = s->config;
    if (s->tls_listen == NULL) return true;
    config.listen = s->tls_listen;
    config.tls_certificate = config.tls_key = s->certificate.pem;
    config.io_threads = 1; // a ward's staff; the phones are on the other one
    config.max_connections = 500;
    return http_server_start(&config, &s->web.tls_server) == STATUS_OK;
}

/// A handler may run as soon as a server has started: what it reads is set before, and the plain
/// one, which sends staff over to the other, comes last.
static bool start(struct servers *s)
{
    const char *at = s->tls_listen;
    if (start_tls(s)) {
        if (s->web.tls_server != NULL) s->web.tls_port = http_server_port(s->web.tls_server);
        at = s->config.listen;
        if (http_server_start(&s->config, &s->web.server) == STATUS_OK) return true;
    }
    http_server_stop(s->web.tls_server);
    return cli_fail(0, "không mở được địa chỉ", at), false;
}

static void stop(struct servers *s)
{
    if (s->web.tls_server != NULL) http_server_quiesce(s->web.tls_server);
    http_server_stop(s->web.server);
    http_server_stop(s->web.tls_server);
}

static void tell_started(const struct servers *s, const struct serve_watch *watch)
{
    char url[64];
    const char *own = http_server_url(s->web.server);
    if (watch->started == NULL) return;
    snprintf(url, sizeof(url), "http://%s:%u", strstr(own, "[") != NULL ? "[::1]" : "127.0.0.1",
             http_server_port(s->web.server));
    watch->started(watch->ctx, listens_everywhere(own) ? url : own);
}

static void work(const struct cli *cli, struct app *app, struct servers *s,
                 const struct serve_watch *watch)
{
    say_where(cli, s, watch->quiet);
    tell_started(s, watch);
    app->posted_ctx =
        outbox_start(&(struct outbox_config){app->store, &app->clock, message_sent, app});
    app->posted = message_posted;
    tick(app);
    wait_for_signal(app);
    if (watch->stopping != NULL) watch->stopping(watch->ctx);
    stop(s);
    app->posted = NULL;
    outbox_stop(app->posted_ctx);
}

static int run(struct cli *cli, struct app *app, const struct serve_watch *watch)
{
    struct servers s = {.web = {.app = app}};
    int code = choose_unit(cli, &s);
    if (code == CLI_DONE) code = check_rehearsals(cli);
    if (code != CLI_DONE) return code;
    configure(cli, &s);
    bool ready = read_certificate(cli, &s);
    if (ready) {
        s.web.hub = live_hub_new(NULL);
        memcpy(s.web.csrf.bytes, app->keys.csrf, CSRF_KEY_BYTES);
        app->publish = events_publish;
        app->publish_ctx = &s.web;
        s.web.teller = hall_teller_start(app, events_publish_now);
        struct follower *follower =
            store_engine(app->store) == SQL_POSTGRESQL ? follower_start(app) : NULL;
        if ((cli->data != NULL || cli->rehearsals != NULL) && !s.rehearsal)
            s.web.rehearsal = rehearsal_host_new(cli, s.config.listen);
        ready = start(&s);
        if (ready) work(cli, app, &s, watch);
        rehearsal_host_free(s.web.rehearsal);
        follower_stop(follower);
        app->publish = NULL;
        hall_teller_stop(s.web.teller);
        live_hub_free(s.web.hub);
    }
    arena_done(&s.arena);
    return ready ? CLI_DONE : CLI_REFUSED;
}

int serve_watched(struct cli *cli, const struct serve_watch *watch)
{
    serve_hold_signals(); // all threads leave them to wait_for_signal
    struct app app;
    if (!cli_has_ward(cli)) return CLI_REFUSED; // a mistyped name must not become an empty ward
    if (!cli_app_open(cli, true, &app)) return cli_where_code(cli);
    int code = run(cli, &app, watch);
    cli_app_close(&app);
    return code;
}

static bool are_addresses(struct arena *arena, const char *list)
{
    unsigned char bytes[sizeof(struct in6_addr)];
    for (;;) {
        const size_t len = strcspn(list, ",");
        const char *one = arena_strndup(arena, list, len);
        if (inet_pton(AF_INET, one, bytes) != 1 && inet_pton(AF_INET6, one, bytes) != 1)
            return false;
        if (list[len] == 0) return true;
        list += len + 1;
    }
}

int cmd_serve(struct cli *cli)
{
    ARENA arena = {0};
    if (cli->proxy != NULL && !are_addresses(&arena, cli->proxy))
        return cli_fail(CLI_MISUSED, "--proxy cần địa chỉ IP, cách nhau bằng dấu phẩy", cli->proxy);
    return serve_watched(cli, &(struct serve_watch){NULL});
}
