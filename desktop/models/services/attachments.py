"""Files kept with records (附件): photos, scans, documents; added, put in order, shown small, saved out, checked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from desktop.models.database.attachments import (
    AttachmentFiles,
    DamagedAttachmentError,
    MissingAttachmentError,
    ThumbnailFiles,
    looks,
    named_digests,
)
from desktop.models.database.layout import ATTACHMENTS_NAME
from desktop.models.database.records import Records
from desktop.models.database.store import Store
from desktop.models.domain.days import show_day
from desktop.models.domain.ids import new_id
from desktop.models.errors import DesktopError
from desktop.models.registers.activity import ACTIVITY
from desktop.models.registers.catalogue import REGISTERS
from desktop.models.registers.checklist import ASSESSMENT_ITEM
from desktop.models.registers.person import PERSON
from desktop.models.registers.person_file import DOCUMENT, PHOTO, Attachment
from desktop.models.services.files import written_whole
from desktop.models.services.looks import near
from desktop.models.services.new_files import (
    NewFile,
    Source,
    as_jpeg,
    bytes_of,
    make_each_ready,
    read_description,
    shown_name,
)
from desktop.models.services.photo_reader import PhotoReader
from desktop.models.services.photos import Box, is_picture, shrink, turn
from desktop.paths import temporary_folder

_SMALL_ONES = 256  # thumbnails that are remembered: a few megabytes
_SMALL_NAME = "thumbnails"
# registers whose records are known by their words
_TELLING = (PERSON.name, ACTIVITY.name, ASSESSMENT_ITEM.name)
_TITLES = {register.name: register.title for register in REGISTERS}


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


@dataclass(frozen=True, slots=True)
class Twin:
    """Another use of a picture; ``same``: the very same bytes, else nearly the same picture. ``here``: by the same record."""

    attachment: Attachment
    who: str
    same: bool
    here: bool

    @property
    def words(self) -> str:
        """What an officer should know; nothing is refused for it."""
        day = show_day(self.attachment.added[:10])
        this = "这张照片" if self.attachment.purpose == PHOTO else "这个文件"
        if self.here:
            return f"这里已经有{this if self.same else '一张几乎相同的照片'}（{day}），请看看是否重复。"
        if self.same:
            return f"{this}在“{self.who}”已用过（{day}）。"
        return f"与“{self.who}”的一张照片几乎相同（{day}），请看看是不是同一张。"


def remark(file: Attachment | NewFile, twin: Twin) -> str:
    """What is said of a file that is used elsewhere too."""
    return f"“{file.name}”：{twin.words}"


@dataclass(frozen=True, slots=True)
class Added:
    """A file that was kept, and where else the same picture is used."""

    attachment: Attachment
    twins: tuple[Twin, ...]

    @property
    def remarks(self) -> tuple[str, ...]:
        """Words for each other use."""
        return tuple(remark(self.attachment, twin) for twin in self.twins)


class AttachmentsService:
    """The files of records: ``owner`` is a register's name, ``owner_id`` the record's id (a person's: ``person``).

    ``called`` says what a record is called where its files are told of (``HistoryService.called``).
    """

    def __init__(
        self, store: Store, folder: Path, called: Callable[[str, str], str] = lambda owner, owner_id: ""
    ) -> None:
        self._store = store
        self._records = Records(store)
        self._files = AttachmentFiles(folder / ATTACHMENTS_NAME, store.key)
        self._small_files = ThumbnailFiles(temporary_folder(folder) / _SMALL_NAME, store.key)
        self._small = lru_cache(_SMALL_ONES)(self._shrunk)
        self._called = called

    def of(self, owner: str, owner_id: str, purpose: str | None = None) -> list[Attachment]:
        """The files of one record, a person's photo too: those that were put in order, then the others, the latest first."""
        wanted = {} if purpose is None else {"purpose": purpose}
        found = self._records.select(Attachment, owner=owner, owner_id=owner_id, **wanted)
        found.sort(key=lambda each: (each.added, each.id), reverse=True)
        return sorted(found, key=lambda each: (each.position is None, each.position or 0))

    def add(self, owner: str, owner_id: str, paths: Sequence[Path], purpose: str = DOCUMENT) -> list[Added]:
        """Keep files with a record, all in one change set; pictures are turned, shrunk and stripped first.

        Raises:
            UnreadableFileError, LargeAttachmentError, PictureError, UnkeptFileError: none was added.
        """
        return self.keep(owner, owner_id, make_each_ready(paths, purpose))

    def keep(self, owner: str, owner_id: str, files: Sequence[NewFile]) -> list[Added]:
        """Keep what was made ready with a record, all in one change set, and say where the pictures are used already.

        Raises:
            UnkeptFileError: none was added.
        """
        fresh = self.write(owner, owner_id, files)
        names = "、".join(each.name for each in fresh)
        with self._store.change(f"添加附件：{self._who(owner, owner_id)} {names}"):
            self._records.insert_many(fresh)
        return self.told(fresh)

    def told(self, kept: Iterable[Attachment]) -> list[Added]:
        """Files that were kept, each with where else the same picture is used."""
        return [Added(each, tuple(self.twins(each, each.owner, each.owner_id))) for each in kept]

    def write(self, owner: str, owner_id: str, files: Iterable[NewFile]) -> list[Attachment]:
        """Write contents and return the records, for a caller to insert in the change set that makes their owner.

        Raises:
            UnkeptFileError: the disk took no more.
        """
        places = [each.position for each in self.of(owner, owner_id) if each.position is not None]
        fresh, position = [], max(places, default=-1) + 1
        for file in files:
            each = self._record(owner, owner_id, file, position if file.purpose == PHOTO else None)
            position += file.purpose == PHOTO
            fresh.append(each)
        return fresh

    def twins(self, picture: NewFile | Attachment, owner: str = "", owner_id: str = "") -> list[Twin]:
        """Where else a picture is used, nearly the same or its very bytes; ``owner``: the record it is meant for."""
        digest = picture.sha256
        like = near(picture.look, looks(self._store)) if picture.look else []
        found = {each.id: each for each in self._records.select(Attachment, sha256=digest)}
        found |= {each.id: each for each in self._records.select(Attachment, id=like)}
        found.pop(picture.id, None)
        return [
            Twin(
                each,
                self._who(each.owner, each.owner_id),
                same=each.sha256 == digest,
                here=(each.owner, each.owner_id) == (owner, owner_id),
            )
            for each in sorted(found.values(), key=lambda each: (each.added, each.id))
        ]

    def arrange(self, owner: str, owner_id: str, keys: Sequence[str]) -> None:
        """Put the files of a record in this order."""
        places = {key: {"position": place} for place, key in enumerate(keys)}
        self._update(f"调整照片次序：{self._who(owner, owner_id)}", places)

    def describe(
        self, key: str, today: date, *, caption: str | None = None, taken: str | None = None
    ) -> None:
        """Write what a picture shows and the day it was taken, as typed; None leaves it, an empty text takes it away.

        Raises:
            VanishedAttachmentError: it is gone.
            InvalidValueError: ``taken`` is no day that has been.
        """
        changes = read_description(today, caption, taken)
        self._update(f"修改照片说明：{self._get(key).name}", {key: changes})

    def rotate(self, key: str, quarter_turns: int) -> None:
        """Turn a kept picture clockwise by quarters; the content before stays, so that this can be taken back.

        It keeps its look: the file it came from is found again when it is used elsewhere.

        Raises:
            VanishedAttachmentError, MissingAttachmentError, DamagedAttachmentError, UnkeptFileError: words for each.
        """
        old = self._get(key)
        content = turn(self._files.get(old.sha256), old.name, quarter_turns)
        changes = {"sha256": self._put(old.name, content), "size": len(content)}
        self._update(f"旋转照片：{old.name}", {key: changes})

    def set_photo(
        self, person_id: str, source: Source, box: Box | None = None, quarter_turns: int = 0
    ) -> Attachment:
        """Give a person a photo, 3:4; it replaces the old one.

        It is turned clockwise by quarters from what its EXIF calls upright, then cut out of ``box`` (parts of it), or
        around the middle.

        Raises:
            UnreadableFileError, LargeAttachmentError, PictureError, UnkeptFileError: the old one stays.
        """
        name = shown_name(source)
        with PhotoReader() as reader:
            picture = reader.prepare(
                bytes_of(source), name, portrait=True, box=box, quarter_turns=quarter_turns
            )
        file = NewFile(
            id=new_id(),
            name=as_jpeg(name),
            content=picture.content,
            purpose=PHOTO,
            taken=picture.taken,
        )
        fresh = self._record(PERSON.name, person_id, file, None)
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

    def copied(self, key: str) -> NewFile:
        """A kept photo once more, with its day and caption, ready to be kept with another record.

        Raises:
            VanishedAttachmentError, MissingAttachmentError, DamagedAttachmentError: words for each.
        """
        kept = self._get(key)
        return NewFile(
            id=new_id(),
            name=kept.name,
            content=self._files.get(kept.sha256),
            purpose=PHOTO,
            taken=kept.taken,
            caption=kept.caption,
            look=kept.look,
        )

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

    def thumbnails(self, keys: Sequence[str], longest: int) -> dict[str, bytes]:
        """The same of many at once; what is no picture, or cannot be read, is left out."""
        found = {}
        for each in self._records.select(Attachment, id=list(keys)):
            try:
                small = self._small(each.sha256, longest)
            except DesktopError:  # said by ``check`` and by whoever opens it
                continue
            if small is not None:
                found[each.id] = small
        return found

    def check(self, *, thoroughly: bool = True) -> list[Trouble]:
        """The attachments whose file is missing, of another length or (``thoroughly``) does not read back.

        Leftovers and thumbnails of what is no longer there are removed.
        """
        self._files.forget_leftovers()
        sharing: dict[tuple[str, int], list[Attachment]] = defaultdict(list)
        for each in self._records.select(Attachment):
            sharing[each.sha256, each.size].append(each)
        self._small_files.forget_others({digest for digest, _ in sharing})
        found = {key: trouble for key in sharing if (trouble := self._trouble(*key, thoroughly=thoroughly))}
        return [
            Trouble(each, self._who(each.owner, each.owner_id), str(trouble))
            for key, trouble in found.items()
            for each in sharing[key]
        ]

    def orphans(self) -> list[str]:
        """What files are called that no record names, nor did before a change that can be taken back."""
        return sorted(self._files.digests() - named_digests(self._store))

    def _trouble(self, digest: str, size: int, *, thoroughly: bool) -> DesktopError | None:
        try:
            self._files.look_at(digest, size)
            if thoroughly:
                self._files.get(digest)
        except (MissingAttachmentError, DamagedAttachmentError) as error:
            return error
        return None

    def _record(self, owner: str, owner_id: str, file: NewFile, position: int | None) -> Attachment:
        """Write the content, then the record: what a record names is on the disk."""
        return Attachment(
            id=file.id,
            owner=owner,
            owner_id=owner_id,
            purpose=file.purpose,
            name=file.name,
            sha256=self._put(file.name, file.content),
            size=len(file.content),
            taken=file.taken,
            added=f"{datetime.now():%Y-%m-%d %H:%M:%S}",
            position=position,
            caption=file.caption,
            look=file.look,
        )

    def _put(self, name: str, content: bytes) -> str:
        try:
            return self._files.put(content)
        except OSError as error:
            raise UnkeptFileError(name) from error

    def _update(self, why: str, changes: Mapping[str, Mapping[str, object]]) -> None:
        try:
            with self._store.change(why):
                self._records.update_many(Attachment, changes)
        except LookupError as error:
            raise VanishedAttachmentError from error

    def _get(self, key: str) -> Attachment:
        found = self._records.select(Attachment, id=key)
        if not found:
            raise VanishedAttachmentError
        return found[0]

    def _shrunk(self, digest: str, longest: int) -> bytes | None:
        if small := self._small_files.get(digest, longest):
            return small
        content = self._files.get(digest)
        if not is_picture(content):
            return None
        small = shrink(content, longest)
        self._small_files.put(digest, longest, small)
        return small

    def _who(self, owner: str, owner_id: str) -> str:
        """A record in words, with its register where they alone do not tell what it is: 张华（挂钩结对台账）."""
        title, called = _TITLES.get(owner, owner), self._called(owner, owner_id)
        if not called:
            return title
        return called if owner in _TELLING else f"{called}（{title}）"
