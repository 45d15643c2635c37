// SPDX-License-Identifier: AGPL-3.0-or-later
// The register as rows, and what is hashed in which order. Changing that order breaks every chain
// ever written.
#include "store/register.h"

#include <string.h>

#include "store/rows.h"

#define COLUMNS                                                                                   \
    "entry, at_ms, actor, role, behalf, action, subject, from_state, to_state, version, digest, " \
    "previous, hash"
#define INSERT_INTO(table)                     \
    "INSERT INTO " table " (unit_id, " COLUMNS \
    ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
#define LIST_FROM(table) \
    "SELECT " COLUMNS " FROM " table " WHERE unit_id = $1 AND entry > $2 ORDER BY entry LIMIT $3"
#define OF_FROM(table) \
    "SELECT " COLUMNS " FROM " table " WHERE unit_id = $1 AND subject = $2 ORDER BY entry"

enum { INSERT, SEALED_INSERT, LIST, SEALED_LIST, OF, SEALED_OF, STMT_COUNT };
static const struct sql_stmt stmts[STMT_COUNT] = {
    [INSERT] = {"entry_insert", INSERT_INTO("entry"), "iiitiittiiibbb"},
    [SEALED_INSERT] = {"sealed_entry_insert", INSERT_INTO("sealed_entry"), "iiitiittiiibbb"},
    [LIST] = {"entry_list", LIST_FROM("entry"), "iii"},
    [SEALED_LIST] = {"sealed_entry_list", LIST_FROM("sealed_entry"), "iii"},
    [OF] = {"entry_of", OF_FROM("entry"), "it"},
    [SEALED_OF] = {"sealed_entry_of", OF_FROM("sealed_entry"), "it"},
};
SQL_STMTS(register, stmts);

void register_hash(int64_t unit, const struct entry *e, unsigned char ret_hash[DIGEST_BYTES])
{
    struct digest d;
    digest_init(&d, NULL);
    digest_bytes(&d, e->previous, DIGEST_BYTES);
    digest_int(&d, unit);
    digest_int(&d, e->entry);
    digest_int(&d, e->at_ms);
    digest_text(&d, e->actor);
    digest_int(&d, (int64_t)e->role);
    digest_int(&d, (int64_t)e->behalf);
    digest_text(&d, e->action);
    digest_text(&d, e->subject);
    digest_int(&d, e->from_state);
    digest_int(&d, e->to_state);
    digest_int(&d, e->version);
    digest_bytes(&d, e->digest, DIGEST_BYTES);
    digest_done(&d, ret_hash);
}

enum status store_register_append(struct store_tx *tx, int64_t unit, enum chain chain,
                                  struct unit_head *head, struct entry *e)
{
    int64_t *last = chain == CHAIN_MAIN ? &head->entry : &head->sealed_entry;
    unsigned char *hash = chain == CHAIN_MAIN ? head->hash : head->sealed_hash;
    e->entry = ++*last;
    memcpy(e->previous, hash, DIGEST_BYTES);
    register_hash(unit, e, e->hash);
    memcpy(hash, e->hash, DIGEST_BYTES);
    return sql_exec(store_tx_sql(tx), &stmts[chain == CHAIN_MAIN ? INSERT : SEALED_INSERT],
                    SQL_ARGS(SQL_I(unit), SQL_I(e->entry), SQL_I(e->at_ms), SQL_T(e->actor),
                             SQL_I((int64_t)e->role), SQL_I((int64_t)e->behalf), SQL_T(e->action),
                             SQL_T(e->subject), SQL_I(e->from_state), SQL_I(e->to_state),
                             SQL_I(e->version), SQL_B(e->digest, DIGEST_BYTES),
                             SQL_B(e->previous, DIGEST_BYTES), SQL_B(e->hash, DIGEST_BYTES)),
                    NULL);
}

static void read_hash(const struct sql_rows *rows, int column, unsigned char to[DIGEST_BYTES])
{
    struct sql_bytes bytes = sql_blob(rows, column);
    memset(to, 0, DIGEST_BYTES);
    if (bytes.len == DIGEST_BYTES) memcpy(to, bytes.p, DIGEST_BYTES);
}

static enum status read_entries(struct sql_rows *rows, struct arena *arena,
                                struct entry_list *ret_list)
{
    int room = 64, count = 0;
    struct entry *list = arena_array(arena, struct entry, (size_t)room);
    while (sql_next(rows)) {
        if (count == room) {
            struct entry *grown = arena_array(arena, struct entry, (size_t)room * 2);
            memcpy(grown, list, (size_t)room * sizeof(*list));
            list = grown;
            room *= 2;
        }
        struct entry *e = &list[count++];
        e->entry = sql_int(rows, 0);
        e->at_ms = sql_int(rows, 1);
        e->actor = sql_text_dup(arena, rows, 2);
        e->role = (enum role)sql_int(rows, 3);
        e->behalf = (enum on_behalf)sql_int(rows, 4);
        e->action = sql_text_dup(arena, rows, 5);
        e->subject = sql_text_dup(arena, rows, 6);
        e->from_state = (int)sql_int(rows, 7);
        e->to_state = (int)sql_int(rows, 8);
        e->version = sql_int(rows, 9);
        read_hash(rows, 10, e->digest);
        read_hash(rows, 11, e->previous);
        read_hash(rows, 12, e->hash);
    }
    *ret_list = (struct entry_list){list, count};
    return sql_rows_done(rows);
}

enum status store_register_list(struct sql *sql, int64_t unit, struct register_page page,
                                struct arena *arena, struct entry_list *ret_list)
{
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[page.chain == CHAIN_MAIN ? LIST : SEALED_LIST],
              SQL_ARGS(SQL_I(unit), SQL_I(page.after), SQL_I(page.limit)), &rows);
    return read_entries(&rows, arena, ret_list);
}

enum status store_register_of(struct sql *sql, int64_t unit, enum chain chain, const char *subject,
                              struct arena *arena, struct entry_list *ret_list)
{
    SQL_ROWS rows = {0};
    sql_query(sql, &stmts[chain == CHAIN_MAIN ? OF : SEALED_OF],
              SQL_ARGS(SQL_I(unit), SQL_T(subject)), &rows);
    return read_entries(&rows, arena, ret_list);
}

/// Everything of the row that is not a counter of itself, salted.
static void digest_opinion_row(struct digest *d, const struct opinion *o)
{
    const int64_t numbers[] = {o->id,
                               o->dialogue,
                               o->version,
                               (int64_t)o->state,
                               (int64_t)o->kind,
                               (int64_t)o->channel,
                               (int64_t)o->wants,
                               (int64_t)o->reply_by,
                               (int64_t)o->scope,
                               (int64_t)o->authority,
                               (int64_t)o->about,
                               (int64_t)o->visibility,
                               (int64_t)o->field,
                               o->khom,
                               (int64_t)o->author_type,
                               o->publish_name,
                               o->relayed,
                               o->group_lead,
                               o->split_from,
                               (int64_t)o->before_call,
                               (int64_t)o->before_close,
                               o->close_version,
                               o->responsible_is_body,
                               (int64_t)o->due_rule,
                               o->due_start,
                               o->due_legal,
                               o->due_safe,
                               o->due_set_by_person,
                               o->extended,
                               o->round,
                               (int64_t)o->verdict,
                               (int64_t)o->outcome,
                               o->window_end,
                               o->created_ms,
                               o->answered_ms,
                               o->delivered_ms,
                               o->concluded_ms,
                               o->created_by_staff,
                               o->next_item,
                               o->support};
    const char *const texts[] = {o->topic, o->named, o->content, o->name,       o->organisation,
                                 o->phone, o->email, o->floor,   o->responsible};
    digest_bytes(d, o->salt, SALT_BYTES);
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
        digest_int(d, numbers[i]);
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        digest_text(d, texts[i]);
    digest_bytes(d, o->receipt_hash, RECEIPT_HASH_BYTES);
}

static void digest_item(struct digest *d, const struct opinion_item *i)
{
    digest_bytes(d, i->salt, SALT_BYTES);
    const int64_t numbers[] = {i->item,
                               (int64_t)i->kind,
                               (int64_t)i->status,
                               i->entry,
                               i->at_ms,
                               (int64_t)i->role,
                               (int64_t)i->behalf,
                               i->code,
                               i->code2,
                               i->day,
                               i->day2,
                               i->ref,
                               i->round,
                               i->delivered_ms};
    for (size_t k = 0; k < ARRAY_LEN(numbers); k++)
        digest_int(d, numbers[k]);
    const char *const texts[] = {i->actor, i->person, i->body, i->text, i->refs, i->proof};
    for (size_t k = 0; k < ARRAY_LEN(texts); k++)
        digest_text(d, texts[k]);
}

void opinion_digest(const struct opinion *o, const struct opinion_item *items, int count,
                    unsigned char ret_digest[DIGEST_BYTES])
{
    struct digest d;
    digest_init(&d, NULL);
    digest_opinion_row(&d, o);
    digest_int(&d, count);
    for (int i = 0; i < count; i++)
        digest_item(&d, &items[i]);
    digest_done(&d, ret_digest);
}

void dialogue_digest(const struct dialogue *x, unsigned char ret_digest[DIGEST_BYTES])
{
    struct digest d;
    digest_init(&d, NULL);
    const int64_t numbers[] = {x->id,
                               x->version,
                               (int64_t)x->state,
                               x->year,
                               x->seats,
                               (int64_t)x->profile,
                               x->approved,
                               x->issued_day,
                               x->announced_ms,
                               x->starts_at_ms,
                               x->opinions_from_ms,
                               x->opinions_until_ms,
                               x->opened_ms,
                               x->closed_ms,
                               x->resumes_at_ms,
                               x->results_ms,
                               x->completed_ms,
                               x->minutes_secretary_ms,
                               x->minutes_chair_ms};
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
        digest_int(&d, numbers[i]);
    const char *const texts[] = {x->title,  x->place,  x->planned,   x->number,
                                 x->symbol, x->reason, x->conclusion};
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        digest_text(&d, texts[i]);
    for (int i = 0; i < APPOINT_COUNT; i++)
        digest_text(&d, x->appointed[i]);
    digest_done(&d, ret_digest);
}
