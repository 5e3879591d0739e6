"""What the health check found, for the tree of villages and for chips, asked for a while after the page is there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.models.rules.rule import Severity
from desktop.views.jobs import Job, office_job

if TYPE_CHECKING:
    from desktop.models.rules.health import Finding, HealthReport
    from desktop.office import Office

_AFTER_MS = 400  # typing in the grid asks once, and the first picture comes before


class VillageMarks(QObject):
    """``told`` when something else was found; nothing is asked while the page is hidden."""

    told = Signal()

    def __init__(self, office: Office, page: QWidget) -> None:
        super().__init__(page)
        self._office, self._page = office, page
        self._job: Job | None = None
        self._on = date.today()
        self.words: dict[str, str] = {}  # by code of village
        self.findings: tuple[Finding, ...] = ()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_AFTER_MS)
        self._later.timeout.connect(self._ask)

    def ask(self, on: date) -> None:
        """Ask what was found on a day, soon."""
        self._on = on
        self._later.start()

    def _ask(self) -> None:
        if not self._page.isVisible():
            return
        if self._job is not None:
            self._job.drop()
        on = self._on
        self._job = job = office_job(self._office, lambda office: office.health.check(on))
        job.done.connect(self._take)
        job.start()

    def _take(self, report: HealthReport) -> None:
        self._job = None
        found: dict[str, list[str]] = {}
        for each in report.findings:
            if each.severity is not Severity.INFO:
                found.setdefault(each.division.code, []).append(each.words)
        words = {code: "\n".join((f"体检发现 {len(each)} 个问题", *each)) for code, each in found.items()}
        if (words, report.findings) != (self.words, self.findings):
            self.words, self.findings = words, report.findings
            self.told.emit()
