// SPDX-License-Identifier: AGPL-3.0-or-later
// In the hall: call, return, give the floor, ask back, reply, neighbours' exchanges, support.
#include "domain/opinion_acts.h"

#include <string.h>

struct refusal act_call(struct opinion_case *c)
{
    struct opinion *o = c->opinion;
    o->before_call = o->state;
    o->state = OPINION_ON_FLOOR;
    c->event = "called";
    return ALLOWED;
}

struct refusal act_return(struct opinion_case *c)
{
    struct opinion *o = c->opinion;
    const char *reason = param_text(c->params, PARAM_REASON);
    bool spoken = o->before_call == OPINION_ON_FLOOR || o->before_call == OPINION_STATE_COUNT;
    o->state =
        spoken ? OPINION_RELAYED : o->before_call; // a spoken one was on the floor from the start
    if (o->state == OPINION_RECEIVED) o->state = OPINION_RELAYED;
    opinion_clear_floor(c);
    if (reason != NULL) opinion_add_item(c, ITEM_REASON)->text = reason;
    c->event = "returned";
    return ALLOWED;
}

struct refusal act_give_floor(struct opinion_case *c)
{
    const char *to = param_text(c->params, PARAM_TO);
    const struct person *person = people_find(c->people, to);
    if (person == NULL || !person_may_handle(person)) return REFUSE_FIELD(REFUSAL_INVALID, "to");
    if (opinion_names(c->opinion, to)) return REFUSE_FIELD(REFUSAL_OWN_CASE, "to");
    c->opinion->floor = person->username;
    opinion_add_item(c, ITEM_FLOOR)->person = person->username;
    c->event = "floor";
    return ALLOWED;
}

struct refusal act_ask_back(struct opinion_case *c)
{
    opinion_add_item(c, ITEM_ASK_BACK)->text = param_text(c->params, PARAM_TEXT);
    c->tell_author = true;
    c->event = "asked_back";
    return ALLOWED;
}

struct refusal act_reply(struct opinion_case *c)
{
    opinion_add_item(c, ITEM_REPLY)->text = param_text(c->params, PARAM_TEXT);
    c->event = "replied";
    return ALLOWED;
}

struct refusal act_exchange(struct opinion_case *c)
{
    const char *speaker = param_text(c->params, PARAM_SPEAKER);
    struct opinion_item *item = opinion_add_item(c, ITEM_EXCHANGE);
    item->person = speaker != NULL ? speaker : "";
    item->text = param_text(c->params, PARAM_TEXT);
    c->event = "exchanged";
    return ALLOWED;
}

struct refusal act_support(struct opinion_case *c)
{
    c->opinion->support++;
    c->event = "supported";
    return ALLOWED;
}
