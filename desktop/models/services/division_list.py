"""A list of divisions as a workbook has it (区划表): code, name, kind and parent, a line each."""

from __future__ import annotations

from collections.abc import Mapping, Set
from pathlib import Path

from desktop.models.domain.cleaning import compact
from desktop.models.domain.reading import Cell
from desktop.models.errors import DesktopError
from desktop.models.registers.division import CODE, DIVISION, Division, DivisionKind
from desktop.models.workbooks.headings import Headings
from desktop.models.workbooks.reading import read_sheets
from desktop.models.workbooks.tables import Table, find_tables


class DivisionListError(DesktopError):
    """A workbook of divisions cannot be taken as it is."""

    def __init__(self, file: str, why: str) -> None:
        super().__init__(f"“{file}”不能作为区划表导入：{why}")


def read_division_list(path: Path, *, after: int) -> dict[str, Division]:
    """The divisions of a workbook by code, in its order, with positions behind ``after``.

    Raises:
        DivisionListError: there is no list in it, or a line of it has no right code or no name.
        WorkbookError: the file cannot be read.
    """
    headings = Headings(DIVISION)
    tables = [table for sheet in read_sheets(path) for table in find_tables(sheet, headings)]
    if not tables:
        raise DivisionListError(path.name, "没有找到表头，要有“代码”“名称”“上级”三列。")
    rows = [(table, row) for table in tables for row in table.rows]
    divisions = (_read_division(path, *place, number) for number, place in enumerate(rows, start=after + 1))
    return {division.code: division for division in divisions}


def require_parents(path: Path, found: Mapping[str, Division], reached: Set[str]) -> None:
    """Refuse a list in which a division hangs in the air; ``reached``: codes that can be come to from above.

    Raises:
        DivisionListError: the parent of a division is not there, or a line of parents comes back to itself.
    """
    for division in found.values():
        if division.code not in reached or (division.parent is not None and division.parent not in reached):
            words = f"“{division.name}”的上级 {division.parent} 不在表里，或者绕了一圈又回到自己，请核对。"
            raise DivisionListError(path.name, words)


def _read_division(path: Path, table: Table, row: int, position: int) -> Division:
    cells = table.sheet.rows[row]
    text = {
        column.field: Cell(cells[column.index]).text.strip()
        for column in table.columns
        if column.field and column.index < len(cells)
    }
    code, name = _code(text.get("code", "")), text.get("name", "")
    where = f"第 {table.sheet.first_row + row} 行的"
    if not CODE.fullmatch(code):
        raise DivisionListError(path.name, f"{where}代码“{text.get('code', '')}”不是 12 位数字。")
    if not name:
        raise DivisionListError(path.name, f"{where}名称空着。")
    kind = _kind(code, text.get("kind", ""))
    above = {DivisionKind.CITY: None, DivisionKind.TOWNSHIP: code[:6] + "000000"}.get(kind, code[:9] + "000")
    parent = _code(text.get("parent", ""))
    return Division(
        code=code,
        name=name,
        kind=kind,
        parent=parent if CODE.fullmatch(parent) and kind != DivisionKind.CITY else above,
        position=position,
        aliases=text.get("aliases", "").replace("、", "\n"),
        approved_posts=int(text["approved_posts"]) if text.get("approved_posts", "").isdecimal() else None,
    )


def _code(written: str) -> str:
    """A code of 12 digits; those of a county (6) and a township (9) are written without their zeros, too."""
    plain = compact(written)
    return plain.ljust(12, "0") if len(plain) in (6, 9) else plain


def _kind(code: str, written: str) -> DivisionKind:
    """What a division is: as written, else as its code tells (001–199 居委会, 200–399 村委会, 400+ 类似)."""
    if code.endswith("000000"):
        return DivisionKind.CITY
    if code.endswith("000"):
        return DivisionKind.TOWNSHIP
    if "类似" in written or "生活区" in written:
        return DivisionKind.LIVING_AREA
    for word, kind in (
        ("居", DivisionKind.COMMUNITY),
        ("社区", DivisionKind.COMMUNITY),
        ("村", DivisionKind.VILLAGE),
    ):
        if word in written:
            return kind
    number = int(code[9:])
    if number < 200:
        return DivisionKind.COMMUNITY
    return DivisionKind.VILLAGE if number < 400 else DivisionKind.LIVING_AREA
