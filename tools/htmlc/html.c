// SPDX-License-Identifier: AGPL-3.0-or-later
// The tokenizer's walk over literals. Where HTML's own rules are lenient (a bare '<' in text,
// unquoted values), this one is strict, so that what it believes and what a browser believes can't
// differ.
#include "html.h"
#include "html_attr.h"

#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

struct feed {
    const char *at, *end;
    struct buf *out;
    char *why;
};

static bool PRINTF_LIKE(2, 3) no(char *why, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(why, HTML_WHY, format, args);
    va_end(args);
    return false;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_name_char(char c)
{
    return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == ':' || c == '.';
}

static bool name_push(char name[HTML_NAME], char c)
{
    size_t len = strlen(name);
    if (len + 1 >= HTML_NAME) return false;
    name[len] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    name[len + 1] = 0;
    return true;
}

static void put(struct html *html, struct feed *feed, char c)
{
    buf_putc(feed->out, c);
    html->space = is_space(c);
}

// Runs of white space become one; a line end stays one, so that the page's source can be read.
static void put_collapsed(struct html *html, struct feed *feed)
{
    bool line = false;
    const char *p = feed->at;
    while (p < feed->end && is_space(*p))
        line |= *p++ == '\n';
    feed->at = p - 1;
    if (!html->space) put(html, feed, line ? '\n' : ' ');
}

static bool element_is(const struct html *html, const char *const *names)
{
    for (; *names != NULL; names++)
        if (strcmp(html->tag, *names) == 0) return true;
    return false;
}

static const char *const rcdata_elements[] = {"title", "textarea", NULL};
static const char *const raw_elements[] = {"script",   "style",    "xmp",       "iframe", "noembed",
                                           "noframes", "noscript", "plaintext", NULL};

static bool tag_closed(struct html *html, struct feed *feed, bool end_tag)
{
    put(html, feed, '>');
    html->space = false;
    html->attr[0] = 0;
    html->gap = false;
    html->state = HTML_TEXT;
    if (strcmp(html->tag, "pre") == 0) html->pre_depth += end_tag ? -1 : 1;
    if (html->pre_depth < 0) return no(feed->why, "</pre> without its <pre>");
    if (!end_tag && element_is(html, rcdata_elements)) {
        html->state = HTML_RCDATA;
        // A browser drops the first line end of a textarea: give it one, so that a kept value stays
        // whole.
        if (strcmp(html->tag, "textarea") == 0) {
            put(html, feed, '\n');
            if (feed->at + 1 < feed->end && feed->at[1] == '\n') feed->at++;
        }
        return true;
    }
    if (!end_tag && element_is(html, raw_elements)) {
        html->state = HTML_RAW;
        return true;
    }
    html->tag[0] = 0;
    return true;
}

static bool step_text(struct html *html, struct feed *feed)
{
    const char *p = feed->at;
    char c = *p;
    if (is_space(c) && html->pre_depth == 0) {
        put_collapsed(html, feed);
        return true;
    }
    put(html, feed, c);
    if (c != '<') return true;
    size_t left = (size_t)(feed->end - p);
    if (left >= 4 && memcmp(p, "<!--", 4) == 0) {
        html->state = HTML_COMMENT;
        html->dashes = 0;
        buf_puts(feed->out, "!--");
        feed->at += 3;
        return true;
    }
    html->tag[0] = 0;
    if (left >= 2 && p[1] == '!')
        html->state = HTML_DECLARATION;
    else if (left >= 3 && p[1] == '/' && is_letter(p[2])) {
        put(html, feed, '/');
        feed->at++;
        html->state = HTML_END_TAG_NAME;
    } else if (left >= 2 && is_letter(p[1]))
        html->state = HTML_TAG_NAME;
    else
        return no(feed->why, "a bare '<' in text: write &lt;");
    return true;
}

static bool step_tag_name(struct html *html, struct feed *feed)
{
    char c = *feed->at;
    bool end_tag = html->state == HTML_END_TAG_NAME;
    if (c == '>') return tag_closed(html, feed, end_tag);
    if (is_name_char(c)) {
        put(html, feed, c);
        return name_push(html->tag, c) || no(feed->why, "tag name too long");
    }
    if (end_tag && !is_space(c)) return no(feed->why, "'%c' in an end tag", c);
    if (end_tag) return true; // white space in an end tag is dropped
    if (is_space(c)) {
        put_collapsed(html, feed);
        html->state = HTML_BEFORE_ATTR;
        return true;
    }
    if (c != '/') return no(feed->why, "'%c' in a tag name", c);
    put(html, feed, c);
    html->state = HTML_BEFORE_ATTR;
    return true;
}

static bool attr_begins(struct html *html, struct feed *feed)
{
    if (html->gap && !html->space) buf_putc(feed->out, ' ');
    html->gap = false;
    html->attr[0] = 0;
    html->state = HTML_ATTR_NAME;
    name_push(html->attr, *feed->at);
    put(html, feed, *feed->at);
    return true;
}

static bool step_before_attr(struct html *html, struct feed *feed)
{
    char c = *feed->at;
    if (c == '>') return tag_closed(html, feed, false);
    if (is_space(c)) {
        put_collapsed(html, feed);
        return true;
    }
    if (c == '/') {
        put(html, feed, c);
        return true;
    }
    if (!is_letter(c)) return no(feed->why, "'%c' where an attribute should begin", c);
    return attr_begins(html, feed);
}

static bool attr_named(struct html *html, char *why)
{
    html->kind = html_attr_kind(html->tag, html->attr);
    if (html->kind == KIND_BANNED)
        return no(why, "attribute %s: the page's policy allows no inline script or style",
                  html->attr);
    return true;
}

static bool step_attr_name(struct html *html, struct feed *feed)
{
    char c = *feed->at;
    if (is_name_char(c)) {
        put(html, feed, c);
        return name_push(html->attr, c) || no(feed->why, "attribute name too long");
    }
    if (!attr_named(html, feed->why)) return false;
    if (c == '=') {
        put(html, feed, c);
        html->state = HTML_BEFORE_VALUE;
        return true;
    }
    html->state = HTML_BEFORE_ATTR;
    return step_before_attr(html, feed);
}

static bool step_before_value(struct html *html, struct feed *feed)
{
    char c = *feed->at;
    if (c == '>' || is_space(c)) return no(feed->why, "attribute %s= has no value", html->attr);
    html->state = c == '"' ? HTML_VALUE_DOUBLE : c == '\'' ? HTML_VALUE_SINGLE : HTML_VALUE_BARE;
    html->url = URL_EMPTY;
    html->head_len = 0;
    put(html, feed, c);
    if (html->state == HTML_VALUE_BARE && html->kind != KIND_PLAIN)
        return no(feed->why, "quote the value of attribute %s", html->attr);
    return true;
}

static bool value_closed(struct html *html, struct feed *feed)
{
    if (html->kind == KIND_URL && html->url == URL_HEAD &&
        !html_url_head_ok(html->head, html->head_len, true, feed->why))
        return false;
    html->state = HTML_BEFORE_ATTR;
    html->space = false;
    html->gap = true; // a="b"c="d" is an error in HTML; the gap puts a space there
    return true;
}

static bool step_value(struct html *html, struct feed *feed)
{
    char c = *feed->at;
    char quote = html->state == HTML_VALUE_DOUBLE ? '"' : '\'';
    put(html, feed, c);
    if (c == quote) return value_closed(html, feed);
    if (html->kind == KIND_REFUSED && html_attr_script(html->attr, c))
        return no(feed->why, "attribute %s: '%c' would need eval", html->attr, c);
    if (html->kind == KIND_URL) return html_url_feed(html, c, feed->why);
    return true;
}

static bool step_bare(struct html *html, struct feed *feed)
{
    char c = *feed->at;
    if (c == '>') return tag_closed(html, feed, false);
    if (is_space(c)) {
        put_collapsed(html, feed);
        html->state = HTML_BEFORE_ATTR;
        return true;
    }
    if (strchr("\"'<=`", c) != NULL) return no(feed->why, "'%c' in an unquoted value", c);
    put(html, feed, c);
    return true;
}

static bool step_comment(struct html *html, struct feed *feed)
{
    char c = *feed->at;
    put(html, feed, c);
    if (c == '>' && html->dashes >= 2) {
        html->state = HTML_TEXT;
        html->space = false;
    }
    html->dashes = c == '-' ? html->dashes + 1 : 0;
    return true;
}

static bool at_own_end_tag(const struct html *html, const struct feed *feed)
{
    size_t len = strlen(html->tag), left = (size_t)(feed->end - feed->at);
    return left > len + 2 && feed->at[1] == '/' && strncasecmp(feed->at + 2, html->tag, len) == 0 &&
           (feed->at[len + 2] == '>' || is_space(feed->at[len + 2]));
}

static bool step_inside(struct html *html, struct feed *feed)
{
    char c = *feed->at;
    bool raw = html->state == HTML_RAW;
    if (c == '<' && at_own_end_tag(html, feed)) {
        buf_puts(feed->out, "</");
        feed->at++;
        html->tag[0] = 0;
        html->state = HTML_END_TAG_NAME;
        return true;
    }
    if (c == '<' && !raw) return no(feed->why, "a bare '<' in %s: write &lt;", html->tag);
    if (raw && !is_space(c))
        return no(feed->why, "text inside <%s>: the page's policy allows nothing inline",
                  html->tag);
    put(html, feed, c);
    return true;
}

static bool step(struct html *html, struct feed *feed)
{
    switch (html->state) {
    case HTML_TEXT:
        return step_text(html, feed);
    case HTML_TAG_NAME:
    case HTML_END_TAG_NAME:
        return step_tag_name(html, feed);
    case HTML_BEFORE_ATTR:
    case HTML_AFTER_ATTR_NAME:
        return step_before_attr(html, feed);
    case HTML_ATTR_NAME:
        return step_attr_name(html, feed);
    case HTML_BEFORE_VALUE:
        return step_before_value(html, feed);
    case HTML_VALUE_DOUBLE:
    case HTML_VALUE_SINGLE:
        return step_value(html, feed);
    case HTML_VALUE_BARE:
        return step_bare(html, feed);
    case HTML_COMMENT:
        return step_comment(html, feed);
    case HTML_DECLARATION:
        put(html, feed, *feed->at);
        if (*feed->at == '>') html->state = HTML_TEXT;
        return true;
    case HTML_RCDATA:
    case HTML_RAW:
        return step_inside(html, feed);
    }
    return no(feed->why, "lost");
}

bool html_feed(struct html *html, const char *text, size_t len, struct buf *out, char why[HTML_WHY],
               size_t *ret_used)
{
    struct feed feed = {.at = text, .end = text + len, .out = out, .why = why};
    for (; feed.at < feed.end; feed.at++) {
        const char *here = feed.at;
        bool fine = *here != 0 || no(why, "a NUL byte");
        if (!fine || !step(html, &feed)) {
            *ret_used = (size_t)(here - text);
            return false;
        }
    }
    *ret_used = len;
    return true;
}

bool html_settle(struct html *html, char why[HTML_WHY])
{
    switch (html->state) {
    case HTML_ATTR_NAME:
        if (!attr_named(html, why)) return false;
        html->state = HTML_BEFORE_ATTR;
        html->gap = true;
        return true;
    case HTML_AFTER_ATTR_NAME:
    case HTML_TAG_NAME:
        html->state = HTML_BEFORE_ATTR;
        html->gap = true;
        return true;
    case HTML_BEFORE_ATTR:
        html->gap = true;
        return true;
    case HTML_VALUE_DOUBLE:
    case HTML_VALUE_SINGLE:
        if (html->kind != KIND_URL || html->url != URL_HEAD) return true;
        if (!html_url_head_ok(html->head, html->head_len, false, why)) return false;
        html->url = URL_TAIL;
        return true;
    case HTML_TEXT:
    case HTML_RCDATA:
        return true;
    case HTML_END_TAG_NAME:
    case HTML_BEFORE_VALUE:
    case HTML_VALUE_BARE:
    case HTML_COMMENT:
    case HTML_DECLARATION:
    case HTML_RAW:
        break;
    }
    char where[HTML_WHY];
    html_describe(html, where);
    return no(why, "no control tag may stand %.100s", where);
}

static bool value_state(enum html_state state)
{
    return state == HTML_VALUE_DOUBLE || state == HTML_VALUE_SINGLE;
}

bool html_join(struct html *into, const struct html *other)
{
    if (into->state != other->state || into->pre_depth != other->pre_depth) return false;
    if (into->state != HTML_TEXT && strcmp(into->tag, other->tag) != 0) return false;
    if (value_state(into->state)) {
        if (strcmp(into->attr, other->attr) != 0) return false;
        // An empty branch of a URL would leave open where the URL begins.
        bool open = into->url == URL_EMPTY, other_open = other->url == URL_EMPTY;
        if (into->kind == KIND_URL && open != other_open) return false;
        if (other->url == URL_OPEN) into->url = URL_OPEN;
    }
    into->space = into->space && other->space;
    into->gap = into->gap || other->gap;
    return true;
}

void html_describe(const struct html *html, char out[HTML_WHY])
{
    switch (html->state) {
    case HTML_TEXT:
        snprintf(out, HTML_WHY, "in text");
        return;
    case HTML_TAG_NAME:
    case HTML_END_TAG_NAME:
        snprintf(out, HTML_WHY, "in a tag name");
        return;
    case HTML_BEFORE_ATTR:
    case HTML_AFTER_ATTR_NAME:
        snprintf(out, HTML_WHY, "inside the tag <%s>, outside a quoted value", html->tag);
        return;
    case HTML_ATTR_NAME:
        snprintf(out, HTML_WHY, "in an attribute name");
        return;
    case HTML_BEFORE_VALUE:
    case HTML_VALUE_BARE:
        snprintf(out, HTML_WHY, "in the unquoted value of attribute %s", html->attr);
        return;
    case HTML_VALUE_DOUBLE:
    case HTML_VALUE_SINGLE:
        snprintf(out, HTML_WHY, "inside the value of attribute %s", html->attr);
        return;
    case HTML_COMMENT:
        snprintf(out, HTML_WHY, "in a comment");
        return;
    case HTML_DECLARATION:
        snprintf(out, HTML_WHY, "in a declaration");
        return;
    case HTML_RCDATA:
    case HTML_RAW:
        snprintf(out, HTML_WHY, "inside <%s>", html->tag);
        return;
    }
}
