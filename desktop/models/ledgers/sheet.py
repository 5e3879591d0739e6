"""A sheet (表单) as a value: a form of one subject, upright, with photos — a checklist, the record of an activity."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar, overload

from desktop.models.ledgers.ledger import Align

SIZE_MM = (210.0, 297.0)  # A4 upright
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG (gray or RGB) as it is put on paper, its size in pixels, and the words below it."""

    jpeg: bytes
    width: int
    height: int
    caption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell; ``share`` is its part of the line's width. A label is printed as a heading."""

    text: str = ""
    share: float = 1.0
    label: bool = False
    align: Align = Align.LEFT
    picture: Picture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Cells beside one another.

    ``least_mm`` is its least height; with ``most_mm`` it grows into the room that a page has left. Neighbors of one
    ``group`` are a table: its ``heading`` is repeated where they go on on the next page.
    """

    cells: tuple[Cell, ...]
    least_mm: float = 0.0
    most_mm: float = 0.0
    group: str = ""
    heading: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What one printed form says, from title to foot; it begins on a page of its own."""

    title: str
    lines: tuple[Line, ...]
    head: tuple[str, str, str] = ("", "", "")
    notes: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    marking: str = ""
    version: str = ""
    subject: str = ""  # whom it is of, where something on it is told of; not printed


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """Forms of one kind in one file; pages are numbered within each."""

    title: str  # of the file
    sheets: Sequence[Sheet] = field(default=())
    photos: int = 0  # on all of them


class MadeWhenNeeded(Sequence[Sheet]):
    """Sheets each made anew when it is asked for and not kept: the photos of all would fill the memory."""

    def __init__(self, subjects: Sequence[T], make: Callable[[T], Sheet]) -> None:
        self._make: Callable[[int], Sheet] = lambda number: make(subjects[number])
        self._numbers = range(len(subjects))

    def __len__(self) -> int:
        return len(self._numbers)

    def __iter__(self) -> Iterator[Sheet]:
        return map(self._make, self._numbers)

    @overload
    def __getitem__(self, number: int) -> Sheet: ...

    @overload
    def __getitem__(self, number: slice) -> tuple[Sheet, ...]: ...

    def __getitem__(self, number: int | slice) -> Sheet | tuple[Sheet, ...]:
        """One sheet, or some."""
        if isinstance(number, slice):
            return tuple(map(self._make, self._numbers[number]))
        return self._make(self._numbers[number])


_LABEL = 1.0  # its share, where a value takes two


def labelled(*pairs: tuple[str, str], least_mm: float = 0.0) -> Line:
    """Labels with their values, all beside one another."""
    cells = [
        cell
        for label, text in pairs
        for cell in (
            Cell(text=label, label=True, share=_LABEL, align=Align.CENTER),
            Cell(text=text, share=2.0),
        )
    ]
    return Line(cells=tuple(cells), least_mm=least_mm)


def written(label: str, text: str, *, least_mm: float = 12.0, most_mm: float = 0.0) -> Line:
    """A label with a longer text beside it."""
    cells = (
        Cell(text=label, label=True, share=_LABEL, align=Align.CENTER),
        Cell(text=text, share=6.0 - _LABEL),
    )
    return Line(cells=cells, least_mm=least_mm, most_mm=most_mm)


def photos(
    pictures: Sequence[Picture], *, least_mm: float = 52.0, most_mm: float = 105.0, group: str = ""
) -> tuple[Line, ...]:
    """Photos two beside one another (2×2 a page where there is room); ``group`` as of a Line."""
    pairs = [pictures[first : first + 2] for first in range(0, len(pictures), 2)]
    return tuple(
        Line(
            cells=tuple(
                Cell(picture=picture, text=picture.caption, align=Align.CENTER) if picture else Cell()
                for picture in (*pair, None)[:2]
            ),
            least_mm=least_mm,
            most_mm=most_mm,
            group=group,
        )
        for pair in pairs
    )


def unprinted(names: Sequence[str]) -> tuple[str, ...]:
    """A note on photos whose files cannot be read, so that nobody misses them without a word."""
    if not names:
        return ()
    return (f"有 {len(names)} 张照片的文件丢失或损坏，没有印出：{'、'.join(names)}。请重新添加后再打印。",)


def to_sign(*labels: str, least_mm: float = 26.0) -> Line:
    """Room to sign or seal, each below its words."""
    return Line(cells=tuple(Cell(text=label) for label in labels), least_mm=least_mm)
