# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may include whom (docs/decisions/0001-layers.md), read from the #include lines alone."""
import re
from sources import Source

INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^">]+)[">]', re.MULTILINE)

MAY_INCLUDE = {
    "base": set(),
    "domain": {"base"},
    "store": {"base", "domain"},
    "documents": {"base", "domain"},
    "live": {"base"},
    "http": {"base"},
    "notify": {"base", "domain", "store"},
    "actions": {"base", "domain", "store", "documents", "live"},
    "web": {"base", "domain", "documents", "actions", "http", "live", "store"},
    "cli": {"base", "domain", "store", "documents", "actions", "notify", "http", "web", "live"},
}

# A library is known in one folder only; nobody else sees its types.
LIBRARY_HOME = {
    "microhttpd.h": {"http"},
    "sqlite3.h": {"store"},
    "libpq-fe.h": {"store"},
    "curl/curl.h": {"notify", "cli"},  # cli: simulate is a client
    "pango/pangocairo.h": {"documents"},
    "zip.h": {"documents"},
}

# The rules are pure: what they need to know is handed to them.
NOT_IN_DOMAIN = re.compile(r"^(time|unistd|pthread|fcntl|signal|netdb|sys/.*|netinet/.*|sodium.*)\.h$")


def allowed(folder, header, quote):
    """None when the include is in order, else what is wrong with it."""
    home = LIBRARY_HOME.get(header)
    if quote == "<":
        if home and folder not in home and folder != "main":
            return f"<{header}> belongs to {', '.join(sorted(home))} alone"
        if folder == "domain" and NOT_IN_DOMAIN.match(header):
            return f"domain has no clock and no I/O: <{header}>"
        return None
    if "/" not in header:
        return f'"{header}" names no folder; write "{folder}/{header}"'
    target = header.split("/")[0]
    if target in (folder, "generated") or folder == "main":
        return None
    if target not in MAY_INCLUDE:
        return f'"{header}": {target} is no folder of src'
    if target not in MAY_INCLUDE[folder]:
        return f'{folder} may not include {target}: "{header}"'
    if folder == "web" and target == "store" and "struct store_tx" in header:
        return f'web only reads: "{header}"'
    return None


def check(sources):
    problems = []
    for source in sources:
        parts = source.path.split("/")
        if parts[0] != "src" or not source.path.endswith((".c", ".h", ".html")):
            continue
        folder = parts[1] if len(parts) > 2 else "main"
        if folder != "main" and folder not in MAY_INCLUDE:
            problems.append(f"{source.path}: src/{folder} is not in the table of layers")
            continue
        for match in INCLUDE.finditer(source.text):
            wrong = allowed(folder, match.group(2), match.group(1))
            if wrong:
                line = source.text.count("\n", 0, match.start(1)) + 1
                problems.append(f"{source.path}:{line}: {wrong}")
        if folder == "web" and re.search(r"\bstruct store_tx\b", source.text):
            problems.append(f"{source.path}: web may not hold a struct store_tx; only an action writes")
    return problems, []


BAD = [
    [Source("src/domain/x.c", '#include "store/opinion.h"\n')],
    [Source("src/domain/x.c", "#include <time.h>\n")],
    [Source("src/web/x.c", "#include <sqlite3.h>\n")],
    [Source("src/http/x.c", '#include "domain/opinion.h"\n')],
    [Source("src/base/x.c", '#include "arena.h"\n')],
    [Source("src/newfolder/x.c", "int x;\n")],
    [Source("src/web/x.c", "static void f(struct store_tx *tx);\n")],
]
GOOD = [Source("src/domain/x.c", '#include "base/day.h"\n#include "domain/opinion.h"\n#include <string.h>\n')]
