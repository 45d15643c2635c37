#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writes docs/rules.md: each rule of the plan (tools/rules.tsv) with the tests that name it.

A test names a rule by RULE("R55") in C, rule('R55') in JavaScript, or by having R55 in its own name. Without
--write it only says whether the page is up to date.
"""
import re
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/rules.md"
NUMBER = re.compile(r"\bR(\d{1,3})\b(?:\s*(?:-|–|\.\.)\s*R?(\d{1,3})\b)?")
C_CASE = re.compile(r"^TEST\((\w+)\)|^static void (\w+)\(void\)", re.MULTILINE)
C_NAMED = re.compile(r"(?:RULE\(\s*|#\s*rules:\s*)\"?([^\")\n]*)")
JS_CASE = re.compile(r"\b(?:test|it)\(\s*(['\"`])(.*?)\1")
JS_NAMED = re.compile(r"\brules?\(([^)]*)\)")

HEAD = """# Các quy tắc của kế hoạch và kiểm thử / Rules of the plan and their tests

Trang này do `./dev rules` lập từ các kiểm thử; đừng sửa tay. / Written by `./dev rules`; do not edit.

R1..R111 là các yêu cầu rút ra từ kế hoạch 66/KH-UBND, nói lại bằng lời của dự án. Một quy tắc có kiểm thử khi
có ít nhất một kiểm thử gọi tên nó.
"""


def numbers_in(text):
    """'R52, R54-R56' -> 52 54 55 56"""
    for match in NUMBER.finditer(text):
        first, last = int(match.group(1)), int(match.group(2) or match.group(1))
        yield from range(first, last + 1)


def case_at(names, position):
    """The last case that starts before the position: the one the mention belongs to."""
    before = [name for start, name in names if start <= position]
    return before[-1] if before else None


def mentions(path, text):
    """(rule, case) pairs of one test file."""
    in_c = path.suffix in (".c", ".h")
    if in_c:
        names = [(m.start(), m.group(1) or m.group(2)) for m in C_CASE.finditer(text)]
    else:
        names = [(m.start(), m.group(2)) for m in JS_CASE.finditer(text)]
    for match in (C_NAMED if in_c else JS_NAMED).finditer(text):
        for rule in numbers_in(match.group(1)):
            yield rule, case_at(names, match.start())
    for _, name in names:
        for rule in numbers_in(name.replace("_", " ")):
            yield rule, name


def tests_by_rule():
    found = defaultdict(set)
    for path in sorted((ROOT / "tests").rglob("*")):
        if path.suffix not in (".c", ".mjs") or "node_modules" in path.parts:
            continue
        where = path.relative_to(ROOT / "tests")
        for rule, case in mentions(path, path.read_text(errors="replace")):
            found[rule].add((str(where), case or ""))
    return found


def cell(tests, shown=4):
    if not tests:
        return "chưa có / not yet"
    texts = [f"`{where}`" + (f" {case.replace('|', '/')}" if case else "") for where, case in sorted(tests)]
    more = f"<br>+{len(texts) - shown}" if len(texts) > shown else ""
    return "<br>".join(texts[:shown]) + more


def page():
    found = tests_by_rule()
    rows = [line.split("\t") for line in (ROOT / "tools/rules.tsv").read_text().splitlines()]
    served = sum(1 for number, _, _ in rows if found[int(number[1:])])
    lines = [HEAD, f"{served}/{len(rows)} quy tắc có kiểm thử / rules with a test.", "",
             "| | quy tắc | rule | kiểm thử / tests |", "|---|---|---|---|"]
    lines += [f"| {number} | {vi} | {en} | {cell(found[int(number[1:])])} |" for number, vi, en in rows]
    return "\n".join(lines) + "\n"


def up_to_date():
    return PAGE.exists() and PAGE.read_text() == page()


if __name__ == "__main__":
    if "--write" in sys.argv:
        PAGE.write_text(page())
    elif not up_to_date():
        sys.exit("docs/rules.md is not up to date: ./dev rules")
