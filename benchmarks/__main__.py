"""Measures the work that people wait for, each against a yardstick in the same run: python -m benchmarks [NAME…]."""

from __future__ import annotations

import argparse
import pkgutil
import sys
from collections.abc import Iterable
from importlib import import_module
from math import isinf

import benchmarks

# Work, its seconds, the yardstick's seconds, at most so many times (infinity where a figure is only shown).
Measured = tuple[str, float, float, float]


def main() -> int:
    """Measure the named modules, or all that have a ``measure``; print a line a piece of work."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="*", metavar="NAME", help="a module of this package; none: all")
    parser.add_argument("--strict", action="store_true", help="end with 1 where a ratio is over")
    asked = parser.parse_args()
    modules = sorted({each.name for each in pkgutil.iter_modules(benchmarks.__path__)} - {"__main__"})
    if unknown := set(asked.names).difference(modules):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")

    over = 0
    print(f"{'seconds':>9} {'yardstick':>9} {'ratio':>7} {'at most':>8}  work")
    for name in asked.names or modules:
        measure = getattr(import_module(f"benchmarks.{name}"), "measure", tuple)
        over += report(measure())
    print("A machine that does other work is noisy: repeat what is over before believing it.")
    return 1 if over and asked.strict else 0


def report(measured: Iterable[Measured]) -> int:
    """Print each line as it comes and return how many are over."""
    over = 0
    for work, seconds, yardstick, at_most in measured:
        ratio = seconds / yardstick
        mark = "  OVER" if ratio > at_most else ""
        over += bool(mark)
        limit = "" if isinf(at_most) else f"{at_most:g} x"
        print(f"{seconds:>9.3f} {yardstick:>9.3f} {ratio:>7.3f} {limit:>8}  {work}{mark}", flush=True)
    return over


if __name__ == "__main__":
    sys.exit(main())
