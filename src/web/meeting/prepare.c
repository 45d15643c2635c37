// SPDX-License-Identifier: AGPL-3.0-or-later
// Milestones before and after the meeting (R6, R19, R89): each told by what stands in the store,
// with its owner and its date counted from the meeting's day. Nothing is ticked by hand.
#include "web/meeting/rows.h"

#include <string.h>

#include "actions/reports.h"
#include "store/broadcast.h"
#include "web/meeting/handlers.h"
#include "web/meeting/meeting.html.h"

enum {
    READERS = WHO(ROLE_OFFICE) | WHO(ROLE_SECRETARY) | WHO(ROLE_CHAIR) | WHO(ROLE_DEPUTY) |
              WHO(ROLE_CULTURE) | WHO(ROLE_OVERSIGHT) | WHO(ROLE_PARTY)
};
enum { ROWS = 12, LISTS_DAYS = 5, DELIVER_DAYS = 3, ANNOUNCE_DAYS = 7, READ_ALOUD_DAYS = 3 };

struct facts {
    struct attend_tally tally;
    struct broadcast_list log;
    struct dialogue_texts texts;
    struct dispatch_list sent;
    int programme_steps;
};

static enum status read_facts(struct desk *d, struct sql *sql, struct facts *f)
{
    struct invitee_list list;
    struct agenda agenda;
    int64_t unit = d->visit->unit, id = d->dialogue.id;
    enum status status = store_invitees(sql, unit, id, d->arena, &list);
    if (status == STATUS_OK) attend_count(&list, &f->tally);
    if (status == STATUS_OK) status = store_broadcasts(sql, unit, id, d->arena, &f->log);
    if (status == STATUS_OK) status = store_dialogue_texts(sql, unit, id, d->arena, &f->texts);
    if (status == STATUS_OK) status = store_dispatches(sql, unit, id, d->arena, &f->sent);
    if (status == STATUS_OK) status = store_agenda(sql, unit, id, d->arena, &agenda);
    if (status == STATUS_OK) f->programme_steps = agenda.count;
    return status;
}

/// The meeting's day; while the plan gives a month only, its first day.
static int32_t meeting_day(const struct dialogue *d)
{
    int32_t day = DAY_NONE;
    if (d->starts_at_ms != 0) return instant_day(d->starts_at_ms);
    char first[DAY_TEXT];
    if (strlen(d->planned) == 7) {
        snprintf(first, sizeof(first), "%s-01", d->planned);
        return day_parse(first, &day) ? day : DAY_NONE;
    }
    return day_parse(d->planned, &day) ? day : DAY_NONE;
}

static struct prepare_row *add(struct desk *d, struct prepare_view *v, const char *what,
                               int32_t due, bool done)
{
    struct prepare_row *row = &v->rows[v->count++];
    bool late = !done && due != DAY_NONE && d->today > due;
    *row = (struct prepare_row){.what = tr(d->t.lang, what),
                                .due = due,
                                .state = done   ? STEP_DONE
                                         : late ? STEP_LATE
                                                : STEP_OPEN};
    v->done += done;
    v->late += late;
    return row;
}

static int32_t before(int32_t day, int days)
{
    return day == DAY_NONE ? DAY_NONE : day - days;
}

static int told_khoms(const struct desk *d, const struct broadcast_list *log)
{
    int count = 0;
    for (int k = 0; k < d->visit->facts->khoms.count; k++) {
        bool told = false;
        for (int i = 0; i < log->count; i++)
            told = told || (!log->rows[i].struck &&
                            log->rows[i].khom == d->visit->facts->khoms.rows[k].khom);
        count += told;
    }
    return count;
}

static int read_days(const struct broadcast_list *log)
{
    int count = 0;
    int32_t last = DAY_NONE;
    for (int i = 0; i < log->count; i++) {
        const struct broadcast *b = &log->rows[i];
        if (b->struck || b->khom != 0 || b->day == last) continue;
        last = b->day;
        count++;
    }
    return count;
}

static void add_plan(struct desk *d, const struct facts *f, int32_t day, struct prepare_view *v)
{
    const struct dialogue *o = &d->dialogue;
    enum lang lang = d->t.lang;
    const struct deadline_term *plan = deadline_term(o->profile, DEADLINE_PLAN);
    int32_t plan_due = before(day, plan->length);
    bool seats = *o->appointed[APPOINT_CHAIR] != 0 && *o->appointed[APPOINT_SECRETARY] != 0;
    struct prepare_row *row =
        add(d, v, N_("Soạn kế hoạch, chương trình năm bước"), plan_due, f->programme_steps >= 5);
    row->owner = tr(lang, "Văn phòng");
    row->how = arena_printf(d->arena, tr(lang, "%d bước"), f->programme_steps);
    row->path = arena_printf(d->arena, "/lam-viec/van-phong/%lld/chuong-trinh", (long long)o->id);
    row = add(d, v, N_("Cử chủ trì và thư ký"), plan_due, seats);
    row->owner = tr(lang, "Văn phòng");
    row = add(d, v, N_("Chủ tịch duyệt, văn thư ban hành kế hoạch"), plan_due,
              o->issued_day != DAY_NONE);
    row->owner = tr(lang, "Chủ tịch, văn thư");
    if (o->issued_day != DAY_NONE)
        row->how = arena_printf(d->arena, tr(lang, "số %s/%s, sớm hơn hội nghị %d ngày"), o->number,
                                o->symbol, day == DAY_NONE ? 0 : day - o->issued_day);
}

static void add_notice(struct desk *d, const struct facts *f, int32_t day, struct prepare_view *v)
{
    const struct dialogue *o = &d->dialogue;
    enum lang lang = d->t.lang;
    int khoms = d->visit->facts->khoms.count, told = told_khoms(d, &f->log);
    struct prepare_row *row = add(d, v, N_("Thông báo thời gian, địa điểm, nội dung"),
                                  before(day, ANNOUNCE_DAYS), o->announced_ms != 0);
    row->owner = tr(lang, "Văn phòng, công chức văn hóa");
    row = add(d, v, N_("Đọc thông báo trên loa ít nhất ba ngày"), before(day, 1),
              read_days(&f->log) >= READ_ALOUD_DAYS);
    row->owner = tr(lang, "Công chức văn hóa");
    row->how = arena_printf(d->arena, tr(lang, "đã đọc %d ngày"), read_days(&f->log));
    row = add(d, v, N_("Các khóm phổ biến mục đích, yêu cầu"), before(day, DELIVER_DAYS),
              khoms > 0 && told == khoms);
    row->owner = tr(lang, "Ban nhân dân các khóm");
    row->how = arena_printf(d->arena, tr(lang, "%d trên %d khóm"), told, khoms);
}

static void add_people(struct desk *d, const struct facts *f, int32_t day, struct prepare_view *v)
{
    enum lang lang = d->t.lang;
    const struct attend_tally *t = &f->tally;
    long long id = (long long)d->dialogue.id;
    int quota = 0, listed = 0;
    for (int i = 0; i < d->visit->facts->khoms.count; i++) {
        const struct khom *k = &d->visit->facts->khoms.rows[i];
        quota += k->quota;
        listed += k->khom < (int)ARRAY_LEN(t->khom_invited) ? t->khom_invited[k->khom] : 0;
    }
    struct prepare_row *row = add(d, v, N_("Các khóm lập danh sách mời theo số lượng được phân"),
                                  before(day, LISTS_DAYS), quota > 0 && listed >= quota);
    row->owner = tr(lang, "Ban nhân dân các khóm");
    row->how = arena_printf(d->arena, tr(lang, "%d trên %d người"), listed, quota);
    row->path = arena_printf(d->arena, "/lam-viec/dai-bieu/%lld", id);
    row = add(d, v, N_("Giao giấy mời"), before(day, DELIVER_DAYS),
              t->invited > 0 && t->delivered == t->invited);
    row->owner = tr(lang, "Văn phòng, các khóm");
    row->how = arena_printf(d->arena, tr(lang, "%d trên %d giấy"), t->delivered, t->invited);
    row->path = arena_printf(d->arena, "/lam-viec/dai-bieu/%lld", id);
    bool report = true;
    for (int i = PAPER_ECONOMY; i <= PAPER_OTHER; i++)
        report = report && *f->texts.at[i].text != 0;
    row = add(d, v, N_("Chuẩn bị báo cáo của Chủ tịch"), before(day, DELIVER_DAYS), report);
    row->owner = tr(lang, "Văn phòng");
    row->path = arena_printf(d->arena, "/lam-viec/bao-cao/%lld", id);
}

static void add_after(struct desk *d, const struct facts *f, struct prepare_view *v)
{
    const struct dialogue *o = &d->dialogue;
    enum lang lang = d->t.lang;
    if (o->closed_ms == 0) return;
    struct prepare_row *row = add(d, v, N_("Ký biên bản"), DAY_NONE, o->minutes_chair_ms != 0);
    row->owner = tr(lang, "Thư ký, chủ trì");
    row = add(d, v, N_("Gửi báo cáo tổng hợp đến Ban Thường vụ Đảng ủy"),
              synthesis_due(d->visit->facts, o), dispatch_day(&f->sent, "synthesis") != DAY_NONE);
    row->owner = tr(lang, "Văn phòng");
    row->path = arena_printf(d->arena, "/lam-viec/bao-cao/%lld", (long long)o->id);
}

enum http_next get_prepare(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    struct desk d;
    struct facts f = {0};
    enum http_next next;
    STORE_READ ro = NULL;
    const char *events = office_events(x);
    if (!visit_read(x, &ro, &next)) return next;
    if (!office_enter(x, &d, store_ro_sql(ro), READERS, &next)) return next;
    d.page.events = events;
    enum status status = read_facts(&d, store_ro_sql(ro), &f);
    if (status != STATUS_OK) return page_failed(x, status);
    struct prepare_view v = {.path = http_path(x),
                             .meeting = d.dialogue.title,
                             .state = dialogue_tag(d.t.lang, d.dialogue.state),
                             .rows = arena_array(d.arena, struct prepare_row, ROWS)};
    int32_t day = meeting_day(&d.dialogue);
    add_plan(&d, &f, day, &v);
    add_notice(&d, &f, day, &v);
    add_people(&d, &f, day, &v);
    add_after(&d, &f, &v);
    if ((d.roles & WHO(ROLE_OFFICE)) == 0)
        for (size_t i = 0; i < v.count; i++)
            v.rows[i].path = NULL; // the office's to open
    desk_title(&d, tr(d.t.lang, "Các mốc chuẩn bị"));
    tpl_prepare_page(&d.t, &d.page, &v);
    return HTTP_DONE;
}
