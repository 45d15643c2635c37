// SPDX-License-Identifier: AGPL-3.0-or-later
// From --data or --database to a running app: directory, secret, clock.
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "cli/cli.h"
#include "store/register.h"
#include "store/unit.h"

/// DIR/secret: 32 bytes as hex, readable by its owner alone; made at the first start.
static bool file_secret(const char *dir, unsigned char master[KEY_BYTES])
{
    char path[4096], hex[KEY_BYTES * 2 + 1] = {0};
    snprintf(path, sizeof(path), "%s/secret", dir);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd >= 0) {
        random_fill(master, KEY_BYTES);
        sodium_bin2hex(hex, sizeof(hex), master, KEY_BYTES);
        bool written =
            write(fd, hex, sizeof(hex) - 1) == (ssize_t)sizeof(hex) - 1 && fsync(fd) == 0;
        close(fd);
        return written;
    }
    if (errno != EEXIST) return false;
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false;
    ssize_t len = read(fd, hex, sizeof(hex) - 1);
    close(fd);
    size_t bytes = 0;
    return len == (ssize_t)sizeof(hex) - 1 &&
           sodium_hex2bin(master, KEY_BYTES, hex, (size_t)len, NULL, &bytes, NULL) == 0 &&
           bytes == KEY_BYTES;
}

struct secret_job {
    const char *hex;
};

static enum status write_secret(struct store_tx *tx, void *arg)
{
    struct secret_job *job = arg;
    return store_setting_write(tx, 0, "secret", job->hex);
}

/// On PostgreSQL several machines share it: it lies in the database, as unit 0's setting.
static bool database_secret(struct store *store, unsigned char master[KEY_BYTES])
{
    ARENA arena = {0};
    struct setting_list settings;
    {
        STORE_READ ro = NULL;
        if (store_read_begin(store, &ro) != STATUS_OK) return false;
        if (store_settings(store_ro_sql(ro), 0, &arena, &settings) != STATUS_OK) return false;
    }
    const char *hex = setting_of(&settings, "secret", NULL);
    size_t bytes = 0;
    if (hex != NULL)
        return sodium_hex2bin(master, KEY_BYTES, hex, strlen(hex), NULL, &bytes, NULL) == 0 &&
               bytes == KEY_BYTES;
    char fresh[KEY_BYTES * 2 + 1];
    random_fill(master, KEY_BYTES);
    sodium_bin2hex(fresh, sizeof(fresh), master, KEY_BYTES);
    struct secret_job job = {fresh};
    return store_run(store, write_secret, &job) == STATUS_OK;
}

/// The instant of the last entry: a ward with a clock of its own goes on from there after a
/// restart, not once more from its first morning.
static int64_t last_entry_ms(struct sql *sql, int64_t unit, struct arena *arena)
{
    struct unit_head head;
    struct entry_list last;
    if (store_head_read(sql, unit, &head) != STATUS_OK || head.entry == 0) return 0;
    struct register_page page = {CHAIN_MAIN, head.entry - 1, 1};
    if (store_register_list(sql, unit, page, arena, &last) != STATUS_OK || last.count == 0)
        return 0;
    return last.rows[0].at_ms;
}

/// Of all units: they share the clock, which the first one's settings hold.
static int64_t last_ms(struct sql *sql, struct arena *arena)
{
    int64_t last = 0;
    for (struct unit_row row = {0}; store_unit_after(sql, row.unit, arena, &row) == STATUS_OK;) {
        int64_t ms = last_entry_ms(sql, row.unit, arena);
        if (ms > last) last = ms;
    }
    return last;
}

static struct clock clock_for(const struct cli *cli, struct store *store, bool *ret_own)
{
    *ret_own = false;
    ARENA arena = {0};
    struct setting_list settings = {0};
    STORE_READ ro = NULL;
    int64_t ms;
    if (store_read_begin(store, &ro) == STATUS_OK &&
        store_settings(store_ro_sql(ro), 1, &arena, &settings) == STATUS_OK) {
        const char *own = setting_of(&settings, "clock", NULL);
        if (own != NULL && instant_parse(own, &ms)) {
            int64_t last = last_ms(store_ro_sql(ro), &arena);
            *ret_own = true;
            if (last > ms) ms = last;
            return clock_starting_at(cli->has_now ? cli->now_ms : ms);
        }
    }
    return cli->has_now ? clock_starting_at(cli->now_ms) : (struct clock){0};
}

/// Opening would make one, and a secret with it.
static bool has_store(const char *dir)
{
    char path[4096];
    snprintf(path, sizeof(path), "%s/doithoai.db", dir);
    return access(path, F_OK) == 0;
}

bool cli_has_ward(const struct cli *cli)
{
    if (cli->data == NULL || has_store(cli->data)) return true;
    cli_fail(CLI_REFUSED, "không có kho dữ liệu trong thư mục này", cli->data);
    return false;
}

bool cli_app_open(struct cli *cli, bool migrate, struct app *app)
{
    if ((cli->data == NULL) == (cli->database == NULL)) {
        cli_fail(CLI_MISUSED,
                 "cần đúng một trong hai: --data THƯ_MỤC hoặc --database postgresql://...", NULL);
        return false;
    }
    if (cli->data != NULL && migrate && mkdir(cli->data, 0700) != 0 && errno != EEXIST) {
        cli_fail(CLI_REFUSED, "không tạo được thư mục dữ liệu", strerror(errno));
        return false;
    }
    if (cli->data != NULL && !migrate && !has_store(cli->data)) {
        cli_fail(CLI_REFUSED, "không có kho dữ liệu trong thư mục này", cli->data);
        return false;
    }
    struct store *store = NULL;
    struct store_options options = {.migrate = migrate};
    const char *where = cli->data != NULL ? cli->data : cli->database;
    if (store_open(where, &options, &store) != STATUS_OK) {
        cli_fail(CLI_REFUSED, "không mở được kho dữ liệu", where);
        return false;
    }
    unsigned char master[KEY_BYTES];
    if (!(cli->data != NULL ? file_secret(cli->data, master) : database_secret(store, master))) {
        cli_fail(CLI_REFUSED, "không đọc được khóa bí mật của kho dữ liệu", where);
        store_close(store);
        return false;
    }
    bool own = false;
    struct clock clock = clock_for(cli, store, &own);
    app_init(app, store, clock, master);
    app->demo = own;
    sodium_memzero(master, sizeof(master));
    return true;
}

void cli_app_close(struct app *app)
{
    store_close(app->store);
    app_done(app);
}

int cli_where_code(const struct cli *cli)
{
    return (cli->data == NULL) == (cli->database == NULL) ? CLI_MISUSED : CLI_REFUSED;
}
