"""How a checklist's matrix looks: words, icons and colors of its cells, names with their classes."""

from __future__ import annotations

from desktop.models.registers.checklist import MET, NOT_APPLICABLE, PARTLY, STATUS, UNMET
from desktop.models.registers.checklist_rows import UNGRADED, ChecklistCell, Matrix, MatrixRow
from desktop.views.tables.matrix_model import Face, Heading, MatrixTable, Name

NOT_FILLED = "未填"
GRADE_INKS = {"A": "ok", "B": "text", "C": "warn", UNGRADED: "secondary"}
NO_GRADE = "未定级"
# status → what a cell says in a word, icon, ink
LOOKS = {
    MET: ("达标", "check", "ok"),
    PARTLY: ("基本", "circle-half", "warn"),
    UNMET: ("缺", "close", "error"),
    NOT_APPLICABLE: ("免", "minus", "secondary"),
    None: (NOT_FILLED, "", "secondary"),
}


def table_of(matrix: Matrix) -> MatrixTable:
    """A matrix as the widget shows it."""

    def face(row: int, column: int) -> Face | None:
        cell = matrix.rows[row].cells[column]
        return face_of(cell, matrix.columns[column].label) if cell else None

    townships = len({row.township for row in matrix.rows}) > 1
    return MatrixTable(
        corner="党组织",
        bar="完成率",
        names=[name_of(row, townships=townships) for row in matrix.rows],
        headings=[
            Heading(label=c.label, says=c.says, total=c.total, ink="error" if c.unmet else "secondary")
            for c in matrix.columns
        ],
        face=face,
    )


def face_of(cell: ChecklistCell, label: str) -> Face:
    """One cell."""
    words, icon, ink = LOOKS[cell.status]
    own = cell.item.branch_id is not None
    return Face(
        text=words,
        icon=icon,
        ink=ink,
        copied=STATUS.show(cell.status),
        spoken=spoken(cell, cell.item.name if own else label),
        below=f"逾期 {cell.overdue} 天" if cell.overdue else cell.item.name if own else "",
        below_ink="error" if cell.overdue else "secondary",
        photos=cell.photos,
        surface="error_surface" if cell.overdue else "",
    )


def spoken(cell: ChecklistCell, label: str) -> str:
    """Everything that a cell tells: item, status, how late, photos, what is missing."""
    photos = f"照片 {cell.photos} 张" if cell.photos else ""
    return "，".join(filter(None, (f"{label} {cell.words}", photos, *cell.doubts.values())))


def name_of(row: MatrixRow, *, townships: bool) -> Name:
    """One organisation with its class and how far it is; ``townships``: rows of several stand together."""
    grade = f"{row.grade} 类" if row.grade else NO_GRADE
    place = row.place if row.place == row.township else f"{row.township}{row.place}"
    return Name(
        text=row.branch.name,
        below=place if townships else row.place,
        chip=row.grade or "未定",
        ink=GRADE_INKS[row.grade],
        spoken=f"{row.branch.name}，{place}，{grade}，达标 {row.verdict.completion} 项",
        done=row.verdict.met,
        of=row.verdict.applicable,
    )
