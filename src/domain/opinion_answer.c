// SPDX-License-Identifier: AGPL-3.0-or-later
// Answers: spoken by the chair or by who has the floor, drafted and approved, delivered; and what
// follows.
#include "domain/opinion_acts.h"

#include "base/day.h"

static bool in_hall(const struct opinion_case *c)
{
    return c->dialogue->state == DIALOGUE_OPEN || c->dialogue->state == DIALOGUE_ADJOURNED;
}

void opinion_start_window(struct opinion_case *c)
{
    struct opinion *o = c->opinion;
    o->delivered_ms = c->now_ms;
    o->window_end =
        deadline_compute(DEADLINE_AUTHOR_WINDOW, c->dialogue->profile, c->today, c->calendar)
            .legal_day;
}

struct refusal opinion_answered(struct opinion_case *c, struct opinion_item *answer)
{
    struct opinion *o = c->opinion;
    o->state = OPINION_ANSWERED;
    o->answered_ms = c->now_ms;
    o->delivered_ms = 0;
    o->window_end = DAY_NONE;
    // After the last round a further answer is the chair's to give; "not agreed" stands until the
    // author agrees, so that silence does not become consent nor a fourth round begin.
    bool last_word = o->round >= OPINION_ROUNDS && o->verdict == VERDICT_NOT_AGREED;
    if (!last_word) o->verdict = VERDICT_NONE;
    bool heard = o->channel == CHANNEL_SPOKEN && answer->code == MODE_SPOKEN &&
                 c->dialogue->state == DIALOGUE_OPEN;
    if (heard || o->reply_by == REPLY_PAGE || o->author_type == AUTHOR_ANONYMOUS) {
        answer->delivered_ms = c->now_ms;
        opinion_start_window(c);
    }
    c->answer = answer;
    c->tell_author = true;
    c->event = "answered";
    return ALLOWED;
}

/// The chair, or who decides in the chair's place, answers finally; everybody else drafts when
/// writing.
static bool answers_finally(const struct opinion_case *c)
{
    return c->acting == ROLE_CHAIR || c->acting == ROLE_DEPUTY || c->acting == ROLE_SECOND_READER ||
           c->acting == ROLE_OFFICE;
}

static void fill_answer(struct opinion_case *c, struct opinion_item *item, enum answer_mode mode)
{
    item->code = (int)mode;
    item->code2 = (int)param_number(c->params, PARAM_KIND, ANSWER_ANSWER);
    item->text = param_text(c->params, PARAM_TEXT);
    item->refs = text_of_lines(c->arena, &c->params->at[PARAM_LEGAL_REFS]);
    item->person = c->behalf == BEHALF_FLOOR ? c->opinion->floor : item->actor;
    if (c->behalf == BEHALF_CHAIR) {
        const char *chair = c->dialogue->appointed[APPOINT_CHAIR];
        const struct person *by_role = people_with_role(c->people, ROLE_CHAIR);
        item->person = *chair != 0 ? chair : by_role != NULL ? by_role->username : "";
    }
}

static struct refusal draft_instead(struct opinion_case *c, bool supplement)
{
    struct opinion_item *draft = opinion_add_item(c, ITEM_DRAFT);
    fill_answer(c, draft, MODE_WRITTEN);
    draft->status = ITEM_WAITING;
    draft->ref = supplement ? 1 : 0; // approved, it becomes a supplement
    c->event = "drafted";
    return ALLOWED;
}

static bool answers_from(const struct opinion_case *c)
{
    unsigned from = 1u << OPINION_ON_FLOOR | 1u << OPINION_RELAYED | 1u << OPINION_OWED |
                    1u << OPINION_REFERRED;
    return (from & 1u << c->opinion->state) != 0;
}

struct refusal act_answer(struct opinion_case *c)
{
    struct opinion *o = c->opinion;
    if (!answers_from(c)) return REFUSE(REFUSAL_WRONG_STATE);
    enum answer_mode mode = (enum answer_mode)param_number(c->params, PARAM_MODE, MODE_SPOKEN);
    if (mode == MODE_SPOKEN && !in_hall(c)) return REFUSE_FIELD(REFUSAL_INVALID, "mode");
    if (mode == MODE_SPOKEN && o->scope == SCOPE_OFF)
        return REFUSE(REFUSAL_OFF_TOPIC_NEEDS_WRITING);
    if (mode == MODE_WRITTEN && !answers_finally(c)) {
        if (o->state == OPINION_ON_FLOOR || o->state == OPINION_RELAYED ||
            o->state == OPINION_OWED || o->state == OPINION_REFERRED)
            return draft_instead(c, false);
    }
    struct opinion_item *answer = opinion_add_item(c, ITEM_ANSWER);
    fill_answer(c, answer, mode);
    opinion_clear_floor(c);
    return opinion_answered(c, answer);
}

struct refusal act_supplement(struct opinion_case *c)
{
    bool spoken = c->dialogue->state == DIALOGUE_OPEN;
    if (!answers_finally(c) && !(spoken && c->acting == ROLE_FLOOR)) return draft_instead(c, true);
    struct opinion_item *item = opinion_add_item(c, ITEM_SUPPLEMENT);
    fill_answer(c, item, spoken ? MODE_SPOKEN : MODE_WRITTEN);
    item->delivered_ms = c->opinion->delivered_ms != 0 ? c->now_ms : 0;
    c->tell_author = true;
    c->event = "supplemented";
    return ALLOWED;
}

struct refusal act_draft(struct opinion_case *c)
{
    struct opinion_item *before = opinion_last_item(c, ITEM_DRAFT, ITEM_WAITING);
    if (before != NULL) {
        before->status = ITEM_VOID; // a later draft takes its place; both stay readable
        before->changed = true;
    }
    return draft_instead(c, false);
}

static struct refusal approve_withdrawal(struct opinion_case *c)
{
    struct opinion_item *asked = opinion_last_item(c, ITEM_WITHDRAWAL, ITEM_WAITING);
    if (asked == NULL) return REFUSE(REFUSAL_DRAFT_MISSING);
    asked->status = ITEM_DONE;
    asked->changed = true;
    opinion_withdraw_now(c);
    return ALLOWED;
}

/// What is approved for the lead is approved for every member (one act of the chair, R76): its
/// draft becomes their answer too, and what was drafted for the member alone gives way.
static struct refusal approve_as_lead(struct opinion_case *c)
{
    struct opinion_item *own = opinion_last_item(c, ITEM_DRAFT, ITEM_WAITING);
    if (c->opinion->state == OPINION_ANSWERED) return REFUSE(REFUSAL_WRONG_STATE);
    if (own != NULL) {
        own->status = ITEM_VOID;
        own->changed = true;
    }
    struct opinion_item *answer = opinion_add_item(c, ITEM_ANSWER);
    answer->code = MODE_WRITTEN;
    answer->code2 = c->judged->code2;
    answer->text = c->judged->text;
    answer->refs = c->judged->refs;
    answer->person = c->judged->person;
    opinion_clear_floor(c);
    return opinion_answered(c, answer);
}

/// The waiting draft the parameter means. Its version is its place in the thread.
static struct refusal waiting_draft(struct opinion_case *c, struct opinion_item **ret_draft)
{
    struct opinion_item *draft = opinion_last_item(c, ITEM_DRAFT, ITEM_WAITING);
    if (draft == NULL) return REFUSE(REFUSAL_DRAFT_MISSING);
    if (param_number(c->params, PARAM_DRAFT, draft->item) != draft->item)
        return REFUSE_FIELD(REFUSAL_STALE, "draft");
    *ret_draft = draft;
    return ALLOWED;
}

struct refusal act_approve(struct opinion_case *c)
{
    bool withdrawal = param_number(c->params, PARAM_WITHDRAWAL, 0) != 0;
    if (withdrawal) return approve_withdrawal(c);
    if (c->judged != NULL) return approve_as_lead(c);
    struct opinion_item *draft = NULL;
    struct refusal refusal = waiting_draft(c, &draft);
    if (refusal.code != REFUSAL_NONE) return refusal;
    if (opinion_names(c->opinion, draft->actor)) return REFUSE(REFUSAL_OWN_CASE);
    draft->status = ITEM_DONE;
    draft->changed = true;
    struct opinion_item from = *draft;
    c->judged = arena_memdup(c->arena, draft, sizeof(*draft)); // the items may move
    bool supplement = c->opinion->state == OPINION_ANSWERED;
    struct opinion_item *answer = opinion_add_item(c, supplement ? ITEM_SUPPLEMENT : ITEM_ANSWER);
    answer->code = MODE_WRITTEN;
    answer->code2 = from.code2;
    answer->text = from.text;
    answer->refs = from.refs;
    answer->person = from.person;
    answer->ref = from.item;
    if (supplement) {
        answer->delivered_ms = c->opinion->delivered_ms != 0 ? c->now_ms : 0;
        c->tell_author = true;
        c->event = "supplemented";
        return ALLOWED;
    }
    opinion_clear_floor(c);
    return opinion_answered(c, answer);
}

static struct refusal reject_item(struct opinion_case *c, struct opinion_item *refused)
{
    refused->status = ITEM_VOID;
    refused->changed = true;
    int number = refused->item;
    struct opinion_item *reason = opinion_add_item(c, ITEM_REASON);
    reason->ref = number;
    reason->text = param_text(c->params, PARAM_REASON);
    c->event = "rejected";
    return ALLOWED;
}

/// The lead's draft was the draft for all; a withdrawal is each member's own.
static struct refusal reject_as_lead(struct opinion_case *c)
{
    struct opinion_item *own = opinion_last_item(c, ITEM_DRAFT, ITEM_WAITING);
    if (c->judged == NULL || own == NULL) return REFUSE(REFUSAL_DRAFT_MISSING);
    return reject_item(c, own);
}

struct refusal act_reject(struct opinion_case *c)
{
    struct opinion_item *draft = NULL;
    if (c->with_lead) return reject_as_lead(c);
    struct refusal refusal = waiting_draft(c, &draft);
    struct opinion_item *withdrawal = opinion_last_item(c, ITEM_WITHDRAWAL, ITEM_WAITING);
    if (refusal.code != REFUSAL_NONE && withdrawal == NULL) return refusal;
    struct opinion_item *refused = draft != NULL ? draft : withdrawal;
    if (draft != NULL) c->judged = arena_memdup(c->arena, draft, sizeof(*draft));
    return reject_item(c, refused);
}

struct refusal act_deliver(struct opinion_case *c)
{
    enum reply_by how = (enum reply_by)param_number(c->params, PARAM_HOW, REPLY_PAGE);
    bool by_hand = how == REPLY_LETTER || how == REPLY_KHOM;
    if ((by_hand || c->acting == ROLE_KHOM) && !c->proof.given)
        return REFUSE_FIELD(REFUSAL_PROOF_REQUIRED, "proof");
    struct opinion_item *answer = opinion_last_item(c, ITEM_ANSWER, -1);
    if (answer != NULL) {
        answer->delivered_ms = c->now_ms;
        answer->changed = !answer->added;
    }
    struct opinion_item *delivery = opinion_add_item(c, ITEM_DELIVERY);
    delivery->code = (int)how;
    delivery->delivered_ms = c->now_ms;
    opinion_start_window(c);
    c->event = "delivered";
    return ALLOWED;
}
