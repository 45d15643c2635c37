// SPDX-License-Identifier: AGPL-3.0-or-later
// Names that were typed on phones. What comes from a phone reaches chair, screen and other phones
// only through the secretary (invariant 6): until it is read, everybody else knows the khóm alone.
#ifndef DOMAIN_HALL_NAMES_H
#define DOMAIN_HALL_NAMES_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/refusal.h"
#include "domain/value.h"

/// Whether others than the secretary may know a turn's name.
enum turn_name {
    TURN_NAME_SHOWN,  // entered by staff, or read; also when there is none
    TURN_NAME_WAITS,  // typed on a phone, not read yet
    TURN_NAME_HIDDEN, // read, and kept from the others
    TURN_NAME_COUNT
};
extern const struct value_set turn_names;

/// What a phone's holder said at the door: whoever raises a hand with it speaks as that, unless the
/// hand says otherwise. A business is called by its organisation.
struct hall_guest {
    enum author_type author_type;    // resident or business
    const char *name, *organisation; // "" none
    int khom;                        // 0 none
};

struct hall;
struct hall_turn;
struct hall_case;

/// The name as everybody may know it: "" when there is none, not yet, or never (anonymous).
const char *hall_turn_name(const struct hall_turn *turn);
/// From a phone, with a name: the secretary may show and hide it.
bool hall_name_of_phone(const struct hall_turn *turn);
/// The same name of the same phone: read once, for every hand of it.
bool hall_same_name(const struct hall_turn *a, const struct hall_turn *b);

/// The names that wait to be read: how many, and the newest turn of them, for `show_names`. Those
/// of hands taken down do not.
struct hall_unread {
    int count;
    int64_t last; // 0 none
};
struct hall_unread hall_unread(const struct hall *hall);
/// Whether this turn is the first of such a name.
bool hall_is_unread(const struct hall *hall, const struct hall_turn *turn);

/// Of a new hand: as the secretary decided about the same name of that phone, else it waits.
enum turn_name hall_name_of_hand(const struct hall *hall, const struct hall_turn *turn);
/// Who is calling has the name in front of them: of the turn they name, or said that they have
/// read.
void hall_read_on_call(struct hall_case *c, struct hall_turn *turn);

// decisions of hall_rules
struct refusal hall_show_name(struct hall_case *c);
struct refusal hall_show_names(struct hall_case *c);
struct refusal hall_hide_name(struct hall_case *c);

#endif
