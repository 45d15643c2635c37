// SPDX-License-Identifier: AGPL-3.0-or-later
// The terminal itself: what is asked does not get into standard output.
#include "cli/ask.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/tr.h"
#include "cli/cli.h"

static const char *word(const char *msgid)
{
    return tr(cli_english() ? LANG_EN : LANG_VI, msgid);
}

/// One line without its end; false at the end of input or when it is too long.
static bool line_of(FILE *terminal, const char *question, char into[ASK_BYTES])
{
    fprintf(terminal, "%s ", question);
    fflush(terminal);
    const bool read = fgets(into, ASK_BYTES, terminal) != NULL;
    fputc('\n', terminal);
    char *end = read ? strchr(into, '\n') : NULL;
    if (end == NULL) return false;
    *end = 0;
    return true;
}

static bool ask(FILE *terminal, const char *question, char into[ASK_BYTES])
{
    char again[ASK_BYTES];
    bool done =
        line_of(terminal, question, into) && line_of(terminal, word(N_("Gõ lại lần nữa:")), again);
    if (done && strcmp(into, again) != 0) {
        fprintf(terminal, "%s\n", word(N_("Hai lần gõ không giống nhau.")));
        done = false;
    }
    sodium_memzero(again, sizeof(again));
    return done;
}

bool ask_new_password(const char *question, char into[ASK_BYTES])
{
    FILE *terminal = isatty(STDIN_FILENO) ? fopen("/dev/tty", "r+e") : NULL;
    struct termios before, silent;
    bool done = false;
    if (terminal == NULL) return false;
    setvbuf(terminal, NULL, _IONBF, 0); // nothing of it stays in a buffer
    if (tcgetattr(fileno(terminal), &before) == 0) {
        silent = before;
        silent.c_lflag &= ~(tcflag_t)ECHO;
        tcsetattr(fileno(terminal), TCSAFLUSH, &silent);
        done = ask(terminal, question, into);
        tcsetattr(fileno(terminal), TCSAFLUSH, &before);
    }
    fclose(terminal);
    return done;
}
