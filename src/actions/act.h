// SPDX-License-Identifier: AGPL-3.0-or-later
// Doing something: one call from any door (API, form, command line, timer), run in one transaction
// with its register entries and its kept answer, told to the world after commit. The order of
// checks is the contract's.
#ifndef ACTIONS_ACT_H
#define ACTIONS_ACT_H

#include "actions/app.h"
#include "base/digest.h"
#include "domain/opinion.h"
#include "store/register.h"

struct act;

/// Who calls. An account by user name, an author by receipt, a participant by ticket, or nobody.
struct caller {
    enum actor_kind kind;
    const char *username;
    unsigned char receipt_hash[32];
    int64_t ticket, ticket_dialogue;
};

/// What a person hands in; texts cleaned, NULL when not given; -1 for values not given.
struct submission {
    const char *content;
    int kind, field, channel, wants, reply_by, author_type;
    bool publish_name;
    const char *name, *organisation, *phone, *email;
    int khom; // 0 none
};

/// The answer, for whichever door asked. Texts live in the act's arena until it is freed.
struct act_answer {
    int64_t id; // opinion or dialogue
    int state;  // of enum opinion_state or dialogue_state
    bool about_opinion;
    int64_t version, entry;
    char receipt[RECEIPT_SIZE]; // "" none
    const int64_t *numbers;     // split
    int number_count;
    const char *token; // sign-in
    uint32_t roles;
};

enum { ACT_HAPPENINGS = 64 };

struct act {
    struct arena input;   // what the caller put in
    struct arena scratch; // of one run; the answer's texts
    struct app *app;
    int64_t unit;
    struct caller caller;
    /// The thing to do; may run more than once, starts from the input each time.
    enum status (*run)(struct act *act, struct store_tx *tx);
    int action;     // of enum opinion_action or dialogue_action
    int64_t target; // opinion or dialogue
    struct params params;
    struct refusal form_refusal; // of reading the parameters (422); told after 403 and wrong_state
    struct proof proof;
    enum on_behalf behalf;
    int64_t if_version; // -1 not given
    struct submission submission;
    const char *idempotency_key; // NULL none
    unsigned char body_hash[DIGEST_BYTES];
    void *extra;     // of the run function
    void *ctx_extra; // of the answer function
    // made by run
    int64_t now_ms;
    struct unit_head head;
    const struct unit_facts *facts;
    struct actor actor;
    struct refusal refusal;
    struct act_answer answer;
    bool replayed; // the answer is a kept one
    bool optimize_index;
    bool posted; // a message waits in the outbox
    struct happening happenings[ACT_HAPPENINGS];
    int happening_count;
    struct entry_range entries[APP_CHAINS]; // what the run wrote to the register
    // the caller's
    void (*done)(struct act *act,
                 enum status status); // on a writer thread; must not block. NULL for act_do
    void *ctx;
    struct store_job job;
};

/// A heap object; act_free after done. The arenas are its own.
struct act *act_new(struct app *app, int64_t unit);
void act_free(struct act *act);

/// Queues it; done is called later. Everything of act belongs to the writer until then.
void act_submit(struct act *act);

/// Runs and waits; for the command line and tests, never on a writer or I/O thread.
MUST_USE enum status act_do(struct act *act);

/// The runs.
enum status run_opinion_submit(struct act *act, struct store_tx *tx);
enum status run_opinion_action(struct act *act, struct store_tx *tx);
enum status run_dialogue_create(struct act *act, struct store_tx *tx);
enum status run_dialogue_action(struct act *act, struct store_tx *tx);
enum status
run_lapse(struct act *act,
          struct store_tx *tx); // the timer's: ends silent windows, anchors the sealed chain
enum status
run_session_create(struct act *act,
                   struct store_tx *tx); // extra: const unsigned char hash[32]; target: expiry ms
enum status run_session_delete(struct act *act, struct store_tx *tx); // extra: hash

// ---- shared by the runs

/// Head, facts, actor; then the kept answer of the idempotency key. ret_replayed: the answer
/// stands, do nothing more.
MUST_USE enum status act_begin(struct act *act, struct store_tx *tx, bool *ret_replayed);
/// Writes the head back and keeps the answer.
MUST_USE enum status act_end(struct act *act, struct store_tx *tx);

/// One entry in the chain that the subject belongs to. entry->entry is filled.
MUST_USE enum status act_register(struct act *act, struct store_tx *tx, enum chain chain_of,
                                  struct entry *entry);
/// Feeds the word index with what may be shown of it.
/// What the word index may hold of an opinion; NULL when it is not to be found.
const char *act_index_words(struct arena *arena, const struct opinion *o);
MUST_USE enum status act_index(struct act *act, struct store_tx *tx, const struct opinion *o);
void act_happened(struct act *act, int64_t dialogue, int64_t opinion, const char *what,
                  bool is_public, int64_t version);

/// A case about one opinion, with its items loaded; the dialogue must outlive it.
MUST_USE enum status act_case(struct act *act, struct sql *sql, struct dialogue *dialogue,
                              struct opinion *opinion, struct opinion_case *ret_case);
/// Row, items, index, entry and happening of a case that was decided.
MUST_USE enum status act_write_case(struct act *act, struct store_tx *tx, struct opinion_case *c,
                                    const char *action, const struct opinion *before);
/// The same for a dialogue.
MUST_USE enum status act_write_dialogue(struct act *act, struct store_tx *tx, struct dialogue *d,
                                        const char *action, enum dialogue_state from,
                                        enum role role);

#endif
