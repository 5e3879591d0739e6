"""A backup file (``.tybak``): a zip of the encrypted store, its key file, attachments, and a manifest that vouches for all."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from errno import EINVAL
from pathlib import Path
from typing import IO, Any

from desktop.models.database.checking import Counts
from desktop.models.database.files import move, sync_file
from desktop.models.database.layout import ATTACHMENTS_NAME, KEY_FILE_NAME, STORE_NAME
from desktop.models.database.times import local_time, stored_time
from desktop.models.errors import DesktopError

_FORMAT = 1
_MANIFEST_NAME = "manifest.json"
_NAMES = (STORE_NAME, KEY_FILE_NAME)
_ATTACHMENT = re.compile(rf"{ATTACHMENTS_NAME}/([0-9a-f]{{2}})/\1[0-9a-f]{{62}}")
_BLOCK = 1 << 20


class ArchiveError(DesktopError):
    """A file that is no backup of ours, a damaged one, or one from a newer program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup says of itself; readable without any password, so it names nobody."""

    store: str  # the key file's name for the store: the same in all its backups
    made_at: datetime  # local, to the second
    reason: str
    counts: Counts


def write_archive(path: Path, files: Path, manifest: Manifest, attachments: Path | None = None) -> None:
    """Pack ``store.db`` and ``keys.json`` of a folder, and a folder of attachments as they lie there, sealed.

    The file has its name only once it reads back whole.

    Raises:
        OSError: the disk is full, gone or not writable; nothing is left under ``path``.
        ArchiveError: what was written reads back differently.
    """
    members = {name: files / name for name in _NAMES} | _attachments_in(attachments)
    neighbor = path.with_name(path.name + ".partial")
    try:
        with zipfile.ZipFile(neighbor, "w", zipfile.ZIP_STORED) as archive:
            digests = {name: _digest(file) for name, file in members.items()}
            archive.writestr(_MANIFEST_NAME, _dump(manifest, digests))
            for name, file in members.items():
                archive.write(file, name)
        sync_file(neighbor)
        with _opened(neighbor) as archive:
            for name, digest in _manifest(archive)["files"].items():
                _copy(archive, name, digest, None)
        move(neighbor, path)
    except BaseException:
        neighbor.unlink(missing_ok=True)
        raise


def _attachments_in(folder: Path | None) -> dict[str, Path]:
    """Every whole attachment of a folder by its name in the archive."""
    if folder is None:
        return {}
    found = {f"{ATTACHMENTS_NAME}/{file.parent.name}/{file.name}": file for file in folder.glob("*/*")}
    return {name: found[name] for name in sorted(found) if _ATTACHMENT.fullmatch(name)}


def read_manifest(path: Path) -> Manifest:
    """Read what a backup says of itself, and that it has its files in full length.

    Raises:
        ArchiveError: no backup, cut off, or from a newer program.
        OSError: the file is not there.
    """
    with _opened(path) as archive:
        content = _manifest(archive)
        for name, digest in content["files"].items():
            if archive.getinfo(name).file_size != digest["size"]:
                raise _damaged(path)
        return Manifest(
            store=content["store"],
            made_at=local_time(content["made_at"]),
            reason=content["reason"],
            counts=Counts(**content["counts"]),
        )


def unpack_archive(path: Path, folder: Path) -> None:
    """Write a backup's ``store.db``, ``keys.json`` and attachments to a folder.

    Raises:
        ArchiveError: no backup, damaged, or from a newer program.
        OSError: the file is not there, or the disk is full.
    """
    with _opened(path) as archive:
        for name, digest in _manifest(archive)["files"].items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            with (folder / name).open("wb") as target:
                _copy(archive, name, digest, target)


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a backup, and say in words what is wrong with it."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, TypeError, RuntimeError) as error:
        raise _damaged(path) from error
    except OSError as error:
        if error.errno == EINVAL:  # a length that was changed leads to before the beginning
            raise _damaged(path) from error
        raise


def _manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    content = json.loads(archive.read(_MANIFEST_NAME))
    if content["format"] > _FORMAT:
        raise ArchiveError("这份备份由更新版本的软件做成，请先升级本软件再恢复。")
    names = content["files"].keys()
    if not names >= set(_NAMES) or not all(name in _NAMES or _ATTACHMENT.fullmatch(name) for name in names):
        raise ValueError("a backup has a store, its keys and attachments, and nothing else")
    return dict(content)


def _copy(archive: zipfile.ZipFile, name: str, expected: dict[str, Any], target: IO[bytes] | None) -> None:
    """Copy one file out of a backup, or only read it, against its digest."""
    digest, size = hashlib.sha256(), 0
    with archive.open(name) as source:
        while block := source.read(_BLOCK):
            digest.update(block)
            size += len(block)
            if size > expected["size"]:
                break
            if target:
                target.write(block)
    if (size, digest.hexdigest()) != (expected["size"], expected["sha256"]):
        raise ValueError(f"{name} differs from its digest")


def _dump(manifest: Manifest, files: dict[str, dict[str, Any]]) -> str:
    content = {
        "format": _FORMAT,
        "store": manifest.store,
        "made_at": stored_time(manifest.made_at),
        "reason": manifest.reason,
        "counts": asdict(manifest.counts),
        "files": files,
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def _digest(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return {"size": path.stat().st_size, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}


def _damaged(path: Path) -> ArchiveError:
    return ArchiveError(
        f"“{path.name}”不是完整的备份文件：它已损坏、没有复制完，或不是本软件的备份。请换一份。"
    )
