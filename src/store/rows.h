// SPDX-License-Identifier: AGPL-3.0-or-later
// Small help for reading and binding rows: days that may be none.
#ifndef STORE_ROWS_H
#define STORE_ROWS_H

#include "base/arena.h"
#include "base/day.h"
#include "domain/opinion.h"
#include "store/sql.h"

#define SQL_DAY(day) SQL_NULLABLE_I((day) != DAY_NONE, (day))

static inline int32_t sql_day(const struct sql_rows *rows, int column)
{
    return sql_is_null(rows, column) ? DAY_NONE : (int32_t)sql_int(rows, column);
}

/// A salt of the register's digests, of fixed length.
static inline void sql_salt(const struct sql_rows *rows, int column,
                            unsigned char ret_salt[SALT_BYTES])
{
    struct sql_bytes bytes = sql_blob(rows, column);
    if (bytes.len == SALT_BYTES) memcpy(ret_salt, bytes.p, SALT_BYTES);
}

#endif
