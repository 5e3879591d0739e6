"""Settings: villages and communities, their names and order (村和社区)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.models.domain.posts import PartyForm
from desktop.models.registers.division import Division
from desktop.office import Office
from desktop.views import theme
from desktop.views.errors import tell, told
from desktop.views.exchange.draft import SUFFIXES
from desktop.views.settings.divisions_model import PARTY_FORM, DivisionsModel
from desktop.views.settings.new_division import NewDivision
from desktop.views.settings.section import Section

_WIDTHS = (14, 5, 16, 6, 8, 9)  # characters


class _FormDelegate(QStyledItemDelegate):
    """Picks one of the forms of a party body."""

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        """A combo of the three."""
        combo = QComboBox(parent)
        combo.addItems([form.label for form in PartyForm])
        combo.setAccessibleName("党组织形式")
        combo.activated.connect(partial(self.commitData.emit, combo))
        return combo


class DivisionsSection(Section):
    """A table to edit in place; every edit can be undone."""

    title = "村和社区"
    sentence = (
        "双击可以改。名称、顺序用在名册和台账上；别名只用来认出表格里的写法；党组织形式决定职务怎么印。"
    )

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.model = DivisionsModel()
        self.model.edited.connect(self._update)
        self.model.refused.connect(partial(tell, self))
        self.table = theme.cells(QTableView())
        self._build_table()
        self.up = self._button("上移", partial(self._move, -1))
        self.down = self._button("下移", partial(self._move, 1))
        self.add = self._button("新增村、社区…", self._open_new)
        self.load = self._button("导入别处的区划表…", self._open_load)
        buttons = QHBoxLayout()
        for button in (self.up, self.down, self.add):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.load)
        self.body.addWidget(self.table, 1)
        self.body.addLayout(buttons)

    def refresh(self) -> None:
        """Show the divisions of this office; a city sees its townships too."""
        code = self._current_code()
        depths = {division.code: depth for division, depth in self.office.divisions.tree()}
        shown = self.office.divisions.under(self.office.unit.code)
        top = depths[self.office.unit.code]
        self.model.show_divisions([(division, depths[division.code] - top) for division in shown])
        self.choose(code)

    def _build_table(self) -> None:
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.title)
        self.table.setItemDelegateForColumn(PARTY_FORM, _FormDelegate(self.table))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme.row_height(self.table))
        for column, width in enumerate(_WIDTHS):
            self.table.setColumnWidth(column, theme.characters(self, width))
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.selectionModel().currentChanged.connect(self._allow)

    def _button(self, words: str, deed: Callable[[], None]) -> QPushButton:
        button = QPushButton(words)
        button.clicked.connect(deed)
        return button

    def _current_code(self) -> str | None:
        index = self.table.currentIndex()
        return self.model.division(index.row()).code if index.isValid() else None

    def choose(self, code: str | None) -> None:
        """Put the cursor on a division."""
        row = self.model.row_of(code) if code else 0
        self.table.setCurrentIndex(self.model.index(max(row, 0), 0))

    def _allow(self) -> None:
        code = self._current_code()
        movable = code is not None and code != self.office.unit.code
        self.up.setEnabled(movable)
        self.down.setEnabled(movable)

    def _update(self, code: str, field: str, value: object) -> None:
        with told(self):
            self.office.divisions.update(code, **{field: value})
            self.changed.emit(f"已修改：{self.office.divisions.get(code).name}")
        self.refresh()

    def _move(self, step: int) -> None:
        code = self._current_code()
        assert code is not None
        with told(self):
            self.office.divisions.move(code, step)
            self.changed.emit(f"已移动：{self.office.divisions.get(code).name}")
        self.refresh()

    def _open_new(self) -> None:
        dialog = NewDivision(self.office.divisions.under(self.office.unit.code), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.made.connect(self._add)
        dialog.open()

    def _add(self, division: Division) -> None:
        with told(self):
            self.office.divisions.add(division)
            self.changed.emit(f"已新增：{division.name}")
        self.refresh()
        self.choose(division.code)

    def _open_load(self) -> None:
        patterns = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        dialog = QFileDialog(self, "导入区划表（要有“代码”“名称”“上级”三列）")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([f"表格文件 ({patterns})", "所有文件 (*)"])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.load_workbook)
        dialog.open()

    def load_workbook(self, name: str) -> None:
        """Take another city's list."""
        with told(self):
            count = self.office.divisions.load_workbook(Path(name))
            self.changed.emit(f"区划表已导入，新增和改动 {count} 个")
        self.refresh()
