"""The first start: how to begin, then unit, password and backup folder, then the recovery code."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.models.errors import DesktopError
from desktop.office import Office
from desktop.views import theme
from desktop.views.jobs import Job
from desktop.views.start.choice import ChoiceButton
from desktop.views.start.office_form import NewOffice, OfficeForm
from desktop.views.start.restore_form import RestoreForm
from desktop.views.theme import Tone
from desktop.views.widgets.busy import Busy
from desktop.views.widgets.path_field import is_made
from desktop.views.widgets.recovery import RecoveryCode

SECRECY = "本软件不得存储、处理、传输国家秘密。"
_WIDTH = 44  # characters


class Beginning(StrEnum):
    """How an officer begins."""

    IMPORT = "import"
    SAMPLE = "sample"
    RESTORE = "restore"


_CHOICES = (
    (
        Beginning.IMPORT,
        "excel",
        "从 Excel 导入现有名册",
        "手头有各村报来的花名册：先建好本单位，再把表拖进来。",
    ),
    (Beginning.SAMPLE, "group", "用演示数据看看", "人名、号码都是编的，可以随意试；正式使用时另建。"),
    (Beginning.RESTORE, "backup", "从备份恢复", "换了电脑或重装了系统，接着用以前的数据。"),
)
_TITLES = {  # of the second page, and the deed on its button
    Beginning.IMPORT: ("本单位和密码", "建立"),
    Beginning.SAMPLE: ("演示数据：选一个单位，设个密码", "建立演示数据"),
    Beginning.RESTORE: ("从备份恢复", "恢复"),
}


class FirstStart(QDialog):
    """Leads from an empty folder to an opened office; ``office`` is there once it was accepted."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.office: Office | None = None
        self.beginning = Beginning.IMPORT
        self._folder = folder
        self.setWindowTitle("头雁台账")
        self.setMinimumWidth(theme.characters(self, _WIDTH))
        self._build_pages()
        self._build_foot()
        self.title = theme.title(QLabel())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.SPACE * 2] * 4)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(self.title)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._words)
        layout.addLayout(self._foot)
        self._show_choices()

    @classmethod
    def run(cls, folder: Path) -> Office | None:
        """The new office, opened; None when the dialog was closed before there was one."""
        dialog = cls(folder)
        dialog.exec()
        return dialog.office

    def _build_pages(self) -> None:
        self.form = OfficeForm(self._folder)
        self.form.changed.connect(self._allow)
        self.restore = RestoreForm()
        self.restore.changed.connect(self._allow)
        self.code = RecoveryCode()
        self.code.acknowledged.connect(self._allow)
        self._stack = QStackedWidget()
        self._beginnings = self._build_choices()
        for page in (self._beginnings, self.form, self.restore, self.code):
            self._stack.addWidget(page)

    def _build_choices(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        self.choices: dict[Beginning, ChoiceButton] = {}
        for beginning, icon, title, sentence in _CHOICES:
            button = ChoiceButton(icon, title, sentence)
            button.clicked.connect(partial(self._begin, beginning))
            layout.addWidget(button)
            self.choices[beginning] = button
        layout.addStretch(1)
        layout.addWidget(QLabel(SECRECY))
        layout.addWidget(theme.quiet(QLabel(f"数据只存在这台电脑上，不联网：{self._folder}")))
        return page

    def _build_foot(self) -> None:
        self._words = QLabel()
        self._words.setWordWrap(True)
        theme.set_tone(self._words, Tone.ERROR)
        self.busy = Busy()
        self.back = QPushButton("上一步")
        self.back.setAutoDefault(False)
        self.back.clicked.connect(self._show_choices)
        self.forward = theme.primary(QPushButton())
        self.forward.setDefault(True)
        self.forward.clicked.connect(self._go_forward)
        self._foot = QHBoxLayout()
        self._foot.setSpacing(theme.GAP)
        self._foot.addWidget(self.busy)
        self._foot.addStretch(1)
        self._foot.addWidget(self.back)
        self._foot.addWidget(self.forward)

    def _show(self, page: QWidget, title: str, deed: str) -> None:
        self._stack.setCurrentWidget(page)
        self.title.setText(title)
        self.forward.setText(deed)
        choosing, coded = page is self._beginnings, page is self.code
        self.forward.setVisible(not choosing)
        self.back.setVisible(not choosing and not coded)
        self._say("")
        self._allow()

    def _show_choices(self) -> None:
        self._show(self._beginnings, "欢迎使用头雁台账，从哪里开始？", "")
        self.choices[self.beginning].setFocus()

    def _begin(self, beginning: Beginning) -> None:
        self.beginning = beginning
        page = self.restore if beginning is Beginning.RESTORE else self.form
        self._show(page, *_TITLES[beginning])
        page.begin()

    def _allow(self) -> None:
        page = self._stack.currentWidget()
        ready = {
            self.form: lambda: self.form.value is not None,
            self.restore: lambda: self.restore.value is not None,
            self.code: lambda: self.code.copied.isChecked(),
        }
        self.forward.setEnabled(page in ready and ready[page]())

    def _say(self, words: str) -> None:
        self._words.setText(words)
        self._words.setVisible(bool(words))

    def _go_forward(self) -> None:
        if self._stack.currentWidget() is self.code:
            self.accept()
        elif self.beginning is Beginning.RESTORE:
            self._restore()
        else:
            self._create()

    def _create(self) -> None:
        value = self.form.value
        assert value is not None
        if value.backup_folder and not is_made(value.backup_folder):
            self._say(
                f"备份文件夹“{value.backup_folder}”建不了：盘不在，或没有写入权限。请换一个，或先空着。"
            )
            return
        sample = self.beginning is Beginning.SAMPLE
        self._run(partial(_create, self._folder, value, sample=sample), self._take_new, "正在建立…")

    def _restore(self) -> None:
        value = self.restore.value
        assert value is not None
        self._run(partial(value.restore_to, self._folder), self._take, "正在恢复…")

    def _run(self, work: Callable[[], object], then: Callable[..., None], words: str) -> None:
        self._say("")
        self._stack.setEnabled(False)
        self.back.setEnabled(False)
        self.forward.setEnabled(False)
        self.busy.begin(words)
        job = Job(work)
        job.done.connect(then)
        job.failed.connect(self._refuse)
        job.finished.connect(self._settle)
        job.start()

    def _settle(self) -> None:
        self.busy.end()
        self._stack.setEnabled(True)
        self.back.setEnabled(True)
        self._allow()

    def _refuse(self, error: DesktopError) -> None:
        self._say(str(error))

    def _take_new(self, made: tuple[Office, str]) -> None:
        self.office, code = made
        self.form.clear()
        self.code.show_code(code, self.office.unit.name)
        self._show(self.code, "最后一步：收好恢复码", "开始使用")
        self.code.print.setFocus()

    def _take(self, office: Office) -> None:
        self.office = office
        self.accept()

    def reject(self) -> None:
        """Esc and the close box wait for work to end, and for the code to be copied: it is not shown again."""
        if not self._stack.isEnabled():
            return
        if self._stack.currentWidget() is self.code and not self.code.copied.isChecked():
            self._say("恢复码还没有抄好。抄好后勾选“我已抄好”，再开始使用。")
            return
        super().reject()


def _create(folder: Path, value: NewOffice, *, sample: bool) -> tuple[Office, str]:
    office, code = Office.create(
        folder,
        unit_code=value.unit.code,
        level=value.level,
        password=value.password,
        backup_folder=value.backup_folder,
    )
    if sample:
        office.fill_with_sample(date.today())
    return office, code
