// SPDX-License-Identifier: AGPL-3.0-or-later
// Phones in the hall, what they handed in and supported; the secretary's notes; officers' facts.
#include <string.h>

#include "base/ensure.h"
#include "store/hall.h"
#include "store/rows.h"

enum {
    TICKET_LAST,
    TICKET_INSERT,
    TICKET_FIND,
    TICKET_LOAD,
    TICKETS,
    OWNS,
    OWNED,
    FORGET,
    SUPPORT,
    LINKS,
    STRAY,
    NOTES,
    NOTE_LAST,
    NOTE_WRITE,
    FACTS,
    FACT_LAST,
    FACT_WRITE,
    STMT_COUNT
};
enum { ROWS_MAX = 5000 };
#define TICKET_COLUMNS \
    "dialogue_id, ticket, name, khom, joined_ms, token_hash, author_type, organisation"

static const struct sql_stmt stmts[STMT_COUNT] = {
    [TICKET_LAST] = {"hall_ticket_last",
                     "SELECT coalesce(max(ticket), 0) FROM hall_ticket WHERE unit_id = $1 AND "
                     "dialogue_id = $2",
                     "ii"},
    [TICKET_INSERT] = {"hall_ticket_insert",
                       "INSERT INTO hall_ticket (unit_id, dialogue_id, ticket, token_hash, name, "
                       "khom, joined_ms, author_type, organisation) VALUES ($1, $2, $3, $4, $5, "
                       "$6, $7, $8, $9)",
                       "iiibtiiit"},
    [TICKET_FIND] = {"hall_ticket_find",
                     "SELECT " TICKET_COLUMNS " FROM hall_ticket WHERE unit_id = $1 AND "
                     "token_hash = $2",
                     "ib"},
    [TICKET_LOAD] = {"hall_ticket_load",
                     "SELECT " TICKET_COLUMNS " FROM hall_ticket WHERE unit_id = $1 AND "
                     "dialogue_id = $2 AND ticket = $3",
                     "iii"},
    [TICKETS] = {"hall_tickets",
                 "SELECT " TICKET_COLUMNS " FROM hall_ticket WHERE unit_id = $1 AND "
                 "dialogue_id = $2 ORDER BY ticket",
                 "ii"},
    [OWNS] = {"hall_ticket_owns",
              "INSERT INTO hall_ticket_opinion (unit_id, dialogue_id, ticket, opinion_id) VALUES "
              "($1, $2, $3, $4) ON CONFLICT DO NOTHING",
              "iiii"},
    [OWNED] = {"hall_ticket_opinions",
               "SELECT opinion_id FROM hall_ticket_opinion WHERE unit_id = $1 AND dialogue_id = $2 "
               "AND ticket = $3 ORDER BY opinion_id LIMIT $4",
               "iiii"},
    [FORGET] = {"hall_ticket_forget",
                "DELETE FROM hall_ticket_opinion WHERE unit_id = $1 AND opinion_id = $2", "ii"},
    [SUPPORT] = {"hall_support",
                 "INSERT INTO hall_support (unit_id, opinion_id, dialogue_id, ticket, at_ms) "
                 "VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
                 "iiiii"},
    [LINKS] = {"hall_links",
               "SELECT dialogue_id, ticket, CAST(-1 AS BIGINT) AS at_ms FROM hall_ticket_opinion "
               "WHERE unit_id = $1 AND opinion_id = $2 UNION ALL SELECT dialogue_id, ticket, at_ms "
               "FROM hall_support WHERE unit_id = $1 AND opinion_id = $2 ORDER BY 3, 1, 2",
               "ii"},
    [STRAY] =
        {"hall_stray",
         "SELECT s.opinion_id, s.dialogue_id, s.ticket FROM (SELECT unit_id, dialogue_id, ticket, "
         "opinion_id FROM hall_ticket_opinion UNION ALL SELECT unit_id, dialogue_id, ticket, "
         "opinion_id FROM hall_support) s WHERE s.unit_id = $1 AND (NOT EXISTS (SELECT 1 FROM "
         "opinion o WHERE o.unit_id = s.unit_id AND o.opinion_id = s.opinion_id AND o.dialogue_id "
         "= s.dialogue_id) OR NOT EXISTS (SELECT 1 FROM hall_ticket t WHERE t.unit_id = s.unit_id "
         "AND t.dialogue_id = s.dialogue_id AND t.ticket = s.ticket)) ORDER BY 1, 2, 3 LIMIT 1",
         "i"},
    [NOTES] = {"hall_notes",
               "SELECT note, text, author, turn, opinion_id, became, became_opinion, struck, "
               "entry, at_ms, edited_ms, salt FROM hall_note WHERE unit_id = $1 AND dialogue_id = "
               "$2 ORDER BY note LIMIT $3",
               "iii"},
    [NOTE_LAST] = {"hall_note_last",
                   "SELECT coalesce(max(note), 0) FROM hall_note WHERE unit_id = $1 AND "
                   "dialogue_id = $2",
                   "ii"},
    [NOTE_WRITE] =
        {"hall_note_write",
         "INSERT INTO hall_note (unit_id, dialogue_id, note, text, author, turn, opinion_id, "
         "became, became_opinion, struck, entry, at_ms, edited_ms, salt) VALUES ($1, $2, $3, $4, "
         "$5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT (unit_id, dialogue_id, note) "
         "DO UPDATE SET text = excluded.text, turn = excluded.turn, opinion_id = "
         "excluded.opinion_id, became = excluded.became, became_opinion = "
         "excluded.became_opinion, struck = excluded.struck, entry = excluded.entry, edited_ms = "
         "excluded.edited_ms, salt = excluded.salt",
         "iiittiiiiiiiib"},
    [FACTS] = {"hall_facts",
               "SELECT fact, opinion_id, username, text, at_ms, salt FROM hall_fact WHERE unit_id "
               "= $1 AND dialogue_id = $2 AND ($3 = -1 OR opinion_id = $3 OR ($3 = 0 AND "
               "opinion_id <> 0)) ORDER BY fact LIMIT $4",
               "iiii"},
    [FACT_LAST] = {"hall_fact_last",
                   "SELECT coalesce(max(fact), 0) FROM hall_fact WHERE unit_id = $1 AND "
                   "dialogue_id = $2",
                   "ii"},
    [FACT_WRITE] = {"hall_fact_write",
                    "INSERT INTO hall_fact (unit_id, dialogue_id, fact, opinion_id, username, "
                    "text, at_ms, salt) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT "
                    "(unit_id, dialogue_id, fact) DO UPDATE SET opinion_id = excluded.opinion_id, "
                    "text = excluded.text, salt = excluded.salt",
                    "iiiittib"},
};
SQL_STMTS(hall_people, stmts);

static void read_salt(const struct sql_rows *rows, int column, unsigned char salt[SALT_BYTES])
{
    struct sql_bytes bytes = sql_blob(rows, column);
    memcpy(salt, bytes.p, bytes.len < SALT_BYTES ? bytes.len : SALT_BYTES);
}

enum status store_ticket_count(struct sql *sql, int64_t unit, int64_t dialogue, int64_t *ret_count)
{
    return sql_one_int(sql, &stmts[TICKET_LAST], SQL_ARGS(SQL_I(unit), SQL_I(dialogue)), ret_count);
}

enum status store_ticket_insert(struct store_tx *tx, int64_t unit, struct hall_ticket *ticket)
{
    enum status status =
        store_ticket_count(store_tx_sql(tx), unit, ticket->dialogue, &ticket->ticket);
    if (status != STATUS_OK) return status;
    ticket->ticket++;
    return sql_exec(store_tx_sql(tx), &stmts[TICKET_INSERT],
                    SQL_ARGS(SQL_I(unit), SQL_I(ticket->dialogue), SQL_I(ticket->ticket),
                             SQL_B(ticket->hash, TICKET_HASH_BYTES), SQL_T(ticket->name),
                             SQL_I(ticket->khom), SQL_I(ticket->joined_ms),
                             SQL_I((int64_t)ticket->author_type), SQL_T(ticket->organisation)),
                    NULL);
}

static struct hall_ticket read_ticket(const struct sql_rows *rows, struct arena *arena)
{
    struct hall_ticket t = {.dialogue = sql_int(rows, 0),
                            .ticket = sql_int(rows, 1),
                            .name = sql_text_dup(arena, rows, 2),
                            .khom = (int)sql_int(rows, 3),
                            .joined_ms = sql_int(rows, 4),
                            .author_type = (enum author_type)sql_int(rows, 6),
                            .organisation = sql_text_dup(arena, rows, 7)};
    struct sql_bytes hash = sql_blob(rows, 5);
    memcpy(t.hash, hash.p, hash.len < TICKET_HASH_BYTES ? hash.len : TICKET_HASH_BYTES);
    return t;
}

static enum status one_ticket(struct sql_rows *rows, struct arena *arena,
                              struct hall_ticket *ret_ticket)
{
    bool found = sql_next(rows);
    if (found) *ret_ticket = read_ticket(rows, arena);
    enum status status = sql_rows_done(rows);
    return status == STATUS_OK && !found ? STATUS_NOT_FOUND : status;
}

enum status store_ticket_find(struct sql *sql, int64_t unit,
                              const unsigned char hash[TICKET_HASH_BYTES], struct arena *arena,
                              struct hall_ticket *ret_ticket)
{
    ensure(hash != NULL);
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[TICKET_FIND], SQL_ARGS(SQL_I(unit), SQL_B(hash, TICKET_HASH_BYTES)),
              &rows);
    return one_ticket(&rows, arena, ret_ticket);
}

enum status store_ticket_load(struct sql *sql, int64_t unit, int64_t dialogue, int64_t ticket,
                              struct arena *arena, struct hall_ticket *ret_ticket)
{
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[TICKET_LOAD], SQL_ARGS(SQL_I(unit), SQL_I(dialogue), SQL_I(ticket)),
              &rows);
    return one_ticket(&rows, arena, ret_ticket);
}

enum status store_tickets(struct sql *sql, int64_t unit, int64_t dialogue, struct arena *arena,
                          struct hall_tickets *ret_list)
{
    struct hall_ticket *list = NULL;
    int count = 0, room = 0;
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[TICKETS], SQL_ARGS(SQL_I(unit), SQL_I(dialogue)), &rows);
    while (sql_next(&rows)) {
        if (count == room) {
            room = room * 2 + 64;
            struct hall_ticket *grown = arena_array(arena, struct hall_ticket, (size_t)room);
            if (list != NULL) memcpy(grown, list, (size_t)count * sizeof(*grown));
            list = grown;
        }
        list[count++] = read_ticket(&rows, arena);
    }
    *ret_list = (struct hall_tickets){list, count};
    return sql_rows_done(&rows);
}

enum status store_ticket_owns(struct store_tx *tx, int64_t unit, int64_t dialogue, int64_t ticket,
                              int64_t opinion)
{
    return sql_exec(store_tx_sql(tx), &stmts[OWNS],
                    SQL_ARGS(SQL_I(unit), SQL_I(dialogue), SQL_I(ticket), SQL_I(opinion)), NULL);
}

enum status store_ticket_opinions(struct sql *sql, int64_t unit, int64_t dialogue, int64_t ticket,
                                  struct arena *arena, struct ticket_opinions *ret_list)
{
    enum { MOST = 100 };
    int64_t *ids = arena_array(arena, int64_t, MOST);
    int count = 0;
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[OWNED],
              SQL_ARGS(SQL_I(unit), SQL_I(dialogue), SQL_I(ticket), SQL_I(MOST)), &rows);
    while (sql_next(&rows))
        ids[count++] = sql_int(&rows, 0);
    *ret_list = (struct ticket_opinions){ids, count};
    return sql_rows_done(&rows);
}

enum status store_ticket_forget(struct store_tx *tx, int64_t unit, int64_t opinion)
{
    return sql_exec(store_tx_sql(tx), &stmts[FORGET], SQL_ARGS(SQL_I(unit), SQL_I(opinion)), NULL);
}

enum status store_support_insert(struct store_tx *tx, int64_t unit, const struct hall_support *s,
                                 bool *ret_new)
{
    int64_t changed = 0;
    enum status status = sql_exec(store_tx_sql(tx), &stmts[SUPPORT],
                                  SQL_ARGS(SQL_I(unit), SQL_I(s->opinion), SQL_I(s->dialogue),
                                           SQL_I(s->ticket), SQL_I(s->at_ms)),
                                  &changed);
    *ret_new = changed > 0;
    return status;
}

enum status store_links_digest(struct sql *sql, int64_t unit, int64_t opinion,
                               unsigned char digest[DIGEST_BYTES])
{
    struct digest d;
    bool any = false;
    SQL_ROWS rows = {0};
    digest_init(&d, NULL);
    digest_bytes(&d, digest, DIGEST_BYTES);
    sql_query(sql, &stmts[LINKS], SQL_ARGS(SQL_I(unit), SQL_I(opinion)), &rows);
    while (sql_next(&rows)) {
        any = true;
        for (int i = 0; i < 3; i++)
            digest_int(&d, sql_int(&rows, i));
    }
    if (any) digest_done(&d, digest);
    return sql_rows_done(&rows);
}

enum status store_link_stray(struct sql *sql, int64_t unit, struct hall_link *ret_link)
{
    SQL_ROWS rows = {0};
    *ret_link = (struct hall_link){0};
    sql_query(sql, &stmts[STRAY], SQL_ARGS(SQL_I(unit)), &rows);
    if (sql_next(&rows))
        *ret_link = (struct hall_link){sql_int(&rows, 0), sql_int(&rows, 1), sql_int(&rows, 2)};
    return sql_rows_done(&rows);
}

enum status store_notes(struct sql *sql, int64_t unit, int64_t dialogue, struct arena *arena,
                        struct hall_notes *ret_list)
{
    struct hall_note *list = arena_array(arena, struct hall_note, ROWS_MAX);
    int count = 0;
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[NOTES], SQL_ARGS(SQL_I(unit), SQL_I(dialogue), SQL_I(ROWS_MAX)), &rows);
    while (sql_next(&rows)) {
        struct hall_note *n = &list[count++];
        *n = (struct hall_note){.note = sql_int(&rows, 0),
                                .text = sql_text_dup(arena, &rows, 1),
                                .author = sql_text_dup(arena, &rows, 2),
                                .turn = sql_int(&rows, 3),
                                .opinion = sql_int(&rows, 4),
                                .became = (enum note_became)sql_int(&rows, 5),
                                .became_opinion = sql_int(&rows, 6),
                                .struck = sql_int(&rows, 7) != 0,
                                .entry = sql_int(&rows, 8),
                                .at_ms = sql_int(&rows, 9),
                                .edited_ms = sql_int(&rows, 10)};
        read_salt(&rows, 11, n->salt);
    }
    *ret_list = (struct hall_notes){list, count};
    return sql_rows_done(&rows);
}

enum status store_note_write(struct store_tx *tx, int64_t unit, int64_t dialogue,
                             struct hall_note *n)
{
    struct sql *sql = store_tx_sql(tx);
    if (n->note == 0) {
        enum status status =
            sql_one_int(sql, &stmts[NOTE_LAST], SQL_ARGS(SQL_I(unit), SQL_I(dialogue)), &n->note);
        if (status != STATUS_OK) return status;
        n->note++;
    }
    return sql_exec(sql, &stmts[NOTE_WRITE],
                    SQL_ARGS(SQL_I(unit), SQL_I(dialogue), SQL_I(n->note), SQL_T(n->text),
                             SQL_T(n->author), SQL_I(n->turn), SQL_I(n->opinion),
                             SQL_I((int64_t)n->became), SQL_I(n->became_opinion), SQL_I(n->struck),
                             SQL_I(n->entry), SQL_I(n->at_ms), SQL_I(n->edited_ms),
                             SQL_B(n->salt, SALT_BYTES)),
                    NULL);
}

enum status store_facts(struct sql *sql, int64_t unit, int64_t dialogue, int64_t opinion,
                        struct arena *arena, struct hall_facts *ret_list)
{
    struct hall_fact *list = arena_array(arena, struct hall_fact, ROWS_MAX);
    int count = 0;
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[FACTS],
              SQL_ARGS(SQL_I(unit), SQL_I(dialogue), SQL_I(opinion), SQL_I(ROWS_MAX)), &rows);
    while (sql_next(&rows)) {
        struct hall_fact *f = &list[count++];
        *f = (struct hall_fact){.fact = sql_int(&rows, 0),
                                .opinion = sql_int(&rows, 1),
                                .username = sql_text_dup(arena, &rows, 2),
                                .text = sql_text_dup(arena, &rows, 3),
                                .at_ms = sql_int(&rows, 4)};
        read_salt(&rows, 5, f->salt);
    }
    *ret_list = (struct hall_facts){list, count};
    return sql_rows_done(&rows);
}

enum status store_fact_write(struct store_tx *tx, int64_t unit, int64_t dialogue,
                             struct hall_fact *f)
{
    struct sql *sql = store_tx_sql(tx);
    if (f->fact == 0) {
        enum status status =
            sql_one_int(sql, &stmts[FACT_LAST], SQL_ARGS(SQL_I(unit), SQL_I(dialogue)), &f->fact);
        if (status != STATUS_OK) return status;
        f->fact++;
    }
    return sql_exec(sql, &stmts[FACT_WRITE],
                    SQL_ARGS(SQL_I(unit), SQL_I(dialogue), SQL_I(f->fact), SQL_I(f->opinion),
                             SQL_T(f->username), SQL_T(f->text), SQL_I(f->at_ms),
                             SQL_B(f->salt, SALT_BYTES)),
                    NULL);
}
