// SPDX-License-Identifier: AGPL-3.0-or-later
// What an entry about a note, a fact or a ticket commits to: its whole row, salted. Reads nothing.
#include "actions/hall_rows.h"

static void digest_numbers(struct digest *d, const int64_t *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++)
        digest_int(d, numbers[i]);
}

void hall_note_digest(int64_t dialogue, const struct hall_note *n,
                      unsigned char ret_digest[DIGEST_BYTES])
{
    struct digest d;
    const int64_t numbers[] = {dialogue,           n->note,           n->turn,   n->opinion,
                               (int64_t)n->became, n->became_opinion, n->struck, n->entry,
                               n->at_ms,           n->edited_ms};
    digest_init(&d, NULL);
    digest_bytes(&d, n->salt, SALT_BYTES);
    digest_numbers(&d, numbers, ARRAY_LEN(numbers));
    digest_text(&d, n->text);
    digest_text(&d, n->author);
    digest_done(&d, ret_digest);
}

void hall_fact_digest(int64_t dialogue, const struct hall_fact *f,
                      unsigned char ret_digest[DIGEST_BYTES])
{
    struct digest d;
    const int64_t numbers[] = {dialogue, f->fact, f->opinion, f->at_ms};
    digest_init(&d, NULL);
    digest_bytes(&d, f->salt, SALT_BYTES);
    digest_numbers(&d, numbers, ARRAY_LEN(numbers));
    digest_text(&d, f->username);
    digest_text(&d, f->text);
    digest_done(&d, ret_digest);
}

void hall_ticket_digest(const struct hall_ticket *t, unsigned char ret_digest[DIGEST_BYTES])
{
    struct digest d;
    const int64_t numbers[] = {t->dialogue, t->ticket, t->khom, t->joined_ms};
    digest_init(&d, NULL);
    digest_bytes(&d, t->hash, TICKET_HASH_BYTES); // random: the salt of the name
    digest_numbers(&d, numbers, ARRAY_LEN(numbers));
    digest_text(&d, t->name);
    bool business = t->author_type != AUTHOR_RESIDENT || *t->organisation != 0;
    if (business) { // a ticket of before 0010 keeps its digest
        digest_int(&d, (int64_t)t->author_type);
        digest_text(&d, t->organisation);
    }
    digest_done(&d, ret_digest);
}
