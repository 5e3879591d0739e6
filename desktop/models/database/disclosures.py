"""Who asked for identity numbers unmasked, of how many people, and why: written once, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop.models.database.store import Store
from desktop.models.database.times import local_time, utc_now


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """One time that numbers left the program in full."""

    at: datetime  # local
    operator: str
    what: str
    reason: str
    people: int


def record_disclosure(store: Store, *, what: str, reason: str, people: int) -> None:
    """Note that ``people`` numbers are about to be shown in full in ``what``."""
    store.db.execute(
        "INSERT INTO disclosure (at, operator, what, reason, people) VALUES (?, ?, ?, ?, ?)",
        [utc_now(), store.operator, what, reason, people],
    )


def disclosures(store: Store) -> list[Disclosure]:
    """All of them, the newest first."""
    rows = store.db.execute("SELECT at, operator, what, reason, people FROM disclosure ORDER BY id DESC")
    return [
        Disclosure(at=local_time(at), operator=operator, what=what, reason=reason, people=people)
        for at, operator, what, reason, people in rows
    ]
