// SPDX-License-Identifier: AGPL-3.0-or-later
// Invented content for looking at the parts; nothing here is part of the program.
#ifndef SAMPLE_VIEW_H
#define SAMPLE_VIEW_H

#include "web/layout/parts.h"

struct sample_opinion {
    const char *number, *text, *who, *field;
    enum opinion_state state;
    int32_t due_day;
};

struct sample_view {
    const struct sample_opinion *items;
    size_t count;
    struct form_view form;
    int32_t today;
};

#endif
