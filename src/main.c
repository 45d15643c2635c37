// SPDX-License-Identifier: AGPL-3.0-or-later
// The program. Everything starts in cli/.
#include "cli/cli.h"

int main(int argc, char **argv)
{
    return cli_main(argc, argv);
}
