// SPDX-License-Identifier: AGPL-3.0-or-later
// A rehearsal beside the real ward, one at a time, begun and ended from a page. The pages know only
// this; cli/rehearsal_host.c does it, by starting the program once more.
#ifndef WEB_REHEARSAL_H
#define WEB_REHEARSAL_H

#include "base/arena.h"

enum rehearsal_state {
    REHEARSAL_NONE,
    REHEARSAL_STARTING,
    REHEARSAL_RUNNING,
    REHEARSAL_ENDING,
    REHEARSAL_OVER, // and nothing is left of it
};

struct rehearsal_account {
    const char *username, *name, *title;
};

/// As of one moment; texts in the arena of whoever looked.
struct rehearsal_now {
    enum rehearsal_state state;
    int64_t unit, dialogue; // the real ones it is made from; only this unit may see what follows
    // while it runs
    const char *url; // as it listens; where it listens everywhere, only the port says something
    unsigned port;
    bool everywhere;
    const char *password; // of all its accounts, which are there only
    struct rehearsal_account *accounts;
    size_t account_count;
    int64_t people; // simulated
    // once it is over
    const char *wrong; // one line, NULL: it ended in good order and its register is sound
    int64_t entries, opinions, added;
};

struct rehearsal_host {
    /// False: there is one already.
    bool (*begin)(void *ctx, int64_t unit, int64_t dialogue, int people);
    void (*end)(void *ctx);
    void (*look)(void *ctx, struct arena *arena, struct rehearsal_now *ret_now);
    void *ctx;
};

#endif
