"""A register of a few invented lines, for tests of the grid by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.models.domain.codes import EDUCATION
from desktop.models.domain.fields import IDENTITY, MONTH, NAME, PROSE, Field, coded
from desktop.models.domain.reading import Cell, Reading
from desktop.views.tables.source import Edit, Key

TODAY = date(2026, 11, 24)
FIELDS = (
    Field(name="name", label="姓名", kind=NAME),
    Field(name="village", label="村（社区）", editable=False),
    Field(name="birth", label="出生年月", kind=MONTH),
    Field(name="education", label="学历", kind=coded(EDUCATION)),
    Field(name="id_number", label="身份证号", kind=IDENTITY),
    Field(name="remarks", label="备注", kind=PROSE, listed=False),
)


@dataclass
class Line:
    """One line of texts by field."""

    key: int
    texts: dict[str, str]


class Lines:
    """A source that counts what it is asked for."""

    fields = FIELDS

    def __init__(self, count: int) -> None:
        self.editable = True
        self.lines = {number: _line(number) for number in range(count)}
        self.order: list[int] = list(self.lines)
        self.read_keys: list[int] = []

    def keys(self) -> Sequence[Key]:
        """All, in order."""
        return list(self.order)

    def rows(self, keys: Sequence[Key]) -> Mapping[Key, Line]:
        """Those that are there."""
        self.read_keys += keys
        return {key: self.lines[key] for key in keys if key in self.lines}

    def text(self, row: Line, field: Field, *, whole: bool) -> str:
        """Identity numbers are masked."""
        text = row.texts.get(field.name, "")
        return text if whole or not text else field.kind.mask(text) if field.sensitive else text

    def doubts(self, row: Line) -> Mapping[str, str]:
        """A name of one character is doubtful, an education is never missing."""
        found = {}
        if len(row.texts["name"]) == 1:
            found["name"] = "只有一个字，请核对。"
        if not row.texts.get("education"):
            found["education"] = "还没有填学历。"
        return found

    def read(self, _key: Key, field: Field, text: str) -> Reading:
        """As the field's kind does."""
        return field.kind.read(Cell(text), TODAY)

    def facet(self, field: Field) -> Sequence[tuple[str, int]]:
        """Values with their counts."""
        values = [line.texts.get(field.name, "") for line in self.lines.values()]
        return [(value, values.count(value)) for value in dict.fromkeys(values)]

    def write(self, edits: Sequence[Edit]) -> None:
        """Take texts as they are."""
        for edit in edits:
            line = self.lines[edit.key]
            line.texts[edit.field] = edit.text


def _line(number: int) -> Line:
    return Line(
        number,
        {
            "name": f"张{number}",
            "village": f"{number // 5}村",
            "birth": "1974.05",
            "education": "大专",
            "id_number": "421099197405010031",
        },
    )
