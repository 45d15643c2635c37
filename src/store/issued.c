// SPDX-License-Identifier: AGPL-3.0-or-later
// Issued documents as rows. No statement here changes one but to withhold it.
#include "store/issued.h"

#include "store/rows.h"

enum {
    INSERT,
    FILE_INSERT,
    WITHHOLD,
    LOAD,
    FILE_LOAD,
    FILES,
    LAST,
    NEWEST,
    LIST,
    SERIES_LAST,
    SERIES_DAY,
    OF_NUMBER,
    STMT_COUNT
};

#define COLUMNS                                                                                  \
    "issued_id, dialogue_id, type, opinion_id, person, edition, series, year, ordinal, number, " \
    "symbol, external, day, title, signer, recipients, replaces, withheld, issued_by, issued_ms"

static const struct sql_stmt stmts[STMT_COUNT] = {
    [INSERT] = {"issued_insert",
                "INSERT INTO issued_document (unit_id, " COLUMNS ") VALUES ($1, $2, $3, $4, $5, "
                "$6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)",
                "iiiiititiittiitttiiti"},
    [FILE_INSERT] = {"issued_file_insert",
                     "INSERT INTO issued_file (unit_id, issued_id, format, name, bytes) "
                     "VALUES ($1, $2, $3, $4, $5)",
                     "iiitb"},
    [WITHHOLD] = {"issued_withhold",
                  "UPDATE issued_document SET withheld = 1 WHERE unit_id = $1 AND issued_id = $2",
                  "ii"},
    [LOAD] = {"issued_load",
              "SELECT " COLUMNS " FROM issued_document WHERE unit_id = $1 AND issued_id = $2",
              "ii"},
    [FILE_LOAD] = {"issued_file_load",
                   "SELECT format, name, bytes FROM issued_file WHERE unit_id = $1 AND "
                   "issued_id = $2 AND format = $3",
                   "iii"},
    [FILES] = {"issued_files",
               "SELECT format, name, bytes FROM issued_file WHERE unit_id = $1 AND issued_id = $2 "
               "ORDER BY format",
               "ii"},
    [LAST] = {"issued_last",
              "SELECT coalesce(max(issued_id), 0) FROM issued_document WHERE unit_id = $1", "i"},
    [NEWEST] = {"issued_newest",
                "SELECT " COLUMNS " FROM issued_document WHERE unit_id = $1 AND dialogue_id = $2 "
                "AND type = $3 AND opinion_id = $4 AND person = $5 ORDER BY issued_id DESC LIMIT 1",
                "iiiit"},
    [LIST] = {"issued_list",
              "SELECT " COLUMNS " FROM issued_document WHERE unit_id = $1 AND issued_id > $2 AND "
              "($3 = 0 OR dialogue_id = $3) AND ($4 = 0 OR year = $4) AND ($5 = '' OR series = $5) "
              "ORDER BY issued_id LIMIT $6",
              "iiiiti"},
    [SERIES_LAST] = {"issued_series_last",
                     "SELECT coalesce(max(ordinal), 0) FROM issued_document WHERE unit_id = $1 AND "
                     "series = $2 AND year = $3 AND external = 0",
                     "iti"},
    [SERIES_DAY] = {"issued_series_day",
                    "SELECT coalesce(max(day), 0) FROM issued_document WHERE unit_id = $1 AND "
                    "series = $2 AND year = $3 AND external = 0",
                    "iti"},
    [OF_NUMBER] = {"issued_of_number",
                   "SELECT issued_id FROM issued_document WHERE unit_id = $1 AND series = $2 AND "
                   "year = $3 AND number = $4",
                   "itit"},
};
SQL_STMTS(issued, stmts);

enum status store_issued_insert(struct store_tx *tx, int64_t unit, const struct issued *r)
{
    return sql_exec(store_tx_sql(tx), &stmts[INSERT],
                    SQL_ARGS(SQL_I(unit), SQL_I(r->id), SQL_I(r->dialogue), SQL_I(r->type),
                             SQL_I(r->opinion), SQL_T(r->person), SQL_I(r->edition),
                             SQL_T(r->series), SQL_I(r->year), SQL_I(r->ordinal), SQL_T(r->number),
                             SQL_T(r->symbol), SQL_I(r->external), SQL_I(r->day), SQL_T(r->title),
                             SQL_T(r->signer), SQL_T(r->recipients), SQL_I(r->replaces),
                             SQL_I(r->withheld), SQL_T(r->issued_by), SQL_I(r->issued_ms)),
                    NULL);
}

enum status store_issued_file_insert(struct store_tx *tx, int64_t unit, int64_t id,
                                     const struct issued_file *f)
{
    return sql_exec(store_tx_sql(tx), &stmts[FILE_INSERT],
                    SQL_ARGS(SQL_I(unit), SQL_I(id), SQL_I(f->format), SQL_T(f->name),
                             SQL_B(f->bytes.p, f->bytes.len)),
                    NULL);
}

enum status store_issued_withhold(struct store_tx *tx, int64_t unit, int64_t id)
{
    return sql_exec(store_tx_sql(tx), &stmts[WITHHOLD], SQL_ARGS(SQL_I(unit), SQL_I(id)), NULL);
}

static struct issued read_row(struct arena *arena, const struct sql_rows *rows)
{
    return (struct issued){.id = sql_int(rows, 0),
                           .dialogue = sql_int(rows, 1),
                           .type = (int)sql_int(rows, 2),
                           .opinion = sql_int(rows, 3),
                           .person = sql_text_dup(arena, rows, 4),
                           .edition = (int)sql_int(rows, 5),
                           .series = sql_text_dup(arena, rows, 6),
                           .year = (int)sql_int(rows, 7),
                           .ordinal = sql_int(rows, 8),
                           .number = sql_text_dup(arena, rows, 9),
                           .symbol = sql_text_dup(arena, rows, 10),
                           .external = sql_int(rows, 11) != 0,
                           .day = (int32_t)sql_int(rows, 12),
                           .title = sql_text_dup(arena, rows, 13),
                           .signer = sql_text_dup(arena, rows, 14),
                           .recipients = sql_text_dup(arena, rows, 15),
                           .replaces = sql_int(rows, 16),
                           .withheld = sql_int(rows, 17) != 0,
                           .issued_by = sql_text_dup(arena, rows, 18),
                           .issued_ms = sql_int(rows, 19)};
}

static enum status read_one(struct sql_rows *rows, struct arena *arena, struct issued *ret_row)
{
    bool found = sql_next(rows);
    struct issued row = found ? read_row(arena, rows) : (struct issued){0};
    enum status status = sql_rows_done(rows);
    if (status == STATUS_OK && found) *ret_row = row;
    return status == STATUS_OK && !found ? STATUS_NOT_FOUND : status;
}

enum status store_issued_load(struct sql *sql, int64_t unit, int64_t id, struct arena *arena,
                              struct issued *ret_row)
{
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[LOAD], SQL_ARGS(SQL_I(unit), SQL_I(id)), &rows);
    return read_one(&rows, arena, ret_row);
}

enum status store_issued_newest(struct sql *sql, int64_t unit, const struct issued_key *key,
                                struct arena *arena, struct issued *ret_row)
{
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[NEWEST],
              SQL_ARGS(SQL_I(unit), SQL_I(key->dialogue), SQL_I(key->type), SQL_I(key->opinion),
                       SQL_T(key->person == NULL ? "" : key->person)),
              &rows);
    return read_one(&rows, arena, ret_row);
}

enum status store_issued_file(struct sql *sql, int64_t unit, int64_t id, int format,
                              struct arena *arena, struct issued_file *ret_file)
{
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[FILE_LOAD], SQL_ARGS(SQL_I(unit), SQL_I(id), SQL_I(format)), &rows);
    bool found = sql_next(&rows);
    if (found)
        *ret_file = (struct issued_file){(int)sql_int(&rows, 0), sql_text_dup(arena, &rows, 1),
                                         sql_blob_dup(arena, &rows, 2)};
    enum status status = sql_rows_done(&rows);
    return status == STATUS_OK && !found ? STATUS_NOT_FOUND : status;
}

enum status store_issued_last(struct sql *sql, int64_t unit, int64_t *ret_id)
{
    return sql_one_int(sql, &stmts[LAST], SQL_ARGS(SQL_I(unit)), ret_id);
}

enum status store_issued_list(struct sql *sql, int64_t unit, const struct issued_filter *filter,
                              struct arena *arena, struct issued_list *ret_list)
{
    struct issued *list = arena_array(arena, struct issued, (size_t)filter->limit);
    int count = 0;
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[LIST],
              SQL_ARGS(SQL_I(unit), SQL_I(filter->after), SQL_I(filter->dialogue),
                       SQL_I(filter->year), SQL_T(filter->series == NULL ? "" : filter->series),
                       SQL_I(filter->limit)),
              &rows);
    while (count < filter->limit && sql_next(&rows))
        list[count++] = read_row(arena, &rows);
    *ret_list = (struct issued_list){list, count};
    return sql_rows_done(&rows);
}

enum status store_issued_series(struct sql *sql, int64_t unit, const char *series, int year,
                                struct issued_series *ret_series)
{
    int64_t day = 0;
    struct sql_args args = SQL_ARGS(SQL_I(unit), SQL_T(series), SQL_I(year));
    enum status status = sql_one_int(sql, &stmts[SERIES_LAST], args, &ret_series->last);
    if (status == STATUS_OK) status = sql_one_int(sql, &stmts[SERIES_DAY], args, &day);
    ret_series->last_day = (int32_t)day;
    return status;
}

enum status store_issued_of_number(struct sql *sql, int64_t unit, const char *series, int year,
                                   const char *number, int64_t *ret_id)
{
    *ret_id = 0;
    enum status status =
        sql_one_int(sql, &stmts[OF_NUMBER],
                    SQL_ARGS(SQL_I(unit), SQL_T(series), SQL_I(year), SQL_T(number)), ret_id);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

enum status store_issued_digest(struct sql *sql, int64_t unit, const struct issued *r,
                                unsigned char ret_digest[DIGEST_BYTES])
{
    struct digest d;
    const int64_t numbers[] = {r->id,      r->dialogue, r->type, r->opinion,  r->edition,  r->year,
                               r->ordinal, r->external, r->day,  r->replaces, r->issued_ms};
    const char *const texts[] = {r->person, r->series, r->number,     r->symbol,
                                 r->title,  r->signer, r->recipients, r->issued_by};
    digest_init(&d, NULL);
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
        digest_int(&d, numbers[i]);
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        digest_text(&d, texts[i]);
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[FILES], SQL_ARGS(SQL_I(unit), SQL_I(r->id)), &rows);
    while (sql_next(&rows)) {
        struct sql_bytes bytes = sql_blob(&rows, 2);
        digest_int(&d, sql_int(&rows, 0));
        digest_text(&d, sql_text(&rows, 1));
        digest_bytes(&d, bytes.p, bytes.len);
    }
    digest_done(&d, ret_digest);
    return sql_rows_done(&rows);
}
