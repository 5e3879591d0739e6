"""Two works measured by turns: the machine is shared."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

ROUNDS = 5
Pair = tuple[float, float]  # seconds of ours, of the yardstick


def in_turn(*works: Callable[[], object], before: Callable[[], object] = lambda: None) -> Pair:
    """The middle seconds of two works that are done by turns, after something that is not measured."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        before()
        for work, taken in zip(works, times, strict=True):
            taken.append(seconds(work))
    ours, theirs = (statistics.median(taken) for taken in times)
    return ours, theirs


def seconds(act: Callable[[], object]) -> float:
    """How long something takes."""
    started = time.perf_counter()
    act()
    return time.perf_counter() - started
