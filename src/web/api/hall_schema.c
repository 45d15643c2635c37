// SPDX-License-Identifier: AGPL-3.0-or-later
// The API's description of the live hall (web/api/hall.c). Codes come from the tables of
// domain/hall.h.
#include "web/api/hall_schema.h"

#include "domain/hall.h"

static json_t *type_of(const char *type)
{
    return json_pack("{s:s}", "type", type);
}

static json_t *or_null(const char *type)
{
    return json_pack("{s:[s,s]}", "type", type, "null");
}

static json_t *codes_of(const struct value_set *set)
{
    json_t *codes = json_array();
    for (int i = 0; i < set->count; i++)
        json_array_append_new(codes, json_string(set->rows[i].code));
    return json_pack("{s:s, s:o}", "type", "string", "enum", codes);
}

/// All members required, others allowed.
static json_t *whole(json_t *properties)
{
    json_t *required = json_array();
    const char *key;
    json_t *ignored;
    json_object_foreach(properties, key, ignored)
    {
        (void)ignored;
        json_array_append_new(required, json_string(key));
    }
    return json_pack("{s:s, s:o, s:o}", "type", "object", "properties", properties, "required",
                     required);
}

static json_t *turn_properties(void)
{
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "turn",
                     type_of("integer"), "kind", codes_of(&turn_kinds), "state",
                     codes_of(&turn_states), "side", codes_of(&floor_sides), "name",
                     or_null("string"), "name_state", codes_of(&turn_names), "author_type",
                     codes_of(&author_types), "khom", or_null("string"), "asked", or_null("string"),
                     "topic", or_null("string"));
}

static json_t *queue_schema(void)
{
    json_t *turn = turn_properties();
    json_object_set_new(turn, "reasons",
                        json_pack("{s:s, s:{s:s, s:[s,s,s,s,s]}}", "type", "array", "items", "type",
                                  "string", "enum", "point_of_order", "reply", "first_time",
                                  "round_robin", "topic"));
    return json_pack("{s:s, s:o}", "type", "array", "items", whole(turn));
}

static json_t *hall_schema(void)
{
    json_t *share = whole(json_pack("{s:o, s:o, s:o, s:o}", "people_ms", type_of("integer"),
                                    "authority_ms", type_of("integer"), "none_ms",
                                    type_of("integer"), "elapsed_ms", type_of("integer")));
    return whole(json_pack(
        "{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "version", type_of("integer"),
        "speaker", or_null("object"), "queue", queue_schema(), "list_closed", type_of("boolean"),
        "first_time", type_of("boolean"), "round_robin", type_of("boolean"), "topic",
        or_null("string"), "step", type_of("integer"), "scene", codes_of(&scenes), "share", share));
}

void api_hall_schemas(json_t *schemas)
{
    json_object_set_new(schemas, "hall", hall_schema());
    json_object_set_new(schemas, "hall_reply",
                        whole(json_pack("{s:o, s:o, s:o, s:o}", "turn", or_null("integer"), "state",
                                        or_null("string"), "version", type_of("integer"), "entry",
                                        type_of("integer"))));
    json_t *join = json_pack(
        "{s:s, s:{s:{s:s, s:i}, s:{s:s, s:i}, s:{s:s, s:s}, s:{s:s, s:[s,s]}, s:{s:s, s:i}}, s:[s],"
        " s:b}",
        "type", "object", "properties", "code", "type", "string", "maxLength", 20, "name", "type",
        "string", "maxLength", 200, "khom", "type", "string", "pattern", "^khom[1-9][0-9]{0,2}$",
        "author_type", "type", "string", "enum", "resident", "business", "organisation", "type",
        "string", "maxLength", 200, "required", "code", "additionalProperties", 0);
    json_object_set_new(schemas, "ticket_request", join);
    json_object_set_new(schemas, "ticket",
                        whole(json_pack("{s:o, s:o, s:o, s:o}", "ticket", type_of("string"),
                                        "number", type_of("integer"), "version", type_of("integer"),
                                        "entry", type_of("integer"))));
}
