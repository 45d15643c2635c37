// SPDX-License-Identifier: AGPL-3.0-or-later
// Writes the C of literals, slots and messages. Which writer a slot gets is decided here by its
// place alone.
#include "compile.h"

#include <string.h>

static struct buf *source(struct compiler *c)
{
    return &c->result->source;
}

void emit_span(struct compiler *c, struct span span)
{
    for (size_t i = 0; i < span.len; i++)
        buf_putc(source(c), span.at[i] == '\n' || span.at[i] == '\r' ? ' ' : span.at[i]);
}

static void put_c_byte(struct buf *out, char b)
{
    if (b == '\n')
        buf_puts(out, "\\n");
    else if (b == '"' || b == '\\')
        buf_printf(out, "\\%c", b);
    else if ((unsigned char)b < 0x20 || b == 0x7f)
        buf_printf(out, "\\%03o", (unsigned)(unsigned char)b);
    else
        buf_putc(out, b);
}

void emit_line(struct compiler *c, int line)
{
    buf_printf(source(c), "#line %d \"", line);
    for (const char *p = c->path; *p != 0; p++)
        put_c_byte(source(c), *p);
    buf_puts(source(c), "\"\n");
}

void emit_literal(struct compiler *c)
{
    if (c->literal.len == 0) return;
    buf_puts(source(c), "    tpl_raw(t, \"");
    for (size_t i = 0; i < c->literal.len; i++) {
        put_c_byte(source(c), c->literal.data[i]);
        bool more = i + 1 < c->literal.len;
        if (c->literal.data[i] == '\n' && more) buf_puts(source(c), "\"\n               \"");
    }
    buf_printf(source(c), "\", %zu);\n", c->literal.len);
    buf_clear(&c->literal);
}

static const char *const place_writers[] = {
    [PLACE_TEXT] = "tpl_text",         [PLACE_RCDATA] = "tpl_rcdata",
    [PLACE_ATTR] = "tpl_attr",         [PLACE_CLASS] = "tpl_class",
    [PLACE_URL] = "tpl_url",           [PLACE_URL_OWN] = "tpl_url_own",
    [PLACE_URL_PART] = "tpl_url_part", [PLACE_NUMBER] = "tpl_number",
    [PLACE_SVG] = "tpl_svg",           [PLACE_REFUSED] = NULL,
};

static const char *const filters[] = {"date", "weekday",  "longdate", "time",
                                      "day",  "datetime", "number",   "iso"};

static bool is_filter(struct span word)
{
    for (size_t i = 0; i < ARRAY_LEN(filters); i++)
        if (span_is(word, filters[i])) return true;
    return false;
}

static bool writes_text(enum html_place place)
{
    return place == PLACE_TEXT || place == PLACE_RCDATA || place == PLACE_ATTR;
}

void emit_slot(struct compiler *c, int line, struct span expr)
{
    char why[HTML_WHY] = "";
    enum html_place place = html_slot(&c->html, why);
    if (place == PLACE_REFUSED) {
        compile_fail(c, line, "%s", why);
        return;
    }
    expr = span_trim(expr);
    size_t bar = span_find(expr, '|', true);
    struct span filter = {0};
    if (bar < expr.len && bar > 0 && expr.at[bar - 1] != '|') {
        filter = span_trim((struct span){expr.at + bar + 1, expr.len - bar - 1});
        if (!is_filter(filter)) {
            compile_fail(c, line, "unknown filter '%.*s'", (int)filter.len, filter.at);
            return;
        }
        if (!writes_text(place))
            compile_fail(c, line, "a filter stands only in text and plain attributes");
        expr.len = bar;
    }
    if (!span_is_expression(expr)) {
        compile_fail(c, line, "not one C expression: '%.*s'", (int)expr.len, expr.at);
        return;
    }
    emit_literal(c);
    emit_line(c, line);
    if (filter.len > 0)
        buf_printf(source(c), "    tpl_filter_%.*s(t, (", (int)filter.len, filter.at);
    else
        buf_printf(source(c), "    %s(t, (", place_writers[place]);
    emit_span(c, expr);
    buf_puts(source(c), "));\n");
}
