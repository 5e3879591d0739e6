"""What tests of commands share: a way to run one, and closed offices."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.commands import main
from tests.commands.running import Ended, Run
from tests.offices import PASSWORD, copy_of_office


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process, with the password of the test offices."""
    monkeypatch.setenv("TOUYAN_PASSWORD", PASSWORD)

    def run_(*words: str | Path) -> Ended:
        capsys.readouterr()
        status = main([str(word) for word in words])
        out, err = capsys.readouterr()
        return Ended(status, out, err)

    return run_


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """An empty township office, closed."""
    copy_of_office(tmp_path / "office")
    return tmp_path / "office"


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A township office with the sample's people, closed."""
    copy_of_office(tmp_path / "sample", filled=True)
    return tmp_path / "sample"
