"""What the registers keep of one person (培训、奖惩、家庭…): entries to add, change and remove."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.models.domain.fields import Field
from desktop.models.registers.listing import Line
from desktop.views import errors, theme
from desktop.views.tables.list_actions import ListActions
from desktop.views.widgets.entries import Entry
from desktop.views.widgets.typed_dialog import TypedDialog
from desktop.views.widgets.wrapped import WrappedLabel

if TYPE_CHECKING:
    from desktop.models.services.registers import RegisterService
    from desktop.office import Office

_TOLD = {
    "recognition": "影响期止不填的，按处分种类推算（警告一年、严重警告一年半、撤职和留党察看两年、开除五年）。",
    "relative": "姓名和出生年月与名册相同的人会自动认出来，用于核对任职回避。",
}


class LinesTab(QScrollArea):
    """Some registers below each other; ``done`` carries the last change set in words."""

    done = Signal(str)

    def __init__(self, office: Office, registers: Sequence[str], today: date, name: str) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(name)
        page = QWidget()
        page.setObjectName("areaPage")
        self.sections = {
            register: RegisterSection(office, office.registers[register], today, page)
            for register in registers
        }
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, theme.GAP, theme.GAP, theme.GAP)
        layout.setSpacing(2 * theme.SPACE)
        for section in self.sections.values():
            section.done.connect(self.done)
            layout.addWidget(section)
        layout.addStretch(1)
        self.setWidget(page)

    def show_lines(self, person_id: str, home: str | None, files: Mapping[str, Sequence[Line]]) -> None:
        """Show what is kept of a person; ``home``: the village of what is entered anew."""
        for name, section in self.sections.items():
            section.show_lines(person_id, home, files[name])


class RegisterSection(QWidget):
    """One register's lines of the person."""

    done = Signal(str)

    def __init__(self, office: Office, service: RegisterService, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self._service, self._today = service, today
        self._person_id = ""
        self._home: str | None = None
        self._actions = ListActions(office, service, today, self)
        self._actions.done.connect(self.done)
        self._actions.noted.connect(self._say)
        listing = service.listing
        self._fields = [field for field in listing.columns if field.name in listing.own and field.editable]
        self._named = [field for field in self._fields if field.name in listing.needed]
        self._told = [field for field in self._fields if field not in self._named]
        self.add = QPushButton(f"新增{listing.noun}", self)
        self.add.setIcon(theme.icon("plus", "text"))
        self.add.clicked.connect(self.start_new)
        head = QHBoxLayout()
        head.addWidget(theme.heading(QLabel(listing.register.title, self)))
        head.addStretch(1)
        head.addWidget(self.add)
        self._shown: list[QWidget] = []
        self._entries = QVBoxLayout()
        self._entries.setSpacing(12)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addLayout(head)
        layout.addLayout(self._entries)

    def show_lines(self, person_id: str, home: str | None, lines: Sequence[Line]) -> None:
        """Show other lines."""
        self._person_id, self._home = person_id, home
        for widget in self._shown:
            widget.hide()
            widget.deleteLater()
        needs_home = "division_code" in self._service.listing.stored
        self.add.setEnabled(home is not None or not needs_home)
        nothing = theme.quiet(QLabel(f"还没有{self._service.listing.noun}记录。", self))
        nothing.setVisible(not lines)
        self._shown = [*(self._entry(line) for line in lines), nothing]
        for widget in self._shown:
            self._entries.addWidget(widget)

    def _entry(self, line: Line) -> Entry:
        title = self._title(line)
        texts = ((field.label, self._text(line, field)) for field in self._told)
        words = WrappedLabel("　".join(f"{label}：{text}" for label, text in texts if text))
        links = QWidget()
        row = QHBoxLayout(links)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(QLabel(title, links), 1)
        for word, act in (("修改", self.correct), ("删除", self._remove)):
            link = theme.link(QPushButton(word, links))
            link.setAccessibleName(f"{word} {title}")
            link.clicked.connect(partial(act, line))
            row.addWidget(link)
        words.setVisible(bool(words.text()))
        return Entry((links, words), current=not getattr(line.record, "left", None))

    def _title(self, line: Line) -> str:
        """What is needed of a line, else where it belongs."""
        state = line.computed.get("state")
        place = line.division.short_name if line.division else ""
        words = " ".join(self._text(line, field) for field in self._named) or place
        return f"{words}（{state}）" if state else words

    def _text(self, line: Line, field: Field) -> str:
        return self._service.text(line, field.name, whole=True)

    def start_new(self) -> None:
        """Ask for a new line."""
        self._open(f"新增{self._service.listing.noun}", self._take_new)

    def correct(self, line: Line) -> None:
        """Ask for a line anew."""

        def take(texts: Mapping[str, str]) -> None:
            self._actions.rewrite(line, line.person.name if line.person else "", texts, dialog.seen)

        dialog = self._open(f"修改{self._service.listing.noun}", take)
        dialog.fill({field.name: self._text(line, field) for field in self._fields})
        dialog.inputs[self._fields[0].name].select()

    def _open(self, title: str, take: Callable[[Mapping[str, str]], None]) -> TypedDialog:
        dialog = TypedDialog(
            title,
            "保存",
            self._fields,
            lambda name, text: self._service.read_cell("", name, text, self._today),
            take,
            self,
            words=_TOLD.get(self._service.listing.name, ""),
        )
        dialog.begin(self._fields[0].name)
        return dialog

    def _take_new(self, texts: Mapping[str, str]) -> None:
        values = {name: text for name, text in texts.items() if text}
        home = self._home if "division_code" in self._service.listing.stored else None
        self._service.add(values, self._today, owner_id=self._person_id, division_code=home)
        self._actions.say_done()

    def _remove(self, line: Line) -> None:
        self._actions.remove([line.key])

    def _say(self, words: str) -> None:
        errors.tell(self, words)
