// SPDX-License-Identifier: AGPL-3.0-or-later
// export: the whole ward as JSON lines, the same from either engine. First a line that says what it
// is, with the secret (without it no receipt would open anything afterwards) and the head of each
// register; then a line per row; last the number of rows and the BLAKE2b-256 of all lines before.
// What is sealed leaves in an encrypted file only.
#include <jansson.h>
#include <sodium.h>
#include <string.h>

#include "base/tr.h"
#include "cli/export.h"
#include "cli/sealed_file.h"
#include "cli/store_files.h"
#include "store/dump.h"

enum { PAGE_ROWS = 2000, PAGE_ROWS_BIG = 4 };

struct export
{
    struct file_out out;
    crypto_generichash_state sum;
    int64_t rows;
};

/// Takes the object.
static void put_line(struct export *x, json_t *object)
{
    char *text = json_dumps(object, JSON_COMPACT);
    ensure(text != NULL);
    crypto_generichash_update(&x->sum, (const unsigned char *)text, strlen(text));
    crypto_generichash_update(&x->sum, (const unsigned char *)"\n", 1);
    file_out_put(&x->out, text, strlen(text));
    file_out_put(&x->out, "\n", 1);
    free(text);
    json_decref(object);
}

static json_t *json_bytes(struct sql_bytes bytes)
{
    size_t size = sodium_base64_encoded_len(bytes.len, sodium_base64_VARIANT_ORIGINAL);
    char *text = malloc(size);
    ensure(text != NULL);
    sodium_bin2base64(text, size, bytes.p, bytes.len, sodium_base64_VARIANT_ORIGINAL);
    json_t *value = json_string(text);
    free(text);
    return value;
}

static json_t *json_cell(const struct sql_rows *rows, int column, char type)
{
    if (sql_is_null(rows, column)) return json_null();
    if (type == 'i') return json_integer(sql_int(rows, column));
    return type == 't' ? json_string(sql_text(rows, column)) : json_bytes(sql_blob(rows, column));
}

static json_t *json_row(const struct sql_rows *rows, const struct dump_table *table)
{
    json_t *row = json_object();
    const char *name = table->columns;
    for (int i = 0; table->types[i] != 0; i++) {
        char key[64];
        size_t len = strcspn(name, ",");
        snprintf(key, sizeof(key), "%.*s", (int)len, name);
        json_object_set_new(row, key, json_cell(rows, i, table->types[i]));
        name += len + strspn(name + len, ", ");
    }
    return row;
}

static enum status put_page(struct export *x, struct sql *sql, int number, struct dump_page page,
                            int64_t *ret_rows)
{
    const struct dump_table *table = &dump_tables[number];
    SQL_ROWS rows = {0};
    store_dump_page(sql, number, page, &rows);
    int64_t count = 0;
    for (; sql_next(&rows); count++)
        put_line(x, json_pack("{s:s, s:o}", "table", table->name, "row", json_row(&rows, table)));
    *ret_rows = count;
    x->rows += count;
    return sql_rows_done(&rows);
}

static enum status put_table(struct export *x, struct sql *sql, int number)
{
    bool big = strcmp(dump_tables[number].name, "attachment") == 0 ||
               strcmp(dump_tables[number].name, "issued_file") == 0;
    struct dump_page page = {.limit = big ? PAGE_ROWS_BIG : PAGE_ROWS};
    if (sql_engine(sql) == SQL_SQLITE) page.limit = INT64_MAX; // its rows come one at a time
    enum status status = STATUS_OK;
    for (int64_t rows = page.limit; status == STATUS_OK && rows == page.limit;) {
        status = put_page(x, sql, number, page, &rows);
        page.after += rows;
    }
    return status;
}

/// The heads of the registers, so that a reader can tell what the rows must lead to.
static enum status heads(struct sql *sql, json_t *list)
{
    SQL_ROWS rows = {0};
    int table = 0;
    while (strcmp(dump_tables[table].name, "unit_head") != 0)
        table++;
    store_dump_page(sql, table, (struct dump_page){.limit = 10000}, &rows);
    while (sql_next(&rows))
        json_array_append_new(list, json_pack("{s:I, s:I, s:o, s:I, s:o}", "unit",
                                              (json_int_t)sql_int(&rows, 0), "entry",
                                              (json_int_t)sql_int(&rows, 1), "hash",
                                              json_bytes(sql_blob(&rows, 2)), "sealed_entry",
                                              (json_int_t)sql_int(&rows, 3), "sealed_hash",
                                              json_bytes(sql_blob(&rows, 4))));
    return sql_rows_done(&rows);
}

static enum status put_all(struct export *x, struct sql *sql, const char *hex)
{
    unsigned char sum[crypto_generichash_BYTES];
    char text[sizeof(sum) * 2 + 1];
    json_t *list = json_array();
    enum status status = heads(sql, list);
    put_line(x, json_pack("{s:s, s:i, s:I, s:s, s:o}", "format", EXPORT_FORMAT, "version",
                          EXPORT_VERSION, "schema", (json_int_t)store_schema(), "secret", hex,
                          "heads", list));
    for (int i = 0; status == STATUS_OK && dump_tables[i].name != NULL; i++)
        status = put_table(x, sql, i);
    crypto_generichash_final(&x->sum, sum, sizeof(sum));
    sodium_bin2hex(text, sizeof(text), sum, sizeof(sum));
    crypto_generichash_init(&x->sum, NULL, 0, sizeof(sum)); // put_line goes on counting
    put_line(x, json_pack("{s:I, s:s}", "rows", (json_int_t)x->rows, "digest", text));
    return status;
}

static const char *write_file(struct cli *cli, struct sql *sql, const char *hex)
{
    struct export x = {0};
    int64_t sealed = 0;
    if (store_dump_sealed(sql, &sealed) != STATUS_OK) return N_("không đọc được kho dữ liệu");
    if (sealed > 0 && cli->password == NULL)
        return N_("có ý kiến đang niêm phong, chỉ được xuất ra tệp có mật khẩu: cần --password");
    const char *wrong = file_out_open(&x.out, cli->output, cli->password);
    if (wrong != NULL) return wrong;
    crypto_generichash_init(&x.sum, NULL, 0, crypto_generichash_BYTES);
    if (put_all(&x, sql, hex) != STATUS_OK) {
        file_out_drop(&x.out);
        return N_("không đọc được kho dữ liệu");
    }
    return file_out_finish(&x.out) ? NULL : N_("không ghi được tệp");
}

int cmd_export(struct cli *cli)
{
    if (cli->output == NULL)
        return cli_fail(CLI_MISUSED, "cần --data THƯ_MỤC hoặc --database URL, và -o TỆP", NULL);
    struct app app;
    char hex[SECRET_HEX + 1];
    const char *wrong = N_("không đọc được kho dữ liệu");
    if (!cli_app_open(cli, false, &app)) return cli_where_code(cli);
    bool known = secret_read(cli, app.store, hex);
    if (known) {
        STORE_READ ro = NULL; // one snapshot for all tables
        if (store_read_begin(app.store, &ro) == STATUS_OK)
            wrong = write_file(cli, store_ro_sql(ro), hex);
    }
    sodium_memzero(hex, sizeof(hex));
    cli_app_close(&app);
    if (!known) return CLI_REFUSED;
    if (wrong != NULL) return cli_fail(CLI_REFUSED, wrong, NULL);
    warn_if_plain(cli);
    return CLI_DONE;
}
