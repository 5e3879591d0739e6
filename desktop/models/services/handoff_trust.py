"""Enrolling units and keeping the root (登记与信任文件): what the city makes, what a township takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from desktop.models.database.times import stored_time
from desktop.models.errors import DesktopError
from desktop.models.handoff.codes import Code, RefusedFileError
from desktop.models.handoff.header import Kind
from desktop.models.handoff.keys import UnitKeys
from desktop.models.handoff.trust import (
    KeyStatus,
    Root,
    Unit,
    read_enrolment,
    read_root,
    write_enrolment,
    write_root,
)
from desktop.models.handoff.verifying import Verdict, check_own, verify
from desktop.models.handoff.writing import file_name, write_whole_to
from desktop.models.services.handoff_content import SCHEMA
from desktop.models.services.handoff_keys import HandoffKeys, require_kind
from desktop.models.services.handoff_places import Place, Places, next_version


class NotComparedError(DesktopError):
    """Keys would be believed that nobody compared by telephone."""

    def __init__(self, name: str, heard: str) -> None:
        # The digits that would fit are not told: what is copied from the screen compares nothing.
        what = f"输入的数字 {heard} 与{name}文件里的密钥对不上" if heard else f"还没有核对{name}的密钥"
        super().__init__(
            f"没有采用：{what}。请打电话与对方逐组核对：让对方看着自己的屏幕念 12 位数字，照听到的输入；"
            "再念一遍还是对不上，文件就可能被换过，不要采用，并报告本单位负责人。"
        )


class UnknownUnitKeyError(DesktopError):
    """No township of the root has such a key."""

    def __init__(self, fingerprint: str) -> None:
        super().__init__(f"信任文件里没有指纹为“{fingerprint}”的密钥。请对照清单核对指纹。")


class HandoffTrust:
    """The root of the city, and what leads to it."""

    def __init__(self, keys: HandoffKeys, places: Places) -> None:
        self._keys = keys
        self._places = places

    def verify(self, path: Path) -> Verdict:
        """What a file is and whether to take it; nothing is written.

        Raises:
            UnreadableFileError: the disk does not give it.
        """
        return verify(path, self._keys.trust, self._keys.taken)

    def write_enrolment(self, folder: Path, now: datetime) -> Path:
        """Write this unit's enrolment file into a folder, for the city.

        Raises:
            NotTownshipError: this is the city's office.
            NoKeysError, NotWrittenError: nothing was written.
        """
        self._keys.require_township()
        me, keys = self._keys.me, self._keys.active
        path, _ = write_whole_to(
            folder,
            file_name(Kind.ENROLMENT, me.name, 1, now.date()),
            lambda sink: write_enrolment(sink, me, keys, stored_time(now), SCHEMA),
            lambda written, file_hash: check_own(written, keys, file_hash),
        )
        return path

    def read_enrolments(self, paths: Iterable[Path]) -> list[tuple[Verdict, Unit | None]]:
        """What enrolment files hold, for a person to compare; no unit where a file is refused.

        Raises:
            UnreadableFileError: the disk does not give one.
        """
        found: list[tuple[Verdict, Unit | None]] = []
        for path in paths:
            verdict = self.verify(path)
            try:
                found.append((verdict, read_enrolment(require_kind(verdict, Kind.ENROLMENT))))
            except RefusedFileError as why:
                refused = Verdict(why.code, why.message, why.advice, verdict.header)
                found.append((refused, None))
        return found

    def take_enrolments(self, units: Sequence[Unit], compared: Sequence[str], now: datetime) -> Root | None:
        """List units that were read from enrolments, all in one new version of the root; None: all were listed.

        ``compared``: the fingerprints, 12 digits each, that a person heard over the telephone.

        Raises:
            NotComparedError: other digits; none was listed.
            RefusedFileError: a key is another unit's or out of use; none was listed.
        """
        heard = {_digits(each) for each in compared}
        for unit in units:
            if _digits(unit.fingerprint) not in heard:
                raise NotComparedError(unit.name, "、".join(compared))
        root = self._before_next(now)
        fresh = [unit for unit in units if unit not in root.townships]
        return self._hold(root.with_townships(*fresh)) if fresh else None

    def set_status(self, fingerprint: str, status: KeyStatus, now: datetime) -> Root:
        """Take a township's key out of use (挂失、停用) in a new version of the root.

        Raises:
            UnknownUnitKeyError: no township has it.
        """
        root = self._before_next(now)
        wanted = _digits(fingerprint)
        unit = next((each for each in root.townships if _digits(each.fingerprint) == wanted), None)
        if unit is None:
            raise UnknownUnitKeyError(fingerprint)
        return self._hold(root.with_status(unit.keys, status))

    def change_city_keys(self, now: datetime) -> Root:
        """Give the city new keys that the old ones introduce; townships follow without the telephone."""
        new = UnitKeys.generate()
        root = self._before_next(now).with_city_keys(self._keys.active, new.public)
        self._keys.adopt(new)
        return self._hold(root)

    def write_root(self, folder: Path, now: datetime) -> Path:
        """Write the city's root as a file into a folder, for all townships.

        Raises:
            NoKeysError, NotWrittenError: nothing was written.
        """
        self._keys.require_city()
        root, keys = self._keys.root or self._hold(self._before_next(now).with_townships()), self._keys.active
        path, _ = write_whole_to(
            folder,
            file_name(Kind.ROOT, root.city.name, root.version, now.date()),
            lambda sink: write_root(sink, root, keys, stored_time(now), SCHEMA),
            lambda written, file_hash: check_own(written, keys, file_hash),
        )
        return path

    def take_root(self, verdict: Verdict, compared: str | None = None) -> Root:
        """Hold the root of a file that was verified; of the first one, ``compared`` are the city's 12 digits.

        Raises:
            RefusedFileError: it is none, or not to be taken.
            NotComparedError: other digits, or none, where a person has to compare.
        """
        root = read_root(require_kind(verdict, Kind.ROOT))
        if verdict.code is Code.COMPARE and _digits(compared or "") != _digits(root.city.fingerprint):
            raise NotComparedError(root.city.name, compared or "")
        own = [each.public for each in self._keys.own]
        if self._keys.is_city and root.city.keys not in own[:1]:
            raise RefusedFileError(
                Code.UNKNOWN_KEY, "信任文件用的市里密钥不是本机现用的", "请恢复更换密钥以后做的备份，再导入。"
            )
        if verdict.code is not Code.UNCHANGED:
            self._keys.hold(root)
        return root

    def forget_root(self) -> None:
        """Believe nobody any more: the city lost its key for good and begins anew; its fingerprint is compared again.

        Raises:
            NotTownshipError: this is the city's office, whose root lists all townships.
        """
        self._keys.require_township()
        self._keys.hold(None)

    def _before_next(self, now: datetime) -> Root:
        """The city's root, numbered so that the version after it was never given away."""
        self._keys.require_city()
        root = self._keys.root or Root(0, self._keys.me)
        version = next_version(root.version, self._places.told(Kind.ROOT), now)
        return replace(root, version=version - 1)

    def _hold(self, root: Root) -> Root:
        self._places.keep(Kind.ROOT, Place(1, root.version))
        self._keys.hold(root)
        return root


def _digits(text: str) -> str:
    return "".join(text.split())
