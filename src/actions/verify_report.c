// SPDX-License-Identifier: AGPL-3.0-or-later
// What verify found: the first fault and no other, for the later ones may come of it.
#include "actions/verify.h"

#include <stdarg.h>
#include <stdio.h>

void verify_broken(struct verify_report *report, int64_t entry, bool sealed, const char *format,
                   ...)
{
    if (!report->sound) return;
    va_list args;
    va_start(args, format);
    vsnprintf(report->what, sizeof(report->what), format, args);
    va_end(args);
    report->sound = false;
    report->broken_entry = entry;
    report->in_sealed_chain = sealed;
}
