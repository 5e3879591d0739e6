"""The panel at the right of a list: details of the current line, or a form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from desktop.models.registers.division import Division
from desktop.views import errors, theme
from desktop.views.tables.source import Row

if TYPE_CHECKING:
    from desktop.views.tables.list_details import ListDetails
    from desktop.views.tables.list_form import ListForm

_WIDTH = 27  # characters
_UNSAVED, _LET_GO, _GO_ON = "这张表填了还没有保存，不要了？", "不要了", "接着填"


class ListDrawer(QFrame):
    """Details and form are built when they are first needed; ``nobody`` is said while no line is current."""

    entered = Signal(object)  # list_form.NewLine
    corrected = Signal(object)  # list_form.Correction
    form_left = Signal()
    closed = Signal()
    wanted = Signal()  # its page is to come to the front

    def __init__(
        self, nobody: str, details: Callable[[QWidget], ListDetails], form: Callable[[QWidget], ListForm]
    ) -> None:
        super().__init__()
        self._make_details, self._make_form = details, form
        self._details: ListDetails | None = None
        self._form: ListForm | None = None
        theme.card(self)
        self.setAccessibleName("详情")
        self._stack = QStackedWidget(self)
        self._nobody = theme.centered(theme.quiet(QLabel(nobody)))
        self._stack.addWidget(self._nobody)
        self._close = QToolButton(self)
        theme.icon_button(self._close, "close", "收起详情")
        self._close.clicked.connect(self.closed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 12)
        layout.addWidget(self._stack)

    def minimumSizeHint(self) -> QSize:
        """At least so wide; wider where a line has more buttons."""
        return super().minimumSizeHint().expandedTo(QSize(theme.characters(self, _WIDTH), 0))

    @property
    def details(self) -> ListDetails:
        """The details, built now where they were not."""
        if self._details is None:
            self._details = self._make_details(self._stack)
            self._stack.addWidget(self._details)
        return self._details

    @property
    def form(self) -> ListForm:
        """The form, built now where it was not."""
        if self._form is None:
            self._form = self._make_form(self._stack)
            self._form.entered.connect(self.entered)
            self._form.corrected.connect(self.corrected)
            self._form.left.connect(self.form_left)
            self._form.wanted.connect(self.wanted)
            self._stack.addWidget(self._form)
        return self._form

    @property
    def shows_form(self) -> bool:
        """Whether something is being entered."""
        return self._form is not None and self._stack.currentWidget() is self._form

    def show_details(self) -> None:
        """Show the details, as they were filled in."""
        self._turn_to(self.details)

    def show_nobody(self) -> None:
        """Show that no line is current."""
        self._turn_to(self._nobody)

    def start_new(self, units: Sequence[Division], code: str | None) -> None:
        """Turn into an empty form."""
        self.let_go(lambda: self._show_form().start_new(units, code))

    def start_correcting(self, row: Row) -> None:
        """Turn into a form of a line."""
        self.let_go(lambda: self._show_form().start_correcting(row))

    def let_go(self, then: Callable[[], None]) -> None:
        """Do what takes the form away; where something was typed into it and is not saved, ask first."""
        if self.has_typed:
            errors.ask(self, _UNSAVED, _LET_GO, then, no=_GO_ON, careful=True)
        else:
            then()

    @property
    def has_typed(self) -> bool:
        """Whether something would be lost with the form."""
        return self._form is not None and self.shows_form and self._form.is_changed

    def _show_form(self) -> ListForm:
        form = self.form
        self._turn_to(form)
        return form

    def _turn_to(self, page: QWidget) -> None:
        self._stack.setCurrentWidget(page)
        self._close.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the closing cross in the corner."""
        super().resizeEvent(event)
        self._close.adjustSize()
        self._close.move(self.width() - self._close.width() - 8, 8)
