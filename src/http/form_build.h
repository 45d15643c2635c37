// SPDX-License-Identifier: AGPL-3.0-or-later
// What the two form parsers share. Not for pages.
#ifndef HTTP_FORM_BUILD_H
#define HTTP_FORM_BUILD_H

#include "http/form.h"

struct form_builder {
    struct form form;
    const struct form_field **tail;
};

/// A zeroed field at the end.
struct form_field *form_append(struct arena *arena, struct form_builder *builder);

/// No control character in it.
bool form_name_is_clean(const char *name, size_t len);

#endif
