// SPDX-License-Identifier: AGPL-3.0-or-later
// backup: the database as of one moment, while the server runs, and the secret, in one file.
//     "doithoai backup 1\n" SECRET-HEX "\n" 20 digits of the size "\n" DATABASE BLAKE2b-256
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/tr.h"
#include "cli/sealed_file.h"
#include "cli/store_files.h"

struct copy {
    struct file_out out;
    crypto_generichash_state sum;
};

static void put(struct copy *copy, const void *bytes, size_t len)
{
    crypto_generichash_update(&copy->sum, bytes, len);
    file_out_put(&copy->out, bytes, len);
}

static bool put_database(struct copy *copy, const char *file)
{
    static unsigned char piece[64 * 1024];
    int fd = open(file, O_RDONLY | O_CLOEXEC);
    struct stat info;
    char size[24];
    if (fd < 0) return false;
    if (fstat(fd, &info) != 0) return close(fd), false;
    snprintf(size, sizeof(size), "%020lld\n", (long long)info.st_size);
    put(copy, size, strlen(size));
    int64_t done = 0;
    for (ssize_t len; (len = read(fd, piece, sizeof(piece))) > 0; done += len)
        put(copy, piece, (size_t)len);
    close(fd);
    return done == info.st_size;
}

static const char *write_all(struct copy *copy, const char *hex, const char *file)
{
    unsigned char sum[crypto_generichash_BYTES];
    crypto_generichash_init(&copy->sum, NULL, 0, sizeof(sum));
    put(copy, "doithoai backup 1\n", 18);
    put(copy, hex, SECRET_HEX);
    put(copy, "\n", 1);
    bool ok = put_database(copy, file);
    crypto_generichash_final(&copy->sum, sum, sizeof(sum));
    file_out_put(&copy->out, sum, sizeof(sum));
    if (!ok) file_out_drop(&copy->out);
    return ok && file_out_finish(&copy->out) ? NULL : N_("không ghi được tệp");
}

static int run(struct cli *cli, struct app *app)
{
    char file[4096], hex[SECRET_HEX + 1];
    struct copy copy;
    snprintf(file, sizeof(file), "%s/backup-%d.tmp", cli->data, (int)getpid());
    if (!secret_read(cli, app->store, hex)) return CLI_REFUSED;
    const char *wrong = file_out_open(&copy.out, cli->output, cli->password);
    if (wrong != NULL) return cli_fail(CLI_REFUSED, wrong, cli->output);
    char name[64];
    snprintf(name, sizeof(name), "backup-%d.tmp", (int)getpid());
    int fd = folder_create(cli->data, name); // empty and private before anything is in it
    if (fd >= 0) close(fd);
    if (fd < 0 || store_copy(app->store, file) != STATUS_OK) {
        wrong = N_("không sao chép được kho dữ liệu");
        file_out_drop(&copy.out);
    } else {
        wrong = write_all(&copy, hex, file);
    }
    unlink(file);
    sodium_memzero(hex, sizeof(hex));
    if (wrong != NULL) return cli_fail(CLI_REFUSED, wrong, cli->output);
    warn_if_plain(cli);
    return CLI_DONE;
}

int cmd_backup(struct cli *cli)
{
    if (cli->database != NULL)
        return cli_fail(CLI_MISUSED, "với PostgreSQL hãy dùng pg_dump, hoặc doithoai export", NULL);
    if (cli->data == NULL || cli->output == NULL)
        return cli_fail(CLI_MISUSED, "cần --data THƯ_MỤC và -o TỆP", NULL);
    struct app app;
    if (!cli_app_open(cli, false, &app)) return CLI_REFUSED;
    int code = run(cli, &app);
    cli_app_close(&app);
    return code;
}
