"""What a data folder has numbered last (序号), told beside the store, so that a store from a backup is noticed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from desktop.models.database.files import write_whole
from desktop.models.database.layout import PLACES_NAME
from desktop.models.handoff.header import Kind
from desktop.models.services.files import UnwritableFileError


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a file stands among those of its sender and kind."""

    epoch: int  # the moment as a number when the row began: 20261124060000
    seq: int


class Places:
    """The places that one data folder has given away, by kind of file.

    The store says the same, but for a store that a backup was put in the place of. Numbers only, of nobody.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / PLACES_NAME

    def told(self, kind: Kind) -> Place | None:
        """The last one; None where there was none, or the file is gone or damaged."""
        place = self._all().get(kind.value)
        return Place(*place) if place else None

    def keep(self, kind: Kind, place: Place) -> None:
        """Give one away.

        Raises:
            UnwritableFileError: the data folder's disk is full.
        """
        self._write(self._all() | {kind.value: [place.epoch, place.seq]})

    def forget(self) -> None:
        """Begin new rows above all that there were: after a restore, or when numbers were given twice."""
        if self._path.exists():
            self._write({kind: [epoch, 0] for kind, (epoch, _) in self._all().items()})

    def _all(self) -> dict[str, list[int]]:
        try:
            told = json.loads(self._path.read_text(encoding="utf-8"))
            return {str(kind): [int(epoch), int(seq)] for kind, (epoch, seq) in told.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}

    def _write(self, told: dict[str, list[int]]) -> None:
        try:
            write_whole(self._path, json.dumps(told).encode())
        except OSError as error:
            raise UnwritableFileError(self._path, error) from error


def next_place(last: Place | None, told: Place | None, now: datetime) -> Place:
    """The place after ``last`` (the store's), or the first of a new row where the folder tells of another.

    Also where the clock is wrong, no epoch is used twice that the store or the folder knows of.
    """
    if last is not None and last == told:
        return Place(last.epoch, last.seq + 1)
    before = [place.epoch + 1 for place in (last, told) if place is not None]
    return Place(max([_moment(now), *before]), 1)


def next_version(last: int, told: Place | None, now: datetime) -> int:
    """The root's version after ``last``: far above it where others may have been given away, for these have no epoch."""
    given = told.seq if told else 0
    if given == last:
        return last + 1
    return max(last, given, _moment(now) // 10**6) + 1


def _moment(now: datetime) -> int:
    return int(f"{now.astimezone(UTC):%Y%m%d%H%M%S}")
