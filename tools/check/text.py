# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every text file owes: a licence line, UTF-8 in NFC, no path or host of one machine, nothing left undone."""
import json
import re
import unicodedata
from sources import Source

NEEDS_LICENCE = (".c", ".h", ".py", ".mjs", ".js", ".css", ".sh", ".sql")
OTHERS_NEED_LICENCE = {"dev", ".ci/run"}

# (what, where it counts, pattern). A file that must show one of these says "check:allow <what>" in its first lines.
FORBIDDEN = [
    ("undone", r"^(src|web|tools|dev)", re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")),
    ("machine path", r"", re.compile(r"(?<![\w.])/(work|root|home/\w+|Users/\w+)/(?!\.)")),
    ("package host", r"", re.compile(
        r"registry\.npmjs\.org|registry\.yarnpkg|deb\.debian\.org|pypi\.org|cdn\.jsdelivr|unpkg\.com|nodesource")),
    ("goto", r"^src/.*\.[ch]$", re.compile(r"^\s*goto\s", re.MULTILINE)),
    ("typedef of a struct", r"^src/.*\.[ch]$", re.compile(r"^\s*typedef\s+(struct|union|enum)\b[^(]*$", re.MULTILINE)),
]
OWN_FOLDER = "tools/check/"
SKIPPED = {"LICENSE"}


def needs_licence(path):
    return path.endswith(NEEDS_LICENCE) or path in OTHERS_NEED_LICENCE


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def unicode_problem(source):
    if any("\udc80" <= letter <= "\udcff" for letter in source.text):
        return "is not UTF-8"
    if not unicodedata.is_normalized("NFC", source.text):
        for number, line in enumerate(source.text.split("\n"), 1):
            if not unicodedata.is_normalized("NFC", line):
                return f"line {number} is not in NFC"
    return None


def words_of(source):
    allowed = source.text[:2000]
    for what, where, pattern in FORBIDDEN:
        if not re.search(where, source.path) or f"check:allow {what}" in allowed:
            continue
        match = pattern.search(source.text)
        if match:
            yield f"{source.path}:{line_of(source.text, match.start())}: {what}: {match.group(0).strip()}"


def lock_problem(source):
    """A lock file holds hashes; where a package came from is the machine's own affair."""
    resolved = [name for name, row in json.loads(source.text).get("packages", {}).items() if "resolved" in row]
    return f"names where {resolved[0]} came from (\"resolved\")" if resolved else None


def check(sources):
    problems = []
    for source in sources:
        if source.path in SKIPPED:
            continue
        if needs_licence(source.path) and "SPDX-License-Identifier: AGPL-3.0-or-later" not in source.text[:300]:
            problems.append(f"{source.path}: no SPDX-License-Identifier line")
        wrong = unicode_problem(source)
        if wrong and "check:allow unicode" not in source.text[:2000]:
            problems.append(f"{source.path}: {wrong}")
        if source.path.endswith("package-lock.json") and lock_problem(source):
            problems.append(f"{source.path}: {lock_problem(source)}")
        if not source.path.startswith(OWN_FOLDER):
            problems += words_of(source)
    return problems, []


_SPDX = "// SPDX-License-Identifier: AGPL-3.0-or-later\n"
BAD = [
    [Source("src/base/x.c", "int x;\n")],
    [Source("src/base/x.c", _SPDX + "// TODO later\n")],
    [Source("src/base/x.c", _SPDX + "\tgoto out;\n")],
    [Source("src/base/x.h", _SPDX + "typedef struct x x;\n")],
    [Source("docs/x.md", "see /home/somebody/x\n")],
    [Source("docs/x.md", "from https://deb.debian.org/\n")],
    [Source("docs/x.md", unicodedata.normalize("NFD", "Đối thoại\n"))],
    [Source("docs/x.md", b"\xff\xfe".decode("utf-8", "surrogateescape"))],
    [Source("web/package-lock.json", '{"packages": {"node_modules/a": {"resolved": "x"}}}')],
]
GOOD = [Source("src/base/x.c", _SPDX + "// Đối thoại; see /lam-viec/ and GET /work\n")]
