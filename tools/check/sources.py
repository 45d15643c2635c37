# SPDX-License-Identifier: AGPL-3.0-or-later
"""The files of the project as the checks see them: path from the root, and text. No git needed."""
import os
from collections import namedtuple
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
Source = namedtuple("Source", "path text")

SKIPPED_FOLDERS = {".git", "node_modules", "var", "dist", "__pycache__"}
BINARY = {".png", ".jpg", ".ico", ".woff2", ".ttf", ".otf", ".pdf", ".docx", ".xlsx", ".zip", ".gz", ".wav", ".db",
          ".mo", ".pyc", ".bin", ".mp3", ".webp"}


def is_corpus(path):
    """Fuzz corpora are bytes, not texts of ours."""
    return path.startswith("tests/fuzz/") and not path.endswith((".c", ".h", ".py", ".mjs", ".md", ".build"))


def all_paths():
    found = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [f for f in folders if f not in SKIPPED_FOLDERS and not f.startswith("build")]
        found += [str((Path(folder) / name).relative_to(ROOT)) for name in names
                  if name != ".git"]  # a file in a worktree
    return sorted(path for path in found if Path(path).suffix not in BINARY and not is_corpus(path))


def load(prefixes=()):
    """Every text file, or only those below one of the given paths."""
    paths = [p for p in all_paths() if not prefixes or any(p.startswith(x.rstrip("/")) for x in prefixes)]
    return [Source(p, (ROOT / p).read_bytes().decode("utf-8", errors="surrogateescape")) for p in paths
            if (ROOT / p).is_file()]


def is_c(path):
    return path.endswith((".c", ".h")) and path.startswith(("src/", "tests/", "tools/"))
