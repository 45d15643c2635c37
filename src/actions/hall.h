// SPDX-License-Identifier: AGPL-3.0-or-later
// The live hall's acts as runs of struct act (actions/act.h): the rules are domain/hall.h's, and
// each act leaves one entry "hall N" in the register with a digest of the whole hall.
#ifndef ACTIONS_HALL_H
#define ACTIONS_HALL_H

#include "actions/act.h"
#include "store/hall.h"

/// act->action of enum hall_action, target the dialogue, act->params. answer.id is the turn it was
/// about, or 0; answer.state its turn_state.
enum status run_hall_action(struct act *act, struct store_tx *tx);

/// A phone joins. extra: struct hall_joining. From the announcement until the minutes are signed.
struct hall_joining {
    const char *code;             // of the screen: changes each minute, good for JOIN_CODE_MINUTES
    const char *name;             // as it wants to be called, "" none
    int khom;                     // 0 none
    enum author_type author_type; // resident or business
    const char *organisation;     // of a business; NULL or "" none
};
/// What the parameters of the form and of the API say.
struct hall_joining hall_joining_of(const struct params *params);
extern const struct param_use hall_join_params[5];
/// answer.token: the ticket, 43 characters, shown to nobody else; answer.id: its number.
enum status run_hall_join(struct act *act, struct store_tx *tx);

enum { JOIN_CODE_TEXT = 7, JOIN_CODE_MINUTES = 10 };
/// The code of this minute: six characters that look like no other.
void hall_join_code(const struct app *app, int64_t unit, int64_t dialogue, int64_t now_ms,
                    char out[JOIN_CODE_TEXT]);
/// Whether it is one of the last minutes'; upper or lower case, spaces ignored.
bool hall_join_code_holds(const struct app *app, int64_t unit, int64_t dialogue, int64_t now_ms,
                          const char *code);
/// What the store keeps of a ticket.
void hall_ticket_hash(const struct app *app, int64_t unit, const char *token,
                      unsigned char ret_hash[TICKET_HASH_BYTES]);

/// Secretary's notes. extra: struct hall_noting. Kept while typing (autosave: no entry), an entry
/// when done. Each account types one note at a time: without a number it is that one, so sending
/// it again makes no second. But what another machine of the account has typed since (`base`) is
/// left as it is, and this becomes a note of its own. answer.id: the note.
struct hall_noting {
    int64_t note; // 0: the one being typed, or a new one
    const char *text;
    const char *base; // what its sender last knew to be kept of it; NULL: not told
    bool done, strike;
    // of run_hall_note_become
    enum note_became become; // NOTE_OPINION, _ANSWER, _DIRECTIVE, _TASK
    int64_t opinion;         // when the note was tied to none, 0 none
    const char *to;          // NOTE_TASK: who is to do it; NULL who answers for it by rule
};
enum status run_hall_note(struct act *act, struct store_tx *tx);

/// Turns the note of extra into what it says, in one transaction; with a text it is written down
/// first. An opinion: spoken, of whoever spoke when it was typed, on the floor at once. An answer:
/// of the note's opinion, spoken by who had the floor then. Directive and task: the contract's
/// `assign` with the note as directive; a task goes to `to` and until act->params' due, a directive
/// to who answers for it by rule. The answer is the opinion's.
enum status run_hall_note_become(struct act *act, struct store_tx *tx);

/// One of the chair's outcomes: act->action ACT_ANSWER, ACT_ASSIGN or ACT_REFER of the opinion in
/// PARAM_OPINION, target the dialogue. As chair, or by the secretary for the chair; an answer under
/// the name of the officer who is speaking.
enum status run_hall_outcome(struct act *act, struct store_tx *tx);

/// All opinions of a dialogue, ascending.
struct opinion_rows;
MUST_USE enum status hall_opinions_read(struct sql *sql, int64_t unit, int64_t dialogue,
                                        struct arena *arena, struct opinion_rows *ret_rows);

/// An officer sends facts to the chair about the opinion that extra names. In session.
struct hall_telling {
    int64_t opinion;
    const char *text;
};
enum status run_hall_fact(struct act *act, struct store_tx *tx);

/// Shared by these runs: frame, dialogue, and a ticket only in its own hall.
MUST_USE enum status hall_begin(struct act *act, struct store_tx *tx, struct dialogue *d,
                                bool *ret_over);

struct refusal hall_roles(const struct act *act, const struct dialogue *d, uint32_t who);
struct refusal hall_note_check(const struct act *act, const struct dialogue *d,
                               const struct hall_noting *n);
/// A new one is tied to the turn and the opinion on the table.
MUST_USE enum status hall_note_find(struct act *act, struct sql *sql, const struct hall_noting *n,
                                    struct hall_note *ret_note);
MUST_USE enum status hall_note_write(struct act *act, struct store_tx *tx,
                                     const struct hall_noting *n, struct hall_note *note);

/// Called by the dialogue's own acts in their transaction: time starts and stops with it.
MUST_USE enum status hall_follow_dialogue(struct act *act, struct store_tx *tx,
                                          const struct dialogue *d);

#endif
