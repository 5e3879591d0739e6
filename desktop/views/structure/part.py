"""What a tab of the page 结构与体检 is: something shown for a unit on a day, asked for in a job."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, ClassVar, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.views import errors, theme
from desktop.views.jobs import Job, office_job

if TYPE_CHECKING:
    from desktop.models.errors import DesktopError
    from desktop.office import Office

T = TypeVar("T")


class Part(QWidget):
    """One tab; the old picture stays until the new one is there."""

    title: ClassVar[str]
    ledger: str = ""  # what is printed from here; empty: nothing

    asked = Signal(object)  # a Request
    noted = Signal(str)
    ruled = Signal()  # rules, or what stands below the table, were changed

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(parent)
        self.office = office
        self.unit: str | None = None
        self.on = date.today()
        self._job: Job | None = None
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(theme.GAP)

    def load(self, unit: str | None, on: date) -> None:
        """Show a unit (None: the whole office) on a day."""
        self.unit, self.on = unit, on
        self.reload()

    def reload(self) -> None:
        """Ask again."""

    def go(self) -> None:
        """The keyboard goes to what is shown."""

    def start(self, work: Callable[[Office], T], show: Callable[[T], None]) -> None:
        """Ask in a job, in place of what was asked before; ``show`` is a method of this widget."""
        if self._job is not None:
            self._job.drop()
        self._job = job = office_job(self.office, work)
        job.done.connect(show)
        job.failed.connect(self._tell)
        job.start()

    def _tell(self, error: DesktopError) -> None:
        errors.tell(self, error)
