// SPDX-License-Identifier: AGPL-3.0-or-later
// Commands of the program: what they share. Exit status 0 done, 1 refused or broken, 2 wrong use;
// errors in one line on stderr, in the language of LANG.
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>
#include <stdint.h>

#include "actions/app.h"

enum { CLI_DONE = 0, CLI_REFUSED = 1, CLI_MISUSED = 2 };

/// Of a number whose 0 means something: the option was not given.
enum { CLI_UNSAID = -1 };

/// Options of all commands; a command says which it takes.
struct cli {
    const char *data, *database; // where: one of the two
    bool has_now;
    int64_t now_ms;
    const char *listen, *stage, *password, *format, *output, *type, *opinion, *person, *edition,
        *url, *ledger, *tls_listen, *certificate, *into, *discard, *proxy, *host, *unit_name,
        *rename, *rehearsals;
    int64_t dialogue, people, seconds;
    int64_t unit; // the page of a rehearsal says it so; people say --host
    bool hall, hurry, tls, audience, run, hosted;
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
int cmd_units(struct cli *cli);

/// Whoever runs the server as a part of something is told when it listens, and before it stops. The
/// address is one that this machine itself reaches.
struct serve_watch {
    void (*started)(void *ctx, const char *url);
    void (*stopping)(void *ctx);
    void *ctx;
    bool quiet; // the program does not print where it listens
};
int serve_watched(struct cli *cli, const struct serve_watch *watch);
/// Leaves the signals that end a server to serve_watched. Before any thread is started.
void serve_hold_signals(void);

/// The unit that --host names, or the only one there is. The exit status; other than CLI_DONE the
/// reason was printed.
int cli_unit(const struct cli *cli, struct sql *sql, int64_t *ret_unit);
/// What a unit is called where there are several: its host.
const char *cli_unit_name(struct arena *arena, const struct unit_row *row);

/// Walks register and invariants of all units, or of the one that --host names; prints the outcome.
/// The exit status; CLI_DONE: the report has their sums.
struct verify_report;
int verify_ward(struct cli *cli, struct verify_report *ret_report);

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
