// SPDX-License-Identifier: AGPL-3.0-or-later
// later
#include "cli/demo.h"
const struct beats demo_after = {NULL, 0};
