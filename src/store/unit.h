// SPDX-License-Identifier: AGPL-3.0-or-later
// The ward itself: settings, khóm, holidays, and the head row that every writing transaction locks
// first.
#ifndef STORE_UNIT_H
#define STORE_UNIT_H

#include "base/arena.h"
#include "domain/calendar.h"
#include "store/store.h"

enum { HASH_BYTES = 32 };

struct unit_head {
    int64_t entry;
    unsigned char hash[HASH_BYTES];
    int64_t sealed_entry;
    unsigned char sealed_hash[HASH_BYTES];
    int64_t sealed_anchor; // last sealed entry that the main chain has anchored
    int64_t opinion;       // last opinion's id
    int64_t config; // grows when accounts, settings, khóm or holidays change: caches ask for it
};

struct khom {
    int khom; // 1..N
    const char *name;
    int quota; // invitations
};

struct khom_list {
    const struct khom *rows;
    int count;
};

struct setting {
    const char *name, *value;
};

struct setting_list {
    const struct setting *rows;
    int count;
};

MUST_USE enum status store_unit_create(struct store_tx *tx, int64_t unit, const char *host,
                                       int64_t now_ms);
/// The unit of a host (domain/host.h), or the only one there is, whatever the host; NOT_FOUND
/// otherwise. Where there are several, "" is nobody's.
MUST_USE enum status store_unit_of_host(struct sql *sql, const char *host, int64_t *ret_unit);

struct unit_row {
    int64_t unit;
    const char *host; // "": it has none, which only one that is alone may
};
/// The first one behind `after` (0: of all); NOT_FOUND: there are no more.
MUST_USE enum status store_unit_after(struct sql *sql, int64_t after, struct arena *arena,
                                      struct unit_row *ret_row);
/// NOT_FOUND: there is no such unit.
MUST_USE enum status store_unit_host_write(struct store_tx *tx, int64_t unit, const char *host);

/// Locks the unit for this transaction (first statement of every job) and reads its head.
MUST_USE enum status store_head_lock(struct store_tx *tx, int64_t unit, struct unit_head *ret_head);
MUST_USE enum status store_head_write(struct store_tx *tx, int64_t unit,
                                      const struct unit_head *head);
MUST_USE enum status store_head_read(struct sql *sql, int64_t unit, struct unit_head *ret_head);

/// How far the registers of the units behind `after` have come, by unit, HEAD_MARKS_PAGE at most.
enum { HEAD_MARKS_PAGE = 256 };
struct head_mark {
    int64_t unit, entry, sealed_entry;
};
struct head_marks {
    const struct head_mark *rows;
    int count;
};
MUST_USE enum status store_head_marks(struct sql *sql, int64_t after, struct arena *arena,
                                      struct head_marks *ret_marks);

MUST_USE enum status store_settings(struct sql *sql, int64_t unit, struct arena *arena,
                                    struct setting_list *ret_list);
MUST_USE enum status store_setting_write(struct store_tx *tx, int64_t unit, const char *name,
                                         const char *value);
/// The value of a name, `otherwise` when there is none.
const char *setting_of(const struct setting_list *list, const char *name, const char *otherwise);

MUST_USE enum status store_khoms(struct sql *sql, int64_t unit, struct arena *arena,
                                 struct khom_list *ret_list);
MUST_USE enum status store_khom_write(struct store_tx *tx, int64_t unit, const struct khom *khom);

/// Rows ascending, ready to be a calendar.
MUST_USE enum status store_calendar(struct sql *sql, int64_t unit, struct arena *arena,
                                    struct calendar *ret_calendar);
MUST_USE enum status store_holiday_write(struct store_tx *tx, int64_t unit,
                                         const struct calendar_day *day);
MUST_USE enum status store_holiday_delete(struct store_tx *tx, int64_t unit, int32_t day);

#endif
