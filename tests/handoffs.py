"""Townships and a city that hand over real packages, for tests of merging."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

from desktop.models.database.attachments import AttachmentFiles
from desktop.models.database.layout import ATTACHMENTS_NAME
from desktop.models.database.store import Store
from desktop.models.database.triggers import tracked_tables
from desktop.models.handoff.header import Attached, Header, Kind
from desktop.models.handoff.keys import PublicKeys, UnitKeys
from desktop.models.handoff.package import Attachment, pack
from desktop.models.handoff.staging import Row
from desktop.models.handoff.trust import Root, Unit
from desktop.models.handoff.verifying import Trust
from desktop.models.registers.handoff import OWN
from desktop.models.services.backup import BackupService
from desktop.models.services.handoff_city import CityHandoff
from desktop.models.services.handoff_content import SCHEMA, contents
from desktop.office import Office
from tests.offices import CITY, TOWNSHIP, opened

OTHER_TOWNSHIP = "421081001000"  # 绣林街道
Rows = Mapping[str, Sequence[Row]]


class NoBackup:
    """Stands in for the backups where they are not what is tested."""

    def backup_if_changed(self, _reason: str) -> None:
        """Make none."""


@dataclass
class Sender:
    """A township's hand-off by hand: its keys and its row of packages."""

    unit: str
    city: UnitKeys
    folder: Path
    keys: UnitKeys = field(default_factory=UnitKeys.generate)
    epoch: int = 1
    seq: int = 0
    last: str = ""

    def send(
        self,
        rows: Rows,
        attached: Mapping[str, bytes] | None = None,
        *,
        schema: int = SCHEMA,
        **changes: Any,
    ) -> Path:
        """Write the next package with these rows, whatever they are."""
        self.seq += 1
        attachments = [Attachment(sha256, len(data)) for sha256, data in (attached or {}).items()]
        header = Header(
            kind=Kind.PACKAGE,
            unit=self.unit,
            signer=self.keys.public.signing,
            recipient=CITY,
            recipient_key=self.city.public.sealing,
            epoch=self.epoch,
            seq=self.seq,
            previous=self.last,
            root=1,
            schema=schema,
            as_of="2026-11-24",
            made="2026-11-24T06:00:00Z",
            registers=tuple((register, len(each)) for register, each in rows.items()),
            attachments=Attached(len(attachments), sum(each.bytes for each in attachments)),
        )
        path = self.folder / f"{self.unit}-{self.epoch}-{self.seq}.tybs"
        with path.open("wb") as file:
            self.last = pack(
                file, replace(header, **changes), self.keys, rows, attachments, (attached or {}).__getitem__
            )
        return path

    def send_store(self, store: Store, registers: Iterable[str] = OWN) -> Path:
        """Write the next package with all that belongs to the unit in a store."""
        given = contents(store, self.unit, registers)
        files = AttachmentFiles(store.path.parent / ATTACHMENTS_NAME, store.key)
        return self.send(given.rows, {each.sha256: files.get(each.sha256) for each in given.attachments})


@dataclass
class City:
    """The city's office with townships that it trusts."""

    office: Office
    handoff: CityHandoff
    senders: Mapping[str, Sender]

    @property
    def store(self) -> Store:
        """The city's."""
        return self.office._store

    def merge(self, path: Path, **choices: Any) -> str:
        """Take a package in with all confirmations and return its hash."""
        staged = self.handoff.take(path, confirmed=True)
        self.handoff.merge(self.handoff.plan(staged, **choices), confirmed_removals=True)
        return staged.hash

    def rows(self, unit: str = TOWNSHIP) -> dict[str, dict[str, Row]]:
        """What the city has of a unit: register → key → row."""
        return keyed(contents(self.store, unit, own=False).rows)


def everything(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every register with every column, what is remembered of hand-offs too."""
    run = store.db.conn.execute
    return {
        table.name: run(f"SELECT {table.listed()} FROM {table.name} ORDER BY {table.key}").fetchall()
        for table in tracked_tables(store.db)
    }


def keyed(rows: Rows) -> dict[str, dict[str, Row]]:
    """Rows by register and key, registers without any left out."""
    return {
        register: {row["code" if register == "division" else "id"]: row for row in each}
        for register, each in rows.items()
        if each
    }


@contextmanager
def city_with(folder: Path, *units: str, backups: bool = False) -> Iterator[City]:
    """A city's office and a sender for each township."""
    keys = UnitKeys.generate()
    packages = folder / "packages"
    packages.mkdir()
    senders = {unit: Sender(unit, keys, packages) for unit in units or (TOWNSHIP,)}
    trust = trust_of(keys, {unit: sender.keys.public for unit, sender in senders.items()})
    with opened(folder / "city", level="city") as office:
        yield City(office, city_handoff(office, lambda: trust, backups=backups), senders)


def trust_of(city: UnitKeys, units: Mapping[str, PublicKeys]) -> Trust:
    """What a city that has taken up some townships' keys goes by."""
    listed = (Unit(code, code, public) for code, public in units.items())
    root = Root(1, Unit(CITY, "石首市委组织部", city.public)).with_townships(*listed)
    return Trust(unit=CITY, keys=(city,), root=root, schema=SCHEMA)


def city_handoff(office: Office, trust: Callable[[], Trust], *, backups: bool) -> CityHandoff:
    """The city's side of one office."""
    keeping = office.backups if backups else cast(BackupService, NoBackup())
    return CityHandoff(office._store, office.folder, office.divisions, office.settings, keeping, trust)
