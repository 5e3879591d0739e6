"""What the panels beside the matrix share: a head, fields that are written once they are left, Esc."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.models.domain.fields import Field
from desktop.models.errors import DesktopError
from desktop.models.services.cell_edits import InvalidValueError
from desktop.views import theme
from desktop.views.widgets.editors import Check
from desktop.views.widgets.field_input import FieldInput
from desktop.views.widgets.wrapped import WrappedLabel

_WIDTH = 27  # characters: room for the matrix beside it in large type


class SidePanel(QFrame):
    """``written`` after each change, which is one change set; ``left`` when it is to be closed; ``noted`` with words."""

    written = Signal()
    left = Signal()
    noted = Signal(str)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.inputs: dict[str, FieldInput] = {}
        self._texts: dict[str, str] = {}  # as they are kept
        self._refused: set[str] = set()  # what was typed there is not kept, and stays to be put right
        theme.card(self)
        self.setAccessibleName(name)
        self.setMinimumWidth(theme.characters(self, _WIDTH))
        self.title = theme.title(WrappedLabel(parent=self))
        self.who = theme.quiet(WrappedLabel(parent=self))
        shut = QToolButton(self)
        theme.icon_button(shut, "close", "关闭（Esc）")
        shut.clicked.connect(self.left)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(shut, 0, Qt.AlignmentFlag.AlignTop)
        page = QWidget()
        page.setObjectName("areaPage")
        self.rows = QVBoxLayout(page)
        self.rows.setContentsMargins(0, 0, 6, 0)
        self.rows.setSpacing(theme.GAP)
        self.area = QScrollArea(self)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setAccessibleName(name)
        self.area.setWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 8, 12)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.who)
        layout.addWidget(self.area, 1)

    # fields

    @abstractmethod
    def write(self, name: str, text: str) -> None:
        """Keep a field as typed; DesktopError: it cannot be kept, and why."""

    @abstractmethod
    def go(self) -> None:
        """The keyboard comes in."""

    def add_input(self, field: Field, check: Check) -> FieldInput:
        """An input that writes its field when it is left, or by Enter."""
        made = FieldInput(field, check, self)
        made.left.connect(partial(self._keep, field.name))
        made.submitted.connect(partial(self._keep, field.name))
        self.inputs[field.name] = made
        return made

    def add_form(self, fields: Mapping[str, FieldInput]) -> None:
        """Inputs below each other, by their labels."""
        form = QFormLayout()
        form.setHorizontalSpacing(theme.GAP)
        form.setVerticalSpacing(6)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for words, made in fields.items():
            label = theme.quiet(QLabel(words, self))
            label.setBuddy(made)
            form.addRow(label, made)
        self.rows.addLayout(form)

    def show_texts(self, texts: Mapping[str, str], *, afresh: bool) -> None:
        """Show what is kept; unless ``afresh``, what was refused stays to be put right."""
        if afresh:
            self._refused.clear()
        self._texts = dict(texts)
        for name, made in self.inputs.items():
            if made.text != texts[name] and name not in self._refused:
                made.set_text(texts[name])

    def finish(self) -> None:
        """Write what was typed and not left; say what of it cannot be kept, it is about to go."""
        for name in self.inputs:
            self._keep(name)
        labels = [self.inputs[name].editor.accessibleName() for name in sorted(self._refused)]
        if labels:
            self._refused.clear()
            self.noted.emit(f"{'、'.join(labels)}填得不对，没有保存，请打开重填。")

    def _keep(self, name: str) -> None:
        text = self.inputs[name].text
        if text == self._texts.get(name, ""):
            self._refused.discard(name)
            return
        try:
            self.write(name, text)
        except DesktopError as error:
            self._refused.add(name)
            problems = error.problems if isinstance(error, InvalidValueError) else {}
            theme.set_tone(self.inputs[name].editor, theme.Tone.ERROR)
            self.inputs[name].say(problems.get(name, str(error)))
        else:
            self._refused.discard(name)
            self._texts[name] = text  # leaving it after Enter is no second change
            self.written.emit()

    # keys and type

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.setMinimumWidth(theme.characters(self, _WIDTH))
