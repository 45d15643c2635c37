// SPDX-License-Identifier: AGPL-3.0-or-later
// The folder of a store and its secret. Never touches a folder in which anything lies.
#include "cli/store_files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/tr.h"

static bool secret_of_folder(const char *dir, char hex[SECRET_HEX + 1])
{
    char path[4096];
    snprintf(path, sizeof(path), "%s/secret", dir);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false;
    ssize_t len = read(fd, hex, SECRET_HEX);
    close(fd);
    hex[SECRET_HEX] = 0;
    return len == SECRET_HEX;
}

static bool secret_of_database(struct store *store, char hex[SECRET_HEX + 1])
{
    ARENA arena = {0};
    struct setting_list settings;
    STORE_READ ro = NULL;
    if (store_read_begin(store, &ro) != STATUS_OK ||
        store_settings(store_ro_sql(ro), 0, &arena, &settings) != STATUS_OK)
        return false;
    const char *text = setting_of(&settings, "secret", "");
    snprintf(hex, SECRET_HEX + 1, "%s", text);
    return strlen(text) == SECRET_HEX;
}

bool secret_read(struct cli *cli, struct store *store, char hex[SECRET_HEX + 1])
{
    if (cli->data != NULL ? secret_of_folder(cli->data, hex) : secret_of_database(store, hex))
        return true;
    cli_fail(CLI_REFUSED, "không đọc được khóa bí mật của kho dữ liệu", NULL);
    return false;
}

static bool is_empty(const char *dir)
{
    DIR *folder = opendir(dir);
    if (folder == NULL) return false;
    int names = 0;
    while (readdir(folder) != NULL)
        names++;
    closedir(folder);
    return names <= 2; // "." and ".."
}

bool folder_make_empty(const char *dir)
{
    if (mkdir(dir, 0700) != 0 && errno != EEXIST) {
        cli_fail(CLI_REFUSED, "không tạo được thư mục dữ liệu", strerror(errno));
        return false;
    }
    if (is_empty(dir) && chmod(dir, 0700) == 0) return true;
    cli_fail(CLI_REFUSED, "thư mục không trống", dir);
    return false;
}

int folder_create(const char *dir, const char *name)
{
    char path[4096];
    snprintf(path, sizeof(path), "%s/%s", dir, name);
    return open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
}

bool folder_write_secret(const char *dir, const char *hex)
{
    int fd = folder_create(dir, "secret");
    if (fd < 0) return false;
    bool ok = write(fd, hex, SECRET_HEX) == SECRET_HEX && fsync(fd) == 0;
    return close(fd) == 0 && ok;
}

void folder_clear(const char *dir)
{
    static const char *const names[] = {"doithoai.db", "doithoai.db-wal", "doithoai.db-shm",
                                        "secret"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        char path[4096];
        snprintf(path, sizeof(path), "%s/%s", dir, names[i]);
        unlink(path);
    }
}

int verify_store(struct cli *cli, bool migrate)
{
    if (migrate) {
        struct app app;
        if (!cli_app_open(cli, true, &app)) return CLI_REFUSED;
        cli_app_close(&app);
    }
    return cmd_verify(cli);
}

void warn_if_plain(const struct cli *cli)
{
    if (cli->password == NULL)
        cli_fail(0,
                 "cảnh báo: tệp không có mật khẩu, ai có tệp đều đọc được tên, số điện thoại, ý "
                 "kiến và khóa bí mật; hãy dùng --password",
                 NULL);
}
