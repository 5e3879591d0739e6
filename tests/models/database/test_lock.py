"""One running copy a data folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.models.database import lock
from desktop.models.database.lock import AlreadyOpenError, FolderLock, UnsafeDiskError, UnwritableFolderError
from tests.models.database.killing import in_child


def test_a_folder_is_held_once_and_again_after_its_release(tmp_path: Path) -> None:
    first = FolderLock(tmp_path)
    with pytest.raises(AlreadyOpenError):
        FolderLock(tmp_path)

    first.release()
    first.release()

    FolderLock(tmp_path).release()


def test_a_lock_ends_with_its_holder(tmp_path: Path) -> None:
    in_child(lambda: FolderLock(tmp_path), kill=True)

    FolderLock(tmp_path).release()


@pytest.mark.parametrize("kind", [2, 4])
def test_removable_and_network_disks_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: int
) -> None:
    monkeypatch.setattr(lock, "_drive_type", lambda folder: kind)

    with pytest.raises(UnsafeDiskError, match="移动盘或网络盘"):
        FolderLock(tmp_path)


def test_a_folder_that_takes_no_file_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(UnwritableFolderError, match="写不进去"):
        FolderLock(tmp_path / "nowhere")
