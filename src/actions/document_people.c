// SPDX-License-Identifier: AGPL-3.0-or-later
// Invitees, arrivals and the office's texts as documents want them. Counts come from the same rows
// as the door's page.
#include "actions/document_facts.h"

#include <string.h>

#include "domain/attendance.h"
#include "store/invitee.h"
#include "store/paper.h"

static const char *none_if_empty(const char *text)
{
    return *text == 0 ? NULL : text;
}

/// Before anybody was invited by name: those who have an account.
static void accounts(struct facts_builder *b)
{
    const struct people *all = &b->unit->people;
    struct doc_person *list = arena_array(b->arena, struct doc_person, (size_t)all->count + 1);
    int count = 0;
    for (int i = 0; i < all->count; i++) {
        const struct person *p = &all->rows[i];
        if (!p->active || (p->roles & ~(WHO(ROLE_ADMIN) | WHO(ROLE_CUSTODIAN))) == 0) continue;
        list[count] = document_person(b, p->username);
        list[count].group = p->khom != 0 ? "đại biểu cấp khóm" : "đại biểu cấp phường";
        list[count].unit = p->khom != 0 ? document_khom(b, p->khom) : NULL;
        count++;
    }
    b->facts->people = list;
    b->facts->people_count = count;
}

static struct doc_person person_of(const struct facts_builder *b, const struct invitee *i)
{
    return (struct doc_person){.name = *i->name != 0 ? i->name : "(không ghi tên)",
                               .honorific = "",
                               .position = none_if_empty(i->title),
                               .unit = document_khom(b, i->khom),
                               .group = i->walk_in ? "người đến không có giấy mời"
                                                   : value_label(&attend_parts, (int)i->part),
                               .arrived_ms = i->arrived_ms};
}

/// In the order in which they are introduced (R69), who walked in at the end.
static void invited(struct facts_builder *b, const struct invitee_list *list)
{
    struct doc_person *people = arena_array(b->arena, struct doc_person, (size_t)list->count + 1);
    int count = 0;
    for (int part = 0; part <= PART_COUNT; part++)
        for (int i = 0; i < list->count; i++) {
            const struct invitee *row = &list->rows[i];
            bool here = row->walk_in ? part == PART_COUNT : (int)row->part == part;
            if (here && !row->struck) people[count++] = person_of(b, row);
        }
    b->facts->people = people;
    b->facts->people_count = count;
}

static void count_groups(struct facts_builder *b, const struct attend_tally *tally)
{
    struct doc_group *groups = arena_array(b->arena, struct doc_group, PART_COUNT);
    for (int i = 0; i < PART_COUNT; i++) {
        groups[i] = b->facts->dialogue.groups[i];
        groups[i].invited = tally->part_invited[i];
        groups[i].present = tally->present > 0 ? tally->part_present[i] : -1;
    }
    b->facts->dialogue.groups = groups;
}

static void count_present(struct facts_builder *b, const struct invitee_list *list,
                          const struct attend_tally *tally)
{
    struct doc_attendance *a = &b->facts->dialogue.attendance;
    const char **khoms = arena_array(b->arena, const char *, ARRAY_LEN(tally->khom_present));
    const char **absent = arena_array(b->arena, const char *, (size_t)list->count + 1);
    *a = (struct doc_attendance){.invited = tally->invited,
                                 .present = tally->present,
                                 .walk_ins = tally->walk_ins,
                                 .residents = tally->side_present[ATTEND_PEOPLE],
                                 .businesses = tally->side_present[ATTEND_BUSINESS]};
    for (int k = 1; k < (int)ARRAY_LEN(tally->khom_present); k++)
        if (tally->khom_present[k] > 0 && document_khom(b, k) != NULL)
            khoms[a->by_khom.count++] =
                arena_printf(b->arena, "%s: %d người", document_khom(b, k), tally->khom_present[k]);
    for (int i = 0; tally->present > 0 && i < list->count; i++) {
        const struct invitee *row = &list->rows[i];
        if (!attend_missing(row)) continue;
        absent[a->absent.count++] =
            *row->absence == 0 ? row->name
                               : arena_printf(b->arena, "%s (%s)", row->name, row->absence);
    }
    a->by_khom.items = khoms;
    a->absent.items = absent;
}

/// The address that a scanner at the door reads: it ends with the number of the invitation.
static const char *code_of(const struct facts_builder *b, int64_t number)
{
    const char *link = b->facts->dialogue.link;
    if (link == NULL) return arena_printf(b->arena, "GM-%lld", (long long)number);
    return arena_printf(b->arena, "%s?gm=%lld", link, (long long)number);
}

/// A number is an invitation of the list, anything else an account.
static enum status selected(struct facts_builder *b, const struct invitee_list *list)
{
    const char *wanted = b->request->person;
    int64_t number = wanted == NULL ? 0 : attend_number(wanted);
    if (wanted == NULL) return STATUS_OK;
    struct doc_person *person = arena_new(b->arena, struct doc_person);
    b->facts->person = person;
    if (number == 0) {
        *person = document_person(b, wanted);
        person->code = b->facts->dialogue.link;
        return STATUS_OK;
    }
    for (int i = 0; i < list->count; i++) {
        if (list->rows[i].id != number || list->rows[i].struck || list->rows[i].walk_in) continue;
        *person = person_of(b, &list->rows[i]);
        person->honorific = NULL;
        person->code = code_of(b, number);
        return STATUS_OK;
    }
    return STATUS_NOT_FOUND;
}

static struct doc_texts lines_of(struct arena *arena, const char *text)
{
    int count = 1;
    for (const char *p = text; *p != 0; p++)
        count += *p == '\n';
    const char **items = arena_array(arena, const char *, (size_t)count);
    for (count = 0; *text != 0;) {
        size_t len = strcspn(text, "\n");
        if (len > 0) items[count++] = arena_strndup(arena, text, len);
        text += len + (text[len] == '\n');
    }
    return (struct doc_texts){items, count};
}

static enum status texts(struct facts_builder *b)
{
    struct dialogue_texts t;
    enum status status =
        store_dialogue_texts(b->sql, b->request->unit, b->dialogue.id, b->arena, &t);
    if (status != STATUS_OK) return status;
    b->facts->overview = (struct doc_overview){.economy = none_if_empty(t.at[PAPER_ECONOMY].text),
                                               .military = none_if_empty(t.at[PAPER_MILITARY].text),
                                               .security = none_if_empty(t.at[PAPER_SECURITY].text),
                                               .other = none_if_empty(t.at[PAPER_OTHER].text)};
    b->facts->dialogue.assessment = none_if_empty(t.at[PAPER_ASSESSMENT].text);
    b->facts->dialogue.proposals = lines_of(b->arena, t.at[PAPER_PROPOSALS].text);
    return STATUS_OK;
}

enum status document_people(struct facts_builder *b)
{
    struct invitee_list list;
    struct attend_tally tally;
    enum status status = store_invitees(b->sql, b->request->unit, b->dialogue.id, b->arena, &list);
    if (status != STATUS_OK) return status;
    attend_count(&list, &tally);
    if (tally.invited + tally.walk_ins == 0) {
        accounts(b);
    } else {
        invited(b, &list);
        count_groups(b, &tally);
        count_present(b, &list, &tally);
    }
    status = selected(b, &list);
    return status == STATUS_OK ? texts(b) : status;
}
