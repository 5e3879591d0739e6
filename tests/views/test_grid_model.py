"""The item model of a register."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.views.tables.model import KEPT, PAGE, RegisterModel
from desktop.views.theme import Tone
from tests.views.sources import FIELDS, Lines

NAME, BIRTH, EDUCATION, NUMBER = 0, 2, 3, 4


def model_of(source: Lines) -> RegisterModel:
    model = RegisterModel(source)
    model.ask_again(lines_too=True)
    return model


def test_the_model_keeps_qts_rules_while_lines_come_and_go(qtmodeltester: ModelTester) -> None:
    source = Lines(40)
    model = model_of(source)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # pytest-qt's is not typed

    source.order = [3, 1]
    model.ask_again(lines_too=False)
    del source.lines[3]
    model.ask_again(lines_too=True)
    model.set_whole(True)

    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # pytest-qt's is not typed


def test_only_the_page_that_is_looked_at_is_read() -> None:
    source = Lines(5_000)
    model = model_of(source)

    model.text(4_001, NAME)

    assert source.read_keys == list(range(4_001 - 4_001 % PAGE, 4_001 - 4_001 % PAGE + PAGE))


def test_lines_that_are_known_are_not_read_again_when_the_order_changes() -> None:
    source = Lines(PAGE)
    model = model_of(source)
    model.text(0, NAME)
    source.read_keys.clear()

    source.order = source.order[::-1][:7]
    model.ask_again(lines_too=False)

    assert model.text(0, NAME) == f"张{PAGE - 1}"
    assert source.read_keys == []


def test_scrolling_through_everything_keeps_a_bounded_number_of_lines() -> None:
    model = model_of(Lines(3 * KEPT))

    for place in range(0, 3 * KEPT, PAGE):
        model.text(place, NAME)

    assert len(model._lines) <= KEPT


def test_after_a_change_only_its_lines_are_read_and_painted(qtbot: QtBot) -> None:
    source = Lines(20)
    model = model_of(source)
    model.text(0, NAME)
    source.read_keys.clear()
    source.lines[7].texts["name"] = "李七"

    with qtbot.waitSignal(model.dataChanged) as painted:
        model.reread([7])

    assert source.read_keys == [7]
    assert [index.row() for index in painted.args[:2]] == [7, 7]
    assert model.text(7, NAME) == "李七"


def test_a_line_that_is_gone_when_it_is_read_again_leaves_the_list() -> None:
    source = Lines(5)
    model = model_of(source)
    model.text(0, NAME)

    del source.lines[2]
    source.order.remove(2)
    model.reread([2])

    assert list(model.keys) == [0, 1, 3, 4]


def test_numbers_are_masked_until_they_are_asked_for_whole() -> None:
    model = model_of(Lines(1))

    assert model.text(0, NUMBER) == "421099********0031"
    model.set_whole(True)
    assert model.text(0, NUMBER) == "421099197405010031"


def test_the_editor_gets_a_masked_number_whole() -> None:
    model = model_of(Lines(1))

    assert model.index(0, NUMBER).data(Qt.ItemDataRole.EditRole) == "421099197405010031"


def test_what_is_doubtful_is_told_apart_from_what_is_missing_and_said_in_words() -> None:
    source = Lines(1)
    source.lines[0].texts |= {"name": "张", "education": ""}
    model = model_of(source)

    assert model.doubt(0, NAME) == (Tone.ERROR, "只有一个字，请核对。")
    assert model.doubt(0, EDUCATION) == (Tone.WARN, "还没有填学历。")
    assert model.doubt(0, BIRTH) == (Tone.PLAIN, "")
    assert model.index(0, NAME).data(Qt.ItemDataRole.ToolTipRole) == "只有一个字，请核对。"


def test_a_screen_reader_hears_label_value_and_doubt() -> None:
    source = Lines(1)
    source.lines[0].texts["education"] = ""
    model = model_of(source)

    spoken = [
        model.index(0, column).data(Qt.ItemDataRole.AccessibleTextRole) for column in (BIRTH, EDUCATION)
    ]

    assert spoken == ["出生年月 1974.05", "学历 未填，还没有填学历。"]


def test_fields_that_are_computed_and_past_days_cannot_be_edited() -> None:
    source = Lines(1)
    model = model_of(source)

    editable = [bool(model.flags(model.index(0, c)) & Qt.ItemFlag.ItemIsEditable) for c in range(len(FIELDS))]
    source.editable = False

    assert editable == [field.editable for field in FIELDS]
    assert not model.flags(model.index(0, NAME)) & Qt.ItemFlag.ItemIsEditable
    assert model.flags(QModelIndex()) == Qt.ItemFlag.NoItemFlags


def test_writing_the_same_text_asks_for_nothing(qtbot: QtBot) -> None:
    model = model_of(Lines(1))

    with qtbot.assertNotEmitted(model.edited):
        assert not model.setData(model.index(0, BIRTH), "1974.05")
