"""What the roster's lists answer at once, right after an edit and for the first time, beside the same on a Python list."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from benchmarks.structure import TODAY
from benchmarks.turns import Pair, in_turn

if TYPE_CHECKING:
    from desktop.models.registers.roster import RosterQuery
    from desktop.office import Office

VILLAGE, POST = "毕家", "书记"
_edits = count()
_AFTER = "after an edit: "
# Work → at most so many times its yardstick; infinity where a figure is only shown.
WORKS: Mapping[str, float] = {
    "chip": 2.0,
    "chip counts": 2.0,
    "header facet": 2.0,
    "header filter": 2.0,
    "search for a village": 3.0,
    "search for a post": 3.0,
    f"{_AFTER}everybody": math.inf,
    f"{_AFTER}chip counts": math.inf,
    f"{_AFTER}header facet": math.inf,
    f"{_AFTER}sorted by strokes": math.inf,
    f"{_AFTER}sorted by strokes, a name was edited": math.inf,
    "first after opening: everybody": math.inf,
    "first after opening: chip counts": math.inf,
    "first after opening: header facet": math.inf,
}


@dataclass(frozen=True, slots=True)
class _Line:
    """A line as a plain list holds it."""

    key: tuple[str, str]
    sex: str | None
    education: str | None
    strokes: str
    chips: tuple[bool, ...]
    words: str  # what a search looks through


def measured(office: Office) -> dict[str, Pair]:
    """Seconds of each work of WORKS, and of the same on a list of lines."""
    from desktop.models.registers.roster import RosterQuery

    everybody = RosterQuery(on=TODAY)
    lines = _lines(office)
    turns = _asked(office, everybody, lines)
    first = {
        f"first after opening: {words}": in_turn(*turns[words], before=lambda: _forget(office))
        for words in ("everybody", "chip counts", "header facet")
    }
    found = {words: in_turn(*turn) for words, turn in turns.items() if words in WORKS}
    after = {
        f"{_AFTER}{words}": in_turn(*turns[words], before=lambda: edit(office, "remarks", "改"))
        for words in ("everybody", "chip counts", "header facet", "sorted by strokes")
    }
    renamed = in_turn(*turns["sorted by strokes"], before=lambda: edit(office, "name", "王"))
    return first | found | after | {f"{_AFTER}sorted by strokes, a name was edited": renamed}


def _asked(
    office: Office, everybody: RosterQuery, lines: Sequence[_Line]
) -> dict[str, tuple[Callable[[], object], Callable[[], object]]]:
    """What is asked of the office, and of the list."""
    roster = office.roster
    education = roster.facet("education", everybody)[0][0]
    stored = Counter(line.education for line in lines).most_common(1)[0][0]

    def keys(**asked: Any) -> Callable[[], object]:
        query = replace(everybody, **asked)
        return lambda: roster.keys(query)

    def those(wanted: Callable[[_Line], bool]) -> Callable[[], object]:
        return lambda: [line.key for line in lines if wanted(line)]

    return {
        "everybody": (keys(), lambda: [line.key for line in lines]),
        "sorted by strokes": (
            keys(sort=("name:surname", False)),
            lambda: [line.key for line in sorted(lines, key=lambda line: line.strokes)],
        ),
        "chip": (keys(chip="women"), those(lambda line: line.sex == "2")),
        "chip counts": (
            lambda: roster.chips(everybody),
            lambda: [sum(map(itemgetter(chip), (line.chips for line in lines))) for chip in range(5)],
        ),
        "header facet": (
            lambda: roster.facet("education", everybody),
            lambda: Counter(line.education for line in lines),
        ),
        "header filter": (
            keys(filters=(("education", frozenset({education})),)),
            those(lambda line: line.education == stored),
        ),
        "search for a village": (keys(search=VILLAGE), those(lambda line: VILLAGE in line.words)),
        "search for a post": (keys(search=POST), those(lambda line: POST in line.words)),
    }


def _lines(office: Office) -> list[_Line]:
    from desktop.models.database.roster import ORDERED_BY, line_values
    from desktop.models.domain.posts import Post
    from desktop.models.registers.roster import CHIPS

    chips = [chip for chip in CHIPS if chip != "all"]
    villages = {code: division.short_name for code, division in office.divisions.all().items()}
    names = ["name", "sex", "education", ORDERED_BY["name:surname"], "posts", "titles", *chips]
    return [
        _Line(
            key=(person, code),
            sex=sex,
            education=education,
            strokes=strokes,
            chips=tuple(map(bool, each)),
            words=" ".join((name, villages[code], titles or "", *(Post(p).label for p in posts.split(",")))),
        )
        for person, code, name, sex, education, strokes, posts, titles, *each in line_values(
            office._store, TODAY, names
        )
    ]


def edit(office: Office, field: str, text: str) -> None:
    """Write a cell of the office's first line."""
    from desktop.models.registers.roster import RosterQuery

    key = office.roster.keys(RosterQuery(on=TODAY, unit=office.unit.code))[0]
    office.roster.set_cell(key, field, text + "一二三四五六七八九"[next(_edits) % 9], TODAY)


def _forget(office: Office) -> None:
    office.roster._index._kept.clear()
