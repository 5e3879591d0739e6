"""Taking workbooks of a register in: read, looked over in one dialog, applied with a way back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.models.workbooks.plan import Outcome
from desktop.views import errors, theme
from desktop.views.exchange.register_lines import register_tabs
from desktop.views.exchange.review_step import ReviewStep
from desktop.views.jobs import office_job
from desktop.views.tables.list_page import WORKBOOKS
from desktop.views.widgets.busy import Busy
from desktop.views.widgets.saving import WORKBOOKS as WORKBOOK
from desktop.views.widgets.saving import ask_where_to_save

if TYPE_CHECKING:
    from desktop.models.errors import DesktopError
    from desktop.models.registers.listing import Listing
    from desktop.models.services.register_importing import RegisterImportResult, RegisterPlan
    from desktop.models.workbooks.register_reader import RegisterRow
    from desktop.office import Office
    from desktop.views.jobs import Job

_WIDTH, _HEIGHT = 92, 44  # characters
_Read = tuple[tuple["RegisterRow", ...], "RegisterPlan"]


class Importing(QObject):
    """``imported`` once workbooks were taken in."""

    imported = Signal()

    def __init__(self, office: Office, listing: Listing, today: date, over: QWidget) -> None:
        super().__init__(over)
        self._office, self._listing, self._today, self._over = office, listing, today, over
        self._title = office.settings.worded(listing.register.title)
        self._files: tuple[Path, ...] = ()
        self._rows: tuple[RegisterRow, ...] = ()

    def ask_which(self) -> None:
        """Ask for the workbooks."""
        dialog = QFileDialog(self._over, f"导入{self._title}")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        patterns = " ".join(f"*{suffix}" for suffix in WORKBOOKS)
        dialog.setNameFilters([f"表格文件 ({patterns})", "所有文件 (*)"])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self.read([Path(name) for name in names]))
        dialog.open()

    def read(self, files: Sequence[Path]) -> None:
        """Read workbooks and show what taking them in would do."""
        self._files = files = tuple(files)
        name, today = self._listing.name, self._today

        def work(office: Office) -> _Read:
            rows = office.register_imports.read(name, files)
            return rows, office.register_imports.plan(name, rows, today)

        job = office_job(self._office, work)
        job.done.connect(self._review)
        job.failed.connect(self._refuse)
        job.start()

    def _review(self, found: _Read) -> None:
        self._rows, plan = found
        if not self._rows:
            errors.tell(self._over, f"没有找到{self._title}的内容。请检查第一行是不是列名（如“姓名”“村”）。")
            return
        dialog = ImportReview(self._title, self._listing, plan, self._over)
        dialog.confirmed.connect(lambda: self._apply(dialog))
        dialog.review.corrected.connect(lambda *what: self._correct(dialog, *what))
        dialog.save.clicked.connect(lambda: self._ask_where_to_save(dialog))
        dialog.open()

    def _correct(self, dialog: ImportReview, row: RegisterRow, column: str, text: str) -> None:
        """Write one cell otherwise, and plan again."""
        place = (row.file, row.sheet, row.row)  # the line itself may have been corrected since it was shown
        self._rows = tuple(
            each.corrected(column, text) if (each.file, each.sheet, each.row) == place else each
            for each in self._rows
        )
        name, rows, today = self._listing.name, self._rows, self._today
        job = office_job(self._office, lambda office: office.register_imports.plan(name, rows, today))
        if dialog.planning is not None:
            dialog.planning.drop()
        dialog.planning = job
        job.done.connect(dialog.show_plan)
        job.failed.connect(self._refuse)
        dialog.wait()
        job.start()

    def _ask_where_to_save(self, dialog: ImportReview) -> None:
        def save(name: str) -> None:
            with errors.told(dialog):
                rows = self._office.register_imports.save_refused(self._listing.name, dialog.plan, Path(name))
                dialog.say(f"已保存 {rows} 行到 {Path(name).name}")

        ask_where_to_save(dialog, "保存未导入的行", WORKBOOK, "未导入的行.xlsx", save)

    def _apply(self, dialog: ImportReview) -> None:
        name, rows, today = self._listing.name, self._rows, self._today
        source = "、".join(file.name for file in self._files)
        job = office_job(
            self._office, lambda office: office.register_imports.apply(name, rows, today, source)
        )
        job.done.connect(dialog.finish)
        job.done.connect(self._tell)
        job.failed.connect(dialog.accept)
        job.failed.connect(self._refuse)
        job.start()

    def _tell(self, result: RegisterImportResult) -> None:
        if result.seq is not None:
            self.imported.emit()

    def _refuse(self, error: DesktopError) -> None:
        errors.tell(self._over, error)


class ImportReview(QDialog):
    """What would happen to each line, doubtful cells to be put right in place; ``confirmed`` when it shall."""

    confirmed = Signal()

    def __init__(self, title: str, listing: Listing, plan: RegisterPlan, parent: QWidget) -> None:
        super().__init__(parent)
        self._listing = listing
        self._applying = False
        self.planning: Job | None = None
        self.setWindowTitle("导入核对")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.review = ReviewStep(self)
        self.busy = Busy(self)
        self._said = theme.quiet(QLabel(self))
        self._said.setWordWrap(True)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        self.ok = theme.primary(self.buttons.button(QDialogButtonBox.StandardButton.Ok))
        self.ok.setAutoDefault(False)  # Enter in a table goes down, as in Excel
        self.ok.setDefault(False)
        self.save = QPushButton("保存未导入的行…", self)
        self.save.setAutoDefault(False)
        self.buttons.accepted.connect(self._confirm)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(theme.title(QLabel(f"导入{title}", self)))
        layout.addWidget(self.review, 1)
        layout.addWidget(self._said)
        foot = QHBoxLayout()
        foot.addWidget(self.save)
        foot.addWidget(self.busy, 1)
        foot.addWidget(self.buttons)
        layout.addLayout(foot)
        self.resize(theme.characters(self, _WIDTH), theme.characters(self, _HEIGHT))
        self._show(plan, afresh=True)
        if any(line.problems or line.remark for line in plan.lines):
            self.review.begin()
        else:
            self.ok.setFocus()  # nothing to put right: one key imports

    def show_plan(self, plan: RegisterPlan) -> None:
        """Show what would happen after a correction, in the same place."""
        self.planning = None
        self._show(plan, afresh=False)

    def _show(self, plan: RegisterPlan, *, afresh: bool) -> None:
        self.plan = plan
        self.review.show_tabs(register_tabs(self._listing, plan), afresh=afresh)
        self.say(f"{plan.unread(self._listing)}导入前先备份；导入后可以一次撤销。")
        taken = plan.counts[Outcome.NEW] + plan.counts[Outcome.CHANGED]
        self.ok.setText(f"导入 {taken} 行" if taken else "没有要导入的")
        self.ok.setEnabled(taken > 0)
        self.save.setVisible(any(line.problems for line in plan.lines))

    def wait(self) -> None:
        """A correction is being looked at: nothing is imported until it was."""
        self.ok.setEnabled(False)

    def say(self, words: str) -> None:
        """Say what was done, without closing."""
        self._said.setText(words)

    def _confirm(self) -> None:
        self._applying = True
        self.buttons.setEnabled(False)
        self.review.setEnabled(False)
        self.busy.begin("正在备份并导入…")
        self.confirmed.emit()

    def finish(self, result: RegisterImportResult) -> None:
        """It was done: what was left out can still be saved, so that nothing of the file is lost."""
        self._applying = False
        left_out = sum(bool(line.problems) for line in result.plan.lines)
        if not left_out:
            self.accept()
            return
        self.plan = result.plan
        self.busy.end()
        self.ok.hide()
        self.buttons.setEnabled(True)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("关闭")
        self.say(f"已导入。还有 {left_out} 行没有导入，或有格子没有导入，可以保存出来，改好再导入。")
        self.save.setFocus()

    def reject(self) -> None:
        """Close without importing; not while it is going on."""
        if not self._applying:
            super().reject()
