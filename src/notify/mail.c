// SPDX-License-Identifier: AGPL-3.0-or-later
// Encoded words, base64 and the few fields a letter needs. Everything beyond ASCII is encoded, so
// any server takes it.
#include "notify/mail.h"

#include <sodium.h>
#include <string.h>

#include "base/day.h"

enum {
    WORD_BYTES = 36, // of UTF-8 in one encoded word: with "Subject: " below the 76 of RFC 2047
    LINE_BYTES = 57  // of the body in one line: 76 characters
};

bool mail_address_ok(const char *address)
{
    const char *at = strchr(address, '@');
    if (at == NULL || at == address || at[1] == 0 || strchr(at + 1, '@') != NULL) return false;
    for (const char *p = address; *p != 0; p++)
        if (*p <= ' ' || *p > '~' || strchr("<>()[],;:\\\"", *p) != NULL) return false;
    return strlen(address) < 255;
}

static void put_base64(struct buf *out, const char *bytes, size_t len)
{
    char text[sodium_base64_ENCODED_LEN(LINE_BYTES, sodium_base64_VARIANT_ORIGINAL)];
    sodium_bin2base64(text, sizeof(text), (const unsigned char *)bytes, len,
                      sodium_base64_VARIANT_ORIGINAL);
    buf_puts(out, text);
}

/// As many bytes as fit, without cutting a letter.
static size_t whole_letters(const char *text, size_t len, size_t most)
{
    if (len <= most) return len;
    while (most > 1 && ((unsigned char)text[most] & 0xC0) == 0x80)
        most--;
    return most;
}

static void put_words(struct buf *out, const char *text)
{
    size_t len = strlen(text);
    for (bool first = true; len > 0; first = false) {
        size_t part = whole_letters(text, len, WORD_BYTES);
        buf_puts(out, first ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?");
        put_base64(out, text, part);
        buf_puts(out, "?=");
        text += part;
        len -= part;
    }
}

static void put_date(struct buf *out, int64_t at_ms)
{
    static const char *const weekdays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    int32_t day = instant_day(at_ms);
    struct civil c = day_civil(day);
    int64_t second = (at_ms - instant_at(day, 0, 0)) / 1000;
    buf_printf(out, "Date: %s, %d %s %d %02d:%02d:%02d +0700\r\n", weekdays[day_weekday(day) - 1],
               c.day, months[c.month - 1], c.year, (int)(second / 3600), (int)(second / 60 % 60),
               (int)(second % 60));
}

static void put_body(struct buf *out, const char *text)
{
    BUF crlf = {0};
    for (const char *p = text; *p != 0; p++) {
        if (*p == '\n') buf_putc(&crlf, '\r');
        buf_putc(&crlf, *p);
    }
    const char *bytes = buf_text(&crlf);
    for (size_t at = 0; at < crlf.len; at += LINE_BYTES) {
        size_t left = crlf.len - at;
        put_base64(out, bytes + at, left < LINE_BYTES ? left : LINE_BYTES);
        buf_puts(out, "\r\n");
    }
}

void mail_write(const struct mail *mail, struct buf *out)
{
    put_date(out, mail->at_ms);
    buf_puts(out, "From: ");
    if (*mail->from_name != 0) put_words(out, mail->from_name);
    buf_printf(out, "%s<%s>\r\nTo: <%s>\r\nSubject: ", *mail->from_name != 0 ? "\r\n " : "",
               mail->from, mail->to);
    put_words(out, mail->subject);
    // Auto-Submitted keeps holiday notices from answering (RFC 3834).
    buf_printf(out,
               "\r\nMessage-ID: <%s>\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
               "Content-Type: text/plain; charset=utf-8\r\nContent-Language: vi\r\n"
               "Content-Transfer-Encoding: base64\r\n\r\n",
               mail->message_id);
    put_body(out, mail->text);
}
