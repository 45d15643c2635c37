// SPDX-License-Identifier: AGPL-3.0-or-later
// verify: exit 0 and a summary of each ward, or exit 1 and the first broken entry of each that is
// broken, with its ward where there are several.
#include "actions/verify.h"
#include "base/tr.h"
#include "cli/cli.h"

struct round {
    struct app *app;
    int64_t only; // 0: all of them
    bool several;
    int code;
    struct verify_report sum;
};

static void say(struct round *r, const struct verify_report *report, const char *name)
{
    enum lang lang = cli_english() ? LANG_EN : LANG_VI;
    FILE *out = report->sound ? stdout : stderr;
    if (r->several) fprintf(out, "%s: ", name);
    if (report->sound)
        fprintf(
            out,
            tr(lang, "sổ nguyên vẹn: %lld mục, %lld mục niêm phong, %lld ý kiến, %lld hội nghị\n"),
            (long long)report->entries, (long long)report->sealed_entries,
            (long long)report->opinions, (long long)report->dialogues);
    else
        fprintf(out, "%s%s\n", report->in_sealed_chain ? "sổ niêm phong, " : "", report->what);
}

static void count(struct round *r, const struct verify_report *report)
{
    if (!report->sound) r->code = CLI_REFUSED;
    r->sum.entries += report->entries;
    r->sum.sealed_entries += report->sealed_entries;
    r->sum.opinions += report->opinions;
    r->sum.dialogues += report->dialogues;
}

/// Each in a snapshot of its own. NOT_FOUND: there are no more behind `row`.
static enum status verify_next(struct round *r, struct arena *arena, struct unit_row *row)
{
    struct verify_report report;
    STORE_READ ro = NULL;
    enum status status = store_read_begin(r->app->store, &ro);
    if (status == STATUS_OK) status = store_unit_after(store_ro_sql(ro), row->unit, arena, row);
    if (status != STATUS_OK || (r->only != 0 && row->unit != r->only)) return status;
    status = verify_unit(r->app, store_ro_sql(ro), row->unit, &report);
    if (status != STATUS_OK) return status;
    say(r, &report, cli_unit_name(arena, row));
    count(r, &report);
    return STATUS_OK;
}

/// Which of them, and whether their names must be said.
static int begin(const struct cli *cli, struct round *r)
{
    ARENA arena = {0};
    STORE_READ ro = NULL;
    struct unit_row first, second;
    if (store_read_begin(r->app->store, &ro) != STATUS_OK)
        return cli_fail(CLI_REFUSED, "không đọc được kho dữ liệu", NULL);
    struct sql *sql = store_ro_sql(ro);
    enum status status = store_unit_after(sql, 0, &arena, &first);
    if (status == STATUS_OK)
        r->several = store_unit_after(sql, first.unit, &arena, &second) == STATUS_OK;
    return r->several && cli->host == NULL ? CLI_DONE : cli_unit(cli, sql, &r->only);
}

int verify_ward(struct cli *cli, struct verify_report *ret_report)
{
    struct app app;
    if (!cli_app_open(cli, false, &app)) return cli_where_code(cli);
    struct round r = {.app = &app, .sum = {.sound = true}};
    r.code = begin(cli, &r);
    if (r.code == CLI_DONE) {
        ARENA arena = {0};
        struct unit_row row = {0};
        enum status status;
        do
            status = verify_next(&r, &arena, &row);
        while (status == STATUS_OK);
        if (status != STATUS_NOT_FOUND)
            r.code = cli_fail(CLI_REFUSED, "không đọc được kho dữ liệu", status_name(status));
    }
    cli_app_close(&app);
    if (r.code == CLI_DONE) *ret_report = r.sum;
    return r.code;
}

int cmd_verify(struct cli *cli)
{
    struct verify_report report;
    return verify_ward(cli, &report);
}
