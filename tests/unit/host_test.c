// SPDX-License-Identifier: AGPL-3.0-or-later
// domain/host: which name a ward is found by, from whatever a client sends or a person types.
#include "domain/host.h"

#include <string.h>

#include "tests/test.h"

static const char *name_of(const char *text)
{
    static char host[HOST_TEXT];
    return host_name(text, host) ? host : NULL;
}

TEST(a_host_is_lower_case_without_port_and_last_dot)
{
    check_text(name_of("phuong-2.example.vn"), "phuong-2.example.vn");
    check_text(name_of("Phuong-2.Example.VN:8080"), "phuong-2.example.vn");
    check_text(name_of("phuong-2.example.vn.:443"), "phuong-2.example.vn");
    check_text(name_of("localhost"), "localhost");
    check_text(name_of("192.168.1.20:8080"), "192.168.1.20");
    check_text(name_of("xn--phng-2-gya.vn"), "xn--phng-2-gya.vn");
}

TEST(what_is_no_name_is_no_ward_s)
{
    static const char *const wrong[] = {"",       ".",        ":80",         "a..vn",
                                        ".a.vn",  "a.vn..",   "-a.vn",       "a-.vn",
                                        "a_b.vn", "a b.vn",   "a/b.vn",      "http://a.vn",
                                        "a.vn:",  "a.vn:x",   "a.vn:123456", "phường.vn",
                                        "[::1]",  "[::1]:80", "a@b.vn:80",   "a.vn:8\n0"};
    char host[HOST_TEXT] = "kept";
    for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
        check(!host_name(wrong[i], host));
    check_text(host, "kept");
}

TEST(a_label_has_63_letters_at_most_and_a_name_253)
{
    char label[80], name[300];
    memset(label, 'a', sizeof(label));
    label[63] = 0;
    check_text(name_of(label), label);
    label[63] = 'a', label[64] = 0;
    check(name_of(label) == NULL);
    for (size_t i = 0; i < sizeof(name); i++)
        name[i] = i % 50 == 49 ? '.' : 'b';
    name[253] = 0;
    check(name_of(name) != NULL);
    name[253] = 'b', name[254] = 0;
    check(name_of(name) == NULL);
}

int main(void)
{
    static const struct test_case cases[] = {
        TEST_CASE(a_host_is_lower_case_without_port_and_last_dot),
        TEST_CASE(what_is_no_name_is_no_ward_s),
        TEST_CASE(a_label_has_63_letters_at_most_and_a_name_253),
    };
    return RUN_CASES(cases);
}
