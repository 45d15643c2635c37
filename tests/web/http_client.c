// SPDX-License-Identifier: AGPL-3.0-or-later
// See http_client.h.
#include "http_client.h"

#include <arpa/inet.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/ensure.h"

enum { PATIENCE_MS = 20000 };

int client_connect(unsigned port)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ensure(fd >= 0 && connect(fd, (const struct sockaddr *)&to, sizeof(to)) == 0);
    return fd;
}

void client_send(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t sent = send(fd, bytes, len, MSG_NOSIGNAL);
        if (sent <= 0) return;
        bytes += sent;
        len -= (size_t)sent;
    }
}

void client_say(int fd, const char *text)
{
    client_send(fd, text, strlen(text));
}

static ssize_t receive(int fd, char *bytes, size_t size)
{
    struct pollfd wait = {.fd = fd, .events = POLLIN};
    if (poll(&wait, 1, PATIENCE_MS) != 1) return -1;
    return recv(fd, bytes, size, 0);
}

const char *reply_header(const struct reply *reply, const char *name)
{
    static char value[2048];
    size_t len = strlen(name);
    for (const char *at = strstr(reply->head, "\r\n"); at != NULL; at = strstr(at, "\r\n")) {
        at += 2;
        if (strncasecmp(at, name, len) != 0 || at[len] != ':') continue;
        at += len + 1;
        at += strspn(at, " ");
        size_t end = strcspn(at, "\r");
        ensure(end < sizeof(value));
        memcpy(value, at, end);
        value[end] = '\0';
        return value;
    }
    return NULL;
}

// The head a byte at a time, so that nothing of a following response is taken.
static bool read_head(int fd, struct reply *reply)
{
    size_t len = 0;
    while (len + 1 < sizeof(reply->head)) {
        ssize_t got = receive(fd, reply->head + len, 1);
        if (got <= 0) break;
        reply->head[++len] = '\0';
        if (len >= 4 && memcmp(reply->head + len - 4, "\r\n\r\n", 4) == 0) return true;
    }
    reply->head[len] = '\0';
    return false;
}

bool client_read(int fd, bool head_only, struct reply *ret_reply)
{
    struct reply *reply = ret_reply;
    reply->status = 0;
    reply->body_len = 0;
    reply->body[0] = '\0';
    reply->closed = false;
    if (!read_head(fd, reply)) {
        reply->closed = true;
        return false;
    }
    if (strncmp(reply->head, "HTTP/1.1 ", 9) == 0)
        reply->status = (int)strtol(reply->head + 9, NULL, 10);
    const char *length = reply_header(reply, "Content-Length"),
               *close_it = reply_header(reply, "Connection");
    reply->closed = close_it != NULL && strcasecmp(close_it, "close") == 0;
    length = reply_header(reply, "Content-Length");
    bool no_body = head_only || reply->status == 204 || reply->status == 304 || reply->status < 200;
    size_t want = no_body          ? 0
                  : length == NULL ? sizeof(reply->body) - 1
                                   : strtoul(length, NULL, 10);
    ensure(want < sizeof(reply->body));
    while (reply->body_len < want) {
        ssize_t got = receive(fd, reply->body + reply->body_len, want - reply->body_len);
        if (got <= 0) break;
        reply->body_len += (size_t)got;
    }
    reply->body[reply->body_len] = '\0';
    return true;
}

bool client_closed(int fd)
{
    char byte;
    return receive(fd, &byte, 1) <= 0;
}

bool client_await(int fd, const char *text, char *seen, size_t size)
{
    size_t len = strlen(seen);
    for (;;) {
        char *found = strstr(seen, text);
        if (found != NULL) {
            found += strlen(text);
            memmove(seen, found, strlen(found) + 1);
            return true;
        }
        if (len + 1 >= size) return false;
        ssize_t got = receive(fd, seen + len, size - 1 - len);
        if (got <= 0) return false;
        len += (size_t)got;
        seen[len] = '\0';
    }
}

struct reply *client_ask(unsigned port, const char *request, struct reply *reply)
{
    int fd = client_connect(port);
    client_say(fd, request);
    client_read(fd, strncmp(request, "HEAD ", 5) == 0, reply);
    close(fd);
    return reply;
}
