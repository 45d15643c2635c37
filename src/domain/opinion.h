// SPDX-License-Identifier: AGPL-3.0-or-later
// An opinion, all that was added to it, and the rules of its life (domain.md). Pure: a case is
// loaded by the caller, decided here in memory, and written by the caller in one transaction.
#ifndef DOMAIN_OPINION_H
#define DOMAIN_OPINION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "domain/calendar.h"
#include "domain/deadline.h"
#include "domain/dialogue.h"
#include "domain/opinion_item.h"
#include "domain/param.h"
#include "domain/people.h"
#include "domain/refusal.h"
#include "domain/value.h"

enum verdict { VERDICT_NONE, VERDICT_AGREED, VERDICT_NOT_AGREED, VERDICT_COUNT };
extern const struct value_set verdicts;

enum { OPINION_ROUNDS = 3, RECEIPT_HASH_BYTES = 32 };

struct opinion {
    int64_t id; // see opinion_number_format
    int64_t dialogue;
    int64_t version; // grows by one with every entry about it
    enum opinion_state state;
    enum opinion_kind kind;
    enum channel channel;
    enum wants wants;
    enum reply_by reply_by;
    enum scope scope;
    enum authority authority;
    enum about about;
    enum visibility visibility;
    enum field field;
    int khom;          // 1..N, 0 none
    const char *topic; // "" none
    const char *named; // user names, each between spaces: " chutich thuky "; "" nobody
    const char *content;
    // author; every text "" when not given
    enum author_type author_type;
    const char *name, *organisation, *phone, *email;
    bool publish_name;
    unsigned char receipt_hash[RECEIPT_HASH_BYTES];
    // handling
    bool relayed;                    // once through the secretary: may be shown, indexed, counted
    int64_t group_lead;              // id of the lead, own id when leading, 0 alone
    int64_t split_from;              // 0
    enum opinion_state before_call;  // where `return` goes
    enum opinion_state before_close; // OPINION_STATE_COUNT, or what closing turned into owed
    int64_t
        close_version; // version closing gave it: nobody touched it since when equal to `version`
    const char *floor; // user name that has the floor, ""
    const char *responsible; // user name or body that owes, ""
    bool responsible_is_body;
    enum deadline_rule due_rule;
    int32_t due_start, due_legal, due_safe; // DAY_NONE when nothing is owed
    bool due_set_by_person; // such a date stays when the clock is counted again from the close
    bool extended;          // with a delivered notice: the legal limit of its clock no longer binds
    int round;              // from 1
    enum verdict verdict;
    enum outcome outcome;
    int32_t window_end; // last day of the author's N days; DAY_NONE until the answer is delivered
    int64_t created_ms, answered_ms, delivered_ms, concluded_ms; // 0 never
    bool created_by_staff;
    int next_item;
    int support;
    unsigned char salt[SALT_BYTES];
};

enum opinion_action {
    ACT_AMEND,
    ACT_CORRECT,
    ACT_CLASSIFY,
    ACT_SPLIT,
    ACT_RELAY,
    ACT_RECALL,
    ACT_SET_OFF_TOPIC,
    ACT_DIVERT,
    ACT_RESTORE,
    ACT_GROUP,
    ACT_UNGROUP,
    ACT_CALL,
    ACT_RETURN,
    ACT_GIVE_FLOOR,
    ACT_ASK_BACK,
    ACT_REPLY,
    ACT_EXCHANGE,
    ACT_SUPPORT,
    ACT_ANSWER,
    ACT_SUPPLEMENT,
    ACT_DRAFT,
    ACT_APPROVE,
    ACT_REJECT,
    ACT_DELIVER,
    ACT_ASSIGN,
    ACT_EXTEND,
    ACT_REFER,
    ACT_NOTIFY,
    ACT_AGENCY_REPLY,
    ACT_AGREE,
    ACT_CONTINUE,
    ACT_CONCLUDE,
    ACT_LAPSE,
    ACT_REOPEN,
    ACT_WITHDRAW,
    ACT_REMARK,
    ACT_REMARK_REPLY,
    ACT_REVOKE,
    ACT_CHANGE_CONTACT,
    ACT_REISSUE_RECEIPT,
    ACT_REDACT,
    OPINION_ACTION_COUNT
};

struct proof {
    bool given;
    enum proof_kind kind;
    const char *text, *attachment; // "" when not given
};

/// Everything a decision may look at, and what it may change. Made by the caller for one
/// transaction.
struct opinion_case {
    struct arena *arena;
    int64_t now_ms;
    int32_t today;
    const struct calendar *calendar;
    const struct people *people;
    struct dialogue *dialogue;
    const struct actor *actor;
    enum on_behalf behalf;
    enum role acting; // the role the actor was found to act in; set by opinion_may
    struct proof proof;
    const struct params *params;
    struct refusal
        form_refusal; // what was wrong with the parameters' form: told in its place of the order
    struct opinion *opinion;
    struct opinion_item *items; // oldest first; added ones follow
    int item_count, item_room;
    int64_t entry; // the register entry about to be written
    // of other opinions the action speaks about, loaded by the caller
    struct opinion *lead; // `group`: the opinion named by `with`
    const struct opinion_item
        *judged;    // `approve`, `reject`: the draft; given for a member, it is its lead's
    bool with_lead; // it follows its lead: what is legal for the lead is legal for it
    // what else came out of it
    struct opinion *parts; // split: new opinions, ids filled by the caller
    int part_count;
    bool reissue; // a new receipt is to be made
    bool reopen_dialogue;
    bool index_changed;          // shown, hidden or re-worded: feed the search index again
    bool seal;                   // wipe text and identity from index, caches, logs
    bool tell_author;            // something an author should hear of
    struct opinion_item *answer; // answer that became final here, delivered or not
    const char *event;           // what changed, for the live stream
};

typedef struct refusal opinion_decide(struct opinion_case *c);
typedef struct refusal opinion_ready(const struct opinion_case *c);

/// What an act of the lead's means to the members of its group.
enum group_reach {
    GROUP_ALONE,    // each member's own
    GROUP_BY_CHAIR, // the chair's (or who decides in the chair's place) is done to all
    GROUP_WIDE      // whoever does it, done to all
};

struct opinion_rule {
    const char *code;  // of the API
    const char *label; // Vietnamese, on a button
    uint32_t who;      // WHO() bits
    uint32_t from;     // bits of states it may start from
    uint32_t
        to; // bits of states it may end in (for tables and tests; equal to `from` bits when kept)
    bool chair_slot; // where the chair is named, the second reader decides
    enum group_reach group;
    bool no_own_case; // who is named may not
    struct param_use params[PARAMS_MAX];
    int param_count;
    opinion_ready *ready; // what else has to be so, whatever the parameters; NULL nothing
    opinion_decide *decide;
};
extern const struct opinion_rule opinion_rules[OPINION_ACTION_COUNT];

/// -1 when there is none of that name.
int opinion_action_parse(const char *code);
/// What the live stream calls the act of an entry ("relayed"), from its action and its states, -1
/// none. The code itself when it is no act of an opinion's.
const char *opinion_event(const char *code, int from_state, int to_state);

/// Whether the actor may see it at all (else 404), and whether with contacts and name.
bool opinion_visible(const struct opinion_case *c);
bool opinion_shows_contacts(const struct opinion_case *c);
bool opinion_shows_name(const struct opinion_case *c);
bool opinion_is_public(const struct opinion *o);

/// Role check (403) and, where allowed, the role acted in; FORBIDDEN or INVALID on_behalf.
struct refusal opinion_may(struct opinion_case *c, enum opinion_action action);

/// The whole of the contract's order after 404: 403, wrong_state, (params were checked for form),
/// rules. Changes c->opinion and items only when it returns ALLOWED. Parameters' presence is
/// checked here too, in its place of the order.
struct refusal opinion_act(struct opinion_case *c, enum opinion_action action);

/// Whether it can succeed now, with parameters that fit: what a desk may offer.
bool opinion_can(struct opinion_case *c, enum opinion_action action);

/// Done to the lead, it is to be done to its members too.
bool opinion_reaches_group(const struct opinion_case *lead, enum opinion_action action);

bool opinion_is_overdue(const struct opinion *o, int32_t today);
bool opinion_names(const struct opinion *o, const char *username);
bool opinion_is_final(enum opinion_state state);
#define OPINION_OPEN_STATES                                                    \
    (1u << OPINION_RECEIVED | 1u << OPINION_RELAYED | 1u << OPINION_ON_FLOOR | \
     1u << OPINION_ANSWERED | 1u << OPINION_OWED | 1u << OPINION_REFERRED)

/// Takes it from whoever may no longer handle it (named in it, closed, an overseer), floor and debt
/// both: it is owed by rule then, by the same day. "" in `responsible` when there is nobody.
void opinion_hand_over(struct opinion_case *c);

/// Used by closing, cancelling and late intake as well as by actions: it becomes owed by `to`
/// (NULL: by rule of invariant 4).
void opinion_become_owed(struct opinion_case *c, const char *to, int32_t clock_start);

/// A new version of what is owed, counted from another day (closing does it).
void opinion_recount(struct opinion_case *c, int32_t clock_start);

/// How its due date was counted, day by day, and from what (Vietnamese, in the case's arena); false
/// when nothing is owed. The items must be loaded.
bool opinion_due_steps(const struct opinion_case *c, struct deadline_steps *ret_steps);

/// Who owes it when nobody was named: last assignee, officer of its field, office; none it names.
const char *opinion_default_responsible(const struct opinion_case *c);

/// The outbox has sent a notice that waits for it (R59); false when the item is no such notice.
bool opinion_notice_sent(struct opinion_case *c, int item);

/// Appends an item; the result is valid until the next call.
struct opinion_item *opinion_add_item(struct opinion_case *c, enum item_kind kind);
struct opinion_item *opinion_last_item(const struct opinion_case *c, enum item_kind kind,
                                       int status); // status -1 any

enum { CONTENT_MAX_CHARS = 5000 };

#endif
