// SPDX-License-Identifier: AGPL-3.0-or-later
// The door (R34, R69, R87, R92): a number, a scanned invitation or part of a name and Enter; those
// who walk in; counts by side and khóm against the seats; whom to introduce and who is missing.
#include "web/meeting/rows.h"

#include <string.h>

#include "base/text.h"
#include "web/form_input.h"
#include "web/meeting/handlers.h"
#include "web/meeting/meeting.html.h"

enum {
    READERS = WHO(ROLE_OFFICE) | WHO(ROLE_SECRETARY) | WHO(ROLE_CHAIR) | WHO(ROLE_DEPUTY) |
              WHO(ROLE_KHOM),
    HERE_SHOWN = 20
};

static void add_sides(struct desk *d, struct door_view *v)
{
    for (int i = 0; i < ATTEND_SIDE_COUNT; i++)
        v->sides[i] = (struct count_row){label_of(d->t.lang, &attend_sides, i),
                                         v->tally.side_invited[i], v->tally.side_present[i], -1};
}

/// By the plan's order of groups, so that the office can read the names out as they stand.
static void add_guests(struct desk *d, const struct invitee_list *list, struct door_view *v)
{
    v->guests = arena_array(d->arena, struct invitee_row, (size_t)list->count + 1);
    v->absent = arena_array(d->arena, const char *, (size_t)list->count + 1);
    for (int part = 0; part <= PART_SCHOOLS; part++)
        for (int i = 0; i < list->count; i++) {
            const struct invitee *row = &list->rows[i];
            if ((int)row->part == part && row->arrived_ms != 0 && !row->struck)
                v->guests[v->guest_count++] = meeting_row(d, row);
        }
    for (int i = 0; i < list->count; i++) {
        const struct invitee *row = &list->rows[i];
        if (!attend_missing(row)) continue;
        v->absent[v->absent_count++] =
            *row->absence == 0 ? row->name
                               : arena_printf(d->arena, "%s (%s)", row->name, row->absence);
    }
}

static int latest_first(const void *a, const void *b)
{
    const struct invitee_row *left = a, *right = b;
    return left->i->arrived_ms == right->i->arrived_ms  ? 0
           : left->i->arrived_ms > right->i->arrived_ms ? -1
                                                        : 1;
}

static void add_rows(struct desk *d, const struct invitee_list *list, struct door_view *v)
{
    const char *words = text_fold(d->arena, v->typed);
    bool by_name = attend_number(v->typed) == 0;
    v->waiting = arena_array(d->arena, struct invitee_row, (size_t)list->count + 1);
    v->here = arena_array(d->arena, struct invitee_row, (size_t)list->count + 1);
    for (int i = 0; i < list->count; i++) {
        const struct invitee *row = &list->rows[i];
        if (row->struck) continue;
        bool fits = !by_name || strstr(text_fold(d->arena, row->name), words) != NULL;
        if (row->arrived_ms != 0)
            v->here[v->here_count++] = meeting_row(d, row);
        else if (fits)
            v->waiting[v->waiting_count++] = meeting_row(d, row);
    }
    if (v->here_count > 1) qsort(v->here, v->here_count, sizeof(*v->here), latest_first);
    if (v->here_count > HERE_SHOWN) v->here_count = HERE_SHOWN;
}

static void add_fields(struct desk *d, bool typed, int own, struct door_view *v)
{
    enum lang lang = d->t.lang;
    struct choice_list parts = choices_of(d->arena, lang, &attend_parts, NULL);
    struct choice_list khoms =
        choices_of_khoms(d->arena, d->visit->facts, tr(lang, "Không rõ, nơi khác"));
    v->part = (struct field_view){.name = "part",
                                  .label = tr(lang, "Thành phần"),
                                  .value = typed ? form_typed(d->x, "part") : "residents",
                                  .choices = parts.rows,
                                  .choice_count = parts.count};
    if (own == 0)
        v->khom = (struct field_view){.name = "khom",
                                      .label = tr(lang, "Khóm"),
                                      .value = typed ? form_typed(d->x, "khom") : "",
                                      .choices = khoms.rows,
                                      .choice_count = khoms.count};
}

static enum status fill(struct desk *d, struct sql *sql, struct refusal refusal,
                        struct door_view *v)
{
    struct invitee_list list;
    enum role acting;
    long long id = (long long)d->dialogue.id;
    int own = meeting_own_khom(d);
    bool typed = refusal.code != REFUSAL_NONE;
    const char *sought = http_query(d->x, "tim");
    enum status status = store_invitees(sql, d->visit->unit, d->dialogue.id, d->arena, &list);
    if (status != STATUS_OK) return status;
    struct refusal closed =
        attend_may(ATTEND_CHECK_IN, &d->dialogue, &d->visit->actor, own, d->visit->now_ms, &acting);
    *v = (struct door_view){
        .path = arena_printf(d->arena, "/lam-viec/diem-danh/%lld", id),
        .walk_in_path = arena_printf(d->arena, "/lam-viec/diem-danh/%lld/khach", id),
        .list_path = arena_printf(d->arena, "/lam-viec/dai-bieu/%lld", id),
        .paper_path =
            own == 0 ? arena_printf(d->arena, "/doi-thoai/%lld/van-ban/attendance", id) : NULL,
        .meeting = d->dialogue.title,
        .typed = typed            ? form_typed(d->x, "typed")
                 : sought != NULL ? sought
                                  : "",
        .name = typed ? form_typed(d->x, "name") : "",
        .consent = typed && *form_typed(d->x, "consent") != 0,
        .state = dialogue_tag(d->t.lang, d->dialogue.state),
        .error = office_error_of(d, refusal),
        .seats = d->dialogue.seats,
        .open = closed.code == REFUSAL_NONE,
        .why = closed.code == REFUSAL_NONE ? NULL : refusal_advice(d->t.lang, closed)};
    attend_count(&list, &v->tally); // numbers are no secret: the whole hall's
    struct invitee_list mine = meeting_visible(d, &list);
    add_sides(d, v);
    v->khoms = meeting_khoms(d, &list, 0, &v->khom_count);
    add_rows(d, &mine, v);
    if (own == 0) add_guests(d, &mine, v);
    add_fields(d, typed, own, v);
    return STATUS_OK;
}

static enum http_next show(struct http_exchange *x, struct refusal refusal)
{
    struct desk d;
    struct door_view v;
    enum http_next next;
    STORE_READ ro = NULL;
    const char *events = office_events(x);
    if (!visit_read(x, &ro, &next)) return next;
    if (!office_enter(x, &d, store_ro_sql(ro), READERS, &next)) return next;
    d.page.events = events;
    enum status status = fill(&d, store_ro_sql(ro), refusal, &v);
    if (status != STATUS_OK) return page_failed(x, status);
    office_status(x, refusal);
    http_set_header(x, "Cache-Control", "no-store");
    desk_title(&d, tr(d.t.lang, "Điểm danh"));
    tpl_door_page(&d.t, &d.page, &v);
    return HTTP_DONE;
}

enum http_next get_door(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    return show(x, ALLOWED);
}

static void answer(struct http_exchange *x, struct act *act)
{
    if (act->refusal.code == REFUSAL_NOT_FOUND) {
        http_error(x, 404);
        return;
    }
    if (act->refusal.code != REFUSAL_NONE) {
        show(x, act->refusal);
        return;
    }
    page_flash(x, "saved");
    http_redirect(x, 303,
                  arena_printf(http_arena(x), "/lam-viec/diem-danh/%lld", (long long)act->target));
}

enum http_next post_door(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    int64_t id;
    const char *action = form_typed(x, "action");
    if (!read_id(http_param(x, "dialogue"), &id)) return http_error(x, 404);
    struct act *act = visit_act(x);
    struct attendance *a =
        meeting_read(x, act, *action == 0 ? ATTEND_CHECK_IN : attend_action_parse(action));
    bool known = a != NULL && (a->action == ATTEND_CHECK_IN || a->action == ATTEND_UNDO ||
                               a->action == ATTEND_ABSENT);
    if (!known) {
        act_free(act);
        return http_error(x, 404);
    }
    act->target = id;
    return visit_submit(x, act, answer);
}

enum http_next post_walk_in(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    int64_t id;
    if (!read_id(http_param(x, "dialogue"), &id)) return http_error(x, 404);
    struct act *act = visit_act(x);
    struct attendance *a = meeting_read(x, act, ATTEND_WALK_IN);
    a->row.name = office_text(x, act, "name", false, INVITEE_NAME);
    meeting_read_part(x, act, &a->row);
    act->target = id;
    return visit_submit(x, act, answer);
}
