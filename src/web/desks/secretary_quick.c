// SPDX-License-Identifier: AGPL-3.0-or-later
// The keys of the secretary's desk: which act has which letter, in whose place, with what filled in
// beforehand. Whether it may be done is asked of domain/; a letter is used once.
#include "web/desks/secretary.h"

#include <string.h>

struct quick_row {
    enum opinion_action action;
    enum on_behalf behalf;
    const char *key, *title; // NULL: the rule's label
};

static const struct quick_row quick_rows[] = {
    {ACT_RELAY, BEHALF_SELF, "c", NULL},
    {ACT_SET_OFF_TOPIC, BEHALF_SELF, "n", NULL},
    {ACT_CLASSIFY, BEHALF_SELF, "l", NULL},
    {ACT_GROUP, BEHALF_SELF, "g", NULL},
    {ACT_UNGROUP, BEHALF_SELF, "o", NULL},
    {ACT_SPLIT, BEHALF_SELF, "s", NULL},
    {ACT_EXCHANGE, BEHALF_SELF, "e", NULL},
    {ACT_CORRECT, BEHALF_SELF, "u", NULL},
    {ACT_RETURN, BEHALF_SELF, "v", NULL},
    {ACT_RECALL, BEHALF_SELF, "y", NULL},
    {ACT_DIVERT, BEHALF_SELF, "d", NULL},
    {ACT_CALL, BEHALF_CHAIR, "w", NULL},
    {ACT_ANSWER, BEHALF_CHAIR, "t", N_("Chủ trì trả lời")},
    {ACT_GIVE_FLOOR, BEHALF_CHAIR, "m", NULL},
    {ACT_ANSWER, BEHALF_FLOOR, "f", N_("Người được mời trả lời")},
    {ACT_SUPPLEMENT, BEHALF_CHAIR, "b", N_("Chủ trì trả lời bổ sung")},
    {ACT_SUPPLEMENT, BEHALF_FLOOR, "z", N_("Người được mời trả lời bổ sung")},
    {ACT_ASSIGN, BEHALF_CHAIR, "p", N_("Giao trả lời sau")},
    {ACT_REFER, BEHALF_CHAIR, "k", NULL},
    {ACT_ASK_BACK, BEHALF_CHAIR, "h", NULL},
    {ACT_CONCLUDE, BEHALF_CHAIR, "q", NULL},
    {ACT_REPLY, BEHALF_AUTHOR, "r", N_("Người dân nói thêm")},
    {ACT_AGREE, BEHALF_AUTHOR, "a", N_("Người dân đồng ý")},
    {ACT_CONTINUE, BEHALF_AUTHOR, "x", N_("Người dân muốn trao đổi tiếp")},
};

/// What the state alone does not tell: not offered when it would surely be refused.
static bool makes_sense(const struct opinion_case *c, const struct quick_row *row)
{
    const struct opinion *o = c->opinion;
    if (row->behalf == BEHALF_FLOOR) return *o->floor != 0;
    switch ((int)row->action) {
    case ACT_RELAY:
        return !o->relayed;
    case ACT_RECALL:
        return o->state == OPINION_RELAYED;
    case ACT_UNGROUP:
        return o->group_lead != 0;
    case ACT_GROUP:
        return o->group_lead == 0 && *o->named == 0 && o->scope == SCOPE_IN;
    case ACT_CORRECT:
        return o->created_by_staff;
    case ACT_CALL:
        return c->dialogue->state == DIALOGUE_OPEN;
    case ACT_GIVE_FLOOR:
        return c->dialogue->state == DIALOGUE_OPEN;
    case ACT_ANSWER:
        return o->state == OPINION_ON_FLOOR;
    case ACT_AGREE:
        return o->verdict != VERDICT_AGREED;
    case ACT_CONCLUDE:
        return o->verdict != VERDICT_NONE;
    case ACT_ASSIGN:
        return o->state != OPINION_OWED || c->dialogue->closed_ms == 0;
    default:
        return true;
    }
}

/// What was heard needs no more proof than that.
static void add_heard(struct action_form *form)
{
    form->fields[form->count++] = (struct action_field){
        .id = "", .name = "proof_kind", .value = "heard", .input = INPUT_HIDDEN};
}

static struct action_form *draw(struct desk *d, const struct opinion_case *c,
                                const struct quick_row *row, const char *back)
{
    const struct opinion *o = c->opinion;
    struct action_preset presets[2];
    size_t count = 0;
    if (row->action == ACT_ANSWER)
        presets[count++] = (struct action_preset){PARAM_MODE, "spoken", true};
    if (row->action == ACT_ANSWER || row->action == ACT_SUPPLEMENT)
        presets[count++] = (struct action_preset){PARAM_KIND, "answer", false};
    if (row->action == ACT_CONCLUDE)
        presets[count++] = (struct action_preset){
            PARAM_OUTCOME, o->verdict == VERDICT_AGREED ? "agreed" : "not_agreed", false};
    if (row->action == ACT_RELAY && o->field != FIELD_OTHER)
        presets[count++] =
            (struct action_preset){PARAM_FIELD, value_code(&fields, (int)o->field), false};
    bool heard = row->behalf == BEHALF_AUTHOR && c->dialogue->state == DIALOGUE_OPEN;
    struct action_form *form = desk_form_of(
        d, o,
        &(struct desk_form){.action = row->action,
                            .behalf = row->behalf,
                            .title = row->title != NULL ? tr(d->t.lang, row->title) : NULL,
                            .button = tr(d->t.lang, "Ghi nhận"),
                            .back = back,
                            .presets = presets,
                            .preset_count = count,
                            .no_proof = heard});
    if (heard) add_heard(form);
    form->boosted = true;
    form->danger = row->action == ACT_DIVERT;
    if (row->action == ACT_DIVERT)
        form->intro = tr(d->t.lang, "Nếu là tố cáo: nội dung và danh tính được niêm phong ngay, "
                                    "không còn hiện ở danh sách, trang hay văn bản nào.");
    return form;
}

static bool has_key(enum opinion_action action, enum on_behalf behalf)
{
    for (size_t i = 0; i < ARRAY_LEN(quick_rows); i++)
        if (quick_rows[i].action == action && quick_rows[i].behalf == behalf) return true;
    return false;
}

static void other_links(struct desk *d, struct opinion_case *c, const char *back,
                        struct worked_on *now)
{
    static const enum on_behalf voices[] = {BEHALF_SELF, BEHALF_CHAIR, BEHALF_AUTHOR};
    now->links = arena_array(d->arena, struct desk_link, 3 * OPINION_ACTION_COUNT);
    for (size_t b = 0; b < ARRAY_LEN(voices); b++)
        for (int i = 0; i < OPINION_ACTION_COUNT; i++) {
            enum opinion_action action = (enum opinion_action)i;
            bool waits = action != ACT_APPROVE && action != ACT_REJECT;
            waits = waits || desk_waiting(c, ITEM_DRAFT) || desk_waiting(c, ITEM_WITHDRAWAL);
            if (!waits || has_key(action, voices[b]) || !desk_can(c, action, voices[b])) continue;
            if (action == ACT_SET_OFF_TOPIC) continue; // the secretary's own
            now->links[now->link_count++] = (struct desk_link){
                .path = desk_act_path(d->arena, c->opinion, action, voices[b], back),
                .label = voices[b] == BEHALF_SELF
                             ? tr(d->t.lang, opinion_rules[i].label)
                             : arena_printf(
                                   d->arena, "%s (%s)", tr(d->t.lang, opinion_rules[i].label),
                                   voices[b] == BEHALF_CHAIR ? tr(d->t.lang, "thay chủ trì")
                                                             : tr(d->t.lang, "thay người dân"))};
        }
}

static void last_answer(struct desk *d, const struct opinion_case *c, struct worked_on *now)
{
    const struct opinion_item *answer = opinion_last_item(c, ITEM_ANSWER, ITEM_DONE);
    if (answer == NULL || c->opinion->state != OPINION_ANSWERED) return;
    now->answer = answer->text;
    now->answered_by = person_shown(&d->visit->facts->people, answer->person);
    if (c->opinion->verdict != VERDICT_NONE)
        now->verdict = label_of(d->t.lang, &verdicts, (int)c->opinion->verdict);
}

void secretary_worked_on(struct desk *d, struct opinion_case *c, const char *back,
                         struct worked_on *now)
{
    now->any = true;
    now->row = desk_opinion_of(d, c, NULL);
    if (*c->opinion->floor != 0)
        now->floor = person_shown(&d->visit->facts->people, c->opinion->floor);
    last_answer(d, c, now);
    const char *const titles[] = {tr(d->t.lang, "Ghi thay chủ trì"),
                                  tr(d->t.lang, "Người dân vừa nói"),
                                  tr(d->t.lang, "Việc của thư ký")};
    for (size_t g = 0; g < ARRAY_LEN(now->groups); g++)
        now->groups[g] = (struct quick_group){
            titles[g], arena_array(d->arena, struct quick_form, ARRAY_LEN(quick_rows)), 0};
    for (size_t i = 0; i < ARRAY_LEN(quick_rows); i++) {
        const struct quick_row *row = &quick_rows[i];
        if (!desk_can(c, row->action, row->behalf) || !makes_sense(c, row)) continue;
        size_t g = row->behalf == BEHALF_SELF ? 2 : row->behalf == BEHALF_AUTHOR ? 1 : 0;
        struct quick_group *group = &now->groups[g];
        group->rows[group->count++] = (struct quick_form){row->key, draw(d, c, row, back)};
    }
    other_links(d, c, back, now);
}
