"""What can be done to the roster from its page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.models.registers.roster import ROSTER, RosterRow
from desktop.views import errors
from desktop.views.tables.list_actions import ListActions
from desktop.views.tables.source import Edit

if TYPE_CHECKING:
    from desktop.models.domain.fields import Register
    from desktop.office import Office
    from desktop.views.register.source import RosterSource
    from desktop.views.tables.list_form import NewLine


class RosterActions(ListActions):
    """Adding and ending posts, beside what any register can do; ``appointed`` carries ids of people whose posts were written."""

    appointed = Signal(list)

    def __init__(self, office: Office, source: RosterSource, parent: QWidget) -> None:
        super().__init__(office, office.roster, source.today, parent)
        self._roster = office.roster

    @property
    def labels(self) -> Register:
        """See ListActions."""
        return ROSTER

    def enter(self, line: NewLine) -> None:
        """Add a person, or give a known one a post.

        Raises:
            InvalidValueError: with every problem by field.
        """
        village = line.division_code or ""
        if line.person_id is None:
            key = self._roster.add(village, line.values, self._today)
        else:
            posts, since = line.values.get("posts", ""), line.values.get("post_since", "")
            key = self._roster.appoint(line.person_id, village, posts, since, self._today)
        self.relisted.emit(key)
        self.say_done()

        if line.person_id is not None:
            self.appointed.emit([line.person_id])

    def write(self, edits: Sequence[Edit], why: str) -> None:
        """See ListActions."""
        super().write(edits, why)
        self._tell_appointed(edits)

    def paste(self, edits: Sequence[Edit], rows: Sequence[Mapping[str, str]], place: str | None) -> None:
        """See ListActions."""
        super().paste(edits, rows, place)
        self._tell_appointed(edits)

    def _tell_appointed(self, edits: Sequence[Edit]) -> None:
        people = dict.fromkeys(edit.key[0] for edit in edits if edit.field == "posts")
        if people:
            self.appointed.emit(list(people))

    def rewrite(self, row: RosterRow, who: str, typed: Mapping[str, str], seen: Mapping[str, str]) -> None:
        """See ListActions."""
        super().rewrite(row, who, typed, seen)
        if typed.get("posts", "") != self._roster.text(row, "posts", whole=True):
            self.appointed.emit([row.person.id])

    def end_terms(self, term_ids: Sequence[str], day: date, reason: str, approval: str) -> None:
        """End posts (离任)."""
        with errors.told(self._over):
            self._roster.end_terms(term_ids, day, reason, approval)
            self.relisted.emit(None)
            self.say_done()
