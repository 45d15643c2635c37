// SPDX-License-Identifier: AGPL-3.0-or-later
// The API's description of invitees, door and hand-overs (web/api/meeting.c). Codes come from the
// tables of domain/attendance.h.
#include "domain/attendance.h"
#include "web/api/handlers.h"
#include "web/api/meeting_schema.h"

static json_t *codes_of(const struct value_set *set)
{
    json_t *codes = json_array();
    for (int i = 0; i < set->count; i++)
        json_array_append_new(codes, json_string(set->rows[i].code));
    return json_pack("{s:s, s:o}", "type", "string", "enum", codes);
}

static json_t *text(int max)
{
    return json_pack("{s:s, s:i}", "type", "string", "maxLength", max);
}

static json_t *of_type(const char *type)
{
    return json_pack("{s:s}", "type", type);
}

static json_t *or_null(const char *type)
{
    return json_pack("{s:[s,s]}", "type", type, "null");
}

static json_t *object(json_t *properties, json_t *required, bool closed)
{
    json_t *o = json_pack("{s:s, s:o, s:o}", "type", "object", "properties", properties, "required",
                          required);
    if (closed) json_object_set_new(o, "additionalProperties", json_false());
    return o;
}

static json_t *khom_code(void)
{
    return json_pack("{s:s, s:s}", "type", "string", "pattern", "^khom[1-9][0-9]{0,2}$");
}

static json_t *invite_schema(void)
{
    json_t *one = object(json_pack("{s:o, s:o, s:o, s:o}", "name", text(200), "title", text(300),
                                   "part", codes_of(&attend_parts), "khom", khom_code()),
                         json_pack("[s]", "name"), true);
    return object(json_pack("{s:{s:s, s:i, s:i, s:o}, s:o}", "invitees", "type", "array",
                            "minItems", 1, "maxItems", 200, "items", one, "consent",
                            of_type("boolean")),
                  json_pack("[s,s]", "invitees", "consent"), true);
}

static json_t *row_schema(void)
{
    json_t *p =
        json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "number",
                  of_type("integer"), "version", of_type("integer"), "name", of_type("string"),
                  "title", of_type("string"), "part", codes_of(&attend_parts), "side",
                  codes_of(&attend_sides), "khom", or_null("string"), "walk_in", of_type("boolean"),
                  "delivered", or_null("string"), "absence", of_type("string"), "arrived",
                  or_null("string"), "struck", of_type("boolean"), "forgotten", of_type("boolean"));
    return object(p, json_pack("[s,s,s,s]", "number", "version", "name", "part"), false);
}

static json_t *action_schema(void)
{
    json_t *codes = json_array();
    for (int i = ATTEND_INVITE + 1; i < ATTEND_ACTION_COUNT; i++)
        json_array_append_new(codes, json_string(attend_rules[i].code));
    json_t *p = json_pack("{s:{s:s, s:o}, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "action",
                          "type", "string", "enum", codes, "number", of_type("integer"), "typed",
                          text(300), "text", text(300), "name", text(200), "title", text(300),
                          "part", codes_of(&attend_parts), "khom", khom_code(), "consent",
                          of_type("boolean"), "if_version", of_type("integer"));
    json_object_set_new(
        p, "proof",
        object(json_pack("{s:o, s:o}", "kind", codes_of(&proof_kinds), "text", text(300)),
               json_pack("[s,s]", "kind", "text"), true));
    return object(p, json_pack("[s]", "action"), true);
}

static json_t *counts_schema(void)
{
    json_t *p = json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "seats", of_type("integer"),
                          "invited", of_type("integer"), "delivered", of_type("integer"), "present",
                          of_type("integer"), "walk_ins", of_type("integer"), "sides",
                          of_type("object"), "khoms", of_type("object"));
    return object(p, json_pack("[s,s,s]", "seats", "invited", "present"), false);
}

static json_t *indicators_schema(void)
{
    static const char *const numbers[] = {"all",   "on_spot", "due",      "in_time",
                                          "ended", "agreed",  "referred", "told"};
    json_t *p = json_object(), *required = json_array();
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
        json_object_set_new(p, numbers[i], of_type("integer"));
        json_array_append_new(required, json_string(numbers[i]));
    }
    json_object_set_new(p, "median_days", or_null("integer"));
    json_object_set_new(p, "synthesis_due", or_null("string"));
    json_object_set_new(p, "synthesis_sent", or_null("string"));
    return object(p, required, false);
}

void api_meeting_schemas(json_t *schemas)
{
    json_t *ref = json_pack("{s:s}", "$ref", "#/components/schemas/invitee");
    json_object_set_new(schemas, "invite", invite_schema());
    json_object_set_new(schemas, "invitee", row_schema());
    json_object_set_new(schemas, "invitee_page",
                        object(json_pack("{s:{s:s, s:o}, s:o}", "items", "type", "array", "items",
                                         ref, "next", or_null("string")),
                               json_pack("[s,s]", "items", "next"), true));
    json_object_set_new(schemas, "invite_reply",
                        object(json_pack("{s:{s:s, s:{s:s}}, s:o}", "numbers", "type", "array",
                                         "items", "type", "integer", "entry", of_type("integer")),
                               json_pack("[s,s]", "numbers", "entry"), false));
    json_object_set_new(schemas, "attendance_action", action_schema());
    json_object_set_new(schemas, "attendance_reply",
                        object(json_pack("{s:o, s:o, s:o}", "number", of_type("integer"), "version",
                                         of_type("integer"), "entry", of_type("integer")),
                               json_pack("[s,s,s]", "number", "version", "entry"), false));
    json_object_set_new(schemas, "attendance", counts_schema());
    json_object_set_new(schemas, "indicators", indicators_schema());
    json_object_set_new(
        schemas, "dispatch",
        object(json_pack("{s:{s:s}, s:{s:s, s:s}, s:o, s:o, s:o}", "type", "const", "synthesis",
                         "day", "type", "string", "format", "date", "recipient", text(200),
                         "receiver", text(200), "note", text(500)),
               json_pack("[s,s,s,s]", "type", "day", "recipient", "receiver"), true));
}
