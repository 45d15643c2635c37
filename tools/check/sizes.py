# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sizes of functions, files, headers and parameter lists. Hard limits fail, soft ones are listed.

Leans on the format check: a function's brace stands alone at the line's start, a table's does not. Tables
(`... = {` to `};` at the line's start) do not count towards the size of a file.
"""
import re
from statistics import median
from sources import Source, is_c

FUNCTION = (60, 100)  # soft, hard
FILE = (500, 800)
HEADER = (150, 250)
PARAMETERS = (5, 6)
LIBRARY_CALLBACKS = ("enum MHD_Result ",)  # their parameters are the library's choice
TABLE_START = re.compile(r"^\S.*=\s*\{\s*$")


def functions(text):
    """(name, line, body lines, parameters) of each function of a formatted C file."""
    lines = text.split("\n")
    found = []
    start = None
    for number, line in enumerate(lines):
        if line == "{":
            start = number
        elif line == "}" and start is not None:
            signature = signature_above(lines, start)
            found.append((name_of(signature), start + 1, number - start - 1, parameters_of(signature)))
            start = None
    return found


def signature_above(lines, brace):
    taken = []
    for line in reversed(lines[:brace]):
        if not line.strip() or line.startswith(("#", "}", "//")) or line.endswith((";", "*/")):
            break
        taken.insert(0, line.strip())
    return " ".join(taken)


def name_of(signature):
    match = re.search(r"(\w+)\s*\(", signature)
    return match.group(1) if match else "?"


def parameters_of(signature):
    if any(result in signature for result in LIBRARY_CALLBACKS):
        return 0
    inside = signature[signature.find("(") + 1:signature.rfind(")")]
    depth = commas = 0
    for letter in inside:
        depth += (letter == "(") - (letter == ")")
        commas += letter == "," and depth == 0
    return 0 if inside.strip() in ("", "void") else commas + 1


def lines_without_tables(text):
    count, inside = 0, False
    for line in text.rstrip("\n").split("\n"):
        if TABLE_START.match(line):
            inside = True
        count += not inside
        if inside and line.startswith("}"):
            inside = False
    return count


def judge(what, value, limits, problems, notes):
    soft, hard = limits
    if value > hard:
        problems.append(f"{what}: {value}, more than {hard}")
    elif value > soft:
        notes.append(f"{what}: {value}, aim for at most {soft}")


def check(sources):
    problems, notes, bodies, files = [], [], [], []
    for source in sources:
        if not is_c(source.path):
            continue
        size = lines_without_tables(source.text)
        kind = "header" if source.path.endswith(".h") else "file"
        judge(f"{source.path}: {kind} lines", size, HEADER if kind == "header" else FILE, problems, notes)
        in_src = source.path.startswith("src/")
        if in_src and kind == "file":
            files.append(size)
        for name, line, body, parameters in functions(source.text):
            where = f"{source.path}:{line}: {name}()"
            judge(f"{where} lines", body, FUNCTION, problems, notes)
            judge(f"{where} parameters", parameters, PARAMETERS, problems, notes)
            if in_src:
                bodies.append(body)
    if bodies and files:
        notes.append(f"median of {len(bodies)} functions: {median(bodies):g} lines;"
                     f" of {len(files)} files: {median(files):g} lines")
        if len(bodies) > 50 and median(bodies) > 20:
            problems.append(f"the median function has {median(bodies):g} lines, more than 20")
    return problems, notes


def _function(lines, parameters="void"):
    return f"void f({parameters})\n{{\n" + "    g();\n" * lines + "}\n"


BAD = [
    [Source("src/base/x.c", _function(101))],
    [Source("src/base/x.c", "int x;\n" * 801)],
    [Source("src/base/x.h", "int x;\n" * 251)],
    [Source("src/base/x.c", _function(1, "int a, int b, int c, int d, int e, int f, int g"))],
]
GOOD = [Source("src/base/x.c", _function(60, "int a, void (*done)(int, int), int c"))]
