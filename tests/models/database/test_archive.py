"""A backup file: whole, or refused."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from desktop.models.database import archive
from desktop.models.database.archive import (
    ArchiveError,
    Manifest,
    read_manifest,
    unpack_archive,
    write_archive,
)
from desktop.models.database.checking import Counts
from desktop.models.database.layout import KEY_FILE_NAME, STORE_NAME
from tests.models.database.killing import in_child, killed_at

MANIFEST = Manifest(
    store="0123456789abcdef",
    made_at=datetime(2026, 11, 24, 8, 5, 9).astimezone(),
    reason="导入前",
    counts=Counts(people=86, terms=120, changes=7),
)
FILES = {STORE_NAME: bytes(range(256)) * 40, KEY_FILE_NAME: b"the key file"}


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    for name, data in FILES.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture
def packed(files: Path, tmp_path: Path) -> Path:
    path = tmp_path / "touyan-20261124-080509.tybak"
    write_archive(path, files, MANIFEST)
    return path


def unpacked(path: Path, folder: Path) -> dict[str, bytes]:
    folder.mkdir(exist_ok=True)
    unpack_archive(path, folder)
    return {name: (folder / name).read_bytes() for name in FILES}


def test_a_backup_gives_back_what_was_packed(packed: Path, tmp_path: Path) -> None:
    assert read_manifest(packed) == MANIFEST
    assert unpacked(packed, tmp_path / "out") == FILES


def test_any_flipped_bit_is_noticed_or_harmless(packed: Path, tmp_path: Path) -> None:
    whole, noticed = packed.read_bytes(), 0
    for place in (
        *range(0, 700, 3),
        *range(700, len(whole) - 400, 211),
        *range(len(whole) - 400, len(whole)),
    ):
        packed.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
        try:
            assert unpacked(packed, tmp_path / "out") == FILES  # a date in the zip, a word of the manifest
        except ArchiveError:
            noticed += 1
    assert noticed > 200


def test_a_backup_that_was_cut_off_is_refused(packed: Path, tmp_path: Path) -> None:
    whole = packed.read_bytes()
    for length in range(0, len(whole), 331):
        packed.write_bytes(whole[:length])
        with pytest.raises(ArchiveError, match="不是完整的备份文件"):
            read_manifest(packed)


def test_another_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.tybak"
    with zipfile.ZipFile(path, "w") as other:
        other.writestr("readme.txt", "hello")

    with pytest.raises(ArchiveError):
        read_manifest(path)


def test_a_newer_backup_asks_for_the_newer_program(
    files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "newer.tybak"
    with monkeypatch.context() as newer:
        newer.setattr(archive, "_FORMAT", 2)
        write_archive(path, files, MANIFEST)

    with pytest.raises(ArchiveError, match="先升级"):
        read_manifest(path)


def test_a_packing_killed_anywhere_leaves_a_whole_backup_or_none(files: Path, tmp_path: Path) -> None:
    path = tmp_path / "touyan-20261124-080509.tybak"
    line, whole = 0, 0
    while killed_at(line := line + 1, archive, lambda: write_archive(path, files, MANIFEST)):
        if path.exists():
            assert unpacked(path, tmp_path / "out") == FILES
            path.unlink()
            whole += 1
    assert line > 30


def test_a_full_disk_leaves_nothing_under_the_final_name(files: Path, tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    path = tmp_path / "touyan-20261124-080509.tybak"

    def fill() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))
        with pytest.raises(OSError, match="too large"):
            write_archive(path, files, MANIFEST)

    assert in_child(fill) == 0
    assert sorted(file.name for file in tmp_path.iterdir()) == ["files"]


def test_a_disk_that_does_not_keep_what_is_written_is_noticed(
    files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "sync_file", lambda path: path.write_bytes(path.read_bytes()[:-1000]))

    with pytest.raises(ArchiveError):
        write_archive(tmp_path / "bad.tybak", files, MANIFEST)

    assert not list(tmp_path.glob("bad*"))
