// SPDX-License-Identifier: AGPL-3.0-or-later
// What the hall's clock knows, for the minutes (R62-R63): who spoke how long, per person, khóm and
// side; who was not called any more; what was noted. Whole seconds are cut from the running sum, so
// that the lines of a table add up to its total.
#include "actions/document_facts.h"

#include <string.h>

#include "store/hall.h"

struct talk_sum {
    const struct hall_turn *turn; // the first one of the person; NULL: of no turn
    const char *label;            // of a group
    enum floor_side side;
    int64_t ms;
    int times;
    int64_t last_turn;
};

struct talk_sums {
    struct talk_sum *rows;
    int count;
};

/// Milliseconds told as seconds: what is cut from one line goes to the next.
struct running {
    int64_t ms, told_s;
};

static int next_seconds(struct running *r, int64_t ms)
{
    r->ms += ms;
    int64_t s = r->ms / 1000 - r->told_s;
    r->told_s += s;
    return (int)s;
}

// ---- names

/// As on the hall's screen: what the person wanted to be called, never more.
static const char *speaker_name(const struct facts_builder *b, const struct hall_turn *t)
{
    if (t == NULL) return "Chủ trì";
    if (*t->username != 0) return document_person(b, t->username).name;
    if (t->side == SIDE_AUTHORITY) return *t->name != 0 ? t->name : "Chủ trì";
    const char *name = hall_turn_name(t);
    return *name == 0 || t->author_type == AUTHOR_ANONYMOUS ? "Người dự hội nghị" : name;
}

static const char *group_name(const struct facts_builder *b, const struct hall_turn *t)
{
    if (t == NULL || t->side == SIDE_AUTHORITY) return "Chính quyền, cơ quan";
    if (t->author_type == AUTHOR_BUSINESS) return "Doanh nghiệp";
    const char *khom = document_khom(b, t->khom);
    return khom != NULL ? khom : "Chưa rõ khóm";
}

static bool same_person(const struct hall_turn *a, const struct hall_turn *b)
{
    if (a == NULL || b == NULL) return a == b;
    if (a->turn == b->turn) return true;
    if (a->side != b->side) return false;
    if (*a->username != 0 || *b->username != 0) return strcmp(a->username, b->username) == 0;
    if (a->ticket != 0 || b->ticket != 0) return a->ticket == b->ticket;
    return *a->name != 0 && strcmp(a->name, b->name) == 0 && a->khom == b->khom;
}

// ---- sums

static void add(struct talk_sum *row, const struct hall_interval *i, int64_t ms)
{
    row->ms += ms;
    if (row->times == 0 || row->last_turn != i->turn) row->times++;
    row->last_turn = i->turn;
}

static void add_person(struct talk_sums *s, const struct hall_turn *turn,
                       const struct hall_interval *i, int64_t ms)
{
    int k = 0;
    while (k < s->count && !(s->rows[k].side == i->side && same_person(s->rows[k].turn, turn)))
        k++;
    if (k == s->count) s->rows[s->count++] = (struct talk_sum){.turn = turn, .side = i->side};
    add(&s->rows[k], i, ms);
}

static void add_group(struct talk_sums *s, const char *label, const struct hall_interval *i,
                      int64_t ms)
{
    int k = 0;
    while (k < s->count && !(s->rows[k].side == i->side && strcmp(s->rows[k].label, label) == 0))
        k++;
    if (k == s->count) s->rows[s->count++] = (struct talk_sum){.label = label, .side = i->side};
    add(&s->rows[k], i, ms);
}

static const struct doc_talk *talks(const struct facts_builder *b, const struct talk_sums *s)
{
    struct doc_talk *rows = arena_array(b->arena, struct doc_talk, (size_t)s->count + 1);
    struct running told = {0};
    int n = 0;
    for (enum floor_side side = SIDE_PEOPLE; side <= SIDE_AUTHORITY; side++) // people first
        for (int i = 0; i < s->count; i++) {
            const struct talk_sum *row = &s->rows[i];
            if (row->side != side) continue;
            rows[n++] = (struct doc_talk){
                .name = row->label != NULL ? row->label : speaker_name(b, row->turn),
                .group = row->label != NULL ? NULL : group_name(b, row->turn),
                .authority = side == SIDE_AUTHORITY,
                .seconds = next_seconds(&told, row->ms),
                .times = row->times};
        }
    return rows;
}

static void fill_talk(struct facts_builder *b, const struct hall *hall)
{
    struct doc_speaking *out = &b->facts->dialogue.speaking;
    size_t room = (size_t)hall->interval_count + 1;
    struct talk_sums people = {arena_array(b->arena, struct talk_sum, room), 0};
    struct talk_sums groups = {arena_array(b->arena, struct talk_sum, room), 0};
    struct hall_share share = hall_share(hall, b->request->now_ms);
    for (int i = 0; i < hall->interval_count; i++) {
        const struct hall_interval *interval = &hall->intervals[i];
        if (interval->side == SIDE_NONE) continue;
        const struct hall_turn *turn = hall_turn_find(hall, interval->turn);
        int64_t ms = hall_interval_ms(interval, b->request->now_ms);
        add_person(&people, turn, interval, ms);
        add_group(&groups, group_name(b, turn), interval, ms);
    }
    struct running told = {0};
    out->people_s = next_seconds(&told, share.ms[SIDE_PEOPLE]);
    out->authority_s = next_seconds(&told, share.ms[SIDE_AUTHORITY]);
    out->silent_s = next_seconds(&told, share.ms[SIDE_NONE]);
    out->talks = talks(b, &people);
    out->talks_count = people.count;
    out->groups = talks(b, &groups);
    out->groups_count = groups.count;
    for (int i = 0; i < people.count; i++)
        out->speakers += people.rows[i].times;
}

// ---- hands and notes

static void fill_left(struct facts_builder *b, const struct hall *hall)
{
    struct doc_speaking *out = &b->facts->dialogue.speaking;
    const char **names = arena_array(b->arena, const char *, (size_t)hall->turn_count + 1);
    for (int i = 0; i < hall->turn_count; i++) {
        const struct hall_turn *t = &hall->turns[i];
        if (t->state == TURN_LEFT)
            names[out->left.count++] =
                arena_printf(b->arena, "%s (%s)", speaker_name(b, t), group_name(b, t));
    }
    out->left.items = names;
}

/// What became an opinion, an answer or a task stands there; here is the rest.
static enum status fill_notes(struct facts_builder *b, const struct hall *hall)
{
    struct doc_speaking *out = &b->facts->dialogue.speaking;
    struct hall_notes notes;
    enum status status = store_notes(b->sql, b->request->unit, b->dialogue.id, b->arena, &notes);
    if (status != STATUS_OK) return status;
    struct doc_note *rows = arena_array(b->arena, struct doc_note, (size_t)notes.count + 1);
    for (int i = 0; i < notes.count; i++) {
        const struct hall_note *n = &notes.rows[i];
        if (n->entry == 0 || n->struck || n->became != NOTE_ONLY) continue;
        const struct hall_turn *turn = hall_turn_find(hall, n->turn);
        rows[out->notes_count++] = (struct doc_note){
            .at_ms = n->at_ms,
            .text = n->text,
            .during = turn != NULL ? speaker_name(b, turn) : NULL,
            .entry = n->entry,
        };
    }
    out->notes = rows;
    return STATUS_OK;
}

enum status document_hall(struct facts_builder *b)
{
    struct hall hall;
    enum status status = store_hall_load(b->sql, b->request->unit, b->dialogue.id, b->arena, &hall);
    if (status != STATUS_OK || hall.version == 0) return status;
    fill_talk(b, &hall);
    fill_left(b, &hall);
    return fill_notes(b, &hall);
}
