"""Finding the tables in a sheet (表头、数据行): below titles, around sub-totals, signatures and repeated headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from desktop.models.domain.cleaning import compact
from desktop.models.domain.reading import Cell, Scalar
from desktop.models.workbooks.headings import SERIAL, Column, Headings
from desktop.models.workbooks.sheets import Sheet

_DEEPEST = 3  # levels of a heading
_FEWEST = 3  # recognised columns that make a heading
_LARGEST_MERGE = 4096  # cells

_PLAIN_NAME = re.compile("[\u4e00-\u9fa5]{2,4}")
_NAME_LIKE = re.compile(r"[^0-9:,.;()，。；（）]{1,15}")
_LABEL = re.compile(r"[^0-9]:")  # 填报单位：, but not 0:00
_TOTAL = re.compile(
    r"(?:本页|本村|本镇|全镇|全村|全市)?(?:小计|合计|总计|共计|累计|总数|人数|平均)|.{1,12}(?:小计|合计|总计|共计)(?:[:：]?\d+[人名]?)?$"
)
_HEADS = re.compile(r"(?:共|计|合计)?\d+[人名]")
_SIGNATURE = re.compile(
    r"(?:(?:单位|主要|分管)?(?:负责人|领导)|联系人|签字|签名|(?:填报|填表|报送|制表)(?:日期|时间)|(?:统计)?截止时间|统计时间"
    r"|(?P<signer>(?:主要|单位)负责人|分管领导|审核人?|填表人?|制表人?|填报人|经办人|审批人|报送人))"
    r"(?:签字|签名|签章)?(?:[(（][^)）]*[)）])?(?:[:：]|(?(signer)$|(?!)))"
)
_NOTE = re.compile(r"(?:注|说明|备注|填表说明|填报说明|附注)(?:[:：\d]|$)")
_PLACE = re.compile(r"(?:村|社区|居委会|委员会|支部|镇|乡|街道|开发区|生活区)(?:[(（].*[)）])?[:：]?$")


@dataclass(frozen=True, slots=True)
class Table:
    """A table in a sheet: its columns, the indices of its data rows, the other lines in and above it.

    ``lines`` are rows that hold no person, such as a village's name above its people: index → text. A row that
    holds nothing but what may be a name is among ``rows`` and ``lines``.
    ``elsewhere`` tells which row's cell a cell without one of its own takes: of merged cells the topmost, of a
    column that is written once for a group the last one above. ``continued``: rows that go on with a person.
    """

    sheet: Sheet
    heading_row: int  # index of the first heading row
    columns: tuple[Column, ...]
    rows: tuple[int, ...]
    titles: tuple[str, ...]
    lines: Mapping[int, str]
    elsewhere: Mapping[int, Mapping[int, int]] = field(default_factory=dict)  # row → column → row
    continued: Mapping[int, tuple[int, ...]] = field(default_factory=dict)

    @property
    def row_number(self) -> int:
        """The sheet's number of the first heading row, from 1."""
        return self.sheet.first_row + self.heading_row

    def cells(self, row: int) -> Sequence[Scalar]:
        """The values of a row, as long as the heading, merged and grouped cells filled."""
        cells: Sequence[Scalar] = self.sheet.rows[row]
        elsewhere = self.elsewhere.get(row)
        if elsewhere is None and len(cells) > self.columns[-1].index:
            return cells
        filled = [*cells, *[None] * (self.columns[-1].index + 1 - len(cells))]
        for column, origin in (elsewhere or {}).items():
            filled[column] = _value(self.sheet, origin, column)
        return filled

    def cell(self, row: int, column: int) -> Cell:
        """One cell, merged and grouped cells filled."""
        origin = self.elsewhere.get(row, {}).get(column, row)
        return Cell(_value(self.sheet, origin, column), self.sheet.shown(origin, column))


def find_tables(sheet: Sheet, headings: Headings) -> list[Table]:
    """Every table of a sheet, from the top; a repeated heading goes on with the table above it."""
    grid = _Grid(sheet)
    blocks = list(_heading_blocks(grid, headings))
    tables: list[Table] = []
    current: list[int] = []  # the tables of the heading above
    above: Mapping[int, str] = {row: grid.line(row) for row in range(blocks[0][0])} if blocks else {}
    for i, (top, depth, columns) in enumerate(blocks):
        end = blocks[i + 1][0] if i + 1 < len(blocks) else len(sheet.rows)
        before, current = current, []
        for side in _side_by_side(columns):
            rows, lines = _sorted_rows(grid, range(top + depth, end), side, headings)
            same = next((n for n in before if _same_columns(tables[n].columns, side)), len(tables))
            if same < len(tables):
                old = tables[same]
                tables[same] = replace(old, rows=(*old.rows, *rows), lines={**old.lines, **lines})
            else:
                titles = tuple(filter(None, above.values()))
                tables.append(Table(sheet, top, side, tuple(rows), titles, lines))
            current.append(same)
        above = {row: text for row, text in lines.items() if not rows or row > rows[-1]}
    return [with_columns(table, table.columns, headings) for table in tables]


def with_columns(table: Table, columns: tuple[Column, ...], headings: Headings) -> Table:
    """The table with its columns taken for other fields."""
    name = next((c.index for c in columns if c.field == "name"), -1)
    all_rows = sorted({*table.rows, *(row for rows in table.continued.values() for row in rows)})
    merged = _merged_rows(table.sheet, all_rows)
    continued: dict[int, tuple[int, ...]] = {}
    for row, origins in merged.items():
        if name in origins:
            continued[origins[name]] = (*continued.get(origins[name], ()), row)
    further = {row for rows in continued.values() for row in rows}
    rows = tuple(row for row in all_rows if row not in further)
    for column in columns:
        if column.field in headings.grouped and not any(column.index in o for o in merged.values()):
            for row, origin in _groups(table.sheet, rows, column.index):
                merged.setdefault(row, {})[column.index] = origin
    return replace(table, columns=columns, rows=rows, elsewhere=merged, continued=continued)


def _merged_rows(sheet: Sheet, rows: Sequence[int]) -> dict[int, dict[int, int]]:
    """For each data row the columns whose cell is part of a merged one that begins in a row above."""
    data = set(rows)
    found: dict[int, dict[int, int]] = {}
    for top, left, bottom, _ in sheet.merged:
        for row in range(top + 1, bottom + 1):
            if row in data:
                found.setdefault(row, {})[left] = top
    return found


def _groups(sheet: Sheet, rows: Sequence[int], column: int) -> Iterator[tuple[int, int]]:
    """Empty cells of a column that is written once for a group, each with the row that is written.

    In such a column two rows one after the other never hold the same text.
    """
    texts = [value if _is_filled(value := _value(sheet, row, column)) else None for row in rows]
    if any(text is not None and text == after for text, after in pairwise(texts)):
        return
    last: int | None = None
    for row, text in zip(rows, texts, strict=True):
        if text is not None:
            last = row
        elif last is not None:
            yield row, last


def _value(sheet: Sheet, row: int, column: int) -> Scalar:
    cells = sheet.rows[row]
    return cells[column] if column < len(cells) else None


class _Grid:
    """A sheet's cells as text, merged cells filled."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._origins = {
            (row, column): (top, left)
            for top, left, bottom, right in sheet.merged
            if (bottom - top + 1) * (right - left + 1) <= _LARGEST_MERGE
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        }

    def text(self, row: int, column: int) -> str:
        """The text of a cell, or of the merged cell that covers it."""
        row, column = self._origins.get((row, column), (row, column))
        value = _value(self.sheet, row, column)
        return value if isinstance(value, str) else Cell(value).text

    def line(self, row: int) -> str:
        """The texts of a row from the left."""
        return " ".join(Cell(value).text.strip() for value in self.sheet.rows[row] if value is not None)

    def is_alone(self, row: int) -> bool:
        """Whether a row holds one text, as a title does."""
        return sum(map(_is_filled, self.sheet.rows[row])) == 1

    def is_continuation(self, row: int, column: int) -> bool:
        """Whether a cell is covered by a merged one that begins at its left."""
        return self._origins.get((row, column), (row, column))[1] < column

    def is_merged(self, row: int, *columns: int) -> bool:
        """Whether one of some cells of a row is part of a merged one."""
        return any((row, column) in self._origins for column in columns)

    def is_wide(self, row: int, column: int) -> bool:
        """Whether a cell is merged with one beside it."""
        origin = self._origins.get((row, column))
        return origin is not None and origin in (
            self._origins.get((row, column - 1)),
            self._origins.get((row, column + 1)),
        )

    def cuts(self, top: int, bottom: int) -> bool:
        """Whether a merged cell reaches over the upper or lower edge of some rows."""
        return any(
            (above < top <= below) or (above <= bottom < below) for above, _, below, _ in self.sheet.merged
        )


def _heading_blocks(grid: _Grid, headings: Headings) -> Iterator[tuple[int, int, tuple[Column, ...]]]:
    """First row, depth and columns of every heading."""
    done = 0
    for row, cells in enumerate(grid.sheet.rows):
        if row < done or not headings.has_name(cells):
            continue
        candidates = [
            (top, depth, _columns(grid, headings, top, depth))
            for top in range(max(done, row - _DEEPEST + 1), row + 1)
            for depth in range(row - top + 1, _DEEPEST + 1)
            if top + depth <= len(grid.sheet.rows) and not any(map(grid.is_alone, range(top, top + depth)))
        ]
        if not candidates:
            continue
        top, depth, columns = max(candidates, key=lambda found: _likelihood(grid, headings, *found))
        if _score(columns) >= _FEWEST:
            yield top, depth, columns
            done = top + depth


def _likelihood(
    grid: _Grid, headings: Headings, top: int, depth: int, columns: Sequence[Column]
) -> tuple[int, ...]:
    """How likely some rows are a whole heading: it recognises most, with the fewest rows that are all of headings."""
    texts = (value for cells in grid.sheet.rows[top : top + depth] for value in cells)
    names = sum(isinstance(text, str) and headings.is_name(text) for text in texts)
    return (not grid.cuts(top, top + depth - 1), _score(columns), names, -depth, top)


def _columns(grid: _Grid, headings: Headings, top: int, depth: int) -> tuple[Column, ...]:
    width = max(len(grid.sheet.rows[row]) for row in range(top, top + depth))
    columns: list[Column] = []
    path: list[str] = []
    for index in range(width):
        left, path = path, [grid.text(row, index) for row in range(top, top + depth)]
        if grid.is_continuation(top + depth - 1, index):
            columns.append(Column(index, "", None))
            continue
        lowest, beside = (
            max((n for n, text in enumerate(texts) if text), default=0) for texts in (path, left)
        )
        for level in range(min(lowest, beside)):
            if not path[level] and not grid.is_merged(top + level, index - 1, index):
                path[level] = left[level]  # a group's heading that stands over its first column only
        columns.append(headings.column(index, path, columns[-1] if columns else None))
    return tuple(columns)


def _score(columns: Sequence[Column]) -> int:
    return len({(c.field, c.committee, c.ticked) for c in columns if c.field not in (None, SERIAL)})


def _same_columns(some: Sequence[Column], others: Sequence[Column]) -> bool:
    def taken(columns: Sequence[Column]) -> list[tuple[object, ...]]:
        return [(c.index, c.field, c.committee, c.ticked) for c in columns if c.field]

    return taken(some) == taken(others)


def _side_by_side(columns: tuple[Column, ...]) -> list[tuple[Column, ...]]:
    """The columns of each table where several stand beside each other under one heading row."""
    first = next((c.field for c in columns if c.field), None)
    starts = [i for i, c in enumerate(columns) if c.field == first]
    blocks = [columns[start:end] for start, end in zip(starts, [*starts[1:], len(columns)], strict=True)]
    if len(blocks) > 1 and all(_score(b) >= _FEWEST and any(c.field == "name" for c in b) for b in blocks):
        return blocks
    return [columns]


def _sorted_rows(
    grid: _Grid, span: Iterable[int], columns: Sequence[Column], headings: Headings
) -> tuple[list[int], dict[int, str]]:
    """The rows of a span that hold people, and the other lines, which may name a place."""
    name = next((c.index for c in columns if c.field == "name"), -1)
    first, last = columns[0].index, columns[-1].index
    rows: list[int] = []
    lines: dict[int, str] = {}
    for row in span:
        cells = grid.sheet.rows[row]
        if _is_plainly_data(cells, name, headings):
            rows.append(row)
            continue
        filled = {i: value for i, value in enumerate(cells[: last + 1]) if i >= first and _is_filled(value)}
        if not filled or _is_frame(filled, name):
            continue
        called = "" if name < 0 or grid.is_wide(row, name) else compact(grid.text(row, name))
        passed_over = (None, SERIAL) if called else (None, SERIAL, *headings.grouped)
        told = {c.index for c in columns if c.index in filled and c.field not in passed_over}
        told |= {name} if called else set()
        texts = [value for index in told if isinstance(value := filled.get(index), str)]
        if _is_data(called, texts, len(told), headings):
            rows.append(row)
        if row not in rows[-1:] or len(told) == 1:
            lines[row] = grid.line(row)
    return rows, lines


def _is_filled(value: Scalar) -> bool:
    return value is not None and not (isinstance(value, str) and not value.strip())


def _is_plainly_data(cells: Sequence[Scalar], name: int, headings: Headings) -> bool:
    """The quick answer for nearly all rows: a name among other cells, and nothing unusual at the beginning."""
    if not 0 <= name < len(cells) or len(cells) - cells.count(None) < _FEWEST:
        return False
    called = cells[name]
    if not isinstance(called, str) or not _PLAIN_NAME.fullmatch(called) or headings.is_name(called):
        return False
    begins = next(value for value in cells if isinstance(value, str))
    return not (_TOTAL.match(called) or _begins_frame(begins))


def _begins_frame(text: str) -> bool:
    return bool(_TOTAL.match(text) or _NOTE.match(text) or _SIGNATURE.match(text))


def _is_frame(filled: Mapping[int, Scalar], name: int) -> bool:
    """Whether a row is a sub-total, a line of signatures or a note; a row with a name is one only by its beginning."""
    texts = [compact(value) for value in filled.values() if isinstance(value, str)]
    called = compact(Cell(filled.get(name)).text)
    if any(map(_begins_frame, (*texts[:1], called))) or _HEADS.fullmatch(called):
        return True
    return not _NAME_LIKE.fullmatch(called) and any(_TOTAL.match(t) or _SIGNATURE.match(t) for t in texts)


def _is_data(called: str, texts: Sequence[str], told: int, headings: Headings) -> bool:
    """Whether a row that is not plainly one person's holds a person, maybe without a name.

    ``called`` is what stands for the name, ``told`` counts the known cells, ``texts`` are those of them that are text.
    """
    if headings.is_name(called):
        return False
    if not _NAME_LIKE.fullmatch(called) and any(_LABEL.search(compact(text)) for text in texts):
        return False
    if told < 2:  # a stray line, or a form's row that nobody has filled; a name alone may be a person's
        return bool(_PLAIN_NAME.fullmatch(called) and not _PLACE.search(called))
    return True
