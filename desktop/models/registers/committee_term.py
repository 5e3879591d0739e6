"""Terms of a village's committees (届次): which one it is, since when, until when it is due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from desktop.models.domain.fields import MONTH, Field, Register
from desktop.models.domain.spans import months_later
from desktop.models.registers.kinds import ANY_MONTH, own_list

YEARS = 5  # of a term, since 2018 (《村民委员会组织法》第十一条,《中国共产党农村基层组织工作条例》第五条)
SOON = 6  # months before the end of a term in which lists say so, as the health check reminds first
BODY = own_list("班子", {"1": "党组织", "2": "村（居）委会", "3": "村务监督委员会"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitteeTerm:
    """One term of one committee of one village; five years since 2018 (《村民委员会组织法》第十一条)."""

    id: str
    division_code: str
    committee: str  # BODY, as posts.Committee
    number: str | None = None  # 第十二届
    start: str | None = None  # month
    due: str | None = None  # 届满, month


def which_term(values: Mapping[str, object]) -> str:
    """The committee and its term in words (党组织第十二届); empty of what is no term."""
    body = BODY.show(values["committee"]) if values.get("committee") else ""
    return f"{body}{values.get('number') or ''}" if body else ""


def propose_due(values: Mapping[str, object]) -> dict[str, object]:
    """When a term that began is due, to be proposed."""
    start = values.get("start")
    return {"due": months_later(start, 12 * YEARS)} if isinstance(start, str) else {}


def ending_soon(terms: Iterable[CommitteeTerm], on: date) -> frozenset[tuple[str, str]]:
    """Division and committee of which the last term begun is over on a day, or will be within SOON months.

    A term without an end lasts five years, a bare year until December.
    """
    begun = sorted(
        (term for term in terms if (term.start or "") <= on.isoformat()), key=lambda term: term.start or ""
    )
    last = {(term.division_code, term.committee): term for term in begun}
    latest = months_later(f"{on:%Y-%m}", SOON)
    dues = {
        place: term.due or (term.start and months_later(term.start, 12 * YEARS))
        for place, term in last.items()
    }
    return frozenset(place for place, due in dues.items() if due and f"{due}-12"[:7] <= latest)


COMMITTEE_TERM = Register(
    name="committee_term",
    title="班子届次",
    record=CommitteeTerm,
    fields=(
        Field(name="committee", label="班子", kind=BODY, width_mm=30),
        Field(name="number", label="届次", width_mm=16),
        Field(name="start", label="本届起始", kind=MONTH, width_mm=17),
        Field(name="due", label="届满时间", kind=ANY_MONTH, width_mm=17),
    ),
)
