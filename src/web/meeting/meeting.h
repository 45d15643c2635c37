// SPDX-License-Identifier: AGPL-3.0-or-later
// What the pages of invitees, door, milestones and reports show. Names are shown to those alone
// whom domain/attendance.h lets see them.
#ifndef WEB_MEETING_MEETING_H
#define WEB_MEETING_MEETING_H

#include "documents/indicators.h"
#include "store/invitee.h"
#include "store/paper.h"
#include "web/office/work.h"

struct invitee_row {
    const struct invitee *i;
    const char *name, *part, *khom, *state; // name: as shown, "(không ghi tên)"
    const char *paper;                      // address of the invitation, without ending; NULL none
    const char *proof;                      // "chữ ký: ...", NULL not handed over
    const char *proof_kind, *proof_typed, *absence_typed; // as typed in a refused form; NULL none
    bool can_deliver, can_strike, can_absent, can_check_in, can_undo;
};

struct count_row {
    const char *label;
    int invited, present, quota; // quota -1: none
};

/// The list of those invited, whole or of one khóm.
struct invitees_view {
    const char *path, *change_path, *staff_path, *door_path, *meeting, *own_khom;
    struct tag_view state;
    struct office_error error;
    struct attend_tally tally;
    int seats;
    struct count_row *khoms;
    size_t khom_count;
    struct invitee_row *rows;
    size_t count;
    struct field_view part, khom;
    const char *names; // as typed
    bool consent, can_invite, can_invite_staff, can_forget;
    const char *forget_text;
};

struct door_view {
    const char *path, *walk_in_path, *list_path, *paper_path, *meeting, *typed, *name;
    struct tag_view state;
    struct office_error error;
    struct attend_tally tally;
    int seats;
    struct count_row sides[ATTEND_SIDE_COUNT];
    struct count_row *khoms;
    size_t khom_count;
    struct invitee_row *waiting,
        *here; // not arrived, as far as the words fit; arrived, newest first
    size_t waiting_count, here_count;
    struct invitee_row *guests; // to be introduced (R69), in the order of the plan
    size_t guest_count;
    const char **absent; // officers who have to come and are not here (R92)
    size_t absent_count;
    struct field_view part, khom;
    bool open, consent;
    const char *why; // not open: why
};

enum step_state { STEP_DONE, STEP_OPEN, STEP_LATE };
struct prepare_row {
    const char *what, *owner, *how, *path; // how: what was found; path NULL none
    int32_t due;                           // DAY_NONE: no date yet
    enum step_state state;
};
struct prepare_view {
    const char *path, *meeting;
    struct tag_view state;
    struct prepare_row *rows;
    size_t count;
    int64_t done, late;
};

struct dispatch_row {
    const struct dispatch *d;
    const char *strike_path; // NULL struck, or not yours
};
struct reports_view {
    const char *path, *dispatch_path, *public_path, *meeting;
    struct tag_view state;
    struct office_error error;
    struct indicators indicators;
    struct field_view texts[PAPER_TEXT_COUNT];
    bool can_write, can_dispatch, closed;
    struct dispatch_row *rows;
    size_t count;
    int32_t due, sent, today; // of the synthesis; DAY_NONE
    const char *recipient, *receiver, *note, *day;
};

#endif
