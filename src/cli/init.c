// SPDX-License-Identifier: AGPL-3.0-or-later
// init: an empty ward with one administrator, built-in holidays and five khóm, alone in a new store
// or beside those that are there. The rest is done on the pages.
#include <sodium.h>
#include <string.h>

#include "actions/password.h"
#include "actions/setup.h"
#include "base/text.h"
#include "base/tr.h"
#include "cli/ask.h"
#include "cli/cli.h"
#include "domain/host.h"

enum { NAME_MOST = 200 };

static const char *const faults[] = {
    [SETUP_FINE] = NULL,
    [SETUP_NEEDS_HOST] =
        N_("kho dữ liệu này đã có phường; thêm phường nữa thì cần --host TÊN_MIỀN"),
    [SETUP_OTHER_UNNAMED] = N_(
        "phường đang có chưa có tên miền, thêm phường nữa thì không ai vào được phường ấy; hãy đặt "
        "trước bằng: doithoai units --rename TÊN_MIỀN"),
    [SETUP_HOST_TAKEN] = N_("đã có phường mang tên miền này"),
};

static void wipe(char (*password)[ASK_BYTES])
{
    sodium_memzero(*password, ASK_BYTES);
}

int cmd_init(struct cli *cli)
{
    char typed[ASK_BYTES] CLEANUP(wipe) = "";
    const char *question =
        tr(cli_english() ? LANG_EN : LANG_VI, "Mật khẩu mới của tài khoản quantri:");
    if (cli->password == NULL && ask_new_password(question, typed)) cli->password = typed;
    if (cli->password == NULL || strlen(cli->password) < PASSWORD_MIN)
        return cli_fail(CLI_MISUSED, "cần --password, ít nhất 8 ký tự, cho tài khoản quantri",
                        NULL);
    char host[HOST_TEXT];
    ARENA arena = {0};
    struct setting name = {"unit_name", NULL};
    if (cli->host != NULL && !host_name(cli->host, host))
        return cli_fail(CLI_MISUSED, "tên miền không đúng", cli->host);
    if (cli->unit_name != NULL && (text_clean(&arena, cli->unit_name, strlen(cli->unit_name),
                                              TEXT_ONE_LINE, NAME_MOST, &name.value) != TEXT_OK ||
                                   *name.value == 0))
        return cli_fail(CLI_MISUSED, "tên phường không đúng", cli->unit_name);
    struct setup setup = {.admin_password = cli->password,
                          .host = cli->host != NULL ? host : NULL,
                          .settings = &name,
                          .setting_count = cli->unit_name != NULL};
    struct app app;
    enum setup_fault fault = SETUP_FINE;
    if (!cli_app_open(cli, true, &app)) return cli_where_code(cli);
    enum status status = setup_ward(&app, &setup, &fault);
    cli_app_close(&app);
    if (status == STATUS_CONFLICT)
        return cli_fail(CLI_REFUSED, faults[fault], fault == SETUP_HOST_TAKEN ? host : NULL);
    if (status != STATUS_OK) return cli_fail(CLI_REFUSED, "không tạo được", status_name(status));
    return CLI_DONE;
}
