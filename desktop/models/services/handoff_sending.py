"""Handing over to the city (报送): what goes, what stands against it, what is new since the last time, and writing it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path

from desktop.models.database.attachments import (
    AttachmentFiles,
    DamagedAttachmentError,
    MissingAttachmentError,
)
from desktop.models.database.changed_rows import changed_rows
from desktop.models.database.history import History, RowChange
from desktop.models.database.layout import ATTACHMENTS_NAME
from desktop.models.database.roster import last_seq
from desktop.models.database.snapshot import snapshot
from desktop.models.database.store import Store
from desktop.models.database.unit_rows import Row, UnitRows
from desktop.models.errors import DesktopError
from desktop.models.handoff.envelope import Sink
from desktop.models.handoff.header import NOTICE, Header, Kind
from desktop.models.handoff.package import Attachment, pack
from desktop.models.handoff.staging import ANSWER
from desktop.models.handoff.verifying import check_own
from desktop.models.handoff.writing import file_name, write_whole_to
from desktop.models.registers.handoff import OWN
from desktop.models.rules.rule import Severity
from desktop.models.services.drives import Drive, drive_of, removable_drives
from desktop.models.services.handoff_content import TITLES, Contents, contents, versions
from desktop.models.services.handoff_keys import HandoffKeys, Standing
from desktop.models.services.handoff_log import Sent, SentLog, SentStatus
from desktop.models.services.handoff_places import Places, next_place
from desktop.models.services.handoff_remarks import HandoffRemarks
from desktop.models.services.health import HealthService
from desktop.models.services.history import FieldChange, HistoryService
from desktop.models.services.settings import SettingsService

Progress = Callable[[int], None]  # bytes that are on the disk; may raise to stop


class NotReadyError(DesktopError):
    """Something stands against handing over."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What the check before a hand-off found; a blocking one is put right first."""

    blocking: bool
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterDifference:
    """What one register has had since the last hand-off, in rows."""

    register: str
    title: str
    added: int
    changed: int
    removed: int
    rows: tuple[RowChange, ...]  # to be told by :meth:`HandoffSending.told`


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a package would hold. ``elsewhere``: rows of other townships' villages, which stay here."""

    as_of: date
    registers: tuple[tuple[str, str, int], ...]  # name, title, rows
    attachments: int
    attachment_bytes: int
    elsewhere: Mapping[str, int]
    notice: str = NOTICE


class HandoffSending:
    """A township's packages."""

    def __init__(
        self,
        store: Store,
        folder: Path,
        settings: SettingsService,
        keys: HandoffKeys,
        places: Places,
        health: HealthService,
        history: HistoryService,
        remarks: HandoffRemarks,
    ) -> None:
        self._store = store
        self._settings = settings
        self._keys = keys
        self._places = places
        self._health = health
        self._history = history
        self._remarks = remarks
        self._files = AttachmentFiles(folder / ATTACHMENTS_NAME, store.key)
        self.log = SentLog(settings)

    def preview(self, registers: Iterable[str] = OWN, *, as_of: date, today: date) -> Preview:
        """What a package of these registers (and those they need) would hold."""
        with snapshot(self._store):
            found = self._contents(registers, as_of, today)
        return Preview(
            as_of=as_of,
            registers=tuple((name, TITLES[name], count) for name, count in found.registers),
            attachments=found.attached.count,
            attachment_bytes=found.attached.bytes,
            elsewhere=found.elsewhere,
        )

    def check(self, registers: Iterable[str] = OWN, *, as_of: date, today: date) -> list[Doubt]:
        """What stands against a hand-off, the blocking first: keys, missing files, a day to come, findings."""
        with snapshot(self._store):
            found = self._contents(registers, as_of, today)
        doubts = [Doubt(True, words) for words in self._blocking(found, as_of, today)]
        if missing := sum(not self._is_whole(each) for each in found.attachments):
            words = f"有 {missing} 个附件缺失或损坏，请在“设置”里核对附件，从备份恢复或重新添加。"
            doubts.append(Doubt(True, words))
        severities = [finding.severity for finding in self._health.check(as_of).findings]
        if errors := severities.count(Severity.ERROR):
            words = f"体检有“{Severity.ERROR.label}”的问题 {errors} 条，可以报送，最好先改好。"
            doubts.append(Doubt(False, words))
        last = self.log.last_written()
        if last and last.change == last_seq(self._store):
            doubts.append(Doubt(False, f"上次报送（第 {last.seq} 号）以后没有改动，可以不用再报。"))
        if waiting := self._remarks.waiting():
            words = f"还有 {waiting} 条退回意见没有标为已办；改好的请先标上，随这个报送包告诉市里。"
            doubts.append(Doubt(False, words))
        for register, count in found.elsewhere.items():
            words = f"“{TITLES[register]}”有 {count} 条属于其他乡镇，不随本单位报送。"
            doubts.append(Doubt(False, words))
        return doubts

    def difference(self, registers: Iterable[str] = OWN) -> tuple[RegisterDifference, ...]:
        """What was added, changed and removed since the last package; registers without any are left out."""
        last = self.log.last_written()
        return self.changed_since(last.change if last else 0, registers)

    def changed_since(self, change: int, registers: Iterable[str] = OWN) -> tuple[RegisterDifference, ...]:
        """The same since the change set that a package reached to, e.g. one that was received."""
        found = []
        then, now = (UnitRows(self._store, self._settings.unit, own=True, seq=seq) for seq in (change, None))
        for register in registers:
            differing = changed_rows(self._store, register, change)
            own = then.keys(register) | now.keys(register) if differing else frozenset()
            if rows := [row for row in differing if row.key in own]:
                added = sum(row.before is None for row in rows)
                removed = sum(row.after is None for row in rows)
                found.append(
                    RegisterDifference(
                        register=register,
                        title=TITLES[register],
                        added=added,
                        changed=len(rows) - added - removed,
                        removed=removed,
                        rows=tuple(rows),
                    )
                )
        return tuple(found)

    def told(self, rows: Iterable[RowChange]) -> tuple[FieldChange, ...]:
        """Rows of a difference field by field, as people read them; numbers are masked."""
        return self._history.in_words(rows)

    def is_unknown_disk(self, drive: Drive) -> bool:
        """Whether a disk was never used for a hand-off from this office: a stick from elsewhere is pointed out."""
        return not drive.serial or not self.log.knows_disk(drive.serial)

    def write(
        self,
        folder: Path,
        *,
        now: datetime,
        registers: Sequence[str] = OWN,
        as_of: date | None = None,
        purpose: str = "",
        approver: str = "",
        progress: Progress = lambda written: None,
        drives: Callable[[], Iterable[Drive]] = removable_drives,
    ) -> Sent:
        """Write a package into a folder, read it back, and keep in the log where it went.

        Raises:
            NotReadyError: something blocks it.
            MissingAttachmentError, DamagedAttachmentError: an attachment is not there whole.
            NotWrittenError: the disk did not take it; nothing of its name is there, the log has no “已写出”.
        """
        as_of = as_of or now.date()
        with snapshot(self._store) as last_change:
            found = self._contents(registers, as_of, now.date())
            answers = self._remarks.answers()
            ended = History(self._store).seq_at(datetime.combine(as_of, time.max))
        change = ended if as_of < now.date() else last_change
        if blocking := self._blocking(found, as_of, now.date()):
            raise NotReadyError("没有生成：" + "".join(blocking))
        rows = {**found.rows, ANSWER: answers} if answers else found.rows
        header = self._header(found, rows, as_of, now)
        drive = drive_of(folder, drives())
        draft = Sent(
            hash="",
            epoch=header.epoch,
            seq=header.seq,
            previous=header.previous,
            change=change,
            as_of=header.as_of,
            made=header.made,
            registers=dict(found.registers),
            attachments=found.attached.count,
            operator=self._settings.operator,
            purpose=purpose.strip(),
            approver=approver.strip(),
            folder=str(folder),
            label=drive.label if drive else "",
            serial=drive.serial if drive else "",
        )
        keys = self._keys.active
        numbering = _Numbering(self.log, self._places, draft)

        def put(sink: Sink) -> str:
            return pack(sink, header, keys, rows, found.attachments, self._files.get)

        def check(path: Path, file_hash: str) -> None:
            check_own(path, keys, file_hash)
            numbering.number(file_hash, path.stat().st_size)

        name = file_name(Kind.PACKAGE, self._keys.me.name, header.seq, now.date())
        path, file_hash = write_whole_to(folder, name, put, check, progress)
        return self.log.update(file_hash, status=SentStatus.WRITTEN, file=path.name)

    def _header(
        self, found: Contents, rows: Mapping[str, Sequence[Row]], as_of: date, now: datetime
    ) -> Header:
        root, last = self._keys.known_root, self.log.last()
        place = next_place(last.place if last else None, self._places.told(Kind.PACKAGE), now)
        follows = last is not None and last.epoch == place.epoch
        return replace(
            self._keys.header(Kind.PACKAGE, place, now, root.city),
            previous=last.hash if last and follows else "",
            code_lists=versions(self._store),
            as_of=as_of.isoformat(),
            registers=tuple((register, len(each)) for register, each in rows.items()),
            attachments=found.attached,
        )

    def _contents(self, registers: Iterable[str], as_of: date, today: date) -> Contents:
        past = as_of if as_of < today else None
        return contents(self._store, self._settings.unit, registers, as_of=past)

    def _blocking(self, found: Contents, as_of: date, today: date) -> list[str]:
        if self._keys.is_city:
            return ["本机是市里的数据，不用报送。"]
        standing = self._keys.standing
        blocking = [] if standing is Standing.ACTIVE else [standing.words]
        if as_of > today:
            blocking.append("截止日期晚于今天，请改成今天或更早。")
        if not any(count for register, count in found.registers if register != "division"):
            blocking.append("没有可以报送的记录，请先录入或导入。")
        return blocking

    def _is_whole(self, attachment: Attachment) -> bool:
        try:
            return len(self._files.get(attachment.sha256)) == attachment.bytes
        except (MissingAttachmentError, DamagedAttachmentError):
            return False


class _Numbering:
    """Gives a package its number when its file is whole and does not bear its name yet: once for both looks.

    Whatever cuts the writing short before leaves the number free; after, the file may be on the stick, and the next
    package comes after it.
    """

    def __init__(self, log: SentLog, places: Places, draft: Sent) -> None:
        self._log = log
        self._places = places
        self._draft = draft
        self._done = False

    def number(self, file_hash: str, size: int) -> None:
        if not self._done:
            self._places.keep(Kind.PACKAGE, self._draft.place)
            self._log.add(replace(self._draft, hash=file_hash, size=size))
            self._done = True
