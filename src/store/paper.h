// SPDX-License-Identifier: AGPL-3.0-or-later
// What the office writes into a dialogue's reports (R14, R37-R39), and the log of reports handed
// over (R91). A wrong line of the log is struck out, never removed.
#ifndef STORE_PAPER_H
#define STORE_PAPER_H

#include "base/arena.h"
#include "domain/opinion.h"
#include "store/store.h"

/// Texts of a dialogue; the numbers are stored.
enum paper_text {
    PAPER_ECONOMY,  // R37
    PAPER_MILITARY, // R38
    PAPER_SECURITY, // R38
    PAPER_OTHER,    // R39
    PAPER_ASSESSMENT,
    PAPER_PROPOSALS, // R14: one a line
    PAPER_TEXT_COUNT
};
extern const char *const paper_text_codes[PAPER_TEXT_COUNT]; // "economy" ...

struct dialogue_text {
    int64_t version; // 0: nothing written yet
    const char *text, *edited_by;
    int64_t edited_ms;
    unsigned char salt[SALT_BYTES];
};
struct dialogue_texts {
    struct dialogue_text at[PAPER_TEXT_COUNT]; // text "" where nothing was written
};
MUST_USE enum status store_dialogue_texts(struct sql *sql, int64_t unit, int64_t dialogue,
                                          struct arena *arena, struct dialogue_texts *ret_texts);
MUST_USE enum status store_dialogue_text_write(struct store_tx *tx, int64_t unit, int64_t dialogue,
                                               enum paper_text name,
                                               const struct dialogue_text *text);

struct dispatch {
    int64_t id, version;         // id: 1.. within the dialogue
    const char *type;            // of the document: "synthesis"
    const char *recipient;       // body it was for
    int32_t day;                 // handed over
    const char *receiver, *note; // who took it; how
    const char *added_by;
    int64_t at_ms;
    bool struck;
    unsigned char salt[SALT_BYTES];
};
struct dispatch_list {
    const struct dispatch *rows;
    int count;
};
/// Oldest first, those struck out too.
MUST_USE enum status store_dispatches(struct sql *sql, int64_t unit, int64_t dialogue,
                                      struct arena *arena, struct dispatch_list *ret_list);
/// Fills the id.
MUST_USE enum status store_dispatch_insert(struct store_tx *tx, int64_t unit, int64_t dialogue,
                                           struct dispatch *dispatch);
/// Strikes the row of that number, moves its version, takes the new salt. NOT_FOUND when there is
/// none that stands.
MUST_USE enum status store_dispatch_strike(struct store_tx *tx, int64_t unit, int64_t dialogue,
                                           const struct dispatch *dispatch);
/// The day of the first hand-over of that type that stands; DAY_NONE when there is none.
int32_t dispatch_day(const struct dispatch_list *list, const char *type);

#endif
