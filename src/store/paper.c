// SPDX-License-Identifier: AGPL-3.0-or-later
// Texts of reports and the log of hand-overs as rows.
#include "store/paper.h"

#include <string.h>

#include "store/rows.h"

enum { TEXTS, TEXT_WRITE, LIST, LAST, INSERT, STRIKE, STMT_COUNT };

enum { DISPATCHES_MAX = 200 };

static const struct sql_stmt stmts[STMT_COUNT] = {
    [TEXTS] =
        {"dialogue_texts",
         "SELECT name, version, text, edited_by, edited_ms, salt FROM dialogue_text WHERE unit_id "
         "= $1 AND dialogue_id = $2 ORDER BY name",
         "ii"},
    [TEXT_WRITE] =
        {"dialogue_text_write",
         "INSERT INTO dialogue_text (unit_id, dialogue_id, name, version, text, "
         "edited_by, edited_ms, salt) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT "
         "(unit_id, dialogue_id, name) DO UPDATE SET version = excluded.version, text = "
         "excluded.text, edited_by = excluded.edited_by, edited_ms = excluded.edited_ms, salt = "
         "excluded.salt",
         "iiiittib"},
    [LIST] =
        {"dispatches",
         "SELECT dispatch, version, type, recipient, day, receiver, note, added_by, at_ms, "
         "struck, salt FROM dispatch WHERE unit_id = $1 AND dialogue_id = $2 ORDER BY dispatch "
         "LIMIT $3",
         "iii"},
    [LAST] = {"dispatch_last",
              "SELECT coalesce(max(dispatch), 0) FROM dispatch WHERE unit_id = $1 AND dialogue_id "
              "= $2",
              "ii"},
    [INSERT] =
        {"dispatch_insert",
         "INSERT INTO dispatch (unit_id, dialogue_id, dispatch, version, type, recipient, "
         "day, receiver, note, added_by, at_ms, struck, salt) VALUES ($1, $2, $3, $4, $5, $6, $7, "
         "$8, $9, $10, $11, 0, $12)",
         "iiiittitttib"},
    [STRIKE] =
        {"dispatch_strike",
         "UPDATE dispatch SET struck = 1, version = version + 1, salt = $4 WHERE unit_id = $1 AND "
         "dialogue_id = $2 AND dispatch = $3 AND struck = 0",
         "iiib"},
};
SQL_STMTS(paper, stmts);

const char *const paper_text_codes[PAPER_TEXT_COUNT] = {
    [PAPER_ECONOMY] = "economy", [PAPER_MILITARY] = "military",     [PAPER_SECURITY] = "security",
    [PAPER_OTHER] = "other",     [PAPER_ASSESSMENT] = "assessment", [PAPER_PROPOSALS] = "proposals",
};

enum status store_dialogue_texts(struct sql *sql, int64_t unit, int64_t dialogue,
                                 struct arena *arena, struct dialogue_texts *ret_texts)
{
    struct dialogue_texts texts;
    for (int i = 0; i < PAPER_TEXT_COUNT; i++)
        texts.at[i] = (struct dialogue_text){.text = "", .edited_by = ""};
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[TEXTS], SQL_ARGS(SQL_I(unit), SQL_I(dialogue)), &rows);
    while (sql_next(&rows)) {
        int64_t name = sql_int(&rows, 0);
        if (name < 0 || name >= PAPER_TEXT_COUNT) continue;
        texts.at[name] = (struct dialogue_text){.version = sql_int(&rows, 1),
                                                .text = sql_text_dup(arena, &rows, 2),
                                                .edited_by = sql_text_dup(arena, &rows, 3),
                                                .edited_ms = sql_int(&rows, 4)};
        sql_salt(&rows, 5, texts.at[name].salt);
    }
    *ret_texts = texts;
    return sql_rows_done(&rows);
}

enum status store_dialogue_text_write(struct store_tx *tx, int64_t unit, int64_t dialogue,
                                      enum paper_text name, const struct dialogue_text *text)
{
    return sql_exec(store_tx_sql(tx), &stmts[TEXT_WRITE],
                    SQL_ARGS(SQL_I(unit), SQL_I(dialogue), SQL_I((int64_t)name),
                             SQL_I(text->version), SQL_T(text->text), SQL_T(text->edited_by),
                             SQL_I(text->edited_ms), SQL_B(text->salt, SALT_BYTES)),
                    NULL);
}

enum status store_dispatches(struct sql *sql, int64_t unit, int64_t dialogue, struct arena *arena,
                             struct dispatch_list *ret_list)
{
    struct dispatch *list = arena_array(arena, struct dispatch, DISPATCHES_MAX);
    int count = 0;
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[LIST], SQL_ARGS(SQL_I(unit), SQL_I(dialogue), SQL_I(DISPATCHES_MAX)),
              &rows);
    while (count < DISPATCHES_MAX && sql_next(&rows)) {
        list[count] = (struct dispatch){.id = sql_int(&rows, 0),
                                        .version = sql_int(&rows, 1),
                                        .type = sql_text_dup(arena, &rows, 2),
                                        .recipient = sql_text_dup(arena, &rows, 3),
                                        .day = (int32_t)sql_int(&rows, 4),
                                        .receiver = sql_text_dup(arena, &rows, 5),
                                        .note = sql_text_dup(arena, &rows, 6),
                                        .added_by = sql_text_dup(arena, &rows, 7),
                                        .at_ms = sql_int(&rows, 8),
                                        .struck = sql_int(&rows, 9) != 0};
        sql_salt(&rows, 10, list[count++].salt);
    }
    *ret_list = (struct dispatch_list){list, count};
    return sql_rows_done(&rows);
}

enum status store_dispatch_insert(struct store_tx *tx, int64_t unit, int64_t dialogue,
                                  struct dispatch *d)
{
    struct sql *sql = store_tx_sql(tx);
    int64_t last = 0;
    enum status status =
        sql_one_int(sql, &stmts[LAST], SQL_ARGS(SQL_I(unit), SQL_I(dialogue)), &last);
    if (status != STATUS_OK) return status;
    d->id = last + 1;
    d->version = 1;
    return sql_exec(sql, &stmts[INSERT],
                    SQL_ARGS(SQL_I(unit), SQL_I(dialogue), SQL_I(d->id), SQL_I(d->version),
                             SQL_T(d->type), SQL_T(d->recipient), SQL_I((int64_t)d->day),
                             SQL_T(d->receiver), SQL_T(d->note), SQL_T(d->added_by),
                             SQL_I(d->at_ms), SQL_B(d->salt, SALT_BYTES)),
                    NULL);
}

enum status store_dispatch_strike(struct store_tx *tx, int64_t unit, int64_t dialogue,
                                  const struct dispatch *d)
{
    int64_t changed = 0;
    enum status status = sql_exec(
        store_tx_sql(tx), &stmts[STRIKE],
        SQL_ARGS(SQL_I(unit), SQL_I(dialogue), SQL_I(d->id), SQL_B(d->salt, SALT_BYTES)), &changed);
    return status == STATUS_OK && changed != 1 ? STATUS_NOT_FOUND : status;
}

int32_t dispatch_day(const struct dispatch_list *list, const char *type)
{
    int32_t day = DAY_NONE;
    for (int i = 0; i < list->count; i++) {
        const struct dispatch *d = &list->rows[i];
        bool stands = !d->struck && strcmp(d->type, type) == 0;
        if (stands && (day == DAY_NONE || d->day < day)) day = d->day;
    }
    return day;
}
