// SPDX-License-Identifier: AGPL-3.0-or-later
// Behind the page of a rehearsal (web/rehearsal.h): starts this program once more, as
// `rehearse --run --hosted`, hears from it over a pipe, and ends it before this one ends. A thread
// for each run; the real store is never touched from here.
#ifndef CLI_REHEARSAL_HOST_H
#define CLI_REHEARSAL_HOST_H

#include "cli/cli.h"
#include "web/rehearsal.h"

/// What a hosted run says on stdout, one JSON object a line, which the next ones add to:
///   {"folder", "password", "people", "accounts": [[username, name, title]...]}   it is made
///   {"url", "port"}                                                              it listens
///   {"entries", "opinions", "added"}                                             sound, and
///   deleted
/// Any other line is for the log; the last one that begins with "doithoai: " is why it failed.

/// The rehearsal listens where this program does (`listen`), at a port of its own. Its folder is
/// made in cli->rehearsals; NULL: beside cli->data.
struct rehearsal_host *rehearsal_host_new(const struct cli *cli, const char *listen);
/// After the servers, whose pages ask for it. Ends what runs, and waits until nothing is left of
/// it. Accepts NULL.
void rehearsal_host_free(struct rehearsal_host *host);

#endif
