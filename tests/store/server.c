// SPDX-License-Identifier: AGPL-3.0-or-later
// A PostgreSQL of the test's own: made in a new folder, heard on a socket there only, run by an
// unprivileged user. A guardian process, in a session of its own, ends it and removes the folder as
// soon as the test is gone.
#include "server.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <grp.h>
#include <libpq-fe.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/ensure.h"

enum { START_TRIES = 600, START_WAIT_MS = 50 };

static const char *const bin_folders[] = {
    "/usr/lib/postgresql/17/bin",
    "/usr/lib/postgresql/16/bin",
    "/usr/lib/postgresql/15/bin",
    "/usr/local/pgsql/bin",
    "/usr/local/bin",
    "/usr/bin",
};

static const char *find_bin(void)
{
    for (size_t i = 0; i < ARRAY_LEN(bin_folders); i++) {
        char path[128];
        snprintf(path, sizeof path, "%s/initdb", bin_folders[i]);
        if (access(path, X_OK) == 0) return bin_folders[i];
    }
    return NULL;
}

static int remove_one(const char *path, const struct stat *info, int type, struct FTW *walk)
{
    (void)info, (void)type, (void)walk;
    return remove(path);
}

void server_remove_folder(const char *path)
{
    nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/// PostgreSQL refuses to run as root.
static void become_unprivileged(void)
{
    if (getuid() != 0) return;
    const struct passwd *user = getpwnam("postgres");
    if (user == NULL) user = getpwnam("nobody");
    ensure(user != NULL);
    if (setgroups(0, NULL) != 0 || setgid(user->pw_gid) != 0 || setuid(user->pw_uid) != 0)
        _exit(126);
}

static void give_folder(const char *folder)
{
    if (getuid() != 0) return;
    const struct passwd *user = getpwnam("postgres");
    if (user == NULL) user = getpwnam("nobody");
    ensure(user != NULL);
    ensure(chown(folder, user->pw_uid, user->pw_gid) == 0);
}

/// Starts a program that ends with the guardian; its words go into a file beside the data.
static pid_t start_program(const char *folder, const char *const argv[])
{
    pid_t guardian = getpid(), pid = fork();
    ensure(pid >= 0);
    if (pid > 0) return pid;
    become_unprivileged();
    prctl(PR_SET_PDEATHSIG, SIGQUIT); // after setuid, which clears it
    if (getppid() != guardian || chdir(folder) != 0) _exit(126);
    int log = open("log", O_WRONLY | O_CREAT | O_APPEND, 0600), null = open("/dev/null", O_RDONLY);
    dup2(null, STDIN_FILENO);
    dup2(log, STDOUT_FILENO);
    dup2(log, STDERR_FILENO);
    union {
        const char *const *given;
        char *const *wanted; // execv changes nothing, but its type is older than const
    } args = {.given = argv};
    execv(argv[0], args.wanted);
    _exit(127);
}

static bool make_cluster(const char *bin, const char *folder)
{
    char program[160];
    snprintf(program, sizeof program, "%s/initdb", bin);
    const char *const argv[] = {program,
                                "-D",
                                "data",
                                "-U",
                                "doithoai",
                                "-A",
                                "trust",
                                "--no-sync",
                                "--no-instructions",
                                "--locale=C",
                                "--encoding=UTF8",
                                NULL};
    int state = 0;
    pid_t pid = start_program(folder, argv);
    return waitpid(pid, &state, 0) == pid && WIFEXITED(state) && WEXITSTATUS(state) == 0;
}

static pid_t start_server(const char *bin, const char *folder)
{
    char program[160], sockets[128];
    snprintf(program, sizeof program, "%s/postgres", bin);
    snprintf(sockets, sizeof sockets, "unix_socket_directories=%s", folder);
    // What a power cut would lose is the crash tests' business; these end with their server.
    const char *fsync = getenv("DOITHOAI_TEST_PG_FSYNC") != NULL ? "fsync=on" : "fsync=off";
    const char *const argv[] = {program,
                                "-D",
                                "data",
                                "-c",
                                "listen_addresses=",
                                "-c",
                                sockets,
                                "-c",
                                "unix_socket_permissions=0777",
                                "-c",
                                fsync,
                                "-c",
                                "max_connections=80",
                                "-c",
                                "shared_buffers=32MB",
                                "-c",
                                "autovacuum=off",
                                NULL};
    return start_program(folder, argv);
}

static bool is_dead(int life)
{
    struct pollfd fd = {.fd = life, .events = POLLIN};
    return poll(&fd, 1, START_WAIT_MS) != 0; // the other end is never written to, only closed
}

static bool wait_ready(const char *conninfo, pid_t server, int life)
{
    for (int i = 0; i < START_TRIES; i++) {
        if (PQping(conninfo) == PQPING_OK) return true;
        if (waitpid(server, NULL, WNOHANG) == server || is_dead(life)) return false;
    }
    return false;
}

static void stop(pid_t server)
{
    kill(server, SIGQUIT); // at once: nothing of it is kept
    waitpid(server, NULL, 0);
}

/// Never returns. `life` ends when the test does; one byte on `ready` tells how the start went.
static _Noreturn void guard(const struct server *server, const char *bin, int life, int ready)
{
    char folder[80];
    snprintf(folder, sizeof folder, "%s/pg", server->folder);
    setsid(); // a signal to the test's group must not reach who cleans up after it
    signal(SIGPIPE, SIG_IGN);
    bool made = bin != NULL && make_cluster(bin, folder);
    pid_t pid = made ? start_server(bin, folder) : 0;
    bool ok = bin == NULL || (made && wait_ready(server->conninfo, pid, life));
    if (write(ready, ok ? "y" : "n", 1) == 1 && ok) {
        char byte;
        while (read(life, &byte, 1) < 0 && errno == EINTR) {
        }
    }
    if (pid > 0) stop(pid);
    if (ok || getenv("DOITHOAI_TEST_KEEP") == NULL) server_remove_folder(server->folder);
    _exit(0);
}

static bool start_guardian(const struct server *server, const char *bin)
{
    int life[2], ready[2];
    ensure(pipe2(life, O_CLOEXEC) == 0 && pipe2(ready, O_CLOEXEC) == 0);
    fflush(NULL);
    pid_t guardian = fork();
    ensure(guardian >= 0);
    if (guardian == 0) {
        close(life[1]);
        close(ready[0]);
        guard(server, bin, life[0], ready[1]);
    }
    close(life[0]); // life[1] stays open as long as this process lives
    close(ready[1]);
    char answer = 'n';
    bool ok = read(ready[0], &answer, 1) == 1 && answer == 'y';
    close(ready[0]);
    return ok;
}

void server_start(struct server *server)
{
    const char *given = getenv("DOITHOAI_TEST_PG");
    const char *bin = given == NULL ? find_bin() : NULL;
    char folder[80];
    *server = (struct server){.have_postgresql = given != NULL || bin != NULL};
    // Short: a socket's path has 107 bytes.
    const char *base = getenv("TMPDIR");
    if (base == NULL || strlen(base) > 40) base = "/tmp";
    snprintf(server->folder, sizeof server->folder, "%s/doithoai-XXXXXX", base);
    ensure(mkdtemp(server->folder) != NULL && chmod(server->folder, 0755) == 0);
    snprintf(folder, sizeof folder, "%s/pg", server->folder);
    ensure(mkdir(folder, 0755) == 0);
    give_folder(folder);
    if (given != NULL)
        snprintf(server->conninfo, sizeof server->conninfo, "%s", given);
    else
        snprintf(server->conninfo, sizeof server->conninfo, "host=%s user=doithoai dbname=postgres",
                 folder);
    bool ok = start_guardian(server, bin);
    ensure(ok); // installed but not starting is a failure, not a reason to skip
}
