// SPDX-License-Identifier: AGPL-3.0-or-later
// Beside each line of the draft: the entry of the register it comes from, or what else, and whether
// the text that is kept says it differently. Reads only; the draft itself is the document's.
#include "web/desks/minutes.h"

#include <string.h>

#include "documents/document.h"
#include "documents/model.h"
#include "web/desks/line_diff.h"
#include "web/office/chain.h"

/// Which acts a line about an opinion may come from: the last of them up to the close.
static const char *const acts[][8] = {
    [SOURCE_TEXT] = {"submit", "amend", "correct", "split", "redact"},
    [SOURCE_FIELD] = {"submit", "classify", "relay", "set_off_topic"},
    [SOURCE_CONCLUSION] = {"conclude", "lapse"},
};

struct sources {
    struct desk *d;
    struct sql *sql;
    const char *subject; // whose entries are at hand
    struct entry_list list;
    struct minutes_view *v;
    struct lines draft;
    size_t at; // in the draft
    enum status status;
};

static bool is_one_of(const char *const list[8], const char *action)
{
    for (int i = 0; i < 8 && list[i] != NULL; i++)
        if (strcmp(list[i], action) == 0) return true;
    return false;
}

static bool fits(const struct entry *e, enum doc_source_kind kind)
{
    switch (kind) {
    case SOURCE_TEXT:
    case SOURCE_FIELD:
    case SOURCE_CONCLUSION:
        return is_one_of(acts[kind], e->action);
    case SOURCE_STATE:
        return e->from_state != e->to_state;
    case SOURCE_OPENING:
        return strcmp(e->action, "open") == 0;
    case SOURCE_CLOSING:
        return strcmp(e->action, "close") == 0;
    case SOURCE_NONE:
    case SOURCE_ENTRY:
    case SOURCE_PLAN:
    case SOURCE_DOOR:
    case SOURCE_CLOCK:
    case SOURCE_SUM:
        break;
    }
    return false;
}

/// Entries of one subject; the lines about an opinion follow each other, so it is read once.
static void look_at(struct sources *s, const char *subject)
{
    if (s->subject != NULL && strcmp(s->subject, subject) == 0) return;
    s->subject = subject;
    if (s->status == STATUS_OK)
        s->status = store_register_of(s->sql, s->d->visit->unit, CHAIN_MAIN, subject, s->d->arena,
                                      &s->list);
}

static const struct entry *last_of(struct sources *s, const struct doc_source *from)
{
    const struct dialogue *x = &s->d->dialogue;
    const struct entry *found = NULL;
    bool opinion = from->opinion != NULL;
    look_at(s, opinion ? arena_printf(s->d->arena, "opinion %s", from->opinion)
                       : arena_printf(s->d->arena, "dialogue %lld", (long long)x->id));
    for (int i = 0; s->status == STATUS_OK && i < s->list.count; i++) {
        const struct entry *e = &s->list.rows[i];
        bool late = opinion && x->closed_ms != 0 && e->at_ms > x->closed_ms;
        // What was handed in after the close is in the minutes too: its first entry then.
        if (fits(e, from->kind) && (found == NULL || !late)) found = e;
    }
    return found;
}

static const struct entry *numbered(struct sources *s, int64_t entry)
{
    struct entry_list one = {0};
    if (s->status == STATUS_OK)
        s->status = store_register_list(s->sql, s->d->visit->unit,
                                        (struct register_page){CHAIN_MAIN, entry - 1, 1},
                                        s->d->arena, &one);
    bool there = s->status == STATUS_OK && one.count == 1 && one.rows[0].entry == entry;
    return there ? &one.rows[0] : NULL;
}

/// Where it is no entry.
static const char *other_source(enum lang lang, enum doc_source_kind kind)
{
    switch (kind) {
    case SOURCE_PLAN:
        return tr(lang, "Thông tin, chương trình của hội nghị");
    case SOURCE_DOOR:
        return tr(lang, "Danh sách điểm danh");
    case SOURCE_CLOCK:
        return tr(lang, "Đồng hồ hội trường");
    case SOURCE_SUM:
        return tr(lang, "Cộng từ các dòng trên");
    case SOURCE_NONE:
        return NULL;
    case SOURCE_ENTRY:
    case SOURCE_TEXT:
    case SOURCE_FIELD:
    case SOURCE_STATE:
    case SOURCE_CONCLUSION:
    case SOURCE_OPENING:
    case SOURCE_CLOSING:
        break;
    }
    return tr(lang, "Chưa có mục nào trong sổ");
}

/// A line of the draft that the kept text does not have at its place. Lines of tables lie between.
static bool is_changed(struct sources *s, const char *text)
{
    while (s->at < s->draft.count && strcmp(s->draft.rows[s->at].text, text) != 0)
        s->at++;
    return s->v->version > 0 && s->at < s->draft.count && !s->draft.rows[s->at++].same;
}

static void add_line(struct sources *s, const struct doc_block *block)
{
    struct minutes_line *line = &s->v->lines[s->v->line_count++];
    const struct doc_source *from = &block->source;
    const struct entry *e =
        from->kind == SOURCE_ENTRY ? numbered(s, from->entry)
        : from->opinion != NULL || from->kind == SOURCE_OPENING || from->kind == SOURCE_CLOSING
            ? last_of(s, from)
            : NULL;
    line->text = para_plain(s->d->arena, block->para);
    line->heading = from->kind == SOURCE_NONE;
    line->changed = is_changed(s, line->text);
    s->v->changed_count += line->changed;
    if (e == NULL) {
        line->other = other_source(s->d->t.lang, from->kind);
        return;
    }
    line->row = arena_new(s->d->arena, struct chain_row);
    *line->row = chain_row_of(s->d, e);
}

static const struct doc_block *first_line(const struct doc *doc, struct arena *arena)
{
    const struct doc_block *block = doc->blocks;
    while (block != NULL &&
           (block->kind != BLOCK_PARA || strncmp(para_plain(arena, block->para), "I. ", 3) != 0))
        block = block->next;
    return block;
}

/// What the secretary wrote that the draft does not say.
static void compare(struct sources *s)
{
    struct minutes_view *v = s->v;
    s->draft = lines_of(s->d->arena, v->generated);
    if (v->version == 0) return;
    struct lines kept = lines_of(s->d->arena, v->text);
    lines_compare(s->d->arena, &s->draft, &kept);
    v->written = arena_array(s->d->arena, const char *, kept.count + 1);
    for (size_t i = 0; i < kept.count; i++)
        if (!kept.rows[i].same) v->written[v->written_count++] = kept.rows[i].text;
}

enum status minutes_sources(struct desk *d, struct sql *sql, const struct doc_facts *facts,
                            struct minutes_view *v)
{
    struct sources s = {.d = d, .sql = sql, .v = v, .status = STATUS_OK};
    const struct doc *doc = document_build(d->arena, DOC_MINUTES, facts);
    const struct doc_block *begin = first_line(doc, d->arena);
    size_t room = 0;
    for (const struct doc_block *b = begin; b != NULL; b = b->next)
        room++;
    compare(&s);
    v->lines = arena_array(d->arena, struct minutes_line, room + 1);
    for (const struct doc_block *b = begin; b != NULL && b->kind != BLOCK_SIGN; b = b->next)
        if (b->kind == BLOCK_PARA) add_line(&s, b);
    return s.status;
}
