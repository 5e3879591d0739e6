"""A real encrypted store for each test, copied from one made once, with a fixed key."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.models.database.connection import StoreKey
from desktop.models.database.history import History
from desktop.models.database.layout import STORE_NAME
from desktop.models.database.records import Records
from desktop.models.database.store import Store, create_store, open_store
from tests.models.database.builders import KEY, division


@pytest.fixture(scope="session")
def made_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed store with two divisions, written by change set 1."""
    path = tmp_path_factory.mktemp("made") / STORE_NAME
    with create_store(path, KEY, operator="李雷") as store, store.change("建立数据"):
        Records(store).insert_many(
            [division("421081000000"), division("421081100201", parent="421081000000")]
        )
    return path


@pytest.fixture
def path(made_store: Path, tmp_path: Path) -> Path:
    """That store in a data folder of its own."""
    return Path(shutil.copy(made_store, tmp_path / STORE_NAME))


@pytest.fixture
def key() -> StoreKey:
    return KEY


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with open_store(path, KEY, operator="韩梅梅") as store:
        yield store


@pytest.fixture
def records(store: Store) -> Records:
    return Records(store)


@pytest.fixture
def history(store: Store) -> History:
    return History(store)
