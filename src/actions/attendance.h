// SPDX-License-Identifier: AGPL-3.0-or-later
// Inviting and checking in (R22-R36, R69, R87, R92, R102): runs of struct act (actions/act.h) with
// act->target the dialogue and the thing to do in act->extra. Who may is domain/attendance.h's to
// say. Every change of a row writes its entry "invitee DIALOGUE-NUMBER", whose digest verify holds
// against the row.
#ifndef ACTIONS_ATTENDANCE_H
#define ACTIONS_ATTENDANCE_H

#include "actions/office.h"
#include "store/invitee.h"

enum { INVITE_AT_ONCE = 200, INVITEE_NAME = 200, INVITEE_TITLE = 300 };

struct invite_row {
    const char *name, *title;
    const char *username; // NULL none
    enum attend_part part;
    int khom; // 0 none
};
/// Several at once; each gets its number, in act->answer.numbers.
struct invite {
    const struct invite_row *rows;
    int count;
    bool consent; // those named know of the list and agree; without it nothing is written
};
/// 422 names when empty, unknown khóm or group, over the khóm's quota, or a name that is in the
/// list already.
enum status run_invite(struct act *act, struct store_tx *tx);

/// Every active account that has to come or is asked to, as invitees of the ward (R27, R92, R98);
/// those in the list already are left alone. extra: nothing.
enum status run_invite_staff(struct act *act, struct store_tx *tx);

struct attendance {
    enum attend_action action;
    int64_t invitee;       // number; 0: by `typed`
    const char *typed;     // CHECK_IN: a number, an address of an invitation or part of a name
    const char *text;      // ABSENT: the reason; FORGET: the decision it rests on
    struct invite_row row; // CORRECT, WALK_IN; WALK_IN without name when there is no consent
    bool consent;
};
/// act->proof for DELIVER. act->answer.id is the invitee's number, for FORGET how many names.
enum status run_attend(struct act *act, struct store_tx *tx);

/// What an entry commits to; salted, so that names can't be guessed from the register.
void invitee_digest(int64_t dialogue, const struct invitee *invitee,
                    unsigned char ret_digest[DIGEST_BYTES]);

#endif
