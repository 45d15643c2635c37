// SPDX-License-Identifier: AGPL-3.0-or-later
// The loudspeaker log as rows.
#include "store/broadcast.h"

#include <string.h>

#include "store/rows.h"

enum { LIST, LAST, INSERT, STRIKE, STMT_COUNT };

enum { BROADCASTS_MAX = 1000 };

static const struct sql_stmt stmts[STMT_COUNT] = {
    [LIST] = {"broadcasts",
              "SELECT broadcast, day, minute, times, khom, reader, note, added_by, at_ms, struck "
              "FROM broadcast WHERE unit_id = $1 AND dialogue_id = $2 ORDER BY broadcast LIMIT $3",
              "iii"},
    [LAST] = {"broadcast_last",
              "SELECT coalesce(max(broadcast), 0) FROM broadcast WHERE unit_id = $1 AND "
              "dialogue_id = $2",
              "ii"},
    [INSERT] = {"broadcast_insert",
                "INSERT INTO broadcast (unit_id, dialogue_id, broadcast, day, minute, times, khom, "
                "reader, note, added_by, at_ms, struck) "
                "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0)",
                "iiiiiiittti"},
    [STRIKE] = {"broadcast_strike",
                "UPDATE broadcast SET struck = 1 WHERE unit_id = $1 AND dialogue_id = $2 AND "
                "broadcast = $3 AND struck = 0",
                "iii"},
};
SQL_STMTS(broadcast, stmts);

enum status store_broadcasts(struct sql *sql, int64_t unit, int64_t dialogue, struct arena *arena,
                             struct broadcast_list *ret_list)
{
    int room = 32, count = 0;
    struct broadcast *list = arena_array(arena, struct broadcast, (size_t)room);
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[LIST], SQL_ARGS(SQL_I(unit), SQL_I(dialogue), SQL_I(BROADCASTS_MAX)),
              &rows);
    while (sql_next(&rows)) {
        if (count == room) {
            struct broadcast *grown = arena_array(arena, struct broadcast, (size_t)room * 2);
            memcpy(grown, list, (size_t)room * sizeof(*list));
            list = grown;
            room *= 2;
        }
        list[count++] = (struct broadcast){
            .id = sql_int(&rows, 0),
            .day = (int32_t)sql_int(&rows, 1),
            .minute = (int)sql_int(&rows, 2),
            .times = (int)sql_int(&rows, 3),
            .khom = (int)sql_int(&rows, 4),
            .reader = sql_text_dup(arena, &rows, 5),
            .note = sql_text_dup(arena, &rows, 6),
            .added_by = sql_text_dup(arena, &rows, 7),
            .at_ms = sql_int(&rows, 8),
            .struck = sql_int(&rows, 9) != 0,
        };
    }
    *ret_list = (struct broadcast_list){list, count};
    return sql_rows_done(&rows);
}

enum status store_broadcast_insert(struct store_tx *tx, int64_t unit, int64_t dialogue,
                                   struct broadcast *b)
{
    struct sql *sql = store_tx_sql(tx);
    enum status status =
        sql_one_int(sql, &stmts[LAST], SQL_ARGS(SQL_I(unit), SQL_I(dialogue)), &b->id);
    if (status != STATUS_OK) return status;
    b->id++;
    return sql_exec(sql, &stmts[INSERT],
                    SQL_ARGS(SQL_I(unit), SQL_I(dialogue), SQL_I(b->id), SQL_I(b->day),
                             SQL_I(b->minute), SQL_I(b->times), SQL_I(b->khom), SQL_T(b->reader),
                             SQL_T(b->note), SQL_T(b->added_by), SQL_I(b->at_ms)),
                    NULL);
}

enum status store_broadcast_strike(struct store_tx *tx, int64_t unit, int64_t dialogue, int64_t id)
{
    int64_t changed = 0;
    enum status status = sql_exec(store_tx_sql(tx), &stmts[STRIKE],
                                  SQL_ARGS(SQL_I(unit), SQL_I(dialogue), SQL_I(id)), &changed);
    return status == STATUS_OK && changed == 0 ? STATUS_NOT_FOUND : status;
}
