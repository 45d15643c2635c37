// SPDX-License-Identifier: AGPL-3.0-or-later
// The live hall: who asked to speak, who speaks, whose time it is, what the screen shows (R60-R64,
// R74-R83). Pure: a struct hall_case comes in, is changed or refused; the caller writes it.
#ifndef DOMAIN_HALL_H
#define DOMAIN_HALL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "domain/dialogue.h"
#include "domain/hall_names.h"
#include "domain/param.h"
#include "domain/people.h"
#include "domain/refusal.h"
#include "domain/value.h"

enum turn_kind {
    TURN_QUESTION,
    TURN_REPLY,        // to what is on the floor now
    TURN_INTERVENTION, // adds to somebody else's
    TURN_ORDER,        // point of order: about the proceedings
    TURN_KIND_COUNT
};
enum turn_state {
    TURN_WAITING,
    TURN_SPEAKING,
    TURN_DONE,
    TURN_SKIPPED,   // called, not there; comes back by `return_turn`
    TURN_WITHDRAWN, // hand taken down
    TURN_LEFT,      // still raised at the close (listed; may hand in until the minutes are signed)
    TURN_STATE_COUNT
};
/// Whose time it is. SIDE_NONE: nobody speaks, so that the three add up to the elapsed time.
enum floor_side { SIDE_PEOPLE, SIDE_AUTHORITY, SIDE_NONE, FLOOR_SIDE_COUNT };
enum hall_scene {
    SCENE_WELCOME, // also what `clear_screen` shows
    SCENE_PROGRAMME,
    SCENE_SPEAKER,
    SCENE_QUESTION,
    SCENE_ANSWER,
    SCENE_QUEUE,
    SCENE_FIGURES,
    SCENE_BREAK,
    SCENE_RULES,
    SCENE_MESSAGE,
    SCENE_COUNT
};
/// What a note was turned into.
enum note_became {
    NOTE_ONLY,
    NOTE_OPINION,
    NOTE_ANSWER,
    NOTE_DIRECTIVE,
    NOTE_TASK,
    NOTE_EXCHANGE,
    NOTE_BECAME_COUNT
};
extern const struct value_set turn_kinds, turn_states, floor_sides, scenes, note_becames;

enum hall_action {
    HACT_HAND_UP,
    HACT_HAND_DOWN,
    HACT_CALL_TURN, // the first of the order unless a turn is named; ends the one before
    HACT_END_TURN,
    HACT_PAUSE_TURN,
    HACT_RESUME_TURN,
    HACT_MORE_TIME,
    HACT_SKIP_TURN,
    HACT_RETURN_TURN,
    HACT_SHOW_NAME,  // typed on a phone: the secretary has read it
    HACT_SHOW_NAMES, // all that waited to be read, up to the turn that was read last
    HACT_HIDE_NAME,
    HACT_SPEAK, // somebody begins without the queue: chair, officer, or a person in the hall
    HACT_CLOSE_LIST,
    HACT_OPEN_LIST,
    HACT_ORDER,  // the fair order's rules
    HACT_LIMITS, // seconds of a speaker, warning, share of the authority
    HACT_STEP,   // the programme's next step, or the one named
    HACT_SCENE,
    HACT_CLEAR_SCREEN,
    HACT_UNDO,
    HALL_ACTION_COUNT
};

/// Turns of one hall; how many of them phones may fill; how many one phone.
enum { HALL_TURNS_MAX = 20000, HALL_PHONES_HANDS = 15000, HALL_PHONE_HANDS = 200 };

struct hall_turn {
    int64_t turn; // 1.. within the dialogue
    enum turn_kind kind;
    enum turn_state state;
    enum floor_side side;
    int64_t ticket;   // phone it came from, 0 none
    const char *name; // as the person wants to be called; "" none
    enum turn_name name_state;
    const char *username; // an account that speaks for the authority, ""
    int khom;             // 1..N, 0 unknown
    enum author_type author_type;
    const char *topic; // a line; counts, and is shown, when it is a code of `fields`
    int64_t opinion;   // it is about, 0 none
    int extra_seconds;
    int64_t asked_ms, called_ms; // 0 not yet
    int64_t ended_ms;            // last ended speaking, also when waiting again; 0 never spoke
    bool dirty;
};

struct hall_interval {
    int64_t number; // 1..
    enum floor_side side;
    int64_t turn;                 // 0 nobody
    int step;                     // of the programme, 0 none
    int64_t started_ms, ended_ms; // ended 0: runs
    bool dirty;
};

struct hall {
    int64_t dialogue, version; // version 0: no row yet
    enum hall_scene scene;
    int64_t scene_opinion;
    const char *scene_text;
    int64_t cleared; // version that the last `clear_screen` made, 0 never
    bool list_closed, first_time, round_robin;
    const char *topic;              // being discussed: a code of `fields`, "" none (R60)
    int turn_seconds, warn_seconds; // of a person's turn
    int authority_percent;          // one-way time allowed, of all spoken time (R62)
    int step;                       // of the programme that runs, 0 none
    int64_t turn;                   // who has the floor, 0 nobody
    bool paused;
    // what `undo` takes back: the last of call, end, skip, hand_down, scene, clear, step
    int undo_action; // -1 nothing
    int64_t undo_turn, undo_before;
    enum hall_scene undo_scene;
    int64_t undo_opinion;
    const char *undo_text;
    int64_t undo_cleared;
    unsigned char salt[16];
    struct hall_turn *turns; // by number
    int turn_count, turn_room;
    struct hall_interval *intervals; // by number; the last one runs while the hall is open
    int interval_count, interval_room;
};

struct hall_case {
    struct arena *arena;
    int64_t now_ms;
    const struct people *people;
    uint64_t khoms; // bits of the unit's khóm numbers
    struct dialogue *dialogue;
    const struct actor *actor;
    const struct hall_guest *guest; // of a ticket that raises a hand, NULL none
    enum role acting;               // set by hall_may
    enum on_behalf behalf;
    const struct params *params;
    struct refusal form_refusal;
    struct hall *hall;
    /// Of the opinion that a parameter names, filled by the caller: may it be on a screen
    /// (invariant 6, 10)?
    bool opinion_known, opinion_shown;
    int programme_steps; // how many there are
    // what came out
    int64_t turn;      // it was about, 0 none
    unsigned happened; // bits of HALL_QUEUE, HALL_CLOCK, HALL_SCENE
    int step_ended, step_begun;
};
enum { HALL_QUEUE = 1, HALL_CLOCK = 2, HALL_SCENE = 4 };

typedef struct refusal hall_decide(struct hall_case *c);
struct hall_rule {
    const char *code, *label;
    uint32_t who;  // WHO() bits
    uint32_t from; // bits of dialogue states
    struct param_use params[PARAMS_MAX];
    int param_count;
    hall_decide *decide;
};
extern const struct hall_rule hall_rules[HALL_ACTION_COUNT];

int hall_action_parse(const char *code); // -1 when there is none

/// As with dialogues: 403; then wrong_state, parameters, rules. Changes c->hall only when ALLOWED.
struct refusal hall_may(struct hall_case *c, enum hall_action action);
struct refusal hall_act(struct hall_case *c, enum hall_action action);

/// The defaults of a hall not opened yet.
void hall_init(struct hall *hall, int64_t dialogue);

/// Follows the dialogue: opened, resumed, reopened begins an interval; adjourned, closed ends it.
/// At the close who still waits is kept as TURN_LEFT; reopening brings them back.
void hall_follow(struct hall *hall, struct arena *arena, enum dialogue_action action,
                 int64_t now_ms);

// ---- questions

struct hall_turn *hall_turn_find(const struct hall *hall, int64_t turn); // NULL none
/// Waiting turn of a phone, NULL none.
struct hall_turn *hall_turn_of_ticket(const struct hall *hall, int64_t ticket);

/// Whether a screen that shows a scene of its own, asked for when the hall was at version `since`,
/// must show the neutral one: words of somebody taken off come back only when they are asked for
/// anew, every other scene when the console shows its next one.
bool hall_taken_off(const struct hall *hall, enum hall_scene own, int64_t since);

/// Why somebody stands where they stand (shown beside each name).
enum place_reason {
    PLACE_ORDER = 1,  // point of order comes first
    PLACE_REPLY = 2,  // answers what is being talked about
    PLACE_FIRST = 4,  // has not spoken yet
    PLACE_ROUND = 8,  // it is their khóm's (or the businesses') turn
    PLACE_TOPIC = 16, // speaks about what is being discussed
};
struct hall_place {
    const struct hall_turn *turn;
    unsigned reasons; // 0: by the time of asking alone
};
struct hall_order {
    struct hall_place *places;
    int count;
};
/// The field of work that a topic names, -1 none. Other words are kept and shown to nobody: what
/// phones write reaches chair and screen through the secretary alone (invariant 6).
int hall_topic_field(const char *topic);

/// The waiting ones in the order they will be called (R60, R63): points of order, replies, who
/// speaks about the topic being discussed, the others; and among these new voices, the khóm in
/// turn, the time of asking.
struct hall_order hall_order(const struct hall *hall, struct arena *arena);

struct hall_share {
    int64_t ms[FLOOR_SIDE_COUNT];
    int64_t elapsed_ms; // their sum
};
struct hall_share hall_share(const struct hall *hall, int64_t now_ms);
/// One-way time beyond its budget (R62); never in the first five minutes of talk.
bool hall_over_budget(const struct hall *hall, const struct hall_share *share);
/// How long an interval lasted, or has until now.
int64_t hall_interval_ms(const struct hall_interval *interval, int64_t now_ms);
/// How long a turn has spoken.
int64_t hall_spoken_ms(const struct hall *hall, int64_t turn, int64_t now_ms);
/// How long a turn may speak, 0 without limit (the authority's).
int64_t hall_limit_ms(const struct hall *hall, const struct hall_turn *turn);
/// How long a step of the programme has taken.
int64_t hall_step_ms(const struct hall *hall, int step, int64_t now_ms);

/// The whole hall as one digest: what the register keeps of each act and `verify` computes again.
void hall_digest(const struct hall *hall, unsigned char ret_hash[32]);

#endif
