"""Attachments' bytes: sealed, written once, found missing or damaged."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from desktop.models.database.attachments import (
    AttachmentFiles,
    DamagedAttachmentError,
    MissingAttachmentError,
)
from desktop.models.database.connection import StoreKey
from tests.models.database.builders import KEY

CONTENT = "石桥村证明材料".encode() * 40


@pytest.fixture
def files(tmp_path: Path) -> AttachmentFiles:
    return AttachmentFiles(tmp_path / "attachments", KEY)


def only(tmp_path: Path) -> Path:
    (path,) = (path for path in tmp_path.rglob("*") if path.is_file())
    return path


def test_a_content_lies_sealed_under_its_digest(tmp_path: Path, files: AttachmentFiles) -> None:
    digest = files.put(CONTENT)

    path = only(tmp_path)
    assert digest == hashlib.sha256(CONTENT).hexdigest()
    assert path.relative_to(tmp_path).as_posix() == f"attachments/{digest[:2]}/{digest}"
    assert files.get(digest) == CONTENT
    assert CONTENT[:21] not in path.read_bytes()


def test_the_same_content_is_written_once(tmp_path: Path, files: AttachmentFiles) -> None:
    files.put(CONTENT)
    before = only(tmp_path).read_bytes()

    files.put(CONTENT)

    assert only(tmp_path).read_bytes() == before


def test_an_empty_content_is_a_content(files: AttachmentFiles) -> None:
    assert files.get(files.put(b"")) == b""


def test_a_missing_file_is_told(files: AttachmentFiles) -> None:
    with pytest.raises(MissingAttachmentError):
        files.get("ab" * 32)


@pytest.mark.parametrize("place", [0, 5, 20, -1])
def test_a_damaged_file_is_told_and_written_anew_when_the_content_comes_again(
    tmp_path: Path, files: AttachmentFiles, place: int
) -> None:
    digest = files.put(CONTENT)
    path = only(tmp_path)
    sealed = bytearray(path.read_bytes())
    sealed[place] ^= 1
    path.write_bytes(sealed)

    with pytest.raises(DamagedAttachmentError):
        files.get(digest)
    files.put(CONTENT)
    assert files.get(digest) == CONTENT


@pytest.mark.parametrize("length", [0, 3, 15, 40])
def test_a_file_cut_short_is_told(tmp_path: Path, files: AttachmentFiles, length: int) -> None:
    digest = files.put(CONTENT)
    only(tmp_path).write_bytes(only(tmp_path).read_bytes()[:length])

    with pytest.raises(DamagedAttachmentError):
        files.get(digest)


def test_a_file_under_another_name_or_key_does_not_open(tmp_path: Path, files: AttachmentFiles) -> None:
    digest = files.put(CONTENT)
    path = only(tmp_path)

    with pytest.raises(DamagedAttachmentError):
        AttachmentFiles(tmp_path / "attachments", StoreKey(bytes(48))).get(digest)
    other = path.parent.parent / "ab" / ("ab" * 32)
    other.parent.mkdir()
    path.rename(other)
    with pytest.raises(DamagedAttachmentError):
        files.get("ab" * 32)


def test_a_disk_that_takes_nothing_leaves_nothing(tmp_path: Path, files: AttachmentFiles) -> None:
    (tmp_path / "attachments").write_bytes(b"no folder")

    with pytest.raises(OSError, match="attachments"):
        files.put(CONTENT)
