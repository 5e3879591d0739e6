"""An open office for tests of services."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.office import Office
from tests.offices import CITY, opened, whole_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An empty office of 东升镇."""
    with opened(tmp_path / "office") as office:
        yield office


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[Office]:
    """The office of 东升镇 with the sample's people."""
    with opened(tmp_path / "sample", filled=True) as office:
        yield office


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[Office]:
    """The office of 东升镇 with the whole sample."""
    with whole_office(tmp_path / "whole") as office:
        yield office


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The city's office with the whole sample; nothing is written in it."""
    with whole_office(tmp_path_factory.mktemp("city") / "office", CITY) as office:
        yield office
