"""Who was at an activity (参加人): found by pinyin, typed where the roster knows nobody; ticked who came."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QListView,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from desktop.models.services.attendees import Attendee
from desktop.views import theme
from desktop.views.widgets.wrapped import WrappedLabel

_OFFERED = 5  # lines of the pick list
_ROWS = 3  # of chips, seen without scrolling
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_AWAY = "缺席"
_HINT = "打勾是到场；空格改到场，Delete 移除"


class AttendeesEditor(QWidget):
    """``changed`` after anything; ``submitted`` by Enter where nothing is typed."""

    changed = Signal()
    submitted = Signal()

    def __init__(
        self,
        find: Callable[[str], Sequence[Attendee]],
        place_name: Callable[[str], str],
        parent: QWidget | None = None,
    ) -> None:
        """``find`` looks somebody up by name, pinyin, post or village."""
        super().__init__(parent)
        self._find, self._place_name = find, place_name
        self._people: list[Attendee] = []
        self.line = _Line(self)
        self.line.textChanged.connect(self._look_up)
        self.line.stepped.connect(self._step)
        self.line.entered.connect(self._enter)
        self.offers = QListWidget(self)
        self.offers.setAccessibleName("可选的人")
        self.offers.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrows of the line move in it
        self.offers.itemClicked.connect(self._take_offer)
        self.offers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.offers.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.offers.hide()
        self.chips = _Chips(self)
        self.chips.itemChanged.connect(self._tick)
        self.chips.removing.connect(self.remove_current)
        self.chips.customContextMenuRequested.connect(self._open_menu)
        self.count = theme.quiet(QLabel(self))
        self.hint = theme.quiet(WrappedLabel(_HINT, self))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for widget in (self.line, self.offers, self.chips, self.count, self.hint):
            layout.addWidget(widget)
        self.setFocusProxy(self.line)
        self.show_people(())

    @property
    def people(self) -> tuple[Attendee, ...]:
        """Everybody, in the order of entry."""
        return tuple(self._people)

    def show_people(self, people: Sequence[Attendee]) -> None:
        """Show others."""
        self._people = list(people)
        self.line.clear()
        self._list_people(0)

    def add(self, person: Attendee) -> None:
        """Put somebody on the list, once."""
        known = {each.person_id or each.name for each in self._people}
        if (person.person_id or person.name) not in known:
            self._people.append(person)
            self._list_people(len(self._people) - 1)
            self.changed.emit()
        self.line.clear()

    def remove_current(self) -> None:
        """Take the current one off the list."""
        place = self.chips.currentRow()
        if place >= 0:
            del self._people[place]
            self._list_people(place)
            self.changed.emit()

    def turn_current(self) -> None:
        """Let the activity count for the current one, or no longer."""
        place = self.chips.currentRow()
        if place >= 0:
            self._people[place] = replace(self._people[place], secretary=not self._people[place].secretary)
            self._list_people(place)
            self.changed.emit()

    # looking up

    def _look_up(self, text: str) -> None:
        typed = text.strip()
        self.offers.clear()
        found = list(self._find(typed))[:_OFFERED] if typed else []
        for person in found:
            self._offer(self._words(person), person)
        if typed and not typed.isascii():
            name, _, post = typed.partition(" ")
            person = Attendee(name=name, post=post.strip() or None)
            self._offer(f"添加名册外的人：{typed}", person)
        named = typed.isascii() or any(person.name.startswith(typed) for person in found)
        self.offers.setCurrentRow(0 if named else self.offers.count() - 1)
        self.offers.setVisible(self.offers.count() > 0)
        self.offers.setFixedHeight(self.offers.count() * max(self.offers.sizeHintForRow(0), 0) + 4)

    def _offer(self, words: str, person: Attendee) -> None:
        item = QListWidgetItem(words, self.offers)
        item.setData(Qt.ItemDataRole.UserRole, person)

    def _step(self, steps: int) -> None:
        last = self.offers.count() - 1
        self.offers.setCurrentRow(min(max(self.offers.currentRow() + steps, 0), last))

    def _enter(self) -> None:
        if item := self.offers.currentItem():
            self._take_offer(item)
        elif not self.line.text().strip():
            self.submitted.emit()

    def _take_offer(self, item: QListWidgetItem) -> None:
        self.add(item.data(Qt.ItemDataRole.UserRole))
        self.line.setFocus()

    @property
    def undecided(self) -> str:
        """What is typed of somebody who is not on the list yet."""
        return self.line.text().strip()

    # the list

    def _words(self, person: Attendee) -> str:
        place = self._place_name(person.division_code) if person.division_code else ""
        listed = "提级书记" if person.secretary else ""
        return "　".join(filter(None, (person.name, place, person.post, listed)))

    def _list_people(self, current: int) -> None:
        self.chips.blockSignals(True)
        self.chips.clear()
        for person in self._people:
            words = person.name + ("（提级书记）" if person.secretary else "")
            item = QListWidgetItem(words if person.present else f"{words} {_AWAY}", self.chips)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if person.present else Qt.CheckState.Unchecked)
            item.setToolTip(self._words(person))
            spoken = f"{self._words(person)}，{'到场' if person.present else _AWAY}"
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        self.chips.setCurrentRow(min(current, len(self._people) - 1))
        self.chips.blockSignals(False)
        self.chips.setVisible(bool(self._people))
        self.hint.setVisible(bool(self._people))
        self.chips.fit()
        present = sum(person.present for person in self._people)
        self.count.setText(f"应到 {len(self._people)} 人 · 实到 {present} 人" if self._people else "还没有人")

    def _tick(self, item: QListWidgetItem) -> None:
        place = self.chips.row(item)
        present = item.checkState() == Qt.CheckState.Checked
        self._people[place] = replace(self._people[place], present=present)
        self._list_people(place)
        self.changed.emit()

    def _open_menu(self, place: QPoint) -> None:
        if self.chips.currentRow() < 0:
            return
        person = self._people[self.chips.currentRow()]
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words = "不再计入本人的完成情况" if person.secretary else "计入本人的完成情况（提级书记）"
        menu.addAction(words, self.turn_current)
        menu.addAction("移除\tDelete", self.remove_current)
        menu.popup(self.chips.viewport().mapToGlobal(place))


class _Line(QLineEdit):
    """The arrows move in the list below, Enter takes what is chosen there."""

    stepped = Signal(int)
    entered = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("参加人")
        self.setPlaceholderText("姓名、拼音、村；名册外的人直接打姓名，空格后写单位")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See the class."""
        if event.key() in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.entered.emit()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class _Chips(QListWidget):
    """People side by side, each with a box to tick."""

    removing = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("参加人名单")
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSpacing(1)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)

    def fit(self) -> None:
        """As high as its rows, up to a few."""
        self.doItemsLayout()
        rects = [self.visualItemRect(self.item(place)) for place in range(self.count())]
        if not rects:
            return
        rows = min(_ROWS, len({rect.top() for rect in rects}))
        self.setFixedHeight(rows * (rects[0].height() + 2) + 2 * self.frameWidth() + 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other rows."""
        super().resizeEvent(event)
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete removes; Enter is the form's."""
        if event.key() == Qt.Key.Key_Delete:
            self.removing.emit()
        elif event.key() in _ENTER:
            event.ignore()
        else:
            super().keyPressEvent(event)
