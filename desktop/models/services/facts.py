"""Gathering an office's villages as rules see them (事实): read in bulk, handed on as values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from desktop.models.database import facts as queries
from desktop.models.database.records import Records
from desktop.models.database.store import Store
from desktop.models.registers.division import Division, DivisionKind
from desktop.models.registers.person_file import Recognition, Relative
from desktop.models.registers.village_year import VillageYear
from desktop.models.rules.facts import (
    TWO_COMMITTEES,
    Member,
    Profile,
    Reserve,
    RunningTerm,
    Sanction,
    VillageFacts,
)
from desktop.models.services.divisions import DivisionsService
from desktop.models.services.settings import SettingsService

_BODIES = frozenset((DivisionKind.VILLAGE, DivisionKind.COMMUNITY))
_SANCTION = "2"  # RECOGNITION: 处分


class FactsReader:
    """Reads the villages of one office."""

    def __init__(self, store: Store, divisions: DivisionsService, settings: SettingsService) -> None:
        self._store = store
        self._records = Records(store)
        self._divisions = divisions
        self._settings = settings

    def villages(self, on: date, unit: str | None = None) -> list[VillageFacts]:
        """The villages of a unit that have bodies, in the local order: who serves, who is in reserve, which terms run.

        ``unit`` None: the office's own, and others in which somebody serves.
        """
        own = self._divisions.under(unit or self._settings.unit)
        asked = own if unit else list(self._divisions.all().values())
        codes = [division.code for division in asked]
        terms = queries.begun_terms(self._store, codes, on)
        pool = queries.reserves(self._store, codes, on)
        ids = {person for _, person, _, _, held in terms if held} | {person for _, person, _ in pool}
        people = {row[0]: Profile._make(row) for row in queries.profiles(self._store, ids)}
        members = _members(terms, people)
        reserves: dict[str, list[Reserve]] = defaultdict(list)
        for code, person, aim in pool:
            reserves[code].append(Reserve(people[person], aim))
        running: defaultdict[str, dict[str, RunningTerm]] = defaultdict(dict)
        for code, committee, *known in queries.committee_terms(self._store, codes, on):
            running[code][committee] = RunningTerm._make(known)
        scope = {division.code for division in own}
        townships = _Names(self._divisions.all())
        return [
            VillageFacts(
                division=division,
                township=townships[division.parent],
                members=tuple(members[division.code]),
                reserves=tuple(reserves[division.code]),
                terms=running[division.code],
            )
            for division in asked
            if _has_bodies(division, scope) or _serve(members[division.code])
        ]

    def with_files(self, villages: Sequence[VillageFacts], on: date) -> Iterator[VillageFacts]:
        """The villages with what is on file of them and of their people: party members, sanctions, relatives, filing."""
        codes = [village.division.code for village in villages]
        party = _party_members(self._records.select(VillageYear, division_code=codes), on)
        ids = {person.id for village in villages for person in _people(village)}
        sanctions = _by_person(self._records.select(Recognition, person_id=ids, kind=_SANCTION))
        relatives = _by_person(self._records.select(Relative, person_id=ids))
        unfiled: defaultdict[str, set[str]] = defaultdict(set)
        for code, person_id in queries.unfiled_secretaries(self._store, codes, on):
            unfiled[code].add(person_id)
        for village in villages:
            people = _people(village)
            yield replace(
                village,
                members=tuple(sorted(village.members, key=lambda member: min(member.posts))),
                party_members=party.get(village.division.code),
                unfiled=frozenset(unfiled[village.division.code]),
                sanctions=tuple(Sanction(p, record) for p in people for record in sanctions[p.id]),
                relatives={p.id: tuple(relatives[p.id]) for p in people if p.id in relatives},
            )


class _Names(dict[str | None, str]):
    """Code of a division → its short name, made once."""

    def __init__(self, divisions: Mapping[str, Division]) -> None:
        self._divisions = divisions

    def __missing__(self, code: str | None) -> str:
        division = self._divisions.get(code or "")
        name = self[code] = division.short_name if division else ""
        return name


def _has_bodies(division: Division, scope: set[str]) -> bool:
    return bool(division.active) and division.kind in _BODIES and division.code in scope


def _serve(members: Iterable[Member]) -> bool:
    return any(member.sits_in(TWO_COMMITTEES) for member in members)


def _members(
    terms: Iterable[tuple[Any, ...]], people: Mapping[str, Profile]
) -> defaultdict[str, list[Member]]:
    """By village, those who serve there."""
    found: defaultdict[tuple[str, str], list[tuple[Any, ...]]] = defaultdict(list)
    for term in terms:
        found[term[0], term[1]].append(term)
    members: defaultdict[str, list[Member]] = defaultdict(list)
    for (code, person), theirs in found.items():
        posts = frozenset([post for _, _, post, _, held in theirs if held])
        if posts:
            begun = [(post, start) for _, _, post, start, _ in theirs]
            members[code].append(Member(people[person], posts, begun))
    return members


def _party_members(years: Iterable[VillageYear], on: date) -> dict[str, int]:
    """By village, the party members of the last year that is known by ``on``."""
    known = (each for each in years if each.party_members is not None and each.year <= f"{on.year:04d}")
    return {each.division_code: each.party_members or 0 for each in sorted(known, key=lambda each: each.year)}


def _by_person(records: Iterable[Any]) -> defaultdict[str, list[Any]]:
    found: defaultdict[str, list[Any]] = defaultdict(list)
    for record in records:
        found[record.person_id].append(record)
    return found


def _people(village: VillageFacts) -> list[Profile]:
    """Those who serve or are in reserve, each once."""
    everybody = [member.person for member in village.members] + [each.person for each in village.reserves]
    return list({person.id: person for person in everybody}.values())
