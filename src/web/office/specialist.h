// SPDX-License-Identifier: AGPL-3.0-or-later
// What the specialist's desk shows.
#ifndef WEB_OFFICE_SPECIALIST_H
#define WEB_OFFICE_SPECIALIST_H

#include "web/office/work.h"

struct specialist_view {
    const char *live_path;              // this page, fetched again when something happens
    const char *first_path, *next_path; // pages; NULL there is none
    struct work_list floor, mine, waiting, shared;
    size_t overdue;
};

#endif
