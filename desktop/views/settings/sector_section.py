"""Settings: what the new sector is called here, who is in charge of it, of which units rates are reckoned (两新工作)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QWidget

from desktop.models.rules.coverage import Base
from desktop.models.services.settings import DEPARTMENTS, SECTOR_WORDS
from desktop.office import Office
from desktop.views import theme
from desktop.views.settings.section import Section

_FIELD = 20  # characters


class SectorSection(Section):
    """Two words to choose or type, saved when they are left, and the base of rates, whose change can be undone."""

    title = "两新工作"

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.word = self._words("称呼", SECTOR_WORDS, self._keep_word)
        self.department = self._words("主管部门", DEPARTMENTS, self._keep_department)
        self.base = self._combo("覆盖率统计范围")
        for base in Base:
            self.base.addItem(base.label, base)
        self.base.activated.connect(self._keep_base)
        form = QFormLayout()
        form.setSpacing(theme.GAP)
        form.addRow("称呼(&W)", self.word)
        form.addRow(
            "",
            theme.quiet(
                QLabel("台账标题里的“两新”改用这个词，可以选，也可以自己写；左边的导航下次打开程序时改。")
            ),
        )
        form.addRow("主管部门(&D)", self.department)
        form.addRow("", theme.quiet(QLabel("各地不同，可以选，也可以自己写；印在台账和覆盖率表的下面。")))
        form.addRow("覆盖率统计范围(&B)", self.base)
        form.addRow("", theme.quiet(QLabel("党组织覆盖率、工作覆盖率按这些单位计算；改了可以撤销。")))
        self.body.addLayout(form)
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Show what is kept."""
        self.word.setEditText(self.office.settings.sector_word)
        self.department.setEditText(self.office.settings.sector_department)
        self.base.setCurrentIndex(self.base.findData(self.office.new_sector.base))

    def _combo(self, name: str) -> QComboBox:
        combo = QComboBox(self)
        combo.setAccessibleName(name)
        combo.setMinimumWidth(theme.characters(self, _FIELD))
        combo.setMaximumWidth(theme.characters(self, _FIELD))
        return combo

    def _words(self, name: str, choices: Sequence[str], keep: Callable[[], None]) -> QComboBox:
        """A combo to choose from or type into."""
        combo = self._combo(name)
        combo.setEditable(True)
        combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        combo.setCompleter(None)  # type: ignore[arg-type]  # Qt takes none: what is typed stays as typed
        combo.addItems(choices)
        line = combo.lineEdit()
        assert line is not None  # it is editable
        combo.activated.connect(lambda _place: keep())
        line.editingFinished.connect(keep)
        return combo

    def _keep_word(self) -> None:
        if self.word.currentText().strip() != self.office.settings.sector_word:
            self.office.settings.sector_word = self.word.currentText()
            self.noted.emit(f"称呼已保存：{self.office.settings.sector_word}")
            self.refresh()

    def _keep_department(self) -> None:
        if self.department.currentText().strip() != self.office.settings.sector_department:
            self.office.settings.sector_department = self.department.currentText()
            self.noted.emit(f"主管部门已保存：{self.office.settings.sector_department}")
            self.refresh()

    def _keep_base(self) -> None:
        base = Base(self.base.currentData())  # Qt hands back plain text
        if base != self.office.new_sector.base:
            self.office.new_sector.base = base
            self.changed.emit(f"覆盖率统计范围已改为{base.label}")
