// SPDX-License-Identifier: AGPL-3.0-or-later
// Issued documents: the register of what left the house (sổ đăng ký văn bản đi) and the bytes as
// they went out. A row is written once; only `withheld` is ever set afterwards (invariant 11).
#ifndef STORE_ISSUED_H
#define STORE_ISSUED_H

#include "base/arena.h"
#include "base/digest.h"
#include "store/store.h"

struct issued {
    int64_t id; // 1.. in the unit, in the order of issue
    int64_t dialogue;
    int type;           // enum doc_type
    int64_t opinion;    // 0 none
    const char *person; // "" none
    int edition;        // 0: there is one only; 2 the full one
    const char *series; // "TB", "CV": the number register, one per kind and year
    int year;
    int64_t ordinal;        // running number in it; 0 for an external one
    const char *number;     // as printed, "07"; "" never
    const char *symbol;     // "TB-UBND"
    bool external;          // given by the e-office of the level above
    int32_t day;            // printed on it
    const char *title;      // what it is about
    const char *signer;     // name
    const char *recipients; // one a line
    int64_t replaces;       // id, 0 none
    bool withheld;          // holds what was sealed after it was issued
    const char *issued_by;
    int64_t issued_ms;
};

struct issued_file {
    int format; // enum doc_format
    const char *name;
    struct sql_bytes bytes;
};

MUST_USE enum status store_issued_insert(struct store_tx *tx, int64_t unit,
                                         const struct issued *row);
MUST_USE enum status store_issued_file_insert(struct store_tx *tx, int64_t unit, int64_t id,
                                              const struct issued_file *file);
MUST_USE enum status store_issued_withhold(struct store_tx *tx, int64_t unit, int64_t id);

/// NOT_FOUND when there is none.
MUST_USE enum status store_issued_load(struct sql *sql, int64_t unit, int64_t id,
                                       struct arena *arena, struct issued *ret_row);
MUST_USE enum status store_issued_file(struct sql *sql, int64_t unit, int64_t id, int format,
                                       struct arena *arena, struct issued_file *ret_file);
/// Highest id, 0 when there is none.
MUST_USE enum status store_issued_last(struct sql *sql, int64_t unit, int64_t *ret_id);

/// What a document is of: the newest one issued of it; NOT_FOUND when none was.
struct issued_key {
    int64_t dialogue;
    int type;
    int64_t opinion;
    const char *person; // NULL none
};
MUST_USE enum status store_issued_newest(struct sql *sql, int64_t unit,
                                         const struct issued_key *key, struct arena *arena,
                                         struct issued *ret_row);

struct issued_list {
    const struct issued *rows;
    int count;
};
struct issued_filter {
    int64_t dialogue;   // 0 all
    int year;           // 0 all
    const char *series; // NULL all
    int64_t after;      // id
    int limit;
};
/// Ascending by id.
MUST_USE enum status store_issued_list(struct sql *sql, int64_t unit,
                                       const struct issued_filter *filter, struct arena *arena,
                                       struct issued_list *ret_list);

/// Where a series stands: its last own number and the day on it; 0 and 0 when it has none.
struct issued_series {
    int64_t last;
    int32_t last_day;
};
MUST_USE enum status store_issued_series(struct sql *sql, int64_t unit, const char *series,
                                         int year, struct issued_series *ret_series);
/// Id of the document with that number in the series; 0 none.
MUST_USE enum status store_issued_of_number(struct sql *sql, int64_t unit, const char *series,
                                            int year, const char *number, int64_t *ret_id);

/// What its entry in the register commits to: the row without `withheld`, and all bytes.
MUST_USE enum status store_issued_digest(struct sql *sql, int64_t unit, const struct issued *row,
                                         unsigned char ret_digest[DIGEST_BYTES]);

#endif
