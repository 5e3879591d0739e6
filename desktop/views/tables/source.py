"""What a grid asks of a register: which lines, in which order, what their cells say and take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from desktop.models.domain.fields import Field
from desktop.models.domain.reading import Reading

Key = Any  # hashable; what a line is, whatever is edited in it
Row = Any  # a record, or a view over several


@dataclass(frozen=True, slots=True)
class Edit:
    """A text to be written into one cell."""

    key: Key
    field: str
    text: str


class Source(Protocol):
    """The lines of one register, as one page asks for them at the moment."""

    @property
    def fields(self) -> tuple[Field, ...]:
        """The columns, the frozen one first."""
        ...

    @property
    def editable(self) -> bool:
        """Whether cells can be edited now."""
        ...

    def keys(self) -> Sequence[Key]:
        """The keys of all lines in the order shown; asked at each keystroke of a search."""
        ...

    def rows(self, keys: Sequence[Key]) -> Mapping[Key, Row]:
        """The lines of some keys; a vanished one is left out."""
        ...

    def text(self, row: Row, field: Field, *, whole: bool) -> str:
        """A cell as shown; ``whole`` shows what is masked otherwise."""
        ...

    def doubts(self, row: Row) -> Mapping[str, str]:
        """What is missing or doubtful in a line: words by field name."""
        ...

    def read(self, key: Key, field: Field, text: str) -> Reading:
        """Check a text for a cell; nothing is written."""
        ...

    def facet(self, field: Field) -> Sequence[tuple[str, int]]:
        """The values of a column with their counts, for the list in its heading."""
        ...
