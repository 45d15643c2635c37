// SPDX-License-Identifier: AGPL-3.0-or-later
// Addresses of this machine, and its first one as a QR code of half blocks on the terminal.
#include "cli/lan.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "base/tr.h"
#include "documents/qr.h"

enum rank { RANK_PRIVATE, RANK_PUBLIC, RANK_LINK, RANK_BRIDGE, RANK_LOOPBACK, RANK_COUNT };

static bool within(uint32_t address, uint32_t net, int bits)
{
    return (address ^ net) >> (32 - bits) == 0;
}

static enum rank rank_of(const struct ifaddrs *at, uint32_t address)
{
    // Bridges of containers and virtual machines have private addresses that no phone reaches.
    static const char *const bridges[] = {"docker", "br-", "virbr", "veth"};
    if ((at->ifa_flags & IFF_LOOPBACK) || within(address, 0x7f000000, 8)) return RANK_LOOPBACK;
    for (size_t i = 0; i < ARRAY_LEN(bridges); i++)
        if (strncmp(at->ifa_name, bridges[i], strlen(bridges[i])) == 0) return RANK_BRIDGE;
    if (within(address, 0xa9fe0000, 16)) return RANK_LINK;
    bool private = within(address, 0xc0a80000, 16) || within(address, 0x0a000000, 8) ||
                   within(address, 0xac100000, 12);
    return private ? RANK_PRIVATE : RANK_PUBLIC;
}

/// Unique local addresses are a network's own; a link-local one names its interface, which no
/// browser takes.
static enum rank rank_of_v6(const struct ifaddrs *at, const struct in6_addr *address)
{
    enum rank rank = rank_of(at, 0);
    if (rank == RANK_LOOPBACK || rank == RANK_BRIDGE) return rank;
    if (IN6_IS_ADDR_LOOPBACK(address)) return RANK_LOOPBACK;
    if (IN6_IS_ADDR_LINKLOCAL(address) || IN6_IS_ADDR_MULTICAST(address)) return RANK_LINK;
    return (address->s6_addr[0] & 0xfe) == 0xfc ? RANK_PRIVATE : RANK_PUBLIC;
}

static void add_ranked(struct lan *lan, const struct ifaddrs *all, enum rank rank)
{
    for (const struct ifaddrs *at = all; at != NULL && lan->count < LAN_ADDRESSES;
         at = at->ifa_next) {
        struct sockaddr_in in;
        if (at->ifa_addr == NULL || at->ifa_addr->sa_family != AF_INET) continue;
        if (!(at->ifa_flags & IFF_UP)) continue;
        memcpy(&in, at->ifa_addr, sizeof(in));
        if (rank_of(at, ntohl(in.sin_addr.s_addr)) != rank) continue;
        if (inet_ntop(AF_INET, &in.sin_addr, lan->addresses[lan->count], LAN_TEXT) != NULL)
            lan->count++;
    }
}

static void add_v6(struct lan *lan, const struct ifaddrs *all, enum rank rank)
{
    for (const struct ifaddrs *at = all; at != NULL && lan->count < LAN_ADDRESSES;
         at = at->ifa_next) {
        struct sockaddr_in6 in;
        char text[INET6_ADDRSTRLEN];
        if (at->ifa_addr == NULL || at->ifa_addr->sa_family != AF_INET6) continue;
        if (!(at->ifa_flags & IFF_UP)) continue;
        memcpy(&in, at->ifa_addr, sizeof(in));
        if (rank_of_v6(at, &in.sin6_addr) != rank) continue;
        if (inet_ntop(AF_INET6, &in.sin6_addr, text, sizeof(text)) != NULL)
            snprintf(lan->addresses[lan->count++], LAN_TEXT, "[%s]", text);
    }
}

void lan_find(struct lan *ret_lan)
{
    struct ifaddrs *all = NULL;
    *ret_lan = (struct lan){0};
    if (getifaddrs(&all) != 0) all = NULL;
    for (int rank = 0; rank < RANK_LOOPBACK; rank++)
        add_ranked(ret_lan, all, (enum rank)rank);
    if (ret_lan->count == 0) {
        for (int rank = 0; rank < RANK_LINK; rank++)
            add_v6(ret_lan, all, (enum rank)rank);
        ret_lan->v6 = ret_lan->count > 0;
    }
    ret_lan->reachable = ret_lan->count > 0;
    add_ranked(ret_lan, all, RANK_LOOPBACK);
    if (all != NULL) freeifaddrs(all);
    if (ret_lan->count == 0) snprintf(ret_lan->addresses[ret_lan->count++], LAN_TEXT, "127.0.0.1");
}

/// Two modules above each other in one character. On a terminal with its own colours, so that the
/// code is dark on light whatever the theme; elsewhere the blocks are the light modules.
static void print_qr(FILE *out, const struct qr *qr)
{
    static const char *const shapes[] = {" ", "▄", "▀", "█"};
    bool colours = isatty(fileno(out));
    for (int y = 0; y < qr->size; y += 2) {
        if (colours) fputs("\033[97;40m", out);
        for (int x = 0; x < qr->size; x++) {
            bool upper = !qr->dark[y * qr->size + x];
            bool lower = y + 1 < qr->size && !qr->dark[(y + 1) * qr->size + x];
            fputs(shapes[upper * 2 + lower], out);
        }
        fputs(colours ? "\033[0m\n" : "\n", out);
    }
}

void lan_print(FILE *out, const struct lan *lan, const char *scheme, unsigned port)
{
    enum lang lang = cli_english() ? LANG_EN : LANG_VI;
    ARENA arena = {0};
    const char *url = arena_printf(&arena, "%s://%s:%u", scheme, lan->addresses[0], port);
    fprintf(out, "listening on %s\n", url);
    for (int i = 1; i < lan->count; i++)
        fprintf(out, "%s %s://%s:%u\n", tr(lang, "và"), scheme, lan->addresses[i], port);
    if (!lan->reachable) {
        fprintf(out, "%s\n",
                tr(lang, "Máy này chưa vào mạng nào: hãy nối Wi-Fi của hội trường rồi chạy lại."));
        return;
    }
    struct qr qr = qr_encode(&arena, url);
    fputc('\n', out);
    if (qr.size > 0) print_qr(out, &qr);
    fprintf(out, "\n%s %s\n",
            tr(lang, "Mời bà con nối Wi-Fi của hội trường rồi quét mã trên, hoặc mở địa chỉ:"),
            url);
}
