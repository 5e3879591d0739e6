"""What the panels beside the matrix share: fields that are written once they are left, and keys that go past them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFormLayout, QFrame, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from desktop.models.domain.fields import Field
from desktop.models.errors import DesktopError
from desktop.models.services.cell_edits import InvalidValueError
from desktop.models.services.stale_forms import Clash, StaleRecordError
from desktop.views import errors, theme
from desktop.views.widgets.clashes import ClashDialog
from desktop.views.widgets.editors import Check, Line, line_of
from desktop.views.widgets.field_input import FieldInput
from desktop.views.widgets.paragraphs import Paragraphs
from desktop.views.widgets.side_panel import ClosingGuard, SidePanel

_WIDTH = 27  # characters: room for the matrix beside it in large type
_UNKEPT = "{labels}填得不对，还没有保存，关闭以后就没有了。"
Write = Callable[[str, str, str], object]  # a field, its text, the text it was typed over


class FieldPanel(SidePanel):
    """``written`` after each change, which is one change set. See SidePanel for the other signals."""

    written = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(name, _WIDTH, parent)
        self.inputs: dict[str, FieldInput] = {}
        self._texts: dict[str, str] = {}  # as they are kept
        self._asked = set[str]()  # somebody is choosing what they are to say
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
    def writer(self) -> Write:
        """What keeps fields, as typed, of what is shown now; it raises DesktopError with words why not."""

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

    def finish(self) -> None:
        """Write what was typed and not left; say what of it cannot be kept, it is about to go."""
        self._keep_all()
        if self._refused:
            self.noted.emit(f"{self._refused_labels}填得不对，没有保存，请打开重填。")
            self._forget()

    def _keep_all(self) -> None:
        for name in self.inputs:
            self._keep(name)

    @property
    def _refused_labels(self) -> str:
        refused = (made for name, made in self.inputs.items() if name in self._refused)
        return "、".join(made.editor.accessibleName() for made in refused)

    def _unkept(self) -> str:
        self._keep_all()
        return _UNKEPT.format(labels=self._refused_labels) if self._refused else ""

    def _forget(self) -> None:
        self.show_texts(dict(self._texts), afresh=True)

    def _keep(self, name: str) -> None:
        """Write a field, or ask which text is to stay where it was changed elsewhere meanwhile."""
        text, opened = self.inputs[name].text, self._texts.get(name, "")
        if name in self._asked:
            return
        if text == opened:
            self._refused.discard(name)
            return
        write = self.writer()
        try:
            write(name, text, opened)
        except StaleRecordError as error:
            self._ask(name, error.clashes[0], write)
        except DesktopError as error:
            self._refused.add(name)
            problems = error.problems if isinstance(error, InvalidValueError) else {}
            theme.set_tone(self.inputs[name].editor, theme.Tone.ERROR)
            self.inputs[name].say(problems.get(name, str(error)))
        else:
            self._refused.discard(name)
            self._texts[name] = text  # leaving it after Enter is no second change
            self.written.emit()

    def _ask(self, name: str, clash: Clash, write: Write) -> None:
        """Ask what a field is to say; the click that left it may have shown something else by now."""

        def take(mine: frozenset[object]) -> None:
            with errors.told(self):
                if mine:
                    write(name, clash.typed, clash.now)
                if self.inputs[name].text == clash.typed:
                    self._texts[name] = clash.typed  # what is kept may be shown in its place
                self.written.emit()

        def go_back() -> None:
            if self.inputs[name].text != clash.typed:
                self.noted.emit(f"{clash.label}没有保存，请打开重填：{clash.typed}")

        dialog = ClashDialog([clash], self)
        dialog.finished.connect(lambda: self._asked.discard(name))
        dialog.decided.connect(take)
        dialog.rejected.connect(go_back)
        self._asked.add(name)
        dialog.open()

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
