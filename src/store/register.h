// SPDX-License-Identifier: AGPL-3.0-or-later
// The register (sổ): append-only, hash-chained. Two chains per unit: the main one, and one for
// sealed matters whose instants are cut to the day. Personal data and texts are in it as salted
// digests alone.
#ifndef STORE_REGISTER_H
#define STORE_REGISTER_H

#include "base/arena.h"
#include "base/digest.h"
#include "domain/opinion.h"
#include "store/store.h"
#include "store/unit.h"

enum chain { CHAIN_MAIN, CHAIN_SEALED };

struct entry {
    int64_t entry, at_ms;
    const char *actor; // user name; "" author, public or system
    enum role role;
    enum on_behalf behalf;
    const char *action;       // code of the contract, "submit", "anchor", "setting" ...
    const char *subject;      // "opinion 2024-0007", "dialogue 1", "account thuky"
    int from_state, to_state; // -1 none
    int64_t version;          // of the subject after it
    unsigned char digest[DIGEST_BYTES];
    unsigned char previous[DIGEST_BYTES], hash[DIGEST_BYTES];
};

/// Fills entry number, previous and hash from the head and moves the head; the caller writes the
/// head back.
MUST_USE enum status store_register_append(struct store_tx *tx, int64_t unit, enum chain chain,
                                           struct unit_head *head, struct entry *entry);

/// The hash an entry ought to have.
void register_hash(int64_t unit, const struct entry *entry, unsigned char ret_hash[DIGEST_BYTES]);

struct entry_list {
    const struct entry *rows;
    int count;
};
struct register_page {
    enum chain chain;
    int64_t after;
    int limit; // 1-1000
};
/// Ascending.
MUST_USE enum status store_register_list(struct sql *sql, int64_t unit, struct register_page page,
                                         struct arena *arena, struct entry_list *ret_list);
/// Those about one subject, oldest first.
MUST_USE enum status store_register_of(struct sql *sql, int64_t unit, enum chain chain,
                                       const char *subject, struct arena *arena,
                                       struct entry_list *ret_list);

/// What an entry about an opinion commits to: its row and all its items as they are after it. The
/// last entry about an opinion therefore covers everything that was ever added to it.
void opinion_digest(const struct opinion *o, const struct opinion_item *items, int count,
                    unsigned char ret_digest[DIGEST_BYTES]);
void dialogue_digest(const struct dialogue *x, unsigned char ret_digest[DIGEST_BYTES]);

#endif
