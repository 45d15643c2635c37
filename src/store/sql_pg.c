// SPDX-License-Identifier: AGPL-3.0-or-later
// PostgreSQL behind sql.h: libpq, binary values, prepared statements. Never repeats a COMMIT whose
// answer was lost, and never lets the server guess a parameter's type.
#include "store/sql_impl.h"

#include <endian.h>
#include <libpq-fe.h>

#include "base/log.h"

// From PostgreSQL's catalogue (pg_type.dat); they never change.
enum {
    OID_BOOL = 16,
    OID_BYTEA = 17,
    OID_INT8 = 20,
    OID_INT2 = 21,
    OID_INT4 = 23,
    OID_TEXT = 25,
};

struct pg {
    struct sql base;
    PGconn *conn;
    unsigned prepared; // for the names of statements
};

struct pg_stmt {
    struct pg *pg;
    const struct sql_stmt *stmt;
    char name[16];
};

static bool sqlstate_is(const char *state, const char *prefix)
{
    return strncmp(state, prefix, strlen(prefix)) == 0;
}

static const struct {
    const char *prefix; // of SQLSTATE; the first that fits
    enum status status;
} sqlstates[] = {
    {"23505", STATUS_CONFLICT}, // unique_violation
    {"40", STATUS_RETRY},       // serialization failure, deadlock
    {"55P03", STATUS_RETRY},    // lock_not_available (lock_timeout)
    {"57P", STATUS_RETRY},      // shutting down, starting up
    {"08", STATUS_RETRY},       // connection
    {"53300", STATUS_RETRY},    // too_many_connections
    {"53100", STATUS_FULL},     // disk_full
};

static enum status status_of(const struct pg *pg, const char *state)
{
    if (state == NULL) return PQstatus(pg->conn) == CONNECTION_BAD ? STATUS_RETRY : STATUS_BROKEN;
    for (size_t i = 0; i < ARRAY_LEN(sqlstates); i++) {
        if (sqlstate_is(state, sqlstates[i].prefix)) return sqlstates[i].status;
    }
    return STATUS_BROKEN;
}

/// The primary message only: the detail would quote values of the row.
static enum status report(const struct pg *pg, const PGresult *result, const char *what)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    enum status status = status_of(pg, state);
    if (status == STATUS_FULL || status == STATUS_BROKEN)
        log_error("postgresql: %s: %s (%s)", what, message == NULL ? "no answer" : message,
                  state == NULL ? "-" : state);
    return status;
}

static bool is_ok(const PGresult *result)
{
    ExecStatusType type = PQresultStatus(result);
    return type == PGRES_COMMAND_OK || type == PGRES_TUPLES_OK;
}

static enum status finish(const struct pg *pg, PGresult *result, const char *what)
{
    enum status status = is_ok(result) ? STATUS_OK : report(pg, result, what);
    PQclear(result);
    return status;
}

static Oid oid_of(char type)
{
    ensure(type == 'i' || type == 't' || type == 'b');
    return type == 'i' ? OID_INT8 : type == 't' ? OID_TEXT : OID_BYTEA;
}

static bool column_is_ours(Oid type)
{
    return type == OID_BOOL || type == OID_BYTEA || type == OID_INT8 || type == OID_INT2 ||
           type == OID_INT4 || type == OID_TEXT;
}

/// A sum is NUMERIC unless cast: found when the statement is prepared, not when a report first uses
/// it.
static enum status describe(struct pg *pg, const struct pg_stmt *prepared)
{
    PGresult *result = PQdescribePrepared(pg->conn, prepared->name);
    enum status status = STATUS_OK;
    if (!is_ok(result)) status = report(pg, result, prepared->stmt->name);
    for (int i = 0; status == STATUS_OK && i < PQnfields(result); i++) {
        if (column_is_ours(PQftype(result, i))) continue;
        log_error("postgresql: %s: column %d has type %u; CAST it", prepared->stmt->name, i,
                  PQftype(result, i));
        status = STATUS_BROKEN;
    }
    PQclear(result);
    return status;
}

static enum status pg_prepare(struct sql *sql, const struct sql_stmt *stmt, void **ret_prepared)
{
    struct pg *pg = (struct pg *)sql;
    size_t count = strlen(stmt->types);
    ensure(count <= SQL_ARGS_MAX);
    Oid types[SQL_ARGS_MAX];
    for (size_t i = 0; i < count; i++)
        types[i] = oid_of(stmt->types[i]);
    struct pg_stmt *prepared = calloc(1, sizeof(*prepared));
    ensure(prepared != NULL);
    *prepared = (struct pg_stmt){.pg = pg, .stmt = stmt};
    snprintf(prepared->name, sizeof prepared->name, "s%u", ++pg->prepared);
    enum status status =
        finish(pg, PQprepare(pg->conn, prepared->name, stmt->text, (int)count, types), stmt->name);
    if (status == STATUS_OK) status = describe(pg, prepared);
    if (status != STATUS_OK) {
        free(prepared);
        return status;
    }
    *ret_prepared = prepared;
    return STATUS_OK;
}

static void pg_unprepare(void *prepared)
{
    free(prepared); // the server's half ends with the connection
}

struct wire {
    const char *values[SQL_ARGS_MAX];
    int lengths[SQL_ARGS_MAX], formats[SQL_ARGS_MAX];
    uint64_t numbers[SQL_ARGS_MAX];
};

static void wire_put(struct wire *wire, size_t i, const struct sql_value *value)
{
    ensure(value->len <= INT32_MAX);
    wire->formats[i] = 1; // the binary form of text is the text, with its length and without a NUL
    wire->lengths[i] = (int)value->len;
    wire->values[i] = value->null ? NULL : value->p;
    if (value->type == 'i' && !value->null) {
        wire->numbers[i] = htobe64((uint64_t)value->i);
        wire->values[i] = (const char *)&wire->numbers[i];
        wire->lengths[i] = 8;
    }
}

static enum status pg_start(void *prepared, struct sql_args args, bool keep, struct sql_rows *rows)
{
    (void)keep; // everything is sent before this returns
    const struct pg_stmt *stmt = prepared;
    struct wire wire;
    for (size_t i = 0; i < args.count; i++)
        wire_put(&wire, i, &args.values[i]);
    PGresult *result = PQexecPrepared(stmt->pg->conn, stmt->name, (int)args.count, wire.values,
                                      wire.lengths, wire.formats, 1);
    if (!is_ok(result)) return finish(stmt->pg, result, stmt->stmt->name);
    rows->impl = result;
    rows->columns = PQnfields(result);
    return STATUS_OK;
}

static bool pg_next(struct sql_rows *rows)
{
    return rows->at < PQntuples(rows->impl);
}

static int64_t pg_changed(const struct sql_rows *rows)
{
    // "" for statements that change nothing, and SELECT counts what it gave.
    PGresult *result = rows->impl;
    return strncmp(PQcmdStatus(result), "SELECT", 6) == 0 ? 0
                                                          : strtoll(PQcmdTuples(result), NULL, 10);
}

static void pg_end(struct sql_rows *rows)
{
    PQclear(rows->impl);
}

static struct sql_value number_of(const char *p, int len)
{
    uint64_t bits = 0;
    for (int i = 0; i < len; i++)
        bits = bits << 8 | (unsigned char)p[i];
    int unused = 64 - 8 * len;
    return SQL_I((int64_t)(bits << unused) >> unused); // the sign of a short number
}

static struct sql_value pg_cell(const struct sql_rows *rows, int column)
{
    const PGresult *result = rows->impl;
    int row = (int)rows->at - 1;
    ensure(row >= 0 && row < PQntuples(result));
    if (PQgetisnull(result, row, column)) return (struct sql_value){.type = '?', .null = true};
    const char *p = PQgetvalue(result, row, column);
    int len = PQgetlength(result, row, column);
    switch (PQftype(result, column)) {
    case OID_BOOL: // one byte, 0 or 1
        return SQL_I(p[0] != 0);
    case OID_INT2:
    case OID_INT4:
    case OID_INT8:
        return number_of(p, len);
    case OID_TEXT:
        return SQL_TN(p, (size_t)len);
    case OID_BYTEA:
        return SQL_B(p, (size_t)len);
    }
    return (struct sql_value){.type = '?'};
}

static enum status pg_script(struct sql *sql, const char *text)
{
    struct pg *pg = (struct pg *)sql;
    return finish(pg, PQexec(pg->conn, text), text);
}

static enum status pg_commit(struct sql *sql, bool *ret_unknown)
{
    struct pg *pg = (struct pg *)sql;
    PGresult *result = PQexec(pg->conn, "COMMIT");
    // A server that is told to stop while it waits for its standby has committed, so an error
    // followed by the end of the connection says nothing either.
    if (!is_ok(result) && PQstatus(pg->conn) == CONNECTION_BAD) {
        PQclear(result);
        *ret_unknown = true;
        return STATUS_RETRY;
    }
    bool rolled_back = is_ok(result) && strcmp(PQcmdStatus(result), "COMMIT") != 0;
    enum status status = finish(pg, result, "COMMIT");
    return rolled_back ? STATUS_BROKEN : status;
}

static bool pg_in_transaction(struct sql *sql)
{
    PGTransactionStatusType type = PQtransactionStatus(((struct pg *)sql)->conn);
    return type == PQTRANS_INTRANS || type == PQTRANS_INERROR;
}

static bool pg_is_lost(struct sql *sql)
{
    return PQstatus(((struct pg *)sql)->conn) == CONNECTION_BAD;
}

static void pg_close(struct sql *sql)
{
    struct pg *pg = (struct pg *)sql;
    PQfinish(pg->conn);
    free(pg);
}

static const struct sql_ops ops = {
    .engine = SQL_POSTGRESQL,
    .prepare = pg_prepare,
    .unprepare = pg_unprepare,
    .start = pg_start,
    .next = pg_next,
    .changed = pg_changed,
    .end = pg_end,
    .cell = pg_cell,
    .script = pg_script,
    .commit = pg_commit,
    .in_transaction = pg_in_transaction,
    .is_lost = pg_is_lost,
    .close = pg_close,
};

// --- Opening ---

static void drop_notice(void *arg, const char *message)
{
    (void)arg, (void)message; // "relation exists, skipping" on every start
}

static enum status configure(struct pg *pg, const struct sql_open *open)
{
    char text[160];
    snprintf(text, sizeof text,
             "SET lock_timeout = %d; SET idle_in_transaction_session_timeout = '60s';"
             "SET bytea_output = hex; SET TimeZone = 'UTC'",
             open->busy_wait_ms);
    return pg_script(&pg->base, text);
}

/// SQLite's texts are UTF-8, so these are too; another encoding would refuse some names.
static enum status check_encoding(const struct pg *pg)
{
    const char *encoding = PQparameterStatus(pg->conn, "server_encoding");
    if (encoding != NULL && strcmp(encoding, "UTF8") == 0) return STATUS_OK;
    log_error("postgresql: the database's encoding is %s; it must be UTF8",
              encoding == NULL ? "unknown" : encoding);
    return STATUS_BROKEN;
}

enum status sql_pg_open(const struct sql_open *open, struct sql **ret_sql)
{
    static const char *const names[] = {"dbname", "application_name", "client_encoding",
                                        "connect_timeout", NULL};
    const char *const values[] = {open->where, "doithoai", "UTF8", "5", NULL};
    struct pg *pg = calloc(1, sizeof(*pg));
    ensure(pg != NULL);
    pg->base.ops = &ops;
    pg->conn = PQconnectdbParams(names, values, 1);
    enum status status = STATUS_OK;
    if (PQstatus(pg->conn) != CONNECTION_OK) {
        const char *message = PQerrorMessage(pg->conn); // ends with a line end
        log_error("postgresql: can't connect: %.*s", (int)strcspn(message, "\n"), message);
        status = STATUS_RETRY;
    } else {
        PQsetNoticeProcessor(pg->conn, drop_notice, NULL);
        status = check_encoding(pg);
        if (status == STATUS_OK) status = configure(pg, open);
    }
    if (status != STATUS_OK) {
        PQfinish(pg->conn);
        free(pg);
        return status;
    }
    *ret_sql = &pg->base;
    return STATUS_OK;
}
