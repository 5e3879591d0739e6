"""A label that wraps."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop.views.widgets.wrapped import WrappedLabel


def test_a_label_gives_back_the_height_that_fewer_lines_leave(qtbot: QtBot) -> None:
    label = WrappedLabel("可能与柳树村张建国是同一人：姓名和出生年月相同。")
    qtbot.addWidget(label)
    label.resize(60, 200)
    label.show()
    tall = label.minimumHeight()

    label.resize(900, 200)

    assert label.minimumHeight() < tall / 2
