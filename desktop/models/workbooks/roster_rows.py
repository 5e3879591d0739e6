"""Reading one row of a roster's table: every cell by the kind of its field, then what the fields say of each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import cycle

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

Read = Callable[[Cell, date], Reading]
Place = tuple[str | None, str | None]  # codes of township and village
Doubt = tuple[str, str, str, bool]  # field, what is written, what to do, whether the value is kept


class CellReader:
    """Reads single cells, remembering equal ones; one for each import."""

    def __init__(self, names: DivisionNames, today: date) -> None:
        self.names = names
        self.today = today
        self._seen: dict[str, dict[Scalar, Reading]] = {name: {} for name in _BY_KIND}
        self._posts: dict[tuple[str, object, str | None], PostsReading] = {}

    def seen(self, name: str) -> dict[Scalar, Reading]:
        """What texts of a field were read as."""
        return self._seen[name]

    def read_posts(self, text: str, column: Column, village: str | None) -> PostsReading:
        """Read one cell of posts; ``village`` is the name that may stand before each post."""
        if column.ticked:
            return _read_tick(text, column)
        key = (text, column.committee, village if village and village in text else None)
        if key not in self._posts:
            self._posts[key] = read_posts(text, column.committee, key[2])
        return self._posts[key]


@dataclass(frozen=True, slots=True)
class _Part:
    """What some cells of a row together say: values and doubts, and of a place the name it has before posts."""

    values: Mapping[str, object]
    doubts: tuple[Doubt, ...]
    village: str | None = None


class RowReader:
    """Reads the rows of one table; what its columns ask for is settled once, and equal cells are read once."""

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
        self._by_kind = [self._of_kind(c.index, c.field) for c in table.columns if c.field in _BY_KIND]
        self._splits_education = any(indices(name) for name in _SPLIT_EDUCATION)
        self._has_highest = bool(indices("education"))
        self._places: dict[tuple[str, str, Place], _Part] = {}
        self._held: dict[tuple[str | None, ...], _Part] = {}

    def _of_kind(self, index: int, name: str) -> tuple[int, str, dict[Scalar, Reading], Read]:
        """How a column is read by the kind of its field: index, field, what was read, the reading itself."""
        field = ROSTER.field(name)
        if self._row_ids and field.sensitive:
            return index, name, {}, _silent_where_masked(field.kind.read)
        return index, name, self._cells.seen(name), field.kind.read

    def read(self, row: int, cells: Sequence[Scalar], place: Place) -> tuple[dict[str, object], list[Doubt]]:
        """Values and doubts of one row, given as its cells; ``place`` is what titles and lines above tell."""
        where = self._read_place(_first(cells, self._townships), _first(cells, self._villages), place)
        values = dict(where.values)
        doubts = list(where.doubts)
        choices: dict[str, tuple[str, ...]] = {}
        for index, name, seen, read in self._by_kind:
            value = cells[index]
            if value is None:
                continue
            reading = seen.get(value) if value.__class__ is str else None
            if reading is None:
                cell = self._table.cell(row, index) if value.__class__ is float else Cell(value)
                reading = read(cell, self._cells.today)
                if value.__class__ is str:
                    seen[value] = reading
            if reading.value is not None and name not in values:
                values[name] = reading.value
            if reading.problem is not None:
                doubts.append((name, Cell(value).text, reading.problem, reading.value is not None))
                choices[name] = reading.choices
        if "name" not in values and not any(doubt[0] == "name" for doubt in doubts):
            doubts.append(("name", "", "没有填姓名，这一行不导入，请补上。", False))
        if self._posts:
            held = self._read_posts(row, cells, where.village)
            values |= held.values
            doubts += held.doubts
        if self._row_ids and (told := cells[self._row_ids[0]]) is not None:
            values["row_id"] = Cell(told).text
        if self._statuses and (stage := party_stage(_first(cells, self._statuses))):
            values["party_stage"] = stage
        self._settle(cells, values, doubts, choices)
        return values, doubts

    def _read_place(self, township: str, village: str, place: Place) -> _Part:
        """Township and village as written, else as ``place`` has them."""
        key = (township, village, place)
        if key not in self._places:
            self._places[key] = self._resolved(*key)
        return self._places[key]

    def _resolved(self, written_township: str, written_village: str, place: Place) -> _Part:
        names = self._cells.names
        township, code = place
        doubts: list[Doubt] = []
        found = names.township(written_township)
        if found.problem:
            doubts.append(("township", written_township, found.problem, False))
        if found.code not in (None, township):
            township, code = found.code, None
        village = names.village(written_village, township)
        if village == _SAYS_NOTHING:
            village = Resolved(code, None if code else self._no_village())
        if village.problem:
            doubts.append(("village", written_village, village.problem, False))
        if village.code is not None:
            township = names.parent(village.code)
        told = {"division_code": village.code, "township_code": township}
        values = {name: value for name, value in told.items() if value is not None}
        stem = names.stem(village.code) if village.code else village_stem(written_village)
        return _Part(values, tuple(doubts), stem)

    def _no_village(self) -> str:
        if self._villages:
            return "没有填村（社区），这一行不导入，请补上。"
        return "表里、标题里都没有写明是哪个村（社区），这一行不导入。"

    def _read_posts(self, row: int, cells: Sequence[Scalar], village: str | None) -> _Part:
        texts = [_first(cells, (column.index,)) for column in self._posts]
        for below in self._table.continued.get(row, ()):
            texts += [self._table.cell(below, column.index).text for column in self._posts]
        said = village if village and any(village in text for text in texts) else None
        key = (said, *texts)
        if key not in self._held:
            self._held[key] = self._posts_of(texts, said)
        return self._held[key]

    def _posts_of(self, texts: Sequence[str], village: str | None) -> _Part:
        readings = [
            (text, self._cells.read_posts(text, column, village))
            for column, text in zip(cycle(self._posts), texts, strict=False)
            if not means_nothing(text)
        ]
        values: dict[str, object] = {}
        doubts: list[Doubt] = []
        for text, reading in readings:
            if reading.problem:
                doubts.append(("posts", text, reading.problem, bool(reading.posts)))
            if reading.status and reading.posts:
                values["status"] = reading.status
            if reading.party_form:
                values["party_form"] = reading.party_form
        if posts := one_a_post(held for _, reading in readings for held in reading.posts):
            values["posts"] = posts
        return _Part(values, tuple(doubts))

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
        if self._splits_education and ("education" in values or not self._has_highest):
            levels = [values.get(name) for name in ("education", *_SPLIT_EDUCATION)]
            highest = highest_education(*(str(level) for level in levels if level))
            values |= {"education": highest} if highest else {}
        for found in contradictions(values):
            written = _first(cells, [c.index for c in self._table.columns if c.field == found.field])
            doubts.append((found.field, written, found.message, not found.drop))
            if found.drop:
                del values[found.field]


_SAYS_NOTHING = Resolved()


def _silent_where_masked(read: Read) -> Read:
    """A reading of our own export, which may have masked a number: then it says nothing new."""
    return lambda cell, today: SILENT if "*" in cell.text else read(cell, today)


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
