// SPDX-License-Identifier: AGPL-3.0-or-later
// What the office's desk of one dialogue shows: its settings, its follow-up, its papers; the
// programme's editor.
#ifndef WEB_OFFICE_DIALOGUE_H
#define WEB_OFFICE_DIALOGUE_H

#include "web/office/work.h"

struct paper_row {
    const char *name, *base; // "Kế hoạch", "/doi-thoai/1/van-ban/plan"
};

struct seat_row {
    const char *role, *name; // name NULL: nobody appointed
};

struct office_view {
    const char *live_path;              // this page, fetched again when something happens
    const char *first_path, *next_path; // pages; NULL there is none
    struct tag_view state;
    const char *path, *public_path, *programme_path, *register_path, *plan_number;
    const char *prepare_path, *people_path, *door_path, *reports_path, *rehearsal_path;
    struct seat_row seats[APPOINT_COUNT];
    struct action_form *acts[DIALOGUE_ACTION_COUNT];
    size_t act_count;
    const char *results_due; // "Phải công bố kết quả trước hết ngày ...", NULL
    const char *left;        // what stands between a closed dialogue and its completion, NULL
    int64_t when_ms;
    struct work_list notices, deliveries, agencies, remarks, owed;
    struct paper_row *papers;
    size_t paper_count;
};

struct step_row {
    const char *title, *owner, *minutes;
    int side, number;
};

struct programme_view {
    const char *path, *back, *version;
    struct office_error error;
    struct step_row *steps;
    size_t count;
    bool frozen;
    struct choice_list sides;
    int64_t authority_minutes, people_minutes, both_minutes;
};

struct new_view {
    struct action_form *form;
};

#endif
