// SPDX-License-Identifier: AGPL-3.0-or-later
// Who works here and who is acting. Accounts of a unit fit in memory (some dozens).
#ifndef DOMAIN_PEOPLE_H
#define DOMAIN_PEOPLE_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/value.h"

struct person {
    const char *username;
    const char *name;  // Nguyễn Văn A
    const char *title; // Chủ tịch Ủy ban nhân dân phường
    uint32_t roles;    // WHO() bits of account roles
    uint32_t fields;   // bits of enum field: what they are in charge of (R93)
    int khom;          // 1..N for role khom, else 0
    bool active;
};

struct people {
    const struct person *rows;
    int count;
};

enum actor_kind { ACTOR_PUBLIC, ACTOR_ACCOUNT, ACTOR_AUTHOR, ACTOR_TICKET, ACTOR_SYSTEM };

struct actor {
    enum actor_kind kind;
    const struct person *person; // ACTOR_ACCOUNT
    const unsigned char
        *receipt_hash; // ACTOR_AUTHOR: 32 bytes; opens every opinion with the same hash
    int64_t ticket, ticket_dialogue; // ACTOR_TICKET: its number in its dialogue
};

const struct person *people_find(const struct people *people, const char *username);

/// Whether an opinion may be given to them, to owe it or to speak to it. Not to overseers, who
/// never change anything (invariant 8), nor to whom only the party's papers, sealed matters or the
/// accounts were entrusted. An account without a role may be appointed, so it may.
bool person_may_handle(const struct person *person);

/// First active account with the role; with the field of work; NULL when there is none.
const struct person *people_with_role(const struct people *people, enum role role);
const struct person *people_for_field(const struct people *people, enum field field,
                                      const char *not_in);

/// Whether " a b " holds the word a.
bool word_list_has(const char *list, const char *word);

#endif
