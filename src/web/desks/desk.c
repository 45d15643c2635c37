// SPDX-License-Identifier: AGPL-3.0-or-later
// The common ground of the desks.
#include "web/desks/desk.h"

#include <string.h>

#include "store/dialogue.h"
#include "store/opinion.h"
#include "web/desks/handlers.h"
#include "web/events.h"

void desk_begin(struct http_exchange *x, struct desk *d)
{
    *d = (struct desk){.x = x, .visit = visit_of(x), .arena = http_arena(x)};
    d->today = instant_day(d->visit->now_ms);
    page_begin(x, &d->t, &d->page, "");
    d->page.look = PAGE_DESK;
    d->page.here = "/lam-viec";
}

enum status desk_open(struct desk *d, struct sql *sql, int64_t id)
{
    enum status status = store_dialogue_load(sql, d->visit->unit, id, d->arena, &d->dialogue);
    if (status != STATUS_OK) return status;
    if (!dialogue_visible(&d->dialogue, &d->visit->actor)) return STATUS_NOT_FOUND;
    d->roles = dialogue_roles(&d->dialogue, &d->visit->actor);
    d->page.events = arena_printf(d->arena, "/api/v1/dialogues/%lld/events", (long long)id);
    return STATUS_OK;
}

const char *desk_events(struct http_exchange *x, int64_t dialogue)
{
    const struct visit *v = visit_of(x);
    const char *path = dialogue == 0 ? "/lam-viec/su-kien"
                                     : arena_printf(http_arena(x), "/api/v1/dialogues/%lld/events",
                                                    (long long)dialogue);
    return arena_printf(
        http_arena(x), "%s?after=%llu", path,
        (unsigned long long)live_last_id(
            v->web->hub, (struct live_channel){(uint64_t)v->unit, (uint64_t)dialogue, LIVE_STAFF}));
}

enum http_next get_desk_events(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    const struct visit *v = visit_of(x);
    return events_stream(x, v->web->hub, v->unit, 0, true);
}

void desk_title(struct desk *d, const char *title)
{
    d->page.title = title;
}

static size_t group_size(const struct opinion *rows, int count, const struct opinion *o)
{
    size_t members = 0;
    for (int i = 0; o->group_lead != 0 && i < count; i++)
        members += rows[i].group_lead == o->group_lead;
    return members;
}

struct desk_opinion desk_opinion_of(struct desk *d, const struct opinion_case *c, const char *pick)
{
    const char *chosen = http_query(d->x, "y");
    struct desk_opinion out = {.view = opinion_view_of(c, d->visit->facts, d->t.lang)};
    const char *number = arena_strdup(d->arena, out.view.number);
    out.desk_path = arena_printf(d->arena, "/lam-viec/y-kien/%s", number);
    out.pick_path = pick == NULL ? out.desk_path : arena_printf(d->arena, "%s?y=%s", pick, number);
    out.topic = *c->opinion->topic != 0 ? c->opinion->topic : NULL;
    out.picked = chosen != NULL && strcmp(chosen, number) == 0;
    return out;
}

static const char *page_name(struct arena *arena, int state)
{
    return arena_printf(arena, "sau-%s", value_code(&opinion_states, state));
}

const char *desk_board_path(struct desk *d, const char *path, const char *y)
{
    const char *out = y != NULL ? arena_printf(d->arena, "%s?y=%s", path, y) : path;
    for (int state = 0; state < OPINION_STATE_COUNT; state++) {
        int64_t after;
        const char *name = page_name(d->arena, state), *given = http_query(d->x, name);
        if (given == NULL || !opinion_number_parse(given, &after)) continue;
        out = arena_printf(d->arena, "%s%s%s=%s", out, strchr(out, '?') == NULL ? "?" : "&", name,
                           given);
    }
    return out;
}

enum status desk_list_read(struct desk *d, struct sql *sql, int state, const char *pick,
                           struct desk_list *ret_list)
{
    struct opinion_filter filter = {
        .dialogue = d->dialogue.id, .state = state, .field = -1, .khom = -1};
    struct opinion_page page;
    const char *name = state >= 0 ? page_name(d->arena, state) : NULL;
    const char *after = name != NULL ? http_query(d->x, name) : NULL;
    bool later = after != NULL && opinion_number_parse(after, &filter.after);
    enum status status = read_opinion_page(d->x, sql, &d->dialogue, &filter, DESK_LIST, &page);
    if (status != STATUS_OK) return status;
    struct desk_list list = {.rows =
                                 arena_array(d->arena, struct desk_opinion, (size_t)page.count + 1),
                             .count = (size_t)page.count};
    for (int i = 0; i < page.count; i++) {
        struct opinion_case c = visit_case(d->visit, d->arena, &d->dialogue, &page.rows[i]);
        list.rows[i] = desk_opinion_of(d, &c, pick);
        list.rows[i].members = group_size(page.rows, page.count, &page.rows[i]);
    }
    const char *path = pick != NULL ? pick : http_path(d->x);
    if (later) list.first_path = path;
    if (page.more && name != NULL)
        list.next_path =
            arena_printf(d->arena, "%s?%s=%s", path, name, list.rows[page.count - 1].view.number);
    return *ret_list = list, STATUS_OK;
}

const struct opinion_item *desk_waiting(const struct opinion_case *c, enum item_kind kind)
{
    return opinion_last_item(c, kind, ITEM_WAITING);
}

static const char *encoded(struct arena *arena, const char *path)
{
    char *out = arena_alloc(arena, strlen(path) * 3 + 1), *p = out;
    for (; *path != 0; path++) {
        bool plain = strchr("?&#%+= ", *path) == NULL;
        if (plain)
            *p++ = *path;
        else
            p += snprintf(p, 4, "%%%02X", (unsigned char)*path);
    }
    *p = 0;
    return out;
}

const char *desk_act_path(struct arena *arena, const struct opinion *o, enum opinion_action action,
                          enum on_behalf behalf, const char *back)
{
    char number[OPINION_NUMBER_TEXT];
    bool other = behalf != BEHALF_SELF;
    return arena_printf(arena, "/lam-viec/y-kien/%s/%s?%s%s%sback=%s",
                        opinion_number_format(o->id, number), opinion_rules[action].code,
                        other ? "thay=" : "", other ? value_code(&behalves, (int)behalf) : "",
                        other ? "&" : "", encoded(arena, back));
}

bool desk_can(struct opinion_case *c, enum opinion_action action, enum on_behalf behalf)
{
    c->behalf = behalf;
    bool can = opinion_can(c, action);
    c->behalf = BEHALF_SELF;
    return can;
}

bool desk_dialogue_can(struct desk *d, enum dialogue_action action, enum on_behalf behalf)
{
    static const struct params none;
    struct dialogue_case c = {.arena = d->arena,
                              .now_ms = d->visit->now_ms,
                              .people = &d->visit->facts->people,
                              .actor = &d->visit->actor,
                              .behalf = behalf,
                              .params = &none,
                              .dialogue = &d->dialogue};
    return dialogue_can(&c, action);
}

struct action_form *desk_form_of(struct desk *d, const struct opinion *o, const struct desk_form *w)
{
    char number[OPINION_NUMBER_TEXT];
    const struct action_form_options options = {
        .action = arena_printf(d->arena, "/lam-viec/y-kien/%s/%s",
                               opinion_number_format(o->id, number), opinion_rules[w->action].code),
        .title = w->title,
        .button = w->button,
        .back = w->back,
        .behalf = w->behalf,
        .presets = w->presets,
        .preset_count = w->preset_count,
        .no_proof = w->no_proof};
    struct action_form *form = action_form_opinion(d->x, o, w->action, &options);
    if (w->action == ACT_ASSIGN || w->action == ACT_SET_OFF_TOPIC)
        desk_help_assign(d, o, form, false);
    if (w->behalf == BEHALF_SELF) return form;
    const char *voice = value_code(&behalves, (int)w->behalf);
    form->id = arena_printf(d->arena, "%s-%s", voice, form->id);
    for (size_t i = 0; i < form->count; i++)
        form->fields[i].id = arena_printf(d->arena, "%s-%s", voice, form->fields[i].id);
    return form;
}

static const char *usual_due(struct desk *d, const struct opinion *o)
{
    char text[FORMAT_TEXT];
    const struct dialogue *dialogue = &d->dialogue;
    int32_t start =
        dialogue->closed_ms != 0 && o->round <= 1 ? instant_day(dialogue->closed_ms) : d->today;
    struct deadline due =
        deadline_compute(DEADLINE_ANSWER, dialogue->profile, start, &d->visit->facts->calendar);
    return arena_printf(d->arena, tr(d->t.lang, "Để trống thì hạn là %s; chậm nhất %s."),
                        arena_strdup(d->arena, format_day(d->t.lang, due.safe_day, text)),
                        arena_strdup(d->arena, format_day(d->t.lang, due.legal_day, text)));
}

static void list_people(struct desk *d, const struct opinion *o, struct action_field *f)
{
    const struct people *people = &d->visit->facts->people;
    const char *named = o->named != NULL ? o->named : "";
    const struct person *officer = people_for_field(people, o->field, named);
    bool typed_body = *f->value != 0 && people_find(people, f->value) == NULL;
    if (typed_body) return; // what was typed stays as it was
    const uint32_t answering = WHO(ROLE_SPECIALIST) | WHO(ROLE_OFFICE) | WHO(ROLE_CULTURE) |
                               WHO(ROLE_CHAIR) | WHO(ROLE_KHOM);
    f->choices = choices_of_people(d->arena, people, answering,
                                   f->required ? NULL : tr(d->t.lang, "Người phụ trách lĩnh vực"));
    f->input = INPUT_SELECT;
    f->hint = NULL;
    if (*f->value == 0 && f->required && officer != NULL) f->value = officer->username;
}

void desk_help_assign(struct desk *d, const struct opinion *o, struct action_form *form,
                      bool free_body)
{
    for (size_t i = 0; i < form->count; i++) {
        struct action_field *f = &form->fields[i];
        if (strcmp(f->name, "due") == 0) f->hint = usual_due(d, o);
        if (strcmp(f->name, "to") == 0 && !free_body) list_people(d, o, f);
    }
}

enum status desk_help_cancel(struct desk *d, struct sql *sql, struct action_form *form)
{
    enum { LATEST = 50 };
    struct dialogue_list all;
    int64_t last = 0;
    enum status status = store_dialogue_last(sql, d->visit->unit, &last);
    if (status == STATUS_OK)
        status = store_dialogue_list(sql, d->visit->unit, last > LATEST ? last - LATEST : 0, LATEST,
                                     d->arena, &all);
    if (status != STATUS_OK) return status;
    struct choice *rows = arena_array(d->arena, struct choice, (size_t)all.count + 1);
    size_t count = 0;
    rows[count++] = (struct choice){"", tr(d->t.lang, "Không chuyển"), NULL};
    for (int i = all.count - 1; i >= 0; i--) { // the newest first
        const struct dialogue *o = &all.rows[i];
        bool over = o->state == DIALOGUE_COMPLETED || o->state == DIALOGUE_CANCELLED ||
                    o->minutes_chair_ms != 0;
        if (!over && o->id != d->dialogue.id)
            rows[count++] =
                (struct choice){arena_printf(d->arena, "%lld", (long long)o->id), o->title, NULL};
    }
    for (size_t i = 0; i < form->count; i++) {
        if (strcmp(form->fields[i].name, "carry_to") != 0) continue;
        form->fields[i].input = INPUT_SELECT;
        form->fields[i].choices = (struct choice_list){rows, count};
    }
    return STATUS_OK;
}

const char *desk_back(struct http_exchange *x, const char *otherwise)
{
    const char *back = http_query(x, "back");
    bool local = back != NULL && back[0] == '/' && back[1] != '/' && strlen(back) < 500;
    for (const char *p = back; local && *p != 0; p++)
        local = (unsigned char)*p > 0x20 && (unsigned char)*p < 0x7f && *p != '\\';
    return local ? back : otherwise;
}

enum http_next desk_forbidden(struct http_exchange *x)
{
    return http_error(x, 403);
}
