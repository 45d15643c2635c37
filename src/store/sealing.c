// SPDX-License-Identifier: AGPL-3.0-or-later
// Versions of minutes as rows, rewritten and put away when an opinion is sealed.
#include "store/sealing.h"

#include "domain/value.h"
#include "store/rows.h"

enum { VERSIONS, REWRITE, PUT_AWAY, PUT_AWAY_LOAD, SEALED_IDS, PART_IDS, STMT_COUNT };

static const struct sql_stmt stmts[STMT_COUNT] = {
    [VERSIONS] = {"minutes_versions",
                  "SELECT version, generated, text, edited_by, edited_ms FROM minutes "
                  "WHERE unit_id = $1 AND dialogue_id = $2 ORDER BY version",
                  "ii"},
    [REWRITE] = {"minutes_rewrite",
                 "UPDATE minutes SET generated = $4, text = $5 "
                 "WHERE unit_id = $1 AND dialogue_id = $2 AND version = $3",
                 "iiitt"},
    [PUT_AWAY] = {"minutes_put_away",
                  "INSERT INTO minutes_sealed (unit_id, dialogue_id, version, generated, text, "
                  "edited_by, edited_ms, sealed_day) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                  "iiitttii"},
    [PUT_AWAY_LOAD] = {"minutes_put_away_load",
                       "SELECT version, generated, text, edited_by, edited_ms FROM minutes_sealed "
                       "WHERE unit_id = $1 AND dialogue_id = $2 ORDER BY version LIMIT 1",
                       "ii"},
    [SEALED_IDS] = {"sealed_opinion_ids",
                    "SELECT opinion_id FROM opinion WHERE unit_id = $1 AND dialogue_id = $2 AND "
                    "visibility = $3 ORDER BY opinion_id",
                    "iii"},
    [PART_IDS] = {"split_part_ids",
                  "SELECT opinion_id FROM opinion WHERE unit_id = $1 AND dialogue_id = $2 AND "
                  "split_from = $3 ORDER BY opinion_id",
                  "iii"},
};
SQL_STMTS(sealing, stmts);

static struct minutes read_minutes(struct arena *arena, const struct sql_rows *rows)
{
    return (struct minutes){.version = sql_int(rows, 0),
                            .generated = sql_text_dup(arena, rows, 1),
                            .text = sql_text_dup(arena, rows, 2),
                            .edited_by = sql_text_dup(arena, rows, 3),
                            .edited_ms = sql_int(rows, 4)};
}

enum status store_minutes_versions(struct sql *sql, int64_t unit, int64_t dialogue,
                                   struct arena *arena, struct minutes_list *ret_list)
{
    int room = 16, count = 0;
    struct minutes *list = arena_array(arena, struct minutes, (size_t)room);
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[VERSIONS], SQL_ARGS(SQL_I(unit), SQL_I(dialogue)), &rows);
    while (sql_next(&rows)) {
        if (count == room) {
            struct minutes *grown = arena_array(arena, struct minutes, (size_t)room * 2);
            memcpy(grown, list, (size_t)room * sizeof(*list));
            list = grown;
            room *= 2;
        }
        list[count++] = read_minutes(arena, &rows);
    }
    *ret_list = (struct minutes_list){list, count};
    return sql_rows_done(&rows);
}

enum status store_minutes_rewrite(struct store_tx *tx, int64_t unit, int64_t dialogue,
                                  const struct minutes *m)
{
    return sql_exec(store_tx_sql(tx), &stmts[REWRITE],
                    SQL_ARGS(SQL_I(unit), SQL_I(dialogue), SQL_I(m->version), SQL_T(m->generated),
                             SQL_T(m->text)),
                    NULL);
}

enum status store_minutes_put_away(struct store_tx *tx, int64_t unit, int64_t dialogue,
                                   const struct minutes *m, int32_t day)
{
    ARENA arena = {0};
    struct minutes first;
    enum status status =
        store_minutes_put_away_load(store_tx_sql(tx), unit, dialogue, &arena, &first);
    if (status != STATUS_NOT_FOUND) return status;
    return sql_exec(store_tx_sql(tx), &stmts[PUT_AWAY],
                    SQL_ARGS(SQL_I(unit), SQL_I(dialogue), SQL_I(m->version), SQL_T(m->generated),
                             SQL_T(m->text), SQL_T(m->edited_by), SQL_I(m->edited_ms), SQL_I(day)),
                    NULL);
}

enum status store_minutes_put_away_load(struct sql *sql, int64_t unit, int64_t dialogue,
                                        struct arena *arena, struct minutes *ret_minutes)
{
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[PUT_AWAY_LOAD], SQL_ARGS(SQL_I(unit), SQL_I(dialogue)), &rows);
    bool found = sql_next(&rows);
    struct minutes m = found ? read_minutes(arena, &rows) : (struct minutes){0};
    enum status status = sql_rows_done(&rows);
    if (status == STATUS_OK && found) *ret_minutes = m;
    return status == STATUS_OK && !found ? STATUS_NOT_FOUND : status;
}

static enum status read_ids(struct sql_rows *rows, struct arena *arena, struct id_list *ret_list)
{
    size_t room = 16, count = 0;
    int64_t *ids = arena_array(arena, int64_t, room);
    while (sql_next(rows)) {
        if (count == room) {
            int64_t *grown = arena_array(arena, int64_t, room * 2);
            memcpy(grown, ids, room * sizeof(*ids));
            ids = grown;
            room *= 2;
        }
        ids[count++] = sql_int(rows, 0);
    }
    *ret_list = (struct id_list){ids, count};
    return sql_rows_done(rows);
}

enum status store_sealed_opinions(struct sql *sql, int64_t unit, int64_t dialogue,
                                  struct arena *arena, struct id_list *ret_list)
{
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[SEALED_IDS],
              SQL_ARGS(SQL_I(unit), SQL_I(dialogue), SQL_I(VISIBILITY_SEALED)), &rows);
    return read_ids(&rows, arena, ret_list);
}

enum status store_split_parts(struct sql *sql, int64_t unit, int64_t dialogue, int64_t whole,
                              struct arena *arena, struct id_list *ret_list)
{
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[PART_IDS], SQL_ARGS(SQL_I(unit), SQL_I(dialogue), SQL_I(whole)), &rows);
    return read_ids(&rows, arena, ret_list);
}
