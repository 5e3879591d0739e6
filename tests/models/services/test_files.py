"""Files are written whole or not at all, and what stands in the way is said."""

from __future__ import annotations

import os
import subprocess
import sys
from errno import EACCES, EDQUOT, ENOSPC
from pathlib import Path
from typing import BinaryIO

import pytest

from desktop.models.services.files import UnwritableFileError, written_whole

ON_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="limits of processes are POSIX")


def test_a_file_takes_its_name_when_it_is_complete(tmp_path: Path) -> None:
    path = tmp_path / "台账.pdf"
    path.write_bytes(b"old")

    with written_whole(path) as file:
        file.write(b"new")
        during = path.read_bytes()

    assert (during, path.read_bytes()) == (b"old", b"new")
    assert list(tmp_path.iterdir()) == [path]


def fail(file: BinaryIO) -> None:
    """Write something and then fail."""
    file.write(b"half")
    raise ZeroDivisionError


def test_what_fails_half_way_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "台账.pdf"
    path.write_bytes(b"old")

    with pytest.raises(ZeroDivisionError), written_whole(path) as file:
        fail(file)

    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_two_files_are_written_into_one_folder_at_once(tmp_path: Path) -> None:
    with written_whole(tmp_path / "1") as one, written_whole(tmp_path / "2") as two:
        one.write(b"1")
        two.write(b"2")

    assert [(tmp_path / name).read_bytes() for name in "12"] == [b"1", b"2"]


def test_a_name_may_be_as_long_as_names_can_be(tmp_path: Path) -> None:
    path = tmp_path / ("花" * 83 + ".xlsx")

    with written_whole(path) as file:
        file.write(b"x")

    assert path.exists()


@pytest.mark.parametrize(
    ("name", "said"),
    [("没有/台账.pdf", "找不到文件夹"), ("文件/台账.pdf", "找不到文件夹"), ("文件夹", "正被 WPS")],
)
def test_a_place_that_takes_no_file_is_said(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "文件").write_bytes(b"")
    (tmp_path / "文件夹" / "里面").mkdir(parents=True)

    with pytest.raises(UnwritableFileError, match=said), written_whole(tmp_path / name) as file:
        file.write(b"x")

    assert sorted(path.name for path in tmp_path.iterdir()) == ["文件", "文件夹"]


@pytest.mark.parametrize(
    ("number", "said"), [(ENOSPC, "磁盘已满"), (EDQUOT, "磁盘已满"), (EACCES, "没有写入权限")]
)
def test_a_full_disk_is_told_from_a_locked_file(tmp_path: Path, number: int, said: str) -> None:
    with pytest.raises(UnwritableFileError, match=said), written_whole(tmp_path / "台账.pdf"):
        raise OSError(number, os.strerror(number))

    assert list(tmp_path.iterdir()) == []


@ON_POSIX
def test_a_disk_that_is_really_full_leaves_no_half_file(tmp_path: Path) -> None:
    program = """
import resource, sys
from pathlib import Path
from typing import BinaryIO
from desktop.models.services.files import UnwritableFileError, written_whole
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    with written_whole(Path(sys.argv[1])) as file:
        file.write(bytes(200_000))
except UnwritableFileError as error:
    print(error)
"""
    ended = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "台账.pdf")],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        check=True,
    )

    assert "“台账.pdf”没有保存：磁盘已满" in ended.stdout
    assert list(tmp_path.iterdir()) == []
