// SPDX-License-Identifier: AGPL-3.0-or-later
// A ward for scenes: people, an announced dialogue, and a clock that is moved by hand. Everything
// goes through act_do, as from any door; what came of it is read back from the store.
//     at(s, 6, 20, 8, 31);
//     check_int(DO(s, "thuky", ACT_RELAY, n), REFUSAL_NONE);
//     check_int(DO(s, "chutich", ACT_ASSIGN, n, .with = {{PARAM_TO, .text = "diachinh"}}), ...);
#ifndef TESTS_ACTIONS_SCENE_H
#define TESTS_ACTIONS_SCENE_H

#include "actions/act.h"
#include "actions/setup.h"
#include "store/dialogue.h"
#include "store/opinion.h"
#include "store/opinion_list.h"
#include "store/register.h"

#include "engine.h"

enum { SCENE_OPINIONS = 64, SCENE_PARAMS = 6, SCENE_PARTS = 4 };

struct scene {
    struct app app;
    struct arena arena; // what was read back
    int64_t unit, dialogue;
    char receipts[SCENE_OPINIONS][RECEIPT_SIZE]; // by the last digits of the number
    const int64_t *numbers;                      // of the last split
    int number_count;
    int64_t entry; // of the last act
};

struct scene_param {
    enum param_id id;
    const char *text; // also one line of a list; parts "a|b"
    int64_t number;
};

/// One act. `who`: user name, "author" of that opinion, "public".
struct deed {
    const char *who;
    int action;
    int64_t about;
    enum on_behalf behalf;
    const char *proof; // NULL none
    enum proof_kind proof_kind;
    struct scene_param with[SCENE_PARAMS];
};

/// The ward with its dialogue announced, on 04/06/2024; appointed: chair, deputy, secretary.
struct scene *scene_new(struct store *store);
void scene_free(struct scene *scene);

/// The clock of 2024.
void at(struct scene *scene, int month, int day, int hour, int minute);
int32_t on(int month, int day);

enum refusal_code scene_do(struct scene *scene, const struct deed *deed);
enum refusal_code scene_dialogue(struct scene *scene, const struct deed *deed);
#define DO(scene, who_, action_, about_, ...) \
    scene_do(scene,                           \
             &(struct deed){.who = (who_), .action = (action_), .about = (about_), ##__VA_ARGS__})
#define DIALOGUE(scene, who_, action_, ...) \
    scene_dialogue(scene, &(struct deed){.who = (who_), .action = (action_), ##__VA_ARGS__})
#define ANSWER(mode_, text_)                        \
    .with = {{PARAM_MODE, .number = (mode_)},       \
             {PARAM_KIND, .number = ANSWER_ANSWER}, \
             {PARAM_TEXT, .text = (text_)}}
#define TO(name)                 .with = {{PARAM_TO, .text = (name)}}
#define TEXT(text_)              .with = {{PARAM_TEXT, .text = (text_)}}
#define REASON(text_)            .with = {{PARAM_REASON, .text = (text_)}}
#define FOR_AUTHOR(kind_, text_) .behalf = BEHALF_AUTHOR, .proof_kind = (kind_), .proof = (text_)

/// A new opinion; 0 when refused. A resident without name unless changed in `s`.
int64_t scene_submit(struct scene *scene, const char *who, const struct submission *s);
struct submission submission_of(enum channel channel, enum field field, const char *content);
/// The usual one: from the secretary's slip, relayed.
int64_t scene_relayed(struct scene *scene, enum field field, const char *content);
void scene_open(struct scene *scene);  // 20/06/2024 08:00
void scene_close(struct scene *scene); // 20/06/2024 11:00

struct opinion opinion_now(struct scene *scene, int64_t number);
/// The last item of a kind; an empty one (item 0) when there is none.
const struct opinion_item *last_item(struct scene *scene, int64_t number, enum item_kind kind);
int count_items(struct scene *scene, int64_t number, enum item_kind kind);
/// The last entry of the register about it, and how many there are.
struct entry last_entry(struct scene *scene, int64_t number, enum chain chain, int *ret_count);
bool is_indexed(struct scene *scene, int64_t number);
/// Whether the caller would be answered 404.
bool can_see(struct scene *scene, const char *who, int64_t number);
void scene_timer(struct scene *scene);
/// verify finds nothing broken.
void check_sound(struct scene *scene);

#endif
