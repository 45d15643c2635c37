// SPDX-License-Identifier: AGPL-3.0-or-later
// The control tags. Every branch of a block must leave the page where the others leave it: then
// what stands behind the block has one place, whatever happened inside.
#include "compile.h"

#include <string.h>

static struct buf *source(struct compiler *c)
{
    return &c->result->source;
}

static bool settle(struct compiler *c, int line)
{
    char why[HTML_WHY] = "";
    if (html_settle(&c->html, why)) return true;
    compile_fail(c, line, "%s", why);
    return false;
}

static struct block *top(struct compiler *c)
{
    return c->depth == 0 ? NULL : &c->blocks[c->depth - 1];
}

static struct block *push(struct compiler *c, enum block_kind kind, int line)
{
    if (c->depth == BLOCK_DEPTH) {
        compile_fail(c, line, "blocks nested deeper than %d", (int)BLOCK_DEPTH);
        return NULL;
    }
    struct block *b = &c->blocks[c->depth++];
    *b = (struct block){.kind = kind, .line = line, .before = c->html, .id = ++c->ids};
    return b;
}

static bool in_text(struct compiler *c, int line, const char *tag)
{
    if (!settle(c, line)) return false;
    if (c->html.state == HTML_TEXT) return true;
    compile_fail(c, line, "{%% %s %%} may stand only in text", tag);
    return false;
}

static void include(struct compiler *c, int line, struct span rest)
{
    if (c->depth > 0 || span_quoted(rest) != rest.len || rest.len < 3) {
        compile_fail(c, line, "{%% include \"folder/file.h\" %%} stands before the templates");
        return;
    }
    buf_printf(&c->result->header, "#include %.*s\n", (int)rest.len, rest.at);
}

static void template_begin(struct compiler *c, int line, struct span rest)
{
    struct span name = span_word(&rest);
    bool parens = rest.len >= 2 && rest.at[0] == '(' && rest.at[rest.len - 1] == ')';
    if (c->depth > 0 || name.len == 0 || !parens || !span_is_expression(rest)) {
        compile_fail(c, line,
                     c->depth > 0 ? "a template inside another block"
                                  : "{%% template name(const struct x *x) %%}");
        return;
    }
    struct span params = span_trim((struct span){rest.at + 1, rest.len - 2});
    c->html = (struct html){.space = true};
    push(c, BLOCK_TEMPLATE, line);
    const char *comma = params.len > 0 ? ", " : "";
    struct buf *outs[] = {&c->result->header, source(c)};
    for (size_t i = 0; i < ARRAY_LEN(outs); i++)
        buf_printf(outs[i], "%svoid tpl_%.*s(struct tpl *t%s%.*s)%s\n", i == 1 ? "\n" : "",
                   (int)name.len, name.at, comma, (int)params.len, params.at, i == 0 ? ";" : "\n{");
    buf_puts(source(c), "    (void)t;\n");
}

static void if_begin(struct compiler *c, int line, struct span expr)
{
    if (!settle(c, line) || push(c, BLOCK_IF, line) == NULL) return;
    emit_literal(c);
    emit_line(c, line);
    buf_puts(source(c), "    if (");
    emit_span(c, expr);
    buf_puts(source(c), ") {\n");
}

// Ends a branch; the page goes back to where the block began.
static bool branch_ends(struct compiler *c, int line, struct block *b)
{
    if (!settle(c, line)) return false;
    emit_literal(c);
    if (!b->has_joined)
        b->joined = c->html;
    else if (!html_join(&b->joined, &c->html)) {
        char one[HTML_WHY], two[HTML_WHY];
        html_describe(&b->joined, one);
        html_describe(&c->html, two);
        compile_fail(c, line, "one branch ends %.100s, this one %.100s", one, two);
        return false;
    }
    b->has_joined = true;
    c->html = b->before;
    return true;
}

static void elif (struct compiler *c, int line, struct span expr)
{
    struct block *b = top(c);
    if (b == NULL || b->kind != BLOCK_IF || b->has_else) {
        compile_fail(c, line, "{%% elif %%} without its {%% if %%}");
        return;
    }
    if (!branch_ends(c, line, b)) return;
    emit_line(c, line);
    buf_puts(source(c), "    } else if (");
    emit_span(c, expr);
    buf_puts(source(c), ") {\n");
}

static void else_branch(struct compiler *c, int line)
{
    struct block *b = top(c);
    if (b == NULL || (b->kind != BLOCK_IF && b->kind != BLOCK_FOR) || b->has_else) {
        compile_fail(c, line, "{%% else %%} without its {%% if %%} or {%% for %%}");
        return;
    }
    if (!branch_ends(c, line, b)) return;
    b->has_else = true;
    emit_line(c, line);
    if (b->kind == BLOCK_FOR)
        buf_printf(source(c), "    }\n    if (tpl_count_%d == 0) {\n", b->id);
    else
        buf_puts(source(c), "    } else {\n");
}

// {% for const struct answer *a in o->answers, o->count %} or, by value, {% for const char *s of
// names, count %}
static void for_begin(struct compiler *c, int line, struct span rest)
{
    size_t word = span_find_word(rest, "in");
    bool by_value = word == rest.len;
    if (by_value) word = span_find_word(rest, "of");
    size_t behind = word == rest.len ? word : word + 2;
    struct span decl = span_trim((struct span){rest.at, word});
    struct span list = span_trim((struct span){rest.at + behind, rest.len - behind});
    size_t comma = span_find(list, ',', true);
    struct span array = span_trim((struct span){list.at, comma});
    struct span count = {0};
    if (comma < list.len)
        count = span_trim((struct span){list.at + comma + 1, list.len - comma - 1});
    size_t name = decl.len;
    while (name > 0 && strchr(" \t\n*", decl.at[name - 1]) == NULL)
        name--;
    struct span var = {decl.at + name, decl.len - name};
    if (var.len == 0 || name == 0 || !span_is_expression(array) || !span_is_expression(count)) {
        compile_fail(c, line, "{%% for const struct x *x in array, count %%}");
        return;
    }
    if (!settle(c, line)) return;
    c->html.space = false;
    struct block *b = push(c, BLOCK_FOR, line);
    if (b == NULL) return;
    emit_literal(c);
    emit_line(c, line);
    buf_printf(source(c), "    { const size_t tpl_count_%d = (size_t)(", b->id);
    emit_span(c, count);
    buf_printf(source(c),
               "); for (size_t %.*s_index = 0; %.*s_index < tpl_count_%d; %.*s_index++) { ",
               (int)var.len, var.at, (int)var.len, var.at, b->id, (int)var.len, var.at);
    emit_span(c, decl);
    buf_printf(source(c), " = %s(", by_value ? "" : "&");
    emit_span(c, array);
    buf_printf(source(c), ")[%.*s_index]; (void)%.*s;\n", (int)var.len, var.at, (int)var.len,
               var.at);
}

static void call(struct compiler *c, int line, struct span rest)
{
    struct span name = span_word(&rest);
    struct span args = {0};
    bool parens = rest.len >= 2 && rest.at[0] == '(' && rest.at[rest.len - 1] == ')';
    if (parens) args = span_trim((struct span){rest.at + 1, rest.len - 2});
    bool fine = parens ? span_is_expression(rest) : rest.len == 0;
    if (name.len == 0 || !fine) {
        compile_fail(c, line, "{%% call template(x) %%}");
        return;
    }
    if (!in_text(c, line, "call")) return;
    c->html.space = false;
    emit_literal(c);
    emit_line(c, line);
    buf_printf(source(c), "    tpl_%.*s(t%s", (int)name.len, name.at, args.len > 0 ? ", " : "");
    emit_span(c, args);
    buf_puts(source(c), ");\n");
}

static void let(struct compiler *c, int line, struct span rest)
{
    size_t equals = span_find(rest, '=', false);
    struct span value = {0};
    if (equals < rest.len) value = (struct span){rest.at + equals + 1, rest.len - equals - 1};
    if (equals == 0 || !span_is_expression(value) || !span_is_expression(rest)) {
        compile_fail(c, line, "{%% let type name = expression %%}");
        return;
    }
    if (!settle(c, line)) return;
    emit_literal(c);
    emit_line(c, line);
    buf_puts(source(c), "    ");
    emit_span(c, rest);
    buf_puts(source(c), ";\n");
}

static void page_begin(struct compiler *c, int line, struct span expr)
{
    if (!in_text(c, line, "page")) return;
    struct block *b = push(c, BLOCK_PAGE, line);
    if (b == NULL) return;
    b->expr = expr;
    c->uses_layout = true;
    emit_literal(c);
    emit_line(c, line);
    buf_puts(source(c), "    if (!t->fragment) tpl_layout_top(t, ");
    emit_span(c, expr);
    buf_puts(source(c), ");\n");
}

static void block_ends(struct compiler *c, int line)
{
    struct block *b = top(c);
    struct buf *out = source(c);
    if (b == NULL) {
        compile_fail(c, line, "{%% end %%} without a block");
        return;
    }
    if (b->kind == BLOCK_TEMPLATE || b->kind == BLOCK_PAGE) {
        if (!settle(c, line)) return;
        if (c->html.state != HTML_TEXT || c->html.pre_depth != b->before.pre_depth) {
            char where[HTML_WHY];
            html_describe(&c->html, where);
            compile_fail(c, line, "the template ends %s",
                         c->html.pre_depth > 0 ? "inside <pre>" : where);
            return;
        }
        emit_literal(c);
        if (b->kind == BLOCK_PAGE) {
            emit_line(c, line);
            buf_puts(out, "    if (!t->fragment) tpl_layout_bottom(t, ");
            emit_span(c, b->expr);
            buf_puts(out, ");\n");
        } else
            buf_puts(out, "}\n");
        c->depth--;
        return;
    }
    if (!branch_ends(c, line, b)) return;
    // The empty branch: no {% else %}, or a list with nothing in it. A loop's body may run many
    // times, so its end must also be a beginning.
    if (!b->has_else || b->kind == BLOCK_FOR) {
        c->html = b->before;
        if (!branch_ends(c, line, b)) return;
    }
    c->html = b->joined;
    buf_puts(out, b->kind == BLOCK_FOR ? "    } }\n" : "    }\n");
    c->depth--;
}

struct tag {
    const char *word;
    bool needs_expression;
    void (*run)(struct compiler *c, int line, struct span rest);
};

static void end_tag(struct compiler *c, int line, struct span rest)
{
    (void)rest;
    block_ends(c, line);
}

static void else_tag(struct compiler *c, int line, struct span rest)
{
    if (rest.len > 0)
        compile_fail(c, line, "{%% else %%} takes no condition: {%% elif %%}");
    else
        else_branch(c, line);
}

static const struct tag tags[] = {
    {"include", false, include}, {"template", false, template_begin},
    {"if", true, if_begin},      {"elif", true, elif},
    {"else", false, else_tag},   {"for", false, for_begin},
    {"call", false, call},       {"let", false, let},
    {"page", true, page_begin},  {"end", false, end_tag},
};

static bool is_message(struct span word)
{
    return span_is(word, "_") || span_is(word, "_c") || span_is(word, "_n");
}

void compile_tag(struct compiler *c, int line, struct span body)
{
    struct span rest = body;
    struct span word = span_word(&rest);
    bool outside = c->depth == 0 && !span_is(word, "include") && !span_is(word, "template");
    if (outside) {
        compile_fail(c, line, "{%% %.*s %%} outside a template", (int)word.len, word.at);
        return;
    }
    if (is_message(word)) {
        emit_message(c, line, word, rest);
        return;
    }
    for (size_t i = 0; i < ARRAY_LEN(tags); i++) {
        if (!span_is(word, tags[i].word)) continue;
        if (tags[i].needs_expression && !span_is_expression(rest))
            compile_fail(c, line, "not one C expression: '%.*s'", (int)rest.len, rest.at);
        else
            tags[i].run(c, line, rest);
        return;
    }
    compile_fail(c, line, "unknown tag '%.*s'", (int)word.len, word.at);
}
