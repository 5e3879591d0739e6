"""Sticks that are pulled, full, read-only or worn: clear words, old files as they were, nothing that looks whole.

Full and read-only are real where the machine lets us mount a small disk, and real by the limit of file size elsewhere;
pulling a stick is played: the file stops taking bytes and the folder is gone.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from errno import EACCES, EINVAL, EIO, ENOSPC, EPERM
from pathlib import Path

import pytest

from desktop.models.handoff import writing
from desktop.models.handoff.codes import Code, RefusedFileError
from desktop.models.handoff.envelope import Sink
from desktop.models.handoff.header import Kind
from desktop.models.handoff.verifying import check_own
from desktop.models.handoff.writing import NotWrittenError, Trouble, file_name, write_whole_to
from tests.models.handoff.vectors import FOLDER, TOWN_KEYS

NAME = file_name(Kind.PACKAGE, "绣林街道", 7, date(2026, 11, 24))
PACKAGE = (FOLDER / "package.tybs").read_bytes()
HASH = PACKAGE[-32:].hex()
BIG = PACKAGE * 6  # some 460 KB: for what does not look inside


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A folder with a package of last time."""
    folder = tmp_path / "stick"
    folder.mkdir()
    (folder / "old.tybs").write_bytes(b"old")
    return folder


def write(
    folder: Path, data: bytes = PACKAGE, progress: Callable[[int], None] = lambda written: None
) -> Path:
    """Hand over bytes in pieces, as a package does."""

    def put(sink: Sink) -> str:
        for begin in range(0, len(data), 10_000):
            sink.write(data[begin : begin + 10_000])
        return HASH

    def check(path: Path, file_hash: str) -> None:
        if data is PACKAGE:
            check_own(path, TOWN_KEYS, file_hash)
        elif path.read_bytes() != data:
            raise RefusedFileError(Code.DAMAGED)

    return write_whole_to(folder, NAME, put, check, progress)[0]


def names(folder: Path) -> set[str]:
    assert (folder / "old.tybs").read_bytes() == b"old"
    return {path.name for path in folder.iterdir()}


def test_a_file_gets_its_name_and_the_next_one_a_number(stick: Path) -> None:
    paths = write(stick), write(stick)

    assert [path.name for path in paths] == [
        "绣林街道_报送包_第7号_20261124.tybs",
        "绣林街道_报送包_第7号_20261124（2）.tybs",
    ]
    assert [path.read_bytes() for path in paths] == [PACKAGE, PACKAGE]
    assert names(stick) == {"old.tybs", *(path.name for path in paths)}


def test_the_name_is_one_that_every_disk_takes() -> None:
    assert (
        file_name(Kind.RECEIPT, ' A/B:\\*?"<>|. 镇 ', 12, date(2026, 1, 2))
        == "AB镇_回执_第12号_20260102.tybs"
    )


def test_progress_tells_what_is_on_the_disk(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "_SYNC_EVERY", 100_000)
    told: list[int] = []

    write(stick, BIG, told.append)

    assert told == [*range(100_000, len(BIG), 100_000), len(BIG)]


def test_who_stops_it_leaves_nothing(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "_SYNC_EVERY", 100_000)

    def stop(written: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(stick, BIG, stop)
    assert names(stick) == {"old.tybs"}


class Pulled(io.FileIO):
    """A file on a stick that is pulled when so many bytes are written: the folder goes, and nothing more is taken."""

    def __init__(self, path: Path, after: int) -> None:
        super().__init__(path, "w")
        self._folder = path.parent
        self._left = after

    def write(self, data: object) -> int:
        piece = bytes(data)[: self._left]  # type: ignore[call-overload] # a buffer
        if not piece:
            pull(self._folder)
            raise OSError(EIO, "pulled")
        self._left -= len(piece)
        return super().write(piece)


def pull(folder: Path) -> None:
    if folder.exists():
        folder.rename(folder.with_name("pulled"))


@pytest.mark.parametrize("after", range(0, len(BIG), 64 << 10))
def test_a_stick_pulled_while_it_is_written(stick: Path, monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    monkeypatch.setattr(writing, "_create", lambda path: io.BufferedWriter(Pulled(path, after), 1 << 16))

    with pytest.raises(NotWrittenError, match="U盘已拔出") as error:
        write(stick, BIG)

    assert error.value.trouble is Trouble.GONE
    left = stick.with_name("pulled")
    assert names(left) == {"old.tybs", f"{NAME}.partial"}
    assert (left / f"{NAME}.partial").stat().st_size <= after


@pytest.mark.parametrize("moment", ["sync", "first check", "rename", "names", "second check"])
def test_a_stick_pulled_after_the_last_byte(
    stick: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """Once it bears its name it has been read back whole; even then no success is told before the second look."""
    looked: list[Path] = []

    def sync(handle: int) -> None:
        if moment == "sync":
            pull(stick)
            raise OSError(EIO, "pulled")

    def check(path: Path, file_hash: str) -> None:
        looked.append(path)
        if moment == ("first check", "second check")[len(looked) - 1]:
            pull(stick)
        check_own(path, TOWN_KEYS, file_hash)
        if moment == "rename":
            pull(stick)

    def sync_folder(folder: Path) -> None:
        if moment == "names":
            pull(stick)
        folder.stat()

    monkeypatch.setattr("os.fsync", sync)
    monkeypatch.setattr(writing, "sync_folder", sync_folder)

    with pytest.raises(NotWrittenError, match="U盘已拔出"):
        write_whole_to(stick, NAME, lambda sink: (sink.write(PACKAGE), HASH)[1], check)

    left = stick.with_name("pulled")
    whole = moment in ("names", "second check")
    assert names(left) == {"old.tybs", NAME if whole else f"{NAME}.partial"}
    assert not whole or check_own(left / NAME, TOWN_KEYS, HASH)


def test_what_a_pulled_stick_kept_is_written_over_next_time(stick: Path) -> None:
    (stick / f"{NAME}.partial").write_bytes(b"half" * 100_000)

    path = write(stick)

    assert path.read_bytes() == PACKAGE
    assert names(stick) == {"old.tybs", NAME}


def test_what_pulled_sticks_kept_is_gone_a_day_later(stick: Path) -> None:
    yesterday, now = stick / "第6号.tybs.partial", stick / "第8号.tybs.partial"
    for partial in (yesterday, now):
        partial.write_bytes(b"half")
    os.utime(yesterday, (0, 0))

    write(stick)

    assert names(stick) == {"old.tybs", NAME, now.name}


@pytest.mark.parametrize(
    ("number", "trouble"),
    [
        (112, Trouble.FULL),
        (19, Trouble.READ_ONLY),
        (21, Trouble.GONE),
        (1167, Trouble.GONE),
        (1117, Trouble.UNRELIABLE),
    ],
)
def test_windows_has_numbers_of_its_own(
    stick: Path, monkeypatch: pytest.MonkeyPatch, number: int, trouble: Trouble
) -> None:
    """Disk full, write-protected, not ready, not connected, input/output error; as Python gives them."""

    def fail(path: Path) -> io.BufferedWriter:
        error = OSError({112: ENOSPC, 19: EACCES, 21: EACCES}.get(number, EINVAL), "as on Windows")
        error.winerror = number  # type: ignore[attr-defined] # only there on Windows
        raise error

    monkeypatch.setattr(writing, "_create", fail)

    with pytest.raises(NotWrittenError) as caught:
        write(stick)
    assert caught.value.trouble is trouble


@pytest.mark.parametrize("look", [1, 2])
def test_a_stick_that_does_not_keep_what_is_written(stick: Path, look: int) -> None:
    looked: list[Path] = []

    def check(path: Path, file_hash: str) -> None:
        looked.append(path)
        if len(looked) == look:
            with path.open("r+b") as file:
                file.seek(30_000)
                file.write(bytes(512))
        check_own(path, TOWN_KEYS, file_hash)

    with pytest.raises(NotWrittenError, match="换一个U盘") as error:
        write_whole_to(stick, NAME, lambda sink: (sink.write(PACKAGE), HASH)[1], check)

    assert error.value.trouble is Trouble.UNRELIABLE
    assert names(stick) == {"old.tybs"}


def test_a_folder_that_does_not_let_us_write(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> io.BufferedWriter:
        raise PermissionError(EPERM, "protected")

    monkeypatch.setattr(writing, "_create", refuse)

    with pytest.raises(NotWrittenError, match="写保护") as error:
        write(stick)
    assert error.value.trouble is Trouble.READ_ONLY


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotWrittenError, match="U盘已拔出或没有插好"):
        write(tmp_path / "gone")


@pytest.mark.skipif(sys.platform == "win32", reason="limits of processes are POSIX")
def test_a_full_disk_in_steps_of_4_kib_by_the_limit_of_file_size(stick: Path) -> None:
    for room in range(0, len(PACKAGE), 4096):
        with files_no_longer_than(room), pytest.raises(NotWrittenError, match="空间不够") as error:
            write(stick)
        assert error.value.trouble is Trouble.FULL
        assert names(stick) == {"old.tybs"}
    assert write(stick).read_bytes() == PACKAGE


@contextmanager
def files_no_longer_than(size: int) -> Iterator[None]:
    """Let the system refuse longer files, as it does on a full disk."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """A real file system of its own in memory, mounted with the given options; only root may, and not everywhere."""
    place = tmp_path / "disk"
    place.mkdir()

    def mount(options: str) -> Path:
        words = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
        if sys.platform == "win32" or subprocess.run(words, capture_output=True, check=False).returncode:
            pytest.skip("this machine mounts nothing for us")
        return place

    yield mount
    if os.path.ismount(place):
        subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_in_steps_of_4_kib_for_real(small_disk: Callable[[str], Path]) -> None:
    pages = -(-len(PACKAGE) // 4096)
    disk = small_disk("size=4k,nr_inodes=100")
    for room in range(2, pages + 1):  # a page is the old file's
        small_disk(f"remount,size={room * 4}k")
        (disk / "old.tybs").write_bytes(b"old")
        with pytest.raises(NotWrittenError, match="空间不够"):
            write(disk)
        assert names(disk) == {"old.tybs"}
    small_disk(f"remount,size={(pages + 1) * 4}k")
    assert write(disk).read_bytes() == PACKAGE


def test_a_write_protected_disk_for_real(small_disk: Callable[[str], Path]) -> None:
    disk = small_disk("size=1m")
    (disk / "old.tybs").write_bytes(b"old")
    small_disk("remount,ro")

    with pytest.raises(NotWrittenError, match="写保护") as error:
        write(disk)

    assert error.value.trouble is Trouble.READ_ONLY
    assert names(disk) == {"old.tybs"}
