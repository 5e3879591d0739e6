"""One person's page: opened from a register, everything changed where it is shown, Esc goes back."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.models.registers.roster import RosterQuery
from desktop.office import Office
from desktop.views.main_window import MainWindow
from desktop.views.page import Request
from desktop.views.person.cropping import CropDialog
from desktop.views.person.merging import MergeDialog
from desktop.views.person.page import PersonPage
from desktop.views.register.leaving import LeavingDialog
from desktop.views.register.page import RosterPage
from desktop.views.widgets.typed_dialog import TypedDialog
from tests.offices import TODAY, VILLAGE
from tests.views.hands import out_of_reach, press, tap, words
from tests.views.names import nameless


def key_of(office: Office, row: int = 0) -> tuple[str, str]:
    return office.roster.keys(RosterQuery(on=TODAY, unit=VILLAGE))[row]


def shown(window: MainWindow, person_id: str) -> PersonPage:
    window.open(Request(page="person", person=person_id))
    page = window.page
    assert isinstance(page, PersonPage)
    return page


@pytest.fixture
def page(window: MainWindow, filled_office: Office) -> PersonPage:
    """The page of the first in a village."""
    return shown(window, key_of(filled_office)[0])


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A photo, taller than it should be."""
    path = tmp_path / "照片.jpg"
    Image.new("RGB", (300, 600), "#336699").save(path)
    return path


def dialog() -> TypedDialog:
    found = QApplication.activeModalWidget()
    assert isinstance(found, TypedDialog)
    return found


def link(widget: QWidget, text: str) -> QPushButton:
    return next(each for each in widget.findChildren(QPushButton) if each.text() == text and each.isVisible())


def save(asked: TypedDialog) -> None:
    """Press the dialog's button and let what comes of it be shown."""
    press(asked.ok)
    QApplication.processEvents()


def last_change(page: PersonPage) -> str:
    return page.office.history.recent(1)[0].why


def test_ctrl_enter_opens_the_person_of_the_line_and_esc_goes_back(window: MainWindow) -> None:
    roster = window.page
    assert isinstance(roster, RosterPage)
    roster.grid.go_to(roster.model.keys[3], 0)

    QTest.keyClick(roster.grid, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    page = window.page
    assert isinstance(page, PersonPage)
    assert page.card is not None
    assert page.card.person.id == roster.model.keys[3][0]
    assert page.header.title.text() == page.card.person.name
    tap(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert window.page is roster


def test_the_drawer_and_the_line_number_open_it_too(window: MainWindow) -> None:
    roster = window.page
    assert isinstance(roster, RosterPage)

    press(roster.open_drawer().details.open)
    assert window.page.name == "person"

    window.show_page("roster")
    roster.grid.verticalHeader().sectionDoubleClicked.emit(0)
    assert window.page.name == "person"


def test_a_field_is_kept_when_it_is_left(page: PersonPage) -> None:
    cell = page.basics.inputs["native_place"]
    cell.select()
    cell.set_text("湖北监利")
    page.basics.inputs["birth"].select()

    assert page.card is not None
    assert page.card.person.native_place == "湖北监利"
    assert last_change(page).startswith("修改籍贯")


def test_remarks_of_several_lines_are_kept_and_their_change_is_told_in_one(page: PersonPage) -> None:
    cell = page.basics.inputs["remarks"]
    cell.select()
    cell.set_text("一、驻村\n二、包户 ")
    page.basics.inputs["birth"].select()

    assert page.card is not None
    assert page.card.person.remarks == "一、驻村\n二、包户"
    page.tabs.setCurrentWidget(page.changes)
    assert "备注：一、驻村 ⏎ 二、包户" in words(page.changes)


def test_a_field_that_cannot_be_kept_says_why_and_writes_nothing(page: PersonPage) -> None:
    before = last_change(page)
    cell = page.basics.inputs["birth"]
    cell.select()
    cell.set_text("某年")

    tap(cell.editor, Qt.Key.Key_Return)

    assert cell.words.text()
    assert last_change(page) == before


def test_numbers_are_masked_until_they_are_asked_for(page: PersonPage) -> None:
    cell = page.basics.inputs["phone"]
    assert "****" in cell.text

    press(page.eye)

    assert page.card is not None
    assert cell.text == page.card.person.phone


def cropping() -> CropDialog:
    found = QApplication.activeModalWidget()
    assert isinstance(found, CropDialog)
    return found


def test_a_photo_is_chosen_pasted_and_taken_away(page: PersonPage, picture: Path) -> None:
    page.photo.take(picture)
    press(cropping().ok)
    assert page.card is not None
    assert page.card.photo is not None
    assert page.photo.picture.pixmap().height() == pytest.approx(page.photo.picture.height(), abs=2)

    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(picture))])
    QGuiApplication.clipboard().setMimeData(data)
    before = page.card.photo.id
    page.tabs.setFocus()
    QTest.keyClick(page.tabs, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    press(cropping().ok)
    assert page.card is not None
    assert page.card.photo is not None
    assert page.card.photo.id != before

    press(page.photo.remove)
    assert page.card is not None
    assert page.card.photo is None
    assert "没有照片" in page.photo.picture.text()


def test_a_picture_on_the_clipboard_becomes_the_photo(page: PersonPage, picture: Path) -> None:
    from PySide6.QtGui import QImage

    QGuiApplication.clipboard().setImage(QImage(str(picture)))

    assert page.photo.paste()
    press(cropping().ok)

    assert page.card is not None
    assert page.card.photo is not None


def quarters(path: Path) -> Path:
    """A picture of 600 × 400: red, green; blue, white."""
    picture = Image.new("RGB", (600, 400))
    for place, color in zip(
        ((0, 0), (300, 0), (0, 200), (300, 200)), ("red", "lime", "blue", "white"), strict=True
    ):
        picture.paste(Image.new("RGB", (300, 200), color), place)
    picture.save(path)
    return path


def kept(page: PersonPage) -> Image.Image:
    assert page.card is not None
    assert page.card.photo is not None
    return Image.open(BytesIO(page.office.attachments.content(page.card.photo.id)))


def near(picture: Image.Image, x: float, y: float) -> tuple[int, ...]:
    """The color at a place (parts of the picture), as far as JPEG keeps it: each part 0 or 1."""
    pixel = picture.convert("RGB").getpixel((round(x * picture.width), round(y * picture.height)))
    assert isinstance(pixel, tuple)
    return tuple(round(part / 255) for part in pixel)


def test_a_part_of_a_picture_is_chosen_by_keys_alone(page: PersonPage, tmp_path: Path, qtbot: QtBot) -> None:
    page.photo.take(quarters(tmp_path / "四色.png"))
    view = cropping().view
    qtbot.waitUntil(view.hasFocus)
    middle = view.frame
    assert (middle.width(), middle.height()) == (300, 400)

    for _ in range(12):
        tap(view, Qt.Key.Key_Plus)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Up):
        for _ in range(100):
            tap(view, key)
    assert (view.frame.left(), view.frame.top()) == (0, 0)  # and no farther
    tap(view, Qt.Key.Key_Return)

    picture = kept(page)
    assert abs(picture.width * 4 - picture.height * 3) <= 4
    assert {near(picture, x, y) for x in (0.1, 0.9) for y in (0.1, 0.9)} == {(1, 0, 0)}
    page.office.history.undo()
    page.refresh()
    assert page.card is not None
    assert page.card.photo is None


def test_a_picture_that_lies_is_turned_and_its_frame_moved_by_the_mouse(
    page: PersonPage, tmp_path: Path
) -> None:
    page.photo.take(quarters(tmp_path / "四色.png"))
    view = cropping().view
    press(cropping().turn)  # blue, red; white, green
    assert view.frame.height() == pytest.approx(400 / 0.75)
    for _ in range(3):
        wheel(view, 120)
    start = view.frame_shown.center().toPoint()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(view, start + QPoint(500, 500))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=start + QPoint(500, 500))
    assert view.frame.right() == pytest.approx(400)
    assert view.frame.bottom() == pytest.approx(600)
    press(cropping().ok)

    picture = kept(page)
    assert near(picture, 0.05, 0.95) == (1, 1, 1)
    assert near(picture, 0.95, 0.95) == (0, 1, 0)
    assert near(picture, 0.95, 0.05) == (1, 0, 0)


def wheel(widget: QWidget, turn: int) -> None:
    """Turn the wheel of the mouse over the middle of a widget."""
    place = QPointF(widget.rect().center())
    event = QWheelEvent(
        place,
        QPointF(widget.mapToGlobal(place)),
        QPoint(),
        QPoint(0, turn),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def test_cropping_that_is_given_up_changes_nothing(page: PersonPage, picture: Path) -> None:
    page.photo.take(picture)
    assert nameless(cropping()) == []

    tap(cropping().view, Qt.Key.Key_Escape)

    assert page.card is not None
    assert page.card.photo is None


def test_what_is_no_picture_is_refused_in_words(page: PersonPage, tmp_path: Path) -> None:
    path = tmp_path / "说明.txt"
    path.write_text("不是照片", encoding="utf-8")

    page.photo.take(path)

    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    assert "说明.txt" in box.text()
    box.reject()


def test_a_further_post_is_taken_up_moved_ended_and_corrected(page: PersonPage) -> None:
    assert page.card is not None
    person_id = page.card.person.id
    page.tabs.setCurrentWidget(page.posts)

    press(page.posts.appoint)
    dialog().inputs["posts"].set_text("村务监督委员会主任")
    press(dialog().ok)
    assert "村务监督委员会主任" in words(page.posts) or "监" in words(page.posts)

    press(page.posts.transfer)
    dialog().inputs["post"].set_text("村委会委员")
    dialog().inputs["reason"].set_text("工作需要")
    press(dialog().ok)
    serving = [line for line in page.office.roster.terms(person_id) if line.term.end is None]
    assert [line.wording for line in serving] == ["村委会委员"]

    press(link(page.posts, "更正…"))
    dialog().inputs["post"].set_text("村委会副主任")
    dialog().inputs["reason"].set_text("录错")
    press(dialog().ok)
    assert last_change(page).startswith("更正任职")
    assert "村委会副主任" in words(page.posts)

    press(page.posts.leave)
    leaving = QApplication.activeModalWidget()
    assert isinstance(leaving, LeavingDialog)
    leaving.reason.setEditText("辞职")
    press(leaving.ok)
    assert "离任：辞职" in words(page.posts)
    assert not page.posts.leave.isEnabled()


def test_a_refused_post_is_said_in_the_dialog(page: PersonPage) -> None:
    page.posts.ask_to_move()

    press(dialog().ok)

    assert "职务" in dialog().inputs["post"].words.text()
    dialog().reject()


def test_a_further_post_with_impossible_papers_says_so_at_them(page: PersonPage) -> None:
    page.posts.ask_to_appoint()
    dialog().inputs["posts"].set_text("党支部副书记")
    dialog().inputs["filed"].set_text("2099.01")

    press(dialog().ok)

    assert "晚于今天" in dialog().inputs["filed"].words.text()
    dialog().reject()


def test_a_sanction_is_entered_with_the_end_of_its_effect_and_changed_and_removed(page: PersonPage) -> None:
    tab = page.files["奖惩"]
    page.tabs.setCurrentWidget(tab)
    section = tab.sections["recognition"]

    press(section.add)
    for name, text in (("kind", "处分"), ("sanction", "警告"), ("month", "2026.03"), ("title", "警告")):
        dialog().inputs[name].set_text(text)
    save(dialog())
    assert "影响期止：2027.03" in words(tab)
    assert page.tabs.tabText(page.tabs.indexOf(tab)) == "奖惩 1"

    press(link(tab, "修改"))
    dialog().inputs["authority"].set_text("镇纪委")
    save(dialog())
    assert "批准机关：镇纪委" in words(tab)

    press(link(tab, "删除"))
    QApplication.processEvents()
    assert "还没有奖惩记录" in words(tab)


@pytest.mark.parametrize(
    ("tab", "register", "typed"),
    [
        ("学习培训", "training", {"topic": "示范培训班", "days": "5"}),
        ("学习培训", "study", {"school": "长江大学", "level": "本科"}),
        ("家庭", "relative", {"relation": "妻子", "name": "刘芳"}),
        ("后备", "reserve", {"aim": "书记", "entered": "2025.03"}),
    ],
)
def test_what_else_is_kept_is_entered_on_the_page(
    page: PersonPage, tab: str, register: str, typed: dict[str, str]
) -> None:
    page.tabs.setCurrentWidget(page.files[tab])
    press(page.files[tab].sections[register].add)
    for name, text in typed.items():
        dialog().inputs[name].set_text(text)

    press(dialog().ok)

    assert page.card is not None
    assert len(page.card.files[register]) == 1
    assert page.card.files[register][0].record.person_id == page.card.person.id


def test_an_attachment_is_kept_opened_from_a_copy_and_taken_away(
    page: PersonPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", staticmethod(lambda url: opened.append(Path(url.toLocalFile())))
    )
    path = tmp_path / "任职文件.pdf"
    path.write_bytes(b"%PDF-1.7 invented")
    page.tabs.setCurrentWidget(page.attachments)

    page.attachments.take([path])
    press(page.attachments.open)

    assert opened[0].name == "任职文件.pdf"
    assert opened[0].read_bytes() == path.read_bytes()
    page.attachments.opened.forget()
    assert not opened[0].exists()
    press(page.attachments.remove)
    assert "还没有附件" in words(page.attachments)


def test_a_file_that_is_kept_already_is_taken_and_told(page: PersonPage, tmp_path: Path) -> None:
    path = tmp_path / "任职文件.pdf"
    path.write_bytes(b"%PDF-1.7 invented")
    page.tabs.setCurrentWidget(page.attachments)
    page.attachments.take([path])
    assert not page.attachments.remarks.isVisible()

    page.attachments.take([path])

    assert "“任职文件.pdf”：这里已经有这个文件" in page.attachments.remarks.text()
    assert page.attachments.remarks.isVisible()
    assert page.attachments.table.rowCount() == 2


def test_every_change_is_listed_with_its_way_back(page: PersonPage) -> None:
    assert page.card is not None
    person = page.card.person
    page.office.people.set_field(person.id, "native_place", "湖北公安", TODAY)
    page.refresh()
    page.tabs.setCurrentWidget(page.changes)
    assert "修改籍贯" in words(page.changes)

    press(link(page.changes, "恢复"))

    assert page.card is not None
    assert page.card.person == person


def test_somebody_entered_twice_is_pointed_out_and_merged(window: MainWindow, filled_office: Office) -> None:
    key = key_of(filled_office)
    person = filled_office.people.get(key[0])
    assert person.birth is not None
    typed = {"name": person.name, "birth": person.birth.replace("-", "."), "posts": "村委会委员"}
    twin = filled_office.roster.add(VILLAGE, typed | {"native_place": "湖南华容"}, TODAY)
    page = shown(window, key[0])
    assert "可能与" in page.same.words.text()
    assert "姓名和出生年月相同" in page.same.words.text()

    press(page.same.buttons[0])
    merging = QApplication.activeModalWidget()
    assert isinstance(merging, MergeDialog)
    if group := merging.groups.get("native_place"):
        group.button(1).click()
    press(merging.ok)

    merged = filled_office.people.card(key[0], TODAY)
    assert merged.person.native_place == "湖南华容"
    assert "村委会委员" in [line.wording for line in merged.terms]
    assert not page.same.isVisible()
    assert filled_office.roster.rows([twin], TODAY) == []


def test_two_people_who_only_look_alike_are_told_apart_for_good(
    window: MainWindow, filled_office: Office
) -> None:
    key = key_of(filled_office)
    person = filled_office.people.get(key[0])
    assert person.birth is not None
    typed = {"name": person.name, "birth": person.birth.replace("-", "."), "posts": "村委会委员"}
    filled_office.roster.add(VILLAGE, typed, TODAY)
    page = shown(window, key[0])

    press(page.same.buttons[1])

    assert not page.same.isVisible()
    assert last_change(page).startswith("认定不是同一人")


def test_somebody_who_is_undone_leaves_an_empty_page(window: MainWindow, filled_office: Office) -> None:
    key = filled_office.roster.add(VILLAGE, {"name": "王小川", "posts": "村委会委员"}, TODAY)
    page = shown(window, key[0])

    window.undo()

    assert page.card is None
    assert "请在名册" in words(page)


def test_every_control_of_every_tab_has_a_name(page: PersonPage, settle: Callable[[], None]) -> None:
    for place in range(page.tabs.count()):
        page.tabs.setCurrentIndex(place)
        settle()
        assert (place, nameless(page)) == (place, [])


def test_tab_comes_by_every_control_of_every_tab(page: PersonPage, window: MainWindow) -> None:
    for place in range(page.tabs.count()):
        page.tabs.setCurrentIndex(place)
        QApplication.processEvents()
        page.tabs.tabBar().setFocus()
        assert (place, out_of_reach(window)) == (place, [])
