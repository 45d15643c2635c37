// SPDX-License-Identifier: AGPL-3.0-or-later
// What the register says of overseers, entry by entry, and whether every report counts what is
// there.
#include "actions/verify_watch.h"

#include <string.h>

#include "actions/verify_invariants.h"
#include "base/arena.h"
#include "store/dialogue.h"
#include "store/opinion_list.h"

// ---- invariant 8

void overseers_begin(struct overseer_watch *watch, const struct people *people, struct arena *arena)
{
    *watch =
        (struct overseer_watch){people, arena_array(arena, int64_t, (size_t)people->count + 1)};
}

static int overseer_of(const struct overseer_watch *watch, const char *username)
{
    for (int i = 0; i < watch->people->count; i++) {
        const struct person *p = &watch->people->rows[i];
        if ((p->roles & WHO(ROLE_OVERSIGHT)) != 0 && strcmp(p->username, username) == 0) return i;
    }
    return -1;
}

void overseers_entry(struct overseer_watch *watch, const struct entry *entry)
{
    // What they did before they became overseers, in another role, was theirs to do.
    if (strncmp(entry->subject, "account ", 8) == 0 && strcmp(entry->action, "own_password") != 0) {
        int changed = overseer_of(watch, entry->subject + 8);
        if (changed >= 0) watch->offences[changed] = 0;
    }
    // As citizens they may hand in an opinion of their own.
    bool own = entry->role == ROLE_AUTHOR || strcmp(entry->action, "remark") == 0 ||
               strcmp(entry->action, "own_password") == 0;
    int actor = own || *entry->actor == 0 ? -1 : overseer_of(watch, entry->actor);
    if (actor >= 0 && watch->offences[actor] == 0) watch->offences[actor] = entry->entry;
}

void overseers_end(const struct overseer_watch *watch, struct verify_report *report)
{
    int64_t first = 0;
    for (int i = 0; i < watch->people->count; i++) {
        int64_t entry = watch->offences[i];
        if (entry != 0 && (first == 0 || entry < first)) first = entry;
    }
    if (first != 0)
        verify_broken(report, first, false,
                      "mục %lld: bất biến 8: tài khoản giám sát đã thay đổi dữ liệu",
                      (long long)first);
}

// ---- invariant 7

struct tally_row {
    int64_t dialogue, count;
    int64_t opinion; // the first that fell here, to name it; 0: the slot is free
    struct opinion_count group;
};

static bool same_group(const struct opinion_count *a, const struct opinion_count *b)
{
    return a->state == b->state && a->field == b->field && a->khom == b->khom &&
           a->channel == b->channel && a->author_type == b->author_type && a->scope == b->scope &&
           a->authority == b->authority && a->outcome == b->outcome &&
           a->visibility == b->visibility && a->relayed == b->relayed && a->overdue == b->overdue;
}

static struct tally_row *row_of(const struct tally *tally, int64_t dialogue,
                                const struct opinion_count *g)
{
    const int parts[] = {g->state,       g->field,   g->khom,      g->channel,
                         g->author_type, g->scope,   g->authority, g->outcome,
                         g->visibility,  g->relayed, g->overdue};
    uint64_t hash = (uint64_t)dialogue;
    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        hash = (hash ^ (uint64_t)(unsigned)parts[i]) * 1099511628211u;
    for (size_t i = (hash ^ hash >> 32) & (tally->room - 1);; i = (i + 1) & (tally->room - 1)) {
        struct tally_row *row = &tally->slots[i];
        bool here = row->dialogue == dialogue && same_group(&row->group, g);
        if (row->opinion == 0 || here) return row;
    }
}

static void make_room(struct tally *tally, struct arena *arena)
{
    struct tally old = *tally;
    if (tally->used * 2 < tally->room) return;
    tally->room = old.room == 0 ? 256 : old.room * 2;
    tally->slots = arena_array(arena, struct tally_row, tally->room);
    for (size_t i = 0; i < old.room; i++)
        if (old.slots[i].opinion != 0)
            *row_of(tally, old.slots[i].dialogue, &old.slots[i].group) = old.slots[i];
}

void tally_add(struct tally *tally, struct arena *arena, const struct opinion *o, int32_t today)
{
    make_room(tally, arena);
    const struct opinion_count group = {.state = (int)o->state,
                                        .field = (int)o->field,
                                        .khom = o->khom,
                                        .channel = (int)o->channel,
                                        .author_type = (int)o->author_type,
                                        .scope = (int)o->scope,
                                        .authority = (int)o->authority,
                                        .outcome = (int)o->outcome,
                                        .visibility = (int)o->visibility,
                                        .relayed = o->relayed,
                                        .overdue = opinion_is_overdue(o, today)};
    struct tally_row *row = row_of(tally, o->dialogue, &group);
    if (row->opinion == 0) {
        *row = (struct tally_row){.dialogue = o->dialogue, .opinion = o->id, .group = group};
        tally->used++;
    }
    row->count++;
}

/// What was counted right is taken out.
static enum status compare(const struct tally *tally, struct sql *sql, int64_t unit,
                           int64_t dialogue, int32_t today, struct verify_report *report)
{
    ARENA arena = {0};
    struct opinion_counts counts;
    enum status status = store_opinion_counts(sql, unit, dialogue, today, &arena, &counts);
    if (status != STATUS_OK) return status;
    for (int i = 0; i < counts.count; i++) {
        const struct opinion_count *said = &counts.rows[i];
        struct tally_row *row = tally->room == 0 ? NULL : row_of(tally, dialogue, said);
        int64_t counted = row == NULL || row->opinion == 0 ? 0 : row->count;
        if (counted != said->count)
            verify_broken(report, 0, false,
                          "bất biến 7: hội nghị %lld: báo cáo tính %lld ý kiến %s, sổ có %lld",
                          (long long)dialogue, (long long)said->count,
                          value_code(&opinion_states, said->state), (long long)counted);
        if (row != NULL && row->opinion != 0) row->count = 0;
    }
    return STATUS_OK;
}

static void name_the_rest(const struct tally *tally, struct verify_report *report)
{
    char number[OPINION_NUMBER_TEXT];
    for (size_t i = 0; i < tally->room; i++)
        if (tally->slots[i].count != 0)
            verify_broken(report, 0, false,
                          "bất biến 7: ý kiến %s có trong sổ mà không báo cáo nào tính đến",
                          opinion_number_format(tally->slots[i].opinion, number));
}

enum status tally_check(struct tally *tally, struct sql *sql, int64_t unit, int32_t today,
                        struct verify_report *report)
{
    int64_t after = 0;
    for (bool more = true; more && report->sound;) {
        enum { AT_ONCE = 100 };
        ARENA arena = {0};
        struct dialogue_list list;
        enum status status = store_dialogue_list(sql, unit, after, AT_ONCE, &arena, &list);
        for (int i = 0; status == STATUS_OK && i < list.count; i++) {
            after = list.rows[i].id;
            status = compare(tally, sql, unit, after, today, report);
        }
        if (status != STATUS_OK) return status;
        more = list.count == AT_ONCE;
    }
    name_the_rest(tally, report);
    return STATUS_OK;
}
