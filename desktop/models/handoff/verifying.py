"""Verifying a file that somebody hands over: nothing but its header is read before its signature holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from desktop.models.handoff.chain import Link, place
from desktop.models.handoff.codes import Code, RefusedFileError, Standing
from desktop.models.handoff.envelope import Envelope, read_envelope
from desktop.models.handoff.header import Header, Kind
from desktop.models.handoff.keys import UnitKeys
from desktop.models.handoff.trust import KeyStatus, Root, read_enrolment, read_root

SCHEMAS_AHEAD = (
    1  # a newer program's unknown fields are kept as they are; of one newer still we know too little
)

Taken = Callable[[Kind, str], Iterable[Link]]  # what was taken of a kind of file from a unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """Who we are and whom we believe."""

    unit: str  # our division code
    keys: tuple[UnitKeys, ...]  # ours, former ones too: packages on the way are sealed to them
    root: Root | None  # None before the first root file was taken
    schema: int  # number of our store's newest migration


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found."""

    code: Code
    message: str
    advice: str
    header: Header | None = None  # what the file says of itself; of a refused one, believe none of it
    envelope: Envelope | None = None  # to open the file with; never of a refused one

    @property
    def standing(self) -> Standing:
        """What is to be done with the file."""
        return self.code.standing


def verify(path: Path, trust: Trust, taken: Taken = lambda kind, unit: ()) -> Verdict:
    """Find out what a file is and whether to take it; the file is read once and nothing is written.

    Raises:
        UnreadableFileError: the disk does not give it.
    """
    header = None
    try:
        envelope = read_envelope(path)
        header = envelope.header
        code = _judge(envelope, trust, taken)
        if code.standing is Standing.REFUSE:
            raise RefusedFileError(code)
    except RefusedFileError as refused:
        return Verdict(refused.code, refused.message, refused.advice, header)
    return Verdict(code, code.message, code.advice, header, envelope)


def check_own(path: Path, keys: UnitKeys, file_hash: str) -> Envelope:
    """Read back what we have just written, to the last byte.

    Raises:
        RefusedFileError: it is not what was written.
        UnreadableFileError: the disk does not give it.
    """
    envelope = read_envelope(path)
    if envelope.hash != file_hash or not envelope.is_signed_by(keys.public.signing):
        raise RefusedFileError(Code.DAMAGED)
    return envelope


def _judge(envelope: Envelope, trust: Trust, taken: Taken) -> Code:
    header = envelope.header
    links = tuple(taken(header.kind, header.unit))
    if any(link.hash == envelope.hash for link in links):
        return Code.UNCHANGED  # the very bytes that were verified then, whatever became of the key since
    # these name their own key, and then prove or explain it
    if header.kind not in (Kind.ENROLMENT, Kind.ROOT):
        _check_signer(header, trust)
    if not envelope.is_signed_by(header.signer):
        raise RefusedFileError(Code.FORGED)
    if header.kind is Kind.ENROLMENT:
        return _judge_enrolment(envelope, trust)
    if header.kind is Kind.ROOT:
        root = read_root(envelope)
        return root.found_by(trust.root) if trust.root else Code.COMPARE
    if header.schema > trust.schema + SCHEMAS_AHEAD:
        raise RefusedFileError(Code.NEWER_SCHEMA)
    if header.kind.is_sealed:
        _check_recipient(header, trust)
    return place(header, envelope.hash, links)


def _check_signer(header: Header, trust: Trust) -> None:
    """Only a listed unit's active key signs, townships upwards and the city downwards."""
    root = trust.root
    signer = root and root.unit_of(header.signer)
    if not root or not root.knows(header.unit):
        raise RefusedFileError(Code.WRONG_UNIT if root else Code.UNKNOWN_KEY)
    if not signer:
        raise RefusedFileError(Code.UNKNOWN_KEY, *_outdated(header, root))
    from_city = signer.code == root.city.code
    if signer.code != header.unit or from_city == (header.kind is Kind.PACKAGE):
        raise RefusedFileError(Code.WRONG_UNIT)
    if signer.status is not KeyStatus.ACTIVE:
        raise RefusedFileError(Code.REVOKED_KEY, f"{signer.name}的这把密钥{signer.status.label}")


def _outdated(header: Header, root: Root) -> tuple[str, ...]:
    """Words for a key that the sender's newer root file may well list."""
    if header.root <= root.version:
        return ()
    return (f"签名的密钥不在本机的信任文件里：本机的是第 {root.version} 版，对方已用第 {header.root} 版",)


def _check_recipient(header: Header, trust: Trust) -> None:
    if header.recipient != trust.unit:
        raise RefusedFileError(Code.WRONG_RECIPIENT)
    if header.recipient_key not in [each.public.sealing for each in trust.keys]:
        raise RefusedFileError(Code.WRONG_RECIPIENT, "是用本机没有的密钥加密的，打不开")


def _judge_enrolment(envelope: Envelope, trust: Trust) -> Code:
    unit = read_enrolment(envelope)
    listed = trust.root and trust.root.unit_of(unit.keys.signing)
    if not listed:
        return Code.COMPARE
    if (listed.code, listed.keys) != (unit.code, unit.keys):
        return Code.WRONG_UNIT
    return Code.UNCHANGED if listed.status is KeyStatus.ACTIVE else Code.REVOKED_KEY
