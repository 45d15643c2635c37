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

struct document_request {
    enum doc_type type;
    int64_t unit, dialogue;
    int64_t opinion;    // 0: none selected
    const char *person; // invitation: number of the invitee or a user name, NULL none
    bool public_edition;
    bool draft; // minutes: as the register gives them now, whatever the secretary made of them
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

/// Facts, model, bytes.
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

/// document_tables.c: texts that every dialogue shares.
void document_tables(struct facts_builder *b);

struct doc_person document_person(const struct facts_builder *b, const char *username);
const char *document_khom(const struct facts_builder *b, int khom);

#endif
