"""A ledger (台账) as a value: text only, before it is paper."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

SMALLEST_BODY_PT = 9.0  # an inspector must be able to read it


class Paper(StrEnum):
    """Paper sizes; a ledger always lies across (横)."""

    A3 = "A3"
    A4 = "A4"

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height of the sheet lying across."""
        return (420.0, 297.0) if self is Paper.A3 else (297.0, 210.0)


class Align(StrEnum):
    """Where text stands in its cell, across."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column and its heading; neighbors with the same ``parent`` stand below one common heading.

    ``width_mm`` is a share: all widths together are scaled to fill the paper. With ``merge``, cells of one group with
    the same text become one cell (the village).
    """

    label: str
    width_mm: float
    parent: str = ""
    align: Align = Align.CENTER
    merge: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One text a column; neighboring rows with the same ``group`` may share merged cells."""

    cells: tuple[str, ...]
    group: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A cell of a total row (合计) that reaches over some columns."""

    text: str
    columns: int = 1
    align: Align = Align.CENTER


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """What a printed ledger says, from title to foot. Text is never markup; ``\\n`` begins a new line."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    head: tuple[str, str, str] = ("", "", "")  # left 填报单位（盖章）, middle 统计截止时间, right 单位
    totals: tuple[tuple[Span, ...], ...] = ()
    notes: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()  # 主要负责人签字：, 审核人： …
    marking: str = ""  # 内部资料 注意保管, 草稿 …
    version: str = ""  # number, time and short hash of an issued ledger
    paper: Paper = Paper.A3
    body_pt: float = 10.5
    disclosed: int = 0  # people whose numbers stand on it whole: on record before it leaves the program

    def __post_init__(self) -> None:
        """Refuse what no paper could show: rows or totals of the wrong length, print too small to read."""
        width = len(self.columns)
        if not width or self.body_pt < SMALLEST_BODY_PT:
            raise ValueError(f"{width} columns at {self.body_pt} pt")
        if any(len(row.cells) != width for row in self.rows):
            raise ValueError(f"each row must have {width} cells")
        if any(sum(span.columns for span in total) != width for total in self.totals):
            raise ValueError(f"each total must reach over {width} columns")


def placed_title(place: str, title: str) -> str:
    """A title with its place before it; of one village it does not say “村（社区）” again."""
    return place + (title.removeprefix("村（社区）") if place.endswith(("村", "社区")) else title)
