// SPDX-License-Identifier: AGPL-3.0-or-later
// actions/password: what stands in the text of a hash, and who it lets in.
#include <string.h>

#include "actions/password.h"
#include "tests/test.h"

static const char SECRET[] = "mật khẩu của thư ký";

static bool begins_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

TEST(a_hash_is_argon2id_with_three_passes_over_64_mib_and_one_lane)
{
    char hash[PASSWORD_HASH_TEXT];
    check(password_hash(SECRET, hash));
    check(begins_with(hash, "$argon2id$v=19$m=65536,t=3,p=1$"));
    check(strstr(hash, SECRET) == NULL);
}

TEST(the_same_password_twice_is_two_texts_and_both_hold)
{
    char one[PASSWORD_HASH_TEXT], two[PASSWORD_HASH_TEXT];
    check(password_hash(SECRET, one) && password_hash(SECRET, two));
    check(strcmp(one, two) != 0);
    check(password_holds(one, SECRET) && password_holds(two, SECRET));
}

TEST(nothing_else_holds)
{
    char hash[PASSWORD_HASH_TEXT];
    check(password_hash(SECRET, hash));
    check(!password_holds(hash, "mật khẩu của thư kí"));
    check(!password_holds(hash, ""));
    check(!password_holds(NULL, SECRET));
    check(!password_holds("", SECRET));
    check(!password_holds(SECRET, SECRET)); // a text that is no hash
}

int main(void)
{
    static const struct test_case cases[] = {
        TEST_CASE(a_hash_is_argon2id_with_three_passes_over_64_mib_and_one_lane),
        TEST_CASE(the_same_password_twice_is_two_texts_and_both_hold),
        TEST_CASE(nothing_else_holds),
    };
    return RUN_CASES(cases);
}
