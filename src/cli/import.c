// SPDX-License-Identifier: AGPL-3.0-or-later
// import: an export into an empty store of either engine, in one transaction: all of it or nothing.
// The word index is made again, and the register verified at the end.
#include <jansson.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "actions/reindex.h"
#include "base/tr.h"
#include "cli/export.h"
#include "cli/sealed_file.h"
#include "cli/store_files.h"
#include "store/dump.h"

struct import {
    struct cli *cli;
    const char *wrong; // a message of the catalogue
    struct file_in in;
    struct buf line;
    crypto_generichash_state sum;
    struct arena arena; // one row
    int64_t rows;
    int table; // rows come in the order of dump_tables
    char hex[SECRET_HEX + 1];
};

/// The next line; what is not JSON is told in `wrong`.
static json_t *next_line(struct import *x)
{
    x->wrong = N_("tệp bị hỏng");
    if (!file_in_line(&x->in, &x->line, EXPORT_LINE_MAX)) {
        if (x->in.broken) x->wrong = N_("sai mật khẩu hoặc tệp bị hỏng");
        return NULL;
    }
    return json_loadb(x->line.data == NULL ? "" : x->line.data, x->line.len, JSON_REJECT_DUPLICATES,
                      NULL);
}

static void count_line(struct import *x)
{
    crypto_generichash_update(&x->sum, (const unsigned char *)buf_text(&x->line), x->line.len);
    crypto_generichash_update(&x->sum, (const unsigned char *)"\n", 1);
}

/// Opens the file and reads its first line.
static bool start(struct import *x)
{
    const char *format = "", *secret = "";
    int version = 0;
    json_int_t schema = 0;
    x->rows = 0;
    x->table = 0;
    crypto_generichash_init(&x->sum, NULL, 0, crypto_generichash_BYTES);
    x->wrong = file_in_open(&x->in, x->cli->rest, x->cli->password);
    if (x->wrong != NULL) return false;
    json_t *head = next_line(x);
    count_line(x);
    if (head == NULL && x->in.broken) return false;
    x->wrong = N_("đây không phải tệp của doithoai export");
    bool ok = json_unpack(head, "{s:s, s:i, s:I, s:s}", "format", &format, "version", &version,
                          "schema", &schema, "secret", &secret) == 0 &&
              strcmp(format, EXPORT_FORMAT) == 0 && strlen(secret) == SECRET_HEX &&
              strspn(secret, "0123456789abcdef") == SECRET_HEX;
    if (ok) snprintf(x->hex, sizeof(x->hex), "%s", secret);
    if (ok && (version != EXPORT_VERSION || schema != store_schema())) {
        x->wrong = N_("tệp do một phiên bản doithoai khác xuất ra");
        ok = false;
    }
    json_decref(head);
    if (ok) x->wrong = NULL;
    return ok;
}

static bool take_cell(struct import *x, const json_t *value, char type, struct sql_value *ret)
{
    *ret = (struct sql_value){.type = type, .null = true};
    if (json_is_null(value)) return true;
    if (type == 'i') {
        *ret = SQL_I(json_integer_value(value));
        return json_is_integer(value);
    }
    if (!json_is_string(value)) return false;
    const char *text = json_string_value(value);
    *ret = SQL_TN(text, json_string_length(value));
    if (type == 't') return true;
    size_t room = json_string_length(value) + 1, len = 0;
    unsigned char *bytes = arena_alloc(&x->arena, room);
    *ret = (struct sql_value){.type = 'b', .p = bytes};
    if (sodium_base642bin(bytes, room, text, json_string_length(value), NULL, &len, NULL,
                          sodium_base64_VARIANT_ORIGINAL) != 0)
        return false;
    ret->len = len;
    return true;
}

static bool take_row(struct import *x, const json_t *row, const struct dump_table *table,
                     struct sql_value *values)
{
    const char *name = table->columns;
    for (int i = 0; table->types[i] != 0; i++) {
        char key[64];
        size_t len = strcspn(name, ",");
        snprintf(key, sizeof(key), "%.*s", (int)len, name);
        const json_t *value = json_object_get(row, key);
        if (value == NULL || !take_cell(x, value, table->types[i], &values[i])) return false;
        name += len + strspn(name + len, ", ");
    }
    return json_object_size(row) == strlen(table->types);
}

static enum status put_row(struct import *x, struct store_tx *tx, const json_t *line)
{
    struct sql_value values[64];
    const char *name = json_string_value(json_object_get(line, "table"));
    while (dump_tables[x->table].name != NULL && strcmp(dump_tables[x->table].name, name) != 0)
        x->table++;
    const struct dump_table *table = &dump_tables[x->table];
    if (table->name == NULL || !take_row(x, json_object_get(line, "row"), table, values))
        return STATUS_BROKEN;
    struct sql_args args = {values, strlen(table->types)};
    enum status status = store_dump_put(tx, x->table, args);
    arena_reset(&x->arena);
    x->rows++;
    return status;
}

/// The last line holds what all before it must add up to, and nothing follows it.
static bool is_whole(struct import *x, const json_t *line)
{
    unsigned char sum[crypto_generichash_BYTES], more;
    char text[sizeof(sum) * 2 + 1];
    const char *digest = json_string_value(json_object_get(line, "digest"));
    crypto_generichash_final(&x->sum, sum, sizeof(sum));
    sodium_bin2hex(text, sizeof(text), sum, sizeof(sum));
    return digest != NULL && strcmp(digest, text) == 0 &&
           json_integer_value(json_object_get(line, "rows")) == x->rows &&
           file_in_read(&x->in, &more, 1) == 0 && !x->in.broken;
}

static enum status put_rows(struct import *x, struct store_tx *tx)
{
    for (;;) {
        json_t *line = next_line(x);
        bool row = json_is_string(json_object_get(line, "table"));
        enum status status = line == NULL ? STATUS_BROKEN : STATUS_OK;
        if (row) {
            count_line(x);
            status = put_row(x, tx, line);
        } else if (line != NULL) {
            status = is_whole(x, line) ? STATUS_OK : STATUS_BROKEN;
        }
        json_decref(line);
        if (status != STATUS_OK || !row) return status;
    }
}

/// Runs from the file's start each time, as a job must.
static enum status run(struct store_tx *tx, void *arg)
{
    struct import *x = arg;
    int64_t units = 0;
    enum status status = store_dump_units(store_tx_sql(tx), &units);
    if (status != STATUS_OK) return status;
    if (units > 0) {
        x->wrong = N_("kho dữ liệu này đã có phường");
        return STATUS_CONFLICT;
    }
    status = start(x) ? put_rows(x, tx) : STATUS_BROKEN;
    file_in_close(&x->in);
    if (status == STATUS_OK) status = reindex_all(tx);
    if (status == STATUS_OK && x->cli->database != NULL)
        status = store_setting_write(tx, 0, "secret", x->hex);
    if (status == STATUS_OK) x->wrong = NULL;
    return status;
}

static int import_into(struct import *x)
{
    struct app app;
    if (!cli_app_open(x->cli, true, &app)) return CLI_REFUSED;
    enum status status = store_run(app.store, run, x);
    cli_app_close(&app);
    if (status == STATUS_OK) return CLI_DONE;
    return cli_fail(CLI_REFUSED, x->wrong == NULL ? N_("không ghi được kho dữ liệu") : x->wrong,
                    x->cli->rest);
}

int cmd_import(struct cli *cli)
{
    if (cli->rest == NULL || (cli->data == NULL) == (cli->database == NULL))
        return cli_fail(CLI_MISUSED, "cần TỆP, và --data THƯ_MỤC hoặc --database URL", NULL);
    struct import x = {.cli = cli};
    bool readable = start(&x); // before anything is made: a wrong password makes nothing
    file_in_close(&x.in);
    int code = CLI_DONE;
    if (!readable) code = cli_fail(CLI_REFUSED, x.wrong, cli->rest);
    bool made = code == CLI_DONE && cli->data != NULL;
    if (made && !folder_make_empty(cli->data)) code = CLI_REFUSED, made = false;
    if (made && !folder_write_secret(cli->data, x.hex))
        code = cli_fail(CLI_REFUSED, "không ghi được tệp", cli->data);
    if (code == CLI_DONE) code = import_into(&x);
    if (code != CLI_DONE && made) folder_clear(cli->data);
    sodium_memzero(x.hex, sizeof(x.hex));
    buf_done(&x.line);
    arena_done(&x.arena);
    return code == CLI_DONE ? verify_store(cli, false) : code;
}
