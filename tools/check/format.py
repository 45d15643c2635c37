# SPDX-License-Identifier: AGPL-3.0-or-later
"""The layout of C files: clang-format 14 must have nothing to change."""
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
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
    ours = [source for source in sources if is_c(source.path)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        lines = list(pool.map(first_difference, ours))
    return [f"{source.path}:{line}: clang-format would change this (./dev format {source.path})"
            for source, line in zip(ours, lines) if line], []


BAD = [[Source("src/base/x.c", "int  x;\n")], [Source("src/base/x.c", "void f(void) {\n  g();\n}\n")]]
GOOD = [Source("src/base/x.c", "int x;\n\nvoid f(void)\n{\n    g();\n}\n")]
