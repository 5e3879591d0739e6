"""What the panels beside the matrix share: fields that are written once they are left, and keys that go past them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFormLayout, QFrame, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from desktop.models.domain.fields import Field
from desktop.models.errors import DesktopError
from desktop.models.services.cell_edits import InvalidValueError
from desktop.models.services.stale_forms import StaleRecordError
from desktop.views import theme
from desktop.views.widgets.clashes import ask_which
from desktop.views.widgets.editors import Check, Line, line_of
from desktop.views.widgets.field_input import FieldInput
from desktop.views.widgets.paragraphs import Paragraphs
from desktop.views.widgets.side_panel import ClosingGuard, SidePanel

_WIDTH = 27  # characters: room for the matrix beside it in large type
_UNKEPT = "{labels}填得不对，还没有保存，关闭以后就没有了。"


class FieldPanel(SidePanel):
    """``written`` after each change, which is one change set. See SidePanel for the other signals."""

    written = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(name, _WIDTH, parent)
        self.inputs: dict[str, FieldInput] = {}
        self._texts: dict[str, str] = {}  # as they are kept
        self._refused = set[str]()  # what was typed there is not kept, and stays to be put right
        shut = QToolButton(self)
        theme.icon_button(shut, "close", "关闭（Esc）")
        shut.clicked.connect(self.leave)
        self.head.addWidget(shut, 0, Qt.AlignmentFlag.AlignTop)
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
        self.column.addWidget(self.area, 1)
        ClosingGuard(self, self._unkept, ("回去改", self.wanted.emit), self._forget)

    # fields

    @abstractmethod
    def write(self, name: str, text: str) -> None:
        """Write a field as typed; InvalidValueError or another DesktopError says why not."""

    def add_input(self, field: Field, check: Check) -> FieldInput:
        """An input that writes its field when it is left, or by Enter."""
        made = FieldInput(field, check, self)
        made.left.connect(partial(self._keep, field.name))
        made.submitted.connect(partial(self._keep, field.name))
        line_of(made.editor).installEventFilter(self)
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
        """Show what is kept; unless ``afresh``, what is being typed, or was refused, stays."""
        for name, made in self.inputs.items():
            if afresh or made.text in (self._texts.get(name, ""), texts[name]):
                self._refused.discard(name)
                self._texts[name] = texts[name]
                if made.text != texts[name]:
                    made.set_text(texts[name])

    def opened(self, name: str) -> str:
        """What a field said when somebody began to type into it."""
        return self._texts[name]

    def finish(self) -> None:
        """Write what was typed and not left; say what of it cannot be kept, it is about to go."""
        self._keep_all()
        if self._refused:
            self.noted.emit(f"{self._refused_labels}填得不对，没有保存，请打开重填。")
            self._refused.clear()

    def _keep_all(self) -> None:
        for name in self.inputs:
            self._keep(name, ask=False)

    @property
    def _refused_labels(self) -> str:
        refused = (made for name, made in self.inputs.items() if name in self._refused)
        return "、".join(made.editor.accessibleName() for made in refused)

    def _unkept(self) -> str:
        self._keep_all()
        return _UNKEPT.format(labels=self._refused_labels) if self._refused else ""

    def _forget(self) -> None:
        self.show_texts(dict(self._texts), afresh=True)

    def _keep(self, name: str, *, ask: bool = True) -> None:
        """Write a field; ``ask``: where it was changed elsewhere meanwhile, which of the two is to stay."""
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
            if ask and isinstance(error, StaleRecordError):
                ask_which(self, error, self._texts, self.inputs, partial(self._keep, name))
        else:
            self._refused.discard(name)
            self._texts[name] = text  # leaving it after Enter is no second change
            self.written.emit()

    # keys that a field does nothing with are the panel's, or the window's

    def paste(self) -> bool:
        """Take what is on the clipboard where that is no text; False: it is none of the panel's."""
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+Z and Ctrl+Y where nothing was typed go to the window; Ctrl+V of what is no text to the panel."""
        if isinstance(event, QKeyEvent) and isinstance(watched, Line):
            if event.type() == QEvent.Type.ShortcutOverride and _is_done_with(watched, event):
                event.ignore()
                return True
            if event.type() == QEvent.Type.KeyPress and event.matches(QKeySequence.StandardKey.Paste):
                return self.paste()
        return super().eventFilter(watched, event)


def _is_done_with(line: Line, event: QKeyEvent) -> bool:
    """Whether there is nothing in a line that the key would undo or redo."""
    document = line.document() if isinstance(line, Paragraphs) else line
    if event.matches(QKeySequence.StandardKey.Undo):
        return not document.isUndoAvailable()
    return event.matches(QKeySequence.StandardKey.Redo) and not document.isRedoAvailable()
