// SPDX-License-Identifier: AGPL-3.0-or-later
// init: an empty ward with one administrator, built-in holidays and five khóm. The rest is done on
// the pages.
#include <sodium.h>
#include <string.h>

#include "actions/password.h"
#include "actions/setup.h"
#include "base/tr.h"
#include "cli/ask.h"
#include "cli/cli.h"

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
    struct app app;
    if (!cli_app_open(cli, true, &app)) return cli_where_code(cli);
    enum status status = setup_unit(&app, 1, &(struct setup){.admin_password = cli->password});
    cli_app_close(&app);
    if (status == STATUS_CONFLICT)
        return cli_fail(CLI_REFUSED, "kho dữ liệu này đã có phường", NULL);
    if (status != STATUS_OK) return cli_fail(CLI_REFUSED, "không tạo được", status_name(status));
    return CLI_DONE;
}
