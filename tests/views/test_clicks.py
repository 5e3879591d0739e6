"""How many clicks the usual things take, counted from the page being in the navigation; and each by the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import QDeadlineTimer, QEvent, QEventLoop, QObject, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QPushButton, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from desktop.models.rules.structure_columns import COLUMNS
from desktop.office import Office
from desktop.views.exchange.import_page import ImportPage
from desktop.views.ledgers.ledger_page import LedgerPage
from desktop.views.main_window import MainWindow
from desktop.views.person.page import PersonPage
from desktop.views.records.committee_terms_page import CommitteeTermsPage
from desktop.views.records.reserve_page import ReservePage
from desktop.views.register.page import RosterPage
from desktop.views.structure.page import StructurePage
from desktop.views.tables.grid import Grid
from desktop.views.tables.list_page import ListPage
from tests.offices import SAMPLE_FILES, VILLAGE, member
from tests.views.hands import press, tap, write

NOW = date.today()
WOMEN = [column.name for column in COLUMNS].index("women")


class Clicks(QObject):
    """Counts presses of the mouse that reach a control."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count a press once, however many parents it passes on to."""
        if (
            event.type() == QEvent.Type.MouseButtonPress
            and isinstance(watched, QWidget)
            and event.spontaneous()
        ):
            self.count += 1
        return False


@pytest.fixture
def clicks(window: MainWindow, qapp: QApplication) -> Iterator[Clicks]:
    counter = Clicks()
    qapp.installEventFilter(counter)
    yield counter
    qapp.removeEventFilter(counter)


@pytest.fixture
def roster(window: MainWindow) -> RosterPage:
    """The roster, in front already."""
    page = window.page
    assert isinstance(page, RosterPage)
    return page


# by mouse


def nav(window: MainWindow, title: str) -> QPushButton:
    return next(
        each for each in window.navigation.findChildren(QPushButton) if each.accessibleName() == title
    )


def named(within: QWidget, words: str) -> QPushButton:
    return next(
        each for each in within.findChildren(QPushButton) if each.isVisible() and each.text() == words
    )


def place_of(page: ListPage, row: int, field: str) -> tuple[QWidget, QPoint]:
    """Where a cell is to be clicked."""
    column = [each.name for each in page.model.fields].index(field)
    view = page.grid.frozen if column == 0 else page.grid
    index = page.model.index(row, column)
    page.grid.scrollTo(index)
    return view.viewport(), view.visualRect(index).center()


def click_cell(
    page: ListPage, row: int, field: str, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    view, place = place_of(page, row, field)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, keys, place)


def right_click(page: ListPage, row: int, field: str) -> None:
    """QTest's own click brings no menu."""
    view, place = place_of(page, row, field)
    QTest.mouseClick(view, Qt.MouseButton.RightButton, pos=place)
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(page.grid.viewport(), QContextMenuEvent(reason, place, view.mapToGlobal(place)))


def click_action(words: str) -> None:
    menu = open_menu()
    action = next(each for each in menu.actions() if each.text().partition("\t")[0] == words)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())


def click_tab(tabs: QTabBar, words: str) -> None:
    place = next(n for n in range(tabs.count()) if tabs.tabText(n).startswith(words))
    QTest.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(place).center())


def parts_of(window: MainWindow) -> QTabBar:
    """The tabs in the heading of the page in front."""
    tabs = window.page.header.findChild(QTabBar)
    assert isinstance(tabs, QTabBar)
    return tabs


def open_menu() -> QMenu:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


# by keyboard


def focus() -> QWidget:
    """What has the keyboard, once a dialog that was opened has it."""
    patience = QDeadlineTimer(5000)
    while not patience.hasExpired():
        found, dialog = QApplication.focusWidget(), QApplication.activeModalWidget()
        if found is not None and (dialog is None or dialog.isAncestorOf(found)):
            return found
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
    raise AssertionError("nothing has the keyboard")


def taps(*several: Qt.Key) -> None:
    for key in several:
        tap(focus(), key)
        QApplication.processEvents()  # Enter leaves a cell's editor a moment later


def control(key: Qt.Key) -> None:
    QTest.keyClick(focus(), key, Qt.KeyboardModifier.ControlModifier)


def go(window: MainWindow, title: str) -> None:
    """Ctrl and the page's place in the navigation."""
    digit = nav(window, title).toolTip().rpartition("+")[2].rstrip("）")
    control(getattr(Qt.Key, f"Key_{digit}"))
    QApplication.processEvents()


def called(control: QWidget) -> set[str]:
    return {control.accessibleName(), str(control.property("text") or "")}


def tab_to(words: str) -> QWidget:
    """Tab until a control of this name has the keyboard, backwards beyond the grid, where Tab goes from cell to cell."""
    key = Qt.Key.Key_Tab
    for _ in range(120):
        if words in called(focus()):
            return focus()
        if isinstance(focus(), Grid):
            taps(Qt.Key.Key_F6)
            key = Qt.Key.Key_Backtab if key == Qt.Key.Key_Tab else Qt.Key.Key_Tab
        taps(key)
    raise AssertionError(f"Tab does not come by “{words}”")


def arrow_to(words: str, chosen: str = "全部人员") -> None:
    """Chips are one stop for Tab, at the ``chosen`` one; the arrows choose among them."""
    tab_to(chosen)
    for _ in range(20):
        if words in called(focus()):
            return
        taps(Qt.Key.Key_Right)
    raise AssertionError(f"the arrows do not come by “{words}”")


def menu_key(page: ListPage, words: str) -> None:
    """The key for the menu of a line, and a line of the menu."""
    reason, place = QContextMenuEvent.Reason.Keyboard, page.grid.visualRect(page.grid.currentIndex()).center()
    viewport = page.grid.viewport()
    QApplication.sendEvent(viewport, QContextMenuEvent(reason, place, viewport.mapToGlobal(place)))
    down_to(words)


def down_to(words: str) -> None:
    """Down to a line of the open menu, Enter."""
    menu = open_menu()
    for _ in menu.actions():
        tap(menu, Qt.Key.Key_Down)
        action = menu.activeAction()
        if action and action.text().partition("\t")[0] == words:
            tap(menu, Qt.Key.Key_Return)
            return
    raise AssertionError(f"the menu has no “{words}” to choose")


def find(window: MainWindow, name: str) -> None:
    control(Qt.Key.Key_F)
    write(focus(), name)
    taps(Qt.Key.Key_Return)


def retype(text: str) -> None:
    """Over what an editor or an input holds."""
    editor = focus()
    QTest.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    write(editor, text)


def names(page: ListPage) -> list[str]:
    return [page.model.text(place, 0) for place in range(len(page.model.keys))]


def last_change(office: Office) -> str:
    return office.history.recent(1)[0].why


# add a cadre: 2


def add_a_cadre() -> None:
    write(focus(), "张建国")
    taps(*[Qt.Key.Key_Tab] * 4)
    write(focus(), "支委")
    taps(Qt.Key.Key_Return)


def test_adding_a_cadre_takes_two_clicks_and_typing(
    window: MainWindow, roster: RosterPage, clicks: Clicks
) -> None:
    press(nav(window, "两委班子"))
    press(named(window, "新增人员"))
    add_a_cadre()

    assert "张建国" in names(roster)
    assert clicks.count == 2


def test_adding_a_cadre_by_keys(window: MainWindow, roster: RosterPage, clicks: Clicks) -> None:
    go(window, "两委班子")
    control(Qt.Key.Key_N)
    add_a_cadre()

    assert "张建国" in names(roster)
    assert clicks.count == 0


# import a roster: 3


@pytest.fixture
def chooser(monkeypatch: pytest.MonkeyPatch) -> list[QFileDialog]:
    """The system's dialog, as far as it was opened."""
    opened: list[QFileDialog] = []
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: opened.append(dialog))
    return opened


def test_importing_a_roster_takes_three(
    window: MainWindow,
    clicks: Clicks,
    settle: Callable[[], None],
    chooser: list[QFileDialog],
    qtbot: QtBot,
) -> None:
    press(named(window, "导入 Excel"))
    page = window.page
    assert isinstance(page, ImportPage)
    qtbot.waitUntil(lambda: bool(chooser))
    clicks.count += 1  # 打开, in the system's dialog
    chooser[0].filesSelected.emit([str(SAMPLE_FILES[0])])
    settle()
    press(page.forward)  # every column was recognised: the plan is there
    settle()

    assert page.step.name == "DONE"
    assert clicks.count == 3


def test_importing_a_roster_by_keys(
    window: MainWindow,
    clicks: Clicks,
    settle: Callable[[], None],
    chooser: list[QFileDialog],
    qtbot: QtBot,
) -> None:
    tab_to("导入 Excel")
    taps(Qt.Key.Key_Space)
    page = window.page
    assert isinstance(page, ImportPage)
    qtbot.waitUntil(lambda: bool(chooser))
    chooser[0].filesSelected.emit([str(SAMPLE_FILES[0])])
    settle()
    tab_to(page.forward.text())
    taps(Qt.Key.Key_Space)
    settle()

    assert page.step.name == "DONE"
    assert clicks.count == 0


# paste: 1


def test_pasting_takes_the_click_on_the_first_cell(roster: RosterPage, clicks: Clicks) -> None:
    QGuiApplication.clipboard().setText("1985.03\n1986.04\n1987.05")
    click_cell(roster, 2, "birth")
    control(Qt.Key.Key_V)

    assert [row.person.birth for row in roster.office.roster.rows(roster.model.keys[2:5], NOW)] == [
        "1985-03",
        "1986-04",
        "1987-05",
    ]
    assert clicks.count == 1


def test_pasting_by_keys(roster: RosterPage, clicks: Clicks) -> None:
    QGuiApplication.clipboard().setText("13800001234\n13800001235")
    taps(Qt.Key.Key_Down, Qt.Key.Key_End)
    taps(*[Qt.Key.Key_Left] * 10)
    while roster.model.field(roster.grid.currentIndex()).name != "phone":
        taps(Qt.Key.Key_Right)
    control(Qt.Key.Key_V)

    rows = roster.office.roster.rows(roster.model.keys[1:3], NOW)
    assert [row.person.phone for row in rows] == ["13800001234", "13800001235"]
    assert clicks.count == 0


# print the ledger: 3


def test_printing_the_ledger_takes_three(
    window: MainWindow, clicks: Clicks, settle: Callable[[], None]
) -> None:
    press(named(window, "打印台账"))
    settle()
    assert isinstance(window.page, LedgerPage)
    press(named(window, "打印…"))

    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QPrintDialog)  # the system's: its 确定 is the third
    assert clicks.count == 2
    dialog.reject()


def test_printing_the_ledger_by_keys(window: MainWindow, clicks: Clicks, settle: Callable[[], None]) -> None:
    control(Qt.Key.Key_P)
    settle()
    assert isinstance(window.page, LedgerPage)
    control(Qt.Key.Key_P)

    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QPrintDialog)
    assert clicks.count == 0
    dialog.reject()


# find, undo: 0


def test_finding_a_person_takes_none(window: MainWindow, roster: RosterPage, clicks: Clicks) -> None:
    name = roster.model.text(40, 0)
    find(window, name)

    assert roster.model.text(roster.grid.currentIndex().row(), 0) == name
    assert roster.grid.hasFocus()
    assert clicks.count == 0


def test_undoing_takes_none(roster: RosterPage, clicks: Clicks) -> None:
    roster.doing.remove(roster.model.keys[:1])
    control(Qt.Key.Key_Z)

    assert len(roster.model.keys) == 122
    assert clicks.count == 0


# last March's roster: 2


def test_seeing_the_roster_of_another_day_takes_one_and_as_it_was_recorded_one_more(
    roster: RosterPage, clicks: Clicks
) -> None:
    press(roster.bar.day)
    QTest.keyClicks(roster.bar.day, "20250331")
    taps(Qt.Key.Key_Return)
    assert roster.as_of() == date(2025, 3, 31)
    assert clicks.count == 1

    press(named(roster, "改为按当时记录"))
    assert roster.source.recorded
    assert clicks.count == 2


def test_seeing_the_roster_of_another_day_by_keys(roster: RosterPage, clicks: Clicks) -> None:
    QTest.keyClicks(tab_to("截至日期"), "20250331")
    taps(Qt.Key.Key_Return)
    assert roster.as_of() == date(2025, 3, 31)

    tab_to("改为按当时记录")
    taps(Qt.Key.Key_Space)
    assert roster.source.recorded
    tab_to("回到今天")
    taps(Qt.Key.Key_Space)

    assert roster.as_of() == NOW
    assert clicks.count == 0


# a term that ends: 3 and typing


def decide_to_end() -> None:
    """The reason has the keyboard."""
    write(focus(), "辞职")
    taps(Qt.Key.Key_Return)


def test_ending_a_term_with_its_reason_takes_three(
    window: MainWindow, roster: RosterPage, clicks: Clicks
) -> None:
    key = roster.model.keys[3]
    press(nav(window, "两委班子"))
    right_click(roster, 3, "posts")
    click_action("离任…")
    decide_to_end()

    assert roster.office.roster.terms(key[0])[0].term.end_reason == "辞职"
    assert clicks.count == 3


def test_ending_a_term_by_keys(window: MainWindow, roster: RosterPage, clicks: Clicks) -> None:
    key = roster.model.keys[3]
    find(window, roster.model.text(3, 0))
    menu_key(roster, "离任…")
    decide_to_end()

    assert roster.office.roster.terms(key[0])[0].term.end_reason == "辞职"
    assert clicks.count == 0


# a move: 4 and typing


def decide_to_move() -> None:
    """The new post has the keyboard."""
    write(focus(), "村委会委员")
    taps(Qt.Key.Key_Tab)
    write(focus(), "工作需要")
    taps(Qt.Key.Key_Return)


def moved(office: Office, person_id: str) -> list[str]:
    return [line.wording for line in office.roster.terms(person_id) if line.term.end is None]


def test_moving_somebody_takes_four(window: MainWindow, roster: RosterPage, clicks: Clicks) -> None:
    roster.units.choose(VILLAGE)
    person = roster.model.keys[2][0]
    press(nav(window, "两委班子"))
    mark = roster.grid.frozen.mark_of(2).center()
    QTest.mouseClick(roster.grid.frozen.viewport(), Qt.MouseButton.LeftButton, pos=mark)
    page = window.page
    assert isinstance(page, PersonPage)
    click_tab(page.tabs.tabBar(), "任职")
    press(named(page, "调整…"))
    decide_to_move()

    assert moved(window.office, person) == ["村委会委员"]
    assert clicks.count == 4


def test_moving_somebody_by_keys(window: MainWindow, roster: RosterPage, clicks: Clicks) -> None:
    roster.units.choose(VILLAGE)
    person = roster.model.keys[0][0]
    go(window, "两委班子")
    taps(Qt.Key.Key_Down)
    control(Qt.Key.Key_Return)
    taps(Qt.Key.Key_Right)
    tab_to("调整…")
    taps(Qt.Key.Key_Space)
    decide_to_move()

    assert moved(window.office, person) == ["村委会委员"]
    assert clicks.count == 0


# an election: 4 and typing


def test_entering_an_election_takes_four(window: MainWindow, clicks: Clicks) -> None:
    press(nav(window, "村级数据"))
    click_tab(parts_of(window), "班子届次")
    page = window.page
    assert isinstance(page, CommitteeTermsPage)
    press(named(page, "换届…"))
    write(focus(), "第十三届")
    press(named(window, "办理换届"))

    assert last_change(window.office).startswith("换届：")
    assert clicks.count == 4


def test_entering_an_election_by_keys(window: MainWindow, clicks: Clicks) -> None:
    go(window, "村级数据")
    tab_to(parts_of(window).accessibleName())
    taps(Qt.Key.Key_Right)
    tab_to("换届…")
    taps(Qt.Key.Key_Space)
    write(focus(), "第十三届")
    tab_to("办理换届")
    taps(Qt.Key.Key_Space)

    assert last_change(window.office).startswith("换届：")
    assert clicks.count == 0


# the same person twice: 4


@pytest.fixture
def twice(roster: RosterPage) -> str:
    """Somebody in the first line who was entered a second time."""
    office, key = roster.office, roster.model.keys[0]
    office.roster.set_cell(key, "birth", "1974.05", NOW)
    name = roster.model.text(0, 0)
    office.roster.add(VILLAGE, member(name=name, birth="1974.05", id_number="", posts="村委会委员"), NOW)
    roster.refresh()
    roster.grid.go_to(key, 0)
    return str(key[0])


def test_merging_takes_four(window: MainWindow, roster: RosterPage, twice: str, clicks: Clicks) -> None:
    press(nav(window, "两委班子"))
    mark = roster.grid.frozen.mark_of(0).center()
    QTest.mouseClick(roster.grid.frozen.viewport(), Qt.MouseButton.LeftButton, pos=mark)
    press(named(window.page, "对照合并"))
    press(named(window, "合并为一人"))

    assert "村委会委员" in [line.wording for line in window.office.people.card(twice, NOW).terms]
    assert clicks.count == 4


def test_merging_by_keys(window: MainWindow, twice: str, clicks: Clicks) -> None:
    control(Qt.Key.Key_Return)
    tab_to("对照合并")
    taps(Qt.Key.Key_Space)
    tab_to("合并为一人")
    taps(Qt.Key.Key_Return)

    assert "村委会委员" in [line.wording for line in window.office.people.card(twice, NOW).terms]
    assert clicks.count == 0


# reserve: 2 to enter, 3 to leave, 1 confirmation after a post


def test_adding_to_the_reserve_takes_two(window: MainWindow, clicks: Clicks) -> None:
    press(nav(window, "后备力量"))
    press(named(window, "新增后备"))
    write(focus(), "王小川")
    taps(Qt.Key.Key_Return)

    assert isinstance(window.page, ReservePage)
    assert "王小川" in names(window.page)
    assert clicks.count == 2


def test_adding_to_the_reserve_by_keys(window: MainWindow, clicks: Clicks) -> None:
    go(window, "后备力量")
    control(Qt.Key.Key_N)
    write(focus(), "王小川")
    taps(Qt.Key.Key_Return)

    assert isinstance(window.page, ReservePage)
    assert "王小川" in names(window.page)
    assert clicks.count == 0


def test_the_ledger_of_the_reserve_takes_one_more(
    window: MainWindow, clicks: Clicks, settle: Callable[[], None]
) -> None:
    press(nav(window, "后备力量"))
    press(named(window, "打印台账"))
    settle()

    assert isinstance(window.page, LedgerPage)
    assert window.page.options.request.name == "reserve"
    assert clicks.count == 2


@pytest.fixture
def in_reserve(window: MainWindow) -> tuple[str, str]:
    """Somebody who serves in no post of the board and is in reserve: the key of the roster."""
    office = window.office
    key = office.roster.add(VILLAGE, member(name="高明", id_number="", posts="文书", post_since=""), NOW)
    office.reserve.add({"village": "毕家塘村", "entered": "2026.01"}, NOW, owner_id=key[0])
    window.page.refresh()
    return key


def left(office: Office, key: tuple[str, str]) -> tuple[str | None, str | None]:
    (entry,) = office.reserve.records(person_id=key[0])
    return entry.left, entry.outcome


def test_leaving_the_reserve_takes_three(
    window: MainWindow, in_reserve: tuple[str, str], clicks: Clicks
) -> None:
    press(nav(window, "后备力量"))
    page = window.page
    assert isinstance(page, ReservePage)
    right_click(page, names(page).index("高明"), "aim")
    click_action("出库…")
    write(focus(), "调整")
    taps(Qt.Key.Key_Return)

    assert left(window.office, in_reserve) == (f"{NOW:%Y-%m}", "2")
    assert clicks.count == 3


def test_leaving_the_reserve_by_keys(window: MainWindow, in_reserve: tuple[str, str], clicks: Clicks) -> None:
    go(window, "后备力量")
    find(window, "高明")
    assert isinstance(window.page, ReservePage)
    menu_key(window.page, "出库…")
    write(focus(), "调整")
    taps(Qt.Key.Key_Return)

    assert left(window.office, in_reserve) == (f"{NOW:%Y-%m}", "2")
    assert clicks.count == 0


def test_taking_up_a_post_leaves_the_reserve_with_one_confirmation(
    roster: RosterPage, in_reserve: tuple[str, str], clicks: Clicks
) -> None:
    click_cell(roster, names(roster).index("高明"), "posts")
    taps(Qt.Key.Key_F2)
    retype("村委会副主任")
    taps(Qt.Key.Key_Return)
    box = QApplication.activeModalWidget()
    assert box is not None
    press(named(box, "出库"))

    assert left(roster.office, in_reserve) == (f"{NOW:%Y-%m}", "1")
    assert clicks.count == 2


def test_taking_up_a_post_and_leaving_the_reserve_by_keys(
    window: MainWindow, roster: RosterPage, in_reserve: tuple[str, str], clicks: Clicks
) -> None:
    find(window, "高明")
    while roster.model.field(roster.grid.currentIndex()).name != "posts":
        taps(Qt.Key.Key_Right)
    taps(Qt.Key.Key_F2)
    retype("村委会副主任")
    taps(Qt.Key.Key_Return)
    taps(Qt.Key.Key_Return)  # 出库 is what Enter does

    assert left(roster.office, in_reserve) == (f"{NOW:%Y-%m}", "1")
    assert clicks.count == 0


# from a number or a finding to the people


def test_the_people_behind_a_number_take_two_and_in_the_roster_three(
    window: MainWindow, roster: RosterPage, clicks: Clicks, settle: Callable[[], None], qtbot: QtBot
) -> None:
    press(nav(window, "结构与体检"))
    settle()
    page = window.page
    assert isinstance(page, StructurePage)
    view, panel = page.statistics.view, page.statistics.panel
    cell = view.visualRect(page.statistics.model.index(0, WOMEN))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=cell.center())
    qtbot.waitUntil(lambda: panel.list.count() > 0)
    assert clicks.count == 2
    number = panel.list.count()

    press(panel.open)

    assert window.page is roster
    assert len(roster.model.keys) == number
    assert clicks.count == 3


def test_the_people_behind_a_number_by_keys(
    window: MainWindow, roster: RosterPage, clicks: Clicks, settle: Callable[[], None], qtbot: QtBot
) -> None:
    go(window, "结构与体检")
    settle()
    page = window.page
    assert isinstance(page, StructurePage)
    view, panel = page.statistics.view, page.statistics.panel
    assert view.hasFocus()
    while view.currentIndex().column() != WOMEN:
        taps(Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: panel.list.count() > 0)
    taps(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is panel.list
    number = panel.list.count()
    tab_to("在名册中打开")
    taps(Qt.Key.Key_Space)

    assert window.page is roster
    assert len(roster.model.keys) == number
    assert clicks.count == 0


def sanctioned(office: Office, person: str) -> None:
    """The one person with something that the health check finds of persons."""
    typed = {"kind": "处分", "sanction": "警告", "month": f"{NOW:%Y.%m}", "title": "警告"}
    office.registers["recognition"].add(typed, NOW, owner_id=person)


def test_those_of_a_finding_take_one_on_the_roster_and_four_from_the_list_of_findings(
    window: MainWindow, roster: RosterPage, clicks: Clicks, qtbot: QtBot
) -> None:
    key = roster.model.keys[7]
    sanctioned(window.office, key[0])
    roster.refresh()
    qtbot.waitUntil(lambda: "found:处分影响期内" in roster.bar.chips)
    press(roster.bar.chips["found:处分影响期内"])
    assert roster.model.keys == [key]
    assert clicks.count == 1

    roster.clear_conditions()
    clicks.count = 0
    press(nav(window, "结构与体检"))
    page = window.page
    assert isinstance(page, StructurePage)
    click_tab(page.tabs, "体检")
    tree = page.findings.tree
    qtbot.waitUntil(lambda: page.findings.report is not None)
    page.findings.show_rule("R16")
    item = tree.currentItem()
    assert item is not None
    place = tree.visualItemRect(item).center()
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    press(page.findings.panel.open)

    assert window.page is roster
    assert roster.model.keys == [key]
    assert clicks.count == 4


def test_those_of_a_finding_by_keys(
    window: MainWindow, roster: RosterPage, clicks: Clicks, qtbot: QtBot
) -> None:
    key = roster.model.keys[7]
    sanctioned(window.office, key[0])
    go(window, "结构与体检")
    page = window.page
    assert isinstance(page, StructurePage)
    tab_to("结构与体检的各部分")
    taps(Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: page.findings.report is not None)
    tab_to(page.findings.tree.accessibleName())
    while (found := page.findings.tree.current_findings()) == () or found[0].rule.id != "R16":
        taps(Qt.Key.Key_Down)
    taps(Qt.Key.Key_Return)

    assert window.page is roster
    assert roster.model.keys == [key]
    assert clicks.count == 0


# many at once: 4 and typing


def test_setting_many_cells_takes_four(window: MainWindow, roster: RosterPage, clicks: Clicks) -> None:
    press(nav(window, "两委班子"))
    click_cell(roster, 1, "ethnic_group")
    click_cell(roster, 5, "ethnic_group", Qt.KeyboardModifier.ShiftModifier)
    press(named(roster, "批量修改…"))
    taps(Qt.Key.Key_Tab)
    retype("土家族")
    taps(Qt.Key.Key_Return)

    rows = roster.office.roster.rows(roster.model.keys[1:6], NOW)
    assert {row.person.ethnic_group for row in rows} == {"15"}
    assert clicks.count == 4


def test_setting_many_cells_by_keys(roster: RosterPage, clicks: Clicks) -> None:
    while roster.model.field(roster.grid.currentIndex()).name != "ethnic_group":
        taps(Qt.Key.Key_Right)
    for _ in range(4):
        QTest.keyClick(roster.grid, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    menu_key(roster, "批量修改…")
    taps(Qt.Key.Key_Tab)
    retype("土家族")
    taps(Qt.Key.Key_Return)

    rows = roster.office.roster.rows(roster.model.keys[:5], NOW)
    assert {row.person.ethnic_group for row in rows} == {"15"}
    assert clicks.count == 0


# saved views: 2 to keep, 1 to show


def test_a_view_is_kept_by_two_and_shown_by_one(roster: RosterPage, clicks: Clicks) -> None:
    press(roster.bar.chips["women"])
    clicks.count = 0
    press(roster.views)
    click_action("存为视图…")
    write(focus(), "女干部")
    taps(Qt.Key.Key_Return)
    assert clicks.count == 2
    number = len(roster.model.keys)
    press(roster.bar.chips["all"])
    clicks.count = 0

    press(roster.bar.chips["saved:女干部"])

    assert len(roster.model.keys) == number
    assert clicks.count == 1


def test_a_view_by_keys(roster: RosterPage, clicks: Clicks) -> None:
    arrow_to("只看女")
    number = len(roster.model.keys)
    tab_to(roster.views.accessibleName())
    taps(Qt.Key.Key_Space)
    down_to("存为视图…")
    write(focus(), "女干部")
    taps(Qt.Key.Key_Return)
    roster.clear_conditions()
    roster.window().activateWindow()  # which a screen does when a dialog goes

    arrow_to("只看女干部")

    assert len(roster.model.keys) == number
    assert roster.lit_chip == "saved:女干部"
    assert clicks.count == 0
