// SPDX-License-Identifier: AGPL-3.0-or-later
// Reading the command line: one table of commands, one of options.
#include "cli/cli.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/tr.h"

const struct cli_command cli_commands[] = {
    {"init", N_("tạo kho dữ liệu mới cho một phường; với --host thì thêm một phường vào kho đã có"),
     N_("init --data DIR|--database URL [--password MẬT_KHẨU] [--host TÊN_MIỀN] "
        "[--unit-name TÊN] [--now THỜI_ĐIỂM]"),
     "data database password host unit-name now", cmd_init},
    {"units", N_("liệt kê các phường trong kho; với --rename thì đổi tên miền của một phường"),
     N_("units --data DIR|--database URL [--host TÊN_MIỀN] [--rename TÊN_MIỀN_MỚI]"),
     "data database host rename now", cmd_units},
    {"serve", N_("chạy chương trình"),
     N_("serve --data DIR|--database URL [--hall] [--listen ĐỊA_CHỈ:CỔNG] [--now THỜI_ĐIỂM] "
        "[--tls] "
        "[--tls-listen ĐỊA_CHỈ:CỔNG] [--certificate TỆP] [--proxy ĐỊA_CHỈ[,ĐỊA_CHỈ]] "
        "[--host TÊN_MIỀN] [--rehearsals THƯ_MỤC]"),
     "data database listen now hall tls tls-listen certificate proxy host rehearsals", cmd_serve},
    {"demo", N_("tạo phường mẫu theo Kế hoạch 66/KH-UBND"),
     N_("demo --data DIR|--database URL --stage drafting|announced|open|closed|completed "
        "[--password MẬT_KHẨU] [--now THỜI_ĐIỂM]"),
     "data database stage password now", cmd_demo},
    {"verify", N_("kiểm tra sổ và các bất biến của mọi phường trong kho, hoặc của một phường"),
     N_("verify --data DIR|--database URL [--host TÊN_MIỀN] [--now THỜI_ĐIỂM]"),
     "data database host now", cmd_verify},
    {"backup",
     N_("sao lưu toàn bộ dữ liệu và khóa bí mật vào một tệp, cả khi chương trình đang chạy"),
     N_("backup --data DIR -o TỆP [--password MẬT_KHẨU]"), "data database output password now",
     cmd_backup},
    {"restore", N_("phục hồi bản sao lưu vào một thư mục trống rồi kiểm tra"),
     N_("restore TỆP --data DIR [--password MẬT_KHẨU]"), "data password now", cmd_restore},
    {"export", N_("xuất toàn bộ dữ liệu thành các dòng JSON, để chuyển sang kho khác"),
     N_("export --data DIR|--database URL -o TỆP [--password MẬT_KHẨU]"),
     "data database output password now", cmd_export},
    {"import", N_("nhập dữ liệu đã xuất vào một kho trống (SQLite hoặc PostgreSQL) rồi kiểm tra"),
     N_("import TỆP --data DIR|--database URL [--password MẬT_KHẨU]"), "data database password now",
     cmd_import},
    {"document", N_("xuất một văn bản"),
     N_("document LOẠI --data DIR|--database URL [--host TÊN_MIỀN] --dialogue ID [--opinion SỐ] "
        "[--person TÊN] [--edition public|full] --format docx|pdf|html|txt -o TỆP "
        "[--now THỜI_ĐIỂM]"),
     "data database host now dialogue opinion person edition format output", cmd_document},
    {"rehearse",
     N_("tạo buổi diễn tập từ một hội nghị thật, không lấy dữ liệu của ai; với --run thì chạy luôn "
        "và xóa khi xong"),
     N_("rehearse --data DIR|--database URL --run [--people N] [--hall] [--listen ĐỊA_CHỈ:CỔNG] "
        "[--into THƯ_MỤC] [--host TÊN_MIỀN] [--dialogue ID] [--password MẬT_KHẨU], "
        "rehearse --data DIR|--database URL --into THƯ_MỤC [--host TÊN_MIỀN] [--dialogue ID] "
        "[--password MẬT_KHẨU], "
        "rehearse --discard THƯ_MỤC"),
     // --hosted and --unit are no options for people: the page of a rehearsal runs it so
     "data database run hosted unit people hall listen into discard host dialogue password now",
     cmd_rehearse},
    {"simulate", N_("diễn cả hội trường với máy chủ đang chạy"),
     N_("simulate --url URL --people N [--dialogue ID] [--seconds S] [--password MK] [--ledger "
        "TỆP] [--hurry], simulate --audience --url URL --people N [--dialogue ID] [--seconds S] "
        "[--ledger TỆP] [--hurry]"),
     "url people dialogue seconds password ledger hurry audience", cmd_simulate},
    {"rules", N_("in các bảng quy tắc"), N_("rules [--format dot|json]"), "format", cmd_rules},
    {NULL, NULL, NULL, NULL, NULL},
};

bool cli_english(void)
{
    const char *lang = getenv("LC_ALL");
    if (lang == NULL || *lang == 0) lang = getenv("LC_MESSAGES");
    if (lang == NULL || *lang == 0) lang = getenv("LANG");
    return lang != NULL && strncmp(lang, "en", 2) == 0;
}

int cli_fail(int code, const char *msgid, const char *detail)
{
    const char *text = tr(cli_english() ? LANG_EN : LANG_VI, msgid);
    if (detail != NULL)
        fprintf(stderr, "doithoai: %s: %s\n", text, detail);
    else
        fprintf(stderr, "doithoai: %s\n", text);
    return code;
}

static bool read_number(const char *text, int64_t *ret_number)
{
    size_t len = strspn(text, "0123456789");
    if (len == 0 || len > 12 || text[len] != 0) return false;
    *ret_number = strtoll(text, NULL, 10);
    return true;
}

enum {
    OPT_HALL = 1000,
    OPT_HURRY,
    OPT_AUDIENCE,
    OPT_TLS,
    OPT_RUN,
    OPT_HOSTED,
    OPT_NOW,
    OPT_HELP,
    OPT_TEXT,
    OPT_NUMBER = 1200
};

static const struct {
    const char *name;
    size_t offset;
} TEXT_OPTIONS[] =
    {
        {"data", offsetof(struct cli, data)},
        {"database", offsetof(struct cli, database)},
        {"listen", offsetof(struct cli, listen)},
        {"stage", offsetof(struct cli, stage)},
        {"password", offsetof(struct cli, password)},
        {"format", offsetof(struct cli, format)},
        {"output", offsetof(struct cli, output)},
        {"opinion", offsetof(struct cli, opinion)},
        {"person", offsetof(struct cli, person)},
        {"edition", offsetof(struct cli, edition)},
        {"url", offsetof(struct cli, url)},
        {"ledger", offsetof(struct cli, ledger)},
        {"tls-listen", offsetof(struct cli, tls_listen)},
        {"certificate", offsetof(struct cli, certificate)},
        {"into", offsetof(struct cli, into)},
        {"discard", offsetof(struct cli, discard)},
        {"proxy", offsetof(struct cli, proxy)},
        {"host", offsetof(struct cli, host)},
        {"unit-name", offsetof(struct cli, unit_name)},
        {"rename", offsetof(struct cli, rename)},
        {"rehearsals", offsetof(struct cli, rehearsals)},
},
  NUMBER_OPTIONS[] = {
      {"dialogue", offsetof(struct cli, dialogue)},
      {"people", offsetof(struct cli, people)},
      {"seconds", offsetof(struct cli, seconds)},
      {"unit", offsetof(struct cli, unit)},
};

static bool take_option(struct cli *cli, int option, const char *value)
{
    if (option == OPT_HALL) return cli->hall = true;
    if (option == OPT_TLS) return cli->tls = true;
    if (option == OPT_RUN) return cli->run = true;
    if (option == OPT_HOSTED) return cli->hosted = true;
    if (option == OPT_HURRY) return cli->hurry = true;
    if (option == OPT_AUDIENCE) return cli->audience = true;
    if (option == OPT_NOW) return cli->has_now = instant_parse(value, &cli->now_ms);
    if (option == 'o') option = OPT_TEXT + 6;
    if (option >= OPT_NUMBER)
        return read_number(
            value, (int64_t *)(void *)((char *)cli + NUMBER_OPTIONS[option - OPT_NUMBER].offset));
    if (option < OPT_TEXT) return false;
    *(const char **)(void *)((char *)cli + TEXT_OPTIONS[option - OPT_TEXT].offset) = value;
    return true;
}

static int usage(FILE *out, const struct cli_command *one, int code)
{
    enum lang lang = cli_english() ? LANG_EN : LANG_VI;
    for (const struct cli_command *c = cli_commands; c->name != NULL; c++)
        if (one == NULL || one == c)
            fprintf(out, "doithoai %s\n    %s\n", tr(lang, c->usage), tr(lang, c->summary));
    return code;
}

static bool takes(const struct cli_command *command, const char *option)
{
    size_t len = strlen(option);
    for (const char *at = command->options; *at != 0; at += strspn(at, " ")) {
        size_t word = strcspn(at, " ");
        if (word == len && memcmp(at, option, len) == 0) return true;
        at += word;
    }
    return false;
}

static int parse(const struct cli_command *command, int argc, char **argv, struct cli *cli)
{
    struct option options[40] = {0};
    size_t n = 0;
    for (size_t i = 0; i < ARRAY_LEN(TEXT_OPTIONS); i++)
        options[n++] =
            (struct option){TEXT_OPTIONS[i].name, required_argument, NULL, OPT_TEXT + (int)i};
    for (size_t i = 0; i < ARRAY_LEN(NUMBER_OPTIONS); i++)
        options[n++] =
            (struct option){NUMBER_OPTIONS[i].name, required_argument, NULL, OPT_NUMBER + (int)i};
    options[n++] = (struct option){"hall", no_argument, NULL, OPT_HALL};
    options[n++] = (struct option){"tls", no_argument, NULL, OPT_TLS};
    options[n++] = (struct option){"run", no_argument, NULL, OPT_RUN};
    options[n++] = (struct option){"hosted", no_argument, NULL, OPT_HOSTED};
    options[n++] = (struct option){"hurry", no_argument, NULL, OPT_HURRY};
    options[n++] = (struct option){"audience", no_argument, NULL, OPT_AUDIENCE};
    options[n++] = (struct option){"now", required_argument, NULL, OPT_NOW};
    options[n++] = (struct option){"help", no_argument, NULL, OPT_HELP};
    for (int option, at = -1; (option = getopt_long(argc, argv, ":o:h", options, &at)) != -1;
         at = -1) {
        if (option == OPT_HELP || option == 'h') return usage(stdout, command, CLI_DONE);
        if (option == ':') return cli_fail(CLI_MISUSED, "thiếu giá trị của", argv[optind - 1]);
        if (option == '?')
            return cli_fail(CLI_MISUSED, "lệnh này không có tùy chọn", argv[optind - 1]);
        const char *name = option == 'o' ? "output" : options[at].name;
        if (!takes(command, name)) return cli_fail(CLI_MISUSED, "lệnh này không có tùy chọn", name);
        if (!take_option(cli, option, optarg))
            return cli_fail(CLI_MISUSED, "giá trị không đúng", optarg);
    }
    if (optind < argc) cli->rest = argv[optind++];
    if (optind < argc) return cli_fail(CLI_MISUSED, "thừa tham số", argv[optind]);
    return command->run(cli);
}

int cli_main(int argc, char **argv)
{
    digest_start();
    if (argc < 2 || strcmp(argv[1], "--help") == 0)
        return usage(argc < 2 ? stderr : stdout, NULL, argc < 2 ? CLI_MISUSED : CLI_DONE);
    for (const struct cli_command *command = cli_commands; command->name != NULL; command++) {
        if (strcmp(command->name, argv[1]) != 0) continue;
        struct cli cli = {.people = CLI_UNSAID};
        return parse(command, argc - 1, argv + 1, &cli);
    }
    return cli_fail(CLI_MISUSED, "không có lệnh này", argv[1]);
}
