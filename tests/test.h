// SPDX-License-Identifier: AGPL-3.0-or-later
// Smallest TAP harness: a test file is a list of cases whose names are sentences.
//     TEST(opinion_cannot_be_answered_before_relay) { check(...); }
//     int main(void) { return RUN_TESTS(opinion_cannot_be_answered_before_relay, ...); }
// check() records and goes on; check_fatal() ends the case. Rules of the plan are named in the
// sentence or by RULE("R55"), which prints them for the table in docs/.
#ifndef TESTS_TEST_H
#define TESTS_TEST_H

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static int test_failures_in_case;

#define TEST(name) static void name(void)

#define check(cond)                                                       \
    do {                                                                  \
        if (!(cond)) {                                                    \
            test_failures_in_case++;                                      \
            printf("# %s:%d: not true: %s\n", __FILE__, __LINE__, #cond); \
        }                                                                 \
    } while (0)

#define check_fatal(cond)                                                 \
    do {                                                                  \
        if (!(cond)) {                                                    \
            test_failures_in_case++;                                      \
            printf("# %s:%d: not true: %s\n", __FILE__, __LINE__, #cond); \
            return;                                                       \
        }                                                                 \
    } while (0)

#define check_text(got, want)                                                           \
    do {                                                                                \
        const char *got_ = (got), *want_ = (want);                                      \
        if (got_ == NULL || want_ == NULL ? got_ != want_ : strcmp(got_, want_) != 0) { \
            test_failures_in_case++;                                                    \
            printf("# %s:%d: %s is \"%s\", not \"%s\"\n", __FILE__, __LINE__, #got,     \
                   got_ ? got_ : "(null)", want_ ? want_ : "(null)");                   \
        }                                                                               \
    } while (0)

#define check_int(got, want)                                                                  \
    do {                                                                                      \
        long long got_ = (long long)(got), want_ = (long long)(want);                         \
        if (got_ != want_) {                                                                  \
            test_failures_in_case++;                                                          \
            printf("# %s:%d: %s is %lld, not %lld\n", __FILE__, __LINE__, #got, got_, want_); \
        }                                                                                     \
    } while (0)

#define RULE(numbers) printf("# rules: %s\n", numbers)

struct test_case {
    const char *name;
    void (*run)(void);
};

static inline int test_run_all(const struct test_case *cases, int count)
{
    int failed = 0;
    setvbuf(stdout, NULL, _IOLBF, 0);
    printf("1..%d\n", count);
    for (int i = 0; i < count; i++) {
        test_failures_in_case = 0;
        cases[i].run();
        bool ok = test_failures_in_case == 0;
        failed += !ok;
        printf("%s %d - %s\n", ok ? "ok" : "not ok", i + 1, cases[i].name);
    }
    return failed == 0 ? 0 : 1;
}

#define TEST_CASE(name) \
    {                   \
#name, name     \
    }
// A file lists its cases once: static const struct test_case cases[] = {TEST_CASE(a),
// TEST_CASE(b)};
#define RUN_CASES(cases) test_run_all(cases, (int)(sizeof(cases) / sizeof((cases)[0])))

#endif
