// SPDX-License-Identifier: AGPL-3.0-or-later
// Invitees as rows.
#include "store/invitee.h"

#include <string.h>

#include "store/rows.h"

#define COLUMNS                                                                                \
    "invitee, version, name, title, username, part, khom, walk_in, consent, added_by, at_ms, " \
    "delivered_ms, delivered_by, proof_kind, proof, absence, arrived_ms, arrived_by, struck, " \
    "forgotten_ms, salt"

enum { PAGE, BY_ID, LAST, INSERT, UPDATE, STMT_COUNT };

static const struct sql_stmt stmts[STMT_COUNT] = {
    [PAGE] = {"invitee_page",
              "SELECT " COLUMNS " FROM invitee WHERE unit_id = $1 AND dialogue_id = $2 AND "
              "invitee > $3 ORDER BY invitee LIMIT $4",
              "iiii"},
    [BY_ID] = {"invitee_by_id",
               "SELECT " COLUMNS " FROM invitee WHERE unit_id = $1 AND dialogue_id = $2 AND "
               "invitee = $3",
               "iii"},
    [LAST] = {"invitee_last",
              "SELECT coalesce(max(invitee), 0) FROM invitee WHERE unit_id = $1 AND dialogue_id = "
              "$2",
              "ii"},
    [INSERT] = {"invitee_insert",
                "INSERT INTO invitee (unit_id, dialogue_id, " COLUMNS ") VALUES ($1, $2, $3, $4, "
                "$5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, "
                "$22, $23)",
                "iiiitttiiiitiititt"
                "itiib"},
    [UPDATE] =
        {"invitee_update",
         "UPDATE invitee SET version = $4, name = $5, title = $6, username = $7, part = $8, "
         "khom = $9, walk_in = $10, consent = $11, added_by = $12, at_ms = $13, "
         "delivered_ms = $14, delivered_by = $15, proof_kind = $16, proof = $17, absence = "
         "$18, arrived_ms = $19, arrived_by = $20, struck = $21, forgotten_ms = $22, salt = $23 "
         "WHERE unit_id = $1 AND dialogue_id = $2 AND invitee = $3",
         "iiiitttiiiitiititt"
         "itiib"},
};
SQL_STMTS(invitee, stmts);

static void read_row(struct arena *arena, const struct sql_rows *rows, struct invitee *i)
{
    *i = (struct invitee){.id = sql_int(rows, 0),
                          .version = sql_int(rows, 1),
                          .name = sql_text_dup(arena, rows, 2),
                          .title = sql_text_dup(arena, rows, 3),
                          .username = sql_text_dup(arena, rows, 4),
                          .part = (enum attend_part)sql_int(rows, 5),
                          .khom = (int)sql_int(rows, 6),
                          .walk_in = sql_int(rows, 7) != 0,
                          .consent = sql_int(rows, 8) != 0,
                          .added_by = sql_text_dup(arena, rows, 9),
                          .at_ms = sql_int(rows, 10),
                          .delivered_ms = sql_int(rows, 11),
                          .delivered_by = sql_text_dup(arena, rows, 12),
                          .proof_kind = (enum proof_kind)sql_int(rows, 13),
                          .proof = sql_text_dup(arena, rows, 14),
                          .absence = sql_text_dup(arena, rows, 15),
                          .arrived_ms = sql_int(rows, 16),
                          .arrived_by = sql_text_dup(arena, rows, 17),
                          .struck = sql_int(rows, 18) != 0,
                          .forgotten_ms = sql_int(rows, 19)};
    sql_salt(rows, 20, i->salt);
}

enum status store_invitee_page(struct sql *sql, int64_t unit, int64_t dialogue,
                               struct invitee_page page, struct arena *arena,
                               struct invitee_list *ret_list)
{
    int room = 64, count = 0;
    struct invitee *list = arena_array(arena, struct invitee, (size_t)room);
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[PAGE],
              SQL_ARGS(SQL_I(unit), SQL_I(dialogue), SQL_I(page.after), SQL_I(page.limit)), &rows);
    while (sql_next(&rows)) {
        if (count == room) {
            struct invitee *grown = arena_array(arena, struct invitee, (size_t)room * 2);
            memcpy(grown, list, (size_t)room * sizeof(*list));
            list = grown;
            room *= 2;
        }
        read_row(arena, &rows, &list[count++]);
    }
    *ret_list = (struct invitee_list){list, count};
    return sql_rows_done(&rows);
}

enum status store_invitees(struct sql *sql, int64_t unit, int64_t dialogue, struct arena *arena,
                           struct invitee_list *ret_list)
{
    return store_invitee_page(sql, unit, dialogue, (struct invitee_page){0, INVITEES_MAX}, arena,
                              ret_list);
}

enum status store_invitee_load(struct sql *sql, int64_t unit, int64_t dialogue, int64_t id,
                               struct arena *arena, struct invitee *ret_invitee)
{
    struct invitee i;
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[BY_ID], SQL_ARGS(SQL_I(unit), SQL_I(dialogue), SQL_I(id)), &rows);
    bool found = sql_next(&rows);
    if (found) read_row(arena, &rows, &i);
    enum status status = sql_rows_done(&rows);
    if (status == STATUS_OK && found) *ret_invitee = i;
    return status == STATUS_OK && !found ? STATUS_NOT_FOUND : status;
}

static enum status write_row(struct sql *sql, int stmt, int64_t unit, int64_t dialogue,
                             const struct invitee *i)
{
    int64_t changed = 0;
    enum status status = sql_exec(
        sql, &stmts[stmt],
        SQL_ARGS(SQL_I(unit), SQL_I(dialogue), SQL_I(i->id), SQL_I(i->version), SQL_T(i->name),
                 SQL_T(i->title), SQL_T(i->username), SQL_I((int64_t)i->part),
                 SQL_I((int64_t)i->khom), SQL_I(i->walk_in), SQL_I(i->consent), SQL_T(i->added_by),
                 SQL_I(i->at_ms), SQL_I(i->delivered_ms), SQL_T(i->delivered_by),
                 SQL_I((int64_t)i->proof_kind), SQL_T(i->proof), SQL_T(i->absence),
                 SQL_I(i->arrived_ms), SQL_T(i->arrived_by), SQL_I(i->struck),
                 SQL_I(i->forgotten_ms), SQL_B(i->salt, SALT_BYTES)),
        &changed);
    return status == STATUS_OK && changed != 1 ? STATUS_NOT_FOUND : status;
}

enum status store_invitee_insert(struct store_tx *tx, int64_t unit, int64_t dialogue,
                                 struct invitee *i)
{
    struct sql *sql = store_tx_sql(tx);
    int64_t last = 0;
    enum status status =
        sql_one_int(sql, &stmts[LAST], SQL_ARGS(SQL_I(unit), SQL_I(dialogue)), &last);
    if (status != STATUS_OK) return status;
    i->id = last + 1;
    return write_row(sql, INSERT, unit, dialogue, i);
}

enum status store_invitee_update(struct store_tx *tx, int64_t unit, int64_t dialogue,
                                 const struct invitee *i)
{
    return write_row(store_tx_sql(tx), UPDATE, unit, dialogue, i);
}
