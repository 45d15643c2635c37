// SPDX-License-Identifier: AGPL-3.0-or-later
// The writers of compiled templates. Every byte that came from people passes one of them; none
// trusts its input.
#include "web/tpl.h"

#include "base/day.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

int tpl_next_form(struct tpl *t)
{
    return ++t->forms;
}

struct html tpl_html_of(const struct buf *written)
{
    return (struct html){.text = buf_text(written), .len = written->len};
}

struct url url_own(const char *path)
{
    return (struct url){.text = path};
}

void tpl_raw(struct tpl *t, const char *text, size_t len)
{
    buf_put(t->out, text, len);
}

static const char *entity_of(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

static void put_escaped(struct tpl *t, const char *text, size_t len)
{
    size_t from = 0;
    for (size_t i = 0; i < len; i++) {
        const char *entity = entity_of(text[i]);
        if (entity == NULL) continue;
        buf_put(t->out, text + from, i - from);
        buf_puts(t->out, entity);
        from = i + 1;
    }
    buf_put(t->out, text + from, len - from);
}

void tpl_put_text(struct tpl *t, const char *text)
{
    if (text != NULL) put_escaped(t, text, strlen(text));
}

void tpl_put_int(struct tpl *t, int64_t value)
{
    buf_printf(t->out, "%lld", (long long)value);
}

void tpl_put_size(struct tpl *t, size_t value)
{
    buf_printf(t->out, "%zu", value);
}

void tpl_put_html(struct tpl *t, struct html html)
{
    buf_put(t->out, html.text, html.text == NULL ? 0 : html.len);
}

static bool is_unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c != 0 && strchr("-._~", c) != NULL);
}

static void put_percent(struct tpl *t, char c)
{
    buf_printf(t->out, "%%%02X", (unsigned)(unsigned char)c);
}

// Browsers drop leading controls and spaces, and tabs and line ends anywhere, before they look for
// a scheme: so any colon before the first / ? # counts as one, and what stands before it must be
// allowed to the letter.
static bool url_scheme_allowed(const char *url)
{
    static const char *const allowed[] = {"http:", "https:", "mailto:", "tel:"};
    size_t head = strcspn(url, ":/?#");
    if (url[head] != ':') return true;
    for (size_t i = 0; i < ARRAY_LEN(allowed); i++)
        if (strncasecmp(url, allowed[i], strlen(allowed[i])) == 0) return true;
    return false;
}

static void put_url_bytes(struct tpl *t, const char *url)
{
    for (const char *p = url; *p != 0; p++) {
        if (*p == '&')
            buf_puts(t->out, "&amp;");
        else if (is_unreserved(*p) || strchr(":/?#[]@!$()*+,;=%", *p) != NULL)
            buf_putc(t->out, *p);
        else
            put_percent(t, *p);
    }
}

void tpl_put_url(struct tpl *t, const char *url)
{
    if (url == NULL) return;
    put_url_bytes(t, url_scheme_allowed(url) ? url : "#");
}

void tpl_put_own_url(struct tpl *t, struct url url)
{
    tpl_put_url(t, url.text);
}

void tpl_put_url_part(struct tpl *t, const char *text)
{
    for (const char *p = text; p != NULL && *p != 0; p++) {
        if (is_unreserved(*p))
            buf_putc(t->out, *p);
        else
            put_percent(t, *p);
    }
}

static void put_kept(struct tpl *t, const char *text, const char *also)
{
    for (const char *p = text; p != NULL && *p != 0; p++) {
        bool alnum = is_unreserved(*p) && strchr("-._~", *p) == NULL;
        if (alnum || strchr(also, *p) != NULL) buf_putc(t->out, *p);
    }
}

void tpl_put_class(struct tpl *t, const char *text)
{
    put_kept(t, text, " _-");
}

void tpl_put_svg(struct tpl *t, const char *text)
{
    put_kept(t, text, " .,+#-");
}

void tpl_put_double(struct tpl *t, double value)
{
    if (!isfinite(value)) value = 0;
    char text[400];
    int len = snprintf(text, sizeof(text), "%.2f", value);
    ensure(len > 0 && (size_t)len < sizeof(text));
    while (text[len - 1] == '0')
        len--;
    if (text[len - 1] == '.') len--;
    buf_put(t->out, text, (size_t)len);
}

void tpl_filter_date(struct tpl *t, int32_t day)
{
    char out[FORMAT_TEXT];
    buf_puts(t->out, format_day(t->lang, day, out));
}

void tpl_filter_weekday(struct tpl *t, int32_t day)
{
    char out[FORMAT_TEXT];
    buf_puts(t->out, format_weekday(t->lang, day, out));
}

void tpl_filter_longdate(struct tpl *t, int32_t day)
{
    char out[FORMAT_TEXT];
    buf_puts(t->out, format_long_day(t->lang, day, out));
}

void tpl_filter_time(struct tpl *t, int64_t instant_ms)
{
    char out[FORMAT_TEXT];
    buf_puts(t->out, format_time(t->lang, instant_ms, out));
}

void tpl_filter_datetime(struct tpl *t, int64_t instant_ms)
{
    char out[FORMAT_TEXT];
    buf_puts(t->out, format_instant(t->lang, instant_ms, out));
}

void tpl_filter_day(struct tpl *t, int64_t instant_ms)
{
    tpl_filter_date(t, instant_day(instant_ms));
}

void tpl_filter_number(struct tpl *t, int64_t value)
{
    char out[FORMAT_TEXT];
    buf_puts(t->out, format_number(t->lang, value, out));
}

void tpl_filter_iso(struct tpl *t, int64_t instant_ms)
{
    char out[INSTANT_TEXT];
    buf_puts(t->out, instant_format(instant_ms, out));
}

static const struct tpl_arg *arg_find(const struct tpl_arg *args, size_t count, const char *name,
                                      size_t len)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(args[i].name) == len && memcmp(args[i].name, name, len) == 0) return &args[i];
    return NULL;
}

static void put_arg(struct tpl *t, const struct tpl_arg *arg)
{
    if (arg->text != NULL)
        tpl_put_text(t, arg->text);
    else if (arg->grouped)
        tpl_filter_number(t, arg->number);
    else
        tpl_put_int(t, arg->number);
}

void tpl_message(struct tpl *t, const char *message, const struct tpl_arg *args, size_t count)
{
    const char *p = message;
    while (*p != 0) {
        size_t plain = strcspn(p, "{");
        put_escaped(t, p, plain);
        p += plain;
        const char *close = *p == '{' ? strchr(p, '}') : NULL;
        if (close == NULL) break;
        const struct tpl_arg *arg = arg_find(args, count, p + 1, (size_t)(close - p - 1));
        if (arg != NULL)
            put_arg(t, arg);
        else
            put_escaped(t, p, (size_t)(close - p + 1));
        p = close + 1;
    }
    tpl_put_text(t, p);
}
