"""What was changed in a person's record: who, when, old → new, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from desktop.models.domain.cleaning import in_one_line
from desktop.models.errors import DesktopError
from desktop.views import errors, theme
from desktop.views.widgets.entries import Entries, Entry
from desktop.views.widgets.wrapped import WrappedLabel

if TYPE_CHECKING:
    from desktop.models.services.history import ChangeLine, FieldChange
    from desktop.office import Office

_NOTHING = "空"


class ChangesTab(Entries):
    """One entry a change set; ``restored`` carries words once one was taken back."""

    restored = Signal(str)

    def __init__(self, office: Office) -> None:
        super().__init__("变更记录", "还没有改动过。")
        self._history = office.history

    def show_person(self, person_id: str) -> None:
        """Show everything that happened to a person."""
        self.show_entries([self._entry(line) for line in self._history.of_person(person_id)])

    def _entry(self, line: ChangeLine) -> Entry:
        words = WrappedLabel("\n".join((line.why, *map(_detail, line.details))))
        by = f" · {line.operator}" if line.operator else ""
        restore = theme.link(QPushButton("恢复"))
        restore.setAccessibleName(f"恢复到“{line.why}”之前")
        restore.setToolTip("撤销这一次改动")
        restore.clicked.connect(lambda: self._ask(line))
        head = QWidget()
        layout = QHBoxLayout(head)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(theme.quiet(QLabel(f"{line.at:%Y.%m.%d %H:%M}{by}")), 1)
        layout.addWidget(restore)
        return Entry((head, words), current=False)

    def _ask(self, line: ChangeLine) -> None:
        people = {change.who for change in self._history.details(line.seq)}
        if len(people) <= 2:  # a person, and the village of a post
            self._restore(line)
            return
        question = f"“{line.why}”一次改了 {len(people)} 处人员和单位，恢复会把它们一起改回去。"
        errors.ask(self, question, "全部恢复", lambda: self._restore(line), words="恢复之后也可以再撤销。")

    def _restore(self, line: ChangeLine) -> None:
        try:
            self._history.undo(line.seq)
        except DesktopError as error:
            errors.tell(self, error)
            return
        self.restored.emit(f"已恢复：{line.why}")


def _detail(change: FieldChange) -> str:
    old, new = in_one_line(change.old), in_one_line(change.new) or _NOTHING
    return f"{change.field}：{old} → {new}" if old else f"{change.field}：{new}"
