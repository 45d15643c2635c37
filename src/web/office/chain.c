// SPDX-License-Identifier: AGPL-3.0-or-later
// The register's page: entries and chain head for staff and overseers; of the sealed chain only its
// length. And the archivist's desk: plans to issue, numbers given.
#include "web/office/chain.h"
#include "web/office/chain.html.h"
#include "web/office/handlers.h"

#include <string.h>

#include "domain/attendance.h"
#include "domain/hall.h"
#include "web/form_input.h"

enum { CHAIN_ROWS = 100, HASH_SHOWN = 4 };

/// In groups of eight digits: easier to compare, and they break on a phone.
static const char *hash_shown(struct arena *arena, const unsigned char *hash, int bytes)
{
    enum { GROUP = 4, PER_BYTE = 3 };
    char *text = arena_alloc(arena, (size_t)bytes * PER_BYTE + 1), *p = text;
    for (int i = 0; i < bytes; i++)
        p += snprintf(p, PER_BYTE + 1, "%s%02x", i > 0 && i % GROUP == 0 ? " " : "", hash[i]);
    return text;
}

// ---- words of an entry

static const struct {
    const char *code, *label;
} other_actions[] = {
    {"submit", N_("Tiếp nhận ý kiến")},
    {"create", N_("Lập hội nghị")},
    {"programme", N_("Sửa chương trình")},
    {"close", N_("Bế mạc")},
    {"reopen", N_("Mở lại")},
    {"uncomplete", N_("Trở lại giai đoạn giải quyết")},
    {"regroup", N_("Đổi ý kiến chính của nhóm")},
    {"hand_over", N_("Chuyển người chịu trách nhiệm")},
    {"recount", N_("Tính lại hạn theo lịch nghỉ")},
    {"anchor", N_("Neo sổ niêm phong")},
    {"setup", N_("Khởi tạo")},
    {"host", N_("Đổi tên miền")},
    {"setting", N_("Sửa cài đặt")},
    {"khom", N_("Sửa khóm")},
    {"holiday", N_("Ghi ngày nghỉ, ngày làm bù")},
    {"holiday_delete", N_("Bỏ ngày nghỉ, ngày làm bù")},
    {"account_create", N_("Lập tài khoản")},
    {"account_update", N_("Sửa tài khoản")},
    {"account_close", N_("Khóa tài khoản")},
    {"account_password", N_("Đặt lại mật khẩu")},
    {"own_password", N_("Tự đổi mật khẩu")},
    {"outbox_retry", N_("Gửi lại thư, tin nhắn")},
    {"broadcast", N_("Ghi sổ phát thanh")},
    {"broadcast_strike", N_("Gạch dòng sổ phát thanh")},
    {"minutes_edit", N_("Sửa biên bản")},
    {"issue_document", N_("Cấp số, ban hành văn bản")},
    {"reissue_document", N_("Ban hành văn bản thay thế")},
    {"join", N_("Vào hội trường bằng điện thoại")},
    {"note", N_("Ghi chú trong hội trường")},
    {"note_strike", N_("Gạch ghi chú")},
    {"note_become", N_("Dùng ghi chú")},
    {"fact", N_("Cung cấp số liệu cho chủ trì")},
    {"text", N_("Ghi nội dung báo cáo")},
    {"dispatch", N_("Giao báo cáo")},
    {"dispatch_strike", N_("Gạch dòng giao báo cáo")},
};

static const char *action_shown(struct desk *d, const struct entry *e)
{
    int opinion = strncmp(e->subject, "opinion ", 8) == 0 ? opinion_action_parse(e->action) : -1;
    bool in_hall = strncmp(e->subject, "hall ", 5) == 0;
    int hall = in_hall ? hall_action_parse(e->action) : -1;
    // The hall opens and closes with its dialogue.
    bool of_dialogue = in_hall || strncmp(e->subject, "dialogue ", 9) == 0;
    int dialogue = of_dialogue ? dialogue_action_parse(e->action) : -1;
    if (opinion >= 0) return tr(d->t.lang, opinion_rules[opinion].label);
    if (hall >= 0) return tr(d->t.lang, hall_rules[hall].label);
    if (dialogue >= 0) return tr(d->t.lang, dialogue_rules[dialogue].label);
    for (size_t i = 0; i < ARRAY_LEN(other_actions); i++)
        if (strcmp(other_actions[i].code, e->action) == 0)
            return tr(d->t.lang, other_actions[i].label);
    for (int i = 0; i < ATTEND_ACTION_COUNT; i++)
        if (strcmp(attend_rules[i].entry, e->action) == 0)
            return tr(d->t.lang, attend_rules[i].label);
    return e->action;
}

static const struct {
    const char *prefix, *label;
} subjects[] = {
    {"opinion ", N_("Ý kiến")},
    {"dialogue ", N_("Hội nghị số")},
    {"account ", N_("Tài khoản")},
    {"setting ", N_("Cài đặt")},
    {"khom ", N_("Khóm số")},
    {"holiday ", N_("Ngày")},
    {"broadcast ", N_("Sổ phát thanh, dòng")},
    {"invitee ", N_("Giấy mời")},
    {"dispatch ", N_("Lần giao báo cáo")},
    {"text ", N_("Nội dung báo cáo")},
    {"document ", N_("Văn bản, dòng")},
    {"minutes ", N_("Biên bản hội nghị số")},
    {"hall ", N_("Hội trường, hội nghị số")},
    {"ticket ", N_("Vé điện thoại")},
    {"note ", N_("Ghi chú")},
    {"fact ", N_("Số liệu")},
    {"message ", N_("Thư, tin nhắn")},
};

static const char *subject_shown(struct desk *d, const char *subject)
{
    for (size_t i = 0; i < ARRAY_LEN(subjects); i++) {
        size_t len = strlen(subjects[i].prefix);
        if (strncmp(subject, subjects[i].prefix, len) == 0)
            return arena_printf(d->arena, "%s %s", tr(d->t.lang, subjects[i].label), subject + len);
    }
    if (strcmp(subject, "unit") == 0) return tr(d->t.lang, "Đơn vị");
    if (strcmp(subject, "sealed") == 0) return tr(d->t.lang, "Sổ niêm phong");
    return subject;
}

struct chain_row chain_row_of(struct desk *d, const struct entry *e)
{
    bool account = *e->actor != 0;
    bool opinion = strncmp(e->subject, "opinion ", 8) == 0;
    return (struct chain_row){
        .entry = e->entry,
        .at_ms = e->at_ms,
        .action = action_shown(d, e),
        .who = account                  ? person_shown(&d->visit->facts->people, e->actor)
               : e->role == ROLE_SYSTEM ? tr(d->t.lang, "Phần mềm")
               : e->role == ROLE_TICKET ? title_of(d->arena, d->t.lang, &roles, ROLE_TICKET)
                                        : tr(d->t.lang, "Người có ý kiến"),
        .role = account ? label_of(d->t.lang, &roles, (int)e->role) : NULL,
        .behalf = e->behalf == BEHALF_SELF ? NULL : label_of(d->t.lang, &behalves, (int)e->behalf),
        .subject = subject_shown(d, e->subject),
        .path = opinion ? arena_printf(d->arena, "/lam-viec/y-kien/%s", e->subject + 8) : NULL,
        .hash = hash_shown(d->arena, e->hash, HASH_SHOWN)};
}

static enum http_next show_register(struct http_exchange *x, struct desk *d, struct sql *sql)
{
    struct unit_head head;
    struct entry_list list;
    int64_t after = 0;
    const char *path = http_path(x);
    (void)read_id(http_query(x, "after"), &after);
    enum status status = store_head_read(sql, d->visit->unit, &head);
    if (status == STATUS_OK)
        status = store_register_list(sql, d->visit->unit,
                                     (struct register_page){CHAIN_MAIN, after, CHAIN_ROWS},
                                     d->arena, &list);
    if (status != STATUS_OK) return page_failed(x, status);
    struct chain_view v = {.rows = arena_array(d->arena, struct chain_row, CHAIN_ROWS),
                           .last = head.entry,
                           .sealed = head.sealed_entry,
                           .path = path,
                           .live_path = http_target(x),
                           .newest = head.entry > CHAIN_ROWS ? head.entry - CHAIN_ROWS : 0,
                           .head = hash_shown(d->arena, head.hash, DIGEST_BYTES),
                           .first = after > 0 ? path : NULL};
    for (int i = 0; i < list.count; i++)
        v.rows[v.count++] = chain_row_of(d, &list.rows[i]);
    if (list.count == CHAIN_ROWS)
        v.next = arena_printf(d->arena, "%s?after=%lld", path,
                              (long long)list.rows[list.count - 1].entry);
    desk_title(d, tr(d->t.lang, "Sổ theo dõi mọi việc"));
    tpl_register_page(&d->t, &d->page, &v);
    return HTTP_DONE;
}

/// Everybody at work but the khóm, whose desk is its own people's.
static const uint32_t READS_REGISTER = WHO(ROLE_CHAIR) | WHO(ROLE_OFFICE) | WHO(ROLE_SECRETARY) |
                                       WHO(ROLE_OVERSIGHT) | WHO(ROLE_PARTY) | WHO(ROLE_ARCHIVIST) |
                                       WHO(ROLE_SPECIALIST) | WHO(ROLE_CULTURE) | WHO(ROLE_DEPUTY) |
                                       WHO(ROLE_SECOND_READER) | WHO(ROLE_ADMIN);

enum http_next get_register(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    struct desk d;
    enum http_next next;
    STORE_READ ro = NULL;
    const char *events = office_events(x);
    if (!visit_read(x, &ro, &next)) return next;
    if (!office_enter(x, &d, store_ro_sql(ro), READS_REGISTER, &next)) return next;
    d.page.events = events;
    return show_register(x, &d, store_ro_sql(ro));
}

enum http_next get_register_unit(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    struct desk d;
    enum http_next next;
    STORE_READ ro = NULL;
    if (!office_enter_unit(x, &d, READS_REGISTER, &next)) return next;
    d.page.events = desk_events(x, 0);
    if (!visit_read(x, &ro, &next)) return next;
    return show_register(x, &d, store_ro_sql(ro));
}

// ---- the archivist's desk

static struct action_form *issue_form(struct desk *d, const struct dialogue *row)
{
    char day[DAY_TEXT];
    d->dialogue = *row;
    if (!row->approved || !desk_dialogue_can(d, DACT_ISSUE, BEHALF_SELF)) return NULL;
    const struct action_preset presets[] = {
        {PARAM_SYMBOL, "KH-UBND", false},
        {PARAM_DATE, arena_strdup(d->arena, day_format(d->today, day)), false}};
    return action_form_dialogue(
        d->x, row, DACT_ISSUE,
        &(struct action_form_options){
            .action = arena_printf(d->arena, "/lam-viec/doi-thoai/%lld/issue", (long long)row->id),
            .intro = tr(d->t.lang, "Ghi số do văn thư cấp, hoặc số do hệ thống văn bản của cấp "
                                   "trên cấp. Ban hành rồi thì kế hoạch không sửa được nữa."),
            .back = "/lam-viec/van-thu",
            .presets = presets,
            .preset_count = ARRAY_LEN(presets)});
}

enum http_next get_archivist(struct http_exchange *x, void *ctx)
{
    (void)ctx;
    struct desk d;
    struct dialogue_list list;
    enum http_next next;
    STORE_READ ro = NULL;
    const char *events = desk_events(x, 0);
    if (!office_enter_unit(x, &d, WHO(ROLE_ARCHIVIST), &next)) return next;
    if (!visit_read(x, &ro, &next)) return next;
    enum status status = work_dialogues(&d, store_ro_sql(ro), &list);
    if (status != STATUS_OK) return page_failed(x, status);
    struct archivist_view v = {.rows =
                                   arena_array(d.arena, struct plan_row, (size_t)list.count + 1)};
    for (int i = list.count - 1; i >= 0; i--) {
        const struct dialogue *row = &list.rows[i];
        struct plan_row *plan = &v.rows[v.count++];
        *plan = (struct plan_row){
            .title = row->title,
            .number =
                *row->number != 0 ? arena_printf(d.arena, "%s/%s", row->number, row->symbol) : NULL,
            .papers = arena_printf(d.arena, "/doi-thoai/%lld/van-ban", (long long)row->id),
            .state = dialogue_tag(d.t.lang, row->state),
            .issued_day = row->issued_day,
            .approved = row->approved,
            .issue = issue_form(&d, row)};
        v.waiting += plan->issue != NULL;
    }
    status = issuing_waiting(&d, store_ro_sql(ro), &v.waiting_papers);
    if (status != STATUS_OK) return page_failed(x, status);
    d.page.events = events;
    desk_title(&d, tr(d.t.lang, "Bàn văn thư"));
    tpl_archivist_page(&d.t, &d.page, &v);
    return HTTP_DONE;
}
