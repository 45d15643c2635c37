# SPDX-License-Identifier: AGPL-3.0-or-later
"""docs/rules.md says what the tests say, and no test names a rule that the plan does not have."""
import sys
from pathlib import Path
from sources import ROOT, Source

sys.path.insert(0, str(ROOT / "tools"))
import rules_table

LAST_RULE = 111


def check(sources):
    problems = []
    for source in sources:
        if source.path.startswith("tests/") and source.path.endswith((".c", ".mjs")):
            wrong = sorted({n for n, _ in rules_table.mentions(Path(source.path), source.text)
                            if not 1 <= n <= LAST_RULE})
            problems += [f"{source.path}: there is no rule R{number}" for number in wrong]
    if any(source.path == "docs/rules.md" for source in sources) and not rules_table.up_to_date():
        problems.append("docs/rules.md is not up to date: run ./dev rules")
    return problems, []


BAD = [[Source("tests/unit/x.c", 'TEST(a_case)\n{\n    RULE("R112");\n}\n')]]
GOOD = [Source("tests/unit/x.c", 'TEST(a_case)\n{\n    RULE("R55, R1-R3");\n}\n')]
