"""What tests of the window share: offices, and waiting for jobs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.office import Office
from desktop.views import jobs
from desktop.views.main_window import MainWindow
from tests.offices import opened
from tests.views.windows import shown_window


@pytest.fixture
def settle(qtbot: QtBot) -> Callable[[], None]:
    """Wait until no job is going on."""
    return lambda: qtbot.waitUntil(lambda: jobs.running() == 0, timeout=20_000)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An empty township office."""
    with opened(tmp_path / "office") as made:
        yield made


@pytest.fixture
def filled_office(tmp_path: Path) -> Iterator[Office]:
    """A township office with the sample's people."""
    with opened(tmp_path / "office", filled=True) as made:
        yield made


@pytest.fixture
def window(filled_office: Office, qtbot: QtBot) -> Iterator[MainWindow]:
    """The whole window of the sample's township, on the screen and with the keyboard; the roster is in front."""
    with shown_window(filled_office, qtbot, "roster") as window:
        yield window
