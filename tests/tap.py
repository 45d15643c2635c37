# SPDX-License-Identifier: AGPL-3.0-or-later
"""Counts the cases of what a test program said. Nothing is ever counted as passed by being absent.

A program that dies or says less than it planned counts as failed; so does one without any case, or one that ends with
77 for a tool it misses. What was skipped keeps its reason.
"""
import re
from collections import namedtuple

CASE = re.compile(r"^(not ok|ok)\b(?:\s+\d+)?(?:\s+-)?\s*(.*)$")
PLAN = re.compile(r"^1\.\.(\d+)")
SKIP = re.compile(r"^(.*?)\s*#\s*(?:skip|todo)\b\s*(.*)$", re.IGNORECASE)

Counts = namedtuple("Counts", "passed failed skipped", defaults=(0, 0, ()))


def add(a, b):
    return Counts(*(x + y for x, y in zip(a, b)))


def reason(said):
    """"name: why" of a case that was skipped, else None."""
    found = SKIP.match(said)
    return found and ": ".join(part for part in found.groups() if part)


def count_tap(text, returncode):
    """Counts the top-level cases of one TAP stream."""
    passed = failed = planned = 0
    skipped = []
    for line in text.splitlines():
        case, plan = CASE.match(line), PLAN.match(line)
        if plan:
            planned = int(plan.group(1))
        elif case and reason(case.group(2)):
            skipped.append(reason(case.group(2)))
        elif case and case.group(1) == "ok":
            passed += 1
        elif case:
            failed += 1
    failed += max(0, planned - passed - failed - len(skipped))
    if failed == 0 and (returncode != 0 or passed + len(skipped) == 0):
        failed = 1
    return Counts(passed, failed, tuple(skipped))


def count_node(text, returncode):
    """node --test ends with a summary of all its cases, nested ones too."""
    found = dict(re.findall(r"^# (pass|fail|cancelled) (\d+)$", text, re.MULTILINE))
    number = {name: int(value) for name, value in found.items()}
    failed = number.get("fail", 0) + number.get("cancelled", 0)
    if failed == 0 and (returncode != 0 or not found):
        failed = 1
    cases = (CASE.match(line.strip()) for line in text.splitlines())
    skipped = tuple(why for why in (reason(case.group(2)) for case in cases if case) if why)
    return Counts(number.get("pass", 0), failed, skipped)


def failing_part(text):
    """Each "not ok" with the comments before it, or everything when the program just died."""
    kept, comments = [], []
    for line in text.splitlines():
        if line.startswith("#"):
            comments.append(line)
        elif line.startswith("ok"):
            comments = []
        elif line.startswith("not ok"):
            kept += comments + [line]
            comments = []
    return "\n".join(kept or text.splitlines())
