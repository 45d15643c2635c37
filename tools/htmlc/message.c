// SPDX-License-Identifier: AGPL-3.0-or-later
// Messages: {% _ "…" %}, {% _c "context" "…" %}, {% _n count "…" %}, with name=expression behind.
// Each is written as a call and collected as a PO entry; names in the text and names given must be
// the same set.
#include "compile.h"

#include <string.h>

struct message {
    struct span context, count, text; // text and context with their quotes
    struct span names[SPAN_LIST], values[SPAN_LIST];
    size_t args;
};

static bool take_string(struct compiler *c, int line, struct span *rest, struct span *ret_string)
{
    *rest = span_trim(*rest);
    size_t len = span_quoted(*rest);
    if (len == 0 || rest->at[0] != '"') {
        compile_fail(c, line, "a message is a text in double quotes");
        return false;
    }
    *ret_string = (struct span){rest->at, len};
    *rest = span_trim((struct span){rest->at + len, rest->len - len});
    return true;
}

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

// Where the next " name=" begins, or the end.
static size_t next_arg(struct span rest)
{
    for (size_t from = 0; from < rest.len;) {
        struct span tail = {rest.at + from, rest.len - from};
        size_t gap = span_find(tail, ' ', false);
        if (gap == tail.len) break;
        size_t i = gap + 1, name = i;
        while (i < tail.len && is_name_char(tail.at[i]))
            i++;
        if (i > name && i + 1 < tail.len && tail.at[i] == '=' && tail.at[i + 1] != '=')
            return from + gap;
        from += gap + 1;
    }
    return rest.len;
}

static bool take_args(struct compiler *c, int line, struct span rest, struct message *m)
{
    while (rest.len > 0) {
        struct span name = span_word(&rest);
        if (name.len == 0 || rest.len == 0 || rest.at[0] != '=' || m->args == SPAN_LIST) {
            compile_fail(c, line, "behind a message stand name=expression pairs, at most %d",
                         (int)SPAN_LIST);
            return false;
        }
        rest.at++;
        rest.len--;
        size_t len = next_arg(rest);
        m->names[m->args] = name;
        m->values[m->args] = span_trim((struct span){rest.at, len});
        if (!span_is_expression(m->values[m->args++])) {
            compile_fail(c, line, "not one C expression behind '%.*s='", (int)name.len, name.at);
            return false;
        }
        rest = span_trim((struct span){rest.at + len, rest.len - len});
    }
    return true;
}

static bool arg_given(const struct message *m, struct span name)
{
    if (m->count.len > 0 && span_is(name, "n")) return true;
    for (size_t i = 0; i < m->args; i++)
        if (m->names[i].len == name.len && memcmp(m->names[i].at, name.at, name.len) == 0)
            return true;
    return false;
}

static bool text_names(struct span text, struct span name)
{
    for (size_t i = 0; i + name.len + 2 <= text.len; i++)
        if (text.at[i] == '{' && memcmp(text.at + i + 1, name.at, name.len) == 0 &&
            text.at[i + 1 + name.len] == '}')
            return true;
    return false;
}

static bool names_agree(struct compiler *c, int line, const struct message *m)
{
    for (size_t i = 0; i < m->text.len; i++) {
        if (m->text.at[i] != '{') continue;
        const char *close = memchr(m->text.at + i, '}', m->text.len - i);
        if (close == NULL) {
            compile_fail(c, line, "'{' without '}' in a message");
            return false;
        }
        struct span name = {m->text.at + i + 1, (size_t)(close - m->text.at) - i - 1};
        if (arg_given(m, name)) continue;
        compile_fail(c, line, "the message names {%.*s}, but nothing is given for it",
                     (int)name.len, name.at);
        return false;
    }
    for (size_t i = 0; i < m->args; i++) {
        if (text_names(m->text, m->names[i])) continue;
        compile_fail(c, line, "'%.*s' is given, but the message does not name it",
                     (int)m->names[i].len, m->names[i].at);
        return false;
    }
    return true;
}

static void collect(struct compiler *c, int line, const struct message *m)
{
    struct buf *po = &c->result->messages;
    buf_printf(po, "#: %s:%d\n", c->path, line);
    if (m->context.len > 0) buf_printf(po, "msgctxt %.*s\n", (int)m->context.len, m->context.at);
    buf_printf(po, "msgid %.*s\n", (int)m->text.len, m->text.at);
    if (m->count.len > 0)
        buf_printf(po, "msgid_plural %.*s\nmsgstr[0] \"\"\nmsgstr[1] \"\"\n\n", (int)m->text.len,
                   m->text.at);
    else
        buf_puts(po, "msgstr \"\"\n\n");
}

static void write_call(struct compiler *c, const struct message *m)
{
    struct buf *out = &c->result->source;
    bool plain = m->args == 0 && m->count.len == 0;
    buf_puts(out, plain ? "    tpl_put_text(t, " : "    tpl_message(t, ");
    if (m->count.len > 0) {
        buf_printf(out, "trn(t->lang, %.*s, (", (int)m->text.len, m->text.at);
        emit_span(c, m->count);
        buf_puts(out, "))");
    } else if (m->context.len > 0)
        buf_printf(out, "trc(t->lang, %.*s, %.*s)", (int)m->context.len, m->context.at,
                   (int)m->text.len, m->text.at);
    else
        buf_printf(out, "tr(t->lang, %.*s)", (int)m->text.len, m->text.at);
    if (plain) {
        buf_puts(out, ");\n");
        return;
    }
    buf_puts(out, ", (const struct tpl_arg[]){");
    for (size_t i = 0; i < m->args; i++) {
        buf_printf(out, "tpl_arg(\"%.*s\", (", (int)m->names[i].len, m->names[i].at);
        emit_span(c, m->values[i]);
        buf_puts(out, ")), ");
    }
    if (m->count.len > 0) {
        buf_puts(out, "tpl_arg_count(\"n\", (");
        emit_span(c, m->count);
        buf_puts(out, "))");
    }
    buf_printf(out, "}, %zu);\n", m->args + (m->count.len > 0));
}

void emit_message(struct compiler *c, int line, struct span keyword, struct span rest)
{
    char why[HTML_WHY] = "";
    enum html_place place = html_slot(&c->html, why);
    if (place != PLACE_TEXT && place != PLACE_RCDATA && place != PLACE_ATTR) {
        compile_fail(c, line, "%s",
                     why[0] != 0 ? why : "a message stands in text or a plain attribute");
        return;
    }
    struct message m = {0};
    if (span_is(keyword, "_n")) {
        const char *quote = memchr(rest.at, '"', rest.len);
        size_t len = quote == NULL ? 0 : (size_t)(quote - rest.at);
        m.count = span_trim((struct span){rest.at, len});
        if (!span_is_expression(m.count)) {
            compile_fail(c, line, "{%% _n count \"text\" %%}: the count is missing");
            return;
        }
        rest = (struct span){rest.at + len, rest.len - len};
    }
    if (span_is(keyword, "_c") && !take_string(c, line, &rest, &m.context)) return;
    if (!take_string(c, line, &rest, &m.text)) return;
    if (!take_args(c, line, rest, &m) || !names_agree(c, line, &m)) return;
    emit_literal(c);
    emit_line(c, line);
    write_call(c, &m);
    collect(c, line, &m);
}
