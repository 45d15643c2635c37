// SPDX-License-Identifier: AGPL-3.0-or-later
// From JSON to parameters, by the tables of domain/param.c. Knows no rule beyond form.
#include "web/api/input.h"

#include <string.h>

#include "base/day.h"
#include "base/text.h"
#include "web/api/json_place.h"
#include "web/input.h"

/// What the parser could not take, and where. A lone surrogate is an encoding no text may have.
static struct refusal unreadable(struct http_exchange *x, const char *bytes, size_t len,
                                 const json_error_t *error)
{
    enum json_error_code code = json_error_code(error);
    bool surrogate = strncmp(error->text, "invalid Unicode", 15) == 0;
    const char *field = json_place(http_arena(x), bytes, len, (size_t)error->position);
    if (code == json_error_duplicate_key) return REFUSE_FIELD(REFUSAL_DUPLICATE_KEY, field);
    if (surrogate) return REFUSE_FIELD(REFUSAL_BAD_ENCODING, field);
    return REFUSE(code == json_error_invalid_utf8 ? REFUSAL_BAD_ENCODING : REFUSAL_BAD_JSON);
}

struct refusal api_read_object(struct http_exchange *x, json_t **ret_object)
{
    const char *type = http_header(x, "Content-Type");
    size_t word = type == NULL ? 0 : strcspn(type, "; \t");
    if (word != 16 || strncasecmp(type, "application/json", 16) != 0)
        return REFUSE(REFUSAL_MEDIA_TYPE);
    size_t len;
    const char *bytes = http_body(x, &len);
    size_t valid = text_utf8_prefix(bytes, len);
    if (valid < len)
        return REFUSE_FIELD(REFUSAL_BAD_ENCODING, json_place(http_arena(x), bytes, len, valid));
    json_error_t error;
    json_t *object = json_loadb(bytes, len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
    if (object == NULL) return unreadable(x, bytes, len, &error);
    if (!json_is_object(object)) {
        json_decref(object);
        return REFUSE(REFUSAL_BAD_JSON);
    }
    *ret_object = object;
    return ALLOWED;
}

struct refusal api_read_idempotency(struct http_exchange *x, struct act *act)
{
    const char *key = http_header(x, "Idempotency-Key");
    if (key == NULL) return ALLOWED;
    size_t len = strlen(key);
    for (size_t i = 0; i < len; i++)
        if (key[i] < 0x21 || key[i] > 0x7e)
            return input_fault(&act->form_refusal, REFUSAL_INVALID, "Idempotency-Key");
    if (len < 1 || len > 64)
        return input_fault(&act->form_refusal, REFUSAL_INVALID, "Idempotency-Key");
    act->idempotency_key = arena_strdup(&act->input, key);
    struct digest d;
    size_t body_len;
    const char *body = http_body(x, &body_len);
    digest_init(&d, NULL);
    digest_text(&d, http_path(x));
    digest_bytes(&d, body, body_len);
    digest_done(&d, act->body_hash);
    return ALLOWED;
}

struct refusal api_action_name(json_t *body, const char **ret_name)
{
    json_t *action = json_object_get(body, "action");
    if (action == NULL) return REFUSE_FIELD(REFUSAL_REQUIRED, "action");
    const char *name = json_string_value(action);
    if (name == NULL || strlen(name) != json_string_length(action))
        return REFUSE_FIELD(REFUSAL_INVALID, "action");
    *ret_name = name;
    return ALLOWED;
}

/// A code of the set; as text it is held to what every text is: "author\0x" is not "author".
static struct refusal read_code(struct act *act, json_t *json, const struct value_set *set,
                                const char *field, int *ret_value)
{
    const char *code = NULL;
    struct refusal *fault = &act->form_refusal;
    if (!json_is_string(json)) return input_fault(fault, REFUSAL_INVALID, field);
    struct refusal refusal =
        input_text(&act->input, json_string_value(json), json_string_length(json),
                   (struct input_want){field, false, 200}, fault, &code);
    if (refusal.code != REFUSAL_NONE || code == NULL) return refusal;
    int value = value_parse(set, code);
    if (value < 0) return input_fault(fault, REFUSAL_INVALID, field);
    *ret_value = value;
    return ALLOWED;
}

struct refusal api_text(struct arena *arena, json_t *object, const char *name,
                        struct input_want want, struct refusal *fault, const char **ret_text)
{
    json_t *value = json_object_get(object, name);
    *ret_text = NULL;
    if (value == NULL || json_is_null(value)) return ALLOWED;
    if (!json_is_string(value)) return input_fault(fault, REFUSAL_INVALID, want.field);
    return input_text(arena, json_string_value(value), json_string_length(value), want, fault,
                      ret_text);
}

// ---- one parameter

static struct refusal read_lines(struct act *act, json_t *list, const struct param_row *row,
                                 struct param_value *value)
{
    if (!json_is_array(list)) return input_fault(&act->form_refusal, REFUSAL_INVALID, row->name);
    size_t count = json_array_size(list);
    if (count > row->max) return input_fault(&act->form_refusal, REFUSAL_TOO_LONG, row->name);
    const char **lines = arena_array(&act->input, const char *, count + 1);
    for (size_t i = 0; i < count; i++) {
        json_t *line = json_array_get(list, i);
        if (!json_is_string(line))
            return input_fault(&act->form_refusal, REFUSAL_INVALID, row->name);
        struct refusal refusal =
            input_text(&act->input, json_string_value(line), json_string_length(line),
                       (struct input_want){row->name, false, 1000}, &act->form_refusal, &lines[i]);
        if (refusal.code != REFUSAL_NONE) return refusal;
        if (lines[i] == NULL) lines[i] = "";
    }
    value->lines = lines;
    value->count = count;
    value->given = true;
    return ALLOWED;
}

static struct refusal read_parts(struct act *act, json_t *list, const struct param_row *row,
                                 struct param_value *value)
{
    if (!json_is_array(list)) return input_fault(&act->form_refusal, REFUSAL_INVALID, row->name);
    size_t count = json_array_size(list);
    if (count > row->max) return input_fault(&act->form_refusal, REFUSAL_TOO_LONG, row->name);
    struct part *parts = arena_array(&act->input, struct part, count + 1);
    for (size_t i = 0; i < count; i++) {
        json_t *part = json_array_get(list, i), *field = json_object_get(part, "field");
        const char *key;
        json_t *ignored;
        if (!json_is_object(part))
            return input_fault(&act->form_refusal, REFUSAL_INVALID, row->name);
        json_object_foreach(part, key, ignored) if (strcmp(key, "text") != 0 &&
                                                    strcmp(key, "field") !=
                                                        0) return input_fault(&act->form_refusal,
                                                                              REFUSAL_UNKNOWN_FIELD,
                                                                              row->name);
        struct refusal refusal =
            api_text(&act->input, part, "text", (struct input_want){row->name, true, 20000},
                     &act->form_refusal, &parts[i].text);
        if (refusal.code != REFUSAL_NONE) return refusal;
        if (parts[i].text == NULL) parts[i].text = "";
        parts[i].field = -1;
        if (field == NULL || json_is_null(field)) continue;
        refusal = read_code(act, field, &fields, row->name, &parts[i].field);
        if (refusal.code != REFUSAL_NONE) return refusal;
    }
    value->parts = parts;
    value->count = count;
    value->given = true;
    return ALLOWED;
}

static struct refusal read_spans(struct act *act, json_t *list, const struct param_row *row,
                                 struct param_value *value)
{
    size_t count = json_array_size(list);
    if (!json_is_array(list)) return input_fault(&act->form_refusal, REFUSAL_INVALID, row->name);
    if (count > row->max) return input_fault(&act->form_refusal, REFUSAL_TOO_LONG, row->name);
    struct span *spans = arena_array(&act->input, struct span, count + 1);
    for (size_t i = 0; i < count; i++) {
        json_t *span = json_array_get(list, i), *from = json_object_get(span, "from"),
               *to = json_object_get(span, "to");
        if (json_object_size(span) != 2 || !json_is_integer(from) || !json_is_integer(to))
            return input_fault(&act->form_refusal, REFUSAL_INVALID, row->name);
        spans[i] = (struct span){json_integer_value(from), json_integer_value(to)};
    }
    value->spans = spans;
    value->count = count;
    value->given = true;
    return ALLOWED;
}

static struct refusal read_scalar(struct act *act, json_t *json, enum param_id id,
                                  struct param_value *value)
{
    const struct param_row *row = &param_rows[id];
    if (row->type == PARAM_TYPE_INTEGER && json_is_integer(json)) {
        value->number = json_integer_value(json);
        value->given = value->number >= 1;
        return value->given ? ALLOWED : input_fault(&act->form_refusal, REFUSAL_INVALID, row->name);
    }
    if (row->type == PARAM_TYPE_BOOL && json_is_boolean(json)) {
        value->number = json_is_true(json);
        value->given = true;
        return ALLOWED;
    }
    bool textual = row->type != PARAM_TYPE_INTEGER && row->type != PARAM_TYPE_BOOL;
    if (!textual || !json_is_string(json))
        return input_fault(&act->form_refusal, REFUSAL_INVALID, row->name);
    return input_param(&act->input, id, json_string_value(json), json_string_length(json),
                       &act->form_refusal, value);
}

static struct refusal read_param(struct act *act, json_t *json, enum param_id id)
{
    const struct param_row *row = &param_rows[id];
    struct param_value *value = &act->params.at[id];
    if (json_is_null(json)) return ALLOWED;
    switch (row->type) {
    case PARAM_TYPE_LINES:
        return read_lines(act, json, row, value);
    case PARAM_TYPE_PARTS:
        return read_parts(act, json, row, value);
    case PARAM_TYPE_SPANS:
        return read_spans(act, json, row, value);
    case PARAM_TYPE_TEXT:
    case PARAM_TYPE_LINE:
    case PARAM_TYPE_VALUE:
    case PARAM_TYPE_DATE:
    case PARAM_TYPE_INSTANT:
    case PARAM_TYPE_INTEGER:
    case PARAM_TYPE_BOOL:
    case PARAM_TYPE_OPINION:
    case PARAM_TYPE_MONTH_OR_DATE:
    case PARAM_TYPE_KHOM:
        break;
    }
    return read_scalar(act, json, id, value);
}

static struct refusal read_proof(struct act *act, json_t *json)
{
    const char *key;
    json_t *ignored;
    if (!json_is_object(json)) return input_fault(&act->form_refusal, REFUSAL_INVALID, "proof");
    json_object_foreach(json, key,
                        ignored) if (strcmp(key, "kind") != 0 && strcmp(key, "text") != 0 &&
                                     strcmp(key, "attachment") !=
                                         0) return input_fault(&act->form_refusal,
                                                               REFUSAL_UNKNOWN_FIELD, "proof");
    int kind = -1;
    struct refusal refusal =
        read_code(act, json_object_get(json, "kind"), &proof_kinds, "proof", &kind);
    if (refusal.code != REFUSAL_NONE || kind < 0) return refusal;
    refusal = api_text(&act->input, json, "text", (struct input_want){"proof", true, 20000},
                       &act->form_refusal, &act->proof.text);
    if (refusal.code == REFUSAL_NONE)
        refusal =
            api_text(&act->input, json, "attachment", (struct input_want){"proof", false, 200},
                     &act->form_refusal, &act->proof.attachment);
    if (act->proof.text == NULL) act->proof.text = "";
    if (act->proof.attachment == NULL) act->proof.attachment = "";
    act->proof.kind = (enum proof_kind)kind;
    act->proof.given = true;
    return refusal;
}

static struct refusal read_common(struct act *act, const char *key, json_t *json, bool *ret_known)
{
    *ret_known = true;
    if (strcmp(key, "action") == 0) return ALLOWED;
    if (strcmp(key, "if_version") == 0) {
        if (!json_is_integer(json) || json_integer_value(json) < 0)
            return input_fault(&act->form_refusal, REFUSAL_INVALID,
                               "if_version"); // the key goes with its object
        act->if_version = json_integer_value(json);
        return ALLOWED;
    }
    if (strcmp(key, "on_behalf") == 0) {
        int behalf = (int)act->behalf;
        struct refusal refusal = read_code(act, json, &behalves, "on_behalf", &behalf);
        act->behalf = (enum on_behalf)behalf;
        return refusal;
    }
    if (strcmp(key, "proof") == 0) return read_proof(act, json);
    *ret_known = false;
    return ALLOWED;
}

struct refusal api_read_action(json_t *body, struct act *act, const struct param_use *uses,
                               int count)
{
    const char *key;
    json_t *json;
    json_object_foreach(body, key, json)
    {
        bool known = false;
        struct refusal refusal = read_common(act, key, json, &known);
        for (int i = 0; !known && i < count; i++) {
            if (strcmp(param_rows[uses[i].id].name, key) != 0) continue;
            known = true;
            refusal = read_param(act, json, uses[i].id);
        }
        if (!known)
            input_fault(&act->form_refusal, REFUSAL_UNKNOWN_FIELD, arena_strdup(&act->input, key));
        if (refusal.code != REFUSAL_NONE) return refusal;
    }
    return ALLOWED;
}

// ---- a submission

static const struct {
    const char *name;
    const struct value_set *set;
    size_t offset;
} CHOICES[] = {
    {"kind", &opinion_kinds, offsetof(struct submission, kind)},
    {"field", &fields, offsetof(struct submission, field)},
    {"channel", &channels, offsetof(struct submission, channel)},
    {"wants", &wants_values, offsetof(struct submission, wants)},
    {"reply_by", &reply_bys, offsetof(struct submission, reply_by)},
};

static const struct {
    const char *name, *field;
    size_t max, offset;
} TEXTS[] = {
    {"name", "author.name", 200, offsetof(struct submission, name)},
    {"organisation", "author.organisation", 200, offsetof(struct submission, organisation)},
    {"phone", "author.phone", 40, offsetof(struct submission, phone)},
    {"email", "author.email", 200, offsetof(struct submission, email)},
};

static struct refusal read_author(json_t *author, struct act *act)
{
    struct submission *s = &act->submission;
    const char *key;
    json_t *json;
    if (!json_is_object(author)) return input_fault(&act->form_refusal, REFUSAL_INVALID, "author");
    json_object_foreach(author, key, json)
    {
        bool known = strcmp(key, "type") == 0 || strcmp(key, "khom") == 0;
        for (size_t i = 0; i < ARRAY_LEN(TEXTS); i++)
            known = known || strcmp(key, TEXTS[i].name) == 0;
        if (!known)
            input_fault(&act->form_refusal, REFUSAL_UNKNOWN_FIELD,
                        arena_printf(&act->input, "author.%s", key));
    }
    for (size_t i = 0; i < ARRAY_LEN(TEXTS); i++) {
        const char **place = (const char **)(void *)((char *)s + TEXTS[i].offset);
        struct refusal refusal = api_text(&act->input, author, TEXTS[i].name,
                                          (struct input_want){TEXTS[i].field, false, TEXTS[i].max},
                                          &act->form_refusal, place);
        if (refusal.code != REFUSAL_NONE) return refusal;
    }
    json_t *type = json_object_get(author, "type");
    const char *khom = NULL;
    struct refusal refusal = ALLOWED;
    if (type != NULL) refusal = read_code(act, type, &author_types, "author.type", &s->author_type);
    if (refusal.code == REFUSAL_NONE)
        refusal =
            api_text(&act->input, author, "khom", (struct input_want){"author.khom", false, 200},
                     &act->form_refusal, &khom);
    if (khom != NULL && (s->khom = input_khom(khom)) <= 0)
        input_fault(&act->form_refusal, REFUSAL_INVALID, "author.khom");
    return refusal;
}

static struct refusal read_choices(json_t *body, struct act *act)
{
    struct submission *s = &act->submission;
    struct refusal refusal = ALLOWED;
    s->author_type = -1;
    for (size_t i = 0; i < ARRAY_LEN(CHOICES); i++) {
        int *place = (int *)(void *)((char *)s + CHOICES[i].offset);
        json_t *json = json_object_get(body, CHOICES[i].name);
        *place = -1;
        if (json == NULL || json_is_null(json) || refusal.code != REFUSAL_NONE) continue;
        refusal = read_code(act, json, CHOICES[i].set, CHOICES[i].name, place);
    }
    return refusal;
}

struct refusal api_read_submission(json_t *body, struct act *act)
{
    struct submission *s = &act->submission;
    const char *key;
    json_t *json;
    struct refusal refusal = read_choices(body, act);
    if (refusal.code != REFUSAL_NONE) return refusal;
    json_object_foreach(body, key, json)
    {
        bool known = strcmp(key, "content") == 0 || strcmp(key, "author") == 0 ||
                     strcmp(key, "publish_name") == 0;
        for (size_t i = 0; i < ARRAY_LEN(CHOICES); i++)
            known = known || strcmp(key, CHOICES[i].name) == 0;
        if (!known)
            input_fault(&act->form_refusal, REFUSAL_UNKNOWN_FIELD, arena_strdup(&act->input, key));
    }
    refusal = api_text(&act->input, body, "content",
                       (struct input_want){"content", true, CONTENT_MAX_CHARS}, &act->form_refusal,
                       &s->content);
    json_t *publish = json_object_get(body, "publish_name"),
           *author = json_object_get(body, "author");
    if (publish != NULL && !json_is_boolean(publish))
        input_fault(&act->form_refusal, REFUSAL_INVALID, "publish_name");
    s->publish_name = json_is_true(publish);
    if (refusal.code == REFUSAL_NONE && author != NULL) refusal = read_author(author, act);
    if (s->content == NULL || *s->content == 0)
        input_fault(&act->form_refusal, REFUSAL_REQUIRED, "content");
    if (s->author_type < 0) input_fault(&act->form_refusal, REFUSAL_REQUIRED, "author.type");
    return refusal;
}
