"""What tests of “四个一” share: a township's secretaries under management, real photos, files dropped by a hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.models.registers.activity import Activity
from desktop.models.registers.roster import RosterQuery, RosterRow
from desktop.office import Office
from desktop.views.four_ones.page import FourOnesPage
from desktop.views.main_window import MainWindow
from tests.models.services.pictures import photo, scene
from tests.views.windows import shown_window

NOW = date.today()
MENTOR = "邱建平"
EXCHANGE, GUIDANCE, STUDY, VISIT = "1", "2", "3", "4"


def manage(office: Office, how_many: int = 3) -> list[RosterRow]:
    """Put a township's first secretaries under management, the second under 负面; the first two have a mentor."""
    keys = office.roster.keys(RosterQuery(on=NOW, chip="secretaries"))[:how_many]
    rows = office.roster.rows(keys, NOW)
    for number, row in enumerate(rows):
        office.managed_secretaries.add(
            {"kind": "负面" if number == 1 else "正面", "since": f"{NOW.year}.01"},
            NOW,
            owner_id=row.person.id,
            division_code=row.division.code,
        )
        if number < 2:
            values = {"mentor": MENTOR, "mentor_unit": "市委组织部", "start": f"{NOW.year}.01"}
            office.mentoring.add(values, NOW, owner_id=row.person.id, division_code=row.division.code)
    return rows


def hold(office: Office, row: RosterRow, kind: str, day: date = NOW) -> str:
    """Enter an activity of a secretary; its key."""
    form = office.activity_forms.draft(kind, NOW, row.person.id, row.division.code, day)
    return office.activity_forms.save(form, NOW)


def activities(office: Office) -> list[Activity]:
    found: list[Activity] = office.activities.records()
    return sorted(found, key=lambda each: each.id)


def drop(target: QWidget, files: Sequence[Path]) -> None:
    """Let files fall on a widget, as from the file manager."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    middle = target.rect().center()
    entering = QDragEnterEvent(middle, Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(target, entering)
    assert entering.isAccepted()
    falling = QDropEvent(QPointF(middle), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(target, falling)


@pytest.fixture
def secretaries(filled_office: Office) -> list[RosterRow]:
    return manage(filled_office)


@pytest.fixture
def shown(filled_office: Office, secretaries: list[RosterRow], qtbot: QtBot) -> Iterator[MainWindow]:
    """The whole window, the matrix of the three secretaries in front."""
    with shown_window(filled_office, qtbot) as window:
        window.show_page("four_ones")
        yield window


@pytest.fixture
def page(shown: MainWindow) -> FourOnesPage:
    page = shown.page
    assert isinstance(page, FourOnesPage)
    return page


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    """Two photos of a telephone."""
    for number in (1, 2):
        (tmp_path / f"现场{number}.jpg").write_bytes(photo(scene(number)))
    return [tmp_path / "现场1.jpg", tmp_path / "现场2.jpg"]
