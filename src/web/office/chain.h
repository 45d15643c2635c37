// SPDX-License-Identifier: AGPL-3.0-or-later
// What the archivist's desk, the custodians' desk and the register's page show.
#ifndef WEB_OFFICE_CHAIN_H
#define WEB_OFFICE_CHAIN_H

#include "store/register.h"
#include "web/desks/opinion.h"
#include "web/office/issuing.h"

struct chain_row {
    int64_t entry, at_ms;
    const char *action, *who, *role, *behalf, *subject, *path, *hash;
};
struct chain_view {
    struct chain_row *rows;
    size_t count;
    int64_t last, sealed;
    const char *head, *first, *next, *path, *live_path;
    int64_t newest; // where the last page begins
};

/// An entry in words.
struct chain_row chain_row_of(struct desk *d, const struct entry *e);

struct plan_row {
    const char *title, *number, *papers, *path;
    struct tag_view state;
    int32_t issued_day;
    bool approved;
    struct action_form *issue; // NULL: not now
};
struct archivist_view {
    struct plan_row *rows;
    size_t count, waiting;
    struct waiting_list waiting_papers;
};

struct sealed_row {
    const char *number, *path;
    struct tag_view tag;
    int64_t created_ms; // to the day
    bool told;          // a notice was recorded
};
struct custodian_view {
    struct sealed_row *rows;
    size_t count;
    struct desk_link *kept; // minutes put away as they were signed, documents withheld
    size_t kept_count;
    bool too_few;
};

struct kept_minutes_view {
    const char *title, *text;
};

struct sealed_reader {
    int64_t at_ms;
    const char *who;
};
struct sealed_view {
    struct opinion_desk_view o;
    struct action_form *forms[2];
    size_t form_count;
    struct sealed_reader *readers;
    size_t reader_count;
};

#endif
