"""Putting another state in a data folder's place, killed wherever it may be."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

import pytest

from desktop.models.database import files, restoring
from desktop.models.database.layout import BACKUPS_NAME, KEY_FILE_NAME, LOG_NAME, STORE_NAME
from desktop.models.database.lock import FolderLock
from desktop.models.database.restoring import commit_restore, finish_restore, prepare_restore
from tests.models.database.killing import killed_at

OLD = {STORE_NAME: "old store", LOG_NAME: "old log", KEY_FILE_NAME: "old keys"}
NEW = {STORE_NAME: "new store", KEY_FILE_NAME: "new keys"}
ASIDE = "before-restore-20261124-080000"


def put(folder: Path, state: dict[str, str]) -> None:
    for name, text in state.items():
        (folder / name).write_text(text)


def state_of(folder: Path) -> dict[str, str]:
    return {name: (folder / name).read_text() for name in OLD if (folder / name).exists()}


def restore(folder: Path) -> None:
    put(prepare_restore(folder), NEW)
    commit_restore(folder, ASIDE)


def test_the_new_state_is_in_place_and_the_old_one_aside(tmp_path: Path) -> None:
    put(tmp_path, OLD)

    restore(tmp_path)

    assert state_of(tmp_path) == NEW
    assert state_of(tmp_path / BACKUPS_NAME / ASIDE) == OLD
    assert {path.name for path in tmp_path.iterdir()} == {*NEW, BACKUPS_NAME}


def test_restoring_into_an_empty_folder_sets_nothing_aside(tmp_path: Path) -> None:
    restore(tmp_path)

    assert state_of(tmp_path) == NEW
    assert not (tmp_path / BACKUPS_NAME).exists()


@pytest.mark.parametrize("module", [restoring, files])
def test_a_restore_killed_anywhere_leaves_one_state_or_the_other(tmp_path: Path, module: object) -> None:
    line, found = 0, set()
    while True:
        line += 1
        folder = tmp_path / str(line)
        folder.mkdir()
        put(folder, OLD)
        died = killed_at(line, module, partial(restore, folder))
        if not died:
            break

        killed_at(
            line % 17 + 1, module, partial(finish_restore, folder)
        )  # and killed again while it is ended
        finish_restore(folder)

        state = state_of(folder)
        found.add(state[STORE_NAME])
        if state == NEW:
            assert state_of(folder / BACKUPS_NAME / ASIDE) == OLD
        else:
            assert state == OLD
            assert not (folder / BACKUPS_NAME).exists()
        assert {path.name for path in folder.iterdir()} <= {*OLD, BACKUPS_NAME, ".lock"}
        shutil.rmtree(folder)
    assert found == {"old store", "new store"}


def test_a_restore_that_another_program_is_at_is_left_to_it(tmp_path: Path) -> None:
    put(tmp_path, OLD)
    prepared = prepare_restore(tmp_path)
    lock = FolderLock(tmp_path)

    finish_restore(tmp_path)

    assert prepared.exists()
    lock.release()
    finish_restore(tmp_path)
    assert not prepared.exists()
