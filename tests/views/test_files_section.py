"""Settings: missing and damaged photos and files are found and shown with whom they belong to."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.office import Office
from desktop.views.settings.files_section import FilesSection
from desktop.views.settings.settings_page import SettingsPage
from tests.offices import TODAY, VILLAGE, member
from tests.views.hands import press

Settle = Callable[[], None]
NAMES = ("任职文件.txt", "证明.txt")  # and what they hold


@pytest.fixture
def section(office: Office, qtbot: QtBot, tmp_path: Path) -> Iterator[FilesSection]:
    """The section of an office where somebody has two files."""
    person, _ = office.roster.add(VILLAGE, member(), TODAY)
    for name in NAMES:
        (tmp_path / name).write_text(name, encoding="utf-8")
    office.attachments.add("person", person, [tmp_path / name for name in NAMES])
    page = SettingsPage(office)
    qtbot.addWidget(page)
    page.resize(1180, 680)
    page.show()
    section = page.show_section(FilesSection)
    assert isinstance(section, FilesSection)
    yield section
    page.hide()


def lines(section: FilesSection) -> list[list[str]]:
    table = section.table
    cells = [[table.item(row, column) for column in range(2)] for row in range(table.rowCount())]
    return [[cell.text() for cell in line if cell is not None] for line in cells]


def test_files_that_are_all_there_are_said_to_be(section: FilesSection, settle: Settle) -> None:
    press(section.thorough)
    assert not section.quick.isEnabled()
    settle()

    assert section.words.text() == "都在，没有发现问题。"
    assert not section.table.isVisible()
    assert section.quick.isEnabled()


def test_missing_and_damaged_files_are_listed(section: FilesSection, office: Office, settle: Settle) -> None:
    names = {hashlib.sha256(name.encode()).hexdigest(): name for name in NAMES}
    paths = {names[path.name]: path for path in (office.folder / "attachments").glob("*/*")}
    one, two = (paths[name] for name in NAMES)
    one.unlink()
    content = bytearray(two.read_bytes())
    content[-1] ^= 1
    two.write_bytes(content)
    (two.parent / ("ab" * 32)).write_bytes(b"of nobody")

    press(section.quick)
    settle()
    assert lines(section) == [["张建国", "任职文件.txt"]]
    press(section.thorough)
    settle()

    assert sorted(lines(section)) == [["张建国", "任职文件.txt"], ["张建国", "证明.txt"]]
    assert section.words.text() == "有 2 个文件不见或损坏了，见下表。另有 1 个文件没有记录用到，不影响使用。"
    assert section.table.isVisible()
