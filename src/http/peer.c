// SPDX-License-Identifier: AGPL-3.0-or-later
// Who is at the other end, and whether nobody can listen: as the connection says or, where a proxy
// stands in front, as the proxy says. What the proxy itself adds comes last; whatever stands before
// it was sent by the client and is not believed.
#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

#include "http/internal.h"

static const char *peer_address(struct http_exchange *x)
{
    char text[INET6_ADDRSTRLEN] = "";
    const struct sockaddr *addr =
        MHD_get_connection_info(x->mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr;
    const void *bytes = NULL;
    if (addr->sa_family == AF_INET)
        bytes = &((const struct sockaddr_in *)(const void *)addr)->sin_addr;
    if (addr->sa_family == AF_INET6) {
        const struct in6_addr *v6 = &((const struct sockaddr_in6 *)(const void *)addr)->sin6_addr;
        bytes = v6;
        if (IN6_IS_ADDR_V4MAPPED(v6))
            return arena_strdup(&x->arena,
                                inet_ntop(AF_INET, v6->s6_addr + 12, text, sizeof(text)));
    }
    if (bytes != NULL) inet_ntop(addr->sa_family, bytes, text, sizeof(text));
    return arena_strdup(&x->arena, text);
}

/// "a, b" has a and b.
static bool has(const char *list, const char *address)
{
    const size_t len = strlen(address);
    while (len > 0 && *list != 0) {
        list += strspn(list, ", ");
        const size_t one = strcspn(list, ", ");
        if (one == len && memcmp(list, address, len) == 0) return true;
        list += one;
    }
    return false;
}

/// The last word of the last header of that name, "" when there is none; only a known proxy's.
static const char *proxy_says(struct http_exchange *x, const char *name)
{
    const char *proxies = x->server->config.proxies, *word = "";
    if (proxies == NULL || !has(proxies, peer_address(x))) return "";
    for (unsigned i = 0; i < x->request.count; i++) {
        const struct strict_field *field = &x->request.fields[i];
        if (field->name_len != strlen(name) || strncasecmp(field->name, name, field->name_len) != 0)
            continue;
        const char *end = field->value + field->value_len, *at = end;
        while (at > field->value && strchr(", ", at[-1]) == NULL)
            at--;
        word = arena_strndup(&x->arena, at, (size_t)(end - at));
    }
    return word;
}

/// Asking changes the arena, which is the exchange's own, but not what x says.
static struct http_exchange *own(const struct http_exchange *x)
{
    return (struct http_exchange *)(uintptr_t)x;
}

const char *http_client_address(const struct http_exchange *x)
{
    const char *said = proxy_says(own(x), "X-Forwarded-For");
    unsigned char bytes[sizeof(struct in6_addr)];
    const bool address =
        inet_pton(AF_INET, said, bytes) == 1 || inet_pton(AF_INET6, said, bytes) == 1;
    return address ? said : peer_address(own(x));
}

bool http_is_tls(const struct http_exchange *x)
{
    return x->server->config.tls_certificate != NULL ||
           strcmp(proxy_says(own(x), "X-Forwarded-Proto"), "https") == 0;
}
