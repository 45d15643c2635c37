#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Runs everything `./dev test` promises and ends with one line: "N passed, M failed".

A case is one TAP line of a C or node test, or one check (tap.py). What could not be tried on this machine is listed
with its reason before the last line; a tool that is missing is no reason, it fails.
"""
import argparse
import itertools
import json
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.dont_write_bytecode = True
from tap import Counts, add, count_node, count_tap, failing_part

ROOT = Path(__file__).resolve().parent.parent
TAIL_LINES = 60
MEMORY = Path("/dev/shm")
MEMORY_FREE = 6 << 30
CHECKED = dict(os.environ, ASAN_OPTIONS="detect_leaks=1:strict_string_checks=1",
               UBSAN_OPTIONS="halt_on_error=1:print_stacktrace=1")
# Of the many programs that the system files start: less memory held back from reuse, shorter stacks kept with it.
SPARING = "detect_leaks=1:quarantine_size_mb=32:malloc_context_size=10"
# Half the time to compile of what is shipped, and no slower where the time goes; lines are still named.
QUICK = ["-Doptimization=1", "-Dc_args=-g1"]
# Files that hold somebody to a time, or give this machine another network: nothing runs beside them but what gives way.
ALONE = ["hall_cable", "hall_network", "hall_slow", "simulate"]
# These begin first, so that the last to end is a short one.
LONGEST = ["roles_walk", "every_page", "desks", "every_act", "hall_console", "office", "staff", "public", "verify", "form_strict",
           "durability", "hall_phones", "hall_live", "hall_day", "hall_names", "walk", "meeting"]


def say(text):
    print(text, flush=True)


def show_tail(title, text):
    """The failing cases with what they said, else the end of the output: in one piece, others may be speaking."""
    lines = text.rstrip().splitlines()
    if len(lines) > 2 * TAIL_LINES:
        lines = lines[:TAIL_LINES] + ["..."] + lines[-TAIL_LINES:]
    say("\n".join([f"--- {title}", *(f"    {line}" for line in lines)]))


def run(command, env=None, timeout=None):
    try:
        done = subprocess.run(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, errors="replace", timeout=timeout)
    except subprocess.TimeoutExpired as late:
        text = late.output or b""
        return 124, (text if isinstance(text, str) else text.decode(errors="replace")) + "\n(timed out)"
    return done.returncode, done.stdout


def build(folder, compiler, options):
    """Configures once (again when the options change) and builds. One failed case if that does not work."""
    env = dict(os.environ, CC=compiler)
    stamp = ROOT / folder / ".options"
    wanted = " ".join([compiler, *options])
    status, text = 0, ""
    if not (stamp.exists() and stamp.read_text() == wanted):
        wipe = ["--wipe"] if (ROOT / folder / "build.ninja").exists() else []
        status, text = run(["meson", "setup", folder, *wipe, *options], env)
        if status == 0:
            stamp.write_text(wanted)
    if status == 0:
        status, text = run(["ninja", "-C", folder, "--quiet"], env)
    if status != 0:
        show_tail(f"{folder} ({compiler}) does not build", text)
        return Counts(failed=1)
    return Counts(passed=1)


def checks(arguments):
    status, text = run([sys.executable, "tools/check/run.py", "--tap", *arguments])
    counts = count_tap(text, status)
    if counts.failed:
        show_tail("./dev check", text)
    return counts


def chosen_tests(folder, patterns):
    """name -> protocol of the meson tests whose name, suite or program path matches a pattern, or of all."""
    _, text = run(["meson", "introspect", "--tests", folder])
    tests = {}
    for test in json.loads(text):
        where = " ".join([test["name"], *test["suite"], *test["cmd"]])
        if not patterns or any(pattern in where for pattern in patterns):
            tests[test["name"]] = test["protocol"]
    return tests


def count_program(test, protocol):
    """One C test program: its TAP cases, or one case when it only speaks by its exit status."""
    status = test.get("returncode", 1)
    if test["result"] in ("TIMEOUT", "INTERRUPT"):
        status = status or 1
    if protocol == "tap":
        return count_tap(test.get("stdout", ""), status)
    return Counts(failed=1) if status else Counts(passed=1)


def named(name, counts):
    return counts._replace(skipped=tuple(f"{name}: {why}" for why in counts.skipped))


def c_tests(folder, patterns):
    tests = chosen_tests(folder, patterns)
    if not tests:
        return Counts()
    log = ROOT / folder / "meson-logs/testlog.json"
    log.unlink(missing_ok=True)
    names = sorted(tests) if patterns else []
    _, text = run(["meson", "test", "-C", folder, "--no-rebuild", "-t", "4", *names], CHECKED)
    total, seen = Counts(), set()
    for line in log.read_text(errors="replace").splitlines() if log.exists() else []:
        test = json.loads(line)
        name = test["name"].split(" / ")[-1].split(":")[-1]
        seen.add(name)
        counts = named(name, count_program(test, tests.get(name, "tap")))
        if counts.failed:
            said = failing_part(test.get("stdout", "")) + "\n" + test.get("stderr", "")
            show_tail(f"{name} ({test['result']})", said)
        total = add(total, counts)
    silent = set(tests) - seen
    if silent:
        show_tail(f"never ran: {', '.join(sorted(silent))}", text)
    return add(total, Counts(failed=len(silent)))


def failing_lines(text, after=24):
    """Of node's TAP: each case that failed, with what it said; all of it when the program just died."""
    lines, kept, until = text.splitlines(), [], -1
    for number, line in enumerate(lines):
        if line.lstrip().startswith("not ok"):
            until = number + after
        if number <= until:
            kept.append(line)
    return "\n".join(kept or lines)


def node_file(name):
    env = dict(CHECKED, DOITHOAI=str(ROOT / "build-test/doithoai"), ASAN_OPTIONS=SPARING)
    begun = time.monotonic()
    status, text = run(["node", "--test", "--test-reporter=tap", name], env, timeout=600)
    return name, count_node(text, status), text, time.monotonic() - begun


def node_tests(patterns):
    """As many files at a time as there are processors, then one by one those of ALONE; told in this order."""
    files = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("tests/**/*.test.mjs")
                   if "node_modules" not in path.parts)
    files = [name for name in files if not patterns or any(pattern in name for pattern in patterns)]
    known = {name: Path(name).name.removesuffix(".test.mjs") for name in files}
    alone = [name for name in files if known[name] in ALONE]
    together = [name for name in files if name not in alone]
    together.sort(key=lambda name: LONGEST.index(known[name]) if known[name] in LONGEST else len(LONGEST))
    total = Counts()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for name, counts, text, took in itertools.chain(pool.map(node_file, together), map(node_file, alone)):
            say(f"  {name}: {counts.passed} passed, {counts.failed} failed ({took:.0f} s)")
            if counts.failed:
                show_tail(name, failing_lines(text))
            total = add(total, named(name, counts))
    return total


def clang():
    """The other compiler: its build, the unit tests as it made them, and what clang-tidy says."""
    total = build("build-clang", "clang", ["-Doptimization=0"])
    if total.failed == 0:
        total = add(total, c_tests("build-clang", ["unit"]))
    return add(total, checks(["--only", "tidy"]))


def scratch():
    """Names a folder for everything the tests put somewhere: in memory, where there is enough of it. Some ten thousand
    files are made and thrown away, and what a disk would lose is tested with one that loses it (durability)."""
    room = os.statvfs(MEMORY) if MEMORY.is_dir() else None
    roomy = room is not None and room.f_bavail * room.f_frsize >= MEMORY_FREE and not room.f_flag & os.ST_NOEXEC
    folder = tempfile.TemporaryDirectory(prefix="dt-", dir=MEMORY if roomy else None, ignore_cleanup_errors=True)
    samples = Path(folder.name, "samples")
    samples.mkdir()
    for path in (folder.name, samples):
        os.chmod(path, 0o711)  # PostgreSQL runs as somebody else
    for environment in (os.environ, CHECKED):
        environment.update(TMPDIR=folder.name, DOITHOAI_SAMPLES=str(samples))
    return folder


def beside(work):
    """Begins work in a thread that gives way to all others (so do the programs it starts); call it for the result."""
    return ThreadPoolExecutor(1, initializer=lambda: os.nice(15)).submit(work).result


def sections(options):
    whole = not options.patterns
    if whole:
        yield "checks", lambda: checks(["--skip", "tidy"])
    yield "build (gcc, sanitizers)", lambda: build(
        "build-test", "gcc", ["-Db_sanitize=address,undefined", "-Db_lundef=false", *QUICK])
    yield "C tests", lambda: c_tests("build-test", options.patterns)
    if not options.fast:
        clang_result = beside(clang) if whole else None
        yield "system and browser tests", lambda: node_tests(options.patterns)
        if whole:
            yield "clang: build, unit tests, tidy", clang_result


def main():
    parser = argparse.ArgumentParser(prog="./dev test")
    parser.add_argument("--fast", action="store_true", help="without tidy, clang and the system tests")
    parser.add_argument("patterns", nargs="*", help="only tests whose name or path contains one of these")
    options = parser.parse_args()
    total = tests = Counts()
    kept = scratch()
    for title, section in sections(options):
        say(f"== {title}")
        counts = section()
        say(f"   {counts.passed} passed, {counts.failed} failed")
        total = add(total, counts)
        if title.endswith("tests"):
            tests = add(tests, counts)
        if counts.failed and title.startswith("build (gcc"):
            break
    if tests == Counts():
        say("no test was run")
        total = add(total, Counts(failed=1))
    kept.cleanup()
    for why in total.skipped:
        say(f"skipped: {why}")
    say(f"{total.passed} passed, {total.failed} failed")
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main())
