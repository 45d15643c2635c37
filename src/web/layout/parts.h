// SPDX-License-Identifier: AGPL-3.0-or-later
// What the parts every page uses are filled with: form fields, state tags, due dates. Texts are
// already in the visitor's language (tr) and outlive the call; NULL leaves a part out.
#ifndef WEB_LAYOUT_PARTS_H
#define WEB_LAYOUT_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/tr.h"
#include "domain/value.h"
#include "web/layout/page.h"

struct choice {
    const char *value, *label, *hint;
};

/// One field of a form: as drawn the first time, and as drawn again with its error and what was
/// typed.
struct field_view {
    const char *name; // also its id, and the error summary's target
    const char *label, *hint, *error, *value;
    const char *type; // NULL text; or tel email date time datetime-local password search number
    const char *autocomplete; // NULL off
    const char *input_mode;   // NULL; or numeric
    const char *key;          // a letter that focuses it on desks
    bool optional, large, is_short;
    int rows;         // area_field: NULL 5
    size_t max_chars; // 0 no limit shown
    const struct choice *choices;
    size_t choice_count;
};

/// A whole form, for the summary above it.
struct form_view {
    const struct field_view *fields;
    size_t count;
    const char *refusal; // a rule that said no and belongs to no field
};
bool form_has_errors(const struct form_view *form);

/// A state as people see it: never by colour alone.
struct tag_view {
    const char *label, *icon;
    enum tone tone;
};
struct tag_view opinion_tag(enum lang lang, enum opinion_state state);
struct tag_view dialogue_tag(enum lang lang, enum dialogue_state state);

/// How a due date stands on a day: "over", "soon" (3 days and less) or "".
const char *due_class(int32_t due_day, int32_t today);

bool choice_is(const struct field_view *field, const struct choice *choice);

#endif
