// SPDX-License-Identifier: AGPL-3.0-or-later
// domain/receipt: the check digit proved by trying everything, digits without bias, what people
// type.
#include "base/ensure.h"
#include "domain/receipt.h"
#include "tests/test.h"

/// Deterministic bytes (splitmix64), so that a failure comes back.
static uint64_t random_state = 42;
static uint64_t next_random(void)
{
    uint64_t z = random_state += 0x9e3779b97f4a7c15;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
}

static void random_receipt(char out[RECEIPT_SIZE])
{
    uint8_t bytes[RECEIPT_RANDOM];
    do {
        for (size_t i = 0; i < sizeof(bytes); i++)
            bytes[i] = (uint8_t)next_random();
    } while (!receipt_make(bytes, out));
}

TEST(the_check_digit_is_damm_s)
{
    check_int(receipt_check_digit("572", 3), '4');
    check_int(receipt_check_digit("5724", 4), '0');
    check_int(receipt_check_digit("", 0), '0');
}

TEST(every_single_wrong_digit_and_every_swap_of_neighbours_is_caught)
{
    RULE("R75");
    int missed = 0;
    for (int round = 0; round < 500; round++) {
        char secret[RECEIPT_SIZE], typed[RECEIPT_SIZE], parsed[RECEIPT_SIZE];
        random_receipt(secret);
        missed += receipt_parse(secret, parsed) != RECEIPT_OK || strcmp(parsed, secret) != 0;
        for (int i = 0; i < RECEIPT_DIGITS; i++) {
            memcpy(typed, secret, sizeof(typed));
            for (char c = '0'; c <= '9'; c++) {
                typed[i] = c;
                if (c != secret[i]) missed += receipt_parse(typed, parsed) != RECEIPT_CHECK;
            }
            memcpy(typed, secret, sizeof(typed));
            if (i == 0 || secret[i] == secret[i - 1]) continue;
            typed[i] = secret[i - 1];
            typed[i - 1] = secret[i];
            missed += receipt_parse(typed, parsed) != RECEIPT_CHECK;
        }
    }
    check_int(missed, 0);
}

TEST(the_quasigroup_has_the_properties_that_the_promise_rests_on)
{
    int wrong = 0;
    for (char state = '0'; state <= '9'; state++)
        for (char a = '0'; a <= '9'; a++)
            for (char b = '0'; b <= '9'; b++) {
                if (a == b) continue;
                // Row 0 is a permutation: the first digit leads to every interim state.
                char one[] = {state, a, b}, two[] = {state, b, a}, alone[] = {state, a},
                     other[] = {state, b};
                wrong += receipt_check_digit(one, 3) == receipt_check_digit(two, 3);
                wrong += receipt_check_digit(alone, 2) == receipt_check_digit(other, 2);
            }
    check_int(wrong, 0);
}

TEST(digits_have_no_bias)
{
    uint8_t bytes[RECEIPT_RANDOM];
    char secret[RECEIPT_SIZE];
    int counts[10] = {0};
    for (int value = 0; value < 256; value++) { // each byte value once, in the first place
        memset(bytes, value, sizeof(bytes));
        bool made = receipt_make(bytes, secret);
        check(made == (value < 250));
        if (made) counts[secret[0] - '0']++;
    }
    for (int i = 0; i < 10; i++)
        check_int(counts[i], 25);
}

TEST(too_little_randomness_makes_no_receipt)
{
    uint8_t bytes[RECEIPT_RANDOM];
    char secret[RECEIPT_SIZE] = "unchanged";
    memset(bytes, 255, sizeof(bytes));
    memset(bytes, 7, RECEIPT_DIGITS - 2);
    check(!receipt_make(bytes, secret));
    check_text(secret, "unchanged");
    bytes[RECEIPT_RANDOM - 1] = 7;
    check(receipt_make(bytes, secret));
    check_int(strlen(secret), RECEIPT_DIGITS);
}

TEST(a_receipt_is_printed_in_groups_of_four_and_read_as_people_type_it)
{
    RULE("R15 R75");
    char secret[RECEIPT_SIZE] = "123456789012345", text[RECEIPT_TEXT], parsed[RECEIPT_SIZE];
    secret[15] = receipt_check_digit(secret, 15);
    receipt_format(secret, text);
    check_int(strlen(text), 19);
    check(text[4] == ' ' && text[9] == ' ' && text[14] == ' ');
    check_int(receipt_parse(text, parsed), RECEIPT_OK);
    check_text(parsed, secret);
    static const char *const shapes[] = {
        "%.4s%.4s%.4s%.4s",
        "  %.4s-%.4s-%.4s-%.4s \n",
        "%.4s.%.4s.%.4s.%.4s",
        "%.4s\xc2\xa0%.4s\xe2\x80\xaf%.4s\xe3\x80\x80%.4s", // no-break, narrow, ideographic space
        "%.4s\xe2\x80\x93%.4s\xe2\x80\x94%.4s\xe2\x88\x92%.4s",   // dashes, minus
        "\xef\xbb\xbf%.4s\xe2\x80\x8b%.4s\xe2\x81\xa0%.4s\t%.4s", // BOM, zero-width space, word
                                                                  // joiner
    };
    for (size_t i = 0; i < ARRAY_LEN(shapes); i++) {
        char typed[80];
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        snprintf(typed, sizeof(typed), shapes[i], secret, secret + 4, secret + 8, secret + 12);
#pragma GCC diagnostic pop
        memset(parsed, 0, sizeof(parsed));
        check_int(receipt_parse(typed, parsed), RECEIPT_OK);
        check_text(parsed, secret);
    }
    char wide[RECEIPT_DIGITS * 3 + 1] = {0};
    for (int i = 0; i < RECEIPT_DIGITS; i++)
        snprintf(wide + i * 3, 4, "\xef\xbc%c", 0x90 + secret[i] - '0');
    check_int(receipt_parse(wide, parsed), RECEIPT_OK);
    check_text(parsed, secret);
}

TEST(what_is_no_receipt_is_refused_with_a_reason_in_vietnamese)
{
    static const struct {
        const char *text;
        enum receipt_fault fault;
    } bad[] = {
        {"", RECEIPT_LENGTH},
        {"   ", RECEIPT_LENGTH},
        {NULL, RECEIPT_LENGTH},
        {"123456789012345", RECEIPT_LENGTH},
        {"12345678901234567", RECEIPT_LENGTH},
        {"123456789012345x", RECEIPT_CHARACTER},
        {"O234567890123456", RECEIPT_CHARACTER},
        {"1234/5678/9012/3456", RECEIPT_CHARACTER},
        {"\xff\xfe", RECEIPT_CHARACTER},
        {"1234567890123456\xe2\x80", RECEIPT_CHARACTER},
        {"\xd9\xa1\xd9\xa2", RECEIPT_CHARACTER},
        {"\xf0\x9d\x9f\x8f", RECEIPT_CHARACTER},
    };
    char parsed[RECEIPT_SIZE] = "unchanged";
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        check_int(receipt_parse(bad[i].text, parsed), bad[i].fault);
        check(receipt_fault_text(bad[i].fault)[0] != 0);
    }
    check_text(parsed, "unchanged");
    check_text(receipt_fault_text(RECEIPT_OK), "");
}

int main(void)
{
    static const struct test_case cases[] = {
        TEST_CASE(the_check_digit_is_damm_s),
        TEST_CASE(every_single_wrong_digit_and_every_swap_of_neighbours_is_caught),
        TEST_CASE(the_quasigroup_has_the_properties_that_the_promise_rests_on),
        TEST_CASE(digits_have_no_bias),
        TEST_CASE(too_little_randomness_makes_no_receipt),
        TEST_CASE(a_receipt_is_printed_in_groups_of_four_and_read_as_people_type_it),
        TEST_CASE(what_is_no_receipt_is_refused_with_a_reason_in_vietnamese),
    };
    return RUN_CASES(cases);
}
