// SPDX-License-Identifier: AGPL-3.0-or-later
// What compiled templates write: golden output for every place, and hostile values in each, judged
// by an HTML parser that is not ours: the page must keep its elements and attributes, and the value
// must come back as it went in.
#include "tests/unit/htmlc/places.html.h"
#include "tests/test.h"

#include <libxml/HTMLparser.h>

#include "base/day.h"

static struct tpl page(struct buf *out)
{
    return (struct tpl){.out = out, .lang = LANG_VI};
}

#define check_render(call, want)               \
    do {                                       \
        BUF out_ = {0};                        \
        struct tpl t_ = page(&out_), *t = &t_; \
        call;                                  \
        check_text(buf_text(&out_), want);     \
    } while (0)

TEST(each_place_has_its_own_escaping)
{
    const char *x = "a<b>&\"'c d/é";
    const char *escaped = "a&lt;b&gt;&amp;&quot;&#39;c d/é";
    BUF want = {0};
    buf_printf(&want, "<p>%s</p>", escaped);
    check_render(tpl_in_text(t, x), buf_text(&want));
    check_render(tpl_in_pre(t, "x\ny"), "<pre>  a\n  x\ny</pre>");
    check_render(tpl_in_class(t, "a\"b c_d-e'"), "<p class=\"tag tag--ab c_d-e\">a</p>");
    check_render(tpl_in_path(t, "a/b?c é"), "<a href=\"/y-kien/a%2Fb%3Fc%20%C3%A9\">a</a>");
    check_render(tpl_in_query(t, "a&b"), "<a href=\"?q=a%26b&amp;r=1\">a</a>");
    check_render(tpl_in_url_tail(t, url_own("/a?x=1&y"), ":"),
                 "<a href=\"/a?x=1&amp;y?q=%3A\">a</a>");
    check_render(tpl_in_script_src(t, url_own("/static/app.js")),
                 "<script src=\"/static/app.js\" defer></script>");
    check_render(tpl_in_svg(t, "1,2 L3\"<"), "<svg><path d=\"M1,2 L3\"/></svg>");
    check_render(tpl_in_svg_number(t, 1.50), "<svg><rect width=\"1.5\" height=\"3\"/></svg>");
}

TEST(a_kept_first_line_end_of_a_textarea_stays)
{
    check_render(tpl_in_textarea(t, "\nx"), "<textarea name=\"a\">\n\nx</textarea>");
}

TEST(only_known_schemes_pass)
{
    static const char *const blocked[] = {
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "\tjava\nscript:x",
        "data:text/html,x",    "vbscript:x",          "\x01javascript:x",     "http\t:x",

    };
    for (size_t i = 0; i < ARRAY_LEN(blocked); i++) {
        BUF out = {0};
        struct tpl t = page(&out);
        tpl_in_href(&t, blocked[i]);
        check_text(buf_text(&out), "<a href=\"#\">a</a>");
    }
    check_render(tpl_in_href(t, "https://a.vn/b c"), "<a href=\"https://a.vn/b%20c\">a</a>");
    check_render(tpl_in_href(t, "mailto:a@b.vn"), "<a href=\"mailto:a@b.vn\">a</a>");
    check_render(tpl_in_href(t, "/a:b"), "<a href=\"/a:b\">a</a>");
    check_render(tpl_in_hx(t, "javascript:x"), "<a hx-get=\"#\">a</a>");
}

TEST(slots_are_typed)
{
    struct place_view v = {.text = "x", .array = "arr", .number = -5, .size = 7, .at_ms = 12};
    struct html raw = {.text = "<hr>", .len = 4};
    check_render(tpl_types(t, &v, raw), "x|arr|-5|7|12|<hr>|a|b|-5\n");
    v.text = NULL;
    check_render(tpl_types(t, &v, (struct html){0}), "|arr|-5|7|12||a|b|-5\n");
}

TEST(filters_write_dates_and_numbers_as_people_read_them)
{
    struct place_view v = {.day = day_of_civil(2026, 3, 9)};
    v.at_ms = instant_at(day_of_civil(2024, 6, 20), 8, 5);
    check_render(tpl_filters(t, &v), "09/03/2026|thứ Hai, 09/03/2026|ngày 09 tháng 3 năm "
                                     "2026|08:05|08:05, 20/06/2024|20/06/2024|1.250.000|"
                                     "<time datetime=\"2024-06-20T08:05:00+07:00\"></time>\n");
}

TEST(branches_and_loops_write_what_they_hold)
{
    struct place_view v = {.on = true, .number = 5};
    check_render(tpl_branches(t, &v), "<input type=\"checkbox\" checked disabled>\n<b>5</b>\n");
    v = (struct place_view){.number = 1};
    check_render(tpl_branches(t, &v), "<input type=\"checkbox\" class=\"off\">\n<i>1</i>\n");
    static const struct place_item items[] = {{"a", 1}, {"b", 2}};
    static const char *const words[] = {"<", "y"};
    v = (struct place_view){
        .text = "z", .items = items, .item_count = 2, .words = words, .word_count = 2};
    check_render(tpl_loops(t, &v),
                 "<ul>\n<li>0:a=1 &lt; y</li>\n\n<li>1:b=2 &lt; y</li>\n</ul>\n<p>z</p>\n");
    v.item_count = 0;
    check_render(tpl_loops(t, &v), "<ul><li>none</li></ul>\n<p>z</p>\n");
    v = (struct place_view){.on = true, .text = "javascript:x"};
    check_render(tpl_url_branch(t, &v), "<a href=\"#\">x</a>\n");
}

TEST(messages_are_translated_and_their_values_escaped)
{
    check_render(tpl_in_message(t, "<i>"),
                 "<p title=\"Gửi &lt;i&gt;\">Gửi &lt;i&gt; &amp; &lt;bạn&gt;</p>");
    check_render(tpl_plural(t, 1250), "Có 1.250 ý kiến");
    check_render(tpl_context(t), "Gọi");
}

TEST(white_space_collapses_but_not_in_values)
{
    check_render(tpl_space(t), "<p>\na b\nc </p> <input value=\"a  b\" disabled >\n");
}

// --- hostile values
// ----------------------------------------------------------------------------------------

static const char *const hostile[] = {
    "<script>alert(1)</script>",
    "</title><script>x</script>",
    "</textarea><img src=x onerror=x>",
    "\" onmouseover=\"x",
    "' onmouseover='x",
    "--><script>x</script>",
    "]]><script>",
    "&lt;script&gt;",
    "\"><svg onload=x>",
    "javascript:alert(1)",
    "x` onload=`y",
    "</pre></p><p onclick=x>",
    "a b\tc\nd",
    "{{ x }}",
    "%3Cscript%3E",
    "<!--",
    "</",
    "\xE2\x80\xA8 line",
    "&#106;avascript:x",
    "\\\"><b>",
};

struct shape {
    int elements, attributes;
    char tags[256];
};

static void shape_walk(const xmlNode *node, struct shape *shape)
{
    for (; node != NULL; node = node->next) {
        if (node->type == XML_ELEMENT_NODE) {
            shape->elements++;
            size_t len = strlen(shape->tags);
            snprintf(shape->tags + len, sizeof(shape->tags) - len, "%s ", (const char *)node->name);
            for (const xmlAttr *a = node->properties; a != NULL; a = a->next) {
                shape->attributes++;
                len = strlen(shape->tags);
                snprintf(shape->tags + len, sizeof(shape->tags) - len, "%s ",
                         (const char *)a->name);
            }
        }
        if (node->type == XML_COMMENT_NODE) shape->elements += 1000;
        shape_walk(node->children, shape);
    }
}

static htmlDocPtr parse(const struct buf *out)
{
    return htmlReadMemory(buf_text(out), (int)out->len, "x", "UTF-8",
                          HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
}

static struct shape shape_of(void (*render)(struct tpl *, const char *), const char *value)
{
    BUF out = {0};
    struct tpl t = page(&out);
    render(&t, value);
    struct shape shape = {0};
    htmlDocPtr doc = parse(&out);
    shape_walk(xmlDocGetRootElement(doc), &shape);
    xmlFreeDoc(doc);
    return shape;
}

TEST(no_value_changes_the_shape_of_the_page)
{
    static void (*const places[])(struct tpl *, const char *) = {
        tpl_in_text,   tpl_in_title, tpl_in_textarea, tpl_in_pre, tpl_in_double,
        tpl_in_single, tpl_in_class, tpl_in_href,     tpl_in_hx,  tpl_in_path,
        tpl_in_query,  tpl_in_svg,   tpl_in_message,
    };
    for (size_t p = 0; p < ARRAY_LEN(places); p++) {
        struct shape calm = shape_of(places[p], "calm");
        check(calm.elements > 0);
        for (size_t h = 0; h < ARRAY_LEN(hostile); h++) {
            struct shape wild = shape_of(places[p], hostile[h]);
            check_int(wild.elements, calm.elements);
            check_int(wild.attributes, calm.attributes);
            check_text(wild.tags, calm.tags);
        }
    }
}

TEST(a_value_comes_back_as_it_went_in)
{
    for (size_t h = 0; h < ARRAY_LEN(hostile); h++) {
        BUF out = {0};
        struct tpl t = page(&out);
        tpl_in_double(&t, hostile[h]);
        htmlDocPtr doc = parse(&out);
        xmlNode *input = xmlDocGetRootElement(doc)->children->children;
        check_fatal(input != NULL);
        xmlChar *got = xmlGetProp(input, (const xmlChar *)"value");
        check_text((const char *)got, hostile[h]);
        xmlFree(got);
        xmlFreeDoc(doc);
    }
}

static const struct test_case cases[] = {
    TEST_CASE(each_place_has_its_own_escaping),
    TEST_CASE(a_kept_first_line_end_of_a_textarea_stays),
    TEST_CASE(only_known_schemes_pass),
    TEST_CASE(slots_are_typed),
    TEST_CASE(filters_write_dates_and_numbers_as_people_read_them),
    TEST_CASE(branches_and_loops_write_what_they_hold),
    TEST_CASE(messages_are_translated_and_their_values_escaped),
    TEST_CASE(white_space_collapses_but_not_in_values),
    TEST_CASE(no_value_changes_the_shape_of_the_page),
    TEST_CASE(a_value_comes_back_as_it_went_in),
};

int main(void)
{
    return RUN_CASES(cases);
}
