// SPDX-License-Identifier: AGPL-3.0-or-later
// From the row of an action to the fields of its form, with what was typed and what was wrong.
#include "web/action_form.h"

#include <string.h>

#include "base/text.h"
#include "base/tr.h"
#include "web/form_input.h"

/// What is needed to draw one form.
struct drawing {
    struct http_exchange *x;
    struct arena *arena;
    enum lang lang;
    const struct visit *visit;
    const char *code; // of the action
    const struct action_form_options *options;
    struct action_form *form;
};

static bool is_refused(const struct drawing *d)
{
    return d->options->refusal != NULL && d->options->refusal->code != REFUSAL_NONE;
}

static const struct action_preset *preset_of(const struct drawing *d, enum param_id id)
{
    for (size_t i = 0; i < d->options->preset_count; i++)
        if (d->options->presets[i].id == id) return &d->options->presets[i];
    return NULL;
}

/// The refusal's field is a parameter's name; a refused proof is shown at its kind.
static const char *error_of(struct drawing *d, const char *name, const char *id, const char *label)
{
    if (!is_refused(d) || d->options->refusal->field == NULL) return NULL;
    const char *field = d->options->refusal->field;
    bool proof = strcmp(field, "proof") == 0 && strcmp(name, "proof_kind") == 0;
    if (!proof && strcmp(field, name) != 0) return NULL;
    d->form->error_anchor = id;
    d->form->error_label = label;
    return refusal_advice(d->lang, *d->options->refusal);
}

static struct action_field *add_field(struct drawing *d, enum action_input input, const char *name,
                                      const char *label)
{
    struct action_field *f = &d->form->fields[d->form->count++];
    f->input = input;
    f->name = name;
    f->id = arena_printf(d->arena, "%s-%s", d->form->id, name);
    f->label = tr(d->lang, label);
    f->error = error_of(d, name, f->id, f->label);
    f->value = is_refused(d) ? form_typed(d->x, name) : "";
    return f;
}

// ---- fields that people know by more than their type

static const enum role seats[] = {ROLE_CHAIR, ROLE_DEPUTY, ROLE_SECRETARY, ROLE_SECOND_READER};

static struct choice_list seat_choices(const struct drawing *d)
{
    struct choice *rows = arena_array(d->arena, struct choice, ARRAY_LEN(seats));
    for (size_t i = 0; i < ARRAY_LEN(seats); i++)
        rows[i] = (struct choice){.value = value_code(&roles, (int)seats[i]),
                                  .label = title_of(d->arena, d->lang, &roles, (int)seats[i])};
    return (struct choice_list){rows, ARRAY_LEN(seats)};
}

static void tick_typed(const struct drawing *d, struct action_field *f)
{
    const struct form *form = NULL;
    bool *ticked = arena_array(d->arena, bool, f->choices.count + 1);
    f->ticked = ticked;
    if (!is_refused(d) || http_form(d->x, &form) != FORM_OK) return;
    for (const struct form_field *t = form_find(form, f->name); t != NULL; t = form_again(t))
        for (size_t i = 0; i < f->choices.count; i++)
            ticked[i] = ticked[i] || strcmp(f->choices.rows[i].value, t->value) == 0;
}

static void tick_preset(struct action_field *f, const char *words, bool *ticked)
{
    for (size_t i = 0; i < f->choices.count; i++)
        ticked[i] = word_list_has(words, f->choices.rows[i].value);
}

/// Who an opinion may be given to; a list offers nobody who would be refused.
static const struct people *handlers(const struct drawing *d)
{
    const struct people *all = &d->visit->facts->people;
    struct people *some = arena_new(d->arena, struct people);
    struct person *rows = arena_array(d->arena, struct person, (size_t)all->count + 1);
    for (int i = 0; i < all->count; i++)
        if (person_may_handle(&all->rows[i])) rows[some->count++] = all->rows[i];
    some->rows = rows;
    return some;
}

static void draw_people(const struct drawing *d, struct action_field *f, enum param_id id)
{
    bool given_to = id != PARAM_NAMED && id != PARAM_USERNAME;
    const struct people *people = given_to ? handlers(d) : &d->visit->facts->people;
    bool must_be_account = id == PARAM_USERNAME || strcmp(d->code, "give_floor") == 0;
    if (id == PARAM_NAMED) {
        f->input = INPUT_BOXES;
        f->choices = choices_of_people(d->arena, people, 0, NULL);
        tick_typed(d, f);
    } else if (must_be_account) {
        f->input = INPUT_SELECT;
        f->choices = choices_of_people(d->arena, people, 0, tr(d->lang, "Chọn người"));
    } else { // a person of ours or any body outside: a line with suggestions
        f->choices = choices_of_people(d->arena, people, 0, NULL);
        f->hint = tr(d->lang, "Chọn tên tài khoản trong danh sách gợi ý, hoặc ghi tên cơ quan.");
    }
}

enum { PARTS_AT_LEAST = 3 };

static void draw_parts(const struct drawing *d, struct action_field *f)
{
    const struct form *form = NULL;
    size_t room = PARTS_AT_LEAST + param_rows[PARAM_PARTS].max;
    const char **texts = arena_array(d->arena, const char *, room);
    const char **values = arena_array(d->arena, const char *, room);
    f->input = INPUT_PARTS;
    f->part_fields = choices_of(d->arena, d->lang, &fields, tr(d->lang, "Giữ lĩnh vực cũ"));
    if (is_refused(d) && http_form(d->x, &form) == FORM_OK) {
        const struct form_field *text = form_find(form, "part_text"),
                                *field = form_find(form, "part_field");
        for (; text != NULL && f->part_count < room; text = form_again(text)) {
            texts[f->part_count] = text_is_utf8(text->value, text->len) ? text->value : "";
            values[f->part_count++] = field != NULL ? field->value : "";
            field = field != NULL ? form_again(field) : NULL;
        }
    }
    while (f->part_count < PARTS_AT_LEAST)
        texts[f->part_count] = values[f->part_count] = "", f->part_count++;
    f->parts = texts;
    f->part_values = values;
}

static void draw_values(const struct drawing *d, struct action_field *f, enum param_id id)
{
    f->input = INPUT_SELECT;
    f->choices = id == PARAM_ROLE ? seat_choices(d)
                                  : choices_of(d->arena, d->lang, param_rows[id].set,
                                               f->required ? tr(d->lang, "Chọn một mục")
                                                           : tr(d->lang, "Không thay đổi"));
}

static enum action_input input_of(enum param_type type)
{
    switch (type) {
    case PARAM_TYPE_TEXT:
    case PARAM_TYPE_LINES:
    case PARAM_TYPE_SPANS:
        return INPUT_AREA;
    case PARAM_TYPE_LINE:
    case PARAM_TYPE_OPINION:
    case PARAM_TYPE_MONTH_OR_DATE:
    case PARAM_TYPE_KHOM:
        return INPUT_LINE;
    case PARAM_TYPE_VALUE:
        return INPUT_SELECT;
    case PARAM_TYPE_DATE:
        return INPUT_DATE;
    case PARAM_TYPE_INSTANT:
        return INPUT_INSTANT;
    case PARAM_TYPE_INTEGER:
        return INPUT_NUMBER;
    case PARAM_TYPE_BOOL:
        return INPUT_CHECK;
    case PARAM_TYPE_PARTS:
        return INPUT_PARTS;
    }
    return INPUT_LINE;
}

static const char *hint_of(const struct drawing *d, enum param_type type)
{
    switch (type) {
    case PARAM_TYPE_LINES:
        return tr(d->lang, "Mỗi dòng một mục.");
    case PARAM_TYPE_OPINION:
        return tr(d->lang, "Ghi số ý kiến, ví dụ 2024-0007.");
    case PARAM_TYPE_SPANS:
        return tr(d->lang, "Chép đúng từng chữ, mỗi dòng một đoạn; đoạn nào có nhiều chỗ thì chỗ "
                           "nào cũng được che.");
    case PARAM_TYPE_MONTH_OR_DATE:
        return tr(d->lang, "Ghi tháng (2024-06) hoặc ngày (2024-06-20).");
    case PARAM_TYPE_TEXT:
    case PARAM_TYPE_LINE:
    case PARAM_TYPE_VALUE:
    case PARAM_TYPE_DATE:
    case PARAM_TYPE_INSTANT:
    case PARAM_TYPE_INTEGER:
    case PARAM_TYPE_BOOL:
    case PARAM_TYPE_PARTS:
    case PARAM_TYPE_KHOM:
        break;
    }
    return NULL;
}

static void add_param(struct drawing *d, struct param_use use)
{
    const struct param_row *row = &param_rows[use.id];
    const struct action_preset *preset = preset_of(d, use.id);
    struct action_field *f = add_field(d, input_of(row->type), row->name, row->label);
    f->required = use.required;
    f->hint = hint_of(d, row->type);
    if (row->type == PARAM_TYPE_TEXT || row->type == PARAM_TYPE_LINE) f->max = row->max;
    if (preset != NULL && (!is_refused(d) || preset->fixed)) f->value = preset->value;
    if (preset != NULL && preset->fixed) {
        f->input = INPUT_HIDDEN;
        return;
    }
    if (row->type == PARAM_TYPE_VALUE) draw_values(d, f, use.id);
    if (row->type == PARAM_TYPE_PARTS) draw_parts(d, f);
    if (use.id == PARAM_TO || use.id == PARAM_USERNAME || use.id == PARAM_NAMED)
        draw_people(d, f, use.id);
    if (use.id == PARAM_NAMED && preset != NULL && !is_refused(d)) {
        bool *ticked = arena_array(d->arena, bool, f->choices.count + 1);
        tick_preset(f, preset->value, ticked);
        f->ticked = ticked;
    }
}

// ---- the proof

static bool wants_proof(const struct drawing *d)
{
    static const char *const with_proof[] = {"deliver", "notify", "reissue_receipt"};
    bool wants = d->options->proof || d->options->behalf == BEHALF_AUTHOR;
    for (size_t i = 0; i < ARRAY_LEN(with_proof); i++)
        wants = wants || strcmp(with_proof[i], d->code) == 0;
    return wants && !d->options->no_proof;
}

static void add_proof(struct drawing *d)
{
    struct action_field *kind = add_field(d, INPUT_SELECT, "proof_kind", N_("Minh chứng"));
    kind->choices = choices_of(d->arena, d->lang, &proof_kinds, tr(d->lang, "Chọn minh chứng"));
    kind->required = d->options->behalf == BEHALF_AUTHOR;
    struct action_field *text = add_field(d, INPUT_AREA, "proof_text", N_("Ghi rõ minh chứng"));
    text->hint = tr(d->lang, "Ai nghe, ai ký, ai chứng kiến, gọi lúc nào.");
    struct action_field *file =
        add_field(d, INPUT_LINE, "proof_attachment", N_("Tệp hoặc số lưu của minh chứng"));
    file->max = param_rows[PARAM_ATTACHMENT].max;
}

// ---- the whole form

static const char *own_path(const struct drawing *d)
{
    const char *path = http_path(d->x);
    size_t len = strlen(path);
    return arena_printf(d->arena, "%s%s%s", path, path[len - 1] == '/' ? "" : "/", d->code);
}

static void set_refusal(struct drawing *d)
{
    struct action_form *form = d->form;
    if (!is_refused(d)) return;
    form->open = true;
    form->error_title = refusal_title(d->lang, *d->options->refusal);
    form->error_advice = refusal_advice(d->lang, *d->options->refusal);
    if (form->error_anchor == NULL) form->error_anchor = form->id;
}

static struct action_form *draw(struct drawing *d, const char *id, const char *label,
                                const struct param_use *uses, int count)
{
    enum { PROOF_FIELDS = 3 };
    const struct action_form_options *o = d->options;
    struct action_form *form = arena_new(d->arena, struct action_form);
    d->form = form;
    form->id = id;
    form->fields = arena_array(d->arena, struct action_field, (size_t)count + PROOF_FIELDS);
    form->action = o->action != NULL ? o->action : own_path(d);
    form->title = o->title != NULL ? o->title : tr(d->lang, label);
    form->button = o->button != NULL ? o->button : form->title;
    form->intro = o->intro;
    form->key = form_new_key(d->x);
    form->back = o->back;
    form->behalf = o->behalf != BEHALF_SELF ? value_code(&behalves, (int)o->behalf) : NULL;
    form->danger = o->danger;
    form->boosted = o->boosted;
    for (int i = 0; i < count; i++)
        add_param(d, uses[i]);
    if (wants_proof(d)) add_proof(d);
    set_refusal(d);
    return form;
}

static struct drawing drawing_of(struct http_exchange *x, const char *code,
                                 const struct action_form_options *options)
{
    static const struct action_form_options nothing;
    const struct visit *v = visit_of(x);
    return (struct drawing){.x = x,
                            .arena = http_arena(x),
                            .lang = visit_lang(v),
                            .visit = v,
                            .code = code,
                            .options = options != NULL ? options : &nothing};
}

static const char *version_text(struct arena *arena, int64_t version)
{
    return arena_printf(arena, "%lld", (long long)version);
}

struct action_form *action_form_opinion(struct http_exchange *x, const struct opinion *o,
                                        enum opinion_action action,
                                        const struct action_form_options *options)
{
    const struct opinion_rule *rule = &opinion_rules[action];
    struct drawing d = drawing_of(x, rule->code, options);
    char number[OPINION_NUMBER_TEXT];
    const char *id =
        arena_printf(d.arena, "%s-%s", rule->code, opinion_number_format(o->id, number));
    struct action_form *form = draw(&d, id, rule->label, rule->params, rule->param_count);
    form->if_version = version_text(d.arena, o->version);
    return form;
}

struct action_form *action_form_dialogue(struct http_exchange *x, const struct dialogue *dialogue,
                                         enum dialogue_action action,
                                         const struct action_form_options *options)
{
    const struct dialogue_rule *rule = &dialogue_rules[action];
    struct drawing d = drawing_of(x, rule->code, options);
    const char *id = arena_printf(d.arena, "%s-%lld", rule->code, (long long)dialogue->id);
    struct action_form *form = draw(&d, id, rule->label, rule->params, rule->param_count);
    form->if_version = version_text(d.arena, dialogue->version);
    return form;
}

struct action_form *action_form_params(struct http_exchange *x, const char *code, const char *id,
                                       const char *label, struct param_list params,
                                       const struct action_form_options *options)
{
    struct drawing d = drawing_of(x, code, options);
    return draw(&d, id, label, params.uses, params.count);
}
