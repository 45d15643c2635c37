// SPDX-License-Identifier: AGPL-3.0-or-later
// The author's secret: 15 random digits and a Damm check digit, which catches every single wrong
// digit and every swap of two neighbours. Printed large, read over the phone, typed by old hands.
// Hashing is the store's.
#ifndef DOMAIN_RECEIPT_H
#define DOMAIN_RECEIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    RECEIPT_DIGITS = 16,
    RECEIPT_SIZE = RECEIPT_DIGITS + 1, // "1234567890123456"
    RECEIPT_TEXT = RECEIPT_SIZE + 3,   // "1234 5678 9012 3456"
    RECEIPT_RANDOM = 32,               // bytes of randomness to hand in
};

enum receipt_fault {
    RECEIPT_OK,
    RECEIPT_LENGTH,    // not 16 digits
    RECEIPT_CHARACTER, // something that is neither digit nor separator
    RECEIPT_CHECK,     // a digit is wrong
};

/// Digits without bias (bytes over 249 are passed over). False when the bytes gave too few, which
/// honest randomness does about once in 10^20: ask for other bytes.
bool receipt_make(const uint8_t random[RECEIPT_RANDOM], char out[RECEIPT_SIZE]);

/// Accepts spaces of any kind, dashes, dots, full-width digits, zero-width characters. Gives the 16
/// plain digits, only on RECEIPT_OK.
enum receipt_fault receipt_parse(const char *text, char ret_secret[RECEIPT_SIZE]);

/// Four groups of four; returns out. secret must be 16 digits.
const char *receipt_format(const char *secret, char out[RECEIPT_TEXT]);

/// The check digit '0'..'9' of `count` digits.
char receipt_check_digit(const char *digits, size_t count);

/// What to tell the person, Vietnamese; "" for RECEIPT_OK.
const char *receipt_fault_text(enum receipt_fault fault);

#endif
