// SPDX-License-Identifier: AGPL-3.0-or-later
// What the hall's pages show: filled once by hall_view_read, the same for screen, phones and
// console; each leaves out what is not for it.
#ifndef WEB_HALL_VIEW_H
#define WEB_HALL_VIEW_H

#include "actions/hall.h"
#include "store/dialogue.h"
#include "web/page_common.h"

enum { HALL_CARD_PLACES = 10 };

struct hall_place_view {
    int64_t turn;
    int place;        // from 1
    const char *name; // as they want to be called, else their khóm
    enum turn_name name_state;
    bool of_phone;    // the name was typed there: the secretary shows and hides it
    const char *khom; // NULL none
    const char *kind;
    const char *why;    // what they speak about, and why they stand here
    const char *reason; // the latter alone, for the screen
    bool mine;          // of the phone that asks
};

struct hall_clock_view {
    bool running;          // time passes
    bool limited;          // has a limit
    int64_t spoken, limit; // seconds
    int64_t warn;          // seconds before the end
    const char *text;      // "2:10" left, or spoken when there is no limit
};

struct hall_step_view {
    int step;
    const char *title, *owner;
    int minutes;
    int64_t spent; // minutes
    bool now, over;
};

struct hall_opinion_view {
    const char *number, *content, *author, *field;
    const char *answer, *answered_by; // NULL none
    const char *outcome;              // what became of it, in words
    const char *state;
    const char *path;                     // "/y-kien/2024-0007"
    const char *excerpt, *answer_excerpt; // of content and answer, for a phone
};

struct hall_view {
    int64_t dialogue, version;
    const char *title, *place, *ward;
    const char *board_path, *events;
    bool live, open; // in session; time passes
    bool announced;  // may join
    bool closed;     // and the minutes not signed
    bool adjourned;
    bool speaking, paused, authority;
    struct hall_place_view speaker;
    struct hall_clock_view clock;
    struct hall_place_view *queue;
    size_t queue_count;
    const char *queue_turns; // all waiting turns in their order, "12 5 9": a phone finds its place
    struct hall_place_view *skipped;
    size_t skipped_count;
    struct hall_place_view *spoken; // who spoke, or was left, and the name waits to be read yet
    size_t spoken_count;
    struct hall_unread unread;
    bool list_closed, first_time, round_robin;
    const char *topic; // being discussed: its people come first; NULL none
    const char *topic_code;
    struct hall_step_view *steps;
    size_t step_count;
    int64_t next_step;                         // 0 none
    int64_t people_percent, authority_percent; // of the time spoken
    const char *people_time, *authority_time, *none_time, *elapsed_time;
    int64_t people_seconds, authority_seconds;
    bool over_budget;
    bool can_undo;
    enum hall_scene scene;
    const char *scene_text;
    struct hall_opinion_view *opinion; // of the scene, NULL
    struct hall_opinion_view *table;   // what is talked about, when it was asked for; NULL nothing
    size_t asked, answered, owed;      // figures
    // joining
    const char *code, *join_url, *qr_path, *qr_box, *wifi;
    // the console
    bool secretary, chair;
    const struct choice *officers;
    size_t officer_count;
    const struct choice *scene_choices;
    size_t scene_count;
    const struct choice *khoms, *kinds, *authors; // of a hand raised at the desk
    size_t khom_count, kind_count, author_count;
    const struct choice *topics; // what a hand is raised about; the first is "unknown"
    size_t topic_count;
    const char *error, *advice, *error_field; // of a refusal; NULL none
    const char *error_at;                     // the id of its control, NULL none
    struct hall_note_view *notes;
    size_t note_count;
    struct hall_fact_view *facts;
    size_t fact_count;
    const struct choice *shown; // opinions that may be put on the screen
    size_t shown_count;
};
struct hall_note_view {
    int64_t note, at_ms;
    const char *text, *speaker;
    const char *about;       // number of the opinion on the table then, NULL none
    const char *became;      // number of the opinion it was turned into, NULL none
    const char *became_what; // an answer of it, a task ...
    bool struck, typing;
    bool answering; // the authority had the floor
};
struct hall_fact_view {
    const char *number, *who, *text;
};

/// What to read it with.
struct hall_read {
    struct arena *arena;
    struct sql *sql;
    const struct unit_facts *facts;
    int64_t unit, now_ms;
    enum lang lang;
    int64_t ticket; // of the phone that asks, 0
    bool secretary; // reads the names that phones typed; everybody else those that were read
    bool table;     // wants what is on the table too
    /// May change what is shown, never what is kept: a screen's own scene. NULL none.
    void (*change)(struct http_exchange *x, struct hall *hall);
    struct http_exchange *change_arg;
};
/// NOT_FOUND when there is no such dialogue. ret_hall may be NULL.
MUST_USE enum status hall_view_read(const struct hall_read *r, const struct dialogue *d,
                                    struct hall_view *v, struct hall *ret_hall);

#endif
