// SPDX-License-Identifier: AGPL-3.0-or-later
// Counting opinions for reports. One pass over the same list that the register shows, so that
// totals agree (invariant 7). Sealed opinions are not in the list.
#include "documents/types/types.h"

#include <string.h>

static const char *name_by(const struct doc_facts *f, const struct doc_opinion *o, enum tally_by by)
{
    static const char *const authors[AUTHOR_IS_COUNT] = {"Cá nhân", "Doanh nghiệp, tổ chức",
                                                         "Không nêu tên"};
    (void)f;
    switch (by) {
    case TALLY_FIELD:
        return o->field;
    case TALLY_KHOM:
        return o->khom;
    case TALLY_CHANNEL:
        return o->channel;
    case TALLY_AUTHOR:
        return authors[o->author_type];
    case TALLY_HANDLING:
        return common_handlings[o->handling];
    case TALLY_OUTCOME:
        return o->outcome != NULL ? o->outcome : "chưa kết luận";
    }
    return NULL;
}

static struct tally_row *row_for(struct tally *tally, const char *name)
{
    for (int i = 0; i < tally->count; i++) {
        if (strcmp(tally->rows[i].name, name) == 0) return &tally->rows[i];
    }
    tally->rows[tally->count].name = name;
    return &tally->rows[tally->count++];
}

struct tally tally_of(struct doc *doc, const struct doc_facts *f, enum tally_by by)
{
    struct tally tally = {
        .rows = arena_array(doc->arena, struct tally_row, (size_t)f->opinions_count + 1)};
    for (int i = 0; i < f->opinions_count; i++) {
        const char *name = name_by(f, &f->opinions[i], by);
        const char *known = name == NULL || name[0] == '\0' ? "chưa xác định" : name;
        struct tally_row *row = row_for(&tally, words_sentence(doc->arena, known));
        row->count++;
        row->settled += f->opinions[i].result == RESULT_SETTLED;
        tally.total++;
    }
    return tally;
}

int tally_handled(const struct doc_facts *f, enum doc_handling handling)
{
    int count = 0;
    for (int i = 0; i < f->opinions_count; i++)
        count += f->opinions[i].handling == handling;
    return count;
}

static bool countable(const struct doc_opinion *o)
{
    return o->handling != HANDLED_DIVERTED && o->handling != HANDLED_WITHDRAWN;
}

int tally_result(const struct doc_facts *f, enum doc_result result)
{
    int count = 0;
    for (int i = 0; i < f->opinions_count; i++)
        count += countable(&f->opinions[i]) && f->opinions[i].result == result;
    return count;
}

int tally_countable(const struct doc_facts *f)
{
    int count = 0;
    for (int i = 0; i < f->opinions_count; i++)
        count += countable(&f->opinions[i]);
    return count;
}

void tally_table(struct doc *doc, const char *heading, const struct tally *tally)
{
    static const struct doc_column columns[] = {
        {100, STYLE_CELL}, {30, STYLE_CELL_CENTRE}, {30, STYLE_CELL_CENTRE}};
    const char *titles[] = {heading, "Số ý kiến", "Tỷ lệ"};
    struct doc_table *table = doc_table(doc, columns, ARRAY_LEN(columns));
    table_heading(doc, table, titles);
    for (int i = 0; i < tally->count; i++) {
        table_row(doc, table);
        table_cell(doc, table, 0, tally->rows[i].name);
        table_cell(doc, table, 1, words_count(doc->arena, tally->rows[i].count));
        table_cell(doc, table, 2, words_share(doc->arena, tally->rows[i].count, tally->total));
    }
    table_row(doc, table);
    para_bold(doc, table_cell(doc, table, 0, NULL), "Cộng");
    para_bold(doc, table_cell(doc, table, 1, NULL), words_count(doc->arena, tally->total));
    para_bold(doc, table_cell(doc, table, 2, NULL), tally->total > 0 ? "100%" : DOTS);
}
