// SPDX-License-Identifier: AGPL-3.0-or-later
// rehearse: makes a rehearsal in a folder of its own; throwing one away is rehearsal_folder.c.
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "actions/password.h"
#include "base/tr.h"
#include "cli/rehearsal.h"
#include "cli/store_files.h"

/// Beside the real one, on the same disk and as private; where that can't be, among the temporary
/// files.
static const char *fresh_folder(const struct cli *cli, struct arena *arena)
{
    const char *tmp = getenv("TMPDIR");
    char *beside = cli->data != NULL ? realpath(cli->data, NULL) : NULL;
    char *folder =
        arena_printf(arena, "%s-dien-tap-XXXXXX", beside != NULL ? beside : "/nowhere/doithoai");
    free(beside);
    if (mkdtemp(folder) != NULL) return folder;
    folder =
        arena_printf(arena, "%s/doithoai-dien-tap-XXXXXX", tmp != NULL && *tmp != 0 ? tmp : "/tmp");
    if (mkdtemp(folder) != NULL) return folder;
    return cli_fail(0, "không tạo được thư mục dữ liệu", strerror(errno)), NULL;
}

/// Dialogue 0: the newest one. The exit status.
static int read_dialogue(struct rehearsal *r, struct app *app, struct sql *sql, int64_t unit,
                         int64_t dialogue)
{
    enum status status = STATUS_OK;
    if (dialogue == 0) status = store_dialogue_last(sql, unit, &dialogue);
    if (status == STATUS_OK)
        status = rehearsal_read(r, sql, unit, dialogue, clock_now_ms(&app->clock));
    if (status == STATUS_OK) return CLI_DONE;
    if (status == STATUS_NOT_FOUND) return cli_fail(CLI_REFUSED, "không có hội nghị này", NULL);
    return cli_fail(CLI_REFUSED, "không đọc được kho dữ liệu", status_name(status));
}

static int read_real(struct cli *cli, struct rehearsal *r)
{
    struct app app;
    int64_t unit = 0;
    if (!cli_app_open(cli, false, &app)) return CLI_REFUSED;
    int code = CLI_REFUSED;
    {
        STORE_READ ro = NULL; // one snapshot for all of it
        if (store_read_begin(app.store, &ro) == STATUS_OK) {
            struct sql *sql = store_ro_sql(ro);
            code = cli_unit(cli, sql, &unit);
            if (code == CLI_DONE) code = read_dialogue(r, &app, sql, unit, cli->dialogue);
        } else {
            cli_fail(0, "không đọc được kho dữ liệu", NULL);
        }
    }
    cli_app_close(&app);
    return code;
}

static void print_how(const struct cli *cli, enum lang lang)
{
    if (cli->run && cli->people > 0)
        printf(tr(lang, "Có %lld người dân ảo cùng dự.\n"), (long long)cli->people);
    if (cli->run) {
        printf("%s\n",
               tr(lang, "Xong thì bấm Ctrl-C: buổi diễn tập dừng, sổ được kiểm tra, thư mục "
                        "được xóa."));
        return;
    }
    printf(tr(lang, "Chạy:          doithoai serve --data %s --hall\n"), cli->into);
    printf("%s\n", tr(lang, "Sau khai mạc, người dân ảo:  doithoai simulate --url "
                            "http://127.0.0.1:8080 --people 30 --seconds 1800 --audience"));
    printf(tr(lang, "Xong thì xóa:  doithoai rehearse --discard %s\n"), cli->into);
}

/// For the page that began it (rehearsal_host.h).
static void print_for_host(const struct cli *cli, const struct rehearsal *r)
{
    json_t *accounts = json_array();
    for (int i = 0; i < r->cast_count; i++) {
        const struct person *p = &r->cast[i].person;
        json_array_append_new(accounts, json_pack("[s, s, s]", p->username, p->name, p->title));
    }
    rehearsal_tell(json_pack("{s:s, s:s, s:o}", "folder", cli->into, "password", cli->password,
                             "accounts", accounts));
}

static void print_sign_ins(const struct cli *cli, const struct rehearsal *r)
{
    enum lang lang = cli_english() ? LANG_EN : LANG_VI;
    printf("%s\n", r->dialogue.title);
    printf(tr(lang,
              "Buổi diễn tập nằm trong %s, tách hẳn kho dữ liệu thật: %d ý kiến và %d đại biểu "
              "đều do chương trình đặt ra.\n"),
           cli->into, r->opinion_count, r->invitee_count);
    print_how(cli, lang);
    printf(tr(lang, "Mọi tài khoản cùng mật khẩu: %s\n"), cli->password);
    for (int i = 0; i < r->cast_count; i++)
        printf("    %-14s %s%s%s\n", r->cast[i].person.username, r->cast[i].person.name,
               *r->cast[i].person.title != 0 ? ", " : "", r->cast[i].person.title);
    fflush(stdout); // before anybody is forked, who would print it again
}

static int make_store(const struct cli *cli, struct rehearsal *r)
{
    struct app app;
    struct cli into = {.data = cli->into};
    if (!cli_app_open(&into, true, &app)) return CLI_REFUSED;
    bool played = rehearsal_play(r, &app, cli->password);
    cli_app_close(&app);
    return played ? CLI_DONE : cli_fail(CLI_REFUSED, "không tạo được", r->wrong);
}

static int make_in_folder(const struct cli *cli, struct rehearsal *r)
{
    if (!rehearsal_mark(cli->into)) {
        cli_fail(0, "không ghi được tệp", cli->into);
        unlink(arena_printf(&r->arena, "%s/%s", cli->into, REHEARSAL_FILE));
        rmdir(cli->into);
        return CLI_REFUSED;
    }
    int code = make_store(cli, r);
    if (code != CLI_DONE) (void)rehearsal_discard(cli->into);
    return code;
}

static int make(struct cli *cli, struct rehearsal *r)
{
    int code = read_real(cli, r);
    if (code != CLI_DONE) return code;
    if (cli->into == NULL) cli->into = fresh_folder(cli, &r->arena);
    if (cli->into == NULL || !folder_make_empty(cli->into)) return CLI_REFUSED;
    code = make_in_folder(cli, r);
    if (code == CLI_DONE) (cli->hosted ? print_for_host : print_sign_ins)(cli, r);
    return code;
}

// ---- the command

static int check_use(const struct cli *cli)
{
    if (cli->discard != NULL &&
        (cli->data != NULL || cli->database != NULL || cli->into != NULL || cli->run))
        return cli_fail(CLI_MISUSED, "--discard đứng một mình", NULL);
    if (!cli->run && (cli->people != CLI_UNSAID || cli->hall || cli->hosted || cli->listen != NULL))
        return cli_fail(CLI_MISUSED, "--people, --hall và --listen cần có --run", NULL);
    if (cli->discard != NULL) return CLI_DONE;
    if (cli->into == NULL && !cli->run)
        return cli_fail(CLI_MISUSED, "cần --run, --into THƯ_MỤC hoặc --discard THƯ_MỤC", NULL);
    if (cli->people > REHEARSAL_AUDIENCE)
        return cli_fail(CLI_MISUSED, "--people từ 0 đến 1000", NULL);
    if (cli->password != NULL && strlen(cli->password) < PASSWORD_MIN)
        return cli_fail(CLI_MISUSED, "mật khẩu cần ít nhất 8 ký tự", NULL);
    if ((cli->data == NULL) == (cli->database == NULL)) // said before anything is made
        return cli_fail(CLI_MISUSED,
                        "cần đúng một trong hai: --data THƯ_MỤC hoặc --database postgresql://...",
                        NULL);
    return CLI_DONE;
}

int cmd_rehearse(struct cli *cli)
{
    char fresh[24];
    int code = check_use(cli);
    if (code != CLI_DONE) return code;
    if (cli->discard != NULL) return rehearsal_discard(cli->discard);
    snprintf(fresh, sizeof(fresh), "dientap-%06u", randombytes_uniform(1000000));
    if (cli->password == NULL) cli->password = fresh;
    if (cli->run) rehearsal_run_prepare(cli);
    struct rehearsal *r = calloc(1, sizeof(*r)); // too large for a stack
    ensure(r != NULL);
    code = make(cli, r);
    if (code == CLI_DONE && cli->run) code = rehearsal_run(cli, r->opinion_count);
    arena_done(&r->arena);
    free(r);
    return code;
}
