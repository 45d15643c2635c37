// SPDX-License-Identifier: AGPL-3.0-or-later
// Every table that travels, row by row, as the engine has it. Knows nothing of what rows mean;
// tests/store/test_dump.c holds the lists against the schema, so that a new table can't be missed.
#include "store/dump.h"

#include "domain/value.h"
#include "store/migrate.h"

// X(table, columns, primary key, parameters, types). Parents come before what refers to them.
// clang-format off
#define TABLES(X) \
    X(unit, \
      "unit_id, host, created_ms", \
      "unit_id", \
      "$1, $2, $3", \
      "iti") \
    X(unit_head, \
      "unit_id, entry, hash, sealed_entry, sealed_hash, sealed_anchor, opinion, " \
      "config", \
      "unit_id", \
      "$1, $2, $3, $4, $5, $6, $7, $8", \
      "iibibiii") \
    X(setting, \
      "unit_id, name, value", \
      "unit_id, name", \
      "$1, $2, $3", \
      "itt") \
    X(account, \
      "unit_id, username, name, title, password_hash, roles, fields, khom, " \
      "active, version", \
      "unit_id, username", \
      "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10", \
      "ittttiiiii") \
    X(khom, \
      "unit_id, khom, name, quota", \
      "unit_id, khom", \
      "$1, $2, $3, $4", \
      "iiti") \
    X(holiday, \
      "unit_id, day, kind, confirmed, name, source", \
      "unit_id, day", \
      "$1, $2, $3, $4, $5, $6", \
      "iiiitt") \
    X(dialogue, \
      "unit_id, dialogue_id, version, state, title, place, planned, year, seats, " \
      "profile, approved, number, symbol, issued_day, announced_ms, starts_at_ms, " \
      "opinions_from_ms, opinions_until_ms, opened_ms, closed_ms, resumes_at_ms, " \
      "results_ms, completed_ms, minutes_secretary_ms, minutes_chair_ms, reason, " \
      "conclusion, chair, deputy, secretary, second_reader", \
      "unit_id, dialogue_id", \
      "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, " \
      "$17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31", \
      "iiiitttiiiittiiiiiiiiiiiitttttt") \
    X(agenda_item, \
      "unit_id, dialogue_id, step, title, owner, minutes, side, started_ms, " \
      "ended_ms", \
      "unit_id, dialogue_id, step", \
      "$1, $2, $3, $4, $5, $6, $7, $8, $9", \
      "iiittiiii") \
    X(opinion, \
      "unit_id, opinion_id, dialogue_id, version, state, kind, channel, wants, " \
      "reply_by, scope, authority, about, visibility, field, khom, topic, named, " \
      "content, author_type, author_name, organisation, phone, email, " \
      "publish_name, receipt_hash, relayed, group_lead, split_from, before_call, " \
      "before_close, close_version, floor, responsible, responsible_is_body, " \
      "due_rule, due_start, due_legal, due_safe, due_set_by_person, extended, " \
      "round, verdict, outcome, window_end, created_ms, answered_ms, " \
      "delivered_ms, concluded_ms, created_by_staff, next_item, support, salt", \
      "unit_id, opinion_id", \
      "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, " \
      "$17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, " \
      "$32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, " \
      "$47, $48, $49, $50, $51, $52", \
      "iiiiiiiiiiiiiiitttittttibiiiiiittiiiiiiiiiiiiiiiiiib") \
    X(opinion_item, \
      "unit_id, opinion_id, item, kind, status, entry, at_ms, actor, role, " \
      "behalf, person, body, code, code2, day, day2, ref, round, text, refs, " \
      "proof, delivered_ms, salt", \
      "unit_id, opinion_id, item", \
      "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, " \
      "$17, $18, $19, $20, $21, $22, $23", \
      "iiiiiiitiittiiiiiitttib") \
    X(entry, \
      "unit_id, entry, at_ms, actor, role, behalf, action, subject, from_state, " \
      "to_state, version, digest, previous, hash", \
      "unit_id, entry", \
      "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14", \
      "iiitiittiiibbb") \
    X(sealed_entry, \
      "unit_id, entry, at_ms, actor, role, behalf, action, subject, from_state, " \
      "to_state, version, digest, previous, hash", \
      "unit_id, entry", \
      "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14", \
      "iiitiittiiibbb") \
    X(read_log, \
      "unit_id, at_ms, username, subject", \
      "unit_id, username, at_ms, subject", \
      "$1, $2, $3, $4", \
      "iitt") \
    X(outbox, \
      "unit_id, message_id, opinion_id, item, transport, recipient, subject, " \
      "body, state, attempts, next_ms, sent_ms", \
      "unit_id, message_id", \
      "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12", \
      "iiiiitttiiii") \
    X(minutes, \
      "unit_id, dialogue_id, version, generated, text, edited_by, edited_ms", \
      "unit_id, dialogue_id, version", \
      "$1, $2, $3, $4, $5, $6, $7", \
      "iiittti") \
    X(attachment, \
      "unit_id, attachment_id, name, type, bytes, added_by, at_ms", \
      "unit_id, attachment_id", \
      "$1, $2, $3, $4, $5, $6, $7", \
      "itttbti") \
    X(invitee, \
      "unit_id, dialogue_id, invitee, version, name, title, username, part, khom, " \
      "walk_in, consent, added_by, at_ms, delivered_ms, delivered_by, proof_kind, " \
      "proof, absence, arrived_ms, arrived_by, struck, forgotten_ms, salt", \
      "unit_id, dialogue_id, invitee", \
      "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, " \
      "$17, $18, $19, $20, $21, $22, $23", \
      "iiiitttiiiitiitittitiib") \
    X(dispatch, \
      "unit_id, dialogue_id, dispatch, version, type, recipient, day, receiver, " \
      "note, added_by, at_ms, struck, salt", \
      "unit_id, dialogue_id, dispatch", \
      "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13", \
      "iiiittitttiib") \
    X(dialogue_text, \
      "unit_id, dialogue_id, name, version, text, edited_by, edited_ms, salt", \
      "unit_id, dialogue_id, name", \
      "$1, $2, $3, $4, $5, $6, $7, $8", \
      "iiiittib") \
    X(hall, \
      "unit_id, dialogue_id, version, scene, scene_opinion, scene_text, " \
      "list_closed, first_time, round_robin, turn_seconds, warn_seconds, " \
      "authority_percent, step, turn, paused, undo_action, undo_turn, " \
      "undo_before, undo_scene, undo_opinion, undo_text, salt, cleared, undo_cleared, topic", \
      "unit_id, dialogue_id", \
      "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, " \
      "$17, $18, $19, $20, $21, $22, $23, $24, $25", \
      "iiiiitiiiiiiiiiiiiiitbiit") \
    X(hall_turn, \
      "unit_id, dialogue_id, turn, kind, state, side, ticket, name, username, " \
      "khom, author_type, topic, opinion_id, extra_seconds, asked_ms, called_ms, " \
      "ended_ms, name_state", \
      "unit_id, dialogue_id, turn", \
      "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18", \
      "iiiiiiittiitiiiiii") \
    X(hall_interval, \
      "unit_id, dialogue_id, number, side, turn, step, started_ms, ended_ms", \
      "unit_id, dialogue_id, number", \
      "$1, $2, $3, $4, $5, $6, $7, $8", \
      "iiiiiiii") \
    X(hall_note, \
      "unit_id, dialogue_id, note, text, author, turn, opinion_id, became, " \
      "became_opinion, struck, entry, at_ms, edited_ms, salt", \
      "unit_id, dialogue_id, note", \
      "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14", \
      "iiittiiiiiiiib") \
    X(hall_fact, \
      "unit_id, dialogue_id, fact, opinion_id, username, text, at_ms, salt", \
      "unit_id, dialogue_id, fact", \
      "$1, $2, $3, $4, $5, $6, $7, $8", \
      "iiiittib") \
    X(hall_ticket, \
      "unit_id, dialogue_id, ticket, token_hash, name, khom, joined_ms, author_type, " \
      "organisation", \
      "unit_id, dialogue_id, ticket", \
      "$1, $2, $3, $4, $5, $6, $7, $8, $9", \
      "iiibtiiit") \
    X(hall_ticket_opinion, \
      "unit_id, dialogue_id, ticket, opinion_id", \
      "unit_id, dialogue_id, ticket, opinion_id", \
      "$1, $2, $3, $4", \
      "iiii") \
    X(hall_support, \
      "unit_id, opinion_id, dialogue_id, ticket, at_ms", \
      "unit_id, opinion_id, dialogue_id, ticket", \
      "$1, $2, $3, $4, $5", \
      "iiiii") \
    X(broadcast, \
      "unit_id, dialogue_id, broadcast, day, minute, times, khom, reader, note, " \
      "added_by, at_ms, struck", \
      "unit_id, dialogue_id, broadcast", \
      "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12", \
      "iiiiiiitttii") \
    X(issued_document, \
      "unit_id, issued_id, dialogue_id, type, opinion_id, person, edition, series, " \
      "year, ordinal, number, symbol, external, day, title, signer, recipients, " \
      "replaces, withheld, issued_by, issued_ms", \
      "unit_id, issued_id", \
      "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, " \
      "$17, $18, $19, $20, $21", \
      "iiiiititiittiitttiiti") \
    X(issued_file, \
      "unit_id, issued_id, format, name, bytes", \
      "unit_id, issued_id, format", \
      "$1, $2, $3, $4, $5", \
      "iiitb") \
    X(minutes_sealed, \
      "unit_id, dialogue_id, version, generated, text, edited_by, edited_ms, " \
      "sealed_day", \
      "unit_id, dialogue_id, version", \
      "$1, $2, $3, $4, $5, $6, $7, $8", \
      "iiitttii")
// clang-format on

#define TABLE_NUMBER(table, columns, key, values, types) T_##table,
enum { TABLES(TABLE_NUMBER) TABLE_COUNT };

enum { SEALED_COUNT = 2 * TABLE_COUNT, UNIT_COUNT, STMT_COUNT };

#define TABLE_STMTS(table, columns, key, values, types)                                     \
    [2 * T_##table] = {"dump_page_" #table,                                                 \
                       "SELECT " columns " FROM " #table " WHERE unit_id > 0 ORDER BY " key \
                       " LIMIT $1 OFFSET $2",                                               \
                       "ii"},                                                               \
         [2 * T_##table + 1] = {"dump_put_" #table,                                         \
                                "INSERT INTO " #table " (" columns ") VALUES (" values ")", \
                                types},

static const struct sql_stmt stmts[STMT_COUNT] = {
    TABLES(TABLE_STMTS)[SEALED_COUNT] =
        {"dump_sealed_count",
         "SELECT CAST(count(*) AS BIGINT) + (SELECT CAST(count(*) AS BIGINT) FROM minutes_sealed) "
         "+ (SELECT CAST(count(*) AS BIGINT) FROM issued_document WHERE withheld = 1) "
         "FROM opinion WHERE visibility = $1",
         "i"},
    [UNIT_COUNT] = {"dump_unit_count", "SELECT CAST(count(*) AS BIGINT) FROM unit", ""},
};
SQL_STMTS(dump, stmts);

#define TABLE_ROW(table, columns, key, values, types) [T_##table] = {#table, columns, types},
const struct dump_table dump_tables[] = {TABLES(TABLE_ROW){NULL, NULL, NULL}};

const char *const dump_left_out[] = {
    "session",     // everyone signs in anew
    "idempotency", // answers kept for a day, under keys only senders have
    "opinion_words",
    "opinion_indexed", // made again from the texts
    "schema_version",  // of the database, not of what is in it
    NULL,
};

void store_dump_page(struct sql *sql, int table, struct dump_page page, struct sql_rows *rows)
{
    sql_query(sql, &stmts[2 * table], SQL_ARGS(SQL_I(page.limit), SQL_I(page.after)), rows);
}

enum status store_dump_put(struct store_tx *tx, int table, struct sql_args row)
{
    return sql_exec(store_tx_sql(tx), &stmts[2 * table + 1], row, NULL);
}

enum status store_dump_sealed(struct sql *sql, int64_t *ret_count)
{
    return sql_one_int(sql, &stmts[SEALED_COUNT], SQL_ARGS(SQL_I(VISIBILITY_SEALED)), ret_count);
}

enum status store_dump_units(struct sql *sql, int64_t *ret_count)
{
    return sql_one_int(sql, &stmts[UNIT_COUNT], SQL_NO_ARGS, ret_count);
}

int64_t store_schema(void)
{
    return migrations_count == 0 ? 0 : migrations[migrations_count - 1].version;
}
