"""What can be done to any register from its page: each is one call of the service and one change set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.models.errors import DesktopError
from desktop.views import errors
from desktop.views.tables.source import Edit, Key

if TYPE_CHECKING:
    from desktop.models.services.cell_edits import CellProblem, EditOutcome
    from desktop.office import Office

_SHOWN_PROBLEMS = 8


class ListActions(QObject):
    """Calls the service, the roster's or a simple register's, and tells what came of it."""

    rewritten = Signal(list)  # keys of lines of which cells changed; the lines themselves stayed
    relisted = Signal(object)  # lines came or went; the key of the one to go to, or None
    noted = Signal(str)
    done = Signal(str)  # the last change set in words

    def __init__(self, office: Office, service: Any, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._service = service
        self._history = office.history
        self._today = today

    def write(self, edits: Sequence[Edit], why: str) -> None:
        """Write cells; no words for a single one, which the service names itself."""
        cells = _cells(edits)
        outcome, told = None, None
        try:
            if why:
                outcome = self._service.set_cells(cells, self._today, why)
            else:
                told = self._service.set_cell(*cells[0], self._today).problem
        except DesktopError as error:
            self.noted.emit(f"没有改：{error}")
            return
        self.rewritten.emit([key for key, _, _ in cells])
        if outcome is None:
            self.say_done(told)
        else:
            self._tell(outcome)

    def paste(self, edits: Sequence[Edit], rows: Sequence[Mapping[str, str]], place: str | None) -> None:
        """Write cells, and add lines for ``rows`` (texts by field); ``place``: the village of those that name none."""
        why = f"粘贴 {len(edits)} 格，追加 {len(rows)} 行"
        cells = _cells(edits)
        with errors.told(self._over):
            outcome: EditOutcome = self._service.paste(cells, rows, self._today, why, division_code=place)
            self.relisted.emit(outcome.added[0] if outcome.added else None)
            self._tell(outcome)

    def _tell(self, outcome: EditOutcome) -> None:
        """Say what was done, and list what was not."""
        if outcome.applied or outcome.added:
            self.say_done()
        rows = {problem.key for problem in outcome.problems if isinstance(problem.key, int)}
        cells = [problem for problem in outcome.problems if problem.key not in rows]
        counts = [
            f"{number} {what}"
            for number, what in ((len(cells), "格没有改"), (len(rows), "行没有追加"))
            if number
        ]
        if counts:
            words = list(dict.fromkeys(self._words_on(problem) for problem in outcome.problems))
            shown = "\n".join(words[:_SHOWN_PROBLEMS])
            errors.tell(self._over, f"{'，'.join(counts)}，其余的已经改好：\n{shown}")

    def _words_on(self, problem: CellProblem) -> str:
        if not isinstance(problem.key, int):
            return problem.message
        return f"多出的第 {problem.key + 1} 行{self.labels.field(problem.field).label}：{problem.message}"

    def rewrite(self, row: Any, who: str, typed: Mapping[str, str], seen: Mapping[str, str]) -> None:
        """Write what a form or dialog changed of a line, as it was opened with it.

        ``seen``: what was changed since then and the officer was shown.

        Raises:
            InvalidValueError: nothing was written; every problem by field.
            StaleRecordError: nothing was written; somebody has to choose.
            DesktopError: the line is gone.
        """
        opened = {name: self._service.text(row, name, whole=True) for name in typed} | dict(seen)
        if self._service.rewrite(row.key, opened, typed, self._today, f"修改：{who}"):
            self.rewritten.emit([row.key])
            self.say_done()

    @property
    def labels(self) -> Any:
        """The register that names the fields."""
        return self._service.listing.shown

    def remove(self, keys: Sequence[Key]) -> None:
        """Take out lines that were entered by mistake."""
        with errors.told(self._over):
            self._service.remove(keys)
            self.relisted.emit(None)
            self.say_done()

    def say_done(self, told: str | None = None) -> None:
        """Say the last change set in words, and below what is to be known of it."""
        done = f"已{self._history.next_undo() or '保存'}"
        self.done.emit(f"{done}\n{told}" if told else done)


def _cells(edits: Sequence[Edit]) -> list[tuple[Any, str, str]]:
    return [(edit.key, edit.field, edit.text) for edit in edits]
