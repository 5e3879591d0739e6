"""What was sent to the city (报送记录): each package with where it went, by whom, and what became of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from desktop.models.database.times import local_time
from desktop.models.handoff.receipt import Receipt
from desktop.models.handoff.rows import read_row
from desktop.models.services.handoff_places import Place
from desktop.models.services.settings import SettingsService

_SENT = "handoff.sent"


class SentStatus(StrEnum):
    """What became of a package. Values are stored: never reuse one."""

    WRITING = "writing"
    WRITTEN = "written"
    TAKEN = "taken"
    RETURNED = "returned"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """How it is shown."""
        return _LABELS[self]


_LABELS = {
    SentStatus.WRITING: "没有写成",  # read back once, and not known to bear its name
    SentStatus.WRITTEN: "已写出",
    SentStatus.TAKEN: "已接收",
    SentStatus.RETURNED: "有退回",
    SentStatus.REFUSED: "未接收",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One package; ``change`` is the last change set it holds."""

    hash: str
    epoch: int
    seq: int
    previous: str
    change: int
    as_of: str  # day
    made: str  # UTC
    registers: dict[str, int]  # rows
    attachments: int
    operator: str
    purpose: str = ""
    approver: str = ""
    status: SentStatus = SentStatus.WRITING
    file: str = ""  # name
    folder: str = ""
    label: str = ""  # of the disk, as far as known
    serial: str = ""
    size: int = 0  # bytes
    receipt: Receipt | None = None  # once it came

    @property
    def made_at(self) -> datetime:
        """When it was made, on the office's clock."""
        return local_time(self.made)

    @property
    def place(self) -> Place:
        """Where it stands among the packages."""
        return Place(self.epoch, self.seq)


class SentLog:
    """The packages of one township, kept in its store; no undo takes one back."""

    def __init__(self, settings: SettingsService) -> None:
        self._settings = settings

    def all(self) -> list[Sent]:
        """Every package, the latest last."""
        return [_sent(each) for each in self._settings.get(_SENT, [])]

    def last(self) -> Sent | None:
        """The latest that got a number, known to be written or not."""
        return next(reversed(self.all()), None)

    def last_written(self) -> Sent | None:
        """The latest that is known to be on a stick."""
        return next((each for each in reversed(self.all()) if each.status is not SentStatus.WRITING), None)

    def of(self, file_hash: str) -> Sent | None:
        """The package with a hash; None where it is none of ours."""
        return next((each for each in self.all() if each.hash == file_hash), None)

    def add(self, sent: Sent) -> None:
        """Give a package its number, before its file gets its name."""
        self._settings.set(_SENT, [*self._settings.get(_SENT, []), asdict(sent)])

    def update(self, file_hash: str, **changes: Any) -> Sent:
        """Tell more of a package."""
        sent = [replace(each, **changes) if each.hash == file_hash else each for each in self.all()]
        self._settings.set(_SENT, [asdict(each) for each in sent])
        return next(each for each in sent if each.hash == file_hash)

    def knows_disk(self, serial: str) -> bool:
        """Whether a package was written to a disk before."""
        return any(each.serial == serial for each in self.all())


def _sent(stored: dict[str, Any]) -> Sent:
    receipt = read_row(Receipt, stored["receipt"]) if stored["receipt"] else None
    return Sent(**{**stored, "status": SentStatus(stored["status"]), "receipt": receipt})
