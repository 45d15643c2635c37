// SPDX-License-Identifier: AGPL-3.0-or-later
// What is added to an opinion in its life: answers, assignments, exchanges, notices, verdicts ...
// one kind of row for all.
#ifndef DOMAIN_OPINION_ITEM_H
#define DOMAIN_OPINION_ITEM_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/value.h"

enum { SALT_BYTES = 16 };

enum item_kind {
    ITEM_ASSIGNMENT,
    ITEM_REFERRAL,
    ITEM_ASK_BACK,
    ITEM_REPLY,
    ITEM_EXCHANGE,
    ITEM_ANSWER,
    ITEM_SUPPLEMENT,
    ITEM_DRAFT,
    ITEM_NOTICE,
    ITEM_DELIVERY,
    ITEM_EXTENSION,
    ITEM_AGENCY_REPLY,
    ITEM_REMARK,
    ITEM_REMARK_REPLY,
    ITEM_DUE,     // a version of the due date
    ITEM_EDIT,    // a text as it was before amend, correct, split or redact
    ITEM_REASON,  // recall, return, reject, restore, divert
    ITEM_PROMPT,  // the polite request to keep to the topic (R67)
    ITEM_VERDICT, // agree or continue
    ITEM_CONCLUSION,
    ITEM_WITHDRAWAL, // asked for, by proxy, or done
    ITEM_FLOOR,
    ITEM_KIND_COUNT
};
extern const struct value_set item_kinds;

enum item_status { ITEM_DONE, ITEM_WAITING, ITEM_VOID, ITEM_STATUS_COUNT };

/// Something added to an opinion. Append-only but for status, delivered_ms and (when sealed or
/// redacted) text.
struct opinion_item {
    int item; // 1.. within the opinion
    enum item_kind kind;
    enum item_status status;
    int64_t entry; // the register entry that made it
    int64_t at_ms;
    const char *actor; // user name; "" the author or the system
    enum role role;    // in which the actor acted
    enum on_behalf behalf;
    const char *person; // assignee, speaker, floor-holder, drafter
    const char *body;   // agency
    int code;           // value of the kind: mode, how, divert_to, verdict, result ... -1 none
    int code2;          // answer kind; deadline rule; -1 none
    int32_t day, day2;  // expected, due, legal / safe; DAY_NONE
    int ref;            // item it is about (remark of a remark_reply, draft of an answer), 0
    int round;
    const char *text;
    const char *refs;  // legal references or participants, one a line
    const char *proof; // "heard: text" as recorded, "" none
    int64_t delivered_ms;
    unsigned char salt[SALT_BYTES];
    bool changed; // status, delivered_ms or text differ from the store: write it
    bool added;   // made in this transaction
};

#endif
