"""Lines of a register as rows of a ledger: which of the listing's columns, what they are called on paper, how wide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from desktop.models.domain.fields import NAME
from desktop.models.ledgers.ledger import Align, Column, Ledger, Paper, Row, Span
from desktop.models.ledgers.roster import padded
from desktop.models.ledgers.usual import SERIAL, Around, usual_ledger
from desktop.models.registers.listing import Line, Listing

_PLACES = ("township", "village")  # neighbors of one place share a cell


@dataclass(frozen=True, slots=True)
class Shape:
    """How one column stands on paper: its width (a share, in mm), heading, heading above it, whether to the left."""

    width_mm: float
    label: str = ""  # the field's own where empty
    parent: str = ""
    left: bool = False
    a4: bool = True  # whether it stands on A4 too


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedForm:
    """The columns of a ledger made of a listing, in the order of the form."""

    listing: Listing
    shapes: Mapping[str, Shape]  # by column of the listing

    def ledger(
        self,
        lines: Sequence[Line],
        total: str,
        around: Around,
        *,
        time: str,
        unit: str,
        full: bool = False,
        disclosed: int = 0,
        worded: Sequence[Mapping[str, str]] = (),
        notes: Sequence[str] = (),
        body_pt: float | None = None,
    ) -> Ledger:
        """The ledger of some lines, in their order, with ``total`` below them; the others as ``usual_ledger`` and ``_rows``.

        Args:
            disclosed: the people of the lines who have a number; it counts only where numbers are ``full``.
        """
        names = self._on(around.paper, lines, around.place)
        return usual_ledger(
            around.title,
            self._columns(names),
            self._rows(names, lines, full=full, worded=worded),
            place=around.place,
            signature=around.signature,
            paper=around.paper,
            time=time,
            unit=unit,
            totals=((Span("合计", 2), Span(total, len(names) - 1, Align.LEFT)),),
            notes=notes,
            body_pt=body_pt,
            disclosed=disclosed if full else 0,
        )

    def _on(self, paper: Paper, lines: Sequence[Line], place: str) -> tuple[str, ...]:
        """The columns on some paper; the township only where the title does not name it."""
        elsewhere = any(line.township not in place for line in lines)
        return tuple(
            name
            for name, shape in self.shapes.items()
            if (shape.a4 or paper is Paper.A3) and (name != "township" or elsewhere)
        )

    def _columns(self, names: Iterable[str]) -> tuple[Column, ...]:
        """The serial number and the columns of some names."""
        return (SERIAL, *(self._column(name) for name in names))

    def _rows(
        self,
        names: Sequence[str],
        lines: Sequence[Line],
        *,
        full: bool = False,
        worded: Sequence[Mapping[str, str]] = (),
    ) -> list[Row]:
        """A numbered row a line; ``full``: numbers of people whole; ``worded``: texts that go before a line's own."""
        made = []
        for number, line in enumerate(lines, start=1):
            own = worded[number - 1] if worded else {}
            cells = (own[name] if name in own else self.text(line, name, full=full) for name in names)
            made.append(Row((str(number), *cells), line.township))
        return made

    def _column(self, name: str) -> Column:
        shape, shown = self.shapes[name], self.listing.shown
        label = shape.label or shown.field(name).label
        return Column(
            label=label,
            parent=shape.parent,
            width_mm=shape.width_mm,
            align=Align.LEFT if shape.left else Align.CENTER,
            merge=name in _PLACES,
        )

    def text(self, line: Line, name: str, *, full: bool) -> str:
        """One cell; a short name is widened."""
        kind, value = self.listing.shown.field(name).kind, self.listing.value_of(line, name)
        text = kind.show(value) if full else kind.mask(value)
        return padded(text) if kind is NAME else text
