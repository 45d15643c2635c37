// SPDX-License-Identifier: AGPL-3.0-or-later
// The certificate of a laptop in a hall: made here, signed by itself, known by its fingerprint,
// which staff compare once. Never speaks TLS itself and never touches an office's own certificate.
#ifndef CLI_CERTIFICATE_H
#define CLI_CERTIFICATE_H

#include "base/arena.h"
#include "cli/lan.h"

enum { FINGERPRINT_TEXT = 96 }; // 32 pairs of hex digits with colons

struct certificate {
    const char *pem; // key and certificate; for both of the server's settings
    char fingerprint[FINGERPRINT_TEXT];
    bool made; // just now: staff compare again
};

/// Reads `path`. Made, mode 0600, when there is none; made again, with the same key, when our own
/// lacks an address of `lan` or this machine's name, or ends within a month. Good for two years.
/// The text of what is wrong (a message of the catalogue), NULL when all is well.
const char *certificate_open(struct arena *arena, const char *path, const struct lan *lan,
                             struct certificate *ret_certificate);

#endif
