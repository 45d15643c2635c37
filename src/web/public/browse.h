// SPDX-License-Identifier: AGPL-3.0-or-later
// Reading: the list of a dialogue's opinions with search and filters, and one opinion.
#ifndef WEB_PUBLIC_BROWSE_H
#define WEB_PUBLIC_BROWSE_H

#include "web/public/thread.h"

struct browse_view {
    const char *path, *dialogue_title, *dialogue_path;
    struct field_view q, field, khom, state;
    const struct opinion_view *rows;
    size_t count;
    const char *first, *next; // paths, NULL none
    bool filtered;
    const char *error;
};

#endif
