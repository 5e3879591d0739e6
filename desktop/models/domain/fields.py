"""What is kept of a record, field by field (字段): labels, headings, widths, and kinds that read and show values."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from desktop.models.domain.cleaning import clean, clean_lines, means_nothing
from desktop.models.domain.codes import CodeList, read_code
from desktop.models.domain.identity import mask_identity, read_identity
from desktop.models.domain.months import read_month, show_month
from desktop.models.domain.names import read_name
from desktop.models.domain.phones import mask_phone, read_phone
from desktop.models.domain.reading import SILENT, Cell, Reading


class Kind(Protocol):
    """A kind of value: reads messy cells, shows what is stored."""

    @property
    def choices(self) -> tuple[str, ...]:
        """The labels a person picks from; empty where anything may be typed."""
        ...

    @property
    def align(self) -> str:
        """``left``, ``center`` or ``right`` on screen and paper."""
        ...

    def read(self, cell: Cell, today: date) -> Reading:
        """Read a cell into a value, a problem, or both."""
        ...

    def show(self, value: object) -> str:
        """The stored value as screens and paper show it; empty for None."""
        ...

    def mask(self, value: object) -> str:
        """The value shown to eyes that need not see it whole."""
        ...

    def report(self, value: object) -> object:
        """The value as machine-readable output has it (canonical label, ``YYYY-MM``)."""
        ...


_TOLD = 120  # characters of a problem that are told: what was typed may be a whole page
_BEGINNING, _ADVICE = 40, 60
_FORMULA_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!)")


def _read_text(cell: Cell, _today: date) -> Reading:
    return _read_words(clean(cell.text))


def _read_prose(cell: Cell, _today: date) -> Reading:
    return _read_words(clean_lines(cell.text))


def _read_words(text: str) -> Reading:
    if _FORMULA_ERROR.fullmatch(text):
        return Reading(problem=f"单元格里是公式错误 {text}，请改填文字。")
    return SILENT if means_nothing(text) else Reading(text)


def _read_amount(cell: Cell, _today: date) -> Reading:
    text = clean(cell.text).replace(",", "").replace("，", "").removesuffix("元")
    if means_nothing(text):
        return SILENT
    try:
        amount = float(text)
    except ValueError:
        return Reading(problem=f"“{cell.text}”不是数，请只填数字。")
    if not 0 <= amount < 1e9 or amount != int(amount):
        return Reading(problem=f"“{cell.text}”应为不带小数的元，请核对。")
    return Reading(int(amount))


def _in_few_words(reading: Reading) -> Reading:
    """A problem that quotes a very long text, with its beginning and the advice at its end."""
    told = reading.problem
    if told is None or len(told) <= _TOLD:
        return reading
    return replace(reading, problem=f"{told[:_BEGINNING]}…{told[-_ADVICE:]}")


def _same(value: object) -> str:
    return "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Plain:
    """A kind that is read by a function and shown as it is, or by another function."""

    reads: Callable[[Cell, date], Reading] = _read_text
    shows: Callable[[str], str] = _same
    masks: Callable[[str], str] | None = None
    align: str = "left"
    choices: tuple[str, ...] = ()
    multiline: bool = False

    def read(self, cell: Cell, today: date) -> Reading:
        """See Kind."""
        return _in_few_words(self.reads(cell, today))

    def show(self, value: object) -> str:
        """See Kind."""
        return "" if value is None else self.shows(str(value))

    def mask(self, value: object) -> str:
        """See Kind."""
        return self.show(value) if self.masks is None or value is None else self.masks(str(value))

    def report(self, value: object) -> object:
        """See Kind."""
        return value


@dataclass(frozen=True, slots=True)
class Coded:
    """A kind whose values are codes of a list."""

    codes: CodeList
    reads: Callable[[Cell, date], Reading] | None = None
    align: str = "left"

    @property
    def choices(self) -> tuple[str, ...]:
        """Short labels where the list has them, else all labels."""
        return tuple(self.codes.short.values()) or tuple(self.codes.labels.values())

    def read(self, cell: Cell, today: date) -> Reading:
        """See Kind."""
        return _in_few_words(self.reads(cell, today) if self.reads else read_code(self.codes, cell))

    def show(self, value: object) -> str:
        """See Kind."""
        return "" if value is None else self.codes.show(str(value))

    def mask(self, value: object) -> str:
        """See Kind."""
        return self.show(value)

    def report(self, value: object) -> object:
        """See Kind."""
        return None if value is None else self.codes.label(str(value))


TEXT = Plain()
PROSE = Plain(_read_prose, multiline=True)  # paragraphs: it keeps its line breaks
NAME = Plain(read_name)
MONTH = Plain(read_month, show_month)
IDENTITY = Plain(read_identity, masks=mask_identity)
PHONE = Plain(read_phone, masks=mask_phone)
AMOUNT = Plain(_read_amount, align="right")


def coded(
    codes: CodeList, reads: Callable[[Cell, date], Reading] | None = None, align: str = "left"
) -> Coded:
    """The kind of a code list; ``reads`` where its doubtful spellings have words of their own."""
    return Coded(codes, reads, align)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a register as people meet it.

    ``parent`` is the upper line of a two-level heading; ``headings`` are what workbooks call the field;
    ``width_mm`` is its width on A3 paper; ``a4_width_mm`` its width on A4, None where A4 leaves it out.
    """

    name: str
    label: str
    kind: Kind = TEXT
    parent: str | None = None
    headings: tuple[str, ...] = ()
    width_mm: float = 18
    a4_width_mm: float | None = None
    editable: bool = True
    listed: bool = True  # a column of the table page when it is first opened
    grouped: bool = False  # workbooks write it once for several rows

    @property
    def sensitive(self) -> bool:
        """Whether the field is masked by default."""
        return isinstance(self.kind, Plain) and self.kind.masks is not None

    @property
    def multiline(self) -> bool:
        """Whether the field is written in paragraphs."""
        return isinstance(self.kind, Plain) and self.kind.multiline


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """A register (台账) declared once: its record, its fields, what it is called."""

    name: str
    title: str
    record: type
    fields: tuple[Field, ...]
    _by_name: dict[str, Field] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", {f.name: f for f in self.fields})

    def field(self, name: str) -> Field:
        """The field called ``name``.

        Raises:
            KeyError: there is none.
        """
        return self._by_name[name]
