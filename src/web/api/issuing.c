// SPDX-License-Identifier: AGPL-3.0-or-later
// Numbers of documents over the API: issue one, list those of a dialogue. In the contract's style;
// described by openapi.c.
#include <string.h>

#include "actions/document_facts.h"
#include "actions/issuing.h"
#include "store/dialogue.h"
#include "web/api/handlers.h"
#include "web/api/input.h"
#include "web/api/problem.h"
#include "web/api/view.h"
#include "web/read.h"
#include "web/web.h"

static json_t *text_or_null(const char *text)
{
    return text == NULL || *text == 0 ? json_null() : json_string(text);
}

static json_t *issued_json(struct arena *arena, const struct issued *r)
{
    char opinion[OPINION_NUMBER_TEXT] = "";
    if (r->opinion != 0) opinion_number_format(r->opinion, opinion);
    json_t *recipients = json_array();
    for (const char *p = r->recipients; *p != 0;) {
        size_t len = strcspn(p, "\n");
        json_array_append_new(recipients, json_stringn(p, len));
        p += len + (p[len] == '\n');
    }
    json_t *o = json_pack("{s:I, s:I, s:s, s:s, s:s, s:s, s:b, s:o, s:s, s:s, s:o, s:b}", "id",
                          (json_int_t)r->id, "dialogue", (json_int_t)r->dialogue, "type",
                          doc_types[r->type].code, "number", issued_number_text(arena, r), "symbol",
                          r->symbol, "series", r->series, "external", r->external, "date",
                          api_day(r->day), "title", r->title, "signer", r->signer, "recipients",
                          recipients, "withheld", r->withheld);
    json_object_set_new(o, "opinion", text_or_null(opinion));
    json_object_set_new(o, "person", text_or_null(r->person));
    json_object_set_new(o, "replaces", r->replaces == 0 ? json_null() : json_integer(r->replaces));
    return o;
}

/// What was issued, and what the archivist should have looked at; reads after the commit.
static void answer(struct http_exchange *x, struct act *act)
{
    struct issued row;
    struct doc_texts warnings = {0};
    enum http_next next;
    STORE_READ ro = NULL;
    if (act->refusal.code != REFUSAL_NONE) {
        api_problem(x, act->refusal);
        return;
    }
    if (!visit_read(x, &ro, &next)) return;
    struct arena *arena = http_arena(x);
    enum status status =
        store_issued_load(store_ro_sql(ro), act->unit, act->answer.id, arena, &row);
    if (status != STATUS_OK) {
        http_error(x, 503);
        return;
    }
    const struct document_request request = {.type = (enum doc_type)row.type,
                                             .unit = act->unit,
                                             .dialogue = row.dialogue,
                                             .opinion = row.opinion,
                                             .person = *row.person == 0 ? NULL : row.person,
                                             .now_ms = row.issued_ms};
    status = document_warnings(act->app, store_ro_sql(ro), &request, arena, &warnings);
    if (status != STATUS_OK) {
        http_error(x, 503);
        return;
    }
    json_t *o = issued_json(arena, &row), *list = json_array();
    for (int i = 0; i < warnings.count; i++)
        json_array_append_new(list, json_string(warnings.items[i]));
    json_object_set_new(o, "warnings", list);
    json_object_set_new(o, "version", json_integer(1));
    json_object_set_new(o, "entry", json_integer(act->answer.entry));
    api_json(x, 201, o);
}

// ---- in

static bool known_member(const char *name)
{
    static const char *const names[] = {"opinion", "person",   "number",     "symbol",
                                        "date",    "external", "recipients", "replaces"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (strcmp(names[i], name) == 0) return true;
    return false;
}

static struct refusal read_recipients(json_t *body, struct act *act, struct issue_wish *wish)
{
    json_t *list = json_object_get(body, "recipients"), *one;
    size_t i;
    const char *all = "";
    if (list == NULL || json_is_null(list)) return ALLOWED;
    if (!json_is_array(list) || json_array_size(list) > 50)
        return input_fault(&act->form_refusal, REFUSAL_INVALID, "recipients");
    json_array_foreach(list, i, one)
    {
        const char *text = NULL;
        if (!json_is_string(one))
            return input_fault(&act->form_refusal, REFUSAL_INVALID, "recipients");
        struct refusal bad =
            input_text(&act->input, json_string_value(one), json_string_length(one),
                       (struct input_want){"recipients", false, 200}, &act->form_refusal, &text);
        if (bad.code != REFUSAL_NONE) return bad;
        if (text != NULL)
            all = arena_printf(&act->input, "%s%s%s", all, *all != 0 ? "\n" : "", text);
    }
    wish->recipients = *all == 0 ? NULL : all;
    return ALLOWED;
}

static void read_rest(json_t *body, struct act *act, struct issue_wish *wish, const char *opinion,
                      const char *date)
{
    json_t *external = json_object_get(body, "external");
    const char *name;
    json_t *value;
    json_object_foreach(body, name, value) if (!known_member(name))
        input_fault(&act->form_refusal, REFUSAL_UNKNOWN_FIELD, arena_strdup(&act->input, name));
    if (opinion != NULL && !opinion_number_parse(opinion, &wish->opinion))
        input_fault(&act->form_refusal, REFUSAL_INVALID, "opinion");
    wish->day = DAY_NONE;
    if (date != NULL && !day_parse(date, &wish->day))
        input_fault(&act->form_refusal, REFUSAL_INVALID, "date");
    if (external != NULL && !json_is_boolean(external) && !json_is_null(external))
        input_fault(&act->form_refusal, REFUSAL_INVALID, "external");
    wish->external = json_is_true(external);
}

static struct refusal read_wish(json_t *body, struct act *act, struct issue_wish *wish)
{
    const char *opinion = NULL, *date = NULL;
    const struct {
        const char *name;
        size_t max;
        const char **to;
    } texts[] = {{"opinion", 20, &opinion},
                 {"person", 60, &wish->person},
                 {"number", ISSUE_NUMBER_MAX, &wish->number},
                 {"symbol", ISSUE_SYMBOL_MAX, &wish->symbol},
                 {"date", 20, &date},
                 {"replaces", 60, &wish->replaces}};
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        struct refusal bad = api_text(&act->input, body, texts[i].name,
                                      (struct input_want){texts[i].name, false, texts[i].max},
                                      &act->form_refusal, texts[i].to);
        if (bad.code != REFUSAL_NONE) return bad;
    }
    read_rest(body, act, wish, opinion, date);
    return read_recipients(body, act, wish);
}

enum http_next post_api_number(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    int64_t dialogue;
    json_t *body = NULL;
    int type = doc_type_parse(http_param(x, "file"));
    if (!read_id(http_param(x, "id"), &dialogue) || type < 0)
        return api_problem(x, REFUSE(REFUSAL_NOT_FOUND));
    struct refusal refusal = api_read_object(x, &body);
    if (refusal.code != REFUSAL_NONE) return api_problem(x, refusal);
    struct act *act = visit_act(x);
    struct issue_wish *wish = arena_new(&act->input, struct issue_wish);
    wish->type = type;
    act->run = run_issue;
    act->target = dialogue;
    act->extra = wish;
    refusal = api_read_idempotency(x, act);
    if (refusal.code == REFUSAL_NONE) refusal = read_wish(body, act, wish);
    json_decref(body);
    if (refusal.code == REFUSAL_NONE) return visit_submit(x, act, answer);
    act_free(act);
    return api_problem(x, refusal);
}

// ---- the list

enum http_next get_api_issued(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    STORE_READ ro = NULL;
    enum http_next next;
    struct dialogue d;
    struct issued_list list;
    struct visit *v = visit_of(x);
    struct issued_filter filter = {.limit = 51};
    int64_t limit = 50;
    const char *after = http_query(x, "after"), *given = http_query(x, "limit");
    const uint32_t readers = WHO(ROLE_ARCHIVIST) | WHO(ROLE_OFFICE) | WHO(ROLE_CHAIR) |
                             WHO(ROLE_DEPUTY) | WHO(ROLE_OVERSIGHT);
    if (!read_id(http_param(x, "id"), &filter.dialogue))
        return api_problem(x, REFUSE(REFUSAL_NOT_FOUND));
    if (v->actor.kind == ACTOR_PUBLIC) return api_problem(x, REFUSE(REFUSAL_UNAUTHENTICATED));
    if (!visit_read(x, &ro, &next)) return next;
    struct sql *sql = store_ro_sql(ro);
    enum status status = store_dialogue_load(sql, v->unit, filter.dialogue, http_arena(x), &d);
    if (status == STATUS_NOT_FOUND || (status == STATUS_OK && !dialogue_visible(&d, &v->actor)))
        return api_problem(x, REFUSE(REFUSAL_NOT_FOUND));
    if (status == STATUS_OK && (dialogue_roles(&d, &v->actor) & readers) == 0)
        return api_problem(x, REFUSE(REFUSAL_FORBIDDEN));
    if (after != NULL && !read_id(after, &filter.after))
        return api_problem(x, REFUSE_FIELD(REFUSAL_INVALID, "after"));
    if (given != NULL && (!read_id(given, &limit) || limit > 200))
        return api_problem(x, REFUSE_FIELD(REFUSAL_INVALID, "limit"));
    filter.limit = (int)limit + 1;
    if (status == STATUS_OK)
        status = store_issued_list(sql, v->unit, &filter, http_arena(x), &list);
    if (status != STATUS_OK) return http_error(x, 503);
    json_t *items = json_array();
    for (int i = 0; i < list.count && i < limit; i++)
        json_array_append_new(items, issued_json(http_arena(x), &list.rows[i]));
    json_t *more =
        list.count > limit ? json_sprintf("%lld", (long long)list.rows[limit - 1].id) : json_null();
    return api_json(x, 200, json_pack("{s:o, s:o}", "items", items, "next", more));
}

// ---- what openapi.c says of them

static json_t *of_type(const char *type)
{
    return json_pack("{s:s}", "type", type);
}

static json_t *nullable(const char *type)
{
    return json_pack("{s:[s,s]}", "type", type, "null");
}

static json_t *dated(void)
{
    return json_pack("{s:s, s:s}", "type", "string", "format", "date");
}

static json_t *texts(void)
{
    return json_pack("{s:s, s:o}", "type", "array", "items", of_type("string"));
}

static json_t *object(json_t *properties, json_t *required)
{
    return json_pack("{s:s, s:o, s:o, s:b}", "type", "object", "properties", properties, "required",
                     required, "additionalProperties", 0);
}

void api_issuing_schemas(json_t *all)
{
    json_t *wish =
        json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "opinion", of_type("string"),
                  "person", of_type("string"), "number", of_type("string"), "symbol",
                  of_type("string"), "date", dated(), "external", of_type("boolean"), "recipients",
                  texts(), "replaces", of_type("string"));
    json_t *row = json_pack(
        "{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "id",
        of_type("integer"), "dialogue", of_type("integer"), "type", of_type("string"), "number",
        of_type("string"), "symbol", of_type("string"), "series", of_type("string"), "external",
        of_type("boolean"), "date", dated(), "title", of_type("string"), "signer",
        of_type("string"), "recipients", texts(), "withheld", of_type("boolean"), "opinion",
        nullable("string"), "person", nullable("string"), "replaces", nullable("integer"));
    json_object_set_new(row, "warnings", texts());
    json_object_set_new(row, "version", of_type("integer"));
    json_object_set_new(row, "entry", of_type("integer"));
    json_object_set_new(all, "issue", object(wish, json_pack("[s]", "date")));
    json_object_set_new(
        all, "issued",
        object(row, json_pack("[s,s,s,s,s]", "id", "type", "number", "date", "external")));
    json_t *items = json_pack("{s:s, s:{s:s}}", "type", "array", "items", "$ref",
                              "#/components/schemas/issued");
    json_object_set_new(all, "issued_page",
                        object(json_pack("{s:o, s:o}", "items", items, "next", nullable("string")),
                               json_pack("[s,s]", "items", "next")));
}
