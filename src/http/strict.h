// SPDX-License-Identifier: AGPL-3.0-or-later
// What the HTTP library lets through and we do not. Pure: bytes of a request's head in, a verdict
// out.
//
// The library cuts the head in place: the blank after the method, the one before the version, every
// line's CR LF and every first colon become NUL, and nothing else moves (the query is copied before
// it is cut). So the head is read again by our own grammar, in which a bare LF (one NUL), a bare
// CR, a NUL that was sent, a folded line, a second blank all fail; the names and values found are
// then compared with the library's own list, pointer by pointer: both must have read the same
// request.
#ifndef HTTP_STRICT_H
#define HTTP_STRICT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct strict_field {
    const char *name, *value;   // in the head; value without leading blanks, possibly trailing ones
    size_t name_len, value_len; // value_len without the trailing ones
};

struct strict_head {
    const char *bytes; // from the method to the end of the empty line
    size_t len;
    const char *target; // in there, and the length it had when it was first seen
    size_t target_len;
};

struct strict_request {
    struct strict_field *fields; // the caller's array
    unsigned capacity, count;
    const char *host; // without blanks, or NULL
    size_t host_len;
    uint64_t content_length; // 0 when there is none
    bool http_1_0, expect;
};

/// 0 when the head is a request we want to understand; otherwise the status to refuse it with: 400,
/// 411, 417, 431, 501 or 505.
int strict_check(const struct strict_head *head, struct strict_request *ret_request);

/// Only the characters a request target may have; the asterisk and absolute forms included.
bool strict_target(const char *target, size_t len);

#endif
