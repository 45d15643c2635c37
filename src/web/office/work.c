// SPDX-License-Identifier: AGPL-3.0-or-later
// The common ground of the desks around the hall.
#include "web/office/work.h"

#include <stdlib.h>
#include <string.h>

#include "store/opinion.h"
#include "web/form_input.h"

static const char *clock_text(struct desk *d, const struct opinion *o)
{
    bool owes = o->state == OPINION_OWED || o->state == OPINION_REFERRED;
    if (!owes || o->due_legal == DAY_NONE) return NULL;
    int elapsed = d->today - o->due_start, left = o->due_legal - d->today;
    if (left < 0)
        return arena_printf(d->arena, tr(d->t.lang, "Đã %d ngày; quá hạn %d ngày"), elapsed, -left);
    return arena_printf(d->arena, tr(d->t.lang, "Đã %d ngày; còn %d ngày"), elapsed, left);
}

struct work_row *work_add(struct desk *d, struct work_list *list, const struct opinion_case *c)
{
    if (list->count == list->room) {
        size_t room = list->room == 0 ? 16 : list->room * 2;
        struct work_row *grown = arena_array(d->arena, struct work_row, room);
        if (list->count > 0) memcpy(grown, list->rows, list->count * sizeof(*grown));
        list->rows = grown;
        list->room = room;
    }
    struct work_row *row = &list->rows[list->count++];
    *row = (struct work_row){.o = desk_opinion_of(d, c, NULL),
                             .elapsed = clock_text(d, c->opinion),
                             .sort = c->opinion->due_legal == DAY_NONE ? INT32_MAX
                                                                       : c->opinion->due_legal};
    return row;
}

void work_form(struct work_row *row, struct action_form *form)
{
    if (row->form_count < WORK_FORMS) row->forms[row->form_count++] = form;
}

void work_link(struct work_row *row, const char *path, const char *label)
{
    if (row->link_count < WORK_LINKS)
        row->links[row->link_count++] = (struct desk_link){.path = path, .label = label};
}

static int by_due(const void *a, const void *b)
{
    const struct work_row *left = a, *right = b;
    if (left->sort != right->sort) return left->sort < right->sort ? -1 : 1;
    return left->o.view.id < right->o.view.id ? -1 : 1;
}

void work_sort(struct work_list *list)
{
    if (list->count > 1) qsort(list->rows, list->count, sizeof(*list->rows), by_due);
}

enum status work_dialogues(struct desk *d, struct sql *sql, struct dialogue_list *ret_list)
{
    int64_t last = 0;
    enum status status = store_dialogue_last(sql, d->visit->unit, &last);
    if (status != STATUS_OK) return status;
    int64_t after = last > WORK_DIALOGUES ? last - WORK_DIALOGUES : 0;
    return store_dialogue_list(sql, d->visit->unit, after, WORK_DIALOGUES, d->arena, ret_list);
}

// ---- one page of work: every state up to one number, so that nothing is left out between pages

struct scan {
    unsigned states;
    int64_t after, end; // numbers: of the page before; the last of this one
};

static bool scan_begin(struct desk *d, unsigned states, struct scan *ret_scan)
{
    const char *after = http_query(d->x, "sau");
    *ret_scan = (struct scan){.states = states, .end = INT64_MAX};
    return after == NULL || opinion_number_parse(after, &ret_scan->after);
}

static enum status read_state(struct desk *d, struct sql *sql, const struct scan *scan, int state,
                              struct opinion_page *ret_page)
{
    struct opinion_filter filter = {
        .dialogue = d->dialogue.id, .state = state, .field = -1, .khom = -1, .after = scan->after};
    return read_opinion_page(d->x, sql, &d->dialogue, &filter, DESK_LIST, ret_page);
}

/// Pages of each state, DESK_LIST rows each; where one has more, the page of work ends there.
static enum status scan_read(struct desk *d, struct sql *sql, struct scan *scan,
                             struct opinion_page pages[OPINION_STATE_COUNT])
{
    enum status status = STATUS_OK;
    for (int state = 0; status == STATUS_OK && state < OPINION_STATE_COUNT; state++) {
        pages[state] = (struct opinion_page){0};
        if (!(scan->states & 1u << state)) continue;
        status = read_state(d, sql, scan, state, &pages[state]);
        if (status != STATUS_OK || !pages[state].more) continue;
        int64_t last = pages[state].rows[pages[state].count - 1].id;
        if (last < scan->end) scan->end = last;
    }
    return status;
}

static enum status scan_take(struct desk *d, struct sql *sql, const struct scan *scan,
                             const struct opinion_page pages[OPINION_STATE_COUNT], work_take *take,
                             void *ctx)
{
    for (int state = 0; state < OPINION_STATE_COUNT; state++)
        for (int i = 0; i < pages[state].count && pages[state].rows[i].id <= scan->end; i++) {
            struct opinion_items items;
            struct opinion_case c =
                visit_case(d->visit, d->arena, &d->dialogue, &pages[state].rows[i]);
            enum status status =
                store_opinion_items(sql, d->visit->unit, c.opinion->id, d->arena, &items);
            if (status != STATUS_OK) return status;
            c.items = items.list;
            c.item_count = items.count;
            c.item_room = items.room;
            take(d, &c, ctx);
        }
    return STATUS_OK;
}

static void scan_links(struct desk *d, const struct scan *scan)
{
    char number[OPINION_NUMBER_TEXT];
    const char *path = http_path(d->x);
    if (scan->after != 0) d->first_path = path;
    if (scan->end != INT64_MAX)
        d->next_path =
            arena_printf(d->arena, "%s?sau=%s", path, opinion_number_format(scan->end, number));
}

enum status work_scan(struct desk *d, struct sql *sql, unsigned states, work_take *take, void *ctx)
{
    struct scan scan;
    struct opinion_page pages[OPINION_STATE_COUNT];
    if (!scan_begin(d, states, &scan)) return STATUS_NOT_FOUND;
    enum status status = scan_read(d, sql, &scan, pages);
    if (status == STATUS_OK) status = scan_take(d, sql, &scan, pages, take, ctx);
    scan_links(d, &scan);
    return status;
}

enum status work_scan_unit(struct desk *d, struct sql *sql, unsigned states, work_take *take,
                           void *ctx)
{
    struct scan scan;
    struct dialogue_list list;
    struct opinion_page pages[WORK_DIALOGUES][OPINION_STATE_COUNT];
    if (!scan_begin(d, states, &scan)) return STATUS_NOT_FOUND;
    enum status status = work_dialogues(d, sql, &list);
    int count = status == STATUS_OK ? list.count : 0;
    for (int i = count - 1; status == STATUS_OK && i >= 0; i--) { // the newest first
        status = desk_open(d, sql, list.rows[i].id);
        if (status == STATUS_OK) status = scan_read(d, sql, &scan, pages[i]);
    }
    for (int i = count - 1; status == STATUS_OK && i >= 0; i--) {
        status = desk_open(d, sql, list.rows[i].id);
        if (status == STATUS_OK) status = scan_take(d, sql, &scan, pages[i], take, ctx);
    }
    scan_links(d, &scan);
    return status;
}

// ---- the gate

bool office_enter(struct http_exchange *x, struct desk *d, struct sql *sql, uint32_t who,
                  enum http_next *ret_next)
{
    int64_t id;
    desk_begin(x, d);
    if (!read_id(http_param(x, "dialogue"), &id)) return *ret_next = http_error(x, 404), false;
    enum status status = desk_open(d, sql, id);
    if (status != STATUS_OK) return *ret_next = page_failed(x, status), false;
    d->page.events = NULL; // pages of one form; a desk that is live says so itself
    if ((d->roles & who) == 0) return *ret_next = desk_forbidden(x), false;
    return true;
}

const char *office_events(struct http_exchange *x)
{
    int64_t id;
    return read_id(http_param(x, "dialogue"), &id) ? desk_events(x, id) : NULL;
}

bool office_enter_unit(struct http_exchange *x, struct desk *d, uint32_t who,
                       enum http_next *ret_next)
{
    desk_begin(x, d);
    d->roles = dialogue_roles(NULL, &d->visit->actor);
    if ((d->roles & who) == 0) return *ret_next = desk_forbidden(x), false;
    return true;
}

// ---- small forms

const char *office_text(struct http_exchange *x, struct act *act, const char *name, bool lines,
                        size_t max)
{
    const struct form *form = NULL;
    const char *text = NULL;
    if (http_form(x, &form) != FORM_OK) return "";
    const struct form_field *f = form_find(form, name);
    if (f == NULL || f->len == 0) return "";
    struct refusal bad =
        input_text(&act->input, f->value, f->len, (struct input_want){name, lines, max},
                   &act->form_refusal, &text);
    if (bad.code != REFUSAL_NONE) input_fault(&act->form_refusal, bad.code, name);
    return text == NULL ? "" : text;
}

int office_number(const char *text)
{
    size_t len = strlen(text);
    if (len == 0 || len > 6 || strspn(text, "0123456789") != len) return -1;
    return (int)strtol(text, NULL, 10);
}

/// What the forms of these desks call their fields, for the summary of a refusal.
static const struct {
    const char *name, *label;
} field_labels[] = {
    {"content", N_("Nội dung ý kiến, ghi đúng lời người dân")},
    {"current", N_("Mật khẩu đang dùng")},
    {"date", N_("Ngày ban hành")},
    {"day", N_("Ngày")},
    {"khom_name", N_("Tên gọi")},
    {"name", N_("Họ và tên")},
    {"names", N_("Họ và tên, mỗi người một dòng")},
    {"note", N_("Ghi chú")},
    {"number", N_("Số")},
    {"organisation", N_("Tên doanh nghiệp")},
    {"password", N_("Mật khẩu")},
    {"password_again", N_("Nhập lại mật khẩu")},
    {"people", N_("Người dân ảo cùng dự")},
    {"phone", N_("Số điện thoại")},
    {"quota", N_("Số giấy mời")},
    {"reader", N_("Người đọc, người phụ trách")},
    {"receiver", N_("Người ký nhận")},
    {"recipient", N_("Nơi nhận")},
    {"recipients", N_("Nơi nhận thêm")},
    {"roles", N_("Vai trò")},
    {"step_minutes", N_("Số phút")},
    {"step_owner", N_("Người thực hiện")},
    {"step_title", N_("Nội dung")},
    {"symbol", N_("Ký hiệu")},
    {"time", N_("Giờ")},
    {"times", N_("Số lần đọc")},
    {"typed", N_("Số giấy mời hoặc tên")},
    {"username", N_("Tên đăng nhập")},
};

static const char *label_of_field(enum lang lang, const char *name)
{
    for (size_t i = 0; name != NULL && i < ARRAY_LEN(field_labels); i++)
        if (strcmp(field_labels[i].name, name) == 0) return tr(lang, field_labels[i].label);
    return NULL;
}

/// The id of the control that a field of the rules belongs to ("author.name": name).
static const char *anchor_of(const char *field)
{
    if (field == NULL) return "noi-dung";
    if (strcmp(field, "author.type") == 0) return "author_type";
    return strncmp(field, "author.", 7) == 0 ? field + 7 : field;
}

struct office_error office_error_of(struct desk *d, struct refusal refusal)
{
    if (refusal.code == REFUSAL_NONE) return (struct office_error){0};
    return (struct office_error){.title = refusal_title(d->t.lang, refusal),
                                 .advice = refusal_advice(d->t.lang, refusal),
                                 .anchor = anchor_of(refusal.field),
                                 .label = label_of_field(d->t.lang, refusal.field)};
}

void office_status(struct http_exchange *x, struct refusal refusal)
{
    if (refusal.code != REFUSAL_NONE) http_status(x, refusal_rows[refusal.code].http_status);
}
