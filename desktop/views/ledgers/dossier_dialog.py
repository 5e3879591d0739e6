"""What a dossier (备检包) is called and of which units it is, asked before it is saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop.models.registers.division import Division
from desktop.views import theme
from desktop.views.widgets.answers import Answers
from desktop.views.widgets.wrapped import WrappedLabel

_LINES = 5  # of the list of units, where there is no more room
_WIDTH = 32  # characters
_EMPTY = "没有记录的台账不占页，在目录里写“无记录”。"
_PARTS = "选几个单位，就一个单位一部分；只选一个，就只做它的。"

Take = Callable[[str, tuple[str, ...]], None]  # the title, the codes of units; none: all together


class DossierDialog(QDialog):
    """Asks for the title and the units; hands them to ``take``."""

    def __init__(
        self, parent: QWidget, office: Division, units: Sequence[Division], words: str, take: Take
    ) -> None:
        """``units``: those below the office; ``words``: what goes into the dossier."""
        super().__init__(parent)
        self._take = take
        self.setWindowTitle("生成备检包")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.name = QLineEdit(self)
        self.name.setAccessibleName("封面标题")
        label = QLabel("封面标题(&T)", self)
        label.setBuddy(self.name)
        self.together = QRadioButton(f"{office.short_name}，合在一起(&A)", self)
        self.apart = QRadioButton("只要选定的单位(&S)", self)
        self.scope = QButtonGroup(self)
        for button, words_of_it in ((self.together, "合在一起"), (self.apart, "只要选定的单位")):
            button.setAccessibleName(words_of_it)
            self.scope.addButton(button)
        self.scope.buttonToggled.connect(self._judge)
        self._build_units(units)
        self.buttons = Answers(self, "生成…")
        self.ok = self.buttons.ok
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(theme.GAP)
        for widget in (
            *(theme.title(WrappedLabel(self.windowTitle(), self)), theme.quiet(WrappedLabel(words, self))),
            *(label, self.name, self.together, self.apart, self.units),
            *(theme.quiet(WrappedLabel(_PARTS + _EMPTY, self)), self.buttons),
        ):
            layout.addWidget(widget)
        self.setMinimumWidth(theme.characters(self, _WIDTH))
        self.name.textChanged.connect(self._judge)

    def begin(self, title: str, unit: str | None) -> None:
        """Show the dialog with a title, and one unit ticked, or all together."""
        self.name.setText(title)
        (self.together if unit is None else self.apart).setChecked(True)
        for place in range(self.units.count()):
            item = self.units.item(place)
            if item.data(Qt.ItemDataRole.UserRole) == unit:
                item.setCheckState(Qt.CheckState.Checked)
                self.units.setCurrentItem(item)
        self._judge()
        self.open()
        self.adjustSize()  # by now wrapped words know their width
        self.ok.setFocus()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The codes of the units that are ticked; none where all stand together."""
        if self.together.isChecked():
            return ()
        items = (self.units.item(place) for place in range(self.units.count()))
        return tuple(
            str(item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item.checkState() == Qt.CheckState.Checked
        )

    def accept(self) -> None:
        """Hand the answers over."""
        super().accept()
        self._take(self.name.text().strip(), self.chosen)

    def _build_units(self, units: Sequence[Division]) -> None:
        self.units = QListWidget(self)
        self.units.setAccessibleName("选定的单位")
        self.units.setMinimumHeight(theme.row_height(self) * min(_LINES, max(len(units), 1)))
        for unit in units:
            item = QListWidgetItem(unit.short_name)
            item.setData(Qt.ItemDataRole.UserRole, unit.code)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.units.addItem(item)
        self.units.itemChanged.connect(self._judge)

    def _judge(self) -> None:
        self.units.setEnabled(self.apart.isChecked())
        self.ok.setEnabled(bool(self.name.text().strip() and (self.together.isChecked() or self.chosen)))
