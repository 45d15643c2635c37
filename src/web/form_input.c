// SPDX-License-Identifier: AGPL-3.0-or-later
// From form fields to parameters, by the tables of domain/param.c.
#include "web/form_input.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "domain/opinion.h"
#include "web/form_names.h"
#include "web/input.h"

static const struct form *form_of(struct http_exchange *x)
{
    static const struct form empty;
    const struct form *form = NULL;
    return http_form(x, &form) == FORM_OK ? form : &empty;
}

static bool is_empty(const struct form_field *f)
{
    return f == NULL || strspn(f->value, " \t\r\n") == f->len;
}

static struct refusal read_lines(struct act *act, const struct form_field *f,
                                 const struct param_row *row, struct param_value *value)
{
    const char *text = NULL;
    struct refusal refusal =
        input_text(&act->input, f->value, f->len, (struct input_want){row->name, true, 20000},
                   &act->form_refusal, &text);
    if (refusal.code != REFUSAL_NONE || text == NULL) return refusal;
    const char **lines = arena_array(&act->input, const char *, row->max + 1);
    for (const char *p = text; *p != 0;) {
        size_t len = strcspn(p, "\n");
        if (len > 0 && value->count == row->max)
            return input_fault(&act->form_refusal, REFUSAL_TOO_LONG, row->name);
        if (len > 0) lines[value->count++] = arena_strndup(&act->input, p, len);
        p += len + (p[len] == '\n');
    }
    value->lines = lines;
    value->given = value->count > 0;
    return ALLOWED;
}

/// Choices may also come as repeated fields (check boxes): one per line then.
static struct refusal read_repeated(struct act *act, const struct form_field *f,
                                    const struct param_row *row, struct param_value *value)
{
    if (form_again(f) == NULL) return read_lines(act, f, row, value);
    const char **lines = arena_array(&act->input, const char *, row->max + 1);
    for (; f != NULL; f = form_again(f)) {
        if (is_empty(f)) continue;
        if (value->count == row->max)
            return input_fault(&act->form_refusal, REFUSAL_TOO_LONG, row->name);
        struct refusal refusal =
            input_text(&act->input, f->value, f->len, (struct input_want){row->name, false, 1000},
                       &act->form_refusal, &lines[value->count]);
        if (refusal.code != REFUSAL_NONE) return refusal;
        if (lines[value->count] != NULL) value->count++;
    }
    value->lines = lines;
    value->given = value->count > 0;
    return ALLOWED;
}

static struct refusal read_parts(struct act *act, const struct form *form,
                                 const struct param_row *row, struct param_value *value)
{
    struct part *parts = arena_array(&act->input, struct part, row->max + 1);
    const struct form_field *text = form_find(form, "part_text"),
                            *field = form_find(form, "part_field");
    for (; text != NULL;
         text = form_again(text), field = field != NULL ? form_again(field) : NULL) {
        if (is_empty(text)) continue;
        if (value->count == row->max)
            return input_fault(&act->form_refusal, REFUSAL_TOO_LONG, row->name);
        struct part *part = &parts[value->count];
        struct refusal refusal = input_text(&act->input, text->value, text->len,
                                            (struct input_want){row->name, true, 20000},
                                            &act->form_refusal, &part->text);
        if (refusal.code != REFUSAL_NONE) return refusal;
        if (part->text == NULL) return ALLOWED;
        part->field = field != NULL && !is_empty(field) ? value_parse(&fields, field->value) : -1;
        value->count++;
    }
    value->parts = parts;
    value->given = value->count > 0;
    return ALLOWED;
}

static struct refusal read_spans(struct act *act, const struct form_field *f,
                                 const struct param_row *row, struct param_value *value)
{
    struct span *spans = arena_array(&act->input, struct span, row->max + 1);
    for (const char *p = f->value; *p != 0;) {
        char *end;
        p += strspn(p, " ,;\r\n");
        if (*p == 0) break;
        int64_t from = strtoll(p, &end, 10);
        if (end == p || *end != '-' || value->count == row->max)
            return input_fault(&act->form_refusal, REFUSAL_INVALID, row->name);
        p = end + 1;
        int64_t to = strtoll(p, &end, 10);
        if (end == p) return input_fault(&act->form_refusal, REFUSAL_INVALID, row->name);
        spans[value->count++] = (struct span){from, to};
        p = end;
    }
    value->spans = spans;
    value->given = value->count > 0;
    return ALLOWED;
}

static struct refusal read_one(struct act *act, const struct form *form, enum param_id id)
{
    const struct param_row *row = &param_rows[id];
    struct param_value *value = &act->params.at[id];
    const struct form_field *f =
        form_find(form, row->type == PARAM_TYPE_PARTS ? "part_text" : row->name);
    if (f == NULL) return ALLOWED;
    if (row->type == PARAM_TYPE_PARTS) return read_parts(act, form, row, value);
    if (row->type == PARAM_TYPE_LINES) return read_repeated(act, f, row, value);
    if (is_empty(f)) return ALLOWED;
    if (row->type == PARAM_TYPE_SPANS) return read_spans(act, f, row, value);
    return input_param(&act->input, id, f->value, f->len, &act->form_refusal, value);
}

static struct refusal read_proof(struct act *act, const struct form *form)
{
    const struct form_field *kind = form_find(form, "proof_kind"),
                            *text = form_find(form, "proof_text");
    const struct form_field *attachment = form_find(form, "proof_attachment");
    act->proof.text = act->proof.attachment = "";
    if (is_empty(kind)) // words about a proof are none without what it is
        return is_empty(text) && is_empty(attachment)
                   ? ALLOWED
                   : input_fault(&act->form_refusal, REFUSAL_REQUIRED, "proof");
    int value = value_parse(&proof_kinds, kind->value);
    if (value < 0) return input_fault(&act->form_refusal, REFUSAL_INVALID, "proof");
    act->proof.kind = (enum proof_kind)value;
    act->proof.given = true;
    struct refusal refusal = ALLOWED;
    if (!is_empty(text))
        refusal = input_text(&act->input, text->value, text->len,
                             (struct input_want){"proof", true, 20000}, &act->form_refusal,
                             &act->proof.text);
    if (refusal.code == REFUSAL_NONE && !is_empty(attachment))
        refusal = input_text(&act->input, attachment->value, attachment->len,
                             (struct input_want){"proof", false, 200}, &act->form_refusal,
                             &act->proof.attachment);
    if (act->proof.text == NULL) act->proof.text = "";
    if (act->proof.attachment == NULL) act->proof.attachment = "";
    return refusal;
}

/// What is wrong is told after who asks and what they may do, on the page with everything typed:
/// also bytes that are no text, which came from somebody's clipboard.
static void keep_fault(struct act *act, struct refusal refusal)
{
    if (act->form_refusal.code == REFUSAL_NONE) act->form_refusal = refusal;
}

/// The hidden `key`, and the hash of the form without csrf.
static void read_key(struct http_exchange *x, struct act *act)
{
    const struct form *form = form_of(x);
    const char *key = form_value(form, "key");
    if (key == NULL || *key == 0) return;
    if (strlen(key) > 64 || strspn(key, "0123456789abcdef") != strlen(key)) {
        keep_fault(act, REFUSE_FIELD(REFUSAL_INVALID, "key"));
        return;
    }
    act->idempotency_key = arena_strdup(&act->input, key);
    struct digest d;
    digest_init(&d, NULL);
    digest_text(&d, http_path(x));
    for (const struct form_field *f = form->first; f != NULL; f = f->next) {
        if (strcmp(f->name, "csrf") == 0) continue;
        digest_text(&d, f->name);
        digest_bytes(&d, f->value, f->len);
    }
    digest_done(&d, act->body_hash);
}

void form_read_others(struct http_exchange *x, struct act *act, const char *others)
{
    keep_fault(act, form_names_fault(x, &(struct form_names){.others = others}));
    read_key(x, act);
}

void form_read_action(struct http_exchange *x, struct act *act, const struct param_use *uses,
                      int count, const char *others)
{
    const struct form *form = form_of(x);
    keep_fault(act, form_names_fault(x, &(struct form_names){uses, count, others, true}));
    read_key(x, act);
    for (int i = 0; i < count; i++)
        keep_fault(act, read_one(act, form, uses[i].id));
    keep_fault(act, read_proof(act, form));
    const char *behalf = form_value(form, "on_behalf"), *version = form_value(form, "if_version");
    if (behalf != NULL && *behalf != 0) {
        int value = value_parse(&behalves, behalf);
        if (value < 0)
            input_fault(&act->form_refusal, REFUSAL_INVALID, "on_behalf");
        else
            act->behalf = (enum on_behalf)value;
    }
    if (version != NULL && *version != 0 && strspn(version, "0123456789") == strlen(version) &&
        strlen(version) < 12)
        act->if_version = strtoll(version, NULL, 10);
    else if (version != NULL && *version != 0)
        input_fault(&act->form_refusal, REFUSAL_INVALID, "if_version");
}

static int read_choice(const struct form *form, const char *name, const struct value_set *set,
                       struct act *act)
{
    const char *text = form_value(form, name);
    if (text == NULL || *text == 0) return -1;
    int value = value_parse(set, text);
    if (value < 0) input_fault(&act->form_refusal, REFUSAL_INVALID, name);
    return value;
}

void form_read_submission(struct http_exchange *x, struct act *act)
{
    const struct form *form = form_of(x);
    struct submission *s = &act->submission;
    const struct {
        const char *name, *field;
        bool lines;
        size_t max;
        const char **place;
    } texts[] = {
        {"content", "content", true, CONTENT_MAX_CHARS, &s->content},
        {"name", "author.name", false, 200, &s->name},
        {"organisation", "author.organisation", false, 200, &s->organisation},
        {"phone", "author.phone", false, 40, &s->phone},
        {"email", "author.email", false, 200, &s->email},
    };
    form_read_others(x, act,
                     "content name organisation phone email kind field channel wants reply_by "
                     "author_type publish_name khom contact_ok");
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        const struct form_field *f = form_find(form, texts[i].name);
        if (is_empty(f)) continue;
        keep_fault(act,
                   input_text(&act->input, f->value, f->len,
                              (struct input_want){texts[i].field, texts[i].lines, texts[i].max},
                              &act->form_refusal, texts[i].place));
    }
    s->kind = read_choice(form, "kind", &opinion_kinds, act);
    s->field = read_choice(form, "field", &fields, act);
    s->channel = read_choice(form, "channel", &channels, act);
    s->wants = read_choice(form, "wants", &wants_values, act);
    s->reply_by = read_choice(form, "reply_by", &reply_bys, act);
    s->author_type = read_choice(form, "author_type", &author_types, act);
    const char *publish = form_value(form, "publish_name"), *khom = form_value(form, "khom");
    s->publish_name = publish != NULL && strcmp(publish, "true") == 0;
    if (khom != NULL && *khom != 0) {
        s->khom = input_khom(khom);
        if (s->khom <= 0) input_fault(&act->form_refusal, REFUSAL_INVALID, "author.khom");
    }
}

const char *form_typed(struct http_exchange *x, const char *name)
{
    const struct form_field *f = form_find(form_of(x), name);
    if (f == NULL || !text_is_utf8(f->value, f->len)) return "";
    if (memchr(f->value, 0, f->len) == NULL) return f->value;
    char *shown = arena_alloc(http_arena(x), f->len + 1); // a NUL cannot stand in a page
    size_t len = 0;
    for (size_t i = 0; i < f->len; i++)
        if (f->value[i] != 0) shown[len++] = f->value[i];
    return shown;
}

const char *form_back(struct http_exchange *x, const char *otherwise)
{
    const char *back = form_typed(x, "back");
    bool local = back[0] == '/' && back[1] != '/' && back[1] != '\\' &&
                 strpbrk(back, "\r\n\\") == NULL && strlen(back) < 500;
    for (const char *p = back; local && *p != 0; p++)
        local = (unsigned char)*p > 0x20 && (unsigned char)*p < 0x7f;
    return local ? back : otherwise;
}

const char *form_new_key(struct http_exchange *x)
{
    unsigned char bytes[16];
    char *hex = arena_alloc(http_arena(x), sizeof(bytes) * 2 + 1);
    random_fill(bytes, sizeof(bytes));
    for (size_t i = 0; i < sizeof(bytes); i++)
        snprintf(hex + i * 2, 3, "%02x", bytes[i]);
    return hex;
}
