// SPDX-License-Identifier: AGPL-3.0-or-later
// The rows of every table as they are, for moving a ward from one database to another. The word
// index, sessions and kept answers stay behind; so does unit 0, which holds the secret.
#ifndef STORE_DUMP_H
#define STORE_DUMP_H

#include "store/store.h"

struct dump_table {
    const char *name;
    const char *columns; // "unit_id, host, created_ms": the order of `types` and of the rows
    const char *types;   // one letter per column, as in sql_stmt
};
/// Ends with a row of NULLs. Parents first: rows put in this order satisfy every foreign key.
extern const struct dump_table dump_tables[];
/// Tables that do not travel; ends with NULL.
extern const char *const dump_left_out[];

struct dump_page {
    int64_t after, limit; // rows to skip, rows at most
};
/// Rows by primary key, bytewise, so that both engines give the same order. To be closed by the
/// caller. PostgreSQL keeps the whole page in memory.
void store_dump_page(struct sql *sql, int table, struct dump_page page, struct sql_rows *rows);

/// `row` has the table's columns in order. CONFLICT: the row is there already.
MUST_USE enum status store_dump_put(struct store_tx *tx, int table, struct sql_args row);

/// Opinions under seal, and what was put away because of one: their texts may leave the database
/// encrypted only (invariant 10).
MUST_USE enum status store_dump_sealed(struct sql *sql, int64_t *ret_count);
/// Units there are; 0: an empty database.
MUST_USE enum status store_dump_units(struct sql *sql, int64_t *ret_count);

/// The schema's version that this program has.
int64_t store_schema(void);

#endif
