// SPDX-License-Identifier: AGPL-3.0-or-later
// serve --hall: a laptop on the hall's own Wi-Fi, without internet. Finds the addresses phones can
// reach and tells the person at the keyboard. Never listens and never looks names up.
#ifndef CLI_LAN_H
#define CLI_LAN_H

#include <stdbool.h>
#include <stdio.h>

enum { LAN_ADDRESSES = 16, LAN_TEXT = 48 };

struct lan {
    char addresses[LAN_ADDRESSES][LAN_TEXT]; // as in a URL: "192.168.1.20", "[fd00::20]"
    int count;
    bool reachable; // the first is not the machine talking to itself
    bool v6;        // there is only IPv6: whoever listens on 0.0.0.0 is not found
};

/// Addresses of interfaces that are up: IPv4, private ranges first, loopback last; where no phone
/// reaches any of these, IPv6 in front of them. At least 127.0.0.1.
void lan_find(struct lan *ret_lan);

/// The first line is the machine's ("listening on ..."), then the other addresses, a QR code of the
/// first and what to say to the people. `scheme`: "http" or "https".
void lan_print(FILE *out, const struct lan *lan, const char *scheme, unsigned port);

#endif
