// SPDX-License-Identifier: AGPL-3.0-or-later
// What is to be covered, as people say it: the words themselves, one passage a line. They become
// the places that the rule takes; nobody counts letters. Decides nothing.
#include "web/desks/act.h"

#include <string.h>

#include "base/text.h"
#include "store/opinion.h"
#include "web/form_input.h"
#include "web/input.h"

enum { WORDS_MAX = 20000 };

/// Marks every place of these words, from the letter `words` of `len` bytes; false when there is
/// none.
static bool mark(const char *content, const char *words, size_t len, bool *covered)
{
    bool found = false;
    for (const char *p = content; *p != 0; p++) {
        if (strncmp(p, words, len) != 0) continue;
        memset(covered + (p - content), true, len);
        found = true;
    }
    return found;
}

/// All lines of the text; false when one of them is nowhere, or when there is none.
static bool mark_all(const char *content, const char *text, bool *covered)
{
    bool any = false;
    for (const char *line = text; *line != 0;) {
        size_t len = strcspn(line, "\n");
        const char *from = line + strspn(line, " "), *to = line + len;
        while (to > from && to[-1] == ' ')
            to--;
        if (to > from && !mark(content, from, (size_t)(to - from), covered)) return false;
        any = any || to > from;
        line += len + (line[len] == '\n');
    }
    return any;
}

/// The covered bytes as places counted in letters.
static struct param_value places(struct arena *arena, const char *content, const bool *covered)
{
    size_t bytes = strlen(content);
    struct span *spans = arena_array(arena, struct span, bytes + 1);
    struct param_value value = {.given = true, .spans = spans};
    int64_t letter = 0;
    for (size_t i = 0; i <= bytes; i++) {
        bool now = i < bytes && covered[i], before = i > 0 && covered[i - 1];
        if (now && !before) spans[value.count++].from = letter;
        if (before && !now) spans[value.count - 1].to = letter;
        if (((unsigned char)content[i] & 0xc0) != 0x80) letter++;
    }
    return value;
}

static enum status read_content(struct http_exchange *x, struct sql *sql, int64_t id,
                                const char **ret_content)
{
    struct opinion o;
    enum status status = store_opinion_load(sql, visit_of(x)->unit, id, http_arena(x), &o);
    if (status == STATUS_OK) *ret_content = o.content;
    return status;
}

void redact_words(struct http_exchange *x, struct act *act)
{
    const char *typed = form_typed(x, "spans"), *text = NULL, *content = NULL;
    struct refusal fault = ALLOWED;
    enum http_next next;
    STORE_READ ro = NULL;
    if (*typed == 0 || !visit_read(x, &ro, &next)) return;
    struct refusal bad = input_text(&act->input, typed, strlen(typed),
                                    (struct input_want){"spans", true, WORDS_MAX}, &fault, &text);
    if (bad.code != REFUSAL_NONE || text == NULL) return;
    if (read_content(x, store_ro_sql(ro), act->target, &content) != STATUS_OK) return;
    bool *covered = arena_array(&act->input, bool, strlen(content) + 1);
    bool ours = act->form_refusal.field != NULL && strcmp(act->form_refusal.field, "spans") == 0;
    if (mark_all(content, text, covered)) {
        struct param_value found = places(&act->input, content, covered);
        bool many = found.count > param_rows[PARAM_SPANS].max; // none is left out in silence
        act->params.at[PARAM_SPANS] = found;
        if (many) act->form_refusal = REFUSE_FIELD(REFUSAL_TOO_LONG, "spans");
        if (ours && !many) act->form_refusal = ALLOWED;
    } else if (ours)
        act->form_refusal.detail =
            N_("Không thấy đoạn này trong ý kiến. Hãy chép đúng từng chữ, mỗi dòng một đoạn.");
}
