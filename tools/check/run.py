#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""`./dev check`: every check over the whole project, or over the given paths. Changes nothing.

Each check is a module with check(sources) -> (problems, notes) and samples: BAD ones it must see, GOOD it must not.
"""
import argparse
import sys
import time

sys.dont_write_bytecode = True
import format as layout
import layers
import rules
import sizes
import sources
import text
import tidy

CHECKS = {"format": layout, "layers": layers, "sizes": sizes, "text": text, "rules": rules, "tidy": tidy}
SHOWN = 40


def sees_its_samples(module):
    """Whether the check goes red on each bad sample and stays green on the good one."""
    if module is tidy:
        return tidy.sees_bad_sample()
    return all(module.check(bad)[0] for bad in module.BAD) and not module.check(module.GOOD)[0]


class Report:
    """Says the same either to a person or as TAP."""

    def __init__(self, tap):
        self.tap, self.count, self.failed = tap, 0, 0

    def case(self, name, problems, notes=()):
        self.count += 1
        self.failed += bool(problems)
        detail = [*problems[:SHOWN], *([f"... and {len(problems) - SHOWN} more"] if len(problems) > SHOWN else [])]
        if self.tap:
            for line in detail:
                print(f"# {line}")
            print(f"{'not ok' if problems else 'ok'} {self.count} - {name}", flush=True)
            return
        for line in [*detail, *(f"note: {note}" for note in notes)]:
            print(f"  {line}")
        print(f"{'FAILED' if problems else 'ok':6} {name}", flush=True)


def main():
    parser = argparse.ArgumentParser(prog="./dev check")
    parser.add_argument("--only", action="append", choices=CHECKS, help="this check alone")
    parser.add_argument("--skip", action="append", default=[], choices=CHECKS)
    parser.add_argument("--tap", action="store_true")
    parser.add_argument("paths", nargs="*", help="only files below these paths")
    options = parser.parse_args()
    chosen = [name for name in options.only or CHECKS if name not in options.skip]
    report = Report(options.tap)
    files = sources.load(options.paths)
    for name in chosen:
        module = CHECKS[name]
        began = time.monotonic()
        problems, notes = module.check(files)
        report.case(f"{name} ({time.monotonic() - began:.1f} s)" if not options.tap else f"check: {name}",
                    problems, notes)
        if not options.paths:
            seen = sees_its_samples(module)
            report.case(f"{name} sees its bad samples", [] if seen else ["a planted fault was not seen"])
    if options.tap:
        print(f"1..{report.count}")
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())
