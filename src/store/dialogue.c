// SPDX-License-Identifier: AGPL-3.0-or-later
// Dialogues, their programme and their minutes, as rows.
#include "store/dialogue.h"

#include <string.h>

#include "store/rows.h"

#define COLUMNS                                                                              \
    "dialogue_id, version, state, title, place, planned, year, seats, profile, approved, "   \
    "number, symbol, issued_day, announced_ms, starts_at_ms, opinions_from_ms, "             \
    "opinions_until_ms, opened_ms, closed_ms, resumes_at_ms, results_ms, completed_ms, "     \
    "minutes_secretary_ms, minutes_chair_ms, reason, conclusion, chair, deputy, secretary, " \
    "second_reader"

enum {
    INSERT,
    UPDATE,
    BY_ID,
    LIST,
    LAST,
    OPEN_OPINIONS,
    OPINION_IDS,
    AGENDA,
    AGENDA_WRITE,
    AGENDA_TRIM,
    MINUTES,
    MINUTES_INSERT,
    STMT_COUNT
};

static const struct sql_stmt stmts[STMT_COUNT] = {
    [INSERT] =
        {"dialogue_insert",
         "INSERT INTO dialogue (unit_id, "
         "dialogue_id, version, state, title, place, planned, year, seats, profile, approved, "
         "number, symbol, issued_day, announced_ms, starts_at_ms, opinions_from_ms, "
         "opinions_until_ms, opened_ms, closed_ms, resumes_at_ms, results_ms, completed_ms, "
         "minutes_secretary_ms, minutes_chair_ms, reason, conclusion, chair, deputy, secretary, "
         "second_reader "
         ") VALUES ($1, "
         "$2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, "
         "$21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31 "
         ") ",
         "iiiitttiiiittiiiiiiiiiiiitttttt"},
    [UPDATE] =
        {"dialogue_update",
         "UPDATE dialogue SET "
         "version = $3, state = $4, title = $5, place = $6, planned = $7, year = $8, seats = $9, "
         "profile = $10, approved = $11, number = $12, symbol = $13, issued_day = $14, "
         "announced_ms = $15, starts_at_ms = $16, opinions_from_ms = $17, opinions_until_ms = $18, "
         "opened_ms = $19, closed_ms = $20, resumes_at_ms = $21, results_ms = $22, completed_ms = "
         "$23, minutes_secretary_ms = $24, minutes_chair_ms = $25, reason = $26, conclusion = $27, "
         "chair = $28, deputy = $29, secretary = $30, second_reader = $31 "
         "WHERE unit_id = $1 AND dialogue_id = $2 ",
         "iiiitttiiiittiiiiiiiiiiiitttttt"},
    [BY_ID] = {"dialogue_by_id",
               "SELECT " COLUMNS " FROM dialogue WHERE unit_id = $1 AND dialogue_id = $2", "ii"},
    [LIST] = {"dialogue_list",
              "SELECT " COLUMNS " FROM dialogue WHERE unit_id = $1 AND dialogue_id > $2 "
              "ORDER BY dialogue_id LIMIT $3",
              "iii"},
    [LAST] =
        {"dialogue_last",
         "SELECT dialogue_id FROM dialogue WHERE unit_id = $1 ORDER BY dialogue_id DESC LIMIT 1",
         "i"},
    [OPEN_OPINIONS] = {"dialogue_open_opinions",
                       "SELECT CAST(count(*) AS BIGINT) FROM opinion WHERE unit_id = $1 AND "
                       "dialogue_id = $2 AND state < $3",
                       "iii"},
    [OPINION_IDS] = {"dialogue_opinion_ids",
                     "SELECT opinion_id FROM opinion WHERE unit_id = $1 AND dialogue_id = $2 ORDER "
                     "BY opinion_id",
                     "ii"},
    [AGENDA] = {"agenda",
                "SELECT step, title, owner, minutes, side, started_ms, ended_ms FROM agenda_item "
                "WHERE unit_id = $1 AND dialogue_id = $2 ORDER BY step",
                "ii"},
    [AGENDA_TRIM] =
        {"agenda_trim",
         "DELETE FROM agenda_item WHERE unit_id = $1 AND dialogue_id = $2 AND step > $3", "iii"},
    [AGENDA_WRITE] = {"agenda_write",
                      "INSERT INTO agenda_item (unit_id, dialogue_id, step, title, owner, minutes, "
                      "side, started_ms, ended_ms) "
                      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (unit_id, "
                      "dialogue_id, step) DO UPDATE SET "
                      "title = excluded.title, owner = excluded.owner, minutes = excluded.minutes, "
                      "side = excluded.side, "
                      "started_ms = excluded.started_ms, ended_ms = excluded.ended_ms",
                      "iiittiiii"},
    [MINUTES] = {"minutes_latest",
                 "SELECT version, generated, text, edited_by, edited_ms FROM minutes "
                 "WHERE unit_id = $1 AND dialogue_id = $2 ORDER BY version DESC LIMIT 1",
                 "ii"},
    [MINUTES_INSERT] = {"minutes_insert",
                        "INSERT INTO minutes (unit_id, dialogue_id, version, generated, text, "
                        "edited_by, edited_ms) "
                        "VALUES ($1, $2, $3, $4, $5, $6, $7)",
                        "iiitt"
                        "ti"},
};
SQL_STMTS(dialogue, stmts);

static void read_dialogue(struct arena *arena, const struct sql_rows *rows, struct dialogue *d)
{
    d->id = sql_int(rows, 0);
    d->version = sql_int(rows, 1);
    d->state = (enum dialogue_state)sql_int(rows, 2);
    d->title = sql_text_dup(arena, rows, 3);
    d->place = sql_text_dup(arena, rows, 4);
    d->planned = sql_text_dup(arena, rows, 5);
    d->year = (int)sql_int(rows, 6);
    d->seats = (int)sql_int(rows, 7);
    d->profile = (enum deadline_profile)sql_int(rows, 8);
    d->approved = sql_int(rows, 9) != 0;
    d->number = sql_text_dup(arena, rows, 10);
    d->symbol = sql_text_dup(arena, rows, 11);
    d->issued_day = sql_day(rows, 12);
    d->announced_ms = sql_int(rows, 13);
    d->starts_at_ms = sql_int(rows, 14);
    d->opinions_from_ms = sql_int(rows, 15);
    d->opinions_until_ms = sql_int(rows, 16);
    d->opened_ms = sql_int(rows, 17);
    d->closed_ms = sql_int(rows, 18);
    d->resumes_at_ms = sql_int(rows, 19);
    d->results_ms = sql_int(rows, 20);
    d->completed_ms = sql_int(rows, 21);
    d->minutes_secretary_ms = sql_int(rows, 22);
    d->minutes_chair_ms = sql_int(rows, 23);
    d->reason = sql_text_dup(arena, rows, 24);
    d->conclusion = sql_text_dup(arena, rows, 25);
    d->appointed[APPOINT_CHAIR] = sql_text_dup(arena, rows, 26);
    d->appointed[APPOINT_DEPUTY] = sql_text_dup(arena, rows, 27);
    d->appointed[APPOINT_SECRETARY] = sql_text_dup(arena, rows, 28);
    d->appointed[APPOINT_SECOND_READER] = sql_text_dup(arena, rows, 29);
}

static enum status write_dialogue(struct sql *sql, int stmt, int64_t unit, const struct dialogue *d)
{
    int64_t changed = 0;
    enum status status = sql_exec(
        sql, &stmts[stmt],
        SQL_ARGS(SQL_I(unit), SQL_I((int64_t)d->id), SQL_I((int64_t)d->version),
                 SQL_I((int64_t)d->state), SQL_T(d->title), SQL_T(d->place), SQL_T(d->planned),
                 SQL_I((int64_t)d->year), SQL_I((int64_t)d->seats), SQL_I((int64_t)d->profile),
                 SQL_I((int64_t)d->approved), SQL_T(d->number), SQL_T(d->symbol),
                 SQL_DAY(d->issued_day), SQL_I((int64_t)d->announced_ms),
                 SQL_I((int64_t)d->starts_at_ms), SQL_I((int64_t)d->opinions_from_ms),
                 SQL_I((int64_t)d->opinions_until_ms), SQL_I((int64_t)d->opened_ms),
                 SQL_I((int64_t)d->closed_ms), SQL_I((int64_t)d->resumes_at_ms),
                 SQL_I((int64_t)d->results_ms), SQL_I((int64_t)d->completed_ms),
                 SQL_I((int64_t)d->minutes_secretary_ms), SQL_I((int64_t)d->minutes_chair_ms),
                 SQL_T(d->reason), SQL_T(d->conclusion), SQL_T(d->appointed[APPOINT_CHAIR]),
                 SQL_T(d->appointed[APPOINT_DEPUTY]), SQL_T(d->appointed[APPOINT_SECRETARY]),
                 SQL_T(d->appointed[APPOINT_SECOND_READER])),
        &changed);
    return status == STATUS_OK && changed != 1 ? STATUS_NOT_FOUND : status;
}

enum status store_dialogue_insert(struct store_tx *tx, int64_t unit, const struct dialogue *d)
{
    return write_dialogue(store_tx_sql(tx), INSERT, unit, d);
}

enum status store_dialogue_update(struct store_tx *tx, int64_t unit, const struct dialogue *d)
{
    return write_dialogue(store_tx_sql(tx), UPDATE, unit, d);
}

enum status store_dialogue_load(struct sql *sql, int64_t unit, int64_t id, struct arena *arena,
                                struct dialogue *ret_dialogue)
{
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[BY_ID], SQL_ARGS(SQL_I(unit), SQL_I(id)), &rows);
    struct dialogue d = {0};
    bool found = sql_next(&rows);
    if (found) read_dialogue(arena, &rows, &d);
    enum status status = sql_rows_done(&rows);
    if (status == STATUS_OK && found) *ret_dialogue = d;
    return status == STATUS_OK && !found ? STATUS_NOT_FOUND : status;
}

enum status store_dialogue_list(struct sql *sql, int64_t unit, int64_t after, int limit,
                                struct arena *arena, struct dialogue_list *ret_list)
{
    struct dialogue *list = arena_array(arena, struct dialogue, (size_t)limit);
    int count = 0;
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[LIST], SQL_ARGS(SQL_I(unit), SQL_I(after), SQL_I(limit)), &rows);
    while (count < limit && sql_next(&rows))
        read_dialogue(arena, &rows, &list[count++]);
    *ret_list = (struct dialogue_list){list, count};
    return sql_rows_done(&rows);
}

enum status store_dialogue_last(struct sql *sql, int64_t unit, int64_t *ret_id)
{
    enum status status = sql_one_int(sql, &stmts[LAST], SQL_ARGS(SQL_I(unit)), ret_id);
    if (status == STATUS_NOT_FOUND) *ret_id = 0;
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

enum status store_dialogue_count_open(struct sql *sql, int64_t unit, struct dialogue *d)
{
    int64_t open = 0;
    if (d->state != DIALOGUE_CLOSED) return STATUS_OK;
    enum status status =
        sql_one_int(sql, &stmts[OPEN_OPINIONS],
                    SQL_ARGS(SQL_I(unit), SQL_I(d->id), SQL_I(OPINION_CONCLUDED)), &open);
    if (status == STATUS_OK) d->open_opinions = open > INT32_MAX ? INT32_MAX : (int)open;
    return status;
}

enum status store_dialogue_opinion_ids(struct sql *sql, int64_t unit, int64_t id,
                                       struct arena *arena, struct id_list *ret_list)
{
    size_t room = 64, count = 0;
    int64_t *ids = arena_array(arena, int64_t, room);
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[OPINION_IDS], SQL_ARGS(SQL_I(unit), SQL_I(id)), &rows);
    while (sql_next(&rows)) {
        if (count == room) {
            int64_t *grown = arena_array(arena, int64_t, room * 2);
            memcpy(grown, ids, room * sizeof(*ids));
            ids = grown;
            room *= 2;
        }
        ids[count++] = sql_int(&rows, 0);
    }
    *ret_list = (struct id_list){ids, count};
    return sql_rows_done(&rows);
}

enum status store_agenda(struct sql *sql, int64_t unit, int64_t dialogue, struct arena *arena,
                         struct agenda *ret_agenda)
{
    enum { MOST = 50 };
    struct agenda_item *list = arena_array(arena, struct agenda_item, MOST);
    int count = 0;
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[AGENDA], SQL_ARGS(SQL_I(unit), SQL_I(dialogue)), &rows);
    while (count < MOST && sql_next(&rows)) {
        list[count++] = (struct agenda_item){.step = (int)sql_int(&rows, 0),
                                             .title = sql_text_dup(arena, &rows, 1),
                                             .owner = sql_text_dup(arena, &rows, 2),
                                             .minutes = (int)sql_int(&rows, 3),
                                             .side = (enum agenda_side)sql_int(&rows, 4),
                                             .started_ms = sql_int(&rows, 5),
                                             .ended_ms = sql_int(&rows, 6)};
    }
    *ret_agenda = (struct agenda){list, count};
    return sql_rows_done(&rows);
}

enum status store_agenda_trim(struct store_tx *tx, int64_t unit, int64_t dialogue, int last)
{
    return sql_exec(store_tx_sql(tx), &stmts[AGENDA_TRIM],
                    SQL_ARGS(SQL_I(unit), SQL_I(dialogue), SQL_I(last)), NULL);
}

enum status store_agenda_write(struct store_tx *tx, int64_t unit, int64_t dialogue,
                               const struct agenda_item *item)
{
    return sql_exec(store_tx_sql(tx), &stmts[AGENDA_WRITE],
                    SQL_ARGS(SQL_I(unit), SQL_I(dialogue), SQL_I(item->step), SQL_T(item->title),
                             SQL_T(item->owner), SQL_I(item->minutes), SQL_I((int64_t)item->side),
                             SQL_I(item->started_ms), SQL_I(item->ended_ms)),
                    NULL);
}

enum status store_minutes(struct sql *sql, int64_t unit, int64_t dialogue, struct arena *arena,
                          struct minutes *ret_minutes)
{
    SQL_ROWS rows = {0};
    struct minutes m = {0};
    sql_query(sql, &stmts[MINUTES], SQL_ARGS(SQL_I(unit), SQL_I(dialogue)), &rows);
    bool found = sql_next(&rows);
    if (found)
        m = (struct minutes){.version = sql_int(&rows, 0),
                             .generated = sql_text_dup(arena, &rows, 1),
                             .text = sql_text_dup(arena, &rows, 2),
                             .edited_by = sql_text_dup(arena, &rows, 3),
                             .edited_ms = sql_int(&rows, 4)};
    enum status status = sql_rows_done(&rows);
    if (status == STATUS_OK && found) *ret_minutes = m;
    return status == STATUS_OK && !found ? STATUS_NOT_FOUND : status;
}

enum status store_minutes_insert(struct store_tx *tx, int64_t unit, int64_t dialogue,
                                 const struct minutes *m)
{
    return sql_exec(store_tx_sql(tx), &stmts[MINUTES_INSERT],
                    SQL_ARGS(SQL_I(unit), SQL_I(dialogue), SQL_I(m->version), SQL_T(m->generated),
                             SQL_T(m->text), SQL_T(m->edited_by), SQL_I(m->edited_ms)),
                    NULL);
}
