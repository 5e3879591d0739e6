"""Reading one row of a roster's table: every cell by the kind of its field, then what the fields say of each other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop.models.domain.cleaning import means_nothing
from desktop.models.domain.codes import highest_education, party_stage
from desktop.models.domain.division_names import DivisionNames, Resolved, village_stem
from desktop.models.domain.identity import birth_month
from desktop.models.domain.post_reading import PostsReading, one_a_post, read_posts
from desktop.models.domain.reading import SILENT, Cell, Reading, Scalar
from desktop.models.registers.roster import ROSTER, contradictions
from desktop.models.workbooks.headings import ROW_ID, Column
from desktop.models.workbooks.tables import Table

_TICKS = frozenset("√✓✔☑■●▲★1是有yY对vVü") | {"1.0", "在任"}
_NO_TICKS = frozenset({"", "×", "✗", "✘", "x", "X", "0", "否", "无", "□", "○", "-", "—", "/", "n", "N"})
_BY_KIND = frozenset(f.name for f in ROSTER.fields if f.editable and f.name != "posts")
_SPLIT_EDUCATION = ("education_full_time", "education_in_service")

Place = tuple[str | None, str | None]  # codes of township and village
Doubt = tuple[str, str, str, bool]  # field, what is written, what to do, whether the value is kept


class CellReader:
    """Reads single cells, remembering equal ones; one for each import."""

    def __init__(self, names: DivisionNames, today: date) -> None:
        self.names = names
        self._today = today
        self._seen: dict[str, dict[Scalar, Reading]] = {name: {} for name in _BY_KIND}
        self._posts: dict[tuple[str, object, str | None], PostsReading] = {}

    def seen(self, name: str) -> dict[Scalar, Reading]:
        """What texts of a field were read as."""
        return self._seen[name]

    def read(self, name: str, cell: Cell) -> Reading:
        """Read one cell of a field; texts are remembered."""
        reading = ROSTER.field(name).kind.read(cell, self._today)
        if isinstance(cell.value, str):
            self._seen[name][cell.value] = reading
        return reading

    def read_posts(self, text: str, column: Column, village: str | None) -> PostsReading:
        """Read one cell of posts; ``village`` is the name that may stand before each post."""
        if column.ticked:
            return _read_tick(text, column)
        key = (text, column.committee, village if village and village in text else None)
        if key not in self._posts:
            self._posts[key] = read_posts(text, column.committee, key[2])
        return self._posts[key]


class RowReader:
    """Reads the rows of one table; what its columns ask for is settled once."""

    def __init__(self, table: Table, cells: CellReader) -> None:
        def indices(name: str) -> list[int]:
            return [column.index for column in table.columns if column.field == name]

        self._table = table
        self._cells = cells
        self._row_ids = indices(ROW_ID)
        self._townships = indices("township")
        self._villages = indices("village")
        self._statuses = indices("political_status")
        self._posts = [column for column in table.columns if column.field == "posts"]
        self._by_kind = [
            (c.index, c.field, cells.seen(c.field)) for c in table.columns if c.field in _BY_KIND
        ]
        self._splits_education = any(indices(name) for name in _SPLIT_EDUCATION)

    def read(self, row: int, cells: Sequence[Scalar], place: Place) -> tuple[dict[str, object], list[Doubt]]:
        """Values and doubts of one row, given as its cells; ``place`` is what titles and lines above tell."""
        values: dict[str, object] = {}
        doubts: list[Doubt] = []
        choices: dict[str, tuple[str, ...]] = {}
        village = self._read_place(cells, place, values, doubts)
        for index, name, seen in self._by_kind:
            value = cells[index]
            if value is None:
                continue
            reading = seen.get(value) if value.__class__ is str else None
            if reading is None:
                reading = self._read_cell(row, index, name, value)
            if reading.value is not None and name not in values:
                values[name] = reading.value
            if reading.problem is not None:
                doubts.append((name, Cell(value).text, reading.problem, reading.value is not None))
                choices[name] = reading.choices
        if "name" not in values and not any(doubt[0] == "name" for doubt in doubts):
            doubts.append(("name", "", "没有填姓名，这一行不导入，请补上。", False))
        if self._posts:
            self._read_posts(row, cells, village, values, doubts)
        if self._row_ids and (told := cells[self._row_ids[0]]) is not None:
            values["row_id"] = Cell(told).text
        if self._statuses and (stage := party_stage(_first(cells, self._statuses))):
            values["party_stage"] = stage
        self._settle(cells, values, doubts, choices)
        return values, doubts

    def _read_place(
        self, cells: Sequence[Scalar], place: Place, values: dict[str, object], doubts: list[Doubt]
    ) -> str | None:
        """Read township and village; return the village's name as it may stand before posts."""
        names = self._cells.names
        township, code = place
        written = _first(cells, self._townships)
        found = names.township(written)
        if found.problem:
            doubts.append(("township", written, found.problem, False))
        if found.code not in (None, township):
            township, code = found.code, None
        written = _first(cells, self._villages)
        village = names.village(written, township)
        if village == _SAYS_NOTHING:
            village = Resolved(code, None if code else self._no_village())
        if village.problem:
            doubts.append(("village", written, village.problem, False))
        if village.code is not None:
            values["division_code"] = village.code
            township = names.parent(village.code)
        if township is not None:
            values["township_code"] = township
        return names.stem(village.code) if village.code else village_stem(written)

    def _no_village(self) -> str:
        if self._villages:
            return "没有填村（社区），这一行不导入，请补上。"
        return "表里、标题里都没有写明是哪个村（社区），这一行不导入。"

    def _read_cell(self, row: int, index: int, name: str, value: Scalar) -> Reading:
        if self._row_ids and isinstance(value, str) and "*" in value and ROSTER.field(name).sensitive:
            return SILENT  # masked in our own export: it says nothing new
        if isinstance(value, float):
            return self._cells.read(name, self._table.cell(row, index))
        return self._cells.read(name, Cell(value))

    def _read_posts(
        self,
        row: int,
        cells: Sequence[Scalar],
        village: str | None,
        values: dict[str, object],
        doubts: list[Doubt],
    ) -> None:
        texts = [(column, Cell(cells[column.index]).text) for column in self._posts]
        for below in self._table.continued.get(row, ()):
            texts += [(column, self._table.cell(below, column.index).text) for column in self._posts]
        readings = [
            (text, self._cells.read_posts(text, column, village))
            for column, text in texts
            if not means_nothing(text)
        ]
        for text, reading in readings:
            if reading.problem:
                doubts.append(("posts", text, reading.problem, bool(reading.posts)))
            if reading.status and reading.posts:
                values["status"] = reading.status
            if reading.party_form:
                values["party_form"] = reading.party_form
        held = [post for _, reading in readings for post in reading.posts]
        posts = readings[0][1].posts if len(readings) == 1 else one_a_post(held)
        if posts:
            values["posts"] = posts

    def _settle(
        self,
        cells: Sequence[Scalar],
        values: dict[str, object],
        doubts: list[Doubt],
        choices: dict[str, tuple[str, ...]],
    ) -> None:
        """What one field decides about another: October or January, the highest education, contradictions."""
        number = values.get("id_number")
        if isinstance(number, str) and birth_month(number) in choices.get("birth", ()):
            values["birth"] = birth_month(number)
            doubts[:] = [doubt for doubt in doubts if doubt[0] != "birth"]
        if self._splits_education:
            levels = [values.get(name) for name in ("education", *_SPLIT_EDUCATION)]
            highest = highest_education(*(str(level) for level in levels if level))
            values |= {"education": highest} if highest else {}
        for found in contradictions(values):
            written = _first(cells, [c.index for c in self._table.columns if c.field == found.field])
            doubts.append((found.field, written, found.message, not found.drop))
            if found.drop:
                del values[found.field]


_SAYS_NOTHING = Resolved()


def _first(cells: Sequence[Scalar], indices: Sequence[int]) -> str:
    """The text of the first of some cells that has one."""
    for index in indices:
        value = cells[index]
        if value is not None:
            return value if isinstance(value, str) else Cell(value).text
    return ""


def _read_tick(text: str, column: Column) -> PostsReading:
    plain = text.strip()
    if plain in _TICKS:
        return PostsReading(column.ticked)
    if plain in _NO_TICKS:
        return PostsReading()
    reading = read_posts(plain, column.committee)
    if reading.posts and reading.problem is None:
        return reading
    words = f"“{column.heading}”一栏写了“{plain}”，看不出是不是任这个职务，请打“√”或留空。"
    return PostsReading(problem=words)
