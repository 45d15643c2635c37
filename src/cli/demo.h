// SPDX-License-Identifier: AGPL-3.0-or-later
// The sample ward of plan 66/KH-UBND: its people, what they hand in, and what is done, as tables;
// and the player that does it all through the same actions as everybody, each at its own instant.
// Never writes a row by itself.
#ifndef CLI_DEMO_H
#define CLI_DEMO_H

#include "actions/act.h"
#include "actions/setup.h"

enum { DEMO_OPINIONS = 48, BEAT_PARAMS = 6 };

/// What a person hands in; `opinion` is also its number in the sample ward (2024-0007 is 7).
struct demo_opinion {
    int opinion;
    const char *content;
    enum author_type author;
    const char *name, *organisation, *phone, *email; // NULL not given
    int khom;                                        // 0 none
    enum opinion_kind kind;
    enum channel channel;
    enum wants wants;
    enum reply_by reply_by;
    enum field field; // FIELD_OTHER: the author did not choose
    bool publish_name;
};

/// One thing that happens. Values are written as in the API: dates "2024-07-05", lists with "|".
struct beat {
    const char *at;   // month, day, time of 2024: "06-20 08:31"
    const char *who;  // user name, "author" (of that opinion) or "public"
    const char *does; // "submit", "broadcast" (its note as text), what demo_meeting.c knows, or an
                      // action of the contract
    int opinion;      // 0: the dialogue
    struct {
        enum param_id id;
        const char *value;
    } with[BEAT_PARAMS];
    enum on_behalf behalf;
    enum proof_kind proof;
    const char *proof_text; // NULL no proof
};

struct beats {
    const struct beat *rows;
    int count;
};

extern const struct demo_opinion demo_opinions[];
extern const int demo_opinion_count;
/// In order of time, one after the other.
extern const struct beats demo_before, demo_hall, demo_after, demo_end;

/// Accounts of the sample ward; password_hash is filled by the caller.
extern const struct person demo_people[];
extern const int demo_people_count;
extern const struct setting demo_settings[];
extern const int demo_setting_count;

struct demo {
    struct app *app;
    int64_t unit, dialogue;
    int64_t until_ms; // beats after it are not played
    int32_t ticked;   // last day whose timer ran
    char receipts[DEMO_OPINIONS][RECEIPT_SIZE];
    int submitted, acts;
    char wrong[512]; // why a beat could not be played
};

/// demo_meeting.c: "invite" (beat->opinion: which list), "invite_staff", "deliver_invitation",
/// "check_in" and "absent" (the number of the invitation, or 0 and a name), "walk_in" (khóm and
/// name), "texts", "assessment", "dispatch". False when it is none of them.
bool demo_fill_meeting(struct act *act, const struct beat *beat);

/// Plays every beat up to until_ms. False: demo->wrong says which beat was refused, and why.
bool demo_play(struct demo *demo);

#endif
