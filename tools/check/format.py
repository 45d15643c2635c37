# SPDX-License-Identifier: AGPL-3.0-or-later
"""The layout of C files: clang-format 14 must have nothing to change."""
import subprocess
from sources import ROOT, Source, is_c

TOOL = "clang-format-14"


def first_difference(source):
    done = subprocess.run([TOOL, "--style=file", f"--assume-filename={ROOT / source.path}"], input=source.text,
                          capture_output=True, text=True, cwd=ROOT, check=True, errors="surrogateescape")
    if done.stdout == source.text:
        return None
    for number, (was, wanted) in enumerate(zip(source.text.split("\n"), done.stdout.split("\n")), 1):
        if was != wanted:
            return number
    return source.text.count("\n")


def check(sources):
    problems = []
    for source in sources:
        line = first_difference(source) if is_c(source.path) else None
        if line:
            problems.append(f"{source.path}:{line}: clang-format would change this (clang-format-14 -i {source.path})")
    return problems, []


BAD = [[Source("src/base/x.c", "int  x;\n")], [Source("src/base/x.c", "void f(void) {\n  g();\n}\n")]]
GOOD = [Source("src/base/x.c", "int x;\n\nvoid f(void)\n{\n    g();\n}\n")]
