// SPDX-License-Identifier: AGPL-3.0-or-later
// The opinion on the table: its words, the outcomes that are open to it, the answer so far, what
// earlier dialogues promised in its field.
#include "web/hall/console_table.h"

#include <string.h>

#include "base/day.h"
#include "store/opinion.h"
#include "web/form_input.h"

enum { PROMISE_YEARS = 3, PROMISES_LOOKED_AT = 200 };

static enum on_behalf voice_of(const struct console_view *c)
{
    return c->hall.secretary && !c->hall.chair ? BEHALF_CHAIR : BEHALF_SELF;
}

// ---- what was promised

/// The newest opinions of that field handed in elsewhere, of the last years.
static enum status candidates(struct desk *d, struct sql *sql, const struct opinion *now,
                              struct opinion_rows *ret_rows)
{
    const int year = day_civil(d->today).year;
    struct opinion_filter filter = {.state = -1,
                                    .field = (int)now->field,
                                    .khom = -1,
                                    .relayed_only = true,
                                    .after = (year - PROMISE_YEARS) * OPINION_PER_YEAR};
    struct opinion *kept = arena_array(d->arena, struct opinion, PROMISES_LOOKED_AT);
    struct opinion_rows page = {.more = true};
    int count = 0;
    while (page.more) {
        enum status status = store_opinion_list(sql, d->visit->unit, &filter, d->arena, &page);
        if (status != STATUS_OK) return status;
        for (int i = 0; i < page.count; i++) {
            const struct opinion *o = &page.rows[i];
            if (o->dialogue == now->dialogue || !opinion_is_public(o)) continue;
            kept[count++ % PROMISES_LOOKED_AT] = *o;
        }
        if (page.count == 0) break;
        filter.after = page.rows[page.count - 1].id;
    }
    ret_rows->rows = kept;
    ret_rows->count = count < PROMISES_LOOKED_AT ? count : PROMISES_LOOKED_AT;
    return STATUS_OK;
}

static const char *kept_words(enum lang lang, enum promise_state state)
{
    switch (state) {
    case PROMISE_KEPT:
        return tr(lang, "đã trả lời đúng hạn");
    case PROMISE_KEPT_LATE:
        return tr(lang, "đã trả lời, chậm hạn");
    case PROMISE_RUNNING:
        return tr(lang, "còn trong hạn");
    case PROMISE_BROKEN:
        break;
    }
    return tr(lang, "quá hạn, chưa trả lời");
}

static enum status read_promises(struct desk *d, struct sql *sql, const struct opinion *now,
                                 struct console_table *t)
{
    struct opinion_rows rows = {0};
    enum status status = candidates(d, sql, now, &rows);
    struct promise *list = arena_array(d->arena, struct promise, (size_t)rows.count + 1);
    for (int i = 0; status == STATUS_OK && i < rows.count; i++) {
        struct opinion_items items = {0};
        if (rows.rows[i].state == OPINION_CONCLUDED) // its row no longer has the date
            status = store_opinion_items(sql, d->visit->unit, rows.rows[i].id, d->arena, &items);
        if (status == STATUS_OK) list[i] = promise_of(&rows.rows[i], items.list, items.count);
    }
    if (status != STATUS_OK) return status;
    int found = promises_pick(now, list, rows.count, d->today);
    for (int i = 0; i < found && i < PROMISES_SHOWN; i++) {
        struct opinion o = *list[i].opinion;
        struct opinion_case c = visit_case(d->visit, d->arena, &d->dialogue, &o);
        struct opinion_view view = opinion_view_of(&c, d->visit->facts, d->t.lang);
        enum promise_state state = promise_state(&list[i], d->today);
        t->promises[t->promise_count++] = (struct console_promise){
            .number = arena_strdup(d->arena, view.number),
            .excerpt = view.excerpt,
            .who = person_shown(&d->visit->facts->people, list[i].who),
            .state = kept_words(d->t.lang, state),
            .due = list[i].due,
            .broken = state == PROMISE_BROKEN || state == PROMISE_KEPT_LATE};
    }
    return STATUS_OK;
}

// ---- outcomes

/// What the secretary noted while the authority spoke about it: the answer need not be typed again.
static const char *heard(struct desk *d, const struct console_view *c, const char *number)
{
    BUF text = {0};
    for (size_t i = c->hall.note_count; i-- > 0;) {
        const struct hall_note_view *n = &c->hall.notes[i];
        bool fits = n->answering && !n->struck && n->became == NULL && !n->typing &&
                    n->about != NULL && strcmp(n->about, number) == 0;
        if (fits) buf_printf(&text, text.len > 0 ? "\n%s" : "%s", n->text);
    }
    return arena_strdup(d->arena, text.len > 0 ? buf_text(&text) : "");
}

static const char *usual_person(const struct opinion_case *oc)
{
    const char *to = opinion_default_responsible(oc);
    return people_find(oc->people, to) != NULL ? to : "";
}

static void fill_typed(struct desk *d, const struct opinion_case *oc,
                       const struct console_asked *asked, const struct console_view *c,
                       struct console_table *t)
{
    struct http_exchange *x = d->x;
    int64_t sent;
    t->refused = asked->action >= 0 && opinion_number_parse(form_typed(x, "opinion"), &sent) &&
                 sent == oc->opinion->id;
    bool answer = t->refused && asked->action == ACT_ANSWER;
    bool assign = t->refused && asked->action == ACT_ASSIGN;
    bool refer = t->refused && asked->action == ACT_REFER;
    t->typed =
        (struct console_typed){.text = answer ? form_typed(x, "text") : heard(d, c, t->number),
                               .to = assign ? form_typed(x, "to") : usual_person(oc),
                               .due = assign ? form_typed(x, "due") : "",
                               .directive = assign ? form_typed(x, "directive") : "",
                               .agency = refer ? form_typed(x, "agency") : "",
                               .reason = refer ? form_typed(x, "reason") : "beyond",
                               .expected = refer ? form_typed(x, "expected") : ""};
}

static void fill_outcomes(struct desk *d, struct opinion_case *oc,
                          const struct console_asked *asked, const struct console_view *c,
                          struct console_table *t)
{
    char day[FORMAT_TEXT];
    enum on_behalf voice = voice_of(c);
    t->behalf = voice == BEHALF_CHAIR ? "chair" : NULL;
    t->can_answer = desk_can(oc, ACT_ANSWER, voice);
    t->can_assign = desk_can(oc, ACT_ASSIGN, voice);
    t->can_refer = desk_can(oc, ACT_REFER, voice);
    t->can_call =
        oc->opinion->state != OPINION_ANSWERED && desk_can(oc, ACT_CALL, voice) && c->hall.open;
    struct choice_list list =
        choices_of_people(d->arena, oc->people,
                          WHO(ROLE_SPECIALIST) | WHO(ROLE_OFFICE) | WHO(ROLE_CULTURE) |
                              WHO(ROLE_CHAIR) | WHO(ROLE_KHOM),
                          NULL);
    t->people = list.rows;
    t->people_count = list.count;
    list = choices_of(d->arena, d->t.lang, &refer_reasons, NULL);
    t->reasons = list.rows;
    t->reason_count = list.count;
    struct deadline due =
        deadline_compute(oc->opinion->scope == SCOPE_OFF ? DEADLINE_OFF_TOPIC : DEADLINE_ANSWER,
                         d->dialogue.profile, d->today, &d->visit->facts->calendar);
    t->due_hint = arena_printf(d->arena, tr(d->t.lang, "(để trống: %s)"),
                               format_day(d->t.lang, due.safe_day, day));
    const struct hall_turn *turn = hall_turn_find(asked->hall, asked->hall->turn);
    bool officer = voice == BEHALF_CHAIR && turn != NULL && turn->side == SIDE_AUTHORITY &&
                   *turn->username != 0;
    if (officer) t->answer_by = person_shown(oc->people, turn->username);
}

static void add_link(struct desk *d, struct opinion_case *oc, enum opinion_action action,
                     enum on_behalf voice, struct console_table *t)
{
    const char *back =
        arena_printf(d->arena, "/lam-viec/hoi-truong/%lld", (long long)d->dialogue.id);
    if (t->link_count == ARRAY_LEN(t->links) || !desk_can(oc, action, voice)) return;
    t->links[t->link_count++] =
        (struct console_link){desk_act_path(d->arena, oc->opinion, action, voice, back),
                              tr(d->t.lang, opinion_rules[action].label)};
}

static void fill_links(struct desk *d, struct opinion_case *oc, const struct console_view *c,
                       struct console_table *t)
{
    enum on_behalf voice = voice_of(c);
    add_link(d, oc, ACT_ASK_BACK, voice, t);
    add_link(d, oc, ACT_SUPPLEMENT, voice, t);
    if (c->hall.secretary) {
        add_link(d, oc, ACT_AGREE, BEHALF_AUTHOR, t);
        add_link(d, oc, ACT_CONTINUE, BEHALF_AUTHOR, t);
    }
    if (oc->opinion->verdict != VERDICT_NONE) add_link(d, oc, ACT_CONCLUDE, voice, t);
    add_link(d, oc, ACT_SET_OFF_TOPIC, BEHALF_SELF, t);
}

static void fill_answer(struct desk *d, const struct opinion_case *oc, struct console_table *t)
{
    const struct opinion_item *answer = opinion_last_item(oc, ITEM_ANSWER, ITEM_DONE);
    if (answer == NULL || oc->opinion->state != OPINION_ANSWERED) return;
    t->answer = answer->text;
    t->answered_by = person_shown(oc->people, answer->person);
    if (oc->opinion->verdict != VERDICT_NONE)
        t->verdict = label_of(d->t.lang, &verdicts, (int)oc->opinion->verdict);
}

/// The one chosen by hand, the one a refused form was about, or what is on the table.
static int64_t wanted(struct desk *d, const struct console_asked *asked)
{
    int64_t sent;
    const bool refused = asked->action >= 0 || asked->told;
    if (refused && opinion_number_parse(form_typed(d->x, "opinion"), &sent)) return sent;
    if (asked->opinion != 0) return asked->opinion;
    const struct opinion *o = hall_on_table(asked->hall, asked->all->rows, asked->all->count);
    return o != NULL ? o->id : 0;
}

enum status console_table_read(struct desk *d, struct sql *sql, const struct console_asked *asked,
                               struct console_view *c)
{
    int64_t id = wanted(d, asked);
    struct dialogue *dialogue = arena_new(d->arena, struct dialogue);
    struct opinion *o = arena_new(d->arena, struct opinion);
    struct opinion_case oc;
    if (id == 0) return STATUS_OK;
    enum status status = read_opinion_case(d->x, sql, id, dialogue, o, &oc);
    if (status == STATUS_NOT_FOUND) return STATUS_OK;
    if (status != STATUS_OK) return status;
    if (dialogue->id != d->dialogue.id || !opinion_is_public(o)) return STATUS_OK;
    struct opinion_view view = opinion_view_of(&oc, d->visit->facts, d->t.lang);
    struct console_table *t = arena_new(d->arena, struct console_table);
    *t = (struct console_table){.number = arena_strdup(d->arena, view.number),
                                .version = view.version,
                                .content = view.content,
                                .author = view.author,
                                .khom = view.khom,
                                .field = view.field,
                                .state = label_of(d->t.lang, &opinion_states, (int)o->state)};
    if (c->conducts) {
        fill_outcomes(d, &oc, asked, c, t);
        fill_typed(d, &oc, asked, c, t);
        fill_links(d, &oc, c, t);
    }
    fill_answer(d, &oc, t);
    c->table = t;
    return c->conducts ? read_promises(d, sql, o, t) : STATUS_OK;
}
