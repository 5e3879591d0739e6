"""What belongs to a unit (报送内容): its rows register by register, whole, and the attachments that they name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from desktop.models.database.history import History
from desktop.models.database.migrations import KNOWN_MIGRATIONS
from desktop.models.database.records import Records
from desktop.models.database.store import Store
from desktop.models.database.triggers import tracked_table
from desktop.models.database.unit_rows import Row, UnitRows, held_extras
from desktop.models.handoff.header import Attached
from desktop.models.handoff.package import Attachment
from desktop.models.registers.catalogue import REGISTERS
from desktop.models.registers.handoff import ANCHORS, OWN
from desktop.models.registers.schemes import Scheme

SCHEMA = len(KNOWN_MIGRATIONS)
TITLES = {register.name: register.title for register in REGISTERS}
_FIRST = ("division", "person")  # without them nothing else means anything
# what an office has of others without being asked: their divisions, and items of schemes that everybody has
_SHARED = frozenset({"division", "scheme_item"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """A unit's rows, parents before children. ``elsewhere``: rows of the store that lie in other units and stay here."""

    rows: Mapping[str, Sequence[Row]]
    attachments: tuple[Attachment, ...]
    elsewhere: Mapping[str, int]

    @property
    def registers(self) -> tuple[tuple[str, int], ...]:
        """Names and numbers of rows, as a header says them."""
        return tuple((register, len(rows)) for register, rows in self.rows.items())

    @property
    def attached(self) -> Attached:
        """Number and bytes of the attachments, as a header says them."""
        return Attached(len(self.attachments), sum(each.bytes for each in self.attachments))


def contents(
    store: Store,
    unit: str,
    registers: Iterable[str] = OWN,
    *,
    own: bool = True,
    as_of: date | None = None,
) -> Contents:
    """The rows of a unit: of its own office, or (``own`` false) of a city that has merged its packages.

    ``registers`` are completed by those that their rows refer to; ``as_of``: what the records said at the end of a day.
    """
    chosen = with_parents(store, registers)
    seq = None if as_of is None else History(store).seq_at(_end_of(as_of))
    unit_rows = UnitRows(store, unit, own=own, seq=seq)
    extras = held_extras(store, unit)
    rows = {
        register: [
            row | extras.get(register, {}).get(row[next(iter(row))], {})
            for row in unit_rows.rows(register)
            if register != "attachment" or row["owner"] in chosen
        ]
        for register in chosen
    }
    for register, kept in extras.items():
        if register not in TITLES:  # of a newer program: given back whole
            rows[register] = list(kept.values())
    rows["division"] = _parents_first(rows["division"])
    named = {row["sha256"]: row["size"] for row in rows.get("attachment", ())}
    return Contents(
        rows=rows,
        attachments=tuple(Attachment(sha256, size) for sha256, size in sorted(named.items())),
        elsewhere={
            register: count
            for register in chosen
            if own and register not in _SHARED and (count := unit_rows.count_elsewhere(register))
        },
    )


def with_parents(store: Store, registers: Iterable[str]) -> tuple[str, ...]:
    """Registers with all that their rows refer to or hang on, in the order of packages."""
    wanted, waiting = set(_FIRST), set(registers)
    while waiting:
        register = waiting.pop()
        wanted.add(register)
        refers_to = {parent for _, parent, _ in tracked_table(store.db, register).parents}
        refers_to |= {ANCHORS[register][1]} if register in ANCHORS else set()
        waiting |= (refers_to & set(OWN)) - wanted
    return tuple(register for register in OWN if register in wanted)


def versions(store: Store) -> dict[str, str]:
    """The versions of what a unit's rows go by and that is not the unit's: schemes (purpose → latest)."""
    latest: dict[str, int] = {}
    for scheme in Records(store).select(Scheme):
        name = f"scheme.{scheme.purpose}"
        latest[name] = max(latest.get(name, 0), scheme.version)
    return {name: str(version) for name, version in sorted(latest.items())}


def _end_of(day: date) -> datetime:
    """The last moment of a local day."""
    return datetime.combine(day + timedelta(days=1), time.min).astimezone() - timedelta(microseconds=1)


def _parents_first(divisions: Collection[Row]) -> list[Row]:
    codes = {row["code"] for row in divisions}
    return sorted(divisions, key=lambda row: (row["parent"] in codes, row["code"]))
