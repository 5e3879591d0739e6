"""Valid values of the domain, so that a test states only what matters; all people are invented."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from desktop.models.domain.division_names import DivisionNames
from desktop.models.domain.identity import check_character
from desktop.models.domain.ids import new_id
from desktop.models.domain.posts import Post
from desktop.models.domain.reading import Scalar
from desktop.models.registers.division import Division
from desktop.models.registers.person import Person
from desktop.models.registers.roster import ROSTER
from desktop.models.registers.term import TermOfOffice
from desktop.models.services.divisions import preloaded
from desktop.models.workbooks.roster_reader import ImportedRow, ImportReading, RosterReader, posts_of
from desktop.models.workbooks.sheets import Range, Sheet, assemble

TODAY = date(2026, 11, 24)
SAMPLES = Path(__file__).parent / "data" / "samples"
REPORTED_FIELDS = (
    *("name", "sex", "birth", "ethnic_group", "political_status", "party_joined", "education", "post_since"),
    *("id_number", "phone"),
)


@cache
def divisions() -> dict[str, Division]:
    """The preloaded divisions of 石首市 by code."""
    return {division.code: division for division in preloaded()}


@cache
def division_names() -> DivisionNames:
    """The index over the preloaded divisions."""
    return DivisionNames(division.named for division in divisions().values())


def code_of(name: str, township: str | None = None) -> str:
    """The code of a division by its official name."""
    (code,) = (
        d.code
        for d in divisions().values()
        if d.name == name and (township is None or divisions()[d.parent or d.code].name == township)
    )
    return code


def identity(birth: str = "1985-07", *, sex: str = "男", number: int = 0) -> str:
    """A valid identity number of the unassigned area 421099; ``number`` tells apart people born in one month."""
    sequence = 2 * (number % 500) + (1 if sex == "男" else 0)
    first_17 = f"421099{birth.replace('-', '')}{1 + number // 500:02d}{sequence:03d}"
    return first_17 + check_character(first_17)


def person(**changes: object) -> Person:
    """A person called 张三 of whom nothing else is known."""
    given: dict[str, object] = {"id": new_id(), "name": "张三"} | changes
    return Person(**given)  # type: ignore[arg-type]  # the caller names fields


def term(person_id: str, division_code: str, post: str, **changes: object) -> TermOfOffice:
    """A term of office being served."""
    given: dict[str, object] = {
        "id": new_id(),
        "person_id": person_id,
        "division_code": division_code,
        "post": post,
    }
    return TermOfOffice(**given | changes)  # type: ignore[arg-type]  # the caller names fields


def sheet(
    *rows: Sequence[Scalar],
    name: str = "Sheet1",
    merged: Sequence[Range] = (),
    shown: Mapping[tuple[int, int], str] | None = None,
) -> Sheet:
    """A sheet as the raw layer gives it; ``""`` is an empty cell."""
    return assemble(name, rows, merged, shown)


def read(*sheets: Sheet, file: str = "花名册.xlsx") -> ImportReading:
    """Read sheets on TODAY."""
    return RosterReader(division_names(), TODAY).read(file, sheets)


def read_table(*rows: Sequence[Scalar], **about: object) -> ImportReading:
    """Read one sheet of these rows."""
    return read(sheet(*rows, **about))  # type: ignore[arg-type]  # the arguments of sheet()


def read_row(**cells: Scalar) -> ImportedRow:
    """Read one row of a person of 石华堰村, given by headings; 姓名 and 村 are there unless given otherwise."""
    given: dict[str, Scalar] = {"乡镇": "桃花山镇", "村": "石华堰村", "姓名": "张三", **cells}
    (row,) = read_table(list(given), list(given.values())).rows
    return row


def reported(row: ImportedRow) -> dict[str, object]:
    """A row as ``import --json`` reports it."""
    values = row.values
    names = {code: division.name for code, division in divisions().items()}
    told: dict[str, object] = {
        name: ROSTER.field(name).kind.report(values.get(name)) for name in REPORTED_FIELDS
    }
    return told | {
        "township": names.get(str(values.get("township_code"))),
        "village": names.get(str(values.get("division_code"))),
        "division_code": values.get("division_code"),
        "posts": [held.post.label for held in posts_of(row) if held.post < Post.SUPPORTING] or None,
    }


def doubts(reading: ImportReading | ImportedRow) -> set[tuple[int, str]]:
    """Row and field of each problem."""
    return {(problem.row, problem.field) for problem in reading.problems}
