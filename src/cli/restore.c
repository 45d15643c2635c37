// SPDX-License-Identifier: AGPL-3.0-or-later
// restore: a backup into an empty folder, verified afterwards. Leaves nothing of a broken file.
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/tr.h"
#include "cli/sealed_file.h"
#include "cli/store_files.h"

struct copy {
    struct file_in in;
    crypto_generichash_state sum;
};

static bool get(struct copy *copy, void *bytes, size_t len)
{
    if (file_in_read(&copy->in, bytes, len) != len) return false;
    crypto_generichash_update(&copy->sum, bytes, len);
    return true;
}

static bool get_database(struct copy *copy, int fd, int64_t size)
{
    static unsigned char piece[64 * 1024];
    while (size > 0) {
        size_t part = size < (int64_t)sizeof(piece) ? (size_t)size : sizeof(piece);
        if (!get(copy, piece, part) || write(fd, piece, part) != (ssize_t)part) return false;
        size -= (int64_t)part;
    }
    return fsync(fd) == 0;
}

static const char *read_all(struct copy *copy, const char *dir)
{
    char start[18], hex[SECRET_HEX + 2] = {0}, size[22] = {0};
    unsigned char want[crypto_generichash_BYTES], got[crypto_generichash_BYTES], more;
    crypto_generichash_init(&copy->sum, NULL, 0, sizeof(got));
    if (!get(copy, start, sizeof(start)))
        return copy->in.broken ? N_("sai mật khẩu hoặc tệp bị hỏng") : N_("tệp bị hỏng");
    if (memcmp(start, "doithoai backup 1\n", sizeof(start)) != 0)
        return N_("đây không phải tệp của doithoai backup");
    if (!get(copy, hex, SECRET_HEX + 1) || !get(copy, size, 21) || strspn(size, "0123456789") != 20)
        return N_("tệp bị hỏng");
    int fd = folder_create(dir, "doithoai.db");
    if (fd < 0) return N_("không ghi được tệp");
    bool ok = get_database(copy, fd, strtoll(size, NULL, 10));
    ok = close(fd) == 0 && ok;
    crypto_generichash_final(&copy->sum, got, sizeof(got));
    ok = ok && file_in_read(&copy->in, want, sizeof(want)) == sizeof(want) &&
         file_in_read(&copy->in, &more, 1) == 0 && !copy->in.broken &&
         sodium_memcmp(want, got, sizeof(got)) == 0;
    if (!ok) return N_("tệp bị hỏng");
    hex[SECRET_HEX] = 0;
    return folder_write_secret(dir, hex) ? NULL : N_("không ghi được tệp");
}

int cmd_restore(struct cli *cli)
{
    if (cli->data == NULL || cli->database != NULL || cli->rest == NULL)
        return cli_fail(CLI_MISUSED, "cần TỆP và --data THƯ_MỤC", NULL);
    struct copy copy;
    const char *wrong = file_in_open(&copy.in, cli->rest, cli->password);
    if (wrong != NULL) return cli_fail(CLI_REFUSED, wrong, cli->rest);
    if (!folder_make_empty(cli->data)) return file_in_close(&copy.in), CLI_REFUSED;
    wrong = read_all(&copy, cli->data);
    file_in_close(&copy.in);
    if (wrong != NULL) {
        folder_clear(cli->data);
        return cli_fail(CLI_REFUSED, wrong, cli->rest);
    }
    return verify_store(cli, true); // an older backup is brought up to date
}
