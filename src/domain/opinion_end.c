// SPDX-License-Identifier: AGPL-3.0-or-later
// How an opinion ends, and how it does not: agree, continue, conclude, lapse, reopen, withdraw,
// revoke; remarks, contacts, redaction.
#include "domain/opinion_acts.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/buf.h"
#include "base/text.h"
#include "base/tr.h"
#include "domain/contact.h"

/// Who judges the answer has it, also while the letter is on its way (invariant 2).
static void answer_has_arrived(struct opinion_case *c)
{
    if (c->opinion->delivered_ms != 0) return;
    struct opinion_item *answer = opinion_last_item(c, ITEM_ANSWER, -1);
    if (answer != NULL) {
        answer->delivered_ms = c->now_ms;
        answer->changed = !answer->added;
    }
    opinion_start_window(c);
}

struct refusal act_agree(struct opinion_case *c)
{
    answer_has_arrived(c);
    c->opinion->verdict = VERDICT_AGREED;
    struct opinion_item *item = opinion_add_item(c, ITEM_VERDICT);
    item->code = VERDICT_AGREED;
    c->event = "agreed";
    return ALLOWED;
}

struct refusal act_continue(struct opinion_case *c)
{
    struct opinion *o = c->opinion;
    answer_has_arrived(c);
    struct opinion_item *item = opinion_add_item(c, ITEM_VERDICT);
    item->code = VERDICT_NOT_AGREED;
    item->text = param_text(c->params, PARAM_TEXT);
    opinion_leave_group(c);
    c->event = "continued";
    if (o->round >= OPINION_ROUNDS) {
        o->verdict = VERDICT_NOT_AGREED; // the chair may now conclude as not agreed
        return ALLOWED;
    }
    o->round++;
    o->verdict = VERDICT_NONE;
    o->window_end = DAY_NONE;
    o->delivered_ms = 0;
    if (c->dialogue->state == DIALOGUE_OPEN) {
        o->before_call = OPINION_RELAYED;
        o->state = OPINION_ON_FLOOR;
    } else {
        opinion_become_owed(c, NULL, c->today);
        c->event = "continued";
    }
    return ALLOWED;
}

static struct refusal conclude_as(struct opinion_case *c, enum outcome outcome, const char *text)
{
    struct opinion *o = c->opinion;
    if (o->scope == SCOPE_OFF && !opinion_answered_in_writing(c)) // invariant 3
        return REFUSE(REFUSAL_OFF_TOPIC_NEEDS_WRITING);
    if (!opinion_may_conclude(c, outcome)) return REFUSE(REFUSAL_AUTHOR_WINDOW_OPEN);
    struct opinion_item *item = opinion_add_item(c, ITEM_CONCLUSION);
    item->code = (int)outcome;
    item->text = text;
    o->state = OPINION_CONCLUDED;
    o->outcome = outcome;
    o->concluded_ms = c->now_ms;
    o->responsible = "";
    o->due_legal = o->due_safe = DAY_NONE;
    opinion_clear_floor(c);
    c->tell_author = true;
    c->event = "concluded";
    return ALLOWED;
}

struct refusal act_conclude(struct opinion_case *c)
{
    enum outcome outcome = (enum outcome)param_number(c->params, PARAM_OUTCOME, OUTCOME_NONE);
    return conclude_as(c, outcome, param_text(c->params, PARAM_TEXT));
}

struct refusal act_lapse(struct opinion_case *c)
{
    return conclude_as(c, OUTCOME_SILENT, "");
}

struct refusal act_reopen(struct opinion_case *c)
{
    struct opinion *o = c->opinion;
    o->round++;
    o->verdict = VERDICT_NONE;
    o->outcome = OUTCOME_NONE;
    o->delivered_ms = o->concluded_ms = 0;
    struct opinion_item *item = opinion_add_item(c, ITEM_VERDICT);
    item->code = VERDICT_NOT_AGREED;
    item->text = param_text(c->params, PARAM_TEXT);
    opinion_become_owed(c, NULL, c->today);
    c->reopen_dialogue = c->dialogue->state == DIALOGUE_COMPLETED;
    c->event = "reopened";
    return ALLOWED;
}

void opinion_withdraw_now(struct opinion_case *c)
{
    struct opinion *o = c->opinion;
    o->before_call = o->state;
    o->state = OPINION_WITHDRAWN;
    o->responsible = "";
    o->due_legal = o->due_safe = DAY_NONE;
    opinion_leave_group(c);
    opinion_clear_floor(c);
    c->index_changed = true;
    c->event = "withdrawn";
}

struct refusal act_withdraw(struct opinion_case *c)
{
    const char *text = param_text(c->params, PARAM_TEXT);
    bool proxy = c->behalf == BEHALF_AUTHOR;
    if (proxy && c->proof.kind != PROOF_SIGNATURE)
        return REFUSE_FIELD(REFUSAL_PROOF_REQUIRED, "proof");
    struct opinion_item *item = opinion_add_item(c, ITEM_WITHDRAWAL);
    item->text = text != NULL ? text : "";
    item->status =
        proxy ? ITEM_WAITING : ITEM_DONE; // by proxy the chair must approve: no way to discard
    c->event = "withdrawal_asked";
    if (!proxy) opinion_withdraw_now(c);
    return ALLOWED;
}

struct refusal act_remark(struct opinion_case *c)
{
    struct opinion_item *item = opinion_add_item(c, ITEM_REMARK);
    item->status = ITEM_WAITING;
    item->text = param_text(c->params, PARAM_TEXT);
    c->event = "remarked";
    return ALLOWED;
}

struct refusal act_remark_reply(struct opinion_case *c)
{
    int64_t number = param_number(c->params, PARAM_REMARK, 0);
    struct opinion_item *remark = NULL;
    for (int i = 0; i < c->item_count; i++)
        if (c->items[i].kind == ITEM_REMARK && c->items[i].item == number) remark = &c->items[i];
    if (remark == NULL) return REFUSE_FIELD(REFUSAL_INVALID, "remark");
    remark->status = ITEM_DONE;
    remark->changed = true;
    struct opinion_item *reply = opinion_add_item(c, ITEM_REMARK_REPLY);
    reply->ref = (int)number;
    reply->text = param_text(c->params, PARAM_TEXT);
    c->event = "remark_replied";
    return ALLOWED;
}

struct refusal act_revoke(struct opinion_case *c)
{
    struct opinion *o = c->opinion;
    int64_t entry = param_number(c->params, PARAM_ENTRY, 0);
    struct opinion_item *act = NULL;
    for (int i = 0; i < c->item_count; i++)
        if (c->items[i].entry == entry && c->items[i].behalf == BEHALF_AUTHOR &&
            c->items[i].status != ITEM_VOID)
            act = &c->items[i];
    if (act == NULL) return REFUSE_FIELD(REFUSAL_INVALID, "entry");
    bool judged = act->kind == ITEM_VERDICT && act->code == (int)o->verdict;
    bool withdrew = act->kind == ITEM_WITHDRAWAL && act->status == ITEM_DONE;
    act->status = ITEM_VOID;
    act->changed = true;
    if (judged) o->verdict = VERDICT_NONE;
    if (withdrew && o->state == OPINION_WITHDRAWN)
        opinion_become_owed(c, NULL, opinion_clock_start(c));
    c->index_changed = withdrew;
    struct opinion_item *note = opinion_add_item(c, ITEM_REASON);
    note->text = "revoked";
    c->event = "revoked";
    return ALLOWED;
}

struct refusal act_change_contact(struct opinion_case *c)
{
    struct opinion *o = c->opinion;
    const struct params *p = c->params;
    const char *phone = param_text(p, PARAM_PHONE), *email = param_text(p, PARAM_EMAIL);
    if (phone != NULL && *phone != 0 && !phone_is_plausible(phone))
        return REFUSE_FIELD(REFUSAL_INVALID, "phone");
    if (email != NULL && *email != 0 && !email_is_plausible(email))
        return REFUSE_FIELD(REFUSAL_INVALID, "email");
    if (phone == NULL && email == NULL && !p->at[PARAM_REPLY_BY].given)
        return REFUSE_FIELD(REFUSAL_REQUIRED, "phone");
    enum reply_by how = (enum reply_by)param_number(p, PARAM_REPLY_BY, o->reply_by);
    const char *new_phone = phone != NULL ? phone : o->phone,
               *new_email = email != NULL ? email : o->email;
    if (how == REPLY_EMAIL && *new_email == 0) return REFUSE_FIELD(REFUSAL_REQUIRED, "email");
    if (how == REPLY_SMS && *new_phone == 0) return REFUSE_FIELD(REFUSAL_REQUIRED, "phone");
    o->reply_by = how;
    o->phone = new_phone;
    o->email = new_email;
    // What waited to be carried there stands on the page already.
    if (how == REPLY_PAGE && o->state == OPINION_ANSWERED) answer_has_arrived(c);
    c->event = "contact";
    return ALLOWED;
}

struct refusal act_reissue_receipt(struct opinion_case *c)
{
    if (!c->proof.given) return REFUSE_FIELD(REFUSAL_PROOF_REQUIRED, "proof");
    c->reissue = true; // the caller makes the new secret; the old one is void with its hash
    c->event = "contact";
    return ALLOWED;
}

static int span_order(const void *a, const void *b)
{
    const struct span *x = a, *y = b;
    return (x->from > y->from) - (x->from < y->from);
}

struct refusal act_redact(struct opinion_case *c)
{
    struct opinion *o = c->opinion;
    const struct param_value *value = &c->params->at[PARAM_SPANS];
    int64_t length = (int64_t)text_length(o->content);
    if (value->count == 0) return REFUSE_FIELD(REFUSAL_REQUIRED, "spans");
    struct span *spans = arena_memdup(c->arena, value->spans, value->count * sizeof(*spans));
    qsort(spans, value->count, sizeof(*spans), span_order);
    for (size_t i = 0; i < value->count; i++) {
        bool overlaps = i > 0 && spans[i].from < spans[i - 1].to;
        if (spans[i].from < 0 || spans[i].to <= spans[i].from || spans[i].to > length || overlaps)
            return REFUSE_FIELD(REFUSAL_INVALID, "spans");
    }
    BUF out = {0};
    int64_t at = 0;
    for (size_t i = 0; i < value->count; i++) {
        size_t from = text_prefix(o->content, (size_t)at),
               to = text_prefix(o->content, (size_t)spans[i].from);
        buf_put(&out, o->content + from, to - from);
        buf_puts(&out, N_("[đã che]"));
        at = spans[i].to;
    }
    buf_puts(&out, o->content + text_prefix(o->content, (size_t)at));
    struct opinion_item *original = opinion_add_item(c, ITEM_EDIT);
    original->text = o->content;
    original->refs = "redact";
    struct opinion_item *reason = opinion_add_item(c, ITEM_REASON);
    reason->text = param_text(c->params, PARAM_REASON);
    o->content = arena_strndup(c->arena, buf_text(&out), out.len);
    c->index_changed = o->relayed;
    c->event = "redacted";
    return ALLOWED;
}
