// SPDX-License-Identifier: AGPL-3.0-or-later
// Facts of an invented dialogue of an invented "Phường 1", for the document tests. Nobody in it
// exists.
#ifndef TESTS_SAMPLE_FACTS_H
#define TESTS_SAMPLE_FACTS_H

#include "base/arena.h"
#include "documents/document.h"
#include "documents/facts.h"

enum sample { SAMPLE_RICH, SAMPLE_EMPTY, SAMPLE_LARGE, SAMPLE_HOSTILE };

/// The facts for one document of the type; selectors are set. LARGE: 40 long opinions and a long
/// ward name; HOSTILE: control characters, markup and broken UTF-8 in every text; EMPTY: nothing
/// known.
const struct doc_facts *sample_facts(struct arena *arena, enum doc_type type, enum sample sample);

/// Every Vietnamese letter with every tone, both cases, in NFC.
extern const char sample_pangram[];

#endif
