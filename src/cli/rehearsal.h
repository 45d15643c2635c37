// SPDX-License-Identifier: AGPL-3.0-or-later
// A rehearsal (tập dượt): a ward of its own in a folder of its own, made from a real dialogue with
// nothing personal in it. The real store is only read. rehearsal_cast.c takes what may be taken and
// invents the rest, rehearsal_play.c does it through the same actions as everybody, rehearse.c is
// the command, rehearse_run.c the one that does all of it at once.
#ifndef CLI_REHEARSAL_H
#define CLI_REHEARSAL_H

#include "actions/act.h"
#include "actions/attendance.h"
#include "cli/cli.h"

/// The file in the folder is what --discard looks for, beside the setting `rehearsal` in the store.
/// No mail or message gateway is taken over, so nothing can leave a rehearsal.
#define REHEARSAL_FILE "DIEN-TAP"

/// With --run: as many simulated people as nothing else is said, and at most.
enum { REHEARSAL_CROWD = 40, REHEARSAL_AUDIENCE = 1000 };

enum { REHEARSAL_PEOPLE = 300, REHEARSAL_SETTINGS = 24, REHEARSAL_OPINIONS = 200 };

/// Of a real opinion: only what it is about and by which kind of author.
struct invented_opinion {
    enum opinion_kind kind;
    enum field field;
    enum author_type author;
    int khom;
    bool relayed;
};

struct cast_row {
    const char *real; // user name in the real ward, "" invented here
    struct person person;
};

struct rehearsal {
    struct arena arena;
    struct dialogue dialogue; // the real one, its texts cleaned of names
    int64_t starts_ms;
    const char *second_reader; // user name here, NULL nobody
    bool has_deputy;
    struct agenda agenda;
    struct khom_list khoms;
    struct calendar calendar;
    struct cast_row cast[REHEARSAL_PEOPLE];
    int cast_count;
    struct setting settings[REHEARSAL_SETTINGS];
    int setting_count;
    struct invented_opinion opinions[REHEARSAL_OPINIONS];
    int opinion_count;
    struct invite_row *invitees;
    int invitee_count;
    char wrong[256]; // what a step of rehearsal_play was refused for
};

/// Reads the real ward. NOT_FOUND: no such dialogue.
MUST_USE enum status rehearsal_read(struct rehearsal *r, struct sql *sql, int64_t unit,
                                    int64_t dialogue, int64_t now_ms);

/// Makes the ward in an empty store, up to a quarter of an hour before it opens. False: r->wrong.
bool rehearsal_play(struct rehearsal *r, struct app *app, const char *password);

/// Says in the folder that it is a rehearsal; first of all, so that whatever is left can be thrown
/// away.
bool rehearsal_mark(const char *dir);

/// Deletes what it knows by name in a folder that is a rehearsal, and the folder. The exit status.
int rehearsal_discard(const char *path);

/// --hosted: one line for the page that began it (rehearsal_host.h); takes the object. Where nobody
/// listens any more, the run ends.
struct json_t; // jansson
void rehearsal_tell(struct json_t *said);
/// --run, before anything is made: what was not said, and signals that wait until all is settled.
void rehearsal_run_prepare(struct cli *cli);
/// Serves the rehearsal in cli->into with its audience until a signal, says what came of it,
/// discards it in any case. `invented`: the opinions it began with. The exit status.
int rehearsal_run(const struct cli *cli, int64_t invented);

#endif
