// SPDX-License-Identifier: AGPL-3.0-or-later
// The first page after signing in: each dialogue with the desks of my roles and what waits there;
// what I owe. A desk of another area joins by one row of the table.
#include "web/desks/handlers.h"
#include "web/desks/home.html.h"

#include <string.h>

#include "store/opinion_list.h"

enum wait_kind { WAIT_NONE, WAIT_RELAY, WAIT_CHAIR, WAIT_OWED, WAIT_ANSWERED };

/// Path "%lld" is the dialogue; without it the desk is the unit's.
static const struct desk_row {
    uint32_t roles;
    const char *pattern, *label;
    enum wait_kind waiting;
} desk_rows[] = {
    {WHO(ROLE_SECRETARY), "/lam-viec/thu-ky/%lld", N_("Bàn thư ký"), WAIT_RELAY},
    {WHO(ROLE_CHAIR) | WHO(ROLE_DEPUTY) | WHO(ROLE_SECOND_READER), "/lam-viec/chu-tri/%lld",
     N_("Bàn chủ trì"), WAIT_CHAIR},
    {WHO(ROLE_SECRETARY) | WHO(ROLE_CHAIR) | WHO(ROLE_DEPUTY) | WHO(ROLE_OFFICE) |
         WHO(ROLE_ARCHIVIST),
     "/lam-viec/bien-ban/%lld", N_("Biên bản"), WAIT_NONE},
    {WHO(ROLE_OFFICE), "/lam-viec/van-phong/%lld", N_("Bàn Văn phòng"), WAIT_OWED},
    {WHO(ROLE_OFFICE) | WHO(ROLE_KHOM) | WHO(ROLE_SECRETARY) | WHO(ROLE_CHAIR),
     "/lam-viec/dai-bieu/%lld", N_("Đại biểu, giấy mời"), WAIT_NONE},
    {WHO(ROLE_OFFICE) | WHO(ROLE_KHOM) | WHO(ROLE_SECRETARY) | WHO(ROLE_CHAIR),
     "/lam-viec/diem-danh/%lld", N_("Điểm danh"), WAIT_NONE},
    {WHO(ROLE_OFFICE) | WHO(ROLE_SECRETARY) | WHO(ROLE_ADMIN), "/lam-viec/dien-tap/%lld",
     N_("Diễn tập"), WAIT_NONE},
    {WHO(ROLE_OFFICE) | WHO(ROLE_CHAIR) | WHO(ROLE_CULTURE) | WHO(ROLE_OVERSIGHT),
     "/lam-viec/chuan-bi/%lld", N_("Các mốc chuẩn bị"), WAIT_NONE},
    {WHO(ROLE_OFFICE) | WHO(ROLE_CHAIR) | WHO(ROLE_OVERSIGHT) | WHO(ROLE_PARTY) |
         WHO(ROLE_ARCHIVIST),
     "/lam-viec/bao-cao/%lld", N_("Báo cáo, chỉ số"), WAIT_NONE},
    {WHO(ROLE_CULTURE), "/lam-viec/van-hoa/%lld", N_("Thông báo, phát thanh"), WAIT_NONE},
    {WHO(ROLE_OVERSIGHT), "/lam-viec/giam-sat/%lld", N_("Bàn giám sát"), WAIT_OWED},
    {WHO(ROLE_PARTY) | WHO(ROLE_OFFICE) | WHO(ROLE_CHAIR), "/lam-viec/dang-uy/%lld",
     N_("Báo cáo tổng hợp"), WAIT_NONE},
    {WHO(ROLE_SPECIALIST) | WHO(ROLE_OFFICE), "/lam-viec/chuyen-mon", N_("Tôi phải trả lời"),
     WAIT_NONE},
    {WHO(ROLE_KHOM), "/lam-viec/khom", N_("Bàn khóm"), WAIT_NONE},
    {WHO(ROLE_OFFICE), "/lam-viec/van-phong/moi", N_("Lập hội nghị mới"), WAIT_NONE},
    {WHO(ROLE_ARCHIVIST), "/lam-viec/van-thu", N_("Bàn văn thư"), WAIT_NONE},
    {WHO(ROLE_CUSTODIAN), "/lam-viec/niem-phong", N_("Hồ sơ niêm phong"), WAIT_NONE},
    {WHO(ROLE_ADMIN), "/lam-viec/quan-tri", N_("Quản trị"), WAIT_NONE},
    {WHO(ROLE_OFFICE) | WHO(ROLE_ADMIN), "/lam-viec/thu-chua-gui",
     N_("Thư, tin nhắn chưa gửi được"), WAIT_NONE},
    {WHO(ROLE_OFFICE), "/lam-viec/quan-tri/ngay-nghi", N_("Ngày nghỉ, ngày làm bù"), WAIT_NONE},
    {WHO(ROLE_OFFICE), "/lam-viec/quan-tri/khom", N_("Khóm và số giấy mời"), WAIT_NONE},
    {WHO(ROLE_CHAIR) | WHO(ROLE_OFFICE) | WHO(ROLE_SECRETARY) | WHO(ROLE_OVERSIGHT) |
         WHO(ROLE_ARCHIVIST) | WHO(ROLE_PARTY),
     "/lam-viec/so", N_("Sổ theo dõi mọi việc"), WAIT_NONE},
};

enum { HOME_DIALOGUES = 20 };

static int64_t count_of(const struct opinion_counts *counts, enum wait_kind waiting)
{
    int64_t sum = 0;
    for (int i = 0; i < counts->count; i++) {
        const struct opinion_count *c = &counts->rows[i];
        bool mine = waiting == WAIT_RELAY   ? c->state == OPINION_RECEIVED
                    : waiting == WAIT_CHAIR ? c->state == OPINION_RELAYED
                    : waiting == WAIT_OWED  ? c->state == OPINION_OWED
                                            : c->state == OPINION_ANSWERED;
        if (mine && waiting != WAIT_NONE) sum += c->count;
    }
    return sum;
}

static const char *waits_text(struct desk *d, const struct opinion_counts *counts,
                              enum wait_kind waiting)
{
    int64_t n = count_of(counts, waiting);
    if (n == 0) return NULL;
    long long count = (long long)n;
    switch (waiting) {
    case WAIT_RELAY:
        return arena_printf(d->arena, tr(d->t.lang, "%lld ý kiến chờ chuyển"), count);
    case WAIT_CHAIR:
        return arena_printf(d->arena, tr(d->t.lang, "%lld ý kiến chờ đối thoại"), count);
    case WAIT_OWED:
        return arena_printf(d->arena, tr(d->t.lang, "%lld ý kiến còn nợ trả lời"), count);
    case WAIT_ANSWERED:
        return arena_printf(d->arena, tr(d->t.lang, "%lld ý kiến chờ kết luận"), count);
    case WAIT_NONE:
        break;
    }
    return NULL;
}

static const char *when_text(struct desk *d, const struct dialogue *dialogue)
{
    char text[FORMAT_TEXT];
    if (dialogue->starts_at_ms == 0) return NULL;
    return arena_printf(d->arena, "%s%s%s", format_instant(d->t.lang, dialogue->starts_at_ms, text),
                        *dialogue->place != 0 ? ", " : "", dialogue->place);
}

static enum status add_dialogue(struct desk *d, struct sql *sql, const struct dialogue *row,
                                struct home_view *v)
{
    struct opinion_counts counts;
    enum status status =
        store_opinion_counts(sql, d->visit->unit, row->id, d->today, d->arena, &counts);
    if (status != STATUS_OK) return status;
    uint32_t roles_here = dialogue_roles(row, &d->visit->actor);
    struct home_dialogue *shown = &v->dialogues[v->dialogue_count++];
    *shown = (struct home_dialogue){
        .title = row->title,
        .path = arena_printf(d->arena, "/doi-thoai/%lld", (long long)row->id),
        .when = when_text(d, row),
        .state = dialogue_tag(d->t.lang, row->state),
        .links = arena_array(d->arena, struct home_link, ARRAY_LEN(desk_rows))};
    for (size_t i = 0; i < ARRAY_LEN(desk_rows); i++) {
        const struct desk_row *desk = &desk_rows[i];
        if ((desk->roles & roles_here) == 0 || strstr(desk->pattern, "%lld") == NULL) continue;
        size_t prefix = strcspn(desk->pattern, "%");
        shown->links[shown->link_count++] =
            (struct home_link){.path = arena_printf(d->arena, "%.*s%lld", (int)prefix,
                                                    desk->pattern, (long long)row->id),
                               .label = tr(d->t.lang, desk->label),
                               .waits = waits_text(d, &counts, desk->waiting)};
    }
    return STATUS_OK;
}

/// What I owe in this dialogue.
static enum status add_mine(struct desk *d, struct sql *sql, struct home_view *v)
{
    const char *me = d->visit->actor.person->username;
    struct opinion_filter filter = {
        .dialogue = d->dialogue.id, .state = OPINION_OWED, .field = -1, .khom = -1};
    struct opinion_page page = {.more = true};
    while (page.more && v->mine.count < DESK_LIST) {
        enum status status = read_opinion_page(d->x, sql, &d->dialogue, &filter, DESK_LIST, &page);
        if (status != STATUS_OK) return status;
        for (int i = 0; i < page.count && v->mine.count < DESK_LIST; i++) {
            const struct opinion *o = &page.rows[i];
            filter.after = o->id;
            if (o->responsible_is_body || strcmp(o->responsible, me) != 0) continue;
            struct opinion_case c = visit_case(d->visit, d->arena, &d->dialogue, &page.rows[i]);
            v->mine.rows[v->mine.count++] = desk_opinion_of(d, &c, NULL);
        }
    }
    return STATUS_OK;
}

static void add_unit_links(struct desk *d, struct home_view *v)
{
    v->links = arena_array(d->arena, struct home_link, ARRAY_LEN(desk_rows));
    for (size_t i = 0; i < ARRAY_LEN(desk_rows); i++)
        if ((desk_rows[i].roles & d->visit->actor.person->roles) &&
            strstr(desk_rows[i].pattern, "%lld") == NULL)
            v->links[v->link_count++] = (struct home_link){
                .path = desk_rows[i].pattern, .label = tr(d->t.lang, desk_rows[i].label)};
}

enum http_next get_home(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    struct desk d;
    struct dialogue_list list;
    enum http_next next;
    STORE_READ ro = NULL;
    desk_begin(x, &d);
    const char *events = desk_events(x, 0);
    if (!visit_read(x, &ro, &next)) return next;
    struct sql *sql = store_ro_sql(ro);
    int64_t last = 0;
    enum status status = store_dialogue_last(sql, d.visit->unit, &last);
    int64_t after = last > HOME_DIALOGUES ? last - HOME_DIALOGUES : 0;
    if (status == STATUS_OK)
        status = store_dialogue_list(sql, d.visit->unit, after, HOME_DIALOGUES, d.arena, &list);
    if (status != STATUS_OK) return page_failed(x, status);
    struct home_view v = {.name = d.visit->actor.person->name,
                          .dialogues = arena_array(d.arena, struct home_dialogue, HOME_DIALOGUES)};
    v.mine.rows = arena_array(d.arena, struct desk_opinion, DESK_LIST);
    for (int i = list.count - 1; status == STATUS_OK && i >= 0; i--) { // the newest first
        status = desk_open(&d, sql, list.rows[i].id);
        if (status == STATUS_OK) status = add_dialogue(&d, sql, &list.rows[i], &v);
        if (status == STATUS_OK) status = add_mine(&d, sql, &v);
    }
    if (status != STATUS_OK) return page_failed(x, status);
    d.page.events = events;
    add_unit_links(&d, &v);
    desk_title(&d, tr(d.t.lang, "Bàn làm việc"));
    tpl_home_page(&d.t, &d.page, &v);
    return HTTP_DONE;
}
