"""The item model of an import's review."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from desktop.views.exchange.lines_model import Line, Lines, LinesModel, Shown
from desktop.views.theme import Tone


def test_it_is_a_sound_model(qtmodeltester: ModelTester) -> None:
    lines = [Line(cells=(Shown(text="第 2 行"), Shown(text="1985.13", tone=Tone.ERROR, words="没有这个月")))]

    model = LinesModel(("位置", "出生年月"), lines)

    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # pytest-qt's


def test_a_screen_reader_hears_what_is_wrong_with_a_cell() -> None:
    lines = [Line(cells=(Shown(text="1985.13", tone=Tone.ERROR, words="没有这个月"),))]
    model = LinesModel(("出生年月",), lines)

    spoken = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)

    assert spoken == "出生年月 1985.13 没有这个月"


def test_lines_are_made_when_they_are_looked_at() -> None:
    made = []

    def make(item: int) -> Line:
        made.append(item)
        return Line(cells=(Shown(text=str(item)),))

    model = LinesModel(("数",), Lines(range(10_000), make))
    model.index(7, 0).data()
    model.index(7, 0).data()

    assert model.rowCount() == 10_000
    assert made == [7]


def test_paragraphs_are_shown_in_one_line_and_edited_whole() -> None:
    model = LinesModel(("培养措施",), [Line(cells=(Shown(text="一、联系\n二、跟班"),))])

    assert model.index(0, 0).data() == "一、联系 ⏎ 二、跟班"
    assert model.index(0, 0).data(Qt.ItemDataRole.EditRole) == "一、联系\n二、跟班"
