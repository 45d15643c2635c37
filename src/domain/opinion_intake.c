// SPDX-License-Identifier: AGPL-3.0-or-later
// The secretary's work on an opinion: mend its text, classify, split, relay, set off topic, divert,
// group.
#include "domain/opinion_acts.h"

#include <string.h>

#include "base/buf.h"
#include "base/day.h"
#include "base/text.h"
#include "base/tr.h"

const char *text_of_lines(struct arena *arena, const struct param_value *list)
{
    BUF out = {0};
    for (size_t i = 0; list->given && i < list->count; i++)
        buf_printf(&out, "%s%s", i > 0 ? "\n" : "", list->lines[i]);
    return arena_strndup(arena, buf_text(&out), out.len);
}

static struct refusal replace_content(struct opinion_case *c, const char *reason)
{
    const char *text = param_text(c->params, PARAM_TEXT);
    if (text_length(text) > CONTENT_MAX_CHARS) return REFUSE_FIELD(REFUSAL_TOO_LONG, "text");
    struct opinion_item *before = opinion_add_item(c, ITEM_EDIT);
    before->text = c->opinion->content;
    before->refs = reason;
    c->opinion->content = text;
    c->index_changed = c->opinion->relayed;
    c->event = "edited";
    return ALLOWED;
}

struct refusal act_amend(struct opinion_case *c)
{
    return replace_content(c, "");
}

struct refusal act_correct(struct opinion_case *c)
{
    return replace_content(c, param_text(c->params, PARAM_REASON));
}

/// Adds the words of a list to " a b ", once each.
static const char *named_with(struct opinion_case *c, const char *named, const char *username)
{
    if (word_list_has(named, username)) return named;
    return arena_printf(c->arena, "%s%s ", *named == 0 ? " " : named, username);
}

static const char *chair_username(const struct opinion_case *c)
{
    if (*c->dialogue->appointed[APPOINT_CHAIR] != 0) return c->dialogue->appointed[APPOINT_CHAIR];
    const struct person *chair = people_with_role(c->people, ROLE_CHAIR);
    return chair != NULL ? chair->username : NULL;
}

/// Who is named now does not keep what it owed (invariant 9).
static void take_away_from_named(struct opinion_case *c)
{
    const struct opinion *o = c->opinion;
    bool owes = !o->responsible_is_body && opinion_names(o, o->responsible);
    if (owes || opinion_names(o, o->floor)) opinion_hand_over(c);
}

static struct refusal classify_named(struct opinion_case *c)
{
    const struct param_value *named = &c->params->at[PARAM_NAMED];
    const char *list = named->given ? "" : c->opinion->named;
    for (size_t i = 0; named->given && i < named->count; i++) {
        if (people_find(c->people, named->lines[i]) == NULL)
            return REFUSE_FIELD(REFUSAL_INVALID, "named");
        list = named_with(c, list, named->lines[i]);
    }
    const char *chair = chair_username(c);
    int64_t about = param_number(c->params, PARAM_ABOUT, c->opinion->about);
    if (about == ABOUT_HEAD && chair != NULL) list = named_with(c, list, chair);
    c->opinion->named = list;
    return ALLOWED;
}

struct refusal act_classify(struct opinion_case *c)
{
    struct opinion *o = c->opinion;
    const struct params *p = c->params;
    int64_t visibility = param_number(p, PARAM_VISIBILITY, o->visibility);
    if (p->at[PARAM_VISIBILITY].given && visibility == VISIBILITY_SEALED)
        return REFUSE_FIELD(REFUSAL_INVALID, "visibility");
    struct refusal refusal = classify_named(c);
    if (refusal.code != REFUSAL_NONE) return refusal;
    bool was_public = opinion_is_public(o);
    o->field = (enum field)param_number(p, PARAM_FIELD, o->field);
    o->scope = (enum scope)param_number(p, PARAM_SCOPE, o->scope);
    o->authority = (enum authority)param_number(p, PARAM_AUTHORITY, o->authority);
    o->about = (enum about)param_number(p, PARAM_ABOUT, o->about);
    o->visibility = (enum visibility)visibility;
    if (p->at[PARAM_TOPIC].given) o->topic = param_text(p, PARAM_TOPIC);
    // What is said of a person is not for everybody unless somebody decides so (R48-R50).
    bool about_person = o->about == ABOUT_OFFICIAL || o->about == ABOUT_HEAD;
    if (p->at[PARAM_ABOUT].given && about_person && !p->at[PARAM_VISIBILITY].given)
        o->visibility = VISIBILITY_STAFF;
    if (o->group_lead != 0 && (o->scope == SCOPE_OFF || *o->named != 0)) opinion_leave_group(c);
    take_away_from_named(c);
    c->index_changed = was_public != opinion_is_public(o);
    c->event = "classified";
    return ALLOWED;
}

/// A part of another field is owed by the officer of that field (invariant 4), by the same day.
static void change_field(struct opinion_case *c, struct opinion *part, enum field field)
{
    if (part->field == field) return;
    part->field = field;
    if (part->state != OPINION_OWED) return;
    part->responsible = opinion_responsible_by_field(c, part);
    part->responsible_is_body = false;
    if (part != c->opinion) return;
    struct opinion_item *item = opinion_add_item(c, ITEM_ASSIGNMENT);
    item->person = part->responsible;
    item->day = part->due_legal;
}

struct refusal act_split(struct opinion_case *c)
{
    const struct param_value *parts = &c->params->at[PARAM_PARTS];
    if (parts->count < 2) return REFUSE_FIELD(REFUSAL_INVALID, "parts");
    for (size_t i = 0; i < parts->count; i++) {
        if (parts->parts[i].text[0] == 0) return REFUSE_FIELD(REFUSAL_REQUIRED, "parts");
        if (text_length(parts->parts[i].text) > CONTENT_MAX_CHARS)
            return REFUSE_FIELD(REFUSAL_TOO_LONG, "parts");
    }
    struct opinion *o = c->opinion;
    struct opinion_item *whole = opinion_add_item(c, ITEM_EDIT);
    whole->text = o->content;
    whole->refs = "split";
    c->part_count = (int)parts->count - 1;
    c->parts = arena_array(c->arena, struct opinion, (size_t)c->part_count);
    for (size_t i = 0; i < parts->count; i++) {
        struct opinion *part = i == 0 ? o : &c->parts[i - 1];
        if (i > 0) {
            *part = *o;
            part->split_from = o->id;
            part->group_lead = 0;
            part->floor = "";
            part->version = 0;
            part->close_version = 0; // the close never touched it
            part->next_item = 1;
            part->support = 0;
        }
        part->content = parts->parts[i].text;
        if (parts->parts[i].field >= 0) change_field(c, part, (enum field)parts->parts[i].field);
    }
    c->index_changed = o->relayed;
    c->event = "split";
    return ALLOWED;
}

static void take_field_and_topic(struct opinion_case *c)
{
    struct opinion *o = c->opinion;
    o->field = (enum field)param_number(c->params, PARAM_FIELD, o->field);
    if (c->params->at[PARAM_TOPIC].given) o->topic = param_text(c->params, PARAM_TOPIC);
}

void opinion_leave_group(struct opinion_case *c)
{
    c->opinion->group_lead = 0;
}

/// Taken after the close: it stays owed, on the same clock, and goes to the officer of its field.
static void relay_late(struct opinion_case *c)
{
    struct opinion *o = c->opinion;
    o->relayed = true;
    o->responsible = opinion_default_responsible(c);
    o->responsible_is_body = false;
    struct opinion_item *item = opinion_add_item(c, ITEM_ASSIGNMENT);
    item->person = o->responsible;
    item->day = o->due_legal;
}

struct refusal act_relay(struct opinion_case *c)
{
    struct opinion *o = c->opinion;
    take_field_and_topic(c);
    o->relayed = true;
    c->index_changed = true;
    c->event = "relayed";
    if (o->state == OPINION_RECEIVED) return o->state = OPINION_RELAYED, ALLOWED;
    relay_late(c);
    return ALLOWED;
}

struct refusal act_recall(struct opinion_case *c)
{
    struct opinion *o = c->opinion;
    bool late = o->state == OPINION_OWED;
    opinion_add_item(c, ITEM_REASON)->text = param_text(c->params, PARAM_REASON);
    o->relayed = false;
    opinion_leave_group(c);
    if (late) o->responsible = opinion_default_responsible(c);
    if (!late) o->state = OPINION_RECEIVED;
    c->index_changed = true;
    c->event = "recalled";
    return ALLOWED;
}

struct refusal act_set_off_topic(struct opinion_case *c)
{
    struct opinion *o = c->opinion;
    o->scope = SCOPE_OFF;
    bool was_relayed = o->relayed;
    o->relayed = true; // the secretary or the chair has dealt with it
    struct refusal refusal =
        opinion_owe_to(c, param_text(c->params, PARAM_TO), c->params->at[PARAM_DUE].given,
                       (int32_t)param_number(c->params, PARAM_DUE, 0));
    if (refusal.code != REFUSAL_NONE) {
        o->scope = SCOPE_IN;
        o->relayed = was_relayed;
        return refusal;
    }
    struct opinion_item *item = opinion_add_item(c, ITEM_ASSIGNMENT);
    item->person = o->responsible_is_body ? "" : o->responsible;
    item->body = o->responsible_is_body ? o->responsible : "";
    item->day = o->due_legal;
    opinion_leave_group(c);
    opinion_add_item(c, ITEM_PROMPT)->text = // R65-R67
        "Ý kiến này nằm ngoài nội dung của buổi đối thoại. Chủ trì đã tiếp nhận và sẽ trả lời "
        "riêng bằng văn "
        "bản; trân trọng đề nghị ông/bà tập trung vào chủ đề, nội dung của buổi đối thoại.";
    c->index_changed = !was_relayed;
    c->tell_author = true;
    c->event = "off_topic";
    return ALLOWED;
}

struct refusal act_divert(struct opinion_case *c)
{
    struct opinion *o = c->opinion;
    struct opinion_item *item = opinion_add_item(c, ITEM_REASON);
    item->code = (int)param_number(c->params, PARAM_DIVERT_TO, DIVERT_COMPLAINT);
    item->text = param_text(c->params, PARAM_REASON);
    c->index_changed = true;
    o->before_call = o->state;
    o->state = OPINION_DIVERTED;
    opinion_leave_group(c);
    opinion_clear_floor(c);
    o->due_legal = o->due_safe = o->due_start = DAY_NONE;
    if (item->code == DIVERT_DENUNCIATION) {
        o->visibility = VISIBILITY_SEALED;
        c->seal = true;
    }
    c->tell_author = true;
    c->event = "diverted";
    return ALLOWED;
}

struct refusal act_restore(struct opinion_case *c)
{
    struct opinion *o = c->opinion;
    bool sealed = o->visibility == VISIBILITY_SEALED;
    opinion_add_item(c, ITEM_REASON)->text = param_text(c->params, PARAM_REASON);
    if (sealed) o->visibility = VISIBILITY_STAFF; // shown again only when somebody says so
    opinion_become_owed(c, NULL, opinion_clock_start(c));
    c->index_changed = true;
    c->event = "restored";
    return ALLOWED;
}

struct refusal act_group(struct opinion_case *c)
{
    struct opinion *o = c->opinion, *lead = c->lead;
    if (lead == NULL || lead->id == o->id || lead->dialogue != o->dialogue)
        return REFUSE_FIELD(REFUSAL_INVALID, "with");
    if (*lead->named != 0) return REFUSE(REFUSAL_OWN_CASE);
    if (!opinion_groupable(lead)) return REFUSE(REFUSAL_WRONG_STATE);
    if (lead->group_lead != 0 && lead->group_lead != lead->id)
        return REFUSE_WHY(REFUSAL_INVALID, "with",
                          N_("Ý kiến này đang theo một ý kiến chính khác; hãy chọn ý kiến chính."));
    if (o->state == OPINION_RECEIVED) o->state = OPINION_RELAYED;
    if (o->state == OPINION_OWED && !o->relayed) relay_late(c);
    if (lead->state == OPINION_RECEIVED) lead->state = OPINION_RELAYED;
    o->relayed = lead->relayed = true;
    lead->group_lead = o->group_lead = lead->id;
    c->index_changed = true;
    c->event = "grouped";
    return ALLOWED;
}

struct refusal act_ungroup(struct opinion_case *c)
{
    opinion_leave_group(c);
    c->event = "ungrouped";
    return ALLOWED;
}
