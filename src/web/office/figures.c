// SPDX-License-Identifier: AGPL-3.0-or-later
// Figures of a dialogue as the desks show them: sums of the register's counts and nothing else.
#include "web/office/oversight.h"

static void add_state(struct figures *f, const struct opinion_count *c)
{
    int64_t n = c->count;
    switch ((enum opinion_state)c->state) {
    case OPINION_ANSWERED:
        f->answered += n;
        break;
    case OPINION_OWED:
        f->owed += n;
        break;
    case OPINION_REFERRED:
        f->referred += n;
        break;
    case OPINION_CONCLUDED:
        f->concluded += n;
        break;
    case OPINION_DIVERTED:
        f->diverted += n;
        break;
    case OPINION_WITHDRAWN:
        f->withdrawn += n;
        break;
    case OPINION_RECEIVED:
    case OPINION_RELAYED:
    case OPINION_ON_FLOOR:
    case OPINION_STATE_COUNT:
        break;
    }
}

void figures_of(struct desk *d, const struct opinion_counts *counts, struct figures *f)
{
    int64_t fields_sum[FIELD_COUNT] = {0}, khoms_sum[ARRAY_LEN(f->khoms)] = {0};
    *f = (struct figures){0};
    for (int i = 0; i < counts->count; i++) {
        const struct opinion_count *c = &counts->rows[i];
        if (c->visibility == VISIBILITY_SEALED) { // its own total and nothing else (invariant 10)
            f->sealed += c->count;
            continue;
        }
        f->received += c->count;
        add_state(f, c);
        if (c->overdue) f->overdue += c->count;
        if (c->scope == SCOPE_OFF) f->off_topic += c->count;
        if (c->field >= 0 && c->field < FIELD_COUNT) fields_sum[c->field] += c->count;
        if (c->khom >= 0 && (size_t)c->khom < ARRAY_LEN(khoms_sum)) khoms_sum[c->khom] += c->count;
    }
    for (int i = 0; i < FIELD_COUNT; i++)
        if (fields_sum[i] > 0)
            f->fields[f->field_count++] =
                (struct figure_row){title_of(d->arena, d->t.lang, &fields, i), fields_sum[i]};
    for (size_t k = 0; k < ARRAY_LEN(khoms_sum); k++) {
        const char *name =
            k == 0 ? tr(d->t.lang, "Không rõ địa bàn") : khom_name(d->visit->facts, (int)k);
        if (khoms_sum[k] > 0 && name != NULL)
            f->khoms[f->khom_count++] = (struct figure_row){name, khoms_sum[k]};
    }
}
