// SPDX-License-Identifier: AGPL-3.0-or-later
// Names typed on phones: who may know them, and the secretary's acts that show and hide them.
#include "domain/hall_names.h"

#include <string.h>

#include "base/tr.h"
#include "domain/hall.h"

const char *hall_turn_name(const struct hall_turn *turn)
{
    const bool known = turn->name_state == TURN_NAME_SHOWN && turn->author_type != AUTHOR_ANONYMOUS;
    return known ? turn->name : "";
}

bool hall_name_of_phone(const struct hall_turn *turn)
{
    return turn->ticket != 0 && *turn->name != 0;
}

bool hall_same_name(const struct hall_turn *a, const struct hall_turn *b)
{
    return hall_name_of_phone(a) && a->ticket == b->ticket && strcmp(a->name, b->name) == 0;
}

static bool waits(const struct hall_turn *turn)
{
    return turn->name_state == TURN_NAME_WAITS && turn->state != TURN_WITHDRAWN;
}

bool hall_is_unread(const struct hall *hall, const struct hall_turn *turn)
{
    if (!waits(turn)) return false;
    for (const struct hall_turn *t = hall->turns; t != turn; t++)
        if (waits(t) && hall_same_name(t, turn)) return false;
    return true;
}

struct hall_unread hall_unread(const struct hall *hall)
{
    struct hall_unread unread = {0};
    for (int i = 0; i < hall->turn_count; i++) {
        if (!waits(&hall->turns[i])) continue;
        unread.count += hall_is_unread(hall, &hall->turns[i]);
        unread.last = hall->turns[i].turn;
    }
    return unread;
}

enum turn_name hall_name_of_hand(const struct hall *hall, const struct hall_turn *turn)
{
    if (!hall_name_of_phone(turn)) return TURN_NAME_SHOWN;
    for (int i = hall->turn_count - 1; i >= 0; i--)
        if (hall_same_name(&hall->turns[i], turn)) return hall->turns[i].name_state;
    return TURN_NAME_WAITS;
}

static void set_name(struct hall_case *c, const struct hall_turn *turn, enum turn_name name)
{
    const struct hall_turn named = *turn;
    for (int i = 0; i < c->hall->turn_count; i++) {
        struct hall_turn *t = &c->hall->turns[i];
        if (!hall_same_name(t, &named)) continue;
        t->name_state = name;
        t->dirty = true;
    }
    c->happened |= HALL_QUEUE | HALL_CLOCK;
}

void hall_read_on_call(struct hall_case *c, struct hall_turn *turn)
{
    bool secretary = (dialogue_roles(c->dialogue, c->actor) & WHO(ROLE_SECRETARY)) != 0;
    bool read =
        c->params->at[PARAM_TURN].given || param_number(c->params, PARAM_READ, 0) == turn->turn;
    if (secretary && read && turn->name_state == TURN_NAME_WAITS)
        set_name(c, turn, TURN_NAME_SHOWN);
}

/// Once the chair has signed, the minutes and their names stand.
static bool signed_off(const struct hall_case *c)
{
    return c->dialogue->state == DIALOGUE_CLOSED && c->dialogue->minutes_chair_ms != 0;
}

/// The name of the turn that is asked for, which becomes `to`.
static struct refusal change(struct hall_case *c, enum turn_name to)
{
    if (signed_off(c)) return REFUSE(REFUSAL_WRONG_STATE);
    struct hall_turn *turn = hall_turn_find(c->hall, param_number(c->params, PARAM_TURN, 0));
    if (turn == NULL) return REFUSE_FIELD(REFUSAL_INVALID, "turn");
    // What staff entered is theirs to answer for, and shown as ever.
    if (!hall_name_of_phone(turn) || turn->name_state == to) return REFUSE(REFUSAL_WRONG_STATE);
    set_name(c, turn, to);
    c->turn = turn->turn;
    return ALLOWED;
}

struct refusal hall_show_name(struct hall_case *c)
{
    return change(c, TURN_NAME_SHOWN);
}

struct refusal hall_hide_name(struct hall_case *c)
{
    return change(c, TURN_NAME_HIDDEN);
}

/// Those that came after the page was read wait on.
struct refusal hall_show_names(struct hall_case *c)
{
    int64_t last = param_number(c->params, PARAM_TURN, 0);
    bool any = false;
    if (signed_off(c)) return REFUSE(REFUSAL_WRONG_STATE);
    for (int i = 0; i < c->hall->turn_count && c->hall->turns[i].turn <= last; i++) {
        if (!waits(&c->hall->turns[i])) continue;
        set_name(c, &c->hall->turns[i], TURN_NAME_SHOWN);
        any = true;
    }
    if (!any) return REFUSE_WHY(REFUSAL_WRONG_STATE, NULL, N_("Không có tên nào chờ đọc."));
    return ALLOWED;
}
