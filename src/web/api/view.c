// SPDX-License-Identifier: AGPL-3.0-or-later
// What the API shows of dialogues and opinions. Who may see a name, a contact, a draft is asked of
// domain/, never decided here.
#include "web/api/view.h"

#include <string.h>

#include "base/day.h"
#include "base/text.h"

json_t *api_instant(int64_t ms)
{
    char text[INSTANT_TEXT];
    return ms == 0 ? json_null() : json_string(instant_format(ms, text));
}

json_t *api_day(int32_t day)
{
    char text[DAY_TEXT];
    return day == DAY_NONE ? json_null() : json_string(day_format(day, text));
}

json_t *api_khom(int khom)
{
    return khom == 0 ? json_null() : json_sprintf("khom%d", khom);
}

static json_t *number_json(int64_t id)
{
    char text[OPINION_NUMBER_TEXT];
    return id == 0 ? json_null() : json_string(opinion_number_format(id, text));
}

static json_t *text_or_null(const char *text)
{
    return text == NULL || *text == 0 ? json_null() : json_string(text);
}

static json_t *value_json(const struct value_set *set, int value)
{
    return value < 0 || *value_code(set, value) == 0 ? json_null()
                                                     : json_string(value_code(set, value));
}

static json_t *lines_json(const char *lines)
{
    json_t *list = json_array();
    while (lines != NULL && *lines != 0) {
        size_t len = strcspn(lines, "\n");
        if (len > 0) json_array_append_new(list, json_stringn(lines, len));
        lines += len + (lines[len] == '\n');
    }
    return list;
}

json_t *api_dialogue(struct visit *v, struct dialogue *d, bool whole)
{
    static const struct params none;
    json_t *o = json_pack(
        "{s:I, s:s, s:I, s:s, s:i, s:i, s:o, s:o, s:o, s:o}", "id", (json_int_t)d->id, "state",
        value_code(&dialogue_states, (int)d->state), "version", (json_int_t)d->version, "title",
        d->title, "year", d->year, "profile", deadline_profile_row(d->profile)->year, "starts_at",
        api_instant(d->starts_at_ms), "place", text_or_null(d->place), "planned",
        text_or_null(d->planned), "seats", d->seats == 0 ? json_null() : json_integer(d->seats));
    if (!whole) return o;
    json_object_set_new(o, "opinions_from", api_instant(d->opinions_from_ms));
    json_object_set_new(o, "opinions_until", api_instant(d->opinions_until_ms));
    json_object_set_new(o, "announced_at", api_instant(d->announced_ms));
    json_object_set_new(o, "opened_at", api_instant(d->opened_ms));
    json_object_set_new(o, "closed_at", api_instant(d->closed_ms));
    json_object_set_new(o, "resumes_at", api_instant(d->resumes_at_ms));
    json_object_set_new(o, "results_published_at", api_instant(d->results_ms));
    json_object_set_new(o, "minutes_signed_at", api_instant(d->minutes_chair_ms));
    json_object_set_new(o, "plan_number", text_or_null(d->number));
    json_object_set_new(o, "plan_symbol", text_or_null(d->symbol));
    json_object_set_new(o, "plan_date", api_day(d->issued_day));
    json_object_set_new(o, "approved", json_boolean(d->approved));
    json_object_set_new(o, "reason", text_or_null(d->reason));
    json_object_set_new(o, "conclusion", text_or_null(d->conclusion));
    json_t *actions = json_array(), *appointed = json_object();
    struct arena arena = {0};
    struct dialogue_case c = {.arena = &arena,
                              .now_ms = v->now_ms,
                              .people = &v->facts->people,
                              .actor = &v->actor,
                              .params = &none,
                              .dialogue = d};
    for (int i = 0; i < DIALOGUE_ACTION_COUNT; i++)
        if (dialogue_can(&c, (enum dialogue_action)i))
            json_array_append_new(actions, json_string(dialogue_rules[i].code));
    arena_done(&arena);
    static const char *const seats[APPOINT_COUNT] = {"chair", "deputy", "secretary",
                                                     "second_reader"};
    for (int i = 0; v->actor.kind == ACTOR_ACCOUNT && i < APPOINT_COUNT; i++)
        json_object_set_new(appointed, seats[i], text_or_null(d->appointed[i]));
    json_object_set_new(o, "appointed", appointed);
    json_object_set_new(o, "actions", actions);
    return o;
}

static json_t *author_json(struct opinion_case *c)
{
    const struct opinion *o = c->opinion;
    json_t *a = json_pack("{s:s, s:o}", "type", value_code(&author_types, (int)o->author_type),
                          "khom", api_khom(o->khom));
    bool sealed = o->visibility == VISIBILITY_SEALED && !opinion_shows_contacts(c);
    if (sealed) return a;
    const char *name = opinion_shows_name(c) ? o->name : text_initials(c->arena, o->name);
    json_object_set_new(a, "name", text_or_null(name));
    if (o->author_type == AUTHOR_BUSINESS)
        json_object_set_new(a, "organisation", text_or_null(o->organisation));
    if (!opinion_shows_contacts(c)) return a;
    json_object_set_new(a, "phone", text_or_null(o->phone));
    json_object_set_new(a, "email", text_or_null(o->email));
    return a;
}

static bool is_staff(const struct opinion_case *c)
{
    return c->actor->kind == ACTOR_ACCOUNT;
}

/// The public reads a title, staff the user name they assign with.
static const char *shown_name(const struct opinion_case *c, const char *username)
{
    const struct person *p = is_staff(c) ? NULL : people_find(c->people, username);
    if (p == NULL) return username;
    return *p->title != 0 ? p->title : p->name;
}

static const char *responsible_name(const struct opinion_case *c)
{
    const struct opinion *o = c->opinion;
    return o->responsible_is_body ? o->responsible : shown_name(c, o->responsible);
}

json_t *api_opinion_row(struct opinion_case *c)
{
    const struct opinion *o = c->opinion;
    return json_pack("{s:o, s:s, s:I, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:b}", "number",
                     number_json(o->id), "state", value_code(&opinion_states, (int)o->state),
                     "version", (json_int_t)o->version, "content", o->content, "kind",
                     value_code(&opinion_kinds, (int)o->kind), "field",
                     value_code(&fields, (int)o->field), "khom", api_khom(o->khom), "author",
                     author_json(c), "responsible", text_or_null(responsible_name(c)), "due",
                     api_day(o->due_legal), "overdue", opinion_is_overdue(o, c->today));
}

// ---- what was added to it

static json_t *item_base(const struct opinion_item *i)
{
    json_t *o =
        json_pack("{s:i, s:o, s:I, s:o, s:i, s:o}", "item", i->item, "at", api_instant(i->at_ms),
                  "entry", (json_int_t)i->entry, "text", text_or_null(i->text), "round", i->round,
                  "on_behalf", value_json(&behalves, (int)i->behalf));
    if (i->behalf == BEHALF_AUTHOR) json_object_set_new(o, "proxy", json_true());
    if (i->status == ITEM_VOID) json_object_set_new(o, "revoked", json_true());
    return o;
}

static json_t *exchange_json(const struct opinion_case *c, const struct opinion_item *i)
{
    json_t *o = item_base(i);
    json_object_set_new(o, "kind", value_json(&item_kinds, (int)i->kind));
    bool may_name = i->kind != ITEM_EXCHANGE || is_staff(c);
    json_object_set_new(o, "speaker",
                        text_or_null(may_name ? i->person : text_initials(c->arena, i->person)));
    if (is_staff(c)) json_object_set_new(o, "by", text_or_null(i->actor));
    return o;
}

static json_t *answer_json(const struct opinion_case *c, const struct opinion_item *i)
{
    json_t *o = item_base(i);
    json_object_set_new(o, "kind", value_json(&answer_kinds, i->code2));
    json_object_set_new(o, "mode", value_json(&answer_modes, i->code));
    json_object_set_new(o, "legal_refs", lines_json(i->refs));
    json_object_set_new(o, "by",
                        text_or_null(*i->person != 0 ? shown_name(c, i->person)
                                     : *i->body != 0 ? i->body
                                                     : shown_name(c, i->actor)));
    json_object_set_new(o, "delivered_at", api_instant(i->delivered_ms));
    json_object_set_new(o, "supplement", json_boolean(i->kind == ITEM_SUPPLEMENT));
    if (i->kind == ITEM_DRAFT) {
        static const char *const names[] = {"approved", "waiting", "void"};
        json_object_set_new(o, "draft", json_integer(i->item));
        json_object_set_new(o, "draft_state", json_string(names[i->status]));
    }
    return o;
}

static json_t *assignment_json(const struct opinion_item *i)
{
    json_t *o = item_base(i);
    json_object_set_new(o, "to", text_or_null(*i->person != 0 ? i->person : i->body));
    json_object_set_new(o, "due", api_day(i->day));
    json_object_set_new(o, "with", lines_json(i->refs));
    json_object_set_new(o, "directive", text_or_null(i->text));
    return o;
}

static json_t *agency_json(const struct opinion_item *i)
{
    json_t *o = item_base(i);
    json_object_set_new(o, "what", value_json(&item_kinds, (int)i->kind));
    json_object_set_new(o, "agency", text_or_null(i->body));
    json_object_set_new(o, "expected", api_day(i->day));
    json_object_set_new(o, "delivered_at", api_instant(i->delivered_ms));
    json_object_set_new(o, "waiting", json_boolean(i->status == ITEM_WAITING));
    if (i->kind == ITEM_REFERRAL)
        json_object_set_new(o, "reason", value_json(&refer_reasons, i->code));
    if (i->kind == ITEM_AGENCY_REPLY)
        json_object_set_new(o, "result", value_json(&agency_results, i->code));
    return o;
}

static json_t *due_json(struct opinion_case *c)
{
    const struct opinion *o = c->opinion;
    struct deadline_steps steps;
    if (!opinion_due_steps(c, &steps)) return json_null();
    json_t *list = json_array();
    for (size_t i = 0; i < steps.count; i++) {
        const struct deadline_step *s = &steps.items[i];
        json_array_append_new(list, json_pack("{s:s, s:o, s:o, s:i, s:i, s:s}", "kind",
                                              deadline_step_word(s->kind), "from",
                                              api_day(s->first_day), "to", api_day(s->last_day),
                                              "first", s->from, "last", s->to, "note", s->note));
    }
    return json_pack("{s:o, s:s, s:o, s:o, s:o, s:s}", "start", api_day(o->due_start), "rule",
                     deadline_term(c->dialogue->profile, o->due_rule)->word, "legal",
                     api_day(o->due_legal), "safe", api_day(o->due_safe), "steps", list, "summary",
                     steps.summary);
}

/// Public and author read what was said to them; drafts, directives and reasons are for who works
/// on it.
static void add_item(struct opinion_case *c, json_t *o, const struct opinion_item *i)
{
    bool staff = is_staff(c);
    switch (i->kind) {
    case ITEM_ASSIGNMENT:
        if (staff) json_array_append_new(json_object_get(o, "assignments"), assignment_json(i));
        break;
    case ITEM_REFERRAL:
    case ITEM_NOTICE:
    case ITEM_EXTENSION:
    case ITEM_AGENCY_REPLY:
        json_array_append_new(json_object_get(o, "referrals"), agency_json(i));
        break;
    case ITEM_ASK_BACK:
    case ITEM_REPLY:
    case ITEM_EXCHANGE:
    case ITEM_PROMPT:
    case ITEM_VERDICT:
    case ITEM_CONCLUSION:
        json_array_append_new(json_object_get(o, "exchanges"), exchange_json(c, i));
        break;
    case ITEM_WITHDRAWAL:
        if (staff || c->actor->kind == ACTOR_AUTHOR)
            json_array_append_new(json_object_get(o, "exchanges"), exchange_json(c, i));
        break;
    case ITEM_ANSWER:
    case ITEM_SUPPLEMENT:
        json_array_append_new(json_object_get(o, "answers"), answer_json(c, i));
        break;
    case ITEM_DRAFT:
        if (staff && i->status != ITEM_DONE)
            json_array_append_new(json_object_get(o, "drafts"), answer_json(c, i));
        break;
    case ITEM_REMARK:
    case ITEM_REMARK_REPLY:
        if (staff) json_array_append_new(json_object_get(o, "remarks"), exchange_json(c, i));
        break;
    case ITEM_DELIVERY:
    case ITEM_DUE:
    case ITEM_EDIT:
    case ITEM_REASON:
    case ITEM_FLOOR:
    case ITEM_KIND_COUNT:
        break;
    }
}

json_t *api_opinion(struct opinion_case *c)
{
    struct opinion *o = c->opinion;
    bool sealed = o->visibility == VISIBILITY_SEALED;
    json_t *j = api_opinion_row(c);
    json_object_set_new(j, "dialogue", json_integer(o->dialogue));
    json_object_set_new(j, "channel", value_json(&channels, (int)o->channel));
    json_object_set_new(j, "wants", value_json(&wants_values, (int)o->wants));
    json_object_set_new(j, "reply_by", value_json(&reply_bys, (int)o->reply_by));
    json_object_set_new(j, "scope", value_json(&scopes, (int)o->scope));
    json_object_set_new(j, "authority", value_json(&authorities, (int)o->authority));
    json_object_set_new(j, "topic", text_or_null(o->topic));
    json_object_set_new(j, "created_at",
                        sealed ? api_day(instant_day(o->created_ms)) : api_instant(o->created_ms));
    if (is_staff(c)) {
        json_object_set_new(j, "about", value_json(&abouts, (int)o->about));
        json_object_set_new(j, "visibility", value_json(&visibilities, (int)o->visibility));
        json_t *named = json_array();
        for (const char *p = o->named; *p != 0;) {
            size_t len = strcspn(p, " ");
            if (len > 0) json_array_append_new(named, json_stringn(p, len));
            p += len + (p[len] == ' ');
        }
        json_object_set_new(j, "named", named);
        json_object_set_new(j, "relayed", json_boolean(o->relayed));
        json_object_set_new(j, "floor", text_or_null(o->floor));
        json_object_set_new(j, "drafts", json_array());
        json_object_set_new(j, "remarks", json_array());
    }
    static const char *const lists[] = {"assignments", "referrals", "exchanges", "answers"};
    for (size_t i = 0; i < ARRAY_LEN(lists); i++)
        json_object_set_new(j, lists[i], json_array());
    for (int i = 0; i < c->item_count; i++)
        add_item(c, j, &c->items[i]);
    json_object_set_new(j, "group", number_json(o->group_lead));
    json_object_set_new(j, "split_from", number_json(o->split_from));
    json_object_set_new(j, "due", due_json(c));
    json_object_set_new(j, "round", json_integer(o->round));
    json_object_set_new(j, "verdict", value_json(&verdicts, (int)o->verdict));
    json_object_set_new(j, "outcome", value_json(&outcomes, (int)o->outcome));
    json_object_set_new(j, "window_end", api_day(o->window_end));
    json_object_set_new(j, "support", json_integer(o->support));
    json_t *actions = json_array();
    for (int i = 0; i < OPINION_ACTION_COUNT; i++)
        if (opinion_can(c, (enum opinion_action)i))
            json_array_append_new(actions, json_string(opinion_rules[i].code));
    json_object_set_new(j, "actions", actions);
    return j;
}
