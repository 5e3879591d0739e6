"""A township's package of 3,000 people in the city's office, and a prefecture's townships one after the other."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from random import Random
from secrets import token_bytes
from tempfile import TemporaryDirectory
from typing import Any, cast

from benchmarks.applying import NoBackup, copy_of_office, make_office, timed
from desktop.models.database.connection import StoreKey, connect
from desktop.models.database.records import Records
from desktop.models.handoff.header import Header, Kind
from desktop.models.handoff.keys import UnitKeys
from desktop.models.handoff.package import opened, pack
from desktop.models.handoff.trust import Root, Unit
from desktop.models.handoff.verifying import Trust, verify
from desktop.models.registers.division import Division
from desktop.models.services.backup import BackupService
from desktop.models.services.divisions import preloaded
from desktop.models.services.handoff_city import CityHandoff
from desktop.models.services.handoff_content import SCHEMA
from desktop.office import Office
from faults.townships import make_row

PEOPLE, CHANGED = 3000, 300
ROUNDS = 5
FEW, MANY, SMALL = 15, 150, 40  # townships of a city and of a prefecture; people of each
CITY = preloaded()[0].code
Rows = Mapping[str, Sequence[dict[str, Any]]]


def measure() -> Iterator[tuple[str, float, float, float]]:
    """Yield planning against reading both sides, merging against sqlite-utils' upsert, and many townships."""
    seconds: list[tuple[float, ...]] = []
    with TemporaryDirectory() as name:
        folder = Path(name)
        key = make_office(folder / "template")
        township = next(each.code for each in preloaded() if each.parent == CITY)
        villages = [each.code for each in preloaded() if each.parent == township]
        sender = Sender(folder, [township])
        rows = people_of(township, villages, PEOPLE)
        changed = edited(rows, CHANGED)
        first, second = sender.send(township, rows), sender.send(township, changed)
        for number in range(ROUNDS):  # taken in turns: the machine is shared
            with copy_of_office(folder, str(number), key) as office:
                seconds.append(one_round(sender, office, first, second))
            seconds[-1] += upsert(folder / f"plain-{number}.db", rows, changed)
        merging, planning, again, reading, upserting, upserting_again = (
            min(column) for column in zip(*seconds, strict=True)
        )
        few, many = many_townships(folder, key, FEW), many_townships(folder, key, MANY)
    count = f"{PEOPLE:,} people with a post each"
    yield f"verifying, staging and planning {count}, against reading both sides", planning, reading, 3
    yield f"merging {count}, all new, against sqlite-utils' upsert of the rows", merging, upserting, 4
    yield f"merging {CHANGED} changed of {count}, against upserting all", again, upserting_again, 4
    yield f"merging {MANY} townships, against {FEW} ten times", many, few * MANY / FEW, 1.5


def one_round(sender: Sender, office: Office, first: Path, second: Path) -> tuple[float, ...]:
    """Seconds of merging the first package, of planning and merging the second, and of reading what it is about."""
    city = sender.city(office)
    plan = city.plan(city.take(first))
    merging, _ = timed(partial(city.merge, plan))
    planning, plan = timed(lambda: city.plan(city.take(second)))
    reading, _ = timed(lambda: read_both(sender, second, office))
    again, _ = timed(partial(city.merge, plan))
    return merging, planning, again, reading


class Sender:
    """Townships that a city trusts."""

    def __init__(self, folder: Path, units: Sequence[str]) -> None:
        self._folder = folder
        self._city = UnitKeys.generate()
        self._sent: dict[str, tuple[int, str]] = {}
        self._towns = {unit: UnitKeys.generate() for unit in units}
        listed = (Unit(unit, unit, keys.public) for unit, keys in self._towns.items())
        root = Root(1, Unit(CITY, "市", self._city.public)).with_townships(*listed)
        self.trust = Trust(unit=CITY, keys=(self._city,), root=root, schema=SCHEMA)

    def city(self, office: Office) -> CityHandoff:
        """The city's side, without backups, which are not measured here."""
        backups = cast(BackupService, NoBackup())
        return CityHandoff(
            office._store, office.folder, office.divisions, office.settings, backups, lambda: self.trust
        )

    def send(self, unit: str, rows: Rows) -> Path:
        """Write a township's next package."""
        seq, previous = self._sent.get(unit, (0, ""))
        header = Header(
            kind=Kind.PACKAGE,
            unit=unit,
            signer=self._towns[unit].public.signing,
            recipient=CITY,
            recipient_key=self._city.public.sealing,
            seq=seq + 1,
            previous=previous,
            root=1,
            schema=SCHEMA,
            as_of="2026-11-24",
            made="2026-11-24T06:00:00Z",
            registers=tuple((name, len(each)) for name, each in rows.items()),
        )
        path = self._folder / f"{unit}-{seq + 1}.tybs"
        with path.open("wb") as file:
            self._sent[unit] = (seq + 1, pack(file, header, self._towns[unit], rows))
        return path


def people_of(unit: str, villages: Sequence[str], people: int) -> dict[str, list[dict[str, Any]]]:
    """People with one post each, and with numbers that are found."""
    chance = Random(unit)
    rows: dict[str, list[dict[str, Any]]] = {"person": [], "term": []}
    for number in range(people):
        key = f"{unit}-{number}"
        filled = {"sex": "1", "ethnic_group": "01", "political_status": "01", "education": "31"}
        phone = f"199{chance.randrange(10**8):08d}"
        name = chance.choice("甄张李王赵刘陈杨") + chance.choice("虚构建国秀英") + chance.choice("军明芳伟强")
        birth = f"{chance.randrange(1960, 2005)}-{chance.randrange(1, 13):02d}"
        rows["person"].append(make_row("person", key, name=name, birth=birth, phone=phone, **filled))
        place = chance.choice(villages)
        rows["term"].append(
            make_row("term", f"t{key}", person_id=key, division_code=place, post="13", start="2021-12")
        )
    return rows


def edited(rows: Rows, people: int) -> dict[str, list[dict[str, Any]]]:
    """The rows with some people changed."""
    changed = [row | {"duties": "党建"} if n < people else row for n, row in enumerate(rows["person"])]
    return {"person": changed, "term": list(rows["term"])}


def read_both(sender: Sender, path: Path, office: Office) -> int:
    """Verify and read a package, and read the same registers of the store: what no plan can do without."""
    envelope = verify(path, sender.trust).envelope
    assert envelope is not None
    with opened(envelope, sender.trust.keys) as content:
        incoming = list(content.rows()), list(content.attachments())
    there = [row for name in ("person", "term") for row in office._store.db.table(name).rows]
    return len(incoming[0]) + len(there)


def upsert(path: Path, rows: Rows, changed: Rows) -> tuple[float, float]:
    """How long sqlite-utils takes to upsert the rows into plain tables, and then once more with changes."""
    db = connect(path, StoreKey(token_bytes(48)))
    for name, each in rows.items():
        db.table(name).create(dict.fromkeys(each[0], str), pk="id")

    def write(some: Rows) -> float:
        begun = time.perf_counter()
        with db.atomic():
            for name, each in some.items():
                db.table(name).upsert_all(each, pk="id")
        return time.perf_counter() - begun

    seconds = write(rows), write(changed)
    db.close()
    return seconds


def many_townships(folder: Path, key: StoreKey, number: int) -> float:
    """How long planning and merging a package of each of so many townships takes."""
    units = [f"4299{n:05d}000" for n in range(number)]
    sender = Sender(folder, units)
    packages = [sender.send(unit, people_of(unit, [f"{unit[:-3]}001"], SMALL)) for unit in units]
    with copy_of_office(folder, f"many-{number}", key) as office:
        divisions = [
            Division(code=code, name=f"虚构{code}", kind=kind, parent=parent, position=1)
            for unit in units
            for code, kind, parent in ((unit, "township", CITY), (f"{unit[:-3]}001", "village", unit))
        ]
        with office._store.change("区划"):
            Records(office._store).insert_many(divisions)
        city = sender.city(office)

        def merge_all() -> None:
            for path in packages:
                city.merge(city.plan(city.take(path)))

        return timed(merge_all)[0]
