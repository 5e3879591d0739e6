"""Ending a process in the middle of things, as a power cut would, and seeing what is left."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

if sys.platform == "win32":
    pytest.skip("needs fork", allow_module_level=True)


def in_child(work: Callable[[], object], *, kill: bool = False) -> int:
    """Run ``work`` in a child; return its exit status, or minus the signal that ended it."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            work()
            status = 0
        finally:
            if kill:
                os.kill(os.getpid(), signal.SIGKILL)
            os._exit(status)  # no fixture, hook or buffer of the parent runs twice
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def killed_at(line: int, module: Any, work: Callable[[], object]) -> bool:
    """Run ``work`` in a child that dies before the ``line``-th line of ``module`` that it comes to; whether it died."""
    left = line

    def trace(frame: FrameType, event: str, _argument: object) -> Any:
        nonlocal left
        if frame.f_code.co_filename != module.__file__:
            return None
        if event == "line":
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    def traced() -> None:
        sys.settrace(trace)
        work()

    status = in_child(traced)
    assert status in (0, -signal.SIGKILL), f"the child failed with {status}"
    return status != 0
