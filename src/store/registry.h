// SPDX-License-Identifier: AGPL-3.0-or-later
// Every store file's statements, so that one test can prepare all of them on both engines. A new
// store file adds its line here; it never has statements that are not in its table.
#ifndef STORE_REGISTRY_H
#define STORE_REGISTRY_H

#include "store/sql.h"

/// One X(file) per store file that says SQL_STMTS(file, ...).
#define STORE_FILES(X) \
    X(account)         \
    X(broadcast)       \
    X(dialogue)        \
    X(dump)            \
    X(hall)            \
    X(hall_people)     \
    X(idempotency)     \
    X(invitee)         \
    X(issued)          \
    X(migrate)         \
    X(opinion)         \
    X(opinion_list)    \
    X(outbox)          \
    X(paper)           \
    X(read_log)        \
    X(register)        \
    X(sealing)         \
    X(unit)

extern const struct sql_stmts *const store_registry[];
extern const size_t store_registry_count;

#endif
