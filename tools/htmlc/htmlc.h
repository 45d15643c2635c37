// SPDX-License-Identifier: AGPL-3.0-or-later
// Compiles one .html template file to a C header and source (docs/templates.md has the language).
// Pure: text in, text out, the first error as one sentence with its line; no files, no state.
#ifndef HTMLC_H
#define HTMLC_H

#include <stdbool.h>
#include <stddef.h>
#include "base/buf.h"

struct htmlc_result {
    struct buf header, source; // complete C files
    struct buf messages;       // PO entries of the messages met, in order, with file and line
    int line;                  // of the error
    char error[320];           // "" when all is well
};

/// `path` is what #line and the guard name; `header_name` what the source includes
/// ("web/x/y.html.h").
bool htmlc_compile(const char *path, const char *header_name, const char *text, size_t len,
                   struct htmlc_result *ret_result);
void htmlc_result_done(struct htmlc_result *result);

#endif
