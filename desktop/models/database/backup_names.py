"""What backups are called, and which of them need not be kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path

from desktop.models.database.layout import ASIDE_PREFIX

DAYS_KEPT = 14
MONTHS_KEPT = 12

_NAME = re.compile(
    rf"(touyan|{ASIDE_PREFIX}\w+)-(?P<day>\d{{8}})-(?P<time>\d{{6}})(-(?P<number>\d+))?(?P<suffix>\.tybak)?"
)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class BackupName:
    """The parts of a backup's name, in the order that they count for age."""

    day: str  # YYYYMMDD
    time: str  # HHMMSS
    number: int  # two in one second
    path: Path

    @property
    def made_at(self) -> datetime:
        """The local time in the name."""
        return datetime.strptime(self.day + self.time, "%Y%m%d%H%M%S").astimezone()


def new_path(folder: Path, stem: str, made_at: datetime, suffix: str = "") -> Path:
    """A path that nothing has yet, from a stem and a local time."""
    base = f"{stem}-{made_at:%Y%m%d-%H%M%S}"
    names = (f"{base}{'' if number == 1 else f'-{number}'}{suffix}" for number in count(1))
    return next(path for name in names if not (path := folder / name).exists())


def backups_in(folder: Path) -> list[BackupName]:
    """The backup files and folders set aside in a folder, the newest first; none where it cannot be read."""
    try:
        matches = [(path, _NAME.fullmatch(path.name)) for path in folder.iterdir()]
    except OSError:
        return []
    names = [
        BackupName(day=match["day"], time=match["time"], number=int(match["number"] or 1), path=path)
        for path, match in matches
        if match and path.is_dir() == (not match["suffix"])
    ]
    return sorted(names, reverse=True)


def superfluous(backups: Iterable[BackupName]) -> list[BackupName]:
    """Those of one office's backups that need not be kept.

    Kept are all of the newest day, the last one of each of the newest 14 days that have any, and the last one
    of each of the newest 12 months.
    """
    newest_first = sorted(backups, reverse=True)
    days: dict[str, BackupName] = {}
    months: dict[str, BackupName] = {}
    for backup in newest_first:
        days.setdefault(backup.day, backup)
        months.setdefault(backup.day[:6], backup)
    kept = {*list(days.values())[:DAYS_KEPT], *list(months.values())[:MONTHS_KEPT]}
    return [backup for backup in newest_first if backup not in kept and backup.day != newest_first[0].day]
