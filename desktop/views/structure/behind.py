"""Whom a number was counted from, beside the table."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from desktop.models.domain.months import show_month
from desktop.models.rules.structure_columns import Count
from desktop.views import theme
from desktop.views.page import Request
from desktop.views.structure.table import heading
from desktop.views.widgets.wrapped import WrappedLabel

if TYPE_CHECKING:
    from desktop.models.registers.roster import RosterRow
    from desktop.models.rules.structure import StructureRow
    from desktop.models.rules.structure_columns import StructureColumn
    from desktop.models.services.structure import BehindNumber

_WIDTH = 17  # characters
_REQUEST = Qt.ItemDataRole.UserRole


class BehindPanel(QWidget):
    """A list of people or villages; Enter opens one, the button all of them: ``asked`` carries a Request."""

    asked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMinimumWidth(theme.characters(self, _WIDTH))
        self._request: Request | None = None
        self.words = WrappedLabel("点表里的数字，这里列出是哪些人。", self)
        self.remark = theme.quiet(WrappedLabel(parent=self))
        self.remark.hide()
        self.list = QListWidget(self)
        self.list.setAccessibleName("数字后面的人")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(lambda item: self.asked.emit(item.data(_REQUEST)))
        self.open = QPushButton("在名册中打开", self)
        self.open.clicked.connect(lambda: self.asked.emit(self._request))
        self.open.setEnabled(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.GAP, 0, 0, 0)
        for widget in (self.words, self.remark, self.list, self.open):
            layout.addWidget(widget)
        layout.setStretchFactor(self.list, 1)

    def show_number(
        self, row: StructureRow, column: StructureColumn, behind: BehindNumber, unit: str | None, on: date
    ) -> None:
        """List whom a cell counts; ``unit`` is the table's own."""
        shown = column.show(row.values[column.name]) or "无"
        self.words.setText(f"{row.name} · {heading(column)}：{shown}")
        self._remark(column, behind)
        self.list.clear()
        scope = row.code or unit
        reserves = column.name == "reserves"
        for person in behind.people:
            request = Request(
                page="reserve" if reserves else "roster",
                unit=person.division.code,
                on=on,
                of=() if reserves else (person.person.id,),
            )
            self._add(_told(person), request)
        for village in behind.villages:
            self._add(village.short_name, Request(page="roster", unit=village.code, on=on, chip="all"))
        people = () if reserves else tuple(person.person.id for person in behind.people)
        self._request = Request(
            page="reserve" if reserves else "roster",
            unit=scope,
            on=on,
            of=people,
            chip=None if people or reserves else "all",
        )
        self.open.setText("在后备力量中打开" if reserves else "在名册中打开")
        self.open.setEnabled(self.list.count() > 0)

    def clear(self) -> None:
        """Nothing is chosen."""
        self.words.setText("点表里的数字，这里列出是哪些人。")
        self.remark.hide()
        self.let_go()

    def let_go(self) -> None:
        """Offer nobody to be opened until a number is listed again."""
        self.list.clear()
        self.open.setEnabled(False)

    def _remark(self, column: StructureColumn, behind: BehindNumber) -> None:
        """What is listed where the number itself is no count of it."""
        words = {
            Count.SHARE: f"算作分子的 {len(behind.people)} 人",
            Count.AVERAGE_AGE: f"知道年龄的 {len(behind.people)} 人",
            Count.APPROVED: f"核定了职数的 {len(behind.villages)} 个班子",
            Count.VACANCIES: f"有缺额的 {len(behind.villages)} 个班子",
        }.get(column.count, "")
        people = {person.person.id for person in behind.people}
        if not words and len(people) < len(behind.people):
            words = "在几个村任职的人列几行"
        self.remark.setText(words)
        self.remark.setVisible(bool(words))

    def _add(self, words: str, request: Request) -> None:
        item = QListWidgetItem(words)
        item.setData(_REQUEST, request)
        item.setToolTip(words)
        self.list.addItem(item)


def _told(row: RosterRow) -> str:
    born = show_month(row.person.birth) if row.person.birth else ""
    below = " ".join(filter(None, (row.posts_text, born)))
    return f"{row.person.name}　{row.division.short_name}\n{below}" if below else row.person.name
