"""Files on their way to a record (新附件): read, pictures made ready, not kept yet."""

from __future__ import annotations

import hashlib
import re
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
from desktop.models.services.photo_reader import PhotoReader
from desktop.models.services.photos import PictureError, is_picture, turn

_UNSHOWN = re.compile("[\x00-\x1f\x7f\u2028\u2029\ud800-\udfff]")  # control characters, half a character

AT_ONCE = 200  # files that are made ready together: they lie in memory until they are kept


class UnreadableFileError(DesktopError):
    """A file to be added cannot be read; ``why`` is what is wrong and what to do."""

    def __init__(
        self, name: str, why: str = "读不出来，可能已被移走，U盘已拔出，或正被别的程序占用。请检查后再添加。"
    ) -> None:
        super().__init__(f"“{name}”{why}")


@dataclass(frozen=True, slots=True)
class Loose:
    """Bytes that lie in no file: what was pasted."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Copied:
    """A photo that is kept already, to be used once more: the attachment's id."""

    key: str


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
    (file,) = make_each_ready([source], purpose)
    return file


def make_each_ready(sources: Iterable[Source], purpose: str) -> list[NewFile]:
    """The same of several, or of none: the first that cannot be kept raises."""
    with PhotoReader() as reader:
        return [_made_ready(source, purpose, reader) for source in sources]


def make_all_ready(sources: Iterable[Source], purpose: str) -> tuple[list[NewFile], list[str]]:
    """Those that can be kept, and the words for each that cannot; those beyond ``AT_ONCE`` are left for another time."""
    all_of_them, files, refused = list(sources), [], []
    if (later := len(all_of_them) - AT_ONCE) > 0:
        refused.append(f"一次最多添加 {AT_ONCE} 个文件，后面的 {later} 个没有添加，请分几次添加。")
    with PhotoReader() as reader:
        for source in all_of_them[:AT_ONCE]:
            try:
                files.append(_made_ready(source, purpose, reader))
            except (UnreadableFileError, LargeAttachmentError, PictureError) as error:
                refused.append(str(error))
    return files, refused


def _made_ready(source: Source, purpose: str, reader: PhotoReader) -> NewFile:
    name, content = shown_name(source), bytes_of(source)
    if purpose != PHOTO and not is_picture(content):
        return NewFile(id=new_id(), name=name, content=content, purpose=purpose)
    picture = reader.prepare(content, name)
    return NewFile(
        id=new_id(),
        name=as_jpeg(name),
        content=picture.content,
        purpose=purpose,
        taken=picture.taken,
        look=picture.look if purpose == PHOTO else None,
    )


def turn_new(file: NewFile, quarter_turns: int) -> NewFile:
    """The same picture turned clockwise by quarters; it keeps its look, so that the file it came from is found again."""
    return replace(file, content=turn(file.content, file.name, quarter_turns))


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
    name = shown_name(source)
    if isinstance(source, Loose):
        content = source.content
    else:
        try:
            if source.is_dir():
                raise UnreadableFileError(name, "是文件夹，没有添加。请打开它，选中里面的文件再添加。")
            with source.open("rb") as file:
                content = file.read(LARGEST + 1)
        except OSError as error:
            raise UnreadableFileError(name) from error
    if not content:
        raise UnreadableFileError(name, "是空文件，里面没有内容，可能没有拷贝完整。请重新拷贝后再添加。")
    if len(content) > LARGEST:
        raise LargeAttachmentError(name)
    return content


def shown_name(source: Source) -> str:
    """What a file is called, in one line of characters that can be kept and shown: a file system allows any."""
    return _UNSHOWN.sub("_", source.name)
