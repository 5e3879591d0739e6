"""Files kept with records (附件): photos, scans, documents; added, shown small, saved out, checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from desktop.models.database.attachments import (
    LARGEST,
    AttachmentFiles,
    DamagedAttachmentError,
    LargeAttachmentError,
    MissingAttachmentError,
)
from desktop.models.database.layout import ATTACHMENTS_NAME
from desktop.models.database.records import Records
from desktop.models.database.roster import names_of
from desktop.models.database.store import Store
from desktop.models.domain.ids import new_id
from desktop.models.errors import DesktopError
from desktop.models.registers.catalogue import REGISTERS
from desktop.models.registers.person import PERSON
from desktop.models.registers.person_file import DOCUMENT, PHOTO, Attachment
from desktop.models.services.files import written_whole
from desktop.models.services.photos import Box, is_picture, prepare, shrink

_SMALL_ONES = 256  # thumbnails that are remembered: a few megabytes
_TITLES = {register.name: register.title for register in REGISTERS}


class UnreadableFileError(DesktopError):
    """A file to be added cannot be read."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}”读不出来，可能已被移走，或正被别的程序占用。请检查后再添加。")


class UnkeptFileError(DesktopError):
    """A file could not be written into the data folder."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}”没有添加：写不进数据文件夹。请看看磁盘是否已满。")


class VanishedAttachmentError(DesktopError):
    """The attachment was removed meanwhile."""

    def __init__(self) -> None:
        super().__init__("这个附件已经不在了（可能刚被撤销或删除），请刷新后再试。")


@dataclass(frozen=True, slots=True)
class Trouble:
    """An attachment whose file is missing or damaged, with whom it belongs to, in words."""

    attachment: Attachment
    who: str
    words: str


class AttachmentsService:
    """The files of records: ``owner`` is a register's name, ``owner_id`` the record's id (a person's: ``person``)."""

    def __init__(self, store: Store, folder: Path) -> None:
        self._store = store
        self._records = Records(store)
        self._files = AttachmentFiles(folder / ATTACHMENTS_NAME, store.key)
        self._small = lru_cache(_SMALL_ONES)(self._shrunk)

    def of(self, owner: str, owner_id: str) -> list[Attachment]:
        """The files of one record, a person's photo too, the latest first."""
        found = self._records.select(Attachment, owner=owner, owner_id=owner_id)
        return sorted(found, key=lambda each: (each.added, each.id), reverse=True)

    def add(self, owner: str, owner_id: str, paths: Sequence[Path]) -> list[Attachment]:
        """Keep files with a record, all in one change set; pictures are turned, shrunk and stripped first.

        Raises:
            UnreadableFileError, LargeAttachmentError, PictureError, UnkeptFileError: none was added.
        """
        fresh = [self._kept(owner, owner_id, path.name, _bytes_of(path), DOCUMENT) for path in paths]
        names = "、".join(each.name for each in fresh)
        with self._store.change(f"添加附件：{self._who(owner, owner_id)} {names}"):
            self._records.insert_many(fresh)
        return fresh

    def set_photo(self, person_id: str, path: Path, box: Box | None = None) -> Attachment:
        """Give a person a photo, 3:4, cut around the middle or out of ``box`` (parts of the upright picture); it replaces the old one.

        Raises:
            UnreadableFileError, LargeAttachmentError, PictureError, UnkeptFileError: the old one stays.
        """
        content = _bytes_of(path)
        picture = prepare(content, path.name, portrait=True, box=box)
        fresh = self._record(
            PERSON.name, person_id, _as_jpeg(path.name), picture.content, PHOTO, picture.taken
        )
        old = self._records.select(Attachment, owner=PERSON.name, owner_id=person_id, purpose=PHOTO)
        with self._store.change(f"设置照片：{self._who(PERSON.name, person_id)}"):
            self._records.delete(Attachment, [each.id for each in old])
            self._records.insert_many([fresh])
        return fresh

    def remove(self, keys: Sequence[str]) -> int:
        """Take files off their records; what they hold stays in the data folder, so that this can be taken back."""
        gone = self._records.select(Attachment, id=list(keys))
        with self._store.change(f"删除附件：{'、'.join(each.name for each in gone)}"):
            self._records.delete(Attachment, [each.id for each in gone])
        return len(gone)

    def content(self, key: str) -> bytes:
        """What a file holds.

        Raises:
            VanishedAttachmentError, MissingAttachmentError, DamagedAttachmentError: words for each.
        """
        return self._files.get(self._get(key).sha256)

    def save(self, key: str, path: Path) -> None:
        """Write what a file holds to a place outside."""
        content = self.content(key)
        with written_whole(path) as file:
            file.write(content)

    def thumbnail(self, key: str, longest: int) -> bytes | None:
        """A small JPEG of a picture, at most ``longest`` pixels wide and high; None of what is no picture.

        Raises:
            VanishedAttachmentError, MissingAttachmentError, DamagedAttachmentError: words for each.
        """
        return self._small(self._get(key).sha256, longest)

    def check(self, *, thoroughly: bool = True) -> list[Trouble]:
        """The attachments whose file is missing or (``thoroughly``) does not read back; and leftovers are removed."""
        self._files.forget_leftovers()
        found: dict[str, DesktopError | None] = {}
        attachments = self._records.select(Attachment)
        for digest in {each.sha256 for each in attachments}:
            found[digest] = self._trouble(digest, thoroughly=thoroughly)
        return [
            Trouble(each, self._who(each.owner, each.owner_id), str(trouble))
            for each in attachments
            if (trouble := found[each.sha256]) is not None
        ]

    def _trouble(self, digest: str, *, thoroughly: bool) -> DesktopError | None:
        try:
            if thoroughly:
                self._files.get(digest)
            elif not self._files.is_there(digest):
                raise MissingAttachmentError
        except (MissingAttachmentError, DamagedAttachmentError) as error:
            return error
        return None

    def _kept(self, owner: str, owner_id: str, name: str, content: bytes, purpose: str) -> Attachment:
        taken = None
        if is_picture(content):
            picture = prepare(content, name)
            name, content, taken = _as_jpeg(name), picture.content, picture.taken
        return self._record(owner, owner_id, name, content, purpose, taken)

    def _record(
        self, owner: str, owner_id: str, name: str, content: bytes, purpose: str, taken: str | None
    ) -> Attachment:
        """Write the content, then the record: what a record names is on the disk."""
        try:
            digest = self._files.put(content)
        except OSError as error:
            raise UnkeptFileError(name) from error
        return Attachment(
            id=new_id(),
            owner=owner,
            owner_id=owner_id,
            purpose=purpose,
            name=name,
            sha256=digest,
            size=len(content),
            taken=taken,
            added=f"{datetime.now():%Y-%m-%d %H:%M:%S}",
        )

    def _get(self, key: str) -> Attachment:
        found = self._records.select(Attachment, id=key)
        if not found:
            raise VanishedAttachmentError
        return found[0]

    def _shrunk(self, digest: str, longest: int) -> bytes | None:
        content = self._files.get(digest)
        return shrink(content, longest) if is_picture(content) else None

    def _who(self, owner: str, owner_id: str) -> str:
        if owner == PERSON.name:
            return names_of(self._store, [owner_id]).get(owner_id, "")
        return _TITLES.get(owner, owner)


def _as_jpeg(name: str) -> str:
    return Path(name).with_suffix(".jpg").name


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise UnreadableFileError(path.name) from error
    if len(content) > LARGEST:
        raise LargeAttachmentError(path.name)
    return content
