"""Receipts (回执): the city tells what became of a package, a township takes it and works off the remarks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from desktop.models.database.records import Records
from desktop.models.database.store import Store
from desktop.models.database.times import stored_time
from desktop.models.errors import DesktopError
from desktop.models.handoff.canonical import canonical
from desktop.models.handoff.codes import Code, RefusedFileError, Standing
from desktop.models.handoff.header import Header, Kind
from desktop.models.handoff.receipt import (
    Receipt,
    Result,
    Version,
    read_receipt,
    write_receipt,
)
from desktop.models.handoff.receipt import Remark as Said
from desktop.models.handoff.verifying import Verdict, check_own
from desktop.models.handoff.writing import file_name, write_whole_to
from desktop.models.registers.catalogue import REGISTERS
from desktop.models.registers.handoff import TakenPackage
from desktop.models.registers.remark import Remark
from desktop.models.services.code_list_versions import code_list_versions
from desktop.models.services.handoff_city import MergeResult
from desktop.models.services.handoff_content import SCHEMA, TITLES, versions
from desktop.models.services.handoff_keys import HandoffKeys
from desktop.models.services.handoff_log import Sent, SentStatus
from desktop.models.services.handoff_sending import HandoffSending, RegisterDifference
from desktop.models.services.history import HistoryService

_FIELDS = {register.name: register for register in REGISTERS}


class NoRecipientError(DesktopError):
    """A township has no key in use, so that nothing can be sealed to it."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}”没有在用的密钥，回执没有生成。请该单位重新交登记文件，核对指纹后更新信任文件。"
        )


class NotOurPackageError(DesktopError):
    """A valid receipt of a package that this store knows nothing of."""

    def __init__(self) -> None:
        super().__init__(
            "这份回执对应的报送包不在本机的报送记录里，没有登记。可能是另一台电脑写出的，或本机恢复过较早的备份；"
            "请核对后重新报送一次。"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenReceipt:
    """A receipt on a stick, and what to read over the telephone."""

    path: Path
    receipt: Receipt

    @property
    def check_code(self) -> str:
        """Six digits."""
        return self.receipt.check_code


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenReceipt:
    """What a township has learnt from a receipt."""

    sent: Sent
    receipt: Receipt
    since: tuple[RegisterDifference, ...]  # changed here after the package
    words: tuple[str, ...]  # what to do next

    @property
    def check_code(self) -> str:
        """Six digits."""
        return self.receipt.check_code


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkLine:
    """A remark with the record that it opens, in words."""

    remark: Remark
    title: str  # of the register
    who: str
    label: str  # of the field; empty: the whole record

    @property
    def is_open(self) -> bool:
        """Whether something is to be done still."""
        return self.remark.answered is None


class HandoffReceipts:
    """Receipts written (city) and taken (township), and remarks."""

    def __init__(
        self, store: Store, keys: HandoffKeys, sending: HandoffSending, history: HistoryService
    ) -> None:
        self._store = store
        self._records = Records(store)
        self._keys = keys
        self._sending = sending
        self._history = history

    def write(
        self, folder: Path, package: TakenPackage, result: MergeResult, now: datetime
    ) -> WrittenReceipt:
        """Write the receipt of a merged package to the township that sent it.

        It tells what became of the package, every open remark on the unit's records, and the city's versions.

        Raises:
            NoRecipientError, NoKeysError, NotWrittenError: nothing was written.
        """
        self._keys.require_city()
        unit = self._keys.known_root.active(package.unit)
        if unit is None:
            raise NoRecipientError(package.unit)
        keys, me = self._keys.active, self._keys.me
        told = Receipt(
            package=package.id,
            result=result.result,
            counts=result.counts,
            refused=result.refused,
            remarks=tuple(
                Said(each.register, each.row_id, each.field or "", each.text, each.made)
                for each in self._records.select(Remark, unit=package.unit, answered=None)
            ),
            code_lists=_listed(code_list_versions()),
            schemes=_listed(versions(self._store)),
        )
        header = Header(
            kind=Kind.RECEIPT,
            unit=me.code,
            signer=keys.public.signing,
            recipient=unit.code,
            recipient_key=unit.keys.sealing,
            epoch=package.epoch,
            seq=package.number,
            root=self._keys.known_root.version,
            schema=SCHEMA,
            as_of=now.date().isoformat(),
            made=stored_time(now),
        )
        path, _ = write_whole_to(
            folder,
            file_name(Kind.RECEIPT, unit.name, package.number, now.date()),
            lambda sink: write_receipt(sink, header, told, keys),
            lambda written, file_hash: check_own(written, keys, file_hash),
        )
        return WrittenReceipt(path=path, receipt=told)

    def read(self, verdict: Verdict) -> TakenReceipt:
        """What a receipt that was verified says of which of our packages; nothing is written.

        Raises:
            RefusedFileError: it is none, or not to be taken.
            NotOurPackageError: it is of a package that this store did not write.
        """
        envelope = verdict.envelope
        if envelope is None or verdict.standing is Standing.REFUSE:
            raise RefusedFileError(verdict.code, verdict.message, verdict.advice)
        if envelope.header.kind is not Kind.RECEIPT:
            label = envelope.header.kind.label
            raise RefusedFileError(Code.NOT_OURS, f"这是{label}，不是回执", "请选回执文件。")
        receipt = read_receipt(envelope, self._keys.own)
        sent = self._sending.log.of(receipt.package)
        if sent is None:
            raise NotOurPackageError
        since = self._sending.changed_since(sent.change, list(sent.registers))
        return TakenReceipt(
            sent=sent, receipt=receipt, since=since, words=tuple(self._advice(receipt, since))
        )

    def take(self, verdict: Verdict) -> TakenReceipt:
        """Note that a package was received, and keep the remarks as records, in one change set.

        Raises as :meth:`read`.
        """
        read = self.read(verdict)
        envelope = verdict.envelope
        if envelope is None or verdict.code is Code.UNCHANGED:
            return read
        with self._store.change(f"接收回执：第 {read.sent.seq} 号报送包", source=envelope.path.name):
            self._keep_remarks(read, envelope.header.made)
        sent = self._sending.log.update(read.sent.hash, status=_status(read.receipt), receipt=read.receipt)
        self._keys.keep_taken(envelope.header, envelope.hash)
        return replace(read, sent=sent)

    def remarks(self) -> list[RemarkLine]:
        """All remarks, the open ones first, then the latest."""
        found = sorted(self._records.select(Remark), key=lambda each: each.made, reverse=True)
        lines = [
            RemarkLine(
                remark=each,
                title=TITLES.get(each.register, each.register),
                who=self._history.called(each.register, each.row_id),
                label=_label(each),
            )
            for each in found
        ]
        return sorted(lines, key=lambda line: not line.is_open)

    def answer(self, remark_id: str, now: datetime) -> None:
        """Say that a remark was dealt with; the next package shows the city what was changed."""
        remark = self._records.get(Remark, remark_id)
        with self._store.change(f"退回意见已办：{TITLES.get(remark.register, remark.register)}"):
            self._records.update(Remark, remark_id, answered=stored_time(now))

    def _keep_remarks(self, read: TakenReceipt, made: str) -> None:
        """New remarks are kept, repeated ones stand or open again, and what the city repeats no more is done."""
        unit, by = self._keys.me.code, self._keys.known_root.city.name
        known = {each.id: each for each in self._records.select(Remark)}
        said = {_id_of(each): each for each in read.receipt.remarks}
        self._records.insert_many(
            Remark(
                id=id,
                unit=unit,
                register=each.register,
                row_id=each.id,
                field=each.field or None,
                text=each.text,
                by=by,
                made=each.made,
            )
            for id, each in said.items()
            if id not in known
        )
        again = [id for id in said if id in known and (known[id].answered or read.sent.made) < read.sent.made]
        done = [id for id, each in known.items() if id not in said and each.answered is None]
        if read.sent.hash != self._latest():
            again, done = [], []  # of an earlier package: the later one's receipt has the last word
        self._records.update_many(Remark, {id: {"answered": None} for id in again})
        self._records.update_many(Remark, {id: {"answered": made} for id in done})

    def _latest(self) -> str:
        last = self._sending.log.last_written()
        return last.hash if last else ""

    def _advice(self, receipt: Receipt, since: Iterable[RegisterDifference]) -> Iterable[str]:
        if receipt.result is Result.REFUSED:
            yield "市里没有接收这个报送包，请按退回的理由改好后重新报送。"
        if receipt.refused:
            yield f"有 {len(receipt.refused)} 条记录没有被接收，请按理由改好后重新报送。"
        if receipt.remarks:
            yield f"市里提了 {len(receipt.remarks)} 条退回意见，请逐条打开记录改好，标为已办，再报送。"
        if changed := sum(each.added + each.changed + each.removed for each in since):
            yield f"这个报送包写出以后，本机又改动了 {changed} 条记录，市里还不知道，请再报送一次。"
        own = versions(self._store)
        for each in receipt.schemes:
            if own.get(each.name) != each.version:
                yield f"市里现用的方案是第 {each.version} 版，本机不同：请向市里要下发包并接收。"
        lists = code_list_versions()
        for each in receipt.code_lists:
            if lists.get(each.name) != each.version:
                yield f"市里的代码表 {each.name} 是 {each.version} 年版，本机不同：请升级本软件。"


def _status(receipt: Receipt) -> SentStatus:
    if receipt.result is Result.REFUSED:
        return SentStatus.REFUSED
    returned = receipt.result is Result.PARTLY or receipt.refused or receipt.remarks
    return SentStatus.RETURNED if returned else SentStatus.TAKEN


def _id_of(said: Said) -> str:
    """The same id for the same remark in every receipt that repeats it."""
    return hashlib.sha256(canonical(asdict(said))).hexdigest()[:32]


def _label(remark: Remark) -> str:
    """What the remark's field is called; one that only a newer program knows as it is written."""
    if not remark.field:
        return ""
    register = _FIELDS.get(remark.register)
    labels = {field.name: field.label for field in register.fields} if register else {}
    return labels.get(remark.field, remark.field)


def _listed(of: dict[str, str]) -> tuple[Version, ...]:
    return tuple(Version(name, version) for name, version in of.items())
