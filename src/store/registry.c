// SPDX-License-Identifier: AGPL-3.0-or-later
// The list of all statements, made from the list of store files. Holds no statement of its own.
#include "store/registry.h"

#define DECLARE(file) extern const struct sql_stmts file##_stmts;
STORE_FILES(DECLARE)

#define ADDRESS(file) &file##_stmts,
const struct sql_stmts *const store_registry[] = {STORE_FILES(ADDRESS)};
const size_t store_registry_count = ARRAY_LEN(store_registry);
