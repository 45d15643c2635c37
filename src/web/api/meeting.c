// SPDX-License-Identifier: AGPL-3.0-or-later
// Invitees, the door, the figures of attendance and of results, and the synthesis handed over, over
// the API. Names go to those alone whom the domain lets see them.
#include <string.h>

#include "actions/attendance.h"
#include "actions/document_facts.h"
#include "actions/reports.h"
#include "documents/indicators.h"
#include "web/api/handlers.h"
#include "web/api/input.h"
#include "web/api/problem.h"
#include "web/api/view.h"
#include "web/read.h"
#include "web/web.h"

// ---- reading

/// The dialogue for an account with one of the roles; else the problem is in *ret_next.
static bool enter(struct http_exchange *x, struct sql *sql, uint32_t who, struct dialogue *d,
                  enum http_next *ret_next)
{
    int64_t id;
    struct visit *v = visit_of(x);
    enum status status = STATUS_NOT_FOUND;
    if (v->actor.kind == ACTOR_PUBLIC)
        return *ret_next = api_problem(x, REFUSE(REFUSAL_UNAUTHENTICATED)), false;
    if (read_id(http_param(x, "id"), &id))
        status = store_dialogue_load(sql, v->unit, id, http_arena(x), d);
    if (status == STATUS_NOT_FOUND || (status == STATUS_OK && !dialogue_visible(d, &v->actor)))
        return *ret_next = api_problem(x, REFUSE(REFUSAL_NOT_FOUND)), false;
    if (status != STATUS_OK) return *ret_next = http_error(x, 503), false;
    if ((dialogue_roles(d, &v->actor) & who) == 0)
        return *ret_next = api_problem(x, REFUSE(REFUSAL_FORBIDDEN)), false;
    return true;
}

enum {
    LIST_ROLES = WHO(ROLE_OFFICE) | WHO(ROLE_SECRETARY) | WHO(ROLE_CHAIR) | WHO(ROLE_DEPUTY) |
                 WHO(ROLE_KHOM),
    FIGURE_ROLES = LIST_ROLES | WHO(ROLE_OVERSIGHT) | WHO(ROLE_PARTY),
};

static json_t *invitee_json(const struct invitee *i)
{
    return json_pack("{s:I, s:I, s:s, s:s, s:s, s:s, s:o, s:b, s:o, s:s, s:o, s:b, s:b}", "number",
                     (json_int_t)i->id, "version", (json_int_t)i->version, "name", i->name, "title",
                     i->title, "part", value_code(&attend_parts, (int)i->part), "side",
                     value_code(&attend_sides, (int)attend_side_of(i->part)), "khom",
                     api_khom(i->khom), "walk_in", i->walk_in, "delivered",
                     api_instant(i->delivered_ms), "absence", i->absence, "arrived",
                     api_instant(i->arrived_ms), "struck", i->struck, "forgotten",
                     i->forgotten_ms != 0);
}

enum http_next get_api_invitees(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    STORE_READ ro = NULL;
    enum http_next next;
    struct dialogue d;
    struct invitee_list list;
    struct visit *v = visit_of(x);
    int64_t after = 0, limit = 50;
    const char *given_after = http_query(x, "after"), *given_limit = http_query(x, "limit");
    if (!visit_read(x, &ro, &next)) return next;
    if (!enter(x, store_ro_sql(ro), LIST_ROLES, &d, &next)) return next;
    if (given_after != NULL && !read_id(given_after, &after))
        return api_problem(x, REFUSE_FIELD(REFUSAL_INVALID, "after"));
    if (given_limit != NULL && (!read_id(given_limit, &limit) || limit < 1 || limit > 200))
        return api_problem(x, REFUSE_FIELD(REFUSAL_INVALID, "limit"));
    enum status status =
        store_invitee_page(store_ro_sql(ro), v->unit, d.id,
                           (struct invitee_page){after, (int)limit + 1}, http_arena(x), &list);
    if (status != STATUS_OK) return http_error(x, 503);
    json_t *items = json_array(), *more = json_null();
    for (int i = 0; i < list.count && i < limit; i++)
        if (attend_shows(&d, &v->actor, list.rows[i].khom))
            json_array_append_new(items, invitee_json(&list.rows[i]));
    if (list.count > limit) more = json_sprintf("%lld", (long long)list.rows[limit - 1].id);
    http_set_header(x, "Cache-Control", "no-store");
    return api_json(x, 200, json_pack("{s:o, s:o}", "items", items, "next", more));
}

static json_t *counts_json(struct visit *v, const struct attend_tally *t, const struct dialogue *d)
{
    json_t *sides = json_object(), *khoms = json_object();
    for (int i = 0; i < ATTEND_SIDE_COUNT; i++)
        json_object_set_new(
            sides, value_code(&attend_sides, i),
            json_pack("{s:i, s:i}", "invited", t->side_invited[i], "present", t->side_present[i]));
    for (int i = 0; i < v->facts->khoms.count; i++) {
        const struct khom *k = &v->facts->khoms.rows[i];
        char code[16];
        if (k->khom >= (int)ARRAY_LEN(t->khom_invited)) continue;
        snprintf(code, sizeof(code), "khom%d", k->khom);
        json_object_set_new(khoms, code,
                            json_pack("{s:i, s:i, s:i}", "quota", k->quota, "invited",
                                      t->khom_invited[k->khom], "present",
                                      t->khom_present[k->khom]));
    }
    return json_pack("{s:i, s:i, s:i, s:i, s:i, s:o, s:o}", "seats", d->seats, "invited",
                     t->invited, "delivered", t->delivered, "present", t->present, "walk_ins",
                     t->walk_ins, "sides", sides, "khoms", khoms);
}

enum http_next get_api_attendance(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    STORE_READ ro = NULL;
    enum http_next next;
    struct dialogue d;
    struct invitee_list list;
    struct attend_tally tally;
    struct visit *v = visit_of(x);
    if (!visit_read(x, &ro, &next)) return next;
    if (!enter(x, store_ro_sql(ro), FIGURE_ROLES, &d, &next)) return next;
    enum status status = store_invitees(store_ro_sql(ro), v->unit, d.id, http_arena(x), &list);
    if (status != STATUS_OK) return http_error(x, 503);
    attend_count(&list, &tally);
    return api_json(x, 200, counts_json(v, &tally, &d));
}

enum http_next get_api_indicators(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    STORE_READ ro = NULL;
    enum http_next next;
    struct dialogue d;
    struct visit *v = visit_of(x);
    const struct doc_facts *facts = NULL;
    struct dispatch_list sent;
    if (!visit_read(x, &ro, &next)) return next;
    if (!enter(x, store_ro_sql(ro), FIGURE_ROLES & ~WHO(ROLE_KHOM), &d, &next)) return next;
    struct document_request request = {
        .type = DOC_SYNTHESIS, .unit = v->unit, .dialogue = d.id, .now_ms = v->now_ms};
    enum status status =
        document_facts(v->web->app, store_ro_sql(ro), &request, http_arena(x), &facts);
    if (status == STATUS_OK)
        status = store_dispatches(store_ro_sql(ro), v->unit, d.id, http_arena(x), &sent);
    if (status != STATUS_OK) return http_error(x, 503);
    struct indicators n = indicators_of(facts);
    return api_json(x, 200,
                    json_pack("{s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:o, s:o, s:o}", "all",
                              n.all, "on_spot", n.on_spot, "due", n.due, "in_time", n.in_time,
                              "ended", n.ended, "agreed", n.agreed, "referred", n.referred, "told",
                              n.told, "median_days",
                              n.median_days < 0 ? json_null() : json_integer(n.median_days),
                              "synthesis_due", api_day(synthesis_due(v->facts, &d)),
                              "synthesis_sent", api_day(dispatch_day(&sent, "synthesis"))));
}

// ---- changing

static void answer(struct http_exchange *x, struct act *act)
{
    if (act->refusal.code != REFUSAL_NONE) {
        api_problem(x, act->refusal);
        return;
    }
    json_t *numbers = json_array();
    for (int i = 0; i < act->answer.number_count; i++)
        json_array_append_new(numbers, json_integer((json_int_t)act->answer.numbers[i]));
    json_int_t entry = (json_int_t)act->answer.entry;
    if (act->run == run_invite) {
        api_json(x, 201, json_pack("{s:o, s:I}", "numbers", numbers, "entry", entry));
        return;
    }
    json_decref(numbers);
    api_json(x, 200,
             json_pack("{s:I, s:I, s:I}", "number", (json_int_t)act->answer.id, "version",
                       (json_int_t)act->answer.version, "entry", entry));
}

/// Only members that are known; the first unknown one is told.
static void check_members(struct act *act, json_t *object, const char *const *known, size_t count)
{
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value)
    {
        bool found = false;
        for (size_t i = 0; i < count && !found; i++)
            found = strcmp(known[i], key) == 0;
        if (!found)
            input_fault(&act->form_refusal, REFUSAL_UNKNOWN_FIELD, arena_strdup(&act->input, key));
    }
}
#define MEMBERS(act, object, ...)                                      \
    check_members((act), (object), (const char *const[]){__VA_ARGS__}, \
                  sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

static const char *line_of(struct act *act, json_t *object, const char *name, size_t max)
{
    const char *text = NULL;
    struct refusal bad = api_text(&act->input, object, name, (struct input_want){name, false, max},
                                  &act->form_refusal, &text);
    if (bad.code != REFUSAL_NONE) act->form_refusal = bad; // goes before what is wrong otherwise
    return text == NULL ? "" : text;
}

static bool yes(struct act *act, json_t *object, const char *name)
{
    json_t *value = json_object_get(object, name);
    if (value != NULL && !json_is_boolean(value))
        input_fault(&act->form_refusal, REFUSAL_INVALID, name);
    return json_is_true(value);
}

static struct invite_row row_of(struct act *act, json_t *object, enum attend_part usual)
{
    const char *part = line_of(act, object, "part", 40), *khom = line_of(act, object, "khom", 10);
    int value = *part == 0 ? (int)usual : value_parse(&attend_parts, part);
    int number = *khom == 0 ? 0 : input_khom(khom);
    if (value < 0) input_fault(&act->form_refusal, REFUSAL_INVALID, "part");
    if (number < 0) input_fault(&act->form_refusal, REFUSAL_INVALID, "khom");
    return (struct invite_row){.name = line_of(act, object, "name", INVITEE_NAME),
                               .title = line_of(act, object, "title", INVITEE_TITLE),
                               .part = value < 0 ? usual : (enum attend_part)value,
                               .khom = number < 0 ? 0 : number};
}

static void read_invite(struct act *act, json_t *body)
{
    struct invite *invite = arena_new(&act->input, struct invite);
    json_t *list = json_object_get(body, "invitees");
    size_t count = json_array_size(list);
    MEMBERS(act, body, "invitees", "consent");
    if (!json_is_array(list))
        input_fault(&act->form_refusal, list == NULL ? REFUSAL_REQUIRED : REFUSAL_INVALID,
                    "invitees");
    if (count > INVITE_AT_ONCE) count = INVITE_AT_ONCE + 1; // told as too many
    struct invite_row *rows = arena_array(&act->input, struct invite_row, count + 1);
    for (size_t i = 0; i < count; i++) {
        json_t *one = json_array_get(list, i);
        if (!json_is_object(one)) {
            input_fault(&act->form_refusal, REFUSAL_INVALID, "invitees");
            one = NULL;
        }
        MEMBERS(act, one, "name", "title", "part", "khom");
        rows[i] = row_of(act, one, PART_RESIDENTS);
        if (*rows[i].name == 0) input_fault(&act->form_refusal, REFUSAL_REQUIRED, "name");
    }
    invite->rows = rows;
    invite->count = (int)count;
    invite->consent = yes(act, body, "consent");
    act->run = run_invite;
    act->extra = invite;
}

static void read_proof(struct act *act, json_t *body)
{
    json_t *proof = json_object_get(body, "proof");
    if (proof == NULL) return;
    MEMBERS(act, proof, "kind", "text");
    int value = value_parse(&proof_kinds, line_of(act, proof, "kind", 200));
    if (value < 0) input_fault(&act->form_refusal, REFUSAL_INVALID, "proof");
    act->proof = (struct proof){true, value < 0 ? PROOF_SIGNATURE : (enum proof_kind)value,
                                line_of(act, proof, "text", INVITEE_TITLE), ""};
}

/// {action, number?, typed?, text?, name?, title?, part?, khom?, consent?, proof?, if_version?}
static void read_attend(struct act *act, json_t *body)
{
    struct attendance *a = arena_new(&act->input, struct attendance);
    json_t *number = json_object_get(body, "number"),
           *version = json_object_get(body, "if_version");
    int action = attend_action_parse(line_of(act, body, "action", 200));
    bool known = action > ATTEND_INVITE;
    MEMBERS(act, body, "action", "number", "typed", "text", "name", "title", "part", "khom",
            "consent", "proof", "if_version");
    if (!known) input_fault(&act->form_refusal, REFUSAL_INVALID, "action");
    if (number != NULL && !json_is_integer(number))
        input_fault(&act->form_refusal, REFUSAL_INVALID, "number");
    if (version != NULL && !json_is_integer(version))
        input_fault(&act->form_refusal, REFUSAL_INVALID, "if_version");
    else if (version != NULL)
        act->if_version = json_integer_value(version);
    *a = (struct attendance){.action = known ? (enum attend_action)action : ATTEND_CHECK_IN,
                             .invitee = json_integer_value(number),
                             .typed = line_of(act, body, "typed", INVITEE_TITLE),
                             .text = line_of(act, body, "text", INVITEE_TITLE),
                             .row = row_of(act, body, PART_RESIDENTS),
                             .consent = yes(act, body, "consent")};
    read_proof(act, body);
    act->run = run_attend;
    act->extra = a;
}

/// {type, day, recipient, receiver, note?}
static void read_dispatch(struct act *act, json_t *body)
{
    struct dispatch *row = arena_new(&act->input, struct dispatch);
    MEMBERS(act, body, "type", "day", "recipient", "receiver", "note");
    const char *day = line_of(act, body, "day", 20);
    *row = (struct dispatch){.type = line_of(act, body, "type", 40),
                             .day = DAY_NONE,
                             .recipient = line_of(act, body, "recipient", 200),
                             .receiver = line_of(act, body, "receiver", 200),
                             .note = line_of(act, body, "note", 500)};
    if (*day != 0 && !day_parse(day, &row->day))
        input_fault(&act->form_refusal, REFUSAL_INVALID, "day");
    act->run = run_dispatch_add;
    act->extra = row;
}

static enum http_next submit(struct http_exchange *x, void (*read)(struct act *act, json_t *body))
{
    int64_t id;
    json_t *body = NULL;
    if (!read_id(http_param(x, "id"), &id)) return api_problem(x, REFUSE(REFUSAL_NOT_FOUND));
    struct refusal refusal = api_read_object(x, &body);
    if (refusal.code != REFUSAL_NONE) return api_problem(x, refusal);
    struct act *act = visit_act(x);
    act->target = id;
    refusal = api_read_idempotency(x, act);
    if (refusal.code == REFUSAL_NONE) read(act, body);
    json_decref(body);
    if (refusal.code == REFUSAL_NONE && refusal_rows[act->form_refusal.code].http_status == 400)
        refusal = act->form_refusal; // no text: before it is asked who calls
    // Of an action that is none there is nothing to ask but who calls.
    const char *wrong = act->form_refusal.field;
    if (refusal.code == REFUSAL_NONE && wrong != NULL && strcmp(wrong, "action") == 0)
        refusal = act->caller.kind == ACTOR_PUBLIC ? REFUSE(REFUSAL_UNAUTHENTICATED)
                                                   : REFUSE_FIELD(REFUSAL_INVALID, "action");
    if (refusal.code == REFUSAL_NONE) return visit_submit(x, act, answer);
    act_free(act);
    return api_problem(x, refusal);
}

enum http_next post_api_invitees(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    return submit(x, read_invite);
}

enum http_next post_api_attendance(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    return submit(x, read_attend);
}

enum http_next post_api_dispatch(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    return submit(x, read_dispatch);
}
