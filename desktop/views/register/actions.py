"""What can be done to the roster from its page: each is one call of the service and one change set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.models.errors import DesktopError
from desktop.models.registers.roster import RosterRow
from desktop.models.services.roster import InvalidValueError
from desktop.views import errors
from desktop.views.register.form import NewLine
from desktop.views.register.source import Key, RosterSource
from desktop.views.tables.source import Edit

if TYPE_CHECKING:
    from desktop.models.services.roster import CellProblem
    from desktop.office import Office

_SHOWN_PROBLEMS = 8


class RosterActions(QObject):
    """Calls the service and tells what came of it."""

    rewritten = Signal(list)  # keys of lines of which cells changed; the lines themselves stayed
    relisted = Signal(object)  # lines came or went; the key of the one to go to, or None
    noted = Signal(str)
    done = Signal(str)  # the last change set in words

    def __init__(self, office: Office, source: RosterSource, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._roster = office.roster
        self._history = office.history
        self._source = source

    def write(self, edits: Sequence[Edit], why: str) -> None:
        """Write cells; no words for a single one, which the service names itself."""
        cells: list[tuple[Any, str, str]] = [(edit.key, edit.field, edit.text) for edit in edits]
        problems: Sequence[CellProblem] = ()
        try:
            if why:
                problems = self._roster.set_cells(cells, self._source.today, why).problems
            else:
                self._roster.set_cell(*cells[0], self._source.today)
        except DesktopError as error:
            self.noted.emit(f"没有改：{error}")
            return
        self.rewritten.emit([key for key, _, _ in cells])
        if len(problems) < len(cells):
            self._say_done()
        if problems:
            words = list(dict.fromkeys(problem.message for problem in problems))
            shown = "\n".join(words[:_SHOWN_PROBLEMS])
            errors.tell(self._over, f"{len(problems)} 格没有改，其余的已经改好：\n{shown}")

    def enter(self, line: NewLine) -> bool:
        """Add a person, or give a known one a post.

        Raises:
            InvalidValueError: with every problem by field.
        """
        today = self._source.today
        if line.person_id is None:
            key = self._roster.add(line.division_code, line.values, today)
        else:
            posts, since = line.values.get("posts", ""), line.values.get("post_since", "")
            key = self._roster.appoint(line.person_id, line.division_code, posts, since, today)
        self.relisted.emit(key)
        self._say_done()
        return True

    def correct(self, row: RosterRow, values: Mapping[str, str]) -> None:
        """Write what a form changed in a line.

        Raises:
            InvalidValueError: nothing was written; every problem by field.
        """
        readings = {
            n: self._roster.read_cell(row.key, n, text, self._source.today) for n, text in values.items()
        }
        refused = {n: r.problem for n, r in readings.items() if r.problem is not None and r.value is None}
        if "name" in values and not values["name"]:
            refused["name"] = "姓名不能空着。"
        if refused:
            raise InvalidValueError(refused)
        if values:
            edits = [Edit(row.key, name, text) for name, text in values.items()]
            self.write(edits, f"修改：{row.person.name}")

    def end_terms(self, term_ids: Sequence[str], day: date, reason: str) -> None:
        """End posts (离任)."""
        with errors.told(self._over):
            self._roster.end_terms(term_ids, day, reason)
            self.relisted.emit(None)
            self._say_done()

    def remove(self, keys: Sequence[Key]) -> None:
        """Take out lines that were entered by mistake."""
        with errors.told(self._over):
            self._roster.remove(keys)
            self.relisted.emit(None)
            self._say_done()

    def _say_done(self) -> None:
        self.done.emit(f"已{self._history.next_undo() or '保存'}")
