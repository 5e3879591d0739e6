"""The panel at the right: details of the current line, or a form; each is built when it is first needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QLabel, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from desktop.models.registers.division import Division
from desktop.models.registers.roster import RosterRow
from desktop.views import theme
from desktop.views.register.details import PersonDetails
from desktop.views.register.form import PersonForm

if TYPE_CHECKING:
    from desktop.office import Office

_WIDTH = 27  # characters


class Drawer(QFrame):
    """Says what is to be done with the line it shows; never does it."""

    editing = Signal()
    leaving = Signal()
    opening = Signal()  # the page of the person
    restored = Signal(str)
    entered = Signal(object)  # form.Entry
    corrected = Signal(object)  # texts by field
    found = Signal(object)  # key of a line
    form_left = Signal()
    closed = Signal()

    def __init__(self, office: Office, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._today = office, today
        self._details: PersonDetails | None = None
        self._form: PersonForm | None = None
        theme.card(self)
        self.setAccessibleName("详情")
        self.setMinimumWidth(theme.characters(self, _WIDTH))
        self._stack = QStackedWidget(self)
        self._nobody = theme.centered(theme.quiet(QLabel("选中一行，这里显示他的详情。")))
        self._stack.addWidget(self._nobody)
        self._close = QToolButton(self)
        theme.icon_button(self._close, "close", "收起详情")
        self._close.clicked.connect(self.closed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 12)
        layout.addWidget(self._stack)

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.setMinimumWidth(theme.characters(self, _WIDTH))

    @property
    def details(self) -> PersonDetails:
        """The details, built now where they were not."""
        if self._details is None:
            self._details = PersonDetails(self._office, self._stack)
            self._details.editing.connect(self.editing)
            self._details.leaving.connect(self.leaving)
            self._details.opening.connect(self.opening)
            self._details.restored.connect(self.restored)
            self._stack.addWidget(self._details)
        return self._details

    @property
    def form(self) -> PersonForm:
        """The form, built now where it was not."""
        if self._form is None:
            self._form = PersonForm(self._office.roster, self._today, self._stack)
            self._form.entered.connect(self.entered)
            self._form.corrected.connect(self.corrected)
            self._form.found.connect(self.found)
            self._form.left.connect(self.form_left)
            self._stack.addWidget(self._form)
        return self._form

    @property
    def shows_form(self) -> bool:
        """Whether something is being entered."""
        return self._form is not None and self._stack.currentWidget() is self._form

    def show_row(
        self, row: RosterRow, doubts: Mapping[str, str], *, whole: bool, editable: bool, day: date
    ) -> None:
        """Show the details of a line."""
        self.details.show_row(row, doubts, whole=whole, editable=editable, day=day)
        self._turn_to(self.details)

    def show_nobody(self) -> None:
        """Show that no line is current."""
        self._turn_to(self._nobody)

    def start_new(self, units: Sequence[Division], code: str | None) -> None:
        """Turn into an empty form."""
        form = self.form
        self._turn_to(form)
        form.start_new(units, code)

    def start_correcting(self, row: RosterRow) -> None:
        """Turn into a form of a line."""
        form = self.form
        self._turn_to(form)
        form.start_correcting(row)

    def _turn_to(self, page: QWidget) -> None:
        self._stack.setCurrentWidget(page)
        self._close.raise_()

    def resizeEvent(self, event: object) -> None:
        """Keep the closing cross in the corner."""
        self._close.adjustSize()
        self._close.move(self.width() - self._close.width() - 8, 8)
