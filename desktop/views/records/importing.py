"""Taking workbooks of a register in: read, looked over in one dialog, applied with a way back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QLabel, QVBoxLayout, QWidget

from desktop.models.workbooks.plan import Outcome
from desktop.views import errors, theme
from desktop.views.jobs import office_job
from desktop.views.tables.list_page import WORKBOOKS
from desktop.views.widgets.busy import Busy
from desktop.views.widgets.rows import add_row, rows_table

if TYPE_CHECKING:
    from desktop.models.errors import DesktopError
    from desktop.models.registers.listing import Listing
    from desktop.models.services.register_importing import PlannedLine, RegisterImportResult, RegisterPlan
    from desktop.models.workbooks.register_reader import RegisterRow
    from desktop.office import Office

_HEADINGS = ("结果", "位置", "谁", "改动和问题")
_WIDTHS = (5, 12, 10, 30)  # characters
_WIDTH, _HEIGHT = 62, 36
_MOST_SHOWN = 2_000  # lines: nobody reads more
_FIRST = (Outcome.REFUSED, Outcome.CHANGED, Outcome.NEW, Outcome.SAME)  # what is to be looked at comes first
_Read = tuple[tuple["RegisterRow", ...], "RegisterPlan"]


class Importing(QObject):
    """``imported`` once workbooks were taken in."""

    imported = Signal()

    def __init__(self, office: Office, listing: Listing, today: date, over: QWidget) -> None:
        super().__init__(over)
        self._office, self._listing, self._today, self._over = office, listing, today, over
        self._files: tuple[Path, ...] = ()

    def ask_which(self) -> None:
        """Ask for the workbooks."""
        dialog = QFileDialog(self._over, f"导入{self._listing.register.title}")
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
        rows, plan = found
        if not rows:
            title = self._listing.register.title
            errors.tell(self._over, f"没有找到{title}的内容。请检查第一行是不是列名（如“姓名”“村”）。")
            return
        dialog = ImportReview(self._listing, plan, self._over)
        dialog.confirmed.connect(lambda: self._apply(rows, dialog))
        dialog.open()

    def _apply(self, rows: Sequence[RegisterRow], dialog: ImportReview) -> None:
        name, today, source = self._listing.name, self._today, "、".join(file.name for file in self._files)
        job = office_job(
            self._office, lambda office: office.register_imports.apply(name, rows, today, source)
        )
        job.done.connect(dialog.finish)
        job.done.connect(self._tell)
        job.failed.connect(dialog.finish)
        job.failed.connect(self._refuse)
        job.start()

    def _tell(self, result: RegisterImportResult) -> None:
        if result.seq is not None:
            self.imported.emit()

    def _refuse(self, error: DesktopError) -> None:
        errors.tell(self._over, error)


class ImportReview(QDialog):
    """What would happen to each line; ``confirmed`` when it shall."""

    confirmed = Signal()

    def __init__(self, listing: Listing, plan: RegisterPlan, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("导入核对")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        counts = plan.counts
        words = " · ".join(f"{outcome.label} {counts[outcome]}" for outcome in Outcome)
        self.table = rows_table("要导入的各行", _HEADINGS, _WIDTHS)
        lines = sorted(plan.lines, key=lambda line: _FIRST.index(line.outcome))
        for line in lines[:_MOST_SHOWN]:
            add_row(self.table, _texts(listing, line))
        taken = counts[Outcome.NEW] + counts[Outcome.CHANGED]
        self.busy = Busy(self)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        self.ok = theme.primary(self.buttons.button(QDialogButtonBox.StandardButton.Ok))
        self.ok.setText(f"导入 {taken} 行" if taken else "没有要导入的")
        self.ok.setEnabled(taken > 0)
        self.buttons.accepted.connect(self._confirm)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(theme.title(QLabel(f"导入{listing.register.title}", self)))
        layout.addWidget(QLabel(words, self))
        layout.addWidget(self.table, 1)
        layout.addWidget(theme.quiet(QLabel("导入前先备份；导入后可以一次撤销。", self)))
        layout.addWidget(self.busy)
        layout.addWidget(self.buttons)
        self.resize(theme.characters(self, _WIDTH), theme.characters(self, _HEIGHT))
        self._applying = False

    def _confirm(self) -> None:
        self._applying = True
        self.buttons.setEnabled(False)
        self.busy.begin("正在备份并导入…")
        self.confirmed.emit()

    def finish(self) -> None:
        """It was done, or came to nothing."""
        self._applying = False
        self.accept()

    def reject(self) -> None:
        """Close without importing; not while it is going on."""
        if not self._applying:
            super().reject()


def _texts(listing: Listing, line: PlannedLine) -> tuple[str, ...]:
    row = line.row
    who = " ".join(filter(None, (row.text("village"), row.text("name") or row.text("year"))))
    changes = (f"{change.label}：{change.old or '空'} → {change.new}" for change in line.changes)
    return (
        line.outcome.label,
        f"{row.sheet} 第 {row.row} 行",
        who,
        "；".join((*changes, *_remarks(listing, line))),
    )


def _remarks(listing: Listing, line: PlannedLine) -> Iterable[str]:
    labels = {field.name: field.label for field in listing.columns}
    yield from (f"{labels.get(name, name)}：{words}" for name, words in line.problems.items())
    if line.remark:
        yield line.remark
