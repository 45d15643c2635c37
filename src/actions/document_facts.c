// SPDX-License-Identifier: AGPL-3.0-or-later
// The ward, the dialogue and its people as documents want them.
#include "actions/document_facts.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "store/dialogue.h"
#include "store/issued.h"
#include "store/opinion_list.h"

static const char *setting(const struct facts_builder *b, const char *name)
{
    const char *value = setting_of(&b->unit->settings, name, NULL);
    return value == NULL || *value == 0 ? NULL : value;
}

struct doc_person document_person(const struct facts_builder *b, const char *username)
{
    const struct person *p = people_find(&b->unit->people, username);
    if (p == NULL)
        return (struct doc_person){.name = username == NULL || *username == 0 ? NULL : username};
    return (struct doc_person){
        .name = p->name, .honorific = "", .position = *p->title != 0 ? p->title : NULL};
}

const char *document_khom(const struct facts_builder *b, int khom)
{
    for (int i = 0; i < b->unit->khoms.count; i++)
        if (b->unit->khoms.rows[i].khom == khom) return b->unit->khoms.rows[i].name;
    return NULL;
}

static struct doc_person holder(const struct facts_builder *b, enum appointment appointment,
                                enum role role)
{
    const char *username = b->dialogue.appointed[appointment];
    const struct person *by_role = *username == 0 ? people_with_role(&b->unit->people, role) : NULL;
    return document_person(b, by_role != NULL ? by_role->username : username);
}

static void fill_unit(struct facts_builder *b)
{
    const struct khom_list *khoms = &b->unit->khoms;
    const char **names = arena_array(b->arena, const char *, (size_t)khoms->count + 1);
    for (int i = 0; i < khoms->count; i++)
        names[i] = khoms->rows[i].name;
    b->facts->unit = (struct doc_unit){
        .name = setting(b, "unit_name"),
        .kind = setting(b, "unit_kind"),
        .above = setting(b, "above_name"),
        .office = setting(b, "office_name"),
        .drafting = "VP",
        .address = setting(b, "address"),
        .phone = setting(b, "phone"),
        .khom = setting(b, "khom_word"),
        .khoms = {names, khoms->count},
    };
}

static int planned_month(const char *planned)
{
    return strlen(planned) >= 7 ? (int)strtol(planned + 5, NULL, 10) : 0;
}

static const char *plan_reference(const struct facts_builder *b)
{
    const struct dialogue *d = &b->dialogue;
    if (*d->number == 0 || d->issued_day == DAY_NONE) return NULL;
    struct civil c = day_civil(d->issued_day);
    return arena_printf(b->arena, "%s/%s ngày %02d tháng %s%d năm %d", d->number, d->symbol, c.day,
                        c.month < 3 ? "0" : "", c.month, c.year);
}

static enum status fill_programme(struct facts_builder *b)
{
    static const enum doc_side sides[AGENDA_COUNT] = {BY_AUTHORITY, BY_PEOPLE, BY_BOTH};
    struct agenda agenda;
    enum status status = store_agenda(b->sql, b->request->unit, b->dialogue.id, b->arena, &agenda);
    if (status != STATUS_OK) return status;
    struct doc_item *items = arena_array(b->arena, struct doc_item, (size_t)agenda.count + 1);
    for (int i = 0; i < agenda.count; i++) {
        const struct agenda_item *a = &agenda.rows[i];
        int64_t took_ms = a->ended_ms > a->started_ms ? a->ended_ms - a->started_ms : 0;
        items[i] = (struct doc_item){
            a->title,      a->owner,   sides[a->side], a->minutes, (int)(took_ms / MINUTE_MS),
            a->started_ms, a->ended_ms};
    }
    b->facts->dialogue.programme = items;
    b->facts->dialogue.programme_count = agenda.count;
    return STATUS_OK;
}

static const char *page_link(const struct facts_builder *b)
{
    const char *base = setting(b, "web_address");
    return base == NULL
               ? NULL
               : arena_printf(b->arena, "%s/doi-thoai/%lld", base, (long long)b->dialogue.id);
}

/// 0 where the profile has no such rule.
static int term_days(const struct dialogue *d, enum deadline_rule rule)
{
    const struct deadline_term *term = deadline_term(d->profile, rule);
    return term->applies ? term->length : 0;
}

static void fill_dialogue(struct facts_builder *b)
{
    const struct dialogue *d = &b->dialogue;
    const char *const ways[] = {setting(b, "office_name"), "Ban nhân dân khóm nơi cư trú",
                                page_link(b)};
    const char **send = arena_array(b->arena, const char *, ARRAY_LEN(ways));
    int send_count = 0;
    for (size_t i = 0; i < ARRAY_LEN(ways); i++)
        if (ways[i] != NULL) send[send_count++] = ways[i];
    b->facts->dialogue = (struct doc_dialogue){
        .subject = d->title,
        .year = d->year,
        .profile = deadline_profile_row(d->profile)->year,
        .planned_month = planned_month(d->planned),
        .starts_ms = d->starts_at_ms,
        .opened_ms = d->opened_ms,
        .closed_ms = d->closed_ms,
        .opinions_from_day = d->opinions_from_ms == 0 ? DAY_NONE : instant_day(d->opinions_from_ms),
        .opinions_until_day =
            d->opinions_until_ms == 0 ? DAY_NONE : instant_day(d->opinions_until_ms),
        .place = *d->place != 0 ? d->place : NULL,
        .seats = d->seats,
        .deferred_days = deadline_term(d->profile, DEADLINE_ANSWER)->length,
        .window_days = deadline_term(d->profile, DEADLINE_AUTHOR_WINDOW)->length,
        .notice_days = term_days(d, DEADLINE_ANNOUNCE),
        .results_days = term_days(d, DEADLINE_RESULTS),
        .send_ways = {send, send_count},
        .link = page_link(b),
        .plan = plan_reference(b),
        .chair = holder(b, APPOINT_CHAIR, ROLE_CHAIR),
        .secretary = holder(b, APPOINT_SECRETARY, ROLE_SECRETARY),
        .deputy = *d->appointed[APPOINT_DEPUTY] != 0
                      ? document_person(b, d->appointed[APPOINT_DEPUTY])
                      : (struct doc_person){0},
        .conclusion = *d->conclusion != 0 ? d->conclusion : NULL,
    };
}

/// The newest one issued of the document; false when there is none to show.
static enum status issued_of(struct sql *sql, const struct document_request *r, struct arena *arena,
                             struct issued *ret_row, bool *ret_found)
{
    *ret_found = false;
    if (r->unissued || r->draft || r->given != NULL) return STATUS_OK;
    const struct issued_key key = {r->dialogue, r->type, r->opinion, r->person};
    enum status status = store_issued_newest(sql, r->unit, &key, arena, ret_row);
    *ret_found = status == STATUS_OK && !ret_row->withheld;
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static void number_it(struct facts_builder *b, const struct document_number *given)
{
    b->facts->issue.number = given->number;
    b->facts->issue.symbol = given->symbol;
    b->facts->issue.day = given->day;
}

/// The plan has its number with the dialogue, the others from the archivist; drafts until then.
static enum status fill_issue(struct facts_builder *b)
{
    const struct dialogue *d = &b->dialogue;
    struct issued row;
    bool found = false;
    struct doc_person chair = b->facts->dialogue.chair;
    bool plan = b->request->type == DOC_PLAN;
    b->facts->issue = (struct doc_issue){
        .number = plan && *d->number != 0 ? d->number : NULL,
        .symbol = plan && *d->symbol != 0 ? d->symbol : NULL,
        .day = plan                              ? d->issued_day
               : b->request->type == DOC_MINUTES ? DAY_NONE
                                                 : instant_day(b->request->now_ms),
        .signer = {SIGN_TM, "Chủ tịch", chair.name},
    };
    if (b->request->given != NULL) number_it(b, b->request->given);
    enum status status = issued_of(b->sql, b->request, b->arena, &row, &found);
    if (found) number_it(b, &(struct document_number){row.number, row.symbol, row.day, NULL});
    return status;
}

static enum status count_sealed(struct facts_builder *b)
{
    struct opinion_counts counts;
    enum status status = store_opinion_counts(b->sql, b->request->unit, b->dialogue.id,
                                              instant_day(b->request->now_ms), b->arena, &counts);
    for (int i = 0; status == STATUS_OK && i < counts.count; i++)
        if (counts.rows[i].visibility == VISIBILITY_SEALED)
            b->facts->sealed_count += (int)counts.rows[i].count;
    return status;
}

/// What the secretary saved last; nothing saved yet leaves the draft.
static enum status fill_minutes(struct facts_builder *b)
{
    struct minutes saved;
    if (b->request->type != DOC_MINUTES || b->request->draft) return STATUS_OK;
    enum status status = store_minutes(b->sql, b->request->unit, b->dialogue.id, b->arena, &saved);
    if (status == STATUS_OK) b->facts->minutes_text = saved.text;
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

enum status document_facts(struct app *app, struct sql *sql, const struct document_request *request,
                           struct arena *arena, const struct doc_facts **ret_facts)
{
    struct facts_builder b = {.arena = arena,
                              .app = app,
                              .sql = sql,
                              .request = request,
                              .facts = arena_new(arena, struct doc_facts)};
    struct unit_head head;
    enum status status = store_head_read(sql, request->unit, &head);
    if (status == STATUS_OK) status = app_facts(app, sql, request->unit, head.config, &b.unit);
    if (status == STATUS_OK)
        status = store_dialogue_load(sql, request->unit, request->dialogue, arena, &b.dialogue);
    if (status != STATUS_OK) return status;
    fill_unit(&b);
    fill_dialogue(&b);
    status = fill_issue(&b);
    if (status != STATUS_OK) return status;
    document_tables(&b);
    status = document_people(&b);
    if (status == STATUS_OK) status = fill_programme(&b);
    if (status == STATUS_OK) status = document_hall(&b);
    if (status == STATUS_OK) status = fill_minutes(&b);
    if (status == STATUS_OK) status = count_sealed(&b);
    if (status == STATUS_OK) status = document_opinions(&b);
    b.facts->public_edition = request->public_edition;
    b.facts->today_day = instant_day(request->now_ms);
    if (status == STATUS_OK && request->opinion != 0 && b.facts->opinion == NULL)
        return STATUS_NOT_FOUND;
    *ret_facts = b.facts;
    return status;
}

enum status document_make(struct app *app, struct sql *sql, const struct document_request *request,
                          struct arena *arena, struct document_file *file)
{
    const struct doc_facts *facts;
    struct issued row;
    struct issued_file kept;
    bool found = false, other = doc_types[request->type].selector == SELECT_EDITION &&
                                request->public_edition; // the full one alone is issued
    enum status status = other ? STATUS_OK : issued_of(sql, request, arena, &row, &found);
    if (status == STATUS_OK && found)
        status = store_issued_file(sql, request->unit, row.id, (int)file->format, arena, &kept);
    if (status == STATUS_OK && found) {
        file->name = kept.name;
        buf_put(file->out, kept.bytes.p, kept.bytes.len);
        return STATUS_OK;
    }
    if (status != STATUS_OK) return status;
    status = document_facts(app, sql, request, arena, &facts);
    if (status != STATUS_OK) return status;
    const struct doc *doc = document_build(arena, request->type, facts);
    file->name = document_file_name(arena, doc, file->format);
    return document_render(arena, doc, file->format, file->out);
}
