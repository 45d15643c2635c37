// SPDX-License-Identifier: AGPL-3.0-or-later
// Lists by keyset, words folded as the index folds them. Shows to each visitor what they may see.
#include "web/public/browse.h"

#include <string.h>

#include "base/text.h"
#include "store/dialogue.h"
#include "web/public/browse.html.h"
#include "web/public/handlers.h"
#include "web/public/home.h"
#include "web/read.h"

enum { PER_PAGE = 20 };

static struct field_view filter_field(struct http_exchange *x, const char *name, const char *label,
                                      struct choice_list list)
{
    const char *value = http_query(x, name);
    return (struct field_view){.name = name,
                               .label = label,
                               .value = value != NULL ? value : "",
                               .choices = list.rows,
                               .choice_count = list.count};
}

static void fill_filters(struct http_exchange *x, struct browse_view *view)
{
    struct visit *v = visit_of(x);
    struct arena *arena = http_arena(x);
    enum lang lang = visit_lang(v);
    struct choice_list none = {0};
    struct choice_list states = choices_of(arena, lang, &opinion_states, tr(lang, "Tất cả"));
    view->q = filter_field(x, "q", tr(lang, "Tìm trong ý kiến"), none);
    view->q.type = "search";
    view->field = filter_field(x, "linh-vuc", tr(lang, "Lĩnh vực"),
                               choices_of(arena, lang, &fields, tr(lang, "Tất cả")));
    view->khom = filter_field(x, "khom", tr(lang, "Nơi ở"),
                              choices_of_khoms(arena, v->facts, tr(lang, "Tất cả")));
    view->state = filter_field(x, "tinh-trang", tr(lang, "Tình trạng"), states);
}

static bool is_given(const char *text)
{
    return text != NULL && *text != 0;
}

/// A filter that cannot be read is passed over, with a word about it.
static const char *read_filter(struct http_exchange *x, enum lang lang, struct opinion_filter *f)
{
    const char *q = http_query(x, "q"), *field = http_query(x, "linh-vuc"),
               *khom = http_query(x, "khom"), *state = http_query(x, "tinh-trang"),
               *after = http_query(x, "sau"), *error = NULL;
    if (is_given(field)) f->field = value_parse(&fields, field);
    if (is_given(khom)) f->khom = input_khom(khom);
    if (is_given(state)) f->state = value_parse(&opinion_states, state);
    bool unknown = (is_given(field) && f->field < 0) || (is_given(khom) && f->khom < 0) ||
                   (is_given(state) && f->state < 0);
    if (unknown) error = tr(lang, "Có mục lọc không đúng nên được bỏ qua.");
    if (is_given(after) && !opinion_number_parse(after, &f->after)) f->after = 0;
    if (!is_given(q)) return error;
    const char *text = NULL;
    struct refusal fault = ALLOWED;
    struct refusal bad = input_text(http_arena(x), q, strlen(q),
                                    (struct input_want){"q", false, 200}, &fault, &text);
    if (bad.code != REFUSAL_NONE || fault.code != REFUSAL_NONE || text == NULL)
        return tr(lang, "Từ tìm kiếm không đọc được; xin gõ lại ngắn hơn.");
    f->words = input_words(http_arena(x), text);
    return error;
}

static void put_part(struct buf *out, const char *name, const char *value)
{
    if (!is_given(value)) return;
    buf_putc(out, strchr(buf_text(out), '?') == NULL ? '?' : '&');
    buf_printf(out, "%s=", name);
    struct tpl t = {.out = out};
    tpl_put_url_part(&t, value);
}

static const char *page_path(struct http_exchange *x, const char *base, const char *after)
{
    static const char *const kept[] = {"q", "linh-vuc", "khom", "tinh-trang"};
    BUF out = {0};
    buf_puts(&out, base);
    for (size_t i = 0; i < ARRAY_LEN(kept); i++)
        put_part(&out, kept[i], http_query(x, kept[i]));
    put_part(&out, "sau", after);
    return arena_strdup(http_arena(x), buf_text(&out));
}

static void fill_rows(struct http_exchange *x, struct dialogue *d, const struct opinion_page *page,
                      int64_t after, struct browse_view *view)
{
    struct visit *v = visit_of(x);
    struct opinion_view *rows =
        arena_array(http_arena(x), struct opinion_view, (size_t)page->count + 1);
    for (int i = 0; i < page->count; i++) {
        struct opinion_case c = visit_case(v, http_arena(x), d, &page->rows[i]);
        rows[i] = opinion_view_of(&c, v->facts, visit_lang(v));
    }
    view->rows = rows;
    view->count = (size_t)page->count;
    if (after != 0) view->first = page_path(x, view->path, NULL);
    if (page->more) view->next = page_path(x, view->path, rows[page->count - 1].number);
}

enum http_next get_public_opinions(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    int64_t id;
    STORE_READ ro = NULL;
    enum http_next next;
    struct dialogue d;
    struct opinion_page found = {0};
    struct visit *v = visit_of(x);
    struct arena *arena = http_arena(x);
    if (!read_id(http_param(x, "id"), &id)) return http_error(x, 404);
    if (!visit_read(x, &ro, &next)) return next;
    enum status status = store_dialogue_load(store_ro_sql(ro), v->unit, id, arena, &d);
    if (status == STATUS_OK && !dialogue_visible(&d, &v->actor)) status = STATUS_NOT_FOUND;
    if (status != STATUS_OK) return page_failed(x, status);
    const char *path = arena_printf(arena, "/doi-thoai/%lld", (long long)id);
    struct browse_view view = {.dialogue_path = path,
                               .dialogue_title = d.title,
                               .path = arena_printf(arena, "%s/y-kien", path)};
    struct opinion_filter filter = {.dialogue = id, .state = -1, .field = -1, .khom = -1};
    view.error = read_filter(x, visit_lang(v), &filter);
    view.filtered =
        filter.words != NULL || filter.state >= 0 || filter.field >= 0 || filter.khom >= 0;
    int64_t after = filter.after;
    fill_filters(x, &view);
    status = read_opinion_page(x, store_ro_sql(ro), &d, &filter, PER_PAGE, &found);
    if (status != STATUS_OK) return page_failed(x, status);
    fill_rows(x, &d, &found, after, &view);
    struct tpl t;
    struct page page;
    page_begin(x, &t, &page, tr(visit_lang(v), "Các ý kiến của hội nghị"));
    page.index = true;
    tpl_public_browse(&t, &page, &view);
    return HTTP_DONE;
}

enum http_next get_public_opinion(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    int64_t id;
    STORE_READ ro = NULL;
    enum http_next next;
    struct opinion o;
    struct dialogue d;
    struct opinion_case c;
    struct entry_list entries = {0};
    struct visit *v = visit_of(x);
    struct arena *arena = http_arena(x);
    if (!opinion_number_parse(http_param(x, "number"), &id)) return http_error(x, 404);
    if (!visit_read(x, &ro, &next)) return next;
    enum status status = read_opinion_case(x, store_ro_sql(ro), id, &d, &o, &c);
    bool sealed = status == STATUS_OK && o.visibility == VISIBILITY_SEALED;
    if (sealed && v->actor.kind == ACTOR_ACCOUNT) // a custodian: the read is logged there first
        return http_redirect(
            x, 303, arena_printf(arena, "/lam-viec/niem-phong/%s", http_param(x, "number")));
    const char *subject = arena_printf(arena, "opinion %s", http_param(x, "number"));
    if (status == STATUS_OK && !sealed)
        status = store_register_of(store_ro_sql(ro), v->unit, CHAIN_MAIN, subject, arena, &entries);
    if (status != STATUS_OK) return page_failed(x, status);
    struct opinion_page_view view = {0};
    enum lang lang = visit_lang(v);
    thread_fill(&c, v->facts, lang, &view);
    view.author = false; // the author's own page is /tra-cuu
    thread_history(arena, lang, &entries, &view);
    struct tpl t;
    struct page page;
    page_begin(x, &t, &page, arena_printf(arena, "%s %s", tr(lang, "Ý kiến số"), view.o.number));
    page.index = opinion_is_public(&o);
    page.events = opinion_is_public(&o) ? public_events_path(arena, v, o.dialogue) : NULL;
    tpl_public_opinion(&t, &page, &view);
    return HTTP_DONE;
}
