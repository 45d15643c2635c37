// SPDX-License-Identifier: AGPL-3.0-or-later
// The ways out: SMTP, and an SMS gateway's HTTP address. Sends one message at a time; knows nothing
// of opinions and never logs an address or a text.
#ifndef NOTIFY_TRANSPORT_H
#define NOTIFY_TRANSPORT_H

#include <stdatomic.h>

#include "store/outbox.h"
#include "store/unit.h"

enum send_result {
    SEND_DONE,       // the server has taken it
    SEND_LATER,      // refused for now, or cut off on the way: perhaps it was taken
    SEND_NEVER,      // refused for good: no such mailbox, bad number
    SEND_UNREACHABLE // no server there: nothing was tried
};

/// One pass over the outbox: keeps its connection from one message to the next.
struct sender {
    const struct setting_list *settings;
    int64_t unit, now_ms;
    atomic_bool *stop; // ends a transfer that is under way
    void *easy;        // libcurl's; NULL until the first message
};

bool sender_configured(const struct setting_list *settings, enum outbox_transport transport);
enum send_result sender_send(struct sender *sender, const struct outbox_message *message);
void sender_done(struct sender *sender);

#endif
