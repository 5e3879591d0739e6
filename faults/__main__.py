"""Tries all bad packages and some random schedules, and prints what was found; ends with 1 when anything went wrong."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from faults import schedules
from faults.scene import Scene
from faults.trying import Tally, try_all

SCHEDULES = 10  # more with ``python -m faults.schedules``


def main() -> int:
    """Try them all on one scene; print a line a group."""
    parser = argparse.ArgumentParser(prog="python -m faults")
    parser.add_argument(
        "--seed", type=int, default=20261124, help="of everything random; the same seed, the same files"
    )
    asked = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        tally = try_all(Scene(asked.seed), Path(folder) / "bad.tybs")
        followed = schedules.try_schedules(range(asked.seed, asked.seed + SCHEDULES), Path(folder))
    report(tally)
    print(f"共 {tally.tried} 个坏包，{time.monotonic() - started:.0f} 秒，种子 {asked.seed}")
    print(
        f"被接收 {tally.taken} 个；归类不对 {len(tally.misnamed)} 个；签名核对之前打开内容 {tally.opened_early} 次"
    )
    print(f"对照：好包接收、打开 {tally.good} 次")
    schedules.report(followed)
    return 0 if tally.is_clean and not followed.wrong else 1


def report(tally: Tally) -> None:
    """A line a group: how many, and how often each code was found."""
    for group, codes in tally.groups.items():
        found = "  ".join(f"{code} {count}" for code, count in codes.most_common())
        print(f"{codes.total():>6}  {group:　<16} {found}")
    for group, code in tally.misnamed[:20]:
        print(f"  归类不对：{group} → {code}")


if __name__ == "__main__":
    sys.exit(main())
