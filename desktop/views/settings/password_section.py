"""Settings: another password, another recovery code (密码)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from desktop.models.errors import DesktopError
from desktop.office import Office
from desktop.views import theme
from desktop.views.jobs import Job
from desktop.views.settings.section import Section
from desktop.views.theme import Tone
from desktop.views.widgets.busy import Busy
from desktop.views.widgets.new_password import NewPassword
from desktop.views.widgets.password_edit import PasswordEdit
from desktop.views.widgets.recovery import RecoveryCode

_WIDTH = 32  # characters


class PasswordSection(Section):
    """The present password opens both ways: a new password, a new recovery code."""

    title = "密码与恢复码"
    sentence = "换密码、换恢复码都要先输现在的密码。"

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.present = PasswordEdit("现在的密码")
        self.password = NewPassword()
        self.change = QPushButton("换密码")
        self.renew = QPushButton("换恢复码")
        self.recovery = RecoveryCode()
        self.recovery.hide()
        self._words = QLabel()
        self._words.setWordWrap(True)
        self.busy = Busy()
        self._lay_out()
        self.present.textChanged.connect(self._allow)
        self.password.changed.connect(self._allow)
        self.change.clicked.connect(self._change)
        self.renew.clicked.connect(self._renew)
        self._allow()

    def _lay_out(self) -> None:
        fields = QWidget()
        fields.setMaximumWidth(theme.characters(self, _WIDTH))
        form = QFormLayout(fields)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(theme.GAP)
        form.addRow("现在的密码(&N)", self.present)
        self.password.add_to(form)
        buttons = QHBoxLayout()
        for button in (self.change, self.renew):
            buttons.addWidget(button)
        buttons.addWidget(self.busy)
        buttons.addStretch(1)
        self.body.addWidget(fields)
        self.body.addLayout(buttons)
        self.body.addWidget(self._words)
        self.body.addWidget(self.recovery)
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Forget what was typed and the code that was shown."""
        self.present.clear()
        self.password.clear()
        self.recovery.hide()
        self._say("", Tone.PLAIN)

    def _allow(self) -> None:
        present = bool(self.present.text())
        self.change.setEnabled(present and self.password.password is not None)
        self.renew.setEnabled(present)

    def _say(self, words: str, tone: Tone) -> None:
        self._words.setText(words)
        theme.set_tone(self._words, tone)

    def _change(self) -> None:
        password = self.password.password
        assert password is not None
        self._run(
            Job(partial(self.office.change_password, self.present.text(), password)), self._note_changed
        )

    def _renew(self) -> None:
        self._run(Job(partial(self.office.new_recovery_code, self.present.text())), self._show_code)

    def _run(self, job: Job, then: Callable[..., None]) -> None:
        job.done.connect(then)
        job.failed.connect(self._refuse)
        job.finished.connect(self._settle)
        self._say("", Tone.PLAIN)
        self.setEnabled(False)
        self.busy.begin("正在处理…")
        job.start()

    def _settle(self) -> None:
        self.setEnabled(True)
        self.busy.end()

    def _refuse(self, error: DesktopError) -> None:
        self._say(str(error), Tone.ERROR)

    def _note_changed(self) -> None:
        self.refresh()
        self._say("密码已换，下次打开用新密码。", Tone.OK)

    def _show_code(self, code: str) -> None:
        self.present.clear()
        self.recovery.show_code(code, self.office.unit.name)
        self.recovery.show()
        self._say("恢复码已换，以前那张作废。", Tone.OK)
