// SPDX-License-Identifier: AGPL-3.0-or-later
// A disk that keeps only what was synced, for LD_PRELOAD under the server. Before a database file
// is changed, what stood there is written to an undo file beside it; fsync of that file empties the
// undo. After a kill, tests/system/power_cut.mjs plays the undo back: every write that no fsync had
// confirmed is gone, as after a power cut. Nothing here knows SQLite, but for POWER_CUT_NORMAL,
// which weakens its promise so that the test can be seen red.
#define _GNU_SOURCE 1
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

/// One entry of the undo file: where, how much stood there, how long the file was; the old bytes
/// follow.
struct undo {
    int64_t offset, length, old_size;
};

/// The undo file of a watched descriptor, opened for appending; -1 for any other file.
static int undo_of(int fd, bool truncate)
{
    char link[64], path[4096], undo[4200];
    snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
    ssize_t len = readlink(link, path, sizeof(path) - 1);
    if (len <= 0) return -1;
    path[len] = 0;
    const char *name = strrchr(path, '/');
    if (name == NULL ||
        (strcmp(name, "/doithoai.db") != 0 && strcmp(name, "/doithoai.db-wal") != 0))
        return -1;
    snprintf(undo, sizeof(undo), "%s.undo", path);
    return open(undo, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | (truncate ? O_TRUNC : 0), 0600);
}

static void remember(int fd, int64_t offset, size_t count)
{
    int undo = undo_of(fd, false);
    struct stat st;
    if (undo < 0) return;
    if (fstat(fd, &st) == 0) {
        int64_t there = st.st_size > offset ? st.st_size - offset : 0;
        struct undo head = {offset, there < (int64_t)count ? there : (int64_t)count, st.st_size};
        char *bytes = malloc(sizeof(head) + (size_t)head.length);
        memcpy(bytes, &head, sizeof(head));
        if (head.length > 0 &&
            pread(fd, bytes + sizeof(head), (size_t)head.length, offset) != head.length)
            abort();
        if (REAL(write)(undo, bytes, sizeof(head) + (size_t)head.length) < 0) abort();
        free(bytes);
    }
    close(undo);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset)
{
    pthread_mutex_lock(&lock);
    remember(fd, offset, count);
    ssize_t written = REAL(pwrite64)(fd, bytes, count, offset);
    pthread_mutex_unlock(&lock);
    return written;
}

ssize_t write(int fd, const void *bytes, size_t count)
{
    off_t offset = lseek(fd, 0, SEEK_CUR);
    if (offset < 0) return REAL(write)(fd, bytes, count);
    pthread_mutex_lock(&lock);
    remember(fd, offset, count);
    ssize_t written = REAL(write)(fd, bytes, count);
    pthread_mutex_unlock(&lock);
    return written;
}

int ftruncate64(int fd, off64_t size)
{
    pthread_mutex_lock(&lock);
    struct stat st;
    if (fstat(fd, &st) == 0 && st.st_size > size) remember(fd, size, (size_t)(st.st_size - size));
    int result = REAL(ftruncate64)(fd, size);
    pthread_mutex_unlock(&lock);
    return result;
}

static int synced(int fd, int result)
{
    int undo = result == 0 ? undo_of(fd, true) : -1;
    if (undo >= 0) close(undo);
    return result;
}

int fsync(int fd)
{
    pthread_mutex_lock(&lock);
    int result = synced(fd, REAL(fsync)(fd));
    pthread_mutex_unlock(&lock);
    return result;
}

int fdatasync(int fd)
{
    pthread_mutex_lock(&lock);
    int result = synced(fd, REAL(fdatasync)(fd));
    pthread_mutex_unlock(&lock);
    return result;
}

int sqlite3_exec(void *db, const char *sql, int (*row)(void *, int, char **, char **), void *arg,
                 char **error);
int sqlite3_exec(void *db, const char *sql, int (*row)(void *, int, char **, char **), void *arg,
                 char **error)
{
    char *weak = getenv("POWER_CUT_NORMAL") != NULL && sql != NULL ? strdup(sql) : NULL;
    char *at = weak != NULL ? strstr(weak, "synchronous = FULL") : NULL;
    if (at != NULL) memcpy(at, "synchronous = 1   ", 18);
    int result = REAL(sqlite3_exec)(db, weak != NULL ? weak : sql, row, arg, error);
    free(weak);
    return result;
}
