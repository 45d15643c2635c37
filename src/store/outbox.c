// SPDX-License-Identifier: AGPL-3.0-or-later
// The outbox as rows.
#include "store/outbox.h"

#include "store/rows.h"

enum {
    LAST,
    INSERT,
    DUE,
    UNIT_DUE,
    LOAD,
    CLAIM,
    RELEASE,
    SETTLE,
    VOID_ITEM,
    WIPE,
    REDIRECT,
    FAILED,
    RETRY,
    COUNTS,
    STMT_COUNT
};

#define COLUMNS                                                                  \
    "message_id, opinion_id, item, transport, recipient, subject, body, state, " \
    "attempts, next_ms, sent_ms"

// States as numbers: 0 waiting, 1 sent, 2 failed, 3 void.
static const struct sql_stmt stmts[STMT_COUNT] = {
    [LAST] = {"outbox_last", "SELECT coalesce(max(message_id), 0) FROM outbox WHERE unit_id = $1",
              "i"},
    [INSERT] = {"outbox_insert",
                "INSERT INTO outbox (unit_id, message_id, opinion_id, item, transport, recipient, "
                "subject, body, state, attempts, next_ms, sent_ms) "
                "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, $9, 0)",
                "iiiiittti"},
    [DUE] = {"outbox_due",
             "SELECT " COLUMNS " FROM outbox WHERE unit_id = $1 AND state = 0 AND transport = $2 "
             "AND next_ms <= $3 ORDER BY next_ms, message_id LIMIT $4",
             "iiii"},
    [UNIT_DUE] = {"outbox_unit_due",
                  "SELECT u.unit_id FROM unit u WHERE u.unit_id > $1 AND EXISTS (SELECT 1 FROM "
                  "outbox o WHERE o.unit_id = u.unit_id AND o.state = 0 AND o.transport = $2 AND "
                  "o.next_ms <= $3) ORDER BY u.unit_id LIMIT 1",
                  "iii"},
    [LOAD] = {"outbox_load",
              "SELECT " COLUMNS " FROM outbox WHERE unit_id = $1 AND message_id = $2", "ii"},
    [CLAIM] = {"outbox_claim",
               "UPDATE outbox SET attempts = attempts + 1, next_ms = $4 WHERE unit_id = $1 AND "
               "message_id = $2 AND state = 0 AND next_ms <= $3",
               "iiii"},
    [RELEASE] = {"outbox_release",
                 "UPDATE outbox SET attempts = attempts - 1, next_ms = $3 WHERE unit_id = $1 AND "
                 "message_id = $2 AND state = 0 AND attempts > 0",
                 "iii"},
    [SETTLE] = {"outbox_settle",
                "UPDATE outbox SET state = $3, sent_ms = CASE WHEN $3 = 1 THEN $4 ELSE 0 END, "
                "recipient = CASE WHEN $3 = 2 THEN recipient ELSE '' END, "
                "subject = CASE WHEN $3 = 2 THEN subject ELSE '' END, "
                "body = CASE WHEN $3 = 2 THEN body ELSE '' END "
                "WHERE unit_id = $1 AND message_id = $2 AND state = 0",
                "iiii"},
    [VOID_ITEM] = {"outbox_void",
                   "UPDATE outbox SET state = 3, recipient = '', subject = '', body = '' WHERE "
                   "unit_id = $1 AND opinion_id = $2 AND item = $3 AND state IN (0, 2)",
                   "iii"},
    [WIPE] = {"outbox_wipe",
              "UPDATE outbox SET state = CASE WHEN state = 1 THEN 1 ELSE 3 END, recipient = '', "
              "subject = '', body = '' WHERE unit_id = $1 AND opinion_id = $2",
              "ii"},
    [REDIRECT] = {"outbox_redirect",
                  "UPDATE outbox SET state = CASE WHEN $4 = '' THEN 3 ELSE 0 END, "
                  "subject = CASE WHEN $4 = '' THEN '' ELSE subject END, "
                  "body = CASE WHEN $4 = '' THEN '' ELSE body END, "
                  "attempts = 0, recipient = $4, next_ms = $5 WHERE "
                  "unit_id = $1 AND opinion_id = $2 AND transport = $3 AND state IN (0, 2)",
                  "iiiti"},
    [FAILED] = {"outbox_failed",
                "SELECT " COLUMNS " FROM outbox WHERE unit_id = $1 AND state = 2 AND "
                "message_id > $2 ORDER BY message_id LIMIT $3",
                "iii"},
    [RETRY] = {"outbox_retry",
               "UPDATE outbox SET state = 0, attempts = 0, next_ms = $3 WHERE unit_id = $1 AND "
               "message_id = $2 AND state = 2",
               "iii"},
    [COUNTS] = {"outbox_counts",
                "SELECT state, CAST(count(*) AS BIGINT) FROM outbox GROUP BY state ORDER BY state",
                ""},
};
SQL_STMTS(outbox, stmts);

static struct outbox_message read_message(struct arena *arena, const struct sql_rows *rows)
{
    return (struct outbox_message){
        .id = sql_int(rows, 0),
        .opinion = sql_int(rows, 1),
        .item = (int)sql_int(rows, 2),
        .transport = (enum outbox_transport)sql_int(rows, 3),
        .recipient = sql_text_dup(arena, rows, 4),
        .subject = sql_text_dup(arena, rows, 5),
        .body = sql_text_dup(arena, rows, 6),
        .state = (enum outbox_state)sql_int(rows, 7),
        .attempts = (int)sql_int(rows, 8),
        .next_ms = sql_int(rows, 9),
        .sent_ms = sql_int(rows, 10),
    };
}

enum status store_outbox_add(struct store_tx *tx, int64_t unit, struct outbox_message *m,
                             int64_t now_ms)
{
    struct sql *sql = store_tx_sql(tx);
    int64_t last = 0;
    enum status status = sql_one_int(sql, &stmts[LAST], SQL_ARGS(SQL_I(unit)), &last);
    if (status != STATUS_OK) return status;
    m->id = last + 1;
    m->state = OUTBOX_WAITING;
    m->next_ms = now_ms;
    return sql_exec(sql, &stmts[INSERT],
                    SQL_ARGS(SQL_I(unit), SQL_I(m->id), SQL_I(m->opinion), SQL_I(m->item),
                             SQL_I((int64_t)m->transport), SQL_T(m->recipient), SQL_T(m->subject),
                             SQL_T(m->body), SQL_I(now_ms)),
                    NULL);
}

static enum status read_list(struct sql_rows *rows, int limit, struct arena *arena,
                             struct outbox_list *ret_list)
{
    struct outbox_message *list = NULL;
    int count = 0;
    while (sql_next(rows)) {
        if (list == NULL) list = arena_array(arena, struct outbox_message, (size_t)limit);
        list[count++] = read_message(arena, rows);
    }
    *ret_list = (struct outbox_list){list, count};
    return sql_rows_done(rows);
}

enum status store_outbox_due(struct sql *sql, int64_t unit, enum outbox_transport transport,
                             int64_t now_ms, struct arena *arena, struct outbox_list *ret_list)
{
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[DUE],
              SQL_ARGS(SQL_I(unit), SQL_I((int64_t)transport), SQL_I(now_ms), SQL_I(OUTBOX_BATCH)),
              &rows);
    return read_list(&rows, OUTBOX_BATCH, arena, ret_list);
}

enum status store_outbox_failed(struct sql *sql, int64_t unit, int64_t after, struct arena *arena,
                                struct outbox_list *ret_list)
{
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[FAILED], SQL_ARGS(SQL_I(unit), SQL_I(after), SQL_I(OUTBOX_FAILED_PAGE)),
              &rows);
    return read_list(&rows, OUTBOX_FAILED_PAGE, arena, ret_list);
}

enum status store_outbox_unit_due(struct sql *sql, int64_t after, enum outbox_transport transport,
                                  int64_t now_ms, int64_t *ret_unit)
{
    return sql_one_int(sql, &stmts[UNIT_DUE],
                       SQL_ARGS(SQL_I(after), SQL_I((int64_t)transport), SQL_I(now_ms)), ret_unit);
}

enum status store_outbox_load(struct sql *sql, int64_t unit, int64_t id, struct arena *arena,
                              struct outbox_message *ret_message)
{
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[LOAD], SQL_ARGS(SQL_I(unit), SQL_I(id)), &rows);
    bool found = sql_next(&rows);
    if (found) *ret_message = read_message(arena, &rows);
    enum status status = sql_rows_done(&rows);
    return status == STATUS_OK && !found ? STATUS_NOT_FOUND : status;
}

static enum status change_one(struct store_tx *tx, int stmt, struct sql_args args)
{
    int64_t changed = 0;
    enum status status = sql_exec(store_tx_sql(tx), &stmts[stmt], args, &changed);
    return status == STATUS_OK && changed == 0 ? STATUS_NOT_FOUND : status;
}

enum status store_outbox_claim(struct store_tx *tx, int64_t unit, int64_t id, int64_t now_ms,
                               int64_t next_ms)
{
    return change_one(tx, CLAIM, SQL_ARGS(SQL_I(unit), SQL_I(id), SQL_I(now_ms), SQL_I(next_ms)));
}

enum status store_outbox_release(struct store_tx *tx, int64_t unit, int64_t id, int64_t next_ms)
{
    return change_one(tx, RELEASE, SQL_ARGS(SQL_I(unit), SQL_I(id), SQL_I(next_ms)));
}

enum status store_outbox_settle(struct store_tx *tx, int64_t unit, int64_t id,
                                enum outbox_state state, int64_t now_ms)
{
    return change_one(tx, SETTLE,
                      SQL_ARGS(SQL_I(unit), SQL_I(id), SQL_I((int64_t)state), SQL_I(now_ms)));
}

enum status store_outbox_retry(struct store_tx *tx, int64_t unit, int64_t id, int64_t now_ms)
{
    return change_one(tx, RETRY, SQL_ARGS(SQL_I(unit), SQL_I(id), SQL_I(now_ms)));
}

enum status store_outbox_void(struct store_tx *tx, int64_t unit, int64_t opinion, int item)
{
    return sql_exec(store_tx_sql(tx), &stmts[VOID_ITEM],
                    SQL_ARGS(SQL_I(unit), SQL_I(opinion), SQL_I(item)), NULL);
}

enum status store_outbox_wipe(struct store_tx *tx, int64_t unit, int64_t opinion)
{
    return sql_exec(store_tx_sql(tx), &stmts[WIPE], SQL_ARGS(SQL_I(unit), SQL_I(opinion)), NULL);
}

enum status store_outbox_redirect(struct store_tx *tx, int64_t unit, int64_t opinion,
                                  enum outbox_transport transport, const char *recipient,
                                  int64_t now_ms)
{
    return sql_exec(store_tx_sql(tx), &stmts[REDIRECT],
                    SQL_ARGS(SQL_I(unit), SQL_I(opinion), SQL_I((int64_t)transport),
                             SQL_T(recipient), SQL_I(now_ms)),
                    NULL);
}

enum status store_outbox_counts(struct sql *sql, int64_t ret_counts[OUTBOX_STATE_COUNT])
{
    int64_t counts[OUTBOX_STATE_COUNT] = {0};
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[COUNTS], SQL_NO_ARGS, &rows);
    while (sql_next(&rows)) {
        int64_t state = sql_int(&rows, 0);
        if (state >= 0 && state < OUTBOX_STATE_COUNT) counts[state] = sql_int(&rows, 1);
    }
    memcpy(ret_counts, counts, sizeof(counts));
    return sql_rows_done(&rows);
}
