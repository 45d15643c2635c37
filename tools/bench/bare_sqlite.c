// SPDX-License-Identifier: AGPL-3.0-or-later
// The anchor of the bench: what SQLite alone does with the rows of one handed-in opinion, in the
// program's own schema, with its pragmas, in batches of the size seen under load. It copies the
// newest rows under new keys; the copies' chain does not hold, so it must only ever see a
// throw-away database.
//     bare_sqlite FILE run SECONDS BATCH    opinions a second
//     bare_sqlite FILE fill COUNT           copies of the first public opinion, for the list bench
#include <inttypes.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { COLUMNS_MAX = 64, FILL_BATCH = 5000 };

struct table {
    const char *name;
    sqlite3_stmt *insert;
    sqlite3_value *values[COLUMNS_MAX];
    const char *columns[COLUMNS_MAX];
    int count;
};

static sqlite3 *db;

static void check(int rc, int wanted, const char *what)
{
    if (rc == wanted) return;
    fprintf(stderr, "bare_sqlite: %s: %s\n", what, sqlite3_errmsg(db));
    exit(1);
}

static void script(const char *sql)
{
    check(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK, sql);
}

static double now_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int64_t number(const char *sql)
{
    sqlite3_stmt *stmt;
    check(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK, sql);
    check(sqlite3_step(stmt), SQLITE_ROW, sql);
    int64_t found = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return found;
}

/// The row to copy, and the statement that writes a copy.
static void table_init(struct table *table, const char *name, const char *which)
{
    char sql[1024];
    sqlite3_stmt *stmt;
    table->name = name;
    snprintf(sql, sizeof(sql), "SELECT * FROM %s %s LIMIT 1", name, which);
    check(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK, sql);
    check(sqlite3_step(stmt), SQLITE_ROW, sql);
    table->count = sqlite3_column_count(stmt);
    int len = snprintf(sql, sizeof(sql), "INSERT INTO %s VALUES (?", name);
    for (int i = 0; i < table->count; i++) {
        table->values[i] = sqlite3_value_dup(sqlite3_column_value(stmt, i));
        table->columns[i] = strdup(sqlite3_column_name(stmt, i));
        if (i > 0) len += snprintf(sql + len, sizeof(sql) - (size_t)len, ",?");
    }
    snprintf(sql + len, sizeof(sql) - (size_t)len, ")");
    sqlite3_finalize(stmt);
    check(sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &table->insert, NULL),
          SQLITE_OK, sql);
}

static int column(const struct table *table, const char *name)
{
    for (int i = 0; i < table->count; i++)
        if (strcmp(table->columns[i], name) == 0) return i + 1;
    fprintf(stderr, "bare_sqlite: %s has no column %s\n", table->name, name);
    exit(1);
}

static void copy_values(struct table *table)
{
    for (int i = 0; i < table->count; i++)
        sqlite3_bind_value(table->insert, i + 1, table->values[i]);
}

/// Hashes are as wide and as scattered as real ones: an index over them costs what it costs.
static void bind_hash(struct table *table, const char *name)
{
    unsigned char bytes[32];
    sqlite3_randomness(sizeof(bytes), bytes);
    sqlite3_bind_blob(table->insert, column(table, name), bytes, sizeof(bytes), SQLITE_TRANSIENT);
}

static void bind_number(struct table *table, const char *name, int64_t value)
{
    sqlite3_bind_int64(table->insert, column(table, name), value);
}

static void write_row(struct table *table)
{
    check(sqlite3_step(table->insert), SQLITE_DONE, table->name);
    sqlite3_reset(table->insert);
}

static void write_opinion(struct table *opinion, int64_t id)
{
    copy_values(opinion);
    bind_number(opinion, "opinion_id", id);
    bind_hash(opinion, "receipt_hash");
    write_row(opinion);
}

static void write_entry(struct table *entry, int64_t number_of_entry, int64_t opinion)
{
    char subject[40];
    snprintf(subject, sizeof(subject), "opinion %" PRId64 "-%04" PRId64, opinion / 10000000,
             opinion % 10000000);
    copy_values(entry);
    bind_number(entry, "entry", number_of_entry);
    sqlite3_bind_text(entry->insert, column(entry, "subject"), subject, -1, SQLITE_TRANSIENT);
    bind_hash(entry, "digest");
    bind_hash(entry, "previous");
    bind_hash(entry, "hash");
    write_row(entry);
}

static void run(double seconds, int batch)
{
    struct table opinion = {0}, entry = {0}, answer = {0};
    sqlite3_stmt *head;
    table_init(&opinion, "opinion", "ORDER BY opinion_id DESC");
    table_init(&entry, "entry", "ORDER BY entry DESC");
    table_init(&answer, "idempotency", "ORDER BY rowid DESC");
    const char *sql =
        "UPDATE unit_head SET entry = ?1, opinion = ?2, hash = randomblob(32) WHERE unit_id = 1";
    check(sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &head, NULL), SQLITE_OK, sql);
    int64_t id = number("SELECT max(opinion_id) FROM opinion"),
            at = number("SELECT max(entry) FROM entry"), rows = 0;
    double start = now_s();
    while (now_s() - start < seconds) {
        script("BEGIN IMMEDIATE");
        for (int i = 0; i < batch; i++, rows++) {
            write_opinion(&opinion, ++id);
            write_entry(&entry, ++at, id);
            copy_values(&answer);
            bind_hash(&answer, "key_hash");
            bind_hash(&answer, "body_hash");
            write_row(&answer);
            sqlite3_bind_int64(head, 1, at);
            sqlite3_bind_int64(head, 2, id);
            check(sqlite3_step(head), SQLITE_DONE, "unit_head");
            sqlite3_reset(head);
        }
        script("COMMIT");
    }
    printf("%.1f\n", (double)rows / (now_s() - start));
}

static void fill(int64_t count)
{
    struct table opinion = {0}, entry = {0};
    table_init(&opinion, "opinion",
               "WHERE relayed = 1 AND visibility = 0 AND split_from = 0 ORDER BY opinion_id");
    table_init(&entry, "entry", "ORDER BY entry DESC");
    int64_t id = number("SELECT max(opinion_id) FROM opinion"),
            at = number("SELECT max(entry) FROM entry");
    script("PRAGMA synchronous = OFF; PRAGMA cache_size = -200000");
    for (int64_t done = 0; done < count;) {
        script("BEGIN IMMEDIATE");
        for (int i = 0; i < FILL_BATCH && done < count; i++, done++) {
            write_opinion(&opinion, ++id);
            write_entry(&entry, ++at, id);
        }
        script("COMMIT");
    }
    char sql[200];
    snprintf(sql, sizeof(sql),
             "UPDATE unit_head SET entry = %" PRId64 ", opinion = %" PRId64 " WHERE unit_id = 1",
             at, id);
    script(sql);
    script("PRAGMA wal_checkpoint(TRUNCATE)");
}

int main(int argc, char **argv)
{
    bool runs = argc == 5 && strcmp(argv[2], "run") == 0,
         fills = argc == 4 && strcmp(argv[2], "fill") == 0;
    if (!runs && !fills) {
        fprintf(stderr, "bare_sqlite FILE run SECONDS BATCH | fill COUNT\n");
        return 2;
    }
    check(sqlite3_open_v2(argv[1], &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL),
          SQLITE_OK, argv[1]);
    script("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA "
           "secure_delete = ON;"
           "PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0; PRAGMA cache_size = -4096");
    if (runs)
        run(strtod(argv[3], NULL), (int)strtol(argv[4], NULL, 10));
    else
        fill(strtoll(argv[3], NULL, 10));
    sqlite3_close(db);
    return 0;
}
