// SPDX-License-Identifier: AGPL-3.0-or-later
// What the template compiler refuses, with the line it names; and that no input, however broken,
// harms it.
#include "tests/test.h"
#include "tools/htmlc/htmlc.h"

#include "base/ensure.h"

#include <stdlib.h>

static const struct {
    const char
        *body; // put between {% template x(const char *v, bool on) %} and {% end %} unless `whole`
    const char *error;
    int line;
    bool whole;
} refused[] = {
    {"<script>{{ v }}</script>", "inside <script>", 2},
    {"<script>alert(1)</script>", "nothing inline", 2},
    {"<style>p{}</style>", "nothing inline", 2},
    {"<style>{{ v }}</style>", "inside <style>", 2},
    {"<p onclick=\"x\">", "onclick", 2},
    {"<p onclick=\"{{ v }}\">", "onclick", 2},
    {"<p style=\"color:red\">", "style", 2},
    {"<p\n\nstyle=\"{{ v }}\">", "style", 4},
    {"<p hx-on:click=\"x\">", "hx-on", 2},
    {"<p hx-vals='{\"a\": {{ v }}}'>", "hx-vals takes no slot", 2},
    {"<p hx-trigger=\"click[x]\">", "eval", 2},
    {"<p hx-trigger=\"{{ v }}\">", "takes no slot", 2},
    {"<p class={{ v }}>", "class", 2},
    {"<input value={{ v }}>", "unquoted", 2},
    {"<input value=a{{ v }}>", "unquoted", 2},
    {"<{{ v }}>", "bare '<'", 2},
    {"<p{{ v }}>", "tag name", 2},
    {"</p{{ v }}>", "tag name", 2},
    {"<p {{ v }}>", "inside the tag <p>", 2},
    {"<p a{{ v }}=\"x\">", "attribute name", 2},
    {"<!-- {{ v }} -->", "comment", 2},
    {"<!doctype {{ v }}>", "declaration", 2},
    {"<iframe>{{ v }}</iframe>", "inside <iframe>", 2},
    {"<iframe srcdoc=\"{{ v }}\">", "srcdoc", 2},
    {"<img srcset=\"{{ v }}\">", "srcset takes no slot", 2},
    {"<a href=\"javascript:x\">", "a URL may begin with", 2},
    {"<a href=\"JAVASCRIPT:{{ v }}\">", "a URL may begin with", 2},
    {"<a href=\"&#106;avascript:x\">", "a URL may begin with", 2},
    {"<img src=\"data:image/png,x\">", "a URL may begin with", 2},
    {"<a href=\"//{{ v }}/\">", "host", 2},
    {"<a href=\"https://{{ v }}\">", "host", 2},
    {"<a href=\"https://a.{{ v }}/\">", "host", 2},
    {"<a href=\"abc{{ v }}\">", "relative URL", 2},
    {"<a href=\"{{ v }}:x\">", "could form a scheme", 2},
    {"<a href=\"{% if on %}{{ v }}{% end %}x\">", "one branch ends", 2},
    {"<a href=/x>", "quote the value", 2},
    {"<p title=\"{% if on %}\">{% else %}x{% end %}", "one branch ends", 2},
    {"{% if on %}<p title=\"{% end %}", "one branch ends", 2},
    {"{% for const char *s of v, 3 %}<p {% end %}", "one branch ends", 2},
    {"<p title=\"x", "the template ends inside the value", 3},
    {"<p", "the template ends inside the tag", 3},
    {"<pre>", "inside <pre>", 3},
    {"</pre>", "without its <pre>", 2},
    {"<!-- x", "comment", 3},
    {"a < b", "bare '<'", 2},
    {"<title>a < b</title>", "bare '<'", 2},
    {"<p title=>x</p>", "no value", 2},
    {"<p title=a\"b>", "unquoted value", 2},
    {"<p =x>", "attribute should begin", 2},
    {"{{ }}", "not one C expression", 2},
    {"{{ v; abort() }}", "not one C expression", 2},
    {"{{ v) }}", "not one C expression", 2},
    {"{{ (v }}", "not one C expression", 2},
    {"{{ v /* }}", "not one C expression", 2},
    {"{{ \"a }}", "not one C expression", 2},
    {"{{ v | upper }}", "unknown filter", 2},
    {"<a href=\"/{{ 3 | date }}\">", "a filter stands only in", 2},
    {"{{ v", "{{ without }}", 2},
    {"{% if on", "not one C expression", 2},
    {"{# x", "{# without #}", 2},
    {"\n{% if %}{% end %}", "not one C expression", 3},
    {"{% if on %}", "this block has no {% end %}", 1},
    {"{% template x() %}{% if 1", "{% without %}", 1, true},
    {"{% else %}", "{% else %} without", 2},
    {"{% if on %}{% else %}{% else %}{% end %}", "{% else %} without", 2},
    {"{% if on %}{% else on %}{% end %}", "takes no condition", 2},
    {"{% elif on %}", "{% elif %} without", 2},
    {"{% while on %}", "unknown tag 'while'", 2},
    {"{% for x %}{% end %}", "{% for const struct x *x in array, count %}", 2},
    {"{% for const char *s in v %}{% end %}", "{% for const struct x *x in array, count %}", 2},
    {"{% call 3x( %}", "{% call template(x) %}", 2},
    {"<p title=\"{% call x() %}\">", "may stand only in text", 2},
    {"{% let x %}", "{% let type name", 2},
    {"{% include \"a.h\" %}", "before the templates", 2},
    {"{% template y() %}", "inside another block", 2},
    {"{% _ Gửi %}", "double quotes", 2},
    {"{% _ \"Gửi {who}\" %}", "names {who}", 2},
    {"{% _ \"Gửi\" who=v %}", "does not name it", 2},
    {"{% _ \"Gửi {who}\" who= %}", "not one C expression", 2},
    {"{% _ \"Gửi {who\" who=v %}", "without '}'", 2},
    {"{% _n \"x\" %}", "count is missing", 2},
    {"<a href=\"{% _ \"x\" %}\">", "stands in text", 2},
    {"<p class=\"{% _ \"x\" %}\">", "stands in text", 2},
    {"text", "text outside a template", 1, true},
    {"\n\n{{ x }}", "slot outside a template", 3, true},
    {"{% if x %}", "outside a template", 1, true},
    {"{% end %}", "outside a template", 1, true},
    {"{% template %}", "{% template name", 1, true},
    {"{% include x.h %}", "{% include", 1, true},
};

static void wrap(const char *body, bool whole, struct buf *out)
{
    if (!whole) buf_puts(out, "{% template x(const char *v, bool on) %}\n");
    buf_puts(out, body);
    if (!whole) buf_puts(out, "\n{% end %}\n");
}

TEST(what_cannot_be_vouched_for_is_a_build_error_with_its_line)
{
    for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
        BUF text = {0};
        wrap(refused[i].body, refused[i].whole, &text);
        struct htmlc_result result;
        bool fine = htmlc_compile("x.html", "x.html.h", buf_text(&text), text.len, &result);
        bool named = strstr(result.error, refused[i].error) != NULL;
        if (fine || !named || result.line != refused[i].line)
            printf("# %s\n#   line %d: %s\n", refused[i].body, result.line, result.error);
        check(!fine);
        check(named);
        check_int(result.line, refused[i].line);
        htmlc_result_done(&result);
    }
}

static const char *const accepted[] = {
    "<a href=\"/x\" class='b'>x</a>",
    "<a href=\"tel:{{ v }}\">x</a>",
    "<a href=\"https://a.vn/{{ v }}\">x</a>",
    "<a href=\"#{{ v }}\">x</a>",
    "<a href=\"/{{ v }}\">x</a>",
    "<a href=\"{{ v }}{{ v }}\">x</a>",
    "<script src=\"/a.js\"></script>",
    "<p hidden>x</p><br/><input disabled>",
    "<p a=\"1\"b=\"2\">x</p>",
    "<!-- a - b -- c --><!doctype html>",
    "<title>a &lt; b</title>",
    "<p hx-trigger=\"click delay:1s\">x</p>",
    "{ a } {{ \"}}\" }} {% if v[0] == '\"' %}x{% end %}",
    "{% _ \"a \\\"b\\\" {c}\" c=(on ? \"x = 1\" : v) %}",
    "{% for int i of ((const int[]){1, 2}), 2 %}{{ i }}{% end %}",
};

TEST(sound_templates_compile)
{
    for (size_t i = 0; i < ARRAY_LEN(accepted); i++) {
        BUF text = {0};
        wrap(accepted[i], false, &text);
        struct htmlc_result result;
        if (!htmlc_compile("x.html", "x.html.h", buf_text(&text), text.len, &result))
            printf("# %s: %s\n", accepted[i], result.error);
        check_text(result.error, "");
        htmlc_result_done(&result);
    }
}

TEST(the_c_of_a_template_is_this)
{
    static const char text[] =
        "{% template x(int n) %}\n<a href=\"/y/{{ n }}\">{% _ \"Gửi\" %}</a>{% end %}";
    struct htmlc_result result;
    check_fatal(htmlc_compile("src/x.html", "x.html.h", text, strlen(text), &result));
    check_text(buf_text(&result.header),
               "// Made from src/x.html; edits are lost.\n#pragma once\n"
               "#include \"web/tpl.h\"\nvoid tpl_x(struct tpl *t, int n);\n");
    check_text(buf_text(&result.source),
               "// Made from src/x.html; edits are lost.\n#include \"x.html.h\"\n"
               "\nvoid tpl_x(struct tpl *t, int n)\n{\n    (void)t;\n"
               "    tpl_raw(t, \"<a href=\\\"/y/\", 12);\n#line 2 \"src/x.html\"\n"
               "    tpl_url_part(t, (n));\n    tpl_raw(t, \"\\\">\", 2);\n#line 2 \"src/x.html\"\n"
               "    tpl_put_text(t, tr(t->lang, \"Gửi\"));\n    tpl_raw(t, \"</a>\", 4);\n}\n");
    check_text(buf_text(&result.messages), "#: src/x.html:2\nmsgid \"Gửi\"\nmsgstr \"\"\n\n");
    htmlc_result_done(&result);
}

static void survive(const char *text, size_t len)
{
    char *exact = malloc(len + 1); // its end is the memory's end, so that an over-read shows
    ensure(exact != NULL);
    memcpy(exact, text, len);
    char *fitted = realloc(exact, len == 0 ? 1 : len);
    ensure(fitted != NULL);
    struct htmlc_result result;
    htmlc_compile("x.html", "x.html.h", fitted, len, &result);
    htmlc_result_done(&result);
    free(fitted);
}

// Each corpus text cut at every byte, and with every byte replaced in turn by bytes that mean
// something.
static void mutate(const char *body)
{
    BUF text = {0};
    wrap(body, false, &text);
    static const char meaning[] = "<>\"'{}%#/=-! \n\\|;&:(";
    for (size_t i = 0; i <= text.len; i++)
        survive(text.data, i);
    for (size_t i = 0; i < text.len; i++) {
        char kept = text.data[i];
        for (size_t m = 0; m < sizeof(meaning); m++) {
            text.data[i] = meaning[m];
            survive(text.data, text.len);
        }
        text.data[i] = kept;
    }
}

TEST(no_broken_template_breaks_the_compiler)
{
    for (size_t i = 0; i < ARRAY_LEN(refused); i++)
        mutate(refused[i].body);
    for (size_t i = 0; i < ARRAY_LEN(accepted); i++)
        mutate(accepted[i]);
}

static const struct test_case cases[] = {
    TEST_CASE(what_cannot_be_vouched_for_is_a_build_error_with_its_line),
    TEST_CASE(sound_templates_compile),
    TEST_CASE(the_c_of_a_template_is_this),
    TEST_CASE(no_broken_template_breaks_the_compiler),
};

int main(void)
{
    return RUN_CASES(cases);
}
