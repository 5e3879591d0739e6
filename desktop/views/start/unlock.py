"""Opening an office: the password, or the recovery code and a new password."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.models.errors import DesktopError
from desktop.office import Office
from desktop.views import theme
from desktop.views.jobs import Job
from desktop.views.theme import Tone
from desktop.views.widgets.busy import Busy
from desktop.views.widgets.new_password import NewPassword
from desktop.views.widgets.password_edit import PasswordEdit

_WIDTH = 28  # characters


class Unlock(QDialog):
    """Asks for what opens a data folder; ``office`` is there once it was accepted."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.office: Office | None = None
        self._folder = folder
        self.setWindowTitle("头雁台账")
        self.setMinimumWidth(theme.characters(self, _WIDTH))
        self._pages = (self._build_password(), self._build_recovery())
        self._words = QLabel()
        self._words.setWordWrap(True)
        self.busy = Busy()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.SPACE * 2] * 4)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(theme.title(QLabel("头雁台账")))
        for page in self._pages:
            layout.addWidget(page)
        layout.addWidget(self._words)
        layout.addStretch(1)
        place = theme.quiet(QLabel(f"数据文件夹：{folder}"))
        place.setWordWrap(True)
        layout.addWidget(self.busy)
        layout.addWidget(place)
        self._show_password()

    @classmethod
    def ask(cls, folder: Path) -> Office | None:
        """The office, opened; None when the dialog was closed."""
        dialog = cls(folder)
        dialog.exec()
        return dialog.office

    def _build_password(self) -> QWidget:
        self.password = PasswordEdit("密码")
        self.password.capitals.connect(self._say_capitals)
        self.password.textChanged.connect(self._allow)
        self.unlock = theme.primary(QPushButton("打开"))
        self.unlock.clicked.connect(self._unlock)
        self.forgotten = theme.link(QPushButton("忘记密码，用恢复码(&R)"))
        self.forgotten.setAutoDefault(False)
        self.forgotten.clicked.connect(self._show_recovery)
        form = QFormLayout()
        form.addRow("密码(&P)", self.password)
        return _page(form, self.forgotten, self.unlock)

    def _build_recovery(self) -> QWidget:
        self.code = QLineEdit()
        self.code.setAccessibleName("恢复码")
        self.code.setPlaceholderText("7 组，每组 4 个字符")
        self.code.textChanged.connect(self._allow)
        self.new_password = NewPassword()
        self.new_password.changed.connect(self._allow)
        self.recover = theme.primary(QPushButton("重设密码并打开"))
        self.recover.clicked.connect(self._recover)
        back = QPushButton("返回")
        back.setAutoDefault(False)
        back.clicked.connect(self._show_password)
        form = QFormLayout()
        form.addRow("恢复码(&C)", self.code)
        self.new_password.add_to(form)
        return _page(form, back, self.recover)

    def _show_password(self) -> None:
        self._turn_to(self._pages[0], self.unlock, self.password)

    def _show_recovery(self) -> None:
        self._turn_to(self._pages[1], self.recover, self.code)

    def _turn_to(self, page: QWidget, default: QPushButton, focus: QLineEdit) -> None:
        for other in self._pages:
            other.setVisible(other is page)
        default.setDefault(True)
        focus.setFocus()
        self._say("", Tone.PLAIN)
        self._allow()

    def _allow(self) -> None:
        self.unlock.setEnabled(bool(self.password.text()))
        self.recover.setEnabled(bool(self.code.text().strip()) and self.new_password.password is not None)

    def _say(self, words: str, tone: Tone) -> None:
        self._words.setText(words)
        self._words.setVisible(bool(words))
        theme.set_tone(self._words, tone)
        self.adjustSize()

    def _say_capitals(self, on: bool) -> None:
        self._say("大写锁定（Caps Lock）可能开着。" if on else "", Tone.WARN)

    def _unlock(self) -> None:
        self._open(partial(Office.open, self._folder, self.password.text()))

    def _recover(self) -> None:
        password = self.new_password.password
        assert password is not None
        self._open(partial(Office.recover, self._folder, self.code.text(), password))

    def _open(self, work: Callable[[], Office]) -> None:
        self._say("", Tone.PLAIN)
        self._set_busy(True)
        job = Job(work)
        job.done.connect(self._take)
        job.failed.connect(self._refuse)
        job.start()

    def _take(self, office: Office) -> None:
        self.office = office
        self.accept()

    def _refuse(self, error: DesktopError) -> None:
        self._set_busy(False)
        self._say(str(error), Tone.ERROR)
        field = self.code if self._pages[1].isVisibleTo(self) else self.password
        field.setFocus()
        field.selectAll()

    def _set_busy(self, busy: bool) -> None:
        for page in self._pages:
            page.setEnabled(not busy)
        if busy:
            self.busy.begin("正在打开…")
        else:
            self.busy.end()

    def reject(self) -> None:
        """Esc and the close box wait until an opening has ended."""
        if self._pages[0].isEnabled():
            super().reject()


def _page(form: QFormLayout, other: QPushButton, deed: QPushButton) -> QWidget:
    """A form above two buttons."""
    page = QWidget()
    form.setSpacing(theme.GAP)
    row = QHBoxLayout()
    row.addWidget(other)
    row.addStretch(1)
    row.addWidget(deed)
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme.SPACE)
    layout.addLayout(form)
    layout.addLayout(row)
    return page
