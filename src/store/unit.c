// SPDX-License-Identifier: AGPL-3.0-or-later
// Settings, khóm, holidays and the head row, as rows.
#include "store/unit.h"

#include <string.h>

#include "store/rows.h"

enum {
    UNIT_INSERT,
    HEAD_INSERT,
    UNIT_BY_HOST,
    UNIT_FIRST_TWO,
    UNIT_AFTER,
    UNIT_HOST_WRITE,
    HEAD_MARKS,
    HEAD_LOCK,
    HEAD_READ,
    HEAD_WRITE,
    SETTINGS,
    SETTING_WRITE,
    KHOMS,
    KHOM_WRITE,
    HOLIDAYS,
    HOLIDAY_WRITE,
    HOLIDAY_DELETE,
    STMT_COUNT
};

#define HEAD_COLUMNS "entry, hash, sealed_entry, sealed_hash, sealed_anchor, opinion, config"

static const struct sql_stmt stmts[STMT_COUNT] = {
    [UNIT_INSERT] = {"unit_insert",
                     "INSERT INTO unit (unit_id, host, created_ms) VALUES ($1, $2, $3)", "iti"},
    [HEAD_INSERT] = {"head_insert",
                     "INSERT INTO unit_head (unit_id, entry, hash, sealed_entry, sealed_hash, "
                     "sealed_anchor, opinion, config) "
                     "VALUES ($1, 0, $2, 0, $2, 0, 0, 1)",
                     "ib"},
    [UNIT_BY_HOST] = {"unit_by_host", "SELECT unit_id FROM unit WHERE host = $1", "t"},
    [UNIT_FIRST_TWO] = {"unit_first_two", "SELECT unit_id FROM unit ORDER BY unit_id LIMIT 2", ""},
    [UNIT_AFTER] = {"unit_after",
                    "SELECT unit_id, host FROM unit WHERE unit_id > $1 ORDER BY unit_id LIMIT 1",
                    "i"},
    [UNIT_HOST_WRITE] = {"unit_host_write", "UPDATE unit SET host = $2 WHERE unit_id = $1", "it"},
    [HEAD_MARKS] = {"head_marks",
                    "SELECT unit_id, entry, sealed_entry FROM unit_head WHERE unit_id > $1 "
                    "ORDER BY unit_id LIMIT $2",
                    "ii"},
    [HEAD_LOCK] = {"head_lock",
                   "UPDATE unit_head SET entry = entry WHERE unit_id = $1 RETURNING " HEAD_COLUMNS,
                   "i"},
    [HEAD_READ] = {"head_read", "SELECT " HEAD_COLUMNS " FROM unit_head WHERE unit_id = $1", "i"},
    [HEAD_WRITE] =
        {"head_write",
         "UPDATE unit_head SET entry = $2, hash = $3, sealed_entry = $4, sealed_hash = $5, "
         "sealed_anchor = $6, opinion = $7, config = $8 WHERE unit_id = $1",
         "iibibiii"},
    [SETTINGS] = {"settings", "SELECT name, value FROM setting WHERE unit_id = $1 ORDER BY name",
                  "i"},
    [SETTING_WRITE] = {"setting_write",
                       "INSERT INTO setting (unit_id, name, value) VALUES ($1, $2, $3) "
                       "ON CONFLICT (unit_id, name) DO UPDATE SET value = excluded.value",
                       "itt"},
    [KHOMS] = {"khoms", "SELECT khom, name, quota FROM khom WHERE unit_id = $1 ORDER BY khom", "i"},
    [KHOM_WRITE] =
        {"khom_write",
         "INSERT INTO khom (unit_id, khom, name, quota) VALUES ($1, $2, $3, $4) "
         "ON CONFLICT (unit_id, khom) DO UPDATE SET name = excluded.name, quota = excluded.quota",
         "iiti"},
    [HOLIDAYS] =
        {"holidays",
         "SELECT day, kind, confirmed, name, source FROM holiday WHERE unit_id = $1 ORDER BY day",
         "i"},
    [HOLIDAY_WRITE] =
        {"holiday_write",
         "INSERT INTO holiday (unit_id, day, kind, confirmed, name, source) "
         "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (unit_id, day) DO UPDATE SET "
         "kind = excluded.kind, confirmed = excluded.confirmed, name = excluded.name, "
         "source = excluded.source",
         "iiiitt"},
    [HOLIDAY_DELETE] = {"holiday_delete", "DELETE FROM holiday WHERE unit_id = $1 AND day = $2",
                        "ii"},
};
SQL_STMTS(unit, stmts);

enum status store_unit_create(struct store_tx *tx, int64_t unit, const char *host, int64_t now_ms)
{
    static const unsigned char zero[HASH_BYTES];
    struct sql *sql = store_tx_sql(tx);
    enum status status =
        sql_exec(sql, &stmts[UNIT_INSERT], SQL_ARGS(SQL_I(unit), SQL_T(host), SQL_I(now_ms)), NULL);
    if (status != STATUS_OK) return status;
    return sql_exec(sql, &stmts[HEAD_INSERT], SQL_ARGS(SQL_I(unit), SQL_B(zero, sizeof(zero))),
                    NULL);
}

enum status store_unit_of_host(struct sql *sql, const char *host, int64_t *ret_unit)
{
    enum status status = STATUS_NOT_FOUND;
    if (*host != 0)
        status = sql_one_int(sql, &stmts[UNIT_BY_HOST], SQL_ARGS(SQL_T(host)), ret_unit);
    if (status != STATUS_NOT_FOUND) return status;
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[UNIT_FIRST_TWO], SQL_NO_ARGS, &rows);
    int count = 0;
    int64_t first = 0;
    for (; sql_next(&rows); count++)
        if (count == 0) first = sql_int(&rows, 0);
    status = sql_rows_done(&rows);
    if (status != STATUS_OK) return status;
    if (count != 1) return STATUS_NOT_FOUND;
    *ret_unit = first;
    return STATUS_OK;
}

enum status store_unit_after(struct sql *sql, int64_t after, struct arena *arena,
                             struct unit_row *ret_row)
{
    SQL_ROWS rows = {0};
    struct unit_row row = {0};
    sql_query(sql, &stmts[UNIT_AFTER], SQL_ARGS(SQL_I(after)), &rows);
    bool found = sql_next(&rows);
    if (found) {
        row = (struct unit_row){sql_int(&rows, 0), sql_text_dup(arena, &rows, 1)};
        while (sql_next(&rows)) {
        }
    }
    enum status status = sql_rows_done(&rows);
    if (status == STATUS_OK && found) *ret_row = row;
    return status == STATUS_OK && !found ? STATUS_NOT_FOUND : status;
}

enum status store_unit_host_write(struct store_tx *tx, int64_t unit, const char *host)
{
    int64_t changed = 0;
    enum status status = sql_exec(store_tx_sql(tx), &stmts[UNIT_HOST_WRITE],
                                  SQL_ARGS(SQL_I(unit), SQL_T(host)), &changed);
    return status == STATUS_OK && changed == 0 ? STATUS_NOT_FOUND : status;
}

enum status store_head_marks(struct sql *sql, int64_t after, struct arena *arena,
                             struct head_marks *ret_marks)
{
    struct head_mark *list = arena_array(arena, struct head_mark, HEAD_MARKS_PAGE);
    int count = 0;
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[HEAD_MARKS], SQL_ARGS(SQL_I(after), SQL_I(HEAD_MARKS_PAGE)), &rows);
    while (sql_next(&rows))
        list[count++] = (struct head_mark){sql_int(&rows, 0), sql_int(&rows, 1), sql_int(&rows, 2)};
    *ret_marks = (struct head_marks){list, count};
    return sql_rows_done(&rows);
}

static enum status head_of(struct sql *sql, int stmt, int64_t unit, struct unit_head *ret_head)
{
    struct unit_head head = {0};
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[stmt], SQL_ARGS(SQL_I(unit)), &rows);
    bool found = sql_next(&rows);
    if (found) {
        head.entry = sql_int(&rows, 0);
        struct sql_bytes hash = sql_blob(&rows, 1);
        head.sealed_entry = sql_int(&rows, 2);
        struct sql_bytes sealed = sql_blob(&rows, 3);
        if (hash.len == HASH_BYTES) memcpy(head.hash, hash.p, HASH_BYTES);
        if (sealed.len == HASH_BYTES) memcpy(head.sealed_hash, sealed.p, HASH_BYTES);
        head.sealed_anchor = sql_int(&rows, 4);
        head.opinion = sql_int(&rows, 5);
        head.config = sql_int(&rows, 6);
        while (sql_next(&rows)) {
        }
    }
    enum status status = sql_rows_done(&rows);
    if (status == STATUS_OK && found) *ret_head = head;
    return status == STATUS_OK && !found ? STATUS_NOT_FOUND : status;
}

enum status store_head_lock(struct store_tx *tx, int64_t unit, struct unit_head *ret_head)
{
    return head_of(store_tx_sql(tx), HEAD_LOCK, unit, ret_head);
}

enum status store_head_read(struct sql *sql, int64_t unit, struct unit_head *ret_head)
{
    return head_of(sql, HEAD_READ, unit, ret_head);
}

enum status store_head_write(struct store_tx *tx, int64_t unit, const struct unit_head *head)
{
    return sql_exec(store_tx_sql(tx), &stmts[HEAD_WRITE],
                    SQL_ARGS(SQL_I(unit), SQL_I(head->entry), SQL_B(head->hash, HASH_BYTES),
                             SQL_I(head->sealed_entry), SQL_B(head->sealed_hash, HASH_BYTES),
                             SQL_I(head->sealed_anchor), SQL_I(head->opinion), SQL_I(head->config)),
                    NULL);
}

enum { LIST_MAX = 2000 }; // rows of any of these small tables; a ward has some dozens

enum status store_settings(struct sql *sql, int64_t unit, struct arena *arena,
                           struct setting_list *ret_list)
{
    struct setting *list = arena_array(arena, struct setting, LIST_MAX / 10);
    int count = 0;
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[SETTINGS], SQL_ARGS(SQL_I(unit)), &rows);
    while (count < LIST_MAX / 10 && sql_next(&rows)) {
        list[count].name = sql_text_dup(arena, &rows, 0);
        list[count++].value = sql_text_dup(arena, &rows, 1);
    }
    *ret_list = (struct setting_list){list, count};
    return sql_rows_done(&rows);
}

const char *setting_of(const struct setting_list *list, const char *name, const char *otherwise)
{
    for (int i = 0; i < list->count; i++)
        if (strcmp(list->rows[i].name, name) == 0) return list->rows[i].value;
    return otherwise;
}

enum status store_setting_write(struct store_tx *tx, int64_t unit, const char *name,
                                const char *value)
{
    return sql_exec(store_tx_sql(tx), &stmts[SETTING_WRITE],
                    SQL_ARGS(SQL_I(unit), SQL_T(name), SQL_T(value)), NULL);
}

enum status store_khoms(struct sql *sql, int64_t unit, struct arena *arena,
                        struct khom_list *ret_list)
{
    enum { MOST = 200 };
    struct khom *list = arena_array(arena, struct khom, MOST);
    int count = 0;
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[KHOMS], SQL_ARGS(SQL_I(unit)), &rows);
    while (count < MOST && sql_next(&rows)) {
        list[count].khom = (int)sql_int(&rows, 0);
        list[count].name = sql_text_dup(arena, &rows, 1);
        list[count++].quota = (int)sql_int(&rows, 2);
    }
    *ret_list = (struct khom_list){list, count};
    return sql_rows_done(&rows);
}

enum status store_khom_write(struct store_tx *tx, int64_t unit, const struct khom *khom)
{
    return sql_exec(store_tx_sql(tx), &stmts[KHOM_WRITE],
                    SQL_ARGS(SQL_I(unit), SQL_I(khom->khom), SQL_T(khom->name), SQL_I(khom->quota)),
                    NULL);
}

enum status store_calendar(struct sql *sql, int64_t unit, struct arena *arena,
                           struct calendar *ret_calendar)
{
    ARENA scratch = {0}; // what is kept for as long as the program runs takes no more than it needs
    struct calendar_day *days = arena_array(&scratch, struct calendar_day, LIST_MAX);
    size_t count = 0;
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[HOLIDAYS], SQL_ARGS(SQL_I(unit)), &rows);
    while (count < LIST_MAX && sql_next(&rows)) {
        struct calendar_day *day = &days[count++];
        day->day = (int32_t)sql_int(&rows, 0);
        day->kind = (enum calendar_kind)sql_int(&rows, 1);
        day->confirmed = sql_int(&rows, 2) != 0;
        day->name = sql_text_dup(arena, &rows, 3);
        day->source = sql_text_dup(arena, &rows, 4);
    }
    *ret_calendar = (struct calendar){arena_memdup(arena, days, count * sizeof(*days)), count};
    return sql_rows_done(&rows);
}

enum status store_holiday_write(struct store_tx *tx, int64_t unit, const struct calendar_day *day)
{
    return sql_exec(store_tx_sql(tx), &stmts[HOLIDAY_WRITE],
                    SQL_ARGS(SQL_I(unit), SQL_I(day->day), SQL_I((int64_t)day->kind),
                             SQL_I(day->confirmed), SQL_T(day->name), SQL_T(day->source)),
                    NULL);
}

enum status store_holiday_delete(struct store_tx *tx, int64_t unit, int32_t day)
{
    return sql_exec(store_tx_sql(tx), &stmts[HOLIDAY_DELETE], SQL_ARGS(SQL_I(unit), SQL_I(day)),
                    NULL);
}
