// SPDX-License-Identifier: AGPL-3.0-or-later
// A sealed opinion in the live hall: off the screen, out of turns, notes and facts, all in the act
// that seals. What is taken out stands in the opinion's own file, for custodians alone.
#include "actions/sealing.h"

#include <string.h>

#include "actions/hall_rows.h"
#include "base/text.h"

// ---- notes and facts

static bool note_tells(const struct hall_note *n, int64_t opinion, const struct sealed_words *words)
{
    return n->opinion == opinion || n->became_opinion == opinion || sealed_words_in(words, n->text);
}

static bool fact_tells(const struct hall_fact *f, int64_t opinion, const struct sealed_words *words)
{
    return f->opinion == opinion || sealed_words_in(words, f->text);
}

static void keep(struct opinion_case *c, const char *what, const char *author, const char *text)
{
    if (*text == 0) return;
    struct opinion_item *item = opinion_add_item(c, ITEM_REASON);
    item->person = author;
    item->refs = what;
    item->text = text;
}

enum status act_seal_keep(struct act *act, struct store_tx *tx, struct opinion_case *c)
{
    struct sql *sql = store_tx_sql(tx);
    struct hall_notes notes;
    struct hall_facts facts;
    struct sealed_words words;
    sealed_words_of(&act->scratch, c->opinion, c->items, c->item_count, &words);
    enum status status = store_notes(sql, act->unit, c->dialogue->id, &act->scratch, &notes);
    if (status == STATUS_OK)
        status = store_facts(sql, act->unit, c->dialogue->id, FACTS_ALL, &act->scratch, &facts);
    if (status != STATUS_OK) return status;
    for (int i = 0; i < notes.count; i++)
        if (note_tells(&notes.rows[i], c->opinion->id, &words))
            keep(c, SEALED_NOTE, notes.rows[i].author, notes.rows[i].text);
    for (int i = 0; i < facts.count; i++)
        if (fact_tells(&facts.rows[i], c->opinion->id, &words))
            keep(c, SEALED_FACT, facts.rows[i].username, facts.rows[i].text);
    return STATUS_OK;
}

/// Struck, so that nothing is made of it any more; one still being typed is empty again.
static enum status seal_note(struct act *act, struct store_tx *tx, int64_t dialogue,
                             struct hall_note note)
{
    bool typing = note.entry == 0;
    note.text = typing ? "" : SEALED_LINE;
    note.turn = note.opinion = note.became_opinion = 0;
    note.became = NOTE_ONLY;
    note.struck = note.struck || !typing;
    random_fill(note.salt, SALT_BYTES);
    if (typing) return store_note_write(tx, act->unit, dialogue, &note);
    return hall_note_enter(act, tx, &note, dialogue,
                           &(struct hall_entry){CHAIN_SEALED, "note_seal", ROLE_SYSTEM});
}

static enum status seal_facts(struct act *act, struct store_tx *tx, const struct opinion_case *c,
                              const struct sealed_words *words)
{
    struct hall_facts facts;
    int64_t dialogue = c->dialogue->id;
    enum status status =
        store_facts(store_tx_sql(tx), act->unit, dialogue, FACTS_ALL, &act->scratch, &facts);
    for (int i = 0; status == STATUS_OK && i < facts.count; i++) {
        struct hall_fact fact = facts.rows[i];
        if (!fact_tells(&fact, c->opinion->id, words)) continue;
        fact.opinion = 0;
        fact.text = SEALED_LINE;
        status = hall_fact_enter(act, tx, &fact, dialogue,
                                 &(struct hall_entry){CHAIN_SEALED, "fact_seal", ROLE_SYSTEM});
    }
    return status;
}

// ---- turns

/// Words spoken in a turn were taken down while it ran, under the speaker's name.
static bool spoken_in(const struct hall_turn *t, const struct opinion *o,
                      const struct sealed_words *words, struct arena *arena)
{
    bool then = t->called_ms != 0 && t->called_ms <= o->created_ms &&
                (t->state == TURN_SPEAKING || o->created_ms <= t->ended_ms);
    const char *name = arena_printf(arena, " %s ", text_fold(arena, t->name));
    bool found = false;
    for (int i = 0; i < words->name_count; i++)
        found = found || strstr(name, words->names[i]) != NULL;
    return then && found && o->channel == CHANNEL_SPOKEN;
}

static void clear_turn(struct hall *hall, struct hall_turn *t, unsigned *happened)
{
    bool waits = t->state == TURN_WAITING || t->state == TURN_SKIPPED;
    t->name = t->topic = "";
    t->name_state = TURN_NAME_SHOWN; // there is none any more
    t->opinion = 0;
    t->dirty = true;
    if (waits || t->turn == hall->turn) *happened |= HALL_QUEUE | HALL_CLOCK;
}

static bool seal_turns(struct act *act, struct hall *hall, const struct opinion *o,
                       const struct sealed_words *words, unsigned *happened)
{
    bool changed = false;
    for (int i = 0; i < hall->turn_count; i++) {
        struct hall_turn *t = &hall->turns[i];
        if (t->opinion != o->id && !sealed_words_in(words, t->topic) &&
            !spoken_in(t, o, words, &act->scratch))
            continue;
        clear_turn(hall, t, happened);
        changed = true;
    }
    return changed;
}

// ---- the screen

/// The scene, and what `undo` would bring back. `words` NULL: the opinion alone counts.
static bool clear_scene(struct hall *hall, const struct dialogue *d, int64_t opinion,
                        const struct sealed_words *words, unsigned *happened)
{
    bool live = d->state == DIALOGUE_OPEN || d->state == DIALOGUE_ADJOURNED;
    bool shown = hall->scene_opinion == opinion ||
                 (words != NULL && sealed_words_in(words, hall->scene_text));
    bool undone =
        hall->undo_opinion == opinion || (words != NULL && sealed_words_in(words, hall->undo_text));
    if (shown) {
        hall->scene = live ? SCENE_QUEUE : SCENE_WELCOME;
        hall->scene_opinion = 0;
        hall->scene_text = "";
        *happened |= HALL_SCENE;
    }
    if (undone) {
        if (hall->undo_action == HACT_SCENE) hall->undo_action = -1;
        hall->undo_scene = SCENE_WELCOME;
        hall->undo_opinion = 0;
        hall->undo_text = "";
    }
    return shown || undone;
}

enum status act_off_screen(struct act *act, struct store_tx *tx, const struct opinion_case *c)
{
    struct hall hall;
    unsigned happened = 0;
    const char *code = hall_rules[HACT_CLEAR_SCREEN].code;
    int64_t entry = act->answer.entry;
    enum status status =
        store_hall_load(store_tx_sql(tx), act->unit, c->dialogue->id, &act->scratch, &hall);
    if (status != STATUS_OK || hall.version == 0) return status;
    if (!clear_scene(&hall, c->dialogue, c->opinion->id, NULL, &happened)) return STATUS_OK;
    status = hall_write(act, tx, &hall, &(struct hall_entry){CHAIN_MAIN, code, ROLE_SYSTEM});
    hall_tell(act, &hall, happened, code);
    act->answer.entry = entry;
    return status;
}

enum status act_seal_hall(struct act *act, struct store_tx *tx, const struct opinion_case *c,
                          const struct sealed_words *words)
{
    struct sql *sql = store_tx_sql(tx);
    struct hall hall;
    struct hall_notes notes;
    unsigned happened = 0;
    int64_t entry = act->answer.entry, dialogue = c->dialogue->id;
    enum status status = store_hall_load(sql, act->unit, dialogue, &act->scratch, &hall);
    if (status == STATUS_OK) status = store_notes(sql, act->unit, dialogue, &act->scratch, &notes);
    if (status != STATUS_OK) return status;
    bool changed = seal_turns(act, &hall, c->opinion, words, &happened);
    for (int i = 0; status == STATUS_OK && i < notes.count; i++) {
        const struct hall_note *n = &notes.rows[i];
        if (!note_tells(n, c->opinion->id, words)) continue;
        bool born = n->became == NOTE_OPINION && n->became_opinion == c->opinion->id;
        struct hall_turn *turn = born ? hall_turn_find(&hall, n->turn) : NULL; // the author's
        if (turn != NULL) clear_turn(&hall, turn, &happened);
        changed = changed || turn != NULL;
        status = seal_note(act, tx, dialogue, *n);
    }
    if (status == STATUS_OK) status = seal_facts(act, tx, c, words);
    changed = clear_scene(&hall, c->dialogue, c->opinion->id, words, &happened) || changed;
    if (status == STATUS_OK && changed && hall.version > 0) {
        random_fill(hall.salt, sizeof(hall.salt)); // no guess at what was there can be proven
        status = hall_write(act, tx, &hall,
                            &(struct hall_entry){CHAIN_SEALED, "hall_seal", ROLE_SYSTEM});
        hall_tell(act, &hall, happened, hall_rules[HACT_CLEAR_SCREEN].code);
    }
    act->answer.entry = entry;
    return status;
}
