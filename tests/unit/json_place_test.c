// SPDX-License-Identifier: AGPL-3.0-or-later
// web/api/json_place: which field a text that can't be read was broken in.
#include <stdlib.h>

#include "base/arena.h"
#include "base/ensure.h"
#include "tests/test.h"
#include "web/api/json_place.h"

/// The fault lies where the text has its "^".
static const char *place(struct arena *arena, const char *text)
{
    return json_place(arena, text, strlen(text), strcspn(text, "^"));
}

TEST(a_fault_is_named_by_the_key_it_lies_behind)
{
    static const struct {
        const char *text, *field;
    } rows[] = {
        {"{\"content\": \"Đèn^", "content"},
        {"{\"content\": ^", "content"},
        {"{\"content\"^ 1", "content"},
        {"{\"content\": \"a\", \"title\": \"b^\"", "title"},
        {"{\"content\": \"a\", \"content\"^: \"b\"}", "content"},
        {"{\"content\": \"a\"} ^", NULL},
        {"{\"author\": {\"type\": \"^", "author.type"},
        {"{\"author\": {\"type\": \"resident\", \"name\": \"^", "author.name"},
        {"{\"author\": {^", "author"},
        {"{\"author\": [\"type\", \"^", "author"},
        {"{\"author\": {\"type\": \"resident\"}, \"khom\": \"^", "khom"},
        {"{\"author\": {\"place\": {\"x\": \"^", "author.place"},
        {"{\"parameters\": {\"content\": \"^", "parameters"},
        {"{\"numbers\": [1, \"^", "numbers"},
        {"{\"numbers\": [[1, 2], {\"a\": 3}], \"reason\": \"^", "reason"},
        {"{\"n\\u006fte\": \"^", "note"},
        {"{\"a\\\"b\": \"^", "a\"b"},
        {"{\"content\": \"}, \\\"title\\\": ^", "content"},
        {"{^", NULL},
        {"^", NULL},
        {"", NULL},
        {"}}^", NULL},
        {"[\"content\", ^", NULL},
        {"\"content\"^", NULL},
        {"{\"half a key^", NULL},
        {"{\"ends in a stroke\\^", NULL},
    };
    ARENA arena = {0};
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        check_text(place(&arena, rows[i].text), rows[i].field);
}

TEST(every_beginning_of_a_text_has_a_place_or_none_and_nothing_is_read_behind_it)
{
    ARENA arena = {0};
    static const char text[] =
        "{\"content\":\"a\\\\\",\"author\":{\"name\":\"b\",\"x\":[{\"y\":1}]},\"khom\":null}";
    for (size_t end = 0; end < sizeof text; end++) {
        char *copy =
            malloc(end + (end == 0)); // no byte more: the sanitizer sees what is read too far
        memcpy(copy, text, end);
        const char *field = json_place(&arena, copy, end, end);
        check(field == NULL || strcmp(field, "content") == 0 || strcmp(field, "khom") == 0 ||
              strncmp(field, "author", 6) == 0);
        free(copy);
    }
}

TEST(a_place_past_the_end_is_the_end)
{
    ARENA arena = {0};
    check_text(json_place(&arena, "{\"title\":", 9, 1000), "title");
}

int main(void)
{
    static const struct test_case cases[] = {
        TEST_CASE(a_fault_is_named_by_the_key_it_lies_behind),
        TEST_CASE(every_beginning_of_a_text_has_a_place_or_none_and_nothing_is_read_behind_it),
        TEST_CASE(a_place_past_the_end_is_the_end),
    };
    return RUN_CASES(cases);
}
