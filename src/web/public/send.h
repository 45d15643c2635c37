// SPDX-License-Identifier: AGPL-3.0-or-later
// Sending an opinion, and the receipt handed over afterwards. The receipt is never in an address or
// a log: it travels in a cookie that only the server reads and that dies by itself.
#ifndef WEB_PUBLIC_SEND_H
#define WEB_PUBLIC_SEND_H

#include "web/page_common.h"

struct send_view {
    const char *path, *key, *dialogue_title, *dialogue_path, *intake_text;
    bool closed;
    struct field_view content, type, name, organisation, khom, phone, email, kind, field, wants,
        reply_by;
    bool publish, contact_ok, more_open; // what was ticked; the folded part stands open
    const char *contact_error, *publish_error;
    const char *error_title; // NULL: nothing wrong
    const char *error_text, *error_anchor;
};

struct qr_view {
    const char *path, *box; // of the SVG
};

struct receipt_view {
    const char *receipt; // "1234 5678 9012 3456"
    const char *number, *opinion_state;
    struct tag_view tag;
    const char *follow_url; // without the receipt, to type
    struct qr_view qr;
    const char *dialogue_title, *dialogue_path;
    const char *hall_path; // back to the hall, for a phone that joined one; NULL none
    const char *due;       // by when, one sentence
    int64_t created_ms;
    const char *excerpt, *contact;
};

/// Minutes that a receipt typed or handed over stays on a device.
enum { RECEIPT_COOKIE_MINUTES = 30 };
void receipt_cookie_set(struct http_exchange *x, const char *digits);
void receipt_cookie_clear(struct http_exchange *x);

#endif
