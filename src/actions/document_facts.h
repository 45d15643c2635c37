// SPDX-License-Identifier: AGPL-3.0-or-later
// From the store to what documents say. The one place where rows become facts: totals of every
// document are counted from the same rows as the register's (invariant 7). Sealed matters never get
// in, only their number.
#ifndef ACTIONS_DOCUMENT_FACTS_H
#define ACTIONS_DOCUMENT_FACTS_H

#include "actions/app.h"
#include "documents/document.h"
#include "documents/facts.h"
#include "domain/dialogue.h"
#include "store/opinion.h"

/// What the archivist gives to a document at its issue.
struct document_number {
    const char *number, *symbol; // "07", "TB-UBND"
    int32_t day;
    const char *recipients; // further ones, one a line; NULL none
};

struct document_request {
    enum doc_type type;
    int64_t unit, dialogue;
    int64_t opinion;    // 0: none selected
    const char *person; // invitation: number of the invitee or a user name, NULL none
    bool public_edition;
    bool draft;    // minutes: as the register gives them now, whatever the secretary made of them
    bool unissued; // as it would read now, though it was issued: without number
    const struct document_number *given; // being issued; NULL: not now
    int64_t now_ms;
};

/// Everything in the arena. NOT_FOUND when there is no such dialogue or opinion in it, or the
/// opinion is sealed.
MUST_USE enum status document_facts(struct app *app, struct sql *sql,
                                    const struct document_request *request, struct arena *arena,
                                    const struct doc_facts **ret_facts);

/// A document as bytes.
struct document_file {
    enum doc_format format; // asked for
    struct buf *out;        // appended to
    const char *name;       // made: a file name safe in a header
};

/// Facts, model, bytes; of what was issued the bytes that went out (invariant 11), unless they are
/// withheld or `unissued` asks for the text of today.
MUST_USE enum status document_make(struct app *app, struct sql *sql,
                                   const struct document_request *request, struct arena *arena,
                                   struct document_file *file);

// ---- parts of it, in files of their own

struct facts_builder {
    struct arena *arena;
    struct app *app;
    struct sql *sql;
    const struct document_request *request;
    const struct unit_facts *unit;
    struct dialogue dialogue;
    struct doc_facts *facts;
};

/// document_opinions.c: the rows of the dialogue as doc_opinion, the selected one among them.
MUST_USE enum status document_opinions(struct facts_builder *b);

/// document_people.c: who is invited and came, the one an invitation is made out to, what the
/// office wrote into the reports. After document_tables.
MUST_USE enum status document_people(struct facts_builder *b);

/// document_hall.c: the clock of the hall, hands left over, notes. Nothing when no hall was held.
MUST_USE enum status document_hall(struct facts_builder *b);

/// document_tables.c: texts that every dialogue shares.
void document_tables(struct facts_builder *b);

/// Legal bases no longer in force on the day, at most `room`; how many.
struct document_base {
    const char *text;
    int32_t from, until; // in force from, no longer from
};
int document_bases_until(int32_t day, struct document_base *bases, int room);

/// document_warnings.c: what the archivist should look at before the number is given; Vietnamese
/// sentences. Legal bases no longer in force (R8, X15); bodies with a task or an invitation that
/// are not among the recipients (X11). Nothing is refused for them.
MUST_USE enum status document_warnings(struct app *app, struct sql *sql,
                                       const struct document_request *request, struct arena *arena,
                                       struct doc_texts *ret_warnings);

struct doc_person document_person(const struct facts_builder *b, const char *username);
const char *document_khom(const struct facts_builder *b, int khom);

#endif
