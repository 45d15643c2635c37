// SPDX-License-Identifier: AGPL-3.0-or-later
// A new ward: head row, settings, five khóm (R100), holidays, accounts.
#include "actions/setup.h"

#include "base/tr.h"

#include <string.h>

#include "actions/password.h"
#include "base/digest.h"
#include "store/register.h"

const struct setting_row setting_rows[] = {
    {"unit_name", N_("Tên đơn vị"), "Phường 1"},
    {"unit_kind", N_("Loại đơn vị"), "phường"},
    {"above_name", N_("Cấp có thẩm quyền trực tiếp trên phường"), "UBND tỉnh"},
    {"above_council", N_("Nơi nhận kế hoạch: Hội đồng nhân dân, Ủy ban nhân dân cấp trên"), ""},
    {"above_home", N_("Nơi nhận kế hoạch: cơ quan nội vụ cấp trên"), "Sở Nội vụ tỉnh"},
    {"synthesis_days", N_("Số ngày phải gửi báo cáo tổng hợp đến Ban Thường vụ Đảng ủy"), "10"},
    {"address", N_("Địa chỉ ghi trên văn bản"), ""},
    {"phone", N_("Điện thoại ghi trên văn bản"), ""},
    {"office_name", N_("Văn phòng"), "Văn phòng UBND phường"},
    {"web_address", N_("Địa chỉ trang của phường in trên giấy (không có thì để trống)"), ""},
    {"khom_word", N_("Tên gọi của khóm (khóm, ấp, tổ dân phố, thôn)"), "khóm"},
    {"hall", N_("Hội trường"), "Hội trường Ủy ban nhân dân phường"},
    {"hall_wifi",
     N_("Tên mạng Wi-Fi trong hội trường, chiếu ở màn hình chào (không có thì để trống)"), ""},
    {"contact", N_("Đầu mối liên hệ"), "Văn phòng Ủy ban nhân dân phường"},
    {"smtp_url",
     N_("Máy chủ gửi thư điện tử (smtp://máy:587 hoặc smtps://máy; để trống thì thư chờ lại)"), ""},
    {"smtp_from", N_("Địa chỉ thư của đơn vị, ghi ở người gửi"), ""},
    {"smtp_user", N_("Tên đăng nhập máy chủ thư"), ""},
    {"smtp_password", N_("Mật khẩu máy chủ thư"), "", .secret = true},
    {"sms_url", N_("Địa chỉ cổng tin nhắn (https://...; để trống thì tin nhắn chờ lại)"), ""},
    {"sms_token", N_("Mã truy cập cổng tin nhắn"), "", .secret = true},
};
const int setting_row_count = (int)ARRAY_LEN(setting_rows);

struct job {
    const struct setup *setup;
    const char *admin_hash;
    int64_t unit, now_ms;
    enum setup_fault fault;
};

static enum status write_settings(struct store_tx *tx, const struct job *job)
{
    enum status status = STATUS_OK;
    for (int i = 0; status == STATUS_OK && i < setting_row_count; i++)
        status = store_setting_write(tx, job->unit, setting_rows[i].name, setting_rows[i].value);
    for (int i = 0; status == STATUS_OK && i < job->setup->setting_count; i++)
        status = store_setting_write(tx, job->unit, job->setup->settings[i].name,
                                     job->setup->settings[i].value);
    return status;
}

static enum status write_accounts(struct store_tx *tx, const struct job *job)
{
    struct account admin = {.person = {.username = "quantri",
                                       .name = "Quản trị",
                                       .title = "Quản trị hệ thống",
                                       .roles = WHO(ROLE_ADMIN),
                                       .active = true},
                            .password_hash = job->admin_hash,
                            .version = 1};
    enum status status = store_account_write(tx, job->unit, &admin);
    for (int i = 0; status == STATUS_OK && i < job->setup->account_count; i++)
        status = store_account_write(tx, job->unit, &job->setup->accounts[i]);
    return status;
}

static enum status write_unit(struct store_tx *tx, void *arg)
{
    const struct job *job = arg;
    const struct calendar *holidays = calendar_builtin();
    const char *host = job->setup->host;
    enum { KHOMS = 5, QUOTA = 12 };
    enum status status = store_unit_create(tx, job->unit, host == NULL ? "" : host, job->now_ms);
    if (status == STATUS_OK) status = write_settings(tx, job);
    for (int k = 1; status == STATUS_OK && k <= KHOMS; k++) {
        char name[16];
        snprintf(name, sizeof(name), "Khóm %d", k);
        status = store_khom_write(tx, job->unit, &(struct khom){k, name, QUOTA});
    }
    for (size_t i = 0; status == STATUS_OK && i < holidays->count; i++)
        status = store_holiday_write(tx, job->unit, &holidays->days[i]);
    if (status == STATUS_OK) status = write_accounts(tx, job);
    if (status != STATUS_OK) return status;
    struct unit_head head;
    status = store_head_lock(tx, job->unit, &head);
    struct entry entry = {.at_ms = job->now_ms,
                          .actor = "",
                          .role = ROLE_SYSTEM,
                          .action = "setup",
                          .subject = "unit",
                          .from_state = -1,
                          .to_state = -1,
                          .version = 1};
    if (status == STATUS_OK)
        status = store_register_append(tx, job->unit, CHAIN_MAIN, &head, &entry);
    return status == STATUS_OK ? store_head_write(tx, job->unit, &head) : status;
}

enum status setup_unit(struct app *app, int64_t unit, const struct setup *setup)
{
    char hash[PASSWORD_HASH_TEXT];
    if (!password_hash(setup->admin_password, hash)) return STATUS_BROKEN;
    struct job job = {setup, hash, unit, clock_now_ms(&app->clock), SETUP_FINE};
    return store_run(app->store, write_unit, &job);
}

// ---- beside others

/// Who makes or names a ward locks the first one's head: of two at once the second sees what the
/// first has done. NOT_FOUND: there is no ward.
static enum status lock_first(struct store_tx *tx, struct arena *arena, struct unit_row *ret_first,
                              struct unit_head *ret_head)
{
    enum status status = store_unit_after(store_tx_sql(tx), 0, arena, ret_first);
    return status == STATUS_OK ? store_head_lock(tx, ret_first->unit, ret_head) : status;
}

struct others {
    int64_t count, last;
    bool unnamed, taken;
};

static enum status look_at_others(struct store_tx *tx, const char *host, int64_t own,
                                  struct others *ret_others)
{
    ARENA arena = {0};
    struct unit_row row = {0};
    enum status status;
    *ret_others = (struct others){0};
    while ((status = store_unit_after(store_tx_sql(tx), row.unit, &arena, &row)) == STATUS_OK) {
        ret_others->count++;
        ret_others->last = row.unit;
        if (row.unit == own) continue;
        ret_others->unnamed = ret_others->unnamed || *row.host == 0;
        ret_others->taken = ret_others->taken || (host != NULL && strcmp(row.host, host) == 0);
    }
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static enum setup_fault fault_of(const char *host, const struct others *others)
{
    if (host == NULL) return SETUP_NEEDS_HOST;
    if (others->unnamed) return SETUP_OTHER_UNNAMED;
    return others->taken ? SETUP_HOST_TAKEN : SETUP_FINE;
}

/// A ward that is no longer alone answers its own host only: what was kept for others is stale.
static enum status no_longer_alone(struct store_tx *tx, int64_t unit, struct unit_head *head)
{
    head->config++;
    return store_head_write(tx, unit, head);
}

static enum status write_ward(struct store_tx *tx, void *arg)
{
    ARENA arena = {0};
    struct job *job = arg;
    struct unit_row first;
    struct unit_head head;
    struct others others;
    job->unit = 1;
    job->fault = SETUP_FINE;
    enum status status = lock_first(tx, &arena, &first, &head);
    if (status == STATUS_NOT_FOUND) return write_unit(tx, job);
    if (status == STATUS_OK) status = look_at_others(tx, job->setup->host, 0, &others);
    if (status != STATUS_OK) return status;
    job->fault = fault_of(job->setup->host, &others);
    if (job->fault != SETUP_FINE) return STATUS_CONFLICT;
    job->unit = others.last + 1;
    if (others.count == 1) status = no_longer_alone(tx, first.unit, &head);
    return status == STATUS_OK ? write_unit(tx, job) : status;
}

enum status setup_ward(struct app *app, const struct setup *setup, enum setup_fault *ret_fault)
{
    char hash[PASSWORD_HASH_TEXT];
    if (!password_hash(setup->admin_password, hash)) return STATUS_BROKEN;
    struct job job = {setup, hash, 0, clock_now_ms(&app->clock), SETUP_FINE};
    enum status status = store_run(app->store, write_ward, &job);
    // Two at once in an empty store: the other one was first.
    if (status == STATUS_CONFLICT && job.fault == SETUP_FINE) job.fault = SETUP_NEEDS_HOST;
    if (status == STATUS_CONFLICT) *ret_fault = job.fault;
    return status;
}

struct naming {
    int64_t unit, now_ms;
    const char *host;
};

static enum status write_name(struct store_tx *tx, const struct naming *n, struct unit_head *head)
{
    struct digest d;
    struct entry entry = {.at_ms = n->now_ms,
                          .actor = "",
                          .role = ROLE_SYSTEM,
                          .action = "host",
                          .subject = "unit",
                          .from_state = -1,
                          .to_state = -1,
                          .version = 1};
    digest_init(&d, NULL);
    digest_text(&d, n->host);
    digest_done(&d, entry.digest);
    head->config++;
    enum status status = store_unit_host_write(tx, n->unit, n->host);
    if (status == STATUS_OK) status = store_register_append(tx, n->unit, CHAIN_MAIN, head, &entry);
    return status == STATUS_OK ? store_head_write(tx, n->unit, head) : status;
}

static enum status rename_unit(struct store_tx *tx, void *arg)
{
    ARENA arena = {0};
    const struct naming *n = arg;
    struct unit_row first;
    struct unit_head head;
    struct others others;
    enum status status = lock_first(tx, &arena, &first, &head);
    if (status == STATUS_OK) status = look_at_others(tx, n->host, n->unit, &others);
    if (status == STATUS_OK && others.taken) return STATUS_CONFLICT;
    if (status == STATUS_OK && first.unit != n->unit) status = store_head_lock(tx, n->unit, &head);
    return status == STATUS_OK ? write_name(tx, n, &head) : status;
}

enum status setup_host(struct app *app, int64_t unit, const char *host)
{
    struct naming naming = {unit, clock_now_ms(&app->clock), host};
    return store_run(app->store, rename_unit, &naming);
}
