"""What a page of the window is: a header, a body, and what it says to the window."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.pages import kind_of
from desktop.views.widgets.header import PageHeader

if TYPE_CHECKING:
    from desktop.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What one page asks of another: open ``page``, already set to a unit, a day, some files, a person."""

    page: str
    unit: str | None = None  # division code
    on: date | None = None
    files: tuple[Path, ...] = ()
    choose: bool = False  # ask for the files at once
    person: str | None = None  # id
    ledger: str | None = None  # which ledger
    back: str | None = None  # the page that asked, which the window knows
    chip: str | None = None  # of a list
    filters: tuple[tuple[str, frozenset[str]], ...] = ()  # of a list, as in RosterQuery
    rule: str | None = None  # of the health check: its number
    period: str | None = None  # of what is assessed period by period
    of: tuple[str, ...] = ()  # just these records, by id
    item: str | None = None  # of a checklist: its code
    recorded: bool = False  # of the past: as was recorded then, not by the dates of terms

    @property
    def narrows(self) -> bool:
        """Whether it asks for some lines of a list only."""
        return self.chip is not None or bool(self.filters or self.of)


class Page(QWidget):
    """A page, declared in ``pages``; imported and built as ``Kind(office)`` when it is first shown, never before.

    A page fills ``body`` and puts its actions into ``header``. It never calls another page: it says ``asked``.
    """

    backs_up: ClassVar[bool] = False  # its changes make a backup first

    # the store changed by the last change set; words for the toast, which offers to undo it
    changed = Signal(str)
    undone = Signal(str)  # a change set was taken back; words for the toast, which offers nothing more
    noted = Signal(str)  # something was done that needs no undoing (已导出 86 人)
    asked = Signal(object)  # a Request
    scoped = Signal()  # as_of changed
    restore_wanted = Signal(object)  # a Restoration: the office has to be closed for it

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.office = office
        self.kind = kind_of(type(self))
        self.header = PageHeader(self.kind.title, self)
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.GAP)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE, 12, theme.SPACE, theme.GAP)
        layout.setSpacing(12)
        layout.addWidget(self.header)
        layout.addLayout(self.body, 1)

    @property
    def name(self) -> str:
        """What a Request calls it."""
        return self.kind.name

    def activate(self) -> None:
        """Called each time the page comes to the front."""

    def refresh(self) -> None:
        """Ask the services again: something was changed elsewhere, or undone."""

    def take(self, request: Request) -> None:
        """Set up for what another page asks; the page is shown right after."""

    def beside(self, name: str) -> Request:
        """What a page of the same group is asked when somebody turns to it from here."""
        return Request(page=name)

    def as_of(self) -> date | None:
        """The day whose state the page shows; None for a page without one."""
        return None
