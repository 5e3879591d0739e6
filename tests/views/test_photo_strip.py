"""The strip of photos: dropped, pasted, described, turned, put in order, looked at; by keyboard, too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QVBoxLayout
from pytestqt.qtbot import QtBot

from desktop.models.registers.person_file import PHOTO, Attachment
from desktop.models.registers.study import STUDY
from desktop.models.services.new_files import NewFile
from desktop.models.services.photo_sets import KeptPhotos, PendingPhotos, Worker
from desktop.office import Office
from desktop.views import theme
from desktop.views.widgets.photo_strip import PhotoStrip
from desktop.views.widgets.photo_viewer import PhotoViewer
from tests.models.services.pictures import corners, photo, quarters, scene, seen
from tests.views.hands import out_of_reach, press, tap, write
from tests.views.names import nameless

OWNER = (STUDY.name, "a")
Settle = Callable[[], None]
BUTTONS, KEYS = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def strip(office: Office, qtbot: QtBot) -> PhotoStrip:
    """The strip of a saved record with two photos, on the screen."""
    shown = PhotoStrip(office)
    qtbot.addWidget(shown)
    shown.resize(760, 480)
    shown.show_photos(KeptPhotos(office.attachments, *OWNER))
    shown.show()
    shown.activateWindow()
    with qtbot.waitActive(shown):
        pass
    return shown


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Three photos."""
    contents = {"一.jpg": photo(quarters()), "二.jpg": photo(scene(2)), "三.jpg": photo(scene(3), taken=None)}
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    return [tmp_path / name for name in contents]


def kept(office: Office) -> list[Attachment]:
    return office.attachments.of(*OWNER, PHOTO)


def names(office: Office) -> list[str]:
    return [each.name for each in kept(office)]


def of_files(paths: list[Path]) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def take(strip: PhotoStrip, paths: list[Path], settle: Settle) -> None:
    strip.take(paths)
    settle()
    settle()  # the small pictures are asked for when the photos are there


def button(strip: PhotoStrip, text: str) -> QPushButton:
    return next(each for each in strip.findChildren(QPushButton) if each.text() == text)


def test_dropped_files_are_kept_shown_and_told_of(
    strip: PhotoStrip, office: Office, files: list[Path], tmp_path: Path, settle: Settle, qtbot: QtBot
) -> None:
    (tmp_path / "假.jpg").write_bytes(b"%PDF-1.7")
    data = of_files([*files, tmp_path / "假.jpg"])
    entering = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, BUTTONS, KEYS)
    strip.dragEnterEvent(entering)
    assert entering.isAccepted()

    with qtbot.waitSignal(strip.changed):
        strip.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, BUTTONS, KEYS))
    settle()

    assert names(office) == ["一.jpg", "二.jpg", "三.jpg"]
    assert [strip.list.item(row).text() for row in range(3)] == [
        "一.jpg\n2026.05.01",
        "二.jpg\n2026.05.01",
        "三.jpg\n",
    ]
    assert not any(strip.list.item(row).icon().isNull() for row in range(3))
    assert (
        strip.words.text()
        == "“假.jpg”不是 JPG、PNG 或 HEIC 图片，或者已损坏，请另存为 JPG 再添加，或换一张。"
    )


def test_a_photo_that_is_used_elsewhere_is_taken_with_words(
    strip: PhotoStrip, office: Office, files: list[Path], settle: Settle
) -> None:
    office.attachments.add(STUDY.name, "b", files[:1], PHOTO)

    take(strip, files[:1], settle)

    assert names(office) == ["一.jpg"]
    assert "已用过" in strip.words.text()
    assert strip.words.isVisible()


def test_a_picture_and_files_are_pasted(
    strip: PhotoStrip, office: Office, files: list[Path], settle: Settle
) -> None:
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    QGuiApplication.clipboard().setImage(image)
    strip.choose.setFocus()

    QTest.keyClick(strip.choose, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle()
    settle()
    QGuiApplication.clipboard().setMimeData(of_files(files[:1]))
    strip.list.setFocus()
    QTest.keyClick(strip.list, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle()
    settle()

    assert names(office) == ["粘贴的照片.jpg", "一.jpg"]
    assert list((office.folder / "temporary").glob("*.png")) == []
    QGuiApplication.clipboard().setText("words")
    assert not strip.paste()


def test_photos_are_moved_described_and_removed_by_keyboard(
    strip: PhotoStrip, office: Office, files: list[Path], settle: Settle
) -> None:
    take(strip, files, settle)
    strip.list.setFocus()
    strip.list.setCurrentRow(0)

    QTest.keyClick(strip.list, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert names(office) == ["二.jpg", "一.jpg", "三.jpg"]
    assert strip.list.currentRow() == 1
    QTest.keyClick(strip.list, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert names(office) == ["一.jpg", "二.jpg", "三.jpg"]
    QTest.keyClick(strip.list, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert names(office)[0] == "一.jpg"

    tap(strip.list, Qt.Key.Key_F2)
    assert QApplication.focusWidget() is strip.caption
    write(strip.caption, "座谈")
    tap(strip.caption, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is strip.list
    assert kept(office)[0].caption == "座谈"
    assert strip.list.item(0).text() == "座谈\n2026.05.01"

    tap(strip.list, Qt.Key.Key_Delete)
    assert names(office) == ["二.jpg", "三.jpg"]
    assert strip.list.currentRow() == 0
    assert not strip.words.isVisible()


def test_a_photo_is_dragged_to_another_place(
    strip: PhotoStrip, office: Office, files: list[Path], settle: Settle
) -> None:
    take(strip, files, settle)
    strip.list.setCurrentRow(2)
    place = QPointF(strip.list.visualItemRect(strip.list.item(0)).center())
    data = strip.list.mimeData([strip.list.item(2)])

    event = QDropEvent(place, Qt.DropAction.MoveAction, data, BUTTONS, KEYS)
    strip.list.dropEvent(event)

    assert names(office) == ["三.jpg", "一.jpg", "二.jpg"]
    assert event.dropAction() == Qt.DropAction.IgnoreAction
    assert strip.list.count() == 3


def test_a_day_that_is_none_is_told_and_stays_to_be_put_right(
    strip: PhotoStrip, office: Office, files: list[Path], settle: Settle
) -> None:
    take(strip, files[2:], settle)

    strip.taken.setText("某天")
    strip.taken.editingFinished.emit()
    assert "看不出是哪一天" in strip.words.text()
    assert strip.taken.text() == "某天"
    strip.taken.setText("2026-3-4")
    strip.taken.editingFinished.emit()

    assert kept(office)[0].taken == "2026-03-04"
    assert strip.taken.text() == "2026.03.04"
    assert not strip.words.isVisible()


def test_a_photo_is_turned_and_its_small_picture_with_it(
    strip: PhotoStrip, office: Office, files: list[Path], settle: Settle
) -> None:
    take(strip, files[:1], settle)

    press(button(strip, "右转"))
    settle()

    (turned,) = kept(office)
    assert corners(seen(office.attachments.content(turned.id))) == ["blue", "red", "white", "green"]
    small = strip.list.item(0).icon().pixmap(strip.list.iconSize()).toImage()
    assert small.pixelColor(small.width() // 2 - 8, 4).blue() > 150
    press(button(strip, "左转"))
    assert corners(seen(office.attachments.content(turned.id)))[0] == "red"


def test_enter_shows_a_photo_large_the_arrows_go_on_and_esc_closes(
    strip: PhotoStrip, office: Office, files: list[Path], settle: Settle, qtbot: QtBot
) -> None:
    take(strip, files, settle)
    strip.list.setFocus()
    strip.list.setCurrentRow(1)

    tap(strip.list, Qt.Key.Key_Return)

    viewer = QApplication.activeModalWidget()
    assert isinstance(viewer, PhotoViewer)
    qtbot.waitUntil(viewer.isActiveWindow)
    assert viewer.caption.text() == "2026.05.01"
    assert not viewer.picture.pixmap().isNull()
    tap(viewer, Qt.Key.Key_Right)
    assert viewer.caption.text() == "三.jpg"
    assert not viewer.after.isEnabled()
    with qtbot.waitSignal(viewer.destroyed):
        tap(viewer, Qt.Key.Key_Escape)


def test_a_photo_whose_file_is_missing_says_so(
    strip: PhotoStrip, office: Office, files: list[Path], settle: Settle, tmp_path: Path
) -> None:
    (one,) = (each.attachment for each in office.attachments.add(*OWNER, files[:1], PHOTO))
    (office.folder / "attachments" / one.sha256[:2] / one.sha256).rename(tmp_path / "aside")

    strip.show_photos(KeptPhotos(office.attachments, *OWNER))
    settle()

    assert strip.list.item(0).text() == "照片打不开\n一.jpg"
    assert "请从备份恢复" in strip.list.item(0).toolTip()
    strip.open_current()
    viewer = QApplication.activeModalWidget()
    assert isinstance(viewer, PhotoViewer)
    assert "请从备份恢复" in viewer.picture.text()
    viewer.reject()


def test_what_came_as_a_photo_and_is_none_says_so(
    strip: PhotoStrip, office: Office, files: list[Path], settle: Settle
) -> None:
    drawing = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    )
    office.attachments.keep(*OWNER, [NewFile(id="x", name="图.jpg", content=drawing, purpose=PHOTO)])
    take(strip, files[:1], settle)

    assert [strip.list.item(row).text() for row in range(2)] == ["照片打不开\n图.jpg", "一.jpg\n2026.05.01"]
    strip.list.setCurrentRow(0)
    strip.open_current()
    viewer = QApplication.activeModalWidget()
    assert isinstance(viewer, PhotoViewer)
    assert "这张照片打不开" in viewer.picture.text()
    viewer.after.click()
    assert not viewer.picture.pixmap().isNull()
    viewer.reject()


def test_photos_of_a_record_that_is_not_saved_wait_for_it(
    strip: PhotoStrip, office: Office, files: list[Path], settle: Settle
) -> None:
    pending = PendingPhotos(office.attachments)
    strip.show_photos(pending)
    take(strip, files, settle)
    strip.move_photo(2, 0)
    assert names(office) == []
    assert not strip.list.item(0).icon().isNull()

    pending.keep(*OWNER)

    assert names(office) == ["三.jpg", "一.jpg", "二.jpg"]


def test_enter_within_the_strip_is_not_for_the_form_around_it(
    office: Office, qtbot: QtBot, files: list[Path], settle: Settle
) -> None:
    form = QDialog()
    qtbot.addWidget(form)
    strip, save = PhotoStrip(office, form), QPushButton("保存", form)
    saved: list[int] = []
    save.setDefault(True)
    save.clicked.connect(lambda: saved.append(1))
    layout = QVBoxLayout(form)
    layout.addWidget(strip)
    layout.addWidget(save)
    strip.show_photos(PendingPhotos(office.attachments))
    form.show()
    qtbot.waitUntil(form.isActiveWindow)
    receiving: list[bool] = []
    strip.receiving.connect(receiving.append)
    take(strip, files, settle)
    assert receiving == [True, False]

    for control in (strip.caption, strip.taken, button(strip, "后移")):
        control.setFocus()
        tap(control, Qt.Key.Key_Return)

    assert saved == []
    assert strip.list.currentRow() == 1


def test_what_is_being_read_for_a_form_that_moved_on_does_not_come_into_the_next(
    strip: PhotoStrip, office: Office, files: list[Path], settle: Settle
) -> None:
    first, second = PendingPhotos(office.attachments), PendingPhotos(office.attachments)
    strip.show_photos(first)
    strip.take(files)
    strip.show_photos(second)
    settle()

    assert strip.list.count() == 0
    assert (len(first.files), len(second.files)) == (3, 0)


def test_many_photos_are_hinted_at_and_taken(
    strip: PhotoStrip, office: Office, files: list[Path], settle: Settle
) -> None:
    take(strip, files, settle)
    assert not strip.many.isVisible()
    take(strip, files[:2], settle)

    assert len(kept(office)) == 5
    assert strip.many.isVisible()


def test_every_control_is_reached_by_tab_and_has_a_name(
    strip: PhotoStrip, files: list[Path], settle: Settle
) -> None:
    take(strip, files, settle)
    strip.list.setFocus()

    assert nameless(strip) == []
    assert out_of_reach(strip) == []
    spoken = strip.list.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "第 1 张 2026.05.01"


def test_the_strip_grows_with_the_type(
    strip: PhotoStrip, files: list[Path], settle: Settle, qapp: QApplication
) -> None:
    take(strip, files, settle)
    before = strip.list.iconSize().width()

    try:
        theme.install(qapp, theme.SIZES[-1])
        QApplication.processEvents()
        settle()

        assert strip.list.iconSize().width() > before * 1.2
        assert not strip.list.item(0).icon().isNull()
    finally:
        theme.install(qapp, theme.SIZES[0])


def test_small_pictures_of_many_photos_come_by_parts_until_all_are_there(
    strip: PhotoStrip, office: Office, settle: Settle
) -> None:
    content = photo(quarters(40, 30))
    office.attachments.keep(
        *OWNER, [NewFile(id=f"{n:02d}", name="x.jpg", content=content, purpose=PHOTO) for n in range(50)]
    )
    asked: list[int] = []
    many = KeptPhotos(office.attachments, *OWNER)
    thumbnails = many.thumbnails

    def counted(worker: Worker, keys: Sequence[str], longest: int) -> dict[str, bytes]:
        asked.append(len(keys))
        return thumbnails(worker, keys, longest)

    many.thumbnails = counted  # type: ignore[method-assign]  # counts what is asked
    strip.show_photos(many)
    settle()

    assert asked == [24, 24, 2]
    assert not any(strip.list.item(row).icon().isNull() for row in range(50))


def test_a_photo_is_copied_to_another_record_with_its_day_and_caption_and_is_told_of(
    strip: PhotoStrip, office: Office, files: list[Path], settle: Settle
) -> None:
    take(strip, files[:1], settle)
    (one,) = kept(office)
    office.attachments.describe(one.id, date.today(), caption="座谈")
    strip.list.setFocus()
    QTest.keyClick(strip.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "Ctrl+V" in strip.words.text()

    strip.show_photos(KeptPhotos(office.attachments, STUDY.name, "b"))
    QTest.keyClick(strip, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle()

    (copy,) = office.attachments.of(STUDY.name, "b", PHOTO)
    assert (copy.sha256, copy.taken, copy.caption, copy.name) == (one.sha256, "2026-05-01", "座谈", "一.jpg")
    assert copy.id != one.id
    assert "已用过" in strip.words.text()
    assert QGuiApplication.clipboard().image().width() == 800  # for other programs


def test_a_copied_photo_that_was_removed_meanwhile_is_told(
    strip: PhotoStrip, office: Office, files: list[Path], settle: Settle
) -> None:
    take(strip, files[:1], settle)
    strip.copy()
    office.attachments.remove([kept(office)[0].id])
    strip.show_photos(KeptPhotos(office.attachments, STUDY.name, "b"))

    assert strip.paste()
    settle()

    assert strip.words.text().startswith("没有粘贴：这个附件已经不在了")
    assert office.attachments.of(STUDY.name, "b") == []
