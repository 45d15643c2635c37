// SPDX-License-Identifier: AGPL-3.0-or-later
// The table of malformed requests, sent to us and to an nginx that the test starts on a unix
// socket: we must refuse what nginx refuses. DOITHOAI_STRICTNESS_MD=FILE writes the table for
// docs/. Without nginx the comparison fails.
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../test.h"
#include "base/ensure.h"
#include "http/server.h"
#include "http_client.h"
#include "http_strict_rows.h"

enum { ROWS = sizeof(rows) / sizeof(rows[0]) };

struct answer {
    int status; // of the first response, 0: none
    int count;  // of responses, when the connection was closed after the first
    bool closed;
};

static struct answer ours[ROWS], theirs[ROWS];
static struct http_server *server;
static atomic_int smuggled;

static enum http_next get_ok(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    buf_puts(http_out(x), "ok");
    return HTTP_DONE;
}

static enum http_next get_smuggled(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    smuggled++;
    buf_puts(http_out(x), "smuggled");
    return HTTP_DONE;
}

static const struct http_route routes[] = {
    {HTTP_GET, "/", get_ok, .name = "root"},
    {HTTP_POST, "/form", get_ok, .name = "form"},
    {HTTP_GET, "/smuggled", get_smuggled, .name = "smuggled"},
};

// ---- nginx

static char prefix[64];
static pid_t nginx_pid;

static void write_nginx_config(const char *path)
{
    FILE *out = fopen(path, "w");
    ensure(out != NULL);
    fprintf(out,
            "daemon off;\nmaster_process off;\npid %s/pid;\nerror_log %s/error.log crit;\n"
            "events { worker_connections 64; }\nhttp {\n  access_log off;\n"
            "  client_body_temp_path %s/b; proxy_temp_path %s/p; fastcgi_temp_path %s/f;\n"
            "  uwsgi_temp_path %s/u; scgi_temp_path %s/s;\n"
            "  client_header_timeout 400ms; client_body_timeout 400ms; lingering_close off;\n"
            "  server { listen unix:%s/front; location / { proxy_pass http://unix:%s/back:; } }\n"
            "  server { listen unix:%s/back; location / { return 200 ok; } }\n}\n",
            prefix, prefix, prefix, prefix, prefix, prefix, prefix, prefix, prefix, prefix);
    fclose(out);
}

static int unix_connect(void)
{
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    snprintf(to.sun_path, sizeof(to.sun_path), "%s/front", prefix);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(fd, (const struct sockaddr *)&to, sizeof(to)) == 0) return fd;
    close(fd);
    return -1;
}

// nginx is ready when its socket takes connections; the child's death ends the wait.
static bool nginx_start(void)
{
    char config[96];
    if (access("/usr/sbin/nginx", X_OK) != 0) return false;
    snprintf(prefix, sizeof(prefix), "/tmp/doithoai-nginx-XXXXXX");
    ensure(mkdtemp(prefix) != NULL);
    snprintf(config, sizeof(config), "%s/nginx.conf", prefix);
    write_nginx_config(config);
    nginx_pid = fork();
    ensure(nginx_pid >= 0);
    if (nginx_pid == 0) {
        int null = open("/dev/null", O_RDWR);
        dup2(null, STDOUT_FILENO);
        dup2(null, STDERR_FILENO);
        execl("/usr/sbin/nginx", "nginx", "-p", prefix, "-c", config, (char *)NULL);
        _exit(127);
    }
    for (;;) {
        int fd = unix_connect();
        if (fd >= 0) {
            close(fd);
            return true;
        }
        if (waitpid(nginx_pid, NULL, WNOHANG) == nginx_pid) return false;
        poll(NULL, 0, 10);
    }
}

static void nginx_stop(void)
{
    char command[128];
    if (nginx_pid > 0) {
        kill(nginx_pid, SIGTERM);
        waitpid(nginx_pid, NULL, 0);
    }
    if (prefix[0] == '\0') return;
    snprintf(command, sizeof(command), "rm -rf %s", prefix);
    ensure(system(command) == 0);
}

// ---- sending

static void send_row(int fd, const struct row *row)
{
    const char *mark = row->unit == NULL ? NULL : memchr(row->text, '\1', row->len);
    if (mark == NULL) {
        client_send(fd, row->text, row->len);
        return;
    }
    size_t unit = strlen(row->unit), len = row->times * unit;
    char *middle = malloc(len);
    ensure(middle != NULL);
    for (unsigned i = 0; i < row->times; i++)
        memcpy(middle + i * unit, row->unit, unit);
    client_send(fd, row->text, (size_t)(mark - row->text));
    client_send(fd, middle, len);
    client_send(fd, mark + 1, row->len - (size_t)(mark + 1 - row->text));
    free(middle);
}

static struct answer ask(int fd, const struct row *row)
{
    static struct reply reply;
    struct answer answer = {0};
    send_row(fd, row);
    bool head = strncmp(row->text, "HEAD", 4) == 0;
    if (client_read(fd, head, &reply)) {
        answer.status = reply.status;
        answer.count = 1;
    }
    answer.closed = reply.closed;
    while (answer.closed && answer.count > 0 && client_read(fd, false, &reply))
        answer.count++;
    close(fd);
    return answer;
}

static bool refused(struct answer answer)
{
    return answer.status == 0 || answer.status >= 400;
}

// ---- cases

static bool have_nginx;

TEST(every_row_gets_the_answer_it_says)
{
    check(ROWS >= 60);
    for (unsigned i = 0; i < ROWS; i++) {
        ours[i] = ask(client_connect(http_server_port(server)), &rows[i]);
        if (ours[i].status == rows[i].ours) continue;
        printf("# %s: %d, not %d\n", rows[i].name, ours[i].status, rows[i].ours);
        check(!"the answer of the row");
    }
}

TEST(a_refused_request_closes_the_connection_and_nothing_behind_it_is_read)
{
    for (unsigned i = 0; i < ROWS; i++) {
        if (rows[i].ours != 400 && rows[i].ours != 411 && rows[i].ours != 501) continue;
        if (!ours[i].closed || ours[i].count != 1) printf("# %s\n", rows[i].name);
        check(ours[i].closed);
        check_int(ours[i].count, 1);
    }
    check_int(smuggled, 0);
}

TEST(what_nginx_refuses_we_refuse)
{
    if (!have_nginx) {
        printf("# nginx is not installed or does not start\n");
        check(have_nginx);
        return;
    }
    int stricter = 0;
    for (unsigned i = 0; i < ROWS; i++) {
        theirs[i] = ask(unix_connect(), &rows[i]);
        stricter += refused(ours[i]) && !refused(theirs[i]);
        if (!refused(theirs[i]) || refused(ours[i]) || rows[i].because != NULL) continue;
        printf("# %s: nginx says %d, we say %d\n", rows[i].name, theirs[i].status, ours[i].status);
        check(!"as strict as nginx");
    }
    printf("# %d rows, %d refused by us alone\n", (int)ROWS, stricter);
}

// Junk between two requests of one connection, where a proxy's next request would be misread.
TEST(junk_between_requests_is_refused)
{
    static const char *const junk[] = {"\r\n", "\n", "\r\n\r\n"};
    static struct reply reply;
    for (unsigned i = 0; i < ARRAY_LEN(junk) + 1; i++) {
        int fd = client_connect(http_server_port(server));
        client_say(fd, "GET / HTTP/1.1\r\n" HOST "\r\n");
        check(client_read(fd, false, &reply));
        check_int(reply.status, 200);
        if (i < ARRAY_LEN(junk)) {
            client_say(fd, junk[i]);
        } else {
            client_send(fd, "\0junk\r\n", 7);
        }
        client_say(fd, "GET / HTTP/1.1\r\n" HOST "\r\n");
        check(client_read(fd, false, &reply));
        check_int(reply.status, 400);
        check(client_closed(fd));
        close(fd);
    }
}

// The same requests in the smallest pieces: where TCP cuts must not matter.
TEST(a_row_sent_byte_by_byte_gets_the_same_answer)
{
    for (unsigned i = 0; i < ROWS; i++) {
        if (rows[i].unit != NULL || rows[i].ours == 0) continue;
        static struct reply reply;
        int fd = client_connect(http_server_port(server));
        for (size_t at = 0; at < rows[i].len; at++)
            client_send(fd, rows[i].text + at, 1);
        client_read(fd, false, &reply);
        if (reply.status != rows[i].ours) printf("# %s: %d\n", rows[i].name, reply.status);
        check_int(reply.status, rows[i].ours);
        close(fd);
    }
    check_int(smuggled, 0);
}

static void write_answer(FILE *out, struct answer answer)
{
    if (answer.status == 0) {
        fputs("closed", out);
    } else {
        fprintf(out, "%d", answer.status);
    }
}

TEST(the_table_can_be_printed)
{
    const char *path = getenv("DOITHOAI_STRICTNESS_MD");
    if (path == NULL || !have_nginx) return;
    FILE *out = fopen(path, "w");
    check_fatal(out != NULL);
    fputs("# Malformed requests\n\nWhat we answer beside what nginx 1.22 answers as a proxy with "
          "its default "
          "settings. \"closed\": no answer.\nGenerated by `tests/web/http_strict_test` "
          "(`DOITHOAI_STRICTNESS_MD=docs/http-strictness.md`), which fails\nwhen nginx refuses a "
          "row that we "
          "accept without a reason written here.\n\n| # | request | nginx | ours | "
          "|\n|--:|---|---|---|---|\n",
          out);
    for (unsigned i = 0; i < ROWS; i++) {
        fprintf(out, "| %u | %s | ", i + 1, rows[i].name);
        write_answer(out, theirs[i]);
        fputs(" | ", out);
        write_answer(out, ours[i]);
        const char *remark = rows[i].because != NULL                   ? rows[i].because
                             : refused(ours[i]) && !refused(theirs[i]) ? "stricter"
                                                                       : "";
        fprintf(out, " | %s |\n", remark);
    }
    check_int(fclose(out), 0);
}

static const struct test_case cases[] = {
    TEST_CASE(every_row_gets_the_answer_it_says),
    TEST_CASE(a_refused_request_closes_the_connection_and_nothing_behind_it_is_read),
    TEST_CASE(what_nginx_refuses_we_refuse),
    TEST_CASE(junk_between_requests_is_refused),
    TEST_CASE(a_row_sent_byte_by_byte_gets_the_same_answer),
    TEST_CASE(the_table_can_be_printed),
};

int main(void)
{
    struct http_config config = {
        .listen = "127.0.0.1:0",
        .routes = routes,
        .route_count = ARRAY_LEN(routes),
        .deadlines = {.first_byte = 300, .headers = 300, .body_grace = 300, .tick = 50},
    };
    signal(SIGPIPE, SIG_IGN);
    ensure(http_server_start(&config, &server) == STATUS_OK);
    have_nginx = nginx_start();
    int failed = RUN_CASES(cases);
    nginx_stop();
    http_server_stop(server);
    return failed;
}
