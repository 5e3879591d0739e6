"""The top line of a page where room is short."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from desktop.views import theme
from desktop.views.widgets.header import PageHeader, ScopeLabel


def test_small_words_are_left_out_part_by_part_never_cut_in_a_word(qtbot: QtBot) -> None:
    scope = ScopeLabel("东升镇 · 2026年下半年 · 3 个党组织")
    qtbot.addWidget(scope)
    shown = []
    for width in range(QFontMetrics(scope.font()).horizontalAdvance(scope.text()), 0, -1):
        scope.resize(width, 20)
        shown.append(scope.shown())

    assert list(dict.fromkeys(shown)) == [
        "东升镇 · 2026年下半年 · 3 个党组织",
        "东升镇 · 2026年下半年",
        "东升镇",
        "",
    ]


def test_the_icon_of_the_main_action_grows_with_the_type_as_the_others_do(qtbot: QtBot) -> None:
    header = PageHeader("台账")
    qtbot.addWidget(header)
    other, main = header.add_action("导出", "export"), header.add_primary("新增")
    larger = header.font()
    larger.setPointSize(theme.SIZES[-1])
    header.setFont(larger)
    header.resize(600, 40)
    header.show()

    assert main.iconSize() == other.iconSize() == theme.icon_size(header)
