"""The grid, driven as people drive Excel."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.views.tables.columns import Layout
from desktop.views.tables.filter_popup import FilterPopup
from desktop.views.tables.grid import Grid
from desktop.views.tables.model import RegisterModel
from desktop.views.tables.source import Edit
from desktop.views.widgets.paragraphs import Paragraphs
from tests.views.hands import press, tap, tap_letter, write
from tests.views.sources import FIELDS, Lines

NAME, VILLAGE, BIRTH, EDUCATION, NUMBER, REMARKS = range(6)


class Hand:
    """A grid on the screen, what it asked for, and the keyboard."""

    def __init__(self, qtbot: QtBot, count: int = 12) -> None:
        self.source = Lines(count)
        self.model = RegisterModel(self.source)
        self.grid = Grid(self.model)
        self.asked: list[tuple[list[Edit], str]] = []
        self.refused: list[str] = []
        self.grid.edited.connect(self._write)
        self.grid.refused.connect(self.refused.append)
        self.model.ask_again(lines_too=True)
        qtbot.addWidget(self.grid)
        self.grid.resize(700, 400)
        self.grid.show()
        self.grid.activateWindow()
        with qtbot.waitActive(self.grid):
            pass
        self.grid.setFocus()
        self._qtbot = qtbot

    def _write(self, edits: list[Edit], why: str) -> None:
        self.asked.append((edits, why))
        self.source.write(edits)
        self.model.reread([edit.key for edit in edits])

    def at(self, row: int, column: int) -> Hand:
        """Go to a cell."""
        self.grid.go_to(self.model.keys[row], column)
        return self

    def keys(self, text: str) -> Hand:
        """Type ASCII letters, each into what has the focus by then."""
        for character in text:
            tap_letter(character)
        return self

    def tap(self, *keys: Qt.Key) -> Hand:
        """Press keys, each into what has the focus by then."""
        for key in keys:
            tap(QApplication.focusWidget(), key)
            QApplication.processEvents()
        return self

    def select(self, top: int, left: int, bottom: int, right: int) -> Hand:
        """Select a block with the mouse held down."""
        self.at(top, left)
        first, last = (
            self.grid.visualRect(self.model.index(row, column)).center()
            for row, column in ((top, left), (bottom, right))
        )
        port = self.grid.viewport()
        QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=first)
        QTest.mouseMove(port, last)
        QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=last)
        return self

    @property
    def here(self) -> tuple[int, int]:
        """Row and column of the current cell."""
        index = self.grid.currentIndex()
        return index.row(), index.column()

    @property
    def combo(self) -> QComboBox:
        """The combo that a code is being edited with."""
        combo = self.grid.findChild(QComboBox)
        assert isinstance(combo, QComboBox)
        return combo

    @property
    def editor(self) -> QLineEdit | QComboBox:
        """What is being typed into."""
        editor = QApplication.focusWidget()
        assert isinstance(editor, QLineEdit | QComboBox)
        return editor


@pytest.fixture
def hand(qtbot: QtBot) -> Iterator[Hand]:
    yield Hand(qtbot)
    QGuiApplication.clipboard().clear()


def test_typing_replaces_the_cell_and_enter_goes_down(hand: Hand) -> None:
    hand.at(2, BIRTH).keys("1985.3").tap(Qt.Key.Key_Return)

    assert hand.asked == [([Edit(2, "birth", "1985.3")], "")]
    assert hand.here == (3, BIRTH)
    assert QApplication.focusWidget() is hand.grid


def test_f2_edits_what_is_there_and_tab_goes_right_without_opening_the_next(hand: Hand) -> None:
    hand.at(0, BIRTH).tap(Qt.Key.Key_F2)
    assert hand.editor.text() == "1974.05" if isinstance(hand.editor, QLineEdit) else False

    hand.tap(Qt.Key.Key_End).keys("1").tap(Qt.Key.Key_Backspace, Qt.Key.Key_Backspace).keys("6").tap(
        Qt.Key.Key_Tab
    )

    assert hand.asked == [([Edit(0, "birth", "1974.06")], "")]
    assert hand.here == (0, EDUCATION)
    assert QApplication.focusWidget() is hand.grid


def test_esc_leaves_the_cell_as_it_was(hand: Hand) -> None:
    hand.at(0, BIRTH).keys("19").tap(Qt.Key.Key_Escape)

    assert hand.asked == []
    assert hand.here == (0, BIRTH)


def test_the_frozen_name_is_edited_in_place_and_enter_goes_down(hand: Hand) -> None:
    hand.at(1, NAME).keys("a")
    write(hand.editor, "乙")
    assert hand.grid.frozen.isAncestorOf(hand.editor)

    hand.tap(Qt.Key.Key_Return)

    assert hand.asked == [([Edit(1, "name", "a乙")], "")]
    assert hand.here == (2, NAME)


@pytest.mark.parametrize("column", [NAME, REMARKS])
def test_chinese_typed_over_a_cell_lands_in_its_editor_whole(hand: Hand, column: int) -> None:
    hand.grid.apply_layout(Layout(order=tuple(f.name for f in FIELDS), hidden=frozenset()))
    hand.at(1, column)

    for letters in ("l", "li", "lixiulan"):
        QApplication.sendEvent(hand.grid, QInputMethodEvent(letters, []))
    write(hand.grid, "李秀兰")
    hand.tap(Qt.Key.Key_Return)

    assert hand.asked == [([Edit(1, FIELDS[column].name, "李秀兰")], "")]


def test_words_that_come_in_one_piece_replace_the_cell(hand: Hand) -> None:
    hand.at(1, NAME)

    write(hand.grid, "李秀兰")
    hand.tap(Qt.Key.Key_Return)

    assert hand.asked == [([Edit(1, "name", "李秀兰")], "")]


def test_a_text_that_cannot_be_kept_keeps_the_cell_open_and_says_why(hand: Hand) -> None:
    hand.at(0, BIRTH).keys("1974.13").tap(Qt.Key.Key_Return)

    assert hand.asked == []
    assert hand.editor.property("tone") == "error"
    assert hand.refused[0] == hand.editor.toolTip() != ""

    hand.tap(Qt.Key.Key_Backspace).keys("2").tap(Qt.Key.Key_Return)

    assert hand.asked == [([Edit(0, "birth", "1974.12")], "")]


def test_leaving_a_wrong_text_with_the_mouse_changes_nothing_and_says_so(hand: Hand) -> None:
    hand.at(0, BIRTH).keys("1974.13")
    rect = hand.grid.visualRect(hand.model.index(5, BIRTH))

    QTest.mouseClick(hand.grid.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())

    assert hand.asked == []
    assert hand.refused[-1].startswith("出生年月没有改：")


def test_the_border_of_a_half_typed_month_is_calm_until_typing_pauses(hand: Hand, qtbot: QtBot) -> None:
    hand.at(0, BIRTH).keys("197413")
    assert hand.editor.property("tone") != "error"

    qtbot.waitUntil(lambda: hand.editor.property("tone") == "error")


def test_codes_can_be_typed_in_any_spelling(hand: Hand) -> None:
    hand.at(0, EDUCATION)
    write(hand.grid, "专科")
    assert "本科" in [hand.combo.itemText(n) for n in range(hand.combo.count())]

    hand.tap(Qt.Key.Key_Return)

    assert hand.asked == [([Edit(0, "education", "专科")], "")]


def test_f2_on_a_code_opens_its_list_and_picking_writes_at_once(hand: Hand, qtbot: QtBot) -> None:
    hand.at(0, EDUCATION).tap(Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: hand.combo.view().isVisible())
    hand.combo.view().setCurrentIndex(hand.combo.model().index(hand.combo.findText("本科"), 0))

    tap(hand.combo.view(), Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: hand.asked == [([Edit(0, "education", "本科")], "")])


def test_computed_cells_are_not_opened(hand: Hand) -> None:
    hand.at(0, VILLAGE).keys("a").tap(Qt.Key.Key_F2)

    assert QApplication.focusWidget() is hand.grid


def test_enter_and_shift_enter_walk_down_and_up(hand: Hand) -> None:
    hand.at(3, BIRTH).tap(Qt.Key.Key_Return)
    assert hand.here == (4, BIRTH)

    QTest.keyClick(hand.grid, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert hand.here == (3, BIRTH)


def test_a_selected_block_is_copied_as_it_is_shown(hand: Hand) -> None:
    hand.select(0, BIRTH, 1, NUMBER)
    QTest.keyClick(hand.grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert QGuiApplication.clipboard().text() == "1974.05\t大专\t421099********0031\n" * 2


def test_the_line_one_comes_to_is_selected_though_ctrl_is_held(hand: Hand) -> None:
    hand.at(5, BIRTH)
    QTest.keyClick(hand.grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)  # and Ctrl stays down

    hand.grid.go_to(hand.model.keys[7], BIRTH)

    assert hand.grid.selected_block() == ([7], [BIRTH])


def test_the_first_line_is_selected_when_the_keyboard_comes_without_any(hand: Hand) -> None:
    hand.grid.clearFocus()
    hand.source.order.reverse()
    hand.model.ask_again(lines_too=True)
    assert not hand.grid.currentIndex().isValid()

    hand.grid.setFocus()

    assert hand.grid.selected_keys() == [hand.model.keys[0]]


def test_a_block_from_excel_is_written_from_the_current_cell_as_one_action(hand: Hand) -> None:
    QGuiApplication.clipboard().setText("1980.01\t本科\n1981.02\t大专\n")
    hand.at(4, BIRTH)

    QTest.keyClick(hand.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    edits = [Edit(4, "birth", "1980.01"), Edit(4, "education", "本科"), Edit(5, "birth", "1981.02")]
    assert hand.asked == [(edits, "粘贴 3 格")]


def test_one_value_is_pasted_into_all_selected_cells(hand: Hand) -> None:
    QGuiApplication.clipboard().setText("1980.01")
    hand.select(0, BIRTH, 2, BIRTH)

    QTest.keyClick(hand.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    assert [edit.key for edit in hand.asked[0][0]] == [0, 1, 2]


def test_rows_pasted_past_the_last_line_are_told_with_the_cells_there_is_room_for(hand: Hand) -> None:
    beyond: list[object] = []
    hand.grid.overflowed.connect(lambda edits, rows: beyond.extend((edits, rows)))
    QGuiApplication.clipboard().setText("1980.01\t本科\n1980.02\t大专\n\t\n1980.03\n")
    hand.at(11, BIRTH)

    QTest.keyClick(hand.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    rows = [{"birth": "1980.02", "education": "大专"}, {"birth": "1980.03"}]
    assert beyond == [[Edit(11, "birth", "1980.01"), Edit(11, "education", "本科")], rows]
    assert hand.asked == []


def test_a_block_is_copied_with_its_headings_which_are_not_pasted_back(hand: Hand) -> None:
    hand.select(0, BIRTH, 1, EDUCATION)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(hand.grid, Qt.Key.Key_C, both)

    assert QGuiApplication.clipboard().text() == "出生年月\t学历\n" + "1974.05\t大专\n" * 2
    hand.grid.paste()
    assert hand.asked == []


def test_a_copied_block_pasted_back_changes_nothing(hand: Hand) -> None:
    hand.select(0, BIRTH, 2, NUMBER)
    hand.grid.copy()
    hand.grid.paste()

    assert hand.asked == []


def test_ctrl_d_fills_the_first_selected_text_down(hand: Hand) -> None:
    hand.source.lines[0].texts["birth"] = "1990.12"
    hand.model.ask_again(lines_too=True)
    hand.select(0, BIRTH, 2, BIRTH)

    QTest.keyClick(hand.grid, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)

    assert hand.asked == [([Edit(1, "birth", "1990.12"), Edit(2, "birth", "1990.12")], "向下填充 2 格")]


def test_delete_empties_the_selected_cells_that_can_be_edited(hand: Hand) -> None:
    hand.select(0, VILLAGE, 0, BIRTH)

    hand.tap(Qt.Key.Key_Delete)

    assert hand.asked == [([Edit(0, "birth", "")], "清空 1 格")]


def test_the_past_is_not_written_over(hand: Hand) -> None:
    hand.source.editable = False
    hand.at(0, BIRTH).tap(Qt.Key.Key_Delete)

    assert hand.asked == []
    assert hand.refused == ["现在不能修改。"]


def test_the_name_stays_in_sight_while_the_other_columns_scroll(hand: Hand) -> None:
    before = hand.grid.frozen.geometry()
    hand.grid.resize(360, 300)
    hand.at(0, NUMBER)

    assert hand.grid.horizontalScrollBar().value() > 0
    assert hand.grid.frozen.geometry().left() == before.left()
    assert hand.grid.visualRect(hand.model.index(0, NUMBER)).left() >= hand.grid.frozen.width() - 1


def test_walking_left_uncovers_the_cell_from_under_the_frozen_name(hand: Hand) -> None:
    hand.grid.resize(360, 300)
    hand.at(0, NUMBER).tap(Qt.Key.Key_Left, Qt.Key.Key_Left)

    assert hand.grid.visualRect(hand.model.index(0, BIRTH)).left() >= hand.grid.frozen.width() - 1


def test_both_parts_scroll_together(hand: Hand) -> None:
    hand.grid.resize(500, 200)
    hand.at(11, BIRTH)

    assert hand.grid.verticalScrollBar().value() == hand.grid.frozen.verticalScrollBar().value() > 0


def test_a_name_clicked_in_the_frozen_column_leaves_the_keyboard_with_the_grid(hand: Hand) -> None:
    rect = hand.grid.frozen.visualRect(hand.model.index(2, NAME))

    QTest.mouseClick(hand.grid.frozen.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())

    assert hand.here == (2, NAME)
    assert QApplication.focusWidget() is hand.grid


def test_the_funnel_asks_for_its_columns_filter_by_mouse_and_by_key(hand: Hand) -> None:
    asked: list[int] = []
    hand.grid.funneled.connect(asked.append)

    for headings, column in ((hand.grid.headings, EDUCATION), (hand.grid.frozen.headings, NAME)):
        place = headings.funnel_rect(column).center()
        QTest.mouseClick(headings.viewport(), Qt.MouseButton.LeftButton, pos=place)
    hand.at(0, BIRTH)
    QTest.keyClick(hand.grid, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)

    assert asked == [EDUCATION, NAME, BIRTH]


def test_clicking_a_heading_beside_the_funnel_selects_the_column(hand: Hand) -> None:
    place = QPoint(hand.grid.headings.sectionViewportPosition(BIRTH) + 12, 10)

    QTest.mouseClick(hand.grid.headings.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert hand.grid.selected_block() == (list(range(12)), [BIRTH])


def test_columns_keep_order_width_and_what_is_hidden(hand: Hand) -> None:
    layout = Layout(
        order=("name", "education", "village", "birth", "id_number", "remarks"),
        hidden=frozenset({"birth"}),
        ems={"village": 9.5},
    )

    hand.grid.apply_layout(layout)
    kept = Layout.from_json(hand.grid.layout_now().to_json(), FIELDS)

    assert [FIELDS[column].name for column in hand.grid.shown_columns()] == [
        *("name", "education", "village", "id_number", "remarks")
    ]
    assert kept.order == layout.order
    assert kept.hidden == layout.hidden
    assert kept.ems["village"] == 9.5


def test_a_field_that_is_new_since_a_layout_was_kept_stands_in_its_place() -> None:
    kept = {"order": ["education", "name", "gone"], "hidden": ["gone"], "ems": {}}

    layout = Layout.from_json(kept, FIELDS)

    assert set(layout.order) == {field.name for field in FIELDS}
    assert layout.hidden == {"remarks"}  # not listed, and nobody asked for it


def test_widths_and_heights_follow_the_type(hand: Hand) -> None:
    font = hand.grid.font()
    height, width = hand.grid.rowHeight(0), hand.grid.columnWidth(BIRTH)

    font.setPointSize(14)
    hand.grid.setFont(font)

    assert hand.grid.rowHeight(0) == pytest.approx(height * 1.4, rel=0.08)
    assert hand.grid.columnWidth(BIRTH) == pytest.approx(width * 1.4, rel=0.08)
    assert hand.grid.frozen.rowHeight(0) == hand.grid.rowHeight(0)


def test_the_filter_lists_values_with_counts_finds_among_them_and_gives_those_ticked(qtbot: QtBot) -> None:
    popup = FilterPopup("学历", {"education": ""}, [("本科", 19), ("大专", 46), ("", 3)], None, None)  # type: ignore[arg-type]  # alone
    qtbot.addWidget(popup)
    popup.open_at(QPoint(10, 10))
    given: list[object] = []
    popup.filtered.connect(given.append)

    write(popup.search, "专")
    press(popup.ok)

    assert given == [frozenset({"大专"})]


def test_all_ticks_at_once_and_everything_ticked_is_no_filter(qtbot: QtBot) -> None:
    popup = FilterPopup("学历", {"education": ""}, [("本科", 19), ("", 3)], frozenset({"本科"}), None)  # type: ignore[arg-type]  # alone
    qtbot.addWidget(popup)
    popup.open_at(QPoint(10, 10))
    given: list[object] = []
    popup.filtered.connect(given.append)
    first = popup.values.item(0)
    assert first.checkState() == Qt.CheckState.PartiallyChecked

    first.setCheckState(Qt.CheckState.Checked)
    tap(popup.search, Qt.Key.Key_Return)

    assert given == [None]


def test_nothing_ticked_is_a_slip_and_filters_nothing(qtbot: QtBot) -> None:
    popup = FilterPopup("学历", {"education": ""}, [("本科", 19)], None, None)  # type: ignore[arg-type]  # alone
    qtbot.addWidget(popup)
    popup.open_at(QPoint(10, 10))

    popup.values.item(0).setCheckState(Qt.CheckState.Unchecked)
    with qtbot.assertNotEmitted(popup.filtered):
        press(popup.ok)


def test_doubtful_cells_carry_a_mark_and_missing_ones_a_word(hand: Hand) -> None:
    hand.source.lines[0].texts |= {"name": "张", "education": ""}
    hand.model.ask_again(lines_too=True)
    hand.at(3, BIRTH)

    picture = hand.grid.frozen.grab().toImage()
    rect = hand.grid.frozen.visualRect(hand.model.index(0, NAME))
    corner = picture.pixelColor(rect.left() + 2, rect.center().y() + hand.grid.headings.height())

    assert corner.name() == "#fdecea"


def remark(hand: Hand, text: str) -> None:
    """Show the column of remarks, with this text in the first line."""
    hand.grid.setColumnHidden(REMARKS, False)
    hand.source.lines[0].texts["remarks"] = text
    hand.model.ask_again(lines_too=True)


def test_paragraphs_are_edited_in_a_box_that_keeps_their_lines(hand: Hand) -> None:
    remark(hand, "一、开会\n二、走访")
    hand.at(0, REMARKS).tap(Qt.Key.Key_F2)
    box = QApplication.focusWidget()
    assert isinstance(box, Paragraphs)
    assert box.text() == "一、开会\n二、走访"
    assert hand.grid.viewport().rect().contains(box.geometry())

    hand.keys("a")  # goes on behind what is there
    QTest.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    hand.keys("b").tap(Qt.Key.Key_Return)

    assert hand.asked == [([Edit(0, "remarks", "一、开会\n二、走访a\nb")], "")]
    assert hand.here == (1, REMARKS)
    assert QApplication.focusWidget() is hand.grid


def test_typing_over_paragraphs_replaces_them_as_in_every_cell(hand: Hand) -> None:
    remark(hand, "一、开会\n二、走访")
    hand.at(0, REMARKS).keys("ab").tap(Qt.Key.Key_Return)

    assert hand.asked == [([Edit(0, "remarks", "ab")], "")]


def test_a_box_that_is_left_untouched_changes_nothing(hand: Hand) -> None:
    remark(hand, "一、开会\n\n二、走访")

    hand.at(0, REMARKS).tap(Qt.Key.Key_F2, Qt.Key.Key_Tab)
    hand.at(0, REMARKS).tap(Qt.Key.Key_F2, Qt.Key.Key_Backtab)

    assert hand.asked == []
    assert QApplication.focusWidget() is hand.grid


def test_a_box_in_the_last_line_and_column_stays_inside_the_grid(hand: Hand) -> None:
    remark(hand, "开会")
    hand.at(11, REMARKS).tap(Qt.Key.Key_F2)

    box = QApplication.focusWidget()

    assert isinstance(box, Paragraphs)
    assert hand.grid.viewport().rect().contains(box.geometry())
    assert box.height() > 4 * box.fontMetrics().lineSpacing()


def test_paragraphs_go_to_excel_and_back_as_one_cell(hand: Hand) -> None:
    text = '一、开会\n二、读“报告”，记"笔记"'
    remark(hand, text)
    hand.select(0, NUMBER, 0, REMARKS)

    QTest.keyClick(hand.grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().mimeData()
    assert '"一、开会\n二、读“报告”，记""笔记"""' in copied.text()
    assert copied.html().count("<tr>") == 1
    assert "开会<br style='mso-data-placement:same-cell'>二" in copied.html()
    hand.select(3, NUMBER, 3, REMARKS)
    hand.grid.paste()

    edits, _ = hand.asked[0]
    assert [(edit.key, edit.field, edit.text) for edit in edits if edit.field == "remarks"] == [
        (3, "remarks", text)
    ]


def test_paragraphs_are_shown_in_one_line_and_whole_in_the_tool_tip(hand: Hand) -> None:
    remark(hand, "开会\n走访")
    index = hand.model.index(0, REMARKS)

    assert index.data(Qt.ItemDataRole.ToolTipRole) == "开会\n走访"
    assert hand.model.index(1, REMARKS).data(Qt.ItemDataRole.ToolTipRole) is None
