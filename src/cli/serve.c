// SPDX-License-Identifier: AGPL-3.0-or-later
// serve: the program as a server, until it is told to stop.
#include <signal.h>
#include <string.h>

#include "base/log.h"
#include "actions/tell.h"
#include "cli/cli.h"
#include "cli/lan.h"
#include "notify/outbox.h"
#include "web/events.h"
#include "web/hall/teller.h"
#include "web/web.h"

/// Ends silent windows and anchors the sealed chain; runs at start and every minute.
static void tick(struct app *app)
{
    int64_t unit = 0;
    {
        STORE_READ ro = NULL;
        if (store_read_begin(app->store, &ro) != STATUS_OK) return;
        if (store_unit_of_host(store_ro_sql(ro), "", &unit) != STATUS_OK) return;
    }
    struct act *act = act_new(app, unit);
    act->run = run_lapse;
    enum status status = act_do(act);
    if (status != STATUS_OK) log_warn("timer: %s", status_name(status));
    act_free(act);
}

static void wait_for_signal(struct app *app)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    for (;;) {
        struct timespec minute = {.tv_sec = 60};
        int signal = sigtimedwait(&set, NULL, &minute);
        if (signal == SIGINT || signal == SIGTERM) return;
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

/// Listening everywhere, a hall is found by the address of this machine in its network. The first
/// line names the address in both modes.
static void say_where(const struct cli *cli, struct web *web, char host[static LAN_TEXT + 8])
{
    const char *url = http_server_url(web->server);
    struct lan lan;
    if (cli->hall && strncmp(url, "http://0.0.0.0:", 15) == 0) {
        lan_find(&lan);
        snprintf(host, LAN_TEXT + 8, "%s:%u", lan.addresses[0], http_server_port(web->server));
        if (lan.reachable) web->hall_host = host;
        lan_print(stdout, &lan, "http", http_server_port(web->server));
    } else {
        printf("listening on %s\n", url);
    }
    fflush(stdout);
}

static int run(struct cli *cli, struct app *app)
{
    struct web web = {.app = app, .hub = live_hub_new(NULL)};
    char host[LAN_TEXT + 8];
    memcpy(web.csrf.bytes, app->keys.csrf, CSRF_KEY_BYTES);
    app->publish = events_publish;
    app->publish_ctx = &web;
    web.teller = hall_teller_start(app, events_publish_now);
    ARENA routes_arena = {0};
    struct route_table routes = web_routes(&routes_arena);
    struct http_config config = {
        .listen = cli->listen != NULL ? cli->listen
                  : cli->hall         ? "0.0.0.0:8080"
                                      : "127.0.0.1:8080",
        .routes = routes.rows,
        .route_count = routes.count,
        .ctx = &web,
        .guard = web_guard,
        .render_error = web_render_error,
        .headers = web_headers,
        .workers = 2, // argon2id: two at a time
    };
    if (http_server_start(&config, &web.server) != STATUS_OK) {
        hall_teller_stop(web.teller);
        live_hub_free(web.hub);
        return cli_fail(CLI_REFUSED, "không mở được địa chỉ", config.listen);
    }
    say_where(cli, &web, host);
    app->posted_ctx =
        outbox_start(&(struct outbox_config){app->store, &app->clock, message_sent, app});
    app->posted = message_posted;
    tick(app);
    wait_for_signal(app);
    http_server_stop(web.server);
    app->posted = NULL;
    outbox_stop(app->posted_ctx);
    app->publish = NULL;
    hall_teller_stop(web.teller);
    live_hub_free(web.hub);
    return CLI_DONE;
}

int cmd_serve(struct cli *cli)
{
    sigset_t set; // before any thread, so that all of them leave the signals to wait_for_signal
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigprocmask(SIG_BLOCK, &set, NULL);
    signal(SIGPIPE, SIG_IGN);
    struct app app;
    if (!cli_has_ward(cli)) return CLI_REFUSED; // a mistyped name must not become an empty ward
    if (!cli_app_open(cli, true, &app)) return cli_where_code(cli);
    int code = run(cli, &app);
    cli_app_close(&app);
    return code;
}
