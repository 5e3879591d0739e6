"""Whom to believe: enrolment files (登记文件) of townships and the signed root file (信任文件) of the city."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Self

from desktop.models.handoff.canonical import canonical
from desktop.models.handoff.codes import Code, RefusedFileError
from desktop.models.handoff.envelope import Envelope, Sink
from desktop.models.handoff.header import Header, Kind
from desktop.models.handoff.keys import PublicKeys, UnitKeys, holds
from desktop.models.handoff.package import pack_rows, read_rows
from desktop.models.handoff.rows import read_row

_HANDOVER = "city key handover"


class KeyStatus(StrEnum):
    """What a key is worth now. Values are written into files: never reuse one."""

    ACTIVE = "active"
    REPLACED = "replaced"
    REVOKED = "revoked"
    LOST = "lost"

    @property
    def label(self) -> str:
        """How it is shown."""
        return {"active": "在用", "replaced": "已更换", "revoked": "已停用", "lost": "已挂失"}[self.value]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit and one of its keys, as the city vouches for it; an enrolment is one that nobody vouches for yet."""

    code: str  # division code
    name: str
    keys: PublicKeys
    status: KeyStatus = KeyStatus.ACTIVE

    @property
    def fingerprint(self) -> str:
        """What to compare by telephone."""
        return self.keys.fingerprint(self.code)


@dataclass(frozen=True, slots=True)
class Handover:
    """The city's old key says which one comes after it, from a version of the root on."""

    version: int
    old: PublicKeys
    new: PublicKeys
    signature: str = ""  # by the old key, hexadecimal

    def __post_init__(self) -> None:
        bytes.fromhex(self.signature)  # ValueError

    def statement(self, city: str) -> bytes:
        """What the old key signs."""
        said = asdict(replace(self, signature=""))
        return canonical(said | {"city": city})


@dataclass(frozen=True, slots=True)
class Root:
    """Version n of what the city vouches for: itself, the townships' keys, and every change of its own key."""

    version: int
    city: Unit
    townships: tuple[Unit, ...] = ()  # a unit has one active key at most; its former ones stay listed
    handovers: tuple[Handover, ...] = ()  # oldest first

    def with_townships(self, *townships: Unit) -> Self:
        """The next version, with a key more for each given unit; its former active one is replaced.

        Raises:
            RefusedFileError: a key is another unit's, or was taken out of use before.
        """
        for unit in townships:
            listed = self.unit_of(unit.keys.signing)
            if listed and listed.code != unit.code:
                raise RefusedFileError(Code.WRONG_UNIT)
            if listed and listed.status is not KeyStatus.ACTIVE:
                raise RefusedFileError(Code.REVOKED_KEY)
        units = {unit.code for unit in townships}
        kept = [
            replace(each, status=KeyStatus.REPLACED)
            if each.code in units and each.status is KeyStatus.ACTIVE
            else each
            for each in self.townships
            if each.keys not in {unit.keys for unit in townships}
        ]
        return replace(self, version=self.version + 1, townships=(*kept, *townships))

    def with_status(self, keys: PublicKeys, status: KeyStatus) -> Self:
        """The next version, with another status for a township's key."""
        changed = [replace(each, status=status) if each.keys == keys else each for each in self.townships]
        return replace(self, version=self.version + 1, townships=tuple(changed))

    def with_city_keys(self, old: UnitKeys, new: PublicKeys) -> Self:
        """The next version, under a new key of the city that its old one introduces. Sign it with the new one."""
        version = self.version + 1
        handover = Handover(version, old.public, new)
        signature = old.sign(_HANDOVER, handover.statement(self.city.code)).hex()
        return replace(
            self,
            version=version,
            city=replace(self.city, keys=new),
            handovers=(*self.handovers, replace(handover, signature=signature)),
        )

    def unit_of(self, signing: str) -> Unit | None:
        """Whose a signing key is or was; former keys of the city count as replaced."""
        former = [replace(self.city, keys=each.old, status=KeyStatus.REPLACED) for each in self.handovers]
        return next(
            (each for each in (self.city, *self.townships, *former) if each.keys.signing == signing), None
        )

    def active(self, code: str) -> Unit | None:
        """A unit with the key that is in use, the city included."""
        units = (self.city, *self.townships)
        return next((each for each in units if each.code == code and each.status is KeyStatus.ACTIVE), None)

    def knows(self, code: str) -> bool:
        """Whether a unit is listed, with whatever key."""
        return any(each.code == code for each in (self.city, *self.townships))

    def found_by(self, held: Root) -> Code:
        """What this root is to somebody who holds another: only a key that the held one trusts leads further."""
        if self.city.code != held.city.code:
            return Code.WRONG_UNIT
        trusted = held.city.keys
        for each in self.handovers:
            if each.old == trusted and _is_signed(each, self.city.code):
                trusted = each.new
        if trusted != self.city.keys:
            if self.city.keys in [each.old for each in held.handovers]:
                return Code.ROLLBACK if self.version < held.version else Code.REVOKED_KEY
            return Code.UNKNOWN_KEY
        if self == held:
            return Code.UNCHANGED
        if self.version == held.version:
            return Code.FORK
        return Code.OK if self.version > held.version else Code.ROLLBACK


def write_enrolment(stream: Sink, unit: Unit, keys: UnitKeys, made: str, schema: int) -> str:
    """Write a unit's enrolment file; that it is signed with the key it names proves possession. ``made`` is UTC."""
    return pack_rows(stream, _header(Kind.ENROLMENT, unit, 1, made, schema), keys, {"unit": [asdict(unit)]})


def read_enrolment(envelope: Envelope) -> Unit:
    """The unit of an enrolment file that was verified.

    Raises:
        RefusedFileError: it speaks of another unit or key than those that signed it.
    """
    rows = read_rows(envelope)
    if rows.keys() != {"unit"} or len(rows["unit"]) != 1:
        raise RefusedFileError(Code.FORGED)
    unit = read_row(Unit, rows["unit"][0])
    if (unit.code, unit.keys.signing) != (envelope.header.unit, envelope.header.signer):
        raise RefusedFileError(Code.FORGED)
    return unit


def write_root(stream: Sink, root: Root, keys: UnitKeys, made: str, schema: int) -> str:
    """Write a root file, signed with the city's key that it names. ``made`` is UTC.

    Raises:
        ValueError: these are other keys.
    """
    if root.city.keys != keys.public:
        raise ValueError("the root names other keys of the city")
    rows = {
        "city": [asdict(root.city)],
        "township": [asdict(each) for each in root.townships],
        "handover": [asdict(each) for each in root.handovers],
    }
    return pack_rows(stream, _header(Kind.ROOT, root.city, root.version, made, schema), keys, rows)


def read_root(envelope: Envelope) -> Root:
    """The root of a root file that was verified; :meth:`Root.found_by` says what it is to us.

    Raises:
        RefusedFileError: it does not name the city and the key that signed it.
    """
    rows = read_rows(envelope)
    if rows.keys() != {"city", "township", "handover"} or len(rows["city"]) != 1:
        raise RefusedFileError(Code.FORGED)
    root = Root(
        envelope.header.seq,
        read_row(Unit, rows["city"][0]),
        tuple(read_row(Unit, row) for row in rows["township"]),
        tuple(read_row(Handover, row) for row in rows["handover"]),
    )
    if (root.city.code, root.city.keys.signing) != (envelope.header.unit, envelope.header.signer):
        raise RefusedFileError(Code.FORGED)
    return root


def _header(kind: Kind, unit: Unit, seq: int, made: str, schema: int) -> Header:
    signer = unit.keys.signing
    return Header(
        kind=kind, unit=unit.code, signer=signer, seq=seq, schema=schema, as_of=made[:10], made=made
    )


def _is_signed(handover: Handover, city: str) -> bool:
    signature = bytes.fromhex(handover.signature)
    return holds(signature, handover.old.signing, _HANDOVER, handover.statement(city))
