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

static enum status scan_state(struct desk *d, struct sql *sql, int state,
                              void (*take)(struct desk *, struct opinion_case *, void *), void *ctx)
{
    struct opinion_filter filter = {
        .dialogue = d->dialogue.id, .state = state, .field = -1, .khom = -1};
    struct opinion_page page;
    enum status status = read_opinion_page(d->x, sql, &d->dialogue, &filter, DESK_LIST, &page);
    for (int i = 0; status == STATUS_OK && i < page.count; i++) {
        struct opinion_items items;
        struct opinion_case c = visit_case(d->visit, d->arena, &d->dialogue, &page.rows[i]);
        status = store_opinion_items(sql, d->visit->unit, page.rows[i].id, d->arena, &items);
        if (status != STATUS_OK) break;
        c.items = items.list;
        c.item_count = items.count;
        c.item_room = items.room;
        take(d, &c, ctx);
    }
    return status;
}

enum status work_scan(struct desk *d, struct sql *sql, unsigned states,
                      void (*take)(struct desk *, struct opinion_case *, void *), void *ctx)
{
    enum status status = STATUS_OK;
    for (int state = 0; status == STATUS_OK && state < OPINION_STATE_COUNT; state++)
        if (states & 1u << state) status = scan_state(d, sql, state, take, ctx);
    return status;
}

enum status work_dialogues(struct desk *d, struct sql *sql, struct dialogue_list *ret_list)
{
    int64_t last = 0;
    enum status status = store_dialogue_last(sql, d->visit->unit, &last);
    if (status != STATUS_OK) return status;
    int64_t after = last > WORK_DIALOGUES ? last - WORK_DIALOGUES : 0;
    return store_dialogue_list(sql, d->visit->unit, after, WORK_DIALOGUES, d->arena, ret_list);
}

enum status work_scan_unit(struct desk *d, struct sql *sql, unsigned states,
                           void (*take)(struct desk *, struct opinion_case *, void *), void *ctx)
{
    struct dialogue_list list;
    enum status status = work_dialogues(d, sql, &list);
    for (int i = status == STATUS_OK ? list.count - 1 : -1; status == STATUS_OK && i >= 0; i--) {
        status = desk_open(d, sql, list.rows[i].id);
        if (status == STATUS_OK) status = work_scan(d, sql, states, take, ctx);
    }
    d->page.events = NULL; // one stream at most, and what is typed stays
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
    d->page.events = NULL; // nothing moves under a form that is being filled in
    if ((d->roles & who) == 0) return *ret_next = desk_forbidden(x), false;
    return true;
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
    if (bad.code != REFUSAL_NONE) input_fault(&act->form_refusal, REFUSAL_INVALID, name);
    return text == NULL ? "" : text;
}

int office_number(const char *text)
{
    size_t len = strlen(text);
    if (len == 0 || len > 6 || strspn(text, "0123456789") != len) return -1;
    return (int)strtol(text, NULL, 10);
}

struct office_error office_error_of(struct desk *d, struct refusal refusal)
{
    if (refusal.code == REFUSAL_NONE) return (struct office_error){0};
    return (struct office_error){.title = refusal_title(d->t.lang, refusal),
                                 .advice = refusal_advice(d->t.lang, refusal),
                                 .anchor = refusal.field != NULL ? refusal.field : "noi-dung"};
}

void office_status(struct http_exchange *x, struct refusal refusal)
{
    if (refusal.code != REFUSAL_NONE) http_status(x, refusal_rows[refusal.code].http_status);
}
