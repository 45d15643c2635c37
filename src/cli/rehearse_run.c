// SPDX-License-Identifier: AGPL-3.0-or-later
// rehearse --run: the rehearsal that was made is served, an audience comes in, and at the end
// nothing of it is left. The audience is a process of its own, as the phones of a hall are: it
// reaches the rehearsal by its address alone and goes when this program does.
#include <fcntl.h>
#include <jansson.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "actions/verify.h"
#include "base/tr.h"
#include "cli/lan.h"
#include "cli/rehearsal.h"

enum { LONGEST_SECONDS = 24 * 60 * 60 };

struct audience {
    pid_t child; // 0: none
    int address; // the child waits at the other end for where to go
};

// ---- the audience

/// In the child. Nobody goes in where no address comes.
static int visit(const struct cli *cli, int address)
{
    char url[128] = "";
    size_t len = 0;
    for (ssize_t n; len < sizeof(url) - 1; len += (size_t)n)
        if ((n = read(address, url + len, sizeof(url) - 1 - len)) <= 0) break;
    close(address);
    if (len == 0) return CLI_DONE;
    struct cli simulate = {
        .url = url, .people = cli->people, .seconds = LONGEST_SECONDS, .audience = true};
    return cmd_simulate(&simulate);
}

/// Its figures are for whoever measures; what goes wrong is said on stderr.
static void become_audience(const struct cli *cli, int address, pid_t parent)
{
    sigset_t none;
    sigemptyset(&none);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(CLI_REFUSED);
    sigprocmask(SIG_SETMASK, &none, NULL);
    int nothing = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nothing >= 0) (void)dup2(nothing, STDOUT_FILENO);
    _exit(visit(cli, address));
}

/// Before any thread is started, since only this one goes along.
static bool audience_call(struct audience *a, const struct cli *cli)
{
    int ends[2];
    if (cli->people == 0) return true;
    pid_t self = getpid();
    if (pipe2(ends, O_CLOEXEC) != 0) return false;
    a->child = fork();
    if (a->child == 0) {
        close(ends[1]);
        become_audience(cli, ends[0], self);
    }
    close(ends[0]);
    a->address = ends[1];
    if (a->child > 0) return true;
    a->child = 0;
    close(a->address);
    return false;
}

static void audience_let_in(struct audience *a, const char *url)
{
    if (a->child == 0) return;
    size_t len = strlen(url);
    if (write(a->address, url, len) != (ssize_t)len)
        cli_fail(0, "không gọi được người dân ảo", NULL);
    close(a->address);
    a->address = -1;
}

static void audience_send_home(struct audience *a)
{
    if (a->child == 0) return;
    if (a->address >= 0) close(a->address);
    kill(a->child, SIGTERM);
    waitpid(a->child, NULL, 0);
    a->child = 0;
}

// ---- the rehearsal

void rehearsal_tell(struct json_t *said)
{
    char *line = json_dumps(said, JSON_COMPACT);
    ensure(line != NULL);
    if (puts(line) < 0 || fflush(stdout) != 0) raise(SIGTERM);
    free(line);
    json_decref(said);
}

struct run {
    const struct cli *cli;
    struct audience audience;
};

static void run_started(void *ctx, const char *url)
{
    struct run *run = ctx;
    int port = (int)strtol(strrchr(url, ':') + 1, NULL, 10);
    if (run->cli->hosted) rehearsal_tell(json_pack("{s:s, s:i}", "url", url, "port", port));
    audience_let_in(&run->audience, url);
}

static void run_stopping(void *ctx)
{
    struct run *run = ctx;
    audience_send_home(&run->audience);
}

void rehearsal_run_prepare(struct cli *cli)
{
    struct lan lan;
    lan_find(&lan);
    if (cli->people == CLI_UNSAID) cli->people = REHEARSAL_CROWD;
    if (cli->listen == NULL) // beside the real one, which has 8080
        cli->listen = !cli->hall ? "127.0.0.1:8090" : lan.v6 ? "[::]:8090" : "0.0.0.0:8090";
    serve_hold_signals(); // a Ctrl-C in the midst of making it is answered when it can be taken
                          // back
    if (cli->hosted) prctl(PR_SET_PDEATHSIG, SIGTERM); // not one minute longer than its page
}

/// The register is sound, and nothing is left.
static void say_outcome(const struct cli *cli, const struct verify_report *report, int64_t invented)
{
    enum lang lang = cli_english() ? LANG_EN : LANG_VI;
    long long added = (long long)(report->opinions - invented);
    if (cli->hosted) {
        rehearsal_tell(json_pack("{s:I, s:I, s:I}", "entries", (json_int_t)report->entries,
                                 "opinions", (json_int_t)report->opinions, "added",
                                 (json_int_t)added));
        return;
    }
    printf(tr(lang, "Trong buổi diễn tập có thêm %lld ý kiến.\n"), added);
    printf(tr(lang, "Đã xóa %s\n"), cli->into);
}

int rehearsal_run(const struct cli *cli, int64_t invented)
{
    struct run run = {.cli = cli, .audience = {.address = -1}};
    struct cli serve = {.data = cli->into, .listen = cli->listen, .hall = cli->hall};
    struct serve_watch watch = {run_started, run_stopping, &run, cli->hosted};
    struct verify_report report;
    int code = CLI_REFUSED;
    if (audience_call(&run.audience, cli))
        code = serve_watched(&serve, &watch);
    else
        cli_fail(0, "không gọi được người dân ảo", NULL);
    audience_send_home(&run.audience); // who waits in vain where nothing was served
    if (code == CLI_DONE) code = verify_ward(&serve, &report);
    int gone = rehearsal_discard(cli->into);
    if (code == CLI_DONE && gone == CLI_DONE) say_outcome(cli, &report, invented);
    return code == CLI_DONE ? gone : code;
}
