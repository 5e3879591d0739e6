"""What all tests share: no screen, no chance, and expected files that one option refreshes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything imports Qt

import pytest
from hypothesis import settings

from desktop.models.database.keys import Slot

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

EXPECTED = Path(__file__).parent / "expected"

settings.register_profile("quick", max_examples=50, derandomize=True, deadline=None, database=None)
settings.register_profile("deep", max_examples=2000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Golden files are renewed on purpose only."""
    parser.addoption("--refresh-expected", action="store_true", help="write what differs into tests/expected")


@pytest.fixture(scope="session", autouse=True)
def _each_password_derived_once() -> Iterator[None]:
    """A password takes a seventh of a second on purpose; the same ones of the same stores are asked for hundreds of times."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Slot, "wrapping", cache(Slot.wrapping))
        yield


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The application as users have it: style, fonts, words (in place of pytest-qt's plain one)."""
    from desktop.app import make_app

    return make_app()


@pytest.fixture
def expected(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare text with the file of that name below ``tests/expected``; ``--refresh-expected`` rewrites it."""

    def compare(name: str, text: str) -> None:
        file = EXPECTED / name
        if request.config.getoption("--refresh-expected"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        assert text == file.read_text(encoding="utf-8")

    return compare
