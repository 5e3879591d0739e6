"""A township's and the city's office that trust each other, and a folder in the place of a stick."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from desktop.models.registers.handoff import TakenPackage
from desktop.models.registers.person import PERSON
from desktop.models.services.handoff_log import Sent
from desktop.models.services.handoff_receipts import WrittenReceipt
from desktop.office import Office
from tests.offices import opened

NOW = datetime(2026, 11, 24, 9).astimezone()
_made = TemporaryDirectory(prefix="touyan-enrolled-")


@dataclass(frozen=True)
class Offices:
    """Both offices, open."""

    town: Office
    city: Office
    stick: Path

    def enroll(self) -> None:
        """Make the township known to the city, and the root to the township."""
        me = self.town.handoff.keys.make()
        enrolment = self.town.handoff.trust.write_enrolment(self.stick, NOW)
        ((_, unit),) = self.city.handoff.trust.read_enrolments([enrolment])
        assert unit == me
        self.city.handoff.trust.take_enrolments([unit], [me.fingerprint], NOW)
        self.hand_down_root()

    def hand_down_root(self) -> None:
        """Have the township take the city's newest root."""
        path = self.city.handoff.trust.write_root(self.stick, NOW)
        verdict = self.town.handoff.verify(path)
        self.town.handoff.trust.take_root(verdict, self.city.handoff.keys.me.fingerprint)

    def pack(self) -> Sent:
        """Write a package of everything."""
        return self.town.handoff.sending.write(self.stick, now=NOW)

    def merge(self, sent: Sent) -> TakenPackage:
        """Have the city take a package."""
        city = self.city.handoff.city
        city.merge(city.plan(city.take(self.stick / sent.file)))
        return next(each for each in city.packages(self.town.unit.code) if each.id == sent.hash)

    def receipt(self, package: TakenPackage) -> WrittenReceipt:
        """Have the city write a receipt."""
        result = self.city.handoff.city.result(package.id)
        return self.city.handoff.receipts.write(self.stick, package, result, NOW)

    def remark(self, person_id: str, field: str | None, text: str) -> str:
        """Have the city say what is wrong with somebody's record; return the remark's id."""
        remarks = self.city.handoff.remarks
        remark = remarks.attach(self.town.unit.code, PERSON.name, person_id, text, NOW, field=field)
        return remark.id


@contextmanager
def two_offices(folder: Path) -> Iterator[Offices]:
    """A township with the sample's roster and an empty city, enrolled, open; in ``town``, ``city`` and ``stick``."""
    copy_of_two_offices(folder)
    with _open(folder) as offices:
        yield offices


def copy_of_two_offices(folder: Path) -> None:
    """The same, closed."""
    shutil.copytree(_template(), folder, dirs_exist_ok=True)


@cache
def _template() -> Path:
    folder = Path(_made.name)
    (folder / "stick").mkdir()
    with _open(folder) as offices:
        offices.city.handoff.keys.make()
        offices.enroll()
    for path in (folder / "stick").iterdir():
        path.unlink()
    return folder


@contextmanager
def _open(folder: Path) -> Iterator[Offices]:
    with (
        opened(folder / "town", filled=True) as town,
        opened(folder / "city", level="city") as city,
    ):
        yield Offices(town, city, folder / "stick")
