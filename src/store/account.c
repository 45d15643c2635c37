// SPDX-License-Identifier: AGPL-3.0-or-later
// Accounts and sessions as rows.
#include "store/account.h"

#include <string.h>

#include "store/rows.h"

enum {
    PEOPLE,
    BY_NAME,
    WRITE,
    SESSION_INSERT,
    SESSION_USER,
    SESSION_DELETE,
    SESSIONS_OF,
    SESSIONS_OTHER,
    STMT_COUNT
};

#define COLUMNS "username, name, title, roles, fields, khom, active, password_hash, version"

static const struct sql_stmt stmts[STMT_COUNT] = {
    [PEOPLE] = {"people", "SELECT " COLUMNS " FROM account WHERE unit_id = $1 ORDER BY username",
                "i"},
    [BY_NAME] = {"account_by_name",
                 "SELECT " COLUMNS " FROM account WHERE unit_id = $1 AND username = $2", "it"},
    [WRITE] =
        {"account_write",
         "INSERT INTO account (unit_id, username, name, title, roles, fields, khom, active, "
         "password_hash, version) "
         "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (unit_id, username) DO "
         "UPDATE SET "
         "name = excluded.name, title = excluded.title, roles = excluded.roles, fields = "
         "excluded.fields, "
         "khom = excluded.khom, active = excluded.active, password_hash = excluded.password_hash, "
         "version = excluded.version",
         "itttiiiiti"},
    [SESSION_INSERT] =
        {"session_insert",
         "INSERT INTO session (unit_id, token_hash, username, created_ms, expires_ms) "
         "VALUES ($1, $2, $3, $4, $5)",
         "ibtii"},
    [SESSION_USER] =
        {"session_user",
         "SELECT username FROM session WHERE unit_id = $1 AND token_hash = $2 AND expires_ms > $3",
         "ibi"},
    [SESSION_DELETE] = {"session_delete",
                        "DELETE FROM session WHERE unit_id = $1 AND token_hash = $2", "ib"},
    [SESSIONS_OF] =
        {"sessions_delete_of",
         "DELETE FROM session WHERE unit_id = $1 AND (username = $2 OR expires_ms <= $3)", "iti"},
    [SESSIONS_OTHER] = {"sessions_delete_other",
                        "DELETE FROM session WHERE unit_id = $1 AND username = $2 AND "
                        "token_hash <> $3",
                        "itb"},
};
SQL_STMTS(account, stmts);

static void read_account(struct arena *arena, const struct sql_rows *rows, struct account *a)
{
    a->person = (struct person){
        .username = sql_text_dup(arena, rows, 0),
        .name = sql_text_dup(arena, rows, 1),
        .title = sql_text_dup(arena, rows, 2),
        .roles = (uint32_t)sql_int(rows, 3),
        .fields = (uint32_t)sql_int(rows, 4),
        .khom = (int)sql_int(rows, 5),
        .active = sql_int(rows, 6) != 0,
    };
    a->password_hash = sql_text_dup(arena, rows, 7);
    a->version = sql_int(rows, 8);
}

enum status store_people(struct sql *sql, int64_t unit, struct arena *arena,
                         struct people *ret_people)
{
    int room = 64, count = 0;
    struct person *list = arena_array(arena, struct person, (size_t)room);
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[PEOPLE], SQL_ARGS(SQL_I(unit)), &rows);
    while (sql_next(&rows)) {
        if (count == room) {
            struct person *grown = arena_array(arena, struct person, (size_t)room * 2);
            memcpy(grown, list, (size_t)room * sizeof(*list));
            list = grown;
            room *= 2;
        }
        struct account account;
        read_account(arena, &rows, &account);
        list[count++] = account.person;
    }
    *ret_people = (struct people){list, count};
    return sql_rows_done(&rows);
}

enum status store_account(struct sql *sql, int64_t unit, const char *username, struct arena *arena,
                          struct account *ret_account)
{
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[BY_NAME], SQL_ARGS(SQL_I(unit), SQL_T(username)), &rows);
    bool found = sql_next(&rows);
    if (found) read_account(arena, &rows, ret_account);
    enum status status = sql_rows_done(&rows);
    return status == STATUS_OK && !found ? STATUS_NOT_FOUND : status;
}

enum status store_account_write(struct store_tx *tx, int64_t unit, const struct account *account)
{
    const struct person *p = &account->person;
    return sql_exec(store_tx_sql(tx), &stmts[WRITE],
                    SQL_ARGS(SQL_I(unit), SQL_T(p->username), SQL_T(p->name), SQL_T(p->title),
                             SQL_I(p->roles), SQL_I(p->fields), SQL_I(p->khom), SQL_I(p->active),
                             SQL_T(account->password_hash), SQL_I(account->version)),
                    NULL);
}

enum status store_session_insert(struct store_tx *tx, int64_t unit,
                                 const unsigned char token_hash[TOKEN_HASH_BYTES],
                                 const char *username, int64_t now_ms, int64_t expires_ms)
{
    return sql_exec(store_tx_sql(tx), &stmts[SESSION_INSERT],
                    SQL_ARGS(SQL_I(unit), SQL_B(token_hash, TOKEN_HASH_BYTES), SQL_T(username),
                             SQL_I(now_ms), SQL_I(expires_ms)),
                    NULL);
}

enum status store_session_user(struct sql *sql, int64_t unit,
                               const unsigned char token_hash[TOKEN_HASH_BYTES], int64_t now_ms,
                               struct arena *arena, const char **ret_username)
{
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[SESSION_USER],
              SQL_ARGS(SQL_I(unit), SQL_B(token_hash, TOKEN_HASH_BYTES), SQL_I(now_ms)), &rows);
    bool found = sql_next(&rows);
    const char *username = found ? sql_text_dup(arena, &rows, 0) : NULL;
    enum status status = sql_rows_done(&rows);
    if (status != STATUS_OK) return status;
    if (!found) return STATUS_NOT_FOUND;
    *ret_username = username;
    return STATUS_OK;
}

enum status store_session_delete(struct store_tx *tx, int64_t unit,
                                 const unsigned char token_hash[TOKEN_HASH_BYTES])
{
    return sql_exec(store_tx_sql(tx), &stmts[SESSION_DELETE],
                    SQL_ARGS(SQL_I(unit), SQL_B(token_hash, TOKEN_HASH_BYTES)), NULL);
}

enum status store_sessions_delete_of(struct store_tx *tx, int64_t unit, const char *username,
                                     int64_t now_ms)
{
    return sql_exec(store_tx_sql(tx), &stmts[SESSIONS_OF],
                    SQL_ARGS(SQL_I(unit), SQL_T(username), SQL_I(now_ms)), NULL);
}

enum status store_sessions_delete_other(struct store_tx *tx, int64_t unit, const char *username,
                                        const unsigned char kept[TOKEN_HASH_BYTES])
{
    return sql_exec(store_tx_sql(tx), &stmts[SESSIONS_OTHER],
                    SQL_ARGS(SQL_I(unit), SQL_T(username), SQL_B(kept, TOKEN_HASH_BYTES)), NULL);
}
