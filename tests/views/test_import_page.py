"""The import page: from dropped files to a changed roster."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.models.registers.roster import RosterQuery
from desktop.office import Office
from desktop.views.exchange.import_page import ImportPage, Step
from desktop.views.exchange.plan_lines import DOUBTFUL
from desktop.views.page import Request
from tests.offices import TODAY, member, workbook

Settle = Callable[[], None]
HEADINGS = ("村（社区）", "姓名", "性别", "出生年月", "学历", "职务", "任现职时间", "身份证号")
FIELDS = ("village", "name", "sex", "birth", "education", "posts", "post_since", "id_number")


@pytest.fixture
def page(office: Office, qtbot: QtBot) -> ImportPage:
    page = ImportPage(office)
    qtbot.addWidget(page)
    page.resize(1180, 680)
    page.show()
    return page


def line(**others: str) -> tuple[str, ...]:
    typed = member(**{"village": "毕家塘村", **others})
    return tuple(typed[field] for field in FIELDS)


def roster(folder: Path, *lines: tuple[str, ...], headings: tuple[str, ...] = HEADINGS, name: str = "花名册") -> Path:
    return workbook(folder / f"{name}.xlsx", headings, lines)


def drop(page: ImportPage, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    keys, buttons = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    page.drop_area.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys))


def people(office: Office) -> list[str]:
    keys = office.roster.keys(RosterQuery(on=TODAY))
    return [row.person.name for row in office.roster.rows(keys, TODAY)]


def test_a_dropped_roster_is_imported_with_one_click(
    page: ImportPage, office: Office, tmp_path: Path, settle: Settle, qtbot: QtBot
) -> None:
    drop(page, roster(tmp_path, line()))
    settle()
    assert page.step is Step.REVIEW
    assert page.forward.text() == "确认导入 1 行"

    qtbot.mouseClick(page.forward, Qt.MouseButton.LeftButton)
    settle()

    assert page.step is Step.DONE
    assert people(office) == ["张建国"]
