// SPDX-License-Identifier: AGPL-3.0-or-later
// The host name by which a ward is found among several in one store: lower case, no port, no dot at
// its end. Pure.
#ifndef DOMAIN_HOST_H
#define DOMAIN_HOST_H

#include <stdbool.h>

enum { HOST_TEXT = 254 }; // with its NUL

/// Of a Host header, an address or what was typed: "Phuong-2.Example.VN:8080" is
/// "phuong-2.example.vn". False, and nothing written: no DNS name and no IPv4 address, so no
/// ward's.
bool host_name(const char *text, char ret_host[HOST_TEXT]);

#endif
