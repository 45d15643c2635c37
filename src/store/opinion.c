// SPDX-License-Identifier: AGPL-3.0-or-later
// Opinions and what was added to them, as rows. No rule lives here: what is written was decided in
// domain/.
#include "store/opinion.h"

#include <string.h>

#include "store/rows.h"

#define COLUMNS                                                                              \
    "opinion_id, dialogue_id, version, state, kind, channel, wants, reply_by, scope, "       \
    "authority, about, visibility, field, khom, topic, named, content, author_type, "        \
    "author_name, organisation, phone, email, publish_name, receipt_hash, relayed, "         \
    "group_lead, split_from, before_call, before_close, close_version, floor, responsible, " \
    "responsible_is_body, due_rule, due_start, due_legal, due_safe, due_set_by_person, "     \
    "extended, round, verdict, outcome, window_end, created_ms, answered_ms, delivered_ms, " \
    "concluded_ms, created_by_staff, next_item, support, salt"
#define ITEM_COLUMNS                                                                          \
    "item, kind, status, entry, at_ms, actor, role, behalf, person, body, code, code2, day, " \
    "day2, ref, round, text, refs, proof, delivered_ms, salt"

enum { INSERT, UPDATE, BY_ID, ITEM_INSERT, ITEM_UPDATE, ITEMS, STMT_COUNT };

static const struct sql_stmt stmts[STMT_COUNT] = {
    [INSERT] =
        {"opinion_insert",
         "INSERT INTO opinion (unit_id, "
         "opinion_id, dialogue_id, version, state, kind, channel, wants, reply_by, scope, "
         "authority, about, visibility, field, khom, topic, named, content, author_type, "
         "author_name, organisation, phone, email, publish_name, receipt_hash, relayed, "
         "group_lead, split_from, before_call, before_close, close_version, floor, responsible, "
         "responsible_is_body, due_rule, due_start, due_legal, due_safe, due_set_by_person, "
         "extended, round, verdict, outcome, window_end, created_ms, answered_ms, delivered_ms, "
         "concluded_ms, created_by_staff, next_item, support, salt "
         ") VALUES ($1, "
         "$2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, "
         "$21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, "
         "$38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51, $52 "
         ") ",
         "iiiiiiiiiiiiiiitttittttibiiiiiittiiiiiiiiiiiiiiiiiib"},
    [UPDATE] =
        {"opinion_update",
         "UPDATE opinion SET "
         "dialogue_id = $3, version = $4, state = $5, kind = $6, channel = $7, wants = $8, "
         "reply_by = $9, scope = $10, authority = $11, about = $12, visibility = $13, field = $14, "
         "khom = $15, topic = $16, named = $17, content = $18, author_type = $19, author_name = "
         "$20, organisation = $21, phone = $22, email = $23, publish_name = $24, receipt_hash = "
         "$25, relayed = $26, group_lead = $27, split_from = $28, before_call = $29, before_close "
         "= $30, close_version = $31, floor = $32, responsible = $33, responsible_is_body = $34, "
         "due_rule = $35, due_start = $36, due_legal = $37, due_safe = $38, due_set_by_person = "
         "$39, extended = $40, round = $41, verdict = $42, outcome = $43, window_end = $44, "
         "created_ms = $45, answered_ms = $46, delivered_ms = $47, concluded_ms = $48, "
         "created_by_staff = $49, next_item = $50, support = $51, salt = $52 "
         "WHERE unit_id = $1 AND opinion_id = $2 ",
         "iiiiiiiiiiiiiiitttittttibiiiiiittiiiiiiiiiiiiiiiiiib"},
    [BY_ID] = {"opinion_by_id",
               "SELECT " COLUMNS " FROM opinion WHERE unit_id = $1 AND opinion_id = $2", "ii"},
    [ITEM_INSERT] =
        {"opinion_item_insert",
         "INSERT INTO opinion_item (unit_id, opinion_id, "
         "item, kind, status, entry, at_ms, actor, role, behalf, person, body, code, code2, day, "
         "day2, ref, round, text, refs, proof, delivered_ms, salt "
         ") VALUES ($1, $2, "
         "$3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, "
         "$22, $23 "
         ") ",
         "iiiiiiitiittiiiiiitttib"},
    [ITEM_UPDATE] = {"opinion_item_update",
                     "UPDATE opinion_item SET status = $4, text = $5, refs = $6, delivered_ms = $7 "
                     "WHERE unit_id = $1 AND opinion_id = $2 AND item = $3",
                     "iiiitti"},
    [ITEMS] = {"opinion_items",
               "SELECT " ITEM_COLUMNS " FROM opinion_item "
               "WHERE unit_id = $1 AND opinion_id = $2 ORDER BY item",
               "ii"},
};
SQL_STMTS(opinion, stmts);

const char store_opinion_columns[] = COLUMNS;

static void copy_blob(const struct sql_rows *rows, int column, unsigned char *to, size_t size)
{
    struct sql_bytes bytes = sql_blob(rows, column);
    memset(to, 0, size);
    if (bytes.len > 0) memcpy(to, bytes.p, bytes.len < size ? bytes.len : size);
}

void store_opinion_read(struct arena *arena, const struct sql_rows *rows, struct opinion *o)
{
    o->id = sql_int(rows, 0);
    o->dialogue = sql_int(rows, 1);
    o->version = sql_int(rows, 2);
    o->state = (enum opinion_state)sql_int(rows, 3);
    o->kind = (enum opinion_kind)sql_int(rows, 4);
    o->channel = (enum channel)sql_int(rows, 5);
    o->wants = (enum wants)sql_int(rows, 6);
    o->reply_by = (enum reply_by)sql_int(rows, 7);
    o->scope = (enum scope)sql_int(rows, 8);
    o->authority = (enum authority)sql_int(rows, 9);
    o->about = (enum about)sql_int(rows, 10);
    o->visibility = (enum visibility)sql_int(rows, 11);
    o->field = (enum field)sql_int(rows, 12);
    o->khom = (int)sql_int(rows, 13);
    o->topic = sql_text_dup(arena, rows, 14);
    o->named = sql_text_dup(arena, rows, 15);
    o->content = sql_text_dup(arena, rows, 16);
    o->author_type = (enum author_type)sql_int(rows, 17);
    o->name = sql_text_dup(arena, rows, 18);
    o->organisation = sql_text_dup(arena, rows, 19);
    o->phone = sql_text_dup(arena, rows, 20);
    o->email = sql_text_dup(arena, rows, 21);
    o->publish_name = sql_int(rows, 22) != 0;
    copy_blob(rows, 23, o->receipt_hash, sizeof(o->receipt_hash));
    o->relayed = sql_int(rows, 24) != 0;
    o->group_lead = sql_int(rows, 25);
    o->split_from = sql_int(rows, 26);
    o->before_call = (enum opinion_state)sql_int(rows, 27);
    o->before_close = (enum opinion_state)sql_int(rows, 28);
    o->close_version = sql_int(rows, 29);
    o->floor = sql_text_dup(arena, rows, 30);
    o->responsible = sql_text_dup(arena, rows, 31);
    o->responsible_is_body = sql_int(rows, 32) != 0;
    o->due_rule = (enum deadline_rule)sql_int(rows, 33);
    o->due_start = sql_day(rows, 34);
    o->due_legal = sql_day(rows, 35);
    o->due_safe = sql_day(rows, 36);
    o->due_set_by_person = sql_int(rows, 37) != 0;
    o->extended = sql_int(rows, 38) != 0;
    o->round = (int)sql_int(rows, 39);
    o->verdict = (enum verdict)sql_int(rows, 40);
    o->outcome = (enum outcome)sql_int(rows, 41);
    o->window_end = sql_day(rows, 42);
    o->created_ms = sql_int(rows, 43);
    o->answered_ms = sql_int(rows, 44);
    o->delivered_ms = sql_int(rows, 45);
    o->concluded_ms = sql_int(rows, 46);
    o->created_by_staff = sql_int(rows, 47) != 0;
    o->next_item = (int)sql_int(rows, 48);
    o->support = (int)sql_int(rows, 49);
    copy_blob(rows, 50, o->salt, sizeof(o->salt));
}

static enum status write_row(struct sql *sql, const struct sql_stmt *stmt, int64_t unit,
                             const struct opinion *o)
{
    int64_t changed = 0;
    enum status status = sql_exec(
        sql, stmt,
        SQL_ARGS(
            SQL_I(unit), SQL_I((int64_t)o->id), SQL_I((int64_t)o->dialogue),
            SQL_I((int64_t)o->version), SQL_I((int64_t)o->state), SQL_I((int64_t)o->kind),
            SQL_I((int64_t)o->channel), SQL_I((int64_t)o->wants), SQL_I((int64_t)o->reply_by),
            SQL_I((int64_t)o->scope), SQL_I((int64_t)o->authority), SQL_I((int64_t)o->about),
            SQL_I((int64_t)o->visibility), SQL_I((int64_t)o->field), SQL_I((int64_t)o->khom),
            SQL_T(o->topic), SQL_T(o->named), SQL_T(o->content), SQL_I((int64_t)o->author_type),
            SQL_T(o->name), SQL_T(o->organisation), SQL_T(o->phone), SQL_T(o->email),
            SQL_I((int64_t)o->publish_name), SQL_B(o->receipt_hash, sizeof(o->receipt_hash)),
            SQL_I((int64_t)o->relayed), SQL_I((int64_t)o->group_lead),
            SQL_I((int64_t)o->split_from), SQL_I((int64_t)o->before_call),
            SQL_I((int64_t)o->before_close), SQL_I((int64_t)o->close_version), SQL_T(o->floor),
            SQL_T(o->responsible), SQL_I((int64_t)o->responsible_is_body),
            SQL_I((int64_t)o->due_rule), SQL_DAY(o->due_start), SQL_DAY(o->due_legal),
            SQL_DAY(o->due_safe), SQL_I((int64_t)o->due_set_by_person), SQL_I((int64_t)o->extended),
            SQL_I((int64_t)o->round), SQL_I((int64_t)o->verdict), SQL_I((int64_t)o->outcome),
            SQL_DAY(o->window_end), SQL_I((int64_t)o->created_ms), SQL_I((int64_t)o->answered_ms),
            SQL_I((int64_t)o->delivered_ms), SQL_I((int64_t)o->concluded_ms),
            SQL_I((int64_t)o->created_by_staff), SQL_I((int64_t)o->next_item),
            SQL_I((int64_t)o->support), SQL_B(o->salt, sizeof(o->salt))),
        &changed);
    return status == STATUS_OK && changed != 1 ? STATUS_NOT_FOUND : status;
}

enum status store_opinion_insert(struct store_tx *tx, int64_t unit, const struct opinion *o)
{
    return write_row(store_tx_sql(tx), &stmts[INSERT], unit, o);
}

enum status store_opinion_update(struct store_tx *tx, int64_t unit, const struct opinion *o)
{
    return write_row(store_tx_sql(tx), &stmts[UPDATE], unit, o);
}

enum status store_opinion_load(struct sql *sql, int64_t unit, int64_t id, struct arena *arena,
                               struct opinion *ret_opinion)
{
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[BY_ID], SQL_ARGS(SQL_I(unit), SQL_I(id)), &rows);
    bool found = sql_next(&rows);
    if (found) store_opinion_read(arena, &rows, ret_opinion);
    enum status status = sql_rows_done(&rows);
    return status == STATUS_OK && !found ? STATUS_NOT_FOUND : status;
}

static void read_item(struct arena *arena, const struct sql_rows *rows, struct opinion_item *item)
{
    item->item = (int)sql_int(rows, 0);
    item->kind = (enum item_kind)sql_int(rows, 1);
    item->status = (enum item_status)sql_int(rows, 2);
    item->entry = sql_int(rows, 3);
    item->at_ms = sql_int(rows, 4);
    item->actor = sql_text_dup(arena, rows, 5);
    item->role = (enum role)sql_int(rows, 6);
    item->behalf = (enum on_behalf)sql_int(rows, 7);
    item->person = sql_text_dup(arena, rows, 8);
    item->body = sql_text_dup(arena, rows, 9);
    item->code = (int)sql_int(rows, 10);
    item->code2 = (int)sql_int(rows, 11);
    item->day = sql_day(rows, 12);
    item->day2 = sql_day(rows, 13);
    item->ref = (int)sql_int(rows, 14);
    item->round = (int)sql_int(rows, 15);
    item->text = sql_text_dup(arena, rows, 16);
    item->refs = sql_text_dup(arena, rows, 17);
    item->proof = sql_text_dup(arena, rows, 18);
    item->delivered_ms = sql_int(rows, 19);
    copy_blob(rows, 20, item->salt, sizeof(item->salt));
}

enum status store_opinion_items(struct sql *sql, int64_t unit, int64_t id, struct arena *arena,
                                struct opinion_items *ret_items)
{
    struct opinion_items items = {0};
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[ITEMS], SQL_ARGS(SQL_I(unit), SQL_I(id)), &rows);
    while (sql_next(&rows)) {
        if (items.count == items.room) {
            int room = items.room == 0 ? 16 : items.room * 2;
            struct opinion_item *grown = arena_array(arena, struct opinion_item, (size_t)room);
            if (items.count > 0) memcpy(grown, items.list, (size_t)items.count * sizeof(*grown));
            items.list = grown;
            items.room = room;
        }
        read_item(arena, &rows, &items.list[items.count++]);
    }
    *ret_items = items;
    return sql_rows_done(&rows);
}

static enum status insert_item(struct sql *sql, int64_t unit, int64_t opinion,
                               const struct opinion_item *item)
{
    return sql_exec(sql, &stmts[ITEM_INSERT],
                    SQL_ARGS(SQL_I(unit), SQL_I(opinion), SQL_I((int64_t)item->item),
                             SQL_I((int64_t)item->kind), SQL_I((int64_t)item->status),
                             SQL_I((int64_t)item->entry), SQL_I((int64_t)item->at_ms),
                             SQL_T(item->actor), SQL_I((int64_t)item->role),
                             SQL_I((int64_t)item->behalf), SQL_T(item->person), SQL_T(item->body),
                             SQL_I((int64_t)item->code), SQL_I((int64_t)item->code2),
                             SQL_DAY(item->day), SQL_DAY(item->day2), SQL_I((int64_t)item->ref),
                             SQL_I((int64_t)item->round), SQL_T(item->text), SQL_T(item->refs),
                             SQL_T(item->proof), SQL_I((int64_t)item->delivered_ms),
                             SQL_B(item->salt, sizeof(item->salt))),
                    NULL);
}

enum status store_opinion_items_write(struct store_tx *tx, int64_t unit, int64_t opinion,
                                      const struct opinion_item *list, int count)
{
    struct sql *sql = store_tx_sql(tx);
    for (int i = 0; i < count; i++) {
        const struct opinion_item *item = &list[i];
        enum status status = STATUS_OK;
        if (item->added)
            status = insert_item(sql, unit, opinion, item);
        else if (item->changed)
            status = sql_exec(sql, &stmts[ITEM_UPDATE],
                              SQL_ARGS(SQL_I(unit), SQL_I(opinion), SQL_I(item->item),
                                       SQL_I((int64_t)item->status), SQL_T(item->text),
                                       SQL_T(item->refs), SQL_I(item->delivered_ms)),
                              NULL);
        if (status != STATUS_OK) return status;
    }
    return STATUS_OK;
}
