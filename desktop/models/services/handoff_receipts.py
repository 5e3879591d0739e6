"""Receipts (回执): the city tells what became of a package, a township takes it and works off the remarks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from desktop.models.database.store import Store
from desktop.models.errors import DesktopError
from desktop.models.handoff.codes import Code, RefusedFileError
from desktop.models.handoff.header import Kind
from desktop.models.handoff.receipt import (
    Receipt,
    RefusedRow,
    Result,
    Version,
    read_receipt,
    write_receipt,
)
from desktop.models.handoff.verifying import Verdict, check_own
from desktop.models.handoff.writing import file_name, write_whole_to
from desktop.models.registers.handoff import TakenPackage
from desktop.models.services.code_list_versions import code_list_versions
from desktop.models.services.handoff_city import MergeResult
from desktop.models.services.handoff_content import versions
from desktop.models.services.handoff_keys import HandoffKeys, require_kind
from desktop.models.services.handoff_log import Sent, SentStatus
from desktop.models.services.handoff_places import Place
from desktop.models.services.handoff_remarks import HandoffRemarks
from desktop.models.services.handoff_sending import HandoffSending, RegisterDifference

_NAMED = 5  # records of a reason that are named


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


class HandoffReceipts:
    """Receipts written (city) and taken (township), and remarks."""

    def __init__(
        self, store: Store, keys: HandoffKeys, sending: HandoffSending, remarks: HandoffRemarks
    ) -> None:
        self._store = store
        self._keys = keys
        self._sending = sending
        self._remarks = remarks

    def write(
        self, folder: Path, package: TakenPackage, result: MergeResult, now: datetime
    ) -> WrittenReceipt:
        """Write the receipt of a merged package to the township that sent it.

        It tells what became of the package, every open remark on the unit's records, and the city's versions.

        Raises:
            NoRecipientError, NoKeysError, NotWrittenError: nothing was written.
        """
        told = Receipt(package=package.id, result=result.result, counts=result.counts, refused=result.refused)
        return self._write(folder, package.unit, Place(package.epoch, package.number), told, now)

    def refuse(self, folder: Path, verdict: Verdict, reason: str, now: datetime) -> WrittenReceipt:
        """Write the receipt of a package that a person decided not to merge, with the reason.

        Raises:
            RefusedFileError: the file is no package whose signature holds, or it was merged already.
            NoRecipientError, NoKeysError, NotWrittenError: nothing was written.
        """
        envelope = require_kind(verdict, Kind.PACKAGE)
        if verdict.code is Code.UNCHANGED:
            raise RefusedFileError(Code.UNCHANGED, "这个报送包已经合并", "请对有问题的记录提退回意见。")
        header = envelope.header
        told = Receipt(
            package=envelope.hash, result=Result.REFUSED, refused=(RefusedRow("", "", reason.strip()),)
        )
        written = self._write(folder, header.unit, Place(header.epoch, header.seq), told, now)
        self._keys.keep_returned(header, envelope.hash)
        return written

    def _write(self, folder: Path, code: str, place: Place, told: Receipt, now: datetime) -> WrittenReceipt:
        self._keys.require_city()
        root = self._keys.known_root
        unit = root.active(code)
        if unit is None:
            raise NoRecipientError(next((each.name for each in root.townships if each.code == code), code))
        keys = self._keys.active
        receipt = replace(
            told,
            remarks=self._remarks.to_tell(code),
            code_lists=_listed(code_list_versions()),
            schemes=_listed(versions(self._store)),
        )
        header = self._keys.header(Kind.RECEIPT, place, now, unit)
        path, _ = write_whole_to(
            folder,
            file_name(Kind.RECEIPT, unit.name, place.seq, now.date()),
            lambda sink: write_receipt(sink, header, receipt, keys),
            lambda written, file_hash: check_own(written, keys, file_hash),
        )
        return WrittenReceipt(path=path, receipt=receipt)

    def read(self, verdict: Verdict) -> TakenReceipt:
        """What a receipt that was verified says of which of our packages; nothing is written.

        Raises:
            RefusedFileError: it is none, or not to be taken.
            NotOurPackageError: it is of a package that this store did not write.
        """
        envelope = require_kind(verdict, Kind.RECEIPT)
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
            last = self._sending.log.last_written()
            newest = last is None or last.hash == read.sent.hash
            self._remarks.keep(read.receipt, read.sent.made, envelope.header.made, newest=newest)
        sent = self._sending.log.update(read.sent.hash, status=_status(read.receipt), receipt=read.receipt)
        self._keys.keep_taken(envelope.header, envelope.hash)
        return replace(read, sent=sent)

    def _advice(self, receipt: Receipt, since: Iterable[RegisterDifference]) -> Iterable[str]:
        if receipt.result is Result.REFUSED:
            reasons = "；".join(each.reason for each in receipt.refused)
            yield f"市里没有接收这个报送包：{reasons}。请改好后重新报送。"
        elif receipt.refused:
            yield f"有 {len(receipt.refused)} 条记录没有被接收，请按理由改好后重新报送："
            yield from self._reasons(receipt)
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

    def _reasons(self, receipt: Receipt) -> Iterable[str]:
        """Each reason with the records that it is about."""
        about: dict[str, list[str]] = {}
        for each in receipt.refused:
            about.setdefault(each.reason, []).append(self._remarks.named(each.register, each.id))
        for reason, names in about.items():
            more = f"等 {len(names)} 条" if len(names) > _NAMED else ""
            yield f"· {'、'.join(names[:_NAMED])}{more}：{reason}"


def _status(receipt: Receipt) -> SentStatus:
    if receipt.result is Result.REFUSED:
        return SentStatus.REFUSED
    returned = receipt.result is Result.PARTLY or receipt.refused or receipt.remarks
    return SentStatus.RETURNED if returned else SentStatus.TAKEN


def _listed(of: dict[str, str]) -> tuple[Version, ...]:
    return tuple(Version(name, version) for name, version in of.items())
