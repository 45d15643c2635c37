// SPDX-License-Identifier: AGPL-3.0-or-later
// Who is invited to a dialogue, who came, and who may write that down (R22-R36, R69, R87, R92,
// R102). Pure: rows and the actor come in, a refusal goes out. Names are for staff alone.
#ifndef DOMAIN_ATTENDANCE_H
#define DOMAIN_ATTENDANCE_H

#include "domain/dialogue.h"
#include "domain/opinion.h"

/// The groups of participants of the plan, in the order in which they are introduced (R69).
enum attend_part {
    PART_PARTY,     // R22
    PART_COUNCIL,   // R23
    PART_COMMITTEE, // R24
    PART_FRONT,     // R25
    PART_UNIONS,    // R26
    PART_OFFICERS,  // R27, R92: they have to come
    PART_HEALTH,    // R28
    PART_SCHOOLS,   // R29
    PART_CELL,      // R30
    PART_KHOM_HEAD, // R31
    PART_KHOM_FRONT,
    PART_BRANCHES, // R33
    PART_RESIDENTS,
    PART_BUSINESSES, // R7, R34
    PART_COUNT
};
enum attend_side { ATTEND_WARD, ATTEND_KHOM, ATTEND_PEOPLE, ATTEND_BUSINESS, ATTEND_SIDE_COUNT };

extern const struct value_set attend_parts, attend_sides;
enum attend_side attend_side_of(enum attend_part part);
/// As the plan and the minutes name the group, lower case: "đại diện Thường trực Đảng ủy phường".
const char *attend_part_in_plan(enum attend_part part);

struct invitee {
    int64_t id, version;      // number of the invitation, 1.. within the dialogue
    const char *name, *title; // "" forgotten, or a walk-in who gave none
    const char *username;     // "" no account of the program
    enum attend_part part;
    int khom;                      // 0 none
    bool walk_in, consent, struck; // consent: to having the name on the list
    const char *added_by;
    int64_t at_ms;
    int64_t delivered_ms; // the invitation was handed over; 0 not yet
    const char *delivered_by;
    enum proof_kind proof_kind;
    const char *proof;   // "" none
    const char *absence; // why not coming, as told; "" not told
    int64_t arrived_ms;
    const char *arrived_by;
    int64_t forgotten_ms; // the name was destroyed after use
    unsigned char salt[SALT_BYTES];
};
struct invitee_list {
    struct invitee *rows;
    int count;
};

enum attend_action {
    ATTEND_INVITE,
    ATTEND_CORRECT,
    ATTEND_STRIKE,
    ATTEND_DELIVER,
    ATTEND_ABSENT,
    ATTEND_CHECK_IN,
    ATTEND_UNDO,
    ATTEND_WALK_IN,
    ATTEND_FORGET,
    ATTEND_ACTION_COUNT
};
struct attend_rule {
    const char *code, *entry, *label; // of the API; of the register; Vietnamese
    uint32_t who, states;             // WHO() bits; 1 << dialogue_state
};
extern const struct attend_rule attend_rules[ATTEND_ACTION_COUNT];
int attend_action_parse(const char *code);

/// 401, 403, 409: who may do it now. A khóm only for itself: `khom` is the invitee's.
struct refusal attend_may(enum attend_action action, const struct dialogue *d,
                          const struct actor *actor, int khom, int64_t now_ms,
                          enum role *ret_acting);
/// Whether the actor may see the name at all: office, secretary, chair and deputy; a khóm its own.
bool attend_shows(const struct dialogue *d, const struct actor *actor, int khom);

/// One line of a pasted list: "3. Nguyễn Văn A, Bí thư Chi bộ", also with tabs as from a
/// spreadsheet. False: nothing but blanks in it.
bool attend_line(struct arena *arena, const char *line, const char **ret_name,
                 const char **ret_title);

/// The number in what was typed or scanned at the door: "17", "GM 17", an address with "gm=17"; 0
/// when it is a name.
int64_t attend_number(const char *typed);

/// How many, not struck and not arrived, have what was typed in their name (folded); one whose
/// whole name it is wins over the others. Some match in *ret_row, untouched for an empty text.
int attend_find(struct arena *arena, const struct invitee_list *list, const char *typed,
                int *ret_row);

struct attend_tally {
    int invited, delivered, present, walk_ins, absent; // absent: told beforehand
    int part_invited[PART_COUNT], part_present[PART_COUNT];
    int side_present[ATTEND_SIDE_COUNT], side_invited[ATTEND_SIDE_COUNT];
    int khom_invited[64], khom_present[64]; // by khóm; 0: of no khóm
};
void attend_count(const struct invitee_list *list, struct attend_tally *ret_tally);

/// Those who have to come and did not (R92).
static inline bool attend_missing(const struct invitee *i)
{
    return i->part == PART_OFFICERS && !i->struck && !i->walk_in && i->arrived_ms == 0;
}

#endif
