// SPDX-License-Identifier: AGPL-3.0-or-later
// The compiler's own state, shared by its files. The first error wins; after it everything is a
// no-op.
#ifndef HTMLC_COMPILE_H
#define HTMLC_COMPILE_H

#include "html.h"
#include "htmlc.h"

#include "base/ensure.h"

enum block_kind { BLOCK_TEMPLATE, BLOCK_IF, BLOCK_FOR, BLOCK_PAGE };
enum { BLOCK_DEPTH = 24, SPAN_LIST = 12 };

/// A piece of the template's text.
struct span {
    const char *at;
    size_t len;
};

struct block {
    enum block_kind kind;
    int line;
    int id;             // makes the names of a loop's variables unique
    struct html before; // where the page stood when the block began
    struct html joined; // where its finished branches ended
    bool has_joined, has_else;
    struct span expr; // page: its argument
};

struct compiler {
    const char *path;
    const char *at, *end;
    int line;
    struct html html;
    struct block blocks[BLOCK_DEPTH];
    int depth, ids;
    struct buf literal;
    bool uses_layout;
    struct htmlc_result *result;
};

void compile_fail(struct compiler *c, int line, const char *format, ...) PRINTF_LIKE(3, 4);
bool compile_failed(const struct compiler *c);

/// Spans of C text: quotes and brackets are skipped over as wholes.
struct span span_trim(struct span span);
bool span_is(struct span span, const char *word);
/// Takes the leading identifier off `rest`; empty when there is none.
struct span span_word(struct span *rest);
/// Whether it is one balanced C expression without ';'.
bool span_is_expression(struct span span);
/// Position of `wanted` outside brackets and quotes, or len. With `last`, the last one.
size_t span_find(struct span span, char wanted, bool last);
/// Length of the string or character literal at the beginning (0 when it is none or has no end).
size_t span_quoted(struct span span);
/// Position of the word `word` between white space, outside brackets and quotes, or len.
size_t span_find_word(struct span span, const char *word);

/// Writing C.
void emit_line(struct compiler *c, int line);
void emit_literal(struct compiler *c); // writes the collected literal out
void emit_slot(struct compiler *c, int line, struct span expr);
void emit_message(struct compiler *c, int line, struct span keyword, struct span rest);
void emit_span(struct compiler *c, struct span span);

/// The control tags ({% ... %}), without the delimiters.
void compile_tag(struct compiler *c, int line, struct span body);

#endif
