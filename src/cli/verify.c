// SPDX-License-Identifier: AGPL-3.0-or-later
// verify: exit 0 and a summary, or exit 1 and the first broken entry.
#include "actions/verify.h"
#include "base/tr.h"
#include "cli/cli.h"

int verify_ward(struct cli *cli, struct verify_report *ret_report)
{
    struct app app;
    if (!cli_app_open(cli, false, &app)) return cli_where_code(cli);
    struct verify_report report = {0};
    int64_t unit = 0;
    enum status status;
    {
        STORE_READ ro = NULL;
        status = store_read_begin(app.store, &ro);
        if (status == STATUS_OK) status = store_unit_of_host(store_ro_sql(ro), "", &unit);
        if (status == STATUS_OK) status = verify_unit(&app, store_ro_sql(ro), unit, &report);
    }
    cli_app_close(&app);
    if (status != STATUS_OK)
        return cli_fail(CLI_REFUSED, "không đọc được kho dữ liệu", status_name(status));
    if (!report.sound) {
        fprintf(stderr, "%s%s\n", report.in_sealed_chain ? "sổ niêm phong, " : "", report.what);
        return CLI_REFUSED;
    }
    printf(tr(cli_english() ? LANG_EN : LANG_VI,
              "sổ nguyên vẹn: %lld mục, %lld mục niêm phong, %lld ý kiến, %lld hội nghị\n"),
           (long long)report.entries, (long long)report.sealed_entries, (long long)report.opinions,
           (long long)report.dialogues);
    *ret_report = report;
    return CLI_DONE;
}

int cmd_verify(struct cli *cli)
{
    struct verify_report report;
    return verify_ward(cli, &report);
}
