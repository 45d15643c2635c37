// SPDX-License-Identifier: AGPL-3.0-or-later
// demo: makes the sample ward at a stage, with a clock of its own, and says who may sign in. Never
// touches a data directory that has a ward already.
#include <string.h>

#include "actions/password.h"
#include "cli/cli.h"
#include "cli/demo.h"

enum { MAX_PEOPLE = 32, MAX_SETTINGS = 16 };

static const char PASSWORD[] = "matkhau-mau";

static const struct {
    const char *stage, *clock;
} STAGES[] = {
    {"drafting", "2024-01-10T09:00:00+07:00"},  {"announced", "2024-06-10T09:00:00+07:00"},
    {"open", "2024-06-20T09:40:00+07:00"},      {"closed", "2024-07-23T09:00:00+07:00"},
    {"completed", "2024-10-01T08:00:00+07:00"},
};

static const char *stage_clock(const char *stage)
{
    for (size_t i = 0; stage != NULL && i < ARRAY_LEN(STAGES); i++)
        if (strcmp(STAGES[i].stage, stage) == 0) return STAGES[i].clock;
    return NULL;
}

static enum status make_ward(struct demo *demo, const char *password, const char *clock)
{
    char hash[PASSWORD_HASH_TEXT]; // one for all: argon2id is slow on purpose
    struct account accounts[MAX_PEOPLE];
    struct setting settings[MAX_SETTINGS];
    ensure(demo_people_count <= MAX_PEOPLE && demo_setting_count < MAX_SETTINGS);
    if (!password_hash(password, hash)) return STATUS_BROKEN;
    for (int i = 0; i < demo_people_count; i++)
        accounts[i] =
            (struct account){.person = demo_people[i], .password_hash = hash, .version = 1};
    memcpy(settings, demo_settings, (size_t)demo_setting_count * sizeof(*settings));
    settings[demo_setting_count] = (struct setting){"clock", clock};
    struct setup setup = {.admin_password = password,
                          .accounts = accounts,
                          .account_count = demo_people_count,
                          .settings = settings,
                          .setting_count = demo_setting_count + 1};
    int64_t ms = 0;
    ensure(instant_parse("2024-01-02T08:00:00+07:00", &ms));
    demo->app->clock = clock_starting_at(ms);
    return setup_unit(demo->app, demo->unit, &setup);
}

static void print_roles(const struct person *p)
{
    const char *comma = "";
    for (int role = 0; role < ROLE_ACCOUNT_COUNT; role++) {
        if ((p->roles & WHO(role)) == 0) continue;
        printf("%s%s", comma, value_label(&roles, role));
        comma = ", ";
    }
    if (strcmp(p->username, "phochutich") == 0)
        printf("%s, %s", value_label(&roles, ROLE_DEPUTY), value_label(&roles, ROLE_SECOND_READER));
}

static void print_sign_ins(const char *password)
{
    printf("\nĐăng nhập (mọi tài khoản cùng mật khẩu: %s)\n", password);
    for (int i = 0; i < demo_people_count; i++) {
        printf("    %-11s %s, %s (", demo_people[i].username, demo_people[i].name,
               demo_people[i].title);
        print_roles(&demo_people[i]);
        printf(")\n");
    }
}

static void print_receipts(const struct demo *demo)
{
    if (demo->submitted > 0) printf("\nMã biên nhận của người có ý kiến\n");
    for (int i = 1; i < DEMO_OPINIONS; i++) {
        char number[OPINION_NUMBER_TEXT], receipt[RECEIPT_TEXT];
        if (*demo->receipts[i] == 0) continue;
        printf("    %s  %s\n", opinion_number_format(2024 * OPINION_PER_YEAR + i, number),
               receipt_format(demo->receipts[i], receipt));
    }
}

static void print_pages(const struct demo *demo)
{
    static const struct {
        const char *path, *what;
    } PAGES[] = {
        {"/", "trang của phường"},
        {"/doi-thoai/1", "hội nghị đối thoại năm 2024"},
        {"/doi-thoai/1/gui-y-kien", "gửi ý kiến"},
        {"/tra-cuu", "tra cứu bằng mã biên nhận"},
        {"/man-hinh/1", "màn hình hội trường"},
        {"/lam-viec", "nơi làm việc của cán bộ"},
    };
    printf("Phường mẫu theo Kế hoạch 66/KH-UBND: %d ý kiến, %d việc đã ghi vào sổ.\n",
           demo->submitted, demo->acts);
    printf("\nCác trang (dưới địa chỉ của doithoai serve, mặc định http://127.0.0.1:8080)\n");
    for (size_t i = 0; i < ARRAY_LEN(PAGES); i++)
        printf("    %-24s %s\n", PAGES[i].path, PAGES[i].what);
}

static int make(struct cli *cli, struct app *app, const char *clock)
{
    const char *password = cli->password != NULL ? cli->password : PASSWORD;
    struct demo demo = {.app = app, .unit = 1};
    char now[INSTANT_TEXT];
    ensure(instant_parse(clock, &demo.until_ms));
    if (cli->has_now) clock = instant_format(cli->now_ms, now);
    enum status status = make_ward(&demo, password, clock);
    if (status == STATUS_CONFLICT)
        return cli_fail(CLI_REFUSED, "kho dữ liệu này đã có phường", NULL);
    if (status != STATUS_OK) return cli_fail(CLI_REFUSED, "không tạo được", status_name(status));
    if (!demo_play(&demo)) return cli_fail(CLI_REFUSED, "không tạo được", demo.wrong);
    print_pages(&demo);
    print_sign_ins(password);
    print_receipts(&demo);
    return CLI_DONE;
}

int cmd_demo(struct cli *cli)
{
    const char *clock = stage_clock(cli->stage);
    if (clock == NULL)
        return cli_fail(CLI_MISUSED, "cần --stage drafting, announced, open, closed hoặc completed",
                        NULL);
    if (cli->password != NULL && strlen(cli->password) < PASSWORD_MIN)
        return cli_fail(CLI_MISUSED, "mật khẩu cần ít nhất 8 ký tự", NULL);
    struct app app;
    if (!cli_app_open(cli, true, &app)) return cli_where_code(cli);
    int code = make(cli, &app, clock);
    cli_app_close(&app);
    return code;
}
