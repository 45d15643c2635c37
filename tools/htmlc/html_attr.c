// SPDX-License-Identifier: AGPL-3.0-or-later
// The attribute table, the places of slots, and URLs' beginnings. An attribute that could run code
// never takes a slot.
#include "html_attr.h"

#include "base/ensure.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

static const struct {
    const char *attr;
    enum html_kind kind;
} attrs[] = {
    {"class", KIND_CLASS},
    {"href", KIND_URL},
    {"src", KIND_URL},
    {"action", KIND_URL},
    {"formaction", KIND_URL},
    {"poster", KIND_URL},
    {"cite", KIND_URL},
    {"data", KIND_URL},
    {"background", KIND_URL},
    {"manifest", KIND_URL},
    {"ping", KIND_URL},
    {"xlink:href", KIND_URL},
    {"hx-get", KIND_URL},
    {"hx-post", KIND_URL},
    {"hx-put", KIND_URL},
    {"hx-patch", KIND_URL},
    {"hx-delete", KIND_URL},
    {"hx-push-url", KIND_URL},
    {"hx-replace-url", KIND_URL},
    {"sse-connect", KIND_URL},
    {"data-events", KIND_URL},
    {"width", KIND_NUMBER},
    {"height", KIND_NUMBER},
    {"x", KIND_NUMBER},
    {"y", KIND_NUMBER},
    {"x1", KIND_NUMBER},
    {"x2", KIND_NUMBER},
    {"y1", KIND_NUMBER},
    {"y2", KIND_NUMBER},
    {"cx", KIND_NUMBER},
    {"cy", KIND_NUMBER},
    {"r", KIND_NUMBER},
    {"rx", KIND_NUMBER},
    {"ry", KIND_NUMBER},
    {"dx", KIND_NUMBER},
    {"dy", KIND_NUMBER},
    {"stroke-width", KIND_NUMBER},
    {"stroke-dashoffset", KIND_NUMBER},
    {"d", KIND_SVG},
    {"points", KIND_SVG},
    {"transform", KIND_SVG},
    {"viewbox", KIND_SVG},
    {"stroke-dasharray", KIND_SVG},
    {"fill", KIND_SVG},
    {"stroke", KIND_SVG},
    {"srcset", KIND_REFUSED},
    {"imagesrcset", KIND_REFUSED},
    {"srcdoc", KIND_BANNED},
    {"style", KIND_BANNED},
    {"hx-vals", KIND_REFUSED},
    {"hx-vars", KIND_BANNED},
    {"hx-headers", KIND_REFUSED},
    {"hx-request", KIND_REFUSED},
    {"hx-trigger", KIND_REFUSED},
    {"http-equiv", KIND_REFUSED},
    {"integrity", KIND_REFUSED},
    {"nonce", KIND_REFUSED},
};

enum html_kind html_attr_kind(const char *tag, const char *attr)
{
    (void)tag;
    if (strncmp(attr, "on", 2) == 0 || strncmp(attr, "hx-on", 5) == 0) return KIND_BANNED;
    for (size_t i = 0; i < ARRAY_LEN(attrs); i++)
        if (strcmp(attrs[i].attr, attr) == 0) return attrs[i].kind;
    return KIND_PLAIN;
}

bool html_attr_loads(const char *tag, const char *attr)
{
    static const char *const loaders[] = {"script", "iframe", "frame", "object",
                                          "embed",  "link",   "base",  "use"};
    if (strncmp(attr, "hx-", 3) == 0 || strcmp(attr, "sse-connect") == 0) return false;
    for (size_t i = 0; i < ARRAY_LEN(loaders); i++)
        if (strcmp(loaders[i], tag) == 0) return true;
    return false;
}

bool html_attr_script(const char *attr, char c)
{
    return strcmp(attr, "hx-trigger") == 0 && c == '[';
}

static bool ends_scheme(char c)
{
    return c == '/' || c == '?' || c == '#';
}

bool html_url_feed(struct html *html, char c, char why[HTML_WHY])
{
    if (html->url == URL_TAIL) return true;
    if (html->url == URL_OPEN) {
        if (ends_scheme(c)) html->url = URL_TAIL;
        if (c != ':' && c != '&') return true;
        snprintf(why, HTML_WHY, "'%c' behind a slot at the beginning of a URL could form a scheme",
                 c);
        return false;
    }
    html->url = URL_HEAD;
    // A long head is a path by now: schemes and hosts are short.
    if (html->head_len < HTML_HEAD) html->head[html->head_len++] = c;
    return true;
}

static bool scheme_allowed(const char *head, size_t len)
{
    static const char *const schemes[] = {"http", "https", "mailto", "tel"};
    for (size_t i = 0; i < ARRAY_LEN(schemes); i++)
        if (strlen(schemes[i]) == len && strncasecmp(schemes[i], head, len) == 0) return true;
    return false;
}

static bool host_is_closed(const char *head, size_t len, size_t from)
{
    for (size_t i = from; i < len; i++)
        if (ends_scheme(head[i])) return true;
    return len == HTML_HEAD;
}

bool html_url_head_ok(const char *head, size_t len, bool whole, char why[HTML_WHY])
{
    size_t scheme = 0;
    while (scheme < len && !ends_scheme(head[scheme]) && head[scheme] != ':' && head[scheme] != '&')
        scheme++;
    bool has_scheme = scheme < len && (head[scheme] == ':' || head[scheme] == '&');
    if (has_scheme && !scheme_allowed(head, scheme)) {
        snprintf(why, HTML_WHY, "a URL may begin with http:, https:, mailto:, tel: or a path only");
        return false;
    }
    if (whole) return true;
    size_t host = has_scheme ? scheme + 1 : 0;
    bool slashes = len - host >= 2 && head[host] == '/' && head[host + 1] == '/';
    bool http = has_scheme && strncasecmp(head, "http", 4) == 0;
    bool lone_slash = !has_scheme && len == 1 && head[0] == '/';
    if (lone_slash) return true; // the slot is percent-encoded, so "//" can't form
    bool fine = slashes ? host_is_closed(head, len, host + 2) : !http;
    if (fine && !has_scheme && !slashes && scheme == len && len < HTML_HEAD) {
        snprintf(why, HTML_WHY, "begin a relative URL with / ? or # before a slot");
        return false;
    }
    if (!fine) snprintf(why, HTML_WHY, "a slot may not choose the host of a URL");
    return fine;
}

static enum html_place url_place(struct html *html, char why[HTML_WHY])
{
    switch (html->url) {
    case URL_EMPTY:
        html->url = URL_OPEN;
        return html_attr_loads(html->tag, html->attr) ? PLACE_URL_OWN : PLACE_URL;
    case URL_HEAD:
        if (!html_url_head_ok(html->head, html->head_len, false, why)) return PLACE_REFUSED;
        html->url = URL_TAIL;
        return PLACE_URL_PART;
    case URL_OPEN:
    case URL_TAIL:
        return PLACE_URL_PART;
    }
    return PLACE_REFUSED;
}

static enum html_place value_place(struct html *html, char why[HTML_WHY])
{
    switch (html->kind) {
    case KIND_PLAIN:
        return PLACE_ATTR;
    case KIND_CLASS:
        return PLACE_CLASS;
    case KIND_URL:
        return url_place(html, why);
    case KIND_NUMBER:
        return PLACE_NUMBER;
    case KIND_SVG:
        return PLACE_SVG;
    case KIND_REFUSED:
    case KIND_BANNED:
        break;
    }
    snprintf(why, HTML_WHY, "attribute %s takes no slot", html->attr);
    return PLACE_REFUSED;
}

enum html_place html_slot(struct html *html, char why[HTML_WHY])
{
    html->space = false;
    switch (html->state) {
    case HTML_TEXT:
        return PLACE_TEXT;
    case HTML_RCDATA:
        return PLACE_RCDATA;
    case HTML_VALUE_DOUBLE:
    case HTML_VALUE_SINGLE:
        return value_place(html, why);
    case HTML_TAG_NAME:
    case HTML_END_TAG_NAME:
    case HTML_BEFORE_ATTR:
    case HTML_ATTR_NAME:
    case HTML_AFTER_ATTR_NAME:
    case HTML_BEFORE_VALUE:
    case HTML_VALUE_BARE:
    case HTML_COMMENT:
    case HTML_DECLARATION:
    case HTML_RAW:
        break;
    }
    char where[HTML_WHY];
    html_describe(html, where);
    snprintf(why, HTML_WHY, "no slot may stand %.100s", where);
    return PLACE_REFUSED;
}
