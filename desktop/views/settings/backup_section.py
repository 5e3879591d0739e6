"""Settings: backups – where they go, which there are, making one, going back to one (备份)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QWidget,
)

from desktop.models.services.backup import BackupInfo, BackupResult
from desktop.office import Office
from desktop.views import errors, theme
from desktop.views.jobs import office_job
from desktop.views.settings.restore_dialog import RestoreDialog
from desktop.views.settings.section import Section
from desktop.views.start.restore_form import BACKUP_FILES
from desktop.views.theme import Tone
from desktop.views.widgets.busy import Busy
from desktop.views.widgets.path_field import PathField, is_made
from desktop.views.widgets.rows import add_row, rows_table

_HEADINGS = ("时间", "为什么", "人员", "大小", "状态", "在哪里")
_WIDTHS = (11, 8, 6, 7, 5, 20)  # characters
_KIB = 1024


class BackupSection(Section):
    """The list of backups with 立即备份 and 恢复…, and the folder they go to."""

    title = "备份"
    sentence = "关闭程序时、导入之前自动备份，加密保存；留最近 14 天和 12 个月的。"

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._backups: Sequence[BackupInfo] = ()
        self.folder = PathField("备份文件夹")
        self._missing = QLabel()
        self._missing.setWordWrap(True)
        self.table = rows_table("备份", _HEADINGS, _WIDTHS)
        self.back_up = theme.primary(QPushButton("立即备份"))
        self.restore = QPushButton("恢复选中的…")
        self.restore_other = QPushButton("从别的文件恢复…")
        self.busy = Busy()
        self._lay_out()
        self.folder.settled.connect(self._keep_folder)
        self.back_up.clicked.connect(self._back_up)
        self.restore.clicked.connect(self._open_restore)
        self.restore_other.clicked.connect(self._open_chooser)
        self.table.currentCellChanged.connect(self._allow)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setSpacing(theme.GAP)
        form.addRow("备份文件夹(&F)", self.folder)
        form.addRow("", self._missing)
        buttons = QHBoxLayout()
        for button in (self.back_up, self.restore, self.restore_other):
            buttons.addWidget(button)
        buttons.addWidget(self.busy)
        buttons.addStretch(1)
        self.body.addLayout(form)
        self.body.addWidget(self.table, 1)
        self.body.addLayout(buttons)

    def refresh(self) -> None:
        """Look which backups there are."""
        self.folder.show_path(self.office.settings.backup_folder)
        self._judge_folder()
        self._backups = self.office.backups.all()
        self.table.setRowCount(0)
        for backup in self._backups:
            add_row(self.table, self._texts(backup))
        self.table.setCurrentCell(0, 0)
        self._allow()

    def _texts(self, backup: BackupInfo) -> tuple[str, ...]:
        local = backup.path.is_relative_to(self.office.folder)
        return (
            f"{backup.made_at:%Y.%m.%d %H:%M}",
            backup.reason,
            f"{backup.counts.people} 人" if backup.counts else "",
            f"{max(backup.size // _KIB, 1)} KB",
            "完好" if backup.ok else "已损坏",
            f"本机：{backup.path.name}" if local else str(backup.path),
        )

    def _judge_folder(self) -> None:
        folder = self.office.settings.backup_folder
        if folder is None:
            words = "没有设置，备份只在本机。硬盘一坏就全没了，请选另一块硬盘或移动硬盘上的文件夹。"
        elif not folder.is_dir():
            words = f"备份盘不在：打不开“{folder}”。请插好备份盘；在那之前，备份先存在本机。"
        else:
            words = ""
        self._missing.setText(words)
        self._missing.setVisible(bool(words))
        theme.set_tone(self._missing, Tone.WARN)

    def _keep_folder(self) -> None:
        folder = self.folder.path
        if folder != self.office.settings.backup_folder:
            self.office.settings.backup_folder = folder
            if folder is None or is_made(folder):
                self.noted.emit("备份文件夹已保存")
            self.refresh()

    def _allow(self) -> None:
        row = self.table.currentRow()
        self.restore.setEnabled(row >= 0 and self._backups[row].ok)

    def _back_up(self) -> None:
        job = office_job(self.office, lambda office: office.backups.backup_now("手动备份"))
        job.done.connect(self._note_backup)
        job.finished.connect(self.busy.end)
        job.finished.connect(self._enable)
        self.back_up.setEnabled(False)
        self.busy.begin("正在备份并核对…")
        job.start()

    def _enable(self) -> None:
        self.back_up.setEnabled(True)

    def _note_backup(self, result: BackupResult) -> None:
        self.refresh()
        if result.in_place:
            self.noted.emit(result.words)
        else:
            self._missing.setText(result.words)
            self._missing.show()

    def _open_restore(self) -> None:
        self._confirm(self._backups[self.table.currentRow()])

    def _open_chooser(self) -> None:
        dialog = QFileDialog(self, "从哪个备份恢复")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(BACKUP_FILES)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._confirm_file)
        dialog.open()

    def _confirm_file(self, name: str) -> None:
        with errors.told(self):
            self._confirm(self.office.backups.look(Path(name)))

    def _confirm(self, backup: BackupInfo) -> None:
        dialog = RestoreDialog(backup, self.office.backups, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.confirmed.connect(self.restore_wanted)
        dialog.open()
