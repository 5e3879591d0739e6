"""What rows of a merge are called and where they lie (姓名、村、职务), so that a person can judge them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from desktop.models.domain.posts import PartyForm, print_posts
from desktop.models.handoff.plan import City
from desktop.models.handoff.staging import Row, Staged
from desktop.models.registers.division import Division
from desktop.models.registers.handoff import ANCHORS
from desktop.models.registers.term import TermOfOffice

_NAMES = ("name", "title", "theme", "topic", "problem", "number")  # columns that say what a row is
_PERSON = ("person_id", "owner_id")


class Names:
    """Looks rows up in a package first, then in what the city has of the unit."""

    def __init__(self, staged: Staged, city: City) -> None:
        self._staged = staged
        self._city = city

    def of(self, register: str, key: str) -> tuple[str, str]:
        """What a row is called and where it lies, by its key; one that could not be read is called by its key."""
        row = self._row(register, key)
        return (self.called(register, key, row), self.where(register, row)) if row else (key, "")

    def called(self, register: str, key: str, row: Row) -> str:
        """Whom a row is about, else its own name, else what it hangs on is called, else its key."""
        people = (self._row("person", row.get(column) or "") for column in _PERSON)
        who = next((person["name"] for person in people if person), None)
        own = next((row[column] for column in _NAMES if row.get(column)), None)
        if who or own:
            return str(who or own)
        above = self._above(register, row)
        return self.called(*above) if above else key

    def where(self, register: str, row: Row) -> str:
        """The village, and of people and their posts the posts; empty where a row lies in none."""
        if register == "person":
            return self._posts(TermOfOffice(**term) for term in self._terms.get(row["id"], ()))
        if register == "term":
            return self._posts([TermOfOffice(**row)])
        if "division_code" in row:
            division = self._division(row["division_code"])
            return division.short_name if division else ""
        above = self._above(register, row)
        return self.where(above[0], above[2]) if above else ""

    def _above(self, register: str, row: Row) -> tuple[str, str, Row] | None:
        """What a row hangs on: register, key, row."""
        if register == "attachment":
            parent, key = row["owner"], row["owner_id"]
        elif register in ANCHORS:
            column, parent = ANCHORS[register]
            key = row[column]
        else:
            return None
        found = self._row(parent, key)
        return (parent, key, found) if found else None

    def _row(self, register: str, key: str) -> Row | None:
        reported = self._staged.rows.get(register, {}).get(key)
        return reported.values if reported else self._city.rows.get(register, {}).get(key)

    def _division(self, code: str) -> Division | None:
        row = self._row("division", code)
        return Division(**row) if row else None

    @cached_property
    def _terms(self) -> dict[str, list[Row]]:
        """Person → terms as reported; as the city has them where none is."""
        reported = (row.values for row in self._staged.rows.get("term", {}).values())
        found = _by_person(self._city.rows.get("term", {}).values())
        return found | _by_person(reported)

    def _posts(self, terms: Iterable[TermOfOffice]) -> str:
        """``毕家塘村 党支部书记、村委会主任``; past posts where there are no others, and said to be so."""
        listed = list(terms)
        serving = [term for term in listed if term.end is None]
        held: dict[str, list[TermOfOffice]] = defaultdict(list)
        for term in serving or listed:
            held[term.division_code].append(term)
        return "；".join(
            ("" if serving else "原任 ") + self._in_village(code, each) for code, each in sorted(held.items())
        )

    def _in_village(self, code: str, terms: Iterable[TermOfOffice]) -> str:
        division = self._division(code)
        form = PartyForm(division.party_form) if division else PartyForm.BRANCH
        posts = print_posts(
            (term.held for term in terms), form, community=bool(division and division.is_community)
        )
        return f"{division.short_name if division else ''} {posts}".strip()


def _by_person(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["person_id"]].append(row)
    return found
