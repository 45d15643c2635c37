// SPDX-License-Identifier: AGPL-3.0-or-later
// The staff page of one opinion: all that the role may see, and exactly the acts domain/ allows
// now, in one's own name or recorded for somebody.
#include "web/desks/opinion.h"
#include "web/desks/handlers.h"
#include "web/desks/opinion.html.h"

#include <string.h>

#include "store/opinion_list.h"
#include "store/register.h"

/// The frequent ones stand on the page as forms; the others are a button to their own page.
static bool is_frequent(enum opinion_action action, enum on_behalf behalf)
{
    static const enum opinion_action often[] = {ACT_RELAY, ACT_ANSWER,   ACT_ASSIGN,
                                                ACT_DRAFT, ACT_ASK_BACK, ACT_EXCHANGE,
                                                ACT_REPLY, ACT_APPROVE,  ACT_SUPPLEMENT};
    if (behalf == BEHALF_FLOOR || action == ACT_REPLY) return false;
    for (size_t i = 0; i < ARRAY_LEN(often); i++)
        if (often[i] == action) return true;
    return false;
}

static const char *voice_title(enum lang lang, enum on_behalf behalf)
{
    switch (behalf) {
    case BEHALF_SELF:
        return tr(lang, "Việc của tôi");
    case BEHALF_CHAIR:
        return tr(lang, "Ghi thay chủ trì");
    case BEHALF_AUTHOR:
        return tr(lang, "Ghi thay người có ý kiến");
    case BEHALF_FLOOR:
        return tr(lang, "Ghi lời người được mời phát biểu");
    case BEHALF_COUNT:
        break;
    }
    return "";
}

static struct action_form *form_of(struct desk *d, const struct opinion_case *c,
                                   enum opinion_action action, enum on_behalf behalf,
                                   const char *back)
{
    const char *mode = c->dialogue->state == DIALOGUE_OPEN ? "spoken" : "written";
    const struct action_preset answer[] = {{PARAM_MODE, mode, false},
                                           {PARAM_KIND, "answer", false}};
    bool answers = action == ACT_ANSWER || action == ACT_SUPPLEMENT;
    return desk_form_of(d, c->opinion,
                        &(struct desk_form){.action = action,
                                            .behalf = behalf,
                                            .back = back,
                                            .presets = answer,
                                            .preset_count = answers ? ARRAY_LEN(answer) : 0});
}

static void voices(struct desk *d, struct opinion_case *c, struct opinion_desk_view *v)
{
    const char *back = arena_printf(d->arena, "/lam-viec/y-kien/%s", v->view.number);
    for (int b = 0; b < BEHALF_COUNT; b++) {
        enum on_behalf behalf = (enum on_behalf)b;
        struct voice voice = {
            .title = voice_title(d->t.lang, behalf),
            .links = arena_array(d->arena, struct desk_link, OPINION_ACTION_COUNT),
            .forms = arena_array(d->arena, struct action_form *, OPINION_ACTION_COUNT)};
        for (int i = 0; i < OPINION_ACTION_COUNT; i++) {
            enum opinion_action action = (enum opinion_action)i;
            if (!desk_can(c, action, behalf)) continue;
            if (is_frequent(action, behalf))
                voice.forms[voice.form_count++] = form_of(d, c, action, behalf, back);
            else
                voice.links[voice.link_count++] = (struct desk_link){
                    .path = desk_act_path(d->arena, c->opinion, action, behalf, back),
                    .label = tr(d->t.lang, opinion_rules[i].label)};
        }
        if (voice.form_count + voice.link_count > 0) v->voices[v->voice_count++] = voice;
    }
}

static enum status read_members(struct desk *d, struct sql *sql, const struct opinion_case *c,
                                struct opinion_desk_view *v)
{
    const struct opinion *o = c->opinion;
    struct opinion_rows rows = {0};
    if (o->group_lead == 0) return STATUS_OK;
    enum status status =
        store_opinions_of_group(sql, d->visit->unit, o->dialogue, o->group_lead, d->arena, &rows);
    if (status != STATUS_OK) return status;
    v->members = arena_array(d->arena, struct member_row, (size_t)rows.count + 1);
    for (int i = 0; i < rows.count; i++) {
        struct opinion_case m = visit_case(d->visit, d->arena, &d->dialogue, &rows.rows[i]);
        if (!opinion_visible(&m)) continue;
        struct desk_opinion shown = desk_opinion_of(d, &m, NULL);
        v->members[v->member_count++] =
            (struct member_row){.path = shown.desk_path,
                                .number = arena_strdup(d->arena, shown.view.number),
                                .excerpt = shown.view.excerpt,
                                .tag = shown.view.tag,
                                .leads = rows.rows[i].id == o->group_lead};
    }
    return STATUS_OK;
}

static const char *entry_action(struct desk *d, const char *code)
{
    int action = opinion_action_parse(code);
    if (action >= 0) return tr(d->t.lang, opinion_rules[action].label);
    if (strcmp(code, "submit") == 0) return tr(d->t.lang, "Tiếp nhận ý kiến");
    if (strcmp(code, "close") == 0) return tr(d->t.lang, "Bế mạc hội nghị");
    if (strcmp(code, "reopen") == 0) return tr(d->t.lang, "Mở lại hội nghị");
    return code;
}

static const char *entry_states(struct desk *d, const struct entry *e)
{
    if (e->to_state < 0 || e->from_state == e->to_state) return NULL;
    const char *to = label_of(d->t.lang, &opinion_states, e->to_state);
    if (e->from_state < 0) return to;
    return arena_printf(d->arena, "%s → %s", label_of(d->t.lang, &opinion_states, e->from_state),
                        to);
}

static enum status read_entries(struct desk *d, struct sql *sql, const struct opinion *o,
                                struct opinion_desk_view *v)
{
    char number[OPINION_NUMBER_TEXT];
    const char *subject =
        arena_printf(d->arena, "opinion %s", opinion_number_format(o->id, number));
    enum chain chain = o->visibility == VISIBILITY_SEALED ? CHAIN_SEALED : CHAIN_MAIN;
    struct entry_list list;
    enum status status = store_register_of(sql, d->visit->unit, chain, subject, d->arena, &list);
    if (status != STATUS_OK) return status;
    v->entries = arena_array(d->arena, struct entry_row, (size_t)list.count + 1);
    for (int i = 0; i < list.count; i++) {
        const struct entry *e = &list.rows[i];
        const char *who = *e->actor != 0 ? person_shown(&d->visit->facts->people, e->actor)
                          : e->role == ROLE_SYSTEM ? tr(d->t.lang, "Phần mềm")
                                                   : tr(d->t.lang, "Người có ý kiến");
        v->entries[v->entry_count++] = (struct entry_row){
            .entry = e->entry,
            .at_ms = e->at_ms,
            .action = entry_action(d, e->action),
            .who = who,
            .behalf =
                e->behalf == BEHALF_SELF ? NULL : label_of(d->t.lang, &behalves, (int)e->behalf),
            .states = entry_states(d, e)};
    }
    return STATUS_OK;
}

enum http_next get_opinion_desk(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    struct desk d;
    struct opinion o;
    struct dialogue dialogue;
    struct opinion_case c;
    int64_t id;
    enum http_next next;
    STORE_READ ro = NULL;
    if (!opinion_number_parse(http_param(x, "number"), &id)) return http_error(x, 404);
    desk_begin(x, &d);
    if (!visit_read(x, &ro, &next)) return next;
    struct sql *sql = store_ro_sql(ro);
    enum status status = read_opinion_case(x, sql, id, &dialogue, &o, &c);
    if (status == STATUS_OK) status = desk_open(&d, sql, o.dialogue);
    if (status != STATUS_OK) return page_failed(x, status);
    if (o.visibility == VISIBILITY_SEALED) // its own page logs the read before it shows anything
        return http_redirect(
            x, 303, arena_printf(d.arena, "/lam-viec/niem-phong/%s", http_param(x, "number")));
    struct opinion_desk_view v = {.view = opinion_view_of(&c, d.visit->facts, d.t.lang),
                                  .dialogue_title = dialogue.title,
                                  .dialogue_path = "/lam-viec"};
    desk_title(&d, arena_printf(d.arena, tr(d.t.lang, "Ý kiến %s"), v.view.number));
    opinion_facts(&d, &c, &v);
    opinion_thread(&d, &c, &v);
    status = read_members(&d, sql, &c, &v);
    if (status == STATUS_OK) status = read_entries(&d, sql, &o, &v);
    if (status != STATUS_OK) return page_failed(x, status);
    v.has_due = opinion_due_steps(&c, &v.due);
    voices(&d, &c, &v);
    tpl_opinion_desk_page(&d.t, &d.page, &v);
    return HTTP_DONE;
}
