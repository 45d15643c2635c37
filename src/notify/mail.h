// SPDX-License-Identifier: AGPL-3.0-or-later
// A message as bytes for SMTP: head and body of RFC 5322 and MIME. Pure; never lets a value of a
// field become another field.
#ifndef NOTIFY_MAIL_H
#define NOTIFY_MAIL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

struct mail {
    const char *from;       // address of the unit
    const char *from_name;  // UTF-8, "" none
    const char *to;         // one address
    const char *subject;    // UTF-8
    const char *text;       // UTF-8, lines end in \n
    const char *message_id; // without the angle brackets
    int64_t at_ms;
};

/// Something that may stand between angle brackets: printable ASCII without blanks, quotes, commas
/// and brackets, one @ inside.
bool mail_address_ok(const char *address);

/// Appends the whole message with CRLF; the addresses are OK.
void mail_write(const struct mail *mail, struct buf *out);

#endif
