// SPDX-License-Identifier: AGPL-3.0-or-later
// How well a dialogue did (R20): answered on the spot, in time, agreed. Counted from the same
// opinions as every report (invariant 7); sealed ones are not among them.
#ifndef DOCUMENTS_INDICATORS_H
#define DOCUMENTS_INDICATORS_H

#include "documents/facts.h"

struct indicators {
    int all;            // without those diverted or withdrawn
    int on_spot;        // answered or taken in in the hall
    int due, in_time;   // whose time has run out or who are answered; of them in time
    int ended, agreed;  // concluded; of them agreed
    int referred, told; // to another agency; of them told agency and time (R59)
    int median_days;    // from the date the clock began to the answer; -1 none
};
struct indicators indicators_of(const struct doc_facts *facts);
/// 0-100; -1 of nothing.
int indicator_percent(int part, int whole);

#endif
