// SPDX-License-Identifier: AGPL-3.0-or-later
// What the archivist's pages of numbers show: papers that wait for one, the form, the register of
// outgoing documents.
#ifndef WEB_OFFICE_ISSUING_H
#define WEB_OFFICE_ISSUING_H

#include "actions/issuing.h"
#include "web/office/work.h"

/// A paper that may have its number and has none yet.
struct waiting_row {
    const char *type, *about; // "Thông báo kết luận"; the dialogue, or the opinion's number
    const char *path, *preview;
    bool withheld; // its earlier one holds what was sealed since
};
struct waiting_list {
    struct waiting_row *rows;
    size_t count;
};
enum { WAITING_MAX = 200 };

/// All of the last dialogues' papers that wait, the plan apart.
MUST_USE enum status issuing_waiting(struct desk *d, struct sql *sql,
                                     struct waiting_list *ret_list);

/// The bytes as they went out.
enum http_next issued_send(struct http_exchange *x, int format, const struct issued_file *file);

struct issue_view {
    const char *type, *dialogue, *opinion; // opinion's number, NULL none
    const char *path, *preview, *current;  // current: the issued one, NULL none
    const char *replaces;                  // number of the one it stands for, NULL none
    bool withheld, again;                  // again: a new answer came since
    const char *next, *series;
    const char *const *warnings;
    size_t warning_count;
    const char *const *recipients; // the usual ones
    size_t recipient_count;
    struct field_view number, symbol, date, external, more;
    struct office_error error;
};

struct issued_view {
    const char *number, *type, *title, *signer, *recipients, *paper, *issued_by;
    const char *replaces, *replaced_by; // numbers, NULL none
    int32_t day;
    bool external, withheld;
};
struct issued_register_view {
    const char *live_path, *unit, *next;
    int year;
    struct field_view years, series;
    struct issued_view *rows;
    size_t count;
};

#endif
