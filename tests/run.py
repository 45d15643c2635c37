#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Runs everything `./dev test` promises and ends with one line: "N passed, M failed".

A case is one TAP line of a C or node test, or one check. A program that dies, times out or says less than it
planned counts as failed; so does a run without any case. Nothing is ever counted as passed by being absent.
"""
import argparse
import json
import os
import re
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TAIL_LINES = 60
CASE = re.compile(r"^(not ok|ok)\b(?:\s+\d+)?(?:\s+-)?\s*(.*)$")
PLAN = re.compile(r"^1\.\.(\d+)(.*)$")
SKIP = re.compile(r"#\s*skip", re.IGNORECASE)
SKIPPED_STATUS = 77

Counts = namedtuple("Counts", "passed failed skipped", defaults=(0, 0, 0))


def add(a, b):
    return Counts(*(x + y for x, y in zip(a, b)))


def count_tap(text, returncode):
    """Counts the top-level cases of one TAP stream."""
    passed = failed = skipped = 0
    planned = None
    for line in text.splitlines():
        case, plan = CASE.match(line), PLAN.match(line)
        if plan:
            planned = int(plan.group(1))
            skipped += 1 if planned == 0 and SKIP.search(plan.group(2)) else 0
        elif case and SKIP.search(case.group(2)):
            skipped += 1
        elif case and case.group(1) == "ok":
            passed += 1
        elif case:
            failed += 1
    if returncode == SKIPPED_STATUS and failed == 0:
        return Counts(passed, 0, max(skipped, 1))
    failed += max(0, (planned or 0) - passed - failed - skipped)
    if failed == 0 and (returncode != 0 or passed + skipped == 0):
        failed = 1
    return Counts(passed, failed, skipped)


def count_node(text, returncode):
    """node --test ends with a summary of all its cases, nested ones too."""
    found = dict(re.findall(r"^# (pass|fail|cancelled|skipped|todo) (\d+)$", text, re.MULTILINE))
    number = {name: int(value) for name, value in found.items()}
    failed = number.get("fail", 0) + number.get("cancelled", 0)
    if failed == 0 and (returncode != 0 or not found):
        failed = 1
    return Counts(number.get("pass", 0), failed, number.get("skipped", 0) + number.get("todo", 0))


def say(text):
    print(text, flush=True)


def show_tail(title, text):
    """The failing cases with what they said, else the end of the output."""
    say(f"--- {title}")
    lines = text.rstrip().splitlines()
    for line in lines[-TAIL_LINES:]:
        say(f"    {line}")


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


def chosen_tests(patterns):
    """name -> protocol of the meson tests whose name, suite or program path matches a pattern, or of all."""
    _, text = run(["meson", "introspect", "--tests", "build-test"])
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
    if status == SKIPPED_STATUS:
        return Counts(skipped=1)
    return Counts(failed=1) if status else Counts(passed=1)


def failing_part(stdout):
    """Each "not ok" with the comments before it, or everything when the program just died."""
    kept, comments = [], []
    for line in stdout.splitlines():
        if line.startswith("#"):
            comments.append(line)
        elif line.startswith("ok"):
            comments = []
        elif line.startswith("not ok"):
            kept += comments + [line]
            comments = []
    return "\n".join(kept or stdout.splitlines())


def c_tests(patterns):
    tests = chosen_tests(patterns)
    if not tests:
        return Counts()
    log = ROOT / "build-test/meson-logs/testlog.json"
    log.unlink(missing_ok=True)
    env = dict(os.environ, ASAN_OPTIONS="detect_leaks=1:strict_string_checks=1",
               UBSAN_OPTIONS="halt_on_error=1:print_stacktrace=1")
    names = sorted(tests) if patterns else []
    _, text = run(["meson", "test", "-C", "build-test", "--no-rebuild", "-t", "4", *names], env)
    total, seen = Counts(), set()
    for line in log.read_text(errors="replace").splitlines() if log.exists() else []:
        test = json.loads(line)
        name = test["name"].split(" / ")[-1].split(":")[-1]
        seen.add(name)
        counts = count_program(test, tests.get(name, "tap"))
        if counts.failed:
            said = failing_part(test.get("stdout", "")) + "\n" + test.get("stderr", "")
            show_tail(f"{name} ({test['result']})", said)
        total = add(total, counts)
    silent = set(tests) - seen
    if silent:
        show_tail(f"never ran: {', '.join(sorted(silent))}", text)
    return add(total, Counts(failed=len(silent)))


def node_tests(patterns):
    files = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("tests/**/*.test.mjs")
                   if "node_modules" not in path.parts)
    files = [name for name in files if not patterns or any(pattern in name for pattern in patterns)]
    total = Counts()
    env = dict(os.environ, DOITHOAI=str(ROOT / "build-test/doithoai"), ASAN_OPTIONS="detect_leaks=1",
               UBSAN_OPTIONS="halt_on_error=1:print_stacktrace=1")
    for name in files:
        status, text = run(["node", "--test", "--test-reporter=tap", name], env, timeout=600)
        counts = count_node(text, status)
        say(f"  {name}: {counts.passed} passed, {counts.failed} failed")
        if counts.failed:
            show_tail(name, text)
        total = add(total, counts)
    return total


def sections(options):
    whole = not options.patterns
    if whole:
        yield "checks", lambda: checks(["--skip", "tidy"])
    yield "build (gcc, sanitizers)", lambda: build(
        "build-test", "gcc", ["-Db_sanitize=address,undefined", "-Db_lundef=false"])
    yield "C tests", lambda: c_tests(options.patterns)
    if not options.fast:
        yield "system and browser tests", lambda: node_tests(options.patterns)
    if whole and not options.fast:
        yield "build (clang)", lambda: build("build-clang", "clang", [])
        yield "clang-tidy", lambda: checks(["--only", "tidy"])


def main():
    parser = argparse.ArgumentParser(prog="./dev test")
    parser.add_argument("--fast", action="store_true", help="without tidy, clang and the system tests")
    parser.add_argument("patterns", nargs="*", help="only tests whose name or path contains one of these")
    options = parser.parse_args()
    total = tests = Counts()
    for title, section in sections(options):
        say(f"== {title}")
        counts = section()
        say(f"   {counts.passed} passed, {counts.failed} failed")
        total = add(total, counts)
        if title.endswith("tests"):
            tests = add(tests, counts)
        if counts.failed and title.startswith("build (gcc"):
            break
    if sum(tests) == 0:
        say("no test was run")
        total = add(total, Counts(failed=1))
    skipped = f", {total.skipped} skipped" if total.skipped else ""
    say(f"{total.passed} passed, {total.failed} failed{skipped}")
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main())
