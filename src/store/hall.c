// SPDX-License-Identifier: AGPL-3.0-or-later
// The hall's own row, its turns and its intervals.
#include "store/hall.h"

#include <string.h>

#include "store/rows.h"

enum { HALL, TURNS, INTERVALS, HALL_WRITE, TURN_WRITE, INTERVAL_WRITE, STMT_COUNT };
enum { INTERVALS_MAX = 60000 };

static const struct sql_stmt stmts[STMT_COUNT] = {
    [HALL] = {"hall",
              "SELECT version, scene, scene_opinion, scene_text, list_closed, first_time, "
              "round_robin, turn_seconds, warn_seconds, authority_percent, step, turn, paused, "
              "undo_action, undo_turn, undo_before, undo_scene, undo_opinion, undo_text, salt, "
              "cleared, undo_cleared, topic FROM hall WHERE unit_id = $1 AND dialogue_id = $2",
              "ii"},
    [TURNS] =
        {"hall_turns",
         "SELECT turn, kind, state, side, ticket, name, username, khom, author_type, topic, "
         "opinion_id, extra_seconds, asked_ms, called_ms, ended_ms, name_state FROM hall_turn "
         "WHERE unit_id = $1 AND dialogue_id = $2 ORDER BY turn LIMIT $3",
         "iii"},
    [INTERVALS] = {"hall_intervals",
                   "SELECT number, side, turn, step, started_ms, ended_ms FROM hall_interval "
                   "WHERE unit_id = $1 AND dialogue_id = $2 ORDER BY number LIMIT $3",
                   "iii"},
    [HALL_WRITE] =
        {"hall_write",
         "INSERT INTO hall (unit_id, dialogue_id, version, scene, scene_opinion, scene_text, "
         "list_closed, first_time, round_robin, turn_seconds, warn_seconds, authority_percent, "
         "step, turn, paused, undo_action, undo_turn, undo_before, undo_scene, undo_opinion, "
         "undo_text, salt, cleared, undo_cleared, topic) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, "
         "$9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25) "
         "ON CONFLICT (unit_id, dialogue_id) DO UPDATE "
         "SET version = excluded.version, scene = excluded.scene, scene_opinion = "
         "excluded.scene_opinion, scene_text = excluded.scene_text, list_closed = "
         "excluded.list_closed, first_time = excluded.first_time, round_robin = "
         "excluded.round_robin, turn_seconds = excluded.turn_seconds, warn_seconds = "
         "excluded.warn_seconds, authority_percent = excluded.authority_percent, step = "
         "excluded.step, turn = excluded.turn, paused = excluded.paused, undo_action = "
         "excluded.undo_action, undo_turn = excluded.undo_turn, undo_before = "
         "excluded.undo_before, undo_scene = excluded.undo_scene, undo_opinion = "
         "excluded.undo_opinion, undo_text = excluded.undo_text, salt = excluded.salt, "
         "cleared = excluded.cleared, undo_cleared = excluded.undo_cleared, topic = excluded.topic",
         "iiiiitiiiiiiiiiiiiiitbiit"},
    [TURN_WRITE] =
        {"hall_turn_write",
         "INSERT INTO hall_turn (unit_id, dialogue_id, turn, kind, state, side, ticket, name, "
         "username, khom, author_type, topic, opinion_id, extra_seconds, asked_ms, called_ms, "
         "ended_ms, name_state) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, "
         "$14, $15, $16, $17, $18) ON CONFLICT (unit_id, dialogue_id, turn) DO UPDATE SET state = "
         "excluded.state, extra_seconds = excluded.extra_seconds, called_ms = "
         "excluded.called_ms, ended_ms = excluded.ended_ms, name = excluded.name, topic = "
         "excluded.topic, opinion_id = excluded.opinion_id, name_state = excluded.name_state",
         "iiiiiiittiitiiiiii"},
    [INTERVAL_WRITE] =
        {"hall_interval_write",
         "INSERT INTO hall_interval (unit_id, dialogue_id, number, side, turn, step, started_ms, "
         "ended_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (unit_id, dialogue_id, "
         "number) DO UPDATE SET side = excluded.side, turn = excluded.turn, step = "
         "excluded.step, ended_ms = excluded.ended_ms",
         "iiiiiiii"},
};
SQL_STMTS(hall, stmts);

static void read_hall(const struct sql_rows *rows, struct arena *arena, struct hall *h)
{
    h->version = sql_int(rows, 0);
    h->scene = (enum hall_scene)sql_int(rows, 1);
    h->scene_opinion = sql_int(rows, 2);
    h->scene_text = sql_text_dup(arena, rows, 3);
    h->list_closed = sql_int(rows, 4) != 0;
    h->first_time = sql_int(rows, 5) != 0;
    h->round_robin = sql_int(rows, 6) != 0;
    h->turn_seconds = (int)sql_int(rows, 7);
    h->warn_seconds = (int)sql_int(rows, 8);
    h->authority_percent = (int)sql_int(rows, 9);
    h->step = (int)sql_int(rows, 10);
    h->turn = sql_int(rows, 11);
    h->paused = sql_int(rows, 12) != 0;
    h->undo_action = (int)sql_int(rows, 13);
    h->undo_turn = sql_int(rows, 14);
    h->undo_before = sql_int(rows, 15);
    h->undo_scene = (enum hall_scene)sql_int(rows, 16);
    h->undo_opinion = sql_int(rows, 17);
    h->undo_text = sql_text_dup(arena, rows, 18);
    struct sql_bytes salt = sql_blob(rows, 19);
    memcpy(h->salt, salt.p, salt.len < sizeof(h->salt) ? salt.len : sizeof(h->salt));
    h->cleared = sql_int(rows, 20);
    h->undo_cleared = sql_int(rows, 21);
    h->topic = sql_text_dup(arena, rows, 22);
}

static enum status read_turns(struct sql *sql, struct sql_args args, struct arena *arena,
                              struct hall *h)
{
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[TURNS], args, &rows);
    while (sql_next(&rows)) {
        if (h->turn_count == h->turn_room) {
            int room = h->turn_room * 2 + 32;
            struct hall_turn *grown = arena_array(arena, struct hall_turn, (size_t)room);
            if (h->turn_count > 0) memcpy(grown, h->turns, (size_t)h->turn_count * sizeof(*grown));
            h->turns = grown;
            h->turn_room = room;
        }
        h->turns[h->turn_count++] = (struct hall_turn){
            .turn = sql_int(&rows, 0),
            .kind = (enum turn_kind)sql_int(&rows, 1),
            .state = (enum turn_state)sql_int(&rows, 2),
            .side = (enum floor_side)sql_int(&rows, 3),
            .ticket = sql_int(&rows, 4),
            .name = sql_text_dup(arena, &rows, 5),
            .username = sql_text_dup(arena, &rows, 6),
            .khom = (int)sql_int(&rows, 7),
            .author_type = (enum author_type)sql_int(&rows, 8),
            .topic = sql_text_dup(arena, &rows, 9),
            .opinion = sql_int(&rows, 10),
            .extra_seconds = (int)sql_int(&rows, 11),
            .asked_ms = sql_int(&rows, 12),
            .called_ms = sql_int(&rows, 13),
            .ended_ms = sql_int(&rows, 14),
            .name_state = (enum turn_name)sql_int(&rows, 15),
        };
    }
    return sql_rows_done(&rows);
}

static enum status read_intervals(struct sql *sql, struct sql_args args, struct arena *arena,
                                  struct hall *h)
{
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[INTERVALS], args, &rows);
    while (sql_next(&rows)) {
        if (h->interval_count == h->interval_room) {
            int room = h->interval_room * 2 + 32;
            struct hall_interval *grown = arena_array(arena, struct hall_interval, (size_t)room);
            if (h->interval_count > 0)
                memcpy(grown, h->intervals, (size_t)h->interval_count * sizeof(*grown));
            h->intervals = grown;
            h->interval_room = room;
        }
        h->intervals[h->interval_count++] =
            (struct hall_interval){.number = sql_int(&rows, 0),
                                   .side = (enum floor_side)sql_int(&rows, 1),
                                   .turn = sql_int(&rows, 2),
                                   .step = (int)sql_int(&rows, 3),
                                   .started_ms = sql_int(&rows, 4),
                                   .ended_ms = sql_int(&rows, 5)};
    }
    return sql_rows_done(&rows);
}

enum status store_hall_load(struct sql *sql, int64_t unit, int64_t dialogue, struct arena *arena,
                            struct hall *ret_hall)
{
    hall_init(ret_hall, dialogue);
    {
        SQL_ROWS rows = {0};
        sql_query(sql, &stmts[HALL], SQL_ARGS(SQL_I(unit), SQL_I(dialogue)), &rows);
        if (sql_next(&rows)) read_hall(&rows, arena, ret_hall);
        enum status status = sql_rows_done(&rows);
        if (status != STATUS_OK || ret_hall->version == 0) return status;
    }
    enum status status = read_turns(
        sql, SQL_ARGS(SQL_I(unit), SQL_I(dialogue), SQL_I(HALL_TURNS_MAX)), arena, ret_hall);
    if (status != STATUS_OK) return status;
    return read_intervals(sql, SQL_ARGS(SQL_I(unit), SQL_I(dialogue), SQL_I(INTERVALS_MAX)), arena,
                          ret_hall);
}

static enum status write_turn(struct sql *sql, int64_t unit, int64_t dialogue,
                              const struct hall_turn *t)
{
    return sql_exec(sql, &stmts[TURN_WRITE],
                    SQL_ARGS(SQL_I(unit), SQL_I(dialogue), SQL_I(t->turn), SQL_I((int64_t)t->kind),
                             SQL_I((int64_t)t->state), SQL_I((int64_t)t->side), SQL_I(t->ticket),
                             SQL_T(t->name), SQL_T(t->username), SQL_I(t->khom),
                             SQL_I((int64_t)t->author_type), SQL_T(t->topic), SQL_I(t->opinion),
                             SQL_I(t->extra_seconds), SQL_I(t->asked_ms), SQL_I(t->called_ms),
                             SQL_I(t->ended_ms), SQL_I((int64_t)t->name_state)),
                    NULL);
}

static enum status write_interval(struct sql *sql, int64_t unit, int64_t dialogue,
                                  const struct hall_interval *n)
{
    return sql_exec(sql, &stmts[INTERVAL_WRITE],
                    SQL_ARGS(SQL_I(unit), SQL_I(dialogue), SQL_I(n->number),
                             SQL_I((int64_t)n->side), SQL_I(n->turn), SQL_I(n->step),
                             SQL_I(n->started_ms), SQL_I(n->ended_ms)),
                    NULL);
}

enum status store_hall_write(struct store_tx *tx, int64_t unit, const struct hall *h)
{
    struct sql *sql = store_tx_sql(tx);
    enum status status = sql_exec(
        sql, &stmts[HALL_WRITE],
        SQL_ARGS(SQL_I(unit), SQL_I(h->dialogue), SQL_I(h->version), SQL_I((int64_t)h->scene),
                 SQL_I(h->scene_opinion), SQL_T(h->scene_text), SQL_I(h->list_closed),
                 SQL_I(h->first_time), SQL_I(h->round_robin), SQL_I(h->turn_seconds),
                 SQL_I(h->warn_seconds), SQL_I(h->authority_percent), SQL_I(h->step),
                 SQL_I(h->turn), SQL_I(h->paused), SQL_I(h->undo_action), SQL_I(h->undo_turn),
                 SQL_I(h->undo_before), SQL_I((int64_t)h->undo_scene), SQL_I(h->undo_opinion),
                 SQL_T(h->undo_text), SQL_B(h->salt, sizeof(h->salt)), SQL_I(h->cleared),
                 SQL_I(h->undo_cleared), SQL_T(h->topic)),
        NULL);
    for (int i = 0; status == STATUS_OK && i < h->turn_count; i++)
        if (h->turns[i].dirty) status = write_turn(sql, unit, h->dialogue, &h->turns[i]);
    for (int i = 0; status == STATUS_OK && i < h->interval_count; i++)
        if (h->intervals[i].dirty)
            status = write_interval(sql, unit, h->dialogue, &h->intervals[i]);
    return status;
}
