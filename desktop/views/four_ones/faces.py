"""How the matrix of “四个一” looks: dates, what is missing and until when, secretaries with their list."""

from __future__ import annotations

from collections.abc import Callable

from desktop.models.registers.mentoring import LIST_KIND, POSITIVE
from desktop.models.rules.four_ones import NOT_HELD, Cell, CellState, Counted, Matrix, MatrixRow
from desktop.views.tables.matrix_model import Face, Heading, MatrixTable, Name

_ICONS = {
    CellState.DONE: "check",
    CellState.PLANNED: "calendar",
    CellState.URGENT: "alert",
    CellState.OVERDUE: "alert",
}
_INKS = {
    CellState.DONE: "ok",
    CellState.OPEN: "secondary",
    CellState.PLANNED: "text",
    CellState.URGENT: "error",
    CellState.OVERDUE: "error",
    CellState.RELEASED: "secondary",
}
UNSAVED = "没保存"


def table_of(matrix: Matrix, has_draft: Callable[[int, int], bool]) -> MatrixTable:
    """A matrix as the widget shows it; ``has_draft``: whether something was typed for a cell and not saved."""

    def face(row: int, column: int) -> Face:
        cell, name = matrix.rows[row].cells[column], matrix.kinds[column].name
        return _face(cell, name, unsaved=has_draft(row, column))

    total = matrix.total
    townships = len({row.subject.township for row in matrix.rows}) > 1
    return MatrixTable(
        corner="书记",
        bar="完成情况",
        names=[_name(row, townships=townships) for row in matrix.rows],
        headings=[
            Heading(
                label=kind.name,
                says=kind.says or "",
                total=f"{done}/{wanted}",
                ink="ok" if done == wanted else "secondary",
            )
            for kind, done, wanted in zip(matrix.kinds, total.done, total.wanted, strict=True)
        ],
        face=face,
    )


def _face(cell: Cell, kind: str, *, unsaved: bool) -> Face:
    below, ink = _below(cell), "error" if cell.is_red else "secondary"
    if unsaved:
        below, ink = "，".join(filter(None, (below, UNSAVED))), "error" if cell.is_red else "warn"
    return Face(
        text=_text(cell),
        spoken=f"{kind} {cell.words}" + (f"，{UNSAVED}" if unsaved else ""),
        icon=_ICONS.get(cell.state, ""),
        ink=_INKS[cell.state],
        copied=cell.words,
        surface="error_surface" if cell.is_red else "",
        below=below,
        below_ink=ink,
    )


def _text(cell: Cell) -> str:
    """The latest date, the next plan, or that there is nothing."""
    if cell.held:
        return _short(cell.held[-1])
    if cell.state is CellState.RELEASED:
        return cell.words
    return f"计划 {_short(cell.planned[0])}" if cell.planned else NOT_HELD


def _below(cell: Cell) -> str:
    """How many more; how urgent it is, which the service says last."""
    missing = cell.wanted - len(cell.held)
    parts = [f"共 {len(cell.held)} 次" if len(cell.held) > 1 else ""]
    if cell.held and missing > 0:
        parts.append(f"还差 {missing} 次")
    if cell.is_red:
        parts.append(cell.words.rpartition("，")[2])
    return "，".join(filter(None, parts))


def _short(counted: Counted) -> str:
    return counted.day[5:10].replace("-", ".")


def _name(row: MatrixRow, *, townships: bool) -> Name:
    """A secretary; ``townships``: rows of several stand together."""
    subject = row.subject
    place = f"{subject.township}{subject.division.short_name}"
    listed = LIST_KIND.show(subject.managed.kind)
    mentors = "、".join(pair.mentor for pair in subject.mentors) or "没有导师"
    left = "已离任，请核对" if subject.has_left else ""
    return Name(
        text=subject.person.name,
        below=" · ".join(filter(None, (left, place if townships else subject.division.short_name))),
        chip=listed,
        ink="ok" if subject.managed.kind == POSITIVE else "error",
        spoken="，".join(
            filter(
                None,
                (
                    subject.person.name,
                    place,
                    f"{listed}清单",
                    f"导师：{mentors}",
                    left,
                ),
            )
        ),
        done=sum(cell.done for cell in row.cells),
        of=sum(cell.wanted for cell in row.cells),
    )
