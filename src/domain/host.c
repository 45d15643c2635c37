// SPDX-License-Identifier: AGPL-3.0-or-later
// Letters, digits and hyphens between dots (RFC 1123); other scripts come as their xn-- form.
#include "domain/host.h"

#include <string.h>

enum { LABEL_MAX = 63, PORT_DIGITS = 5 };

static bool is_letter_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool label_holds(const char *label, size_t len)
{
    if (len == 0 || len > LABEL_MAX) return false;
    for (size_t i = 0; i < len; i++)
        if (!is_letter_or_digit(label[i]) && label[i] != '-') return false;
    return label[0] != '-' && label[len - 1] != '-';
}

static bool port_holds(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    return digits > 0 && digits <= PORT_DIGITS && text[digits] == 0;
}

bool host_name(const char *text, char ret_host[HOST_TEXT])
{
    char host[HOST_TEXT];
    size_t len = strcspn(text, ":");
    if (text[len] != 0 && !port_holds(text + len + 1)) return false;
    if (len > 0 && text[len - 1] == '.') len--;
    if (len == 0 || len >= HOST_TEXT) return false;
    for (size_t i = 0; i < len; i++)
        host[i] = (char)(text[i] >= 'A' && text[i] <= 'Z' ? text[i] - 'A' + 'a' : text[i]);
    host[len] = 0;
    for (const char *label = host; label != NULL;) {
        size_t part = strcspn(label, ".");
        if (!label_holds(label, part)) return false;
        label = label[part] == 0 ? NULL : label + part + 1;
    }
    memcpy(ret_host, host, len + 1);
    return true;
}
