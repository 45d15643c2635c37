// SPDX-License-Identifier: AGPL-3.0-or-later
// A password typed at the terminal: not on the command line, where other users of the machine and
// the shell's history see it.
#ifndef CLI_ASK_H
#define CLI_ASK_H

#include <stdbool.h>

enum { ASK_BYTES = 256 };

/// Asks twice without showing it. False: no terminal there, the two differ or input ended; what
/// went wrong with a terminal was said. The caller wipes `into`.
bool ask_new_password(const char *question, char into[ASK_BYTES]);

#endif
