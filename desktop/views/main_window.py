"""The window: navigation, one page at a time, undo and redo, a status line, closing with a backup."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop.models.errors import DesktopError
from desktop.views import errors, jobs, theme
from desktop.views.page import Page, Request
from desktop.views.pages import PageKind
from desktop.views.widgets.banner import Banner
from desktop.views.widgets.navigation import Navigation
from desktop.views.widgets.status import StatusLine
from desktop.views.widgets.toast import Toast

if TYPE_CHECKING:
    from desktop.models.services.backup import BackupInfo
    from desktop.models.services.history import ChangeLine
    from desktop.office import Office
    from desktop.views.start.restore_form import Restoration

_SMALLEST = (1180, 680)
_USUAL = (1366, 768)
_LATER_MS = 1_000


class MainWindow(QMainWindow):
    """Joins the pages: builds each when it is first shown, carries their requests, undoes their changes."""

    closed = Signal()  # the office is closed, too

    def __init__(self, office: Office, pages: Sequence[PageKind]) -> None:
        super().__init__()
        self.restoration: Restoration | None = None  # what is to be opened once this is closed
        self.office = office
        self.kinds = tuple(kind for kind in pages if office.level in kind.levels)
        self._places = _places(self.kinds)  # of the navigation
        self._last: dict[int, str] = {}  # place → the page of it that was in front last
        self._built: dict[str, Page] = {}
        self._stale: set[str] = set()
        self._closed = False
        self.setWindowTitle(f"头雁台账 · {office.unit.short_name}")
        self.setMinimumSize(*_SMALLEST)
        self.resize(*_USUAL)
        frame = QWidget(self)
        heads = [place[0] for place in self._places]
        worded = office.settings.worded
        self.navigation = Navigation([(head.icon, worded(head.group or head.title)) for head in heads], frame)
        self.status = StatusLine(frame)
        self._stack = QStackedWidget(frame)
        self._build_frame(frame)
        self._build_commands()
        self.status.unit.setText(office.unit.name)
        self.navigation.chosen.connect(self._show_place)
        self._show_place(0)

    def _build_frame(self, frame: QWidget) -> None:
        side = QVBoxLayout()
        side.setSpacing(0)
        if self.office.is_sample:
            side.addWidget(
                Banner("演示数据（虚构）：人名、号码都是编的，可以随意试。", quiet=True, parent=frame)
            )
        side.addWidget(self._stack, 1)
        above = QHBoxLayout()
        above.setSpacing(0)
        above.addWidget(self.navigation)
        above.addLayout(side, 1)
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(above, 1)
        layout.addWidget(self.status)
        self.setCentralWidget(frame)

    def _build_commands(self) -> None:
        self._undo = self.navigation.add("撤销", "undo", "Ctrl+Z")
        self._undo.clicked.connect(self.undo)
        self._redo = self.navigation.add("重做", "redo", "Ctrl+Y")
        self._redo.clicked.connect(self.redo)
        self.navigation.add("快捷键与帮助", "help", "F1").clicked.connect(self.show_help)
        QShortcut(QKeySequence("Ctrl+F"), self, self._go_to_search)
        QShortcut(QKeySequence("Ctrl+PgDown"), self, lambda: self._step_aside(1))
        QShortcut(QKeySequence("Ctrl+PgUp"), self, lambda: self._step_aside(-1))
        QShortcut(QKeySequence("Ctrl+S"), self, self._say_saved)

    # pages

    @property
    def page(self) -> Page:
        """The page in front."""
        page = self._stack.currentWidget()
        assert isinstance(page, Page)
        return page

    def open(self, request: Request) -> None:
        """Bring a page to the front, set up as asked."""
        page = self._page(request.page)
        page.take(replace(request, back=self.page.name))
        self._show(page)

    def show_page(self, name: str) -> Page:
        """Bring a page to the front as it was left."""
        page = self._page(name)
        self._show(page)
        return page

    def _show_place(self, place: int) -> None:
        self.show_page(self._last.get(place, self._places[place][0].name))

    def _place_of(self, page: str) -> int | None:
        """Where in the navigation a page stands."""
        found = (n for n, place in enumerate(self._places) if any(kind.name == page for kind in place))
        return next(found, None)

    def _step_aside(self, step: int) -> None:
        """Go to the page beside this one, of those that share its place."""
        place = self._place_of(self.page.name)
        names = [kind.name for kind in self._places[place]] if place is not None else []
        if len(names) > 1:
            self.open(self.page.beside(names[(names.index(self.page.name) + step) % len(names)]))

    def _join_siblings(self, page: Page) -> None:
        """Give a page that shares its place the tabs of that place."""
        place = self._place_of(page.name)
        kinds = self._places[place] if place is not None else ()
        if len(kinds) < 2:
            return
        own = [kind.name for kind in kinds].index(page.name)
        tabs = page.header.show_siblings([kind.title for kind in kinds], own)

        def turn(chosen: int) -> None:
            if chosen != own:
                focused = tabs.hasFocus()
                tabs.setCurrentIndex(own)
                self.open(page.beside(kinds[chosen].name))
                if focused and self.page.header.tabs is not None:
                    self.page.header.tabs.setFocus(Qt.FocusReason.TabFocusReason)

        tabs.currentChanged.connect(turn)

    def _page(self, name: str) -> Page:
        if name not in self._built:
            kind = next(kind for kind in self.kinds if kind.name == name)
            # in the window from the first: moving it there afterwards would dress it twice
            page = kind.load()(self.office, self._stack)
            page.changed.connect(self._note_change)
            page.undone.connect(self._note_undone)
            page.noted.connect(self._note)
            page.asked.connect(self.open)
            page.scoped.connect(self._say_day)
            page.restore_wanted.connect(self._restore)
            self._stack.addWidget(page)
            self._built[name] = page
            self._join_siblings(page)
        return self._built[name]

    def _show(self, page: Page) -> None:
        self._stack.setCurrentWidget(page)
        place = self._place_of(page.name)
        if place is not None:
            self.navigation.choose(place)
            self._last[place] = page.name
        if page.name in self._stale:
            self._stale.discard(page.name)
            page.refresh()
        page.activate()
        self._say_all()

    def _go_to_search(self) -> None:
        search = self.page.header.search
        if search is not None:
            search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            search.selectAll()

    # changes

    @cached_property
    def toast(self) -> Toast:
        """Says what was done; made when something is."""
        toast = Toast(self)
        toast.undone.connect(self.undo)
        return toast

    def undo(self) -> None:
        """Take back the last change set."""
        self._step(self.office.history.undo, "没有可以撤销的了。")

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._step(self.office.history.redo, "没有可以重做的了。")

    def _step(self, step: Callable[[], ChangeLine | None], nothing: str) -> None:
        try:
            line = step()
        except DesktopError as error:
            errors.tell(self, error)
            return
        if line is not None:
            self.page.refresh()
            self._spread()
        self.toast.say(f"已{line.why}" if line else nothing, undo=False)

    def _note_change(self, words: str) -> None:
        self._spread()
        if self.page.backs_up:
            self._ask_for_backups()
        self.toast.say(words, undo=True)

    def _note_undone(self, words: str) -> None:
        self._spread()
        self.toast.say(words, undo=False)

    def _note(self, words: str) -> None:
        self.toast.say(words, undo=False)
        self._ask_for_backups()

    def _spread(self) -> None:
        """The pages not in front ask again when they are shown."""
        self._stale |= self._built.keys() - {self.page.name}
        self.status.say_saved(datetime.now())
        self._say_all()

    def _say_saved(self) -> None:
        self.toast.say("每一步都已自动保存，不用另存。", undo=False)

    def _say_all(self) -> None:
        history = self.office.history
        for button, word, next_one in (
            (self._undo, "撤销", history.next_undo()),
            (self._redo, "重做", history.next_redo()),
        ):
            button.setEnabled(next_one is not None)
            button.setToolTip(f"{word}：{next_one}" if next_one else f"没有可以{word}的")
        self._say_day()

    def _ask_for_backups(self) -> None:
        """In a job: a backup disk may take its time to say that it is not there."""
        if self._closed or not self.isVisible():
            return
        job = jobs.office_job(self.office, lambda office: office.backups.all())
        job.done.connect(self._say_backup)
        job.start()

    def _say_backup(self, backups: list[BackupInfo]) -> None:
        last = next((backup.made_at for backup in backups if backup.ok), None)
        if last is None:
            self.status.backup.setText("还没有备份")
        elif last.date() == date.today():
            self.status.backup.setText(f"今日备份 ✓ {last:%H:%M}")
        else:
            self.status.backup.setText(f"上次备份 {last:%Y.%m.%d}")

    def _say_day(self) -> None:
        day = self.page.as_of() or date.today()
        self.status.day.setText(f"数据截至 {day:%Y.%m.%d}")

    def show_help(self) -> None:
        """The keys and what the program is not for."""
        from desktop.views.help import HelpSheet  # built when it is asked for

        HelpSheet(self).open()

    def showEvent(self, event: QShowEvent) -> None:
        """What takes longer comes after the window is there."""
        super().showEvent(event)
        QTimer.singleShot(_LATER_MS, self, self._ask_for_backups)

    # closing

    def closeEvent(self, event: QCloseEvent) -> None:
        """Wait for jobs, back up, then go."""
        if self._closed:
            event.accept()
            return
        event.ignore()
        self._curtain("正在备份…")
        QTimer.singleShot(0, self._finish)

    def _curtain(self, words: str) -> None:
        self.setEnabled(False)
        curtain = theme.title(QLabel(words, self))
        curtain.setAlignment(Qt.AlignmentFlag.AlignCenter)
        curtain.setAutoFillBackground(True)
        curtain.setGeometry(self.rect())
        curtain.show()
        curtain.repaint()

    def _restore(self, restoration: Restoration) -> None:
        self.restoration = restoration
        self._curtain("正在恢复…")
        QTimer.singleShot(0, self._finish)

    def _finish(self) -> None:
        if self._closed:
            return
        jobs.wait_for_all()
        self._closed = True
        try:
            # a restore keeps the present state itself
            result = self.office.close(backup=self.restoration is None)
        except Exception:
            self._leave()
            raise
        if result is not None and not result.in_place:
            errors.tell(self, result.words).finished.connect(self._leave)
            return
        self._leave()

    def _leave(self) -> None:
        self.close()
        self.closed.emit()


def _places(pages: Sequence[PageKind]) -> list[tuple[PageKind, ...]]:
    """The places of the navigation, each with its pages in their order."""
    places: dict[str, tuple[PageKind, ...]] = {}
    for kind in pages:
        if kind.placed:
            place = kind.group or kind.name
            places[place] = (*places.get(place, ()), kind)
    return list(places.values())
