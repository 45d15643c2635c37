// SPDX-License-Identifier: AGPL-3.0-or-later
// Commands of the program: what they share. Exit status 0 done, 1 refused or broken, 2 wrong use;
// errors in one line on stderr, in the language of LANG.
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>
#include <stdint.h>

#include "actions/app.h"

enum { CLI_DONE = 0, CLI_REFUSED = 1, CLI_MISUSED = 2 };

/// Options of all commands; a command says which it takes.
struct cli {
    const char *data, *database; // where: one of the two
    bool has_now;
    int64_t now_ms;
    const char *listen, *stage, *password, *format, *output, *type, *opinion, *person, *edition,
        *url, *ledger, *tls_listen, *certificate, *into, *discard;
    int64_t dialogue, people, seconds;
    bool hall, hurry, tls, audience;
    const char *rest; // positional argument
};

struct cli_command {
    const char *name, *summary, *usage; // msgids
    const char *options;                // those it takes, by name
    int (*run)(struct cli *cli);
};
extern const struct cli_command cli_commands[];

int cmd_init(struct cli *cli);
int cmd_demo(struct cli *cli);
int cmd_serve(struct cli *cli);
int cmd_document(struct cli *cli);
int cmd_verify(struct cli *cli);
int cmd_backup(struct cli *cli);
int cmd_restore(struct cli *cli);
int cmd_export(struct cli *cli);
int cmd_import(struct cli *cli);
int cmd_simulate(struct cli *cli);
int cmd_rehearse(struct cli *cli);
int cmd_rules(struct cli *cli);

/// The whole command line; the exit status.
int cli_main(int argc, char **argv);

/// One line on stderr; returns `code`. Messages are Vietnamese msgids.
int cli_fail(int code, const char *msgid, const char *detail);
/// The language of LANG.
bool cli_english(void);

/// False, and said so, where --data names a directory without a store.
bool cli_has_ward(const struct cli *cli);
/// The status after cli_app_open failed.
int cli_where_code(const struct cli *cli);
/// Opens the store (migrating when `migrate`), reads or makes the master secret, starts the clock
/// (--now, else the data's own clock, else the machine's). False: the reason was printed.
bool cli_app_open(struct cli *cli, bool migrate, struct app *app);
void cli_app_close(struct app *app);

#endif
