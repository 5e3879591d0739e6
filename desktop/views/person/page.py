"""One person's page (人员页): photo, particulars, posts, what the registers keep, attachments, changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.models.domain.months import age_on, show_month
from desktop.models.registers.person import PERSON, Person
from desktop.models.services.roster import VanishedRowError
from desktop.views import errors, theme
from desktop.views.page import Page, Request
from desktop.views.person.attachments import AttachmentsTab
from desktop.views.person.basics import BasicsTab
from desktop.views.person.lines import LinesTab
from desktop.views.person.photo import PhotoFrame
from desktop.views.person.posts import PostsTab
from desktop.views.records.reserve_leaving import offer_to_leave
from desktop.views.widgets.changes import ChangesTab
from desktop.views.widgets.offer import Offer
from desktop.views.widgets.wrapped import WrappedLabel

if TYPE_CHECKING:
    from desktop.models.services.people import PersonCard
    from desktop.office import Office

_FILES = {
    "后备": ("reserve",),
    "学习培训": ("study", "training"),
    "奖惩": ("recognition",),
    "家庭": ("relative",),
}


class PersonPage(Page):
    """Asks for everything again after each change; Esc goes back to the page that opened it."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._today = date.today()
        self._back = "roster"
        self._person_id: str | None = None
        self.card: PersonCard | None = None
        self._build_header()
        self.same = Offer("对照合并", "不是同一人", parent=self)
        self.same.buttons[0].clicked.connect(self.ask_to_merge)
        self.same.buttons[1].clicked.connect(self.tell_apart)
        self.same.hide()
        self._nobody = theme.centered(QLabel("请在名册或后备力量里选一个人，按 Ctrl+Enter 打开。"))
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._nobody)
        self._whole = QWidget(self._stack)
        beside = QHBoxLayout(self._whole)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(theme.SPACE)
        beside.addLayout(self._build_side())
        beside.addWidget(self._build_tabs(), 1)
        self._stack.addWidget(self._whole)
        self.body.addWidget(self.same)
        self.body.addWidget(self._stack, 1)

    # building

    def _build_header(self) -> None:
        self.eye = self.header.add_action("显示完整号码", "eye", "Ctrl+E")
        self.eye.setCheckable(True)
        self.eye.toggled.connect(self.refresh)
        self.back = self.header.add_action("返回", "chevron-left")
        self.back.setToolTip("返回（Esc）")
        self.back.clicked.connect(self.go_back)

    def _build_side(self) -> QVBoxLayout:
        self.photo = PhotoFrame(self.office, self._whole)
        self.photo.changed.connect(self._say_done)
        self.posts_words = WrappedLabel(parent=self._whole)
        self.summary = theme.quiet(WrappedLabel(parent=self._whole))
        side = QVBoxLayout()
        side.setSpacing(theme.GAP)
        side.addWidget(self.photo, 0, Qt.AlignmentFlag.AlignHCenter)
        side.addWidget(self.posts_words)
        side.addWidget(self.summary)
        side.addStretch(1)
        return side

    def _build_tabs(self) -> QTabWidget:
        self.basics = BasicsTab(self.office, self._today)
        self.basics.changed.connect(self._say_done)
        self.basics.wanted.connect(lambda: self.asked.emit(Request(page=self.name)))
        self.posts = PostsTab(self.office, self._today)
        self.posts.changed.connect(self._say_done)
        self.posts.appointed.connect(self._note_appointed)
        self.files = {
            words: LinesTab(self.office, registers, self._today, words) for words, registers in _FILES.items()
        }
        self.attachments = AttachmentsTab(self.office)
        self.attachments.changed.connect(self._say_done)
        self.changes = ChangesTab(self.office)
        self.changes.restored.connect(self._note_restored)
        self.tabs = QTabWidget(self._whole)
        self.tabs.setAccessibleName("人员档案")
        self.tabs.addTab(self.basics, "基本")
        self.tabs.addTab(self.posts, "任职")
        for words, tab in self.files.items():
            tab.done.connect(self._say_done)
            self.tabs.addTab(tab, words)
        self.tabs.addTab(self.attachments, "附件")
        self.tabs.addTab(self.changes, "变更记录")
        self.tabs.currentChanged.connect(self._fill_changes)
        return self.tabs

    # what is shown

    def take(self, request: Request) -> None:
        """Show a person."""
        if request.back is not None and request.back != self.name:
            self._back = request.back
        if request.person is not None:
            self._person_id = request.person
            self.eye.setChecked(False)
            self.tabs.setCurrentIndex(0)
            self.refresh()

    def activate(self) -> None:
        """The keyboard goes to the tabs."""
        self.tabs.tabBar().setFocus()

    def refresh(self) -> None:
        """See Page."""
        self.card = None
        if self._person_id is not None:
            try:
                self.card = self.office.people.card(self._person_id, self._today)
            except VanishedRowError:  # undone, or merged into another
                self._person_id = None
        self._stack.setCurrentWidget(self._whole if self.card else self._nobody)
        self.same.hide()
        if self.card is not None:
            self._show(self.card)

    def _show(self, card: PersonCard) -> None:
        person, whole = card.person, self.eye.isChecked()
        serving = [line for line in card.terms if line.term.end is None]
        words = "\n".join(f"{line.village} {line.wording or '职务待核'}" for line in serving)
        self.header.title.setText(person.name)
        self.header.set_scope(words.replace("\n", "，"))
        self.posts_words.setText(words or "现在没有任职")
        self.summary.setText("\n".join(_summary(person, self._today)))
        self.photo.show_photo(person.id, card.photo)
        self.basics.show_person(person, card.doubts, whole=whole)
        self.posts.show_terms(person, card.terms)
        home = _home(card)
        for tab in self.files.values():
            tab.show_lines(person.id, home, card.files)
        self.attachments.show_attachments(person.id, card.attachments)
        self._show_counts(card)
        self._fill_changes()
        self._show_same()

    def _show_counts(self, card: PersonCard) -> None:
        counts = {words: sum(len(card.files[name]) for name in names) for words, names in _FILES.items()}
        counts |= {"任职": len(card.terms), "附件": len(card.attachments)}
        for place in range(self.tabs.count()):
            words = self.tabs.tabText(place).partition(" ")[0]
            self.tabs.setTabText(place, f"{words} {counts[words]}" if counts.get(words) else words)

    def _fill_changes(self) -> None:
        if self.tabs.currentWidget() is self.changes and self._person_id is not None:
            self.changes.show_person(self._person_id)

    def _show_same(self) -> None:
        pairs = self.office.same_people.pairs(self._person_id)
        if pairs and self._person_id is not None:
            pair = pairs[0]
            self._other = pair.second if pair.first.id == self._person_id else pair.first
            self._why = pair.why
            terms = self.office.roster.terms(self._other.id)
            where = f"{terms[0].village} " if terms else ""
            birth = f" {show_month(self._other.birth)}" if self._other.birth else ""
            self.same.words.setText(f"可能与 {where}{self._other.name}{birth} 是同一人：{pair.why}。")
            self.same.show()

    # changing

    def _say_done(self) -> None:
        self.refresh()
        self.changed.emit(f"已{self.office.history.next_undo() or '保存'}")

    def _note_restored(self, words: str) -> None:
        self.refresh()
        self.undone.emit(words)

    def _note_appointed(self) -> None:
        self._say_done()
        if self._person_id is not None:
            offer_to_leave(self.office, [self._person_id], self._today, self, self._say_done)

    def ask_to_merge(self) -> None:
        """Show both entries side by side."""
        if self.card is None:
            return
        from desktop.views.person.merging import MergeDialog

        other = self._other
        choices = self.office.same_people.side_by_side(self.card.person.id, other.id)
        posts = (self.card.terms, self.office.roster.terms(other.id))
        dialog = MergeDialog(f"合并 {self.card.person.name}", self._why, choices, posts, self)
        dialog.decided.connect(self._merge)
        dialog.open()

    def _merge(self, choices: Mapping[str, str]) -> None:
        assert self._person_id is not None
        with errors.told(self):
            self.office.same_people.merge(self._person_id, self._other.id, choices)
            self._say_done()

    def tell_apart(self) -> None:
        """Remember that they are two."""
        assert self._person_id is not None
        with errors.told(self):
            self.office.same_people.tell_apart(self._person_id, self._other.id)
            self._say_done()

    # elsewhere

    def go_back(self) -> None:
        """To the page that opened this one."""
        self.asked.emit(Request(page=self._back))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back; Ctrl+V is a photo."""
        if event.key() == Qt.Key.Key_Escape:
            self.go_back()
        elif self._person_id is None or not self.photo.pasted(event):
            super().keyPressEvent(event)


def _home(card: PersonCard) -> str | None:
    """The village of what is entered anew: that of the latest post, else of the reserve."""
    if card.terms:
        return card.terms[0].term.division_code
    reserve = card.files["reserve"]
    return str(reserve[0].record.division_code) if reserve else None


def _summary(person: Person, day: date) -> list[str]:
    age = age_on(person.birth, day) if person.birth else None
    shown = [PERSON.field(n).kind.show(getattr(person, n)) for n in ("sex", "political_status", "education")]
    sex, *others = shown
    return [words for words in (sex, f"{age} 岁" if age is not None else "", *others) if words]
