// SPDX-License-Identifier: AGPL-3.0-or-later
// What of a sealed opinion may stand in no other text (invariant 10): its number, its author's
// words, its contacts; and how lines that tell of it are taken out of minutes. Compares folded
// words, so that neither spelling of marks nor punctuation hides anything. A free retelling in
// other words is for a person to find: the program says so where it takes lines out.
#ifndef DOMAIN_SEALED_WORDS_H
#define DOMAIN_SEALED_WORDS_H

#include "base/arena.h"
#include "domain/opinion.h"

/// Syllables in a row that make a quotation; a text with fewer is one when it is there whole.
enum { SEALED_RUN = 10 };

struct sealed_words {
    const char *number;       // "2024-0007"
    const char *const *texts; // folded, with a space at both ends
    int text_count;
    const char *const *contacts; // digits of the phone; folded address
    int contact_count;
    const char *const *names; // folded, with a space at both ends; two syllables at least
    int name_count;
};

/// The stand-in for lines taken out. Says no number: even that would tell of the matter.
extern const char SEALED_LINE[];

/// What the hall's notes and facts about it are called in its own file (`refs` of an ITEM_REASON).
extern const char SEALED_NOTE[], SEALED_FACT[];

/// Everything in the arena; items oldest first.
void sealed_words_of(struct arena *arena, const struct opinion *o, const struct opinion_item *items,
                     int count, struct sealed_words *ret_words);

/// Whether a line of `text` has the number, a quotation or a contact. A name alone is not counted:
/// people have other opinions too, and sit in lists.
bool sealed_words_in(const struct sealed_words *words, const char *text);

/// The text without the opinion's own block ("Ý kiến 3 (2024-0007). ..." up to the next one or the
/// next part) and without every line that sealed_words_in finds. Names go too, but from other
/// opinions' blocks and from part I (who was there). *ret_lines: how many lines went; 0: `text`
/// itself is returned.
const char *sealed_words_strip(struct arena *arena, const struct sealed_words *words,
                               const char *text, int *ret_lines);

#endif
