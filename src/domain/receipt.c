// SPDX-License-Identifier: AGPL-3.0-or-later
// Receipt digits and their Damm check digit. Takes randomness as bytes and never makes any.
#include "domain/receipt.h"

#include <string.h>
#include "base/ensure.h"
#include "base/text.h"
#include "base/tr.h"

/// Damm's quasigroup of order 10: totally anti-symmetric with zeros on the diagonal. The test
/// proves both properties by trying all of them.
static const char damm[10][11] = {"0317598642", "7092154863", "4206871359", "1750983426",
                                  "6123045978", "3674209581", "5869720134", "8945362017",
                                  "9438617205", "2581436790"};

char receipt_check_digit(const char *digits, size_t count)
{
    char interim = '0';
    for (size_t i = 0; i < count; i++) {
        ensure(digits[i] >= '0' && digits[i] <= '9');
        interim = damm[interim - '0'][digits[i] - '0'];
    }
    return interim;
}

bool receipt_make(const uint8_t random[RECEIPT_RANDOM], char out[RECEIPT_SIZE])
{
    char secret[RECEIPT_SIZE] = {0};
    size_t count = 0;
    for (size_t i = 0; i < RECEIPT_RANDOM && count < RECEIPT_DIGITS - 1; i++)
        if (random[i] < 250) secret[count++] = (char)('0' + random[i] % 10);
    if (count < RECEIPT_DIGITS - 1) return false;
    secret[count] = receipt_check_digit(secret, count);
    memcpy(out, secret, RECEIPT_SIZE);
    return true;
}

enum { FULL_WIDTH_ZERO = 0xff10 };

/// The character at *text of valid UTF-8, which moves on. Receipts need the Basic Plane only.
static uint32_t next_char(const char **text)
{
    const unsigned char *at = (const unsigned char *)*text;
    size_t len = text_prefix(*text, 1);
    *text += len;
    uint32_t c = len == 1 ? at[0] : len == 2 ? at[0] & 0x1f : len == 3 ? at[0] & 0x0f : 0x07;
    for (size_t i = 1; i < len; i++)
        c = c << 6 | (at[i] & 0x3f);
    return c;
}

/// What stands between groups when people write, paste or scan: spaces, dashes, dots, invisible
/// characters.
static bool is_separator(uint32_t c)
{
    static const uint32_t separators[] = {' ',    '\t',   '\n',   '\r',   '-',    '.',    '_',
                                          0xa0,   0xad,   0x202f, 0x205f, 0x2060, 0x2212, 0x3000,
                                          0xfe58, 0xfe63, 0xff0d, 0xff0e, 0xfeff};
    if (c >= 0x2000 && c <= 0x2015) return true; // spaces, zero-width characters, hyphens, dashes
    for (size_t i = 0; i < ARRAY_LEN(separators); i++)
        if (separators[i] == c) return true;
    return false;
}

enum receipt_fault receipt_parse(const char *text, char ret_secret[RECEIPT_SIZE])
{
    char secret[RECEIPT_SIZE] = {0};
    size_t count = 0;
    if (text == NULL) return RECEIPT_LENGTH;
    if (!text_is_utf8(text, strlen(text))) return RECEIPT_CHARACTER;
    while (*text != 0) {
        uint32_t c = next_char(&text);
        if (is_separator(c)) continue;
        if (c >= FULL_WIDTH_ZERO && c <= FULL_WIDTH_ZERO + 9) c = c - FULL_WIDTH_ZERO + '0';
        if (c < '0' || c > '9') return RECEIPT_CHARACTER;
        if (count < RECEIPT_DIGITS) secret[count] = (char)c;
        count++;
    }
    if (count != RECEIPT_DIGITS) return RECEIPT_LENGTH;
    if (receipt_check_digit(secret, RECEIPT_DIGITS) != '0') return RECEIPT_CHECK;
    memcpy(ret_secret, secret, RECEIPT_SIZE);
    return RECEIPT_OK;
}

const char *receipt_format(const char *secret, char out[RECEIPT_TEXT])
{
    ensure(strlen(secret) == RECEIPT_DIGITS);
    size_t at = 0;
    for (size_t i = 0; i < RECEIPT_DIGITS; i++) {
        if (i > 0 && i % 4 == 0) out[at++] = ' ';
        out[at++] = secret[i];
    }
    out[at] = 0;
    return out;
}

const char *receipt_fault_text(enum receipt_fault fault)
{
    switch (fault) {
    case RECEIPT_OK:
        return "";
    case RECEIPT_LENGTH:
        return N_("Mã tra cứu gồm 16 chữ số. Xin xem lại trên biên nhận.");
    case RECEIPT_CHARACTER:
        return N_("Mã tra cứu chỉ gồm chữ số. Xin nhập lại 16 chữ số trên biên nhận.");
    case RECEIPT_CHECK:
        return N_("Có chữ số chưa đúng. Xin so lại từng số với biên nhận.");
    }
    return "";
}
