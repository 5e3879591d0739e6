"""Random months between fifteen townships and a city: packages lost, doubled, late, stores restored from backups.

After each delivery the city has exactly what the package says, or what it had, with words. ``python -m faults.schedules``.
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import cast

from benchmarks.applying import NoBackup, make_office
from desktop.models.database.connection import StoreKey
from desktop.models.database.layout import STORE_NAME
from desktop.models.database.roster import last_seq
from desktop.models.database.store import open_store
from desktop.models.handoff.codes import Code, Standing
from desktop.models.handoff.header import Attached, Header, Kind
from desktop.models.handoff.keys import UnitKeys
from desktop.models.handoff.package import Attachment, pack
from desktop.models.handoff.trust import Root, Unit
from desktop.models.handoff.verifying import Trust
from desktop.models.registers.division import DivisionKind
from desktop.models.services.backup import BackupService
from desktop.models.services.divisions import preloaded
from desktop.models.services.handoff_city import CityHandoff
from desktop.models.services.handoff_content import SCHEMA, contents
from desktop.office import Office
from faults.townships import Township

PACKAGES = 6
Rows = dict[str, dict[str, dict[str, object]]]


@dataclass
class Sent:
    """A package on its way."""

    unit: str
    epoch: int
    seq: int
    path: Path
    rows: Rows


@dataclass
class Sender:
    """A township with its row of packages; ``kept`` is the backup that it may be restored from."""

    town: Township
    keys: UnitKeys
    epoch: int = 1
    seq: int = 0
    last: str = ""
    kept: tuple[Township, int, str] | None = None


@dataclass
class Tally:
    """What became of the deliveries."""

    schedules: int = 0
    codes: Counter[Code] = field(default_factory=Counter)
    equal: int = 0  # townships of which the city has the truth at the end
    stopped: int = 0  # those whose last package was stopped with words
    wrong: list[str] = field(default_factory=list)


class Schedule:
    """One random history of a city in a folder of its own."""

    def __init__(self, seed: int, folder: Path, template: Path, key: StoreKey, tally: Tally) -> None:
        self._seed = seed
        self._chance = Random(seed)
        self._folder = folder
        self._key = key
        self._tally = tally
        shutil.copytree(template, folder / "city")
        divisions = preloaded()
        self._city_code = divisions[0].code
        self._city_keys = UnitKeys.generate()
        self._senders = {}
        for division in divisions:
            if division.kind == DivisionKind.TOWNSHIP:
                villages = tuple(each.code for each in divisions if each.parent == division.code)
                town = Township(self._chance, division.code, villages or (division.code,), people=2)
                self._senders[division.code] = Sender(town, UnitKeys.generate())
        units = (Unit(code, code, sender.keys.public) for code, sender in self._senders.items())
        root = Root(1, Unit(self._city_code, "市", self._city_keys.public)).with_townships(*units)
        self._trust = Trust(unit=self._city_code, keys=(self._city_keys,), root=root, schema=SCHEMA)
        self._open()

    def run(self) -> None:
        """Send and deliver everything, then each township's newest once more."""
        restored_city = (
            self._chance.randrange(len(self._senders) * PACKAGES) if self._chance.random() < 0.5 else -1
        )
        restored_town = self._chance.choice(sorted(self._senders)) if self._chance.random() < 0.7 else ""
        self._back_up()
        newest: dict[str, Sent] = {}
        for number, package in enumerate(self._on_the_way(restored_town, newest)):
            if number == restored_city:
                self._restore()
            elif self._chance.random() < 0.03:
                self._back_up()
            self._deliver(package)
        for package in newest.values():
            code = self._deliver(package)
            if code is Code.UNCHANGED and self._rows(package.unit) != package.rows:
                # numbers came twice and a gap was confirmed: it shows with the next package at the latest
                package = self._send(self._senders[package.unit])
                code = self._deliver(package)
            if code.standing is Standing.REFUSE:
                self._tally.stopped += 1
            elif self._rows(package.unit) == package.rows:
                self._tally.equal += 1
            else:
                self._say(f"{package.unit}: {code}, and the city has something else")
        self._office.release()
        self._tally.schedules += 1

    def _on_the_way(self, restored: str, newest: dict[str, Sent]) -> Iterator[Sent]:
        """What arrives, in the order of arriving."""
        late: list[Sent] = []
        moment = self._chance.randrange(1, PACKAGES)
        for number in range(PACKAGES):
            for unit in self._chance.sample(sorted(self._senders), len(self._senders)):
                sender = self._senders[unit]
                if unit == restored and number == moment:
                    self._restore_town(sender)
                elif self._chance.random() < 0.4:
                    sender.kept = (copy.deepcopy(sender.town), sender.seq, sender.last)
                sender.town.change(2)
                package = self._send(sender)
                newest[unit] = package
                way = self._chance.random()
                if way < 0.15:
                    continue  # lost
                if way < 0.35:
                    late.append(package)
                    continue
                yield package
                if way > 0.85:
                    late.append(package)  # doubled
                if late and self._chance.random() < 0.3:
                    yield late.pop(self._chance.randrange(len(late)))
        yield from late

    def _restore_town(self, sender: Sender) -> None:
        """From a backup as the program does, with a new epoch; or by hand, so that numbers come twice."""
        if sender.kept is not None:
            sender.town, sender.seq, sender.last = copy.deepcopy(sender.kept[0]), *sender.kept[1:]
        if self._chance.random() < 0.6:
            sender.epoch, sender.seq, sender.last = sender.epoch + 1, 0, ""

    def _send(self, sender: Sender) -> Sent:
        sender.seq += 1
        rows, files = sender.town.sent(), sender.town.attached()
        attachments = [Attachment(name, len(content)) for name, content in files.items()]
        header = Header(
            kind=Kind.PACKAGE,
            unit=sender.town.unit,
            signer=sender.keys.public.signing,
            recipient=self._city_code,
            recipient_key=self._city_keys.public.sealing,
            epoch=sender.epoch,
            seq=sender.seq,
            previous=sender.last,
            root=1,
            schema=SCHEMA,
            as_of="2026-11-24",
            made="2026-11-24T06:00:00Z",
            registers=tuple((name, len(each)) for name, each in rows.items()),
            attachments=Attached(len(attachments), sum(each.bytes for each in attachments)),
        )
        name = hashlib.sha256(self._chance.randbytes(16)).hexdigest()
        path = self._folder / f"{name}.tybs"
        with path.open("wb") as file:
            sender.last = pack(file, header, sender.keys, rows, attachments, files.__getitem__)
        kept: Rows = {
            name: {str(row["id"]): dict(row) for row in each} for name, each in rows.items() if each
        }
        return Sent(sender.town.unit, sender.epoch, sender.seq, path, kept)

    def _deliver(self, package: Sent) -> Code:
        """Take a package in as an officer would who confirms what may be confirmed."""
        before = last_seq(self._office._store)
        verdict = self._handoff.verify(package.path)
        self._tally.codes[verdict.code] += 1
        newest = max(
            ((link.epoch, link.seq) for link in self._handoff.taken(Kind.PACKAGE, package.unit)),
            default=(0, 0),
        )
        if verdict.standing in (Standing.TAKE, Standing.ASK):
            staged = self._handoff.take(package.path, confirmed=True)
            self._handoff.merge(self._handoff.plan(staged), confirmed_removals=True)
            if (package.epoch, package.seq) <= newest:
                self._say(f"{package.unit}: {package.epoch}.{package.seq} was taken after {newest}")
            if self._rows(package.unit) != package.rows:
                self._say(f"{package.unit}: merged, and not what was sent")
        elif not verdict.message or not verdict.advice or last_seq(self._office._store) != before:
            self._say(f"{package.unit}: {verdict.code} without words, or something changed")
        return verdict.code

    def _rows(self, unit: str) -> Rows:
        """What the city has of a township."""
        return {
            name: {str(row["id"]): dict(row) for row in rows}
            for name, rows in contents(self._office._store, unit, own=False).rows.items()
            if rows and name != "division"
        }

    def _open(self) -> None:
        self._office = Office(
            self._folder / "city", open_store(self._folder / "city" / STORE_NAME, self._key)
        )
        self._handoff = CityHandoff(
            self._office._store,
            self._office.folder,
            self._office.divisions,
            self._office.settings,
            cast(BackupService, NoBackup()),
            lambda: self._trust,
        )

    def _back_up(self) -> None:
        self._office.release()
        shutil.rmtree(self._folder / "backup", ignore_errors=True)
        shutil.copytree(self._folder / "city", self._folder / "backup")
        self._open()

    def _restore(self) -> None:
        self._office.release()
        shutil.rmtree(self._folder / "city")
        shutil.copytree(self._folder / "backup", self._folder / "city")
        self._open()

    def _say(self, what: str) -> None:
        self._tally.wrong.append(f"种子 {self._seed}：{what}")


def try_schedules(seeds: range, folder: Path) -> Tally:
    """Run schedules one after the other, each in its own folder below ``folder``."""
    tally = Tally()
    key = make_office(folder / "template")
    for seed in seeds:
        with tempfile.TemporaryDirectory(dir=folder) as name:
            Schedule(seed, Path(name), folder / "template", key, tally).run()
    return tally


def report(tally: Tally) -> None:
    """What was found, in a few lines."""
    found = "  ".join(f"{code} {count}" for code, count in tally.codes.most_common())
    print(f"{tally.schedules} 个随机过程，交付 {tally.codes.total()} 次：{found}")
    print(f"结束时与乡镇一致 {tally.equal} 个，有提示地停下 {tally.stopped} 个；不对 {len(tally.wrong)} 处")
    for line in tally.wrong[:20]:
        print(f"  {line}")


def main() -> int:
    """Run some schedules; ends with 1 where the city went wrong without a word."""
    parser = argparse.ArgumentParser(prog="python -m faults.schedules")
    parser.add_argument("--first", type=int, default=0, help="seed of the first")
    parser.add_argument("--number", type=int, default=1000)
    asked = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        tally = try_schedules(range(asked.first, asked.first + asked.number), Path(folder))
    report(tally)
    print(f"{time.monotonic() - started:.0f} 秒")
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
