// SPDX-License-Identifier: AGPL-3.0-or-later
// The minutes as the secretary kept them: plain lines that get the dress which the draft gives to
// lines of their kind, so that mending one word does not undress the whole.
#include "documents/types/types.h"

#include <string.h>

#include "documents/flow.h"

static const char BAR[] = " | ";

static bool starts(const char *line, const char *with)
{
    return strncmp(line, with, strlen(with)) == 0;
}

/// "II. DIỄN BIẾN": a part's heading.
static bool is_part(const char *line)
{
    size_t digits = strspn(line, "IVX");
    return digits > 0 && line[digits] == '.' && line[digits + 1] == ' ';
}

/// "2. Ý kiến và trả lời"; with a colon it is a line of its own.
static bool is_clause(const char *line)
{
    size_t digits = strspn(line, "0123456789");
    return digits > 0 && digits < 3 && starts(line + digits, ". ") && strchr(line, ':') == NULL;
}

/// "Ý kiến 7 (2024-0007). Ông/bà ..."
static bool is_opinion(const char *line)
{
    static const char prefix[] = "Ý kiến ";
    if (!starts(line, prefix)) return false;
    const char *rest = line + sizeof(prefix) - 1;
    size_t digits = strspn(rest, "0123456789");
    return digits > 0 && starts(rest + digits, " (") && strstr(rest, "). ") != NULL;
}

static bool ends(const char *text, size_t len, const char *with)
{
    size_t tail = strlen(with);
    return len >= tail && strncmp(text + len - tail, with, tail) == 0;
}

/// How long the label is, colon and all; 0: the line has none. Only labels that the draft writes:
/// a colon in what somebody said makes none.
static size_t label_of(const char *line)
{
    static const char *const labels[] = {"Đồng chủ trì", "Gồm",      "Nội dung",
                                         "Phân công",    "Kết luận", "Kiến nghị cấp có thẩm quyền",
                                         "Phân loại",    "Ý kiến",   "Chủ trì hỏi lại"};
    static const char *const tails[] = {" trả lời", " tiếp thu", " bổ sung", " trao đổi"};
    enum { LONGEST = 300 };
    const char *colon = strchr(line, ':');
    if (colon == NULL || colon - line > LONGEST) return 0;
    size_t len = (size_t)(colon - line), digits = strspn(line, "0123456789");
    bool known = digits > 0 && (starts(line + digits, ". ") || starts(line + digits, " giờ"));
    for (size_t i = 0; i < ARRAY_LEN(labels); i++)
        known = known || (strlen(labels[i]) == len && starts(line, labels[i]));
    for (size_t i = 0; i < ARRAY_LEN(tails); i++)
        known = known || ends(line, len, tails[i]);
    return known ? len + 1 : 0;
}

static int bars(const char *line)
{
    int count = 0;
    for (const char *p = line; (p = strstr(p, BAR)) != NULL; p += strlen(BAR))
        count++;
    return count;
}

static struct doc_table *begin_table(struct doc *doc, int count)
{
    struct doc_column *columns = arena_array(doc->arena, struct doc_column, (size_t)count);
    for (int i = 0; i < count; i++)
        columns[i] = i == 0 ? (struct doc_column){100, STYLE_CELL}
                            : (struct doc_column){30, STYLE_CELL_CENTRE};
    return doc_table(doc, columns, count);
}

static void put_row(struct doc *doc, struct doc_table *table, const char *line, bool heading)
{
    const char *cells[FLOW_COLUMNS] = {""};
    int count = bars(line) + 1;
    for (int i = 0; i < count; i++) {
        const char *end = strstr(line, BAR);
        cells[i] = i + 1 == count ? line : arena_strndup(doc->arena, line, (size_t)(end - line));
        if (end != NULL) line = end + strlen(BAR);
    }
    if (heading) return table_heading(doc, table, cells);
    bool sum = strcmp(cells[0], "Cộng") == 0;
    table_row(doc, table);
    for (int i = 0; i < count; i++) {
        if (sum)
            para_bold(doc, table_cell(doc, table, i, NULL), cells[i]);
        else
            table_cell(doc, table, i, cells[i]);
    }
}

static void put_line(struct doc *doc, const char *line)
{
    size_t label = label_of(line);
    if (is_part(line))
        doc_para(doc, STYLE_PART, line);
    else if (is_clause(line))
        doc_para(doc, STYLE_CLAUSE, line);
    else if (is_opinion(line))
        doc_para(doc, STYLE_SUBCLAUSE, line);
    else if (label > 0)
        doc_labelled(doc, STYLE_BODY, arena_strndup(doc->arena, line, label),
                     line + label + strspn(line + label, " "));
    else
        doc_para(doc, STYLE_BODY, line);
}

void minutes_text(struct doc *doc, const char *text)
{
    struct doc_table *table = NULL;
    int columns = 0;
    for (const char *p = text; *p != 0;) {
        size_t len = strcspn(p, "\n");
        const char *line = arena_strndup(doc->arena, p, len);
        p += len + (p[len] == '\n');
        if (len == 0) continue;
        int cells = bars(line) + 1;
        bool row = cells > 1 && cells <= FLOW_COLUMNS;
        bool heading = row && (table == NULL || cells != columns);
        if (heading) table = begin_table(doc, columns = cells);
        if (!row) table = NULL;
        if (row)
            put_row(doc, table, line, heading);
        else
            put_line(doc, line);
    }
}
