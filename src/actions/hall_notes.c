// SPDX-License-Identifier: AGPL-3.0-or-later
// What is written down as it happens: the secretary's notes, kept while being typed, and the facts
// officers send to the chair. Nothing is ever taken out; a note is struck and stays.
#include "actions/hall.h"

#include <string.h>

#include "actions/hall_rows.h"
#include "actions/sealing.h"
#include "domain/hall_next.h"
#include "store/dialogue.h"
#include "store/opinion.h"
#include "store/opinion_list.h"

// ---- rows with an entry of their own

/// The number after the last version that either chain has.
static enum status next_version(struct act *act, struct sql *sql, const char *subject,
                                int64_t *ret_version)
{
    int64_t last = 0;
    for (enum chain chain = CHAIN_MAIN; chain <= CHAIN_SEALED; chain++) {
        struct entry_list list;
        enum status status =
            store_register_of(sql, act->unit, chain, subject, &act->scratch, &list);
        if (status != STATUS_OK) return status;
        for (int i = 0; i < list.count; i++)
            if (list.rows[i].version > last) last = list.rows[i].version;
    }
    return *ret_version = last + 1, STATUS_OK;
}

static enum status enter(struct act *act, struct store_tx *tx, const struct hall_entry *how,
                         struct entry *entry)
{
    entry->role = how->role;
    entry->action = how->action;
    entry->from_state = entry->to_state = -1;
    enum status status = next_version(act, store_tx_sql(tx), entry->subject, &entry->version);
    if (status == STATUS_OK) status = act_register(act, tx, how->chain, entry);
    act->answer.entry = entry->entry;
    return status;
}

enum status hall_note_enter(struct act *act, struct store_tx *tx, struct hall_note *note,
                            int64_t dialogue, const struct hall_entry *how)
{
    enum status status = STATUS_OK;
    if (note->note == 0) status = store_note_write(tx, act->unit, dialogue, note); // its number
    if (status != STATUS_OK) return status;
    struct entry entry = {.subject = arena_printf(&act->scratch, "note %lld-%lld",
                                                  (long long)dialogue, (long long)note->note)};
    if (how->chain == CHAIN_MAIN) note->entry = act->head.entry + 1;
    random_fill(note->salt, SALT_BYTES);
    hall_note_digest(dialogue, note, entry.digest);
    status = enter(act, tx, how, &entry);
    return status == STATUS_OK ? store_note_write(tx, act->unit, dialogue, note) : status;
}

enum status hall_fact_enter(struct act *act, struct store_tx *tx, struct hall_fact *fact,
                            int64_t dialogue, const struct hall_entry *how)
{
    random_fill(fact->salt, SALT_BYTES);
    enum status status = store_fact_write(tx, act->unit, dialogue, fact);
    if (status != STATUS_OK) return status;
    struct entry entry = {.subject = arena_printf(&act->scratch, "fact %lld-%lld",
                                                  (long long)dialogue, (long long)fact->fact)};
    hall_fact_digest(dialogue, fact, entry.digest);
    return enter(act, tx, how, &entry);
}

struct refusal hall_roles(const struct act *act, const struct dialogue *d, uint32_t who)
{
    if (dialogue_roles(d, &act->actor) & who) return ALLOWED;
    return REFUSE(act->actor.kind == ACTOR_PUBLIC ? REFUSAL_UNAUTHENTICATED : REFUSAL_FORBIDDEN);
}

enum status hall_opinions_read(struct sql *sql, int64_t unit, int64_t dialogue, struct arena *arena,
                               struct opinion_rows *ret_rows)
{
    struct opinion_filter filter = {.dialogue = dialogue, .state = -1, .field = -1, .khom = -1};
    struct opinion_rows all = {0}, page = {.more = true};
    while (page.more) {
        enum status status = store_opinion_list(sql, unit, &filter, arena, &page);
        if (status != STATUS_OK) return status;
        if (page.count == 0) break;
        struct opinion *rows =
            arena_array(arena, struct opinion, (size_t)all.count + (size_t)page.count);
        if (all.count > 0) memcpy(rows, all.rows, (size_t)all.count * sizeof(*rows));
        memcpy(rows + all.count, page.rows, (size_t)page.count * sizeof(*rows));
        all.rows = rows;
        all.count += page.count;
        filter.after = rows[all.count - 1].id;
    }
    return *ret_rows = all, STATUS_OK;
}

static enum status new_note(struct act *act, struct sql *sql, struct hall_note *ret_note)
{
    struct hall hall;
    enum status status = store_hall_load(sql, act->unit, act->target, &act->scratch, &hall);
    *ret_note = (struct hall_note){.text = "", .at_ms = act->now_ms};
    if (status != STATUS_OK) return status;
    ret_note->author = act->actor.person->username;
    ret_note->turn = hall.turn;
    struct opinion_rows rows;
    status = hall_opinions_read(sql, act->unit, act->target, &act->scratch, &rows);
    if (status != STATUS_OK) return status;
    const struct opinion *o = hall_on_table(&hall, rows.rows, rows.count);
    return ret_note->opinion = o != NULL ? o->id : 0, STATUS_OK;
}

/// An unfinished note that somebody else on this account went on with since the sender looked.
/// Typing on, after an answer that was lost, is no such thing: the new text begins with the old.
static bool typed_elsewhere(const struct hall_note *row, const struct hall_noting *n)
{
    if (row->entry != 0 || n->base == NULL || n->strike || *row->text == 0) return false;
    return strcmp(row->text, n->base) != 0 && strncmp(n->text, row->text, strlen(row->text)) != 0;
}

enum status hall_note_find(struct act *act, struct sql *sql, const struct hall_noting *n,
                           struct hall_note *ret_note)
{
    struct hall_notes notes;
    enum status status = store_notes(sql, act->unit, act->target, &act->scratch, &notes);
    if (status != STATUS_OK) return status;
    const char *me = act->actor.person->username;
    for (int i = 0; i < notes.count; i++) {
        const struct hall_note *row = &notes.rows[i];
        bool mine = row->entry == 0 && !row->struck && strcmp(row->author, me) == 0;
        if (n->note != 0 ? row->note != n->note : !mine) continue;
        if (typed_elsewhere(row, n)) return new_note(act, sql, ret_note);
        *ret_note = *row;
        // Late news of the typing must not change what was written down since.
        bool late = !n->done && !n->strike && n->become == NOTE_ONLY && row->entry != 0;
        if (late) act->refusal = REFUSE_FIELD(REFUSAL_WRONG_STATE, "note");
        return STATUS_OK;
    }
    if (n->note == 0) return new_note(act, sql, ret_note);
    return act->refusal = REFUSE_FIELD(REFUSAL_INVALID, "note"), STATUS_OK;
}

struct refusal hall_note_check(const struct act *act, const struct dialogue *d,
                               const struct hall_noting *n)
{
    struct refusal refusal = hall_roles(act, d, WHO(ROLE_SECRETARY));
    if (refusal.code != REFUSAL_NONE) return refusal;
    bool in_time = d->opened_ms != 0 && d->minutes_chair_ms == 0;
    if (!in_time) return REFUSE(REFUSAL_WRONG_STATE);
    if (act->form_refusal.code != REFUSAL_NONE) return act->form_refusal;
    if (!n->strike && *n->text == 0) return REFUSE_FIELD(REFUSAL_REQUIRED, "text");
    return ALLOWED;
}

enum status hall_note_write(struct act *act, struct store_tx *tx, const struct hall_noting *n,
                            struct hall_note *note)
{
    enum status status = STATUS_OK;
    if (n->strike) {
        note->struck = true; // stays, with its trace
    } else {
        note->text = n->text;
        status = act_without_sealed(act, store_tx_sql(tx), act->target, &note->text);
    }
    if (status != STATUS_OK) return status;
    note->edited_ms = act->now_ms;
    bool entered = n->done || n->strike || note->entry != 0;
    if (!entered) {
        random_fill(note->salt, SALT_BYTES);
        return store_note_write(tx, act->unit, act->target, note);
    }
    const struct hall_entry how = {CHAIN_MAIN, n->strike ? "note_strike" : "note", ROLE_SECRETARY};
    return hall_note_enter(act, tx, note, act->target, &how);
}

enum status run_hall_note(struct act *act, struct store_tx *tx)
{
    const struct hall_noting *n = act->extra;
    struct dialogue d;
    struct hall_note note;
    bool over;
    enum status status = hall_begin(act, tx, &d, &over);
    if (status != STATUS_OK || over) return status;
    act->refusal = hall_note_check(act, &d, n);
    if (act->refusal.code == REFUSAL_NONE) status = hall_note_find(act, store_tx_sql(tx), n, &note);
    if (status != STATUS_OK || act->refusal.code != REFUSAL_NONE) return status;
    status = hall_note_write(act, tx, n, &note);
    act->answer.id = note.note;
    return status == STATUS_OK ? act_end(act, tx) : status;
}

static struct refusal check_fact(const struct act *act, const struct dialogue *d,
                                 const struct hall_telling *t, const struct opinion *o)
{
    struct refusal refusal = hall_roles(act, d, WHO(ROLE_SPECIALIST) | WHO(ROLE_OFFICE));
    if (refusal.code != REFUSAL_NONE) return refusal;
    if (d->state != DIALOGUE_OPEN && d->state != DIALOGUE_ADJOURNED)
        return REFUSE(REFUSAL_WRONG_STATE);
    if (act->form_refusal.code != REFUSAL_NONE) return act->form_refusal;
    if (*t->text == 0) return REFUSE_FIELD(REFUSAL_REQUIRED, "text");
    bool shown = o->dialogue == d->id && o->relayed && o->visibility != VISIBILITY_SEALED;
    if (!shown) return REFUSE_FIELD(REFUSAL_INVALID, "opinion");
    if (opinion_names(o, act->actor.person->username)) return REFUSE(REFUSAL_OWN_CASE);
    return ALLOWED;
}

enum status run_hall_fact(struct act *act, struct store_tx *tx)
{
    const struct hall_telling *t = act->extra;
    struct dialogue d;
    struct opinion o = {.named = ""};
    bool over;
    enum status status = hall_begin(act, tx, &d, &over);
    if (status != STATUS_OK || over) return status;
    status = store_opinion_load(store_tx_sql(tx), act->unit, t->opinion, &act->scratch, &o);
    if (status != STATUS_OK && status != STATUS_NOT_FOUND) return status;
    act->refusal = check_fact(act, &d, t, &o);
    if (act->refusal.code != REFUSAL_NONE) return STATUS_OK;
    struct hall_fact fact = {.opinion = o.id,
                             .username = act->actor.person->username,
                             .text = t->text,
                             .at_ms = act->now_ms};
    status = hall_fact_enter(act, tx, &fact, d.id,
                             &(struct hall_entry){CHAIN_MAIN, "fact", ROLE_SPECIALIST});
    if (status != STATUS_OK) return status;
    act->answer.id = fact.fact;
    act_happened(act, d.id, o.id, "fact", false, o.version);
    return status == STATUS_OK ? act_end(act, tx) : status;
}
