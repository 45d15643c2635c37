// SPDX-License-Identifier: AGPL-3.0-or-later
// One thread that carries bytes between unix sockets. It looks for the word COMMIT only; it never
// changes a byte, it only stops carrying.
#include "proxy.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/ensure.h"
#include "server.h"

enum { PAIRS = 8 };

struct pair {
    int client, server; // 0: free
    bool committing;    // the next answer of the server is swallowed
};

static int open_socket(const char *path, bool listens)
{
    struct sockaddr_un name = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ensure(fd > 0 && strlen(path) < sizeof name.sun_path);
    memcpy(name.sun_path, path, strlen(path));
    const struct sockaddr *address = (const struct sockaddr *)&name;
    int failed = listens ? bind(fd, address, sizeof name) : connect(fd, address, sizeof name);
    ensure(failed == 0 && (!listens || listen(fd, PAIRS) == 0));
    return fd;
}

static void drop(struct pair *pair)
{
    close(pair->client);
    close(pair->server);
    *pair = (struct pair){0};
}

/// False when the connection has ended.
static bool carry(int from, int to, char *bytes, ssize_t size, ssize_t *ret_len)
{
    ssize_t len = read(from, bytes, (size_t)size);
    *ret_len = len;
    for (ssize_t at = 0; at < len;) {
        ssize_t put = to < 0 ? len : send(to, bytes + at, (size_t)(len - at), MSG_NOSIGNAL);
        if (put <= 0) return false;
        at += put;
    }
    return len > 0;
}

static void from_client(struct proxy *proxy, struct pair *pair)
{
    char bytes[65536];
    ssize_t len = 0;
    bool more = carry(pair->client, pair->server, bytes, sizeof bytes, &len);
    if (more && memmem(bytes, (size_t)len, "COMMIT", 6) != NULL &&
        memmem(bytes, (size_t)len, "READ COMMITTED", 14) == NULL)
        pair->committing = __atomic_exchange_n(&proxy->swallow, 0, __ATOMIC_SEQ_CST) != 0;
    if (!more) drop(pair);
}

static void from_server(struct pair *pair)
{
    char bytes[65536];
    ssize_t len = 0;
    bool more =
        carry(pair->server, pair->committing ? -1 : pair->client, bytes, sizeof bytes, &len);
    if (!more || pair->committing) drop(pair);
}

static void take_client(const struct proxy *proxy, struct pair *pairs)
{
    int i = 0;
    while (i < PAIRS && pairs[i].client != 0)
        i++;
    ensure(i < PAIRS);
    int client = accept4(proxy->listener, NULL, NULL, SOCK_CLOEXEC);
    ensure(client > 0);
    pairs[i] = (struct pair){client, open_socket(proxy->target, false), false};
}

static void *run(void *arg)
{
    struct proxy *proxy = arg;
    struct pair pairs[PAIRS] = {0};
    for (;;) {
        struct pollfd fds[2 + 2 * PAIRS] = {{proxy->stop[0], POLLIN, 0},
                                            {proxy->listener, POLLIN, 0}};
        for (int i = 0; i < PAIRS; i++) {
            fds[2 + 2 * i] = (struct pollfd){pairs[i].client ? pairs[i].client : -1, POLLIN, 0};
            fds[3 + 2 * i] = (struct pollfd){pairs[i].client ? pairs[i].server : -1, POLLIN, 0};
        }
        if (poll(fds, ARRAY_LEN(fds), -1) < 0 && errno == EINTR) continue;
        if (fds[0].revents != 0) break;
        for (int i = 0; i < PAIRS; i++) {
            if (fds[2 + 2 * i].revents != 0) from_client(proxy, &pairs[i]);
            if (fds[3 + 2 * i].revents != 0 && pairs[i].client != 0) from_server(&pairs[i]);
        }
        if (fds[1].revents != 0) take_client(proxy, pairs);
    }
    for (int i = 0; i < PAIRS; i++) {
        if (pairs[i].client != 0) drop(&pairs[i]);
    }
    return NULL;
}

void proxy_start(struct proxy *proxy, const char *where, char *ret_where, size_t size)
{
    static const char socket_name[] = ".s.PGSQL.5432";
    char own[128], database[64], host[96], user[64];
    *proxy = (struct proxy){.folder = "/tmp/doithoai-proxy-XXXXXX"};
    int found = sscanf(where, "postgresql:///%63[^?]?host=%95[^&]&user=%63s", database, host, user);
    ensure(found == 3 && mkdtemp(proxy->folder) != NULL);
    snprintf(proxy->target, sizeof proxy->target, "%s/%s", host, socket_name);
    snprintf(own, sizeof own, "%s/%s", proxy->folder, socket_name);
    snprintf(ret_where, size, "postgresql:///%s?host=%s&user=%s", database, proxy->folder, user);
    proxy->listener = open_socket(own, true);
    ensure(pipe(proxy->stop) == 0);
    ensure(pthread_create(&proxy->thread, NULL, run, proxy) == 0);
}

void proxy_swallow_next_commit(struct proxy *proxy)
{
    __atomic_store_n(&proxy->swallow, 1, __ATOMIC_SEQ_CST);
}

void proxy_stop(struct proxy *proxy)
{
    close(proxy->stop[1]);
    pthread_join(proxy->thread, NULL);
    close(proxy->stop[0]);
    close(proxy->listener);
    server_remove_folder(proxy->folder);
}
