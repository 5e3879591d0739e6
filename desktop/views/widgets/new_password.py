"""A new password, typed twice, with a word on how good it is."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLabel, QLineEdit

from desktop.office import password_problem
from desktop.views import theme
from desktop.views.theme import Tone

_GOOD = 12  # characters, from which on a password is called good


class NewPassword(QObject):
    """Two fields with their words, to be put into a form; ``changed`` at every stroke."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.first = self._field("新密码")
        self.second = self._field("再输一次")
        self._show = QCheckBox("显示密码(&H)")
        self._show.toggled.connect(self._show_characters)
        self._words = theme.quiet(QLabel())
        self._words.setWordWrap(True)
        self._judge()

    def add_to(self, form: QFormLayout) -> None:
        """Put the fields into a form."""
        form.addRow("设新密码(&P)", self.first)
        form.addRow("再输一次(&A)", self.second)
        form.addRow("", self._words)
        form.addRow("", self._show)

    @property
    def password(self) -> str | None:
        """The password; None while it will not do or the two differ."""
        typed = self.first.text()
        return typed if typed == self.second.text() and password_problem(typed) is None else None

    def clear(self) -> None:
        """Forget what was typed."""
        self.first.clear()
        self.second.clear()

    def _field(self, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setAccessibleName(name)
        field.textChanged.connect(self._judge)
        return field

    def _show_characters(self, shown: bool) -> None:
        for field in (self.first, self.second):
            field.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    def _judge(self) -> None:
        words, tone = self._judgement()
        self._words.setText(words)
        theme.set_tone(self._words, tone)
        self.changed.emit()

    def _judgement(self) -> tuple[str, Tone]:
        typed, again = self.first.text(), self.second.text()
        problem = password_problem(typed)
        if not typed:
            return "至少 8 个字符，可以用一句自己记得住的话。", Tone.PLAIN
        if problem:
            return problem, Tone.WARN
        if again and not typed.startswith(again):
            return "两次输的不一样。", Tone.ERROR
        strength = "这个密码很好" if len(typed) >= _GOOD else "这个密码可以，再长一点更好"
        return (f"{strength}。" if typed == again else f"{strength}，请再输一次。"), Tone.OK
