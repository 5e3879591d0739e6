"""The matrix of “8+N” put together: columns, totals at their feet, which rows are asked for. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from desktop.models.domain.names import pinyin_of
from desktop.models.registers.checklist import MET, NOT_APPLICABLE, PARTLY, UNMET
from desktop.models.registers.checklist_rows import Column, MatrixQuery, MatrixRow
from desktop.models.registers.schemes import SchemeItem


def is_asked_for(row: MatrixRow, query: MatrixQuery) -> bool:
    """Whether a row is shown."""
    cells = [cell for cell in row.items if query.item in (None, cell.key.code)]
    return (
        (query.of is None or row.branch.id in query.of)
        and (not query.grades or row.grade in query.grades)
        and (not query.statuses or any(cell.status in query.statuses for cell in cells))
        and (not query.overdue or any(cell.overdue for cell in cells))
        and (not query.search.strip() or _is_called(row.branch.name, query.search))
    )


def _is_called(name: str, typed: str) -> bool:
    wanted = typed.replace(" ", "").lower()
    syllables = pinyin_of(name)
    return wanted in name.lower() or any(
        wanted in spelled for spelled in ("".join(syllables), "".join(s[0] for s in syllables))
    )


def columns_of(rows: Iterable[MatrixRow]) -> list[Column]:
    """A column for each common item, then one for each number of the organisations' own."""
    items = {cell.item.code: cell.item for row in rows for cell in row.items}
    ordered = sorted(
        items.values(),
        key=lambda i: (i.branch_id is not None, i.position if i.branch_id is None else int(i.code[1:])),
    )
    return [_column(item) for item in ordered]


def _column(item: SchemeItem) -> Column:
    if item.branch_id is not None:
        return Column(code=item.code, label=item.code, own=True, says="各党组织的自选动作，名称见各行。")
    number = chr(ord("①") + item.position - 1) if item.position <= 20 else str(item.position)
    return Column(code=item.code, label=number + item.name, own=bool(item.own), says=item.says or "")


def aligned(row: MatrixRow, places: Sequence[str]) -> MatrixRow:
    """A row whose cells stand in the order of these columns."""
    by_code = {cell.key.code: cell for cell in row.items}
    return replace(row, cells=tuple(by_code.get(code) for code in places))


def counted(column: Column, rows: Iterable[MatrixRow]) -> Column:
    """A column with the totals of some rows."""
    cells = [cell for row in rows for cell in row.items if cell.key.code == column.code]
    counts = Counter(cell.status for cell in cells)
    return replace(
        column,
        met=counts[MET],
        partly=counts[PARTLY],
        unmet=counts[UNMET],
        not_applicable=counts[NOT_APPLICABLE],
        unfilled=counts[None],
        overdue=sum(cell.overdue > 0 for cell in cells),
    )
