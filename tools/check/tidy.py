# SPDX-License-Identifier: AGPL-3.0-or-later
"""clang-tidy with few, telling checks over the clang build (build-clang).

A file that passed is not looked at again until it, a header, its command or the list of checks changes.
"""
import hashlib
import json
import os
import re
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from sources import ROOT, Source

TOOL = "clang-tidy-14"
BUILD = ROOT / "build-clang"
CHECKS = ",".join([
    "-*",
    "bugprone-argument-comment", "bugprone-assert-side-effect", "bugprone-bool-pointer-implicit-conversion",
    "bugprone-incorrect-roundings", "bugprone-infinite-loop", "bugprone-integer-division",
    "bugprone-macro-repeated-side-effects", "bugprone-misplaced-*", "bugprone-multiple-statement-macro",
    "bugprone-not-null-terminated-result", "bugprone-posix-return", "bugprone-redundant-branch-condition",
    "bugprone-signed-char-misuse", "bugprone-sizeof-*", "-bugprone-sizeof-expression", "bugprone-string-literal-with-embedded-nul",
    "bugprone-suspicious-*", "-bugprone-suspicious-string-compare", "bugprone-swapped-arguments",
    "bugprone-terminating-continue", "bugprone-too-small-loop-variable", "bugprone-undefined-memory-manipulation",
    "bugprone-unused-return-value", "cert-env33-c", "cert-flp30-c", "cert-fio38-c",
    "clang-analyzer-core*", "clang-analyzer-unix*", "clang-analyzer-deadcode*", "misc-redundant-expression", "readability-inconsistent-declaration-parameter-name",
    "readability-misleading-indentation", "readability-non-const-parameter",
])
FLAGS = ["--quiet", f"--checks={CHECKS}", "--warnings-as-errors=*", "--extra-arg=-Wno-unknown-warning-option",
         "--extra-arg=-Wno-error",
         *(f"--extra-arg={word}" for word in ("-Xclang", "-analyzer-config", "-Xclang", "mode=shallow"))]


def make_headers():
    """Generated headers are needed, so the clang build is made first; what does not compile shows below."""
    if not (BUILD / "build.ninja").exists():
        subprocess.run(["meson", "setup", str(BUILD)], cwd=ROOT, env=dict(os.environ, CC="clang"), check=True,
                       capture_output=True)
    subprocess.run(["ninja", "-C", str(BUILD), "-k", "0", "--quiet"], capture_output=True)


def units(prefixes):
    for row in json.loads((BUILD / "compile_commands.json").read_text()):
        path = os.path.relpath(os.path.join(row["directory"], row["file"]), ROOT)
        if path.startswith(("src/", "tools/")) and any(path.startswith(prefix) for prefix in prefixes):
            yield path, row["command"]


def digest(*parts):
    return hashlib.sha256("\0".join(parts).encode(errors="surrogateescape")).hexdigest()


def complaints(path):
    done = subprocess.run([TOOL, "-p", str(BUILD), *FLAGS, path], cwd=ROOT, capture_output=True, text=True)
    if done.returncode == 0:
        return []
    lines = [re.sub(r"^\S*?(?=(src|tools)/)", "", line) for line in done.stdout.splitlines()
             if ": error: " in line or ": warning: " in line]
    return lines or [f"{path}: {done.stdout[-400:]}{done.stderr[-400:]}"]


def check(sources):
    make_headers()
    headers = digest(CHECKS, *(source.text for source in sources if source.path.endswith((".h", ".html"))))
    texts = {source.path: source.text for source in sources}
    cache = BUILD / "tidy-passed"
    cache.mkdir(exist_ok=True)
    stale = {path: digest(headers, command, texts[path]) for path, command in units(("src/", "tools/"))
             if path in texts}
    stale = {path: key for path, key in stale.items() if not (cache / key).exists()}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = dict(zip(stale, pool.map(complaints, stale)))
    for path, lines in found.items():
        if not lines:
            (cache / stale[path]).touch()
    return [line for lines in found.values() for line in lines], [f"{len(stale)} files looked at"]


def sees_bad_sample():
    """The tool itself must see a planted bug; there is no build around a sample."""
    with tempfile.TemporaryDirectory() as folder:
        sample = Path(folder) / "sample.c"
        sample.write_text("#include <string.h>\nint f(char *p);\nint f(char *p)\n{\n"
                          "    memset(p, sizeof(p), 0);\n    return *p == *p;\n}\n")
        done = subprocess.run([TOOL, *FLAGS, str(sample), "--", "-std=gnu17"], capture_output=True, text=True)
        return done.returncode != 0


BAD, GOOD = [], [Source("x.c", "")]
