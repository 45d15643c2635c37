// SPDX-License-Identifier: AGPL-3.0-or-later
// The indicators of a dialogue, in one pass over the opinions of its reports.
#include "documents/indicators.h"

#include <stdlib.h>
#include <string.h>

enum { DAYS_KEPT = 2000 };

static int by_number(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

static bool on_the_spot(const struct doc_opinion *o)
{
    return o->handling == HANDLED_ON_SPOT || o->handling == HANDLED_ACCEPTED;
}

/// On the spot is in time; later, an answer by the legal date is.
static void count_time(const struct doc_opinion *o, struct indicators *n)
{
    bool answered = on_the_spot(o) || day_known(o->answered_day);
    bool in_time =
        on_the_spot(o) || !day_known(o->due.legal_day) || o->answered_day <= o->due.legal_day;
    if (!answered && o->result != RESULT_OVERDUE) return; // its time has not run out
    n->due++;
    n->in_time += answered && in_time && o->result != RESULT_OVERDUE;
}

struct indicators indicators_of(const struct doc_facts *f)
{
    static const char agreed[] = "thống nhất";
    struct indicators n = {.median_days = -1};
    int days[DAYS_KEPT], count = 0;
    for (int i = 0; i < f->opinions_count; i++) {
        const struct doc_opinion *o = &f->opinions[i];
        if (o->handling == HANDLED_DIVERTED || o->handling == HANDLED_WITHDRAWN) continue;
        n.all++;
        n.on_spot += on_the_spot(o);
        count_time(o, &n);
        n.ended += o->outcome != NULL;
        n.agreed += o->outcome != NULL && strcmp(o->outcome, agreed) == 0;
        if (o->referrals_count > 0) {
            n.referred++;
            n.told += day_known(o->referrals[o->referrals_count - 1].notified_day);
        }
        bool timed = !on_the_spot(o) && day_known(o->answered_day) && day_known(o->due.start_day);
        if (timed && count < DAYS_KEPT && o->answered_day >= o->due.start_day)
            days[count++] = o->answered_day - o->due.start_day;
    }
    qsort(days, (size_t)count, sizeof(*days), by_number);
    if (count > 0) n.median_days = days[count / 2];
    return n;
}

int indicator_percent(int part, int whole)
{
    return whole == 0 ? -1 : (part * 100 + whole / 2) / whole;
}
