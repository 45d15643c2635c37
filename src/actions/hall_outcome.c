// SPDX-License-Identifier: AGPL-3.0-or-later
// The chair's three outcomes, and a note turned into an opinion, an answer, a directive or a task:
// each one act in one transaction, made of the opinion's own actions, whose rules decide alone.
#include "actions/hall.h"

#include <string.h>

#include "actions/hall_rows.h"
#include "domain/hall_next.h"
#include "store/dialogue.h"
#include "store/opinion.h"

/// An action of the contract, done within an act of the hall.
struct inner {
    int64_t opinion;
    enum opinion_action action;
    enum on_behalf behalf;
};

/// Everything it needs is in act, which is put back afterwards; the answer stays. The kept answer
/// is the outer act's: its key was looked up by hall_begin.
static enum status do_inner(struct act *act, struct store_tx *tx, struct inner inner)
{
    int64_t target = act->target;
    int action = act->action;
    enum on_behalf behalf = act->behalf;
    const char *key = act->idempotency_key;
    act->target = inner.opinion;
    act->action = (int)inner.action;
    act->behalf = inner.behalf;
    act->idempotency_key = NULL;
    enum status status = act_end(act, tx); // the inner act reads the head again
    if (status == STATUS_OK) status = run_opinion_action(act, tx);
    act->target = target;
    act->action = action;
    act->behalf = behalf;
    act->idempotency_key = key;
    return status;
}

/// The chair acts as chair; the secretary for the chair.
static enum on_behalf chair_voice(const struct act *act, const struct dialogue *d)
{
    const uint32_t chairs = WHO(ROLE_CHAIR) | WHO(ROLE_DEPUTY) | WHO(ROLE_SECOND_READER);
    uint32_t mine = dialogue_roles(d, &act->actor);
    return (mine & chairs) == 0 && (mine & WHO(ROLE_SECRETARY)) != 0 ? BEHALF_CHAIR : BEHALF_SELF;
}

/// Whoever of the authority spoke in that turn, when it was somebody else than the chair: "" else.
static const char *officer_of(const struct act *act, const struct dialogue *d,
                              const struct hall_turn *turn)
{
    if (turn == NULL || turn->side != SIDE_AUTHORITY) return "";
    const struct person *p = people_find(&act->facts->people, turn->username);
    if (p == NULL) return "";
    struct actor actor = {.kind = ACTOR_ACCOUNT, .person = p};
    return dialogue_roles(d, &actor) & WHO(ROLE_CHAIR) ? "" : p->username;
}

static struct param_value text_value(const char *text)
{
    return (struct param_value){.given = text != NULL && *text != 0, .text = text};
}

/// Puts the opinion on the floor and gives that to the officer, for the chair.
static enum status give_floor(struct act *act, struct store_tx *tx, const struct opinion *o,
                              const char *officer)
{
    struct params params = act->params;
    enum status status = STATUS_OK;
    act->params = (struct params){0};
    if (o->state != OPINION_ON_FLOOR)
        status = do_inner(act, tx, (struct inner){o->id, ACT_CALL, BEHALF_CHAIR});
    act->params.at[PARAM_TO] = text_value(officer);
    if (status == STATUS_OK && act->refusal.code == REFUSAL_NONE)
        status = do_inner(act, tx, (struct inner){o->id, ACT_GIVE_FLOOR, BEHALF_CHAIR});
    act->params = params;
    return status;
}

/// An answer heard in the hall, under the name of who gave it: an officer whom the secretary's
/// clock shows as speaking gets the floor of this opinion first.
static enum status answer_heard(struct act *act, struct store_tx *tx, const struct dialogue *d,
                                const struct inner *wanted, const char *officer)
{
    struct inner inner = *wanted;
    struct opinion o;
    enum status status =
        store_opinion_load(store_tx_sql(tx), act->unit, inner.opinion, &act->scratch, &o);
    if (status != STATUS_OK) return status;
    bool by_officer = inner.behalf == BEHALF_CHAIR && *officer != 0 && d->state == DIALOGUE_OPEN &&
                      o.state != OPINION_ANSWERED;
    bool has_floor = o.state == OPINION_ON_FLOOR && strcmp(o.floor, officer) == 0;
    if (by_officer && !has_floor) status = give_floor(act, tx, &o, officer);
    if (status != STATUS_OK || act->refusal.code != REFUSAL_NONE) return status;
    if (by_officer) inner.behalf = BEHALF_FLOOR;
    return do_inner(act, tx, inner);
}

/// Of this dialogue, or as if it were not there.
static enum status is_of_dialogue(struct act *act, struct store_tx *tx, int64_t id)
{
    struct opinion o;
    if (id == 0) return act->refusal = REFUSE_FIELD(REFUSAL_REQUIRED, "opinion"), STATUS_OK;
    enum status status = store_opinion_load(store_tx_sql(tx), act->unit, id, &act->scratch, &o);
    if (status == STATUS_NOT_FOUND || (status == STATUS_OK && o.dialogue != act->target))
        return act->refusal = REFUSE_FIELD(REFUSAL_INVALID, "opinion"), STATUS_OK;
    return status;
}

enum status run_hall_outcome(struct act *act, struct store_tx *tx)
{
    struct dialogue d;
    struct hall hall;
    bool over;
    int64_t opinion = param_number(&act->params, PARAM_OPINION, 0);
    enum status status = hall_begin(act, tx, &d, &over);
    if (status != STATUS_OK || over) return status;
    act->refusal = hall_roles(act, &d,
                              WHO(ROLE_CHAIR) | WHO(ROLE_DEPUTY) | WHO(ROLE_SECOND_READER) |
                                  WHO(ROLE_SECRETARY));
    if (act->refusal.code == REFUSAL_NONE) status = is_of_dialogue(act, tx, opinion);
    if (status != STATUS_OK || act->refusal.code != REFUSAL_NONE) return status;
    status = store_hall_load(store_tx_sql(tx), act->unit, d.id, &act->scratch, &hall);
    if (status != STATUS_OK) return status;
    struct params params = act->params;
    act->params.at[PARAM_OPINION].given = false; // not of the action
    struct inner inner = {opinion, (enum opinion_action)act->action, chair_voice(act, &d)};
    if (inner.action == ACT_ANSWER)
        status = answer_heard(act, tx, &d, &inner,
                              officer_of(act, &d, hall_turn_find(&hall, hall.turn)));
    else
        status = do_inner(act, tx, inner);
    act->params = params;
    if (status != STATUS_OK || act->refusal.code != REFUSAL_NONE) return status;
    return act_end(act, tx);
}

// ---- a note becomes

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
    const char *name = hall_turn_name(turn); // one nobody has read yet stays with the secretary
    if (turn->author_type == AUTHOR_BUSINESS)
        s->organisation = *name != 0 ? name : "Doanh nghiệp";
    else if (turn->author_type == AUTHOR_RESIDENT && *name != 0)
        s->name = name;
}

static enum status note_to_opinion(struct act *act, struct store_tx *tx, const struct hall *hall,
                                   struct hall_note *note)
{
    const char *key = act->idempotency_key;
    author_of_turn(act, hall_turn_find(hall, note->turn));
    act->submission.content = note->text;
    act->idempotency_key = NULL; // the outer act's
    enum status status = act_end(act, tx);
    if (status == STATUS_OK) status = run_opinion_submit(act, tx); // its entry is the trace
    act->idempotency_key = key;
    if (status == STATUS_OK && act->refusal.code == REFUSAL_NONE) note->opinion = act->answer.id;
    return status;
}

/// Who is to answer for it by rule: who owes it now, else the officer of its field.
static enum status responsible_of(struct act *act, struct store_tx *tx, struct dialogue *d,
                                  int64_t opinion, const char **ret_to)
{
    struct opinion *o = arena_new(&act->scratch, struct opinion);
    struct opinion_case c;
    enum status status = store_opinion_load(store_tx_sql(tx), act->unit, opinion, &act->scratch, o);
    if (status == STATUS_OK) status = act_case(act, store_tx_sql(tx), d, o, &c);
    if (status != STATUS_OK) return status;
    bool owes = o->state == OPINION_OWED && *o->responsible != 0;
    return *ret_to = owes ? o->responsible : opinion_default_responsible(&c), STATUS_OK;
}

static enum status note_to_action(struct act *act, struct store_tx *tx, struct dialogue *d,
                                  const struct hall *hall, const struct hall_note *note)
{
    const struct hall_noting *n = act->extra;
    struct params params = act->params;
    const char *to = n->to != NULL ? n->to : "";
    struct inner inner = {note->opinion, ACT_ASSIGN, chair_voice(act, d)};
    enum status status = STATUS_OK;
    act->params = (struct params){0};
    if (n->become == NOTE_ANSWER) {
        inner.action = ACT_ANSWER;
        act->params.at[PARAM_MODE] = (struct param_value){.given = true, .number = MODE_SPOKEN};
        act->params.at[PARAM_KIND] = (struct param_value){.given = true, .number = ANSWER_ANSWER};
        act->params.at[PARAM_TEXT] = text_value(note->text);
        status =
            answer_heard(act, tx, d, &inner, officer_of(act, d, hall_turn_find(hall, note->turn)));
    } else {
        if (n->become == NOTE_DIRECTIVE || *to == 0)
            status = responsible_of(act, tx, d, note->opinion, &to);
        act->params.at[PARAM_TO] = text_value(to);
        act->params.at[PARAM_DIRECTIVE] = text_value(note->text);
        if (n->become == NOTE_TASK) act->params.at[PARAM_DUE] = params.at[PARAM_DUE];
        if (status == STATUS_OK) status = do_inner(act, tx, inner);
    }
    act->params = params;
    return status;
}

/// Writes down what was typed with the button, or finds the note that was written before.
static enum status note_at_hand(struct act *act, struct store_tx *tx, const struct dialogue *d,
                                struct hall_note *note)
{
    const struct hall_noting *n = act->extra;
    struct hall_noting looked = *n;
    bool typed = *n->text != 0;
    looked.strike = !typed; // then no text is asked for
    act->refusal = hall_note_check(act, d, &looked);
    if (act->refusal.code == REFUSAL_NONE && n->note == 0 && !typed)
        act->refusal = REFUSE_FIELD(REFUSAL_REQUIRED, "text");
    if (act->refusal.code != REFUSAL_NONE) return STATUS_OK;
    enum status status = hall_note_find(act, store_tx_sql(tx), n, note);
    if (status != STATUS_OK || act->refusal.code != REFUSAL_NONE) return status;
    if (note->became != NOTE_ONLY || note->struck)
        return act->refusal = REFUSE(REFUSAL_WRONG_STATE), STATUS_OK;
    if (note->opinion == 0) note->opinion = n->opinion;
    bool unentered = note->entry == 0;
    if (!typed && !unentered) return STATUS_OK;
    struct hall_noting done = {.note = n->note, .text = typed ? n->text : note->text, .done = true};
    return hall_note_write(act, tx, &done, note);
}

enum status run_hall_note_become(struct act *act, struct store_tx *tx)
{
    const struct hall_noting *n = act->extra;
    struct dialogue d;
    struct hall hall;
    struct hall_note note = {0};
    bool over;
    enum status status = hall_begin(act, tx, &d, &over);
    if (status != STATUS_OK || over) return status;
    status = note_at_hand(act, tx, &d, &note);
    if (status != STATUS_OK || act->refusal.code != REFUSAL_NONE) return status;
    status = store_hall_load(store_tx_sql(tx), act->unit, d.id, &act->scratch, &hall);
    if (status == STATUS_OK && n->become != NOTE_OPINION)
        status = is_of_dialogue(act, tx, note.opinion);
    if (status != STATUS_OK || act->refusal.code != REFUSAL_NONE) return status;
    status = n->become == NOTE_OPINION ? note_to_opinion(act, tx, &hall, &note)
                                       : note_to_action(act, tx, &d, &hall, &note);
    if (status != STATUS_OK || act->refusal.code != REFUSAL_NONE) return status;
    note.became = n->become;
    note.became_opinion = note.opinion;
    int64_t entry = act->answer.entry;
    status = hall_note_enter(act, tx, &note, d.id,
                             &(struct hall_entry){CHAIN_MAIN, "note_become", ROLE_SECRETARY});
    act->answer.entry = entry;
    return status == STATUS_OK ? act_end(act, tx) : status;
}
