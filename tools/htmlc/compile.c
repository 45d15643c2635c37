// SPDX-License-Identifier: AGPL-3.0-or-later
// The top of the compiler: cuts a file into literals, comments, slots and tags and hands each on.
#include "compile.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void compile_fail(struct compiler *c, int line, const char *format, ...)
{
    if (compile_failed(c)) return;
    va_list args;
    va_start(args, format);
    vsnprintf(c->result->error, sizeof(c->result->error), format, args);
    va_end(args);
    c->result->line = line;
}

bool compile_failed(const struct compiler *c)
{
    return c->result->error[0] != 0;
}

static int lines_in(const char *at, size_t len)
{
    int lines = 0;
    for (size_t i = 0; i < len; i++)
        lines += at[i] == '\n';
    return lines;
}

static void literal(struct compiler *c, size_t len)
{
    const char *at = c->at;
    size_t used = 0;
    char why[HTML_WHY] = "";
    if (c->depth == 0) {
        struct span rest = span_trim((struct span){at, len});
        if (rest.len > 0)
            compile_fail(c, c->line + lines_in(at, (size_t)(rest.at - at)),
                         "text outside a template");
    } else if (!html_feed(&c->html, at, len, &c->literal, why, &used))
        compile_fail(c, c->line + lines_in(at, used), "%s", why);
    c->line += lines_in(at, len);
    c->at += len;
}

// The end of {{ or {%, skipping quoted texts; NULL when there is none.
static const char *delimiter_end(const struct compiler *c, char close)
{
    for (const char *p = c->at + 2; p + 1 < c->end;) {
        size_t quoted = span_quoted((struct span){p, (size_t)(c->end - p)});
        if (p[0] == close && p[1] == '}') return p;
        p += quoted > 0 ? quoted : 1;
    }
    return NULL;
}

static void comment(struct compiler *c)
{
    const char *p = c->at + 2;
    while (p + 1 < c->end && !(p[0] == '#' && p[1] == '}'))
        p++;
    if (p + 1 >= c->end) {
        compile_fail(c, c->line, "{# without #}");
        return;
    }
    c->line += lines_in(c->at, (size_t)(p - c->at));
    c->at = p + 2;
}

static void tag_or_slot(struct compiler *c)
{
    bool slot = c->at[1] == '{';
    const char *end = delimiter_end(c, slot ? '}' : '%');
    if (end == NULL) {
        compile_fail(c, c->line, slot ? "{{ without }}" : "{%% without %%}");
        return;
    }
    struct span body = span_trim((struct span){c->at + 2, (size_t)(end - c->at) - 2});
    if (slot && c->depth == 0)
        compile_fail(c, c->line, "a slot outside a template");
    else if (slot)
        emit_slot(c, c->line, body);
    else
        compile_tag(c, c->line, body);
    c->line += lines_in(c->at, (size_t)(end - c->at));
    c->at = end + 2;
}

static size_t literal_length(const struct compiler *c)
{
    const char *p = c->at;
    for (; p + 1 < c->end; p++)
        if (p[0] == '{' && (p[1] == '{' || p[1] == '%' || p[1] == '#')) return (size_t)(p - c->at);
    return (size_t)(c->end - c->at);
}

static void run(struct compiler *c)
{
    while (c->at < c->end && !compile_failed(c)) {
        size_t len = literal_length(c);
        if (len > 0)
            literal(c, len);
        else if (c->at[1] == '#')
            comment(c);
        else
            tag_or_slot(c);
    }
    if (c->depth > 0)
        compile_fail(c, c->blocks[c->depth - 1].line, "this block has no {%% end %%}");
}

bool htmlc_compile(const char *path, const char *header_name, const char *text, size_t len,
                   struct htmlc_result *ret_result)
{
    *ret_result = (struct htmlc_result){0};
    struct compiler c = {
        .path = path, .at = text, .end = text + len, .line = 1, .result = ret_result};
    buf_printf(&ret_result->header, "// Made from %s; edits are lost.\n#pragma once\n", path);
    buf_puts(&ret_result->header, "#include \"web/tpl.h\"\n");
    run(&c);
    struct buf body = ret_result->source;
    ret_result->source = (struct buf){0};
    buf_printf(&ret_result->source, "// Made from %s; edits are lost.\n#include \"%s\"\n", path,
               header_name);
    if (c.uses_layout) buf_puts(&ret_result->source, "#include \"web/layout/layout.html.h\"\n");
    buf_put(&ret_result->source, buf_text(&body), body.len);
    buf_done(&body);
    buf_done(&c.literal);
    return ret_result->error[0] == 0;
}

void htmlc_result_done(struct htmlc_result *result)
{
    buf_done(&result->header);
    buf_done(&result->source);
    buf_done(&result->messages);
}
