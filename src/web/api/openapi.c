// SPDX-License-Identifier: AGPL-3.0-or-later
// The API's description, made from the same tables that run it: it cannot say anything else than
// the program does.
#include <string.h>

#include "actions/password.h"
#include "base/ensure.h"
#include "web/api/handlers.h"
#include "domain/hall.h"
#include "web/api/hall_schema.h"
#include "web/api/meeting_schema.h"
#include "web/api/problem.h"
#include "web/api/view.h"
#include "web/web.h"

static const char BASE[] = "/api/v1";

static json_t *ref(const char *name)
{
    return json_pack("{s:o}", "$ref", json_sprintf("#/components/schemas/%s", name));
}

static json_t *string_schema(void)
{
    return json_pack("{s:s}", "type", "string");
}

static json_t *enum_schema(const struct value_set *set)
{
    json_t *codes = json_array();
    for (int i = 0; i < set->count; i++)
        if (*set->rows[i].code != 0) json_array_append_new(codes, json_string(set->rows[i].code));
    return json_pack("{s:s, s:o}", "type", "string", "enum", codes);
}

static json_t *list_of(json_t *items)
{
    return json_pack("{s:s, s:o}", "type", "array", "items", items);
}

static json_t *object_of(json_t *properties, json_t *required, bool closed)
{
    json_t *o = json_pack("{s:s, s:o}", "type", "object", "properties", properties);
    if (required != NULL && json_array_size(required) > 0) json_object_set(o, "required", required);
    json_decref(required);
    if (closed) json_object_set_new(o, "additionalProperties", json_false());
    return o;
}

static json_t *param_schema(enum param_id id)
{
    const struct param_row *row = &param_rows[id];
    switch (row->type) {
    case PARAM_TYPE_TEXT:
    case PARAM_TYPE_LINE:
        return json_pack("{s:s, s:i, s:s}", "type", "string", "maxLength", (int)row->max,
                         "description", row->label);
    case PARAM_TYPE_VALUE: {
        json_t *schema = enum_schema(row->set);
        json_object_set_new(schema, "description", json_string(row->label));
        return schema;
    }
    case PARAM_TYPE_DATE:
        return json_pack("{s:s, s:s, s:s}", "type", "string", "format", "date", "description",
                         row->label);
    case PARAM_TYPE_INSTANT:
        return json_pack("{s:s, s:s, s:s}", "type", "string", "format", "date-time", "description",
                         row->label);
    case PARAM_TYPE_INTEGER:
        return json_pack("{s:s, s:i, s:s}", "type", "integer", "minimum", 1, "description",
                         row->label);
    case PARAM_TYPE_BOOL:
        return json_pack("{s:s, s:s}", "type", "boolean", "description", row->label);
    case PARAM_TYPE_OPINION:
        return json_pack("{s:s, s:s}", "type", "string", "pattern", "^[0-9]{4}-[0-9]{4,7}$");
    case PARAM_TYPE_KHOM:
        return json_pack("{s:s, s:s}", "type", "string", "pattern", "^khom[1-9][0-9]{0,2}$");
    case PARAM_TYPE_MONTH_OR_DATE:
        return json_pack("{s:s, s:s}", "type", "string", "pattern",
                         "^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$");
    case PARAM_TYPE_LINES:
        return list_of(string_schema());
    case PARAM_TYPE_PARTS:
        return list_of(object_of(
            json_pack("{s:o, s:o}", "text", string_schema(), "field", enum_schema(&fields)),
            json_pack("[s]", "text"), true));
    case PARAM_TYPE_SPANS:
        return list_of(json_pack("{s:s, s:{s:{s:s}, s:{s:s}}, s:[s,s]}", "type", "object",
                                 "properties", "from", "type", "integer", "to", "type", "integer",
                                 "required", "from", "to"));
    }
    return string_schema();
}

static json_t *action_schema(const char *code, const char *label, const struct param_use *uses,
                             int count)
{
    json_t *properties = json_object(), *required = json_pack("[s]", "action");
    json_object_set_new(properties, "action", json_pack("{s:s}", "const", code));
    json_object_set_new(properties, "if_version", json_pack("{s:s}", "type", "integer"));
    json_object_set_new(properties, "on_behalf", enum_schema(&behalves));
    json_object_set_new(properties, "proof", ref("proof"));
    for (int i = 0; i < count; i++) {
        json_object_set_new(properties, param_rows[uses[i].id].name, param_schema(uses[i].id));
        if (uses[i].required)
            json_array_append_new(required, json_string(param_rows[uses[i].id].name));
    }
    json_t *schema = object_of(properties, required, true);
    json_object_set_new(schema, "description", json_string(label));
    return schema;
}

static json_t *opinion_actions(void)
{
    json_t *list = json_array();
    for (int i = 0; i < OPINION_ACTION_COUNT; i++)
        if (i != ACT_LAPSE)
            json_array_append_new(list, action_schema(opinion_rules[i].code, opinion_rules[i].label,
                                                      opinion_rules[i].params,
                                                      opinion_rules[i].param_count));
    return json_pack("{s:o}", "oneOf", list);
}

static json_t *dialogue_actions(void)
{
    json_t *list = json_array();
    for (int i = 0; i < DIALOGUE_ACTION_COUNT; i++)
        json_array_append_new(list, action_schema(dialogue_rules[i].code, dialogue_rules[i].label,
                                                  dialogue_rules[i].params,
                                                  dialogue_rules[i].param_count));
    return json_pack("{s:o}", "oneOf", list);
}

static json_t *hall_actions(void)
{
    json_t *list = json_array();
    for (int i = 0; i < HALL_ACTION_COUNT; i++)
        json_array_append_new(list, action_schema(hall_rules[i].code, hall_rules[i].label,
                                                  hall_rules[i].params, hall_rules[i].param_count));
    return json_pack("{s:o}", "oneOf", list);
}

static json_t *problem_schema(void)
{
    json_t *codes = json_array();
    for (int i = 1; i < REFUSAL_COUNT; i++)
        json_array_append_new(codes, json_string(refusal_rows[i].code));
    json_t *properties =
        json_pack("{s:{s:s}, s:{s:s}, s:{s:s}, s:{s:s, s:o}, s:{s:s}, s:{s:s}, s:{s:s}}", "type",
                  "type", "string", "title", "type", "string", "status", "type", "integer", "code",
                  "type", "string", "enum", codes, "detail", "type", "string", "field", "type",
                  "string", "rule", "type", "string");
    return object_of(properties,
                     json_pack("[s,s,s,s,s]", "type", "title", "status", "code", "detail"), true);
}

static json_t *submission_schema(void)
{
    json_t *author = object_of(json_pack("{s:o, s:o, s:o, s:{s:s, s:s}, s:o, s:o}", "type",
                                         enum_schema(&author_types), "name", string_schema(),
                                         "organisation", string_schema(), "khom", "type", "string",
                                         "pattern", "^khom[1-9][0-9]{0,2}$", "phone",
                                         string_schema(), "email", string_schema()),
                               json_pack("[s]", "type"), true);
    json_t *properties =
        json_pack("{s:{s:s, s:i, s:i}, s:o, s:o, s:o, s:o, s:o, s:{s:s}, s:o}", "content", "type",
                  "string", "minLength", 1, "maxLength", CONTENT_MAX_CHARS, "kind",
                  enum_schema(&opinion_kinds), "field", enum_schema(&fields), "channel",
                  enum_schema(&channels), "wants", enum_schema(&wants_values), "reply_by",
                  enum_schema(&reply_bys), "publish_name", "type", "boolean", "author", author);
    return object_of(properties, json_pack("[s,s]", "content", "author"), true);
}

static json_t *nullable(const char *type)
{
    return json_pack("{s:[s,s]}", "type", type, "null");
}

static json_t *row_schema(bool whole)
{
    json_t *p =
        json_pack("{s:o, s:o, s:{s:s}, s:o, s:o, s:o, s:o, s:{s:s}, s:o, s:o, s:{s:s}}", "number",
                  string_schema(), "state", enum_schema(&opinion_states), "version", "type",
                  "integer", "content", string_schema(), "kind", enum_schema(&opinion_kinds),
                  "field", enum_schema(&fields), "khom", nullable("string"), "author", "type",
                  "object", "responsible", nullable("string"), "due",
                  nullable(whole ? "object" : "string"), "overdue", "type", "boolean");
    if (whole) {
        static const char *const lists[] = {"assignments", "referrals", "exchanges", "answers"};
        for (size_t i = 0; i < ARRAY_LEN(lists); i++)
            json_object_set_new(p, lists[i], list_of(json_pack("{s:s}", "type", "object")));
        json_object_set_new(p, "dialogue", json_pack("{s:s}", "type", "integer"));
        json_object_set_new(p, "channel", enum_schema(&channels));
        json_object_set_new(p, "scope", enum_schema(&scopes));
        json_object_set_new(p, "authority", enum_schema(&authorities));
        json_object_set_new(p, "group", nullable("string"));
        json_object_set_new(p, "round", json_pack("{s:s}", "type", "integer"));
        json_object_set_new(p, "verdict", nullable("string"));
        json_object_set_new(p, "outcome", nullable("string"));
        json_object_set_new(p, "actions", list_of(string_schema()));
    }
    json_t *required = json_array();
    const char *key;
    json_t *value;
    json_object_foreach(p, key, value) json_array_append_new(required, json_string(key));
    return object_of(p, required, false);
}

static json_t *reply_schema(const char *id_name, const struct value_set *states)
{
    return object_of(json_pack("{s:{}, s:o, s:{s:s}, s:{s:s}}", id_name, "state",
                               enum_schema(states), "version", "type", "integer", "entry", "type",
                               "integer"),
                     json_pack("[s,s,s,s]", id_name, "state", "version", "entry"), false);
}

static json_t *page_schema(const char *item)
{
    return object_of(
        json_pack("{s:o, s:o}", "items", list_of(ref(item)), "next", nullable("string")),
        json_pack("[s,s]", "items", "next"), true);
}

static json_t *schemas(void)
{
    json_t *s = json_object();
    json_object_set_new(s, "problem", problem_schema());
    json_object_set_new(s, "proof",
                        object_of(json_pack("{s:o, s:o, s:o}", "kind", enum_schema(&proof_kinds),
                                            "text", string_schema(), "attachment", string_schema()),
                                  json_pack("[s]", "kind"), true));
    json_object_set_new(s, "submission", submission_schema());
    json_object_set_new(s, "opinion_action", opinion_actions());
    json_object_set_new(s, "dialogue_action", dialogue_actions());
    json_object_set_new(s, "opinion_row", row_schema(false));
    json_object_set_new(s, "opinion", row_schema(true));
    json_object_set_new(s, "opinion_page", page_schema("opinion_row"));
    json_object_set_new(s, "dialogue",
                        object_of(json_pack("{s:{s:s}, s:o, s:{s:s}, s:o}", "id", "type", "integer",
                                            "state", enum_schema(&dialogue_states), "version",
                                            "type", "integer", "title", string_schema()),
                                  json_pack("[s,s,s,s]", "id", "state", "version", "title"),
                                  false));
    json_object_set_new(s, "dialogue_page", page_schema("dialogue"));
    json_object_set_new(s, "opinion_reply", reply_schema("number", &opinion_states));
    json_object_set_new(s, "dialogue_reply", reply_schema("id", &dialogue_states));
    json_object_set_new(
        s, "session_request",
        object_of(json_pack("{s:o, s:o}", "username", string_schema(), "password", string_schema()),
                  json_pack("[s,s]", "username", "password"), true));
    json_object_set_new(
        s, "password_request",
        object_of(json_pack("{s:o, s:{s:s, s:i, s:i}}", "current", string_schema(), "password",
                            "type", "string", "minLength", PASSWORD_MIN, "maxLength", PASSWORD_MAX),
                  json_pack("[s,s]", "current", "password"), true));
    json_object_set_new(s, "session",
                        object_of(json_pack("{s:o, s:o}", "token", string_schema(), "roles",
                                            list_of(enum_schema(&roles))),
                                  json_pack("[s,s]", "token", "roles"), true));
    return s;
}

static json_t *body_of(const char *type, const char *schema)
{
    return json_pack("{s:{s:{s:o}}}", "content", type, "schema", ref(schema));
}

/// Bodies that are no JSON of ours: their types alone.
static json_t *media_of(const char *types)
{
    json_t *content = json_object();
    for (const char *at = types; *at != 0;) {
        size_t len = strcspn(at, " ");
        json_object_setn_new(content, at, len, json_object());
        at += len + strspn(at + len, " ");
    }
    return json_pack("{s:o}", "content", content);
}

/// `status` answers with `answer` (a schema, or media types with a slash in them), anything else
/// with a problem.
static json_t *operation(const char *summary, const char *request, const char *status,
                         const char *answer)
{
    json_t *ok = answer == NULL                ? json_object()
                 : strchr(answer, '/') != NULL ? media_of(answer)
                                               : body_of("application/json", answer);
    json_object_set_new(ok, "description", json_string(summary));
    json_t *problem = body_of("application/problem+json", "problem");
    json_object_set_new(problem, "description", json_string("refusal"));
    json_t *o = json_pack("{s:s, s:{s:o, s:o}}", "summary", summary, "responses", status, ok,
                          "default", problem);
    if (request != NULL) {
        json_t *body = body_of("application/json", request);
        json_object_set_new(body, "required", json_true());
        json_object_set_new(o, "requestBody", body);
    }
    return o;
}

static const struct {
    const char *path, *method, *summary, *request, *status, *answer;
} OPERATIONS[] = {
    {"/sessions", "post", "Đăng nhập", "session_request", "201", "session"},
    {"/sessions", "delete", "Đăng xuất", NULL, "204", NULL},
    {"/password", "post", "Đổi mật khẩu của mình; những nơi đăng nhập khác hết hiệu lực",
     "password_request", "204", NULL},
    {"/dialogues", "get", "Các hội nghị", NULL, "200", "dialogue_page"},
    {"/dialogues", "post", "Lập hội nghị mới", "dialogue_create", "201", "dialogue_reply"},
    {"/dialogues/{id}", "get", "Một hội nghị", NULL, "200", "dialogue"},
    {"/dialogues/{id}/actions", "post", "Việc của hội nghị", "dialogue_action", "200",
     "dialogue_reply"},
    {"/dialogues/{id}/opinions", "get", "Danh sách ý kiến", NULL, "200", "opinion_page"},
    {"/dialogues/{id}/opinions", "post", "Gửi ý kiến", "submission", "201", "opinion_reply"},
    {"/dialogues/{id}/hall", "get", "Hội trường: lượt phát biểu, đồng hồ, màn hình", NULL, "200",
     "hall"},
    {"/dialogues/{id}/hall", "post", "Việc của hội trường", "hall_action", "200", "hall_reply"},
    {"/dialogues/{id}/tickets", "post", "Tham gia bằng mã trên màn hình", "ticket_request", "201",
     "ticket"},
    {"/dialogues/{id}/events", "get", "Dòng sự kiện", NULL, "200", "text/event-stream"},
    {"/dialogues/{id}/documents/{file}", "get", "Văn bản, ví dụ plan.pdf", NULL, "200",
     "application/pdf text/html text/plain "
     "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"/dialogues/{id}/documents", "get", "Văn bản đã ban hành", NULL, "200", "issued_page"},
    {"/dialogues/{id}/documents/{file}/number", "post", "Cấp số, ban hành văn bản loại {file}",
     "issue", "201", "issued"},
    {"/dialogues/{id}/invitees", "get", "Người được mời, chỉ cán bộ", NULL, "200", "invitee_page"},
    {"/dialogues/{id}/invitees", "post", "Ghi người được mời", "invite", "201", "invite_reply"},
    {"/dialogues/{id}/attendance", "get", "Số người được mời, có mặt", NULL, "200", "attendance"},
    {"/dialogues/{id}/attendance", "post", "Giao giấy mời, điểm danh, báo vắng",
     "attendance_action", "200", "attendance_reply"},
    {"/dialogues/{id}/indicators", "get", "Chỉ số kết quả", NULL, "200", "indicators"},
    {"/dialogues/{id}/dispatches", "post", "Ghi việc giao báo cáo", "dispatch", "200",
     "attendance_reply"},
    {"/opinions/{number}", "get", "Một ý kiến", NULL, "200", "opinion"},
    {"/opinions/{number}/actions", "post", "Việc của ý kiến", "opinion_action", "200",
     "opinion_reply"},
    {"/openapi.json", "get", "Bản mô tả này", NULL, "200", "application/json"},
};

static json_t *query_parameter(const char *name, json_t *schema)
{
    return json_pack("{s:s, s:s, s:o}", "name", name, "in", "query", "schema", schema);
}

static json_t *pattern_schema(const char *pattern)
{
    return json_pack("{s:s, s:s}", "type", "string", "pattern", pattern);
}

/// Of a name in a row of the route table.
static json_t *query_schema(const char *name)
{
    if (strcmp(name, "state") == 0) return enum_schema(&opinion_states);
    if (strcmp(name, "field") == 0) return enum_schema(&fields);
    if (strcmp(name, "khom") == 0) return pattern_schema("^khom[1-9][0-9]{0,2}$");
    if (strcmp(name, "opinion") == 0) return pattern_schema("^[0-9]{4}-[0-9]{4,7}$");
    if (strcmp(name, "q") == 0) return json_pack("{s:s, s:i}", "type", "string", "maxLength", 200);
    if (strcmp(name, "pulse") == 0) return json_pack("{s:s, s:[s]}", "type", "string", "enum", "1");
    if (strcmp(name, "edition") == 0)
        return json_pack("{s:s, s:[s,s]}", "type", "string", "enum", "public", "full");
    if (strcmp(name, "limit") == 0)
        return json_pack("{s:s, s:i, s:i, s:i}", "type", "integer", "minimum", 1, "maximum", 200,
                         "default", 50);
    ensure(strcmp(name, "after") == 0 || strcmp(name, "person") == 0 || strcmp(name, "draft") == 0);
    return string_schema();
}

/// What the route takes in its query, from its own row; NULL nothing.
static const char *query_of(const char *method, const char *path)
{
    static const char *const methods[HTTP_METHOD_COUNT] = {
        [HTTP_GET] = "get", [HTTP_POST] = "post", [HTTP_DELETE] = "delete"};
    for (size_t i = 0; i < web_api_routes.count; i++) {
        const struct http_route *row = &web_api_routes.rows[i];
        if (strncmp(row->pattern, BASE, strlen(BASE)) == 0 &&
            strcmp(row->pattern + strlen(BASE), path) == 0 && methods[row->method] != NULL &&
            strcmp(methods[row->method], method) == 0)
            return row->query;
    }
    ensure(!"an operation that is no route");
    return NULL;
}

static void add_parameters(json_t *operation_json, const char *path, const char *query)
{
    json_t *parameters = json_array();
    for (const char *p = strchr(path, '{'); p != NULL; p = strchr(p + 1, '{')) {
        size_t len = strcspn(p + 1, "}");
        json_array_append_new(parameters,
                              json_pack("{s:o, s:s, s:b, s:o}", "name", json_stringn(p + 1, len),
                                        "in", "path", "required", 1, "schema", string_schema()));
    }
    for (const char *at = query; at != NULL && *at != 0;) {
        char name[40];
        size_t len = strcspn(at, " ");
        snprintf(name, sizeof(name), "%.*s", (int)len, at);
        json_array_append_new(parameters, query_parameter(name, query_schema(name)));
        at += len + strspn(at + len, " ");
    }
    if (json_array_size(parameters) > 0) json_object_set(operation_json, "parameters", parameters);
    json_decref(parameters);
}

static json_t *document(void)
{
    static const struct param_use create[] = {
        {PARAM_TITLE, true}, {PARAM_YEAR, true},  {PARAM_PROFILE, true},   {PARAM_PLANNED, true},
        {PARAM_PLACE, true}, {PARAM_SEATS, true}, {PARAM_COPY_FROM, false}};
    json_t *paths = json_object(), *all = schemas();
    json_t *creation = action_schema("create", "Lập hội nghị mới", create, (int)ARRAY_LEN(create));
    json_object_del(json_object_get(creation, "properties"), "action");
    json_array_remove(json_object_get(creation, "required"), 0);
    json_object_set_new(all, "dialogue_create", creation);
    api_meeting_schemas(all);
    api_hall_schemas(all);
    json_object_set_new(all, "hall_action", hall_actions());
    api_issuing_schemas(all);
    for (size_t i = 0; i < ARRAY_LEN(OPERATIONS); i++) {
        json_t *path = json_object_get(paths, OPERATIONS[i].path);
        if (path == NULL) json_object_set_new(paths, OPERATIONS[i].path, path = json_object());
        json_t *o = operation(OPERATIONS[i].summary, OPERATIONS[i].request, OPERATIONS[i].status,
                              OPERATIONS[i].answer);
        add_parameters(o, OPERATIONS[i].path, query_of(OPERATIONS[i].method, OPERATIONS[i].path));
        json_object_set_new(path, OPERATIONS[i].method, o);
    }
    return json_pack(
        "{s:s, s:{s:s, s:s}, s:[{s:s}], s:o, s:{s:o, s:{s:{s:s, s:s}, s:{s:s, s:s, s:s, s:s}}}}",
        "openapi", "3.1.0", "info", "title", "Đối Thoại", "version", "1", "servers", "url", BASE,
        "paths", paths, "components", "schemas", all, "securitySchemes", "bearer", "type", "http",
        "scheme", "bearer", "receipt", "type", "apiKey", "in", "header", "name", "Authorization",
        "description", "Receipt SECRET");
}

enum http_next get_api_openapi(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    return api_json(x, 200, document());
}
