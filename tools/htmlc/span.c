// SPDX-License-Identifier: AGPL-3.0-or-later
// Just enough reading of C to cut expressions apart; what is inside them is the C compiler's
// business.
#include "compile.h"

#include <string.h>

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

struct span span_trim(struct span span)
{
    while (span.len > 0 && is_space(span.at[0])) {
        span.at++;
        span.len--;
    }
    while (span.len > 0 && is_space(span.at[span.len - 1]))
        span.len--;
    return span;
}

bool span_is(struct span span, const char *word)
{
    return strlen(word) == span.len && memcmp(span.at, word, span.len) == 0;
}

struct span span_word(struct span *rest)
{
    *rest = span_trim(*rest);
    struct span word = {.at = rest->at};
    while (word.len < rest->len && is_word(rest->at[word.len]))
        word.len++;
    rest->at += word.len;
    rest->len -= word.len;
    *rest = span_trim(*rest);
    return word;
}

size_t span_quoted(struct span span)
{
    if (span.len == 0 || (span.at[0] != '"' && span.at[0] != '\'')) return 0;
    for (size_t i = 1; i < span.len; i++) {
        if (span.at[i] == '\\')
            i++;
        else if (span.at[i] == span.at[0])
            return i + 1;
        else if (span.at[i] == '\n')
            return 0;
    }
    return 0;
}

struct scan {
    struct span span;
    size_t i;
    char open[32];
    int depth;
    bool bad;
};

static void scan_close(struct scan *scan, char c)
{
    char want = c == ')' ? '(' : c == ']' ? '[' : '{';
    if (scan->depth == 0 || scan->open[scan->depth - 1] != want)
        scan->bad = true;
    else
        scan->depth--;
}

// Moves to the next byte outside literals; false at the end.
static bool scan_step(struct scan *scan, char *ret_c)
{
    if (scan->bad || scan->i >= scan->span.len) return false;
    struct span rest = {scan->span.at + scan->i, scan->span.len - scan->i};
    char c = rest.at[0];
    size_t quoted = span_quoted(rest);
    if ((c == '"' || c == '\'') && quoted == 0) {
        scan->bad = true;
        return false;
    }
    *ret_c = quoted > 0 ? '"' : c;
    scan->i += quoted > 0 ? quoted : 1;
    if (c == '(' || c == '[' || c == '{') {
        if (scan->depth < (int)sizeof(scan->open))
            scan->open[scan->depth++] = c;
        else
            scan->bad = true;
    }
    if (c == ')' || c == ']' || c == '}') scan_close(scan, c);
    return !scan->bad;
}

bool span_is_expression(struct span span)
{
    struct scan scan = {.span = span_trim(span)};
    if (scan.span.len == 0) return false;
    char c, before = 0;
    while (scan_step(&scan, &c)) {
        if (c == ';' || c == '#' || (c == '\n' && before == '\\')) return false;
        if (before == '/' && (c == '/' || c == '*')) return false;
        before = c;
    }
    return !scan.bad && scan.depth == 0;
}

size_t span_find(struct span span, char wanted, bool last)
{
    struct scan scan = {.span = span};
    size_t found = span.len;
    char c;
    while (scan_step(&scan, &c)) {
        if (c != wanted || scan.depth != 0) continue;
        found = scan.i - 1;
        if (!last) break;
    }
    return found;
}

size_t span_find_word(struct span span, const char *word)
{
    struct scan scan = {.span = span};
    size_t len = strlen(word);
    char c;
    while (scan_step(&scan, &c)) {
        if (!is_space(c) || scan.depth != 0) continue;
        size_t at = scan.i;
        if (span.len - at > len && memcmp(span.at + at, word, len) == 0 &&
            is_space(span.at[at + len]))
            return at;
    }
    return span.len;
}
