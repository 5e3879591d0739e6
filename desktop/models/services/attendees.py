"""Who was at an activity (参加人): picked from the roster, or known by name as a workbook has it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from desktop.models.database.activities import namesakes
from desktop.models.database.records import Records
from desktop.models.database.store import Store
from desktop.models.domain.cleaning import clean, without_notes
from desktop.models.domain.ids import new_id
from desktop.models.domain.names import clean_name
from desktop.models.registers.activity import PARTICIPANT, SECRETARY, Attendance
from desktop.models.registers.division import DivisionKind
from desktop.models.registers.person import Person
from desktop.models.registers.roster import RosterQuery
from desktop.models.services.divisions import DivisionsService
from desktop.models.services.mentoring import ManagedSecretaryService
from desktop.models.services.roster import RosterService

_BETWEEN = re.compile(r"[、，,;；/／|\n]+")
_AND_OTHERS = re.compile(r"等(?:\d+[人名])?$")
_SHORTEST = 2  # characters of a whole name: fewer is one padded with a space


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """Somebody at an activity, as on its day; ``secretary``: the activity counts for this person."""

    name: str
    person_id: str | None = None
    division_code: str | None = None
    post: str | None = None
    secretary: bool = False
    present: bool = True

    @property
    def role(self) -> str:
        """As it is stored."""
        return SECRETARY if self.secretary else PARTICIPANT

    @classmethod
    def of(cls, stored: Attendance) -> Attendee:
        """Somebody as kept with an activity."""
        return cls(
            name=stored.name,
            person_id=stored.person_id,
            division_code=stored.division_code,
            post=stored.post,
            secretary=stored.role == SECRETARY,
            present=stored.present == "1",
        )


class Attendees:
    """Finds the people of activities on the roster."""

    def __init__(
        self,
        store: Store,
        divisions: DivisionsService,
        roster: RosterService,
        managed: ManagedSecretaryService,
    ) -> None:
        self._store = store
        self._records = Records(store)
        self._divisions = divisions
        self._roster = roster
        self._managed = managed

    def matching(self, text: str, on: date, unit: str | None = None, most: int = 20) -> tuple[Attendee, ...]:
        """People serving on a day whom a name, pinyin, initials, a post or a village finds; the first ``most``."""
        keys = self._roster.keys(RosterQuery(on=on, unit=unit, search=text))[:most]
        return tuple(self._serving(keys, on))

    def known(self, person_id: str, division_code: str, on: date) -> Attendee:
        """Somebody of a village on a day; one who serves there no longer has no post."""
        serving = self._serving([(person_id, division_code)], on)
        if serving:
            return serving[0]
        managed = self._managed.on(on, [division_code])
        return Attendee(
            name=self._records.get(Person, person_id).name,
            person_id=person_id,
            division_code=division_code,
            secretary=any(each.person_id == person_id for each in managed),
        )

    def named(self, name: str, place: str | None, on: date, *, secretary: bool = False) -> Attendee:
        """Who is meant by a name at an activity of ``place``; nobody known where several could be, or none.

        ``secretary``: somebody under management is meant rather than others of the name.
        """
        everybody = namesakes(self._store, name, on)
        managed = [each for each in everybody if each[2]] if secretary else []
        found = [(person_id, code) for person_id, code, _ in managed or everybody]
        township = self._township(place)
        near = (
            [key for key in found if key[1] == place],
            [key for key in found if self._township(key[1]) == township],
            found,
        )
        some = next((keys for keys in near if keys), [])
        if len({person_id for person_id, _ in some}) != 1:
            return Attendee(name=name)
        return self.known(*some[0], on)

    def meant(
        self, secretaries: Sequence[str], others: Sequence[str], place: str | None, on: date
    ) -> tuple[list[Attendee], list[Attendee]]:
        """The secretaries and the others whom names mean; where none is named, who is under management is a secretary."""
        named = [replace(self.named(name, place, on, secretary=True), secretary=True) for name in secretaries]
        rest = [self.named(name, place, on) for name in others if name not in secretaries]
        found = named or [each for each in rest if each.secretary]
        return found, [replace(each, secretary=False) for each in rest if each not in found]

    def _township(self, code: str | None) -> str | None:
        division = self._divisions.all().get(code or "")
        if division is None or division.kind == DivisionKind.TOWNSHIP:
            return code
        return division.parent

    def _serving(self, keys: Sequence[tuple[str, str]], on: date) -> list[Attendee]:
        managed = self._managed.on(on, {code for _, code in keys})
        whose = {(each.person_id, each.division_code) for each in managed}
        return [
            Attendee(
                name=row.person.name,
                person_id=row.person.id,
                division_code=row.division.code,
                post=self._roster.text(row, "posts", whole=True) or None,
                secretary=row.key in whose,
            )
            for row in self._roster.rows(keys, on)
        ]


def read_names(text: str) -> tuple[str, ...]:
    """The names of a cell, each once: ``张三、李四（桥南）等12人`` → 张三, 李四."""
    bare = without_notes(text)
    parts = _BETWEEN.split(bare)
    if len(parts) == 1:
        words = clean(bare).split(" ")
        parts = words if all(len(word) >= _SHORTEST for word in words) else parts
    names = (clean_name(_AND_OTHERS.sub("", part.strip())) for part in parts)
    return tuple(dict.fromkeys(filter(None, names)))


def attendances_of(activity_id: str, people: Iterable[Attendee]) -> list[Attendance]:
    """Records of people at an activity."""
    return [
        Attendance(
            id=new_id(),
            activity_id=activity_id,
            role=each.role,
            person_id=each.person_id,
            division_code=each.division_code,
            name=each.name,
            post=each.post,
            present="1" if each.present else "0",
        )
        for each in people
    ]
