// SPDX-License-Identifier: AGPL-3.0-or-later
// The folder of a rehearsal: marked when it is made, and thrown away. Discarding deletes files it
// knows by name in a folder that says it is a rehearsal and whose store says so too; anything else
// it leaves alone.
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "cli/rehearsal.h"
#include "cli/store_files.h"

static const char mark[] = "doithoai rehearsal 1\n";
static const char *const files[] = {"doithoai.db",         "doithoai.db-wal", "doithoai.db-shm",
                                    "doithoai.db-journal", "secret",          "tls.pem",
                                    REHEARSAL_FILE};

static bool is_marked(int dir)
{
    char text[sizeof(mark)] = "";
    int fd = openat(dir, REHEARSAL_FILE, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0) return false;
    ssize_t len = read(fd, text, sizeof(text));
    close(fd);
    return len == (ssize_t)sizeof(mark) - 1 && memcmp(text, mark, sizeof(mark) - 1) == 0;
}

/// A file that is none of ours makes the whole folder somebody's.
static bool only_ours(int dir)
{
    DIR *folder = fdopendir(dup(dir));
    if (folder == NULL) return false;
    bool ours = true;
    for (struct dirent *entry; ours && (entry = readdir(folder)) != NULL;) {
        ours = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
        for (size_t i = 0; !ours && i < ARRAY_LEN(files); i++)
            ours = strcmp(entry->d_name, files[i]) == 0;
    }
    closedir(folder);
    return ours;
}

/// Every ward in it says so itself; one that was never finished has none.
static bool all_are_rehearsals(struct sql *sql)
{
    ARENA arena = {0};
    struct unit_row row = {0};
    enum status status;
    while ((status = store_unit_after(sql, row.unit, &arena, &row)) == STATUS_OK) {
        struct setting_list settings;
        if (store_settings(sql, row.unit, &arena, &settings) != STATUS_OK ||
            setting_of(&settings, "rehearsal", NULL) == NULL)
            return false;
    }
    return status == STATUS_NOT_FOUND;
}

static bool store_is_rehearsal(const char *path)
{
    struct store *store = NULL;
    struct store_options options = {.migrate = false};
    bool yes = false;
    if (store_open(path, &options, &store) != STATUS_OK) return false;
    {
        STORE_READ ro = NULL;
        yes = store_read_begin(store, &ro) == STATUS_OK && all_are_rehearsals(store_ro_sql(ro));
    }
    store_close(store);
    return yes;
}

int rehearsal_discard(const char *path)
{
    int dir = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (dir < 0) return cli_fail(CLI_REFUSED, "không mở được thư mục này", path);
    bool has_store = faccessat(dir, "doithoai.db", F_OK, AT_SYMLINK_NOFOLLOW) == 0;
    bool ours = is_marked(dir) && only_ours(dir) && (!has_store || store_is_rehearsal(path));
    if (!ours) {
        close(dir);
        return cli_fail(CLI_REFUSED, "đây không phải thư mục diễn tập nên không xóa gì", path);
    }
    for (size_t i = 0; i < ARRAY_LEN(files); i++) // the mark last: what is left can be tried again
        (void)unlinkat(dir, files[i], 0);
    close(dir);
    if (rmdir(path) != 0) return cli_fail(CLI_REFUSED, "không xóa được thư mục", strerror(errno));
    return CLI_DONE;
}

bool rehearsal_mark(const char *dir)
{
    int fd = folder_create(dir, REHEARSAL_FILE);
    if (fd < 0) return false;
    bool ok = write(fd, mark, sizeof(mark) - 1) == (ssize_t)sizeof(mark) - 1;
    return close(fd) == 0 && ok;
}
