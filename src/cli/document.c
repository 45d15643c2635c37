// SPDX-License-Identifier: AGPL-3.0-or-later
// document: one document of a dialogue into a file.
#include <string.h>

#include "actions/document_facts.h"
#include "cli/cli.h"

static int read_request(const struct cli *cli, struct document_request *request,
                        enum doc_format *ret_format)
{
    int type = doc_type_parse(cli->rest), format = doc_format_parse(cli->format);
    if (type < 0) return cli_fail(CLI_MISUSED, "không có loại văn bản này", cli->rest);
    if (format < 0) return cli_fail(CLI_MISUSED, "cần --format docx, pdf, html hoặc txt", NULL);
    if (cli->output == NULL) return cli_fail(CLI_MISUSED, "cần -o TỆP", NULL);
    request->type = (enum doc_type)type;
    *ret_format = (enum doc_format)format;
    request->dialogue = cli->dialogue;
    if (cli->dialogue < 1) return cli_fail(CLI_MISUSED, "cần --dialogue ID", NULL);
    bool needs = doc_types[type].selector == SELECT_OPINION;
    if (needs && cli->opinion == NULL)
        return cli_fail(CLI_MISUSED, "văn bản này cần --opinion SỐ", NULL);
    if (cli->opinion != NULL && !opinion_number_parse(cli->opinion, &request->opinion))
        return cli_fail(CLI_MISUSED, "số ý kiến không đúng dạng NĂM-SỐ", cli->opinion);
    bool full = cli->edition != NULL && strcmp(cli->edition, "full") == 0;
    if (cli->edition != NULL && !full && strcmp(cli->edition, "public") != 0)
        return cli_fail(CLI_MISUSED, "--edition là public hoặc full", cli->edition);
    request->public_edition = cli->edition != NULL && !full;
    request->person = cli->person;
    return CLI_DONE;
}

static int write_file(const char *path, const struct buf *out)
{
    FILE *file = strcmp(path, "-") == 0 ? stdout : fopen(path, "wb");
    if (file == NULL) return cli_fail(CLI_REFUSED, "không ghi được tệp", path);
    bool written = fwrite(buf_text(out), 1, out->len, file) == out->len;
    written = (file == stdout ? fflush(file) : fclose(file)) == 0 && written;
    return written ? CLI_DONE : cli_fail(CLI_REFUSED, "không ghi được tệp", path);
}

int cmd_document(struct cli *cli)
{
    struct document_request request = {0};
    enum doc_format format = DOC_PDF;
    int code = read_request(cli, &request, &format);
    struct app app;
    if (code != CLI_DONE) return code;
    if (!cli_app_open(cli, false, &app)) return cli_where_code(cli);
    request.now_ms = clock_now_ms(&app.clock);
    BUF out = {0};
    ARENA arena = {0};
    struct document_file file = {.format = format, .out = &out};
    enum status status;
    {
        STORE_READ ro = NULL;
        status = store_read_begin(app.store, &ro);
        if (status == STATUS_OK) code = cli_unit(cli, store_ro_sql(ro), &request.unit);
        if (status == STATUS_OK && code == CLI_DONE)
            status = document_make(&app, store_ro_sql(ro), &request, &arena, &file);
    }
    cli_app_close(&app);
    if (code != CLI_DONE) return code;
    if (status == STATUS_NOT_FOUND)
        return cli_fail(CLI_REFUSED, "không có hội nghị hoặc ý kiến này", NULL);
    if (status != STATUS_OK)
        return cli_fail(CLI_REFUSED, "không làm được văn bản", status_name(status));
    return write_file(cli->output, &out);
}
