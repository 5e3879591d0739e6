"""The unit's own keys and its trust (密钥与信任), kept in the encrypted store and in no other place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from typing import Any

from desktop.models.database.times import stored_time
from desktop.models.errors import DesktopError
from desktop.models.handoff.chain import Link
from desktop.models.handoff.codes import Code, RefusedFileError
from desktop.models.handoff.envelope import Envelope
from desktop.models.handoff.header import Header, Kind
from desktop.models.handoff.keys import UnitKeys
from desktop.models.handoff.rows import read_row
from desktop.models.handoff.trust import KeyStatus, Root, Unit
from desktop.models.handoff.verifying import Trust, Verdict
from desktop.models.services.divisions import DivisionsService
from desktop.models.services.handoff_content import SCHEMA
from desktop.models.services.handoff_places import Place
from desktop.models.services.settings import SettingsService

RETURNED = (
    "handoff.returned"  # setting of a city: unit, epoch, number, hash, previous of what it sent back unmerged
)
_KEYS, _ROOT, _TAKEN = "handoff.keys", "handoff.root", "handoff.taken"


class NoKeysError(DesktopError):
    """The unit has no keys yet."""

    def __init__(self) -> None:
        super().__init__("本机还没有密钥。请先在“报送”的“密钥”里生成（命令：handoff keys --new）。")


class NoRootError(DesktopError):
    """The unit does not know the city's key yet."""

    def __init__(self) -> None:
        super().__init__("本机还没有信任文件。请先把登记文件交给市里，再导入市里发回的信任文件。")


class NotCityError(DesktopError):
    """A township asks for what only the city makes."""

    def __init__(self) -> None:
        super().__init__("这一步由市里做：本机是乡镇的数据。请核对是不是选错了数据文件夹。")


class NotTownshipError(DesktopError):
    """A city asks for what only a township makes."""

    def __init__(self) -> None:
        super().__init__(
            "这一步由乡镇做：本机是市里的数据，什么都没有改。"
            "要让乡镇认得市里，请写出信任文件（命令：handoff root --to）。"
        )


class Standing(StrEnum):
    """How the unit stands with the city: what the page says and what to do next."""

    NO_KEYS = "no_keys"
    NO_ROOT = "no_root"
    NOT_LISTED = "not_listed"
    ACTIVE = "active"
    REPLACED = "replaced"
    REVOKED = "revoked"
    LOST = "lost"

    @property
    def words(self) -> str:
        """What it means and what to do."""
        return _WORDS[self]


_WORDS = {
    Standing.NO_KEYS: "本机还没有密钥。请生成密钥，再把登记文件交给市里。",
    Standing.NO_ROOT: "已有密钥，还没有信任文件。请把登记文件交给市里，电话核对指纹，再导入市里发回的信任文件。",
    Standing.NOT_LISTED: "市里的信任文件里还没有本机的密钥。请交登记文件，电话核对指纹，再导入新的信任文件。",
    Standing.ACTIVE: "密钥已登记，可以报送。",
    Standing.REPLACED: "本单位另外登记了新密钥，本机的这一把已更换，不能再报送。"
    "请用登记了新密钥的那台电脑报送；仍要用本机，就重新生成密钥再登记。",
    Standing.REVOKED: "市里停用了本机的密钥，不能再报送。请先打电话问清原因，再重新生成密钥、重新登记。",
    Standing.LOST: "本机的密钥已按丢失挂失，不能再报送。没有丢的也不能恢复使用：请重新生成密钥、重新登记。",
}

_CITY_WORDS = {
    Standing.NO_KEYS: "市里还没有密钥。请先生成密钥，再导入乡镇的登记文件。",
    Standing.NO_ROOT: "市里已有密钥，还没有信任文件。请导入乡镇的登记文件，电话核对指纹后登记，再写出信任文件。",
    Standing.ACTIVE: "市里的密钥在用。登记或停用密钥以后，请把新的信任文件发给各乡镇。",
}


class HandoffKeys:
    """Own keys, the root that is held, and which files were taken before."""

    def __init__(self, divisions: DivisionsService, settings: SettingsService) -> None:
        self._divisions = divisions
        self._settings = settings

    @property
    def own(self) -> tuple[UnitKeys, ...]:
        """The keys in use, then the former ones: files on the way are sealed to them."""
        return tuple(UnitKeys.from_bytes(bytes.fromhex(each)) for each in self._settings.get(_KEYS, []))

    @property
    def active(self) -> UnitKeys:
        """The keys in use.

        Raises:
            NoKeysError: there are none.
        """
        if not (own := self.own):
            raise NoKeysError
        return own[0]

    @property
    def me(self) -> Unit:
        """This unit with its key in use, as an enrolment names it; raises as :attr:`active`."""
        division = self._divisions.get(self._settings.unit)
        return Unit(division.code, division.name, self.active.public)

    @property
    def is_city(self) -> bool:
        """Whether this office is the city's."""
        return bool(self._settings.get("level") == "city")

    def header(self, kind: Kind, place: Place, now: datetime, to: Unit | None = None) -> Header:
        """What every file of this unit that has a place says of itself; of today, for ``to`` where it is sealed."""
        return Header(
            kind=kind,
            unit=self.me.code,
            signer=self.active.public.signing,
            recipient=to.code if to else "",
            recipient_key=to.keys.sealing if to else "",
            epoch=place.epoch,
            seq=place.seq,
            root=self.known_root.version,
            schema=SCHEMA,
            as_of=now.date().isoformat(),
            made=stored_time(now),
        )

    def require_city(self) -> None:
        """Refuse what only the city does.

        Raises:
            NotCityError: this is a township's office.
        """
        if not self.is_city:
            raise NotCityError

    def require_township(self) -> None:
        """Refuse what only a township does.

        Raises:
            NotTownshipError: this is the city's office.
        """
        if self.is_city:
            raise NotTownshipError

    def make(self) -> Unit:
        """Make new keys; those before are kept to read with."""
        self.adopt(UnitKeys.generate())
        return self.me

    def adopt(self, keys: UnitKeys) -> None:
        """Use these keys from now on."""
        self._settings.set(_KEYS, [keys.to_bytes().hex(), *self._settings.get(_KEYS, [])])

    @property
    def root(self) -> Root | None:
        """The root that is held; None before the first."""
        held = self._settings.get(_ROOT)
        return read_row(Root, held) if held else None

    @property
    def known_root(self) -> Root:
        """The root that is held.

        Raises:
            NoRootError: there is none.
        """
        if (root := self.root) is None:
            raise NoRootError
        return root

    def hold(self, root: Root | None) -> None:
        """Hold a root from now on; None: forget it, where the city had to begin anew without its key."""
        self._settings.set(_ROOT, asdict(root) if root else None)

    @property
    def trust(self) -> Trust:
        """What verifying goes by."""
        return Trust(unit=self._settings.unit, keys=self.own, root=self.root, schema=SCHEMA)

    @property
    def standing(self) -> Standing:
        """How this unit's key in use stands in the root that is held."""
        if not self.own:
            return Standing.NO_KEYS
        root = self.root
        if root is None:
            return Standing.NO_ROOT
        listed = root.unit_of(self.active.public.signing)
        if listed is None or listed.keys != self.active.public:
            return Standing.NOT_LISTED
        return Standing(listed.status.value)

    @property
    def standing_words(self) -> str:
        """What that means and what to do, for a township or for the city itself."""
        standing = self.standing
        return _CITY_WORDS.get(standing, standing.words) if self.is_city else standing.words

    def taken(self, kind: Kind, _unit: str) -> Iterable[Link]:
        """The receipts, or what came down, that were taken from the city before."""
        return [Link(*each) for each in self._taken().get(kind.value, [])]

    def keep_taken(self, header: Header, file_hash: str) -> None:
        """Remember a receipt, or what came down, as taken."""
        link = [header.epoch, header.seq, file_hash, header.previous]
        taken = self._taken()
        self._settings.set(_TAKEN, taken | {header.kind.value: [*taken.get(header.kind.value, []), link]})

    def keep_returned(self, header: Header, file_hash: str) -> None:
        """Remember a package that was sent back unmerged: the one after it follows, and nothing is missing."""
        link = [header.unit, header.epoch, header.seq, file_hash, header.previous]
        kept = self._settings.get(RETURNED, [])
        self._settings.set(RETURNED, kept if link in kept else [*kept, link])

    def _taken(self) -> dict[str, list[Any]]:
        return dict(self._settings.get(_TAKEN, {}))


def key_words(status: KeyStatus) -> str:
    """What a township's key is worth, as the city reads it in its list."""
    return {
        KeyStatus.ACTIVE: "在用：接收用这把密钥签名的报送包。",
        KeyStatus.REPLACED: "已更换：该单位另有新密钥，旧密钥签名的报送包不再接收。",
        KeyStatus.REVOKED: "已停用：不接收该单位的报送包，直到重新登记一把新密钥。",
        KeyStatus.LOST: "已挂失：密钥丢失，不接收用它签名的报送包；请该单位重新生成密钥再登记。",
    }[status]


def require_kind(verdict: Verdict, kind: Kind) -> Envelope:
    """The envelope of a file that was verified and is of the kind that is asked for.

    Raises:
        RefusedFileError: it is not to be taken, or of another kind.
    """
    envelope = verdict.envelope
    if envelope is None:
        raise RefusedFileError(verdict.code, verdict.message, verdict.advice)
    if envelope.header.kind is not kind:
        found = envelope.header.kind.label
        raise RefusedFileError(Code.NOT_OURS, f"这是{found}，不是{kind.label}", f"请选{kind.label}。")
    return envelope
