// SPDX-License-Identifier: AGPL-3.0-or-later
// The wards of one store: which of them a command is about, and the command that lists and renames
// them.
#include <string.h>

#include "actions/setup.h"
#include "base/buf.h"
#include "base/tr.h"
#include "cli/cli.h"
#include "domain/host.h"

enum { NAMES_TOLD = 5 };

/// What was found among all of them.
struct search {
    int64_t unit;
    int count, hits;
    struct buf names;
};

static void look_at(struct search *s, const struct cli *cli, const char *host,
                    const struct unit_row *row)
{
    bool hit =
        cli->unit != 0 ? row->unit == cli->unit : cli->host == NULL || strcmp(row->host, host) == 0;
    if (hit) s->unit = row->unit;
    s->hits += hit;
    if (s->count++ < NAMES_TOLD)
        buf_printf(&s->names, "%s%s", s->names.len > 0 ? ", " : "", row->host);
    else if (s->count == NAMES_TOLD + 1)
        buf_puts(&s->names, ", ...");
}

static int answer(const struct search *s, const struct cli *cli, int64_t *ret_unit)
{
    if (s->count == 0) return cli_fail(CLI_REFUSED, "kho dữ liệu này chưa có phường", NULL);
    if (s->hits == 1) return *ret_unit = s->unit, CLI_DONE;
    if (cli->host != NULL)
        return cli_fail(CLI_REFUSED, "không có phường nào mang tên miền này", cli->host);
    return cli_fail(CLI_MISUSED, "kho có nhiều phường, cần --host với một trong các tên miền",
                    buf_text(&s->names));
}

int cli_unit(const struct cli *cli, struct sql *sql, int64_t *ret_unit)
{
    char host[HOST_TEXT] = "";
    ARENA arena = {0};
    struct unit_row row = {0};
    struct search s = {0};
    enum status status;
    if (cli->host != NULL && !host_name(cli->host, host))
        return cli_fail(CLI_MISUSED, "tên miền không đúng", cli->host);
    while ((status = store_unit_after(sql, row.unit, &arena, &row)) == STATUS_OK)
        look_at(&s, cli, host, &row);
    int code = status == STATUS_NOT_FOUND
                   ? answer(&s, cli, ret_unit)
                   : cli_fail(CLI_REFUSED, "không đọc được kho dữ liệu", status_name(status));
    buf_done(&s.names);
    return code;
}

const char *cli_unit_name(struct arena *arena, const struct unit_row *row)
{
    if (*row->host != 0) return row->host;
    return arena_printf(arena, tr(cli_english() ? LANG_EN : LANG_VI, "phường số %lld"),
                        (long long)row->unit);
}

// ---- the command

static enum status print_all(struct sql *sql)
{
    ARENA arena = {0};
    struct unit_row row = {0};
    enum status status;
    while ((status = store_unit_after(sql, row.unit, &arena, &row)) == STATUS_OK) {
        struct setting_list settings;
        status = store_settings(sql, row.unit, &arena, &settings);
        if (status != STATUS_OK) return status;
        printf("%lld\t%s\t%s\n", (long long)row.unit, *row.host != 0 ? row.host : "-",
               setting_of(&settings, "unit_name", ""));
    }
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static int list(struct app *app)
{
    STORE_READ ro = NULL;
    enum status status = store_read_begin(app->store, &ro);
    if (status == STATUS_OK) status = print_all(store_ro_sql(ro));
    if (status == STATUS_OK) return CLI_DONE;
    return cli_fail(CLI_REFUSED, "không đọc được kho dữ liệu", status_name(status));
}

static int rename_one(const struct cli *cli, struct app *app, const char *host)
{
    int64_t unit = 0;
    int code = CLI_REFUSED;
    {
        STORE_READ ro = NULL;
        if (store_read_begin(app->store, &ro) == STATUS_OK)
            code = cli_unit(cli, store_ro_sql(ro), &unit);
        else
            cli_fail(0, "không đọc được kho dữ liệu", NULL);
    }
    if (code != CLI_DONE) return code;
    enum status status = setup_host(app, unit, host);
    if (status == STATUS_OK) return CLI_DONE;
    if (status == STATUS_CONFLICT)
        return cli_fail(CLI_REFUSED, "đã có phường mang tên miền này", host);
    return cli_fail(CLI_REFUSED, "không ghi được kho dữ liệu", status_name(status));
}

int cmd_units(struct cli *cli)
{
    char host[HOST_TEXT];
    struct app app;
    if (cli->rename == NULL && cli->host != NULL)
        return cli_fail(CLI_MISUSED, "--host ở đây cần có --rename", NULL);
    if (cli->rename != NULL && !host_name(cli->rename, host))
        return cli_fail(CLI_MISUSED, "tên miền không đúng", cli->rename);
    if (!cli_app_open(cli, false, &app)) return cli_where_code(cli);
    int code = cli->rename != NULL ? rename_one(cli, &app, host) : list(&app);
    cli_app_close(&app);
    return code;
}
