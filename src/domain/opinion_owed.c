// SPDX-License-Identifier: AGPL-3.0-or-later
// What is owed: by whom, until when, and how it leaves the ward. Assign, extend, refer, notify,
// agency_reply.
#include "domain/opinion_acts.h"

#include <string.h>

#include "base/day.h"
#include "base/tr.h"

static bool may_owe(const struct opinion_case *c, const char *username)
{
    const struct person *p = people_find(c->people, username);
    return p != NULL && person_may_handle(p) && !opinion_names(c->opinion, username);
}

const char *opinion_default_responsible(const struct opinion_case *c)
{
    // Invariant 4: the last assignee, else the officer of its field, else the office; never who is
    // named in it.
    const struct opinion_item *last =
        c->opinion->relayed ? opinion_last_item(c, ITEM_ASSIGNMENT, -1) : NULL;
    if (last != NULL && *last->person != 0 && may_owe(c, last->person)) return last->person;
    return opinion_responsible_by_field(c, c->opinion);
}

const char *opinion_responsible_by_field(const struct opinion_case *c, const struct opinion *o)
{
    const struct person *officer =
        o->relayed ? people_for_field(c->people, o->field, o->named) : NULL;
    if (officer != NULL) return officer->username;
    const struct person *office = people_with_role(c->people, ROLE_OFFICE);
    if (office != NULL && may_owe(c, office->username)) return office->username;
    const enum appointment others[] = {APPOINT_DEPUTY, APPOINT_SECOND_READER, APPOINT_CHAIR};
    for (size_t i = 0; i < ARRAY_LEN(others); i++)
        if (may_owe(c, c->dialogue->appointed[others[i]])) return c->dialogue->appointed[others[i]];
    return "";
}

static struct deadline clock_of(const struct opinion_case *c, int32_t start)
{
    enum deadline_rule rule = c->opinion->scope == SCOPE_OFF ? DEADLINE_OFF_TOPIC : DEADLINE_ANSWER;
    return deadline_compute(rule, c->dialogue->profile, start, c->calendar);
}

void opinion_clear_floor(struct opinion_case *c)
{
    c->opinion->floor = "";
}

void opinion_hand_over(struct opinion_case *c)
{
    struct opinion *o = c->opinion;
    if (*o->floor != 0 && !may_owe(c, o->floor)) opinion_clear_floor(c);
    if (o->responsible_is_body || *o->responsible == 0 || may_owe(c, o->responsible)) return;
    o->responsible = opinion_default_responsible(c);
    struct opinion_item *item = opinion_add_item(c, ITEM_ASSIGNMENT);
    item->person = o->responsible;
    item->day = o->due_legal;
}

void opinion_become_owed(struct opinion_case *c, const char *to, int32_t clock_start)
{
    struct opinion *o = c->opinion;
    o->state = OPINION_OWED;
    o->responsible = to != NULL ? to : opinion_default_responsible(c);
    o->responsible_is_body = people_find(c->people, o->responsible) == NULL;
    o->extended = false;
    o->window_end = DAY_NONE;
    opinion_clear_floor(c);
    opinion_set_due(c, clock_of(c, clock_start), false);
    c->event = "owed";
}

void opinion_recount(struct opinion_case *c, int32_t clock_start)
{
    opinion_set_due(c, clock_of(c, clock_start), false);
    c->event = "due";
}

/// `to`: an account, or a body by its name. A word that looks like a user name and is none is a
/// slip of the keyboard.
static struct refusal read_responsible(const struct opinion_case *c, const char *to)
{
    if (people_find(c->people, to) != NULL)
        return may_owe(c, to)                  ? ALLOWED
               : opinion_names(c->opinion, to) ? REFUSE_FIELD(REFUSAL_OWN_CASE, "to")
                                               : REFUSE_FIELD(REFUSAL_INVALID, "to");
    bool word = strspn(to, "abcdefghijklmnopqrstuvwxyz0123456789_.-") == strlen(to);
    return word ? REFUSE_FIELD(REFUSAL_INVALID, "to") : ALLOWED;
}

struct refusal opinion_owe_to(struct opinion_case *c, const char *to, bool due_given, int32_t due)
{
    struct opinion *o = c->opinion;
    if (to != NULL) {
        struct refusal refusal = read_responsible(c, to);
        if (refusal.code != REFUSAL_NONE) return refusal;
    }
    bool keeps_clock = o->state == OPINION_OWED && o->due_legal != DAY_NONE;
    int32_t start = keeps_clock ? o->due_start : opinion_clock_start(c);
    struct deadline clock = clock_of(c, start);
    int32_t limit = o->extended && o->due_legal > clock.legal_day ? o->due_legal : clock.legal_day;
    if (due_given && due < c->today)
        return REFUSE_WHY(REFUSAL_INVALID, "due", N_("Hạn trả lời đã qua."));
    if (due_given && due > limit) return REFUSE_FIELD(REFUSAL_DUE_TOO_LATE, "due");
    bool was_extended = o->extended;
    int32_t extended_legal = o->due_legal, extended_safe = o->due_safe;
    opinion_become_owed(c, to, start);
    if (was_extended) {
        o->extended = true;
        o->due_legal = extended_legal;
        o->due_safe = extended_safe;
    }
    if (due_given)
        opinion_set_due(
            c, deadline_on(DEADLINE_ASSIGNED, c->dialogue->profile, start, due, c->calendar), true);
    return ALLOWED;
}

struct refusal act_assign(struct opinion_case *c)
{
    const char *to = param_text(c->params, PARAM_TO);
    const struct param_value *with = &c->params->at[PARAM_WITH];
    bool due_given = c->params->at[PARAM_DUE].given;
    struct refusal refusal =
        opinion_owe_to(c, to, due_given, (int32_t)param_number(c->params, PARAM_DUE, 0));
    if (refusal.code != REFUSAL_NONE) return refusal;
    struct opinion_item *item = opinion_add_item(c, ITEM_ASSIGNMENT);
    item->person = c->opinion->responsible_is_body ? "" : to;
    item->body = c->opinion->responsible_is_body ? to : "";
    item->day = due_given ? c->opinion->due_legal : c->opinion->due_safe;
    item->text =
        param_text(c->params, PARAM_DIRECTIVE) ? param_text(c->params, PARAM_DIRECTIVE) : "";
    item->refs = text_of_lines(c->arena, with);
    c->tell_author = true;
    c->event = "assigned";
    return ALLOWED;
}

struct refusal act_extend(struct opinion_case *c)
{
    struct opinion *o = c->opinion;
    o->authority = AUTHORITY_COMPLEX; // a member's too, once its lead is extended
    int32_t due = (int32_t)param_number(c->params, PARAM_DUE, 0);
    if (due <= o->due_legal || due <= c->today) return REFUSE_FIELD(REFUSAL_INVALID, "due");
    struct opinion_item *before = opinion_last_item(c, ITEM_EXTENSION, ITEM_WAITING);
    if (before != NULL) {
        before->status = ITEM_VOID;
        before->changed = true;
    }
    struct opinion_item *item = opinion_add_item(c, ITEM_EXTENSION);
    item->status = ITEM_WAITING; // until the notice is delivered the old date stands
    item->body = param_text(c->params, PARAM_AGENCY);
    item->day = due;
    item->refs = param_text(c->params, PARAM_REASON);
    item->text = param_text(c->params, PARAM_TEXT);
    c->event = "extended";
    return ALLOWED;
}

/// R59: the author was told of another agency and its time. Until a notice names this one, the
/// 30-day clock runs again (invariant 5).
static void forget_extension(struct opinion_case *c, const char *agency)
{
    struct opinion *o = c->opinion;
    struct opinion_item *asked = opinion_last_item(c, ITEM_EXTENSION, ITEM_WAITING);
    if (asked != NULL) {
        asked->status = ITEM_VOID;
        asked->changed = true;
    }
    bool same = o->state == OPINION_REFERRED && strcmp(o->responsible, agency) == 0;
    if (!o->extended || same) return;
    o->extended = false;
    opinion_recount(c, o->due_start);
}

struct refusal act_refer(struct opinion_case *c)
{
    struct opinion *o = c->opinion;
    const char *text = param_text(c->params, PARAM_TEXT);
    bool has_expected = c->params->at[PARAM_EXPECTED].given;
    int32_t expected = (int32_t)param_number(c->params, PARAM_EXPECTED, DAY_NONE);
    if (has_expected && expected < c->today) return REFUSE_FIELD(REFUSAL_INVALID, "expected");
    int64_t reason = param_number(c->params, PARAM_REFER_REASON, REFER_BEYOND);
    o->authority = reason == REFER_BEYOND ? AUTHORITY_BEYOND : AUTHORITY_COMPLEX;
    struct opinion_item *last = opinion_last_item(c, ITEM_REFERRAL, ITEM_WAITING);
    if (last != NULL) {
        last->status = ITEM_VOID;
        last->changed = true;
    }
    forget_extension(c, param_text(c->params, PARAM_AGENCY));
    if (o->state != OPINION_OWED && o->state != OPINION_REFERRED) {
        // Invariant 5: without a delivered notice the 30-day clock runs, owed by the ward's office.
        opinion_become_owed(c, NULL, opinion_clock_start(c));
    }
    o->state = OPINION_REFERRED;
    o->responsible = param_text(c->params, PARAM_AGENCY);
    o->responsible_is_body = true;
    struct opinion_item *item = opinion_add_item(c, ITEM_REFERRAL);
    item->status = ITEM_WAITING;
    item->body = o->responsible;
    item->code = (int)reason;
    item->day = expected;
    item->text = text != NULL ? text : "";
    opinion_clear_floor(c);
    c->tell_author = true;
    c->event = "referred";
    return ALLOWED;
}

/// Whether sending it that way is itself the delivery; paper wants a proof, e-mail and SMS the
/// outbox.
static struct refusal notice_delivered(const struct opinion_case *c, enum reply_by how,
                                       bool *ret_now)
{
    bool by_hand = how == REPLY_LETTER || how == REPLY_KHOM;
    if (how == REPLY_EMAIL && *c->opinion->email == 0)
        return REFUSE_WHY(
            REFUSAL_REQUIRED, "how",
            N_("Người có ý kiến không để lại địa chỉ thư điện tử; hãy chọn cách khác."));
    if (how == REPLY_SMS && *c->opinion->phone == 0)
        return REFUSE_WHY(REFUSAL_REQUIRED, "how",
                          N_("Người có ý kiến không để lại số điện thoại; hãy chọn cách khác."));
    if (by_hand && !c->proof.given) return REFUSE_FIELD(REFUSAL_PROOF_REQUIRED, "proof");
    *ret_now = by_hand || how == REPLY_PAGE || c->proof.given ||
               c->opinion->author_type == AUTHOR_ANONYMOUS;
    return ALLOWED;
}

static void opinion_notice_arrived(struct opinion_case *c, struct opinion_item *notice)
{
    struct opinion *o = c->opinion;
    notice->delivered_ms = c->now_ms;
    notice->status = ITEM_DONE;
    notice->changed = true;
    struct opinion_item *asked = o->state == OPINION_OWED
                                     ? opinion_last_item(c, ITEM_EXTENSION, ITEM_WAITING)
                                     : opinion_last_item(c, ITEM_REFERRAL, ITEM_WAITING);
    // One that was on its way while the opinion went on tells of a time that no longer holds.
    bool stands = (o->state == OPINION_OWED || o->state == OPINION_REFERRED) && asked != NULL &&
                  asked->item < notice->item && notice->day != DAY_NONE;
    if (!stands) return;
    if (asked->kind == ITEM_EXTENSION) {
        asked->status = ITEM_DONE;
        asked->changed = true;
    }
    o->extended = true;
    opinion_set_due(c,
                    deadline_on(DEADLINE_EXTENDED, c->dialogue->profile, o->due_start, notice->day,
                                c->calendar),
                    true);
}

bool opinion_notice_sent(struct opinion_case *c, int item)
{
    for (int i = 0; i < c->item_count; i++) {
        struct opinion_item *notice = &c->items[i];
        if (notice->item != item || notice->kind != ITEM_NOTICE || notice->delivered_ms != 0)
            continue;
        c->acting = ROLE_SYSTEM;
        c->event = "delivered";
        opinion_notice_arrived(c, notice);
        return true;
    }
    return false;
}

struct refusal act_notify(struct opinion_case *c)
{
    struct opinion *o = c->opinion;
    bool diverted = o->state == OPINION_DIVERTED;
    const struct opinion_item *extension =
        o->state == OPINION_OWED ? opinion_last_item(c, ITEM_EXTENSION, ITEM_WAITING) : NULL;
    bool expected = c->params->at[PARAM_EXPECTED].given;
    if (!diverted && !expected) return REFUSE_RULE(REFUSAL_REQUIRED, "expected", NULL, "R59");
    if (diverted && expected) return REFUSE_FIELD(REFUSAL_INVALID, "expected");
    int32_t day = (int32_t)param_number(c->params, PARAM_EXPECTED, DAY_NONE);
    if (expected && day < c->today) return REFUSE_FIELD(REFUSAL_INVALID, "expected");
    if (extension != NULL && day > extension->day)
        return REFUSE_RULE(REFUSAL_DUE_TOO_LATE, "expected", NULL, "R58-R59");
    enum reply_by how = (enum reply_by)param_number(c->params, PARAM_HOW, REPLY_PAGE);
    bool now = false;
    struct refusal refusal = notice_delivered(c, how, &now);
    if (refusal.code != REFUSAL_NONE) return refusal;
    struct opinion_item *notice = opinion_add_item(c, ITEM_NOTICE);
    notice->status = ITEM_WAITING;
    notice->body = param_text(c->params, PARAM_AGENCY);
    notice->day = day;
    notice->code = (int)how;
    notice->text = param_text(c->params, PARAM_TEXT);
    if (now) opinion_notice_arrived(c, notice);
    c->tell_author = true;
    c->event = "notified";
    return ALLOWED;
}

struct refusal act_agency_reply(struct opinion_case *c)
{
    struct opinion *o = c->opinion;
    bool refused = param_number(c->params, PARAM_RESULT, 0) == AGENCY_REFUSED;
    const char *attachment = param_text(c->params, PARAM_ATTACHMENT);
    int32_t date = (int32_t)param_number(c->params, PARAM_DATE, c->today);
    if (date > c->today) return REFUSE_FIELD(REFUSAL_INVALID, "date");
    struct opinion_item *referral = opinion_last_item(c, ITEM_REFERRAL, ITEM_WAITING);
    const char *agency = referral != NULL ? referral->body : o->responsible;
    if (referral != NULL) {
        referral->status = ITEM_DONE;
        referral->changed = true;
    }
    struct opinion_item *item = opinion_add_item(c, ITEM_AGENCY_REPLY);
    item->code = refused ? AGENCY_REFUSED : AGENCY_ANSWERED;
    item->body = agency;
    item->day = date;
    item->text = param_text(c->params, PARAM_TEXT);
    item->refs = attachment != NULL ? attachment : "";
    if (refused) {
        o->authority = AUTHORITY_WARD; // its clock starts anew, at the ward
        opinion_become_owed(c, NULL, opinion_clock_start(c));
        c->event = "refused_by_agency";
        return ALLOWED;
    }
    struct opinion_item *answer = opinion_add_item(c, ITEM_ANSWER);
    answer->code = MODE_WRITTEN;
    answer->code2 = ANSWER_ANSWER;
    answer->body = agency;
    answer->text = param_text(c->params, PARAM_TEXT);
    return opinion_answered(c, answer);
}
