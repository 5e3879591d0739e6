"""Filling cells of the matrix: Space, paste, whole rows and columns by their menus; each is one change set."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from desktop.models.registers.checklist import NOT_APPLICABLE, STATUS
from desktop.models.registers.checklist_rows import CellKey, ChecklistCell
from desktop.models.services.cell_edits import EditOutcome
from desktop.models.services.checklists import CYCLE
from desktop.office import Office
from desktop.views import errors

_SHOWN_PROBLEMS = 8
_OUTSIDE = "{count} 格超出了表格，或者那个党组织没有这一项。请从要填的第一格开始粘贴。"


class Fills(QObject):
    """``done`` after each change."""

    done = Signal()

    def __init__(self, office: Office, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self._office, self._today, self._over = office, today, parent

    def cycle(self, keys: Sequence[CellKey]) -> None:
        """Give cells the status after that of the first."""
        self._do(lambda: self._office.checklists.cycle(keys, self._today))

    def clear(self, keys: Sequence[CellKey]) -> None:
        """Take statuses out."""
        self._set(keys, None)

    def paste(
        self, edits: Sequence[tuple[CellKey, str]], outside: int, called: Callable[[CellKey], str]
    ) -> None:
        """Write statuses as typed; what cannot be taken is told, by what its cell is ``called``, and how much lay outside."""
        with errors.told(self._over):
            outcome = self._office.checklists.paste(edits, self._today)
            if outcome.applied:
                self.done.emit()
            if outcome.problems or outside:
                errors.tell(self._over, _not_pasted(outcome, outside, called))

    def offer(self, menu: QMenu, what: str, cells: Sequence[ChecklistCell]) -> None:
        """Lines of a menu that give cells a status; those that are not applicable are left alone, and counted."""
        applicable = [cell.key for cell in cells if cell.status != NOT_APPLICABLE]
        left = len(cells) - len(applicable)
        for status in (*CYCLE[1:], None):
            keys = applicable if status else [cell.key for cell in cells]
            kept = f"，不适用的 {left} 项不动" if left and status else ""
            words = f"{what}{STATUS.show(status) or '清空'}（{len(keys)} 项{kept}）"
            menu.addAction(words, partial(self._set, keys, status)).setEnabled(bool(keys))

    def _set(self, keys: Sequence[CellKey], status: str | None) -> None:
        self._do(lambda: self._office.checklists.set_status(keys, status, self._today))

    def _do(self, act: Callable[[], object]) -> None:
        with errors.told(self._over):
            if act() != 0:  # how many were changed, or the status
                self.done.emit()


def _not_pasted(outcome: EditOutcome, outside: int, called: Callable[[CellKey], str]) -> str:
    lines = [f"{called(p.key)}：{p.message}" for p in outcome.problems if isinstance(p.key, CellKey)]
    rest = len(lines) - _SHOWN_PROBLEMS
    shown = [*lines[:_SHOWN_PROBLEMS], *([f"……还有 {rest} 格"] if rest > 0 else [])]
    if outside:
        shown.append(_OUTSIDE.format(count=outside))
    also = "，其余的已经填好" if outcome.applied else ""
    return "\n".join((f"{len(lines) + outside} 格没有填{also}：", *shown))
