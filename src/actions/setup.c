// SPDX-License-Identifier: AGPL-3.0-or-later
// A new ward: head row, settings, five khóm (R100), holidays, accounts.
#include "actions/setup.h"

#include "base/tr.h"

#include <string.h>

#include "actions/password.h"
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
    enum { KHOMS = 5, QUOTA = 12 };
    enum status status = store_unit_create(tx, job->unit, "", job->now_ms);
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
    struct job job = {setup, hash, unit, clock_now_ms(&app->clock)};
    return store_run(app->store, write_unit, &job);
}
