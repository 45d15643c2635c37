// SPDX-License-Identifier: AGPL-3.0-or-later
// The log of reads as rows.
#include "store/read_log.h"

#include "store/rows.h"

enum { ADD, OF, ABOUT, STMT_COUNT };

static const struct sql_stmt stmts[STMT_COUNT] = {
    [ADD] = {"reading_add",
             "INSERT INTO read_log (unit_id, at_ms, username, subject) VALUES ($1, $2, $3, $4) ON "
             "CONFLICT (unit_id, username, at_ms, subject) DO NOTHING",
             "iitt"},
    [OF] = {"readings_of",
            "SELECT at_ms, username, subject FROM read_log WHERE unit_id = $1 AND username = $2 "
            "AND at_ms < $3 ORDER BY at_ms DESC, subject LIMIT $4",
            "itii"},
    [ABOUT] = {"readings_about",
               "SELECT at_ms, username, subject FROM read_log WHERE unit_id = $1 AND subject = $2 "
               "ORDER BY at_ms DESC LIMIT $3",
               "iti"},
};
SQL_STMTS(read_log, stmts);

enum status store_reading_add(struct store_tx *tx, int64_t unit, const struct reading *reading)
{
    return sql_exec(store_tx_sql(tx), &stmts[ADD],
                    SQL_ARGS(SQL_I(unit), SQL_I(reading->at_ms), SQL_T(reading->username),
                             SQL_T(reading->subject)),
                    NULL);
}

static enum status read_rows(struct sql_rows *rows, int limit, struct arena *arena,
                             struct reading_list *ret_list)
{
    struct reading *list = arena_array(arena, struct reading, (size_t)limit);
    int count = 0;
    while (count < limit && sql_next(rows))
        list[count++] = (struct reading){sql_int(rows, 0), sql_text_dup(arena, rows, 1),
                                         sql_text_dup(arena, rows, 2)};
    *ret_list = (struct reading_list){list, count};
    return sql_rows_done(rows);
}

enum status store_readings_of(struct sql *sql, int64_t unit, const char *username,
                              struct reading_page page, struct arena *arena,
                              struct reading_list *ret_list)
{
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[OF],
              SQL_ARGS(SQL_I(unit), SQL_T(username), SQL_I(page.before_ms), SQL_I(page.limit)),
              &rows);
    return read_rows(&rows, page.limit, arena, ret_list);
}

enum status store_readings_about(struct sql *sql, int64_t unit, const char *subject, int limit,
                                 struct arena *arena, struct reading_list *ret_list)
{
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[ABOUT], SQL_ARGS(SQL_I(unit), SQL_T(subject), SQL_I(limit)), &rows);
    return read_rows(&rows, limit, arena, ret_list);
}
