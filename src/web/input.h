// SPDX-License-Identifier: AGPL-3.0-or-later
// One value as a person sent it, by JSON or by form, into what the rules take. The first fault in
// form is kept (422, told later); bytes that are no text are refused at once (400).
#ifndef WEB_INPUT_H
#define WEB_INPUT_H

#include "base/arena.h"
#include "domain/param.h"
#include "domain/refusal.h"

/// Keeps the first fault; returns ALLOWED so that reading goes on.
struct refusal input_fault(struct refusal *fault, enum refusal_code code, const char *field);

/// What is asked of a text: the parameter it is, one line or many, how many characters at most.
struct input_want {
    const char *field;
    bool lines;
    size_t max;
};

/// Cleaned text; BAD_ENCODING for control characters and the like.
struct refusal input_text(struct arena *arena, const char *bytes, size_t len,
                          struct input_want want, struct refusal *fault, const char **ret_text);

/// A scalar parameter from its text ("2024-06-20", "letter", "2024-0007").
struct refusal input_param(struct arena *arena, enum param_id id, const char *bytes, size_t len,
                           struct refusal *fault, struct param_value *ret_value);

/// What is sought, folded, for struct opinion_filter: signs alone are "" and found nowhere; NULL
/// for blanks, which seek nothing.
const char *input_words(struct arena *arena, const char *text);

/// "khom3" -> 3; -1 otherwise.
int input_khom(const char *code);

#endif
