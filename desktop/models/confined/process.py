"""A process that reads what may be hostile: what a file breaks is only this, and it has no more memory and time than given."""

from __future__ import annotations

import multiprocessing
import pickle
from collections.abc import Callable
from types import TracebackType
from typing import Generic, ParamSpec, Self, TypeVar

from desktop.models.confined.serving import serve

P = ParamSpec("P")
A = TypeVar("A")
_SPAWN = multiprocessing.get_context("spawn")  # Windows knows no other; a fork would copy the whole office
_START_SECONDS = 60.0  # a virus scanner may look at every file of the program


class ConfinedProcess(Generic[P, A]):
    """Asks a function in a process of its own, started at the first question and again after one that broke it.

    For one thread at a time. A frozen program must call ``multiprocessing.freeze_support()`` first of all; the process
    imports what ``__main__`` imports at its top, and the module of the function.
    """

    def __init__(self, answer: Callable[P, A], *, memory_bytes: int, seconds: float) -> None:
        self._answer = answer
        self._memory_bytes = memory_bytes
        self._seconds = seconds
        self._child: _Child | None = None

    def __enter__(self) -> Self:
        """Close it after the last question."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        """End the process."""
        self.close()

    def close(self) -> None:
        """End the process."""
        if self._child is not None:
            self._child.close()
            self._child = None

    def ask(self, *question: P.args, **_none: P.kwargs) -> A:
        """What the function answers.

        Raises:
            TimeoutError: it takes too long.
            EOFError, OSError: the process died of it.
        """
        try:
            if self._child is None:
                self._child = _Child(self._answer, self._memory_bytes)
            answer: A = pickle.loads(
                self._child.ask(pickle.dumps(question), self._seconds, self._memory_bytes)
            )
        except (EOFError, OSError):  # a TimeoutError is one
            self.close()
            raise
        return answer


class _Child:
    """The process and the pipes to it, one each way: a two-way pipe would be a socket."""

    def __init__(self, answer: Callable[..., object], memory_bytes: int) -> None:
        questions, self._questions = _SPAWN.Pipe(duplex=False)
        self._answers, answers = _SPAWN.Pipe(duplex=False)
        self._process = _SPAWN.Process(
            target=serve, args=(answer, questions, answers, memory_bytes), daemon=True
        )
        try:
            self._process.start()
        finally:
            questions.close()
            answers.close()
        self._receive(_START_SECONDS, 0)

    def ask(self, question: bytes, seconds: float, most: int) -> bytes:
        """Send a question and wait for an answer of at most so many bytes."""
        self._questions.send_bytes(question)
        return self._receive(seconds, most)

    def close(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        self._process.join()
        self._process.close()
        self._questions.close()
        self._answers.close()

    def _receive(self, seconds: float, most: int) -> bytes:
        if not self._answers.poll(seconds):
            raise TimeoutError
        return self._answers.recv_bytes(most)
