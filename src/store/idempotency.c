// SPDX-License-Identifier: AGPL-3.0-or-later
// Kept answers as rows.
#include "store/idempotency.h"

#include "store/rows.h"

enum { FIND, KEEP, FORGET, STMT_COUNT };
static const struct sql_stmt stmts[STMT_COUNT] = {
    [FIND] = {"answer_find",
              "SELECT body_hash, answer FROM idempotency WHERE unit_id = $1 AND key_hash = $2 AND "
              "at_ms > $3",
              "ibi"},
    [KEEP] = {"answer_keep",
              "INSERT INTO idempotency (unit_id, key_hash, body_hash, answer, at_ms) VALUES ($1, "
              "$2, $3, $4, $5) "
              "ON CONFLICT (unit_id, key_hash) DO UPDATE SET body_hash = excluded.body_hash, "
              "answer = excluded.answer, at_ms = excluded.at_ms",
              "ibbbi"},
    [FORGET] = {"answers_forget", "DELETE FROM idempotency WHERE unit_id = $1 AND at_ms <= $2",
                "ii"},
};
SQL_STMTS(idempotency, stmts);

enum status store_answer_find(struct sql *sql, int64_t unit, const unsigned char key_hash[32],
                              int64_t since_ms, struct arena *arena, struct kept_answer *ret_answer)
{
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[FIND], SQL_ARGS(SQL_I(unit), SQL_B(key_hash, 32), SQL_I(since_ms)),
              &rows);
    bool found = sql_next(&rows);
    if (found)
        *ret_answer =
            (struct kept_answer){sql_blob_dup(arena, &rows, 0), sql_blob_dup(arena, &rows, 1)};
    enum status status = sql_rows_done(&rows);
    return status == STATUS_OK && !found ? STATUS_NOT_FOUND : status;
}

enum status store_answer_keep(struct store_tx *tx, int64_t unit, const unsigned char key_hash[32],
                              const struct kept_answer *a, int64_t now_ms)
{
    return sql_exec(store_tx_sql(tx), &stmts[KEEP],
                    SQL_ARGS(SQL_I(unit), SQL_B(key_hash, 32),
                             SQL_B(a->body_hash.p, a->body_hash.len),
                             SQL_B(a->answer.p, a->answer.len), SQL_I(now_ms)),
                    NULL);
}

enum status store_answers_forget(struct store_tx *tx, int64_t unit, int64_t before_ms)
{
    return sql_exec(store_tx_sql(tx), &stmts[FORGET], SQL_ARGS(SQL_I(unit), SQL_I(before_ms)),
                    NULL);
}
