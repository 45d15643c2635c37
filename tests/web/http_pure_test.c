// SPDX-License-Identifier: AGPL-3.0-or-later
// The pure parts of the HTTP layer: router, form decoders, CSRF, and the strict reader of heads fed
// with what the library would hand it. The corpora replay on every run, with every truncation and
// many mutations.
#include <dirent.h>
#include <stdlib.h>

#include "../test.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/ensure.h"
#include "http/csrf.h"
#include "http/form.h"
#include "http/router.h"
#include "http/strict.h"

// ---- router

static enum http_next nothing(struct http_exchange *x, void *ctx)
{
    (void)x;
    (void)ctx;
    return HTTP_DONE;
}

static const struct http_route table[] = {
    {HTTP_GET, "/", nothing, .name = "home"},
    {HTTP_GET, "/doi-thoai/{id}", nothing, .name = "dialogue"},
    {HTTP_GET, "/doi-thoai/{id}/gui-y-kien", nothing, .name = "ask"},
    {HTTP_POST, "/doi-thoai/{id}/gui-y-kien", nothing, .name = "submit"},
    {HTTP_GET, "/doi-thoai/moi", nothing, .name = "new"},
    {HTTP_GET, "/api/v1/dialogues/{id}/documents/{name}", nothing, .name = "document"},
    {HTTP_GET, "/tinh/{path*}", nothing, .name = "asset"},
    {HTTP_DELETE, "/y-kien/{number}", nothing, .name = "remove"},
};

struct found {
    const char *name; // NULL: no row
    unsigned allowed;
    const char *params; // "id=1;"
};

static struct found find(struct arena *arena, const struct router *router, enum http_method method,
                         const char *path)
{
    const char *segments[32];
    unsigned count = 0;
    char *copy = arena_strdup(arena, path + 1), *save = NULL;
    for (char *at = strtok_r(copy, "/", &save); at != NULL; at = strtok_r(NULL, "/", &save))
        segments[count++] = at;
    struct router_match match;
    router_find(router, arena, method, segments, count, &match);
    struct found found = {match.route == NULL ? NULL : match.route->name, match.allowed, ""};
    for (unsigned i = 0; i < match.count; i++)
        found.params = arena_printf(arena, "%s%s=%s;", found.params, match.params[i].name,
                                    match.params[i].value);
    return found;
}

TEST(paths_find_their_rows_and_params)
{
    static const struct {
        enum http_method method;
        const char *path, *name;
        unsigned allowed;
        const char *params;
    } list[] = {
        {HTTP_GET, "/", "home", 1u << HTTP_GET, ""},
        {HTTP_GET, "/doi-thoai/1", "dialogue", 1u << HTTP_GET, "id=1;"},
        {HTTP_GET, "/doi-thoai/moi", "new", 1u << HTTP_GET, ""},
        {HTTP_GET, "/doi-thoai/moi/gui-y-kien", "ask", 1u << HTTP_GET | 1u << HTTP_POST, "id=moi;"},
        {HTTP_POST, "/doi-thoai/9/gui-y-kien", "submit", 1u << HTTP_GET | 1u << HTTP_POST, "id=9;"},
        {HTTP_POST, "/doi-thoai/9", NULL, 1u << HTTP_GET, "id=9;"},
        {HTTP_GET, "/doi-thoai", NULL, 0, ""},
        {HTTP_GET, "/doi-thoai/1/khac", NULL, 0, ""},
        {HTTP_GET, "/api/v1/dialogues/1/documents/minutes.pdf", "document", 1u << HTTP_GET,
         "id=1;name=minutes.pdf;"},
        {HTTP_GET, "/tinh/a", "asset", 1u << HTTP_GET, "path=a;"},
        {HTTP_GET, "/tinh/a/b/c.css", "asset", 1u << HTTP_GET, "path=a/b/c.css;"},
        {HTTP_GET, "/tinh", NULL, 0, ""},
        {HTTP_GET, "/y-kien/2024-0001", NULL, 1u << HTTP_DELETE, "number=2024-0001;"},
        {HTTP_GET, "/a/b/c/d/e/f/g/h/i/j/k/l/m/n", NULL, 0, ""},
    };
    ARENA arena = {0};
    struct router *router = router_new(table, ARRAY_LEN(table));
    for (size_t i = 0; i < ARRAY_LEN(list); i++) {
        struct found found = find(&arena, router, list[i].method, list[i].path);
        check_text(found.name, list[i].name);
        check_int(found.allowed, list[i].allowed);
        check_text(found.params, list[i].params);
    }
    router_free(router);
}

TEST(every_row_of_a_large_table_is_found)
{
    enum { ROUTES = 300 };
    ARENA arena = {0};
    struct http_route *many = arena_array(&arena, struct http_route, ROUTES);
    for (unsigned i = 0; i < ROUTES; i++)
        many[i] = (struct http_route){
            .method = i % HTTP_METHOD_COUNT,
            .pattern = arena_printf(&arena, "/khu-%u/{id}/viec-%u", i % 17, i),
            .handler = nothing,
            .name = arena_printf(&arena, "row %u", i),
        };
    struct router *router = router_new(many, ROUTES);
    for (unsigned i = 0; i < ROUTES; i++) {
        const char *path = arena_printf(&arena, "/khu-%u/x/viec-%u", i % 17, i);
        check_text(find(&arena, router, many[i].method, path).name, many[i].name);
    }
    router_free(router);
}

// ---- forms

static const char *form_text(struct arena *arena, const struct form *form)
{
    const char *text = "";
    for (const struct form_field *at = form->first; at != NULL; at = at->next)
        text = arena_printf(arena, "%s[%s=%.*s%s%s]", text, at->name, (int)at->len, at->value,
                            at->file_name != NULL ? "|" : "",
                            at->file_name != NULL ? at->file_name : "");
    return text;
}

TEST(urlencoded_forms_decode_in_order_and_strictly)
{
    static const struct {
        const char *text;
        enum form_fault fault;
        const char *fields;
    } list[] = {
        {"", FORM_OK, ""},
        {"a=1&b=2", FORM_OK, "[a=1][b=2]"},
        {"a=1&a=2&a=1", FORM_OK, "[a=1][a=2][a=1]"},
        {"&&a&&=x&b=", FORM_OK, "[a=][=x][b=]"},
        {"q=m%E1%BB%99t+hai%2b", FORM_OK, "[q=một hai+]"},
        {"a=b=c", FORM_OK, "[a=b=c]"},
        {"a=%", FORM_BAD_ESCAPE, ""},
        {"a=%4", FORM_BAD_ESCAPE, ""},
        {"a=%g0", FORM_BAD_ESCAPE, ""},
        {"%00=1", FORM_BAD_ESCAPE, ""},
        {"a%0a=1", FORM_BAD_ESCAPE, ""},
        {"%=1", FORM_BAD_ESCAPE, ""},
    };
    ARENA arena = {0};
    for (size_t i = 0; i < ARRAY_LEN(list); i++) {
        struct form form = {0};
        const char *text = list[i].text;
        check_int(form_parse_urlencoded(&arena, text, strlen(text), FORM_LIMITS, &form),
                  list[i].fault);
        check_text(form_text(&arena, &form), list[i].fields);
    }
}

TEST(repeated_names_are_found_in_order_and_nul_stays_in_the_value)
{
    ARENA arena = {0};
    struct form form;
    const char *text = "khom=1&x=%00y&khom=3";
    check_fatal(form_parse_urlencoded(&arena, text, strlen(text), FORM_LIMITS, &form) == FORM_OK);
    const struct form_field *field = form_find(&form, "khom");
    check_text(field->value, "1");
    field = form_again(field);
    check_text(field->value, "3");
    check(form_again(field) == NULL);
    check_int(form_find(&form, "x")->len, 2);
    check(memcmp(form_find(&form, "x")->value, "\0y", 3) == 0);
    check(form_value(&form, "none") == NULL);
}

TEST(forms_are_limited_in_fields_and_names)
{
    ARENA arena = {0};
    BUF text = {0};
    struct form form;
    for (size_t i = 0; i < FORM_LIMITS.fields; i++)
        buf_puts(&text, "a&");
    check_int(form_parse_urlencoded(&arena, text.data, text.len, FORM_LIMITS, &form), FORM_OK);
    buf_puts(&text, "a");
    check_int(form_parse_urlencoded(&arena, text.data, text.len, FORM_LIMITS, &form),
              FORM_TOO_MANY);
    buf_clear(&text);
    for (size_t i = 0; i <= FORM_LIMITS.name_bytes; i++)
        buf_putc(&text, 'n');
    check_int(form_parse_urlencoded(&arena, text.data, text.len, FORM_LIMITS, &form),
              FORM_TOO_LONG);
}

#define MULTI "multipart/form-data; boundary=B"
#define PART  "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n"
#define FILE_PART                                                                             \
    "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x.pdf\"\r\nContent-Type: " \
    "application/pdf"

TEST(multipart_forms_decode_and_what_deviates_is_refused)
{
    static const struct {
        const char *type, *text;
        enum form_fault fault;
        const char *fields;
    } list[] = {
        {MULTI, PART "1\r\n--B--\r\n", FORM_OK, "[a=1]"},
        {MULTI, PART "1\r\n--B--", FORM_OK, "[a=1]"},
        {MULTI, PART "\r\n--B--", FORM_OK, "[a=]"},
        {MULTI, PART "1\r\n" PART "2\r\n--B--", FORM_OK, "[a=1][a=2]"},
        {MULTI, PART "x\r\n--Bx\r\n--B--", FORM_MALFORMED, ""},
        {MULTI, PART "x\r\n-- B\r\n--B--", FORM_OK, "[a=x\r\n-- B]"},
        {MULTI, FILE_PART "\r\n\r\n%PDF\r\n--B--", FORM_OK, "[f=%PDF|x.pdf]"},
        {MULTI,
         "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"../../x\"\r\n\r\n\r\n--B--",
         FORM_OK, "[f=|x]"},
        {MULTI, "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"\"\r\n\r\n\r\n--B--",
         FORM_OK, "[f=|]"},
        {MULTI,
         "--B\r\nContent-Disposition: form-data; filename=\"a;name=b\"; "
         "name=\"f\"\r\n\r\n1\r\n--B--",
         FORM_OK, "[f=1|a;name=b]"},
        {"multipart/form-data; boundary=\"a b:c\"",
         "--a b:c\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--a b:c--", FORM_OK,
         "[a=1]"},
        {MULTI, "--B--\r\n", FORM_OK, ""},
        {MULTI, "", FORM_MALFORMED, ""},
        {MULTI, "preamble\r\n" PART "1\r\n--B--", FORM_MALFORMED, ""},
        {MULTI, PART "1\r\n--B--trailer", FORM_MALFORMED, ""},
        {MULTI, PART "1", FORM_MALFORMED, ""},
        {MULTI, PART "1\r\n--B", FORM_MALFORMED, ""},
        {MULTI, "--B\nContent-Disposition: form-data; name=\"a\"\n\n1\n--B--", FORM_MALFORMED, ""},
        {MULTI, "--B\r\nContent-Type: text/plain\r\n\r\n1\r\n--B--", FORM_MALFORMED, ""},
        {MULTI, "--B\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1\r\n--B--",
         FORM_MALFORMED, ""},
        {MULTI, "--B\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--B--", FORM_MALFORMED,
         ""},
        {MULTI, "--B\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n--B--", FORM_MALFORMED,
         ""},
        {MULTI,
         "--B\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: "
         "base64\r\n\r\n1\r\n--B--",
         FORM_MALFORMED, ""},
        {"multipart/form-data", PART "1\r\n--B--", FORM_MALFORMED, ""},
        {"multipart/form-data; boundary=", PART "1\r\n--B--", FORM_MALFORMED, ""},
        {"multipart/mixed; boundary=B", PART "1\r\n--B--", FORM_WRONG_TYPE, ""},
    };
    ARENA arena = {0};
    for (size_t i = 0; i < ARRAY_LEN(list); i++) {
        struct form form = {0};
        int fault = (int)form_parse_multipart(&arena, list[i].type, list[i].text,
                                              strlen(list[i].text), &form);
        if (fault != (int)list[i].fault) printf("# row %zu\n", i);
        check_int(fault, list[i].fault);
        check_text(form_text(&arena, &form), list[i].fields);
    }
}

// ---- csrf

TEST(a_token_holds_for_its_session_and_key_alone)
{
    struct csrf_key key = {{1}}, other = {{2}};
    char token[CSRF_TEXT], again[CSRF_TEXT];
    csrf_token(&key, "session-1", token);
    csrf_token(&key, "session-1", again);
    check_text(token, again);
    check_int(strlen(token), CSRF_TEXT - 1);
    check(csrf_token_holds(&key, "session-1", token));
    check(!csrf_token_holds(&key, "session-2", token));
    check(!csrf_token_holds(&other, "session-1", token));
    check(!csrf_token_holds(&key, "session-1", NULL));
    check(!csrf_token_holds(&key, NULL, token));
    check(!csrf_token_holds(&key, "session-1", ""));
    token[CSRF_TEXT - 2] ^= 1;
    check(!csrf_token_holds(&key, "session-1", token));
}

TEST(the_origin_is_judged_by_what_the_browser_says)
{
    static const struct {
        const char *host, *site, *origin, *referer;
        enum csrf_origin is;
    } list[] = {
        {"a.test", NULL, NULL, NULL, CSRF_UNKNOWN},
        {"a.test", "same-origin", NULL, NULL, CSRF_OWN},
        {"a.test", "none", NULL, NULL, CSRF_OWN},
        {"a.test", "same-site", NULL, NULL, CSRF_FOREIGN},
        {"a.test", "cross-site", "https://a.test", NULL, CSRF_FOREIGN},
        {"a.test", NULL, "https://a.test", NULL, CSRF_OWN},
        {"A.test:80", NULL, "http://a.TEST:80", NULL, CSRF_OWN},
        {"a.test", NULL, "https://a.test.evil", NULL, CSRF_FOREIGN},
        {"a.test", NULL, "https://a.test:8443", NULL, CSRF_FOREIGN},
        {"a.test", NULL, "null", NULL, CSRF_FOREIGN},
        {"a.test", "same-origin", "null", NULL, CSRF_OWN},
        {"a.test", "same-origin", "https://b.test", NULL, CSRF_FOREIGN},
        {"a.test", NULL, NULL, "http://a.test/x?y", CSRF_OWN},
        {"a.test", NULL, NULL, "http://b.test/a.test", CSRF_FOREIGN},
        {"a.test", NULL, NULL, "http://a.test@b.test/", CSRF_FOREIGN},
        {"", NULL, "http://", NULL, CSRF_FOREIGN},
        {NULL, NULL, "http://a.test", NULL, CSRF_FOREIGN},
    };
    for (size_t i = 0; i < ARRAY_LEN(list); i++)
        check_int(csrf_origin_of(list[i].host, list[i].site, list[i].origin, list[i].referer),
                  list[i].is);
}

// ---- corpora

static struct buf file_read(const char *path)
{
    struct buf text = {0};
    FILE *in = fopen(path, "r");
    ensure(in != NULL);
    char block[4096];
    for (size_t got; (got = fread(block, 1, sizeof(block), in)) > 0;)
        buf_put(&text, block, got);
    fclose(in);
    return text;
}

static void walk_files(const char *folder, void (*each)(const char *bytes, size_t len))
{
    const char *root = getenv("HTTP_CORPUS");
    char path[512];
    int files = 0;
    snprintf(path, sizeof(path), "%s/%s", root == NULL ? "tests/fuzz" : root, folder);
    DIR *dir = opendir(path);
    check_fatal(dir != NULL);
    for (const struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        if (entry->d_name[0] == '.') continue;
        char name[800];
        snprintf(name, sizeof(name), "%s/%s", path, entry->d_name);
        BUF text = file_read(name);
        each(buf_text(&text), text.len);
        files++;
    }
    closedir(dir);
    check(files > 0);
}

// Exactly as many bytes as said, so that the sanitizer sees a step beyond.
static void parse_urlencoded(const char *bytes, size_t len)
{
    ARENA arena = {0};
    struct form form;
    char *exact = malloc(len + !len);
    ensure(exact != NULL);
    memcpy(exact, bytes, len);
    (void)form_parse_urlencoded(&arena, exact, len, FORM_LIMITS, &form);
    free(exact);
}

static void parse_multipart(const char *bytes, size_t len)
{
    ARENA arena = {0};
    struct form form;
    char *exact = malloc(len + !len);
    ensure(exact != NULL);
    memcpy(exact, bytes, len);
    if (form_parse_multipart(&arena, MULTI, exact, len, &form) == FORM_OK) {
        size_t sum = 0;
        for (const struct form_field *at = form.first; at != NULL; at = at->next)
            sum += at->len;
        check(sum <= len);
    }
    free(exact);
}

// What the library makes of a head: blanks, first colons and line ends become NUL.
static size_t cut_like_the_library(char *head, size_t len, const char **ret_target)
{
    size_t line = 0, put = 0;
    bool first = true, colon = false;
    *ret_target = NULL;
    for (size_t i = 0; i < len; i++) {
        if (head[i] == '\r' && i + 1 < len && head[i + 1] == '\n') {
            head[i] = head[i + 1] = '\0';
            put = ++i + 1;
            if (i - 1 == line) return put;
            line = put;
            first = colon = false;
        } else if (first && head[i] == ' ') {
            head[i] = '\0';
            if (*ret_target == NULL) *ret_target = head + i + 1;
        } else if (!first && !colon && head[i] == ':') {
            head[i] = '\0';
            colon = true;
        }
    }
    return put;
}

static int strict_of(const char *bytes, size_t len)
{
    struct strict_field fields[16];
    struct strict_request request = {.fields = fields, .capacity = 16};
    char *head = malloc(len + 1);
    ensure(head != NULL);
    memcpy(head, bytes, len);
    head[len] = '\0';
    const char *target;
    struct strict_head cut = {.bytes = head};
    cut.len = cut_like_the_library(head, len, &target);
    cut.target = target;
    cut.target_len = target == NULL ? 0 : strlen(target);
    int status = target == NULL ? 400 : strict_check(&cut, &request);
    check(status == 0 || (status >= 400 && status <= 505));
    free(head);
    return status;
}

static void check_strict(const char *bytes, size_t len)
{
    (void)strict_of(bytes, len);
}

static void (*parse)(const char *bytes, size_t len);

static void cut_and_mutate(const char *bytes, size_t len)
{
    for (size_t i = 0; i <= len; i++)
        parse(bytes, i);
    char *copy = malloc(len + 1);
    ensure(copy != NULL);
    unsigned state = 12345; // the same mutations on every run
    for (int round = 0; round < 500 && len > 0; round++) {
        memcpy(copy, bytes, len);
        for (int i = 0; i < 3; i++) {
            state = state * 1103515245 + 12345;
            static const char hostile[] = "\0\r\n%&=\"\\-:; B\x80\xff";
            copy[(state >> 8) % len] = hostile[(state >> 24) % sizeof(hostile)];
        }
        parse(copy, len);
    }
    free(copy);
}

TEST(form_corpora_replay_cut_and_mutated)
{
    parse = parse_urlencoded;
    walk_files("http_urlencoded", cut_and_mutate);
    parse = parse_multipart;
    walk_files("http_multipart", cut_and_mutate);
}

TEST(head_corpus_replays_cut_and_mutated)
{
    parse = check_strict;
    walk_files("http_head", cut_and_mutate);
    static const char good[] = "GET /a HTTP/1.1\r\nHost: a.test\r\nX: y\r\n\r\n";
    check_int(strict_of(good, sizeof(good) - 1), 0);
}

static const struct test_case cases[] = {
    TEST_CASE(paths_find_their_rows_and_params),
    TEST_CASE(every_row_of_a_large_table_is_found),
    TEST_CASE(urlencoded_forms_decode_in_order_and_strictly),
    TEST_CASE(repeated_names_are_found_in_order_and_nul_stays_in_the_value),
    TEST_CASE(forms_are_limited_in_fields_and_names),
    TEST_CASE(multipart_forms_decode_and_what_deviates_is_refused),
    TEST_CASE(a_token_holds_for_its_session_and_key_alone),
    TEST_CASE(the_origin_is_judged_by_what_the_browser_says),
    TEST_CASE(form_corpora_replay_cut_and_mutated),
    TEST_CASE(head_corpus_replays_cut_and_mutated),
};

int main(void)
{
    return RUN_CASES(cases);
}
