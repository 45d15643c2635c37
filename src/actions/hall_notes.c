// SPDX-License-Identifier: AGPL-3.0-or-later
// What is written down as it happens: the secretary's notes, kept while being typed, and the facts
// officers send to the chair. Nothing is ever taken out; a note is struck and stays.
#include "actions/hall.h"

#include "store/dialogue.h"
#include "store/opinion.h"

/// A text with an entry of its own.
struct own_text {
    const char *kind; // of the subject: "note 1-5"
    int64_t id;
    const char *text;
    const unsigned char *salt;
};

static enum status own_entry(struct act *act, struct store_tx *tx, const char *action,
                             enum role role, const struct own_text *own)
{
    struct entry entry = {.role = role,
                          .action = action,
                          .subject = arena_printf(&act->scratch, "%s %lld-%lld", own->kind,
                                                  (long long)act->target, (long long)own->id),
                          .from_state = -1,
                          .to_state = -1,
                          .version = 1};
    struct digest d;
    digest_init(&d, NULL);
    digest_bytes(&d, own->salt, SALT_BYTES);
    digest_text(&d, own->text);
    digest_done(&d, entry.digest);
    enum status status = act_register(act, tx, CHAIN_MAIN, &entry);
    act->answer.entry = entry.entry;
    return status;
}

static struct refusal hall_roles(const struct act *act, const struct dialogue *d, uint32_t who)
{
    if (dialogue_roles(d, &act->actor) & who) return ALLOWED;
    return REFUSE(act->actor.kind == ACTOR_PUBLIC ? REFUSAL_UNAUTHENTICATED : REFUSAL_FORBIDDEN);
}

/// The opinion that is on the floor last, 0 none.
static int64_t opinion_of_turn(const struct hall *hall)
{
    const struct hall_turn *turn = hall_turn_find(hall, hall->turn);
    return turn != NULL && turn->opinion != 0 ? turn->opinion : hall->scene_opinion;
}

static enum status find_note(struct act *act, struct sql *sql, const struct hall_noting *n,
                             struct hall_note *ret_note)
{
    struct hall_notes notes;
    struct hall hall;
    enum status status = store_hall_load(sql, act->unit, act->target, &act->scratch, &hall);
    if (status != STATUS_OK) return status;
    if (n->note == 0) {
        *ret_note = (struct hall_note){.author = act->actor.person->username,
                                       .turn = hall.turn,
                                       .opinion = opinion_of_turn(&hall),
                                       .at_ms = act->now_ms};
        return STATUS_OK;
    }
    status = store_notes(sql, act->unit, act->target, &act->scratch, &notes);
    if (status != STATUS_OK) return status;
    for (int i = 0; i < notes.count; i++)
        if (notes.rows[i].note == n->note) return *ret_note = notes.rows[i], STATUS_OK;
    return act->refusal = REFUSE_FIELD(REFUSAL_INVALID, "note"), STATUS_OK;
}

static struct refusal check_note(const struct act *act, const struct dialogue *d,
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

enum status run_hall_note(struct act *act, struct store_tx *tx)
{
    const struct hall_noting *n = act->extra;
    struct dialogue d;
    struct hall_note note;
    bool over;
    enum status status = hall_begin(act, tx, &d, &over);
    if (status != STATUS_OK || over) return status;
    act->refusal = check_note(act, &d, n);
    if (act->refusal.code == REFUSAL_NONE) status = find_note(act, store_tx_sql(tx), n, &note);
    if (status != STATUS_OK || act->refusal.code != REFUSAL_NONE) return status;
    if (n->strike)
        note.struck = true; // stays, with its trace
    else
        note.text = n->text;
    note.edited_ms = act->now_ms;
    random_fill(note.salt, SALT_BYTES);
    bool entered = n->done || n->strike || note.entry != 0;
    if (note.note == 0) status = store_note_write(tx, act->unit, d.id, &note);
    if (status == STATUS_OK && entered) {
        status = own_entry(act, tx, n->strike ? "note_strike" : "note", ROLE_SECRETARY,
                           &(struct own_text){"note", note.note, note.text, note.salt});
        note.entry = act->answer.entry;
    }
    if (status == STATUS_OK) status = store_note_write(tx, act->unit, d.id, &note);
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
    random_fill(fact.salt, SALT_BYTES);
    status = store_fact_insert(tx, act->unit, d.id, &fact);
    if (status != STATUS_OK) return status;
    status = own_entry(act, tx, "fact", ROLE_SPECIALIST,
                       &(struct own_text){"fact", fact.fact, fact.text, fact.salt});
    act->answer.id = fact.fact;
    act_happened(act, d.id, o.id, "fact", false, o.version);
    return status == STATUS_OK ? act_end(act, tx) : status;
}

// ---- a note becomes an opinion

/// Who was speaking when it was typed is its author (R74): name, khóm, resident or business.
static void author_of_turn(struct act *act, const struct hall_turn *turn)
{
    struct submission *s = &act->submission;
    *s = (struct submission){.kind = -1,
                             .field = -1,
                             .channel = CHANNEL_SPOKEN,
                             .wants = -1,
                             .reply_by = -1,
                             .author_type = AUTHOR_RESIDENT};
    if (turn == NULL || turn->side != SIDE_PEOPLE) return;
    s->khom = turn->khom;
    s->author_type = (int)turn->author_type;
    if (*turn->name == 0) return;
    if (turn->author_type == AUTHOR_BUSINESS)
        s->organisation = turn->name;
    else if (turn->author_type == AUTHOR_RESIDENT)
        s->name = turn->name;
}

enum status run_hall_note_opinion(struct act *act, struct store_tx *tx)
{
    const struct hall_noting *n = act->extra;
    struct dialogue d;
    struct hall hall;
    struct hall_note note = {0};
    bool over;
    enum status status = hall_begin(act, tx, &d, &over);
    if (status != STATUS_OK || over) return status;
    act->refusal = check_note(act, &d, &(struct hall_noting){.strike = true, .text = ""});
    if (act->refusal.code == REFUSAL_NONE && n->note == 0)
        act->refusal = REFUSE_FIELD(REFUSAL_REQUIRED, "note");
    if (act->refusal.code == REFUSAL_NONE) status = find_note(act, store_tx_sql(tx), n, &note);
    if (status != STATUS_OK || act->refusal.code != REFUSAL_NONE) return status;
    if (note.became != NOTE_ONLY || note.struck)
        return act->refusal = REFUSE(REFUSAL_WRONG_STATE), STATUS_OK;
    status = store_hall_load(store_tx_sql(tx), act->unit, d.id, &act->scratch, &hall);
    if (status != STATUS_OK) return status;
    author_of_turn(act, hall_turn_find(&hall, note.turn));
    act->submission.content = note.text;
    status = run_opinion_submit(act, tx); // its own entry is the trace
    if (status != STATUS_OK || act->refusal.code != REFUSAL_NONE) return status;
    note.became = NOTE_OPINION;
    note.became_opinion = note.opinion = act->answer.id;
    return store_note_write(tx, act->unit, d.id, &note);
}
