"""The photos of one record, kept already or waiting until the record is saved: one way to show and to change both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Protocol

from desktop.models.errors import DesktopError
from desktop.models.registers.checklist import ASSESSMENT_ITEM
from desktop.models.registers.person_file import PHOTO, Attachment
from desktop.models.services.attachments import Added, AttachmentsService, remark
from desktop.models.services.looks import near
from desktop.models.services.new_files import (
    Copied,
    NewFile,
    Source,
    make_all_ready,
    read_description,
    turn_new,
)
from desktop.models.services.photos import shrink

if TYPE_CHECKING:
    from desktop.models.registers.checklist_rows import CellKey
    from desktop.models.services.checklists import ChecklistsService

Photo = Attachment | NewFile


@dataclass(frozen=True, slots=True)
class Received:
    """What became of files that were dropped: those taken, words for those refused, where the taken are used already."""

    taken: tuple[Photo, ...]
    refused: tuple[str, ...]
    remarks: tuple[str, ...]


class Worker(Protocol):
    """What photos need of the office over another thread's connection."""

    @property
    def attachments(self) -> AttachmentsService:
        """Files of records."""

    @property
    def checklists(self) -> ChecklistsService:
        """Cells of “8+N”."""


class PhotoSet(Protocol):
    """Methods with a ``worker`` may be called in another thread."""

    def photos(self) -> Sequence[Photo]:
        """In their order."""

    def receive(self, worker: Worker, sources: Iterable[Source | Copied]) -> Received:
        """Read files and make photos of them; take those that were copied."""

    def settle(self, received: Received) -> None:
        """Take in what was received; in the thread that shows them."""

    def thumbnails(self, worker: Worker, keys: Sequence[str], longest: int) -> dict[str, bytes]:
        """Small JPEGs, at most ``longest`` pixels wide and high; one that cannot be read is left out."""

    def content(self, key: str) -> bytes:
        """The whole picture."""

    def remove(self, key: str) -> None:
        """Take one away."""

    def arrange(self, keys: Sequence[str]) -> None:
        """Put all in this order."""

    def describe(
        self, key: str, today: date, *, caption: str | None = None, taken: str | None = None
    ) -> None:
        """Write what one shows and when it was taken, as typed; InvalidValueError says what is wrong."""

    def rotate(self, key: str, quarter_turns: int) -> None:
        """Turn one clockwise by quarters."""


class KeptPhotos:
    """The photos of a record that is saved; each change is a change set."""

    def __init__(self, attachments: AttachmentsService, owner: str, owner_id: str) -> None:
        self._attachments = attachments
        self.owner, self.owner_id = owner, owner_id

    def photos(self) -> Sequence[Photo]:
        return self._attachments.of(self.owner, self.owner_id, PHOTO)

    def receive(self, worker: Worker, sources: Iterable[Source | Copied]) -> Received:
        files, refused = _ready(worker, sources)
        added = self._keep(worker, files) if files else []
        remarks = [words for each in added for words in each.remarks]
        return Received(tuple(each.attachment for each in added), tuple(refused), tuple(remarks))

    def _keep(self, worker: Worker, files: Sequence[NewFile]) -> list[Added]:
        return worker.attachments.keep(self.owner, self.owner_id, files)

    def settle(self, received: Received) -> None:
        """They are kept already."""

    def thumbnails(self, worker: Worker, keys: Sequence[str], longest: int) -> dict[str, bytes]:
        return worker.attachments.thumbnails(keys, longest)

    def content(self, key: str) -> bytes:
        return self._attachments.content(key)

    def remove(self, key: str) -> None:
        self._attachments.remove([key])

    def arrange(self, keys: Sequence[str]) -> None:
        self._attachments.arrange(self.owner, self.owner_id, keys)

    def describe(
        self, key: str, today: date, *, caption: str | None = None, taken: str | None = None
    ) -> None:
        self._attachments.describe(key, today, caption=caption, taken=taken)

    def rotate(self, key: str, quarter_turns: int) -> None:
        self._attachments.rotate(key, quarter_turns)


class CellPhotos(KeptPhotos):
    """The photos of a cell of “8+N”: the first of them begin its assessment, in the same change set.

    ``owner_id``: the cell's record, empty while there is none.
    """

    def __init__(self, attachments: AttachmentsService, key: CellKey, owner_id: str, today: date) -> None:
        super().__init__(attachments, ASSESSMENT_ITEM.name, owner_id)
        self.key, self._today = key, today

    def _keep(self, worker: Worker, files: Sequence[NewFile]) -> list[Added]:
        return worker.checklists.add_photos(self.key, files, worker.attachments, self._today)

    def settle(self, received: Received) -> None:
        """There is a record now."""
        for photo in received.taken:
            if isinstance(photo, Attachment):
                self.owner_id = photo.owner_id


class PendingPhotos:
    """Photos of a record that is not saved yet: in memory until ``keep``, or forgotten with the form."""

    def __init__(self, attachments: AttachmentsService) -> None:
        self._attachments = attachments
        self.files: list[NewFile] = []

    def keep(self, owner: str, owner_id: str) -> list[Added]:
        """Keep all with the record that was saved meanwhile, in one change set."""
        added = self._attachments.keep(owner, owner_id, self.files) if self.files else []
        self.files = []
        return added

    def photos(self) -> Sequence[Photo]:
        return tuple(self.files)

    def receive(self, worker: Worker, sources: Iterable[Source | Copied]) -> Received:
        files, refused = _ready(worker, sources)
        remarks = [remark(each, twin) for each in files for twin in worker.attachments.twins(each)]
        known = list(self.files)
        for each in files:
            remarks += [
                f"“{each.name}”和“{other.name}”几乎相同，请看看是否重复。" for other in _like(each, known)
            ]
            known.append(each)
        return Received(tuple(files), tuple(refused), tuple(remarks))

    def settle(self, received: Received) -> None:
        self.files += [each for each in received.taken if isinstance(each, NewFile)]

    def thumbnails(self, _worker: Worker, keys: Sequence[str], longest: int) -> dict[str, bytes]:
        return {each.id: shrink(each.content, longest) for each in list(self.files) if each.id in keys}

    def content(self, key: str) -> bytes:
        return self._file(key).content

    def remove(self, key: str) -> None:
        self.files.remove(self._file(key))

    def arrange(self, keys: Sequence[str]) -> None:
        self.files.sort(key=lambda each: keys.index(each.id))

    def describe(
        self, key: str, today: date, *, caption: str | None = None, taken: str | None = None
    ) -> None:
        changes = read_description(today, caption, taken)
        self._put(replace(self._file(key), **changes))  # type: ignore[arg-type]  # caption and taken are texts or None

    def rotate(self, key: str, quarter_turns: int) -> None:
        self._put(turn_new(self._file(key), quarter_turns))

    def _file(self, key: str) -> NewFile:
        return next(each for each in self.files if each.id == key)

    def _put(self, file: NewFile) -> None:
        self.files = [file if each.id == file.id else each for each in self.files]


def _ready(worker: Worker, sources: Iterable[Source | Copied]) -> tuple[list[NewFile], list[str]]:
    """Photos that can be kept, and the words for each that cannot."""
    asked = list(sources)
    files, refused = make_all_ready((each for each in asked if not isinstance(each, Copied)), PHOTO)
    for each in asked:
        if isinstance(each, Copied):
            try:
                files.append(worker.attachments.copied(each.key))
            except DesktopError as error:
                refused.append(f"没有粘贴：{error}")
    return files, refused


def _like(file: NewFile, others: Sequence[NewFile]) -> list[NewFile]:
    alike = near(file.look, [(each.id, each.look) for each in others if each.look]) if file.look else []
    return [each for each in others if each.id in alike or each.sha256 == file.sha256]
