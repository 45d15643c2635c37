// SPDX-License-Identifier: AGPL-3.0-or-later
// Fills the console: hall, notes, facts, what may be shown, the table, the suggestion. Decides
// nothing: asks domain/ for all of it.
#include "web/hall/console.h"

#include <string.h>

#include "store/opinion.h"
#include "store/opinion_list.h"
#include "web/form_input.h"
#include "web/hall/console_table.h"

enum { SHOWN_MOST = 60, FACTS_MOST = 10, CHOICES_MOST = 12 };

static struct hall_note_view note_view(struct desk *d, const struct hall *hall,
                                       const struct hall_note *n)
{
    const struct hall_turn *turn = hall_turn_find(hall, n->turn);
    char number[OPINION_NUMBER_TEXT];
    struct hall_note_view v = {.note = n->note,
                               .at_ms = n->at_ms,
                               .text = n->text,
                               .speaker = turn != NULL && *turn->name != 0 ? turn->name : NULL,
                               .struck = n->struck,
                               .answering = turn != NULL && turn->side == SIDE_AUTHORITY,
                               .typing = n->entry == 0};
    if (turn != NULL && *turn->username != 0)
        v.speaker = person_shown(&d->visit->facts->people, turn->username);
    if (n->opinion != 0)
        v.about = arena_strdup(d->arena, opinion_number_format(n->opinion, number));
    if (n->became_opinion == 0) return v;
    v.became = arena_strdup(d->arena, opinion_number_format(n->became_opinion, number));
    v.became_what = label_of(d->t.lang, &note_becames, (int)n->became);
    return v;
}

static enum status read_notes(struct desk *d, struct sql *sql, const struct hall *hall,
                              struct console_view *c)
{
    struct hall_view *v = &c->hall;
    struct hall_notes notes;
    const char *me = d->visit->actor.person->username;
    enum status status = store_notes(sql, d->visit->unit, v->dialogue, d->arena, &notes);
    if (status != STATUS_OK) return status;
    v->notes = arena_array(d->arena, struct hall_note_view, (size_t)notes.count + 1);
    for (int i = notes.count - 1; i >= 0; i--) { // newest first
        const struct hall_note *n = &notes.rows[i];
        bool typing = n->entry == 0 && !n->struck && strcmp(n->author, me) == 0;
        if (typing && c->draft == 0) {
            c->draft = n->note;
            c->draft_text = c->kept_text = n->text;
        } else {
            v->notes[v->note_count++] = note_view(d, hall, n);
        }
    }
    return STATUS_OK;
}

static void add_facts(struct desk *d, const struct hall_facts *facts, const char *table, bool about,
                      struct hall_view *v)
{
    for (int i = facts->count - 1; i >= 0 && v->fact_count < FACTS_MOST; i--) {
        char number[OPINION_NUMBER_TEXT];
        const struct hall_fact *f = &facts->rows[i];
        opinion_number_format(f->opinion, number);
        if ((strcmp(number, table) == 0) != about) continue;
        v->facts[v->fact_count++] =
            (struct hall_fact_view){.number = arena_strdup(d->arena, number),
                                    .who = person_shown(&d->visit->facts->people, f->username),
                                    .text = f->text};
    }
}

/// Those about the opinion on the table first, then the others; the newest before the older.
static enum status read_facts(struct desk *d, struct sql *sql, struct console_view *c)
{
    struct hall_facts facts;
    enum status status = store_facts(sql, d->visit->unit, c->hall.dialogue, 0, d->arena, &facts);
    if (status != STATUS_OK) return status;
    const char *table = c->table != NULL ? c->table->number : "";
    c->hall.facts = arena_array(d->arena, struct hall_fact_view, (size_t)facts.count + 1);
    add_facts(d, &facts, table, true, &c->hall);
    add_facts(d, &facts, table, false, &c->hall);
    c->tells = c->table != NULL && c->hall.live &&
               (d->roles & (WHO(ROLE_SPECIALIST) | WHO(ROLE_OFFICE))) != 0;
    return STATUS_OK;
}

/// What may be put on the screen: relayed and not sealed (invariant 6, 10), newest first; and of
/// these what may still be talked about.
static void fill_shown(struct desk *d, const struct opinion_rows *all, struct console_view *c)
{
    const unsigned open = 1u << OPINION_RELAYED | 1u << OPINION_ON_FLOOR | 1u << OPINION_ANSWERED;
    struct choice *list = arena_array(d->arena, struct choice, SHOWN_MOST);
    struct console_link *links = arena_array(d->arena, struct console_link, CHOICES_MOST);
    for (int i = all->count - 1; i >= 0 && c->hall.shown_count < SHOWN_MOST; i--) {
        struct opinion *o = &all->rows[i];
        if (!opinion_is_public(o)) continue;
        struct opinion_case oc = visit_case(d->visit, d->arena, &d->dialogue, o);
        struct opinion_view view = opinion_view_of(&oc, d->visit->facts, d->t.lang);
        const char *number = arena_strdup(d->arena, view.number);
        const char *label = arena_printf(d->arena, "%s · %.80s", number, view.field);
        list[c->hall.shown_count++] = (struct choice){number, label, NULL};
        if (!(open & 1u << o->state) || c->choice_count == CHOICES_MOST) continue;
        links[c->choice_count++] = (struct console_link){
            arena_printf(d->arena, "/lam-viec/hoi-truong/%lld?y=%s", (long long)d->dialogue.id,
                         number),
            arena_printf(d->arena, "%s · %s · %s", number, view.field,
                         label_of(d->t.lang, &opinion_states, (int)o->state))};
    }
    c->hall.shown = list;
    c->choices = links;
}

static void fill_choices(struct desk *d, struct hall_view *v)
{
    struct choice_list list = choices_of(d->arena, d->t.lang, &scenes, NULL);
    v->scene_choices = list.rows;
    v->scene_count = list.count;
    list = choices_of_khoms(d->arena, d->visit->facts, tr(d->t.lang, "Chưa rõ"));
    v->khoms = list.rows;
    v->khom_count = list.count;
    list = choices_of(d->arena, d->t.lang, &turn_kinds, NULL);
    v->kinds = list.rows;
    v->kind_count = list.count;
    list = choices_of(d->arena, d->t.lang, &author_types, NULL);
    v->authors = list.rows;
    v->author_count = list.count;
    list = choices_of(d->arena, d->t.lang, &fields, tr(d->t.lang, "Chưa rõ"));
    v->topics = list.rows;
    v->topic_count = list.count;
    list = choices_of_people(d->arena, &d->visit->facts->people,
                             WHO(ROLE_SPECIALIST) | WHO(ROLE_CHAIR) | WHO(ROLE_OFFICE),
                             tr(d->t.lang, "Chủ trì"));
    v->officers = list.rows;
    v->officer_count = list.count;
}

/// Each scene on a page of its own, to be looked at before it is shown to the hall.
static void fill_previews(struct desk *d, struct console_view *c)
{
    struct console_link *links = arena_array(d->arena, struct console_link, SCENE_COUNT);
    for (int i = 0; i < SCENE_COUNT; i++) {
        bool about = i == SCENE_QUESTION || i == SCENE_ANSWER;
        if (i == SCENE_MESSAGE || (about && c->table == NULL)) continue;
        const char *path =
            arena_printf(d->arena, "/man-hinh/%lld?canh=%s%s%s", (long long)d->dialogue.id,
                         value_code(&scenes, i), about ? "&y=" : "", about ? c->table->number : "");
        links[c->preview_count++] =
            (struct console_link){path, title_of(d->arena, d->t.lang, &scenes, i)};
    }
    c->previews = links;
}

static bool is_of(const struct desk *d, const char *form)
{
    const char *path = http_path(d->x);
    size_t len = strlen(path), end = strlen(form);
    return len > end && strcmp(path + len - end, form) == 0;
}

/// As it was sent, when that was refused; else as it stands.
static const char *limit_shown(struct desk *d, const char *name, int now)
{
    const char *typed = is_of(d, "/limits") ? form_typed(d->x, name) : "";
    return *typed != 0 ? typed : arena_printf(d->arena, "%d", now);
}

/// What was typed into a form that the console has no place for any more: somebody else was
/// quicker.
static const char *typed_in_vain(struct desk *d, int action, const struct console_view *c)
{
    const struct console_table *t = c->table;
    const bool here = t != NULL && strcmp(t->number, form_typed(d->x, "opinion")) == 0;
    if (is_of(d, "/cung-cap")) return here && c->tells ? "" : form_typed(d->x, "text");
    if (action == ACT_ANSWER) return here && t->can_answer ? "" : form_typed(d->x, "text");
    if (action == ACT_ASSIGN) return here && t->can_assign ? "" : form_typed(d->x, "directive");
    if (action == ACT_REFER) return here && t->can_refer ? "" : form_typed(d->x, "agency");
    return "";
}

/// The forms as they were sent, when one was refused.
static void fill_typed(struct desk *d, int action, struct console_view *c)
{
    for (int i = 0; i < CONSOLE_KEYS; i++)
        c->keys[i] = form_new_key(d->x);
    const char *typed = form_typed(d->x, "text");
    if (*typed != 0 && is_of(d, "/ghi-chu")) c->draft_text = typed;
    c->fact_text = is_of(d, "/cung-cap") ? typed : "";
    bool scene = is_of(d, "/scene"), added = is_of(d, "/hand_up");
    c->scene = scene ? form_typed(d->x, "scene") : "";
    c->scene_opinion = scene              ? form_typed(d->x, "opinion")
                       : c->table != NULL ? c->table->number
                                          : "";
    c->scene_text = scene ? typed : "";
    c->added_name = added ? form_typed(d->x, "name") : "";
    c->added_khom = added ? form_typed(d->x, "khom") : "";
    c->added_kind = added ? form_typed(d->x, "kind") : "";
    c->added_topic = added ? form_typed(d->x, "topic") : "";
    c->added_author = added ? form_typed(d->x, "author_type") : "";
    c->speak_to = is_of(d, "/speak") ? form_typed(d->x, "to") : "";
    c->note_to = is_of(d, "/ghi-chu") ? form_typed(d->x, "to") : "";
    c->limits_refused = is_of(d, "/limits");
    c->lost = typed_in_vain(d, action, c);
    if (c->draft_text == NULL) c->draft_text = "";
    if (c->kept_text == NULL) c->kept_text = "";
}

enum status console_read(struct desk *d, struct sql *sql, int action, struct console_view *c)
{
    struct hall hall;
    struct hall_view *v = &c->hall;
    struct opinion_rows all;
    struct hall_read r = {.arena = d->arena,
                          .sql = sql,
                          .facts = d->visit->facts,
                          .unit = d->visit->unit,
                          .now_ms = d->visit->now_ms,
                          .lang = d->t.lang,
                          .secretary = (d->roles & WHO(ROLE_SECRETARY)) != 0};
    enum status status = hall_view_read(&r, &d->dialogue, v, &hall);
    if (status == STATUS_OK)
        status = hall_opinions_read(sql, r.unit, d->dialogue.id, d->arena, &all);
    if (status != STATUS_OK) return status;
    v->secretary = (d->roles & WHO(ROLE_SECRETARY)) != 0;
    v->chair = (d->roles & (WHO(ROLE_CHAIR) | WHO(ROLE_DEPUTY))) != 0;
    c->conducts = v->secretary || v->chair;
    const char *y = http_query(d->x, "y");
    int64_t asked;
    bool picked = y != NULL && opinion_number_parse(y, &asked);
    v->board_path = arena_printf(d->arena, "/lam-viec/hoi-truong/%lld?bang=1%s%s",
                                 (long long)d->dialogue.id, picked ? "&y=" : "", picked ? y : "");
    char *code = arena_alloc(d->arena, JOIN_CODE_TEXT);
    hall_join_code(d->visit->web->app, d->visit->unit, d->dialogue.id, d->visit->now_ms, code);
    v->code = code;
    fill_choices(d, v);
    c->topic = is_of(d, "/order") ? form_typed(d->x, "topic") : hall.topic;
    c->seconds = limit_shown(d, "seconds", hall.turn_seconds);
    c->warn = limit_shown(d, "warn", hall.warn_seconds);
    c->percent = limit_shown(d, "percent", hall.authority_percent);
    fill_shown(d, &all, c);
    c->relays = console_relays(d);
    if (v->secretary) status = read_notes(d, sql, &hall, c);
    if (status == STATUS_OK && c->relays) status = console_waiting_read(d, sql, &c->waiting);
    if (status == STATUS_OK)
        status = console_table_read(
            d, sql,
            &(struct console_asked){picked ? asked : 0, action, is_of(d, "/cung-cap"), &hall, &all},
            c);
    if (status == STATUS_OK) status = read_facts(d, sql, c);
    if (status != STATUS_OK) return status;
    console_suggest(d, &hall, &all, c);
    fill_previews(d, c);
    fill_typed(d, action, c);
    return STATUS_OK;
}
