"""Writing one value into a field of many lines (批量修改), shown before → after first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QLabel, QVBoxLayout, QWidget

from desktop.models.domain.fields import Field
from desktop.views import theme
from desktop.views.tables.source import Edit, Key, Row, Source
from desktop.views.widgets.answers import Answers
from desktop.views.widgets.editors import line_of
from desktop.views.widgets.field_input import FieldInput
from desktop.views.widgets.rows import add_row, rows_table

_SHOWN = 200
_WIDTH = 46  # characters
_LINES = 9
_EMPTY = "（空）"


class BulkDialog(QDialog):
    """``decided`` carries the edits and what is said of them; lines that say so already are left alone."""

    decided = Signal(list, str)

    def __init__(self, source: Source, keys: Sequence[Key], field: Field | None, parent: QWidget) -> None:
        """``field`` is chosen at first where it is one that many lines may share."""
        super().__init__(parent)
        self.setWindowTitle("批量修改")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._source = source
        self._rows: Mapping[Key, Row] = source.rows(keys)
        self._fields = shared_fields(source)
        self._edits: list[Edit] = []
        self.fields = QComboBox(self)
        self.fields.addItems([each.label for each in self._fields])
        self.fields.setAccessibleName("要修改的列")
        self.table = rows_table("修改前后", (source.fields[0].label, "现在", "改为"), (10, 16, 10))
        self.counts = theme.quiet(QLabel(self))
        buttons = Answers(self)
        self.ok = buttons.ok
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(theme.SPACE)
        self._form.setVerticalSpacing(12)
        self._form.addRow("列(&F)", self.fields)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(theme.title(QLabel(f"批量修改 {len(self._rows)} 行", self)))
        layout.addLayout(self._form)
        layout.addWidget(self.table)
        layout.addWidget(self.counts)
        layout.addWidget(buttons)
        self.table.setFixedHeight(theme.row_height(self) * _LINES)
        self.setMinimumWidth(theme.characters(self, _WIDTH))
        if field in self._fields:
            self.fields.setCurrentIndex(self._fields.index(field))
        self._choose()
        self.fields.currentIndexChanged.connect(self._choose)

    @property
    def field(self) -> Field:
        """The chosen one."""
        return self._fields[self.fields.currentIndex()]

    def _choose(self) -> None:
        """An input for the chosen field, with what the first line has."""
        if self._form.rowCount() > 1:
            self._form.removeRow(1)
        first = next(iter(self._rows))
        self.value = FieldInput(self.field, partial(self._source.read, first, self.field), self)
        self.value.set_text(self._source.text(self._rows[first], self.field, whole=True))
        self.value.submitted.connect(self.accept)
        self._form.addRow("改为(&V)", self.value)
        QWidget.setTabOrder(self.fields, self.value.editor)  # it is younger than the buttons
        line_of(self.value.editor).textChanged.connect(self._preview)
        self.fields.setFocus()
        self._preview()

    def _preview(self) -> None:
        """Show what each line says now and would say then."""
        field, typed = self.field, self.value.text
        reading = self._source.read(next(iter(self._rows)), field, typed)
        refused = reading.problem is not None and reading.value is None
        shown = field.kind.show(reading.value) if isinstance(reading.value, (str, int)) else typed
        before = {key: self._source.text(row, field, whole=True) for key, row in self._rows.items()}
        changed = [] if refused else [key for key, text in before.items() if text != shown]
        self._edits = [Edit(key, field.name, typed) for key in changed]
        self.table.setRowCount(0)
        for key in changed[:_SHOWN]:
            name = self._source.text(self._rows[key], self._source.fields[0], whole=False)
            add_row(self.table, (name, before[key] or _EMPTY, shown or _EMPTY))
        words = f"将修改 {len(changed)} 行，{len(before) - len(changed)} 行不变"
        more = f"；上面只列出前 {_SHOWN} 行" if len(changed) > _SHOWN else ""
        self.counts.setText((reading.problem or "") if refused else f"{words}{more}。可以撤销。")
        self.ok.setText(f"{'修改' if shown or refused else '清空'} {len(changed)} 行")
        self.ok.setEnabled(bool(changed))

    def accept(self) -> None:
        """Hand the edits over."""
        if self._edits:
            super().accept()
            self.decided.emit(self._edits, f"批量修改{self.field.label} {len(self._edits)} 行")


def shared_fields(source: Source) -> list[Field]:
    """The fields that many lines may have the same value in: no names, no numbers of one's own."""
    return [each for each in source.fields[1:] if each.editable and not each.sensitive]
