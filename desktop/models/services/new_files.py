"""Files on their way to a record (新附件): read, pictures made ready, not kept yet."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from desktop.models.database.attachments import LARGEST, LargeAttachmentError
from desktop.models.domain.days import read_past_day
from desktop.models.domain.ids import new_id
from desktop.models.domain.reading import Cell
from desktop.models.errors import DesktopError
from desktop.models.registers.person_file import ATTACHMENT, PHOTO
from desktop.models.services.cell_edits import InvalidValueError
from desktop.models.services.photos import PictureError, is_picture, prepare


class UnreadableFileError(DesktopError):
    """A file to be added cannot be read."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}”读不出来，可能已被移走，或正被别的程序占用。请检查后再添加。")


@dataclass(frozen=True, slots=True)
class Loose:
    """Bytes that lie in no file: what was pasted."""

    name: str
    content: bytes


Source = Path | Loose


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFile:
    """A file ready to be kept; a picture is as it will be. ``look`` is of photos alone (``looks.look_of``)."""

    id: str
    name: str
    content: bytes
    purpose: str
    taken: str | None = None
    caption: str | None = None
    look: str | None = None

    @property
    def sha256(self) -> str:
        """What the content will be called."""
        return hashlib.sha256(self.content).hexdigest()


def make_ready(source: Source, purpose: str) -> NewFile:
    """Read a file; pictures are turned, shrunk and stripped, whatever they are called.

    Raises:
        UnreadableFileError, LargeAttachmentError, PictureError: words for each; a photo has to be a picture.
    """
    name, content = source.name, bytes_of(source)
    if purpose != PHOTO and not is_picture(content):
        return NewFile(id=new_id(), name=name, content=content, purpose=purpose)
    picture = prepare(content, name)
    return NewFile(
        id=new_id(),
        name=as_jpeg(name),
        content=picture.content,
        purpose=purpose,
        taken=picture.taken,
        look=picture.look if purpose == PHOTO else None,
    )


def make_all_ready(sources: Iterable[Source], purpose: str) -> tuple[list[NewFile], list[str]]:
    """Those that can be kept, and the words for each that cannot."""
    files, refused = [], []
    for source in sources:
        try:
            files.append(make_ready(source, purpose))
        except (UnreadableFileError, LargeAttachmentError, PictureError) as error:
            refused.append(str(error))
    return files, refused


def turn_new(file: NewFile, quarter_turns: int) -> NewFile:
    """The same picture turned clockwise by quarters; it keeps its look, so that the file it came from is found again."""
    picture = prepare(file.content, file.name, quarter_turns=quarter_turns)
    return replace(file, content=picture.content)


def read_description(today: date, caption: str | None, taken: str | None) -> dict[str, str | None]:
    """What was typed about a picture as it is kept; None says nothing, an empty text takes away.

    Raises:
        InvalidValueError: ``taken`` is no day that has been.
    """
    found: dict[str, str | None] = {}
    if caption is not None:
        found["caption"] = caption.strip() or None
    if taken is not None:
        reading = read_past_day(Cell(taken), today)
        if reading.problem is not None:
            raise InvalidValueError({"taken": reading.problem}, ATTACHMENT)
        found["taken"] = reading.value if isinstance(reading.value, str) else None
    return found


def as_jpeg(name: str) -> str:
    """The name of a picture once it is one of ours."""
    return Path(name).with_suffix(".jpg").name


def bytes_of(source: Source) -> bytes:
    """What is in a file that is to be added.

    Raises:
        UnreadableFileError, LargeAttachmentError: words for each.
    """
    if isinstance(source, Loose):
        content = source.content
    else:
        try:
            with source.open("rb") as file:
                content = file.read(LARGEST + 1)
        except OSError as error:
            raise UnreadableFileError(source.name) from error
    if len(content) > LARGEST:
        raise LargeAttachmentError(source.name)
    return content
