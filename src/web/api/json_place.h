// SPDX-License-Identifier: AGPL-3.0-or-later
// Where in a JSON text a fault lies, as the API names fields: whoever is refused is told which of
// the things they sent it was, even when the text could not be read as a whole.
#ifndef WEB_API_JSON_PLACE_H
#define WEB_API_JSON_PLACE_H

#include <stddef.h>

#include "base/arena.h"

/// The key whose value (or which itself, once it has ended) lies before byte `at`: "content",
/// "author.type". Things within other objects and lists are named by the outermost key, as
/// everywhere in the API. The text may be broken at and after `at`. NULL: no key there yet.
const char *json_place(struct arena *arena, const char *bytes, size_t len, size_t at);

#endif
