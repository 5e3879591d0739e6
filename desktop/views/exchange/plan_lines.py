"""What the tables of an import's review show: a plan turned into lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from desktop.models.domain.fields import Field
from desktop.models.registers.roster import ROSTER, RosterRow, value_of
from desktop.models.workbooks.plan import CellChange, ImportPlan, Outcome, PlannedRow
from desktop.models.workbooks.register_reader import RegisterRow
from desktop.models.workbooks.roster_reader import ImportedRow, Problem
from desktop.views.exchange.lines_model import Line, Lines, Shown
from desktop.views.theme import Tone

DOUBTFUL = 3  # its place among the tabs

_PLACES = ("township", "village")
CHANGES = ("位置", "村（社区）", "姓名", "项目", "名册里现在是", "导入后改为")
_DOUBTS = ("位置", "村（社区）", "姓名", "项目", "表格里写的", "怎么处理", "问题和办法")
_OF_MISSING = ("village", "name", "sex", "birth", "posts", "post_since")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One tab of the review: ``count`` people or problems, a sentence over the table, words where it is empty."""

    title: str
    count: int
    headings: tuple[str, ...]
    lines: Lines
    sentence: str
    empty: str


class Places:
    """Says where a line stands, as shortly as the files read allow."""

    def __init__(self, sheets: Iterable[tuple[str, str]]) -> None:
        known = set(sheets)
        self._one_sheet = len(known) == 1
        self._one_file = len({file for file, _ in known}) == 1

    def cell(self, line: ImportedRow | Problem | RegisterRow) -> Shown:
        """第 5 行, 柳树村 第 5 行 or 花名册.xlsx 柳树村 第 5 行; the whole of it in the words."""
        row = f"第 {line.row} 行"
        in_sheet = f"{line.sheet} {row}".strip()
        whole = f"{line.file} {in_sheet}"
        return Shown(text=row if self._one_sheet else in_sheet if self._one_file else whole, words=whole)


def tabs(plan: ImportPlan, unread: Sequence[Problem]) -> tuple[Tab, ...]:
    """The tabs in the order shown; ``unread`` are problems of no row: files and sheets that were not read."""
    lines: tuple[ImportedRow | Problem, ...] = (*(row.imported for row in plan.rows), *unread)
    places = Places((line.file, line.sheet) for line in lines)
    return (
        _added(plan, places),
        _changed(plan, places),
        _same(plan, places),
        _doubtful(plan, unread, places),
        _missing(plan.missing),
    )


def _added(plan: ImportPlan, places: Places) -> Tab:
    rows = _with(plan, Outcome.NEW)
    headings, lines = _whole_rows(rows, places)
    strange = f"表格里有 {plan.foreign} 行的村（社区）不属于本单位，请先核对是不是拿错了表。"
    return Tab(
        title="新增",
        count=len(rows),
        headings=headings,
        lines=lines,
        sentence="名册里还没有的人。双击可以改。" + (strange if plan.foreign else ""),
        empty="没有要新增的人。",
    )


def _changed(plan: ImportPlan, places: Places) -> Tab:
    rows = _with(plan, Outcome.CHANGED)
    changes = [(row, change) for row in rows for change in row.changes]

    def line(item: tuple[PlannedRow, CellChange]) -> Line:
        row, change = item
        written = row.imported.written(change.field)
        cells = (
            places.cell(row.imported),
            Shown(text=row.village),
            replace(_who(row), field=None),
            Shown(text=change.label),
            Shown(text=change.old, tone=Tone.OLD),
            Shown(text=change.new, tone=Tone.NEW, field=change.field, edit=written),
        )
        return Line(row=row.imported, cells=cells)

    return Tab(
        title="修改",
        count=len(rows),
        headings=CHANGES,
        lines=Lines(changes, line),
        sentence=f"{len(rows)} 人，共 {len(changes)} 处改动。表格里空着的，不动名册里原有的。",
        empty="没有要修改的人。",
    )


def _same(plan: ImportPlan, places: Places) -> Tab:
    rows = _with(plan, Outcome.SAME)
    headings, lines = _whole_rows(rows, places)
    return Tab(
        title="未变",
        count=len(rows),
        headings=headings,
        lines=lines,
        sentence="和名册里一样，导入不会动他们。",
        empty="没有和名册完全一样的人。",
    )


def _doubtful(plan: ImportPlan, unread: Sequence[Problem], places: Places) -> Tab:
    doubts: list[tuple[PlannedRow | None, Problem]] = [(None, problem) for problem in unread]
    doubts += [(row, problem) for row in plan.doubtful for problem in row.imported.problems]

    def line(doubt: tuple[PlannedRow | None, Problem]) -> Line:
        row, problem = doubt
        return Line(row=row.imported if row else None, cells=_problem_cells(row, problem, places))

    return doubts_tab(Lines(doubts, line), len(_with(plan, Outcome.REFUSED)), "没有姓名或不知道是哪个村")


def doubts_tab(lines: Lines, refused: int, why: str) -> Tab:
    """The tab of what is doubtful; ``why``: what is wrong with rows that are refused."""
    sentence = "双击红色的格子改正；不改也能导入，只是这一格先空着。"
    if refused:
        sentence += f"其中 {refused} 行{why}，整行不导入。"
    return Tab(
        title="有误",
        count=len(lines),
        headings=_DOUBTS,
        lines=lines,
        sentence=sentence,
        empty="没有发现问题。",
    )


def _problem_cells(row: PlannedRow | None, problem: Problem, places: Places) -> tuple[Shown, ...]:
    written = Shown(
        text=problem.value or "（空）",
        edit=problem.value,
        tone=Tone.WARN if problem.kept else Tone.ERROR,
        field=problem.field,
    )
    return (
        places.cell(problem),
        Shown(text=row.village if row else ""),
        Shown(text=_name(row) if row else ""),
        Shown(text=ROSTER.field(problem.field).label if row else ""),
        written if row else Shown(text=""),
        Shown(text=_treatment(row, problem)),
        Shown(text=problem.message, words=problem.message),
    )


def _treatment(row: PlannedRow | None, problem: Problem) -> str:
    if row is None:
        return "没有读"
    if row.outcome is Outcome.REFUSED:
        return "整行不导入"
    return "照样导入" if problem.kept else "这一格不导入"


def _missing(people: Sequence[RosterRow]) -> Tab:
    fields = [ROSTER.field(name) for name in _OF_MISSING]

    def line(person: RosterRow) -> Line:
        texts = (field.kind.show(value_of(person, field.name)) for field in fields)
        return Line(cells=tuple(Shown(text=text) for text in texts))

    return Tab(
        title="名册有、表里没有",
        count=len(people),
        headings=tuple(field.label for field in fields),
        lines=Lines(people, line),
        sentence="只是列出来，导入不会动他们。确已离任的，请到名册里办“离任”。",
        empty="名册里的人，表里都有。",
    )


def _whole_rows(rows: Sequence[PlannedRow], places: Places) -> tuple[tuple[str, ...], Lines]:
    """Every field that some row of the file has a word for."""
    fields = [field for field in ROSTER.fields if field.name not in _PLACES and _is_written(field, rows)]
    headings = ("位置", "村（社区）", *(field.label for field in fields))

    def line(row: PlannedRow) -> Line:
        values = (_who(row) if field.name == "name" else _cell(row.imported, field) for field in fields)
        return Line(row=row.imported, cells=(places.cell(row.imported), Shown(text=row.village), *values))

    return headings, Lines(rows, line)


def _is_written(field: Field, rows: Sequence[PlannedRow]) -> bool:
    return any(field.name in row.imported.values or _problem_of(row.imported, field) for row in rows)


def _cell(row: ImportedRow, field: Field) -> Shown:
    problem = _problem_of(row, field)
    written = row.written(field.name)
    if problem and not problem.kept:
        return Shown(text=written, tone=Tone.ERROR, words=problem.message, field=field.name)
    value = row.values.get(field.name)
    # posts are read one by one and joined again when printed: the file's own words are what is checked here
    text = written if field.name == "posts" else field.kind.mask(value)
    tone, words = (Tone.WARN, problem.message) if problem else (Tone.PLAIN, "")
    return Shown(text=text, edit=written, tone=tone, words=words, field=field.name)


def _problem_of(row: ImportedRow, field: Field) -> Problem | None:
    return next((problem for problem in row.problems if problem.field == field.name), None)


def _with(plan: ImportPlan, outcome: Outcome) -> list[PlannedRow]:
    return [row for row in plan.rows if row.outcome is outcome]


def _who(row: PlannedRow) -> Shown:
    """The name, marked where the match with the roster is worth a look."""
    cell = _cell(row.imported, ROSTER.field("name"))
    return replace(cell, tone=Tone.WARN, words=" ".join(row.remarks)) if row.remarks else cell


def _name(row: PlannedRow) -> str:
    return str(row.imported.values.get("name") or row.imported.written("name"))
