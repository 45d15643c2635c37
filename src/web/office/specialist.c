// SPDX-License-Identifier: AGPL-3.0-or-later
// The specialist's desk: what I must answer or was given the floor for, by due date; what others
// lead and I take part in. Drafts go to the chair.
#include "web/office/specialist.h"
#include "web/office/handlers.h"
#include "web/office/specialist.html.h"

#include <string.h>

#include "base/text.h"

enum { BIG = 12 };

static const char back[] = "/lam-viec/chuyen-mon";

static const struct opinion_item *item_at(const struct opinion_case *c, int number)
{
    for (int i = 0; i < c->item_count; i++)
        if (c->items[i].item == number) return &c->items[i];
    return NULL;
}

/// The draft that came back last and was not followed by another, with the reason.
static const struct opinion_item *rejected_draft(const struct opinion_case *c,
                                                 const struct opinion_item **ret_reason)
{
    const struct opinion_item *waiting = desk_waiting(c, ITEM_DRAFT);
    for (int i = c->item_count - 1; waiting == NULL && i >= 0; i--) {
        const struct opinion_item *reason = &c->items[i];
        const struct opinion_item *draft =
            reason->kind == ITEM_REASON && reason->ref != 0 ? item_at(c, reason->ref) : NULL;
        if (draft != NULL && draft->kind == ITEM_DRAFT) return *ret_reason = reason, draft;
    }
    return NULL;
}

static void enlarge(struct action_form *form)
{
    for (size_t i = 0; i < form->count; i++)
        if (strcmp(form->fields[i].name, "text") == 0) form->fields[i].rows = BIG;
}

static void add_directive(struct desk *d, const struct opinion_case *c, struct work_row *row)
{
    const struct opinion_item *last = opinion_last_item(c, ITEM_ASSIGNMENT, -1);
    if (last == NULL) return;
    if (*last->text != 0) {
        row->note = last->text;
        row->note_by = tr(d->t.lang, "Chủ trì chỉ đạo");
    }
    if (*last->refs != 0) row->with = last->refs;
}

static void add_forms(struct desk *d, struct opinion_case *c, struct work_row *row)
{
    const struct opinion_item *reason = NULL, *waiting = desk_waiting(c, ITEM_DRAFT);
    const struct opinion_item *draft = rejected_draft(c, &reason);
    if (draft != NULL) row->rejected = reason->text;
    const struct opinion_item *begin = waiting != NULL ? waiting : draft;
    const struct action_preset written[] = {
        {PARAM_TEXT, begin != NULL ? begin->text : "", false},
        {PARAM_LEGAL_REFS, begin != NULL ? begin->refs : "", false}};
    const struct action_preset spoken[] = {{PARAM_MODE, "spoken", false},
                                           {PARAM_KIND, "answer", false}};
    if (c->opinion->state == OPINION_ON_FLOOR && desk_can(c, ACT_ANSWER, BEHALF_SELF))
        work_form(row, desk_form_of(d, c->opinion,
                                    &(struct desk_form){.action = ACT_ANSWER,
                                                        .back = back,
                                                        .presets = spoken,
                                                        .preset_count = ARRAY_LEN(spoken)}));
    if (desk_can(c, ACT_DRAFT, BEHALF_SELF))
        work_form(row,
                  desk_form_of(d, c->opinion,
                               &(struct desk_form){
                                   .action = ACT_DRAFT,
                                   .title = waiting != NULL ? tr(d->t.lang, "Sửa dự thảo đang chờ")
                                                            : tr(d->t.lang, "Soạn dự thảo trả lời"),
                                   .button = tr(d->t.lang, "Trình chủ trì duyệt"),
                                   .back = back,
                                   .presets = written,
                                   .preset_count = ARRAY_LEN(written)}));
    for (size_t i = 0; i < row->form_count; i++)
        enlarge(row->forms[i]);
    if (desk_can(c, ACT_ASK_BACK, BEHALF_SELF))
        work_link(row, desk_act_path(d->arena, c->opinion, ACT_ASK_BACK, BEHALF_SELF, back),
                  tr(d->t.lang, "Hỏi lại người có ý kiến"));
}

/// Whether the line list holds me, by user name or by name.
static bool takes_part(const char *lines, const struct person *me)
{
    for (const char *p = lines; *p != 0;) {
        size_t len = strcspn(p, "\n");
        bool user = strlen(me->username) == len && strncmp(p, me->username, len) == 0;
        bool name = strlen(me->name) == len && strncmp(p, me->name, len) == 0;
        if (user || name) return true;
        p += len + (p[len] == '\n');
    }
    return false;
}

static void take(struct desk *d, struct opinion_case *c, void *ctx)
{
    struct specialist_view *v = ctx;
    const struct opinion *o = c->opinion;
    const struct person *me = d->visit->actor.person;
    const struct opinion_item *last = opinion_last_item(c, ITEM_ASSIGNMENT, -1);
    bool floor = o->state == OPINION_ON_FLOOR && strcmp(o->floor, me->username) == 0;
    bool mine = !o->responsible_is_body && strcmp(o->responsible, me->username) == 0 &&
                o->state == OPINION_OWED;
    bool followed = o->state == OPINION_REFERRED && desk_can(c, ACT_DRAFT, BEHALF_SELF);
    bool shared =
        !floor && !mine && o->state == OPINION_OWED && last != NULL && takes_part(last->refs, me);
    if (!floor && !mine && !followed && !shared) return;
    bool waits = !floor && desk_waiting(c, ITEM_DRAFT) != NULL;
    struct work_row *row = work_add(d,
                                    shared  ? &v->shared
                                    : floor ? &v->floor
                                    : waits ? &v->waiting
                                            : &v->mine,
                                    c);
    row->waiting = waits;
    row->dialogue = d->dialogue.title;
    v->overdue += mine && row->o.view.overdue;
    add_directive(d, c, row);
    if (!shared) add_forms(d, c, row);
}

enum http_next get_specialist(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    struct desk d;
    enum http_next next;
    const unsigned states = 1u << OPINION_ON_FLOOR | 1u << OPINION_OWED | 1u << OPINION_REFERRED;
    // Whoever owes an answer has this desk: the office owes what nobody else does (invariant 4).
    const uint32_t who = WHO(ROLE_SPECIALIST) | WHO(ROLE_OFFICE) | WHO(ROLE_CULTURE) |
                         WHO(ROLE_SECRETARY) | WHO(ROLE_CHAIR);
    if (!office_enter_unit(x, &d, who, &next)) return next;
    STORE_READ ro = NULL;
    const char *events = desk_events(x, 0);
    if (!visit_read(x, &ro, &next)) return next;
    struct specialist_view v = {
        .live_path = http_target(x),
        .floor = {.id = "phat-bieu",
                  .title = tr(d.t.lang, "Được mời trả lời ngay"),
                  .none = tr(d.t.lang, "Hiện không ai mời ông/bà trả lời."),
                  .open = true},
        .mine = {.id = "phai-tra-loi",
                 .title = tr(d.t.lang, "Tôi phải trả lời"),
                 .none = tr(d.t.lang, "Không có ý kiến nào đang chờ ông/bà trả lời.")},
        .waiting = {.id = "cho-duyet",
                    .title = tr(d.t.lang, "Đã trình, chờ duyệt"),
                    .none = tr(d.t.lang, "Không có dự thảo nào đang chờ duyệt.")},
        .shared = {.id = "phoi-hop",
                   .title = tr(d.t.lang, "Phối hợp với người khác"),
                   .none = tr(d.t.lang, "Không có việc phối hợp.")}};
    enum status status = work_scan_unit(&d, store_ro_sql(ro), states, take, &v);
    if (status != STATUS_OK) return page_failed(x, status);
    work_sort(&v.mine);
    work_sort(&v.waiting);
    work_sort(&v.shared);
    desk_title(&d, tr(d.t.lang, "Bàn công chức chuyên môn"));
    v.first_path = d.first_path;
    v.next_path = d.next_path;
    d.page.events = events;
    tpl_specialist_page(&d.t, &d.page, &v);
    return HTTP_DONE;
}
