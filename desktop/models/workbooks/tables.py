"""Finding the tables in a sheet (表头、数据行): headings of up to three levels, titles, sub-totals, signature lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from desktop.models.domain.cleaning import INVISIBLE, compact, without_notes
from desktop.models.domain.fields import Register
from desktop.models.domain.posts import Committee, HeldPost, read_posts
from desktop.models.domain.reading import Cell
from desktop.models.workbooks.sheets import Sheet

ROW_ID_HEADING = "系统编号"  # the hidden column of our own exports
SERIAL = "#serial"
ROW_ID = "#row_id"
_DEEPEST = 3  # levels of a heading
_FEWEST = 3  # recognised columns that make a heading
_QUOTES = re.compile(r"[“”\"'‘’：:＊*、，,。.·_]")
_SERIALS = frozenset({"序号", "编号", "序", "号", "行号", "no"})

# headings that no list holds, by what they contain; the first that fits
_CONTAINED = (
    ("id_number", re.compile(r"身份证|公民身份号|证件号"), re.compile(r"配偶|家属|父|母|子女")),
    ("cadre_since", re.compile(r"(任|当|进入).*(村|社区).*干部.*(时间|年月|日期)"), None),
    (
        "post_since",
        re.compile(r"(任现职|任职|上任|起任|现任).*(时间|年月|日期|起始)"),
        re.compile(r"首次|初任|村干部|离任|截止|终"),
    ),
    ("party_joined", re.compile(r"入党.*(时间|年月|日期)|加入.*党.*时间"), re.compile(r"申请|积极")),
    ("birth", re.compile(r"出生"), re.compile(r"出生地|配偶|子女")),
    ("phone", re.compile(r"手机|电话|联系方式"), re.compile(r"家庭|配偶|紧急")),
    ("education_full_time", re.compile(r"全日制.*学历|第一学历"), re.compile(r"学校|院校|专业|时间")),
    ("education_in_service", re.compile(r"在职.*学历|第二学历"), re.compile(r"学校|院校|专业|时间")),
    ("education", re.compile(r"学历|文化程度"), re.compile(r"学校|院校|专业|时间|提升|学位|报读|在读")),
    ("school_major", re.compile(r"毕业.*(院校|学校)"), None),
    ("political_status", re.compile(r"政治面貌|党派"), re.compile(r"配偶")),
    ("name", re.compile(r"姓名$"), re.compile(r"配偶|联系人|家属|户主|父|母|子女|推荐|曾用")),
    ("posts", re.compile(r"职务(名称)?$|职位$"), re.compile(r"原|曾|拟|配偶|家庭|职称|级别|联系人|培养")),
    ("township", re.compile(r"^(所属|所在)?(乡镇|镇街|街道|乡镇街道)"), None),
    (
        "village",
        re.compile(r"(行政村|村名|社区名|所在村|村居|村社区)"),
        re.compile(r"两委|干部|职务|集体|收入"),
    ),
)
_POST_COLUMNS = (
    (
        Committee.SUPERVISORY,
        re.compile(r"^(村务|居务|村|社区)?(监委会|监督委员会|监委|监督)(职务|任职)?(情况)?$"),
    ),
    (
        Committee.PARTY,
        re.compile(
            r"^(村|社区)?(党组织|党内|党支部|党总支|党委|支部|支委会?|党务)(班子)?(职务|任职)(情况)?$"
        ),
    ),
    (
        Committee.VILLAGERS,
        re.compile(
            r"^(村委会|村民委员会|村居委会|居委会|居民委员会|行政|村委|居委|村居民委员会|自治组织)(班子)?(职务|任职)(情况)?$"
        ),
    ),
)
_BODY_WORDS = (
    (Committee.SUPERVISORY, re.compile(r"监委|监督")),
    (Committee.PARTY, re.compile(r"党组织|党支部|党总支|党委|支部|支委|党内")),
    (Committee.VILLAGERS, re.compile(r"村委|村民委|居委|居民委|村居委|行政")),
)

_TOTAL = re.compile(r"^(本页)?(小计|合计|总计|共计|累计|总数|合 计)")
_HEADS = re.compile(r"^(共|计|合计)?\d+(人|名)$")
_SIGNATURE = re.compile(
    r"(签字|签名|签章|审核人|审核|填表人|制表人|制表|填报人|经办人|负责人|填报单位|填报日期|填报时间|填表日期|填表时间|报送时间|统计截止时间|截止时间|盖章)"
    r"[)）\s]{0,2}[:：]"
)
_NOTE = re.compile(r"^(注|说明|备注|填表说明|填报说明|附注)\s*[:：]|^(注|说明)\s*\d")


class Merge(NamedTuple):
    """A merged range, both ends counted, 0-based within the sheet's rows."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a found table: its heading, what it is taken for, what a tick in it means."""

    index: int
    heading: str
    field: str | None
    committee: Committee | None = None
    ticked: tuple[HeldPost, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table in a sheet: its columns and the indices of its data rows; ``titles`` are the lines around it."""

    sheet: Sheet
    heading_row: int  # index of the first heading row
    depth: int
    columns: tuple[Column, ...]
    rows: tuple[int, ...]
    titles: tuple[str, ...]
    bands: Mapping[int, str]  # row index → the line that stood alone above it (a village's name)

    @property
    def row_number(self) -> int:
        """The sheet's number of the first heading row, from 1."""
        return self.sheet.first_row + self.heading_row


def normal_heading(text: str) -> str:
    """A heading as it is compared: no spaces, line breaks, quotes, “：” or bracketed notes."""
    return _QUOTES.sub("", without_notes(compact(INVISIBLE.sub("", text)))).lower()


class Headings:
    """What a register's columns are called in workbooks."""

    def __init__(self, register: Register, learnt: Mapping[str, str | None] | None = None) -> None:
        self._fields = {
            normal_heading(word): field.name
            for field in register.fields
            for word in (field.label, *field.headings)
        }
        self._register = {field.name for field in register.fields}
        self._learnt = dict(learnt or {})
        self._names = {word for word, name in self._fields.items() if name == "name"}

    def is_name(self, text: str) -> bool:
        """Whether a cell is the heading of the column of names, by which tables are found."""
        return normal_heading(text) in self._names

    def column(self, index: int, path: Sequence[str]) -> Column:
        """What the column under a heading is; ``path`` holds the levels from the top."""
        words = [normal_heading(part) for part in path if part.strip()]
        words = [word for i, word in enumerate(words) if word and (i == 0 or word != words[i - 1])]
        heading = " ".join(dict.fromkeys(part.strip().replace("\n", "") for part in path if part.strip()))
        joined = ["".join(words[i:]) for i in range(len(words))]
        learnt = next((word for word in joined if word in self._learnt), None)
        if learnt is not None:
            return Column(index, heading, self._learnt[learnt], _body(words))
        if not words:
            return Column(index, heading, None)
        return self._known(index, heading, words, [joined[-1], *joined[:-1]])

    def _known(self, index: int, heading: str, words: list[str], joined: list[str]) -> Column:
        if joined[0] in _SERIALS:
            return Column(index, heading, SERIAL)
        if joined[0] == ROW_ID_HEADING:
            return Column(index, heading, ROW_ID)
        for word in joined:
            for committee, pattern in _POST_COLUMNS:
                if pattern.match(word):
                    return Column(index, heading, "posts", committee)
        for word in reversed(joined[1:]) if len(words) > 1 else ():
            if word in self._fields:
                return Column(index, heading, self._fields[word])
        if joined[0] in self._fields and not (len(words) > 1 and _body(words[:-1]) and joined[0] == "主任"):
            return Column(index, heading, self._fields[joined[0]])
        ticked = _ticked(words)
        if ticked:
            return Column(index, heading, "posts", _body(words), ticked)
        contained = next(
            (
                name
                for name, holds, but in _CONTAINED
                if holds.search(joined[0]) and not (but and but.search(joined[0]))
            ),
            None,
        )
        return Column(index, heading, contained if contained in self._register else None)


def _body(words: Sequence[str]) -> Committee | None:
    return next(
        (body for word in reversed(words) for body, pattern in _BODY_WORDS if pattern.search(word)), None
    )


def _ticked(words: Sequence[str]) -> tuple[HeldPost, ...]:
    """The posts that a tick in a column means, where its heading is the name of a post."""
    reading = read_posts(words[-1], _body(words[:-1]) if len(words) > 1 else None)
    return reading.posts if reading.problem is None else ()


class _Grid:
    """A sheet's cells as text, merged cells filled."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.merges = [Merge(*merge) for merge in sheet.merged]
        self._filled = {
            (row, column): (merge.top, merge.left)
            for merge in self.merges
            if (merge.bottom - merge.top + 1) * (merge.right - merge.left + 1) <= 4096
            for row in range(merge.top, merge.bottom + 1)
            for column in range(merge.left, merge.right + 1)
        }

    def text(self, row: int, column: int) -> str:
        """The text of a cell, or of the merged cell that covers it."""
        row, column = self._filled.get((row, column), (row, column))
        cells = self.sheet.rows[row] if row < len(self.sheet.rows) else ()
        value = cells[column] if column < len(cells) else None
        if value is None or value == "":
            return ""
        return value if isinstance(value, str) else Cell(value).text

    def line(self, row: int) -> list[str]:
        """The distinct texts of a row, from the left."""
        return list(
            dict.fromkeys(filter(None, (self.text(row, c).strip() for c in range(len(self.sheet.rows[row])))))
        )


def find_tables(sheet: Sheet, headings: Headings) -> list[Table]:
    """Every table of a sheet, from the top; a repeated heading begins a new one with the same columns."""
    grid = _Grid(sheet)
    starts = list(_heading_blocks(grid, headings))
    tables = []
    for i, (top, depth, columns) in enumerate(starts):
        end = starts[i + 1][0] if i + 1 < len(starts) else len(sheet.rows)
        above = range(starts[i - 1][0] + starts[i - 1][1] if i else 0, top)
        titles = [" ".join(grid.line(row)) for row in above if i == 0 or len(grid.line(row)) == 1]
        rows, bands = _data_rows(grid, range(top + depth, end), columns)
        tables.append(Table(sheet, top, depth, columns, rows, tuple(filter(None, titles)), bands))
    return tables


def _heading_blocks(grid: _Grid, headings: Headings) -> Iterator[tuple[int, int, tuple[Column, ...]]]:
    done = -1
    for row, cells in enumerate(grid.sheet.rows):
        if row <= done or not any(isinstance(value, str) and headings.is_name(value) for value in cells):
            continue
        best = max(
            (
                (_score(columns), -depth, top, columns)
                for top in range(max(done + 1, row - _DEEPEST + 1), row + 1)
                for depth in range(row - top + 1, _DEEPEST + 1)
                if top + depth <= len(grid.sheet.rows)
                for columns in (_columns(grid, headings, top, depth),)
            ),
            key=lambda found: found[:3],
        )
        if best[0] >= _FEWEST:
            yield best[2], -best[1], best[3]
            done = best[2] - best[1] - 1


def _columns(grid: _Grid, headings: Headings, top: int, depth: int) -> tuple[Column, ...]:
    width = max(len(grid.sheet.rows[row]) for row in range(top, top + depth))
    paths = ([grid.text(row, column) for row in range(top, top + depth)] for column in range(width))
    return tuple(headings.column(index, path) for index, path in enumerate(paths))


def _score(columns: Sequence[Column]) -> int:
    return len({(c.field, c.committee, c.ticked) for c in columns if c.field not in (None, SERIAL)})


def _data_rows(grid: _Grid, span: range, columns: Sequence[Column]) -> tuple[tuple[int, ...], dict[int, str]]:
    serial = {c.index for c in columns if c.field == SERIAL}
    name = next((c.index for c in columns if c.field == "name"), None)
    taken = [c.index for c in columns if c.field not in (None, SERIAL)]
    rows: list[int] = []
    bands: dict[int, str] = {}
    band = ""
    for row in span:
        cells = grid.sheet.rows[row]
        used = [
            i for i, value in enumerate(cells) if _is_used(value) and not (i in serial and _is_number(value))
        ]
        if not used:
            continue
        if len(used) <= 4 and _is_band(grid, row, used, name):
            band = " ".join(grid.line(row))
            continue
        if _is_frame(cells, used) or not any(i in taken for i in used):
            continue
        rows.append(row)
        if band:
            bands[row] = band
    return tuple(rows), bands


def _is_used(value: object) -> bool:
    return value is not None and value != "" and not (isinstance(value, str) and not value.strip())


def _is_number(value: object) -> bool:
    return isinstance(value, float | int) or (isinstance(value, str) and value.strip(" .、").isdigit())


def _is_band(grid: _Grid, row: int, used: Sequence[int], name: int | None) -> bool:
    """A line that stands alone across the table, such as a village's name above its people."""
    return len(grid.line(row)) == 1 and used[0] != name and not _is_frame(grid.sheet.rows[row], used)


def _is_frame(cells: Sequence[object], used: Sequence[int]) -> bool:
    """Sub-totals, signature lines and notes: rows around the data."""
    texts = [str(cells[i]).strip() for i in used[:4]]
    if any(_TOTAL.match(compact(text)) for text in texts[:3]) or _NOTE.match(texts[0]):
        return True
    if any(_HEADS.match(text) for text in texts) and len(used) <= 4:
        return True
    return any(
        isinstance(cells[i], str)
        and ":" in str(cells[i]).replace("：", ":")
        and _SIGNATURE.search(str(cells[i]))
        for i in used
    )
