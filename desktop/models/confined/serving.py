"""What a confined process does: it answers questions, one after another, until there are no more."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from desktop.models.confined.confinement import confine


def serve(
    answer: Callable[..., object], questions: Connection, answers: Connection, memory_bytes: int
) -> None:
    """Answer what is asked; the first answer, empty, says that the process is ready."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    _silence()
    confine(memory_bytes)
    gc.disable()  # a tenth faster: thousands of rows are made, and none of them in a circle
    answers.send_bytes(b"")
    while True:
        try:
            question = pickle.loads(questions.recv_bytes())
        except EOFError:
            return
        answers.send_bytes(pickle.dumps(answer(*question), pickle.HIGHEST_PROTOCOL))
        del question
        gc.collect()


def place_of(error: Exception) -> str:
    """The place of an error, for the log; its own words may hold what stood in a file."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(place.filename).name}, line {place.lineno}"


def _silence() -> None:
    """What parsers print before they abort may hold personal data, and nobody would read it."""
    with Path(os.devnull).open("wb") as nowhere:
        for stream in (1, 2):
            os.dup2(nowhere.fileno(), stream)
    sys.stdout = sys.stderr = None
