// SPDX-License-Identifier: AGPL-3.0-or-later
// Keyset lists and search. Newest and oldest come by number alone: no ranking, no totals
// (storage.md).
#include "store/opinion_list.h"

#include <string.h>

#include "base/buf.h"
#include "store/opinion.h"
#include "store/rows.h"

// The columns of store_opinion_read, in its order.
#define COLUMNS                                                                            \
    "o.opinion_id, o.dialogue_id, o.version, o.state, o.kind, o.channel, o.wants, "        \
    "o.reply_by, o.scope, o.authority, o.about, o.visibility, o.field, o.khom, o.topic, "  \
    "o.named, o.content, o.author_type, o.author_name, o.organisation, o.phone, o.email, " \
    "o.publish_name, o.receipt_hash, o.relayed, o.group_lead, o.split_from, "              \
    "o.before_call, o.before_close, o.close_version, o.floor, o.responsible, "             \
    "o.responsible_is_body, o.due_rule, o.due_start, o.due_legal, o.due_safe, "            \
    "o.due_set_by_person, o.extended, o.round, o.verdict, o.outcome, o.window_end, "       \
    "o.created_ms, o.answered_ms, o.delivered_ms, o.concluded_ms, o.created_by_staff, "    \
    "o.next_item, o.support, o.salt"

// One word index for all units: the row id carries both numbers. An opinion's id stays below 10^12.
#define WORD_ROW "($1 * 1000000000000 + "

#define FILTER                                                                                  \
    "($2 = 0 OR o.dialogue_id = $2) AND ($3 < 0 OR o.state = $3) AND ($4 < 0 OR o.field = $4) " \
    "AND ($5 < 0 OR o.khom = $5) AND ($6 = 0 OR o.relayed = 1) "

enum {
    LIST_OF_DIALOGUE,
    LIST_OF_STATE,
    LIST_ALL,
    SEARCH_SQLITE,
    SEARCH_PG,
    OF_RECEIPT,
    OF_GROUP,
    TO_LAPSE,
    INDEXED_WORDS,
    INDEX_DELETE_SQLITE,
    INDEX_INSERT_SQLITE,
    INDEX_KEEP_SQLITE,
    INDEX_FORGET,
    INDEX_PG,
    INDEX_OPTIMIZE,
    IS_INDEXED,
    COUNTS,
    STMT_COUNT
};

static const struct sql_stmt stmts[STMT_COUNT] = {
    [LIST_OF_DIALOGUE] =
        {"opinion_list_of_dialogue",
         "SELECT " COLUMNS
         " FROM opinion o WHERE o.unit_id = $1 AND o.dialogue_id = $2 AND o.opinion_id > $3 "
         "AND ($4 < 0 OR o.field = $4) AND ($5 < 0 OR o.khom = $5) AND ($6 = 0 OR o.relayed = 1) "
         "ORDER BY o.opinion_id LIMIT $7",
         "iiiiiii"},
    [LIST_OF_STATE] =
        {"opinion_list_of_state",
         "SELECT " COLUMNS
         " FROM opinion o WHERE o.unit_id = $1 AND o.dialogue_id = $2 AND o.opinion_id > $3 "
         "AND ($4 < 0 OR o.field = $4) AND ($5 < 0 OR o.khom = $5) AND ($6 = 0 OR o.relayed = 1) "
         "AND o.state = $8 "
         "ORDER BY o.opinion_id LIMIT $7",
         "iiiiiiii"},
    [LIST_ALL] = {"opinion_list_all",
                  "SELECT " COLUMNS
                  " FROM opinion o WHERE o.unit_id = $1 AND o.opinion_id > $7 AND " FILTER
                  "ORDER BY o.opinion_id LIMIT $8",
                  "iiiiiiii"},
    [SEARCH_SQLITE] = {"opinion_search_sqlite",
                       "SELECT " COLUMNS " FROM opinion_words w JOIN opinion o ON o.unit_id = $1 "
                       "AND o.opinion_id = w.rowid - $1 * 1000000000000 "
                       "WHERE w.opinion_words MATCH $9 AND w.rowid > " WORD_ROW
                       "$7) AND w.rowid < " WORD_ROW "1000000000000) AND " FILTER
                       "ORDER BY w.rowid LIMIT $8",
                       "iiiiiiiit"},
    [SEARCH_PG] =
        {"opinion_search_pg",
         "SELECT " COLUMNS " FROM opinion_indexed i JOIN opinion o ON o.unit_id = i.unit_id "
         "AND o.opinion_id = i.opinion_id WHERE i.unit_id = $1 AND i.words @@ CAST($9 AS TSQUERY) "
         "AND i.opinion_id > $7 AND " FILTER "ORDER BY i.opinion_id + 0 LIMIT $8",
         "iiiiiiiit"},
    [OF_RECEIPT] =
        {"opinions_of_receipt",
         "SELECT " COLUMNS
         " FROM opinion o WHERE o.unit_id = $1 AND o.receipt_hash = $2 ORDER BY o.opinion_id",
         "ib"},
    [OF_GROUP] = {"opinions_of_group",
                  "SELECT " COLUMNS " FROM opinion o WHERE o.unit_id = $1 AND o.dialogue_id = $2 "
                  "AND o.group_lead = $3 AND o.group_lead > 0 "
                  "ORDER BY o.opinion_id",
                  "iii"},
    [TO_LAPSE] = {"opinions_to_lapse",
                  "SELECT " COLUMNS
                  " FROM opinion o WHERE o.unit_id = $1 AND o.state = $2 AND o.window_end < $3 "
                  "AND o.verdict = 0 ORDER BY o.opinion_id LIMIT $4",
                  "iiii"},
    [INDEXED_WORDS] = {"opinion_indexed_words_sqlite",
                       "SELECT words FROM opinion_indexed WHERE unit_id = $1 AND opinion_id = $2",
                       "ii"},
    [INDEX_DELETE_SQLITE] =
        {"opinion_index_delete_sqlite",
         "INSERT INTO opinion_words (opinion_words, rowid, words) VALUES ('delete', " WORD_ROW
         "$2), $3)",
         "iit"},
    [INDEX_INSERT_SQLITE] = {"opinion_index_insert_sqlite",
                             "INSERT INTO opinion_words (rowid, words) VALUES (" WORD_ROW
                             "$2), $3)",
                             "iit"},
    [INDEX_KEEP_SQLITE] =
        {"opinion_index_keep_sqlite",
         "INSERT INTO opinion_indexed (unit_id, opinion_id, words) VALUES ($1, $2, $3)", "iit"},
    [INDEX_FORGET] = {"opinion_index_forget",
                      "DELETE FROM opinion_indexed WHERE unit_id = $1 AND opinion_id = $2", "ii"},
    [INDEX_PG] = {"opinion_index_pg",
                  "INSERT INTO opinion_indexed (unit_id, opinion_id, words) "
                  "VALUES ($1, $2, array_to_tsvector(string_to_array($3, ' ')))",
                  "iit"},
    [INDEX_OPTIMIZE] = {"opinion_index_optimize_sqlite",
                        "INSERT INTO opinion_words (opinion_words) VALUES ('optimize')", ""},
    [IS_INDEXED] = {"opinion_is_indexed",
                    "SELECT CAST(count(*) AS BIGINT) FROM opinion_indexed WHERE unit_id = $1 AND "
                    "opinion_id = $2",
                    "ii"},
    [COUNTS] =
        {"opinion_counts",
         "SELECT state, field, khom, channel, author_type, scope, authority, outcome, visibility, "
         "relayed, "
         "CASE WHEN state IN (4, 5) AND due_legal < $3 THEN 1 ELSE 0 END, CAST(count(*) AS BIGINT) "
         "FROM opinion WHERE unit_id = $1 AND dialogue_id = $2 "
         "GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11",
         "iii"},
};
SQL_STMTS(opinion_list, stmts);

static_assert(OPINION_OWED == 4 && OPINION_REFERRED == 5, "opinion_counts names them by number");

static enum status read_all(struct sql_rows *rows, struct arena *arena, int most,
                            struct opinion_rows *ret_rows)
{
    int room = 32, count = 0;
    struct opinion *list = arena_array(arena, struct opinion, (size_t)room);
    while (count < most && sql_next(rows)) {
        if (count == room) {
            struct opinion *grown = arena_array(arena, struct opinion, (size_t)room * 2);
            memcpy(grown, list, (size_t)room * sizeof(*list));
            list = grown;
            room *= 2;
        }
        store_opinion_read(arena, rows, &list[count++]);
    }
    *ret_rows = (struct opinion_rows){list, count, count == most};
    return sql_rows_done(rows);
}

/// "den duong" -> every word must be there: quoted for either engine.
static const char *match_text(struct arena *arena, const char *words, bool sqlite)
{
    BUF out = {0};
    bool starts = true;
    for (const char *p = words; *p != 0; p++) {
        if (*p == ' ') {
            buf_puts(&out, sqlite ? "\" " : "' & ");
            starts = true;
            continue;
        }
        if (starts) buf_putc(&out, sqlite ? '"' : '\'');
        starts = false;
        buf_putc(&out, *p);
    }
    buf_putc(&out, sqlite ? '"' : '\'');
    return arena_strndup(arena, buf_text(&out), out.len);
}

enum status store_opinion_list(struct sql *sql, int64_t unit, const struct opinion_filter *f,
                               struct arena *arena, struct opinion_rows *ret_rows)
{
    SQL_ROWS rows = {0};
    int chunk = f->chunk > 0 ? f->chunk : OPINION_CHUNK;
    bool sqlite = sql_engine(sql) == SQL_SQLITE;
    if (f->words != NULL && *f->words == 0) {
        *ret_rows = (struct opinion_rows){0};
        return STATUS_OK;
    }
    if (f->words != NULL) {
        sql_query(sql, &stmts[sqlite ? SEARCH_SQLITE : SEARCH_PG],
                  SQL_ARGS(SQL_I(unit), SQL_I(f->dialogue), SQL_I(f->state), SQL_I(f->field),
                           SQL_I(f->khom), SQL_I(f->relayed_only), SQL_I(f->after), SQL_I(chunk),
                           SQL_T(match_text(arena, f->words, sqlite))),
                  &rows);
    } else if (f->dialogue == 0) {
        sql_query(sql, &stmts[LIST_ALL],
                  SQL_ARGS(SQL_I(unit), SQL_I(0), SQL_I(f->state), SQL_I(f->field), SQL_I(f->khom),
                           SQL_I(f->relayed_only), SQL_I(f->after), SQL_I(chunk)),
                  &rows);
    } else if (f->state >= 0) {
        sql_query(sql, &stmts[LIST_OF_STATE],
                  SQL_ARGS(SQL_I(unit), SQL_I(f->dialogue), SQL_I(f->after), SQL_I(f->field),
                           SQL_I(f->khom), SQL_I(f->relayed_only), SQL_I(chunk), SQL_I(f->state)),
                  &rows);
    } else {
        sql_query(sql, &stmts[LIST_OF_DIALOGUE],
                  SQL_ARGS(SQL_I(unit), SQL_I(f->dialogue), SQL_I(f->after), SQL_I(f->field),
                           SQL_I(f->khom), SQL_I(f->relayed_only), SQL_I(chunk)),
                  &rows);
    }
    return read_all(&rows, arena, chunk, ret_rows);
}

enum status store_opinions_of_receipt(struct sql *sql, int64_t unit,
                                      const unsigned char hash[RECEIPT_HASH_BYTES],
                                      struct arena *arena, struct opinion_rows *ret_rows)
{
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[OF_RECEIPT], SQL_ARGS(SQL_I(unit), SQL_B(hash, RECEIPT_HASH_BYTES)),
              &rows);
    return read_all(&rows, arena, INT32_MAX, ret_rows);
}

enum status store_opinions_of_group(struct sql *sql, int64_t unit, int64_t dialogue, int64_t lead,
                                    struct arena *arena, struct opinion_rows *ret_rows)
{
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[OF_GROUP], SQL_ARGS(SQL_I(unit), SQL_I(dialogue), SQL_I(lead)), &rows);
    return read_all(&rows, arena, INT32_MAX, ret_rows);
}

enum status store_opinions_to_lapse(struct sql *sql, int64_t unit, int32_t today,
                                    struct arena *arena, struct opinion_rows *ret_rows)
{
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[TO_LAPSE],
              SQL_ARGS(SQL_I(unit), SQL_I(OPINION_ANSWERED), SQL_I(today), SQL_I(OPINION_CHUNK)),
              &rows);
    return read_all(&rows, arena, OPINION_CHUNK, ret_rows);
}

static enum status unindex_sqlite(struct sql *sql, int64_t unit, int64_t id)
{
    BUF words = {0};
    bool found = false;
    {
        SQL_ROWS rows = {0};
        sql_query(sql, &stmts[INDEXED_WORDS], SQL_ARGS(SQL_I(unit), SQL_I(id)), &rows);
        while (sql_next(&rows)) {
            found = true;
            buf_puts(&words, sql_text(&rows, 0));
        }
        enum status status = sql_rows_done(&rows);
        if (status != STATUS_OK || !found) return status;
    }
    // A contentless index forgets only what it is told word for word.
    return sql_exec(sql, &stmts[INDEX_DELETE_SQLITE],
                    SQL_ARGS(SQL_I(unit), SQL_I(id), SQL_T(buf_text(&words))), NULL);
}

enum status store_opinion_index(struct store_tx *tx, int64_t unit, int64_t id, const char *words)
{
    struct sql *sql = store_tx_sql(tx);
    bool sqlite = sql_engine(sql) == SQL_SQLITE;
    enum status status = sqlite ? unindex_sqlite(sql, unit, id) : STATUS_OK;
    if (status == STATUS_OK)
        status = sql_exec(sql, &stmts[INDEX_FORGET], SQL_ARGS(SQL_I(unit), SQL_I(id)), NULL);
    if (status != STATUS_OK || words == NULL || *words == 0) return status;
    struct sql_args args = SQL_ARGS(SQL_I(unit), SQL_I(id), SQL_T(words));
    if (!sqlite) return sql_exec(sql, &stmts[INDEX_PG], args, NULL);
    status = sql_exec(sql, &stmts[INDEX_INSERT_SQLITE], args, NULL);
    return status == STATUS_OK ? sql_exec(sql, &stmts[INDEX_KEEP_SQLITE], args, NULL) : status;
}

enum status store_opinion_is_indexed(struct sql *sql, int64_t unit, int64_t id, bool *ret_indexed)
{
    int64_t count = 0;
    enum status status =
        sql_one_int(sql, &stmts[IS_INDEXED], SQL_ARGS(SQL_I(unit), SQL_I(id)), &count);
    if (status == STATUS_OK) *ret_indexed = count > 0;
    return status;
}

enum status store_opinion_index_optimize(struct store_tx *tx)
{
    struct sql *sql = store_tx_sql(tx);
    if (sql_engine(sql) != SQL_SQLITE) return STATUS_OK;
    return sql_exec(sql, &stmts[INDEX_OPTIMIZE], SQL_NO_ARGS, NULL);
}

enum status store_opinion_counts(struct sql *sql, int64_t unit, int64_t dialogue, int32_t today,
                                 struct arena *arena, struct opinion_counts *ret_counts)
{
    int room = 128, count = 0;
    struct opinion_count *list = arena_array(arena, struct opinion_count, (size_t)room);
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[COUNTS], SQL_ARGS(SQL_I(unit), SQL_I(dialogue), SQL_I(today)), &rows);
    while (sql_next(&rows)) {
        if (count == room) {
            struct opinion_count *grown =
                arena_array(arena, struct opinion_count, (size_t)room * 2);
            memcpy(grown, list, (size_t)room * sizeof(*list));
            list = grown;
            room *= 2;
        }
        struct opinion_count *c = &list[count++];
        int *const columns[] = {&c->state,     &c->field,       &c->khom,
                                &c->channel,   &c->author_type, &c->scope,
                                &c->authority, &c->outcome,     &c->visibility};
        for (int i = 0; i < (int)ARRAY_LEN(columns); i++)
            *columns[i] = (int)sql_int(&rows, i);
        c->relayed = sql_int(&rows, 9) != 0;
        c->overdue = sql_int(&rows, 10) != 0;
        c->count = sql_int(&rows, 11);
    }
    *ret_counts = (struct opinion_counts){list, count};
    return sql_rows_done(&rows);
}
