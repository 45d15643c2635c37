// SPDX-License-Identifier: AGPL-3.0-or-later
// Which fields a form may send: those it has, each once, as in the API (contract.md: unknown_field,
// duplicate_key).
#include "web/form_names.h"

#include <string.h>

#include "base/text.h"
#include "base/tr.h"
#include "web/page_common.h"

/// Every form may carry these; the second half those of an action.
static const char plain_names[] = "csrf key back";
static const char action_names[] =
    "csrf key back on_behalf if_version proof_kind proof_text proof_attachment";

enum place { PLACE_NONE, PLACE_ONCE, PLACE_AGAIN };

/// "title fields*": words by blanks, a star after those that may come more than once.
static enum place place_in(const char *names, const char *name)
{
    size_t len = strlen(name);
    for (const char *at = names; at != NULL && *at != 0 && len > 0;) {
        size_t word = strcspn(at, " ");
        bool again = word > 0 && at[word - 1] == '*';
        if (word - again == len && strncmp(at, name, len) == 0)
            return again ? PLACE_AGAIN : PLACE_ONCE;
        at += word + strspn(at + word, " ");
    }
    return PLACE_NONE;
}

static enum place place_of_param(enum param_id id, const char *name)
{
    const struct param_row *row = &param_rows[id];
    if (row->type == PARAM_TYPE_PARTS) return place_in("part_text* part_field*", name);
    if (strcmp(row->name, name) != 0) return PLACE_NONE;
    return row->type == PARAM_TYPE_LINES ? PLACE_AGAIN : PLACE_ONCE;
}

static enum place place_of(const struct form_names *names, const char *name)
{
    enum place place = place_in(names->of_action ? action_names : plain_names, name);
    if (place == PLACE_NONE) place = place_in(names->others, name);
    for (int i = 0; place == PLACE_NONE && i < names->count; i++)
        place = place_of_param(names->uses[i].id, name);
    return place;
}

/// Such a field stands nowhere in the page: the sentence itself names it.
static struct refusal refuse_field(struct http_exchange *x, enum refusal_code code,
                                   const char *name)
{
    enum lang lang = visit_lang(visit_of(x));
    struct arena *arena = http_arena(x);
    if (!text_is_utf8(name, strlen(name))) return REFUSE(REFUSAL_BAD_ENCODING);
    if (code == REFUSAL_DUPLICATE_KEY)
        return REFUSE_WHY(
            code, name,
            arena_printf(arena,
                         tr(lang, "Mục “%s” được gửi hai lần. Hãy tải lại trang rồi gửi lại."),
                         name));
    return REFUSE_WHY(
        code, name,
        arena_printf(arena, tr(lang, "Mẫu này không có mục “%s”. Hãy tải lại trang rồi gửi lại."),
                     name));
}

struct refusal form_names_fault(struct http_exchange *x, const struct form_names *names)
{
    const struct form *form = NULL;
    if (http_form(x, &form) != FORM_OK) return ALLOWED; // no form, no field
    for (const struct form_field *f = form->first; f != NULL; f = f->next) {
        enum place place = place_of(names, f->name);
        if (place == PLACE_NONE) return refuse_field(x, REFUSAL_UNKNOWN_FIELD, f->name);
        if (place == PLACE_ONCE && form_again(f) != NULL)
            return refuse_field(x, REFUSAL_DUPLICATE_KEY, f->name);
    }
    return ALLOWED;
}
