"""Handing the shown lines and columns over as a workbook."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton

from desktop.views import errors
from desktop.views.widgets.saving import WORKBOOKS, ask_where_to_save

if TYPE_CHECKING:
    from desktop.models.services.registers import RegisterService
    from desktop.models.services.roster_lists import RosterLists
    from desktop.views.tables.list_source import ListSource


class Exporting(QObject):
    """Offers masked numbers, or whole ones for a reason; then asks where to."""

    noted = Signal(str)

    def __init__(
        self,
        service: RosterLists | RegisterService,
        source: ListSource,
        columns: Callable[[], Sequence[str]],
        button: QPushButton,
        *,
        what: str = "花名册",
        noun: str = "人",
        masked: bool = True,
    ) -> None:
        """``what`` names the file, ``noun`` counts its lines; ``masked``: there are numbers to ask about."""
        super().__init__(button)
        self.service, self._source, self._columns, self._button = service, source, columns, button
        self.what, self._noun, self._masked = what, noun, masked
        self.unit = ""  # for the file's name
        button.clicked.connect(self.offer)

    def offer(self) -> None:
        """Open the menu below the button; without numbers there is nothing to choose."""
        if not self._masked:
            self.ask_where()
            return
        menu = QMenu(self._button)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("导出表格里显示的行和列…", self.ask_where)
        menu.addAction("导出，身份证号和电话不遮住…", self._ask_reason)
        menu.popup(self._button.mapToGlobal(QPoint(0, self._button.height())))

    def _ask_reason(self) -> None:
        from desktop.views.widgets.reason import ReasonDialog

        dialog = ReasonDialog(self._button.window())
        dialog.given.connect(self.ask_where)
        dialog.open()

    def ask_where(self, reason: str | None = None) -> None:
        """Ask for the file."""
        name = f"{self.unit}{self.what} {self._source.query.on:%Y.%m.%d}.xlsx"
        over = self._button.window()
        ask_where_to_save(over, "导出到", WORKBOOKS, name, lambda file: self.export(Path(file), reason))

    def export(self, path: Path, reason: str | None = None) -> None:
        """Write the workbook; a reason shows numbers whole, and is put on record."""
        with errors.told(self._button.window()):
            whole = reason is not None
            count = self.service.export(
                path, self._source.query, self._columns(), full_ids=whole, reason=reason
            )
            self.noted.emit(f"已导出 {count} {self._noun}：{path}")
